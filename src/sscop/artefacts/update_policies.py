"""What a repository says of its updates: how often they come, how to apply them, and what is special of security."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename

from sscop.artefacts.frameworks.texts import headings
from sscop.artefacts.lifecycle import places
from sscop.artefacts.lifecycle.names import names
from sscop.artefacts.lifecycle.words import third_party
from sscop.artefacts.others_demands import is_demand
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.sentences import Sentence, said_in
from sscop.artefacts.prose.templates import meant
from sscop.artefacts.site_pages import Pages
from sscop.artefacts.update_words import (
    ANNOUNCED,
    ASIDE,
    COMMAND,
    COMPONENTS,
    CYCLE,
    FOLDERS,
    FOR_CONTRIBUTORS,
    FOR_DEVELOPERS,
    GUIDE,
    HOW,
    MEANT,
    NAMED_GUIDE,
    NO_SCHEME,
    NOT_OURS,
    OFTEN,
    REST,
    SCHEMED,
    SECURED,
    SOCIAL,
    SPEAKING,
    TITLES,
    UPGRADES,
    WORDS,
    WORK,
)
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository

CADENCE, APPLY, NUMBERING, SECURITY, TOLD = "how often", "how to apply", "numbering", "security", "announced"
"""The elements of a policy on updates."""

SHORT = 200
"""Bytes that a guide to an update has at least."""


class Element(NamedTuple):
    """One thing that a policy says, and where."""

    name: str
    path: str
    line: int
    text: str


class Updates(NamedTuple):
    """All that is said of updates. `templates` are texts that are not filled in, with the reason."""

    elements: tuple[Element, ...]
    elsewhere: tuple[Element, ...]
    """Links out of the repository where an element is said to stand."""
    templates: tuple[tuple[str, str], ...]
    unread: tuple[Unread, ...]

    def first(self, name: str) -> Element | None:
        """The first place where an element is stated."""
        return next((one for one in self.elements if one.name == name), None)


def updates(repo: Repository) -> Updates:
    """What the repository's texts say; ask for it through `repo.once`."""
    own, pages = repo.once(names), repo.once(Pages)
    found: list[Element] = []
    elsewhere: list[Element] = []
    templates: list[tuple[str, str]] = []
    unread: list[Unread] = []
    for path, named in places.prose(repo, SPEAKING, WORDS, wide=False, folders=FOLDERS, titles=True):
        if ASIDE.search(path):
            continue
        if (
            (GUIDE.search(path) or NAMED_GUIDE.search(path))
            and not FOR_DEVELOPERS.search(path)
            and (guide := _guide(repo, path, own))
        ):
            found.append(guide)  # what it says of the steps is for its readers
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            unread += [document] if re.search(r"(?i)updat|upgrad", path) and not repo.gone(document) else []
            continue
        elements = list(_of(document, path, named, own))
        for one in _elsewhere(document, path, own):
            source = pages.source(one.text)
            elements += _there(repo, source, own) if source and source != path else []
            elsewhere += [] if source else [one]
        if reason := meant(document, path) if elements else "":
            templates.append((path, reason))
        else:
            found += elements
    return Updates(tuple(found), tuple(elsewhere), tuple(templates), tuple(unread))


def _of(document: Document, path: str, named: bool, own: frozenset[str]) -> Iterator[Element]:
    inside = (
        FOR_DEVELOPERS.search(path) is not None or COMPONENTS.search(f"{basename(path)} {document.title}") is not None
    )
    chain: list[Section] = []
    readme = re.search(r"(?i)(?:^|/)readme", path) is not None
    for section in document.sections:
        while chain and chain[-1].level >= section.level:
            chain.pop()
        chain.append(section)
        titles = [one.title for one in chain if one.level]
        about = any(TITLES.search(title.lower()) for title in titles[-2:])
        if titles and third_party(titles[-1], own):
            continue
        if section.level and not inside and _is_how(section, document.under(section), own):
            yield Element(APPLY, path, section.line, section.title)
        if about or (named and not readme):
            for one in said_in(section):
                yield from () if is_demand(one) else _sentence(one, path, own, inside)


