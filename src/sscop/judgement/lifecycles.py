"""What lines of versions mean on a day: which are supported, which differ between files, and when releases came out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sscop.artefacts.changelogs import LTS, changelogs
from sscop.artefacts.lifecycle.model import Lifecycle, Line, Source, State
from sscop.artefacts.lifecycle.words import is_rest, numbers_of, range_of
from sscop.artefacts.prose.dates import When
from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.revisions import tags

_TAG = lazily(r"(?:^|[^\d.])(\d{1,5}(?:[._]\d{1,5}){1,3})(?:[-.](?:final|ga|release|stable|lts))?$", re.IGNORECASE)
"""A tag of a release: nothing follows its version that makes it a candidate or a preview."""
_CANDIDATE = lazily(r"\d[-._]?(?:rc|alpha|beta|preview|pre|dev|snapshot|m(?=\d)|[ab](?=\d))", re.IGNORECASE)
"""A version that comes before its release."""
CODE = date(2025, 5, 7)
"""The day on which the Code was published; what ended before is history."""


def place(line: Line) -> Evidence:
    """Where a line's end is stated, or the line itself."""
    end = line.end
    return Evidence(line.path, end.line if end else line.line, date=str(end.day) if end and end.day else None)


def named(line: Line) -> str:
    """The line as people call it."""
    called = " ".join(one for one in (line.product, line.name) if one)
    return f"`{called}`" if called else "the product"


def is_current(line: Line, today: date) -> bool:
    """Whether a line is supported on a day, as far as it says so: not ended, not to come."""
    if line.state in (State.ENDED, State.COMING) or is_rest(line.name):
        return False
    if line.released and line.released > today:
        return False
    return line.state is State.SUPPORTED or line.end is None or line.end.day is None or line.end.day >= today


def is_dated(line: Line) -> bool:
    """Whether a real calendar date says when support ends."""
    return line.end is not None and line.end.day is not None


def covered(line: Line, others: Sequence[Line]) -> bool:
    """Whether another line that overlaps it has an end."""
    mine = range_of(line.name)
    if mine is None:
        return False
    return any((theirs := range_of(one.name)) and theirs.overlaps(mine) for one in others if is_dated(one))


class Difference(NamedTuple):
    """Two statements about the same versions that can't both be right, in words."""

    first: Line
    second: Line
    message: str


def differences(life: Lifecycle) -> Iterator[Difference]:
    """Ends that differ for the same name, and versions that one file supports and another one has ended."""
    sources = [one for one in life.sources if not one.template]
    for n, one in enumerate(sources):
        for other in sources[n + 1 :]:
            if one.path != other.path:
                yield from list(_between(one, other))[:3]


def _between(one: Source, other: Source) -> Iterator[Difference]:
    for mine in one.lines:
        for theirs in other.lines:
            if mine.product.lower() != theirs.product.lower():
                continue
            said = _differ(mine, theirs)
            if said:
                yield Difference(mine, theirs, said)


def _differ(mine: Line, theirs: Line) -> str:
    a, b = range_of(mine.name), range_of(theirs.name)
    if a is None or b is None or not a.overlaps(b):
        return ""
    if a == b and mine.end and theirs.end and _apart(mine.end.when, theirs.end.when):
        there = f"{theirs.end.when.text} in {theirs.path}:{theirs.line}"
        return f"{named(mine)} ends on {mine.end.when.text} here, and on {there}"
    within = a == b or (a.low is not None and b.low is None) or (b.low is not None and a.low is None)
    states = {mine.state: mine, theirs.state: theirs}
    if set(states) == {State.SUPPORTED, State.ENDED} and within and not states[State.SUPPORTED].end:
        here = "supported" if mine.state is State.SUPPORTED else "not supported"
        there = "not supported" if mine.state is State.SUPPORTED else "supported"
        return f"{named(mine)} is {here} here, and {named(theirs)} is {there} by {theirs.path}:{theirs.line}"
    return ""


def _apart(one: When, other: When) -> bool:
    """Whether two dates can't mean the same day."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.last < other.first or other.last < one.first


class Release(NamedTuple):
    """A release with its day and where that is known from; `lts`: it is called one for the long term there."""

    version: tuple[int, ...]
    name: str
    day: date
    where: Evidence
    lts: bool = False


def releases(repo: Repository) -> Sequence[Release] | None:
    """The releases with their days, by tags and change logs, oldest first; None where neither can be had."""
    found: dict[tuple[int, ...], Release] = {}
    known = tags(repo)
    for one in repo.once(changelogs):
        if one.day and not _CANDIDATE.search(one.version) and (numbers := numbers_of(one.version)):
            found[numbers] = Release(numbers, one.version, one.day, Evidence(one.path, one.line), one.lts)
    for tag in known or ():
        if (match := _TAG.search(tag.name)) and (numbers := numbers_of(match[1].replace("_", "."))):
            where = Evidence("", note=f"tag {tag.name}")
            lts = LTS.search(tag.name) is not None
            found.setdefault(numbers, Release(numbers, tag.name, tag.day, where, lts))
    if not found and known is None:
        return None
    return sorted(found.values(), key=lambda one: (one.day, one.version))
