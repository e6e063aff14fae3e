"""SARIF 2.1.0 for code scanning: one result for each rule and file, only for what is unmet or unknown.

A finding about the whole repository has no place, and none is invented: it becomes a notification of the run. The
fingerprint is ours and holds neither line nor version, so that a bump or a moved line is no new alert for tools
that read it; GitHub's own `primaryLocationLineHash` is left to the uploader, which warns about any other value.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from posixpath import join
from typing import Any

from sscop.check import Check
from sscop.model import Evidence, Outcome
from sscop.report import Report, Reported
from sscop.reporters.escape import clean, uri

RESULTS = 25_000
"""Results of a run that GitHub accepts."""

LOCATIONS = 100
"""Locations of a result that GitHub keeps, of 1,000 that it accepts."""

TAGS = 10
"""Tags of a rule that GitHub keeps, of 20 that it accepts."""

NAMED = 10
"""Further places that a result's message names."""

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

Json = dict[str, Any]


def render(report: Report, checks: Sequence[Check]) -> str:
    """The report as SARIF: always one run, also when there is nothing to say.

    `checks` give the rules their titles and pages; a finding of a check that is not among them still has a rule.
    Levels: an unmet claim finding is an error, an unknown one a warning, advice a note. What is excused until a day is
    counted and not shown.
    """
    known = {check.id: check for check in checks}
    shown = [f for f in report.findings if f.outcome in (Outcome.UNMET, Outcome.UNKNOWN) and not f.waiver]
    rules: dict[str, Json] = {}
    for finding in shown:
        rules.setdefault(_id(finding), _rule(finding, known.get(finding.check)))
    index = {rule: n for n, rule in enumerate(rules)}
    groups: dict[tuple[str, str], list[Reported]] = {}
    for finding in shown:
        if finding.path:
            groups.setdefault((_id(finding), finding.path), []).append(finding)
    ordered = sorted(groups.values(), key=lambda group: _LEVELS.index(_level(group[0])))
    results = [_result(group, report.repository.prefix, index) for group in ordered[:RESULTS]]
    notes = [_notification(f"{check} could not run: {reason}") for check, reason in report.looked_at.could_not_run]
    notes += [_notification(f.message, f, index) for f in shown if not f.path]
    if excused := len(report.excused()):
        # GitHub knows no suppressions: it would show a waived result as an open alert.
        notes.append(_notification(f"{excused:,} findings are waived or stand until a day, and are no results here"))
    if left := len(ordered) - len(results):
        notes.append(_notification(f"{left:,} more results are in the full report: GitHub accepts {RESULTS:,}"))
    run = {
        "tool": {"driver": _driver(report, list(rules.values()))},
        "automationDetails": {"id": f"sscop/{uri(report.repository.prefix)}"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The top of the repository."}}},
        "invocations": [
            {
                "executionSuccessful": report.run.exit in (0, 1),
                "exitCode": report.run.exit,
                "exitCodeDescription": clean(report.run.verdict) or "none",
                "toolExecutionNotifications": notes,
            }
        ],
        "results": results,
        "properties": {
            "edition": clean(report.edition),
            "gate": report.run.fail_on.value,
            "today": clean(report.run.today),
        },
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, sort_keys=True) + "\n"


_LEVELS = ("error", "warning", "note")


def _level(finding: Reported) -> str:
    if finding.outcome is Outcome.UNKNOWN:
        return "warning"
    return "error" if finding.fails else "note"


def _id(finding: Reported) -> str:
    return clean(f"{finding.check}/{finding.code}")


def _driver(report: Report, rules: list[Json]) -> Json:
    driver = {"name": "sscop", "version": clean(report.version) or "unknown", "rules": rules}
    if re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", report.version):
        driver["semanticVersion"] = report.version
    return driver


def _rule(finding: Reported, check: Check | None) -> Json:
    title = check.title if check else finding.check
    fix = check.part("How to fix") if check else ""
    more = f"Run `sscop explain {clean(finding.check)}` for why it matters, what counts and how to fix it."
    name = "".join(word.capitalize() for word in re.split(r"[^0-9A-Za-z]+", _id(finding)))
    return {
        "id": _id(finding),
        "name": name or "Unnamed",
        "shortDescription": {"text": f"{clean(title)}: {clean(finding.code).replace('-', ' ')}."},
        "fullDescription": {"text": clean(check.summary if check else title) or "none"},
        "help": {"text": f"{fix}\n\n{more}".strip(), "markdown": f"{fix}\n\n{more}".strip()},
        "defaultConfiguration": {"level": _level(finding)},
        "properties": {"tags": [clean(claim) for claim in dict.fromkeys(finding.claims)][:TAGS]},
    }


def _result(group: list[Reported], prefix: str, index: dict[str, int]) -> Json:
    """One result: the first finding's place, the other findings' and then all further evidence as related ones."""
    group = sorted(group, key=lambda finding: finding.line or 0)
    first, rule = group[0], _id(group[0])
    own = [finding.evidence[0]._replace(note=finding.message) for finding in group]
    further = [place for finding in group for place in finding.evidence[1:] if place.path]
    distinct: dict[tuple[str, int | None], Evidence] = {}
    for place in [*own, *further]:
        distinct.setdefault((place.path, place.line), place)
    places = list(distinct.values())[1:]
    related: list[Json] = []
    for n, place in enumerate(places[: LOCATIONS - 1], 1):
        related.append(_location(place, prefix) | {"id": n, "message": {"text": _sentence(place.note or "see also")}})
    result: Json = {
        "ruleId": rule,
        "ruleIndex": index[rule],
        "level": _level(first),
        "message": {"text": _message(first, places)},
        "locations": [_location(own[0], prefix)],
        "partialFingerprints": {"sscop/v1": _fingerprint(group)},
        "properties": {
            "state": first.state.value if first.state else None,
            "keys": sorted({clean(f.key) for f in group}),
        },
    }
    return result | ({"relatedLocations": related} if related else {})


def _message(first: Reported, places: list[Evidence]) -> str:
    said = _sentence(first.message)
    if places:
        links = [f"[{_sentence(_place(place))}]({n})" for n, place in enumerate(places[:NAMED], 1)]
        said += (
            "\nAlso: " + ", ".join(links) + (f" and {len(places) - NAMED:,} more" if len(places) > NAMED else "") + "."
        )
    return said + (f"\nFix: {_sentence(first.fix)}" if first.fix else "")


def _place(place: Evidence) -> str:
    return clean(place.path) + (f":{place.line}" if place.line else "")


def _sentence(text: str) -> str:
    """Text of a message, in which brackets would make a link."""
    return re.sub(r"([\\\[\]])", r"\\\1", clean(text)) or "none"


def _location(place: Evidence, prefix: str) -> Json:
    """A place; one without a line is about the file and has no region, which GitHub shows at its top."""
    physical: Json = {"artifactLocation": {"uri": uri(join(prefix, place.path)), "uriBaseId": "%SRCROOT%"}}
    if place.line:
        physical["region"] = {"startLine": place.line}
        if place.end_line and place.end_line > place.line:
            physical["region"]["endLine"] = place.end_line
    return {"physicalLocation": physical}


def _fingerprint(group: list[Reported]) -> str:
    parts = [group[0].check, group[0].code, group[0].path, *sorted({finding.key for finding in group})]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _notification(text: str, finding: Reported | None = None, index: dict[str, int] | None = None) -> Json:
    said: Json = {"level": _level(finding) if finding else "warning", "message": {"text": _sentence(text)}}
    if finding and index:
        said["associatedRule"] = {"id": _id(finding), "index": index[_id(finding)]}
    return said
