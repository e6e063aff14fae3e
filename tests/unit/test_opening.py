"""Opening a repository whose names are unlucky, and what its commits changed."""

from __future__ import annotations

from pathlib import Path

from helpers import commit, git, repository
from sscop.artefacts import pipelines
from sscop.repository import Repository, open_repository


def test_a_tag_called_head(tmp_path: Path) -> None:
    at = repository(tmp_path / "r", {"a": "1"})
    name = commit(at, {"a": "2"})
    git(at, "tag", "HEAD")
    facts = open_repository(str(at)).facts
    assert (facts.commit, facts.shallow, facts.prefix) == (name, False, "")
    git(tmp_path, "clone", "-q", "--depth=1", at.as_uri(), "s")
    git(tmp_path / "s", "tag", "-f", "HEAD")
    facts = open_repository(str(tmp_path / "s")).facts
    assert (facts.commit, facts.shallow) == (name, True)


def test_the_lines_of_a_file_with_an_unlucky_name_and_of_a_merge(tmp_path: Path) -> None:
    at = repository(tmp_path / "r", {"docs/a b/x.md": "one\n", "y.md": "one\n"})
    git(at, "checkout", "-q", "-b", "side")
    commit(at, {"docs/a b/x.md": "two\n"})
    git(at, "checkout", "-q", "main")
    commit(at, {"y.md": "two\n"})
    git(at, "merge", "-q", "--no-ff", "side", "-m", "merge")
    repo = open_repository(str(at))
    assert repo.facts.commit
    assert repo.changed_lines(repo.facts.commit, "docs", "y.md") == {"docs/a b/x.md": (["one"], ["two"])}


def test_pipelines_that_run_more_than_is_looked_at_are_unread() -> None:
    steps = "".join("      - run: ./all.sh\n" for _ in range(30))
    files = {
        ".github/workflows/c.yml": f"on: push\njobs:\n  t:\n    runs-on: x\n    steps:\n{steps}",
        "all.sh": "#!/bin/sh\n" + "pytest\n" * 2500,
    }
    found = pipelines.activities(Repository.of(files))
    assert len(found.found) <= pipelines.MOST + 2500
    assert any("more than 50,000 commands" in one.reason for one in found.unread)
