"""Every form of date that real documents have, and no guess."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.prose.dates import Kind, find, months_after, months_before, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-08", date(2026, 6, 8)),
        ("2026-06-08T10:11:12.12345z", date(2026, 6, 8)),
        ("2026-06-08 10:11:12 +02:00", date(2026, 6, 8)),
        ("2026/6/8", date(2026, 6, 8)),
        ("`30/06/2022`", date(2022, 6, 30)),
        ("11/27/2022", date(2022, 11, 27)),
        ("05/05/2023", date(2023, 5, 5)),
        ("15.03.2021", date(2021, 3, 15)),
        ("3.4.21", date(2021, 4, 3)),
        ("15 May 2023", date(2023, 5, 15)),
        ("~15 June 2023", date(2023, 6, 15)),
        ("July 22nd, 2025", date(2025, 7, 22)),
        ("5th of May 2024", date(2024, 5, 5)),
        ("Sept. 3, 2024", date(2024, 9, 3)),
        ("12-Dec-2021", date(2021, 12, 12)),
        ("2021-Dec-12", date(2021, 12, 12)),
        ("Wednesday, 3 July 2024", date(2024, 7, 3)),
        ("2024-02-29 (revised)", date(2024, 2, 29)),
        ("1700000000", date(2023, 11, 14)),
        ("1700000000000", date(2023, 11, 14)),
        ("20240229", date(2024, 2, 29)),
        ("**2024-01-02**", date(2024, 1, 2)),
    ],
)
def test_days(text: str, expected: date) -> None:
    found = read(text)
    assert (found.kind, found.day, found.first, found.last) == (Kind.DATE, expected, expected, expected)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2028-10", date(2028, 10, 1), date(2028, 10, 31)),
        ("Dec 2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("02/2023", date(2023, 2, 1), date(2023, 2, 28)),
    ],
)
def test_months(text: str, first: date, last: date) -> None:
    found = read(text)
    assert (found.kind, found.first, found.last, found.day) == (Kind.MONTH, first, last, None)


def test_a_year_is_one_only_where_it_is_all() -> None:
    found = read("2027")
    assert (found.kind, found.first, found.last) == (Kind.YEAR, date(2027, 1, 1), date(2027, 12, 31))
    assert read("NIST v1.1 2022").kind is Kind.NONE


@pytest.mark.parametrize("text", ["05/06/2023", "6/5/2023", "5-6-2023"])
def test_two_readings_stay_two(text: str) -> None:
    found = read(text)
    assert (found.kind, found.first, found.last) == (Kind.AMBIGUOUS, date(2023, 5, 6), date(2023, 6, 5))


@pytest.mark.parametrize(
    "text",
    ["31/06/2021", "2023-02-29", "2023-14-05", "30 February 2024", "2024-13", "13/13/2024", "00/2024", "0000-00-00"],
)
def test_impossible_days_are_said(text: str) -> None:
    assert read(text).kind is Kind.IMPOSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tba",
        "TBD",
        "N/A",
        "n/a",
        "Best effort",
        "To be defined",
        "Current",
        "false",
        "true",
        "-",
        "\u2014",
        "?",
        "~",
    ]
    + [
        "YYYY-MM-DD",
        "dd/mm/YYYY",
        "not yet reviewed",
        "Accepted",
        "1.2.3",
        "v2.10.2024.1",
        "10.0.0.1",
        "12",
        "999999999999",
    ],
)
def test_no_date(text: str) -> None:
    found = read(text)
    assert (found.kind, found.first, found.last) == (Kind.NONE, None, None)


def test_find_gives_all_with_their_offsets() -> None:
    found = list(find("from 2 May 2020 to 2021-02-03, by 31/04/2020; see v2020.01.02.3 and x2020-01-02"))
    assert [(one.text, one.offset, one.kind) for one in found] == [
        ("2 May 2020", 5, Kind.DATE),
        ("2021-02-03", 19, Kind.DATE),
        ("31/04/2020", 34, Kind.IMPOSSIBLE),
    ]


def test_find_in_text_without_figures_finds_nothing() -> None:
    assert not list(find("in May of that year"))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 31), 12, date(2023, 3, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 2, 29), -12, date(2025, 2, 28)),
        (date(2024, 2, 29), 99999, date.min),
        (date(2024, 2, 29), -999999, date.max),
    ],
)
def test_months_of_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected
    assert months_after(day, -months) == expected


@pytest.mark.xfail(reason="known miss: quarters and relative dates are no dates", strict=True)
def test_quarters() -> None:
    assert read("Q3 2025").kind is not Kind.NONE
