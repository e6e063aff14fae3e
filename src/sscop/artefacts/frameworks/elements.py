"""What a statement says of itself: what it applies to, who answers for it, when it was reviewed, where more is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sscop.artefacts.prose.dates import When, find
from sscop.artefacts.prose.document import Document
from sscop.artefacts.prose.inline import Link, Words
from sscop.artefacts.prose.metadata import Metadata
from sscop.artefacts.prose.quantities import owners
from sscop.artefacts.prose.templates import placeholder
from sscop.lazy import NamedTuple, lazily

_SCOPE = lazily(
    r"\b(?:applies to|apply to|covers|is for|scope of this|in scope|on behalf of)\b|^(?:product|system|service"
    r"|project|repository|"
    r"component|software|organi[sz]ation|applies to|scope)s?\s{0,2}:\s{0,3}\S",
    re.IGNORECASE,
)
_SCOPED = lazily(r"^(?:\w+ (?:and|&) )?(?:scope|applicability|applies to|audience|coverage)\b")
_OWNED = lazily(
    r"\b(?:senior responsible owner|sro|assessor|accountable|policy owner|process owner|responsible|approver"
    r"|sign(?:ed)? off by)"
    r"\b[^:\n]{0,30}:\s{0,3}(\S[^\n]{0,80})|\bowners?\b[^:\n]{0,20}:\s{0,3}(\S[^\n.]{0,80})"
    r"|\b(?:owned|maintained|reviewed and approved|approved) by (?:the )?([^\n.,]{3,60})"
    r"|\b([A-Za-z][\w -]{2,40}) (?:is|are) (?:responsible|accountable) for (?:this|the) (?:policy|document|process"
    r"|statement|framework)",
    re.IGNORECASE,
)
_REVIEWED = lazily(
    r"\b(?:last|date) (?:reviewed|updated|revised|review|assessed|assessment)\b"
    r"|\b(?:reviewed|assessed|measured|checked|verified|as) o[nf]\b",
    re.IGNORECASE,
)
_BRACES = lazily(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")


_LEADS = lazily(
    r"\b(?:sdl|sdlc|secure[-_ ]?development|ssdlc|development[-_ ]?lifecycle|security[-_ ]engineering)\b", re.IGNORECASE
)
_PUBLISHER = lazily(
    r"nist\.gov|owasp\.org|ncsc\.gov\.uk|slsa\.dev|openssf\.org|cisa\.gov|iso\.org|wikipedia|doi\.org|safecode"
    r"|microsoft\.com/(?:[\w-]+/)?(?:securityengineering|sdl)"
)


class Seen(NamedTuple):
    """Something that a text says, and where."""

    text: str
    line: int


class Dated(NamedTuple):
    """A stated date, and where."""

    when: When
    line: int


def leads_out(link: Link) -> bool:
    """Whether a link goes to a place outside that says how this team develops, rather than to a publisher's page."""
    return (
        "://" in link.target
        and bool(_LEADS.search(link.target) or _LEADS.search(link.text))
        and not _PUBLISHER.search(link.target)
    )


_GUIDANCE = lazily(
    r"\b(?:technical|security|secure|engineering|software|digital|cyber)[ -](?:[\w-]+[ -]){0,3}?(?:guidance|guidelines"
    r"|standards|handbook|framework|playbook|principles|lifecycle|practices|manual)\b|\bGDS[ -]Way\b|\bgds-way\b",
    re.IGNORECASE,
)
_STYLE = lazily(
    r"styl|coding|commit|\bgit\b|naming|lint|conduct|javascript|\bcss\b|programming|design[- ]system|/manuals/",
    re.IGNORECASE,
)


def guidance(link: Link) -> bool:
    """Whether a link goes to an organisation's guidance on how software is made: no style, no single tool."""
    there = f"{link.text} {link.target}"
    return (
        "://" in link.target
        and bool(_GUIDANCE.search(there))
        and not (_STYLE.search(there) or _PUBLISHER.search(there))
    )


def scope(
    document: Document, facts: Metadata, said: Sequence[Words], title: Words, names: frozenset[str]
) -> Seen | None:
    """What a statement applies to: a field, a section, a sentence, or the product's name at its beginning."""
    if stated := facts.get("scope"):
        return Seen(stated.value, stated.line)
    for section in document.sections[1:]:
        if _SCOPED.search(section.key) and section.text.strip():
            return Seen(section.title, section.line)
    for piece in said[:60]:
        for part in piece.pieces():
            if _SCOPE.search(part):
                return Seen(part, part.line)
    for piece in (title, *([document.title] if document.title else []), *said[:3]):
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", piece, re.IGNORECASE) for name in names):
            return Seen(piece, piece.line)
    return None


def owner(facts: Metadata, said: Sequence[Words]) -> Seen | None:
    """Who answers for a statement: a role or somebody."""
    for fact in facts.all("owner", "decider"):
        if _says_who(fact.value):
            return Seen(fact.value, fact.line)
    for piece in said:
        for part in piece.pieces():
            match = _OWNED.search(part)
            if match and _says_who(next(filter(None, match.groups()))):
                return Seen(part, part.line)
    return None


def _says_who(value: str) -> bool:
    """Whether a value names a role or somebody; a variable of a site beside a role does."""
    filled = _BRACES.sub("", value)
    return bool(filled.strip(" -()")) and (not placeholder(value) or any(owners(filled)))


def dated(facts: Metadata, said: Sequence[Words], *fields: str) -> Dated | None:
    """The date of the first of these fields that has one; else the one that a sentence gives for the last review."""
    if fact := facts.dated(*fields):
        return Dated(fact.when, fact.line)
    for piece in said if "reviewed" in fields else ():
        for part in piece.pieces():
            match = _REVIEWED.search(part)
            when = next(find(part[match.end() : match.end() + 40]), None) if match else None
            if when:
                return Dated(when, part.line)
    return None
