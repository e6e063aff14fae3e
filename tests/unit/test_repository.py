"""One view of a repository, whatever holds it."""

from __future__ import annotations

import codecs
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from helpers import commit, git, repository, write
from sscop.model import Unread
from sscop.repository import LIMIT, Malformed, Repository, at_revision, history, open_repository
from sscop.repository.git import Git, GitError
from sscop.repository.sources import GONE

FILES = {"a.txt": "one\n", "sub/b.txt": "two\n", "sub/deep/c.txt": "three\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return repository(tmp_path / "repo", FILES)


def _reason(found: object) -> str:
    assert isinstance(found, Unread), found
    return found.reason


@pytest.mark.parametrize("kind", ["worktree", "commit", "memory", "folder"])
def test_the_same_view_of_every_source(tmp_path: Path, folder: Path, kind: str) -> None:
    if kind == "memory":
        repo = Repository.of(FILES)
    elif kind == "folder":
        shutil.rmtree(folder / ".git")
        repo = open_repository(str(folder))
    else:
        repo = open_repository(str(folder), "HEAD" if kind == "commit" else None)
    assert repo.facts.revision == kind
    assert len(repo) == 3
    assert repo.find("**/*.txt") == sorted(FILES)
    assert repo.find("**/*.TXT", "a.txt") == sorted(FILES)
    assert {path: repo.text(path) for path in repo.find("**")} == FILES
    assert repo.has("sub/b.txt")
    assert not repo.has("sub")
    assert not repo.has("none")
    assert not repo.untracked("a.txt")
    assert not repo.untracked("none")
    assert _reason(repo.read("none")) == "is not a tracked file"
    assert repo.parse("a.txt", str.upper) == "ONE\n"


def test_facts_of_a_working_tree(folder: Path) -> None:
    facts = open_repository(str(folder)).facts
    head = git(folder, "rev-parse", "HEAD")
    assert facts == (str(folder), "worktree", head, False, False, "", "main")
    git(folder, "checkout", "-q", "--detach")
    assert open_repository(str(folder)).facts.branch == ""


def test_facts_of_a_revision(folder: Path) -> None:
    first = git(folder, "rev-parse", "HEAD")
    commit(folder, {"d.txt": "4"})
    repo = open_repository(str(folder), "HEAD~1")
    assert (repo.facts.revision, repo.facts.commit) == ("commit", first)
    assert repo.find("**") == sorted(FILES)
    assert open_repository(str(folder), "main").find("d.txt") == ["d.txt"]


def test_a_tag_is_a_revision(folder: Path) -> None:
    git(folder, "tag", "-a", "v1", "-m", "v1")
    assert open_repository(str(folder), "v1").facts.commit == git(folder, "rev-parse", "HEAD")


def test_facts_of_a_plain_folder(tmp_path: Path) -> None:
    write(tmp_path / "plain", FILES)
    repo = open_repository(str(tmp_path / "plain"))
    assert repo.facts == (str(tmp_path / "plain"), "folder", None, None, None, "", "")
    assert repo.dirty() is None
    assert repo.last_change("a.txt") is None
    assert repo.submodules() == {}
    with pytest.raises(GitError, match="there is no git here"):
        at_revision(repo, "HEAD")
    with pytest.raises(GitError, match="is not in a git repository, so it has no revision HEAD"):
        open_repository(str(tmp_path / "plain"), "HEAD")


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="no such folder"):
        open_repository(str(tmp_path / "none"))


def test_the_whole_repository_around_the_working_directory(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.chdir(folder / "sub")
    repo = open_repository()
    assert (repo.facts.root, repo.facts.prefix, len(repo)) == (str(folder), "", 3)


@pytest.mark.parametrize("revision", [None, "HEAD"])
def test_a_folder_of_a_repository(folder: Path, revision: str | None) -> None:
    repo = open_repository(str(folder / "sub"), revision)
    assert repo.facts.prefix == "sub/"
    assert repo.find("**") == ["b.txt", "deep/c.txt"]
    assert repo.text("b.txt") == "two\n"
    assert repo.last_change("b.txt") == (date(2026, 3, 1), git(folder, "rev-parse", "HEAD"))
    base = at_revision(repo, "HEAD")
    assert base.find("**") == ["b.txt", "deep/c.txt"]
    assert base.text("deep/c.txt") == "three\n"


def test_a_folder_whose_name_holds_a_line_end(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"we\nird/a": "1"})
    repo = open_repository(str(folder / "we\nird"))
    assert repo.facts.prefix == "we\nird/"
    assert repo.facts.commit == git(folder, "rev-parse", "HEAD")
    assert repo.facts.shallow is False
    assert repo.find("**") == ["a"]


