"""What a task runner's file says, whichever runner it is: targets with what they need and what they run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sscop.artefacts.shell import Script

_MOST = 200
"""How many targets one call may reach before the rest is passed over."""


class Rule(NamedTuple):
    """A target's prerequisites, and its recipe: shell texts, each with its own line."""

    prerequisites: tuple[str, ...]
    recipe: tuple[Script, ...]


class Targets(NamedTuple):
    """The rules by target, and the target that a call without one means ("" when there is none)."""

    rules: Mapping[str, Rule]
    default: str

    def recipes(self, targets: Sequence[str]) -> Iterator[Script]:
        """What making these targets may run, prerequisites first; each recipe once."""
        done: set[str] = set()

        def visit(target: str) -> Iterator[Script]:
            rule = self.rules.get(target)
            if rule is None or target in done or len(done) > _MOST:
                return
            done.add(target)
            for prerequisite in rule.prerequisites:
                yield from visit(prerequisite)
            yield from rule.recipe

        for target in targets or [self.default]:
            yield from visit(target)
