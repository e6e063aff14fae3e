"""Every build tool that a repository names, in whatever notation: one module for each family of files."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.reference import Reference, Tool
from sscop.artefacts.references import ci, containers, files, github
from sscop.artefacts.references.commands import Built
from sscop.model import Unread
from sscop.repository import Repository


def references(repo: Repository) -> Iterator[Reference | Unread]:
    """All references to build tools, file family by file family, and the files that could not be read.

    The same place named twice (a script called from two workflows) comes once. An image that the repository
    builds itself is no reference to somebody else's tool.
    """
    found = [fact for family in (github, containers, ci, files) for fact in family.references(repo)]
    built = {fact.name for fact in found if isinstance(fact, Built)}
    for fact in dict.fromkeys(found):
        if not isinstance(fact, Built) and not (
            isinstance(fact, Reference) and fact.tool is Tool.IMAGE and fact.key in built
        ):
            yield fact
