"""Policies in prose: the sections of a repository's texts that are about a matter, found by their titles and words.

A title alone is nothing: what a section says decides, and a text about the product's own features (its users' roles,
its application's logs) is none about how the product is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.frameworks.texts import headings, set_aside, texts
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.templates import unfilled
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository


class Matter(NamedTuple):
    """What to look for. `title` is found in a heading or a file's name, both in lower case; each of `words` in what the
    section and those below it say; none of `without` in the title or the path.
    """

    title: re.Pattern[str]
    words: tuple[re.Pattern[str], ...]
    without: re.Pattern[str]


class Policy(NamedTuple):
    """A section about the matter with all below it; `template` says in words that it is not filled in, else ""."""

    path: str
    section: Section
    sections: tuple[Section, ...]
    document: Document
    template: str

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(piece for one in self.sections for piece in (one.title, one.text) if piece)

    def line(self, pattern: re.Pattern[str]) -> int:
        """The line of the first piece that a pattern finds, else of the heading."""
        for one in self.sections:
            for said in one.said():
                if pattern.search(said):
                    return said.line
        return self.section.line


def policies(repo: Repository, matter: Matter, *further: str) -> Iterator[Policy | Unread]:
    """The sections of all texts that are about a matter; `further` are globs of texts in unusual places."""
    found = repo.once(texts).counted
    for path in repo.find(*further) if further else ():
        data = repo.read(path) if path not in found and not set_aside(path) else b""
        if isinstance(data, bytes) and data:
            found = {**found, path: data.lower()}
    for path, data in found.items():
        name = path.rsplit("/", 1)[-1].lower()
        named = matter.title.search(re.sub(r"[-_.]", " ", name)) is not None
        if matter.without.search(path.lower()):
            continue
        if not named and not any(matter.title.search(one.decode("utf-8", "replace").lower()) for one in headings(data)):
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            if named and not repo.gone(document):
                yield document
            continue
        yield from _of(path, document, matter, named)


def _of(path: str, document: Document, matter: Matter, named: bool) -> Iterator[Policy]:
    seen: set[int] = set()
    whole = named or (document.title is not None and matter.title.search(document.title.lower()) is not None)
    sections = document.sections[:1] if whole else document.sections
    for section in sections:
        if section.line in seen or not (whole or (section.level and matter.title.search(section.title.lower()))):
            continue
        if section.title and matter.without.search(section.title.lower()):
            continue
        below = document.sections if whole else document.under(section)
        seen.update(one.line for one in below)
        policy = Policy(path, section, tuple(below), document, "")
        lower = policy.text.lower()
        if all(pattern.search(lower) for pattern in matter.words):
            yield policy._replace(template=unfilled(document, path) if whole else "")
