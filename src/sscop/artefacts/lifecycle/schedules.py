"""Lifecycles in data: the schedules of Node.js, Python, .NET and Kubernetes, endoflife.date's pages, and OpenEoX.

Each is known by what it holds, whatever its file is called; JSON is read as YAML, which gives every value its line.
Sources: github.com/nodejs/Release (schedule.json), peps.python.org (release-cycle.json), github.com/dotnet/core
(releases-index.json), kubernetes/website (schedule.yaml), endoflife.date, OpenEoX core 1.0 (OASIS, csd01 of May 2026).
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.lifecycle.model import End, Line, Source, State
from sscop.artefacts.lifecycle.words import is_version, read_date, state_of
from sscop.artefacts.nodes import Entries, Node, Text, items, load, mapping, text
from sscop.artefacts.prose.dates import Kind

OPENEOX = "openeox"


def load_schedule(source: str) -> Source | None:
    """The lines of a file of one of these formats; None for another file. Raises Malformed for no YAML or JSON."""
    root = load(source)
    lines = list(_lines(root))
    return Source("", lines[0].line, "schedule", tuple(lines)) if lines else None


def front_source(front: Entries) -> Source | None:
    """The lines of an endoflife.date page, from its front matter."""
    lines = [line for one in items(front.get("releases")) if (line := _cycle(one))]
    return Source("", lines[0].line, "endoflife.date", tuple(lines)) if lines else None


def _lines(root: Node) -> Iterator[Line]:
    if not isinstance(root, Entries):
        for one in items(root):
            if isinstance(one, Entries) and (line := _openeox(one) or _cycle(one)):
                yield line
        return
    if line := _openeox(root):
        yield line
    elif _has(items(root.get("releases-index")), "channel-version"):
        for one in map(mapping, items(root["releases-index"])):
            yield from _line(one, one.get("channel-version"), ("eol-date",), text(one.get("support-phase")) or "")
    elif _has(items(root.get("schedules")), "release"):
        for one in map(mapping, items(root["schedules"])):
            yield from _line(one, one.get("release"), ("endOfLifeDate",), "", ("releaseDate",))
    elif _has(items(root.get("releases")), "releaseCycle"):
        for one in items(root["releases"]):
            if line := _cycle(one):
                yield line
    else:
        yield from _keyed(root)


def _has(found: list[Node], key: str) -> bool:
    return bool(found) and all(isinstance(one, Entries) and key in one for one in found)


def _keyed(root: Entries) -> Iterator[Line]:
    """Versions as keys: Node's `{start, lts, maintenance, end}`, Python's `{status, first_release, end_of_life}`."""
    pairs = [(key, value) for key, value in root.pairs() if isinstance(value, Entries)]
    if not pairs or len(pairs) < len(root) or not all(is_version(key) for key, _ in pairs):
        return
    node = all("start" in value and "end" in value for _, value in pairs)
    python = all("end_of_life" in value for _, value in pairs)
    for key, value in pairs if node or python else ():
        ends, begins = (("end",), ("start",)) if node else (("end_of_life",), ("first_release",))
        yield from _line(value, key, ends, text(value.get("status")) or "", begins)


def _cycle(node: Node) -> Line | None:
    """A release of endoflife.date: dates or booleans, the security support (`eol`) being the one that counts."""
    entry = mapping(node)
    name = text(entry.get("releaseCycle"))
    if name is None or not any(key in entry for key in ("eol", "eoas", "eoes", "support")):
        return None
    return next(_line(entry, name, ("eol", "support", "eoas"), "", ("releaseDate",)), None)


def _openeox(entry: Entries) -> Line | None:
    """OpenEoX core: it names no product, so the line is called by nothing."""
    schema = text(entry.get("$schema")) or ""
    if OPENEOX not in schema.lower() and not {"end_of_life", "end_of_security_support", "last_updated"} <= set(entry):
        return None
    ends = ("end_of_security_support", "end_of_life")
    return next(_line(entry, None, ends, "", ("general_availability",)), None)


def _line(
    entry: Entries, name: Node | None, ends: tuple[str, ...], said: str, begins: tuple[str, ...] = ("release-date",)
) -> Iterator[Line]:
    called = text(name) if name is not None else ""
    if called is None:
        return
    end, state = None, _STATES.get(said.lower()) or state_of(said)
    for key in ends:
        value = text(entry.get(key))
        if value is None:
            continue
        when = read_date(value)
        if when.kind is not Kind.NONE:
            end = End(when, value.line)
        elif value.lower() == "true":
            state = State.ENDED
        elif value.lower() == "false" and state is State.UNTOLD:
            state = State.SUPPORTED
        break
    began = next((read_date(value).first for key in begins if (value := text(entry.get(key)))), None)
    line = name.line if isinstance(name, Text) else entry.line
    yield Line(str(called), "", line, state, end, began, said=said)


_STATES = {
    "prerelease": State.COMING,
    "feature": State.COMING,
    "preview": State.COMING,
    "go-live": State.SUPPORTED,
    "bugfix": State.SUPPORTED,
    "end-of-life": State.ENDED,
    "eol": State.ENDED,
}
