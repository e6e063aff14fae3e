"""JSON and YAML trees read tolerantly: a key of the wrong kind is an absent one, every mapping knows its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from sscop.artefacts.nodes import Entries, Text
from sscop.artefacts.nodes import load as load_yaml
from sscop.artefacts.prose import dates
from sscop.artefacts.threat_models.model import Reviewed, Seen, ThreatModel
from sscop.lazy import lazily
from sscop.repository import Malformed

T = TypeVar("T", Seen, Reviewed)

_STRING = lazily(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)  # an open end, or a file full of them is quadratic
_MARKS = lazily(r"[{}\n]")


def load(text: str) -> Entries:
    """The mapping that a JSON or YAML text holds. Raises Malformed when it is neither, or no mapping."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    node: Any = load_json(text) if start in ("{", "[") else load_yaml(text)
    if not isinstance(node, Entries):
        raise Malformed("is no mapping", 1)
    return node


def load_json(text: str) -> Any:
    """The value of a JSON text, by Python's own parser; its mappings are `Entries` with their lines.

    Strings hold no line ends, so the lines of mappings can be counted without them; mappings end in the same order
    there as here.
    """
    lines = _lines(text)

    def made(pairs: list[tuple[str, Any]]) -> Entries:
        entries = Entries(pairs)
        entries.line = next(lines, 1)
        return entries

    try:
        return json.loads(text, object_pairs_hook=made)
    except json.JSONDecodeError as error:
        raise Malformed(f"is not valid JSON: {error.msg}", error.lineno) from None
    except ValueError:
        raise Malformed("is not valid JSON: a number of too many digits") from None


def _lines(text: str) -> Iterator[int]:
    """The first lines of all mappings, in the order in which these end."""
    line, starts = 1, []
    for mark in _MARKS.findall(_STRING.sub("", text)):
        if mark == "\n":
            line += 1
        elif mark == "{":
            starts.append(line)
        elif starts:
            yield starts.pop()


def part(node: object, *keys: str) -> Any:
    """What stands under a path of keys; None where a step is missing or no mapping."""
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def table(node: object, otherwise: Entries) -> Entries:
    """The node if it is a mapping."""
    return node if isinstance(node, Entries) else otherwise


def word(node: object, *keys: str) -> str:
    """A scalar as text under the first of several keys that has one; the node itself without keys."""
    for value in [part(node, key) for key in keys] if keys else [node]:
        if isinstance(value, Text):
            if not value.is_null:
                return value.strip()
        elif isinstance(value, str):
            if value.strip():
                return value.strip()
        elif isinstance(value, bool):
            return str(value).lower()
        elif isinstance(value, (int, float)):
            return str(value)
    return ""


def words(node: object) -> list[str]:
    """The texts of a list, the one text, or the `name`, `title`, `id` of the mappings in it."""
    values = node if isinstance(node, list) else [node]
    found = [word(one, "name", "title", "description", "id") if isinstance(one, dict) else word(one) for one in values]
    return [one for one in found if one]


def rows(node: object) -> list[tuple[str, Entries]]:
    """The mappings of a list, or of a mapping by name, each with that name or an empty one."""
    if isinstance(node, Entries):
        return [(name, one) for name, one in node.items() if isinstance(one, Entries)]
    return [("", one) for one in node if isinstance(one, Entries)] if isinstance(node, list) else []


def number(node: object, *keys: str) -> float | None:
    """A number, also where it is written as text."""
    try:
        return float(word(node, *keys)[:20])
    except ValueError:
        return None


def line_of(node: object, default: int) -> int:
    """The line of a node that knows it."""
    line = getattr(node, "line", None)
    return line if isinstance(line, int) else default


def seen(parent: Entries, *keys: str) -> Seen | None:
    """A scalar with its line under the first of several keys that has one."""
    for key in keys:
        if found := word(parent, key):
            return Seen(found, line_of(parent.get(key), parent.line))
    return None


def named(node: object, where: str = "") -> tuple[Seen, ...]:
    """The names of a list's or mapping's mappings with their lines; of plain texts too."""
    found = [
        Seen(name or word(one, "title", "name", "symbolic_name", "id", "description"), one.line, where)
        for name, one in rows(node)
    ]
    if isinstance(node, list) and not found:
        return tuple(Seen(one, line_of(one, line_of(node, 1)), where) for one in words(node))
    return tuple(one for one in found if one.text)


def dated(parent: Entries, *keys: str) -> Reviewed | None:
    """A date under the first of several keys that has anything."""
    found = next(((key, one) for key in keys if (one := seen(parent, key))), None)
    if not found:
        return None
    key, value = found
    when = dates.read(value.text)
    day = when.first if when.kind is not dates.Kind.YEAR else None
    return Reviewed(value.text, value.line, key, day)


def located(model: ThreatModel, text: str) -> ThreatModel:
    """The model with the lines of its single facts, where the text is JSON: its scalars do not carry any."""
    if text.lstrip("\ufeff \t\r\n")[:1] != "{":
        return model
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(one: T) -> T:
        place = text.find(json.dumps(one.text, ensure_ascii=False)[1:-1][:80], starts[one.line - 1]) if one.text else -1
        return one._replace(line=text.count("\n", 0, place) + 1) if place >= 0 else one

    return model._replace(
        scope=at(model.scope) if model.scope else None,
        owner=at(model.owner) if model.owner else None,
        reviewed=at(model.reviewed) if model.reviewed else None,
        links=tuple(at(one) for one in model.links),
    )
