"""Requirements in prose: ids with a text, "shall", user stories, acceptance criteria, lists under such headings.

Not requirements: what must be installed first, versions of tools, and what is addressed to "you".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sscop.artefacts.prose.document import Code, Document, Item, Pair, Paragraph, Section, Table
from sscop.artefacts.prose.inline import Words
from sscop.artefacts.prose.language import size
from sscop.artefacts.prose.templates import placeholder
from sscop.artefacts.requirement_records.model import Need, Statement
from sscop.lazy import lazily, vocabulary

_ID = lazily(
    r"\W{0,3}((?:[A-Z]{1,10}|[Rr]eq(?:uirement)?)(?:[-_][A-Z0-9]{1,12}){0,3}[-_.]?\d{1,5}(?:\.\d{1,3}){0,3}[a-z]?)"
    r"(?:\W{1,4}|\s*$)(.{0,2000})",
    re.DOTALL,
)
_USUAL = vocabulary(
    """
    R RQ REQ FR NFR US UC AC SRS SYS SR BR UR SWR SSR HLR LLR TR QR FUN FN CR PR SEC PERF USR UN STORY EPIC SYSRS
    SWE SYSREQ SWREQ REQUIREMENT USERSTORY STK MR IR DR OR UX NF F
    """
)
_NO_PREFIX = vocabulary(
    """
    CVE CWE RFC ISO IEC EN BS UTF SHA ADR PEP GHSA TLS AES HTTP IEEE NIST OWASP PHASE STEP TASK WEEK DAY SPRINT
    MILESTONE VERSION CHAPTER PART TABLE FIGURE SECTION APPENDIX Q RISK ISSUE OPTION LEVEL TIER RELEASE
    """
)
_KEYWORDS = lazily(r"\bkey ?words?\b|RFC ?-?2119|RFC ?-?8174|BCP ?14|\"SHALL NOT\"", re.IGNORECASE)
"""How a text explains the words that it uses."""
_SHALL = lazily(r"\b(?:shall|SHALL|MUST|REQUIRED)\b(?! be installed)")
STORY = lazily(
    r"\bas an? ([^,.\n]{2,120}?)[,:;]?\s{1,3}(?:i|we)\b[ '\u2019]{0,2}(?:want|need|would like|\bd like|can|should"
    r"|must|expect|wish|am able)",
    re.IGNORECASE,
)
_BLANK = lazily(
    r"\bas an? ?[\[<{(_*\u2026.]|\bI (?:want|need)(?: to)? ?[\[<{(_\u2026]|\bas an? (?:\.\.\.|x\b|user type|role\b)",
    re.IGNORECASE,
)
_WHO = lazily(r"^(?:for whom|who|(?:primary )?(?:users?|actors?|stakeholders?|personas?)|roles?|as an?|needed by)$")
_NEED_OF = lazily(
    r"\b(?:users?|citizens?|patients?|clinicians?|customers?) needs?\b.{3,}|so that (?:they|i|we) can", re.IGNORECASE
)
_HEADING = lazily(
    r"^(?:the )?(?:(?:non[- ]?)?functional|quality|user|business|stakeholder|security|performance|accessibility"
    r"|usability"
    r"|technical|product|system|high[- ]level|low[- ]level|key|core|detailed|data|interface|operational|legal"
    r"|software)?"
    r"(?:[ /](?:and )?(?:non[- ]?)?\w+)? ?requirements?(?: (?:overview|list|specification|analysis|definition))?$"
    r"|^requirement\b|^(?:user )?stor(?:y|ies)\b|^user needs?$|^acceptance (?:criteria|tests?)\b|^must haves?$"
    r"|^(?:success|done) criteria$|^scenarios?\b|^features?(?: list| requirements)?$|^constraints$"
)
_CRITERIA = lazily(r"acceptance criteria\b", re.IGNORECASE)
_PERSONA = lazily(
    r"^(?:user )?personas?\b|^(?:target |primary |key )?(?:users|audience)$|^user (?:research|groups?|types?)\b"
    r"|^who (?:is|are) (?:this|our|the users?)"
)
_OPENSPEC = lazily(r"requirement: ?(.{3,})", re.IGNORECASE)
_MACHINE = lazily(
    r"\b(?:installed|install|download|version|v?\d+\.\d+|node(?:\.?js)?|python|docker|npm|pip|yarn|pnpm|[GMK]i?B|RAM"
    r"|CPUs?"
    r"|disk space|ubuntu|debian|linux|mac ?os|windows|kernel|java|jdk|jre|maven|gradle|golang|go \d|git|sdk|compiler"
    r"|php|composer|ruby|gcc|clang|cmake|postgres\w*|mysql|redis|account|subscription|licen[cs]e|command line|cli)\b",
    re.IGNORECASE,
)
_MODAL = lazily(r"\b(?:shall|must|should|will|can|may|needs? to|has to|is able to)\b", re.IGNORECASE)
_YOU = lazily(r"\b(?:you|your|you'll|we recommend|please)\b", re.IGNORECASE)


def statements(document: Document) -> list[Statement]:
    """The requirements of a text, in order, each once."""
    found: list[Statement] = []
    levels: list[int] = []  # of the headings above that announce requirements
    for section in document.sections:
        levels = [one for one in levels if one < section.level]
        found += _titled(section)
        if section.level and _HEADING.match(section.key):
            levels.append(section.level)
        found += _blocks(section, bool(levels))
    wanted = _prefixes(found)
    kept = [one for one in found if not one.id or (_prefix(one.id) in wanted and _firm(one.id))]
    return list({one.line: one for one in reversed(kept)}.values())[::-1]


def needs(document: Document) -> Iterator[Need]:
    """Who needs it: user stories, needs of users, acceptance criteria, personas."""
    for section in document.sections:
        if section.level and not placeholder(section.title.raw):
            filled = size(section.text) > 11
            if _PERSONA.match(section.key) and filled:
                yield Need("users", section.title, section.line)
            elif _CRITERIA.search(section.key) and filled:
                yield Need("acceptance criteria", section.title, section.line)
        for table in section.tables:
            at = table.column(_WHO.pattern)
            filled_in = [row for row in table.rows if at is not None and row.cell(at)]
            if filled_in and not placeholder(filled_in[0].cells[at or 0].raw):
                yield Need("for whom", filled_in[0].cells[at or 0], filled_in[0].line)
        for piece in _pieces(section):
            if STORY.search(piece) and not _unfilled(piece):
                yield Need("user story", piece, piece.line)
            elif _CRITERIA.match(piece) and len(piece) < 40:
                yield Need("acceptance criteria", piece, piece.line)
            elif _NEED_OF.search(piece) and not placeholder(piece.raw):
                yield Need("user need", piece, piece.line)


def machine(found: list[Statement]) -> bool:
    """Whether what is required is mostly required of the reader's machine: prerequisites."""
    return 2 * sum(1 for one in found if not one.id and _MACHINE.search(one.text)) >= len(found) > 0


