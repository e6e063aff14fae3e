"""XML event by event, so that no entity is expanded, nothing is fetched and no tree is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sscop.repository import Malformed

MAX_DEPTH = 200


class Handler(Protocol):
    """Takes the events. `line` is set before the first one and gives the line that the reader is at.

    Names are `namespace}local`, or `local` without a namespace. `knows` says whether the root was an element of this
    handler's format: what is broken in another format is none of its affair.
    """

    line: Callable[[], int]
    knows: bool

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, data: str) -> None:
        """Text, between two tags perhaps in several parts."""


class OtherRootError(Exception):
    """Raised by a handler: the root is none of its format."""


def events(text: str, handler: Handler) -> bool:
    """Read a text; False where the root is another format's.

    Raises Malformed for broken XML, for any document type or entity, and for nesting past MAX_DEPTH.
    """
    from xml.parsers import expat

    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Malformed(f"is nested more than {MAX_DEPTH} levels deep", parser.CurrentLineNumber)
        handler.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name)

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = _refused
    parser.EntityDeclHandler = _refused
    parser.ExternalEntityRefHandler = _refused
    handler.line = lambda: parser.CurrentLineNumber
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        if not handler.knows:
            return False
        raise Malformed(f"is not well-formed XML: {expat.ErrorString(error.code)}", error.lineno) from None
    except OtherRootError:
        return False
    return handler.knows


def _refused(*_: object) -> int:
    raise Malformed("declares a document type or entities, which are not expanded")
