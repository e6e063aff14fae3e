"""Markdown for the job summary and the pull-request comment, built from measured blocks.

Nothing is ever cut in the middle: a row goes in whole or is counted as left out, so that the text stays valid
Markdown however much there is to say. Sizes are bytes of UTF-8, never less than the characters GitHub counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from posixpath import join

from sscop.lazy import NamedTuple
from sscop.model import Evidence, Kind, Outcome, State
from sscop.report import ClaimResult, Report, Reported
from sscop.reporters.escape import Link, code, text
from sscop.repository.text import printable

SUMMARY = 1_000_000
"""Bytes for a job summary: GitHub drops one of more than 1 MiB."""

COMMENT = 60_000
"""Bytes for a comment: GitHub refuses one of more than 65,536 characters, and the marker comes on top."""

SMALLEST = 10_000
"""The smallest limit that holds everything but the rows."""

PLACES = 3
"""Places that one row names before it counts the rest."""

STATES = (State.NEW, State.STANDING, State.MOVED, None)
"""The states that an unmet finding can be in; None where nothing was compared."""

POLICY = """
**Policy changed.** This change touches what sscop is told about the repository (settings, declarations, waivers or
baseline). It was judged by what the base says, so that no change can pass itself.
"""

FOOTER = """\
---

**What this does not say.** Files of one repository were read, not the organisation around them: "not seen" is
not "not done". Configured is not performed: a supporting check shows a setting, people show the practice. Having
found no gap is no verdict on the product or on any principle of the Code. `sscop explain <check>` says why a
check matters, what counts and how to fix it.
"""


class _Section(NamedTuple):
    """A heading and its rows. `head` opens the table of rows; `folded` puts all of it behind a click.

    `total` counts findings, which may be more than there are rows; `weights` says how many each row stands for.
    """

    title: str
    total: int
    head: str
    rows: Sequence[str]
    weights: Sequence[int]
    folded: bool = False
    note: str = ""


def render(report: Report, limit: int, link: Link | None = None) -> str:
    """The report as GitHub Markdown of at most `limit` bytes.

    `link` makes addresses of places (see `sscop.reporters.escape.blob`); without it they are code. Raises
    ValueError for a limit below SMALLEST.
    """
    if limit < SMALLEST:
        raise ValueError(f"a limit of {limit} bytes leaves no room; the smallest is {SMALLEST}")
    sections = [section for section in _sections(report, link) if section.rows]
    fixed = [_verdict(report), _looked_at(report), _counts(report)]
    room = limit - _size([*fixed, FOOTER]) - sum(_size(_shell(section)) for section in sections)
    blocks = list(fixed)
    for section in sections:
        kept, left = [], 0
        for row, weight in zip(section.rows, section.weights, strict=True):
            if (size := _size([row])) <= room:
                room -= size
                kept.append(row)
            else:
                left += weight
        blocks.append(_block(section, kept, left))
    return "\n".join([*blocks, FOOTER])


def _size(blocks: Iterable[str]) -> int:
    return sum(len(block.encode()) + 1 for block in blocks)


def _shell(section: _Section) -> list[str]:
    """What a section takes beside its rows, at the most."""
    return [_block(section, [""], section.total)]


def _block(section: _Section, rows: Sequence[str], left: int) -> str:
    title = f"{section.title} ({section.total:,})"
    lines = [f"<details><summary>{title}</summary>\n"] if section.folded else [f"### {title}\n"]
    if section.note:
        lines.append(f"{section.note}\n")
    if rows:
        lines.append(section.head + "".join(f"{row}\n" for row in rows))
    if left:
        lines.append(f"{left:,} more in the job summary and the full report.\n")
    return "\n".join(lines) + ("\n</details>\n" if section.folded else "")


def _verdict(report: Report) -> str:
    new, standing, moved, uncompared = (_unmet(report, state) for state in STATES)
    said = [_many(len(uncompared), "unmet finding")] if uncompared else [_many(len(new), "new finding")]
    if report.fixed:
        said.append(f"{len(report.fixed):,} fixed")
    said += [f"{len(found):,} {state}" for found, state in ((standing, "standing"), (moved, "moved")) if found]
    gate = code(report.run.fail_on.value)
    ends = {0: f"nothing at the level of the gate {gate}", 1: f"the gate {gate} fails"}
    end = ends.get(report.run.exit, "this run can't be trusted")
    why = "" if report.run.exit in ends else f" ({text(_short(report.run.verdict))})"
    return f"**sscop: {', '.join(said)}; {end}**{why}\n"


def _looked_at(report: Report) -> str:
    looked, about, run = report.looked_at, report.repository, report.run
    commit = code(_short(about.commit)[:12]) if about.commit else "none"
    state = [word for word, true in (("uncommitted changes", about.dirty), ("shallow clone", about.shallow)) if true]
    base = "none" if run.base is None else text(_short(run.base))
    if run.base and re.fullmatch(r"[0-9a-f]{40,64}", run.base):
        base = code(run.base[:12])
    ran = _many(len(looked.checks), "check")
    failed = f"; {_many(len(looked.could_not_run), 'check')} could not run" if looked.could_not_run else ""
    return (
        (
            f"Looked at {_many(looked.files, 'file')} with {ran}{failed}. "
            f"Commit {commit}{' (' + ', '.join(state) + ')' if state else ''}, compared with {base}, "
            f"on {text(_short(run.today))}. sscop {text(_short(report.version))}, "
            f"edition {text(_short(report.edition))} of the Code.\n"
        )
        + (POLICY if run.policy_changed else "")
        + _platform(report)
    )


def _platform(report: Report) -> str:
    return f"\nThe platform: {text(report.platform.words()[:600])}.\n" if report.platform else ""


def _counts(report: Report) -> str:
    counted = {state.value.capitalize(): len(_unmet(report, state)) for state in State}
    if uncompared := len(_unmet(report, None)):
        counted = {"Unmet, not compared": uncompared, **{name: n for name, n in counted.items() if n}}
    counted |= {"Waived or standing": excused} if (excused := len(report.excused())) else {}
    counted |= {"Fixed": len(report.fixed), "Unknown": len(_unknown(report)), "Advice": len(_advice(report))}
    rows = (counted, ["--:"] * len(counted), map("{:,}".format, counted.values()))
    return "".join(f"{_row(cells)}\n" for cells in rows)


def _sections(report: Report, link: Link | None) -> list[_Section]:
    """All that there is to say, the most telling first: it is what gets the room."""
    new, standing, moved, uncompared = (_unmet(report, state) for state in STATES)
    looked = report.looked_at
    return [
        _listed("Could not run", ("Check", "Why"), looked.could_not_run),
        _found(report, "New", new, link),
        _found(report, "Unmet, not compared with a base", uncompared, link),
        _found(report, "Fixed", report.fixed, None, fix=False),
        _claims(report, [*new, *uncompared, *report.fixed]),
        _found(report, "Could not tell", _unknown(report), link, note="Unknown is neither met nor unmet."),
        _found(report, "Moved", moved, link, folded=True, note="Seen before in another file."),
        _found(report, "Standing", standing, link, folded=True, note="Also found in what this was compared with."),
        _excused(report, link),
        _found(report, "Advice", _advice(report), link, folded=True, note="Guidance: it never fails a run."),
        _ran(report),
        _listed("Found but not counted", ("Path", "Why"), looked.not_counted),
    ]


def _found(
    report: Report,
    title: str,
    findings: Sequence[Reported],
    link: Link | None,
    fix: bool = True,
    folded: bool = False,
    note: str = "",
) -> _Section:
    """Findings as a table, those of the same rule about the same thing in one row with all their places."""
    groups: dict[tuple[str, str, str], list[Reported]] = {}
    for finding in findings:
        groups.setdefault((finding.check, finding.code, finding.key or finding.message), []).append(finding)
    rows = [
        _row(
            (
                f"{code(group[0].check)} {code(group[0].code)}<br>{text(group[0].message)}"
                + (f"<br>Fix: {text(group[0].fix)}" if fix and group[0].fix else ""),
                _places([place for found in group for place in found.evidence], report.repository.prefix, link),
            )
        )
        for group in groups.values()
    ]
    head = _head("What was seen" if fix else "What had been seen", "Where")
    return _Section(title, len(findings), head, rows, [*map(len, groups.values())], folded, note)


def _excused(report: Report, link: Link | None) -> _Section:
    """What fails nothing until a day, with who answers for that and until when."""
    found = report.excused()
    rows = [
        _row(
            (
                f"{code(one.check)} {code(one.code)}<br>{text(one.message)}",
                _places(one.evidence[:1], report.repository.prefix, link),
                f"{text(waiver.kind)} until {text(_short(waiver.until))}"
                + (f", {text(_short(waiver.owner))}: {text(_short(waiver.reason))}" if waiver.owner else ""),
            )
        )
        for one in found
        if (waiver := one.waiver)
    ]
    note = "Unmet, and excused until a day: a waived gap stays a gap."
    head = _head("What was seen", "Where", "Excused")
    return _Section("Waived and standing debts", len(rows), head, rows, [1] * len(rows), folded=True, note=note)


def _places(evidence: Iterable[Evidence], prefix: str, link: Link | None) -> str:
    places = list(dict.fromkeys((join(prefix, place.path), place.line) for place in evidence if place.path))
    shown = []
    for path, line in places[:PLACES]:
        label = code(printable(path) + (f":{line}" if line else ""))
        address = link(path, line) if link else ""
        shown.append(f"[{label}]({address})" if address else label)
    if len(places) > PLACES:
        shown.append(f"and {len(places) - PLACES:,} more")
    return "<br>".join(shown) or "the whole repository"


def _claims(report: Report, findings: Iterable[Reported]) -> _Section:
    """The claims that these findings bear on, each with its status as it is now."""
    touched = {slug for finding in findings for slug in finding.claims}
    claims = [claim for claim in report.claims if claim.slug in touched]
    rows = [_row((text(claim.number), code(claim.slug), _status(claim))) for claim in claims]
    return _Section("Claims touched", len(claims), _head("Number", "Claim", "Status"), rows, [1] * len(rows))


def _status(claim: ClaimResult) -> str:
    weakened = f"; weakened by {', '.join(map(code, claim.weakened_by))}" if claim.weakened_by else ""
    return f"{claim.status.value}{weakened}"


def _ran(report: Report) -> _Section:
    rows = [_row((code(check.id), check.outcome.value)) for check in report.checks]
    return _Section("Checks run", len(rows), _head("Check", "Outcome"), rows, [1] * len(rows), folded=True)


def _listed(title: str, columns: tuple[str, str], pairs: Sequence[tuple[str, str]]) -> _Section:
    rows = [_row((code(printable(name)), text(reason))) for name, reason in pairs]
    folded = columns[0] == "Path"
    return _Section(title, len(rows), _head(*columns), rows, [1] * len(rows), folded)


def _unmet(report: Report, state: State | None) -> list[Reported]:
    return [finding for finding in report.findings if finding.fails and finding.state is state]


def _unknown(report: Report) -> list[Reported]:
    return [finding for finding in report.findings if finding.outcome is Outcome.UNKNOWN]


def _advice(report: Report) -> list[Reported]:
    return [f for f in report.findings if f.outcome is Outcome.UNMET and f.kind is Kind.ADVICE]


def _head(*columns: str) -> str:
    return f"{_row(columns)}\n{_row(['---'] * len(columns))}\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}" if count else f"no {noun}s"


def _short(value: str) -> str:
    """A word or two about the run; one that is longer is none of ours, and would take the findings' room."""
    return value if len(value) <= 200 else "(too long to show)"
