"""Every build tool that a repository names, in whatever notation: one module for each family of files."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.reference import Fixity, Reference, Tool
from sscop.artefacts.references import ci, containers, files, github
from sscop.artefacts.references.commands import Built
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository


def everything(repo: Repository) -> tuple[Reference | Unread, ...]:
    """All of `references`, to be asked for as `repo.once(everything)`."""
    return tuple(references(repo))


def references(repo: Repository) -> Iterator[Reference | Unread]:
    """All references to build tools, file family by file family, and the files that could not be read.

    The same place named twice (a script called from two workflows) comes once. An image that the repository
    builds itself is no reference to somebody else's tool.
    """
    found = [fact for family in (github, containers, ci, files) for fact in family.references(repo)]
    built = {fact.name for fact in found if isinstance(fact, Built)}
    for fact in dict.fromkeys(found):
        if isinstance(fact, Unread):
            yield fact
        elif isinstance(fact, Reference) and not (fact.tool is Tool.IMAGE and fact.key in built):
            yield _with_ignore_comment(repo, fact) if fact.fixity is Fixity.MUTABLE else fact


def _with_ignore_comment(repo: Repository, found: Reference) -> Reference:
    """The reference with a note of another tool's ignore comment on its line: shown, and left to the reader."""
    lines = repo.parse(found.path, _lines)
    match = None if isinstance(lines, Unread) or found.line > len(lines) else _IGNORE.search(lines[found.line - 1])
    return found._replace(note=", ".join(filter(None, [found.note, f"`{match[0]}` is not obeyed"]))) if match else found


def _lines(text: str) -> list[str]:
    return text.split("\n")


_IGNORE = lazily(r"#\s*(?:zizmor:\s*ignore\[[\w,\s-]*\]|hadolint ignore=\S+|kics-scan ignore\S*|checkov:skip=\S+)")
