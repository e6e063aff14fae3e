"""Threat models in prose: the layouts that people write them in, each threat with its answer, status and line."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.prose.document import load
from sscop.artefacts.threat_models import in_other_texts, prose, threat_models
from sscop.artefacts.threat_models.model import Reviewed, Seen, Threat, ThreatModel
from sscop.repository import Repository


def model(text: str, path: str = "THREAT_MODEL.md") -> ThreatModel:
    (found,) = prose.read(load(text, path), path, True)
    return found


def at(one: Seen | None) -> tuple[str, int]:
    assert one is not None
    return one.text, one.line


def day(one: Reviewed | None) -> tuple[date | None, int]:
    assert one is not None
    return one.day, one.line


def threats(text: str, path: str = "THREAT_MODEL.md") -> list[tuple[str, str, int, str]]:
    return [(one.id, one.title, one.line, one.status.value) for one in model(text, path).threats]


def only(text: str) -> Threat:
    (found,) = model(text).threats
    return found


def test_threats_with_an_id_in_headings_keep_their_parts() -> None:
    one = only("""# Threat model

## Threats

### T-01: Forged scans (High)

Anybody on the network publishes.

#### Scenario

A stolen scanner.

#### Recommended mitigations

- Certificates

#### Status

Open, see #12
""")
    assert (one.id, one.title, one.line, one.severity.value, one.status.value) == (
        "T-01",
        "Forged scans (High)",
        5,
        "high",
        "open",
    )
    assert (one.mitigation, one.reference) == ("Certificates", "#12")
    assert one.text == "Anybody on the network publishes. A stolen scanner."


def test_a_heading_may_be_an_id_alone_and_a_label_the_title() -> None:
    one = only(
        "# X threat model\n## Core\n#### Threat ID: CORE-001\n* **Threat:** Socket access\n* **Mitigation:** 0600\n"
    )
    assert (one.id, one.title, one.mitigation) == ("CORE-001", "Socket access", "0600")


def test_numbered_threats_and_other_notations() -> None:
    text = """= Threat model

== Threats

=== Threat 1 - A flood

==== Mitigation

Fails closed.

=== Threat 2 - A leak

Of keys.
"""
    assert [one[:3] for one in threats(text, "a.adoc")] == [("1", "A flood", 5), ("2", "A leak", 11)]
    rst = """Threat model
============

Threats
-------

Forged scans
~~~~~~~~~~~~

By anybody.

A flood
~~~~~~~

Of scans.
"""
    assert [one[:3] for one in threats(rst, "a.rst")] == [("", "Forged scans", 7), ("", "A flood", 12)]


def test_bold_threats_with_labelled_lines() -> None:
    text = """# Threat model

## Updates

**T1 \u2014 Forged answer**

*Impact*: a false notice.
*Current mitigation*: TLS,
with pins.
*Residual risk*: a rogue authority.

**T2 \u2014 No answer**

*Planned mitigation*: a limit.
"""
    assert threats(text) == [("T1", "Forged answer", 5, "mitigated"), ("T2", "No answer", 12, "open")]
    assert model(text).threats[0].mitigation == "TLS, with pins."


def test_a_table_by_its_columns() -> None:
    text = """# Threat model

