"""XML as elements that know their lines, by expat with everything refused that could expand.

Names are local: a namespace's prefix is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from sscop.repository import Malformed

MAX_DEPTH = 100
MAX_ELEMENTS = 400_000
"""Checklists of the largest benchmarks have some 100,000."""


class Element:
    """An element: its local name, attributes, text (stripped) and line."""

    __slots__ = ("attributes", "inner", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.text = ""
        self.inner: list[Element] = []

    def children(self, *path: str) -> list[Element]:
        """The elements at a path of names below this one; `*` stands for any name."""
        found = [self]
        for name in path:
            found = [inner for one in found for inner in one.inner if name in ("*", inner.name)]
        return found

    def value(self, *path: str) -> str:
        """The text of the first element at a path, "" without one."""
        return next((one.text for one in self.children(*path)), "")

    def at(self, *path: str) -> int | None:
        """The line of the first element at a path."""
        return next((one.line for one in self.children(*path)), None)

    def every(self) -> Iterator[Element]:
        """The element itself and all below, in order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(one.inner)


def parse(text: str) -> Element:
    """The root of an XML text. Raises Malformed, with the line."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    stack: list[Element] = []
    roots: list[Element] = []
    many = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal many
        many += 1
        if many > MAX_ELEMENTS:
            raise Malformed(f"has more than {MAX_ELEMENTS} elements", parser.CurrentLineNumber)
        if len(stack) >= MAX_DEPTH:
            raise Malformed(f"is nested more than {MAX_DEPTH} levels deep", parser.CurrentLineNumber)
        one = Element(name.rpartition(":")[2], attributes, parser.CurrentLineNumber)
        (stack[-1].inner if stack else roots).append(one)
        stack.append(one)

    def end(_name: str) -> None:
        one = stack.pop()
        one.text = one.text.strip()

    def characters(data: str) -> None:
        if stack:
            stack[-1].text += data

    def entity(*_declared: object) -> None:
        raise Malformed("declares entities, which are not expanded", parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = characters, entity
    try:
        # A text is decoded already; what its first line says of the encoding no longer holds.
        parser.Parse(_undeclared(text).encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        raise Malformed(f"is not valid XML: {expat.errors.messages[error.code]}", error.lineno) from None
    except (ValueError, LookupError) as error:
        raise Malformed(f"is not valid XML: {error}", 1) from None
    return roots[0]


def _undeclared(text: str) -> str:
    """The text without its XML declaration, its lines kept."""
    text = text.lstrip("\ufeff")
    if text.startswith("<?xml"):
        end = text.find("?>")
        if end >= 0:
            return "\n" * text.count("\n", 0, end) + text[end + 2 :]
    return text
