"""The one way to git: by its absolute path, in a clean environment, with the scanned repository's hooks into it off.

A repository's own configuration can name programs for git to run (`core.fsmonitor` ran at `ls-files` when tried),
and the caller's `GIT_*` variables can point somewhere else. Neither reaches the commands started here, and no
command used here runs clean or smudge filters (so no `status`, `diff` or `ls-files -m`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

_HARDENED = (
    *("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", "-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),  # with it, `git log` runs the repository's `gpg.program`
)


class GitError(Exception):
    """Git is missing, refused, or failed; the text says what to do."""


@cache
def executable() -> str:
    """Git's absolute path, from absolute entries of PATH only: never from the working directory.

    Raises GitError when there is none.
    """
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise GitError("git was not found on PATH; install git 2.31 or later")


class Git:
    """Git for one folder. `root` is an absolute path; every command runs there."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.environment = environment(root)

    def start(self, *arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a command; its output is read by the caller."""
        return subprocess.Popen(
            [executable(), *_HARDENED, *arguments],
            cwd=self.root,
            env=self.environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str) -> bytes:
        """The output of a command. Raises GitError with git's own first line when it fails."""
        return finish(self.start(*arguments))

    def ignores(self, path: str) -> bool:
        """Whether a file on disk, that is not tracked, is one that `git add` passes over without `-f`."""
        return bool(self.run("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", path))


def finish(process: subprocess.Popen[bytes]) -> bytes:
    """Wait for a started command (blocking, without a time-out: those poll) and return its output."""
    out, err = process.communicate()
    if process.returncode:
        raise GitError(complaint(err))
    return out


def complaint(err: bytes) -> str:
    """What git said, in one line, with what to do where git says it in many."""
    text = err.decode("utf-8", "replace").strip()
    first = text.split("\n", 1)[0].removeprefix("fatal: ") or "git failed without saying why"
    if "dubious ownership" in text:
        return f"{first}; if you trust it: git config --global --add safe.directory <that folder>"
    return first


def environment(root: str) -> dict[str, str]:
    """The caller's environment without `GIT_*`, but for an index file that belongs to this repository.

    Git sets GIT_INDEX_FILE for hooks when a commit names paths: the index to look at is then not `.git/index`.
    """
    inherited = os.environ
    clean = {name: value for name, value in inherited.items() if not name.startswith("GIT_")}
    clean |= {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    clean |= {"GIT_LITERAL_PATHSPECS": "1", "GIT_NO_REPLACE_OBJECTS": "1"}
    index = inherited.get("GIT_INDEX_FILE")
    if index:
        # Git gives it relative to the top of the working tree, which is where it runs hooks.
        found = git_root(root)
        index = os.path.realpath(os.path.join(found[0], index)) if found else ""
        if found and is_within(index, found[1]):
            clean["GIT_INDEX_FILE"] = index
    return clean


def git_root(folder: str) -> tuple[str, str] | None:
    """The nearest folder upward that has a `.git`, and the git folder that this is or names; None without one.

    Reads at most the one-line `.git` file of a linked worktree (gitrepository-layout(5)).
    """
    folder = os.path.realpath(folder)
    while True:
        dotgit = os.path.join(folder, ".git")
        if os.path.isdir(dotgit):
            return folder, os.path.realpath(dotgit)
        if os.path.lexists(dotgit):
            return folder, _linked(folder, dotgit)
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _linked(folder: str, dotgit: str) -> str:
    """The git folder that a `.git` file names; empty when it names none."""
    try:
        with open(dotgit, "rb") as file:
            line = file.read(4096).decode("utf-8", "surrogateescape").strip()
        return os.path.realpath(os.path.join(folder, line.removeprefix("gitdir:").strip()))
    except (OSError, ValueError):
        return ""


def is_within(path: str, folder: str) -> bool:
    """Whether an absolute real path lies in (or is) an absolute real folder."""
    return bool(folder) and (path == folder or path.startswith(folder.rstrip(os.sep) + os.sep))


class Objects:
    """Object contents by name, through one `git cat-file --batch`, one request at a time.

    Writing all requests before reading deadlocks once both pipes are full.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, oid: str, limit: int) -> bytes | str:
        """The contents of a blob, or in words why they can't be had."""
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch", stdin=subprocess.PIPE)
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(oid.encode() + b"\n")
            stdin.flush()
        except OSError:
            return "git cat-file ended early"
        header = stdout.readline().split()
        if len(header) != 3:
            return "not in this clone's object store (a partial clone?)" if header else "git cat-file ended early"
        size = int(header[2])
        if size > limit:
            while size > 0:
                size -= len(stdout.read(min(size, 1 << 20))) or size
            stdout.read(1)
            return too_large(int(header[2]), limit)
        contents = stdout.read(size)
        stdout.read(1)
        return contents

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


def too_large(size: int, limit: int) -> str:
    """The reason for not reading a file over its format's limit."""
    return f"{size:,} bytes is over the limit of {limit:,} for this kind of file"
