"""Statements of how a team develops software: which framework it follows, for what, who answers for it, since when.

A statement is a text whose title says so (an SSDF mapping, a policy of secure development), a section of another
text, or failing both a sentence that says what is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename
from typing import NamedTuple

from sscop.artefacts.frameworks.names import Named, named
from sscop.artefacts.frameworks.ssdf import Cited, cited
from sscop.artefacts.frameworks.texts import product_names, promises, texts
from sscop.artefacts.frameworks.topics import stages, topics
from sscop.artefacts.nodes import Text, items
from sscop.artefacts.prose.dates import When
from sscop.artefacts.prose.document import Code, Document, Item, Paragraph, Section, Table, read
from sscop.artefacts.prose.inline import Link, Words, words
from sscop.artefacts.prose.metadata import Metadata, metadata
from sscop.artefacts.prose.quantities import owners
from sscop.artefacts.prose.templates import placeholder, verdict
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

_MARKS = (
    b"ssdf", b"800-218", b"secure software dev", b"secure dev", b"secure-dev", b"secure coding", b"development life",
    b"sdlc", b"samm", b"slsa", b"s2c2f", b"cmmi", b"bsimm", b"dsomm", b"62443", b"27034", b"27001", b"osps",
    b"secure engineering", b"secure slc", b"security in development", b"62304", b"81001", b"safecode", b" sdl", b"openssf best", b"cii best",
)  # fmt: skip
_SUBJECT = lazily(
    r"secure (?:software |application |product )?(?:development|engineering|sdlc|sdl)\b|\bs?sdlc\b|\bssdlc\b"
    r"|(?:software |security |system )development life ?cycle|security in (?:the |our )?(?:software )?development"
    r"|development security|secure (?:software )?(?:development )?life ?cycle|secure by design process"
)
_KIND = lazily(
    r"mapping|criteria|alignment|aligned|conformance|compliance|adherence|assessment|statement|attestation|practices|coverage"
    r"|review|baseline|profile|policy|framework|status|matrix|maturity|implementation"
)
_ABOUT = lazily(
    r"\b(?:comparison|tutorial|course|lesson|cheat ?sheet|introduction|intro|what is|explained|proposal|proposed"
    r"|roadmap|research|glossary|crosswalk|catalog|prompt|news|article|webinar|training needs|for users|coverage analysis"
    r"|checklist for|curriculum|reference guide|examples?|template)\b"
)
_APART = lazily(r"^(?:references?|resources|further reading|related|see also|links|sources|bibliography|glossary)\b")
_ADOPTS = lazily(
    r"\b(?:we|our|us|this (?:project|repository|product|team|policy|document|package|library|service)|the (?:project|team|"
    r"product|maintainers)|is|are)\b[^.\n]{0,120}?\b(?:follow|adopt|align|adher|conform|implement|based on|compl(?:y|ies)"
    r"|accordance|develop(?:ed)? (?:under|to|in line)|guided by|informed by|map(?:s|ped) to)"
    r"|\b(?:follows|adopts|aligns (?:to|with)|(?:is|are) aligned|adheres|conforms|complies|based on|guided by)\b",
    re.IGNORECASE,
)
_OURS = lazily(
    r"\b(?:we|our|ours|us)\b|\bthis (?:project|repository|product|team|organi[sz]ation|repo|codebase|package|service|application"
    r"|app|system|document|policy)\b|\bthe (?:project|maintainers|core team|product team|development team)\b",
    re.IGNORECASE,
)
_SCOPE = lazily(
    r"\b(?:applies to|apply to|covers|is for|scope of this|in scope|on behalf of)\b|^(?:product|system|service|project|repository|"
    r"component|software|organi[sz]ation|applies to|scope)s?\s{0,2}:\s{0,3}\S",
    re.IGNORECASE,
)
_SCOPED = lazily(r"^(?:\w+ (?:and|&) )?(?:scope|applicability|applies to|audience|coverage)\b")
_OWNED = lazily(
    r"\b(?:senior responsible owner|sro|assessor|accountable|policy owner|process owner|responsible|approver|sign(?:ed)? off by)"
    r"\b[^:\n]{0,30}:\s{0,3}(\S[^\n]{0,80})|\b(?:owned|maintained|reviewed and approved|approved) by (?:the )?([^\n.,]{3,60})"
    r"|\b([A-Za-z][\w -]{2,40}) (?:is|are) (?:responsible|accountable) for (?:this|the) (?:policy|document|process|statement|framework)",
    re.IGNORECASE,
)
_STATES = lazily(r"\W*(?:[A-Z][\w ()/-]{2,40}:\s|OSPS-)|[^|]{2,80}\|")
"""A name and its value, an id, or a row of a table."""
_BRACES = lazily(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")


class Seen(NamedTuple):
    """Something that a text says, and where."""

    text: str
    line: int


class Dated(NamedTuple):
    """A stated date, and where."""

    when: When
    line: int


class Statement(NamedTuple):
    """One statement. `whole`: the text is about nothing else. `sentence`: it is no more than a sentence or two.

    `frameworks` are those it names outside its list of references; `said` its pieces; `ours` says what ties it to
    this product; `template` why it is not filled in; `ids` the ids of SSDF that it cites.
    """

    path: str
    line: int
    end_line: int
    title: str
    whole: bool
    sentence: bool
    frameworks: tuple[Named, ...]
    topics: dict[str, int]
    ids: tuple[Cited, ...]
    said: tuple[Words, ...]
    scope: Seen | None
    owner: Seen | None
    reviewed: Dated | None
    due: Dated | None
    ours: bool
    template: str
    outside: Link | None
    document: Document


class Found(NamedTuple):
    """The statements, what could not be read, and what would be one in another place."""

    statements: tuple[Statement, ...]
    unread: tuple[Unread, ...]
    aside: tuple[tuple[str, str], ...]


def statements(repo: Repository, paths: Sequence[str] = ()) -> Found:
    """Every statement; texts that `paths` (globs) name count wherever they lie and whatever their title."""
    read_ = repo.once(texts)
    asked = repo.find(*paths) if paths else []
    wanted = {path: data for path, data in read_.counted.items() if any(mark in data for mark in _MARKS)}
    found: list[Statement] = []
    unread = list(read_.unread)
    names = repo.once(product_names)
    for path in dict.fromkeys([*asked, *wanted]):
        document = read(repo, path)
        if isinstance(document, Unread):
            unread += [document] if (path in asked or promises(path)) and not repo.gone(document) else []
        else:
            found += _in(document, path, path in asked, names)
    apart = [(path, why) for path, why in read_.aside.items() if promises(path)]
    repo.not_counted.update(apart)
    return Found(tuple(found), tuple(unread), tuple(apart))


def _in(document: Document, path: str, asked: bool, names: frozenset[str]) -> Iterator[Statement]:
    title = document.title or words(re.sub(r"[-_]+", " ", basename(path).rpartition(".")[0]), 1)
    if not asked and (_ABOUT.search(title.lower()) or _ABOUT.search(re.sub(r"[-_.]", " ", basename(path)).lower())):
        return
    facts = metadata(document)
    if asked or _announces(title) or promises(path):
        yield _statement(document, path, title, document.sections, facts, names, whole=True)
        return
    taken: set[int] = set()
    for section in document.sections[1:]:
        if section.line in taken or not _announces(section.title) or _ABOUT.search(section.key):
            continue
        under = document.under(section)
        taken |= {one.line for one in under}
        yield _statement(document, path, section.title, under, facts, names)
    for section in document.sections:
        if section.line not in taken and not _APART.match(section.key):
            yield from _sentences(document, path, section, facts, names)


def _announces(title: Words) -> bool:
    """Whether a title promises to say how software is developed: the subject, or a framework and what is done to it."""
    key = title.lower()
    if _SUBJECT.search(key):
        return True
    return bool(_KIND.search(key)) and any(one.framework.established for one in named(title, 1))


def _pieces(sections: Sequence[Section]) -> Iterator[Words]:
    """What is said, a row of a table as one piece; lists of references aside."""
    for section in sections:
        if section.level and _APART.match(section.key):
            continue
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    yield words(" | ".join(cell.raw for cell in row.cells), row.line)
            elif isinstance(block, (Paragraph, Item)):
                yield block.text
            elif not isinstance(block, Code):
                yield block.value


def _statement(
    document: Document, path: str, title: Words, sections: Sequence[Section], facts: Metadata, names: frozenset[str],
    *, whole: bool = False,
) -> Statement:  # fmt: skip
    said = list(_pieces(sections))
    first, last = sections[0], sections[-1]
    headings = [one.title for one in sections if one.level and not _APART.match(one.key)]
    line = title.line if whole else first.line
    end = document.lines if whole else last.end_line
    ids = tuple(one for one in cited(document) if line <= one.line <= end)
    text = "\n".join([*said, *(cell for one in sections for table in one.tables for cell in table.header)])
    outside = next((one for one in document.links if line <= one.line <= end and _leads_out(one)), None)
    judged = verdict(document, path) if whole else None
    return Statement(
        path, line, end, str(title), whole, False,
        _names([*headings, *_referred(document, whole)], said), {**topics(said), **stages(sections)}, ids, tuple(said),
        _scope(document, facts, said, title, names), _owner(facts, said), _dated(facts, "reviewed", "updated", "date", "created"),
        _dated(facts, "next-review"),
        bool(_OURS.search(text)) or any(name in text for name in names),
        judged.reason if judged and judged.template else "", outside, document,
    )  # fmt: skip


def _referred(document: Document, whole: bool) -> Iterator[Words]:
    """What the front matter of a text that is about nothing else refers to."""
    for key, node in document.front.pairs() if whole else ():
        if re.search(r"ref|framework|standard|align|complian", key, re.IGNORECASE):
            for value in items(node):
                if isinstance(value, Text):
                    yield words(value, value.line)


def _names(headings: Sequence[Words], said: Sequence[Words]) -> tuple[Named, ...]:
    """The frameworks that headings name, and those that a piece says are followed or maps an id of."""
    found: dict[str, Named] = {}
    adopted = [one for one in said if _ADOPTS.search(one)]
    stated = [words(one.raw.split(" | ", 1)[0], one.line) for one in said if _STATES.match(one)]
    for piece in (*headings, *adopted, *stated):
        for part in piece.pieces() if "\n" in piece.raw else (piece,):
            for one in named(part, part.line):
                kept = found.get(one.framework.name)
                if kept is None or (one.version and not kept.version):
                    found[one.framework.name] = one
    return tuple(found.values())


def _sentences(
    document: Document, path: str, section: Section, facts: Metadata, names: frozenset[str]
) -> Iterator[Statement]:
    """Paragraphs and items that say that a framework is followed."""
    for piece in _pieces([section]):
        text = piece[:2000]
        if len(text.split()) < 5 or not (adopts := _ADOPTS.search(text)):
            continue
        found = [one for one in named(text, piece.line) if one.framework.established]
        near = [
            one for one in found if one.framework.pattern.search(text, max(adopts.start() - 200, 0), adopts.end() + 200)
        ]
        if near and (_OURS.search(text) or any(name in text for name in names)):
            outside = next((one for one in document.links if one.line == piece.line and _leads_out(one)), None)
            yield Statement(
                path, piece.line, piece.line, text[:80], False, True, tuple(near), topics([piece]), (), (piece,),
                _scope(document, facts, [piece], piece, names), _owner(facts, [piece]), _dated(facts, "reviewed", "updated"),
                _dated(facts, "next-review"), True, "", outside, document,
            )  # fmt: skip


_LEADS = lazily(
    r"\b(?:sdl|sdlc|secure[-_ ]?development|ssdlc|development[-_ ]?lifecycle|security[-_ ]engineering)\b", re.IGNORECASE
)
_PUBLISHER = lazily(
    r"nist\.gov|owasp\.org|ncsc\.gov\.uk|slsa\.dev|openssf\.org|cisa\.gov|iso\.org|wikipedia|doi\.org|safecode"
)


def _leads_out(link: Link) -> bool:
    """Whether a link goes to a place outside that says how this team develops, rather than to a publisher's page."""
    return (
        "://" in link.target
        and bool(_LEADS.search(link.target) or _LEADS.search(link.text))
        and not _PUBLISHER.search(link.target)
    )


