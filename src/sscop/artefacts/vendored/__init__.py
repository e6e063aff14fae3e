"""Third-party code and programs that are kept in the repository itself, and what is written about them."""

from __future__ import annotations

from typing import NamedTuple

from sscop.artefacts.vendored.identity import Identity, identify
from sscop.artefacts.vendored.loose import libraries, programs, wrappers
from sscop.artefacts.vendored.places import MOST, Component, folders, is_licence
from sscop.repository import Repository


class Vendored(NamedTuple):
    """A component and what is known about it."""

    component: Component
    identity: Identity


def vendored(repo: Repository) -> list[Vendored]:
    """The vendored components that no package manager looks after."""
    found = [one for one in _weighed(repo, list(folders(repo)))] + list(libraries(repo)) + list(programs(repo))
    return [Vendored(one, identify(repo, one)) for one in found[:MOST]]


def _weighed(repo: Repository, found: list[Component]) -> list[Component]:
    """Without what only looks vendored: in a folder whose name proves nothing, some component has a licence of its own."""
    proven = {one.root for one in found if one.sure or any(map(is_licence, one.files))}
    return [one for one in found if one.root in proven]


__all__ = ["Component", "Identity", "Vendored", "vendored", "wrappers"]
