"""Less usual layouts of threat models: pseudo-headings, fields, groups of threats, tables of parts, broken files."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.prose.document import load
from sscop.artefacts.threat_models import in_other_texts, prose, threat_models
from sscop.artefacts.threat_models.model import Severity, Threat, ThreatModel
from sscop.artefacts.threat_models.roles import Role
from sscop.artefacts.threat_models.statements import MANY, Stated, Walk
from sscop.repository import Malformed, Repository


def walked(text: str, path: str = "x.md") -> Stated:
    return Walk().over(load(text, path).sections)


def threats(text: str, path: str = "x.md") -> list[tuple[str, str]]:
    return [(one.title, one.status.value) for one in walked(text, path).threats]


def only(text: str, path: str = "x.md") -> Threat:
    (found,) = walked(text, path).threats
    return found


def test_bold_lines_stand_for_headings() -> None:
    text = """# Threat model

**Assets**

* Keys of the device

**Attack methods**

*Logical attacks*

* Compromise of secure boot

*Physical attacks*

* A probe on the bus

**Spoofing**

* A cloned device
"""
    found = walked(text)
    assert [(one.title, one.category) for one in found.threats] == [
        ("Compromise of secure boot", ""),
        ("A probe on the bus", ""),
        ("A cloned device", "Spoofing"),
    ]
    assert [one.text for one in found.places[Role.ASSETS]] == ["Assets", "Keys of the device"]


def test_fields_of_restructured_text_are_labels() -> None:
    text = """Threat model
============

Threats
-------

T1: A flood
~~~~~~~~~~~

:Severity: High
:Status: Accepted
:Component: trackd
"""
    one = only(text, "x.rst")
    assert (one.id, one.title, one.severity.value, one.status.value, one.element) == (
        "T1",
        "A flood",
        "high",
        "accepted",
        "trackd",
    )


def test_a_table_inside_a_threat_holds_its_parts() -> None:
    text = """# Threats

## T-1: Forged scans

| Part | Text |
|---|---|
| STRIDE | Spoofing |
| Severity | High |
| Component | trackd |
| Impact | Wrong pages |
| Residual risk | A stolen key |
| Status | Open |
"""
    one = only(text)
    assert (one.category, one.severity.value, one.element, one.text) == ("Spoofing", "high", "trackd", "Wrong pages")
    assert one.status.value == "open"


def test_tables_of_places_and_of_controls_are_no_threats() -> None:
    text = """# Threat model
## Assets
| Asset | Protection |
|---|---|
| Keys | An HSM |
## Security controls
| Control | Where |
|---|---|
| Certificates | `acl.py` |
"""
    found = walked(text)
    assert found.threats == ()
    assert [one.text for one in found.places[Role.ASSETS]] == ["Assets", "Keys"]
    assert [one.text for one in found.controls] == ["Certificates `acl.py`".replace("`", "")]


def test_a_table_whose_first_column_has_a_free_name() -> None:
    found = walked(
        "# Threats\n\n| ID | What | Mitigation |\n|---|---|---|\n| 1 | Forged scans | Certificates |\n"
    ).threats
    assert [(one.id, one.title, one.mitigation) for one in found] == [("1", "Forged scans", "Certificates")]
    found = walked("# Threats\n\n| Category | Mitigation |\n|---|---|\n| Spoofing | Certificates |\n").threats
    assert [one.title for one in found] == ["Spoofing"]


def test_a_group_of_threats_gives_its_name_as_the_element() -> None:
    text = """# Threats
## Depot gate
**Threats:**
- A forged scan
## Site
| Threat | Mitigation |
|---|---|
| A forged page | Pins |
## Threats to pages
### A changed page
Mitigation: a digest
"""
    assert [(one.title, one.element) for one in walked(text).threats] == [
        ("A forged scan", "Depot gate"),
        ("A forged page", "Site"),
        ("A changed page", ""),
    ]


def test_a_scenario_of_steps_belongs_to_its_threat() -> None:
    text = """# STRIDE analysis

### TM-001: Theft of tokens

**Attack scenario**:
1. Somebody finds a page
2. They write a script

**Mitigations**:
- A policy

### TM-002: Others
"""
    assert [(one.title, one.mitigation) for one in walked(text).threats] == [
        ("Theft of tokens", "A policy"),
        ("Others", ""),
    ]


def test_one_threat_in_two_tables_is_one() -> None:
    text = """# Threats
