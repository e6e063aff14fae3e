"""Is a text filled in, or still a template, or somebody else's example?

Comments and code are no content, so a real file that kept its starter comments is no template. Texts that are
meant to keep placeholders (runbooks, e-mail templates) are for the caller to let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Node, Text, items
from sscop.artefacts.prose.document import Document, Item, Paragraph, Table
from sscop.artefacts.prose.inline import Words, words
from sscop.lazy import NamedTuple, lazily

_NAME = lazily(
    r"(?:^|[-_. ])(?:nnn+|xxx+|yyyy[-_]?mm[-_]?dd|skeleton|boilerplate"
    r"|templates?(?=(?:[-_. ](?:by|for|of|v?\d).*)?\.\w+$|$)|^templates?)(?=[-_. ]|$)",
    re.IGNORECASE,
)
_TITLED = lazily(
    r"\btemplate\b(?!s| (?:engine|repository|project|service|for the|api|management))|<(?:project|product) ?name>",
    re.IGNORECASE,
)
_NUMBERED = lazily(r"[A-Za-z]{0,5}[-_ ]?0*[1-9]\d*[-_. ]")
_MASK = lazily(
    r"\b(?:d{1,2}[-/.]m{1,3}[-/.]y{2,4}|m{1,2}[-/.]d{1,2}[-/.]y{2,4}|y{4}[-/.]m{2}(?:[-/.]d{2})?)\b", re.IGNORECASE
)
_BRACE = lazily(
    r"\$?\{\{[^{}\n]{1,120}\}\}|\$\{[A-Z][A-Z0-9_]{1,60}\}|(?<![\w$`{(])\{[A-Za-z][^{}\n:=;]{2,160}\}|%[A-Z][A-Z_]{2,40}%|__[A-Z][A-Z_]{2,40}__"
)
_BRACKET = lazily(r"(?<![\w`\]!\\])\[([A-Za-z][^\[\]\n]{2,160})\](?![(\[:])")
_ANGLE = lazily(r"(?<![\w`<\\])(?:<|\\<|&lt;)([A-Za-z][A-Za-z0-9 ,.'/|_-]{2,120})(?:>|\\>|&gt;)")
_CHOICES = lazily(
    r"^\s*[\[{<(]?\s*[A-Za-z][\w ()-]{1,30}(?:\s*\|\s*[A-Za-z][\w ()\[\].-]{1,40}){2,20}\s*[\]}>)]?"
    r"(?:\s*(?:\||\u2026|\.\.\.).*)?$"
)
_TODO = lazily(r"^(?:TODO|TBD|FIXME|lorem ipsum|insert \w+ here|your \w+ here|\.\.\.|\u2026)[.!]?$", re.IGNORECASE)
_CODE = lazily(r"(`{1,2})[^`]+\1")
_HTML = lazily(
    r"/?(?:a|abbr|b|big|br|center|code|col|dd|del|details|div|dl|dt|em|figure|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|picture|pre|q|s"
    r"|samp|small|source|span|strike|strong|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|var|video|input|iframe|script|style)\b",
    re.IGNORECASE,
)
_WORDY = lazily(
    r"\b(?:your|name|date|title|list|describe|description|link|insert|e\.?g\.?|optional|placeholder|version|number|project|company"
    r"|organi[sz]ation|team|email|e-mail|contact|role|owner|author|person|url|why|what|how|who|when|which|short|brief|example|reason"
    r"|decision|option|argument|driver|problem|component|asset|threat|if |or |tbd|todo|yyyy|xx+|n{3,})\b",
    re.IGNORECASE,
)
_STARTERS = lazily(
    "|".join(
        (
            r"use this section to tell people about",
            r"just some (?:<b>)?more(?:</b>)? custom summary",
            r"some more (?:<i>)?demo text",
            r"vexctl \(automated template\)",
            r"change these first",
            r"here you can document a list of assumptions",
            r"this is (?:only )?a (?:template|stub|placeholder)\b",
            r"delete this (?:section|line|text|comment|paragraph)",
            r"replace (?:this|the) (?:text|section|line|placeholder)",
            r"fill (?:this|me) in\b",
            r"what is the issue that we'?re seeing that is motivating this decision",
            r"what is the change that we'?re (?:actually )?proposing",
            r"what becomes easier or more difficult to do",
            r"the issue motivating this decision, and any context",
            r"the change that we'?re proposing or have agreed to implement",
            r"short title(?: of solved problem|,? representative)",
            r"describe the context and problem statement, e\.?g\.?",
            r"is it proposed, accepted, rejected",
            r"keep your kep up.to.date",
            r"one paragraph explanation of the feature",
            r"explain the proposal as if",
        )
    )
)
"""In lower case, each beginning with letters: so a search looks at those letters first (four times as fast)."""
_IMPERATIVE = lazily(
    r"^(?:please )?(?:describe|explain|list|provide|enter|insert|add|specify|state|summari[sz]e|outline|include"
    r"|define|identify|detail|write|fill in|briefly|replace|give)\b.{8,}",
    re.IGNORECASE,
)
_QUESTION = lazily(r"^(?:what|why|how|who|which|when|where|is|are|does|do|should|can)\b[^.!]{8,200}\?$", re.IGNORECASE)
_FAMOUS = {
    "some example application": "Threagile's example model",
    "threagile-example": "Threagile's example model",
    "demo threat model": "Threat Dragon's demo",
    "a sample model of a web application": "Threat Dragon's demo",
    "tower of london": "hcltm's example",
    "fort knox": "hcltm's example",
    "model stub": "Threagile's stub model",
    "my test tm": "pytm's example",
    "acme corp": "a made-up company",
    "john doe": "a made-up person",
    "jane doe": "a made-up person",
}


class Tell(NamedTuple):
    """A sign that a text is not filled in: `placeholder`, `starter`, `instruction`, `empty`, `name`."""

    kind: str
    text: str
    line: int


class Verdict(NamedTuple):
    """What the tells add up to. `reason` says it in words; `share` is the part of the pieces that are unfilled."""

    template: bool
    reason: str
    line: int
    tells: tuple[Tell, ...]
    share: float


def placeholder(text: str) -> str:
    """The first placeholder of a value or sentence; empty without one."""
    if not text:
        return ""
    if mask := _MASK.search(text):
        return mask[0]
    if "{" in text or "%" in text or "__" in text:
        for brace in _BRACE.finditer(text):
            if brace[0][0] != "{" or brace[0][1] == "{" or brace[0] == text or _WORDY.search(brace[0]):
                return brace[0]
    if "[" in text:
        for bracket in _BRACKET.finditer(text):
            inner = bracket[1]
            if (inner[0].isupper() and _WORDY.search(inner)) or (bracket[0] == text and len(inner) > 3):
                return bracket[0]
    if "<" in text or "&lt;" in text:
        for angle in _ANGLE.finditer(text):
            if not _HTML.match(angle[1]) and "@" not in angle[1] and (" " in angle[1] or _WORDY.search(angle[1])):
                return angle[0]
    if "|" in text and len(text) < 300 and _CHOICES.match(text):
        return text.strip()
    return text.strip() if _TODO.match(text.strip()) else ""


def tells(document: Document) -> Iterator[Tell]:
    """The signs in what a document says: placeholders, masks, starter texts, instructions, tables left empty."""
    for name, node in document.front.pairs():
        for value in _scalars(node):
            if found := placeholder(value) or (_CHOICES.match(value) and value):
                yield Tell("placeholder", f"{name}: {found}", value.line)
    for section in document.sections:
        if found := placeholder(_outside_code(section.title.raw)):
            yield Tell("placeholder", found, section.line)
        for said in section.said():
            yield from _said(said)
        for table in section.tables:
            if _empty(table):
                yield Tell("empty", "a table whose cells are mostly empty", table.line)


def _empty(table: Table) -> int:
    """The number of empty cells of a table where they are the most; else 0."""
    size = len(table.header) * len(table.rows)
    empty = size - sum(bool(cell) for row in table.rows for cell in row.cells)
    return empty if len(table.header) > 1 and len(table.rows) > 1 and empty > size / 2 else 0


def _said(said: Words) -> Iterator[Tell]:
    for piece in said.pieces() if "\n" in said.raw else (said,):
        if not piece:
            continue
        lower = piece.lower()
        if (starter := _STARTERS.search(lower)) or lower == "new threat model":
            yield Tell("starter", piece[slice(*starter.span())] if starter else piece, piece.line)
        elif found := placeholder(_outside_code(piece.raw)):
            yield Tell("placeholder", found, piece.line)
        elif _IMPERATIVE.match(piece) or _QUESTION.match(piece):
            yield Tell("instruction", piece[:80], piece.line)


def _outside_code(raw: str) -> str:
    """A line without its code spans; a value that is one code span is what it holds."""
    if "`" not in raw:
        return raw
    bare = raw.strip().strip("`")
    return bare if "`" not in bare and raw.strip().startswith("`") else _CODE.sub("", raw)


def verdict(document: Document, path: str = "") -> Verdict:
    """Whether a document is a template still. A template's name is enough; else its tells must outweigh its content."""
    found = list(tells(document))
    name = path.rsplit("/", 1)[-1]
    named = None if _NUMBERED.match(name) else _NAME.search(name)
    if named:
        found.insert(0, Tell("name", named[0].strip("-_./"), 1))
    pieces = sum(1 for one in document.blocks if isinstance(one, (Paragraph, Item)) for _ in one.text.raw.split("\n"))
    pieces += sum(len(row.cells) for table in document.tables for row in table.rows) + len(document.front)
    strong = [one for one in found if one.kind in ("placeholder", "starter", "empty")]
    weak = [one for one in found if one.kind == "instruction"]
    starters = [one for one in found if one.kind == "starter"]
    bare = sum(map(_empty, document.tables))
    share = min(1.0, (len(strong) + len(weak) / 2 + bare) / max(pieces + bare, 1))
    reason, line = "", strong[0].line if strong else 1
    if named:
        reason = f"its name says so (`{found[0].text}`)"
    elif len(starters) >= 2:
        reason, line = f"starter text was left in (\u201c{starters[0].text}\u201d)", starters[0].line
    elif bare and share >= 0.5:
        empty = next(one for one in found if one.kind == "empty")
        reason, line = "its tables are mostly empty", empty.line
    elif strong and share >= (0.25 if len(strong) + len(weak) > 3 else 0.4):
        reason = f"placeholders were left in (`{strong[0].text}`)"
    elif len(weak) >= 4 and share >= 0.3:
        reason, line = f"instructions stand where content should (\u201c{weak[0].text}\u201d)", weak[0].line
    return Verdict(bool(reason), reason, line, tuple(found), share)


MEANT = ("its name says so", "its title says so")
"""How the reasons begin for which something is a template on purpose."""


def unfilled(document: Document, path: str = "") -> str:
    """Why a text is not filled in, also by its own title; empty when it is."""
    if document.title and _TITLED.search(document.title):
        return f"its title says so (\u201c{document.title[:80]}\u201d)"
    return verdict(document, path).reason


def meant(document: Document, path: str) -> str:
    """Why a text is a template on purpose, by its name or title alone; empty where it is none."""
    name = path.rsplit("/", 1)[-1]
    named = None if _NUMBERED.match(name) else _NAME.search(name)
    if named:
        return f"its name says so (`{named[0].strip('-_./')}`)"
    if document.title and _TITLED.search(document.title):
        return f"its title says so (\u201c{document.title[:80]}\u201d)"
    return ""


def copied(text: str) -> str:
    """Whose famous example a title or name is copied from; empty when it is none of them."""
    lower = text.lower()
    return next((whose for words_, whose in _FAMOUS.items() if words_ in lower), "")


def _scalars(node: Node) -> Iterator[Words]:
    for one in items(node):
        if isinstance(one, Text):
            yield words(one, one.line)
