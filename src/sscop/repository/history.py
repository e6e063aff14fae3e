"""The last change of each of many files, by one walk through the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sscop.lazy import lazily
from sscop.repository.git import Git

_COMMIT = lazily(rb"\x1e(\d{4}-\d\d-\d\d) ([0-9a-f]{40,64})")
ARGUMENTS = 24_000
"""Bytes of paths that one command is given; beyond, Windows refuses it."""


def last_changes(git: Git, commit: str, prefix: str, paths: Iterable[str]) -> dict[str, tuple[date, str]]:
    """The date and commit of the last change of each file that a commit's history knows.

    It ends with the oldest of them. Where a merge kept one side's file and dropped the other's change, that change may
    be the one that is told. `prefix` is the root's own path in its repository.
    """
    found: dict[str, tuple[date, str]] = {}
    for part in _parts(paths):
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


def _parts(paths: Iterable[str]) -> Iterator[list[str]]:
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
