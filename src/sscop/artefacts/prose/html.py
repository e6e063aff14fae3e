"""HTML blocks inside Markdown: `<details>`, `<summary>`, headings, lists and tables, as far as they carry text."""

from __future__ import annotations

from sscop.artefacts.prose.builder import Builder
from sscop.artefacts.prose.document import Code
from sscop.artefacts.prose.inline import Words, words
from sscop.lazy import lazily

_TAG = lazily(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_CELL = {"td", "th"}
_BLOCK = {"p", "div", "details", "summary", "section", "ul", "ol", "br", "hr", "blockquote", "table", "pre", "dd", "dt"}
_SILENT = {"script", "style", "template"}


class Html:
    """Reads HTML blocks one after the other; a table may go on across blank lines, and so across blocks."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._rows: list[list[Words]] | None = None
        self._line = self._end = 1

    def take(self, source: str, line: int) -> None:
        """One HTML block."""
        source = self._builder.uncomment(source, line)
        if not source.strip():
            return
        self._text: list[str] = []
        self._start = line
        self._role = "p"
        at, silent, here = 0, "", line
        for match in _TAG.finditer(source):
            closing, name = match[1] == "/", match[2].lower()
            if silent:
                if closing and name == silent:
                    here += source.count("\n", at, match.end())
                    silent, at = "", match.end()
                continue
            self._said(source[at : match.start()])
            here += source.count("\n", at, match.start())
            self._tag(name, closing, match[0], here)
            here += match[0].count("\n")
            at = match.end()
            silent = name if name in _SILENT and not closing else ""
        self._said("" if silent else source[at:])
        self._flush(line)
        self._end = line + source.count("\n")

    def close(self) -> None:
        """The end of the document: an open table ends too."""
        if self._rows:
            self._builder.rows([row for row in self._rows if row], self._line, self._end)
        self._rows = None

    def _said(self, text: str) -> None:
        self._text.append(text)

    def _tag(self, name: str, closing: bool, tag: str, line: int) -> None:
        if name == "table":
            self._flush(line)
            self._end = line
            self.close()
            if not closing:
                self._rows, self._line = [], line
        elif name == "tr" and self._rows is not None:
            self._flush(line)
            if not closing:
                self._rows.append([])
        elif name in _CELL or name == "li" or (name[0] == "h" and name[1:].isdigit()):
            self._flush(line)
            self._role = "p" if closing else name
        elif name in _BLOCK:
            self._flush(line)
        else:
            self._text.append(tag)

    def _flush(self, line: int) -> None:
        """What was said since the last block tag becomes a block."""
        raw = "".join(self._text)
        self._text = []
        lead = raw[: len(raw) - len(raw.lstrip())].count("\n")
        start, raw = self._start + lead, raw.strip()
        self._start = line
        if self._role in _CELL and self._rows is not None:
            if self._rows:
                self._rows[-1].append(words(raw, start))
            self._role = "p"
        elif not raw:
            return
        elif self._role[0] == "h" and self._role[1:].isdigit():
            self._builder.heading(raw, min(int(self._role[1:]), 6), start)
        elif self._role == "pre":
            self._builder.add(Code("", raw, start, line))
        else:
            self._builder.paragraph(raw, start, item=(1, False) if self._role == "li" else None)