| ID | STRIDE | Component | Threat | Likelihood | Severity | Controls | Status |
|----|--------|-----------|--------|------------|----------|----------|--------|
| T1 | S | trackd | Forged scans | low | High | Certificates | Mitigated |
| T2 | D | site | A flood | high | Low | Rate limit (#4) | Planned |
| T3 | T | site | TBD | | | | |
"""
    one, two = model(text).threats
    assert (one.id, one.title, one.category, one.element, one.severity.value) == (
        "T1",
        "Forged scans",
        "S",
        "trackd",
        "high",
    )
    assert (two.status.value, two.reference, two.mitigation, two.line) == ("open", "#4", "Rate limit (#4)", 6)


@pytest.mark.parametrize(
    "table",
    [
        """| STRIDE | trackd | site |
|---|---|---|
| Spoofing | a forged scan | a forged page |
| Tampering | a changed scan | |
| Repudiation | a denied scan | n/a |
""",
        """| Component | Spoofing | Tampering | Repudiation |
|---|---|---|---|
| trackd | a forged scan | a changed scan | a denied scan |
| site | a forged page | - | |
""",
    ],
)
def test_a_matrix_in_either_orientation(table: str) -> None:
    found = model(f"# Threat model\n\n{table}").threats
    assert sorted(one.title for one in found) == ["a changed scan", "a denied scan", "a forged page", "a forged scan"]
    assert {one.category for one in found} == {"Spoofing", "Tampering", "Repudiation"}
    assert {one.element for one in found} == {"trackd", "site"}


def test_a_table_of_names_and_values_is_one_threat() -> None:
    one = only(
        """# Threat model

| ID | 05 |
|---|---|
| Threat | Leaks in logs |
| Severity | High |
| Mitigations | Less of them |
| Mitigations implemented? | Yes |
"""
    )
    assert (one.id, one.title, one.severity.value, one.status.value, one.mitigation) == (
        "05",
        "Leaks in logs",
        "high",
        "mitigated",
        "Less of them",
    )


def test_lists_under_stride_headings_share_their_answers() -> None:
    text = """# Threat model

## STRIDE analysis

### 3.1 Spoofing

**Threats**:
- A forged scan
- A forged page

**Mitigations**:
- Certificates
- Pins

### Tampering

Somebody changes scans on their way.
"""
    found = model(text).threats
    assert [(one.title, one.mitigation) for one in found] == [
        ("A forged scan", "Certificates Pins"),
        ("A forged page", "Certificates Pins"),
        ("Somebody changes scans on their way.", ""),
    ]


def test_labelled_items_and_what_stands_beside_them() -> None:
    text = """# Threats
### 1. Spoofing
- **Threat:** A forged scan
- **Case:** GHSA-aaaa-bbbb-cccc
- **Mitigation:** Certificates
"""
    one = only(text)
    assert (one.title, one.text, one.mitigation) == ("A forged scan", "Case: GHSA-aaaa-bbbb-cccc", "Certificates")


def test_answers_within_a_line() -> None:
    text = """# Threat model
## Threats
1. **Bombs**: one file fills the disk. Mitigation: a limit. Status: accepted
2. A flood \u2192 a queue
"""
    one, two = model(text).threats
    assert (one.title, one.mitigation, one.status.value) == ("Bombs", "a limit.", "accepted")
    assert (two.title, two.mitigation) == ("A flood", "a queue")


def test_categories_as_bold_items_are_answers_and_dangers_begin_threats() -> None:
    one = only("# Threat model (STRIDE)\n- **Spoofing**: signatures; reviews.\n")
    assert (one.title, one.mitigation) == ("Spoofing", "signatures; reviews.")
    one = only("# Threat model\n## Devices\n- Kernel vulnerabilities: flaws of the host\n- Of wood\n")
    assert (one.title, one.text) == ("Kernel vulnerabilities", "flaws of the host Of wood")


def test_residual_risks_are_accepted_ones_and_gaps_are_told() -> None:
    text = "# Threat model\n## Residual risks\nA stolen scanner.\n\nA rogue operator.\n"
    assert [one[1::2] for one in threats(text)] == [
        ("A stolen scanner.", "accepted"),
        ("A rogue operator.", "accepted"),
    ]
    text = """# Threat model
## Threats
### Injection
Of prompts.

Current mitigations:
- Approval

Remaining gaps:
- No tests
"""
    assert [one[1::2] for one in threats(text)] == [("Injection", "mitigated")]


def test_a_heading_says_what_was_decided_about_a_table_below_it() -> None:
    text = """# Threat model
| # | Threat | Severity |
|---|---|---|
| 1 | A forged scan | high |
| 2 | A flood | low |

## Mitigated (code fix landed)

| # | Threat | Fix |
|---|---|---|
| 1 | A forged scan | Certificates |
"""
    assert [one[0::3] for one in threats(text)] == [("1", "mitigated"), ("2", "unknown")]
    assert model(text).threats[0].mitigation == "Certificates"


def test_places_and_metadata_are_seen_at_their_lines() -> None:
    text = """# Threat model of the tracker

* Owner: tracking team
* Last reviewed: 2026-09-01
* Covers: `src/trackd/**`, `depot/`

Scans of depots are shown to customers on a page.

## Assets
- Addresses
## Trust boundaries
```mermaid
flowchart
```
## Assumptions and limits
We trust the host.
## What it does not protect against
A hostile host.
## Security controls
- Certificates for every depot
"""
    found = model(text)
    assert found.title == "Threat model of the tracker"
    assert at(found.owner) == ("tracking team", 3)
    assert day(found.reviewed) == (date(2026, 9, 1), 4)
    assert [one.text for one in found.covers] == ["src/trackd/**", "depot/"]
    assert at(found.scope)[1] == 7
    assert [(one.text, one.line) for one in found.assets] == [("Assets", 9), ("Addresses", 10)]
    assert [(one.text, one.line) for one in found.boundaries + found.flows] == [
        ("Trust boundaries", 11),
        ("a diagram: flowchart", 12),
    ]
    assert [one.text for one in found.assumptions] == ["Assumptions and limits", "We trust the host."]
    assert found.out_of_scope[-1].text == "A hostile host."
    assert [one.text for one in found.controls] == ["Certificates for every depot"]


def test_what_only_sentences_say_is_seen_too() -> None:
    text = """# Threat model

The trust
boundaries are the browser and `api`. Assets include keys. We assume locks. Floods are out of scope.
"""
    found = model(text)
    assert [one[0].line for one in (found.boundaries, found.assets, found.assumptions, found.out_of_scope)] == [
        3,
        4,
        4,
        4,
    ]


def test_a_template_and_a_pointer_are_told() -> None:
    found = model("# Threat model of [Product]\n\nOwner: [Name]\n\n- [Describe the threat]\n- [List the assets]\n")
    assert found.template
    text = """# Security
## Threat model
It is [in the wiki](https://wiki.test/threat-model).
## More
https://wiki.test/threat-model
"""
    (part,) = prose.read(load(text, "SECURITY.md"), "SECURITY.md", False)
    assert (at(part.elsewhere)[1], part.line, part.end_line) == (3, 2, 3)
    text = "# Threat model\nRead [threat modeling](https://learn.microsoft.com/threat-modeling).\n"
    assert model(text).elsewhere is None


def paths(files: dict[str, str]) -> list[tuple[str, int]]:
    repo = Repository.of(files)
    found = [*threat_models(repo).models, *in_other_texts(repo).models]
    return [(one.path, one.line) for one in found]


def test_sections_count_where_the_document_is_about_something_else() -> None:
    text = "# Design\n\n## How to write a threat model\n\nx\n\n## Threat model\n\ny\n\n### Threats\n\nz\n\n## End\n"
    assert paths({"docs/design.md": text}) == [("docs/design.md", 7)]
    assert paths({"README.md": "# Tool\n\nIt draws threat models.\n"}) == []
    assert paths({"docs/threat-model-guide.md": "# Threat modeling guide\n\n## Steps\n"}) == []


def test_a_section_may_point_to_a_file_one_hop_away() -> None:
    files = {
        "SECURITY.md": "# Policy\n\n## Threat model\n\nIt is in [the threat model](docs/dangers.md#top).\n",
        "docs/dangers.md": "# Dangers\n\n| Threat | Mitigation |\n|---|---|\n| A flood | A limit |\n",
    }
    assert paths(files) == [("SECURITY.md", 3), ("docs/dangers.md", 1)]


def test_what_lies_elsewhere_does_not_count_and_is_named() -> None:
    text = "# Threat model\n\n## Threats\n"
    files = dict.fromkeys(
        (
            "examples/threat-model.md", "threat-model-template.md", ".cursor/threat-model.md",
            "skills/threat-model/SKILL.md", "docs/version-1.9/threat-model.md",
            "docs/version-1.10/threat-model.md", "archived-docs/threat-model.md",
        ), text,
    )  # fmt: skip
    repo = Repository.of(files)
    found = threat_models(repo)
    assert [one.path for one in found.models] == ["docs/version-1.10/threat-model.md"]
    assert dict(found.aside) == repo.not_counted
    assert set(files) - set(repo.not_counted) == {"docs/version-1.10/threat-model.md"}
    assert {one.path for one in threat_models(repo, ["examples/*.md"]).models} == {
        "docs/version-1.10/threat-model.md",
        "examples/threat-model.md",
    }


def test_collections_of_models_do_not_count() -> None:
    text = "# Threat model\n\n## Threats\n"
    files = {f"assessments/projects/{name}/threat-model.md": text for name in "abc"}
    files |= {f"Scenario {n} - x/STRIDE threat model.md": text for n in (1, 2, 3)}
    files |= {f"services/{name}/threat-model.md": text for name in "abc"}
    found = threat_models(Repository.of(files))
    assert {one.path.split("/")[0] for one in found.models} == {"services"}
    assert len(found.aside) == 6
