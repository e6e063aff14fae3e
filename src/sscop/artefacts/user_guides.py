"""What the documentation for users says of installing and using, of secure use, and of updating: each with its place.

Only texts whose raw lines promise one of these are parsed, the likeliest first, and only until each was seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import basename

from sscop.artefacts.frameworks.texts import headings
from sscop.artefacts.guide_readers import Readers, is_for_makers
from sscop.artefacts.guide_texts import candidates, is_front
from sscop.artefacts.guide_wording import (
    FAILING,
    GUIDANCE,
    HINTS,
    NO_GUIDANCE,
    NOT_SECURE,
    PLAIN,
    POLICY,
    REFERENCE,
    REPORTING,
    STRONG,
    UPDATE,
    UPDATING,
    UPDATING_RAW,
    USE,
    USING,
    WEAK,
    Element,
)  # fmt: skip
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.language import is_english, size
from sscop.artefacts.user_readme import Place, away, stub
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

LOOKED, PARSED = 600, 40
"""Texts whose bytes are looked at, and texts that are parsed."""
LEAST, BELOW = 6, 12
"""Words that make content of a section about use (more for security), and sections below one that belong to it."""
ENOUGH, PIECE, RAW = 300_000, 4000, 100_000
"""Characters of a text, and of a piece of it, whose sentences are looked at; bytes that are looked at beforehand."""


_MARKUP = lazily(r"(?<=\])\([^)\n]{0,300}\)|[`*]")


class Guide(NamedTuple):
    """What the texts for users say. `front` is the README or the first other text, None without any.

    `stub` says why the README is none, where there is no other text; `away` is where the documentation is said to be;
    `foreign` whether the front text is in another language than English.
    """

    front: Place | None
    said: tuple[tuple[Element, Place], ...]
    stub: str
    away: Place | None
    foreign: bool
    unread: tuple[Unread, ...]

    @property
    def elements(self) -> dict[Element, Place]:
        """What was seen, by element."""
        return dict(self.said)


def user_guide(repo: Repository, further: tuple[str, ...] = (), service: Callable[[], bool] = lambda: False) -> Guide:
    """What all texts for users together say; `further` are globs of more of them.

    `service` is asked, at most once, where it matters whether the product's owner alone runs it.
    """
    paths = candidates(repo, further)
    readers = Readers(service, frozenset(repo.find(*further) if further else ()))
    found: dict[Element, Place] = {}
    weak: Place | None = None
    unread: list[Unread] = []
    parsed = others = 0
    for path in paths[:LOOKED]:
        if len(found) == len(Element) or parsed >= PARSED:
            break
        data = repo.read(path)
        if isinstance(data, Unread):
            unread += [data] if is_front(path) and not repo.gone(data) else []
            continue
        others += not is_front(path)
        if not _promises(path, data, found):
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            unread.append(document)
            continue
        parsed += 1
        told = list(_said(document, path, readers))
        if told and readers.excluded(path, document.text, is_front(path)):
            continue
        for element, place in told:
            if element is None:
                weak = weak or place
            else:
                found.setdefault(element, place)
    if weak is not None:
        found.setdefault(Element.SECURE, weak)
    order = list(Element)
    said = tuple(sorted(found.items(), key=lambda one: order.index(one[0])))
    front = next((path for path in paths if is_front(path)), None)
    if front is None:
        first = Place(paths[0], 1, "") if paths else None
        return Guide(first, said, "", None, False, tuple(unread))
    document = read(repo, front)
    if isinstance(document, Unread):
        return Guide(Place(front, 1, ""), said, "", None, False, tuple(dict.fromkeys((*unread, document))))
    title = document.title
    at = Place(front, title.line if title is not None else 1, str(title or "")[:120])
    hollow = "" if others else stub(repo, front, document)
    return Guide(at, said, hollow, away(repo, front, document), not is_english(document.text), tuple(unread))


def _promises(path: str, data: bytes, found: dict[Element, Place]) -> bool:
    """Whether a text may say what was not seen yet, by its headings and its words, before it is parsed."""
    if path.lower().startswith("readme"):
        return True
    lower = data.lower()
    titles = [
        one.decode("utf-8", "replace").strip(" #=\r").lower() for one in (basename(path).encode(), *headings(lower))
    ]
    wanted = [(Element.SECURE, STRONG), (Element.SECURE, WEAK), (Element.UPDATE, UPDATE), (Element.USE, USE)]
    if any(pattern.search(_plain(title)) for element, pattern in wanted if element not in found for title in titles):
        return True
    if Element.UPDATE not in found and UPDATING_RAW.search(lower):
        return True
    return Element.SECURE not in found and _guides(_MARKUP.sub("", data[:RAW].decode("utf-8", "replace")).lower())


def _guides(text: str) -> bool:
    """Whether a line of a text, in lower case, tells users what to do for security."""
    looked: set[int] = set()
    for hint in HINTS:
        at = text.find(hint)
        while at >= 0:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at) % (len(text) + 1)
            if start not in looked and GUIDANCE.search(text, start, end):
                return True
            looked.add(start)
            at = text.find(hint, end)
    return False


def _plain(title: str) -> str:
    return PLAIN.sub(" ", title.rsplit(".", 1)[0] if re.search(r"\.\w{2,5}$", title) else title).strip()


def _said(document: Document, path: str, readers: Readers) -> Iterator[tuple[Element | None, Place]]:
    """What one text says; sections for contributors and about reports are left out. None: weak signs of secure use."""
    skipped, looked = 0, 0
    name = _plain(basename(path).lower())
    named = [element for element, one in ((Element.USE, USING), (Element.UPDATE, UPDATE)) if one.search(name)]
    policy = POLICY.fullmatch(path) is not None
    for n, section in enumerate(document.sections):
        if section.level and skipped and section.level > skipped:
            continue
        skipped = 0
        if section.level and NOT_SECURE.search(section.key):
            skipped = section.level if section.level > 1 else 0
            continue
        yield from _titled(section, path, _below(document, n), readers)
        for element in named if section.code or size(section.text) >= 2 * LEAST else ():
            yield element, Place(path, section.line, section.title[:120] or basename(path))
        if looked < ENOUGH and not (policy and not STRONG.search(section.key) and not WEAK.search(section.key)):
            looked += sum(map(len, section.said()))
            yield from _sentences(section, path, readers)


def _below(document: Document, n: int) -> str:
    """What a section and the first of those below it say."""
    first = document.sections[n]
    found = [first.text]
    for one in document.sections[n + 1 : n + 1 + BELOW]:
        if one.level <= first.level:
            break
        found.append(one.text)
    return "\n".join(found)


def _titled(section: Section, path: str, below: str, readers: Readers) -> Iterator[tuple[Element | None, Place]]:
    """What a section's title says that it is about, where it has content."""
    if not section.level or "(" in section.title:
        return
    place = Place(path, section.line, section.title[:120])
    words = size(below)
    if USE.search(section.key) and (section.code or words >= LEAST):
        yield Element.USE, place
    if UPDATE.search(section.key) and (section.code or words >= LEAST):
        yield Element.UPDATE, place
    if REPORTING.search(section.text) or NO_GUIDANCE.search(section.key) or readers.left_out(below):
        return
    if STRONG.search(section.key) and words >= 2 * LEAST:
        yield Element.SECURE, place
    elif (
        WEAK.search(section.key)
        and words >= 10 * LEAST
        and not FAILING.search(section.key)
        and not REFERENCE.search(path)
        and readers.weak(below)
    ):
        yield None, place


