"""A text written for people as sections, tables, lists, links and metadata pairs, each with its lines.

`read` picks the reader by the file's extension; the readers live in `markdown`, `restructured` and `asciidoc`.
Code blocks are kept apart and comments too: neither is content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Union

from sscop.artefacts.nodes import Entries
from sscop.artefacts.prose.inline import Link, Words, normal
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository

SUFFIXES = "{md,markdown,mdx,rst,adoc,asciidoc,txt}"
"""The extensions that `read` knows, for globs. A `.txt` is read as Markdown."""

LIMIT = 1024 * 1024
"""The size in bytes above which a text is not read."""


class Paragraph(NamedTuple):
    """A paragraph; `quoted` inside a block quote."""

    text: Words
    line: int
    end_line: int
    quoted: bool = False


class Item(NamedTuple):
    """A list item's own text. `depth` counts from 1; `checked` is None but for task lists."""

    text: Words
    line: int
    end_line: int
    depth: int
    ordered: bool = False
    checked: bool | None = None


class Row(NamedTuple):
    """A row of a table; it may be shorter than the header."""

    cells: tuple[Words, ...]
    line: int

    def cell(self, n: int) -> Words | None:
        """The nth cell from 0, if the row is that long."""
        return self.cells[n] if 0 <= n < len(self.cells) else None


class Table(NamedTuple):
    """A table; its `header` may hold nothing but empty cells."""

    header: tuple[Words, ...]
    rows: tuple[Row, ...]
    line: int
    end_line: int
    quoted: bool = False

    def column(self, pattern: str) -> int | None:
        """The number, from 0, of the first column whose normalised header the regular expression finds."""
        found = re.compile(pattern)
        return next((n for n, cell in enumerate(self.header) if found.search(normal(cell))), None)


class Code(NamedTuple):
    """A code block: no content, but a diagram's language (`mermaid`, `plantuml`) may matter."""

    language: str
    text: str
    line: int
    end_line: int


class Pair(NamedTuple):
    """A name and its value where the notation itself has such pairs (rST fields, AsciiDoc attributes)."""

    name: Words
    value: Words
    line: int


Block = Union[Paragraph, Item, Table, Code, Pair]


class Section(NamedTuple):
    """A heading and what follows it up to the next heading. `level` 0 is what stands before the first heading."""

    title: Words
    level: int
    line: int
    end_line: int
    blocks: tuple[Block, ...]

    @property
    def key(self) -> str:
        """The title in its form for comparing, see `inline.normal`."""
        return normal(self.title)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs."""
        return [one for one in self.blocks if isinstance(one, Paragraph)]

    @property
    def items(self) -> list[Item]:
        """The list items, nested ones too."""
        return [one for one in self.blocks if isinstance(one, Item)]

    @property
    def tables(self) -> list[Table]:
        """The tables."""
        return [one for one in self.blocks if isinstance(one, Table)]

    @property
    def code(self) -> list[Code]:
        """The code blocks."""
        return [one for one in self.blocks if isinstance(one, Code)]

    def said(self) -> Iterator[Words]:
        """Everything visible but the title: paragraphs, items, cells, pairs. No code, no comments."""
        return said(self.blocks)

    @property
    def text(self) -> str:
        """All that is said, a line for each piece."""
        return "\n".join(self.said())


class Document(NamedTuple):
    """A read text.

    `sections` begins with the one of level 0 (maybe empty). `front` is the YAML front matter, empty without one;
    `front_problem` says why it could not be read. `title` is the first heading of the highest level, or the front
    matter's. `anchors` are the names that a link's fragment can have.
    """

    kind: str
    title: Words | None
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    front: Entries
    front_problem: Unread | None
    comments: tuple[Words, ...]
    anchors: frozenset[str]
    lines: int

    @property
    def blocks(self) -> list[Block]:
        """All blocks in order."""
        return [block for section in self.sections for block in section.blocks]

    @property
    def tables(self) -> list[Table]:
        """All tables in order."""
        return [one for one in self.blocks if isinstance(one, Table)]

    @property
    def items(self) -> list[Item]:
        """All list items in order."""
        return [one for one in self.blocks if isinstance(one, Item)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs in order."""
        return [one for one in self.blocks if isinstance(one, Paragraph)]

    @property
    def text(self) -> str:
        """All visible text: titles and what the sections say."""
        return "\n".join(piece for one in self.sections for piece in (one.title, one.text) if piece)

    def titled(self, pattern: str) -> list[Section]:
        """The sections whose normalised title (American, lower case) the regular expression finds."""
        found = re.compile(pattern)
        return [one for one in self.sections if one.level and found.search(one.key)]

    def under(self, section: Section) -> list[Section]:
        """The section and those below it."""
        start = self.sections.index(section)
        found = [section]
        for one in self.sections[start + 1 :]:
            if one.level <= section.level:
                break
            found.append(one)
        return found

    def at(self, line: int) -> Section:
        """The section that a line stands in."""
        return next((one for one in reversed(self.sections) if one.line <= line), self.sections[0])


def said(blocks: Iterable[Block]) -> Iterator[Words]:
    """The visible words of some blocks, in order."""
    for block in blocks:
        if isinstance(block, (Paragraph, Item)):
            yield block.text
        elif isinstance(block, Table):
            yield from block.header
            for row in block.rows:
                yield from row.cells
        elif isinstance(block, Pair):
            yield block.value


def read(repo: Repository, path: str) -> Document | Unread:
    """The document at a path, parsed once, or why it could not be read."""
    if path.lower().endswith(".rst"):
        from sscop.artefacts.prose.restructured import load_restructured

        return repo.parse(path, load_restructured, LIMIT)
    if path.lower().endswith((".adoc", ".asciidoc")):
        from sscop.artefacts.prose.asciidoc import load_asciidoc

        return repo.parse(path, load_asciidoc, LIMIT)
    from sscop.artefacts.prose.markdown import load_markdown

    return repo.parse(path, load_markdown, LIMIT)


def load(text: str, path: str = "x.md") -> Document:
    """The document that a text of this name is. Raises Malformed for one that is too large to read."""
    found = read(Repository.of({path: text.encode("utf-8", "surrogatepass")}), path)
    if isinstance(found, Unread):
        from sscop.repository import Malformed

        raise Malformed(found.reason, found.line)
    return found
