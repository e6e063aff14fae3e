"""Update mechanisms besides Dependabot and Renovate that a file of their own shows."""

from __future__ import annotations

from sscop.artefacts.nodes import load, mapping
from sscop.artefacts.updates.model import NOTHING, Reach, Said
from sscop.lazy import NamedTuple


class Other(NamedTuple):
    """A mechanism that looks after some ecosystems in the whole repository."""

    name: str
    path: str
    line: int
    ecosystems: frozenset[str]
    reach: Reach = Reach.ALL
    beyond: str = ""
    """A configuration of the pipeline's own that is not read."""

    @property
    def is_dead(self) -> bool:
        """Never: where its file is, it works."""
        return False

    def says(self, ecosystem: str, path: str, homes: tuple[str, ...]) -> Said:
        """What it means for a file of an ecosystem."""
        if self.reach is Reach.UNTOLD:
            return Said(Reach.UNTOLD, self.line)
        return Said(self.reach, self.line) if ecosystem in self.ecosystems else NOTHING


def pre_commit_ci(source: str) -> int | None:
    """The line of the section `ci` in a pre-commit configuration; None without one."""
    root = mapping(load(source))
    return next((key.line for key, _ in root.pairs() if key == "ci"), None)


def darc(source: str) -> int | None:
    """The line of the first product dependency in `eng/Version.Details.xml`, which Maestro keeps current."""
    for number, line in enumerate(source.split("\n"), 1):
        if "<Dependency " in line:
            return number
    return None
