"""A text sentence by sentence: each with its line, the links in it, and what leads to it.

A list item and a table's row are read with what announces them: the paragraph before the list, the table's header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from sscop.artefacts.prose.document import Document, Item, Pair, Paragraph, Section, Table
from sscop.artefacts.prose.inline import Link, Words
from sscop.lazy import NamedTuple, lazily

_END = lazily(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bincl)(?<!\bca)(?<!\bapprox)(?<!\.\.)(?!(?<=\bno)\.\s{1,9}\d)"
    r"[.!?][\"')\]*_\u201d]{0,3}\s+(?=\S)",
    re.IGNORECASE,
)
_CURLY = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-"})


LINKS, FEW = 40, 8
"""Links of a line and of a sentence that are looked at."""
LOOKED, MANY = 150_000, 5_000
"""Characters and sentences of a text that are looked at: no policy is longer."""
LONG = 1200
"""Characters of a sentence that are looked at; what is longer is no sentence."""


class Sentence(NamedTuple):
    """What is said, in plain text with straight quotes and without line ends, and the line on which it begins.

    `lead` is what announces a list item or a row ("" for a sentence of a paragraph); `kind` is `sentence`, `item` or
    `row`.
    """

    text: str
    line: int
    links: tuple[Link, ...]
    section: Section
    lead: str
    kind: str

    @property
    def title(self) -> str:
        """The heading that it stands under."""
        return self.section.title if self.section.level else ""

    @property
    def whole(self) -> str:
        """It with its lead."""
        return f"{self.lead} {self.text}" if self.lead else self.text


def sentences(document: Document, sections: Iterable[Section]) -> Iterator[Sentence]:
    """The sentences, items and rows of some sections of a document, in order, as far as LOOKED and MANY allow."""
    linked: dict[int, list[Link]] = {}
    for link in document.links:
        if not link.image and len(near := linked.setdefault(link.line, [])) < LINKS:
            near.append(link)
    return _limited(_all(sections, linked))


def said_in(section: Section, *, rows: bool = False, quoted: bool = True) -> Iterator[Sentence]:
    """What one section says, without its links; with its tables' `rows`, without what is `quoted` if that is False."""
    for one in _limited(_all([section], {}, quoted)):
        if rows or one.kind != "row":
            yield one


def _limited(found: Iterable[Sentence]) -> Iterator[Sentence]:
    left = LOOKED
    for count, one in enumerate(found):
        left -= len(one.text) + 1
        if left < 0 or count >= MANY:
            return
        yield one


def _all(sections: Iterable[Section], linked: Mapping[int, list[Link]], quoted: bool = True) -> Iterator[Sentence]:
    for section in sections:
        before, items = "", {0: ""}
        for block in section.blocks:
            if isinstance(block, Paragraph):
                said = _split(block.text, linked) if quoted or not block.quoted else []
                yield from (Sentence(text, line, links, section, "", "sentence") for text, line, links in said)
                before, items = said[-1][0] if said else "", {0: ""}
            elif isinstance(block, Item):
                lead = (
                    next((items[depth] for depth in sorted(items, reverse=True) if depth < block.depth), "") or before
                )
                said = _split(block.text, linked)
                yield from (Sentence(text, line, links, section, lead, "item") for text, line, links in said)
                items = {depth: one for depth, one in items.items() if depth < block.depth}
                items[block.depth] = said[0][0] if said else ""
            elif isinstance(block, Table):
                header = _plain(" | ".join(block.header))
                for row in block.rows:
                    yield Sentence(
                        _plain(" | ".join(row.cells)), row.line, tuple(linked.get(row.line, ())), section, header, "row"
                    )
            elif isinstance(block, Pair):
                text = _plain(f"{block.name}: {block.value}")
                yield Sentence(text, block.line, tuple(linked.get(block.line, ())), section, "", "item")


def _split(said: Words, linked: Mapping[int, list[Link]]) -> list[tuple[str, int, tuple[Link, ...]]]:
    """The sentences of a paragraph, each with its first line and the links that stand in it."""
    found: list[tuple[str, int, tuple[Link, ...]]] = []
    start, line = 0, said.line
    text = said[:LOOKED]
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[start:end]
        first = line + piece.count("\n", 0, len(piece) - len(piece.lstrip()))
        last = first + piece.strip().count("\n")
        line += piece.count("\n")
        start = end
        if len(plain := _plain(piece)) > 1:
            near = (link for n in range(first, last + 1) for link in linked.get(n, ()) if _stands_in(link, plain))
            found.append((plain, first, tuple(dict.fromkeys(islice(near, FEW)))))
            if len(found) > MANY:
                break
    return found


def _stands_in(link: Link, text: str) -> bool:
    """Whether a link of the same lines is the sentence's; one whose text goes over a line's end counts for each."""
    return _plain(link.text) in text or link.target in text or link.text.startswith(("http:", "https:"))


def _plain(text: str) -> str:
    return " ".join(text.translate(_CURLY).split())[:LONG]
