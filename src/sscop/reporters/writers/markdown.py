"""A document as GitHub Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from sscop.reporters.document import Cell, Document, Heading, Items, Paragraph, Span, Spans, Table, as_table, safe
from sscop.reporters.escape import code, text


def write(document: Document) -> bytes:
    """The document as UTF-8."""
    lines = [f"# {text(document.title)}", "", f"**{text(document.opening)}**", ""]
    if document.draft:
        lines += [f"> **{text(document.draft)}**", ""]
    for block in document.blocks:
        if isinstance(block, Heading):
            lines += [f'<a id="{block.anchor}"></a>', ""] if safe(f"#{block.anchor}") else []
            lines += [f"{'#' * block.level} {text(block.text)}", ""]
        elif isinstance(block, Paragraph):
            said = _spans(block.spans)
            lines += [f"> {said}" if block.kind else said, ""]
        elif isinstance(block, Items):
            lines += [*(f"- {_spans(one)}" for one in block.items), ""]
        else:
            table = block if isinstance(block, Table) else as_table(block)
            lines += [*_table(table.header, ([_cell(cell) for cell in row] for row in table.rows)), ""]
    return "\n".join(lines).encode("utf-8", "backslashreplace")


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    titles = [text(title) for title in header]
    return [_row(titles), _row("---" for _ in titles), *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(_spans(line) for line in cell.lines)


def _spans(spans: Spans) -> str:
    """The pieces of a sentence; what the white space at a piece's ends separates stays apart."""
    return "".join(map(_span, spans)).strip()


def _span(span: Span) -> str:
    inner = span.text.strip()
    if not inner:
        return span.text and " "
    made = code(inner) if span.code else text(inner)
    if span.strong:
        made = f"**{made}**"
    if href := safe(span.href):
        made = f"[{made}]({href})"
    before, after = span.text[:1].isspace(), span.text[-1:].isspace()
    return f"{' ' * before}{made}{' ' * after}"
