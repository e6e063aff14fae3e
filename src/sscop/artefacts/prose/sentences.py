"""The sentences of a text, each at its own line: of paragraphs, list items and table rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sscop.artefacts.prose.document import Block, Item, Pair, Paragraph, Table
from sscop.artefacts.prose.inline import Words
from sscop.lazy import lazily

_END = lazily(r"[.!?][)\"'\u201d]{0,2}\s+(?=[A-Z0-9\"'(*`_\u201c])")
_ABBREVIATED = ("e.g.", "i.e.", "etc.", "vs.", "no.", "ca.", "approx.", "incl.")
LONG = 1200
"""Letters of a sentence that are looked at; what is longer is no sentence."""


def sentences(blocks: Iterable[Block], *, rows: bool = False) -> Iterator[Words]:
    """Every sentence on one line of text; with `rows`, a row of a table is one, its cells parted by ` | `."""
    for block in blocks:
        if isinstance(block, (Paragraph, Item)):
            yield from of(block.text)
        elif isinstance(block, Pair):
            yield from of(block.value)
        elif rows and isinstance(block, Table):
            for row in block.rows:
                yield _made(" | ".join(row.cells), row.line)


def of(text: Words) -> Iterator[Words]:
    """The sentences of one paragraph or item."""
    start = 0
    for match in _END.finditer(text):
        if text[max(0, match.start() - 6) : match.start() + 1].lower().endswith(_ABBREVIATED):
            continue
        yield from _part(text, start, match.end())
        start = match.end()
    yield from _part(text, start, len(text))


def _part(text: Words, start: int, end: int) -> Iterator[Words]:
    said = text[start:end]
    lead = len(said) - len(said.lstrip())
    if said.strip():
        yield _made(" ".join(said[:LONG].split()), text.line + text.count("\n", 0, start + lead))


def _made(said: str, line: int) -> Words:
    found = Words(said)
    found.line, found.raw = line, said
    return found
