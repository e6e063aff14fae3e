"""Findings about statements of the development framework, and about the Code as texts quote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.frameworks.elsewhere import assessments, badges, notations
from sscop.artefacts.frameworks.quotes import Quote
from sscop.artefacts.frameworks.statements import Found
from sscop.judgement.code_quotes import misquotes
from sscop.judgement.framework_statement import Judged, Level, dead, denied, instructed, overdue
from sscop.judgement.ssdf_labels import wrong
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.repository import Repository

SHOWN = 30
"""Places listed in a finding's evidence."""
TEMPLATE = (
    "write docs/secure-development.md: a title; `Applies to:`, `Framework: NIST SSDF (SP 800-218) version 1.1`,"
    " `Owner:`,"
    " `Last reviewed:`; and a table with a row for each practice: its id and name, how it is done here, a link to what"
    " shows it. `sscop explain development-framework` has one to copy"
)


def standing(judged: Sequence[Judged], today: date, since: date) -> Iterator[Finding]:
    """The best statement with the others beside it, what was not seen in it, and its review."""
    best = judged[0]
    made = best.statement
    place = Evidence(made.path, made.line, made.title[:120])
    good = [one.statement for one in judged[1:] if one.is_good]
    others = [Evidence(one.path, one.line, one.title[:120]) for one in good[:SHOWN]]
    yield met(
        best.level.name.lower(), f"states how it is developed: {best.summary}", place, *others, key=made.title[:80]
    )
    if best.missing:
        said = f"not seen in the statement of the framework: {'; '.join(best.missing)}"
        yield unmet("missing-elements", said, place, kind=Kind.ADVICE, fix=f"add to it: {'; '.join(best.missing)}")
    if late := overdue(made, today, since):
        because = Because.CONTRADICTED if late.code == "future-review" else Because.INADEQUATE
        there = Evidence(made.path, late.line, date=late.day.isoformat())
        yield unmet(
            late.code, late.text, there, because=because, fix="review it, and write the day of the review into it"
        )
    if lines := instructed(best):
        said = f"lines whose only evidence are instructions for assistants, which show nothing done: {len(lines)}"
        yield unmet(
            "weak-evidence", said, *(Evidence(made.path, line) for line in lines[:SHOWN]), kind=Kind.ADVICE,
            fix="cite the pipeline, the policy or the record that shows it",
        )  # fmt: skip


def none(repo: Repository, found: Found, judged: Sequence[Judged]) -> Iterator[Finding]:
    """Why there is no statement that counts: a stub, kept elsewhere, unreadable, or none at all."""
    stubs = [one for one in judged if one.level is Level.STUB]
    elsewhere = next((one for one in stubs if one.statement.outside), None)
    if elsewhere and elsewhere.statement.outside:
        link = elsewhere.statement.outside
        says = f"says that how it is developed is described at {link.target[:200]}, which is not looked at"
        yield unknown("kept-elsewhere", says, Evidence(elsewhere.statement.path, link.line))
        return
    if place := next(notations(repo), None):
        said = f"holds {place.note}, a notation that is not read here"
        yield unknown("notation", said, place, fix="say in a text which framework is followed, and link to it")
        return
    if stubs:
        first = stubs[0].statement
        places = [Evidence(first.path, first.line, first.title[:120])]
        places += [Evidence(one.statement.path, one.statement.line, one.reason) for one in stubs[1:SHOWN]]
        said = f"found a statement of the development framework that is not enough: {stubs[0].reason}"
        yield unmet("stub", said, *places, fix=TEMPLATE)
    elif not found.unread:
        aside = [f"{path} ({why})" for path, why in found.aside]
        aside += [f"{one.statement.path} ({one.reason})" for one in judged]
        counted = f"; not counted: {'; '.join(aside[:3])}{f' and {len(aside) - 3} more' if len(aside) > 3 else ''}"
        said = "found no text that says which secure development framework is followed"
        yield unmet("absent", said + (counted if aside else ""), because=Because.ABSENT, fix=TEMPLATE)
    for place in assessments(repo):
        said = f"names a self-assessment at {place.note}, which is not looked at"
        yield unmet("assessed-elsewhere", said, place, kind=Kind.ADVICE, fix="name the framework in a text beside it")
    if badge := next(badges(repo), None):
        said = "an OpenSSF Best Practices badge links to answers that are kept elsewhere; it names no framework"
        yield unmet("badge-only", said, badge, kind=Kind.ADVICE, fix="write down which framework the answers follow")


def disagreements(judged: Sequence[Judged]) -> Iterator[Finding]:
    """What statements say that is not so: ids, evidence, rows."""
    seen: set[tuple[str, int, str]] = set()
    for one in judged:
        made = one.statement
        for said in wrong(made.ids, made.document.text if made.ids else ""):
            if (made.path, said.line, said.id) not in seen:
                seen.add((made.path, said.line, said.id))
                yield unmet(
                    said.code, said.text, Evidence(made.path, said.line), because=Because.CONTRADICTED, subject=said.id,
                    key=said.id, fix="name the practice as SSDF does, or cite the id that it belongs to",
                )  # fmt: skip
        for lost in dead(one.cites):
            if (made.path, lost.line, lost.text) not in seen:
                seen.add((made.path, lost.line, lost.text))
                yield unmet(
                    "dead-evidence", f"cites `{lost.text[:120]}`, which is not there", Evidence(made.path, lost.line),
                    because=Because.CONTRADICTED, kind=Kind.CLAIM if lost.alone else Kind.ADVICE, subject=lost.text,
                    key=lost.text, fix="cite what is there, or say that it is planned",
                )  # fmt: skip
    for path, document in {one.statement.path: one.statement.document for one in judged}.items():
        for row in denied(document):
            said_ = f"is called \u201c{row.status}\u201d, but says \u201c{row.text[:100]}\u201d"
            yield unmet(
                "row-contradicts", said_, Evidence(path, row.line), because=Because.CONTRADICTED, subject=row.key,
                key=row.key, fix="let the status say what is done today",
            )  # fmt: skip


def misquoted(quotes: Sequence[Quote], titles: Mapping[str, str]) -> Iterator[Finding]:
    """Where texts quote the Code wrongly; else that they quote it as it is."""
    for path in dict.fromkeys(one.path for one in quotes):
        mine = [one for one in quotes if one.path == path]
        for wrong_ in misquotes(mine, titles):
            places = [Evidence(path, one.line, f"{one.number} {one.title}".strip()[:120]) for one in wrong_.quotes]
            yield unmet(
                wrong_.code, wrong_.text, *places[:SHOWN], because=Because.CONTRADICTED, subject=wrong_.key,
                key=wrong_.key, fix=wrong_.fix,
            )  # fmt: skip
