"""What the records of requirements, forms and links amount to: on record, kept elsewhere, thin, or not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.commits import Trace
from sscop.artefacts.issue_forms import Form
from sscop.artefacts.prose.templates import MEANT
from sscop.artefacts.requirement_records import Found, Kind, Record
from sscop.artefacts.trackers import Tracker
from sscop.model import Because, Evidence, Finding, Outcome, met, not_applicable, unknown, unmet
from sscop.model import Kind as FindingKind

ENOUGH = 3
"""Statements, over all records of a kind, from which requirements are on record."""
SHOWN = 10
USED = 5
"""The part of the last changes, in percent, from which tickets of a tracker are a habit."""
LINKED, TRACED = 10, 50
"""The same for numbers of issues: the tracker is in use, and changes are traced to it."""


def recorded(records: Sequence[Record]) -> Iterator[Finding]:
    """What is on record, each kind of file in one finding; nothing where all together say too little."""
    for kind in Kind:
        held = sorted(
            (one for one in records if one.kind is kind and one.statements), key=lambda one: -len(one.statements)
        )
        count = sum(len(one.statements) for one in held)
        if kind is Kind.DOCUMENT:
            held = [one for one in held if len(one.statements) >= ENOUGH]
            count = sum(len(one.statements) for one in held)
        if count < (1 if kind is Kind.PROPOSAL else ENOUGH):
            continue
        what = {Kind.FEATURE: "scenarios", Kind.PROPOSAL: "statements of what is wanted"}.get(kind, "requirements")
        named = f"{held[0].path}" + (f" and {len(held) - 1} more" if len(held) > 1 else "")
        places = [Evidence(one.path, one.line, _note(one)) for one in held[:SHOWN]]
        yield met(
            kind.name.lower(), f"{what} on record: {count} in {named} ({kind.value})", *places, key=kind.name.lower()
        )


def _note(record: Record) -> str:
    first = record.statements[0]
    count = len(record.statements)
    said = f"{first.id} {first.text}".strip()
    return (f"{count}, the first in line {first.line}: {said}" if count > 1 else said)[:160]


def unfilled(found: Found) -> Iterator[Finding]:
    """Records that are still templates and are not meant to be: beside good ones, advice."""
    for one in found.templates:
        if not one.template.startswith(MEANT):
            yield unmet(
                "unfilled",
                f"is a template still: {one.template}",
                Evidence(one.path, one.line),
                kind=FindingKind.ADVICE,
                fix="fill it in, or name it a template",
            )


def traced(trace: Trace | None, forms: Sequence[Form]) -> Iterator[Finding]:
    """Changes that are traced to issues which a form of the project's own asks for: both are seen, so it is met."""
    designed = [one for one in forms if one.designed]
    if trace and designed and trace.total >= SHOWN and trace.issues * 100 >= trace.total * TRACED:
        said = f"{trace.issues} of the last {trace.total} changes name an issue, and forms ask what is wanted"
        places = [Evidence(one.path, one.line, f"asks: {'; '.join(one.questions[:3])}"[:160]) for one in designed]
        yield met("traced", said, *places[:SHOWN])


