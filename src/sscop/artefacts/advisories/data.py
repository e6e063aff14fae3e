"""Advisories in JSON: OSV, CSAF and GitHub's own form, with the days and versions that they state.

Sources: the OSV schema; CSAF 2.0 (OASIS); GitHub's REST API, "repository security advisories".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sscop.artefacts.advisories.model import Advisory
from sscop.artefacts.plain_json import lines, load
from sscop.artefacts.prose import dates
from sscop.artefacts.sboms.build import entries, rows
from sscop.artefacts.severities import severe


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
    specific = entries(root.get("database_specific"))
    versions = []
    for package in rows(root.get("affected")):
        for span in rows(package.get("ranges")):
            versions += [str(one["fixed"]) for one in rows(span.get("events")) if "fixed" in one]
    return Advisory(
        str(root["id"]), "", where.get(("published",), 1), severe(specific.get("severity")),
        _day(specific.get("reported") or specific.get("reported_at")), _day(root.get("published")),
        _day(specific.get("fixed_at")), tuple(dict.fromkeys(versions)),
    )  # fmt: skip


def _github(root: dict[str, Any], where: dict[tuple[str, ...], int]) -> Advisory:
    versions = [
        str(one.get("patched_versions") or one.get("first_patched_version") or "")
        for one in rows(root.get("vulnerabilities"))
    ]
    return Advisory(
        str(root["ghsa_id"]), "", where.get(("published_at",), 1), severe(root.get("severity")),
        _day(root.get("created_at")), _day(root.get("published_at")), None, tuple(one for one in versions if one),
    )  # fmt: skip


def _csaf(root: dict[str, Any], where: dict[tuple[str, ...], int]) -> Iterator[Advisory]:
    tracking = entries(entries(root["document"]).get("tracking"))
    severity = severe(entries(entries(root["document"]).get("aggregate_severity")).get("text"))
    for one in rows(root.get("vulnerabilities")):
        fixes = [_day(fix.get("date")) for fix in rows(one.get("remediations")) if fix.get("category") == "vendor_fix"]
        score = next((entries(each.get("cvss_v3")).get("baseSeverity") for each in rows(one.get("scores"))), None)
        yield Advisory(
            str(one.get("cve") or tracking.get("id") or ""), "", where.get(("vulnerabilities",), 1),
            severe(score) or severity,
            _day(one.get("discovery_date")), _day(one.get("release_date") or tracking.get("initial_release_date")),
            max((day for day in fixes if day), default=None),
        )  # fmt: skip


def _day(value: Any) -> date | None:
    return dates.read(value).day if isinstance(value, str) else None
