"""OSCAL assessment results (version 1.1): what was observed, and findings on claims, for tools that read that.

Source: NIST OSCAL, assessment results model, JSON. A finding there is `satisfied` or `not-satisfied` and nothing else,
so only what a machine saw becomes one: a claim with evidence seen, a gap, a contradiction. Declared, unknown and
unassessed claims are observations without a finding. Identifiers follow from the content (UUID version 5): the same
report is the same file.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

from sscop.catalogue import code
from sscop.model import Kind, Outcome, Status
from sscop.report import ClaimResult, Report, Reported
from sscop.reporters.escape import clean, uri

VERSION = "1.1.2"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://sscop.example/oscal")
_STATES = {
    Status.EVIDENCE_SEEN: ("satisfied", "pass"),
    Status.GAP: ("not-satisfied", "fail"),
    Status.CONTRADICTED: ("not-satisfied", "fail"),
}
_NOTE = "Self-assessment against a voluntary code by a tool that read files; not certification, audit or appraisal."


def encode(report: Report) -> bytes:
    """The results as JSON, ASCII."""
    return (json.dumps({"assessment-results": _results(report)}, indent=1) + "\n").encode()


def _results(report: Report) -> dict[str, Any]:
    when = f"{report.run.today}T00:00:00+00:00"
    seed = f"{report.repository.commit} {report.run.today} {report.version}"
    plan = _id(seed, "plan")
    name = _line(str(report.product.get("name") or "product"))
    observations = list(_observations(report, seed, when))
    by_claim: dict[str, list[str]] = {}
    for slugs, one in observations:
        for slug in slugs:
            by_claim.setdefault(slug, []).append(one["uuid"])
    result: dict[str, Any] = {
        "uuid": _id(seed, "result"),
        "title": f"Files of {name}",
        "description": f"{report.looked_at.files} files looked at with {len(report.looked_at.checks)} checks. {_NOTE}",
        "start": when,
        "reviewed-controls": {
            "control-selections": [{"include-controls": [{"control-id": slug} for slug in code(report.edition).claims]}]
        },
    }
    if observations:
        result["observations"] = [one for _, one in observations]
    findings = [_finding(one, seed, by_claim.get(one.slug, [])) for one in report.claims if one.status in _STATES]
    if findings:
        result["findings"] = findings
    return {
        "uuid": _id(seed, "results"),
        "metadata": {
            "title": f"Software Security Code of Practice (edition {_line(report.edition)}): {name}",
            "last-modified": when,
            "version": _line(str(report.product.get("version") or (report.repository.commit or "none")[:12])),
            "oscal-version": VERSION,
            "props": [{"name": "tool", "ns": "https://sscop.example/oscal", "value": f"sscop {_line(report.version)}"}],
            "remarks": _NOTE,
        },
        "import-ap": {"href": f"#{plan}"},
        "results": [result],
        "back-matter": {"resources": [{"uuid": plan, "title": "There is no assessment plan", "description": _NOTE}]},
    }


def _observations(report: Report, seed: str, when: str) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """What was seen for and against claims, what could not be told, and what is declared."""
    for n, one in enumerate(report.findings):
        if one.claims and one.kind is Kind.CLAIM and one.outcome is not Outcome.NOT_APPLICABLE:
            yield one.claims, _observation(one, _id(seed, f"observation {n} {one.check} {one.code}"), when)
    for claim in report.claims:
        if claim.answer:
            told = claim.answer
            yield (
                (claim.slug,),
                {
                    "uuid": _id(seed, f"declaration {claim.slug}"),
                    "description": _line(f"Declared {told.declared} by the {told.declared_by} on {told.reviewed}."),
                    "props": [{"name": "declared", "ns": "https://sscop.example/oscal", "value": _line(told.declared)}],
                    "methods": ["INTERVIEW"],
                    "collected": when,
                    "relevant-evidence": [{"href": uri(told.path) or "none", "description": "The declaration."}],
                },
            )


def _observation(one: Reported, name: str, when: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "uuid": name,
        "title": _line(f"{one.check}/{one.code}"),
        "description": _line(one.message),
        "props": [{"name": "outcome", "ns": "https://sscop.example/oscal", "value": one.outcome.value}],
        "methods": ["EXAMINE"],
        "collected": when,
    }
    evidence = [
        {"href": uri(at.path), "description": _line(f"line {at.line} {at.note}" if at.line else at.note or "the file")}
        for at in one.evidence
        if at.path
    ]
    return made | ({"relevant-evidence": evidence} if evidence else {})


def _finding(claim: ClaimResult, seed: str, observed: list[str]) -> dict[str, Any]:
    state, reason = _STATES[claim.status]
    known = code().claims.get(claim.slug)
    return {
        "uuid": _id(seed, f"finding {claim.slug}"),
        "title": _line(f"{claim.number} {claim.slug}"),
        "description": _line(known.statement if known else claim.slug),
        "target": {
            "type": "objective-id",
            "target-id": claim.slug if known else "unknown",
            "status": {"state": state, "reason": reason, "remarks": _line(f"{claim.status.value}: {claim.because}")},
        },
        **({"related-observations": [{"observation-uuid": one} for one in observed]} if observed else {}),
    }


def _id(seed: str, what: str) -> str:
    return str(uuid.uuid5(_SPACE, clean(f"{seed} {what}")))


def _line(value: str) -> str:
    """Text as OSCAL takes it: one line, with something in it, and no white space at its ends."""
    return clean(value).strip() or "none"
