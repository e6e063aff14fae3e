"""What texts about incidents say of telling customers: each element with the place that says it, without judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum

from sscop.artefacts.incident_wording import (
    AUDIENCE,
    CHANNEL,
    CONTENT,
    CUSTOMERS,
    GLOBS,
    HANDBOOK,
    MATTER,
    OWNERS,
    PERSONAL,
    REGULATOR,
    SPOKEN,
    THEIR_OWN,
    YOURS,
)
from sscop.artefacts.policies import Policy, policies
from sscop.artefacts.prose.document import Item, Paragraph, Section
from sscop.artefacts.prose.inline import Words
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.quantities import durations, owners
from sscop.lazy import NamedTuple
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


PIECE, LOOKED = 4000, 100_000
"""Characters of a piece, and of a text, that are looked at."""
LONGEST = 90
"""Days above which a length of time is no time limit for telling."""
_FEW = 150
"""Words below which a text that points elsewhere says nothing itself."""


def incident_plans(repo: Repository) -> Iterator[Plan | Unread]:
    """The texts, and sections of texts, that are about what is done in an incident; templates too."""
    for one in policies(repo, MATTER, *GLOBS):
        yield one if isinstance(one, Unread) else _read(one)


def _read(policy: Policy) -> Plan:
    found: dict[Element, Place] = {}
    for section in policy.sections:
        _look(section, found)
    facts = metadata(policy.document)
    if (owner := facts.get("owner")) and Element.OWNER not in found:
        found[Element.OWNER] = Place(owner.line, owner.value[:120])
    dated = facts.dated("reviewed", "updated", "date")
    if dated:
        found[Element.REVIEWED] = Place(dated.line, dated.value[:120])
    text = policy.text
    order = list(Element)
    said = tuple(sorted(found.items(), key=lambda one: order.index(one[0])))
    away = _elsewhere(policy) if Element.AUDIENCE not in found else None
    for_others = len(YOURS.findall(text[:LOOKED])) > 4
    return Plan(policy, said, dated.when.day if dated else None, away, for_others, bool(PERSONAL.search(text[:LOOKED])))


def _look(section: Section, found: dict[Element, Place]) -> None:
    """Note what a section says for the first time; channel and content only where it is about telling customers."""
    pieces = _pieces(section)
    titled = SPOKEN.search(section.title) is not None
    told = [(said, match) for said in pieces if (match := _audience(said) or (_row(said) if titled else None))]
    if told:
        found.setdefault(Element.AUDIENCE, _place(*told[0]))
    here = bool(told) or CUSTOMERS.search(section.title) is not None
    for said in pieces:
        text = said[:PIECE]
        _note(found, Element.REGULATOR, said, REGULATOR)
        if here:
            _note(found, Element.CHANNEL, said, CHANNEL)
            _note(found, Element.CONTENT, said, CONTENT)
        spoken = titled or SPOKEN.search(text) is not None
        if spoken and Element.LIMIT not in found:
            _at(found, Element.LIMIT, said, next((one.offset for one in durations(text) if one.days <= LONGEST), -1))
        if Element.OWNER not in found and (match := OWNERS.search(text)):
            found[Element.OWNER] = _place(said, match)
        elif spoken and Element.OWNER not in found:
            _at(found, Element.OWNER, said, next((one.offset for one in owners(text)), -1))


def _at(found: dict[Element, Place], element: Element, said: Words, at: int) -> None:
    if at >= 0:
        found[element] = Place(said.line + said.count("\n", 0, at), _line(said, at))


def _pieces(section: Section) -> list[Words]:
    """What a section says: the rows of its tables as one piece each, everything else piece by piece."""
    found = [block.text for block in section.blocks if isinstance(block, (Paragraph, Item))]
    for table in section.tables:
        for row in table.rows:
            whole = Words(" | ".join(row.cells))
            whole.line, whole.raw = row.line, whole
            found.append(whole)
    return sorted(found, key=lambda one: one.line)


def _audience(said: Words) -> re.Match[str] | None:
    text = said[:PIECE]
    match = AUDIENCE.search(text)
    return None if match and THEIR_OWN.search(text) and not AUDIENCE.search(THEIR_OWN.sub(" ", text)) else match


def _row(said: Words) -> re.Match[str] | None:
    """The customers in the first cell of a table of who is told, and when."""
    first, between, rest = said[:PIECE].partition(" | ")
    return CUSTOMERS.search(first) if between and next(durations(rest), None) else None


def _note(found: dict[Element, Place], element: Element, said: Words, pattern: re.Pattern[str]) -> None:
    if element not in found and (match := pattern.search(said[:PIECE])):
        found[element] = _place(said, match)


def _place(said: Words, match: re.Match[str]) -> Place:
    return Place(said.line + said.count("\n", 0, match.start()), _line(said, match.start()))


def _line(text: str, at: int) -> str:
    """The line that a character stands in; of a long one, what stands around it."""
    start = max(text.rfind("\n", 0, at) + 1, at - 60)
    return text[start : start + 120].split("\n", 1)[0]


def _elsewhere(policy: Policy) -> Place | None:
    """The address that a short text points to for what is done."""
    if len(policy.text.split()) > _FEW:
        return None
    first, last = policy.section.line, max(one.end_line for one in policy.sections)
    for link in policy.document.links:
        away = link.target.startswith(("http://", "https://")) and not link.image
        if away and first <= link.line <= last and (HANDBOOK.search(link.text) or HANDBOOK.search(link.target)):
            return Place(link.line, link.target[:160])
    return None
