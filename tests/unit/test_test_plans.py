"""Texts about testing, and what they say of it."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.test_plans import Plan, reviewed, texts_about_testing
from sscop.artefacts.test_wording import Element
from sscop.judgement.test_plan import judge, none, standing, trace
from sscop.model import Because, Outcome, Unread
from sscop.repository import Repository


def _plans(files: dict[str, str | bytes]) -> list[Plan | Unread]:
    return list(texts_about_testing(Repository.of(files)))


def _plan(text: str, path: str = "docs/test-plan.md") -> Plan:
    (found,) = _plans({path: text})
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We write unit tests.", "unit"),
        ("Integration testing is done.", "integration"),
        ("E2E runs.", "end-to-end"),
        ("Load tests show it.", "performance"),
        ("We fuzz it with fuzzers.", "security"),
        ("Checked with screen readers.", "accessibility"),
        ("Smoke tests are few.", "regression"),
        ("Each is manually tested.", "manual"),
        ("Upgrade tests run.", "compatibility"),
        ("Property-based tests.", "property"),
        ("Unit and system tests.", "unit"),
        ("## Levels\n\n- unit: each class\n- static analysis", "unit"),
        ("| Level | What |\n|---|---|\n| load | all |", "performance"),
        ("## Test types\n\n| Name | What |\n|---|---|\n| e2e | all |", "end-to-end"),
    ],
)
def test_levels(text: str, level: str) -> None:
    assert level in dict(_plan(f"# Test plan\n\n{text}\n").levels)


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("## Scope\n\nAll of it.", Element.SCOPE),
        ("The tests cover the parser.", Element.SCOPE),
        ("It is out of scope.", Element.SCOPE),
        ("They run on every pull request.", Element.WHEN),
        ("They are run nightly.", Element.WHEN),
        ("All are executed in our CI.", Element.WHEN),
        ("GitHub Actions will run the suite.", Element.WHEN),
        ("All tests\nmust pass.", Element.CRITERIA),
        ("Coverage of at least 80 %.", Element.CRITERIA),
        ("New code must come with\ntests.", Element.CRITERIA),
        ("Third-party components are tested.", Element.THIRD_PARTY),
        ("Updates of dependencies run all.", Element.THIRD_PARTY),
        ("Each requirement has a test.", Element.REQUIREMENTS),
        ("Tests are traced to REQ-1.", Element.REQUIREMENTS),
    ],
)
def test_elements(text: str, element: Element) -> None:
    assert _plan(f"# Test plan\n\n{text}\n").get(element)


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("You must pass this flag to it.", Element.CRITERIA),
        ("Some pass locally, but not in CI.", Element.WHEN),
        ("Install requirements.txt first.", Element.REQUIREMENTS),
        ("There are no external services.", Element.THIRD_PARTY),
        ("## Scope\n", Element.SCOPE),
        ("```\nAll tests must pass on every push.\n```", Element.CRITERIA),
    ],
)
def test_what_says_no_element(text: str, element: Element) -> None:
    assert _plan(f"# Test plan\n\n{text}\n").get(element) is None


def test_a_sentence_over_two_lines_has_its_own_line() -> None:
    found = _plan("# Test plan\n\nFirst line,\nthen all tests\nmust pass.\n").get(Element.CRITERIA)
    assert found is not None
    assert (found.line, found.text) == (5, "must pass.") or found.line == 4


def test_sections_of_a_guide_are_one_text() -> None:
    text = (
        "# Guide\n\n## Testing\n\nUnit tests.\n\n### More\n\nE2E.\n\n## The latest "
        "test data for all of us to see here\n\n## QA\n\nLoad tests.\n\n## Style\n"
    )
    found = _plan(text, "CONTRIBUTING.md")
    assert [name for name, _ in found.levels] == ["unit", "end-to-end", "performance"]
    assert (found.line, found.title, found.whole, found.single) == (3, "Testing", False, "")
    assert _plans({"CONTRIBUTING.md": "# Guide\n\n## The latest tests\n"}) == []


def test_a_title_of_one_level() -> None:
    assert _plan("# Integration tests\n\nWith unit tests.\n", "tests/README.md").single == "integration"
    assert _plan("# Integration test plan\n\nWith unit tests.\n").single == ""


def test_texts_for_users_do_not_count() -> None:
    text = "# Testing\n\n" + "Test your application with it.\n\n" * 4
    assert _plans({"docs/testing.md": text, "docs/tests.md": "# Testing Acme applications\n\nUnit tests.\n"}) == []
    assert _plans({"README.md": "## Testing your app\n\nx\n"}) == []


def test_places_and_names() -> None:
    files: dict[str, str | bytes] = {
        "tests/README.md": "# Tests\n",
        "qa/x.md": "# QA\n",
        "docs/changelog-testing.md": "# X\n",
        "docs/a-b-testing.md": "# X\n",
        "vendor/x/test-plan.md": "# X\n",
        "a/b/c/d/CONTRIBUTING.md": "## Testing\n",
        "examples/testing.md": "# X\n",
    }
    assert sorted(one.path for one in _plans(files)) == ["qa/x.md", "tests/README.md"]


def test_templates_and_what_cannot_be_read() -> None:
    assert _plan("# Test plan template\n\n## Scope\n").template
    dense = "- a\n" * 9000
    found = _plans(
        {
            "docs/test-plan.md": dense,
            "docs/testing.md": dense,
            "TEST_STRATEGY.md": b"x" * 500_000,
            "Test Plan.docx": "PK",
            "quality.pdf": "",
        }
    )
    assert sorted(one.path for one in found) == ["TEST_STRATEGY.md", "Test Plan.docx", "docs/test-plan.md"]
    assert all(isinstance(one, Unread) for one in found)


def test_reading_stops_at_a_size() -> None:
    many: dict[str, str | bytes] = {f"docs/testing/{n:02}.md": "# Testing\n\n" + "word " * 8000 for n in range(20)}
    assert len(_plans(many)) < 12


def test_files_that_are_asked_for() -> None:
    (found,) = texts_about_testing(Repository.of({"x/y.md": "# Y\n\nUnit tests.\n"}), ["x/*.md"])
    assert isinstance(found, Plan)
    assert found.promised


def test_dates_of_a_plan() -> None:
    repo = Repository.of({"a.md": "# A\n\nLast reviewed: 2026-02-03\n", "b.md": "# B\n", "c.md": b"\0" * 9})
    assert reviewed(repo, "a.md") == date(2026, 2, 3)
    assert reviewed(repo, "b.md") is None
    assert reviewed(repo, "c.md") is None


GOOD = "Unit tests and e2e. They cover the parser and run on every push. All must pass.\n"


def _judged(files: dict[str, str | bytes]) -> list[str]:
    plans = [one for one in _plans(files) if isinstance(one, Plan)]
    judged = judge(plans)
    if judged and judged[0].enough:
        return [one.code for one in standing(judged[0])]
    return [none(judged, plans).code]


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ({"docs/test-plan.md": f"# Plan\n\n{GOOD}"}, ["plan", "missing-elements"]),
        ({"docs/testing.md": f"# Testing\n\n{GOOD}"}, ["plan", "missing-elements"]),
        ({"docs/testing.md": "# Testing\n\nUnit tests and e2e. They cover the parser. All must pass.\n"}, ["no-plan"]),
        ({"docs/test-plan.md": "# Plan\n\nUnit tests and e2e. All must pass.\n"}, ["thin"]),
        (
            {"docs/test-plan.md": "# Plan\n\nUnit tests. They run on every push. All must pass. Each requirement.\n"},
            ["thin"],
        ),
        (
            {
                "qa/unit.md": "# Unit tests\n\nThey cover the parser.\n",
                "qa/e2e.md": "# E2E\n\nOn every push. All must pass.\n",
            },
            ["plan", "missing-elements"],
        ),
        ({"qa/test-plan-template.md": "# X\n"}, ["absent"]),
        ({}, ["absent"]),
        (
            {"docs/testing.md": "# Testing\n\nThe [test plan](https://example.org/plan) says more.\n"},
            ["kept-elsewhere"],
        ),
        ({"docs/testing.md": "# Testing\n\nTest cases are kept in TestRail.\n"}, ["kept-elsewhere"]),
    ],
)
def test_what_texts_amount_to(files: dict[str, str | bytes], codes: list[str]) -> None:
    assert _judged(files) == codes


def test_findings_say_why() -> None:
    found = none([], [])
    assert (found.outcome, found.because) == (Outcome.UNMET, Because.ABSENT)
    assert list(trace(None)) == []
