"""The way to git: which program, in which environment, and what it may not run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import commit, git, repository
from sscop.repository import at_revision, open_repository
from sscop.repository.git import Git, GitError, Objects, complaint, environment, executable, git_root, is_within


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget which git was found, before and after."""
    executable.cache_clear()
    yield
    executable.cache_clear()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repository(tmp_path / "repo", {"a.txt": "one\n", "sub/b.txt": "two\n"})


def _program(folder: Path, mode: int = 0o755) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "git"
    path.write_text("#!/bin/sh\nexit 7\n")
    path.chmod(mode)
    return path


@pytest.mark.usefixtures("fresh")
def test_git_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wanted = _program(tmp_path / "bin")
    _program(tmp_path / "cwd")
    _program(tmp_path / "cwd" / "tools")
    _program(tmp_path / "plain", 0o644)
    (tmp_path / "folder" / "git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "cwd")
    entries = [
        "",
        ".",
        "tools",
        str(tmp_path / "none"),
        str(tmp_path / "plain"),
        str(tmp_path / "folder"),
        str(wanted.parent),
    ]
    monkeypatch.setenv("PATH", os.pathsep.join(entries))
    assert executable() == str(wanted)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("path", ["", ".", "tools", ".:tools:./tools"])
def test_git_is_not_taken_from_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    _program(tmp_path)
    _program(tmp_path / "tools")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path)
    with pytest.raises(GitError, match="git was not found on PATH"):
        executable()


@pytest.mark.parametrize(
    "name",
    [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_PARAMETERS",
        "GIT_EXEC_PATH",
        "GIT_EXTERNAL_DIFF",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
        "GIT_SSH_COMMAND",
        "GIT_PREFIX",
        "GIT_ASKPASS",
        "GIT_CEILING_DIRECTORIES",
        "GIT_REPLACE_REF_BASE",
        "GIT_PAGER",
        "GIT_TRACE",
    ],
)
def test_inherited_variables_are_dropped(monkeypatch: pytest.MonkeyPatch, repo: Path, name: str) -> None:
    monkeypatch.setenv(name, str(repo))
    assert name not in environment(str(repo))


def test_what_git_is_told(repo: Path) -> None:
    given = environment(str(repo))
    wanted = {
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }
    assert {name: given.get(name) for name in wanted} == wanted
    assert given["PATH"] == os.environ["PATH"]
    assert given["HOME"] == os.environ["HOME"]


@pytest.mark.parametrize(
    ("index", "kept"),
    [
        (".git/next-index-1.lock", True),
        (".git/index", True),
        ("{repo}/.git/other", True),
        (".git/../elsewhere", False),
        ("a.txt", False),
        ("/somewhere/else/index", False),
        ("{other}/.git/index", False),
        (".git-not/index", False),
        ("", False),
    ],
)
def test_index_file_only_inside_the_git_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, repo: Path, index: str, kept: bool
) -> None:
    other = repository(tmp_path / "other")
    monkeypatch.setenv("GIT_INDEX_FILE", index.format(repo=repo, other=other))
    given = environment(str(repo)).get("GIT_INDEX_FILE")
    assert given == (os.path.realpath(repo / index.format(repo=repo)) if kept else None)


def test_index_file_behind_a_link_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, repo: Path) -> None:
    (tmp_path / "outside").write_bytes(b"")
    (repo / ".git" / "link").symlink_to(tmp_path / "outside")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/link")
    assert "GIT_INDEX_FILE" not in environment(str(repo))


def test_index_file_of_a_linked_worktree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, repo: Path) -> None:
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"))
    index = repo / ".git" / "worktrees" / "linked" / "index"
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    assert environment(str(tmp_path / "linked"))["GIT_INDEX_FILE"] == os.path.realpath(index)


def test_the_commit_that_names_paths_is_looked_at(monkeypatch: pytest.MonkeyPatch, repo: Path) -> None:
    git(repo, "update-index", "--add", "--cacheinfo", f"100644,{git(repo, 'rev-parse', 'HEAD:a.txt')},only.txt",
        GIT_INDEX_FILE=".git/next-index")  # fmt: skip
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index")
    assert open_repository(str(repo)).find("**") == ["only.txt"]


def test_git_dir_of_another_repository_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, repo: Path
) -> None:
    other = repository(tmp_path / "other", {"other.txt": "x"})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert open_repository(str(repo)).find("**") == ["a.txt", "sub/b.txt"]


def test_git_root(tmp_path: Path, repo: Path) -> None:
    inside = (str(repo), str(repo / ".git"))
    assert git_root(str(repo)) == git_root(str(repo / "sub")) == inside
    (tmp_path / "link").symlink_to(repo / "sub")
    assert git_root(str(tmp_path / "link")) == inside
    assert git_root(str(tmp_path)) is None


def test_git_root_of_a_linked_worktree(tmp_path: Path, repo: Path) -> None:
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"))
    assert git_root(str(tmp_path / "linked")) == (str(tmp_path / "linked"), str(repo / ".git" / "worktrees" / "linked"))


@pytest.mark.parametrize(
    ("path", "folder", "wanted"),
    [
        ("/a/b", "/a", True),
        ("/a", "/a", True),
        ("/ab", "/a", False),
        ("/", "/a", False),
        ("/a", "/", True),
        ("/a", "", False),
    ],
)
def test_is_within(path: str, folder: str, wanted: bool) -> None:
    assert is_within(path, folder) is wanted


