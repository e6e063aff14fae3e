"""CODEOWNERS: the last rule that matches gives a path its owners, as the platform that reads the file does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import git, write
from sscop.artefacts import codeowners
from sscop.artefacts.codeowners import (
    Owners,
    Read,
    code_owners,
    github_owners,
    gitlab_owners,
    is_placeholder,
)
from sscop.artefacts.prow import Approvers, prow_owners
from sscop.model import Unread
from sscop.repository import Malformed, Repository, open_repository

TEXT = """\ufeff# who reviews
* @org/all
*.js @js/owner  # in line
/build/logs/ @doc
docs/* docs@acme.invalid
apps/ @one
/docs/secret
**/ci @org/ci
db/ @dba
model/ @org/model
"""


def _of(rules: Read, path: str) -> tuple[str, ...] | None:
    rule = Owners("CODEOWNERS", *rules).of(path)
    return rule.owners if rule else None


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("x", ("@org/all",)),
        ("src/a.js", ("@js/owner",)),
        ("build/logs/a/b.txt", ("@doc",)),
        ("deep/build/logs/b.txt", ("@org/all",)),
        ("docs/a.md", ("docs@acme.invalid",)),
        ("docs/a/b.md", ("@org/all",)),
        ("deep/apps/x/y", ("@one",)),
        ("deep/apps", ("@org/all",)),
        ("docs/secret/x", None),
        ("a/ci/x", ("@org/ci",)),
        ("db/x.sql", ("@dba",)),
        ("model/x", ("@org/model",)),
    ],
)
def test_owners_of_a_path(path: str, owners: tuple[str, ...] | None) -> None:
    assert _of(github_owners(TEXT), path) == owners
    assert _of(gitlab_owners(TEXT), path) == owners


def test_a_line_that_github_leaves_out_gives_no_owner_and_takes_none_away() -> None:
    read = github_owners("* @a\n/ci/ team @b\n!/ci/ @b\n[ci] @b\n/[c]i/ @b\n\\#x @b\n/ci/ @@maintainer\n")
    assert _of(read, "ci/x") == ("@a",)
    assert [one.line for one in read.mistakes] == [2, 3, 4, 5, 6, 7]
    assert [one.text for one in read.mistakes][:2] == ["team", "!/ci/"]


def test_sections_of_gitlab_decide_each_for_itself() -> None:
    text = "* @a\n[Code]\n/src/ @b c\n/ci/\n^[Database][2] @dba @@maintainer\ndb/\n/src/db/ @x\n[Out] @o\n*\n!/src/\n"
    read = gitlab_owners(text)
    assert _of(read, "src/x") == ("@b",)
    assert _of(read, "src/db/x") == ("@x",)
    assert _of(read, "a/db/x") == ("@o",)
    assert Owners("x", *read).last("src/q") == read.rules[-1]
    assert [(one.line, one.text) for one in read.mistakes] == [(3, "c")]
    assert _of(gitlab_owners("[Database] @dba @@maintainer\ndb/\n"), "db/x") == ("@dba", "@@maintainer")


def test_who_reads_the_file_decides_whether_it_has_sections() -> None:
    text = "[ops] @ops\n/x\n"

    def owners(files: dict[str, str]) -> bool:
        found = code_owners(Repository.of(files))
        return isinstance(found, Owners) and found.of("x") is not None

    assert not owners({".github/CODEOWNERS": text, ".gitlab-ci.yml": ""})
    assert not owners({"CODEOWNERS": text, ".github/workflows/a.yml": ""})
    assert owners({"CODEOWNERS": text, ".github/workflows/a.yml": "", ".gitlab-ci.yml": ""})
    assert owners({".gitlab/CODEOWNERS": text, ".github/workflows/a.yml": ""})
    assert owners({"docs/CODEOWNERS": text})


def test_the_first_place_counts() -> None:
    files = {"CODEOWNERS": "* @b", ".github/CODEOWNERS": "* @a", "docs/CODEOWNERS": "* @c"}
    found = code_owners(Repository.of(files))
    assert isinstance(found, Owners)
    assert found.path == ".github/CODEOWNERS"
    assert code_owners(Repository.of({"x": ""})) is None
    assert isinstance(code_owners(Repository.of({"CODEOWNERS": b"\0\1\2\3" * 99})), Unread)


def test_a_file_that_was_deleted_hides_no_other(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, {".github/CODEOWNERS": "* @a\n", "docs/CODEOWNERS": "* @b\n"})
    git(tmp_path, "add", "-A")
    (tmp_path / ".github" / "CODEOWNERS").unlink()
    found = code_owners(open_repository(str(tmp_path)))
    assert isinstance(found, Owners)
    assert (found.path, found.rules[0].owners) == ("docs/CODEOWNERS", ("@b",))


def test_no_rule_is_dropped_silently(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _of(github_owners("* @a\n" + "# x\n" * 6000 + "/ci/\n"), "ci/x") is None
    assert _of(github_owners("/ci/ " + "@org/team " * 300), "ci/x") == ("@org/team",) * 300
    monkeypatch.setattr(codeowners, "MANY", 2)
    for read in (github_owners, gitlab_owners):
        with pytest.raises(Malformed, match="more than 2 rules"):
            read("* @a\n* @a\n* @a\n")


def test_a_file_that_github_does_not_load_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codeowners, "LARGEST", 10)
    found = code_owners(Repository.of({"CODEOWNERS": "* @a\n" * 9}))
    assert isinstance(found, Unread)
    assert found.path == "CODEOWNERS"


@pytest.mark.parametrize(
    "owner",
    ["@OWNER", "@OWNER/x", "@your-org/team", "@username", "@org/team-name", "a@example.com", "@octocat"]
    + ["@Your-Username", "x@docs.example.org"],
)
def test_placeholders(owner: str) -> None:
    assert is_placeholder(owner)


@pytest.mark.parametrize(
    "owner",
    ["@my-side/all", "@team-rocket", "@user-tools/x", "@some-body", "@owner", "@org/core", "@example-inc/x"]
    + ["a@example.com.acme.invalid", "@yours/org"],
)
def test_what_may_be_a_real_owner(owner: str) -> None:
    assert not is_placeholder(owner)


def test_owners_of_prow() -> None:
    found = prow_owners(
        Repository.of({"OWNERS": "approvers: [a]\n", "x/OWNERS": "filters: {'.*': {approvers: [b]}}\n"})
    )
    assert isinstance(found, Approvers)
    assert (found.of("y/z"), found.of("x/z")) == ("OWNERS", "x/OWNERS")
    assert prow_owners(Repository.of({"OWNERS": "reviewers: [a]\n"})) is None
    assert prow_owners(Repository.of({"x/OWNERS": "approvers: [a]\n"})) is None
    for broken in ("OWNERS", "x/OWNERS"):
        assert isinstance(prow_owners(Repository.of({"OWNERS": "approvers: [a]\n", broken: "approvers: [\n"})), Unread)
    other = Repository.of({"OWNERS": "one@acme.invalid\nper-file *.py=two@acme.invalid\n: [\n"})
    assert prow_owners(other) is None


LINES = st.lists(st.sampled_from(["*", "/", "a", "b", "**", "?", " @x", "@y/z", "\n", "[s]", "!", "#", "\\", " ", "é"]))


@given(st.text(max_size=200) | LINES.map("".join), st.sampled_from([github_owners, gitlab_owners]))
def test_any_text_is_rules(text: str, read: object) -> None:
    found = read(text)  # type: ignore[operator]
    assert isinstance(found, Read)
    owners = Owners("x", *found)
    for path in ("a", "a/b.c", "b/a/b"):
        plain = [one for one in reversed(found.rules) if one.matches.match(path)]
        assert owners.last(path) == next(iter(plain), None)
        first = {one.section: one for one in reversed(plain)}
        assert (owners.of(path) is None) == (not any(one.owners for one in first.values()))
