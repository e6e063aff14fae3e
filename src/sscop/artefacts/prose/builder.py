"""Puts a document together: the three readers hand in headings and blocks in order, with lines from 1."""

from __future__ import annotations

from collections.abc import Sequence

from sscop.artefacts.nodes import Entries, Node, load, text
from sscop.artefacts.prose.document import Block, Document, Item, Paragraph, Row, Section, Table
from sscop.artefacts.prose.inline import Link, Words, custom_anchor, links, named, slug, words
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Malformed

_DEFINITION = lazily(r"^ {0,3}\[([^\[\]^][^\[\]]*)\]:\s*<?([^\s<>]+)")
_ANCHOR = lazily(r"<[A-Za-z]+\s[^<>]*?\b(?:id|name)\s*=\s*[\"']?([^\"'\s<>]+)")
_TASK = lazily(r"^\[([ xX])\]\s+")
_CELL_BREAK = lazily(r"(?<!\\)\|")
_RULE = lazily(r"\s*:?-+:?\s*")


class Builder:
    """Collects a document's parts."""

    def __init__(self, kind: str, lines: int) -> None:
        self.kind, self.lines = kind, lines
        self.front = _empty()
        self.front_problem: Unread | None = None
        self.comments: list[Words] = []
        self._sections: list[Section] = []
        self._open: tuple[Words, int, int] = (words("", 1), 0, 1)
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._named: list[tuple[str, str, int]] = []
        self._definitions: dict[str, str] = {}
        self._anchors: dict[str, int] = {}

    def heading(self, raw: str, level: int, line: int) -> None:
        """A heading begins a new section."""
        raw, anchor = custom_anchor(raw)
        self._close(line - 1)
        title = words(raw, line)
        self._open = (title, level, line)
        for name in filter(None, (slug(title), anchor)):
            count = self._anchors.get(name, 0)
            self._anchors[name] = count + 1
            if count:
                self._anchors.setdefault(f"{name}-{count}", 1)
        self._find_links(raw, line)

    def add(self, block: Block) -> None:
        """A block of the open section."""
        self._blocks.append(block)

    def paragraph(self, raw: str, line: int, *, quoted: bool = False, item: tuple[int, bool] | None = None) -> None:
        """Source lines that are a paragraph or a list item's text (`item`: depth, ordered), tables among them."""
        raw = self.uncomment(raw, line)
        if not raw.strip():
            return
        lines = raw.split("\n")
        if "|" in raw and "-" in raw and (at := _table_at(lines)):
            self.paragraph("\n".join(lines[: at - 1]), line, quoted=quoted, item=item)
            self.table(lines[at - 1 :], line + at - 1, quoted=quoted)
            return
        if "]:" in raw and _DEFINITION.match(lines[0]):
            raw = "\n".join("" if self._definition(one) else one for one in lines)
            if not raw.strip():
                return
        self._find_links(raw, line)
        end = line + raw.count("\n")
        if item:
            task = _TASK.match(raw)
            checked = task[1] != " " if task else None
            body = raw[task.end() :] if task else raw
            self.add(Item(words(body, line), line, end, *item, checked))
        else:
            self.add(Paragraph(words(raw, line), line, end, quoted))

    def table(self, lines: Sequence[str], line: int, *, quoted: bool = False) -> None:
        """A pipe table: header, delimiter row, rows."""
        header = _cells(lines[0], line)
        rows = [Row(_cells(raw, line + n)[: len(header)], line + n) for n, raw in enumerate(lines[2:], 2)]
        for n, raw in enumerate(lines):
            self._find_links(raw, line + n)
        self.add(Table(header, tuple(rows), line, line + len(lines) - 1, quoted))

    def rows(self, rows: Sequence[Sequence[Words]], line: int, end_line: int) -> None:
        """A table of another notation, its header first."""
        for row in rows:
            for cell in row:
                self._find_links(cell.raw, cell.line)
        made = [Row(tuple(row), row[0].line if row else line) for row in rows]
        if made:
            self.add(Table(made[0].cells, tuple(made[1:]), line, end_line))

    def uncomment(self, raw: str, line: int) -> str:
        """A text without its HTML comments, which are kept apart; lines stay where they are."""
        if "<!--" not in raw:
            return raw
        parts, at, here = [], 0, line
        while (start := raw.find("<!--", at)) >= 0:
            here += raw.count("\n", at, start)
            end = raw.find("-->", start)
            stop, end = (len(raw), len(raw)) if end < 0 else (end, end + 3)
            self.comment(raw[start + 4 : stop], here)
            breaks = raw.count("\n", start, end)
            parts += [raw[at:start], "\n" * breaks]
            here, at = here + breaks, end
        return "".join([*parts, raw[at:]])

    def comment(self, body: str, line: int) -> None:
        """A comment, which is no content."""
        said = Words(body.strip())
        said.line, said.raw = line, body
        self.comments.append(said)

    def link(self, link: Link) -> None:
        """A link found by a reader."""
        self._links.append(link)

    def anchor(self, name: str) -> None:
        """A name that a link can point to."""
        self._anchors.setdefault(name, 1)

    def define(self, name: str, target: str) -> None:
        """A link target by name."""
        self._definitions.setdefault(name.lower(), target)

    def refer(self, text: str, name: str, line: int) -> None:
        """A use of a link target by name; it becomes a link where the name is defined."""
        self._named.append((text, name.lower(), line))

    def take_front(self, source: str, after: int) -> None:
        """YAML front matter: the text between the marks, and the number of lines before it."""
        try:
            node: Node = load("\n" * after + source)
        except Malformed as problem:
            self.front_problem = Unread("", problem.reason, problem.line)
            return
        if isinstance(node, Entries):
            self.front = node

    def done(self) -> Document:
        """The document."""
        self._close(self.lines)
        known = self._definitions
        self._links += [Link(known[name], said, line) for said, name, line in self._named if name in known]
        return Document(
            self.kind,
            self._title(),
            tuple(self._sections),
            tuple(sorted(self._links, key=lambda one: one.line)),
            self.front,
            self.front_problem,
            tuple(self.comments),
            frozenset(self._anchors),
            self.lines,
        )

    def _title(self) -> Words | None:
        named_ = text(self.front.get("title"))
        headings = [one for one in self._sections if one.level and one.title]
        if headings and (headings[0].level == 1 or not named_):
            return min(headings, key=lambda one: one.level).title if headings[0].level > 1 else headings[0].title
        return words(named_, named_.line) if named_ else None

    def _close(self, end_line: int) -> None:
        title, level, line = self._open
        self._sections.append(Section(title, level, line, max(end_line, line), tuple(self._blocks)))
        self._blocks = []

    def _definition(self, raw: str) -> bool:
        match = _DEFINITION.match(raw)
        if match:
            self.define(match[1], match[2])
        return match is not None

    def _find_links(self, raw: str, line: int) -> None:
        self._links += links(raw, line)
        self._named += named(raw, line)
        if "<" in raw and "=" in raw:
            for match in _ANCHOR.finditer(raw):
                self.anchor(match[1])


def _empty() -> Entries:
    front = Entries()
    front.line = 1
    return front


def _cells(raw: str, line: int) -> tuple[Words, ...]:
    row = raw.strip()
    row = row.removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return tuple(words(cell.strip().replace("\\|", "|"), line) for cell in _CELL_BREAK.split(row))


def _table_at(lines: Sequence[str]) -> int:
    """The index of a delimiter row under a header row of as many cells; 0 without one."""
    for n, raw in enumerate(lines[1:], 1):
        if "-" in raw and "|" in raw and not raw.strip("|:- \t") and all(map(_RULE.fullmatch, _inner(raw))):
            return n if len(_inner(raw)) == len(_inner(lines[n - 1])) else 0
    return 0


def _inner(raw: str) -> list[str]:
    row = raw.strip()
    row = row.removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return _CELL_BREAK.split(row)
