"""Change logs: versions, their days, and security fixes under them."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.changelogs import changelogs, load_changelog
from sscop.repository import Repository

KEPT = """# Changelog

## [Unreleased]

## [2.1.3] - 2026-03-12

### Security

- CVE-2026-1003 and CVE-2026-1003, GHSA-aaaa-bbbb-cccc: escape the name.

## 2.1.2 (12 January 2026)

### Fixed

- A typo.
"""


def test_keep_a_changelog() -> None:
    first, second = load_changelog(KEPT)
    assert (first.version, first.line, first.day) == ("2.1.3", 5, date(2026, 3, 12))
    assert first.security == ((7, ""), (9, "CVE-2026-1003"), (9, "GHSA-aaaa-bbbb-cccc"))
    assert (second.version, second.day, second.security) == ("2.1.2", date(2026, 1, 12), ())


@pytest.mark.parametrize(
    ("text", "version", "day"),
    [
        ("2.33.1 (2026-03-30)\n-------------------\n", "2.33.1", date(2026, 3, 30)),
        ("# v1.2.0 / 2024-01-02\n", "1.2.0", date(2024, 1, 2)),
        ("## Release 1.2 - 3 Feb 2024\n", "1.2", date(2024, 2, 3)),
        ("**1.2.0**\n", "1.2.0", None),
        ("== 4.1.0 ==\n", "4.1.0", None),
        ("## acme 1.2.3\n", "1.2.3", None),
    ],
)
def test_headings_of_versions(text: str, version: str, day: date | None) -> None:
    assert [(one.version, one.day) for one in load_changelog(text)] == [(version, day)]


@pytest.mark.parametrize("text", ["", "1.2.3 is out\nplain text\n", "- 1.2.3\n", "# Changes\n", "## 2026\n", "x" * 500])
def test_what_names_no_version(text: str) -> None:
    assert load_changelog(text) == ()


def test_several_files_and_places() -> None:
    repo = Repository.of(
        {"CHANGELOG.md": KEPT, "docs/HISTORY": "1.0.0\n=====\n", "vendor/CHANGELOG.md": KEPT, "NEWS": b"\xff\x00"}
    )
    assert [(one.path, one.version) for one in changelogs(repo)] == [
        ("CHANGELOG.md", "2.1.3"), ("CHANGELOG.md", "2.1.2"), ("docs/HISTORY", "1.0.0"),
    ]  # fmt: skip
