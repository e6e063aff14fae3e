"""Whatever a file holds, every reader ends in models or in a reason, and the judgement and the check in findings."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.threat_models import MANY, in_other_texts, threat_models
from sscop.judgement.threat_model import Level, judge
from sscop.repository import Repository
from sscop_hooks.design.threat_model import threat_model

NAMESPACE = "http://schemas.datacontract.org/2004/07/ThreatModeling.Model"
TODAY = date(2026, 11, 23)
MARKS = [
    '{"summary": {"title": "x"}, "detail": {"diagrams": [',
    '{"otmVersion": "0.2.0", "threats": [',
    '{"trust_zones": [], "data_flows": [], "threat_personas": [], "threats": [',
    '{"threats": [{"title": "x", "status": ',
    "threagile_version: 1.0.0\nrisk_tracking: &a\n  x@y: ",
    "threats:\n  - title: ",
    "from pytm import *\nTM('x', ",
    'threatmodel "x" {\n',
    f'<ThreatModel xmlns="{NAMESPACE}"><ThreatInstances>',
    "# Threat model\n## Threats\n",
    "# Threat model\n| ID | Threat | Mitigation | Status |\n|---|---|---|---|\n|",
    "Threat model\n============\n\nThreats\n-------\n",
    "= Threat model\n\n== Threats\n\n|===\n",
]
PIECES = [
    "{", "}", "[", "]", '"', "\\", ":", ",", "\n", "  ", "- ", "* ", "**", "T1", " - ", "|", "#", "##", "Mitigation: ",
    "Status: ", "**Threat**:", "### T1: x\n", "Spoofing", "1.", "\u2192", "Residual risks", "&a ", "*a", "<<: ", "=",
    "(", ")", "'", "<", "</", ">", "&x;", "<!DOCTYPE", "<![CDATA[", "threat", "control", "null", "true", "-1e999",
    "\u2028", "\x00", "\ufeff", "\r",
]  # fmt: skip
NAMES = [
    "threats.json",
    "threat-model.yaml",
    "a.otm",
    "threat_model.py",
    "a.hcl",
    "a.tm7",
    "threat.tm",
    "THREAT_MODEL.md",
]
NAMES += ["threat-model.rst", "threat-model.adoc", "threats.txt", "SECURITY.md", "tm.py"]


def all_of(name: str, data: str | bytes) -> None:
    repo = Repository.of({name: data})
    found = threat_models(repo)
    for one in (*found.models, *in_other_texts(repo).models):
        judged = judge(one)
        assert judged.level is not Level.STUB or judged.reason
        assert all(threat.line >= 1 for threat in one.threats)
    assert list(threat_model.run(repo=repo, settings={}, today=TODAY))


@given(name=st.sampled_from(NAMES), data=st.binary(max_size=300))
def test_any_bytes_end_in_findings(name: str, data: bytes) -> None:
    all_of(name, data)


@given(
    name=st.sampled_from(NAMES),
    mark=st.sampled_from(MARKS),
    rest=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40),
)
def test_what_begins_like_a_model_ends_in_findings(name: str, mark: str, rest: list[str]) -> None:
    all_of(name, (mark + "".join(rest)).encode("utf-8", "surrogatepass"))


KEYS = """
    summary detail otmVersion project components threats mitigations trust_zones data_flows threat_personas controls
    risks scope threagile_version technical_assets data_assets author risk_tracking abuse_cases questions assets
    mitigationLinks individual_risk_categories title status cells diagrams data type shape id threat state mitigation
    risk labels attrs text name severity contributors
