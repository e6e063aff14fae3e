"""The trend: every claim over several reports, and where a change is the tool's and not the product's.

A new check, a new version or another edition can change a status without any change of the product. Such points are
marked, and a claim whose checks are not the same ones as before is, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from sscop.catalogue import code
from sscop.lazy import NamedTuple
from sscop.model import Status
from sscop.report import ClaimResult, Report
from sscop.reporters.document import Block, Chart, Document, Heading, Items, Paragraph, Table, cell, words
from sscop.reporters.forms.basis import Assessment, draft


class Point(NamedTuple):
    """A report and what it is of: a revision, a file's name."""

    label: str
    report: Report


def trend(points: Sequence[Point]) -> Document:
    """The document. The points are in the order that they are given in; the last one names the product."""
    last = points[-1].report
    about = Assessment.of(last, [])
    opening = (
        f"Self-assessment by {about.vendor} against a voluntary code; not certification, audit or appraisal; "
        f"{about.product} as at {last.run.today}, and before."
    )
    marks = [_marks(before.report, after.report) for before, after in zip(points, points[1:])]
    blocks: list[Block] = [
        Chart(tuple((f"{one.label} ({one.report.run.today})", _counts(one.report)) for one in points)),
    ]
    told = [words(f"{point.label}: {'; '.join(mark)}") for point, mark in zip(points[1:], marks, strict=True) if mark]
    if told:
        blocks += [Heading("Where the tool changed, not the product", 2, "tool"), Items(tuple(told))]
    blocks += [Heading("Claim by claim", 2, "claims"), *_claims(points)]
    return Document("Trend of the self-assessment", opening, draft(last), tuple(blocks))


def _counts(report: Report) -> tuple[tuple[str, int], ...]:
    settled = [one.status for one in report.claims]
    return tuple((status.value, settled.count(status)) for status in Status if status in settled)


def _marks(before: Report, after: Report) -> list[str]:
    found = []
    if before.edition != after.edition:
        found.append(f"edition {after.edition} of the Code (before: {before.edition})")
    if before.version != after.version:
        found.append(f"sscop {after.version} (before: {before.version})")
    then, now = set(before.looked_at.checks), set(after.looked_at.checks)
    found += [f"new checks: {', '.join(sorted(now - then))}"] if now - then else []
    found += [f"checks that are gone: {', '.join(sorted(then - now))}"] if then - now else []
    return found


def _claims(points: Sequence[Point]) -> list[Block]:
    """A row for each claim that moved; how many did not is said."""
    by_slug = [{one.slug: one for one in point.report.claims} for point in points]
    statements = code(points[-1].report.edition).claims
    slugs = list(dict.fromkeys(slug for one in by_slug for slug in one))
    rows = []
    for slug in slugs:
        results = [one.get(slug) for one in by_slug]
        if len({one.status if one else None for one in results}) == 1:
            continue
        known = statements.get(slug)
        shown = [_status(before, after) for before, after in zip([None, *results], results)]
        said = f"{known.number} `{slug}`: {known.statement}" if known else f"`{slug}`"
        rows.append((cell(said), *(cell(text, status=status) for text, status in shown)))
    blocks: list[Block] = []
    if rows:
        widths = (40, *([60 // len(points)] * len(points)))
        blocks.append(Table(("Claim", *(point.label for point in points)), tuple(rows), widths))
    same = len(slugs) - len(rows)
    blocks.append(Paragraph(words(f"{same} of {len(slugs)} claims have the same status at every point.")))
    return blocks


def _status(before: ClaimResult | None, after: ClaimResult | None) -> tuple[str, str]:
    if after is None:
        return "not in this edition", ""
    changed = before is not None and before.status is not after.status
    if changed and before is not None and before.checks != after.checks:
        return f"{after.status.value} (other checks than before)", after.status.value
    return after.status.value, after.status.value