def elsewhere(trace: Trace | None, trackers: Sequence[Tracker], forms: Sequence[Form]) -> Finding | None:
    """That requirements are kept where files don't show them, by what the project says or does."""
    if trackers:
        names = " and ".join(one.name for one in trackers[:2])
        places = [Evidence(one.path, one.line, one.text) for one in trackers[:SHOWN]]
        return unknown(
            "kept-elsewhere",
            f"what is wanted is kept in {names} by what this says; files don't show it",
            *places,
            key=trackers[0].name,
        )
    if trace and trace.tickets > 2 and trace.tickets * 100 >= trace.total * USED:
        keys = ", ".join(f"{key}-\u2026" if key.isupper() else key for key, _ in trace.keys[:3])
        said = f"{trace.tickets} of the last {trace.total} changes name tickets ({keys})"
        said += "; what these ask for is kept in a tracker, which files don't show"
        return unknown("kept-in-tracker", said, key=trace.keys[0][0])
    if trace and trace.issues > 2 and trace.issues * 100 >= trace.total * LINKED:
        said = (
            f"{trace.issues} of the last {trace.total} changes name an issue; what issues ask for is not in the files"
        )
        return unknown("kept-in-issues", said)
    designed = [one for one in forms if one.designed]
    if designed:
        places = [Evidence(one.path, one.line, f"asks: {'; '.join(one.questions[:3])}"[:160]) for one in designed]
        said = "a form of its own takes in what is wanted; the issues that come of it are not in the files"
        return unknown("taken-in-by-form", said, *places[:SHOWN])
    return None


def nothing(found: Found, trace: Trace | None, forms: Sequence[Form], software: bool) -> Finding:
    """That no requirements were seen: too few, unfilled, or none; unknown where the history can't be had."""
    how = (
        "keep what is wanted beside the code (docs/requirements.md: an id, a sentence, for whom, how it is accepted), "
        "or say in CONTRIBUTING.md where it is kept"
    )
    if found.closed:
        places = [Evidence(one.path, None, one.reason) for one in found.closed[:SHOWN]]
        return unknown("not-understood", f"{found.closed[0].reason}, so what it requires is not told", *places)
    thin = [one for one in found.records if one.statements and one.kind is Kind.DOCUMENT]
    open_ = [one for one in found.templates if not one.template.startswith(MEANT)]
    if open_:
        one = open_[0]
        return unmet("unfilled", f"is a template still: {one.template}", Evidence(one.path, one.line), fix=how)
    if thin:
        one = thin[0]
        said = f"found a requirements document, but too few requirements in it: {len(one.statements)}"
        return unmet("thin", said, Evidence(one.path, one.line), fix=how)
    if not software:
        return not_applicable("no-software", "found no software here that requirements could be for")
    default = next((one for one in forms if one.wanted), None)
    asks = f"; {default.path} asks no more than the forge's default form" if default else ""
    if trace is None:
        said = (
            f"found no requirements in the files{asks}, and there is no history here to see whether changes name issues"
        )
        return unknown("no-history", said, fix="look at a clone with its history (actions/checkout: `fetch-depth: 0`)")
    links = ""
    if trace.total:
        pulls = f" and {trace.pulls} a pull request alone" if trace.pulls else ""
        links = f"; of the last {trace.total} changes {trace.issues} name an issue{pulls}"
    return unmet("absent", f"found no record of requirements{asks}{links}", because=Because.ABSENT, fix=how)


def needs(records: Sequence[Record], more: Sequence[Evidence], seen: Sequence[Finding]) -> Iterator[Finding]:
    """Whether the requirements say who needs them, and what else shows users' needs; advice beside no requirements.

    Scenarios, proposals and issues are not asked for it: their forms have other places for that.
    """
    told = [(one.path, need) for one in records for need in one.needs]
    places = [Evidence(path, need.line, f"{need.kind}: {need.text}"[:160]) for path, need in told[:SHOWN]]
    kinds = sorted({need.kind for _, need in told})
    if told or more:
        said = f"users' needs: {', '.join(kinds)}" if told else "accessibility is stated or tested"
        counted = f" ({len(told)} in all)" if len(told) > 1 else ""
        kind = FindingKind.CLAIM if seen else FindingKind.ADVICE
        yield Finding(Outcome.MET, "user-need", f"{said}{counted}", (*places, *more)[:SHOWN], kind=kind)
    elif any(one.code not in ("feature", "proposal", "traced") for one in seen):
        yield unmet(
            "no-user-need",
            "not seen in the requirements: who needs them",
            kind=FindingKind.ADVICE,
            fix="add a user story (as a ..., I want ..., so that ...) or a column that says for whom",
        )
