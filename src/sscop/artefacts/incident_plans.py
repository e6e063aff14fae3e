"""What texts about incidents say of telling customers: each element with the place that says it, without judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum

from sscop.artefacts.policies import Matter, Policy, policies
from sscop.artefacts.prose.document import Section
from sscop.artefacts.prose.inline import Words
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.quantities import durations, owners
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository


class Element(str, Enum):
    """What a plan for telling customers says; in the order in which it is told."""

    AUDIENCE = "customers as audience"
    CHANNEL = "a channel"
    LIMIT = "a time limit"
    OWNER = "who does it"
    CONTENT = "what the notice says"
    REGULATOR = "the regulator"
    REVIEWED = "a date of review"


class Place(NamedTuple):
    """Where something was seen, and the words."""

    line: int
    text: str


class Plan(NamedTuple):
    """A text about incidents. `elsewhere` is the external address of the plan that it points to, None without one.

    `for_others` is whether it teaches its readers to write a plan of their own.
    """

    policy: Policy
    said: tuple[tuple[Element, Place], ...]
    reviewed: date | None
    elsewhere: Place | None
    for_others: bool
    personal: bool
    """Whether it speaks of personal data, so that a regulator is to be told."""

    @property
    def elements(self) -> dict[Element, Place]:
        """What it says, by element."""
        return dict(self.said)


GLOBS = (
    "**/*{incident,breach,outage,crisis}*.{md,markdown,mdx,rst,adoc,asciidoc}",
    "**/{incident,incidents,incident-response,incident-management,incident_response}/*.{md,markdown,mdx,rst,adoc}",
)
_KIND = (
    r"responses?|management|communications?|notifications?|notices?|reporting|handling|process(?:es)?|procedures?|plans?"
    r"|polic(?:y|ies)|support|playbooks?|runbooks?|escalations?|disclosures?|contact details|response hours"
)
MATTER = Matter(
    lazily(
        rf"\b(?:incidents?|breach(?:es)?|outages?|crisis|service disruptions?)(?: (?:and|&|or) [\w ]{{1,30}})? (?:{_KIND})\b"
        rf"|\b(?:data|security|personal data) (?:breach|incident)s?$|^(?:[\w ]{{1,20}} )?incidents?$"
        r"|\b(?:respond\w*|react\w*|communicat\w*|notif\w*|notices?) (?:to|about|of|during|for|on) (?:\w+ ){0,2}(?:incidents?|breach(?:es)?|outages?)\b"
        r"|\bcustomer (?:notification|communication)s?\b|what (?:we|to) do (?:in case of|when|during) (?:\w+ ){0,3}(?:incident|breach|outage)"
        r"|\bhaving an incident\b|\bmajor incidents?\b"
    ),
    (),
    lazily(
        r"(?:^|/)(?:api|reference|tutorials?|examples?|samples?|skills?|agents?|prompts?|changelog|release[-_ ]?notes?|features?"
        r"|design|designs|rfcs?|adrs?|decisions|post-?mortems?|parsers?|integrations?|connectors?|models?)/|\bincident (?:log|commands?)\b"
        r"|\bpost-?mortem|\bslas?\b|threat model|\bsupplier\b|lessons|simulat"
    ),
)
_WHO = (
    r"(?:customers?|users?|clients?|tenants?|subscribers?|consumers?|account (?:holders?|owners?)|data controllers?|adopters"
    r"|downstreams?|distributors|licensees|healthcare orgs?|customer organi[sz]ations?|service users?)"
)
_TELL = (
    r"(?:notif(?:y|ies|ied|ying|ications?)|inform(?:s|ed|ing)?|tell(?:s|ing)?|told|communicat(?:e|es|ed|ing|ions?)|comms"
    r"|contact(?:s|ed|ing)?|e-?mail(?:s|ed|ing)?|alert(?:s|ed|ing)?|update(?:s|d)?|updating|announc(?:e|es|ed|ing|ements?)"
    r"|advis(?:e|es|ed|ing)|warn(?:s|ed|ing)?|notices?|disclos(?:e|es|ed|ing))"
)
_AUDIENCE = lazily(
    rf"\b{_TELL}\b[^.;\n]{{0,90}}\b{_WHO}\b"
    rf"|\b{_WHO}\b[^.;\n]{{0,60}}\b(?:are|is|be|been|gets?|receives?|will|must|shall|should)\b[^.;\n]{{0,20}}\b{_TELL}\b"
    rf"|\b{_WHO} (?:notifications?|communications?|comms|notices?|updates?|advisor(?:y|ies))\b"
    r"|\b[\w.-]{2,40}-(?:users|customers|announce)\b",
    re.IGNORECASE,
)
_THEIR_OWN = lazily(
    rf"\b(?:your|their own|you (?:must|should|need to)(?: \w+){{0,2}}) {_WHO}\b"
    rf"|\b{_WHO} (?:can|may|should|must|are (?:asked|encouraged) to) (?:report|contact|notify|tell|inform|e-?mail|alert)"
    r"|\b(?:notify|inform|tell|contact|alert|e-?mail)(?:ing)? us\b",
    re.IGNORECASE,
)
_CHANNEL = lazily(
    r"\bstatus[- ]?page\b|\bstatus (?:site|dashboard|website)|\be-?mail(?:s|ed)?\b|\bmailing[- ]lists?\b|\bnewsletter|\bin-(?:app|product)\b"
    r"|\bbanner\b|\bweb ?site\b|\bblog\b|\badvisor(?:y|ies)\b|\brelease notes\b|\bchange ?log\b|\bgithub (?:issues?|releases?|discussions?)\b"
    r"|\bportal\b|\btwitter\b|\bmastodon\b|\bsocial media\b|\b(?:tele)?phone\b|\bsms\b|\bsupport (?:tickets?|desk|cases?)\b|\bforum\b"
    r"|\bdiscord\b|\bwebinar\b|\bpress release\b|\bslack\b",
    re.IGNORECASE,
)
_CONTENT = lazily(
    r"\bwhat happened\b|\bnature of the (?:incident|breach)|\baffected (?:versions?|services?|data|systems?|components?|features?)\b"
    r"|\b(?:description|summary|scope|impact) of the (?:incident|breach|issue|problem)\b|\broot cause\b|\bwork-?arounds?\b|\bnext (?:steps|update)\b"
    r"|\b(?:steps|actions?) (?:that )?(?:\w+ )?(?:customers|users|you|they)\b|\bmitigations?\b|\brecommended actions?\b|\bdata (?:involved|types?|categories)\b",
    re.IGNORECASE,
)
_REGULATOR = lazily(
    r"\bICO\b|[Ii]nformation [Cc]ommissioner|[Ss]upervisory [Aa]uthorit|\bGDPR\b|[Dd]ata [Pp]rotection [Aa]uthorit|\bCRA\b"
    r"|Cyber Resilience Act|\bENISA\b|\bCSIRT\b|\bNCSC\b|\bNIS ?2?\b|\bDSPT\b|\bOfcom\b|\bregulators?\b|\bCISA\b"
)
_PERSONAL = lazily(
    r"\bpersonal data\b|\bgdpr\b|\bdata subjects?\b|\bpii\b|\bpersonally identifiable|\bpatient", re.IGNORECASE
)
_OWNERS = lazily(
    r"\b(?:incident|communications?|comms) (?:commander|manager|lead(?:er)?|coordinator|owner|officer|responder)s?\b|\bon-?call\b|\bDPO\b|\bSIRO\b",
    re.IGNORECASE,
)
_YOURS = lazily(
    r"\byour (?:organi[sz]ation|compan(?:y|ies)|teams?|customers|users|business|incident|product|project)\b",
    re.IGNORECASE,
)
_HANDBOOK = lazily(
    r"\b(?:handbook|playbook|process|polic(?:y|ies)|plan|procedure|guide|manual|doc(?:ument)?|runbook|incident)s?\b",
    re.IGNORECASE,
)
_FEW = 150
"""Words below which a text that points elsewhere says nothing itself."""


def incident_plans(repo: Repository) -> Iterator[Plan | Unread]:
    """The texts, and sections of texts, that are about what is done in an incident; templates too."""
    for one in policies(repo, MATTER, *GLOBS):
        yield one if isinstance(one, Unread) else _read(one)


def _read(policy: Policy) -> Plan:
    found: dict[Element, Place] = {}
    yours = 0
    for section in policy.sections:
        pieces = _pieces(section)
        told = [(said, match) for said in pieces if (match := _audience(said))]
        if told:
            found.setdefault(Element.AUDIENCE, _place(*told[0]))
        here = (
            bool(told)
            or _AUDIENCE.search(section.title) is not None
            or re.search(_WHO, section.title.lower()) is not None
        )
        for said in pieces:
            text = said[:4000]
            yours += len(_YOURS.findall(text))
            if here:
                _note(found, Element.CHANNEL, said, _CHANNEL)
                _note(found, Element.CONTENT, said, _CONTENT)
            _note(found, Element.REGULATOR, said, _REGULATOR)
            spoken = re.search(rf"\b{_TELL}\b|\breport", f"{text} {section.title}", re.IGNORECASE)
            if Element.LIMIT not in found and spoken:
                span = next((one for one in durations(text) if one.days <= 90), None)
                if span:
                    found[Element.LIMIT] = Place(said.line + text.count("\n", 0, span.offset), _line(text, span.offset))
            if Element.OWNER not in found and (told or spoken or _OWNERS.search(text)):
                named = _OWNERS.search(text)
                at = named.start() if named else next((one.offset for one in owners(text)), -1)
                if at >= 0:
                    found[Element.OWNER] = Place(said.line + text.count("\n", 0, at), _line(text, at))
    facts = metadata(policy.document)
    if (owner := facts.get("owner")) and Element.OWNER not in found:
        found[Element.OWNER] = Place(owner.line, owner.value[:120])
    dated = facts.dated("reviewed", "updated", "date")
    if dated:
        found[Element.REVIEWED] = Place(dated.line, dated.value[:120])
    text = policy.text
    order = list(Element)
    said_ = tuple(sorted(found.items(), key=lambda one: order.index(one[0])))
    away = _elsewhere(policy) if Element.AUDIENCE not in found else None
    return Plan(policy, said_, dated.when.day if dated else None, away, yours > 4, _PERSONAL.search(text) is not None)


def _pieces(section: Section) -> list[Words]:
    """What a section says: the rows of its tables as one piece each, everything else piece by piece."""
    found = [one for block in (*section.paragraphs, *section.items) for one in [block.text]]
    for table in section.tables:
        for row in table.rows:
            whole = Words(" | ".join(row.cells))
            whole.line, whole.raw = row.line, whole
            found.append(whole)
    return sorted(found, key=lambda one: one.line)


def _audience(said: Words) -> re.Match[str] | None:
    text = said[:4000]
    match = _AUDIENCE.search(text)
    return None if match and _THEIR_OWN.search(text) and not _AUDIENCE.search(_THEIR_OWN.sub(" ", text)) else match


def _note(found: dict[Element, Place], element: Element, said: Words, pattern: re.Pattern[str]) -> None:
    if element not in found and (match := pattern.search(said[:4000])):
        found[element] = _place(said, match)


def _place(said: Words, match: re.Match[str]) -> Place:
    return Place(said.line + said.count("\n", 0, match.start()), _line(said, match.start()))


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    return text[start:].split("\n", 1)[0][:120]


def _elsewhere(policy: Policy) -> Place | None:
    """The address that a short text points to for what is done."""
    if len(policy.text.split()) > _FEW:
        return None
    first, last = policy.section.line, max(one.end_line for one in policy.sections)
    for link in policy.document.links:
        away = link.target.startswith(("http://", "https://")) and not link.image
        if away and first <= link.line <= last and (_HANDBOOK.search(link.text) or _HANDBOOK.search(link.target)):
            return Place(link.line, link.target[:160])
    return None