def test_odd_names(tmp_path: Path) -> None:
    names = ["caf\udce9.md", "new\nline.md", 'quote".md', "tab\tx.md", "ü.md"]
    folder = repository(tmp_path / "r", dict.fromkeys(names, "x"))
    for repo in (open_repository(str(folder)), open_repository(str(folder), "HEAD")):
        assert repo.find("**/*.md") == sorted(names)
        assert [repo.text(name) for name in names] == ["x"] * 5
        assert [repo.last_change(name) is not None for name in names] == [True] * 5
        assert repo.last_changes(names) == {name: repo.last_change(name) for name in names}


def test_an_unborn_branch(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    repo = open_repository(str(folder))
    assert (repo.facts.commit, repo.facts.shallow, len(repo)) == (None, False, 0)
    assert repo.last_change("a") is None
    write(folder, {"a": "1"})
    git(folder, "add", "a")
    assert open_repository(str(folder)).find("**") == ["a"]
    with pytest.raises(GitError, match=r"no commit HEAD in this repository$"):
        open_repository(str(folder), "HEAD")


def test_a_detached_head(folder: Path) -> None:
    git(folder, "checkout", "-q", "--detach")
    repo = open_repository(str(folder))
    assert (repo.facts.commit, len(repo)) == (git(folder, "rev-parse", "HEAD"), 3)


def test_a_shallow_clone(tmp_path: Path, folder: Path) -> None:
    first = git(folder, "rev-parse", "HEAD")
    commit(folder, {"a.txt": "changed\n"})
    git(tmp_path, "clone", "-q", "--depth=1", folder.as_uri(), "clone")
    repo = open_repository(str(tmp_path / "clone"))
    assert repo.facts.shallow is True
    assert repo.text("a.txt") == "changed\n"
    assert repo.last_change("a.txt") is None
    with pytest.raises(GitError, match=f"no commit {first} in this repository; this is a shallow clone, fetch"):
        at_revision(repo, first)


@pytest.mark.parametrize(("name", "value"), [("core.repositoryformatversion", "99"), ("core.bare", "no such thing")])
def test_a_repository_that_git_refuses(folder: Path, name: str, value: str) -> None:
    git(folder, "config", name, value)
    with pytest.raises(GitError):
        open_repository(str(folder))


def test_a_working_tree_that_is_said_to_be_elsewhere_is_not_looked_at(folder: Path) -> None:
    git(folder, "config", "core.worktree", "/")
    assert open_repository(str(folder)).find("**") == []


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "r", {"a": "1", "closed/b": "1"})
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    repo = open_repository(str(tmp_path / "r"))
    assert repo.find("**") == ["a"]
    assert repo.not_counted == {"closed/": "could not be listed (Permission denied)"}


@pytest.mark.parametrize("content", ["", "gitdir: nowhere\n", "nonsense\n", "\0\udcff"])
def test_a_broken_git_file(tmp_path: Path, content: str) -> None:
    write(tmp_path / "r", {".git": content, "a": "1"})
    with pytest.raises(GitError):
        open_repository(str(tmp_path / "r"))


def test_a_git_link_to_nowhere_is_no_plain_folder(tmp_path: Path) -> None:
    write(tmp_path / "r", {"a": "1"})
    (tmp_path / "r" / ".git").symlink_to("nowhere")
    with pytest.raises(GitError):
        open_repository(str(tmp_path / "r"))


def test_a_bare_repository_is_no_plain_folder(tmp_path: Path, folder: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(folder), "bare.git")
    with pytest.raises(GitError):
        open_repository(str(tmp_path / "bare.git"))


def test_the_index_is_what_counts(folder: Path) -> None:
    write(folder, {"new.txt": "x", "staged.txt": "x"})
    git(folder, "add", "staged.txt")
    (folder / "a.txt").unlink()
    repo = open_repository(str(folder))
    assert repo.find("*.txt") == ["a.txt", "staged.txt"]
    assert repo.untracked("new.txt")
    assert not repo.untracked("staged.txt")
    problem = repo.read("a.txt")
    assert _reason(problem) == GONE
    assert isinstance(problem, Unread)
    assert repo.gone(problem)
    assert not repo.gone(Unread("a.txt", "is not text"))


