"""The statement: every principle in plain words, for customers, for an assessor, or for internal use.

What a customer sees is an allow-list: product, day, the principles' official titles, counts, and the answers that were
written for customers (`customer-answer`). No path, address, check, waiver, role or argument is on it.
"""

from __future__ import annotations

from sscop.catalogue import Claim, Principle
from sscop.model import Outcome, Status
from sscop.report import ClaimResult
from sscop.reporters.document import Block, Document, Heading, Items, Paragraph, Span, Spans, Table, cell, cells, words
from sscop.reporters.forms.basis import Assessment, acceptance, basis, document, glance, seen
from sscop.reporters.forms.self_assessment import by, counted

PLAIN = {
    Status.EVIDENCE_SEEN: "Evidence was seen",
    Status.PARTLY_SEEN: "Part of the evidence was seen",
    Status.DECLARED: "Declared by us; no evidence of it was looked at here",
    Status.CONTRADICTED: "Open: what we declared and what was seen differ",
    Status.GAP: "Open: no evidence, or not enough, was seen",
    Status.UNKNOWN: "Could not be told from what was looked at",
    Status.NOT_ASSESSED: "Not assessed yet",
    Status.NOT_APPLICABLE: "Does not apply",
}
"""The statuses as a customer reads them."""

_OPEN = {
    "met": "Open: we declare it, and what was seen is not enough",
    "partly": "Open: we declare it met in part",
    "not-met": "Open: we declare it not met",
}
"""A gap that is answered, by the answer: else what follows in our words would read as if all was well."""


def customer(assessment: Assessment) -> Document:
    """What customers may read."""
    report = assessment.report
    accepted = acceptance(report)
    blocks: list[Block] = [
        Paragraph(
            words(
                f"The Software Security Code of Practice (edition {report.edition}) is voluntary. This says, principle "
                "by principle, for how many of its claims evidence was seen by a tool in the product's source, and for "
                "how many we declare it ourselves. The two are never counted together."
            )
        )
    ]
    blocks += [accepted] if accepted else []
    blocks += [glance(assessment)]
    for theme in assessment.code.themes.values():
        blocks.append(Heading(f"{theme.number} {theme.title}", 2, f"t{theme.number}"))
        for number in theme.principles:
            principle = assessment.code.principles[number]
            blocks += [Heading(f"{number} {principle.title}", 3, f"p{number}")]
            blocks += [Paragraph(words(counted(assessment, principle)))]
            blocks += [Items(tuple(_answer(*pair) for pair in assessment.claims(principle)))]
    blocks += [Paragraph(words(assessment.code.edition.attribution), "note")]
    return document("Statement on the Software Security Code of Practice", assessment, *blocks)


def _answer(claim: Claim, result: ClaimResult) -> Spans:
    answer = result.answer
    said = answer.customer_answer if answer and answer.declared != "lapsed" else ""
    plain = PLAIN[result.status]
    if answer and result.status is Status.GAP:
        plain = _OPEN.get(answer.declared, plain)
    elif result.status is Status.NOT_APPLICABLE:
        plain = f"{plain}: {'so we declare' if answer else result.because}"
    return words(f"{claim.statement} ", Span(plain, strong=True), f". {said}" if said else ".")


def assessor(assessment: Assessment) -> Document:
    """The same with the evidence and who declared what; no waiver, no baseline."""
    return _full(assessment, internal=False)


def internal(assessment: Assessment) -> Document:
    """Everything, with what is waived and what stands."""
    return _full(assessment, internal=True)


def _full(assessment: Assessment, internal: bool) -> Document:
    blocks: list[Block] = [*basis(assessment), glance(assessment)]
    for principle in assessment.code.principles.values():
        blocks += [Heading(f"{principle.number} {principle.title}", 2, f"p{principle.number}")]
        blocks += [Paragraph(words(counted(assessment, principle))), _claims(assessment, principle)]
    if internal and (excused := assessment.report.excused()):
        rows = tuple(
            (
                cell(f"`{one.check}`", one.message),
                cell(one.waiver.kind, one.waiver.reason, one.waiver.owner),
                cell(one.waiver.until),
            )
            for one in excused
            if one.waiver
        )
        blocks += [Heading("Waived and standing", 2, "waived"), Table(("Finding", "Excused by", "Until"), rows)]
    blocks += [Paragraph(words(assessment.code.edition.attribution), "note")]
    return document("Statement on the Software Security Code of Practice", assessment, *blocks)


def _claims(assessment: Assessment, principle: Principle) -> Table:
    link = assessment.link()
    rows = tuple(
        (
            cell(f"{claim.number} `{claim.slug}`", claim.statement),
            cells(seen(assessment, claim.slug, Outcome.MET, link)),
            cell(by(result.answer)) if result.answer else cell("not declared"),
            cell(Span(result.status.value, strong=True), result.because, status=result.status.value),
        )
        for claim, result in assessment.claims(principle)
    )
    return Table(("Claim", "Seen", "Declared", "Status"), rows, (28, 34, 22, 16))
