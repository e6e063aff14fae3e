"""The texts of the same repository that a text about reporting vulnerabilities points to: one hop."""

from __future__ import annotations

import re

from sscop.artefacts.disclosure.texts import ABOUT, Place, Text, about
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.inline import Link, slug
from sscop.artefacts.prose.links import State, Tree
from sscop.artefacts.site_pages import Pages
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

_POINTER = lazily(r"secur|vulnerab|disclos|report|psirt|polic", re.IGNORECASE)
_BLOB = lazily(
    r"https?://(?:www\.)?git(?:hub|lab)\.[\w.]+/[^/\s]+/[^/\s]+/(?:-/)?(?:blob|tree)/[^/\s]+/([^\s#?]+)(#\S*)?$"
)


def followed(repo: Repository, text: Text) -> list[Text]:
    """The texts of the same repository that a text points to for what it is about: one hop, a few at most."""
    found: dict[str, Text] = {}
    for one in text.said:
        for link in one.links:
            near = f"{link.target} {link.text} {one.text}"
            if (
                _POINTER.search(near)
                and (path := _inside(repo, text, link))
                and path[0] not in found
                and len(found) < 4
            ):
                document = read(repo, path[0])
                if isinstance(document, Unread):
                    continue
                if sections := _pointed(document, *path):
                    found[path[0]] = Text(path[0], document, sections, Place.OWN, link.target)
    return list(found.values())


def _pointed(document: Document, path: str, anchor: str) -> tuple[Section, ...]:
    """The part of a document that a link means: what its anchor names, else all of one about this, else sections."""
    if anchor:
        for section in document.sections:
            if section.level and slug(section.title).strip("-") == anchor.lower().strip("-"):
                return tuple(document.under(section))
    if re.search(r"secur|vulnerab|disclos|psirt", path, re.IGNORECASE):
        return document.sections if ABOUT.search(document.text.replace("\n", " ")) else ()
    return about(document, titled=True)


def _inside(repo: Repository, text: Text, link: Link) -> tuple[str, str] | None:
    """The path and anchor of a text in the tree that a link leads to; GitHub's own addresses of files too."""
    blob = _BLOB.match(link.target)
    if blob and text.place is not Place.INHERITED:
        path, anchor = blob[1], (blob[2] or "").lstrip("#")
        return (path, anchor) if path != text.path and repo.has(path) and _is_text(path) else None
    if text.place is Place.INHERITED:
        return None
    resolved = repo.once(Tree).follow(text.document, text.path, link)
    if resolved.state is State.EXTERNAL:
        source = repo.once(Pages).source(link.target)
        return (source, link.target.partition("#")[2]) if source and source != text.path else None
    if (
        resolved.state not in (State.FOUND, State.DEAD_ANCHOR)
        or resolved.path == text.path
        or not _is_text(resolved.path)
    ):
        return None
    return (resolved.path, resolved.anchor) if repo.has(resolved.path) else None


def _is_text(path: str) -> bool:
    return re.search(r"\.(?:md|markdown|mdx|rst|adoc|asciidoc|txt)$", path, re.IGNORECASE) is not None
