"""Requirements in every notation, and what only looks like them."""

from __future__ import annotations

import pytest

from sscop.artefacts.prose.document import load
from sscop.artefacts.requirement_records import Kind, Record, asked, requirement_records
from sscop.artefacts.requirement_records.gherkin import load_feature
from sscop.artefacts.requirement_records.places import aside, beside, named
from sscop.artefacts.requirement_records.prose import is_usual, machine, needs, statements
from sscop.artefacts.requirement_records.tools import (
    load_doorstop,
    load_needs,
    load_reqif,
    load_strictdoc,
    load_traced,
)
from sscop.repository import Malformed, Repository


def _ids(text: str, path: str = "x.md") -> list[tuple[str, int]]:
    return [(one.id, one.line) for one in statements(load(text, path))]


def _found(files: dict[str, str | bytes]) -> list[Record]:
    return list(requirement_records(Repository.of(files)).records)


@pytest.mark.parametrize(
    ("line", "id_"),
    [
        ("- REQ-001: The system shall answer.", "REQ-001"),
        ("- **FR-12**: Users can pay by card or by bank.", "FR-12"),
        ("- R-3: Answers come within two seconds of asking.", "R-3"),
        ("- NFR3 Answers come within two seconds of asking.", "NFR3"),
        ("### US-3: As a clerk I want to pay", "US-3"),
        ("### SYS-REQ-4\n\nThe pump must stop at once.", "SYS-REQ-4"),
        ("| ID | What |\n|---|---|\n| BR-2 | Invoices are kept for ten years |", "BR-2"),
        ("The system shall answer within one second.", ""),
        ("Every request MUST carry a signature of the caller.", ""),
        ("As a clerk, I want to undo a refund.", ""),
        ("### Requirement: Undo a refund", ""),
        ("| For whom | What |\n|---|---|\n| Clerks | As a clerk I want to undo a refund |", ""),
    ],
)
def test_ways_to_state_a_requirement(line: str, id_: str) -> None:
    assert id_ in [one for one, _ in _ids(f"# X\n\n{line}\n")]


@pytest.mark.parametrize(
    "line",
    [
        "- CVE-2026-1: A flaw that was found in the parser.",
        "- STEP-1: Open the box and take it all out.",
        "- R2 Quotes and the calculator for them",
        "- UTF8 strings are used for all the names.",
        "- OQ-1: Which of the two ways is the better one",
        "- REQ-1:",
        "- FR-1: [Describe the requirement here]",
        "- As a [role], I want [something].",
        "- You MUST install the newest version of it.",
        'The key words "MUST" and "SHALL" are to be read as in RFC 2119.',
        "| ID | What |\n|---|---|\n| REQ-1 | TBD |",
        "| ID | What |\n|---|---|\n| Phase | Goes on |",
        "Shall we go?",
    ],
)
def test_what_states_none(line: str) -> None:
    assert _ids(f"# X\n\n{line}\n") == []


def test_unusual_ids_count_where_three_ask_for_something() -> None:
    asks = "".join(f"- KVS-{n}: The store must keep the key {n} times.\n" for n in range(3))
    assert len(_ids(asks)) == 3
    assert _ids(asks.replace("must keep", "keeps")) == []


def test_lists_under_a_heading_of_requirements_count() -> None:
    text = (
        "# Product\n\n## Functional requirements\n\n1. A refund needs the reason for it\n2. Short\n\n### Payment\n\n"
        "- A payment is made once and never again\n\n| Name | What "
        "it is |\n|---|---|\n| A | One that says quite a lot |\n"
        "\n## History\n\n- It was begun in the year of the fire\n"
    )
    assert [line for _, line in _ids(text)] == [5, 10, 14]


def test_fields_of_restructured_text_are_read() -> None:
    assert _ids("X\n=\n\n:REQ: The system shall answer within a second.\n", "x.rst")


def test_what_a_machine_needs_is_no_requirement() -> None:
    text = (
        "# Requirements\n\n- Python 3.10 or later is in use\n- At "
        "least 4 GB of RAM are free\n- The tool runs as a user\n"
    )
    assert machine(statements(load(text)))
    assert not machine(statements(load("# Requirements\n\n- The clerk sees all the invoices\n")))
    assert not machine([])


def test_needs_of_users() -> None:
    text = """# Users

## Personas

A clerk of forty years who corrects twenty invoices a day and has no time to read.

## Empty persona

## Acceptance criteria

- the first version stays readable for ten years and longer, in every office
- nothing else changes

## Stories

As a clerk, I want to undo a refund.

As a [role], I want [something].

Acceptance criteria: two of them

The user needs to see who did it.

| For whom | What |
|---|---|
| Clerks | all |

| Who | What |
|---|---|
| [Name of role] | all |
"""
    kinds = [one.kind for one in needs(load(text))]
    assert sorted(set(kinds)) == ["acceptance criteria", "for whom", "user need", "user story", "users"]
    assert kinds.count("for whom") == 1
    assert kinds.count("user story") == 1


