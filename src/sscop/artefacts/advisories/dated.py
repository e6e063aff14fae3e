"""Advisories with the days that they state: when a vulnerability was known, and when it was fixed.

Forms: those of `data`, and advisories in prose or tables that name both days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.advisories.data import load_advisory
from sscop.artefacts.advisories.model import NUMBERED, Advisory
from sscop.artefacts.lifecycle import places
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Document, Table, read
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.sentences import said_in
from sscop.artefacts.severities import NAMED, severe
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

DATA = "**/{*advisor*,*osv*,*csaf*,*vex*,*ghsa*,*CVE-*}{.json,/**/*.json}"
PROSE = "**/{*advisor*,*GHSA-*,*CVE-*,*vulnerabilit*,*security*}{.md,.rst,.adoc,/**/*.md,/**/*.rst}"
MANY = 400
"""Files of each kind that are opened."""

_KNOWN = lazily(
    r"\b(?:reported|discovered|received|identified|opened|found|report(?:ed)? (?:date|on)|date reported|detected)\b",
    re.IGNORECASE,
)
_FIXED = lazily(
    r"\b(?:fixed|patched|resolved|released|remediated|fix released|patch(?:ed)? (?:date|on|released)|closed"
    r"|mitigated)\b",
    re.IGNORECASE,
)
_SETTLED = lazily(
    r"not affected|false positive|won['\u2019]?t fix|accepted|not applicable|\bn/a\b|duplicate|invalid|fixed in"
    r"|\bv?\d+\.\d+\.\d+\b",
    re.IGNORECASE,
)


def dated(repo: Repository) -> tuple[Advisory | Unread, ...]:
    """All that are there; ask for it through `repo.once`."""
    found: list[Advisory | Unread] = []
    for path in _counted(repo, DATA):
        one = repo.parse(path, load_advisory)
        if isinstance(one, tuple) and not isinstance(one, Unread):
            found += [each._replace(path=path) for each in one]
    for path in _counted(repo, PROSE):
        data = repo.read(path)
        if not isinstance(data, bytes) or not _WORTH.search(data):
            continue
        document = read(repo, path)
        if not isinstance(document, Unread):
            found += _prose(document, path)
    return tuple(found)


def _counted(repo: Repository, glob: str) -> list[str]:
    found = repo.find(glob, family=Family.MADE)
    return [path for path in found if not places.counted(path)][:MANY]


_WORTH = re.compile(
    rb"(?i)(?:reported|discovered|received|identified)[\s\S]{0,4000}(?:fixed|patched|resolved|released)|fixed[\s\S]{0,4000}reported"
)


def _prose(document: Document, path: str) -> Iterator[Advisory]:
    for table in document.tables:
        yield from _table(table, path)
    title = document.title or ""
    if not NUMBERED.search(title) and not NUMBERED.search(path):
        return
    known = fixed = None
    severity, line = "", 1
    for section in document.sections:
        for sentence in said_in(section, rows=True):
            said = sentence.text
            day = next((one.day for one in dates.find(said) if one.day), None)
            head = said[:60]
            if day and known is None and _KNOWN.search(head):
                known = day
            elif day and _FIXED.search(head):
                fixed, line = fixed or day, sentence.line
            if not severity and "severity" in said.lower() and (match := NAMED.search(said)):
                severity = severe(match[1])
    match = NUMBERED.search(title) or NUMBERED.search(path)
    if match and known and fixed:
        yield Advisory(match[0], path, line, severity, known, None, fixed)


def _table(table: Table, path: str) -> Iterator[Advisory]:
    """A register: a row for each vulnerability with the days of its report and its fix."""
    heads = [normal(cell) for cell in table.header]
    known = next((n for n, one in enumerate(heads) if _KNOWN.search(one)), None)
    fixed = next((n for n, one in enumerate(heads) if _FIXED.search(one) and n != known), None)
    if known is None or fixed is None:
        return
    for row in table.rows:
        first, second = row.cell(known), row.cell(fixed)
        begun, done = dates.read(first).day if first else None, dates.read(second).day if second else None
        if begun is None:
            continue
        whole = " | ".join(row.cells)
        if done is None and _SETTLED.search(whole):
            continue
        match, rated = NUMBERED.search(whole), NAMED.search(whole)
        name = match[0] if match else row.cells[0][:40]
        yield Advisory(name, path, row.line, severe(rated[1]) if rated else "", begun, None, done)