def is_usual(id_: str) -> bool:
    """Whether an id has one of the prefixes that requirements usually have."""
    return _prefix(id_) in _USUAL and _firm(id_)


def _titled(section: Section) -> Iterator[Statement]:
    title = section.title
    if not section.level or placeholder(title.raw):
        return
    if match := _OPENSPEC.match(title):
        yield Statement("", match[1], section.line)
    elif (match := _ID.match(title)) and _prefix(match[1]) not in _NO_PREFIX:
        text = match[2] or section.text
        if size(text) > 1:
            yield Statement(match[1], text[:300], section.line)


def _blocks(section: Section, announced: bool) -> Iterator[Statement]:
    for block in section.blocks:
        if isinstance(block, (Paragraph, Item)):
            pieces = list(block.text.pieces()) if "\n" in block.text.raw else [block.text]
            for n, piece in enumerate(pieces):
                yield from _said(
                    piece, announced and n == 0 and isinstance(block, Item), str(block.text) if n == 0 else ""
                )
        elif isinstance(block, Table):
            for row in block.rows:
                yield from _row(row.cells, announced)
        elif isinstance(block, Pair):
            yield from _said(block.value, False, "")


def _said(piece: Words, announced: bool, whole: str) -> Iterator[Statement]:
    if not piece or _unfilled(piece):
        return
    match = _ID.match(piece)
    if match and _prefix(match[1]) not in _NO_PREFIX and size(match[2] or whole) > 3:
        yield Statement(match[1], match[2][:300] or whole[:300], piece.line)
        return
    count = size(piece)
    if count < 5 or _YOU.search(piece):
        if announced and STORY.search(piece):
            yield Statement("", piece[:300], piece.line)
        return
    if announced or _SHALL.search(piece) or STORY.search(piece):
        yield Statement("", piece[:300], piece.line)


def _row(cells: tuple[Words, ...], announced: bool) -> Iterator[Statement]:
    for n, cell in enumerate(cells[:3]):
        match = _ID.match(cell) if cell else None
        if match and not match[2].strip() and _prefix(match[1]) not in _NO_PREFIX:
            others = [str(one) for one in cells[n + 1 :] + cells[:n]]
            text = next((one for one in others if size(one) > 2), "")
            if text and not placeholder(text):
                yield Statement(match[1], text[:300], cell.line)
            return
    longest = max(cells, key=len, default=None)
    if longest and not _unfilled(longest):
        asked = announced or _SHALL.search(longest) or STORY.search(longest)
        if asked and size(longest) > 4 and not _YOU.search(longest):
            yield Statement("", longest[:300], longest.line)


def _unfilled(piece: Words) -> bool:
    """Whether a placeholder stands where content should ("As a [role], I want"), or words are explained."""
    return bool(placeholder(piece.raw) or _BLANK.search(piece.raw) or _KEYWORDS.search(piece))


def _prefix(id_: str) -> str:
    """What stands before an id's number, in capitals: `REQ` of `REQ-001`, `REQ` of `REQ-SEC-1`."""
    match = re.match(r"[A-Za-z]+", id_)
    return match[0].upper() if match else ""


def _firm(id_: str) -> bool:
    """Whether an id is more than a letter and a number, as releases, risks and rows have them too."""
    return len(_prefix(id_)) > 1 or "-" in id_ or "_" in id_


def _prefixes(found: list[Statement]) -> set[str]:
    """The prefixes that are requirements': the usual ones, and any whose ids ask for something three times."""
    asking = [one for one in found if re.search(r"[-_]", one.id) and _MODAL.search(one.text)]
    counted = Counter(_prefix(one.id) for one in asking)
    shared = {prefix for prefix, times in counted.items() if times > 2}
    return (shared | _USUAL) - _NO_PREFIX


def _pieces(section: Section) -> Iterator[Words]:
    for block in section.blocks:
        if isinstance(block, Code):
            continue
        if isinstance(block, (Paragraph, Item)):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield from row.cells
