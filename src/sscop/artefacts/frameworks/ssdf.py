"""The ids of NIST's Secure Software Development Framework, and what a text calls each one.

Sources: NIST SP 800-218 (version 1.1), its first version of 2020, the draft of version 1.2 (SP 800-218r1), and the
profile for generative AI (SP 800-218A). Ids only; what each practice is about is said in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.prose.document import Block, Code, Document, Item, Pair, Paragraph, Table
from sscop.artefacts.prose.inline import normal, plain
from sscop.lazy import NamedTuple, lazily

TASKS = {
    "PO.1": 3, "PO.2": 3, "PO.3": 3, "PO.4": 2, "PO.5": 2, "PS.1": 1, "PS.2": 1, "PS.3": 2, "PW.1": 3, "PW.2": 1,
    "PW.4": 4, "PW.5": 1, "PW.6": 2, "PW.7": 2, "PW.8": 2, "PW.9": 2, "RV.1": 3, "RV.2": 2, "RV.3": 4,
}  # fmt: skip
"""The practices of version 1.1, with the number of the last task of each."""
_MOVED = {"PW.4.3"}
_DRAFT = {"PO.6": 3, "PS.4": 4}
"""What the draft of version 1.2 adds."""
_FIRST = {"PW.3": 2, "PW.4": 5, "PW.5": 2}
"""What only the version of 2020 has."""
_AI = {"PO.5": 3, "PS.1": 3, "PW.3": 3}
"""What the profile for generative AI adds."""

ID = lazily(r"(?<![\w.-])(P[OSW]|RV)\.(\d{1,2})(?:\.(\d{1,2}))?(?![\w]|\.\d)")
_ISFIRST = lazily(r"(?i:SSDF|800-218)[^\n]{0,20}\b(?:v|version )?1\.0\b|\bApril 2020\b")
_ISAI = lazily(r"800-218A|generative AI[^\n]{0,40}profile", re.IGNORECASE)
_LEAD = lazily(r"[\s*_`\[\](:.\u2013\u2014-]{0,8}")
_END = lazily(r"\s[\u2013\u2014-]{1,2}\s|[\u2014;|:(]|\s\u2192|\. |\n")
_ABOUT = r"practice|description|title|name|task|summary|requirement|control|objective|activity|topic"
_GROUP = lazily(r"\s{0,2}(?:,|/|&|and|to|-|\u2013)\s{0,2}(?:(?:P[OSW]|RV)?\.?\d)")


class Cited(NamedTuple):
    """An id in a text with the words that stand as its label ("" without any)."""

    id: str
    label: str
    line: int

    @property
    def practice(self) -> str:
        """The id of the practice that a task belongs to."""
        return ".".join(self.id.split(".")[:2])


def cited(document: Document) -> Iterator[Cited]:
    """Every id that a document cites, in order; code blocks aside."""
    for section in document.sections:
        if section.level:
            yield from _led(section.title, section.line)
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[Cited]:
    if isinstance(block, Table):
        about = [re.search(_ABOUT, normal(head)) is not None for head in block.header]
        for row in block.rows:
            for n, cell in enumerate(row.cells):
                found = list(_led(cell, cell.line))
                beside = row.cell(n + 1)
                if len(found) == 1 and not found[0].label and beside and about[n + 1 : n + 2] == [True]:
                    found = [found[0]._replace(label=_label(beside))]
                yield from found
    elif isinstance(block, (Paragraph, Item)):
        for piece in block.text.pieces():
            yield from _led(piece, piece.line)
    elif isinstance(block, Pair):
        yield from _led(block.name, block.line)
    else:
        assert isinstance(block, Code)


def _led(text: str, line: int) -> Iterator[Cited]:
    """The ids of a line; only the one that begins it, and stands alone, has a label."""
    if "." not in text:
        return
    found = list(ID.finditer(text))
    for n, match in enumerate(found):
        label = ""
        if n == 0 and not _GROUP.match(text, match.end()) and _LEAD.match(text).end() >= match.start():  # type: ignore[union-attr]
            rest = text[match.end() : found[1].start() if len(found) > 1 else None]
            label = _label(rest)
        yield Cited(match[0], label, line)


def _label(text: str) -> str:
    """The first words of a text, up to where an explanation begins."""
    text = plain(text)
    start = _LEAD.match(text)
    text = text[start.end() if start else 0 :]
    end = _END.search(text)
    return text[: end.start() if end else None].strip(" *_`.:()[]")[:100]


def exists(id_: str, text: str) -> bool:
    """Whether the framework has an id, in any version that the text says it is about."""
    group, practice, *task = id_.split(".")
    key, number = f"{group}.{practice}", int(task[0]) if task else 0
    known = [TASKS, _DRAFT, *([_FIRST] if _ISFIRST.search(text) else []), *([_AI] if _ISAI.search(text) else [])]
    if id_ in _MOVED and not _ISFIRST.search(text):
        return False
    return any(key in one and (not task or 1 <= number <= one[key]) for one in known)
