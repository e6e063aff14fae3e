"""TOML as plain values, and beside it the lines of its tables and keys, which the standard reader does not tell.

Source: TOML 1.0.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import Any

from sscop.lazy import lazily
from sscop.repository import Malformed

_KEY = r"""(?:[A-Za-z0-9_-]{1,200}|"(?:[^"\\\n]|\\.){0,200}"|'[^'\n]{0,200}')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY}){{0,20}}"
_TABLE = lazily(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_PAIR = lazily(rf"[ \t]*({_DOTTED})[ \t]*=[ \t]*(.*)")
_ONE_KEY = lazily(_KEY)
_STRINGS = lazily(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]')
_DEEP = lazily(r"(?:[\w-]{1,50}[ \t]{0,4}\.[ \t]{0,4}){200}")
_OPENING = ("[", "]", "{", "}", '"""', "'''")
_LINE = re.compile(r"at line (\d+)")


def load(text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises Malformed, with the line where the parser tells it."""
    if sys.version_info >= (3, 11):
        import tomllib as reader
    else:
        import tomli as reader
    if _DEEP.search(text):  # the parser takes quadratic time for such a key
        raise Malformed("has a key of more than 200 parts")
    try:
        values: dict[str, Any] = reader.loads(text)
    except RecursionError:
        raise Malformed("is nested too deeply to read") from None
    except ValueError as error:  # of the parser, and of Python for numbers and dates that it can't hold
        told = str(error).split("\n")[0][:200]
        line = _LINE.search(told)
        raise Malformed(f"is not valid TOML: {told}", int(line[1]) if line else None) from None
    return values


class Lines:
    """Where the tables and keys of a TOML text stand, by one pass over its lines.

    A path is the names from the root. The tables of an array (`[[package]]`) have their number in the path:
    `("package", "0", "name")`.
    """

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")
        self._at: dict[tuple[str, ...], int] = {}
        self._starts: list[int] = []
        self._scan()

    def at(self, *path: str) -> int | None:
        """The line of a table or key: of itself, else of the nearest thing around it that has one."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._at:
                return self._at[path[:length]]
        return None

    def of(self, word: str, *path: str, after: int = 0) -> int | None:
        """The line of a text (an item of a list, a key of an inline table) inside what stands at a path.

        It is looked for from the line `after` on: for the items of a list in turn, give the one before.
        """
        start = self.at(*path)
        if start is None:
            return None
        following = bisect_right(self._starts, max(start, after))
        last = self._starts[following] - 1 if following < len(self._starts) else len(self._text)
        return next((n for n in range(max(start, after), last + 1) if word in self._text[n - 1]), max(start, after))

    def _scan(self) -> None:
        table: tuple[str, ...] = ()
        counts: dict[tuple[str, ...], int] = {}
        closing, depth = "", 0  # of a string of several lines, of brackets still open
        for number, line in enumerate(self._text, 1):
            if not closing and not depth:
                head = _TABLE.match(line)
                pair = None if head else _PAIR.match(line)
                if head:
                    table = self._numbered(_names(head[2]), head[1] == "[[", counts)
                    self._at.setdefault(table, number)
                    self._starts.append(number)
                    continue
                if not pair:
                    continue
                self._starts.append(number)
                path = table + _names(pair[1])
                for length in range(len(table) + 1, len(path) + 1):
                    self._at.setdefault(path[:length], number)
                line = pair[2]
            closing, depth = _left_open(line, closing, depth)

    @staticmethod
    def _numbered(names: tuple[str, ...], is_array: bool, counts: dict[tuple[str, ...], int]) -> tuple[str, ...]:
        """A table's path with the numbers of the arrays of tables that it is in."""
        path: tuple[str, ...] = ()
        for n, name in enumerate(names, 1):
            path += (name,)
            if n == len(names) and is_array:
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path += (str(counts[path]),)
        return path


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(key.strip("\"'") for key in _ONE_KEY.findall(dotted))


def _left_open(line: str, closing: str, depth: int) -> tuple[str, int]:
    """What a line leaves open: the quotes that end a string of several lines, and how many brackets."""
    if not closing and not any(mark in line for mark in _OPENING):
        return closing, depth
    at = 0
    while at < len(line):
        if closing:
            end = line.find(closing, at)
            if end < 0:
                return closing, depth
            at, closing = end + 3, ""
            continue
        found = _STRINGS.search(line, at)
        if not found:
            break
        at = found.end()
        if found[0] in ('"""', "'''"):
            closing = found[0]
        elif found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth = max(0, depth - 1)
    return closing, depth
