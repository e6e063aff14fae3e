"""Lists of what is under configuration control: plans, registers, sections that say so, and the paths that they name.

How a product is configured at run time is another thing under the same words: a list counts only where it speaks of
control, versions or baselines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import basename

from sscop.artefacts.prose.document import Document, Item, Section, Table, read
from sscop.artefacts.prose.inline import Words
from sscop.artefacts.prose.templates import placeholder, unfilled
from sscop.artefacts.requirement_records.places import aside, texts
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_NAMED = lazily(
    r"(?:^|[-_. ])(?:config(?:uration)?[-_ ](?:items?|management(?:[-_ ](?:plan|policy))?|control|register"
    r"|identification)"
    r"|scm[-_ ]?plan|cm[-_ ]?plan|scmp|cmp|ci[-_ ]register|controlled[-_ ](?:items|documents)|(?:document|artefact"
    r"|artifact)[-_ ](?:register|control))"
    r"(?=[-_. ]|$)",
    re.IGNORECASE,
)
_MAY = lazily(
    r"(?:^|/)(?:readme|contribut\w*|develop\w*(?:[-_ ]guide)?|governance|process\w*|sdlc|ssdf\w*|quality\w*|security"
    r"|maintain\w*|release\w*"
    r"|secure[-_ ]development\w*|development[-_ ](?:process|framework|plan)|engineering\w*)\.\w+$",
    re.IGNORECASE,
)
_HEADED = lazily(
    rb"(?i)configuration (?:items?|management|control|identification)|(?:under|version|source"
    rb"|change)[- ]?controll?e?d?\b|controlled (?:items|documents)"
)
_TITLE = lazily(
    r"\bconfiguration (?:items?|management|control|identification)\b|\b(?:under|in) (?:configuration|version"
    r"|source) control\b"
    r"|\bversion controlled\b|^(?:version|source|change) control$|\bcontrolled (?:items|documents|artifacts)\b"
    r"|\bartifacts under control\b"
)
_CONTROL = lazily(
    r"configuration items?|version[- ]control|source control|under (?:configuration |change )?control|baselin"
    r"|change control|tracked in git|controlled items"
    r"|kept in git|in this repository",
    re.IGNORECASE,
)
_KIND = lazily(
    r"\b(?:sources?|source code|code|pipelines?|workflows?|infrastructure|terraform|helm|docker\w*|containers?"
    r"|images?|locks?|lock ?files?"
    r"|dependenc\w+|migrations?|schemas?|documentation|documents?|requirements?|tests?|builds?|scripts?|configuration"
    r"|policies|models?|adrs?"
    r"|designs?|releases?|manifests?|threat models?|sboms?|interfaces?|apis?|certificates?|toolchains?)\b",
    re.IGNORECASE,
)
_ITEMS = lazily(
    r"\bconfiguration (?:items?|identification)\b|\bregister\b|\binventory\b|\bcontrolled\b"
    r"|\bunder (?:\w+ )?control\b|\bidentification\b"
    r"|\bartifacts\b|\bbaselines?\b|\b(?:in )?version control\b|^scope\b|^cis?\b|\bcis\b"
)
"""Titles of the parts of a plan that list items."""
_CODE = lazily(r"`([^`\n]{1,200})`|\]\(([^()\s]{1,200})\)")
_PATH = lazily(
    r"(?!@|-|\$|\w+:)(?:\.{1,2}/){0,4}[\w.@*{},+-]+(?:/[\w.@*{},+-]*)+$|(?:\.[a-z][\w.-]+|[\w-]+\.[a-z]{1,5}"
    r"|[A-Z]\w*file)$"
)
_AWAY = lazily(
    r"other repositor|separate repositor|sharepoint|confluence|outside|external|registry|artifactory|https?://",
    re.IGNORECASE,
)
LEAST = 3
"""Items that a list has."""


class Item_(NamedTuple):  # noqa: N801 - `Item` is a list item of a text
    """One controlled item: what it is called, the paths that it names here, its line."""

    text: str
    paths: tuple[str, ...]
    line: int


class ControlList(NamedTuple):
    """A list of controlled items. `template` says why it is not filled in."""

    path: str
    line: int
    title: str
    items: tuple[Item_, ...]
    template: str = ""


def control_lists(repo: Repository, asked: Iterable[str] = ()) -> Iterator[ControlList | Unread]:
    """The lists of a repository."""
    for path in repo.once(texts):
        name = basename(path).rpartition(".")[0]
        named = bool(_NAMED.search(name))
        if not named and not (path.count("/") < 3 and _MAY.search(path)):
            continue
        if reason := aside(path):
            if named:
                repo.not_counted[path] = reason
            continue
        data = repo.read(path)
        if isinstance(data, Unread) or not (named or _HEADED.search(data)):
            if named and isinstance(data, Unread) and not repo.gone(data):
                yield data
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            if named:
                yield document
            continue
        yield from _lists(document, path, named)


def _lists(document: Document, path: str, named: bool) -> Iterator[ControlList]:
    title = document.title
    if named and _CONTROL.search(document.text):
        if reason := unfilled(document, path):
            yield ControlList(path, title.line if title else 1, str(title or path), (), reason)
            return
        parts = [
            below for one in document.sections if one.level and _ITEMS.search(one.key) for below in document.under(one)
        ]
        items = _items(dict.fromkeys(parts))
        if len(items) >= LEAST:
            yield ControlList(path, title.line if title else 1, str(title or path), tuple(items))
            return
    done = 0
    for section in document.sections:
        if section.level and section.line > done and _TITLE.search(section.key):
            below = document.under(section)
            done = below[-1].line
            items = _items(below)
            if len(items) >= LEAST and any(_CONTROL.search(f"{one.title} {one.text}") for one in below):
                yield ControlList(path, section.line, section.title, tuple(items))


def _items(sections: Iterable[Section]) -> list[Item_]:
    found: list[Item_] = []
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Item):
                found += _item(block.text, block.text)
            elif isinstance(block, Table):
                for row in block.rows:
                    if row.cells:
                        found += _item(row.cells[0], *row.cells)
    return found


def _item(first: Words, *cells: Words) -> Iterator[Item_]:
    raw = " | ".join(one.raw for one in cells)
    if not first or placeholder(first.raw):
        return
    named = [one.strip() for pair in _CODE.findall(raw[:2000]) for one in pair if one]
    paths = tuple(dict.fromkeys(one.partition("#")[0] for one in named if _PATH.match(one) and "://" not in one))
    if paths or _KIND.search(" ".join(cells)[:400]):
        yield Item_(first[:120], () if _AWAY.search(raw) else paths, first.line)
