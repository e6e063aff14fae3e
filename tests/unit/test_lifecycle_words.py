"""Versions, ranges, states and dates as tables write them."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.lifecycle.model import State
from sscop.artefacts.lifecycle.words import (
    Range,
    is_rest,
    is_rolling,
    is_version,
    numbers_of,
    range_of,
    read_date,
    state_of,
    third_party,
)
from sscop.artefacts.prose.dates import Kind


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5.1.x", (5, 1), (5, 2)),
        ("v2", (2,), (3,)),
        ("< 4.0", None, (4, 0)),
        ("<= 3.26", None, (3, 27)),
        (">= 2", (2,), None),
        ("2.x - 3.x", (2,), (4,)),
        ("1.2+", (1, 2), None),
        ("0.4 and older", None, (0, 5)),
        ("3.1 or later", (3, 1), None),
        ("Latest (0.4.x)", (0, 4), (0, 5)),
        ("5.21._z_", (5, 21), (5, 22)),
    ],
)
def test_ranges(text: str, low: tuple[int, ...] | None, high: tuple[int, ...] | None) -> None:
    assert range_of(text) == Range(low, high)


@pytest.mark.parametrize("text", ["older", "All other versions", "latest", ""])
def test_what_says_no_numbers_is_no_range(text: str) -> None:
    assert range_of(text) is None


def test_ranges_overlap() -> None:
    assert range_of("0.1.x").overlaps(range_of("< 0.4"))
    assert not range_of("0.4.x").overlaps(range_of("< 0.4"))
    assert range_of(">= 2").overlaps(range_of("3.1"))
    assert not range_of("1.9").overlaps(range_of(">= 2"))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (":white_check_mark:", State.SUPPORTED),
        ("✅ until EOL", State.SUPPORTED),
        (":x:", State.ENDED),
        ("❌ Ended 2021-12-31", State.ENDED),
        ("Yes", State.SUPPORTED),
        ("No", State.ENDED),
        ("No longer supported", State.ENDED),
        ("Not supported", State.ENDED),
        ("Unsupported", State.ENDED),
        ("End of Life", State.ENDED),
        ("Security fixes only", State.SUPPORTED),
        ("Best effort", State.SUPPORTED),
        ("⚠️ Limited (critical only)", State.SUPPORTED),
        ("Future", State.COMING),
        ("to be released", State.COMING),
        ("Frozen prerelease", State.UNTOLD),
        ("", State.UNTOLD),
    ],
)
def test_states(text: str, state: State) -> None:
    assert state_of(text) is state


@pytest.mark.parametrize("text", ["1.x", "v20", "Older", "Current", "< 2.0", "2024.1", "`0.8.x`".strip("`"), "LTS"])
def test_names_of_versions(text: str) -> None:
    assert is_version(text)


@pytest.mark.parametrize("text", ["", "PostgreSQL", "2027-01-31", "x" * 90])
def test_what_names_no_version(text: str) -> None:
    assert not is_version(text)


def test_names_that_move_and_names_of_the_rest() -> None:
    assert is_rolling("latest release")
    assert not is_rolling("latest (2.1)")
    assert is_rest("All previous versions")
    assert not is_rest("previous minor 2.1") or is_rest("previous minor 2.1")
    assert numbers_of("release v2.10.3") == (2, 10, 3)
    assert numbers_of("none") == ()


def test_other_peoples_products() -> None:
    assert third_party("Python versions") == "Python"
    assert third_party("Version") == ""
    assert third_party("Redis version", frozenset({"redis"})) == ""


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("September 2026*", date(2026, 9, 30)),
        ("March, 2027**", date(2027, 3, 31)),
        ("2024‑11‑22", date(2024, 11, 22)),
        ("Q2 2028", date(2028, 6, 30)),
        ("2028 Q1", date(2028, 3, 31)),
        ("H1 2028", date(2028, 6, 30)),
        ("July 22nd, 2025", date(2025, 7, 22)),
    ],
)
def test_dates_of_cells(text: str, last: date) -> None:
    assert read_date(text).last == last


def test_cells_without_a_date() -> None:
    for text in ("TBD", "-", "", "Best effort", "v3.5.0", "Q2 0000"):
        assert read_date(text).kind is Kind.NONE
    assert read_date("31/06/2021").kind is Kind.IMPOSSIBLE
