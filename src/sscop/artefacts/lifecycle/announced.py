"""When the end of a line was first published: the first commit after which its file stated that end, or an earlier one.

The file's earlier texts are read by the same readers as today's, so a table that was moved or written anew keeps its
day; renames are followed. A text that was another file before is as old as this one.
"""

from __future__ import annotations

import re
from datetime import date

from sscop.artefacts.lifecycle.gathered import lines_of
from sscop.artefacts.lifecycle.model import Line
from sscop.artefacts.lifecycle.names import names
from sscop.artefacts.lifecycle.words import numbers_of, plain
from sscop.lazy import NamedTuple
from sscop.repository import LIMIT, Repository
from sscop.repository.revisions import Past, Revision, revisions

MANY = 400
"""Commits of a file that are looked through."""


class Announced(NamedTuple):
    """The day, and the commit that it is known from: "" for a declared day, or for what is not committed yet."""

    day: date
    commit: str = ""
    declared: bool = False


class History:
    """The earlier texts of the files of one repository, each read once."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._past = Past(repo)
        self._revisions: dict[str, list[Revision] | None] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._lines: dict[tuple[str, str], list[Line]] = {}

    def announced(self, line: Line, today: date) -> Announced | None:
        """When a line's end was first published; None where nothing here can tell."""
        if line.announced is not None:
            return Announced(line.announced, declared=True)
        if line.path not in self._revisions:
            found = revisions(self._repo, line.path)
            self._revisions[line.path] = found and found[:MANY]
        known = self._revisions[line.path]
        if not known:
            return Announced(today) if known is not None and self._repo.git else None
        if not self._states(known[0], line):  # in the working tree, and in no commit yet
            return None if self._past.text(known[0], LIMIT) == self._repo.text(line.path) else Announced(today)
        low, high = 0, len(known) - 1  # newest first: `low` states it
        if self._states(known[high], line):
            return Announced(known[high].day, known[high].commit)
        while high - low > 1:
            middle = (low + high) // 2
            if self._states(known[middle], line):
                low = middle
            else:
                high = middle
        return Announced(known[low].day, known[low].commit)

    def _states(self, revision: Revision, line: Line) -> bool:
        """Whether the file then gave the line this end or an earlier one."""
        key = (revision.commit, revision.path)
        if key not in self._texts:
            self._texts[key] = self._past.text(revision, LIMIT) or ""
        number = re.search(r"\d+(?:\.\d+)*", line.name)
        if number and number[0] not in self._texts[key]:
            return False
        if key not in self._lines:
            self._lines[key] = lines_of(self._texts[key], revision.path, self._repo.once(names))
        wanted = line.end.day if line.end else None
        for one in self._lines[key]:
            if one.end and one.end.day and wanted and one.end.day <= wanted and _same(one, line):
                return True
        return False


def _same(one: Line, other: Line) -> bool:
    if one.product.lower() != other.product.lower():
        return False
    mine, theirs = numbers_of(one.name), numbers_of(other.name)
    return mine == theirs if mine or theirs else plain(one.name).lower() == plain(other.name).lower()
