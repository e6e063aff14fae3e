"""What frameworks and laws ask for is nobody's promise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.lifecycle.gathered import lifecycle
from sscop.artefacts.lifecycle.model import RuleKind
from sscop.artefacts.others_demands import is_demand, is_mapping, is_of_others
from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.sentences import sentences
from sscop.repository import Repository


def demands(text: str) -> list[bool]:
    document = load(text)
    return [is_demand(one) for one in sentences(document, document.sections)]


@pytest.mark.parametrize(
    "text",
    [
        "The CRA requires 12 months' notice before support ends.",
        "Fixes within 30 days are asked for by NIS2, which mandates them.",
        "ISO/IEC 27001 says that suppliers are reviewed.",
        "# Mapping of the controls\n\nCustomers are told a year before support ends.",
        "| Claim | Note |\n|---|---|\n| 4.2.1 one-year-notice | 12 months' notice |",
        "| # | Framework | Time |\n|---|---|---|\n| 1 | NIST | 30 days |",
    ],
)
def test_a_demand(text: str) -> None:
    assert demands(text) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "We give 12 months' notice, as the CRA requires.",
        "Support ends after 12 months, and you must update by then.",
        "The standard support period is 12 months, and it must be asked for.",
        "SLSA provenance comes with each release.",
        "| Release | SLSA | Support ends |\n|---|---|---|\n| 1.2 | level 3 | 2027-01-01 |",
        "# Mapping of versions\n\nSupport ends after 12 months.",
    ],
)
def test_no_demand(text: str) -> None:
    assert demands(text) == [False]


def test_titles_and_headers() -> None:
    assert is_mapping("Crosswalk to CMMI")
    assert is_mapping("Requirements traceability")
    assert not is_mapping("Column mapping")
    assert not is_mapping("Support coverage and requirements")
    assert is_of_others(["Article", "What we do"])
    assert not is_of_others([])


def test_a_mapping_promises_nothing() -> None:
    page = (
        "# Mapping to the frameworks\n\n## End of support\n\n12 months' notice is given before support for a version "
        "ends.\n\n| Version | Support ends |\n|---|---|\n| 1.2 | 2027-01-01 |\n"
    )
    life = lifecycle(Repository.of({"docs/support-mapping.md": page, "docs/support.md": page.split("\n", 1)[1]}))
    assert {one.path for one in life.rules} == {one.path for one in life.sources} == {"docs/support.md"}
    assert [one.kind for one in life.rules] == [RuleKind.NOTICE]


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from(["CRA", "requires", "we", "notice", "|", "mapping", "controls", "\n", "# ", "é", "must"]))
)
def test_whatever_the_text_those_who_say_we_demand_nothing(words: list[str]) -> None:
    document = load(" ".join(words))
    for one in sentences(document, document.sections):
        if is_demand(one) and not is_mapping(one.title) and one.kind != "row":
            assert " we " not in f" {one.text} "
            assert "CRA" in one.text
