"""The patterns of `.gitignore` and CODEOWNERS, and what they match.

Source: gitignore(5) of git 2.45 and GitHub's page on code owners, whose patterns are the same without `!` and `[ ]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from posixpath import dirname
from typing import Union

from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.globs import is_named

MANY = 20_000
"""Lines of one file that are read."""
LONG = 4096
"""Characters of a pattern; a longer one matches no path that there can be."""


class Wild(NamedTuple):
    """A name with `?` or `[ ]`: between its stars, how many characters each part has and what they may be."""

    parts: tuple[tuple[int, re.Pattern[str]], ...]

    def match(self, name: str) -> bool:
        """Whether the whole name matches: each part in order, the first and last at the ends."""
        (width, first), *middle = self.parts
        if not middle:
            return len(name) == width and first.match(name) is not None
        size, last = middle.pop()
        at, end = width, len(name) - size
        if end < at or not first.match(name) or not last.match(name, end):
            return False
        for _, part in middle:  # the first place that fits leaves the most for those that follow
            found = part.search(name, at, end)
            if not found:
                return False
            at = found.end()
        return True


Folder = Union["tuple[str, ...]", Wild, None]
"""The name of a folder or file in a pattern: the texts between its stars, or None for `**`, any number of folders."""


class Pattern(NamedTuple):
    """What a pattern matches, folder by folder.

    No place is tried twice between two `**`, so that the time is at most the pattern's length times the path's.
    """

    folders: tuple[Folder, ...]

    def match(self, path: str) -> bool:
        """Whether the whole path matches."""
        folders, names = self.folders, path.split("/")
        at = n = start = 0
        again = -1
        while n < len(names):
            wanted = folders[at] if at < len(folders) else ()
            if wanted is None:
                at += 1
                if at == len(folders):
                    return True
                again, start = at, n
            elif wanted and (wanted.match(names[n]) if isinstance(wanted, Wild) else is_named(names[n], wanted)):
                at, n = at + 1, n + 1
            elif again < 0:
                return False
            else:  # what follows `**` begins one folder further on
                start += 1
                at, n = again, start
        return all(one is None for one in folders[at:])

    def names(self) -> list[str]:
        """The names of folders and files that whatever matches has."""
        return [
            one[0] for one in self.folders if isinstance(one, tuple) and not isinstance(one, Wild) and len(one) == 1
        ]

    def below(self, itself: bool = True) -> Pattern:
        """The pattern of all that lies below, and, with `itself`, of what matches this one too."""
        return Pattern((*self.folders, *(() if itself else (_ANY,)), None))


_ANY = ("", "")


class Rule(NamedTuple):
    """One line: its pattern as written, what it matches, whether it takes back what an earlier one said."""

    text: str
    path: str
    line: int
    matches: Pattern
    negated: bool
    folders: bool
    """Whether only folders match."""


def rules(source: str, path: str) -> list[Rule]:
    """The rules of a `.gitignore` at a path, in order."""
    base = dirname(path)
    found = []
    for n, line in enumerate(source.replace("\r", "").split("\n")[:MANY], 1):
        line = line.removeprefix("\ufeff")
        text = line.rstrip(" ")
        text += " " if text.endswith("\\") and text != line else ""
        if not text or text.startswith("#") or len(text) > LONG:
            continue
        negated = text.startswith("!")
        pattern = text[1:] if negated else text
        bare = pattern.removesuffix("/")
        if not bare.endswith("/") and (matches := compiled(bare, base)):  # `a//` matches nothing
            found.append(Rule(text, path, n, matches, negated, pattern.endswith("/")))
    return found


@cache
def compiled(pattern: str, base: str = "") -> Pattern | None:
    """What a pattern without a trailing slash matches: whole paths. None where it can match nothing."""
    folders: list[Folder] = [(name,) for name in base.split("/")] if base else []
    folders += [] if "/" in pattern else [None]
    pattern = pattern.removeprefix("/")
    if not pattern or len(pattern) > LONG:
        return None
    at = 0
    while at <= len(pattern):
        if pattern.startswith("**/", at):
            folders += [None] if folders[-1:] != [None] else []
            at += 3
        elif at and pattern[at:] == "**":
            folders += [_ANY, None]
            break
        else:
            try:
                name, at = _name(pattern, at)
            except re.error:
                return None
            folders.append(name)
    return Pattern(tuple(folders))


def _name(pattern: str, at: int) -> tuple[Folder, int]:
    """The name that begins at a place of a pattern, and the place after the `/` that ends it.

    Raises re.error for a bracket expression such as `[z-a]`.
    """
    parts: list[list[tuple[str, str]]] = [[]]  # of each character its text, and what it stands for if not for that
    while at < len(pattern) and pattern[at] != "/":
        char, meant = pattern[at], ""
        at += 1
        if char == "*":
            while pattern.startswith("*", at):
                at += 1
            parts.append([])
            continue
        if char == "?":
            meant = "."
        elif char == "[" and (group := _group(pattern, at - 1)):
            meant, at = group
        elif char == "\\" and at < len(pattern):
            if pattern[at] == "/":
                break
            char = pattern[at]
            at += 1
        parts[-1].append((char, meant))
    if any(meant for part in parts for _, meant in part):
        patterns = ("".join(meant or re.escape(char) for char, meant in part) for part in parts)
        sized = tuple((len(part), re.compile(one, re.DOTALL)) for part, one in zip(parts, patterns, strict=True))
        return Wild(sized), at + 1
    return tuple("".join(char for char, _ in part) for part in parts), at + 1


def _group(pattern: str, at: int) -> tuple[str, int] | None:
    """A bracket expression as a regular expression, and where it ends; None for a bracket that is none."""
    end = pattern.find("]", at + 2 + (pattern[at + 1 : at + 2] in "!^"))
    if end < 0:
        return None
    body = pattern[at + 1 : end]
    negated = body[:1] in "!^"
    inner = re.sub(r"[\\\[\]^&~|]", lambda match: "\\" + match[0], body[negated:])
    return f"[{'^' if negated else ''}{inner}]", end + 1


def ignore_rules(repo: Repository) -> list[Rule]:
    """The rules of all `.gitignore` files, those of outer folders first; for `Repository.once`."""
    found: list[Rule] = []
    for path in sorted(repo.find("**/.gitignore"), key=lambda one: (one.count("/"), one)):
        text = repo.text(path)
        if not isinstance(text, Unread):
            found += rules(text, path)
    return found


def ignored_by(path: str, among: Sequence[Rule]) -> Rule | None:
    """The rule by which git ignores a path (a file's); None where it does not.

    What lies in an ignored folder can't be taken back.
    """
    parts = path.split("/")
    for n in range(1, len(parts) + 1):
        part, folder = "/".join(parts[:n]), n < len(parts)
        last = next((one for one in reversed(among) if (folder or not one.folders) and one.matches.match(part)), None)
        if last and not last.negated:
            return last
    return None
