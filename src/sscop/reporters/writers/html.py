"""A document as one self-contained HTML page: no script, no request, readable in the dark, on paper and aloud."""

from __future__ import annotations

import os

from sscop.reporters.document import Chart, Document, Glance, Heading, Items, Paragraph, Table, many, safe
from sscop.reporters.escape import clean

SYMBOLS = {
    "evidence seen": "\u25cf",
    "partly seen": "\u25d0",
    "declared": "\u25cb",
    "contradicted": "\u2716",
    "gap": "\u2715",
    "unknown": "?",
    "not assessed": "\u2013",
    "not applicable": "\u00b7",
}
"""A sign for each status, so that none is told by colour alone."""

_KINDS = {Heading: "heading", Paragraph: "paragraph", Items: "items", Table: "table", Glance: "glance", Chart: "chart"}


def write(document: Document) -> bytes:
    """The document as UTF-8. Raises ImportError where Jinja2 is not installed (the extra `report`)."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    here = os.path.join(os.path.dirname(__file__), "templates")
    environment = Environment(
        loader=FileSystemLoader(here), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["clean"] = clean
    environment.filters["many"] = many
    environment.filters["safe_href"] = safe
    environment.filters["symbol"] = lambda status: SYMBOLS.get(status, "")
    environment.filters["slug"] = lambda status: status.replace(" ", "-") if status in SYMBOLS else "other"
    blocks = [(_KINDS[type(block)], block) for block in document.blocks]
    headings = [block for _, block in blocks if isinstance(block, Heading) and block.level == 2 and block.anchor]
    glance = any(tile.href for _, block in blocks if isinstance(block, Glance) for tile in block.tiles)
    page = environment.get_template("page.html").render(
        document=document, blocks=blocks, headings=headings, statuses=SYMBOLS, glance=glance
    )
    return page.encode("utf-8", "backslashreplace")
