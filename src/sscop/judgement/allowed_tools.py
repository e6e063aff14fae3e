"""What is used held against a tool policy: allowed, in another version, not on the list, or not to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Generic, TypeVar

from sscop.artefacts.tool_policy import Entry, Environment
from sscop.artefacts.tools_in_use import Use
from sscop.lazy import NamedTuple, lazily

T = TypeVar("T")

_NUMBERS = lazily(r"\d+(?:\.\d+)*\Z")
_LEAD = lazily(r"(?:refs/tags/|[=v]+(?=\d))")
_VERSIONED = {"action", "hook", "include"}
"""Kinds whose patterns may have a version after `@`, as GitHub's own settings have."""
_BELOW = {"action", "registry", "image"}
"""Kinds of which what lies below a name (`owner/name/init`) is meant too."""


class Answer(Enum):
    """What a policy says of a use."""

    ALLOWED = "allowed"
    OTHER_VERSION = "on the list, in another version"
    UNLISTED = "not on the list"
    UNTOLD = "not to be told"


class Held(NamedTuple):
    """A use, what the policy says of it, and the entries and environments that name it (by the line they are on)."""

    use: Use
    answer: Answer
    by: tuple[Entry | Environment, ...]


def held(uses: Iterable[Use], tools: Sequence[Entry], environments: Sequence[Environment]) -> list[Held]:
    """Each use held against the entries and environments of the policies."""
    named = ((one, str(pattern)) for one in tools for pattern in one.patterns)
    listed = _Index((one.kind, _bare(one.kind, pattern), (one, pattern)) for one, pattern in named)
    places = _Index(
        (kind, label, one)
        for one in environments
        for kind, labels in (("runner", one.labels), ("image", one.images))
        for label in labels
    )
    return [_held(one, listed, places) for one in uses]


class _Index(Generic[T]):
    """What patterns stand for, found by how the patterns begin: not every use is held against every entry."""

    def __init__(self, patterns: Iterable[tuple[str, str, T]]) -> None:
        self._by: dict[tuple[str, str], list[tuple[int, str, str, T]]] = {}
        self._sizes: dict[str, set[int]] = {}
        for n, (kind, pattern, meant) in enumerate(patterns):
            parts = pattern.lower().split("*")
            self._by.setdefault((kind, parts[0]), []).append((n, max(parts, key=len), pattern, meant))
            self._sizes.setdefault(kind, set()).add(len(parts[0]))

    def about(self, kind: str, name: str) -> Iterator[tuple[int, str, T]]:
        """Number, pattern and meaning of those of a kind that may match a name, or a part of it; in no order."""
        name = name.lower()
        for size in self._sizes.get(kind, ()):
            for n, part, pattern, meant in self._by.get((kind, name[:size]), ()):
                if part in name:
                    yield n, pattern, meant


def _held(use: Use, listed: _Index[tuple[Entry, str]], places: _Index[Environment]) -> Held:
    inside = _in_environments(use, places)
    if inside:
        return Held(use, Answer.ALLOWED, inside)
    named = _named(use, listed)
    by = tuple(dict.fromkeys(one for one, _ in named))
    if not by:
        return Held(use, Answer.UNTOLD if use.untold else Answer.UNLISTED, ())
    answers = [_version(one, pattern, use) for one, pattern in named]
    for answer in (Answer.ALLOWED, Answer.UNTOLD):
        if answer in answers:
            return Held(use, answer, by)
    return Held(use, Answer.OTHER_VERSION, by)


def _in_environments(use: Use, places: _Index[Environment]) -> tuple[Environment, ...]:
    found = {
        n: place
        for name in (use.name, use.said.split("@")[0])
        for n, pattern, place in places.about(use.kind, name)
        if _matches(pattern, name)
    }
    return tuple(dict.fromkeys(found[n] for n in sorted(found)))


def _named(use: Use, listed: _Index[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    """The entries and patterns that name what is used, whatever its version, in the order of the policies."""
    asked = [(use.kind, use.name)]
    if use.kind == "image":
        asked += [("image", use.registry), ("registry", use.registry)]
    found = {
        n: entry
        for kind, name in asked
        for n, pattern, entry in listed.about(kind, name)
        if (_below(pattern, name) if kind in _BELOW else _matches(pattern, name))
    }
    return [found[n] for n in sorted(found)]


def _bare(kind: str, pattern: str) -> str:
    """An entry's pattern without its version."""
    if kind == "registry":
        return pattern.rstrip("/")
    if kind == "image":
        from sscop.artefacts.images import name as short

        return pattern if "*" in pattern else short(pattern)
    return pattern.split("@")[0] if kind in _VERSIONED else pattern


def _below(pattern: str, name: str) -> bool:
    return _matches(pattern, name) or _matches(f"{pattern}/*", name)


def _version(entry: Entry, pattern: str, use: Use) -> Answer:
    """Whether the version or digest that is used is one of an entry's."""
    asked = [pattern.partition("@")[2]] if entry.kind in _VERSIONED and "@" in pattern else []
    if entry.kind == "image" and "*" not in pattern:
        from sscop.artefacts.images import split

        asked = [one for one in (split(pattern)[1],) if one]
    versions = [*entry.versions, *asked]
    if not versions and not entry.digests:
        return Answer.ALLOWED
    if use.digest and any(use.digest == one.lower() for one in (*entry.digests, *versions)):
        return Answer.ALLOWED
    if any(_is(wanted, use.version) for wanted in versions):
        return Answer.ALLOWED
    untold = use.untold or "$" in use.version or (use.digest and not use.version and versions)
    return Answer.UNTOLD if untold else Answer.OTHER_VERSION


def _is(wanted: str, used: str) -> bool:
    """Whether a version is the wanted one, a part of the wanted series (`3.13`: `3.13.1`), or matches its glob."""
    wanted, used = _plain(wanted), _plain(used)
    if wanted == used or _matches(wanted, used):
        return True
    return bool(_NUMBERS.match(wanted)) and used.startswith(wanted) and used[len(wanted) : len(wanted) + 1] in ".-_+"


def _plain(version: str) -> str:
    version = version.strip().lower()
    return _LEAD.sub("", version, count=1) if _LEAD.match(version) else version


def _matches(pattern: str, name: str) -> bool:
    """Whether a name is the pattern's, in which `*` stands for anything; letters of either case are the same."""
    pattern, name = pattern.lower(), name.lower()
    first, *middle = pattern.split("*")
    if pattern == name or not middle:
        return pattern == name
    last, at = middle.pop(), len(first)
    if not name.startswith(first) or not name.endswith(last) or len(name) < at + len(last):
        return False
    end = len(name) - len(last)
    for part in middle:  # the first place that fits leaves the most for those that follow
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True
