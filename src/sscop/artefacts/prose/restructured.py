"""reStructuredText, as far as headings, paragraphs, lists, tables, fields and links go.

Source: the reStructuredText specification; not read: substitutions, roles (their text stays), nested directives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sscop.artefacts.prose.builder import Builder
from sscop.artefacts.prose.document import Code, Document, Pair
from sscop.artefacts.prose.inline import Link, Words, words
from sscop.lazy import lazily
from sscop.repository import Malformed

MANY = 60_000

_ADORNMENT = lazily(r"([!-/:-@\[-`{-~])\1{2,}\s*$")
_BULLET = lazily(r"([-*+\u2022]|\(?(?:\d{1,9}|[a-zA-Z#])[.)])\s+(?=\S)")
_FIELD = lazily(r":([^:\n]{1,60}):(?:\s+|$)(.*)")
_HEADER = lazily(r"([A-Z][\w-]{1,30}):(?:\s+(.*))?$")
_DIRECTIVE = lazily(r"\.\.\s+([\w:-]{1,60})::\s*(.*)")
_TARGET = lazily(r"\.\.\s+_`?([^:`]+)`?:\s*(\S*)")
_LINK = lazily(r"`([^`<>]*?)\s*<([^`<>]+)>`__?")
_NAMED = lazily(r"`([^`<>]+)`_(?!_)")
_ROLE = lazily(r":[\w:+-]{1,40}:`([^`<>]*?)(?:\s*<[^`<>]*>)?`")
_SIMPLE = lazily(r"={2,}(?: +={2,})+\s*$")
_GRID = lazily(r"\+(?:[-=]+\+)+\s*$")
_TEXTUAL = {
    "note",
    "warning",
    "important",
    "tip",
    "hint",
    "attention",
    "caution",
    "danger",
    "admonition",
    "topic",
    "container",
}


def load_restructured(source: str) -> Document:
    """Read reStructuredText. Raises Malformed for a text of too many lines."""
    lines = source.replace("\r", " ").split("\n")
    if len(lines) > MANY:
        raise Malformed(f"has too many lines to read ({len(lines):,} lines)")
    return _Reader([line.expandtabs(4) for line in lines]).read()


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.builder = Builder("restructured", len(lines))
        self.styles: list[str] = []

    def read(self) -> Document:
        at = self._header()
        while at < len(self.lines):
            at = self._block(at)
        return self.builder.done()

    def _header(self) -> int:
        """RFC 822 fields at the top, as PEPs have them."""
        match = _HEADER.match(self.lines[0])
        if not match or len(self.lines) < 2 or not _HEADER.match(self.lines[1]):
            return 0
        for at, line in enumerate(self.lines):
            match = _HEADER.match(line)
            if match:
                self._pair(match[1], match[2] or "", at + 1)
            elif not line.startswith((" ", "\t")) or not line.strip():
                return at
        return len(self.lines)

    def _block(self, at: int) -> int:
        """Read one block that begins at a line, and say where the next one begins."""
        line = self.lines[at]
        text = line.strip()
        if not text:
            return at + 1
        after = self._heading(at)
        if after:
            return after
        if text.startswith("..") and (len(text) == 2 or text[2] == " "):
            return self._explicit(at, text)
        if _GRID.match(text):
            return self._grid(at)
        if _SIMPLE.match(text):
            return self._simple(at)
        if field := _FIELD.match(text):
            end = self._end(at + 1, _indent(line) + 1)
            value = " ".join([field[2], *map(str.strip, self.lines[at + 1 : end])]).strip()
            self._pair(field[1], value, at + 1)
            return end
        return self._paragraph(at)

    def _heading(self, at: int) -> int:
        lines = self.lines
        over = _ADORNMENT.match(lines[at])
        if over and at + 2 < len(lines) and lines[at + 1].strip() and lines[at + 2].rstrip() == lines[at].rstrip():
            return self._titled(lines[at + 1], over[1] * 2, at + 2, at + 3)
        if over or at + 1 >= len(lines) or lines[at].startswith(" "):
            return at + 1 if over else 0  # a transition
        under = _ADORNMENT.match(lines[at + 1])
        if (
            under
            and len(lines[at + 1].rstrip()) >= min(len(lines[at].rstrip()), 4)
            and not _SIMPLE.match(lines[at + 1])
        ):
            return self._titled(lines[at], under[1], at + 1, at + 2)
        return 0

    def _titled(self, title: str, style: str, line: int, after: int) -> int:
        if style not in self.styles:
            self.styles.append(style)
        self.builder.heading(self._inline(title.strip(), line), self.styles.index(style) + 1, line)
        return after

    def _explicit(self, at: int, text: str) -> int:
        """A directive, a target, or a comment."""
        end = self._end(at + 1, _indent(self.lines[at]) + 1)
        body = self.lines[at + 1 : end]
        directive, target = _DIRECTIVE.match(text), _TARGET.match(text)
        if target:
            self.builder.anchor(target[1].lower())
            if target[2]:
                self.builder.define(target[1], target[2])
        elif directive and directive[1] in ("list-table", "csv-table"):
            self._listed(body, at + 2)
        elif directive and directive[1] in _TEXTUAL:
            if directive[2]:
                self.builder.paragraph(self._inline(directive[2], at + 1), at + 1)
            return at + 1  # its body is read as text
        elif directive and directive[1] in ("include", "image", "figure", "literalinclude"):
            self.builder.link(Link(directive[2].strip(), "", at + 1, image=directive[1] in ("image", "figure")))
        elif directive:
            language = directive[1] if directive[1] in ("mermaid", "uml", "graphviz") else directive[2].strip()
            self.builder.add(Code(language.lower(), "\n".join(body), at + 1, end))
        else:
            self.builder.comment("\n".join([text[2:], *body]), at + 1)
        return end

    def _paragraph(self, at: int) -> int:
        line = self.lines[at]
        indent, text = _indent(line), line.strip()
        bullet = _BULLET.match(text)
        inner = indent + len(bullet[0]) if bullet else indent
        end = at + 1
        while end < len(self.lines) and self.lines[end].strip():
            following = self.lines[end]
            if (bullet and _indent(following) < inner) or (
                _BULLET.match(following.strip()) and (bullet or _indent(following) > indent)
            ):
                break
            if self.lines[end].lstrip().startswith(".. ") or _GRID.match(following.strip()):
                break
            end += 1
        raw = "\n".join(one.strip() for one in self.lines[at:end])
        raw = raw[len(bullet[0]) :] if bullet else raw
        item = (indent // 2 + 1, text[0].isdigit()) if bullet else None
        self.builder.paragraph(self._inline(raw, at + 1), at + 1, item=item, quoted=indent > 0 and not bullet)
        if raw.endswith("::"):
            past = self._end(end, inner + 1)
            if any(one.strip() for one in self.lines[end:past]):
                self.builder.add(Code("", "\n".join(self.lines[end:past]), end + 1, past))
                return past
        return end

    def _grid(self, at: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].lstrip().startswith(("+", "|")):
            end += 1
        rows: list[list[Words]] = []
        texts: list[str] = []
        first = at + 1
        for n in range(at, end):
            row = self.lines[n].strip()
            if row.startswith("+"):
                if texts:
                    rows.append([words(self._inline(cell, first), first) for cell in texts])
                texts, first = [], n + 2
            else:
                cells = [cell.strip() for cell in row.strip("|").split("|")]
                texts = [f"{old} {new}".strip() for old, new in zip(texts, cells)] if texts else cells
        self.builder.rows(rows, at + 1, end)
        return end

    def _simple(self, at: int) -> int:
        spans = [match.span() for match in re.finditer(r"=+", self.lines[at])]
        ends = [*(start for start, _ in spans[1:]), None]
        rows, n, rules = [], at + 1, 1
        while n < len(self.lines) and rules < 3:
            line = self.lines[n]
            if _SIMPLE.match(line.strip()):
                rules += 1
            elif line.strip():
                rows.append([words(self._inline(line[s:e].strip(), n + 1), n + 1) for (s, _), e in zip(spans, ends)])
            n += 1
        self.builder.rows(rows, at + 1, n)
        return max(n, at + 1)

    def _listed(self, body: Sequence[str], line: int) -> None:
        """`list-table`: rows begin with `* -`; `csv-table`: commas, taken simply."""
        rows: list[list[Words]] = []
        for n, raw in enumerate(body, line):
            text = raw.strip()
            if text.startswith("* -"):
                rows.append([words(self._inline(text[3:].strip(), n), n)])
            elif text.startswith("- ") and rows:
                rows[-1].append(words(self._inline(text[2:], n), n))
            elif "," in text and not text.startswith(":"):
                rows.append([words(self._inline(cell.strip().strip('"'), n), n) for cell in text.split(",")])
            elif text and rows and rows[-1] and not text.startswith(":"):
                last = rows[-1][-1]
                rows[-1][-1] = words(f"{last.raw} {text}", last.line)
        self.builder.rows(rows, line, line + len(body))

    def _pair(self, name: str, value: str, line: int) -> None:
        self.builder.add(Pair(words(name, line), words(self._inline(value, line), line), line))

    def _inline(self, raw: str, line: int) -> str:
        """The text with links taken out (and noted) and roles and double backticks made single ones."""
        if "`" not in raw:
            return raw
        for n, piece in enumerate(raw.split("\n"), line):
            piece = _ROLE.sub(" ", piece)
            for match in _LINK.finditer(piece):
                if match[2].endswith("_"):
                    self.builder.refer(match[1], match[2][:-1], n)
                    continue
                self.builder.link(Link(match[2], match[1], n))
                if match[1]:
                    self.builder.define(match[1], match[2])
            for match in _NAMED.finditer(_LINK.sub(" ", piece)):
                self.builder.refer(match[1], match[1], n)
        raw = _NAMED.sub(lambda match: match[1], _LINK.sub(lambda match: match[1] or match[2], raw))
        return _ROLE.sub(lambda match: f"`{match[1]}`", raw).replace("``", "`")

    def _end(self, at: int, indent: int) -> int:
        """The line after a body that is indented at least so far, without blank lines at its end."""
        end = last = at
        while end < len(self.lines):
            if self.lines[end].strip():
                if _indent(self.lines[end]) < indent:
                    break
                last = end + 1
            end += 1
        return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
