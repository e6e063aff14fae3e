"""What the history says of files: the last change of each of many, by one walk, and the lines that a commit changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sscop.lazy import lazily
from sscop.repository.git import Git

_COMMIT = lazily(rb"\x1e(\d{4}-\d\d-\d\d) ([0-9a-f]{40,64})")
_REMOTE = lazily(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]{1,200}@)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?::\d{1,5})?/"
    r"|(?:[\w.-]{1,60}@)(?P<host2>[\w-]+(?:\.[\w-]+)+):/?)(?P<path>[\w.~/+-]{1,300}?)(?:\.git)?/?"
)
ARGUMENTS = 24_000
"""Bytes of paths that one command is given; beyond, Windows refuses it."""


def committed(day: str) -> date:
    """The day of a commit as git writes it; the nearest that there is for one before the year 1 or after 9999."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return date.min if day.startswith("-") else date.max


def last_changes(git: Git, commit: str, prefix: str, paths: Iterable[str]) -> dict[str, tuple[date, str]]:
    """The date and commit of the last change of each file that a commit's history knows.

    It ends with the oldest of them. Where a merge kept one side's file and dropped the other's change, that change may
    be the one that is told. `prefix` is the root's own path in its repository.
    """
    found: dict[str, tuple[date, str]] = {}
    for part in parts(paths):
        named = {(prefix + path).encode("utf-8", "surrogateescape"): path for path in part}
        process = git.start(
            "log", "-z", "-c", "--no-renames", "--name-only", "--format=%x1e%cs %H", commit, "--", *part
        )
        assert process.stdout is not None
        change = (date.min, "")
        for token in _tokens(process.stdout):
            if told := _COMMIT.fullmatch(token):
                change = (date.fromisoformat(told[1].decode()), told[2].decode())
            elif (path := named.pop(token, None) or named.pop(token.removeprefix(b"\n"), None)) is not None:
                found[path] = change
                if not named:
                    break
        process.kill()
        process.communicate()
    return found


def changed_lines(git: Git, commit: str, prefix: str, paths: Iterable[str]) -> dict[str, tuple[list[str], list[str]]]:
    """The lines that a commit took away and put in, of each of some files or below folders.

    Of a merge they are those that it brought into the branch.
    """
    options = (
        "--format=",
        "-m",
        "--first-parent",
        "-U0",
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--no-color",
        "-z",
        "--patch",
    )
    asked = ("show", *options, "--src-prefix=a/", "--dst-prefix=b/", commit, "--")
    out = b"".join(git.run(*asked, *part) for part in parts(paths))
    found: dict[str, tuple[list[str], list[str]]] = {}
    change: tuple[list[str], list[str]] = ([], [])
    body = False
    for line in out.decode("utf-8", "surrogateescape").split("\n"):
        if line.startswith("diff --git "):
            change, body = ([], []), False
            both = line[len("diff --git a/") :]  # the same path twice, as nothing is taken for renamed
            path = both[(len(both) + len(" b/")) // 2 :]
            found[path.removeprefix(prefix)] = change
        elif line.startswith("@@"):
            body = True
        elif body and line[:1] in ("-", "+"):
            change[line[0] == "+"].append(line[1:])
    return found


def web_address(remote: str) -> str:
    """The https address that a git remote is read at, without a user's name or password; "" for a path or a pipe."""
    found = _REMOTE.fullmatch(remote)
    return f"https://{found['host'] or found['host2']}/{found['path']}" if found else ""


def parts(paths: Iterable[str]) -> Iterator[list[str]]:
    """The paths in lists that one command can be given."""
    part: list[str] = []
    size = 0
    for path in paths:
        if part and size + 3 * len(path) > ARGUMENTS:
            yield part
            part, size = [], 0
        part.append(path)
        size += 3 * len(path)  # what one character may take in UTF-8, but for rare ones
    if part:
        yield part


def _tokens(stream: object) -> Iterator[bytes]:
    """What stands between NULs, as it comes."""
    rest = b""
    while data := stream.read1(1 << 16):  # type: ignore[attr-defined]
        *whole, rest = (rest + data).split(b"\0")
        yield from whole
    yield rest
