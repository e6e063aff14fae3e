"""What a source reads, and what it refuses to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers import SHA, commit, git, repository
from sscop.repository import open_repository
from sscop.repository.listing import Entry, Listing
from sscop.repository.sources import GONE, Folder, Memory, Source, walk

LINKED = "lies behind a symbolic link, which is not followed"
OVER = "5 bytes is over the limit of 4 for this kind of file"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder `root` with everything that may stand where a file was listed, beside a secret."""
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "file").write_bytes(b"secret")
    (root / "file").write_bytes(b"12345")
    (root / "folder" / "file").write_bytes(b"inside")
    (root / "empty").write_bytes(b"")
    (root / "link").symlink_to("file")
    (root / "link-out").symlink_to(tmp_path / "secret" / "file")
    (root / "loop").symlink_to("loop")
    (root / "folder-link").symlink_to("folder")
    (root / "folder-out").symlink_to(tmp_path / "secret")
    (root / "folder-loop").symlink_to(".")
    os.mkfifo(root / "fifo")
    return root


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("file", b"12345"),
        ("folder/file", b"inside"),
        ("empty", b""),
        ("none", GONE),
        ("none/file", GONE),
        ("file/below", GONE),
        ("folder", "is not a regular file on disk"),
        ("link", "is not a regular file on disk"),
        ("link-out", "is not a regular file on disk"),
        ("loop", "is not a regular file on disk"),
        ("fifo", "is not a regular file on disk"),
        ("folder-link/file", LINKED),
        ("folder-out/file", LINKED),
        ("folder-loop/file", LINKED),
        ("folder/../../secret/file", LINKED),
        ("../secret/file", LINKED),
        ("nul\0", "could not be opened (embedded null byte)"),
        ("x" * 300, "could not be opened (File name too long)"),
    ],
)
def test_working_tree(root: Path, path: str, wanted: bytes | str) -> None:
    assert Folder(str(root), Listing.of([path])).read(Entry(path), 100) == wanted


@pytest.mark.parametrize(("limit", "wanted"), [(5, b"12345"), (4, OVER)])
def test_limit(root: Path, limit: int, wanted: bytes | str) -> None:
    sources: list[Source] = [Folder(str(root), Listing.of(["file"])), Memory({"file": "12345"})]
    assert [source.read(Entry("file"), limit) for source in sources] == [wanted, wanted]


def test_a_root_behind_a_link_is_the_users_wish(tmp_path: Path, root: Path) -> None:
    (tmp_path / "way").symlink_to(root)
    source = Folder(str(tmp_path / "way"), Listing.of(["folder/file"]))
    assert source.read(Entry("folder/file"), 100) == b"inside"


def test_a_link_put_there_between_looking_and_opening(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "lstat", os.stat)
    found = Folder(str(root), Listing.of(["link-out"])).read(Entry("link-out"), 100)
    assert isinstance(found, str)
    assert found.startswith("could not be opened (")


def test_a_file_that_may_not_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert Folder(str(root), Listing.of(["file"])).read(Entry("file"), 9) == "could not be opened (Permission denied)"


def test_a_file_that_grows_stays_within_the_limit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.lstat(root / "empty")
    monkeypatch.setattr(os, "lstat", lambda path: before)
    assert Folder(str(root), Listing.of(["file"])).read(Entry("file"), 4) == b"1234"


def test_a_conflict_is_not_read(root: Path) -> None:
    reason = Folder(str(root), Listing.of(["file"])).read(Entry("file", conflict=True), 100)
    assert reason == "has unresolved merge conflicts"


@pytest.mark.parametrize("path", ["file", "link", "link-out", "loop", "folder", "fifo"])
def test_present(root: Path, path: str) -> None:
    assert Folder(str(root), Listing(b"")).present(path)


@pytest.mark.parametrize("path", ["none", "File2", "folder/none"])
def test_absent(root: Path, path: str) -> None:
    assert not Folder(str(root), Listing(b"")).present(path)


def test_memory_present() -> None:
    assert Memory({"a": ""}).present("a")
    assert not Memory({"a": ""}).present("b")


def test_walk_neither_lists_nor_enters_links(root: Path) -> None:
    assert [entry.path for entry in walk(str(root))[0].entries()] == ["empty", "file", "folder/file"]


def test_walk_keeps_odd_names(tmp_path: Path) -> None:
    for name in (b"caf\xe9", b"new\nline", b"tab\tname"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(name)
    repo = open_repository(str(tmp_path))
    assert repo.find("**") == ["caf\udce9", "new\nline", "tab\tname"]
    assert [repo.read(path) for path in repo.find("**")] == [b"caf\xe9", b"new\nline", b"tab\tname"]


def test_sparse_entries_come_from_the_object_store(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"in/a": "here\n", "out/b": "there\n"})
    git(folder, "sparse-checkout", "set", "--no-cone", "in")
    repo = open_repository(str(folder))
    assert not (folder / "out" / "b").exists()
    assert repo.facts.sparse is True
    assert repo.read("out/b") == b"there\n"
    assert repo.read("in/a") == b"here\n"
    assert repo.find("**") == ["in/a", "out/b"]


def test_conflicts_of_a_merge(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"a": "base\n", "b": "b\n"})
    git(folder, "checkout", "-q", "-b", "other")
    commit(folder, {"a": "other\n"})
    git(folder, "checkout", "-q", "main")
    commit(folder, {"a": "main\n"})
    with pytest.raises(AssertionError):
        git(folder, "merge", "other")
    repo = open_repository(str(folder))
    assert repo.find("**") == ["a", "b"]
    problem = repo.read("a")
    assert getattr(problem, "reason", "") == "has unresolved merge conflicts"
    assert repo.read("b") == b"b\n"


def test_a_missing_object(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"a": "x\n"})
    git(folder, "update-index", "--add", "--cacheinfo", f"100644,{SHA},gone")
    git(folder, "update-index", "--skip-worktree", "gone")
    problem = open_repository(str(folder)).read("gone")
    assert getattr(problem, "reason", "") == "not in this clone's object store (a partial clone?)"
