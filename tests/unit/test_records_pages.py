"""What the pages tell people to write is what the checks want to see."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sscop.check import Check
from sscop.model import Finding, Kind, Outcome
from sscop.repository import Repository
from sscop_hooks.design.configuration_items import configuration_items
from sscop_hooks.design.requirements_records import requirements_records
from sscop_hooks.design.test_plan import test_plan as plan_of_tests

TREE = {
    "src/a.py": "",
    "tests/a.py": "",
    "pyproject.toml": "",
    "uv.lock": "",
    ".github/workflows/ci.yml": "",
    "terraform/main.tf": "",
    "docs/settings.json": "{}",
}


def _findings(check: Check, path: str) -> list[Finding]:
    block = re.search(r"(?:^    .*\n|^\n(?=    ))+", check.part("How to fix") + "\n", re.MULTILINE)
    assert block is not None
    repo = Repository.of({**TREE, path: re.sub(r"^    ", "", block[0], flags=re.MULTILINE)})
    extra = {"today": date(2026, 11, 25)} if "today" in check.needs else {}
    return list(check.run(repo=repo, settings={}, **extra))


@pytest.mark.parametrize(
    ("check", "path"),
    [
        (requirements_records, "docs/requirements.md"),
        (plan_of_tests, "docs/test-plan.md"),
        (configuration_items, "docs/configuration-items.md"),
    ],
    ids=lambda one: getattr(one, "id", ""),
)
def test_the_example_of_a_page_is_met_without_advice(check: Check, path: str) -> None:
    found = _findings(check, path)
    assert {one.outcome for one in found if one.kind is Kind.CLAIM} == {Outcome.MET}
    assert [one.code for one in found if one.outcome is Outcome.UNMET and one.code != "untraced"] == []
