"""Threat models written as text: a whole document, or a section of one about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Document, Section
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.metadata import Metadata, metadata
from sscop.artefacts.prose.templates import Verdict, copied, verdict
from sscop.artefacts.threat_models.model import Format, Reviewed, Seen, ThreatModel
from sscop.artefacts.threat_models.roles import Role
from sscop.artefacts.threat_models.statements import Walk
from sscop.lazy import lazily

TITLE = lazily(
    r"\bthreats?[ -]?(?:model(?!s)|analysis|assessment|landscape|register)|\bstride\b|attack tree"
    r"|^threats(?: and mitigations?)?$"
)
"""Normalised titles of documents and sections that are threat models."""

FEW = 3
"""Threats below which a text that points elsewhere is a pointer."""

_LESSONS = lazily(
    r"//(?:[\w-]+\.)*(?:microsoft\.com|owasp\.org|wikipedia\.org|threatmodelingmanifesto\.org|nist\.gov|mitre\.org|youtube\.com|medium\.com"
    r"|threagile\.io|threatdragon\.com|shostack\.org|safecode\.org|cheatsheetseries\.\w+|amazon\.com)/?"
)
"""Places that teach threat modelling."""

_TEACHES = lazily(
    r"\b(?:what is|how to|why|guide|guidelines?|templates?|process|introduction to|tutorial|workshop|training|checklist"
    r"|example|methodolog\w*|list|query|queries|complete|create|import|export|generat\w+|tools?|viewer|editor|formats?"
    r"|with|all|add|new|api|database|library|catalog)\b"
)
_PATH = lazily(r"`([\w.-]+(?:/[\w.*-]+)+/?|[\w*-]+/|[\w-]+\.\w{1,5})`")


def read(document: Document, path: str, whole: bool) -> Iterator[ThreatModel]:
    """The models in a document: itself with `whole`, else each section that its heading calls one."""
    facts = metadata(document)
    if whole:
        yield _model(document, document.sections, str(document.title or ""), 1, facts, verdict(document, path))
        return
    after = 0
    for section in document.sections:
        if section.title is document.title and section.level == 1:
            continue  # the name of a tool or repository
        if section.level and section.line > after and TITLE.search(section.key) and not _TEACHES.search(section.key):
            sections = document.under(section)
            after = sections[-1].end_line
            yield _model(document, sections, str(section.title), section.line, facts)


def _model(
    document: Document,
    sections: Sequence[Section],
    title: str,
    line: int,
    facts: Metadata,
    found: Verdict | None = None,
) -> ThreatModel:
    stated = Walk().over(sections)
    places = stated.places
    owner = facts.get("owner", "author", "reviewer", "decider")
    when = facts.dated("reviewed", "updated", "date", "created")
    end = sections[-1].end_line if sections else line
    if when and not found and not line <= when.line <= end and when.place in ("heading", "history", "end"):
        when = None  # of another section
    starter = (Seen(found.reason, found.line or line),) if found and found.template else ()
    example = copied(title)
    flows = [*places.get(Role.FLOW, ()), *_drawn(document, line, end)]
    boundaries = places.get(Role.BOUNDARY, []) or list(
        _mentioned(
            sections, r"trust(?:ed)?[\s-]boundar|security\sboundar|\btrust\szones?\b|\buntrusted\b.{0,80}\btrusted\b"
        )
    )
    beyond = places.get(Role.BEYOND, []) or list(
        _mentioned(
            sections, r"\bout[\s-]of[\s-]scope\b|\bnot\sin\sscope\b|\bdoes\snot\s(?:protect|defend|mitigate|attempt)\b"
        )
    )
    assumed = places.get(Role.ASSUMED, []) or list(
        _mentioned(sections, r"\bwe assume\b|\bit is assumed\b|\bis assumed\b|\bassumes? that\b|\bassumptions?:")
    )
    scope = next((one for one in places.get(Role.SCOPE, ()) if len(one.text) > 30), None)
    return ThreatModel(
        Format.PROSE,
        title,
        line,
        "",
        end,
        scope=scope or _opening(sections),
        assets=tuple(places.get(Role.ASSETS, ()))
        or tuple(_mentioned(sections, r"\bassets?\b.{0,40}(?:\bare\b|\binclude|:)|\bwhat (?:we|it|this) protects?\b")),
        boundaries=tuple(boundaries),
        flows=tuple(flows),
        assumptions=tuple(assumed),
        out_of_scope=tuple(beyond),
        threats=stated.threats,
        owner=Seen(str(owner.value), owner.line) if owner else None,
        reviewed=_reviewed(when.value, when.line, when.name) if when else None,
        covers=tuple(_covered(places.get(Role.COVERS, ()))),
        starter=starter,
        controls=stated.controls,
        elsewhere=_elsewhere(document, line, end) if len(stated.threats) < FEW else None,
        template=found.reason if found and found.template else f"is {example}" if example else "",
    )


def _reviewed(value: str, line: int, name: str) -> Reviewed:
    when = dates.read(value)
    day = when.first if when.kind in (dates.Kind.DATE, dates.Kind.MONTH, dates.Kind.AMBIGUOUS) else None
    return Reviewed(str(value), line, name, day)


def _covered(found: Sequence[Seen]) -> Iterator[Seen]:
    for one in found:
        for path in _PATH.findall(one.text) or re.findall(r"[\w.*-]+(?:/[\w.*-]+)+/?|[\w.-]+/", one.text):
            yield Seen(path, one.line)


def _elsewhere(document: Document, line: int, end: int) -> Seen | None:
    """A link to another site that itself is called a threat model."""
    for link in document.links:
        about = f"{link.text} {link.target}".replace("_", " ").replace("-", " ").lower()
        if not line <= link.line <= end or not link.target.startswith("http") or _LESSONS.search(link.target):
            continue
        if link.image or re.search(r"\.svg\b|/badges?/", link.target):
            continue
        if re.search(r"threat ?model|threat analysis", about):
            return Seen(link.target, link.line)
    return None


def _drawn(document: Document, line: int, end: int) -> Iterator[Seen]:
    for link in document.links:
        if link.image and line <= link.line <= end and not re.search(r"badge|shield|logo|status\.svg", link.target):
            yield Seen(link.text or link.target, link.line)


def _mentioned(sections: Sequence[Section], words: str) -> Iterator[Seen]:
    """The first piece of text that says it."""
    pattern = re.compile(words, re.IGNORECASE)
    for section in sections:
        for said in section.said():
            if match := pattern.search(said):
                yield Seen(str(said), said.line + said.count("\n", 0, match.start()))
                return


def _opening(sections: Sequence[Section]) -> Seen | None:
    for section in sections[:3]:
        for one in section.paragraphs:
            if len(one.text.split()) >= 8:
                return Seen(str(one.text), one.line)
    return None


def is_title(text: str) -> bool:
    """Whether a title calls what it stands over a threat model, and not a text about making one."""
    key = normal(text)
    return bool(TITLE.search(key)) and not teaches(text)


def teaches(text: str) -> bool:
    """Whether a title says that a text is about making threat models, or a catalogue for them."""
    return bool(_TEACHES.search(normal(text)))
