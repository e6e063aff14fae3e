"""Versions in ranges, as npm and cargo have them."""

from __future__ import annotations

import pytest

from sscop.artefacts.ecosystems.ranges import satisfies


@pytest.mark.parametrize(
    ("version", "spec", "answer"),
    [
        ("1.2.3", "^1.2.0", True),
        ("2.0.0", "^1.2.0", False),
        ("0.2.9", "^0.2.3", True),
        ("0.3.0", "^0.2.3", False),
        ("0.0.4", "^0.0.3", False),
        ("0.0.3", "^0.0.3", True),
        ("0.5.0", "^0", True),
        ("1.2.9", "~1.2.3", True),
        ("1.3.0", "~1.2.3", False),
        ("1.9.0", "~1", True),
        ("1.2.3", "1.2.3", True),
        ("1.2.4", "1.2.3", False),
        ("1.2.4", "1.2", True),
        ("1.2.4", "1.x", True),
        ("2.0.0", "1.x", False),
        ("2.0.0", "*", True),
        ("2.0.0", "", True),
        ("2.1.0", ">=1.0.0 <2.0.0", False),
        ("1.1.0", ">= 1.0.0, < 2.0.0", True),
        ("1.1.0", ">1.1", False),
        ("1.2.0", ">1.1", True),
        ("1.1.0", ">1.1.0", False),
        ("1.1.9", "<=1.1", True),
        ("1.2.0", "<=1.1", False),
        ("3.0.0", "^1.0.0 || ^3.0.0", True),
        ("2.0.0", "^1.0.0 || ^3.0.0", False),
        ("2.0.0", "^1.0.0 || latest", None),
        ("2.0.0", "1.0.0 - 2.0.0", None),
        ("2.0.0", "latest", None),
        ("2.0.0-beta.1", "^2.0.0", None),
        ("2.0.0", "^2.0.0-beta.1", None),
        ("not", "^2.0.0", None),
    ],
)
def test_npm(version: str, spec: str, answer: bool | None) -> None:
    assert satisfies(version, spec) is answer


@pytest.mark.parametrize(
    ("version", "spec", "answer"),
    [("1.9.0", "1.2", True), ("2.0.0", "1.2", False), ("1.9.0", "1.*", True), ("1.2.9", "=1.2.3", False)],
)
def test_cargo(version: str, spec: str, answer: bool | None) -> None:
    assert satisfies(version, spec, "^") is answer
