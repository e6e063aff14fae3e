"""SARIF: the shape that GitHub takes, one result for each rule and file, never for what is met.

With SSCOP_SARIF_SCHEMA (a path to the official SARIF 2.1.0 JSON Schema) every text is held against it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given

from sscop.check import Check
from sscop.model import Evidence, Outcome, State
from sscop.report import LookedAt, Report
from sscop.reporters import sarif
from unit.report_samples import CASES, REPORTS, busy, finding, report

SCHEMA = os.environ.get("SSCOP_SARIF_SCHEMA", "")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(Path(SCHEMA).read_text(encoding="utf-8"))) if SCHEMA else None

DOC = """Every tool is named by an immutable reference.

Why
---
Tags move.

How to fix
----------
Name `it` by its commit.
"""
CHECK = Check("pinned-tools", "build", "Pinned tools", {}, (), {}, (), DOC, lambda: ())


def _run(sample: Report) -> dict[str, Any]:
    """The one run, after what GitHub asks of any file was held against it."""
    log = json.loads(sarif.render(sample, [CHECK]))
    if VALIDATOR:
        VALIDATOR.validate(log)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in rules]
    assert len(set(ids)) == len(ids)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10
    assert len(run["results"]) <= 25_000
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["locations"]) == 1
        assert len(result.get("relatedLocations", [])) < 100
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert uri.isascii()
            assert not set(uri) & set(' <>"\\^`{|}:?#[]@')
            assert place["physicalLocation"].get("region", {"startLine": 1})["startLine"] >= 1
        assert result["level"] in ("error", "warning", "note")
    return run


def test_a_run() -> None:
    run = _run(busy())
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["semanticVersion"]) == ("sscop", "0.1.0", "0.1.0")
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"] == {"id": "sscop/"}
    assert run["invocations"][0]["executionSuccessful"]
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("pinned-tools/mutable-ref", "error")
    place = first["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": ".github/workflows/ci.yml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 12},
    }
    assert first["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 40}
    assert first["message"]["text"].startswith(
        "the action `actions/checkout@v4` is named by a tag that can move\n"
        "Also: [.github/workflows/ci.yml:40](1).\nFix: "
    )
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}
    rule = driver["rules"][0]
    assert rule["name"] == "PinnedToolsMutableRef"
    assert rule["shortDescription"]["text"] == "Pinned tools: mutable ref."
    assert rule["fullDescription"]["text"] == "Every tool is named by an immutable reference."
    assert rule["help"]["markdown"].startswith("Name `it` by its commit.\n\nRun `sscop explain pinned-tools`")
    assert rule["properties"]["tags"] == ["build-changes-authorised"]


def test_what_has_no_place_is_a_notification() -> None:
    notes = _run(busy())["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [
        "workflow-hardening could not run: zizmor is not installed: install `sscop\\[workflows\\]`",
        "found no security.txt beside SECURITY.md",
    ]
    assert notes[1]["associatedRule"]["id"] == "security-txt/absent"
    assert notes[1]["level"] == "note"


def test_what_is_met_is_no_result() -> None:
    run = _run(report(finding(outcome=Outcome.MET, because=None), finding(outcome=Outcome.NOT_APPLICABLE)))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_run_that_cannot_be_trusted() -> None:
    sample = report()
    run = _run(sample._replace(version="main", run=sample.run._replace(exit=3)))
    assert not run["invocations"][0]["executionSuccessful"]
    assert "semanticVersion" not in run["tool"]["driver"]


def test_fingerprints_hold_neither_line_nor_version() -> None:
    def marks(*lines: int, **more: Any) -> list[str]:
        results = _run(report(*(finding(line=line, **more) for line in lines)))["results"]
        return [result["partialFingerprints"]["sscop/v1"] for result in results]

    assert marks(3, 9) == marks(12, state=State.STANDING) == marks(1, subject="actions/checkout@v5", message="else")
    assert marks(3) != marks(3, key="actions/cache")
    assert marks(3) != marks(3, path="other.yml")


def test_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [finding(line=n, claims=tuple(f"c{m}" for m in range(30))) for n in range(1, 1500)]
    result = _run(report(*many))["results"][0]
    assert len(result["relatedLocations"]) == 99
    assert " and 1,488 more." in result["message"]["text"]
    monkeypatch.setattr(sarif, "RESULTS", 2)
    run = _run(report(*(finding(path=f"{n}") for n in range(5)), finding(path="z", outcome=Outcome.UNKNOWN)))
    assert [result["level"] for result in run["results"]] == ["error", "error"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("4 more results")


def test_places() -> None:
    evidence = (Evidence("a b/\udcff:[].yml"), Evidence("x", 2, "a [note]"))
    sample = report(finding(evidence=evidence), looked_at=LookedAt(1, ()))
    run = _run(sample._replace(repository=sample.repository._replace(prefix="api/")))
    result = run["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri, errors="surrogateescape") == "api/a b/\udcff:[].yml"
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["relatedLocations"][0]["message"]["text"] == "a \\[note\\]"
    assert run["automationDetails"]["id"] == "sscop/api/"
    span = _run(report(finding(evidence=(Evidence("a", 3, end_line=7),))))["results"][0]
    assert span["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "endLine": 7}


@CASES
@given(REPORTS)
def test_any_report_is_valid(any_report: Report) -> None:
    _run(any_report)
