"""Markdown by markdown-it-py's block rules (CommonMark); tables, links and comments by our own linear readers.

The library's inline and table rules are not run: they take seconds for a megabyte of brackets or pipes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sscop.artefacts.prose.builder import Builder
from sscop.artefacts.prose.document import Code, Document
from sscop.artefacts.prose.html import Html
from sscop.lazy import lazily
from sscop.repository import Malformed

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DENSE = 60_000
"""Lines in a text, one that begins a list item, quote or heading counted as eight: about half a second."""

_MARKER = lazily(r"^[ \t>]*(?:[-*+#>]|\d{1,9}[.)]|<)", re.MULTILINE)
_MATTER = lazily(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").disable(["inline", "text_join", "reference"])


def load_markdown(source: str) -> Document:
    """Read Markdown. Raises Malformed for a text that is too dense to read in time."""
    lines = source.count("\n") + 1
    weight = lines + 7 * sum(1 for _ in _MARKER.finditer(source))
    if weight > DENSE:
        raise Malformed(f"has too many lines and list items to read ({lines:,} lines)")
    builder = Builder("markdown", lines)
    body = _front(source.replace("\r", " "), builder)
    _blocks(_parser().parse(body), builder)
    return builder.done()


def _front(source: str, builder: Builder) -> str:
    """The text with its front matter blanked out, so that lines stay where they are."""
    match = _MATTER.match(source)
    if not match:
        return source
    builder.take_front(match[1], 1)
    if not builder.front and not builder.front_problem and match[1].strip():
        return source  # two rules with prose between them
    return "\n" * match[0].count("\n") + source[match.end() :]


def _blocks(tokens: list[Token], builder: Builder) -> None:
    html = Html(builder)
    lists: list[list[bool]] = []  # for each open list: is it ordered; a new item waits for its text
    quotes = level = 0
    for token in tokens:
        kind = token.type
        line = token.map[0] + 1 if token.map else 1
        if kind == "heading_open":
            level = int(token.tag[1])
        elif kind == "inline":
            if level:
                builder.heading(builder.uncomment(token.content, line).strip(), level, line)
                level = 0
            else:
                item = (len(lists), lists[-1][0]) if lists and lists[-1][1] else None
                if item:
                    lists[-1][1] = False
                builder.paragraph(token.content, line, quoted=quotes > 0, item=item)
        elif kind in ("fence", "code_block"):
            end = token.map[1] if token.map else line
            builder.add(Code((token.info.split() or [""])[0].lower(), token.content, line, end))
        elif kind == "html_block":
            html.take(token.content, line)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            lists.append([kind == "ordered_list_open", False])
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_open":
            lists[-1][1] = True
        elif kind in ("blockquote_open", "blockquote_close"):
            quotes += 1 if kind == "blockquote_open" else -1
    html.close()
