"""The patterns of `.gitignore` and CODEOWNERS, and what they match.

Source: gitignore(5) of git 2.45 and GitHub's page on code owners, whose patterns are the same without `!` and `[ ]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from posixpath import dirname

from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository

MANY = 2000
"""Rules of one file that are read."""


class Rule(NamedTuple):
    """One line: its pattern as written, what it matches, whether it takes back what an earlier one said."""

    text: str
    path: str
    line: int
    matches: re.Pattern[str]
    negated: bool
    folders: bool
    """Whether only folders match."""


def rules(source: str, path: str) -> list[Rule]:
    """The rules of a `.gitignore` at a path, in order."""
    base = dirname(path)
    found = []
    for n, line in enumerate(source.replace("\r", "").split("\n")[:MANY], 1):
        text = re.sub(r"(?<!\\) +$", "", line.removeprefix("\ufeff"))
        if not text or text.startswith("#") or len(text) > 500:
            continue
        negated = text.startswith("!")
        pattern = text[1:] if negated else text
        bare = pattern.removesuffix("/")
        if not bare.endswith("/") and (matches := compiled(bare, base)):  # `a//` matches nothing
            found.append(Rule(text, path, n, matches, negated, pattern.endswith("/")))
    return found


@cache
def compiled(pattern: str, base: str = "") -> re.Pattern[str] | None:
    """What a pattern without a trailing slash matches: whole paths. None where it can match nothing."""
    anchored = "/" in pattern
    pattern = pattern.removeprefix("/")
    if not pattern:
        return None
    start = re.escape(f"{base}/") if base else ""
    if not anchored:
        start += "(?:.*/)?"
    out, at = [], 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("**/", at) and (at == 0 or pattern[at - 1] == "/"):
            out.append("(?:.*/)?")
            at += 3
            continue
        if pattern.startswith("**", at) and at > 0 and pattern[at - 1] == "/" and at + 2 == len(pattern):
            out.append(".+")
            at += 2
            continue
        if char == "*":
            out.append("[^/]*")
            while pattern.startswith("*", at + 1):
                at += 1
        elif char == "?":
            out.append("[^/]")
        elif char == "[" and (group := _group(pattern, at)):
            out.append(group[0])
            at = group[1]
            continue
        elif char == "\\" and at + 1 < len(pattern):
            at += 1
            out.append(re.escape(pattern[at]))
        else:
            out.append(re.escape(char))
        at += 1
    try:
        return re.compile(f"{start}{''.join(out)}\\Z", re.DOTALL)
    except re.error:
        return None


def _group(pattern: str, at: int) -> tuple[str, int] | None:
    """A bracket expression as a regular expression, and where it ends; None for a bracket that is none."""
    end = pattern.find("]", at + 2 + (pattern[at + 1 : at + 2] in "!^"))
    if end < 0:
        return None
    body = pattern[at + 1 : end]
    negated = body[:1] in "!^"
    inner = re.sub(r"[\\\[\]^&~|]", lambda match: "\\" + match[0], body[negated:])
    return (f"(?!/)[{'^' if negated else ''}{inner}]", end + 1)


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
