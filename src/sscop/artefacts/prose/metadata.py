"""Who, when and in which state, from every place where texts say so: each fact with its line and its place.

Places: front matter, headings whose name is a field (`## Status`), tables (two columns or one row, also inside a
block quote), bullets and bold lines near the title, field lists and attributes, revision histories, last lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.nodes import Entries, Node, Text, items
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Block, Document, Item, Pair, Paragraph, Section, Table, said
from sscop.artefacts.prose.fields import DATES, FIELDS, field_of
from sscop.artefacts.prose.inline import Words, normal, words
from sscop.lazy import NamedTuple, lazily

_PAIR = lazily(r"\s*(?:[-*+]\s+)?([A-Za-z][\w '()/&.-]{0,40}?)\s{0,3}[:\uff1a](?:\s|$)\s{0,9}(.*)", re.DOTALL)
_DATED = lazily(
    r"(last (?:updated|reviewed|modified|revised|changed|assessed)|(?:updated|reviewed|revised))(?: on| at| in)?[ :]+",
    re.IGNORECASE,
)
_BESIDE = lazily(r"(?<!\s)\s{1,200}[|\u00b7\u2022]\s{1,200}")
_HISTORY = lazily(
    r"(?:revision|version|change|document|review|amendment)s? (?:history|log|record|control)"
    r"|revisions|changelog|history"
)


__all__ = ["DATES", "FIELDS", "Fact", "Metadata", "field_of", "metadata"]


class Fact(NamedTuple):
    """One fact: its field (a key of FIELDS), the name as written, the value in plain text, where it stands.

    `place` is `front matter`, `heading`, `table`, `line`, `attribute`, `history` or `end`.
    """

    field: str
    name: str
    value: Words
    line: int
    place: str

    @property
    def when(self) -> dates.When:
        """The date that the value says."""
        return dates.read(self.value)


class Metadata(NamedTuple):
    """All facts in the order of their places, the most formal place first."""

    facts: tuple[Fact, ...]

    def all(self, *fields: str) -> list[Fact]:
        """The facts of some fields, the fields in the order asked for."""
        return [one for field in fields for one in self.facts if one.field == field]

    def get(self, *fields: str) -> Fact | None:
        """The first fact of the first of these fields that has one with a value."""
        return next((one for one in self.all(*fields) if one.value.strip()), None)

    def dated(self, *fields: str) -> Fact | None:
        """The first fact of these fields whose value says a date, an ambiguous or impossible one too."""
        return next((one for one in self.all(*fields) if one.when.kind is not dates.Kind.NONE), None)


def metadata(document: Document) -> Metadata:
    """The facts that a document states about itself."""
    facts = list(_front(document.front))
    top = _top(document)
    facts += _pairs(top)
    facts += _headings(document, top)
    facts += _history(document)
    facts += _end(document)
    return Metadata(tuple(facts))


def _front(front: Entries, prefix: str = "") -> Iterator[Fact]:
    for key, node in front.pairs():
        field = field_of(key)
        if field:
            yield Fact(field, key, _joined(node), key.line, "front matter")
        elif isinstance(node, Entries) and not prefix:
            yield from _front(node, key)


def _joined(node: Node) -> Words:
    """A scalar, or the scalars of a list, also of a list of mappings (their `name` or first value)."""
    found = []
    for one in items(node):
        if isinstance(one, Entries):
            one = one.get("name") or next(iter(one.values()), one)
        if isinstance(one, Text) and not one.is_null:
            found.append(str(one))
    return words(", ".join(found), node.line)


def _top(document: Document) -> list[Section]:
    """What stands before the title, under it, and under a heading that announces metadata."""
    found, levels = [], 0
    for n, section in enumerate(document.sections):
        announced = re.fullmatch(
            r"(?:document |rfc |adr )?(?:metadata|meta data|meta|information|control|properties|details|info)",
            section.key,
        )
        if n == 0 or announced or (levels == 0 and section.level):
            found.append(section)
        levels += section.level > 0
    return found


def _pairs(sections: Sequence[Section]) -> Iterator[Fact]:
    for section in sections:
        blocks = section.blocks
        for n, block in enumerate(blocks):
            if isinstance(block, Pair):
                yield from _fact(block.name, block.value, block.line, "attribute")
            elif isinstance(block, Table):
                yield from _table(block)
            elif isinstance(block, (Paragraph, Item)):
                yield from _lines(block, blocks[n + 1 :] if n < 40 else ())


def _lines(block: Paragraph | Item, following: Sequence[Block]) -> Iterator[Fact]:
    for piece in block.text.pieces():
        parts = [words(part, piece.line) for part in _BESIDE.split(piece.raw)] if _BESIDE.search(piece.raw) else [piece]
        if len(parts) > 1 and not all(_PAIR.match(part) for part in parts[:2]):
            parts = [piece]
        for part in parts:
            yield from _line(part, block, following)


def _line(piece: Words, block: Paragraph | Item, following: Sequence[Block]) -> Iterator[Fact]:
    match = _PAIR.match(piece) if ":" in piece or "\uff1a" in piece else None
    if match:
        value = words(re.split(r"[:\uff1a]", piece.raw, maxsplit=1)[1].lstrip("*_ "), piece.line)
        if not value and isinstance(block, Item):
            value = _nested(block, following) or value
        yield from _fact(match[1], value, piece.line, "line")
        return
    dated = _DATED.match(piece)
    if dated and dates.read(piece[dated.end() :]).kind is not dates.Kind.NONE:
        yield from _fact(dated[1], words(piece[dated.end() :], piece.line), piece.line, "line")


def _nested(block: Item, following: Sequence[Block]) -> Words | None:
    below = []
    for one in following:
        if not isinstance(one, Item) or one.depth <= block.depth:
            break
        below.append(one.text)
    return words(", ".join(below), below[0].line) if below else None


def _table(table: Table) -> Iterator[Fact]:
    """Two columns of names and values (the header may be such a pair), or a header of names over one row."""
    fields = [field_of(cell) for cell in table.header]
    if len(table.rows) == 1 and sum(map(bool, fields)) >= 2 and len(fields) != 2:
        for field, name, cell in zip(fields, table.header, table.rows[0].cells):
            if field:
                yield Fact(field, name, cell, cell.line, "table")
        return
    if not 2 <= len(table.header) <= 4:
        return
    for cells in (table.header, *(row.cells for row in table.rows)):
        if len(cells) >= 2:
            yield from _fact(cells[0].rstrip(":"), cells[1], cells[0].line, "table")


def _headings(document: Document, top: Sequence[Section]) -> Iterator[Fact]:
    """`## Status` and what follows it."""
    for section in document.sections[1:]:
        field = field_of(section.title) if section.level > 1 or section not in top else ""
        if not field or field in ("scope", "discussion", "title", "type", "version", "number"):
            continue
        pairs = list(_pairs([section]))
        yield from pairs
        if any(one.field == field for one in pairs):
            continue
        values = [piece for piece in said(section.blocks) if piece][:12]
        if field == "status" or field in DATES:
            values = values[:3]
        shown = _in_place(values, section.line)
        if section.items:
            joined = words(", ".join(values), shown.line)
            joined.raw, shown = shown.raw, joined
        yield Fact(field, section.title, shown, shown.line, "heading")


def _in_place(values: Sequence[Words], line: int) -> Words:
    """Several pieces as one, each still on its own line."""
    line = values[0].line if values else line
    raw = ""
    for piece in values:
        raw += "\n" * max(piece.line - line - raw.count("\n"), bool(raw)) + piece.raw
    return words(raw, line)


def _history(document: Document) -> Iterator[Fact]:
    """The newest row of a revision history: its date, version and author."""
    for section in document.sections:
        for table in section.tables:
            at = table.column(r"^(?:\w+ )?(?:date|when|updated)\b")
            titled = section.level > 0 and _HISTORY.search(section.key)
            if (
                at is None
                or not (titled or table.column(r"version|revision|^rev") is not None)
                or len(table.header) < 3 - bool(titled)
            ):
                continue
            dated = [
                (when.last, row) for row in table.rows if (cell := row.cell(at)) and (when := dates.read(cell)).last
            ]
            if not dated:
                continue
            newest = max(dated, key=lambda one: one[0])[1]
            reviewed = any("review" in normal(cell) for cell in newest.cells) or "review" in section.key
            for n, cell in enumerate(newest.cells[: len(table.header)]):
                field = field_of(table.header[n])
                field = ("reviewed" if reviewed else "updated") if n == at else field
                if field in ("reviewed", "updated", "version", "author", "reviewer", "decider"):
                    yield Fact(field, table.header[n], cell, cell.line, "history")


def _end(document: Document) -> Iterator[Fact]:
    """The last lines, where some texts keep their date."""
    last = [one for one in document.sections[-1].blocks if isinstance(one, (Paragraph, Item))][-3:]
    if len(document.sections) < 2 or (len(document.sections) == 2 and document.sections[1].level):
        return
    for block in last:
        for fact in _lines(block, ()):
            if fact.field in DATES - {"date"} | {"version", "owner"}:
                yield fact._replace(place="end")


def _fact(name: str, value: Words, line: int, place: str) -> Iterator[Fact]:
    field = field_of(name)
    if field:
        yield Fact(field, name.strip(), value, line, place)
