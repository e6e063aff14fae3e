"""The self-assessment in two shapes: the columns of NCSC's form for the Code, and those of principles-based assurance.

Sources: the self-assessment form published beside "Software Security Code of Practice: Assurance Principles and Claims"
(2025-05-07): reference, claim, evidence, argument and assumptions. NCSC's principles-based assurance: a principle rests
on claims, a claim on an argument, an argument on evidence and assumptions; a claim may be made or not, without degrees.
Seen by machine and declared by people stand apart in every row.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sscop.catalogue import Claim, Principle
from sscop.lazy import lazily
from sscop.model import Because, Outcome, Status
from sscop.report import Answer, ClaimResult, Record
from sscop.reporters.document import Block, Cell, Document, Heading, Paragraph, Span, Spans, Table, cell, cells, words
from sscop.reporters.escape import Link
from sscop.reporters.forms.basis import Assessment, basis, document, glance, seen_by

CLAIMS = ("Claim", "Argument", "Evidence", "Assumptions", "May be claimed")
HEADER = ("Reference", "Claim, in our words", "Evidence", "Argument and assumptions", "Status")


Row = Callable[[Assessment, Claim, ClaimResult, Link], "tuple[Cell, ...]"]


def self_assessment(assessment: Assessment) -> Document:
    """All 45 claims, principle by principle, in the columns of the Code's form."""
    title = "Software Security Code of Practice: self-assessment"
    return _shaped(assessment, title, HEADER, (11, 20, 34, 22, 13), _row)


def principles_based(assessment: Assessment) -> Document:
    """The same in the order of principles-based assurance, with whether each claim may be made."""
    title = "Software Security Code of Practice: principles-based assurance"
    return _shaped(assessment, title, CLAIMS, (20, 22, 32, 14, 12), _claimed)


def _shaped(assessment: Assessment, title: str, header: tuple[str, ...], widths: tuple[int, ...], row: Row) -> Document:
    link = assessment.link()
    blocks: list[Block] = [*basis(assessment), glance(assessment)]
    for principle in assessment.code.principles.values():
        blocks += [Heading(f"{principle.number} {principle.title}", 2, f"p{principle.number}")]
        blocks += [Paragraph(words(counted(assessment, principle)))]
        rows = [row(assessment, claim, result, link) for claim, result in assessment.claims(principle)]
        blocks += [Table(header, tuple(rows), widths)]
    blocks += [Paragraph(words(assessment.code.edition.attribution), "note")]
    return document(title, assessment, *blocks)


def _claimed(assessment: Assessment, claim: Claim, result: ClaimResult, link: Link) -> tuple[Cell, ...]:
    may = result.status in (Status.EVIDENCE_SEEN, Status.DECLARED)
    argument, assumed = _parted(result)
    return (
        cells([words(f"{claim.number} {claim.statement}"), words(Span(claim.slug, code=True))]),
        cells(argument),
        cells(_evidence(assessment, claim.slug, result, link)),
        cells(assumed or [words("none stated")]),
        cell(words(Span("yes" if may else "no", strong=True)), result.status.value, status=result.status.value),
    )


def _parted(result: ClaimResult) -> tuple[list[Spans], list[Spans]]:
    """An answer's argument and its assumptions, which are the sentences that say so."""
    if not result.answer:
        return [words("not declared" if result.status is not Status.DECLARED else result.because)], []
    argument, assumed = list[Spans](), list[Spans]()
    for line in result.answer.argument.split("\n"):
        said = _SENTENCE.split(line.strip())
        kept = " ".join(one for one in said if not _ASSUMES.search(one))
        argument += [words(kept)] if kept else []
        assumed += [words(one) for one in said if _ASSUMES.search(one)]
    return [*argument, words(by(result.answer))], assumed


_SENTENCE = lazily(r"(?<=[.!?])\s+(?=[A-Z])")


def counted(assessment: Assessment, principle: Principle) -> str:
    """How many claims have evidence seen, and how many are declared: never one number, never "met"."""
    settled = [result.status for _, result in assessment.claims(principle)]
    many = "claim" if len(settled) == 1 else "claims"
    said = f"{settled.count(Status.EVIDENCE_SEEN)} of {len(settled)} {many} with evidence seen"
    declared = settled.count(Status.DECLARED)
    return f"{said}; {declared} more declared." if declared else f"{said}."


_ASSUMES = lazily(r"\bassum(?:e|es|ed|ing|ptions?)\b|\bprovided that\b|\bas long as\b", re.IGNORECASE)


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
        for one, line in seen_by(assessment, slug, outcome, link):
            absent = outcome is Outcome.UNMET and one.because is Because.ABSENT
            lines.append((Span(f"{'Not seen' if absent else word}: ", strong=True), *line))
    records = result.answer.records if result.answer else ()
    lines += [(Span("Declared record: ", strong=True), *record(one)) for one in records]
    return lines or [words("nothing seen, no record named" if result.answer else "nothing seen, nothing declared")]


def record(one: Record) -> Spans:
    """A record as declared; its reference is text, for it may be anything."""
    held = f", held by the {one.held_by}" if one.held_by else ""
    on = f", seen on {one.seen_on}" if one.seen_on else ""
    system = f" in {one.system}" if one.system else ""
    return (Span(one.title), Span(" "), Span(one.reference, code=True), Span(f"{system}{held}{on}"))


def _argument(result: ClaimResult) -> list[Spans]:
    if not result.answer:
        return [words("not declared" if result.status is not Status.DECLARED else result.because)]
    return [words(line) for line in result.answer.argument.split("\n") if line.strip()] + [words(by(result.answer))]


def by(answer: Answer) -> str:
    """Who declared it, when, and how far it reaches."""
    parts = [
        f"Declared {answer.declared.replace('-', ' ')} by the {answer.declared_by}, accountable: {answer.accountable}"
    ]
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
