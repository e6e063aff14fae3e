"""A written report before it has a format: headings, paragraphs, lists, tables, and what is to be seen at a glance.

Forms make a `Document` of a Report; the writers beside this module make Markdown, HTML, Word or a sheet of it. Text is
plain text that may come from a scanned repository: each writer makes it harmless for where it goes, and nothing here is
markup. An address is one that this program made, and is shown as a link only where it is https or a place in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Union

from sscop.lazy import NamedTuple


class Span(NamedTuple):
    """A piece of text; `href` is an https address or `#anchor`, "" for none. `code`: a path, an id, a command."""

    text: str
    href: str = ""
    code: bool = False
    strong: bool = False


Spans = tuple[Span, ...]


class Heading(NamedTuple):
    """A heading; `level` counts from 2, the title being 1. `anchor` is its name in the page."""

    text: str
    level: int = 2
    anchor: str = ""


class Paragraph(NamedTuple):
    """A paragraph. `kind` is "", `note` (aside) or `banner` (at the top, not to be missed)."""

    spans: Spans
    kind: str = ""


class Items(NamedTuple):
    """A list."""

    items: tuple[Spans, ...]


class Cell(NamedTuple):
    """A cell: paragraphs of spans. `status` is the claim status that it shows, for a mark beside the word; else ""."""

    lines: tuple[Spans, ...]
    status: str = ""


class Table(NamedTuple):
    """A table with a row of titles; `widths` are shares of the width, one for each column, or none.

    `choices` are the words that a column with this title takes, for a workbook that people fill in.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Tile(NamedTuple):
    """One principle at a glance: its counts by status, in order, without those that are nought."""

    number: str
    title: str
    counts: tuple[tuple[str, int], ...]
    href: str = ""


class Glance(NamedTuple):
    """All principles at a glance."""

    tiles: tuple[Tile, ...]


class Chart(NamedTuple):
    """A bar for each point in time: its label, and its counts by claim status."""

    points: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


Block = Union[Heading, Paragraph, Items, Table, Glance, Chart]


class Document(NamedTuple):
    """A report: `title`, one sentence that says what it is, whether it is a draft, and its parts."""

    title: str
    opening: str
    draft: str
    blocks: tuple[Block, ...]


def words(*pieces: str | Span) -> Spans:
    """Spans of a sentence; texts between backticks are code."""
    found: list[Span] = []
    for piece in pieces:
        if isinstance(piece, Span):
            found.append(piece)
            continue
        for n, part in enumerate(piece.split("`")):
            if part:
                found.append(Span(part, code=n % 2 == 1))
    return tuple(found)


def cell(*lines: str | Span | Spans, status: str = "") -> Cell:
    """A cell of these lines; an empty text is no line."""
    made = (words(line) if isinstance(line, (str, Span)) else line for line in lines)
    return Cell(tuple(line for line in made if any(span.text for span in line)), status)


def cells(lines: Iterable[str | Span | Spans]) -> Cell:
    """The same from any number of lines."""
    return cell(*lines)


def as_table(block: Glance | Chart) -> Table:
    """What is to be seen at a glance or in a chart, for writers that can't draw."""
    rows: Iterable[tuple[str, tuple[tuple[str, int], ...]]]
    if isinstance(block, Glance):
        title, rows = "Principle", ((f"{one.number} {one.title}", one.counts) for one in block.tiles)
    else:
        title, rows = "As of", block.points
    made = ((cell(label), cell(", ".join(map(many, counts)))) for label, counts in rows)
    return Table((title, "Claims"), tuple(made), (60, 40))


def many(count: tuple[str, int]) -> str:
    """A claim status and how often, as it reads: of the statuses only a gap is a noun."""
    status, number = count
    return f"{number} {status}{'s' if status == 'gap' and number != 1 else ''}"


def safe(href: str) -> str:
    """The address if it may be a link, else ""."""
    return href if re.fullmatch(r"#[\w.-]{1,100}|https://[^\s\"'<>\\`]{1,2000}", href) else ""
