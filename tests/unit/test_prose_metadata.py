"""Metadata from every place where texts keep it, each with its line."""

from __future__ import annotations

import pytest

from sscop.artefacts.prose.dates import Kind
from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.metadata import Fact, Metadata, field_of, metadata


def facts(source: str, path: str = "x.md") -> Metadata:
    return metadata(load(source, path))


def only(found: Fact | None) -> tuple[str, int, str]:
    assert found
    return str(found.value), found.line, found.place


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Status", "status"),
        ("ADR Status", "status"),
        ("**Deciders**", "decider"),
        ("decision-makers", "decider"),
        ("Approved by", "decider"),
        ("Sign-off", "decider"),
        ("Reviewer(s)", "reviewer"),
        ("Owner(s)", "owner"),
        ("Document owner", "owner"),
        ("Last Reviewed", "reviewed"),
        ("last_reviewed", "reviewed"),
        ("Date of last review", "reviewed"),
        ("Last security review", "reviewed"),
        ("Next review due", "next-review"),
        ("Last updated", "updated"),
        ("last_modified_at", "updated"),
        ("lastmod", "updated"),
        ("Creation-Date", "created"),
        ("Date", "date"),
        ("Approved on", "date"),
        ("Supersedes", "supersedes"),
        ("Superseded by", "superseded-by"),
        ("Replaces", "supersedes"),
        ("Version", "version"),
        ("Review cycle", "review-every"),
        ("Expires", "expires"),
        ("Authors", "author"),
        ("Context", ""),
        ("Implementation status", ""),
        ("x", ""),
        ("a" * 99, ""),
    ],
)
def test_names(name: str, field: str) -> None:
    assert field_of(name) == field


def test_front_matter() -> None:
    found = facts(
        "---\nstatus: accepted\ndecision-makers: [a b, c]\nowners:\n  - name: team\n  - x\n"
        "review: {reviewed: 2024-01-02}\n---\n# T\n"
    )
    assert only(found.get("status")) == ("accepted", 2, "front matter")
    assert only(found.get("decider")) == ("a b, c", 3, "front matter")
    assert str(found.get("owner") and found.all("owner")[0].value) == "team, x"
    assert only(found.get("reviewed"))[0] == "2024-01-02"


def test_a_placeholder_mapping_in_front_matter_is_no_value() -> None:
    found = facts("---\ndate: {YYYY-MM-DD when the decision was last updated}\n---\n# T\n")
    assert found.dated("date") is None


def test_table_in_a_quotation() -> None:
    found = facts(
        "# T\n\n>|     |     |\n>| --- | --- |\n>| Date | `05/06/2023` |\n>| Status | `RFC` |\n>| Deciders | `Us` |\n"
    )
    assert only(found.get("status")) == ("RFC", 6, "table")
    day = found.dated("date")
    assert day
    assert (day.when.kind, day.line) == (Kind.AMBIGUOUS, 5)


def test_table_with_one_row_under_names() -> None:
    found = facts("# T\n\n| Status | Date | Owner |\n|---|---|---|\n| Final | 2024-01-02 | Ops |\n")
    assert [only(found.get(name)) for name in ("status", "date", "owner")] == [
        ("Final", 5, "table"),
        ("2024-01-02", 5, "table"),
        ("Ops", 5, "table"),
    ]


def test_bullets_bold_lines_and_nested_lists() -> None:
    found = facts(
        "# T\n\n* Status: accepted\n* Deciders:\n  * one\n  * two\n"
        "- **Owner**: @team/x\n\n**Last Updated:** 5th of May 2024\n"
        "**Version**: 2 | **Reviewed**: 2024-06-07\n_Created on 2020-01-01_\n"
    )
    assert only(found.get("status")) == ("accepted", 3, "line")
    assert str(found.all("decider")[0].value) == "one, two"
    assert only(found.get("owner")) == ("@team/x", 7, "line")
    assert only(found.get("updated")) == ("5th of May 2024", 9, "line")
    assert only(found.get("version")) == ("2", 10, "line")
    assert only(found.get("reviewed")) == ("2024-06-07", 10, "line")


def test_headings_that_are_fields() -> None:
    found = facts(
        "# 1. T\n\nDate: 2020-01-02\n\n## Status\n\nAccepted\n\nSuperseded by [2](2.md)\n\n## Deciders\n\n- a\n- b\n"
    )
    assert only(found.get("date")) == ("2020-01-02", 3, "line")
    status = found.get("status")
    assert status
    assert next((str(one), one.line) for one in status.value.pieces() if one) == ("Accepted", 7)
    assert str(found.all("decider")[0].value) == "a, b"


def test_pairs_far_from_the_top_are_not_the_documents() -> None:
    found = facts("# T\n\nText.\n\n## A\n\n- Status: open\n\n## B\n\nmore\n\n### C\n\nx\n")
    assert found.get("status") is None


def test_revision_history_gives_its_newest_row() -> None:
    found = facts(
        "# T\n\nx\n\n## Revision history\n\n| Version | Date | Author | Note |\n|-|-|-|-|\n"
        "| 1 | 2020-01-02 | a | new |\n"
        "| 2 | 3 March 2021 | b | changed |\n"
    )
    assert only(found.dated("updated")) == ("3 March 2021", 10, "history")
    assert only(found.get("version")) == ("2", 10, "history")
    assert only(found.get("author")) == ("b", 10, "history")


def test_a_history_of_reviews_is_a_review() -> None:
    found = facts("# T\n\n## Review log\n\n| Date | Reviewer |\n|-|-|\n| 2021-03-04 | b |\n")
    assert only(found.dated("reviewed")) == ("2021-03-04", 7, "history")


def test_last_lines() -> None:
    found = facts("# T\n\n## A\n\ntext\n\n## B\n\ntext\n\n---\n\n*Last reviewed: November 2024*\n")
    assert only(found.get("reviewed")) == ("November 2024", 13, "end")


def test_dates_without_a_colon() -> None:
    assert only(facts("# T\n\n_Last updated on 2024-05-06 by the team_\n").get("updated"))[1:] == (3, "line")
    assert facts("# T\n\nUpdated libraries are used.\n").get("updated") is None


def test_fields_and_attributes() -> None:
    assert only(facts("Tit\n===\n\n:Status: Final\n", "x.rst").get("status")) == ("Final", 4, "attribute")
    assert only(facts("= T\nAnn Body\nv1, 2024-01-02\n", "x.adoc").dated("updated")) == ("2024-01-02", 3, "attribute")


def test_what_a_fence_shows_is_not_metadata() -> None:
    assert facts("# T\n\n```\n* Status: Accepted\n* Owner: X\n```\n").get("status", "owner") is None


def test_announced_metadata_sections_count() -> None:
    assert only(facts("# T\n\nx\n\n## Metadata\n\n| Owner | Ops |\n|-|-|\n| Stage | Draft |\n").get("owner")) == (
        "Ops",
        7,
        "table",
    )


@pytest.mark.xfail(reason="known miss: metadata that only a picture or a badge shows", strict=True)
def test_badges() -> None:
    assert facts("# T\n\n![status](https://img.shields.io/badge/status-accepted-green)\n").get("status")