def _elsewhere(document: Document, path: str, own: frozenset[str]) -> Iterator[Element]:
    for link in document.links:
        if link.image or not link.target.startswith("http") or SOCIAL.search(link.target):
            continue
        apply, often = UPGRADES.search(link.text), CYCLE.search(link.text)
        if (apply or often) and not WORK.search(link.text) and not third_party(link.text, own):
            yield Element(APPLY if apply else CADENCE, path, link.line, link.target[:160])


def _there(repo: Repository, path: str, own: frozenset[str]) -> list[Element]:
    """What the text says that a page on updates is made of."""
    if guide := _guide(repo, path, own):
        return [guide]
    document = read(repo, path)
    return [] if isinstance(document, Unread) else list(_of(document, path, True, own))


def _guide(repo: Repository, path: str, own: frozenset[str]) -> Element | None:
    """A whole text as a guide to an update, by its name, its first heading and its length."""
    data = repo.read(path)
    if not isinstance(data, bytes) or len(data) < SHORT:
        return None
    first = next(headings(data), b"")
    line = data.count(b"\n", 0, max(data.find(first), 0)) + 1
    title = first.decode("utf-8", "replace").removeprefix("title:").strip(" #*=`\"'\r")
    return Element(APPLY, path, line, title or path) if _is_guide(path, title, own) else None


def _is_guide(path: str, title: str, own: frozenset[str]) -> bool:
    """Whether a whole text is a guide to an update of this product, by its name and title."""
    name = GUIDE.search(path) or (any(one in title.lower() for one in own) and NAMED_GUIDE.search(path))
    if not name or WORK.search(title) or third_party(title, own):
        return False
    if title.islower() and title.split() == re.split(r"[-_.]", basename(path).lower())[:-1]:
        return False  # the page of a command: `acme bundle upgrade`
    return "upgrad" in name[0].lower() or "updat" in name[0].lower() or bool(re.search(r"\d|(?i:guide)", title))


def _is_how(section: Section, below: Sequence[Section], own: frozenset[str]) -> bool:
    """Whether a section, with those `below` it, says how to apply an update of this product."""
    match = HOW.match(section.title)
    if match is None or WORK.search(section.title) or (section.title.islower() and " " not in section.title):
        return False
    rest = match["rest"].lower()
    mine = any(
        one == word or (len(word) > 3 and one.startswith(word)) for word in re.findall(r"[\w.-]+", rest) for one in own
    )
    if match["verb"].lower().startswith("migrat"):
        if not (re.search(r"\b(?:from|to|between)\b.{0,30}\bv?\d", rest) or re.fullmatch(r" guides?\W*", rest)):
            return False
    elif not (REST.match(rest) or mine):
        return False
    if "policy" in rest and not re.search(r"\b(?:release|version|patch|upgrade)", section.text, re.IGNORECASE):
        return False
    if re.match(r" (?:philosophy|approach|expectations)", rest):
        return any(MEANT.search(one.text) for one in below)
    words = sum(len(said.split()) for said in section.said())
    return words >= 8 or any(one.code for one in below) or bool(COMMAND.search(section.text))


def _sentence(one: Sentence, path: str, own: frozenset[str], inside: bool) -> Iterator[Element]:
    said = one.text
    if not inside and SCHEMED.search(said) and not NO_SCHEME.search(said):
        yield Element(NUMBERING, path, one.line, said[:120])
    if SECURED.search(said) and not third_party(said, own):
        yield Element(SECURITY, path, one.line, said[:120])
    if not inside and ANNOUNCED.search(said) and not NOT_OURS.search(said):
        yield Element(TOLD, path, one.line, said[:120])
    often = None if FOR_CONTRIBUTORS.search(path) else OFTEN.search(said)
    if often and not NOT_OURS.search(said) and not third_party(said[: often.end()], own):
        yield Element(CADENCE, path, one.line, said[:160])
