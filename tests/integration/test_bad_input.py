"""Bad input: each gives a clear message, whatever else can report still does, and nothing of the repository runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from helpers import PROJECT, SHA, Ran, command, commit, git, repository, sscop, workflow, write

A, B = ".github/workflows/a.yml", ".github/workflows/b.yml"
LOOSE = workflow("uses: o/r@v1")
FIRM = workflow(f"uses: o/r@{SHA}")
UNMET = "`o/r@v1` can change"


def check(folder: Path, *arguments: str, **environment: str) -> Ran:
    return sscop("check", "pinned-tools", *arguments, cwd=folder, **environment)


def findings(folder: Path, *arguments: str) -> list[str]:
    """`OUTCOME path:line message` of everything found."""
    found = json.loads(check(folder, "--format", "json", *arguments).out)["findings"]
    return [f"{one['outcome']} {one['path']}:{one['line']} {one['message']}" for one in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return repository(tmp_path / "repo", {A: LOOSE})


# --- git


def test_no_git(tmp_path: Path) -> None:
    write(tmp_path / "plain", {A: LOOSE})
    done = check(tmp_path / "plain")
    assert (done.code, done.err) == (1, "")
    assert "looked at 1 file (folder without git)" in done.out
    assert UNMET in done.out


@pytest.mark.parametrize("option", ["--rev", "--base"])
def test_a_revision_without_git(tmp_path: Path, option: str) -> None:
    write(tmp_path / "plain", {A: LOOSE})
    done = check(tmp_path / "plain", option, "HEAD")
    assert done.code == (3 if option == "--rev" else 1)
    assert (
        "is not in a git repository" if option == "--rev" else "there is no git here, so no base to compare with"
    ) in done.err


def test_git_is_not_installed(folder: Path, tmp_path: Path) -> None:
    done = check(folder, PATH=str(tmp_path))
    assert done.code == 3
    assert done.err == "sscop: git was not found on PATH; install git 2.31 or later\n"


def test_git_of_the_repository_is_not_run(folder: Path, tmp_path: Path) -> None:
    for name in ("git", "git.exe"):
        write(folder, {name: f"#!/bin/sh\ntouch {tmp_path / 'canary'}\n"})
        (folder / name).chmod(0o755)
    done = check(folder, PATH=os.pathsep.join([".", "", os.environ["PATH"]]))
    assert done.code == 1
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize("option", [[], ["--rev", "HEAD"]])
def test_an_empty_repository(tmp_path: Path, option: list[str]) -> None:
    done = check(repository(tmp_path / "r"), *option)
    assert done.code == 3
    assert (
        "nothing was looked at, the repository lists no files" if not option else "no commit HEAD in this repository"
    ) in done.said


def test_an_unborn_branch_with_files(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    write(folder, {A: LOOSE})
    git(folder, "add", "-A")
    done = check(folder)
    assert done.code == 1
    assert "(working tree)" in done.out
    assert UNMET in done.out


def test_an_unborn_branch_has_no_base(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    write(folder, {A: LOOSE})
    git(folder, "add", "-A")
    done = check(folder, "--base", "HEAD", "--fail-on", "new")
    assert done.code == 1
    assert done.err == "sscop: no base: no commit HEAD in this repository; every unmet finding counts\n"


def test_a_detached_head(folder: Path) -> None:
    git(folder, "checkout", "-q", "--detach")
    done = check(folder, "--base", "HEAD")
    assert done.code == 1
    assert f"(working tree at {git(folder, 'rev-parse', 'HEAD')[:10]})" in done.out


def test_dubious_ownership(folder: Path) -> None:
    done = check(folder, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert (done.code, UNMET in done.out) == (1, True), "an inherited GIT_* variable does not reach git"
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    for path in (folder, folder / ".git"):
        os.chown(path, 12345, 12345)
    done = check(folder)
    assert done.code == 3
    assert "detected dubious ownership" in done.err
    assert "if you trust it: git config --global --add safe.directory" in done.err
    assert done.out == ""


@pytest.mark.parametrize("content", ["", "gitdir: /nowhere\n", "\0"])
def test_a_broken_git_file(tmp_path: Path, content: str) -> None:
    write(tmp_path / "r", {".git": content, A: LOOSE})
    done = check(tmp_path / "r")
    assert done.code == 3
    assert done.err.startswith("sscop: ")


@pytest.mark.parametrize("broken", ["HEAD", "config", "index"])
def test_a_broken_git_folder(folder: Path, broken: str) -> None:
    (folder / ".git" / broken).write_bytes(b"\0nonsense [\n")
    done = check(folder)
    assert done.code == 3
    assert done.err.startswith("sscop: ")


def test_a_bare_repository(folder: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(folder), "bare.git")
    done = check(tmp_path / "bare.git")
    assert done.code == 3
    assert "is a bare repository" in done.err


def test_conflicts_in_the_index(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {A: FIRM, B: LOOSE})
    git(folder, "checkout", "-q", "-b", "other")
    commit(folder, {A: workflow("uses: x/y@v1")})
    git(folder, "checkout", "-q", "main")
    commit(folder, {A: workflow("uses: x/z@v1")})
    with pytest.raises(AssertionError):
        git(folder, "merge", "other")
    done = check(folder)
    assert done.code == 1
    assert "could not be read: has unresolved merge conflicts" in done.out
    assert UNMET in done.out


def test_a_sparse_checkout(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {A: LOOSE, "in/a": "1"})
    git(folder, "sparse-checkout", "set", "--no-cone", "in")
    assert not (folder / A).exists()
    done = check(folder)
    assert done.code == 1
    assert UNMET in done.out


def test_a_shallow_clone_has_no_base(folder: Path, tmp_path: Path) -> None:
    first = git(folder, "rev-parse", "HEAD")
    commit(folder, {"x": "1"})
    git(tmp_path, "clone", "-q", "--depth=1", folder.as_uri(), "clone")
    done = check(tmp_path / "clone", "--base", first, "--fail-on", "new")
    assert done.code == 1
    assert "this is a shallow clone, fetch that commit first" in done.err


def test_a_missing_object(folder: Path) -> None:
    oid = git(folder, "rev-parse", f"HEAD:{A}")
    (folder / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    done = check(folder, "--rev", "HEAD", "--fail-on", "unknown")
    assert done.code == 1
    assert "not in this clone's object store (a partial clone?)" in done.out


# --- names, links, odd files


NAMES = [
    "caf\udce9.yml",
    "new\nline.yml",
    "tab\tx.yml",
    "esc\x1b[31m.yml",
    "\u202etxt.yml",
    "::error::x.yml",
    "-x.yml",
    "*.yml",
    " .yml",
]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown", "github"])
def test_odd_names(tmp_path: Path, form: str) -> None:
    folder = repository(tmp_path / "r", {f".github/workflows/{name}": LOOSE for name in NAMES})
    for option in ([], ["--rev", "HEAD"]):
        done = check(folder, "--format", form, *option)
        assert done.code == 1
        assert done.err == ""
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out
        done.out.encode("utf-8")
        assert f"looked at {len(NAMES)} files" in done.out or form != "text"
    text = json.dumps(json.loads(done.out)) if form in ("json", "sarif") else ""
    assert not text or "caf%E9.yml" in text


def test_links(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"outside.yml": workflow("uses: secret/secret@v1"), "outside/b.yml": workflow("uses: secret/secret@v1")},
    )
    folder = repository(tmp_path / "r", {B: LOOSE})
    (folder / ".github/workflows/loop.yml").symlink_to("loop.yml")
    (folder / ".github/workflows/out.yml").symlink_to(tmp_path / "outside.yml")
    (folder / "folder").symlink_to(".")
    (folder / "Dockerfile").symlink_to("/etc/passwd")
    commit(folder)
    done = check(folder)
    assert done.code == 1
    assert UNMET in done.out
    assert "secret" not in done.said


def test_a_folder_that_became_a_link_out(tmp_path: Path) -> None:
    write(tmp_path, {"outside/c.yml": workflow("uses: secret/secret@v1")})
    folder = repository(
        tmp_path / "r", {"sub/action.yml": "runs: {using: composite, steps: []}\n", "x/action.yml": "runs: {}\n"}
    )
    shutil.rmtree(folder / "sub")
    (folder / "sub").symlink_to(tmp_path / "outside")
    (tmp_path / "outside" / "action.yml").write_text("runs: {using: composite, steps: [{uses: secret/secret@v1}]}\n")
    done = check(folder)
    assert "sub/action.yml" in done.out
    assert "lies behind a symbolic link, which is not followed" in done.out
    assert "secret" not in done.said


@pytest.mark.parametrize("root", [None, "way"])
def test_a_root_behind_a_link(folder: Path, tmp_path: Path, root: str | None) -> None:
    (tmp_path / "way").symlink_to(folder)
    done = check(tmp_path, "--root", "way") if root else check(tmp_path / "way")
    assert done.code == 1
    assert UNMET in done.out


def test_what_stands_where_a_file_was(tmp_path: Path) -> None:
    paths = [f".github/workflows/{name}.yml" for name in ("fifo", "folder", "gone", "link")]
    folder = repository(tmp_path / "r", {**dict.fromkeys(paths, LOOSE), B: LOOSE})
    for path in paths:
        (folder / path).unlink()
    os.mkfifo(folder / paths[0])
    (folder / paths[1]).mkdir()
    (folder / paths[3]).symlink_to("b.yml")
    found = findings(folder)
    assert [one for one in found if one.startswith("unknown")] == [
        f"unknown {path}:None could not be read: is not a regular file on disk"
        for path in (paths[0], paths[1], paths[3])
    ]
    assert [one for one in found if one.startswith("unmet")] == [
        f"unmet {B}:6 `o/r@v1` can change: `v1` is a tag or branch that can be moved"
    ]


# --- contents

DEEP_YAML = "a: " + "[" * 40_000 + "]" * 40_000
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi")
)
BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "deep YAML": (A, DEEP_YAML, "is nested more than 100 levels deep"),
    "deep block YAML": (A, "- " * 40_000, "is nested more than 100 levels deep"),
    "an alias bomb": (A, BOMB, "expands to more than 1,000,000 values (an alias bomb?)"),
    "a cyclic alias": (A, "jobs: &a\n  x: *a\n", "alias *a has no anchor before it, or stands inside it"),
    "a key twice": (A, "jobs: {}\njobs: {}\n", "has the key 'jobs' twice"),
    "broken YAML": (A, "jobs: [\n", "is not valid YAML"),
    "control characters": (A, "jobs: {}\nx: \x01\n", "is not valid YAML"),
    "no workflow": (A, "on: push\n", "is not a workflow: it has no `jobs`"),
    "an empty file": (A, "", "is not a workflow: it has no `jobs`"),
    "binary": (A, b"\x89PNG\0\0", "is not text"),
    "UTF-16 without a mark": (A, "jobs: {}".encode("utf-16-le"), "is not text"),
    "UTF-16 cut short": (A, b"\xff\xfej", "is not a workflow: it has no `jobs`"),
    "deep JSON": ("package.json", '{"packageManager": ' + "[" * 200_000, "is nested too deeply or too large to read"),
    "broken JSON": ("package.json", '{"packageManager": ', "is not valid JSON: Expecting value"),
    "a huge number": ("package.json", '{"packageManager": ' + "9" * 5000 + "}", "is not valid JSON: Exceeds the limit"),
    "deep JSON with comments": (".devcontainer.json", "/**/" + '{"":' * 200_000, "is nested more than 100 levels deep"),
    "broken JSON with comments": (".devcontainer.json", "{ // x", "is not valid YAML"),
    "a binary Dockerfile": ("Dockerfile", b"FROM\0", "is not text"),
    "broken compose": ("compose.yml", "a: [", "is not valid YAML"),
    "broken pre-commit": (".pre-commit-config.yaml", "a: [", "is not valid YAML"),
    "broken GitLab": (".gitlab-ci.yml", "a: [", "is not valid YAML"),
    "a broken action": ("action.yml", "a: [", "is not valid YAML"),
    "a broken lock": (".github/workflows/actions.lock", "a: [", "is not valid YAML"),
    "a Jenkinsfile": ("Jenkinsfile", "pipeline {}", "a Jenkins pipeline is a program, which this check does not read"),
    "a binary version file": (".nvmrc", b"\0", "is not text"),
}


@pytest.mark.parametrize(("path", "data", "said"), BROKEN.values(), ids=list(BROKEN))
def test_broken_files(tmp_path: Path, path: str, data: str | bytes, said: str) -> None:
    folder = repository(tmp_path / "r", {path: data, B: LOOSE})
    done = check(folder)
    assert done.code == 1
    assert f"could not be read: {said}" in done.out
    assert path in done.out
    assert UNMET in done.out


@pytest.mark.parametrize(("path", "data", "said"), BROKEN.values(), ids=list(BROKEN))
def test_broken_files_alone_are_unknown(tmp_path: Path, path: str, data: str | bytes, said: str) -> None:
    folder = repository(tmp_path / "r", {path: data})
    done = check(folder, "--fail-on", "unknown")
    assert done.code == 1
    assert said in done.out
    assert "0 unmet, 1 unknown; verdict: unknown (exit 1)" in done.out


@pytest.mark.parametrize(
    "data",
    [
        LOOSE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + LOOSE.encode(),
        LOOSE.encode("utf-16"),
        LOOSE.replace("\n", "\r\n").encode("utf-16"),
        b"\xfe\xff" + LOOSE.encode("utf-16-be"),
        b"# caf\xe9\n" + LOOSE.encode(),
    ],
    ids=["CRLF", "BOM", "UTF-16", "UTF-16 CRLF", "UTF-16-BE", "Latin-1"],
)
def test_other_encodings_are_read(tmp_path: Path, data: bytes) -> None:
    folder = repository(tmp_path / "r", {A: data})
    line = 7 if data.startswith(b"#") else 6
    assert findings(folder) == [f"unmet {A}:{line} `o/r@v1` can change: `v1` is a tag or branch that can be moved"]


def test_a_file_of_200_mb(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {A: LOOSE, B: LOOSE})
    os.truncate(folder / A, 200 * 1024 * 1024)
    done = check(folder)
    assert done.code == 1
    assert "209,715,200 bytes is over the limit of 1,048,576 for this kind of file" in done.out
    assert f"{B}:6" in done.out


def test_a_large_file_of_a_revision(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {A: b"#" * (5 << 20), B: LOOSE})
    done = check(folder, "--rev", "HEAD")
    assert done.code == 1
    assert "5,242,880 bytes is over the limit" in done.out
    assert UNMET in done.out


def test_text_of_the_repository_drives_neither_terminal_nor_runner(tmp_path: Path) -> None:
    uses = r'"o/r@v1\e[2J\n::add-mask::x\n::error::y\r\u202e"'
    folder = repository(
        tmp_path / "r",
        {A: workflow(f"uses: {uses}"), "Dockerfile": "FROM a:\x1b[31m\nADD https://x.org/\x1b]0;a\x07 /\n"},
    )
    done = check(folder)
    assert done.code == 1
    assert [char for char in done.said if not char.isprintable() and char != "\n"] == []
    assert not [line for line in done.said.split("\n") if line.lstrip().startswith("::")]


# --- configuration


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("versoin: 1\n", ".sscop.yaml:1: unknown key `versoin` in the file; did you mean `version`?"),
        ("version: 1\nchecks: {no-such-check: {}}\n", ".sscop.yaml:2: unknown key `no-such-check` in `checks`"),
        ("version: 1\nfail-on: x\n", ".sscop.yaml:2: `fail-on` can't be `x`"),
        ("a: [\n", ".sscop.yaml:2: is not valid YAML"),
        (b"\0", ".sscop.yaml:1: is not text"),
        (DEEP_YAML, ".sscop.yaml:1: is nested more than 100 levels deep"),
        (BOMB, "(an alias bomb?)"),
        ("", ".sscop.yaml:1: the file must be a mapping"),
    ],
)
def test_an_invalid_configuration(tmp_path: Path, source: str | bytes, said: str) -> None:
    done = check(repository(tmp_path / "r", {A: LOOSE, ".sscop.yaml": source}))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert all(line.startswith("sscop: .sscop.yaml:") for line in done.err.splitlines())


def test_a_configuration_with_control_characters(tmp_path: Path) -> None:
    done = check(repository(tmp_path / "r", {".sscop.yaml": 'version: 1\n"\\e[2J\\n::error::x": 1\n'}))
    assert done.code == 2
    assert [char for char in done.err if not char.isprintable() and char != "\n"] == []
    assert not [line for line in done.err.split("\n") if line.startswith("::")]


def test_an_untracked_configuration(folder: Path) -> None:
    write(folder, {".sscop.yaml": "version: 1\n"})
    done = check(folder)
    assert (done.code, done.out) == (2, "")
    assert "exists but is not tracked by git, so it does not count; run: git add .sscop.yaml" in done.err


def test_a_configuration_of_another_name(tmp_path: Path) -> None:
    done = check(repository(tmp_path / "r", {".sscop.yml": "version: 1\n"}))
    assert done.code == 2
    assert "the configuration's name is .sscop.yaml; rename it" in done.err


@pytest.mark.parametrize("glob", ["[z-a]", "[!]", "{a,b}" * 60, "[a&&b]", "**/" * 40 + "*x"])
def test_odd_exclusions(tmp_path: Path, glob: str) -> None:
    done = check(repository(tmp_path / "r", {A: LOOSE, ".sscop.yaml": f"version: 1\nscope: {{exclude: ['{glob}']}}\n"}))
    assert done.code == 1
    assert UNMET in done.out


def test_a_change_is_not_judged_by_the_configuration_that_it_brings(folder: Path) -> None:
    base = git(folder, "rev-parse", "HEAD")
    commit(folder, {".sscop.yaml": "version: 1\nfail-on: never\nscope: {exclude: ['.github/**']}\n"})
    assert check(folder).code == 0
    done = check(folder, "--base", base)
    assert done.code == 1
    assert "the configuration differs from the base's" in done.out


@pytest.mark.parametrize("before", [{".sscop.yaml": "nonsense: 1\n"}, {".sscop.yml": "version: 1\n"}])
def test_a_broken_configuration_of_the_base_can_be_mended(tmp_path: Path, before: Mapping[str, str]) -> None:
    folder = repository(tmp_path / "r", {A: FIRM, **before})
    for name in before:
        (folder / name).unlink()
    commit(folder, {".sscop.yaml": "version: 1\n"})
    assert check(folder).code == 0
    assert check(folder, "--base", "HEAD~1").code == 0


# --- usage


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check", "pined-tools"], 2, "sscop: there is no check pined-tools; did you mean pinned-tools"),
        (["check", "../../evil"], 2, "sscop: there is no check ../../evil"),
        (["check", "--rev", "nothing"], 3, "sscop: no commit nothing in this repository"),
        (["check", "--rev", "--all"], 2, "expected one argument"),
        (["check", "--rev=--all"], 3, "sscop: --all is not a revision"),
        (["check", "--rev", "HEAD:a.txt"], 3, "sscop: no commit HEAD:a.txt in this repository"),
        (["check", "--root", "none"], 3, "none: no such folder"),
        (["check", "--root", ".github/workflows/a.yml"], 3, "a.yml: no such folder"),
        (["check", "--root", ".git"], 3, "sscop: "),
        (["check", "--today", "tomorrow"], 2, "sscop: --today tomorrow: not a date of the form YYYY-MM-DD"),
        (["check", "--today", "2026-02-30"], 2, "sscop: --today 2026-02-30: not a date of the form YYYY-MM-DD"),
        (["check", "--fail-on", "always"], 2, "invalid choice"),
        (["check", "--format", "pdf"], 2, "invalid choice"),
        (["check", "--output", "a", "--output", "b"], 2, "give another --format first"),
        (["check", "pinned-tools", "--output", "none/x"], 2, "none/x: can't be written"),
        (["check", "--fail", "never"], 2, "unrecognized arguments"),
        (["explain", "nothing-like-it"], 2, "sscop: "),
        (["nothing"], 2, "invalid choice"),
        ([], 2, "required"),
    ],
)
def test_usage(folder: Path, arguments: list[str], code: int, said: str) -> None:
    done = sscop(*arguments, cwd=folder)
    assert done.code == code
    assert said in done.err
    assert done.out == ""


def test_an_unknown_base_is_said_and_everything_counts(folder: Path) -> None:
    done = check(folder, "--base", "nothing", "--fail-on", "new")
    assert done.code == 1
    assert done.err == "sscop: no base: no commit nothing in this repository; every unmet finding counts\n"
    assert "base none (no commit nothing in this repository), so all that is unmet counts" in done.out


def test_several_outputs(folder: Path) -> None:
    arguments = [
        "--format",
        "json",
        "--output",
        "a.json",
        "--format",
        "sarif",
        "--output",
        "a.sarif",
        "--format",
        "markdown",
    ]
    done = check(folder, *arguments)
    assert done.code == 1
    assert json.loads((folder / "a.json").read_text())["run"]["exit"] == 1
    assert json.loads((folder / "a.sarif").read_text())["version"] == "2.1.0"
    assert "o/r@v1" in done.out
    assert check(folder, "--output", "a.txt").out == ""
    assert UNMET in (folder / "a.txt").read_text()


def test_a_narrow_encoding(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {A: workflow("uses: o/r@v1-€"), "ü/action.yml": "x: y\n"})
    done = subprocess.run(
        [command()[0], "-I", "-X", "utf8=0", *command("check")[2:]], cwd=folder, capture_output=True, check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    )  # fmt: skip
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"mutable-action" in done.stdout


def test_a_reader_that_goes_away(folder: Path) -> None:
    read, write_end = os.pipe()
    os.close(read)
    done = subprocess.run(command("check"), cwd=folder, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'rmdir "$1"; shift; exec "$@"'
    done = Ran(
        subprocess.run(
            ["sh", "-c", script, "sh", str(gone), *command("check")], cwd=gone, capture_output=True, check=False
        )
    )
    assert done.code == 3
    assert done.err.startswith("sscop: ")


# --- a hostile repository


def _hostile(folder: Path, canary: Path) -> None:
    python = f"open({str(canary)!r}, 'a').write(__name__)\nraise SystemExit(99)\n"
    names = [
        "sscop/__init__.py", "sscop/cli.py", "sscop_hooks/__init__.py", "sscop_hooks/__main__.py", "pip/__init__.py",
        "yaml/__init__.py",
        "sitecustomize.py", "usercustomize.py", "argparse.py", "os.py", "re.py", "hashlib.py", "difflib.py",
        "json/__init__.py",
        "enum.py", "subprocess.py", "src/sscop/__init__.py", "hooks/sscop_hooks/__init__.py",
    ]  # fmt: skip
    shell = f'#!/bin/sh\necho "$0 $*" >> {canary}\ncat\n'
    evil = {
        "evil.sh": shell,
        "setup.py": python,
        "conftest.py": python,
        "a.pth": f"import os; open({str(canary)!r}, 'a')\n",
    }
    repository(
        folder,
        {**dict.fromkeys(names, python), **evil, A: LOOSE, ".gitattributes": "* filter=evil diff=evil merge=evil\n"},
    )
    program = folder / "evil.sh"
    program.chmod(0o755)
    for hook in ("post-index-change", "pre-commit", "post-checkout", "fsmonitor-watchman", "reference-transaction"):
        (folder / ".git" / "hooks").mkdir(exist_ok=True)
        shutil.copy(program, folder / ".git" / "hooks" / hook)
    lines = [
        "[core]", f"fsmonitor = {program}", f"pager = {program}", f"sshCommand = {program}", f"editor = {program}",
        f"askPass = {program}",
        f"hooksPath = {folder / '.git' / 'hooks'}", f"gitProxy = {program}", f"alternateRefsCommand = {program}",
        '[filter "evil"]', f"clean = {program}", f"smudge = {program}", f"process = {program}", "required = true",
        '[diff "evil"]', f"textconv = {program}", f"command = {program}", "[diff]", f"external = {program}",
        "[alias]", f"ls-files = !{program}", f"log = !{program}", f"rev-parse = !{program}", f"cat-file = !{program}",
        "[gpg]", f"program = {program}", "[log]", "showSignature = true", "[pager]", f"log = {program}",
        f"ls-files = {program}",
        '[remote "origin"]', "url = ssh://host.invalid/x", "promisor = true", f"uploadpack = {program}", "vcs = evil",
        "[credential]", f"helper = !{program}", "[uploadpack]", f"packObjectsHook = {program}", "[include]",
        "path = evil.inc",
    ]  # fmt: skip
    with (folder / ".git" / "config").open("a") as config:
        config.write("".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize(
    "arguments",
    [[], ["--rev", "HEAD"], ["--base", "HEAD"], ["--root", "."], ["--format", "json"], ["--format", "github"]],
)
def test_nothing_of_the_repository_runs(tmp_path: Path, arguments: list[str]) -> None:
    canary = tmp_path / "canary"
    _hostile(tmp_path / "r", canary)
    done = check(
        tmp_path / "r", *arguments, PYTHONPATH=str(tmp_path / "r"), PYTHONSTARTUP=str(tmp_path / "r" / "os.py")
    )
    assert done.code == 1
    assert "o/r@v1" in done.out
    assert not canary.exists(), canary.read_text()


def test_a_plain_module_run_is_not_how_it_is_started() -> None:
    lines = (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if "entry:" in line]
    assert entries
    assert all("python -I -m sscop_hooks" in line for line in entries)


def test_nothing_is_written_into_the_repository(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {A: LOOSE})

    def everything() -> dict[str, tuple[int, int]]:
        return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*")}

    before = everything()
    assert check(folder, "--base", "HEAD").code == 1
    assert everything() == before


def test_the_callers_git_variables_do_not_lead_elsewhere(folder: Path, tmp_path: Path) -> None:
    other = repository(tmp_path / "other", {A: FIRM})
    elsewhere = {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
    }
    assert check(folder, **elsewhere).code == 1


def _strange(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        return repository(folder / name, {A: LOOSE})

    return make


@pytest.mark.parametrize("name", ["with blank", "caf\udce9", "new\nline", "-dash", "$(touch x)"])
def test_a_repository_in_a_strange_folder(tmp_path: Path, name: str) -> None:
    folder = _strange(name)(tmp_path)
    assert check(folder).code == 1
    assert check(tmp_path, "--root", str(folder), "--format", "json").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"), [(["list"], "pinned-tools"), (["explain", "pinned-tools"], "How to fix")]
)
def test_what_needs_no_repository(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = sscop(*arguments, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert said in done.out