def _scope(
    document: Document, facts: Metadata, said: Sequence[Words], title: Words, names: frozenset[str]
) -> Seen | None:
    if stated := facts.get("scope"):
        return Seen(stated.value, stated.line)
    for section in document.sections[1:]:
        if _SCOPED.search(section.key) and section.text.strip():
            return Seen(section.title, section.line)
    for piece in said[:60]:
        for part in piece.pieces():
            if _SCOPE.search(part):
                return Seen(part, part.line)
    for piece in (title, *([document.title] if document.title else []), *said[:3]):
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", piece, re.IGNORECASE) for name in names):
            return Seen(piece, piece.line)
    return None


def _owner(facts: Metadata, said: Sequence[Words]) -> Seen | None:
    for fact in facts.all("owner", "decider"):
        if _says_who(fact.value):
            return Seen(fact.value, fact.line)
    for piece in said:
        for part in piece.pieces():
            match = _OWNED.search(part)
            if match and _says_who(next(filter(None, match.groups()))):
                return Seen(part, part.line)
    return None


def _says_who(value: str) -> bool:
    """Whether a value names a role or somebody; a variable of a site beside a role does."""
    filled = _BRACES.sub("", value)
    return bool(filled.strip(" -()")) and (not placeholder(value) or any(owners(filled)))


def _dated(facts: Metadata, *fields: str) -> Dated | None:
    fact = facts.dated(*fields)
    return Dated(fact.when, fact.line) if fact else None
