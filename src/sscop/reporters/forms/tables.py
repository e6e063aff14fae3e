"""Forms that are one table: all claims for a questionnaire, and the crosswalk to other frameworks."""

from __future__ import annotations

from sscop.artefacts.declarations import METHODS, STATUSES
from sscop.catalogue import crosswalk, frameworks
from sscop.model import Outcome
from sscop.reporters.document import Block, Document, Heading, Items, Paragraph, Table, cell, cells, words
from sscop.reporters.forms.basis import Assessment, basis, document, seen
from sscop.repository.text import printable

COLUMNS = (
    "slug", "number", "principle", "claim", "answered-for", "status", "because", "seen", "status-declared", "function",
    "accountable", "declared-by", "checked-by", "method", "reviewed", "due", "population", "customer-answer",
    "argument", "external-ids",
)  # fmt: skip
CHOICES = (("status-declared", STATUSES), ("method", METHODS))
"""The words that a sheet offers where people answer."""


def table(assessment: Assessment) -> Document:
    """A row for each claim: what was seen, what is declared, the customers' answer, and ids of other frameworks."""
    others: dict[str, list[str]] = {}
    for entry in crosswalk(assessment.report.edition):
        others.setdefault(entry.principle, []).append(entry.ref)
    rows = []
    for principle in assessment.code.principles.values():
        for claim, result in assessment.claims(principle):
            answer = result.answer
            where = dict.fromkeys(
                printable(at.path) + (f":{at.line}" if at.line else "")
                for one in assessment.findings(claim.slug, Outcome.MET)
                for at in one.evidence
                if at.path
            )
            said = ("", "", "", "", "", "", "", "", "", "")
            if answer:
                said = (
                    answer.declared, answer.function, answer.accountable, answer.declared_by, answer.checked_by,
                    answer.method, answer.reviewed, answer.due, answer.population, answer.customer_answer,
                )  # fmt: skip
            rows.append(
                tuple(
                    cell(value)
                    for value in (
                        claim.slug, claim.number, f"{principle.number} {principle.title}", claim.statement, claim.scope,
                        result.status.value, result.because, "; ".join(where), *said,
                        answer.argument if answer else "", " ".join(dict.fromkeys(others.get(principle.number, ()))),
                    )
                )
            )  # fmt: skip
    return document("All claims", assessment, *basis(assessment), Table(COLUMNS, tuple(rows), choices=CHOICES))


def beside(assessment: Assessment) -> Document:
    """The same evidence beside other frameworks: related reading, no evidence that any of them is fulfilled."""
    link = assessment.link()
    blocks: list[Block] = [
        Paragraph(
            words(
                "Related reading, not conformity evidence: what a link says is only that both speak of the same matter."
            ),
            "banner",
        ),
        *basis(assessment),
    ]
    entries = crosswalk(assessment.report.edition)
    for key, framework in frameworks(assessment.report.edition).items():
        rows = []
        for principle in assessment.code.principles.values():
            mine = [entry for entry in entries if entry.framework == key and entry.principle == principle.number]
            if not mine:
                continue
            lines = [line for slug in principle.claims for line in seen(assessment, slug, Outcome.MET, link)]
            rows.append(
                (
                    cell(f"{principle.number} {principle.title}"),
                    cells([words(f"`{one.ref}` {one.about} ({one.confidence}, {one.status})") for one in mine]),
                    cells(lines[:8] or [words("nothing seen")]),
                )
            )
        blocks += [Heading(framework.title, 2, key), *([Paragraph(words(framework.note))] if framework.note else [])]
        blocks += [Table(("Principle", "Related", "Evidence seen here"), tuple(rows), (24, 38, 38))]
        if framework.none:
            none = tuple(words(f"{number}: {why}") for number, why in framework.none.items())
            blocks += [Items(none)]
    return document("The same evidence beside other frameworks", assessment, *blocks)
