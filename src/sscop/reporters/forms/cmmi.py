"""The CMMI reading: practice area by practice area, which artefacts were seen and which claims lead there.

An unofficial, openly reasoned mapping. No level, no rating, no colour; nothing of the model's text, only codes, names
and our own words. What is declared is a written statement and never an affirmation of an appraisal.
"""

from __future__ import annotations

from collections.abc import Sequence

from sscop.catalogue import AreaLink, Claim, PracticeArea, cmmi
from sscop.model import Outcome
from sscop.report import Cited, ClaimResult
from sscop.reporters.document import (
    Block,
    Cell,
    Document,
    Heading,
    Items,
    Paragraph,
    Span,
    Spans,
    Table,
    cell,
    cells,
    words,
)
from sscop.reporters.forms.basis import Assessment, basis, commit_href, document, places

HEADER = ("Artefact", "Claim and why it leads here", "For", "Owner and cadence", "Who could be asked")
_FOR = {
    "organisation": "a supporting function of the organisation",
    "product": "the product",
    "repository": "the project (this repository)",
}
DEVELOPMENT = "Development"
FEW = 3
"""Days of review that are told of one finding's artefacts."""


def practice_areas(assessment: Assessment) -> Document:
    """Every practice area that a claim leads to, with its artefacts; then what files can't show."""
    model = cmmi(assessment.report.edition)
    leading: dict[str, list[AreaLink]] = {}
    for links in model.links.values():
        for link in links:
            leading.setdefault(link.area, []).append(link)
    blocks: list[Block] = [
        Paragraph(words(model.statement), "banner"),
        Paragraph(
            words(
                "Automated checks are not independent quality assurance: a check saw files; nobody was interviewed. "
                "A declaration is a written statement of a role. Nothing below says how any practice is performed."
            )
        ),
        *basis(assessment),
    ]
    empty = []
    for area in model.areas.values():
        rows = [row for link in leading.get(area.code, ()) for row in _rows(assessment, link)]
        if rows:
            blocks += [Heading(f"{area.code} {area.name} ({area.domain})", 2, area.code.lower())]
            blocks += [Paragraph(words(area.description)), Table(HEADER, tuple(rows), (30, 26, 14, 17, 13))]
        elif area.code in leading:
            empty.append(area)
    blocks += _outside(leading, model.areas, empty, model.unreached)
    return document("Evidence by CMMI practice area (unofficial mapping)", assessment, *blocks)


def _rows(assessment: Assessment, to: AreaLink) -> list[tuple[Cell, ...]]:
    """A row for what was seen of the claim, and one for what is declared of it."""
    claim = assessment.code.claims[to.claim]
    result = next((one for one in assessment.report.claims if one.slug == to.claim), None)
    link, rows = assessment.link(), list[tuple[Cell, ...]]()
    if result is None:
        return rows
    cited = {one.path: one for one in assessment.report.cited}
    for one in assessment.findings(to.claim, Outcome.MET):
        where = places(assessment, one.evidence, link)
        records = [cited[at.path] for at in one.evidence if at.path in cited]
        lines = [words(one.message, f" (`{one.check}`)"), *([where] if where else [])]
        if newest := max(records, key=lambda at: at.changed, default=None):
            commit = Span(newest.commit[:12], commit_href(assessment.report.repository.url, newest.commit), code=True)
            lines += [(Span(f"last changed {newest.changed} in "), commit)] if newest.changed else []
        rows.append((cells(lines), *_about(claim, to), cells(_kept(records)), cell(_asked(result, records))))
    if result.answer:
        said = [words(f"written statement: {result.answer.declared.replace('-', ' ')}, {result.answer.reviewed}")]
        said += [words(f"covers {result.answer.population}")] if result.answer.population else []
        said += [words(f"{one.title}: `{one.reference}`") for one in result.answer.records]
        owner = result.answer.function or result.answer.accountable
        cadence = f"reviewed {result.answer.reviewed}, next by {result.answer.due}"
        rows.append((cells(said), *_about(claim, to), cell(owner, cadence), cell(_asked(result, []))))
    return rows


def _about(claim: Claim, to: AreaLink) -> tuple[Cell, Cell]:
    return cell(f"{claim.number} `{claim.slug}`: {to.why}"), cell(_FOR.get(claim.scope, claim.scope))


def _kept(records: Sequence[Cited]) -> list[Spans]:
    """Who owns the artefacts, and whether their stated interval is kept today; over time, `persistence` says."""
    owners = sorted({one.owner for one in records if one.owner})
    lines = [words(", ".join(owners) or "owner not stated")]
    reviewed = sorted({(one.reviewed, one.due) for one in records if one.reviewed})
    for day, due in reviewed[:FEW]:
        lines.append(words(f"reviewed {day}, " + (f"next by {due}" if due else "no interval stated")))
    return lines if reviewed else [*lines, words("cadence not stated")]


def _asked(result: ClaimResult, records: Sequence[Cited]) -> str:
    answer = result.answer
    roles = {answer.accountable, answer.declared_by, answer.checked_by} if answer else set()
    return ", ".join(sorted((roles | {one.owner for one in records}) - {""})) or "not stated"


def _outside(
    leading: dict[str, list[AreaLink]],
    areas: dict[str, PracticeArea],
    empty: list[PracticeArea],
    unreached: dict[str, str],
) -> list[Block]:
    """Areas without an artefact, areas outside a development-only appraisal, and what files can't show."""
    blocks: list[Block] = []
    if empty:
        blocks += [Heading("Areas that claims lead to, and for which nothing was seen or declared", 2, "empty")]
        blocks += [Items(tuple(words(f"{area.code} {area.name}") for area in empty))]
    foreign = [area for area in areas.values() if area.code in leading and area.domain not in (DEVELOPMENT, "Core")]
    if foreign:
        blocks += [Heading("Areas outside an appraisal of development alone", 2, "outside")]
        blocks += [Items(tuple(words(f"{area.code} {area.name} ({area.domain})") for area in foreign))]
    blocks += [Heading("What files can't show", 2, "not-shown")]
    shown = (
        "whether people follow what is written, and whether it works;",
        "whether an organisation's standard was followed or tailored, unless a record says so;",
        "the organisational support functions: a repository holds the project's side alone;",
        *(f"{code}: {why}" for code, why in unreached.items()),
    )
    return [*blocks, Items(tuple(words(one) for one in shown))]