| ID | Threat | Severity |
|---|---|---|
| T1 | Forged scans | - |
## Treatment
| ID | Threat | Severity | Mitigation | Status |
|---|---|---|---|---|
| T1 | Forged scans | High | Certificates | Mitigated |
"""
    one = only(text)
    assert (one.line, one.mitigation, one.status.value, one.severity.value) == (4, "Certificates", "mitigated", "high")


def test_a_paragraph_under_a_category_yields_to_a_table_there() -> None:
    text = "# STRIDE\n## Spoofing\nWhat pretends.\n\n| Threat | Mitigation |\n|---|---|\n| A forged scan | Pins |\n"
    assert threats(text) == [("A forged scan", "unknown")]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Planned for 3.0", "open"),
        ("None", "unknown"),
        ("Not applicable here", "not-applicable"),
        ("Accepted by the team", "accepted"),
        ("TBD", "unknown"),
        ("Certificates", "unknown"),
    ],
)
def test_an_answer_may_begin_with_its_status(answer: str, status: str) -> None:
    assert threats(f"# Threats\n\n| Threat | Mitigation |\n|---|---|\n| A flood | {answer} |\n") == [
        ("A flood", status)
    ]


def test_headings_with_ratings_and_long_names() -> None:
    text = "# Threats\n## Spoofing \u2014 Severity: Critical\n- **Threat**: A forged scan\n- **Mitigation**: Pins\n"
    assert only(text).severity is Severity.CRITICAL
    assert threats("# Threats\n## Loss of parcels at the interfaces of depots\nBy anybody.\n") == [
        ("Loss of parcels at the interfaces of depots", "unknown")
    ]


def test_headings_below_a_place_are_parts_of_it() -> None:
    found = walked("# X\n## Assets\n### A01: Keys\nOf devices.\n### A02: Addresses\n")
    assert found.threats == ()
    assert [one.text for one in found.places[Role.ASSETS]] == ["Assets", "A01: Keys", "Of devices.", "A02: Addresses"][
        1:
    ]


def test_too_many_threats_stop_the_walk() -> None:
    rows = "".join(f"| a flood of {n} | a limit |\n" for n in range(3_000))
    table = "\n| Threat | Mitigation |\n|---|---|\n" + rows
    with pytest.raises(Malformed, match="more than 5,000"):
        walked(f"# Threats\n{table}\n## More\n{table}")
    text = f"# Threat model\n## Threats\n{table}\n## More threats\n{table}"
    assert [one.reason for one in threat_models(Repository.of({"THREAT_MODEL.md": text})).unread] == [
        f"lists more than {MANY:,} threats"
    ]


def test_a_date_of_another_section_is_not_the_model_s() -> None:
    history = "## Revision history\n| Date | Change |\n|---|---|\n| 2024-01-02 | x |\n"
    text = f"# Policy\n## Threat model\nWe assume locks.\n{history}"
    (found,) = prose.read(load(text, "SECURITY.md"), "SECURITY.md", False)
    assert found.reviewed is None


def test_pictures_are_data_flows_and_badges_are_not() -> None:
    badge = "![b](https://x.test/badge/threat.svg)\n[![t](a.svg)](https://ci.test/threat-model.svg)"
    text = f"# Threat model\n![Flows](flows.png) {badge}\n"
    (found,) = prose.read(load(text), "x.md", True)
    assert [one.text for one in found.flows] == ["Flows", "t"]
    assert found.elsewhere is None


def test_the_index_of_a_folder_of_models_is_one() -> None:
    files = {
        "docs/threat-models/index.md": "# Overview\n\n## Threats\n\n- A flood\n",
        "README.md": "# Threat model\n\nA tool.\n",
    }
    repo = Repository.of(files)
    assert [one.path for one in (*threat_models(repo).models, *in_other_texts(repo).models)] == [
        "docs/threat-models/index.md"
    ]


def test_what_is_asked_for_but_cannot_be_read_is_told() -> None:
    files = {
        "big.json": '{"threats": [' + " " * (4 << 20),
        "notes.md": "\0",
        "x.toml": "a = 1",
        "THREATS.md": "x" * (600 << 10),
    }
    found = threat_models(Repository.of(files), ["big.json", "notes.md", "x.toml"])
    assert {one.path: one.reason.split(" ")[-1] for one in found.unread} == {
        "big.json": "file",
        "notes.md": "text",
        "THREATS.md": "file",
    }


def one_of(path: str, text: str) -> ThreatModel:
    (found,) = threat_models(Repository.of({path: text})).models
    return found


def test_threagile_risks_that_people_found_themselves() -> None:
    text = """threagile_version: 1.0.0
title: Tracker
individual_risk_categories:
  Forged scans:
    id: forged
    description: by anybody
    mitigation: Certificates, TRACK-8
    stride: spoofing
    risks_identified:
      At the gate: {severity: elevated, most_relevant_technical_asset: gate}
"""
    (one,) = one_of("threagile.yaml", text).threats
    assert (one.id, one.title, one.severity, one.element, one.reference) == (
        "forged",
        "At the gate",
        Severity.HIGH,
        "gate",
        "TRACK-8",
    )


def test_threatcl_ratings_and_reviews() -> None:
    text = """threatmodel "x" {
  additional_attribute "last review" { value = "2026-02-03" }
  threat "a" { severity = "high" }
  threat "b" {
    risk { severity = "critical" }
    proposed_control { description = "later" }
  }
  threat "c" { risk { likelihood = "low" } }
}
"""
    found = one_of("a.hcl", text)
    assert found.reviewed is not None
    assert found.reviewed.day == date(2026, 2, 3)
    assert [(one.severity.value, one.status.value) for one in found.threats] == [
        ("high", "unknown"),
        ("critical", "open"),
        ("unknown", "unknown"),
    ]


def test_dragon_cells_of_unknown_shape_are_passed_over() -> None:
    text = '{"summary": {}, "detail": {"diagrams": [{"cells": [{"shape": "td-text-block"}, {"type": "tm.Text"}]}]}}'
    found = one_of("threats.json", text)
    assert (found.assets, found.flows, found.threats, found.owner) == ((), (), (), None)


def test_notes_beside_a_status_are_the_answer_and_a_legend_is_no_threat() -> None:
    text = """# STRIDE
- `mitigated` - blocked
- High: above 9

| STRIDE | Threat | Status | Notes |
|---|---|---|---|
| S | Forged scans | `partial` | Bound to `127.0.0.1` |
"""
    one = only(text)
    assert (one.title, one.status.value, one.mitigation) == ("Forged scans", "open", "Bound to `127.0.0.1`")
