"""Whatever a file holds, the readers end in records or in a reason, and the checks in findings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.control_lists import control_lists
from sscop.artefacts.issue_forms import load_form, load_template
from sscop.artefacts.requirement_records.gherkin import load_feature
from sscop.artefacts.requirement_records.tools import load_doorstop, load_needs, load_reqif, load_strictdoc, load_traced
from sscop.artefacts.trackers import trackers
from sscop.repository import Malformed, Repository
from sscop_hooks.design.configuration_items import configuration_items
from sscop_hooks.design.requirements_records import requirements_records
from sscop_hooks.design.test_plan import test_plan as plan_of_tests

PIECES = [
    "# Requirements\n",
    "## Acceptance criteria\n",
    "- REQ-1: ",
    "The system shall ",
    "As a clerk, I want ",
    "| ID | What |\n|---|---|\n| ",
    " | ",
    "\n",
    "\n\n",
    "Feature: x\n",
    "Scenario: ",
    "  Given ",
    "[DOCUMENT]\n",
    "[REQUIREMENT]\n",
    "UID: ",
    "STATEMENT: >>>\n",
    "<<<\n",
    "active: true\n",
    "text: |\n  ",
    ".. req:: ",
    "   :id: ",
    "`req~a~1`\n",
    "<REQ-IF>",
    "<SPEC-OBJECT>",
    "<ATTRIBUTE-VALUE-",
    "&a;",
    "<!DOCTYPE",
    "name: ",
    "body:\n",
    "- type: input\n",
    "**Why**",
    "<!-- ",
    " -->",
    "Jira ticket",
    "Closes #",
    "## Testing\n",
    "unit tests",
    " must pass",
    " on every pull request",
    "Test plan\n",
    "src/",
    "`",
    "](",
    "configuration items\n",
    "* @a\n",
    "/",
    "**",
    "!",
    "[",
    "]",
    "\\",
    "\r",
    "\x00",
    "\u2028",
    "\ufeff",
    "a",
    "word ",
    "---\n",
    "===\n",
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
quick = settings(deadline=None, max_examples=150)


@quick
@given(TEXTS)
@pytest.mark.parametrize(
    "reader",
    [load_feature, load_strictdoc, load_doorstop, load_needs, load_traced, load_reqif, load_form, load_template],
)
def test_a_reader_ends_in_a_record_or_a_reason(reader: Callable[[str], object], text: str) -> None:
    with suppress(Malformed):
        assert reader(text) is not None


PATHS = [
    "docs/requirements.md",
    "docs/requirements.rst",
    "docs/architecture.adoc",
    "a.feature",
    "x.sdoc",
    "x.reqif",
    "reqs/.doorstop.yml",
    "reqs/R1.yml",
    ".github/ISSUE_TEMPLATE/feature.yml",
    ".github/ISSUE_TEMPLATE/story.md",
    ".github/PULL_REQUEST_TEMPLATE.md",
    "CONTRIBUTING.md",
    "docs/test-plan.md",
    "docs/testing.rst",
    "tests/test_a.py",
    "docs/configuration-items.md",
    "CODEOWNERS",
    ".gitignore",
    ".gitmodules",
    "package.json",
    "docs/conf.py",
    "rfcs/0001-x.md",
    "src/a.py",
    "Makefile",
]


@quick
@given(
    st.dictionaries(
        st.sampled_from(PATHS),
        st.one_of(TEXTS.map(lambda one: one.encode("utf-8", "replace")), st.binary(max_size=80)),
        max_size=8,
    )
)
def test_the_checks_end_in_findings(files: dict[str, bytes]) -> None:
    repo = Repository.of(files)
    assert list(requirements_records.run(repo, {}))
    assert list(plan_of_tests.run(repo, {}, date(2026, 11, 25)))
    assert list(configuration_items.run(repo, {}))
    trackers(repo)
    list(control_lists(repo))


@pytest.mark.parametrize(
    "text",
    [
        "REQ-" * 50_000,
        "- REQ-1 " + "a-" * 60_000,
        "As a " + "x " * 60_000,
        "Test " * 60_000,
        "coverage " * 30_000,
        "| a " * 20_000 + "\n",
        "`a/" * 60_000,
        "[a](" * 40_000,
        "unit and " * 30_000,
        "every " * 40_000,
        "issue tracker " * 20_000,
        "feature requests " * 15_000,
        "test plan " * 30_000,
        "REQ_A" * 40_000,
        "the the the " * 20_000,
        "<!--" * 50_000,
        "**a" * 50_000,
        "must must " * 30_000,
    ],
)
def test_hostile_texts_end(text: str) -> None:
    """No pattern is more than linear: each of these would take minutes if one were (there is no clock here)."""
    paths = [
        "docs/requirements.md",
        "docs/test-plan.md",
        "CONTRIBUTING.md",
        "docs/configuration-items.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
        "a.feature",
        ".github/ISSUE_TEMPLATE/feature.md",
        "CODEOWNERS",
        ".gitignore",
    ]
    repo = Repository.of(
        dict.fromkeys(paths, f"# Test plan, requirements\n\nunder version control\n\n## Configuration items\n\n{text}")
    )
    assert list(requirements_records.run(repo, {}))
    assert list(plan_of_tests.run(repo, {}, date(2026, 11, 25)))
    assert list(configuration_items.run(repo, {}))