@pytest.mark.parametrize(
    ("err", "wanted"),
    [
        (b"fatal: bad revision 'x'\nhint: more\n", "bad revision 'x'"),
        (b"error: plain\n", "error: plain"),
        (b"", "git failed without saying why"),
        (b"fatal: \xff\n", "\ufffd"),
        (
            b"fatal: detected dubious ownership in repository at '/x'\nTo add an exception\n",
            (
                "detected dubious ownership in repository at '/x'; if you trust it: git config --global --add "
                "safe.directory <that folder>"
            ),
        ),
    ],
)
def test_complaint(err: bytes, wanted: str) -> None:
    assert complaint(err) == wanted


def test_failure_is_an_error(repo: Path) -> None:
    with pytest.raises(GitError, match="unknown revision"):
        Git(str(repo)).run("rev-parse", "nothing-like-it")


@pytest.mark.parametrize("revision", ["-", "--all", "--output=/tmp/x", "-x"])
def test_a_revision_is_no_option(repo: Path, revision: str) -> None:
    with pytest.raises(GitError, match="is not a revision"):
        open_repository(str(repo), revision)
    with pytest.raises(GitError, match="is not a revision"):
        at_revision(open_repository(str(repo)), revision)


@pytest.mark.parametrize(
    "revision", ["nothing", "HEAD:a.txt", "HEAD~9", "HEAD^{tree}", "a b", "0" * 40, ":/nothing", "", "\udcff"]
)
def test_an_unknown_revision(repo: Path, revision: str) -> None:
    with pytest.raises(GitError, match="no commit"):
        at_revision(open_repository(str(repo)), revision)


@pytest.mark.parametrize("size", [0, 1, 70_000, 3 << 20])
def test_objects(repo: Path, size: int) -> None:
    objects = Objects(Git(str(repo)))
    big = git(repo, "hash-object", "-w", "--stdin", stdin=b"x" * size)
    small = git(repo, "rev-parse", "HEAD:a.txt")
    assert objects.read(small, 100) == b"one\n"
    assert objects.read(big, size) == b"x" * size
    if size:
        reason = objects.read(big, size - 1)
        assert reason == f"{size:,} bytes is over the limit of {size - 1:,} for this kind of file"
    assert objects.read("1" * 40, 100) == "not in this clone's object store (a partial clone?)"
    assert objects.read(small, 100) == b"one\n"
    objects.close()
    assert objects.read(small, 100) == b"one\n"
    objects.close()
    objects.close()


def test_objects_when_git_ends(repo: Path) -> None:
    objects = Objects(Git(str(repo)))
    small = git(repo, "rev-parse", "HEAD:a.txt")
    assert objects.read(small, 100) == b"one\n"
    process = objects._process
    assert process is not None
    process.kill()
    process.wait()
    assert objects.read(small, 100) == "git cat-file ended early"


def test_objects_of_a_broken_store(repo: Path) -> None:
    oid = git(repo, "rev-parse", "HEAD:a.txt")
    path = repo / ".git" / "objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    path.write_bytes(b"not zlib")
    objects = Objects(Git(str(repo)))
    reason = objects.read(oid, 100)
    assert isinstance(reason, str)
    assert reason in ("git cat-file ended early", "not in this clone's object store (a partial clone?)")
    objects.close()


def test_nothing_of_the_scanned_configuration_runs(repo: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0" >> {canary}\ncat\n')
    program.chmod(0o755)
    (repo / ".gitattributes").write_text("* filter=evil diff=evil\n")
    commit(repo, {"c.txt": "three\n"})
    for key in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.alternateRefsCommand", "core.askPass",
        "core.gitProxy", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv",
        "diff.evil.command", "diff.external", "gpg.program", "pager.log", "pager.ls-files",
        "uploadpack.packObjectsHook",
    ):  # fmt: skip
        git(repo, "config", key, str(program))
    for key, value in (
        ("alias.ls-files", f"!{program}"), ("alias.log", f"!{program}"), ("log.showSignature", "true"),
        ("core.hooksPath", str(tmp_path)), ("extensions.partialClone", "origin"), ("core.repositoryFormatVersion", "1"),
        ("remote.origin.promisor", "true"), ("remote.origin.url", "ssh://host.invalid/x"),
    ):  # fmt: skip
        git(repo, "config", key, value)
    signed = git(repo, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\n", 1
    )
    name = git(repo, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.encode())
    (repo / ".git" / "refs" / "heads" / "main").write_text(f"{name}\n")
    found = open_repository(str(repo))
    assert found.read("c.txt") == b"three\n"
    assert found.last_change("c.txt") is not None
    assert found.dirty() is False
    base = at_revision(found, "HEAD")
    assert base.read("a.txt") == b"one\n"
    missing = Objects(Git(str(repo)))
    assert missing.read("1" * 40, 10) == "not in this clone's object store (a partial clone?)"
    missing.close()
    assert not canary.exists(), canary.read_text()


def test_replaced_objects_are_not_believed(repo: Path) -> None:
    old, new = git(repo, "rev-parse", "HEAD:a.txt"), git(repo, "hash-object", "-w", "--stdin", stdin=b"replaced")
    git(repo, "replace", old, new)
    assert open_repository(str(repo), "HEAD").read("a.txt") == b"one\n"
