"""Which criteria and methods a text says designs are guided by, each with the sentence that says so.

Read are sections that announce principles, goals or limits of design, and texts that are about nothing else; a bare
word in a list of buzzwords is no criterion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename

from sscop.artefacts.criteria_names import CRITERIA, SECURE
from sscop.artefacts.design_criteria import criteria
from sscop.artefacts.design_records import Record
from sscop.artefacts.frameworks.texts import headings, texts
from sscop.artefacts.prose.document import Document, Item, Paragraph, Section, Table, read
from sscop.artefacts.prose.inline import Words, words
from sscop.artefacts.prose.links import Tree
from sscop.artefacts.prose.templates import verdict
from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository

_MARKS = lazily(
    rb"principle|tenet|philosoph|invariant|maxim|goals|criteria|rules|constraint|drivers|guideline|values|attributes"
    rb"|non.functional|secure|security|in.depth|privilege"
)
_KIND = r"principles?|tenets|philosophy|invariants|maxims"
_ANNOUNCES = lazily(
    rf"\b(?:design|architect\w*|engineering|security|guiding|core|technical|system|project|product"
    rf"|development) (?:\w+ )?(?:{_KIND})\b"
    rf"|^(?:our |the |scope and )?(?:{_KIND})$|\b(?:design|architect\w*) (?:goals|criteria|rules|constraints"
    rf"|drivers|guidelines|values)\b"
    r"|\bquality (?:goals|attributes)\b|\bnon functional requirements\b"
)
"""Headings below which something is stated, whatever it is."""
_TITLE = lazily(rf"^(?:(?!privacy|protection|community|content|brand|writing|data)\w+ ){{0,2}}(?:{_KIND})$")
"""Titles of whole texts that do."""
_SPEAKS = lazily(
    r"\bsecur(?:ity|e) (?:model|architecture|design|by design|by default|controls|overview|posture|requirements)\b"
    r"|\bdefen[cs]e in depth\b"
    r"|\bleast privilege\b|\bsecure defaults\b"
)
"""Headings below which only a criterion of secure design that is known here counts."""
_OF_OTHERS = lazily(
    r"\bci\b|caldicott|privacy|data protection|community|conduct|brand|content|writing|\bux\b|\bui\b|usability|test"
    r"|commit|migration|compliance|mapping"
    r"|ncsc|cisa|owasp|nist|\biso\b|^principle \d|code of practice|accessibility|accounting|review"
)
_ELSEWHERE = lazily(
    r"(?:^|/)designs?/(?!(?:readme|index|principles|overview|architecture|design|goals)[^/]*$)|(?:^|/)(?:src|lib|libs|pkg|internal|packages|apps|components|crates|modules|cmd|plugins|ux[^/]*|user[^/]*"
    r"|tutorials?|references?|api)/"
    r"|(?:governance|conduct|faq|todo|benchmark|complian|mapping|assessment|checklist|operator|user[-_ ]?guide"
    r"|deploy|install|harden|troubleshoot"
    r"|style|migration|glossary|self-assessment)[^/]*$",
    re.IGNORECASE,
)
"""Places of texts about a part, for users, or about something else than designs."""
_GENERAL = lazily(
    r"(?:[^/]+/)?(?:architecture|design|(?:[\w-]+[-_])?principles?|contributing|readme|scope|tenets|philosophy"
    r"|engineering|develop\w*"
    r"|overview|index|goals|invariants|security)\b[^/]*$",
    re.IGNORECASE,
)
"""Texts about the whole, where principles of any kind are those of its designs."""
_LISTED = lazily(r"[,;|] {0,3}")
_SENTENCE = lazily(r"(?<=[.!?;])\s+(?=[A-Z\"'(*])")
WORDS = 4
"""The words below which a piece says nothing of a criterion."""
SAYING = 3
"""Sentences or items that make a section one that states something."""


class Criterion(NamedTuple):
    """A criterion, and the sentence that states it."""

    name: str
    text: str
    path: str
    line: int


class Place(NamedTuple):
    """A section or text that states criteria: those known here, and how many statements it makes in all."""

    path: str
    line: int
    title: str
    criteria: tuple[Criterion, ...]
    statements: int


class Stated(NamedTuple):
    """The places, and what could not be read."""

    places: tuple[Place, ...]
    unread: tuple[Unread, ...]

    @property
    def criteria(self) -> dict[str, Criterion]:
        """The first statement of each criterion, in the order of CRITERIA."""
        first: dict[str, Criterion] = {}
        for place in self.places:
            for one in place.criteria:
                first.setdefault(one.name, one)
        return {name: first[name] for name in CRITERIA if name in first}


def stated(repo: Repository, paths: Sequence[str] = ()) -> Stated:
    """Every place that states criteria of design; texts that `paths` (globs) name are read as a whole."""
    asked = repo.find(*paths) if paths else []
    wanted = [
        path for path, data in repo.once(texts).counted.items() if not _ELSEWHERE.search(path) and _promises(path, data)
    ]
    found: list[Place] = []
    unread = []
    for path in dict.fromkeys([*asked, *wanted]):
        document = read(repo, path)
        if isinstance(document, Unread):
            unread += [document] if path in asked and not repo.gone(document) else []
        else:
            found += places(document, path, whole=path in asked)
    return Stated(tuple(found), tuple(unread))


def _promises(path: str, data: bytes) -> bool:
    """Whether a text's name or a line that looks like a heading announces criteria."""
    named = words(re.sub(r"[-_]+", " ", basename(path).rpartition(".")[0]), 1)
    return (
        bool(_announces(named))
        or bool(_TITLE.search(named.lower()))
        or any(_MARKS.search(one) and _announces(words(one.decode("utf-8", "replace"), 1)) for one in headings(data))
    )


