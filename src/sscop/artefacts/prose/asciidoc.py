"""AsciiDoc, as far as titles, paragraphs, lists, tables, attributes and links go.

Source: the AsciiDoc language documentation; not read: conditionals, nested tables, what `include::` brings.
"""

from __future__ import annotations

import re

from sscop.artefacts.prose.builder import Builder
from sscop.artefacts.prose.document import Code, Document, Pair
from sscop.artefacts.prose.inline import Link, Words, words
from sscop.lazy import lazily
from sscop.repository import Malformed

MANY = 60_000

_TITLE = lazily(r"(={1,6}|#{1,6})\s+(\S.*)")
_ATTRIBUTE = lazily(r":!?([\w-]{1,60})!?:(?:\s+(.*))?$")
_ITEM = lazily(r"\s*(\*{1,5}|-|\.{1,5}|\d{1,9}\.)\s+(?=\S)")
_LABEL = lazily(r"(?!https?:)([^\s:][^:]{0,60}):: *(.*)")
_FENCE = lazily(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|```)\s*\w*\s*$")
_LINK = lazily(r"(?:(link|xref|mailto):([^\s\[\]]+)|(https?://[^\s\[\]]+))\[([^\[\]]*)\]")
_CROSS = lazily(r"<<([^<>,]+)(?:,([^<>]*))?>>")
_IMAGE = lazily(r"(image|include)::?([^\s\[\]]+)\[([^\[\]]*)\]")
_ANCHOR = lazily(r"\[\[([^\[\],]+)|\[#([\w:.-]+)")
_REVISION = lazily(r"v?(\d[\w.]*)?,?\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4})")
_AUTHOR = lazily(r"([A-Z][\w.-]+(?: [\w.'-]+){0,3})\s*(?:<[^<>]+>)?(?:;|$)")


def load_asciidoc(source: str) -> Document:
    """Read AsciiDoc. Raises Malformed for a text of too many lines."""
    lines = source.replace("\r", " ").split("\n")
    if len(lines) > MANY:
        raise Malformed(f"has too many lines to read ({len(lines):,} lines)")
    return _Reader(lines).read()


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.builder = Builder("asciidoc", len(lines))
        self.language = ""

    def read(self) -> Document:
        at = 0
        while at < len(self.lines):
            at = self._block(at)
        return self.builder.done()

    def _block(self, at: int) -> int:
        line = self.lines[at].rstrip()
        if not line:
            return at + 1
        if line.startswith("//") and not line.startswith("///"):
            self.builder.comment(line[2:], at + 1)
            return at + 1
        if fence := _FENCE.match(line):
            return self._fence(at, fence[1])
        if title := _TITLE.match(line):
            self.builder.heading(self._inline(title[2], at + 1), len(title[1]), at + 1)
            self.builder.anchor("_" + re.sub(r"[^\w]+", "_", title[2].lower()).strip("_"))
            return self._byline(at + 1) if len(title[1]) == 1 else at + 1
        if attribute := _ATTRIBUTE.match(line):
            self._pair(attribute[1], attribute[2] or "", at + 1)
            return at + 1
        if line in ("|===", "!===", ",==="):
            return self._table(at, line)
        if line.startswith("[") and line.endswith("]"):
            for match in _ANCHOR.finditer(line):
                self.builder.anchor(match[1] or match[2])
            self.language = (
                line[1:-1].split(",")[1].strip() if line.startswith("[source,") else line[1:-1].split(",")[0]
            )
            return at + 1
        if re.fullmatch(r"={4,}|\*{4,}|_{4,}|--|<<<|'''|\+|---", line):
            return at + 1  # the marks of a block whose text is text, or a rule
        if label := _LABEL.match(line):
            self._pair(label[1], label[2], at + 1)
            return at + 1
        return self._paragraph(at)

    def _byline(self, at: int) -> int:
        """The author and revision lines under a document's title."""
        for kind, pattern in (("author", _AUTHOR), ("revdate", _REVISION)):
            line = self.lines[at] if at < len(self.lines) else ""
            if not line.strip() or line.startswith(":") or not pattern.match(line):
                continue
            match = pattern.match(line)
            assert match
            self._pair(kind, match[2] if kind == "revdate" else line, at + 1)
            if kind == "revdate" and match[1]:
                self._pair("revnumber", match[1], at + 1)
            at += 1
        return at

    def _fence(self, at: int, mark: str) -> int:
        end = next((n for n in range(at + 1, len(self.lines)) if self.lines[n].rstrip() == mark), len(self.lines))
        body = "\n".join(self.lines[at + 1 : end])
        if mark[0] == "/":
            self.builder.comment(body, at + 1)
        else:
            self.builder.add(Code(self.language.lower(), body, at + 1, min(end + 1, len(self.lines))))
        self.language = ""
        return end + 1

    def _paragraph(self, at: int) -> int:
        line = self.lines[at]
        item = _ITEM.match(line)
        end = at + 1
        while end < len(self.lines) and (text := self.lines[end].rstrip()):
            if _ITEM.match(text) or _TITLE.match(text) or _FENCE.match(text) or _ATTRIBUTE.match(text):
                break
            if text in ("|===", "+") or (text.startswith("[") and text.endswith("]")) or _LABEL.match(text):
                break
            end += 1
        raw = "\n".join(one.strip() for one in self.lines[at:end])
        if item:
            raw = raw[len(item[0].lstrip()) :]
            place = (len(item[1]) if item[1][0] in "*." else 1, item[1][0] in ".0123456789")
            self.builder.paragraph(self._inline(raw, at + 1), at + 1, item=place)
        else:
            self.builder.paragraph(self._inline(raw.removeprefix(".") if raw[1:2].isalpha() else raw, at + 1), at + 1)
        return end

    def _table(self, at: int, mark: str) -> int:
        end = next((n for n in range(at + 1, len(self.lines)) if self.lines[n].rstrip() == mark), len(self.lines))
        rows: list[list[Words]] = []
        width = 0
        cells: list[Words] = []
        for n in range(at + 1, end):
            line = self.lines[n].strip()
            if not line:
                width = width or len(cells)
                continue
            found = [
                words(self._inline(cell.strip(), n + 1), n + 1) for cell in re.split(r"(?:^|\s)[\w.^<>+*]{0,6}\|", line)
            ]
            if not line.startswith("|") and found[0] and cells:
                last = cells[-1]
                cells[-1] = words(f"{last.raw} {found[0].raw}".strip(), last.line)
            cells += found[1:]
            width = width or (len(found) - 1 if len(found) > 2 else 0)
        width = width or 1
        rows = [cells[n : n + width] for n in range(0, len(cells), width)]
        self.builder.rows(rows, at + 1, min(end + 1, len(self.lines)))
        return end + 1

    def _pair(self, name: str, value: str, line: int) -> None:
        self.builder.add(Pair(words(name, line), words(self._inline(value, line), line), line))

    def _inline(self, raw: str, line: int) -> str:
        """The text with links taken out and noted."""
        if "[" not in raw and "<<" not in raw:
            return raw
        for n, piece in enumerate(raw.split("\n"), line):
            for match in _LINK.finditer(piece):
                target = f"mailto:{match[2]}" if match[1] == "mailto" else match[2] or match[3]
                self.builder.link(Link(target, match[4], n))
            for match in _CROSS.finditer(piece):
                target = match[1] if "#" in match[1] or match[1].endswith(".adoc") else f"#{match[1]}"
                self.builder.link(Link(target, match[2] or match[1], n))
            for match in _IMAGE.finditer(piece):
                self.builder.link(Link(match[2], match[3], n, image=match[1] == "image"))
            for match in _ANCHOR.finditer(piece):
                self.builder.anchor(match[1] or match[2])
        raw = _LINK.sub(lambda match: match[4].rstrip("^") or match[2] or match[3], _IMAGE.sub("", raw))
        return _CROSS.sub(lambda match: match[2] or match[1], raw)
