"""YAML (and JSON) as plain values that know their lines.

Values are `Text`, `Items` and `Entries`: a str, list and dict, each with `.line` (from 1). Scalars stay text, so
`on`, `3.10` and `2020-07-01` are what the author wrote. Built from libyaml's events rather than with its
composer, which recurses on the C stack and crashes on some 5,000 levels of nesting.
Source: YAML 1.1 as PyYAML reads it, with merge keys (`<<`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Union, cast

from sscop.repository import Malformed

MAX_DEPTH = 100
MAX_NODES = 1_000_000
"""Nodes in a file, aliases counted at the size of what they stand for (against alias bombs)."""


class Text(str):
    """A scalar. `style` is YAML's: None plain, or one of `' " | >`.

    `source` is what the author wrote, line by line, where YAML folds lines together; None elsewhere.
    """

    __slots__ = ("line", "source", "style")
    line: int
    style: str | None
    source: str | None

    @property
    def is_null(self) -> bool:
        """Whether the author wrote nothing, `~` or `null`."""
        return self.style is None and self in ("", "~", "null", "Null", "NULL")


class Items(list["Node"]):
    """A sequence."""

    __slots__ = ("line", "tag")
    line: int
    tag: str | None


class Entries(dict[str, "Node"]):
    """A mapping; its keys are `Text` too, which `pairs` tells the type checker."""

    __slots__ = ("line",)
    line: int

    def pairs(self) -> list[tuple[Text, Node]]:
        """The items, keys with their lines."""
        return cast("list[tuple[Text, Node]]", list(self.items()))


Node = Union[Text, Items, Entries]


def load(text: str) -> Node:
    """The first document of a YAML or JSON text; an empty one is an empty `Text` on line 1.

    Raises Malformed, with the line, for what YAML forbids, duplicate keys, cyclic aliases, nesting past
    MAX_DEPTH and alias bombs.
    """
    loaded = documents(text)
    return loaded[0] if loaded else _text("", 1, None)


def documents(text: str) -> list[Node]:
    """All documents of a YAML text; see `load`."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for other in "\u0085\u2028\u2029":  # line ends to YAML, but not to git, so not to our line numbers
        text = text.replace(other, " ")
    builder = _Builder(text)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        line = min(error.problem_mark.line, text.count("\n")) + 1 if error.problem_mark else None
        if "nesting depth" in (error.problem or ""):  # a libyaml that has a bound of its own
            raise Malformed(f"is nested more than {MAX_DEPTH} levels deep", line) from None
        raise Malformed(f"is not valid YAML: {error.problem or error.context}", line) from None
    except yaml.YAMLError as error:
        raise Malformed(f"is not valid YAML: {str(error).splitlines()[0]}") from None
    return builder.documents


def _text(value: str, line: int, style: str | None, source: str | None = None) -> Text:
    text = Text(value)
    text.line, text.style, text.source = line, style, source
    return text


class _Builder:
    """Turns events into values; a stack instead of recursion."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lines: list[str] = []
        self.documents: list[Node] = []
        self._stack: list[tuple[Items | Entries, str | None, int]] = []  # container, its anchor, count at its start
        self._keys: list[Text | None] = []  # the key that waits for its value, one for each open container
        self._merges: list[list[Node]] = []  # what each open mapping merges in once it is complete
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def take(self, event: Any) -> None:
        """One of PyYAML's events, which its type stubs do not describe."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            start, style = event.start_mark, event.style or None
            source = self._unfolded(event) if style in (None, ">") and event.end_mark.line > start.line else None
            self._add(_text(event.value, start.line + 1, style, source), event.anchor, 1)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self._stack) >= MAX_DEPTH:
                raise Malformed(f"is nested more than {MAX_DEPTH} levels deep", event.start_mark.line + 1)
            value: Items | Entries = Entries() if kind == "MappingStartEvent" else Items()
            value.line = event.start_mark.line + 1
            if isinstance(value, Items):
                value.tag = event.tag
            self._stack.append((value, event.anchor, self._count))
            self._keys.append(None)
            self._merges.append([])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            value, anchor, before = self._stack.pop()
            self._keys.pop()
            for node in self._merges.pop():
                _merge(value, node)
            self._add(value, anchor, self._count - before + 1)
        elif kind == "AliasEvent":
            line = event.start_mark.line + 1
            if event.anchor not in self._anchors:
                raise Malformed(f"alias *{event.anchor} has no anchor before it, or stands inside it", line)
            node, size = self._anchors[event.anchor]
            self._add(node, None, size, line)
        elif kind == "DocumentStartEvent":
            self._anchors.clear()

    def _unfolded(self, event: Any) -> str:
        """The lines of a folded block (without its header) or of a plain scalar, without their indentation."""
        self._lines = self._lines or re.split(r"\r\n?|\n", self._source)
        start, end = event.start_mark, event.end_mark
        lines = self._lines[start.line : end.line + (end.column > 0)]
        if event.style != ">":
            return "\n".join([lines[0][start.column :], *(line.strip() for line in lines[1:])])
        indent = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
        return "\n".join(line[indent:] for line in lines[1:])

    def _add(self, node: Node, anchor: str | None, size: int, line: int | None = None) -> None:
        self._count += size if line or isinstance(node, Text) else 1
        if self._count > MAX_NODES:
            raise Malformed(f"expands to more than {MAX_NODES:,} values (an alias bomb?)", line or node.line)
        if anchor:
            self._anchors[anchor] = (node, size)
        if not self._stack:
            self.documents.append(node)
            return
        parent = self._stack[-1][0]
        if isinstance(parent, Items):
            parent.append(node)
        elif self._keys[-1] is None:
            if not isinstance(node, Text):
                node = _text("?", node.line, None)  # a mapping or list as a key: no format here has one
            if node in parent and node != "?":
                raise Malformed(f"has the key {node[:60]!r} twice", line or node.line)
            self._keys[-1] = node
        else:
            key, self._keys[-1] = self._keys[-1], None
            if key == "<<" and key.style is None:
                self._merges[-1].append(node)
            else:
                parent[key] = node


def _merge(into: Items | Entries, node: Node) -> None:
    """A merge key: what is there already wins (YAML's merge type)."""
    assert isinstance(into, Entries)
    for source in node if isinstance(node, Items) else [node]:
        if isinstance(source, Entries):
            for key, value in source.items():
                into.setdefault(key, value)


def like(node: Text, value: str) -> Text:
    """Another text at the same place, on one line."""
    return _text(value, node.line, None)


def rewritten(node: Text, put: Callable[[str], str]) -> Text:
    """A text at the same place and in the same style, with something put in."""
    return _text(put(node), node.line, node.style, None if node.source is None else put(node.source))


def mapping(node: Node | None) -> Entries:
    """The node if it is a mapping, else an empty one on the same line."""
    if isinstance(node, Entries):
        return node
    empty = Entries()
    empty.line = node.line if node is not None else 1
    return empty


def items(node: Node | None) -> list[Node]:
    """The node's values if it is a sequence, the node alone if it is one value, nothing for null or None."""
    if node is None or (isinstance(node, Text) and node.is_null):
        return []
    return node if isinstance(node, Items) else [node]


def text(node: Node | None) -> Text | None:
    """The node if it is a scalar with something in it."""
    return node if isinstance(node, Text) and not node.is_null else None


def texts(node: Node | None) -> list[Text]:
    """The scalars of a sequence, or the one scalar."""
    return [one for one in items(node) if isinstance(one, Text) and not one.is_null]
