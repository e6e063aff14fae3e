"""What commits name: issues, tickets, pull requests; bots do not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import commit, git, repository
from sscop.artefacts.commits import COUNTED, trace, traced
from sscop.repository import Change, Repository, open_repository


def _changes(*subjects: str, author: str = "A Person <a@example.org>", body: str = "") -> list[Change]:
    return [Change("0" * 40, author, subject, body) for subject in subjects]


def test_a_squash_number_is_a_pull_request_and_not_an_issue() -> None:
    found = traced(_changes("Add search (#12)", "Fix sort (#13), see #9 (#14)", "Tidy"))
    assert (found.total, found.issues, found.pulls, found.tickets) == (3, 1, 1, 0)
    assert found.example is not None
    assert found.example.subject == "Fix sort (#13), see #9 (#14)"


@pytest.mark.parametrize(
    "subject", ["See #4", "GH-4 is fixed", "fix owner/name#4", "https://example.org/a/b/issues/4", "x /-/issues/4"]
)
def test_ways_to_name_an_issue(subject: str) -> None:
    assert traced(_changes(subject)).issues == 1


@pytest.mark.parametrize("subject", ["colour #12ab", "&#39;", "a/#4x", "C# 9"])
def test_what_is_no_issue(subject: str) -> None:
    assert traced(_changes(subject)).issues == 0


def test_tickets_are_keys_that_come_three_times() -> None:
    found = traced(_changes("ABC-1 a", "[ABC-2] b", "c ABC-3", "XY-9 d", "CVE-2026-1", "CVE-2026-2", "CVE-2026-3"))
    assert found.tickets == 3
    assert found.keys == (("ABC", 3),)
    assert found.example is not None
    assert found.example.subject == "ABC-1 a"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("https://acme.atlassian.net/browse/WATER-4567", "WATER"),
        ("https://trello.com/c/AbCd/12-x", "Trello"),
        ("https://dev.azure.com/acme/shop/_workitems/edit/12", "Azure Boards"),
        ("AB#12", "Azure Boards"),
        ("https://linear.app/acme/issue/ABC-1", "Linear"),
    ],
)
def test_links_to_tickets(body: str, key: str) -> None:
    found = traced(_changes("a", "b", "c", body=body))
    assert (found.tickets, found.issues) == (3, 0)
    assert (key, 3) in found.keys


@pytest.mark.parametrize(
    "author", ["dependabot[bot] <x@y>", "Dokku Bot <x@y>", "renovate <x@y>", "jekyllbot <x@y>", "ci-bot <x@y>"]
)
def test_bots_are_left_out(author: str) -> None:
    assert traced(_changes("See #4", author=author)).total == 0


def test_people_are_not_bots_and_only_the_last_commits_count() -> None:
    assert traced(_changes("a", author="Bottomley Abbott <bott@example.org>")).total == 1
    assert traced(_changes(*["a"] * (COUNTED + 5))).total == COUNTED
    assert traced([]).example is None


def test_history_comes_from_git(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repo", {"a/x.txt": "1"})
    commit(folder, {"b/y.txt": "1"}, "Second \x1f part\n\nCloses #3")
    repo = open_repository(str(folder))
    told = repo.changes(9)
    assert told is not None
    assert next(one.subject for one in told).startswith("Second")
    assert told[0].body.endswith("Closes #3")
    assert len(told[0].commit) == 40
    part = open_repository(str(folder / "a")).changes(9)
    assert part is not None
    assert len(part) == 1
    assert trace(repo) is not None
    assert Repository.of({}).changes(9) is None
    assert trace(Repository.of({})) is None


def test_a_shallow_clone_and_an_unborn_branch_have_no_history(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repo", {"x.txt": "1"})
    commit(folder, {"x.txt": "2"}, "Second")
    git(tmp_path, "clone", "-q", "--depth=1", folder.as_uri(), "shallow")
    assert open_repository(str(tmp_path / "shallow")).changes(9) is None
    (tmp_path / "new").mkdir()
    git(tmp_path / "new", "init", "-q")
    assert open_repository(str(tmp_path / "new")).changes(9) is None
