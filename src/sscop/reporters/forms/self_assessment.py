"""The self-assessment in the columns of NCSC's form: reference, claim, evidence, argument and assumptions.

Source: the self-assessment form published beside "Software Security Code of Practice: Assurance Principles and Claims"
(2025-05-07). Seen by machine and declared by people stand apart in every row.
"""

from __future__ import annotations

from sscop.catalogue import Claim, Principle
from sscop.model import Outcome, Status
from sscop.report import Answer, ClaimResult, Record
from sscop.reporters.document import Block, Cell, Document, Heading, Paragraph, Span, Spans, Table, cell, cells, words
from sscop.reporters.escape import Link
from sscop.reporters.forms.basis import Assessment, basis, document, glance, seen

HEADER = ("Reference", "Claim, in our words", "Evidence", "Argument and assumptions", "Status")


def self_assessment(assessment: Assessment) -> Document:
    """All 45 claims, principle by principle."""
    link = assessment.link()
    blocks: list[Block] = [*basis(assessment), glance(assessment)]
    for principle in assessment.code.principles.values():
        blocks += [Heading(f"{principle.number} {principle.title}", 2, f"p{principle.number}")]
        blocks += [Paragraph(words(counted(assessment, principle)))]
        rows = [_row(assessment, claim, result, link) for claim, result in assessment.claims(principle)]
        blocks += [Table(HEADER, tuple(rows), (11, 20, 34, 22, 13))]
    blocks += [Paragraph(words(assessment.code.edition.attribution), "note")]
    return document("Software Security Code of Practice: self-assessment", assessment, *blocks)


def counted(assessment: Assessment, principle: Principle) -> str:
    """How many claims have evidence seen, and how many are declared: never one number, never "met"."""
    settled = [result.status for _, result in assessment.claims(principle)]
    said = f"{settled.count(Status.EVIDENCE_SEEN)} of {len(settled)} claims with evidence seen"
    declared = settled.count(Status.DECLARED)
    return f"{said}; {declared} more declared." if declared else f"{said}."


def _row(assessment: Assessment, claim: Claim, result: ClaimResult, link: Link) -> tuple[Cell, ...]:
    reference = [words(claim.number), words(Span(claim.slug, code=True))]
    if not claim.in_template:
        reference.append(words("not in the published form"))
    return (
        cells(reference),
        cell(claim.statement),
        cells(_evidence(assessment, claim.slug, result, link)),
        cells(_argument(result)),
        cell(
            words(Span(result.status.value, strong=True)), result.because, _weakened(result), status=result.status.value
        ),
    )


def _evidence(assessment: Assessment, slug: str, result: ClaimResult, link: Link) -> list[Spans]:
    """What was seen for it, what against it, what could not be told; then the records that are declared."""
    lines = []
    for outcome, word in ((Outcome.MET, "Seen"), (Outcome.UNMET, "Against it"), (Outcome.UNKNOWN, "Not told")):
        lines += [(Span(f"{word}: ", strong=True), *line) for line in seen(assessment, slug, outcome, link)]
    records = result.answer.records if result.answer else ()
    lines += [(Span("Declared record: ", strong=True), *record(one)) for one in records]
    return lines or [words("nothing seen, nothing declared")]


def record(one: Record) -> Spans:
    """A record as declared; its reference is text, for it may be anything."""
    held = f", held by the {one.held_by}" if one.held_by else ""
    on = f", seen on {one.seen_on}" if one.seen_on else ""
    system = f" in {one.system}" if one.system else ""
    return (Span(one.title), Span(" "), Span(one.reference, code=True), Span(f"{system}{held}{on}"))


def _argument(result: ClaimResult) -> list[Spans]:
    if not result.answer:
        return [words("not declared")]
    return [words(line) for line in result.answer.argument.split("\n") if line.strip()] + [words(by(result.answer))]


def by(answer: Answer) -> str:
    """Who declared it, when, and how far it reaches."""
    parts = [f"Declared {answer.declared} by the {answer.declared_by}, accountable: {answer.accountable}"]
    if answer.checked_by:
        parts.append(f"checked by the {answer.checked_by}" + (f" ({answer.method})" if answer.method else ""))
    parts.append(f"reviewed {answer.reviewed}, due {answer.due}")
    if answer.population:
        parts.append(f"population: {answer.population}")
    if answer.quiet_since:
        parts.append(f"no occasion since {answer.quiet_since}")
    return "; ".join(parts) + "."


def _weakened(result: ClaimResult) -> str:
    return f"weakened by {', '.join(result.weakened_by)}" if result.weakened_by else ""
