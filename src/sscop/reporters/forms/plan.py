"""The improvement plan: what closes most claims for least work, with who, by when, and how."""

from __future__ import annotations

from collections.abc import Set

from sscop.model import Because, Outcome, Status
from sscop.report import Report, Reported
from sscop.reporters.document import Block, Document, Heading, Items, Paragraph, Span, Table, cell, cells, words
from sscop.reporters.forms.basis import Assessment, basis, document, places

HEADER = ("What to do", "Closes", "Effort", "Owner", "Due", "Where")
FEW = 3
"""Places that are still a small change."""


def plan(assessment: Assessment) -> Document:
    """A row for each check with unmet findings: most claims in a gap first, then the least work."""
    report = assessment.report
    gaps = {one.slug for one in report.claims if one.status in (Status.GAP, Status.CONTRADICTED)}
    by_check: dict[str, list[Reported]] = {}
    for one in report.findings:
        if one.fails or (one.waiver and one.outcome is Outcome.UNMET):
            by_check.setdefault(one.check, []).append(one)

    def closes(check: str) -> list[str]:
        return sorted(gaps & {slug for one in by_check[check] for slug in one.claims})

    ordered = sorted(by_check, key=lambda check: (-len(closes(check)), _EFFORT.index(effort(by_check[check])), check))
    link = assessment.link()
    answered = {one.slug for one in report.claims if one.answer and one.answer.declared in ("partly", "not-met")}
    rows = []
    for check in ordered:
        found = by_check[check]
        fixes = list(dict.fromkeys(one.fix for one in found if one.fix))
        more = len({one.message for one in found}) - 1
        first = found[0].message + (f" (and {more} more)" if more else "")
        rows.append(
            (
                cells([words(first), *(words(f"Fix: {fix}") for fix in fixes[:3])]),
                cells([words(*_closed(slug, answered)) for slug in closes(check)] or [words("no gap by itself")]),
                cell(effort(found)),
                cell(_owner(found, str(report.product.get("senior-responsible-owner") or ""))),
                cell(min((one.waiver.until for one in found if one.waiver), default="not set")),
                cells(
                    [words(f"`{check}`"), places(assessment, [at for one in found for at in one.evidence[:1]], link)]
                ),
            )
        )
    blocks: list[Block] = [*basis(assessment), Table(HEADER, tuple(rows), (38, 16, 8, 12, 9, 17))]
    blocks += _declared(report, gaps.difference(*map(closes, ordered)))
    blocks += _untold(assessment)
    blocks += [Heading("Claims that only people can answer", 2, "people")]
    waiting = [one for one in report.claims if one.status is Status.NOT_ASSESSED]
    asked = tuple(words(f"{one.number} `{one.slug}`: `assessment/claims/{one.slug}.md`") for one in waiting)
    blocks += [Items(asked)] if asked else [Paragraph(words("None: each has an answer or a check."))]
    return document("Improvement plan", assessment, *blocks)


def _closed(slug: str, answered: Set[str]) -> tuple[Span | str, ...]:
    """A claim that a row closes; where people answered that it is open, by a new answer too."""
    return (Span(slug, code=True), " (and a new answer)" if slug in answered else "")


def _declared(report: Report, left: Set[str]) -> list[Block]:
    """The gaps that no finding explains: people declared them."""
    items = tuple(
        words(f"{one.number} `{one.slug}`: {one.because}" + (f" (`{one.answer.path}`)" if one.answer else ""))
        for one in report.claims
        if one.slug in left
    )
    return [Heading("Gaps by what was declared", 2, "declared"), Items(items)] if items else []


def _untold(assessment: Assessment) -> list[Block]:
    """The claims that are unknown, each with what would tell; a declaration that lapsed waits for a new answer."""
    items = []
    for one in assessment.report.claims:
        if one.status is Status.UNKNOWN:
            found = assessment.findings(one.slug, Outcome.UNKNOWN)
            fixes = list(dict.fromkeys(at.fix or at.message for at in found))[:2]
            items.append(words(f"{one.number} `{one.slug}`: {one.because}", *(f"; {fix}" for fix in fixes)))
    return [Heading("Claims that could not be told", 2, "unknown"), Items(tuple(items))] if items else []


_EFFORT = ("small", "medium", "large")


def effort(found: list[Reported]) -> str:
    """How much work, roughly: a few lines; a document or a set-up that is not there yet; or many places."""
    places = {(one.path, one.line) for one in found if one.line}
    if len(places) > 4 * FEW:
        return "large"
    return "medium" if len(places) > FEW or any(one.because is Because.ABSENT for one in found) else "small"


def _owner(found: list[Reported], usual: str) -> str:
    owners = sorted({one.waiver.owner for one in found if one.waiver and one.waiver.owner})
    return ", ".join(owners) or (f"to be named (by the {usual})" if usual else "to be named")