def test_links_and_submodules_are_no_files(tmp_path: Path, folder: Path) -> None:
    other = repository(tmp_path / "other", {"inner.txt": "x"})
    git(folder, "submodule", "--quiet", "add", str(other), "mods/one")
    (folder / "link.txt").symlink_to("a.txt")
    commit(folder)
    for repo in (open_repository(str(folder)), open_repository(str(folder), "HEAD")):
        assert repo.find("**") == [".gitmodules", *sorted(FILES)]
        assert repo.submodules() == {"mods/one": git(other, "rev-parse", "HEAD")}
        assert not repo.has("link.txt")
        assert not repo.untracked("link.txt")
        assert not repo.has("mods/one")
        assert not repo.has("mods/one/inner.txt")


def test_excluded_files_are_not_found(folder: Path) -> None:
    repo = open_repository(str(folder))
    repo.excluding(["sub/deep/**", "[z-a]"])
    assert repo.find("**") == ["a.txt", "sub/b.txt"]
    repo.excluding([])
    assert len(repo.find("**")) == 3


def test_dirty_is_what_was_read_and_differs(folder: Path) -> None:
    write(folder, {"a.txt": "changed\n"})
    repo = open_repository(str(folder))
    repo.read("sub/b.txt")
    assert repo.dirty() is False
    repo.read("a.txt")
    assert repo.dirty() is True
    assert at_revision(repo, "HEAD").dirty() is False


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_line_ends_alone_are_not_dirty(tmp_path: Path, object_format: str) -> None:
    folder = tmp_path / "r"
    folder.mkdir()
    git(folder, "init", "-q", f"--object-format={object_format}")
    commit(folder, {"a": "x\ny\n"})
    write(folder, {"a": "x\r\ny\r\n"})
    repo = open_repository(str(folder))
    assert repo.text("a") == "x\ny\n"
    assert repo.dirty() is False


def test_what_could_not_be_read_is_not_dirty(folder: Path) -> None:
    (folder / "a.txt").unlink()
    repo = open_repository(str(folder))
    repo.read("a.txt")
    assert repo.dirty() is False


def test_last_change(folder: Path) -> None:
    first = git(folder, "rev-parse", "HEAD")
    second = commit(folder, {"sub/b.txt": "2\n"}, GIT_COMMITTER_DATE="2026-05-04T23:59:59+0000")
    repo = open_repository(str(folder))
    assert repo.last_change("a.txt") == (date(2026, 3, 1), first)
    assert repo.last_change("sub/b.txt") == (date(2026, 5, 4), second)
    assert repo.last_change("never.txt") is None
    assert open_repository(str(folder), first).last_change("sub/b.txt") == (date(2026, 3, 1), first)


@pytest.mark.parametrize("name", ["a*.md", "a[b].md", ":(top)x.md", ":!x.md", "-x.md", "a?.md"])
def test_last_change_of_a_name_that_looks_like_a_pattern(tmp_path: Path, name: str) -> None:
    folder = repository(tmp_path / "r", {name: "1"})
    first = git(folder, "rev-parse", "HEAD")
    commit(folder, {"ab.md": "1", "x.md": "1"})
    found = open_repository(str(folder)).last_change(name)
    assert found is not None
    assert found[1] == first


@pytest.mark.parametrize("most", [1, 24_000])
def test_the_last_changes_of_many_files(folder: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    names = ["sub/b.txt", "sub/c*.txt", "sub/d.txt", "sub/e.txt"]
    commit(folder, dict.fromkeys(names, "2\n"), GIT_COMMITTER_DATE="2026-05-04T12:00:00+0000")
    git(folder, "checkout", "-q", "-b", "side")
    commit(folder, {"sub/d.txt": "3\n", "sub/e.txt": "side\n"}, GIT_COMMITTER_DATE="2026-05-05T12:00:00+0000")
    git(folder, "checkout", "-q", "-")
    commit(folder, {"sub/b.txt": "3\n", "sub/e.txt": "main\n"}, GIT_COMMITTER_DATE="2026-05-06T12:00:00+0000")
    git(folder, "merge", "-q", "-X", "ours", "side", "-m", "m")
    (folder / "sub" / "e.txt").write_text("both\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--amend", "-m", "merged", "--date=2026-05-07T12:00:00+0000")
    monkeypatch.setattr(history, "ARGUMENTS", most)
    for repo, prefix in ((open_repository(str(folder)), "sub/"), (open_repository(str(folder / "sub")), "")):
        paths = [prefix + one.removeprefix("sub/") for one in names]
        assert repo.last_changes([*paths, "never.txt"]) == {path: repo.last_change(path) for path in paths}


def test_the_last_changes_are_one_walk_however_many_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"many/{n}.txt" for n in range(60)]
    commit(folder, dict.fromkeys(names, "1\n"))
    repo = open_repository(str(folder))
    started: list[tuple[str, ...]] = []
    start = Git.start

    def counted(self: Git, *arguments: str, **more: int) -> subprocess.Popen[bytes]:
        started.append(arguments)
        return start(self, *arguments, **more)

    monkeypatch.setattr(Git, "start", counted)
    assert set(repo.last_changes(names)) == set(names)
    assert len(started) == 1
    repo.last_change(names[0])
    repo.last_change(names[0])
    assert len(started) == 2


