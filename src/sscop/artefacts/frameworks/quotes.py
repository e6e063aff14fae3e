"""Where texts quote the Software Security Code of Practice: a principle's number, and what they call it.

Only what surely speaks of the Code is read: a text or section whose title names it, a column of a table that does,
or a principle's number right behind its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from sscop.artefacts.frameworks.names import named
from sscop.artefacts.frameworks.texts import texts
from sscop.artefacts.prose.document import Document, Item, Paragraph, Section, Table, read
from sscop.artefacts.prose.inline import Words, normal
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

CODE = lazily(r"software[ _-]security[ _-]code[ _-]of[ _-]practice|\bssco[pP]\b|\bSSCOP\b", re.IGNORECASE)
_MARKS = (b"software security code of practice", b"software-security-code-of-practice", b"sscop")
NEAR = 40
"""Characters before a number in which the name of another list says whose it is."""
_OTHERS = lazily(
    r"\b(?:NIST|ISO|OWASP|CISA|NCSC (?:secure|cloud|caf|developer)|Caldicott|GDPR|Cyber Essentials|CAF|NIS2|DSPT"
    r"|SOC|PCI|HIPAA"
    r"|(?:AI|app store|cyber governance|technology) .{0,20}code of practice|secure by design principles|CRA)\b",
    re.IGNORECASE,
)
_NUMBER = r"(\d{1,2}(?:\.\d{1,2})?)(?![\d.]*\d)(?:\s{0,2}(?:-|\u2013|to)\s{0,2}(\d{1,2}(?:\.\d{1,2})?)(?![.\d]*\d))?"
_LED = lazily(rf"\W{{0,4}}principles?\s{{1,3}}{_NUMBER}\W{{0,4}}\s{{0,3}}(.{{0,240}})", re.IGNORECASE)
_BARE = lazily(r"\W{0,4}(\d{1,2}\.\d{1,2})(?![.\d]*\d)[\s*_:.)\u2013\u2014-]{1,8}([A-Z].{2,240})")
_BEHIND = lazily(
    rf"(?:software security code of practice"
    rf"|\bsscop\b)[^.\n]{{0,40}}?\bprinciples?\s{{1,3}}{_NUMBER}(?:\s{{0,2}}(?:\(([^()\n]{{3,160}})\)"
    r"|[:\u2013\u2014-]\s{0,2}([^\n]{3,160})))?",
    re.IGNORECASE,
)
_INLINE = lazily(rf"\bprinciples?\s{{1,3}}{_NUMBER}(?:\s{{0,2}}\(([^()\n]{{3,160}})\))?", re.IGNORECASE)
_CELL = lazily(rf"(?:p(?:rinciple)?\.?\s{{0,2}})?{_NUMBER}(?:[\s:.)\u2013\u2014-]{{1,6}}(.{{3,240}}))?", re.IGNORECASE)
_COLUMN = lazily(r"^(?:\w+ )?(?:principles?|sscop|code of practice|uk code|cop)\b|^(?:ref|no|number|#|id)$|^$")
_TITLED = lazily(r"principle|title|name|requirement|description|text|summary|what")


class Quote(NamedTuple):
    """A principle as a text quotes it. `title` is "" where none stands beside the number.

    `formal`: the words beside the number are a title by their place (a heading, a column of titles), not an aside.
    `bare`: the number stands without the word, as a text's own numbering does too.
    """

    number: str
    title: str
    line: int
    formal: bool
    bare: bool = False
    path: str = ""

    @property
    def flat(self) -> bool:
        """Whether the number is one of a list from 1 on, without the theme."""
        return "." not in self.number


class Quoted(NamedTuple):
    """All quotes, and the texts that name the Code and could not be read."""

    quotes: tuple[Quote, ...]
    unread: tuple[Unread, ...]


def quoted(repo: Repository) -> Quoted:
    """What the texts of a repository quote of the Code."""
    found: list[Quote] = []
    unread = []
    for path, data in repo.once(texts).counted.items():
        if any(mark in data for mark in _MARKS):
            document = read(repo, path)
            if isinstance(document, Unread):
                unread.append(document)
            else:
                found += (one._replace(path=path) for one in quotes(document, path))
    return Quoted(tuple(found), tuple(unread))


def quotes(document: Document, path: str = "") -> Iterator[Quote]:
    """The principles that one text quotes, each number once a line."""
    seen: set[tuple[str, int]] = set()
    inside = _regions(document, path)
    for section in document.sections:
        for one in _in(section, sure=section.line in inside):
            if (one.number, one.line) not in seen:
                seen.add((one.number, one.line))
                yield one


def _regions(document: Document, path: str) -> set[int]:
    """The lines of the sections that speak of the Code and of nothing else."""
    title = str(document.title or "") + " " + re.sub(r"[-_]", " ", basename(path))
    whole = CODE.search(title) is not None
    inside: set[int] = set()
    for section in document.sections:
        if CODE.search(section.title) and section.level and not (whole and section.title == document.title):
            inside |= {one.line for one in document.under(section) if one is section or not _another(one.title)}
        elif whole and not _another(section.title):
            inside.add(section.line)
    return inside


def _another(title: Words) -> bool:
    """Whether a heading names another framework or code."""
    return not CODE.search(title) and (_OTHERS.search(title) is not None or any(named(title, 1)))


def _in(section: Section, *, sure: bool) -> Iterator[Quote]:
    """The quotes of a section; `sure` where all of it speaks of the Code."""
    if section.level:
        led = list(_lead(section.title, section.line, formal=True)) if sure else []
        yield from led or _inline(section.title, _INLINE if sure else _BEHIND)
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _rows(block, sure=sure)
            for row in block.rows:
                for cell in row.cells:
                    yield from _inline(cell, _BEHIND)
        elif isinstance(block, (Paragraph, Item)):
            for piece in block.text.pieces():
                led = list(_lead(piece, piece.line, formal=False)) if sure else []
                yield from led or _inline(piece, _INLINE if sure else _BEHIND)


def _lead(piece: Words, line: int, *, formal: bool) -> Iterator[Quote]:
    """A number that begins a line, with or without the word."""
    if match := _LED.match(piece):
        yield from _both(match[1], match[2], match[3], line, formal)
    elif match := _BARE.match(piece):
        yield Quote(match[1], match[2].strip(), line, False, bare=True)


def _inline(piece: Words, pattern: re.Pattern[str]) -> Iterator[Quote]:
    for match in pattern.finditer(piece):
        if _OTHERS.search(piece, max(match.start() - NEAR, 0), match.start()):
            continue  # another list's principle, whose name stands before it
        title = next(filter(None, match.groups()[2:]), "")
        yield from _both(match[1], match[2], title, piece.line, False)


def _both(first: str, last: str | None, title: str, line: int, formal: bool) -> Iterator[Quote]:
    """One number with its title, or the two ends of a range without."""
    yield Quote(first, "" if last else title.strip(), line, formal and not last)
    if last:
        yield Quote(last, "", line, False)


def _rows(table: Table, *, sure: bool) -> Iterator[Quote]:
    """A column of numbers; in a section about anything else only one whose header names the Code."""
    for n, head in enumerate(table.header):
        key = normal(head)
        if not (CODE.search(head) or (sure and _COLUMN.search(key))):
            continue
        beside = normal(table.header[n + 1]) if n + 1 < len(table.header) else ""
        principles = "principle" in key or "principle" in beside or CODE.search(head) is not None
        for row in table.rows:
            cell = row.cell(n)
            match = _CELL.fullmatch(cell) if cell else None
            if match is None or ("." not in match[1] and not principles):
                continue
            other = row.cell(n + 1)
            if match[3]:
                yield from _both(match[1], match[2], match[3], row.line, False)
            else:
                titled = bool(other and _TITLED.search(beside))
                yield from _both(match[1], match[2], str(other) if titled else "", row.line, titled)
        break
