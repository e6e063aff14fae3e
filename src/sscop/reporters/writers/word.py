"""A document as a Word file (.docx), landscape, for those who fill in forms there."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sscop.reporters.document import Document, Heading, Items, Paragraph, Spans, Table, as_table, safe
from sscop.reporters.escape import clean

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write(document: Document) -> bytes:
    """The document's bytes. Raises ImportError where python-docx is not installed (the extra `report`)."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    made = docx.Document()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    made.styles["Normal"].font.size = Pt(9)
    made.core_properties.title = _text(document.title)
    made.core_properties.author = ""
    made.add_heading(_text(document.title), 0)
    made.add_paragraph().add_run(_text(document.opening)).bold = True
    if document.draft:
        made.add_paragraph(style="Intense Quote").add_run(_text(document.draft))
    for block in document.blocks:
        if isinstance(block, Heading):
            made.add_heading(_text(block.text), block.level - 1)
        elif isinstance(block, Paragraph):
            _put(made.add_paragraph(style="Quote" if block.kind else None), block.spans)
        elif isinstance(block, Items):
            for one in block.items:
                _put(made.add_paragraph(style="List Bullet"), one)
        else:
            _table(made, block if isinstance(block, Table) else as_table(block), 26.7)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _table(made: Any, block: Table, room: float) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    columns = len(block.header)
    table = made.add_table(rows=1, cols=columns, style="Light Grid Accent 1")
    table.autofit = False
    for look in table._tbl.tblPr.findall(qn("w:tblLook")):
        look.set(qn("w:firstColumn"), "0")  # which the style would set in bold: bold is for what says so
        look.set(qn("w:val"), "0420")  # the same for older programs: a first row, and bands
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    shares = block.widths or (1,) * columns
    widths = [Cm(room * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for target, title, width in zip(table.rows[0].cells, block.header, widths, strict=True):
        target.text, target.width = _text(title), width
    for row in block.rows:
        for target, cell, width in zip(table.add_row().cells, row, widths, strict=True):
            target.width = width
            for n, line in enumerate(cell.lines):
                _put(target.paragraphs[0] if n == 0 else target.add_paragraph(), line)


def _put(paragraph: Any, spans: Spans) -> None:
    for span in spans:
        run = paragraph.add_run(_text(span.text))
        run.bold = span.strong or None
        if span.code:
            run.font.name = "Consolas"
        if (href := safe(span.href)) and href[0] != "#":
            _hyperlink(paragraph, run, href)


def _hyperlink(paragraph: Any, run: Any, href: str) -> None:
    """Make the last run a link; python-docx reads links and has no way to write one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, _LINK, is_external=True))
    run.font.underline = True
    run.font.color.rgb = RGBColor(0x0B, 0x5C, 0xAD)
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)


def _text(value: str) -> str:
    """Text without what XML can't hold."""
    return "".join(char for char in clean(value) if char >= " " and not 0xD800 <= ord(char) <= 0xDFFF)
