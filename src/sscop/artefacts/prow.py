"""The OWNERS files of Prow: who approves what lies in which folder, held by its bot.

Source: Kubernetes' page on OWNERS files.
"""

from __future__ import annotations

from posixpath import dirname

from sscop.artefacts.nodes import load, mapping, texts
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository


class Approvers(NamedTuple):
    """Prow's OWNERS files: folders and who approves in them, enforced by its bot."""

    folders: dict[str, bool]
    """Each folder with such a file ("" for the root), and whether it has approvers."""

    def of(self, path: str) -> str | None:
        """The file that gives a path its approvers; None where none does."""
        folder = dirname(path)
        while True:
            if self.folders.get(folder):
                return f"{folder}/OWNERS" if folder else "OWNERS"
            if not folder:
                return None
            folder = dirname(folder)


def prow_owners(repo: Repository) -> Approvers | Unread | None:
    """The approvers of Prow; None where the root has no such file, or one of another kind.

    A file that can't be read leaves it open who approves what lies below it.
    """
    folders = {}
    for path in repo.find("OWNERS", "**/OWNERS") if repo.has("OWNERS") else ():
        found = repo.parse(path, load_approvers)
        if isinstance(found, Unread) and not repo.gone(found):
            return found
        folders[dirname(path)] = found is True
    return Approvers(folders) if folders.get("") else None


def load_approvers(source: str) -> bool:
    """Whether an OWNERS file in Prow's format names approvers. Raises Malformed for one that is not valid YAML."""
    try:
        root = mapping(load(source))
    except Malformed:
        if _PROW.search(source):
            raise
        return False
    filters = mapping(root.get("filters")).values()
    return any(texts(mapping(one).get("approvers")) for one in (root, *filters))


_PROW = lazily(r"(?m)^(?:approvers|reviewers|filters|options):")
