"""Shapes of a configuration file: one description that both checks a file, line by line, and is its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Union

from sscop.artefacts.nodes import Entries, Items, Node, Text
from sscop.lazy import NamedTuple


class Word(NamedTuple):
    """A text: one of `choices` if there are any, matching `pattern` if there is one."""

    about: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    integer: bool = False


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


Shape = Union[Word, Words, Many, Fields]


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
    elif not isinstance(node, Text) or node.is_null:
        yield Problem(node.line, f"{name} must be a text{_expected(shape)}")
    elif (shape.choices and node not in shape.choices) or (shape.pattern and not re.fullmatch(shape.pattern, node)):
        yield Problem(node.line, f"{name} can't be `{node}`{_expected(shape)}")


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
    elif shape.integer:
        found = {"type": "integer"}
        if shape.choices:
            found["enum"] = [int(choice) for choice in shape.choices]
    else:
        found = {"type": "string"}
        if shape.choices:
            found["enum"] = list(shape.choices)
        if shape.pattern:
            found["pattern"] = f"^(?:{shape.pattern})$"
    return {"description": shape.about, **found}


def _expected(shape: Word) -> str:
    return f"; it is one of {_list(shape.choices)}" if shape.choices else f"; {shape.about}"


def _closest(key: str, keys: Mapping[str, Any]) -> str:
    import difflib

    near = difflib.get_close_matches(key, keys, 1)
    return f"did you mean `{near[0]}`?" if near else f"it knows {_list(keys)}" if keys else "it takes none"


def _list(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"
