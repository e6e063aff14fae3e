"""What the families share: reading manifests into one list, with where each lies and what is beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sscop.artefacts.ecosystems.model import Ecosystem, Lock, Manifest
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

LIMIT = 16 * 1024 * 1024
"""Locks may be large."""

_DEPLOYED = (
    "**/Dockerfile",
    "**/*.Dockerfile",
    "**/Dockerfile.*",
    "**/Procfile",
    "**/{serverless,fly,netlify,app,manifest,render}.{yml,yaml,toml}",
    "**/{vercel,now}.json",
    "**/manage.py",
)


class Gathering:
    """The manifests, locks and unreadable files that the families add to."""

    def __init__(self, repo: Repository) -> None:
        self.repo = repo
        self.manifests: list[Manifest] = []
        self.locks: list[Lock] = []
        self.unread: list[Unread] = []
        self._deployed: dict[str, str] | None = None

    def find(self, *globs: str) -> list[str]:
        """The files in places that count for tools; those of tests and examples are among them, marked `aside`."""
        return self.repo.find(*globs, family=Family.TOOLS)

    def read(self, path: str, reader: Callable[[str], Manifest]) -> Manifest | None:
        """What a reader makes of a manifest; None, and noted, where it could not be read."""
        found = self.repo.parse(path, reader)
        if isinstance(found, Unread):
            self.unread.append(found)
            return None
        return found._replace(path=path)

    def product(self, ecosystem: Ecosystem, tool: str, *globs: str) -> list[str]:
        """The files that match and are the product's own; those aside are noted by their paths, unread."""
        found = []
        for path in self.find(*globs):
            aside = not_counted(path, Family.PRODUCT)
            if aside:
                self.manifests.append(Manifest(ecosystem, path, tool, aside=aside))
            else:
                found.append(path)
        return found

    def add(self, ecosystem: Ecosystem, tool: str, reader: Callable[[str], Manifest], *globs: str) -> None:
        """Read all manifests that match and keep them."""
        for path in self.product(ecosystem, tool, *globs):
            found = self.read(path, reader)
            if found:
                self.manifests.append(found)

    def paths(self, ecosystem: Ecosystem, tool: str, *globs: str) -> None:
        """Files of which the path alone is wanted, by globs."""
        self.note(ecosystem, tool, self.find(*globs))

    def note(self, ecosystem: Ecosystem, tool: str, paths: Iterable[str]) -> None:
        """Files of which the path alone is wanted."""
        self.manifests += [Manifest(ecosystem, path, tool, aside=not_counted(path, Family.PRODUCT)) for path in paths]

    def lock(self, ecosystem: Ecosystem, tool: str, *globs: str) -> None:
        """Note the locks that match."""
        self.locks += [Lock(ecosystem, tool, path) for path in self.find(*globs)]

    def lock_tools(self, *ecosystems: Ecosystem) -> dict[str, Lock]:
        """The first lock of the ecosystems in each folder."""
        found: dict[str, Lock] = {}
        for one in self.locks:
            if one.ecosystem in ecosystems:
                found.setdefault(one.folder, one)
        return found

    def deployed(self, folder: str) -> str:
        """The file in a folder or above it by which it is run as a service ("Dockerfile"); empty without one."""
        if self._deployed is None:
            self._deployed = {path.rpartition("/")[0]: path.rpartition("/")[2] for path in self.find(*_DEPLOYED)}
        return next((self._deployed[one] for one in up(folder) if one in self._deployed), "")


def up(folder: str) -> list[str]:
    """A folder and all above it, the root ("") last."""
    found = [folder]
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return found


def join(folder: str, relative: str) -> str:
    """A path relative to a folder, from the root, without `.` and `..`; what climbs out of the root is ""."""
    parts = folder.split("/") if folder else []
    for part in relative.replace("\\", "/").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
