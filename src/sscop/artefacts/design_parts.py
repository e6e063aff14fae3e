"""The parts of a design record in prose: number, title, date, deciders, and the other records that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Document
from sscop.artefacts.prose.inline import Link, Words, links, normal, words
from sscop.artefacts.prose.metadata import Fact, Metadata
from sscop.artefacts.prose.templates import placeholder
from sscop.lazy import NamedTuple, lazily

_PREFIX = r"(?:(?:adr|rfc|rfd|pep|kep|ite|oep|otep|rip|dr|ddr|tdr)[-_ ]?|[A-Za-z]{2,6}[-_ ])?"
NUMBER = lazily(_PREFIX + r"(\d{1,6})(?=[-_. ]|$)", re.IGNORECASE)
_TITLE_NUMBER = lazily(r"(?:[A-Za-z]{2,6}[-_ #]{0,2})?(\d{1,5})[.:\s)\u2013-]", re.IGNORECASE)
_MENTION = lazily(r"(?<![\w.-])(?:(?:ADR|RFC|PEP|KEP)[-_ #]{0,2})?#?(\d{1,5})\b(?![-/]\d)")
NAME_DATE = lazily(r"(?<!\d)((?:19|20)\d\d)(?:[-_]?(0\d|1[0-2])[-_]?([0-3]\d)|(0[1-9]|1[0-2]))(?!\d)")
SECTIONS = lazily(
    r"^(?:the )?(?:decision|context|consequences|considered options|options|rationale|motivation|background"
    r"|alternatives|problem|proposal|drawbacks|detailed design|goals|summary|design\b)"
)


class Day(NamedTuple):
    """A record's date and where it says so; `line` is 1 for one in the file's name."""

    when: dates.When
    line: int


class Reference(NamedTuple):
    """Another record that one names: as written, with the link's target and the number where there are any."""

    text: str
    target: str
    number: str
    line: int


def title_of(document: Document, facts: Metadata, name: str) -> Words:
    """The title, also where the first heading is the first section's ("Summary") and the title is a field."""
    title = document.title
    if title and not SECTIONS.match(normal(title)) and normal(title) not in ("abstract", "overview", "introduction"):
        return title
    stated = facts.get("title")
    return stated.value if stated else words(re.sub(r"[-_]+", " ", name), title.line if title else 1)


def number_of(name: str, title: str) -> str:
    """The number without leading zeros; a date at the name's beginning is no number."""
    if NAME_DATE.match(name):
        return ""
    match = NUMBER.match(name) or _TITLE_NUMBER.match(title)
    return match[1].lstrip("0") or "0" if match else ""


def deciders_of(facts: Metadata, *fields: str) -> Words | None:
    """Who decided, by the first of these fields that says somebody."""
    for fact in facts.all(*fields):
        if fact.value and not placeholder(fact.value) and dates.NO_DATE.fullmatch(fact.value) is None:
            return fact.value
    return None


def unfilled(facts: Metadata) -> Iterator[Fact]:
    """Fields that hold a placeholder still, or a date that can't be read, and are stated nowhere else."""
    for field in ("decider", "date"):
        named = [one for one in facts.all(field) if one.value]
        if field == "date":
            stated = any(one.when.kind is not dates.Kind.NONE for one in named)
        else:
            stated = any(not placeholder(one.value) for one in named)
        yield from () if stated else named[:1]


def day_of(document: Document, facts: Metadata, name: str, *, latest: bool) -> Day | None:
    """The record's date: stated, in its status or changelog, in its name; or the first one near the top.

    Of several stated ones that of the decision, or the latest one.
    """
    stated = [Day(fact.when, fact.line) for fact in facts.all("date", "reviewed", "updated", "created")]
    stated = [one for one in stated if one.when.kind is not dates.Kind.NONE]
    if stated:
        return max(stated, key=lambda one: str(one.when.last)) if latest else stated[0]
    for section in document.sections:
        if section.key in ("status", "changelog", "change log", "history", "revisions", "revision history"):
            found = [
                Day(when, piece.line)
                for said in section.said()
                for piece in said.pieces()
                for when in dates.find(piece)
            ]
            if found:
                return max(found, key=lambda one: str(one.when.last))
    if match := NAME_DATE.search(name):
        return Day(dates.read("-".join(filter(None, match.groups()))), 1)
    for section in document.sections[:2]:
        for said in list(section.said())[:12]:
            if when := next(dates.find(said), None):
                return Day(when, said.line)
    return None


def references(facts: Metadata, pattern: str, field: str) -> Iterator[Reference]:
    """What a record says it supersedes or is superseded by: facts of that name, and lines of its status."""
    said = [fact.value for fact in facts.all(field)]
    found = re.compile(rf"\b(?:{pattern})\b:?(.*)", re.IGNORECASE | re.DOTALL)
    for fact in facts.all("status"):
        said += [words(match[1], piece.line) for piece in fact.value.pieces() if (match := found.search(piece.raw))]
    seen = set()
    for value in said:
        linked = list(links(value.raw, value.line))
        numbers = _MENTION.findall(value)
        for link in linked or [Link("", value, value.line)]:
            number = NUMBER.match(basename(link.target)) if link.target else None
            shown = (number[1] if number else numbers[0] if numbers else "").lstrip("0")
            if (link.target or shown) and (link.target, shown) not in seen:
                seen.add((link.target, shown))
                yield Reference(link.text or value, link.target, shown, link.line)
