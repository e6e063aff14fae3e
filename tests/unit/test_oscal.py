"""OSCAL assessment results: what becomes a finding, what never does, and identifiers that hold together."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given

from sscop.catalogue import code
from sscop.model import Evidence, Outcome, Status
from sscop.report import Answer, ClaimResult, Report
from sscop.reporters.oscal import encode
from unit.report_samples import CASES, REPORTS, finding, report

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TOKEN = re.compile(r"[^\W\d][\w.-]*")
ANSWER = Answer(
    "met", "assessment/claims/user-docs.md", 2, "", "lead", "writer", "", "", "2026-10-01", "", "", "", "", "x"
)


def _claim(slug: str, status: Status, answer: Answer | None = None) -> ClaimResult:
    return ClaimResult(slug, "1.1.1", "1.1", "product", status, "why", (), (), answer)


def _results(one: Report) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(encode(one))["assessment-results"]
    return told


def test_only_what_a_machine_saw_is_a_finding() -> None:
    claims = [_claim(f"threat-modelled{n}", status) for n, status in enumerate(Status)]
    told = _results(report(claims=tuple(claims)))["results"][0]
    assert [(one["title"].split()[1], one["target"]["status"]["state"]) for one in told["findings"]] == [
        (f"threat-modelled{n}", "satisfied" if status is Status.EVIDENCE_SEEN else "not-satisfied")
        for n, status in enumerate(Status)
        if status in (Status.EVIDENCE_SEEN, Status.GAP, Status.CONTRADICTED)
    ]


def test_evidence_and_declarations_are_observations() -> None:
    seen = finding(
        outcome=Outcome.MET, because=None, claims=("threat-modelled",), state=None,
        evidence=(Evidence("docs/a b.md", 3, "5 threats"), Evidence("x.md")),
    )  # fmt: skip
    claims = (_claim("threat-modelled", Status.EVIDENCE_SEEN), _claim("user-docs", Status.DECLARED, ANSWER))
    told = _results(report(seen, claims=claims))["results"][0]
    first, second = told["observations"]
    assert first["methods"] == ["EXAMINE"]
    assert first["relevant-evidence"][0] == {"href": "docs/a%20b.md", "description": "line 3 5 threats"}
    assert second["methods"] == ["INTERVIEW"]
    assert second["description"] == "Declared met by the writer on 2026-10-01."
    (found,) = told["findings"]
    assert found["related-observations"] == [{"observation-uuid": first["uuid"]}]


def test_the_same_report_is_the_same_file() -> None:
    assert encode(report(finding())) == encode(report(finding()))


def test_all_claims_are_said_to_be_reviewed() -> None:
    told = _results(report())["results"][0]
    ids = [one["control-id"] for one in told["reviewed-controls"]["control-selections"][0]["include-controls"]]
    assert ids == list(code().claims)
    assert all(TOKEN.fullmatch(one) for one in ids)
    assert "observations" not in told


@CASES
@given(REPORTS)
def test_any_report_holds_together(one: Report) -> None:
    told = _results(one._replace(edition="2025-05-07", run=one.run._replace(today="2026-11-23")))
    names: list[str] = []
    asked: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                names.extend([value] if key == "uuid" else [])
                asked.extend([value] if key == "observation-uuid" else [])
                walk(value)
        elif isinstance(node, list):
            assert node
            for value in node:
                walk(value)
        elif isinstance(node, str):
            assert node == node.strip()
            assert node
            assert node.isprintable()

    walk(told)
    assert all(UUID.fullmatch(name) for name in names)
    assert set(asked) <= set(names)
    assert told["import-ap"]["href"][1:] in names
