"""What every form begins with and cites: the opening, the draft mark, the principles at a glance, evidence lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from posixpath import join

from sscop.catalogue import Claim, Code, Principle, code
from sscop.check import Check
from sscop.lazy import NamedTuple
from sscop.model import Evidence, Kind, Outcome, Role, Status
from sscop.report import ClaimResult, Report, Reported
from sscop.reporters.document import Block, Document, Glance, Paragraph, Span, Spans, Tile, words
from sscop.reporters.escape import Link
from sscop.reporters.forges import of_commit, of_file
from sscop.repository.text import printable

MANY = 12
"""Places that one line of evidence names before it counts the rest."""


class Assessment(NamedTuple):
    """A report beside the edition of the Code that it answers, and the roles of the checks."""

    report: Report
    code: Code
    roles: Mapping[str, Mapping[str, Role]]
    """By check id: the role for each claim's slug."""

    @classmethod
    def of(cls, report: Report, checks: Sequence[Check]) -> Assessment:
        """The assessment of a report by these checks. Raises LookupError for an edition that is not here."""
        return cls(report, code(report.edition), {check.id: check.claims for check in checks})

    @property
    def product(self) -> str:
        """The product's name and version; the commit where no version is stated."""
        told = self.report.product
        version = str(told.get("version") or (self.report.repository.commit or "")[:12] or "(no version)")
        return f"{told.get('name') or '(product not named)'} {version}"

    @property
    def vendor(self) -> str:
        """Who answers."""
        return str(self.report.product.get("vendor") or "(vendor not named)")

    def claims(self, principle: Principle) -> list[tuple[Claim, ClaimResult]]:
        """The claims of a principle with how they are settled."""
        settled = {one.slug: one for one in self.report.claims}
        return [(self.code.claims[slug], settled[slug]) for slug in principle.claims if slug in settled]

    def findings(self, slug: str, outcome: Outcome) -> list[Reported]:
        """The findings of a claim with this outcome, those of establishing checks first."""
        found = [
            one
            for one in self.report.findings
            if slug in one.claims and one.outcome is outcome and one.kind is Kind.CLAIM
        ]
        return sorted(found, key=lambda one: self.roles.get(one.check, {}).get(slug) is not Role.ESTABLISHES)

    def link(self) -> Link:
        """Addresses of places at the commit; none where the repository is not on the web."""
        return of_file(self.report.repository.url, self.report.repository.commit or "") or _no_link


def document(title: str, assessment: Assessment, *blocks: Block) -> Document:
    """A form's document, which begins by saying what it is, and that it is a draft until somebody accepted it."""
    opening = (
        f"Self-assessment by {assessment.vendor} against a voluntary code; not certification, audit or appraisal; "
        f"{assessment.product} as at {assessment.report.run.today}."
    )
    return Document(title, opening, draft(assessment.report), blocks)


def draft(report: Report) -> str:
    """Why it is a draft; "" where it was accepted for a time that the day of the run is in."""
    told, today = report.accepted, report.run.today
    if told is None:
        return "DRAFT: nobody has accepted it yet."
    if told.on > today:
        return f"DRAFT: it is said to be accepted on {told.on}, which is to come."
    if not told.begin <= today <= told.end:
        return f"DRAFT: it was accepted for {told.begin} to {told.end}, and {today} is not in that time."
    if report.repository.dirty:
        return "DRAFT: it was made from changes that are not committed, so nobody can look them up."
    return ""


def acceptance(report: Report) -> Paragraph | None:
    """Who accepted it and with which gaps; None for a draft."""
    told = report.accepted
    if told is None or draft(report):
        return None
    said = f"Accepted by the {told.by_role} on {told.on} for {told.begin} to {told.end}. Gaps accepted with it: "
    return Paragraph(words(f"{said}{told.residual_gaps.rstrip('.')}."))


def basis(assessment: Assessment) -> list[Block]:
    """What was looked at, so that everything can be looked up again."""
    report = assessment.report
    looked, about = report.looked_at, report.repository
    commit = Span((about.commit or "")[:12], commit_href(about.url, about.commit), code=True)
    state = ", with changes that are not committed" if about.dirty else ""
    sentence = words(
        f"Looked at {looked.files} files with {len(looked.checks)} checks of sscop {report.version} on "
        f"{report.run.today}, edition {report.edition} of the Code",
        *(("; commit ", commit) if about.commit else ("; no commit",)),
        f"{state}.",
    )
    could_not = [f"{check} could not run: {reason}" for check, reason in looked.could_not_run]
    accepted = acceptance(report)
    blocks: list[Block] = [Paragraph(sentence)]
    blocks += [accepted] if accepted else []
    blocks += [Paragraph(words("; ".join(could_not)), "note")] if could_not else []
    return blocks


def commit_href(url: str, commit: str | None) -> str:
    """The address of a commit; "" where the repository is not on the web."""
    return of_commit(url, commit) if url and commit else ""


def glance(assessment: Assessment, anchors: bool = True) -> Glance:
    """Every principle with the number of its claims in each status."""
    tiles = []
    for principle in assessment.code.principles.values():
        settled = [result.status for _, result in assessment.claims(principle)]
        counts = tuple((status.value, settled.count(status)) for status in Status if status in settled)
        href = f"#p{principle.number}" if anchors else ""
        tiles.append(Tile(principle.number, principle.title, counts, href))
    return Glance(tuple(tiles))


def places(assessment: Assessment, evidence: Iterable[Evidence], link: Link) -> Spans:
    """The places of a finding as links, each with its day; the first so many. A path is written out once in a row."""
    prefix = assessment.report.repository.prefix
    found = list({(one.path, one.line, one.date): one for one in evidence if one.path}.values())
    spans: list[Span] = []
    before = ""
    for one in found[:MANY]:
        path = join(prefix, one.path)
        spans += [Span(", ")] if spans else []
        label = (printable(path) if path != before or not one.line else "") + (f":{one.line}" if one.line else "")
        before = path
        spans.append(Span(label, link(path, one.line), code=True))
        spans += [Span(f" ({one.date})")] if one.date else []
    if len(found) > MANY:
        spans.append(Span(f" and {len(found) - MANY} more"))
    return tuple(spans)


def seen(assessment: Assessment, slug: str, outcome: Outcome, link: Link) -> list[Spans]:
    """A line for each finding of a claim: what was seen, by which check, where."""
    return [line for _, line in seen_by(assessment, slug, outcome, link)]


def seen_by(assessment: Assessment, slug: str, outcome: Outcome, link: Link) -> list[tuple[Reported, Spans]]:
    """The same, each line with its finding."""
    lines = []
    for one in assessment.findings(slug, outcome):
        where = places(assessment, one.evidence, link)
        said = words(one.message, " (", Span(one.check, code=True), ")")
        lines.append((one, (*said, Span(": "), *where) if where else said))
    return lines


def _no_link(path: str, line: int | None) -> str:
    """The address of a place that is not on the web."""
    return ""


Form = Callable[[Assessment], Document]
