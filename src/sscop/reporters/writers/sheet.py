"""The tables of a document as a sheet: CSV, or a workbook (.xlsx). No cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from sscop.reporters.document import Cell, Document, Table
from sscop.reporters.escape import clean

LONGEST = 32_000
"""Characters of a cell; a workbook takes 32,767."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(document: Document) -> bytes:
    """The first table as CSV, UTF-8 with a mark that spreadsheets look for; a cell that could be a formula gets a `'`.

    What the document opens with stands in the first line, in one cell.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(document):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "backslashreplace")


def write_xlsx(document: Document) -> bytes:
    """The same as a workbook, where text stays text. Raises ImportError without openpyxl (the extra `report`)."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "sscop"
    for n, row in enumerate(_rows(document), 1):
        for m, value in enumerate(row, 1):
            cell = sheet.cell(n, m)
            cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(wrap_text=n > 1, vertical="top")
            cell.font = Font(bold=n <= 2)
    for place, words in _choices(document):
        listed = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
        listed.error = f"one of {', '.join(words)}, or nothing"
        sheet.add_data_validation(listed)
        letter = get_column_letter(place)
        listed.add(f"{letter}3:{letter}{max(3, sheet.max_row)}")
    sheet.freeze_panes = "A3"
    for number, column in enumerate(sheet.iter_cols(min_row=2, values_only=True), 1):
        widest = max((min(len(str(value or "")), 60) for value in column), default=8)
        sheet.column_dimensions[get_column_letter(number)].width = max(8, widest + 2)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _table(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def _choices(document: Document) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The columns, from 1, that take only certain words."""
    table = _table(document)
    for title, words in table.choices:
        if title in table.header:
            yield table.header.index(title) + 1, words


def _rows(document: Document) -> Iterator[list[str]]:
    table = _table(document)
    yield [clean(f"{document.opening} {document.draft}".strip())]
    yield [clean(title) for title in table.header]
    for row in table.rows:
        yield [_plain(cell) for cell in row]


def _plain(cell: Cell) -> str:
    said = "\n".join(clean("".join(span.text for span in line)) for line in cell.lines)
    return "".join(char for char in said if char >= " " or char == "\n")[:LONGEST]