def test_without_history_there_are_no_last_changes() -> None:
    assert Repository.of({"a": "1"}).last_changes(["a"]) == {}


def test_a_base_shares_what_is_equal(folder: Path) -> None:
    commit(folder, {"a.txt": "changed\n"})
    head = open_repository(str(folder))
    base = at_revision(head, "HEAD~1")
    seen: list[str] = []

    def reader(text: str) -> str:
        seen.append(text)
        return text.upper()

    for path in FILES:
        head.parse(path, reader)
    assert [base.parse(path, reader) for path in FILES] == ["ONE\n", "TWO\n", "THREE\n"]
    assert seen == ["changed\n", "two\n", "three\n", "one\n"]


def test_a_base_does_not_share_what_changed_on_disk(folder: Path) -> None:
    write(folder, {"a.txt": "on disk\n"})
    head = open_repository(str(folder))
    assert head.text("a.txt") == "on disk\n"
    assert at_revision(head, "HEAD").text("a.txt") == "one\n"


def test_a_base_does_not_share_a_failure_on_disk(folder: Path) -> None:
    (folder / "a.txt").unlink()
    head = open_repository(str(folder))
    assert _reason(head.read("a.txt")) == GONE
    assert at_revision(head, "HEAD").text("a.txt") == "one\n"


def test_a_base_of_a_revision_shares_too(folder: Path) -> None:
    commit(folder, {"new": "1"})
    head = open_repository(str(folder), "HEAD")
    base = at_revision(head, "HEAD~1")
    head.read("a.txt")
    assert base.read("a.txt") is head.read("a.txt")
    assert base.read("sub/b.txt") == b"two\n"
    assert _reason(base.read("new")) == "is not a tracked file"


def test_each_reader_reads_once() -> None:
    repo = Repository.of({"a": "x", "b": "x"})
    seen: list[str] = []

    def one(text: str) -> str:
        seen.append("one")
        return text

    def two(text: str) -> str:
        seen.append("two")
        return text

    for reader in (one, two, one, two):
        assert repo.parse("a", reader) == "x"
    assert repo.parse("b", one) == "x"
    assert seen == ["one", "two", "one"]


def test_readers_without_a_name_of_their_own_are_told_apart() -> None:
    repo = Repository.of({"a": "x"})
    assert [repo.parse("a", reader) for reader in (lambda text: text * 2, lambda text: text * 3)] == ["xx", "xxx"]


def _raise(error: BaseException) -> object:
    raise error


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (Malformed("is odd", 3), Unread("a", "is odd", 3)),
        (Malformed("is odd"), Unread("a", "is odd", None)),
        (RecursionError(), Unread("a", "is nested too deeply or too large to read")),
        (MemoryError(), Unread("a", "is nested too deeply or too large to read")),
    ],
)
def test_what_a_reader_cannot_read(error: Exception, wanted: Unread) -> None:
    repo = Repository.of({"a": ""})
    assert repo.parse("a", lambda text: _raise(error)) == wanted
    assert repo.parse("a", lambda text: _raise(error)) == wanted


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a\0b", "is not text"),
        (b"x" * (LIMIT + 1), "1,048,577 bytes is over the limit of 1,048,576 for this kind of file"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    repo = Repository.of({"a": data})
    assert _reason(repo.text("a")) == reason
    assert _reason(repo.parse("a", str.upper)) == reason


def test_utf_16_is_text() -> None:
    assert Repository.of({"a": codecs.BOM_UTF16_LE + "é".encode("utf-16-le")}).text("a") == "é"


def test_a_readers_own_limit_counts_whoever_read_before() -> None:
    repo = Repository.of({"a": "12345"})
    assert _reason(repo.read("a", 4)) == "5 bytes is over the limit of 4 for this kind of file"
    assert repo.read("a", 5) == b"12345"
    assert _reason(repo.read("a", 4)) == "5 bytes is over the limit of 4 for this kind of file"


def test_unread_becomes_a_finding() -> None:
    found = Unread("a", "is odd", 3).finding()
    assert (found.outcome.value, found.code, found.path, found.line) == ("unknown", "unreadable", "a", 3)
    assert found.message == "could not be read: is odd"
