"""Shapes of a configuration file: one description that both checks a file, line by line, and is its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Union

from sscop.artefacts.nodes import Entries, Items, Node, Text
from sscop.lazy import NamedTuple

MANY = 10
"""Choices that an error still lists; of more it names the closest one."""


class Word(NamedTuple):
    """A text: one of `choices` if there are any, matching `pattern` if there is one, or a calendar `day`."""

    about: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    integer: bool = False
    day: bool = False


class Flag(NamedTuple):
    """`true` or `false`."""

    about: str


class Many(NamedTuple):
    """A list of values of one shape."""

    about: str
    of: Shape


class Words(NamedTuple):
    """A text, or a list of texts."""

    about: str


class Fields(NamedTuple):
    """A mapping with these keys and no other; `required` must be there."""

    about: str
    keys: Mapping[str, Shape]
    required: tuple[str, ...] = ()


Shape = Union[Word, Flag, Words, Many, Fields]


class Problem(NamedTuple):
    """What is wrong, and the line it is on."""

    line: int
    text: str


def problems(node: Node, shape: Shape, name: str = "the file") -> Iterator[Problem]:
    """Everything in a value that does not have its shape."""
    if isinstance(shape, Fields):
        if not isinstance(node, Entries):
            yield Problem(node.line, f"{name} must be a mapping of {_list(shape.keys)}")
            return
        for key, value in node.pairs():
            if key in shape.keys:
                yield from problems(value, shape.keys[key], f"`{key}`")
            else:
                yield Problem(key.line, f"unknown key `{key}` in {name}; {_closest(key, shape.keys)}")
        for wanted in shape.required:
            if wanted not in node:
                yield Problem(node.line, f"{name} needs the key `{wanted}`")
    elif isinstance(shape, Many):
        if not isinstance(node, Items):
            yield Problem(node.line, f"{name} must be a list")
            return
        for value in node:
            yield from problems(value, shape.of, f"an entry of {name}")
    elif isinstance(shape, Words):
        if isinstance(node, Items):
            yield from problems(node, Many(shape.about, Word(shape.about)), name)
        else:
            yield from problems(node, Word(shape.about), name)
    elif isinstance(shape, Flag):
        if not isinstance(node, Text) or node not in ("true", "false"):
            yield Problem(node.line, f"{name} must be `true` or `false`")
    elif not isinstance(node, Text) or node.is_null:
        yield Problem(node.line, f"{name} must be a text{_expected(shape, '')}")
    elif (
        (shape.choices and node not in shape.choices)
        or (shape.pattern and not re.fullmatch(shape.pattern, node))
        or (shape.day and not _is_day(node))
    ):
        yield Problem(node.line, f"{name} can't be `{node}`{_expected(shape, node)}")


def schema(shape: Shape) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a shape."""
    if isinstance(shape, Fields):
        found: dict[str, Any] = {"type": "object", "additionalProperties": False}
        found["properties"] = {key: schema(value) for key, value in shape.keys.items()}
        if shape.required:
            found["required"] = list(shape.required)
    elif isinstance(shape, Many):
        found = {"type": "array", "items": schema(shape.of)}
    elif isinstance(shape, Words):
        found = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    elif isinstance(shape, Flag):
        found = {"type": "boolean"}
    elif shape.integer:
        found = {"type": "integer"}
        if shape.choices:
            found["enum"] = [int(choice) for choice in shape.choices]
    else:
        found = {"type": "string"}
        if shape.choices:
            found["enum"] = list(shape.choices)
        if shape.day:
            found["format"] = "date"
        if shape.pattern:
            found["pattern"] = f"^(?:{shape.pattern})$"
    return {"description": shape.about, **found}


def _is_day(value: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _expected(shape: Word, value: str) -> str:
    if len(shape.choices) > MANY:
        return f"; {_closest(value, dict.fromkeys(shape.choices))}"
    if shape.day:
        return f"; a calendar day as YYYY-MM-DD: {shape.about}"
    return f"; it is one of {_list(shape.choices)}" if shape.choices else f"; {shape.about}"


def _closest(key: str, keys: Mapping[str, Any]) -> str:
    import difflib

    near = difflib.get_close_matches(key, keys, 1)
    return f"did you mean `{near[0]}`?" if near else f"it knows {_list(keys)}" if keys else "it takes none"


def _list(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"
