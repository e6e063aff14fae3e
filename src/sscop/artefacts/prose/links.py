"""Where a document's links lead inside the tree: found, dead, or elsewhere; anchors by GitHub's rule for headings.

Documents are also sources of web sites, whose generators resolve links in other ways (`/docs/x/`, `x.html` for
`x.md`): a link that any usual generator would find is not dead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from posixpath import dirname, join, normpath

from sscop.artefacts.prose.document import Document, read
from sscop.artefacts.prose.inline import Link
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_SCHEME = lazily(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_TEMPLATED = lazily(r"\{[{%]|%\}|\$\{|<|>|\{\w+\}|^[\[(@]")
_ADDRESS = lazily(r"[\w.+-]+@[\w.-]+")
_TEXTS = (".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc")


class State(Enum):
    """What became of a link."""

    FOUND = "found"
    DEAD = "dead"
    """Nothing in the tree has this path."""
    DEAD_ANCHOR = "dead anchor"
    """The document is there and has no such heading."""
    UNTRACKED = "untracked"
    """On disk, and not in git: nobody else has it."""
    EXTERNAL = "external"
    """Declared elsewhere."""
    UNTOLD = "untold"
    """Site-relative, templated or outside the tree: reading can't tell."""


class Resolved(NamedTuple):
    """A link and where it leads. `path` is in the tree, "" elsewhere."""

    link: Link
    state: State
    path: str = ""
    anchor: str = ""


class Tree:
    """The paths of a repository, as links look for them; folders are only gathered when a link asks for one."""

    def __init__(self, repo: Repository) -> None:
        self.repo = repo
        self._folders: set[str] | None = None
        self._names: dict[str, list[str]] = {}

    def resolve(self, document: Document, path: str) -> Iterator[Resolved]:
        """Each link of a document, in order."""
        for link in document.links:
            yield self.follow(document, path, link)

    def follow(self, document: Document, path: str, link: Link) -> Resolved:
        """One link of the document at a path."""
        target = link.target.strip()
        if not target or _TEMPLATED.search(target):
            return Resolved(link, State.UNTOLD)
        if document.kind == "restructured" and not re.search(r"[./]", target):
            return Resolved(link, State.UNTOLD)
        if _SCHEME.match(target) or _ADDRESS.fullmatch(target):
            return Resolved(link, State.EXTERNAL)
        target, _, anchor = target.partition("#")
        target, anchor = _unquoted(target.split("?", 1)[0]), _unquoted(anchor)
        if not target:
            state = State.FOUND if self._anchored(document, anchor) else State.DEAD_ANCHOR
            return Resolved(link, state, path, anchor)
        if "\0" in target:
            return Resolved(link, State.UNTOLD)
        rooted = target.startswith("/")
        whole = normpath(target.lstrip("/") if rooted else join(dirname(path), target))
        if whole.startswith(".."):
            return Resolved(link, State.UNTOLD)
        found = self._find(whole)
        if found is None and self.repo.untracked(whole):
            return Resolved(link, State.UNTRACKED, whole, anchor)
        if found is None:
            return Resolved(
                link, State.UNTOLD if rooted or self._elsewhere(whole, target) else State.DEAD, whole, anchor
            )
        if anchor and found.lower().endswith((".md", ".markdown")):
            other = read(self.repo, found)
            if not isinstance(other, Unread) and not self._anchored(other, anchor):
                return Resolved(link, State.DEAD_ANCHOR, found, anchor)
        return Resolved(link, State.FOUND, found, anchor)

    def _anchored(self, document: Document, anchor: str) -> bool:
        wanted = anchor.lower().removeprefix("user-content-")
        plain = wanted.strip("-")
        if (
            not wanted
            or wanted == "top"
            or document.kind != "markdown"
            or re.fullmatch(r"l\d+(?:-l?\d+)?|:~:.*", wanted)
        ):
            return True
        return any(wanted == one.lower() or plain == one.lower().strip("-") for one in document.anchors)

    def _find(self, whole: str) -> str | None:
        """The file or folder that a path names, also as the page that a site generator makes of it."""
        if whole == "." or self._is_listed(whole):
            return whole
        base, dot, ext = whole.rpartition(".")
        if dot and ext.lower() in ("html", "htm", "md"):
            candidates = [base + end for end in _TEXTS]
        else:
            candidates = [whole + end for end in _TEXTS]
        if ext == "html" and whole.endswith("/index.html"):
            candidates += [whole[: -len("/index.html")] + end for end in _TEXTS]
        for one in candidates:
            if self.repo.has(one):
                return one
        return whole if self._is_folder(whole) else None

    def _is_listed(self, path: str) -> bool:
        """Whether the tree has this path, a link or a submodule too."""
        if self.repo.has(path):
            return True
        found = self.repo.read(path)
        return isinstance(found, bytes) or found.reason != "is not a tracked file"

    def _is_folder(self, path: str) -> bool:
        if self._folders is None:
            self._folders = set()
            for one in [*self.repo.find("**"), *(f"{sub}/." for sub in self.repo.submodules())]:
                folder = dirname(one)
                while folder and folder not in self._folders:
                    self._folders.add(folder)
                    folder = dirname(folder)
        return path in self._folders

    def _elsewhere(self, whole: str, target: str) -> bool:
        """Whether a site would find it: one folder up (pretty addresses), or behind a submodule or symbolic link."""
        folder = dirname(whole)
        while folder:
            if self.repo.has(folder) or folder in self.repo.submodules():
                return True
            folder = dirname(folder)
        if target.startswith("../"):
            return self._find(normpath(join(dirname(dirname(whole)), "x", "..", whole.rsplit("/", 1)[-1]))) is not None
        return False


def _unquoted(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote  # 2 ms, for the few links that need it

    return unquote(text)