def test_usual_prefixes() -> None:
    assert is_usual("REQ-1")
    assert not is_usual("KVS-1")
    assert not is_usual("1")


FEATURE = '''# a comment
Feature: Pay
  As a shop
  I want to pay
  Scenario: Once
    Given a
    """
    Scenario: quoted
    """
    When b
    Then c
    But d
  Scenario Outline:
    Given a
    Then b
  Scenario: Empty
  Rule: none
    Example: One step
      Given a
'''


def test_scenarios_with_steps_count() -> None:
    found = load_feature(FEATURE)
    assert [(one.text, one.line) for one in found.statements] == [("Once", 5), ("scenario at line 13", 13)]
    assert (found.title, found.line) == ("Pay", 2)
    assert [one.kind for one in found.needs] == ["user story"]


@pytest.mark.parametrize(
    "text",
    [
        "Funktionalität: F\nSzenario: S\nAngenommen a\nWenn b\n",
        "Fonctionnalité: F\nScénario: S\nSoit a\nQuand b\n",
        "Arwedd: F\nScenario: S\nAnrhegedig a\nPryd b\n",
        "Característica: F\nEscenario: S\nDado a\nCuando b\n",
    ],
)
def test_other_languages(text: str) -> None:
    found = load_feature(text)
    assert found.title == "F"
    assert len(found.statements) == 1


def test_strictdoc() -> None:
    text = (
        "[DOCUMENT]\nTITLE: T\n\n[[SECTION]]\nTITLE: S\n\n[REQUIREMENT]\n"
        "UID: A-1\nSTATEMENT: >>>\nIt shall\nwork.\n<<<\n\n"
        "[[/SECTION]]\n\n[TEXT]\nSTATEMENT: no\n\n[SPEC]\nSTATEMENT: It stays.\n[REQUIREMENT]\nUID: A-2\n"
    )
    found = load_strictdoc(text)
    assert found.title == "T"
    assert [(one.id, one.text, one.line) for one in found.statements] == [
        ("A-1", "It shall work.", 7),
        ("", "It stays.", 19),
    ]
    with pytest.raises(Malformed):
        load_strictdoc("TITLE: T")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("active: true\ntext: |\n  It shall work.\n", 1),
        ("active: true\nnormative: false\ntext: It shall.\n", 0),
        ("active: false\ntext: It shall.\n", 0),
        ("active: true\ntext: ''\n", 0),
        ("- a\n", 0),
    ],
)
def test_doorstop(text: str, count: int) -> None:
    assert len(load_doorstop(text).statements) == count


def test_needs_directives() -> None:
    text = (
        ".. req:: One\n   :id: R1\n   :status: open\n\n   It shall work "
        "always.\n\nText\n\n.. req:: Two\n\n.. test:: no such kind here\n"
    )
    found = load_needs(text)
    assert [(one.id, one.text, one.line) for one in found.statements] == [("R1", "One It shall work always.", 1)]
    assert load_needs("x").line == 1


def test_openfasttrace() -> None:
    text = "# A\n\n`req~one~1`\n\nIt shall work.\n\n`req~two~1`\n\nNeeds: dsn\n\nreq~three~1\n"
    assert [one.id for one in load_traced(text).statements] == ["req~one~1"]
    assert load_traced("").line == 1


REQIF = """<?xml version="1.0"?>
<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"><CORE-CONTENT><SPEC-OBJECTS>
<SPEC-OBJECT IDENTIFIER="a"><VALUES>
<ATTRIBUTE-VALUE-STRING THE-VALUE="1"/>
<ATTRIBUTE-VALUE-XHTML><THE-VALUE>The pump <b>shall</b> stop at once</THE-VALUE></ATTRIBUTE-VALUE-XHTML>
</VALUES></SPEC-OBJECT>
<SPEC-OBJECT IDENTIFIER="b"><VALUES><ATTRIBUTE-VALUE-STRING THE-VALUE="TBD"/></VALUES></SPEC-OBJECT>
</SPEC-OBJECTS></CORE-CONTENT></REQ-IF>
"""


def test_reqif() -> None:
    assert [(one.text, one.line) for one in load_reqif(REQIF).statements] == [("The pump shall stop at once", 3)]


@pytest.mark.parametrize("text", ["<a/>", "<REQ-IF>", '<!DOCTYPE x [<!ENTITY a "b">]><REQ-IF>&a;</REQ-IF>', ""])
def test_what_is_no_reqif(text: str) -> None:
    with pytest.raises(Malformed):
        load_reqif(text)


