"""Texts about incidents: reports afterwards, logs, advisories, the issues of a status page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sscop.artefacts.incident_notices.model import Hollow, Notice
from sscop.artefacts.nodes import text
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Document, Item, Paragraph, Table
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.templates import placeholder, unfilled
from sscop.lazy import lazily

_PARTS = (
    r"impact|affected|severity",
    r"root cause|causes?\b|trigger|why did|what went wrong|contributing",
    r"timeline|chronology|sequence of events",
    r"resolution|resolved|mitigation|recovery|fix(?:ed)?\b|corrective|remediat",
    r"lessons|action items?|follow[ -]?ups?|next steps|prevention|actions",
    r"detection|what happened|summary|background",
)
_WANTED = 3
"""Parts, of those that reports after an incident have, that make a text one."""
_VULNERABILITY = lazily(r"\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-\w{4}){3})\b")
_NUMBERED = lazily(r"\badvisory\b|\b[a-z]{2,8}-(?:sa-)?\d{4}[-:]\d+", re.IGNORECASE)
_NONE = lazily(r"\bno (?:[\w-]+ ){0,3}(?:incidents?|outages?|breach(?:es)?)\b", re.IGNORECASE)
_STARTER = lazily(
    r"\b(?:example|demo|sample|test|lorem|welcome to|hello world|dummy)\b|^(?:outage|incident|issue) ?(?:title|name)?$"
)


def _day(when: dates.When) -> date | None:
    """The day that is meant; of two readings the older one."""
    return when.first if when.kind is dates.Kind.AMBIGUOUS else when.last


def _when(document: Document, path: str) -> tuple[date | None, int]:
    """The day that a text is about: a field, the title, the name of the file, the first date in its first lines."""
    facts = metadata(document)
    if (dated := facts.dated("date", "created")) and (day := _day(dated.when)):
        return day, dated.line
    title = document.title
    line = title.line if title is not None else 1
    for said in (title or "", path.replace("_", "-").replace("/", " ")):
        if day := next((_day(one) for one in dates.find(said) if one.last), None):
            return day, line
    for section in document.sections[:3]:
        for piece in section.said():
            if day := next((one.last for one in dates.find(piece[:2000]) if one.day), None):
                return day, piece.line
    return None, line


def report(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """A report after an incident: the parts stand as headings, in a table's first column, or before a colon."""
    heads = " | ".join(
        [one.key for one in document.sections if one.level]
        + [normal(row.cells[0]) for table in document.tables for row in table.rows[:40] if row.cells]
        + [
            normal(one.text.split(":", 1)[0][:60])
            for one in document.blocks
            if isinstance(one, (Item, Paragraph)) and ":" in one.text[:60]
        ]
    )
    parts = sum(re.search(pattern, heads) is not None for pattern in _PARTS)
    if parts < _WANTED:
        return
    title = str(document.title or path.rsplit("/", 1)[-1])
    if why := unfilled(document, path):
        yield Hollow(path, 1, f"is a template: {why}")
        return
    day, line = _when(document, path)
    if day is None:
        yield Hollow(path, line, "is about an incident and states no date")
    else:
        yield Notice("report after an incident", path, line, title, day)


def log(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """The rows of a log of incidents that have a date."""
    rows = 0
    for table in document.tables:
        at = table.column(r"\b(?:date|when|day|reported|occurred|started|discovered)\b")
        for row in table.rows if at is not None and _is_log(table) else ():
            cell = row.cell(at if at is not None else 0)
            day = _day(dates.read(cell)) if cell else None
            rest = " ".join(row.cells)
            if day is None or placeholder(rest) or _NONE.search(rest):
                continue
            rows += 1
            yield Notice("log of incidents", path, row.line, " ".join(rest.split())[:80], day)
    if not rows and (said := next((piece for piece in _all(document) if _NONE.search(piece)), None)):
        yield Hollow(path, getattr(said, "line", 1), "says that there was nothing to tell of")
    elif not rows and any(map(_is_log, document.tables)):
        yield Hollow(path, 1, "is a log of incidents without an entry that has a date")


def _is_log(table: Table) -> bool:
    return table.column(r"incident|description|impact|summary|title|what|service|severity") is not None


def _all(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield from section.said()


def advisory(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """An advisory names its vulnerability in its title or facts; a list of them names some in its headings or"
    " tables.
    """
    title = str(document.title or "")
    name = path.rsplit("/", 1)[-1]
    named = _VULNERABILITY.search(f"{title} {name}") or _NUMBERED.search(title)
    body = _VULNERABILITY.search(document.text[:20_000])
    day, line = _when(document, path)
    if named and (body or re.search(r"\baffected|\bversions?\b", document.text[:20_000], re.IGNORECASE)):
        if why := unfilled(document, path):
            yield Hollow(path, 1, f"is a template: {why}")
        elif day:
            yield Notice("security advisory", path, line, title[:80] or name, day)
        return
    for table in document.tables:
        for row in table.rows:
            rest = " ".join(row.cells)
            when = next((one.last for one in dates.find(rest[:2000]) if one.last), None)
            if when and _VULNERABILITY.search(rest):
                yield Notice("security advisory", path, row.line, " ".join(rest.split())[:80], when)
    for section in document.sections:
        when = next(
            (one.last for said in (section.title, *section.said()) for one in dates.find(said[:400]) if one.last), None
        )
        if section.level and when and _VULNERABILITY.search(section.title):
            yield Notice("security advisory", path, section.line, section.title[:80], when)


def issue(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """An issue of cstate's: front matter with the date, and whether it is resolved."""
    front = document.front
    if "date" not in front or not {"resolved", "severity", "affected", "resolvedWhen"} & front.keys():
        return
    title = text(front.get("title")) or ""
    day = dates.read(text(front.get("date")) or "").last
    if _STARTER.search(title.lower()):
        yield Hollow(path, 1, f"is a starter by its title: {title[:60]}")
    elif day is None:
        yield Hollow(path, 1, "is an issue of a status page without a date")
    else:
        going = text(front.get("resolved")) == "false" and text(front.get("informational")) != "true"
        yield Notice("issue of a status page", path, 1, title[:80], day, going)
