"""Where texts say that requirements are kept, and products that merely work with such systems."""

from __future__ import annotations

import pytest

from sscop.artefacts.trackers import trackers
from sscop.repository import Repository


def _names(text: str | bytes, path: str = "CONTRIBUTING.md") -> list[str]:
    return [one.name for one in trackers(Repository.of({path: text}))]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Our backlog is kept in Jira.", "Jira"),
        ("Requirements are tickets in our Jira project ABC.", "Jira"),
        ("Pick a Trello card from the top.", "Trello"),
        ("Requirements are managed with [Azure DevOps](https://x).", "Azure DevOps"),
        ("See https://acme.atlassian.net/jira/software/projects/ABC/boards/1", "Jira"),
        ("https://dev.azure.com/acme/shop/_boards/board", "Azure Boards"),
        ("The roadmap: https://github.com/orgs/acme/projects/3", "a GitHub project"),
        ("https://gitlab.com/acme/shop/-/boards/1", "GitLab boards"),
        ("https://www.pivotaltracker.com/n/projects/1", "Pivotal Tracker"),
        ("https://trello.com/b/abc/shop", "Trello"),
        ("Stories are tracked in Notion", "Notion"),
        ("Feature requests go to the issue tracker.", "the issue tracker"),
        ("We use GitHub issues for bugs and new ideas", "the issue tracker"),
    ],
)
def test_said_in_a_guide(line: str, name: str) -> None:
    assert _names(f"# Guide\n\n{line}\n") == [name]


@pytest.mark.parametrize(
    "line",
    [
        "A Jira integration for issues in Jira.",
        "Supports import of tickets from Trello.",
        "The Jira server is slow.",
        "```\nOur backlog is kept in Jira.\n```",
        "A linear search over issues",
        "Jira",
        "The project is stored in a folder.",
    ],
)
def test_not_said(line: str) -> None:
    assert _names(f"# Guide\n\n{line}\n") == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Jira: ABC-1", "Jira"),
        ("Closes #", "the issue tracker"),
        ("## Related issue", "the issue tracker"),
        ("- [ ] Links to the issue are there", "the issue tracker"),
        ("Fixes <!-- number -->", "the issue tracker"),
    ],
)
def test_a_template_of_pull_requests_says_more(line: str, name: str) -> None:
    assert _names(f"{line}\n", ".github/PULL_REQUEST_TEMPLATE.md") == [name]
    assert _names(f"{line}\n", "CONTRIBUTING.md") == []


def test_only_guides_are_read_and_each_place_is_named_once() -> None:
    said = "Our backlog is kept in Jira.\n\nOur stories are kept in Jira.\n"
    (found,) = trackers(Repository.of({"README.md": said, "docs/api.md": said, "examples/README.md": said}))
    assert (found.path, found.line, found.text) == ("README.md", 1, "Our backlog is kept in Jira.")
    assert _names(said, "docs/api.md") == []
    assert _names(b"\xff\xfe\x00jira" * 9) == []
    assert _names(said + "x" * 300_000) == []