@pytest.mark.parametrize(
    ("path", "is_named"),
    [
        ("docs/requirements.md", True),
        ("SRS.md", True),
        ("docs/prd/search.md", True),
        ("specs/001-x/spec.md", True),
        (".kiro/specs/x/requirements.md", True),
        ("docs/user-stories.rst", True),
        ("docs/functional_spec.adoc", True),
        ("docs/install/requirements.md", False),
        ("hardware-requirements.md", False),
        ("requirements-dev.md", False),
        ("prerequisites.md", False),
        ("docs/requirements/CHANGELOG.md", False),
        ("docs/chklst_requirements.rst", False),
        ("README.md", False),
    ],
)
def test_names_that_promise_requirements(path: str, is_named: bool) -> None:
    assert named(path) is is_named


def test_places() -> None:
    assert beside("docs/architecture.md")
    assert not beside("a/b/c/d/e/architecture.md")
    assert aside("vendor/x/prd.md") == "vendored code"
    assert aside(".cursor/specs/a.md") == "a tool's own folder"
    assert aside(".kiro/specs/a/requirements.md") == ""
    assert aside("templates/prd.md")
    assert aside("prompts/prd.md")
    assert aside("docs/prd.md") == ""


STATED = "".join(f"- REQ-{n}: The system shall do the thing number {n}.\n" for n in range(1, 5))


def test_a_section_of_a_text_about_the_product_counts() -> None:
    (found,) = _found({"docs/architecture.md": f"# Architecture\n\n## Functional requirements\n\n{STATED}"})
    assert (found.kind, found.line, len(found.statements)) == (Kind.DOCUMENT, 5, 4)
    assert _found({"docs/design.md": f"# Design\n\n## Requirements\n\n{STATED}"})
    assert _found({"README.md": "# X\n\n## Requirements\n\n- Two cups of flour and one egg\n"}) == []
    assert _found({"README.md": "# X\n\n## User stories\n\n- One thing that is wanted here\n"}) == []


def test_templates_are_told_apart_where_a_name_promises() -> None:
    blank = "# Requirements\n\n- [Name of the requirement]\n- [Name of the requirement]\n"
    found = requirement_records(
        Repository.of({"docs/requirements.md": blank, "docs/architecture.md": "## User stories\n" + blank})
    )
    assert [one.path for one in found.templates] == ["docs/requirements.md"]
    assert found.records == ()


def test_what_cannot_be_read_is_said() -> None:
    dense = "- a\n" * 9000
    found = requirement_records(
        Repository.of(
            {
                "docs/requirements.md": "shall\n" + dense,
                "docs/architecture.md": "## User stories\n" + dense,
                "a.sdoc": "x",
                "docs/srs.md": b"x" * (2 << 20),
                "docs/Requirements.pdf": "%PDF",
            }
        )
    )
    assert sorted(one.path for one in found.unread) == ["a.sdoc", "docs/requirements.md", "docs/srs.md"]
    assert [one.path for one in found.closed] == ["docs/Requirements.pdf"]


def test_prose_is_read_up_to_a_size() -> None:
    many = {f"docs/requirements/{n:02}.md": STATED + "x" * 40_000 for n in range(20)}
    assert len(_found(dict(many))) < 12


def test_kinds_beside_prose() -> None:
    found = _found(
        {
            "docs/conf.py": "extensions = ['sphinx_needs']",
            "docs/a.rst": ".. req:: One\n\n   It shall work always.\n",
            "doc/spec.md": "`req~one~1`\n\nIt shall work.\n",
            "docs/requirements/x.rst": ".. comp_req:: One\n\n   It shall work always.\n",
            "reqs/.doorstop.yml": "settings: {}",
            "reqs/REQ1.yml": "active: true\ntext: It shall.\n",
            "reqs/other.yml": "active: true\ntext: It shall.\n",
            "x.reqif": REQIF,
            "vendor/a.feature": FEATURE,
            "a.feature": FEATURE,
            "empty.feature": "",
        }
    )
    assert sorted((one.path, one.kind.name) for one in found) == [
        ("a.feature", "FEATURE"),
        ("doc/spec.md", "FASTTRACE"),
        ("docs/a.rst", "NEEDS"),
        ("docs/requirements/x.rst", "NEEDS"),
        ("reqs/REQ1.yml", "DOORSTOP"),
        ("x.reqif", "REQIF"),
    ]
    assert [one.statements[0].id for one in found if one.kind is Kind.DOORSTOP] == ["REQ1"]
    (traced,) = _found({"docs/specs/a.md": "`req~one~1`\n\nIt shall work.\n"})
    assert traced.kind is Kind.FASTTRACE


def test_doorstop_at_the_root() -> None:
    assert len(_found({".doorstop.yml": "settings: {}", "REQ1.yml": "active: true\ntext: It shall.\n"})) == 1


def test_files_that_are_asked_for() -> None:
    repo = Repository.of({"tests/wishes.md": f"# W\n\n{STATED}", "x/a.feature": FEATURE, "none.md": "# N\n"})
    assert sorted(one.path for one in asked(repo, ["tests/*.md", "x/*", "none.md"]).records) == [
        "tests/wishes.md",
        "x/a.feature",
    ]