"""
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=4)
    ),
    max_leaves=25,
)


@given(root=st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS.split()[:23], JSON)))
def test_values_of_any_kind_at_the_keys_of_the_notations_end_in_findings(root: dict[str, object]) -> None:
    all_of("threats.json", json.dumps(root))


def reason(name: str, text: str) -> str:
    (problem,) = threat_models(Repository.of({name: text})).unread
    return problem.reason


@pytest.mark.parametrize(
    "opened", ['{"otmVersion": ' + "[" * 200_000, '{"otmVersion": "1", "threats": ' + '{"a":' * 200_000]
)
def test_json_of_200000_levels_is_unread(opened: str) -> None:
    assert reason("threats.json", opened) == "is nested too deeply or too large to read"


@pytest.mark.parametrize("name", ["threats.json", "threats.yaml"])
def test_a_model_of_more_threats_than_can_be_judged_is_unread(name: str) -> None:
    root = {"threats": [{"title": f"t{n}", "status": "open"} for n in range(MANY + 1)]}
    assert reason(name, json.dumps(root)) == "lists more than 5,000 threats"


def test_models_of_50000_threats_are_unread() -> None:
    dragon = {
        "title": "A threat to the scans of a depot",
        "type": "Spoofing",
        "status": "Open",
        "mitigation": "Certificates",
    }
    cells = [{"data": {"type": "tm.Store", "threats": [dragon] * 50_000}}]
    assert "over the limit" in reason(
        "threats.json", json.dumps({"summary": {}, "detail": {"diagrams": [{"cells": cells}]}})
    )
    assert "over the limit" in reason("a.hcl", 'threatmodel "x" {\n' + ' threat "y" {\n }\n' * 4_000 + "}\n")
    assert reason("THREAT_MODEL.md", "# Threat model\n## Threats\n" + "- a flood\n" * 40_000)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><ThreatModel xmlns="' + NAMESPACE + '">&b;</ThreatModel>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><ThreatModel xmlns="' + NAMESPACE + '"/>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost/p"> %p;]><ThreatModel xmlns="' + NAMESPACE + '"/>',
    ],
)
def test_entities_of_any_kind_are_refused(text: str) -> None:
    assert "which are not expanded" in reason("a.tm7", text)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.tm7", f'<ThreatModel xmlns="{NAMESPACE}">' + "<a>" * 1000, "is nested more than 200 levels deep"),
        ("a.tm7", f'<ThreatModel xmlns="{NAMESPACE}"><ThreatInst', "is not well-formed XML: unclosed token"),
        ("a.hcl", 'threatmodel "x" {\n threat "y" {\n', "is not valid HCL"),
        ("a.hcl", 'threatmodel "x" {\n a = ' + "[" * 10_000, "is not valid HCL"),
        ("threats.json", '{"threats": [{"title": "x"', "is not valid JSON: Expecting ',' delimiter"),
        ("threat_model.py", "from pytm import TM\ntm = TM(", "is not valid Python: '(' was never closed"),
        (
            "threat_model.py",
            "from pytm import TM\nx = " + "-" * 200_000 + "1",
            "is nested too deeply or too large to read",
        ),
        (
            "threagile.yaml",
            "threagile_version: 1\na: &a [*a]\n",
            "alias *a has no anchor before it, or stands inside it",
        ),
    ],
)
def test_what_breaks_off_or_nests_is_unread_with_its_reason(name: str, text: str, why: str) -> None:
    assert reason(name, text) == why


@pytest.mark.parametrize(
    "text",
    [
        "**T" * 100_000,
        "- " + "A-" * 100_000,
        "- " + "foo." * 50_000,
        "- " + "#" * 50_000 + "1" * 50_000,
        "- https://" + "a/" * 100_000,
        "## " + "threat model " * 10_000,
        "- " + "Mitigation: " * 20_000,
        "| Threat | Mitigation |\n|---|---|\n" + "| a flood | `x` |\n" * 4_000,
        "| a " * 20_000 + "|\n" + "|---" * 20_000 + "|\n" + "| b " * 20_000 + "|\n",
        "x" * 100_000 + ": y",
    ],
)
def test_texts_that_slow_patterns_fall_for_end(text: str) -> None:
    all_of("THREAT_MODEL.md", f"# Threat model\n\n## Threats\n\n{text}\n")
