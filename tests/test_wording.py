"""Every output and every check's page keeps to docs/wording.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sscop.catalogue import cmmi, code, crosswalk
from sscop.explain import explain, listing
from sscop.reporters import markdown, text
from sscop.testing import cases, run_case
from sscop_hooks import load

ROOT = Path(__file__).parent
CHECKS = load()
FORBIDDEN = re.compile(
    r"\b(?:non-)?complian(?:t|ce)\b|\bcertif(?:ied|icate|ication)\b|\bapproved\b|(?<!input-)\bvalidated\b"
    r"|\bmaturity level\b|\blevel [0-5]\b|\bis not done\b|\bprinciple [\d.]+ (?:is )?met\b",
    re.IGNORECASE,
)
DENIALS = re.compile(r"\b(?:no|not|never|nor|neither)\b[^.]*", re.IGNORECASE)


def lint(said: str) -> list[str]:
    """The forbidden words of a text, but for those in a sentence that denies them."""
    return [match[0] for match in FORBIDDEN.finditer(DENIALS.sub("", said))]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_checks_page_keeps_to_the_wording(check) -> None:
    assert lint(check.doc) == []
    assert lint(explain(check.id, CHECKS, code(), cmmi(), crosswalk())) == []


@pytest.mark.parametrize("case", list(cases(str(ROOT / "hooks"))), ids=lambda case: case.name)
def test_what_reporters_say_keeps_to_the_wording(case) -> None:
    report = run_case(case, load(case.check)[0])
    assert lint(text.render(report, advice=True)) == []
    assert lint(markdown.render(report, limit=60_000)) == []


def test_the_list_keeps_to_the_wording() -> None:
    assert lint(listing(CHECKS, code())) == []


def test_the_mapping_keeps_to_the_wording() -> None:
    assert lint((ROOT.parent / "docs" / "mapping.md").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("said", ["This is compliant", "on level 3", "principle 1.4 is met", "certified by us"])
def test_the_lint_catches(said: str) -> None:
    assert lint(said)