def places(document: Document, path: str, *, whole: bool = False) -> Iterator[Place]:
    """The places of one text: the text itself where its title announces criteria, else such sections."""
    title = document.title or words(re.sub(r"[-_]+", " ", basename(path).rpartition(".")[0]), 1)
    if verdict(document, path).template:
        return
    kind = _ANNOUNCES if whole or _TITLE.search(title.lower().strip()) else _announces(title)
    if kind:
        yield from _place(path, title, title.line, document.sections, free=kind is _ANNOUNCES)
        return
    taken: set[int] = set()
    for section in document.sections[1:]:
        kind = None if section.line in taken else _announces(section.title)
        if kind:
            under = document.under(section)
            taken |= {one.line for one in under}
            yield from _place(path, section.title, section.line, under, free=kind is _ANNOUNCES)


def _announces(title: Words) -> re.Pattern[str] | None:
    """By which of the two patterns a heading announces criteria."""
    key = " ".join(re.sub(r"[^\w']+", " ", title.lower()).split())
    if _OF_OTHERS.search(key):
        return None
    return next((one for one in (_ANNOUNCES, _SPEAKS) if one.search(key)), None)


def _place(path: str, title: Words, line: int, sections: Sequence[Section], *, free: bool) -> Iterator[Place]:
    """The place, where it states anything; without `free` only a criterion of secure design is something."""
    said = list(_sayings(sections, every=not free))
    found: dict[str, Criterion] = {}
    for sentence in said:
        for name, pattern in CRITERIA.items():
            if name not in found and (free or name in SECURE) and pattern.search(sentence):
                found[name] = Criterion(name, " ".join(sentence.split())[:160], path, sentence.line)
    if found or (free and len(said) >= SAYING and _GENERAL.match(path)):
        yield Place(path, line, str(title)[:120], tuple(found.values()), len(said))


def _sayings(sections: Sequence[Section], *, every: bool) -> Iterator[Words]:
    """What each paragraph, item or cell states: its first sentence, or `every` one.

    A heading stands before the first below it. Bare words, also several in a list, state nothing.
    """
    for section in sections:
        lead = f"{section.title}: " if section.level else ""
        for block in section.blocks:
            if isinstance(block, Table):
                pieces = [cell for row in block.rows for cell in row.cells]
            elif isinstance(block, (Paragraph, Item)):
                pieces = [block.text]
            else:
                continue
            for piece in pieces:
                first, *more = _SENTENCE.split(piece[:4000])
                if not every:
                    more, first = [], f"{first} {more[0]}" if more and first.count(" ") < WORDS - 1 else first
                for text in (first, *more):
                    if any(part.count(" ") >= WORDS - 1 for part in _LISTED.split(text)):
                        found = Words(lead + text)
                        found.line, found.raw = piece.line, text
                        yield found
                        lead = ""


def used(repo: Repository, records: Sequence[Record], found: Stated) -> Iterator[Evidence]:
    """Where records name a secure criterion that is stated, weigh two of the qualities, or point to the text."""
    known = {name: CRITERIA[name] for name in found.criteria if name in SECURE}
    where = {one.path for one in found.places}
    tree = repo.once(Tree)
    for record in records:
        document = read(repo, record.prose)
        if isinstance(document, Unread):
            continue
        linked = next((one.link.line for one in tree.resolve(document, record.prose) if one.path in where), 0)
        if linked:
            yield Evidence(record.prose, linked, "links to the criteria")
            continue
        for sentence in _sayings(document.sections, every=True):
            if name := next((name for name, pattern in known.items() if pattern.search(sentence)), ""):
                yield Evidence(record.prose, sentence.line, name)
                break
        else:
            weighed = {name: line for name, line in criteria(document).items() if name in found.criteria}
            if len(weighed) > 1:
                yield Evidence(record.prose, min(weighed.values()), ", ".join(weighed))
