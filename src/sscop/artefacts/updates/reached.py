"""From which folders a manifest is reached: its own, and those of the workspaces and solutions that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sscop.artefacts.ecosystems import Ecosystem, Inventory, Manifest
from sscop.artefacts.updates.model import is_below, normal
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.globs import compiled

_FAMILIES = {"bun": "npm", "deno": "npm", "uv": "pip"}
_WHOLE = {Ecosystem.MAVEN, Ecosystem.GRADLE, Ecosystem.MIX}
"""A manifest of these names the ones below it, as modules, subprojects or applications."""
_USE = lazily(r"^[ \t]*(?:use[ \t]+)?(\.{1,2}(?:/[\w./-]*)?)[ \t]*(?://.*)?$", 8)


class Homes:
    """The folders from which each manifest of a repository is reached."""

    def __init__(self, repo: Repository, inventory: Inventory) -> None:
        self._roots: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {}
        for one in inventory.manifests:
            members = tuple(_members(one))
            if members:
                self._note(one.ecosystem, one.folder, members, one.excluded)
        for path in repo.find("**/go.work"):
            text = repo.text(path)
            if not isinstance(text, Unread):
                used = tuple(normal(match[1]) for match in _USE.finditer(text))
                self._note(Ecosystem.GOMOD, path.rpartition("/")[0], used, ())

    def _note(self, ecosystem: Ecosystem, folder: str, members: tuple[str, ...], excluded: tuple[str, ...]) -> None:
        family = _FAMILIES.get(ecosystem.value, ecosystem.value)
        taken = tuple(one for one in members if not one.startswith("!"))
        left_out = tuple(one[1:] for one in members if one.startswith("!"))
        self._roots.setdefault(family, []).append((folder, taken, excluded + left_out))

    def of(self, manifest: Manifest) -> tuple[str, ...]:
        """The manifest's own folder and those of the roots that hold it."""
        family = _FAMILIES.get(manifest.ecosystem.value, manifest.ecosystem.value)
        found = [
            folder
            for folder, members, excluded in self._roots.get(family, [])
            if is_below(manifest.path, folder)
            and _named(manifest, folder, members)
            and not _named(manifest, folder, excluded)
        ]
        return (manifest.folder, *found)


def _members(manifest: Manifest) -> Iterator[str]:
    yield from manifest.members or ()
    if manifest.ecosystem in _WHOLE or any(not one.third_party for one in manifest.dependencies):
        yield "**"


def _named(manifest: Manifest, folder: str, globs: Iterable[str]) -> bool:
    start = len(folder) + 1 if folder else 0
    inside, path = manifest.folder[start:], manifest.path[start:]
    for glob in map(normal, globs):
        matches = compiled(glob).match
        if glob == inside or matches(inside) or matches(path):
            return True
    return False
