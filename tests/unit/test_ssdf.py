"""Ids of SSDF with what a text calls them, and whether those belong together."""

from __future__ import annotations

import pytest

from sscop.artefacts.frameworks.ssdf import TASKS, Cited, cited, exists
from sscop.artefacts.prose.document import load
from sscop.judgement.ssdf_labels import PRACTICES, mislabelled, wrong


def labels(source: str, path: str = "x.md") -> list[tuple[str, str, int]]:
    return [tuple(one) for one in cited(load(source, path))]  # type: ignore[misc]


def test_there_are_nineteen_practices_and_forty_two_tasks() -> None:
    assert len(TASKS) == 19
    assert sum(TASKS.values()) - 1 == 42  # PW.4.3 was moved away
    assert set(TASKS) <= set(PRACTICES)


def test_labels_of_lines_headings_and_tables() -> None:
    source = (
        "# Mapping\n\n## PO.1 - Define requirements\n\n"
        "- **PW.7**: Review code (two people)\n- PW.4.1 (Reuse software) \u2014 the lock\n- See PS.1 and PS.2 too\n"
        "- PO.1,2: Governance\n\nRV.1 \u2013 Find them\n\n"
        "| Id | Practice | Evidence |\n|---|---|---|\n| PW.8 | Test it | PW.9 |\n| PS.3.2 Provenance | x | y |\n"
        "\n| Id | Evidence |\n|---|---|\n| RV.3 | Two people |\n\n```\nPO.5 code\n```\n"
    )
    assert labels(source) == [
        ("PO.1", "Define requirements", 3),
        ("PW.7", "Review code", 5),
        ("PW.4.1", "Reuse software", 6),
        ("PS.1", "", 7),
        ("PS.2", "", 7),
        ("PO.1", "", 8),
        ("RV.1", "Find them", 10),
        ("PW.8", "Test it", 14),
        ("PW.9", "", 14),
        ("PS.3.2", "Provenance", 15),
        ("RV.3", "", 19),
    ]


def test_a_field_of_restructured_text_has_an_id() -> None:
    assert labels("T\n=\n\n:PO.1: Policies\n", "x.rst")[0][0] == "PO.1"


@pytest.mark.parametrize(
    ("id_", "text", "there"),
    [
        ("PO.1", "", True), ("PO.5.2", "", True), ("PO.6", "", True), ("PS.4.4", "", True), ("PW.4.4", "", True),
        ("PW.3", "", False), ("PW.10", "", False), ("RV.4", "", False), ("PW.4.3", "", False), ("PW.4.5", "", False),
        ("PW.5.2", "", False), ("PO.1.0", "", False), ("PS.1.2", "", False),
        ("PW.3.1", "SSDF version 1.0", True), ("PW.4.3", "SSDF 1.0 of April 2020", True),
        ("PW.3.3", "SP 800-218A", True), ("PS.1.2", "the generative AI community profile", True),
    ],
)  # fmt: skip
def test_exists(id_: str, text: str, there: bool) -> None:
    assert exists(id_, text) is there


@pytest.mark.parametrize(
    ("id_", "label", "other"),
    [
        ("PW.7", "Review code", ""),
        ("PW.7", "Threat modelling", "PW.1"),
        ("PO.3.1", "Threat modeling", "PW.1"),
        ("PW.4.1", "Review and analyze human-readable code", "PW.7"),
        ("PW.7.1", "Configure compilation", "PW.6"),
        ("PS.1", "Policies", ""),
        ("PS.1", "Secure design", "PW.1"),
        ("RV.1", "Testing", ""),
        ("RV.1", "Reproducible builds", "PW.6"),
        ("RV.3", "Vulnerability management", ""),
        ("PW.9", "Vulnerability management", "RV.1"),
        ("PS.2", "Bedrohungsmodell", ""),
    ],
)
def test_mislabelled(id_: str, label: str, other: str) -> None:
    assert mislabelled(Cited(id_, label, 1)) == other


def test_wrong_says_each_once() -> None:
    ids = [Cited("PW.7", "Threat modelling", 3), Cited("PW.7", "Threat modelling", 3), Cited("PX.1", "", 4)]
    ids[2] = Cited("RV.9", "Something", 4)
    assert [(one.id, one.line, one.code) for one in wrong(ids, "")] == [
        ("PW.7", 3, "wrong-label"),
        ("RV.9", 4, "no-such-practice"),
    ]