def _sentences(section: Section, path: str, readers: Readers) -> Iterator[tuple[Element, Place]]:
    """Guidance on secure use and instructions to update, wherever they stand; commands in code too."""
    left = ENOUGH
    for said in section.said():
        left -= len(said)
        if left < 0:
            return
        text = said[:PIECE]
        if match := _guidance(text, section, readers):
            yield Element.SECURE, _place(path, said.line, text, match.start())
        if match := UPDATING.search(text):
            yield Element.UPDATE, _place(path, said.line, text, match.start())
    for code in section.code:
        if match := UPDATING.search(code.text[:PIECE]):
            yield Element.UPDATE, _place(path, code.line, code.text, match.start())


def _guidance(text: str, section: Section, readers: Readers) -> re.Match[str] | None:
    """The first sentence that tells users what to do for security."""
    for match in GUIDANCE.finditer(text):
        start = max(text.rfind(". ", 0, match.start()) + 1, text.rfind("\n", 0, match.start()) + 1, 0)
        sentence = text[start : match.end() + 80]
        described = "whether " in text[start : match.start()].lower()
        if not (described or is_for_makers(sentence) or REPORTING.search(text) or readers.left_out(section.text)):
            return match
    return None


def _place(path: str, line: int, text: str, at: int) -> Place:
    start = max(text.rfind("\n", 0, at) + 1, at - 60)
    return Place(path, line + text.count("\n", 0, at), text[start : start + 120].split("\n", 1)[0].strip())
