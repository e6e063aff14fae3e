"""Third-party code and programs that are kept in the repository itself, and what is written about them."""

from __future__ import annotations

from sscop.artefacts.embedded.facts import Identity, Seen
from sscop.artefacts.embedded.identity import identify
from sscop.artefacts.embedded.loose import libraries, packages, programs, wrappers
from sscop.artefacts.embedded.places import MOST, Component, Managed, folders, is_elsewhere, is_licence
from sscop.lazy import NamedTuple
from sscop.repository import Repository

__all__ = ["Component", "Identity", "Managed", "Piece", "Seen", "Vendored", "vendored"]


class Piece(NamedTuple):
    """A component and what is known about it."""

    component: Component
    identity: Identity


class Vendored(NamedTuple):
    """All that is kept in the repository: pieces to be looked at, folders that a package manager fills, submodules.

    `packages` are files that are a registry's packages, with name and version in their names; `wrappers` the jars of
    build wrappers; `more` the number of pieces that were too many to look at.
    """

    pieces: tuple[Piece, ...]
    managed: tuple[Managed, ...]
    submodules: tuple[str, ...]
    packages: tuple[str, ...]
    wrappers: tuple[str, ...]
    more: int = 0


def vendored(repo: Repository) -> Vendored:
    """Everything of somebody else's that the repository holds, tests and their data aside."""
    found = list(folders(repo))
    managed = [one for one in found if isinstance(one, Managed)]
    inside = _weighed([one for one in found if isinstance(one, Component)])
    roots = tuple({one.root + "/" for one in inside} | {one.path + "/" for one in managed})
    loose = {one.path: one for one in (*libraries(repo), *programs(repo)) if not one.path.startswith(roots)}
    pieces = [*inside, *loose.values()]
    return Vendored(
        tuple(Piece(one, identify(repo, one)) for one in pieces[:MOST]),
        tuple(managed),
        tuple(path for path in repo.submodules() if not is_elsewhere(path, len(path))),
        tuple(packages(repo)),
        tuple(wrappers(repo)),
        max(len(pieces) - MOST, 0),
    )


def _weighed(found: list[Component]) -> list[Component]:
    """Without what only looks vendored: where a folder's name proves nothing, some component has its own licence."""
    proven = {one.root for one in found if one.sure or any(map(is_licence, one.files))}
    return [one for one in found if one.root in proven]
