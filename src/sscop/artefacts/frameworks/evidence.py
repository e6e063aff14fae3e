"""What a statement cites for what it says: links and paths in the tree, each found or not, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from posixpath import basename, dirname, join, normpath

from sscop.artefacts.frameworks.statement import Statement
from sscop.artefacts.prose.inline import Words
from sscop.artefacts.prose.links import State, Tree
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository

_SPAN = lazily(r"`([^`\s]{3,160})`")
_FILE = lazily(r"[\w.@-]+(?:/[\w.@-]+)*/?")
_PAPER = lazily(r"[A-Z][A-Z0-9_-]{3,40}\.(?:md|rst|adoc|txt)")
_BARE = lazily(r"(?<![\w/.(\[-])[A-Z][A-Z0-9_-]{3,40}\.md\b")
"""Such a file named in running text."""
_CODE = lazily(r"\.(?:md|rst|adoc|ya?ml|json|toml|py|js|ts|go|rs|rb|java|cs|sh|ps1|cfg|ini|lock|txt|tf|sql)$")
_BLANK = lazily(r"N{3,}|X{3,}|Y{4}|\b(?:foo|bar|your|example|my)\b|(?:^|/)\.\.\.", re.IGNORECASE)
"""A place for a name that somebody else fills in."""
_INHERITED = lazily(
    r"(?:security|support|contributing|code[-_]of[-_]conduct|governance|funding)\.(?:md|rst|adoc|txt)$", re.IGNORECASE
)
"""Files that an owner's `.github` repository gives to all of its repositories."""
INSTRUCTIONS = lazily(
    r"(?:^|/)(?:claude|agents|gemini|copilot-instructions|cursorrules|\.cursorrules|skill)(?:\.md)?$|(?:^"
    r"|/)\.(?:claude|cursor)/",
    re.IGNORECASE,
)
"""What is written for assistants: it asks for something, and shows nothing."""


MANY = 400
"""Different paths that are looked up for one statement."""


class Place(Enum):
    """What became of a reference."""

    FOUND = "found"
    DEAD = "dead"
    OUTSIDE = "outside"
    UNTOLD = "untold"


class Reference(NamedTuple):
    """A link or a path: as written, where it leads in the tree ("" elsewhere), and its line."""

    text: str
    path: str
    place: Place
    line: int


class Cites(NamedTuple):
    """A piece of a statement and what it cites."""

    piece: Words
    references: tuple[Reference, ...]


def evidence(repo: Repository, statement: Statement) -> Iterator[Cites]:
    """The pieces of a statement that cite anything, with each reference resolved."""
    tree = repo.once(Tree)
    links: dict[int, list[Reference]] = {}
    for link in statement.document.links:
        if link.image or not statement.line <= link.line <= statement.end_line:
            continue
        one = tree.follow(statement.document, statement.path, link)
        if one.path != statement.path:
            place = {State.FOUND: Place.FOUND, State.DEAD_ANCHOR: Place.FOUND, State.DEAD: Place.DEAD}.get(one.state)
            place = place or (Place.OUTSIDE if one.state is State.EXTERNAL else Place.UNTOLD)
            links.setdefault(link.line, []).append(Reference(link.target, one.path, place, link.line))
    known: dict[str, list[Reference]] = {}

    def path(text: str, line: int) -> list[Reference]:
        if text not in known and len(known) < MANY:
            known[text] = list(_path(repo, statement.path, text, line))
        return [one._replace(line=line) for one in known.get(text, ())]

    for piece in statement.said:
        found: list[Reference] = []
        for part in piece.pieces() if "\n" in piece.raw else (piece,):
            found += links.get(part.line, [])
            for match in _SPAN.finditer(part.raw):
                found += path(match[1], part.line)
            for match in _BARE.finditer(_SPAN.sub(" ", part.raw)) if ".md" in part.raw else ():
                found += [one for one in path(match[0], part.line) if one.place is Place.FOUND]
        if found:
            yield Cites(piece, tuple(dict.fromkeys(found)))


def _path(repo: Repository, here: str, text: str, line: int) -> Iterator[Reference]:
    """What a code span names in the tree; nothing for one that is no path, or that reading can't tell."""
    if not _FILE.fullmatch(text) or not ("/" in text or "." in text or text.isupper()) or _BLANK.search(text):
        return
    text = text.removeprefix("./")
    whole = normpath(text)
    for one in (whole, normpath(join(dirname(here), text))):
        if not one.startswith("..") and (repo.has(one) or repo.is_link(one) or repo.find(f"{one}/**")):
            yield Reference(text, one, Place.FOUND, line)
            return
    if "/" not in text and (elsewhere := repo.find(f"**/{text}")):
        yield Reference(text, elsewhere[0], Place.FOUND, line)
        return
    if _INHERITED.search(basename(text)):
        return
    first = whole.partition("/")[0]
    inside = "/" in text.rstrip("/") and _CODE.search(text) and repo.find(f"{first}/**")
    if (inside and not repo.find(f"**/{whole}")) or ("/" not in text and _PAPER.fullmatch(text)):
        yield Reference(text, "", Place.DEAD, line)
