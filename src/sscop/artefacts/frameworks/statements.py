"""Statements of how a team develops software: which framework it follows, for what, who answers for it, since when.

A statement is a text whose title says so (an SSDF mapping, a policy of secure development), a section of another
text, or failing both a sentence that says what is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename

from sscop.artefacts.frameworks.elements import dated, guidance, leads_out, owner, scope
from sscop.artefacts.frameworks.marks import may_state
from sscop.artefacts.frameworks.names import Named, named
from sscop.artefacts.frameworks.ssdf import cited
from sscop.artefacts.frameworks.statement import Statement
from sscop.artefacts.frameworks.texts import product_names, promises, texts
from sscop.artefacts.frameworks.topics import stages, topics
from sscop.artefacts.nodes import Text, items
from sscop.artefacts.prose.document import Code, Document, Item, Paragraph, Section, Table, read
from sscop.artefacts.prose.inline import Words, words
from sscop.artefacts.prose.metadata import Metadata, metadata
from sscop.artefacts.prose.templates import verdict
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_SUBJECT = lazily(
    r"secure (?:software |application |product )?(?:development|engineering|sdlc|sdl)\b|\bs?sdlc\b|\bssdlc\b"
    r"|(?:software |security |system )development life ?cycle|security in (?:the |our )?(?:software )?development"
    r"|development security|secure (?:software )?(?:development )?life ?cycle|secure by design process"
)
_KIND = lazily(
    r"mapping|criteria|alignment|aligned|conformance|compliance|adherence|assessment|statement|attestation"
    r"|practices|coverage"
    r"|review|baseline|profile|policy|framework|status|matrix|maturity|implementation"
)
_FOR_USERS = lazily(r"\bverif|provenance|download|signature|install")
"""What users are told to do with a framework's artefacts."""
_ABOUT = lazily(
    r"\b(?:comparison|tutorial|course|lesson|cheat ?sheet|introduction|intro|what is|explained|proposal|proposed"
    r"|roadmap|research|glossary|crosswalk|catalog|prompt|news|article|webinar|training needs|for users"
    r"|coverage analysis"
    r"|checklist for|curriculum|reference guide|examples?|template)\b|[\u2013\u2014:-] design$"
)
_APART = lazily(r"^(?:references?|resources|further reading|related|see also|links|sources|bibliography|glossary)\b")
_ADOPTS = lazily(
    r"\b(?:we|our|us|this (?:project|repository|product|team|policy|document|package|library|service)"
    r"|the (?:project|team|product|maintainers)|is|are)\b[^.\n]{0,120}?\b(?:follow|adopt|align|adher|conform|implement"
    r"|based on|compl(?:y|ies)|accordance|develop(?:ed)? (?:under|to|in line)|guided by|informed by|map(?:s|ped) to)"
    r"|\b(?:follows|adopts|aligns (?:to|with)|(?:is|are) aligned|adheres|conforms|complies|based on|guided by)\b"
    r"|\b(?:assess(?:ed|ment)|measured|mapp(?:ed|ing)|maps)\b[^.\n]{0,60}\b(?:against|to)\b",
    re.IGNORECASE,
)
_OURS = lazily(
    r"\b(?:we|our|ours|us)\b|\bthis (?:project|repository|product|team|organi[sz]ation|repo|codebase|package"
    r"|service|application|app|system|document|policy)\b|\bthe (?:project|maintainers|core team|product team"
    r"|development team)\b",
    re.IGNORECASE,
)
_PRACTISED = lazily(
    r"\bin CI\b|\bCI/CD\b|pull[- ]requests?|\bPRs?\b|\bmerge[ds]?\b"
    r"|\b(?:every|each) (?:push|commit|change|release|build)\b|`[^`]+`|\b(?:one|two) reviewers?\b|\b(?:blocks"
    r"|is blocked|fails the build)\b",
    re.IGNORECASE,
)
"""What a text says that describes practice rather than the matter in general."""
PRACTISED = 3
"""Pieces that say so, in a text that never says whose practice it is."""
_WE_FOLLOW = lazily(
    r"\b(?:we|our (?:team|developers)|this (?:project|repository|service|team)|the (?:team|project|service)"
    r"|contributors|developers)\b[^.\n]{0,60}?\b(?:follow|adhere|comply|conform|align|work to)",
    re.IGNORECASE,
)
_STATES = lazily(r"\W*(?:[A-Z][\w ()/-]{2,40}:\s|OSPS-)|[^|]{2,80}\|")
"""A name and its value, an id, or a row of a table."""


class Found(NamedTuple):
    """The statements, what could not be read, and what would be one in another place."""

    statements: tuple[Statement, ...]
    unread: tuple[Unread, ...]
    aside: tuple[tuple[str, str], ...]


def statements(repo: Repository, paths: Sequence[str] = ()) -> Found:
    """Every statement; texts that `paths` (globs) name count wherever they lie and whatever their title."""
    read_ = repo.once(texts)
    asked = repo.find(*paths) if paths else []
    wanted = {path: data for path, data in read_.counted.items() if promises(path) or may_state(data)}
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


def _is_ours(text: str, names: frozenset[str]) -> bool:
    """Whether a text says whose practice it describes."""
    return _OURS.search(text) is not None or any(name in text for name in names)


def _announces(title: Words) -> bool:
    """Whether a title promises to say how software is developed: the subject, or a framework and what is done to it."""
    key = title.lower()
    if _SUBJECT.search(key):
        return True
    return (
        bool(_KIND.search(key))
        and not _FOR_USERS.search(key)
        and any(one.framework.established for one in named(title, 1))
    )


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
    outside = next((one for one in document.links if line <= one.line <= end and leads_out(one)), None)
    judged = verdict(document, path) if whole else None
    return Statement(
        path, line, end, str(title), whole, False,
        _names([*headings, *_referred(document, whole)], said), {**topics(said), **stages(sections)}, ids, tuple(said),
        scope(document, facts, said, title, names), owner(facts, said),
        dated(facts, said, "reviewed", "updated", "date", "created"), dated(facts, said, "next-review"),
        _is_ours(text, names) or sum(_PRACTISED.search(one.raw) is not None for one in said) >= PRACTISED,
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
        last = piece.line + piece.raw.count("\n")
        links = [one for one in document.links if piece.line <= one.line <= last and not one.image]
        outside = next(filter(leads_out, links), None)
        if not outside and _WE_FOLLOW.search(text):
            outside = next(filter(guidance, links), None)
        if (near or outside) and _is_ours(text, names):
            yield Statement(
                path, piece.line, piece.line, text[:80], False, True, tuple(near), topics([piece]), (), (piece,),
                scope(document, facts, [piece], piece, names), owner(facts, [piece]),
                dated(facts, [], "reviewed", "updated"), dated(facts, [], "next-review"), True, "", outside, document,
            )  # fmt: skip
