"""The texts that may state how software is developed and designed, and which of them do not count by their place."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from posixpath import basename, dirname

from sscop.artefacts.prose.inline import words
from sscop.artefacts.threat_models.candidates import aside
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

GLOB = "**/*.{md,markdown,mdx,rst,adoc,asciidoc}"
LIMIT = 384 << 10
"""The size in bytes above which a text is not looked at, unless its name promises a statement."""

_SPEAKING = lazily(
    r"secur|ssdf|sdlc|\bsdl\b|sscop|code[-_ ]of[-_ ]practice|complian|standard|governance|polic(?:y|ies)|practice"
    r"|framework"
    r"|assur|assess|audit|lifecycle|life[-_]cycle|samm|slsa|osps|baseline|quality|engineering|develop|contribut|process"
    r"|access|\broles?\b|maintainer|logging|retention|maturity|62443|27001|certif|architect|design|principle|guideline"
    r"|handbook",
    re.IGNORECASE,
)
WORKING = lazily(
    r"(?:^|/)(?:plans?|prds?|proposals?|rfcs?|notes?|meetings?|minutes|(?:we)?blogs?|posts?|news|research|papers?"
    r"|decks?|slides|talks|archives?|_[a-z]+"
    r"|change[-_]?logs?|release[-_]?notes|journal|drafts?|knowledge|prompts?|agents?|agentic|commands|plugins"
    r"|add-?ons|openspec|i18n|locales?|translations?|t?te?mp|(?:19|20)\d\d/\d\d"
    r"|\d{4}-\d{2}-\d{2}[^/]*)/"
    r"|(?:^|/)\d{4}-\d{2}-\d{2}[^/]*$|(?:^|/)(?:change[-_]?log|changes|history|news|release[-_]?notes?|roadmap"
    r"|todo)\b[^/]*$",
    re.IGNORECASE,
)


_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)


class Texts(NamedTuple):
    """The texts by path with their bytes in lower case (as UTF-8), what could not be read, and what does not count, and
    why. `unread` are those whose names promise a way of developing, `refused` are all.
    """

    counted: dict[str, bytes]
    unread: tuple[Unread, ...]
    aside: dict[str, str]
    refused: tuple[Unread, ...] = ()


def texts(repo: Repository) -> Texts:
    """The texts at the root, in `.github` and `docs`, and wherever the path speaks of such matters.

    Ask for it through `repo.once`.
    """
    counted: dict[str, bytes] = {}
    refused: list[Unread] = []
    apart: dict[str, str] = {}
    for path in repo.find(GLOB):
        folder = dirname(path)
        if folder not in ("", "docs", "doc", ".github") and not _SPEAKING.search(path):
            continue
        if reason := set_aside(path):
            apart[path] = reason
            continue
        data = _bytes(repo, path)
        if isinstance(data, bytes):
            counted[path] = data.lower()
        elif not repo.gone(data):
            refused.append(data)
    return Texts(counted, tuple(one for one in refused if promises(one.path)), apart, tuple(refused))


def _bytes(repo: Repository, path: str) -> bytes | Unread:
    """A text's bytes as they are, or as UTF-8 without a mark where they begin with one."""
    data = repo.read(path, LIMIT)
    if isinstance(data, Unread) or not (data.startswith(_MARKS) or b"\0" in data):
        return data
    text = repo.text(path, LIMIT)
    return text if isinstance(text, Unread) else text.encode("utf-8", "replace")


def set_aside(path: str) -> str:
    """Why a text does not count by its place; "" where it does."""
    return aside(path) or ("working papers" if WORKING.search(path) else "")


_HEADING = lazily(
    rb"^[ \t>]{0,3}(?:#{1,6}|={1,6})[ \t]+([^\n]{1,160})|^([^\n]{2,120})\n[=~^\"*+#-]{3,}[ \t]*$"
    rb"|<h[1-6][^>\n]{0,80}>([^<\n]{1,160})|^title:[ \t]*([^\n]{1,160})",
    re.MULTILINE,
)


def headings(data: bytes) -> Iterator[bytes]:
    """The lines of a text that look like its headings in any notation, before it is parsed."""
    for match in _HEADING.finditer(data):
        yield next(filter(None, match.groups()), b"")


_PROMISES = lazily(
    r"ssdf|\bsdlc|ssdlc|secure (?:software )?(?:development|coding|engineering)|\bsdl\b"
    r"|development (?:security|lifecycle|life cycle|framework)",
    re.IGNORECASE,
)


def promises(path: str) -> bool:
    """Whether a file's name says that it is about a way of developing."""
    return _PROMISES.search(re.sub(r"[-_.]", " ", basename(path))) is not None


def is_working(path: str) -> bool:
    """Whether a path is one of working papers: plans, proposals, news, change logs, what agents are told."""
    return WORKING.search(path) is not None


def product_names(repo: Repository) -> frozenset[str]:
    """The words of the README's title, by which other texts call the product."""
    for path in repo.find("README*"):
        data = repo.read(path, LIMIT)
        if isinstance(data, bytes):
            for raw in data[:20_000].decode("utf-8", "replace").splitlines()[:60]:
                title = re.match(r"(?:#{1,2}\s+|=\s+|<h1[^>]*>)(.{2,120})", raw)
                found = (
                    [one for one in _NAME.findall(words(title[1], 1)) if one.lower() not in _COMMON] if title else []
                )
                if found:
                    return frozenset([found[0], *(one for one in found if one.isupper() and len(one) > 2)])
    return frozenset()


_NAME = lazily(r"[A-Za-z][A-Za-z0-9+.-]{1,30}[A-Za-z0-9]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = _words(
    """
    a an and api app application data docs documentation for framework github in library of on open platform project
    readme repository security service services software source system the to tool tools web welcome with
    """
)
