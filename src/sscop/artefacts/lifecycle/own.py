"""The project's own plain lifecycle file: `lifecycle.yaml`, close to endoflife.date and OpenEoX.

`docs/guides/lifecycle.md` has the format. A file is known by what it holds, so that another program's file of the same
name is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sscop.artefacts.lifecycle.model import End, Line, State
from sscop.artefacts.lifecycle.words import read_date
from sscop.artefacts.nodes import Entries, Items, Node, Text, items, load, text
from sscop.artefacts.prose.dates import Kind
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.shape import Fields, Many, Problem, Word, problems, schema
from sscop.lazy import NamedTuple

FILE = "lifecycle.yaml"
NAMES = "{,.github/,docs/,security/}lifecycle.{yaml,yml}"

_DAY = r"\d{4}-\d{2}-\d{2}"
_END = rf"{_DAY}|tba"
ENDS = ("end-of-security-support", "end-of-life", "end-of-support")
"""The ends that a release may have; the first one that is there counts."""


def shape() -> Fields:
    """The shape of the file."""
    release = Fields(
        "A line of versions.",
        {
            "name": Word("the versions, such as 2.x"),
            "component": Word("the component that it is a line of, where the product has several"),
            "released": Word("the day of its first general release", pattern=_DAY),
            "end-of-sales": Word("the last day on which it is sold, or tba", pattern=_END),
            "end-of-support": Word("the last day on which it gets fixes of any kind, or tba", pattern=_END),
            "end-of-security-support": Word("the last day on which it gets security fixes, or tba", pattern=_END),
            "end-of-life": Word("the last day of its life, or tba", pattern=_END),
            "announced": Word("the day on which customers could first read the end", pattern=_DAY),
            "link": Word("an address that says more"),
        },
        required=("name", "end-of-security-support"),
    )
    return Fields(
        "Which versions of a product are supported until when.",
        {
            "version": Word("the format's version", choices=("1",), integer=True),
            "product": Word("the product's name, as customers know it"),
            "owner": Word("the role (not the person) that decides about support"),
            "updated": Word("the day of the last change of a date below", pattern=_DAY),
            "notice": Word("how long before the end customers are told, such as 12 months"),
            "releases": Many("the lines of versions, the newest first", release),
        },
        required=("version", "product", "updated", "releases"),
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FILE, **schema(shape())}


class Release(NamedTuple):
    """A release as written: its line in the model and the texts of its keys."""

    line: Line
    keys: dict[str, Text]


class File(NamedTuple):
    """A lifecycle file as far as it could be read; `notice` in months with its line."""

    product: str
    updated: str
    notice: tuple[int, int] | None
    releases: tuple[Release, ...]
    problems: tuple[Problem, ...]
    line: int


def load_own(source: str) -> File | None:
    """Read a lifecycle file; None for another kind of file. Raises Malformed for a text that is not YAML."""
    root = load(source)
    if not isinstance(root, Entries) or not _is_own(root):
        return None
    found = [*problems(root, shape()), *_impossible(root)]
    releases = [_release(one) for one in items(root.get("releases")) if isinstance(one, Entries)]
    said = text(root.get("notice"))
    span = months(said) if said else None
    if said and span is None:
        found.append(Problem(said.line, "`notice` is a length of time, such as 12 months"))
    notice = (span, said.line) if said and span is not None else None
    found.sort(key=lambda one: one.line)
    product, updated = text(root.get("product")) or "", text(root.get("updated")) or ""
    return File(product, updated, notice, tuple(releases), tuple(found), root.line)


def _is_own(root: Entries) -> bool:
    listed = [one for one in items(root.get("releases")) if isinstance(one, Entries)]
    return "product" in root and any(key in one for one in listed for key in ENDS)


def _impossible(node: Node) -> Iterator[Problem]:
    """Days that no calendar has, but for ends: those are the lines' own."""
    if isinstance(node, Items):
        for one in node:
            yield from _impossible(one)
    elif isinstance(node, Entries):
        for key, value in node.pairs():
            if not isinstance(value, Text):
                yield from _impossible(value)
            elif key not in ENDS and re.fullmatch(_DAY, value) and _day(value) is None:
                yield Problem(value.line, f"there is no day `{value}`")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _release(node: Entries) -> Release:
    keys = {str(key): value for key, value in node.pairs() if isinstance(value, Text) and not value.is_null}
    end = None
    if said := next((keys[key] for key in ENDS if key in keys), None):
        when = read_date(said)
        end = End(when, said.line) if when.kind is not Kind.NONE else None
    name = keys.get("name")
    line = Line(
        str(name or ""),
        "",
        node.line if name is None else name.line,
        State.UNTOLD,
        end,
        _day(keys.get("released", "")),
        _day(keys.get("announced", "")),
        str(keys.get("component", "")),
    )
    return Release(line, keys)
