"""Advisories in a repository with the days that they state: when a vulnerability was known, and when it was fixed.

Forms: OSV, CSAF, GitHub's advisories as JSON, and advisories in prose or tables that name both days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sscop.artefacts.lifecycle import places
from sscop.artefacts.plain_json import lines, load
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Document, Table, read
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.sentences import said_in
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

DATA = "**/{*advisor*,*osv*,*csaf*,*vex*,*GHSA-*,*ghsa*,*CVE-*,*cve-*}{.json,/**/*.json}"
PROSE = "**/{*advisor*,*GHSA-*,*CVE-*,*vulnerabilit*,*security*}{.md,.rst,.adoc,/**/*.md,/**/*.rst}"
MANY = 400
"""Files of each kind that are opened."""

_ID = lazily(r"\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-[0-9a-z]{4}){3}|[A-Z]{2,10}-\d{4}-\d{2,6})\b", re.IGNORECASE)
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
_SEVERITY = lazily(r"\b(critical|high|medium|moderate|low)\b", re.IGNORECASE)


class Advisory(NamedTuple):
    """A vulnerability: when it was known (`reported`, else `published`), when fixed, or in which versions.

    `line` is where the day of the fix stands, or the advisory begins.
    """

    id: str
    path: str
    line: int
    severity: str
    reported: date | None
    published: date | None
    fixed: date | None
    versions: tuple[str, ...] = ()

    @property
    def known(self) -> date | None:
        """The day from which the time to the fix is counted."""
        return self.reported or self.published


def advisories(repo: Repository) -> tuple[Advisory | Unread, ...]:
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


def load_advisory(text: str) -> tuple[Advisory, ...]:
    """The advisories of a JSON text; none for another one. Raises Malformed for what is no JSON object."""
    root = load(text)
    where = lines(text, 2)
    if "affected" in root and "id" in root and "modified" in root:
        return (_osv(root, where),)
    if isinstance(root.get("document"), dict) and "csaf_version" in root["document"]:
        return tuple(_csaf(root, where))
    if "ghsa_id" in root:
        return (_github(root, where),)
    return ()


def _osv(root: dict[str, Any], where: dict[tuple[str, ...], int]) -> Advisory:
    specific = _dict(root.get("database_specific"))
    versions = []
    for package in _list(root.get("affected")):
        for span in _list(_dict(package).get("ranges")):
            versions += [str(one["fixed"]) for one in _list(_dict(span).get("events")) if "fixed" in _dict(one)]
    return Advisory(
        str(root["id"]), "", where.get(("published",), 1), _severe(specific.get("severity")),
        _day(specific.get("reported") or specific.get("reported_at")), _day(root.get("published")),
        _day(specific.get("fixed_at")), tuple(dict.fromkeys(versions)),
    )  # fmt: skip


def _github(root: dict[str, Any], where: dict[tuple[str, ...], int]) -> Advisory:
    versions = [
        str(_dict(one).get("patched_versions") or _dict(one).get("first_patched_version") or "")
        for one in _list(root.get("vulnerabilities"))
    ]
    return Advisory(
        str(root["ghsa_id"]), "", where.get(("published_at",), 1), _severe(root.get("severity")),
        _day(root.get("created_at")), _day(root.get("published_at")), None, tuple(one for one in versions if one),
    )  # fmt: skip


def _csaf(root: dict[str, Any], where: dict[tuple[str, ...], int]) -> Iterator[Advisory]:
    tracking = _dict(_dict(root["document"]).get("tracking"))
    severity = _severe(_dict(_dict(root["document"]).get("aggregate_severity")).get("text"))
    for one in map(_dict, _list(root.get("vulnerabilities"))):
        fixes = [
            _day(fix.get("date"))
            for fix in map(_dict, _list(one.get("remediations")))
            if fix.get("category") == "vendor_fix"
        ]
        score = next((_dict(_dict(each).get("cvss_v3")).get("baseSeverity") for each in _list(one.get("scores"))), None)
        yield Advisory(
            str(one.get("cve") or tracking.get("id") or ""), "", where.get(("vulnerabilities",), 1),
            _severe(score) or severity,
            _day(one.get("discovery_date")), _day(one.get("release_date") or tracking.get("initial_release_date")),
            max((day for day in fixes if day), default=None),
        )  # fmt: skip


def _prose(document: Document, path: str) -> Iterator[Advisory]:
    for table in document.tables:
        yield from _table(table, path)
    title = document.title or ""
    if not _ID.search(title) and not _ID.search(path):
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
            if not severity and "severity" in said.lower() and (match := _SEVERITY.search(said)):
                severity = _severe(match[1])
    match = _ID.search(title) or _ID.search(path)
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
        match, severe = _ID.search(whole), _SEVERITY.search(whole)
        name = match[0] if match else row.cells[0][:40]
        yield Advisory(name, path, row.line, _severe(severe[1]) if severe else "", begun, None, done)


def _day(value: Any) -> date | None:
    return dates.read(value).day if isinstance(value, str) else None


def _severe(value: Any) -> str:
    said = str(value or "").lower()
    return {"moderate": "medium", "important": "high"}.get(
        said, said if said in ("critical", "high", "medium", "low") else ""
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
