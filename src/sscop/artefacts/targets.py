"""What a task runner's file says, whichever runner it is: targets with what they need and what they run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from sscop.artefacts.shell import Script
from sscop.lazy import NamedTuple

_MOST = 200
"""How many targets one call may reach before the rest is passed over."""


class Rule(NamedTuple):
    """A target's prerequisites, and its recipe: shell texts, each with its own line."""

    prerequisites: tuple[str, ...]
    recipe: tuple[Script, ...]


class Targets(NamedTuple):
    """The rules by target, and the target that a call without one means ("" when there is none).

    `fallback` is the rule that an unknown target is made by, for runners that have one (tox's `testenv`). `includes`
    are the files, as written, that hold further rules.
    """

    rules: Mapping[str, Rule]
    default: str
    fallback: str = ""
    includes: tuple[str, ...] = ()

    def named(self, target: str) -> list[str]:
        """The rules that a target means: its own, those that its `*` matches, without its version, the fallback."""
        if target in self.rules:
            return [target]
        if "*" in target:
            return [name for name in self.rules if fnmatchcase(name, target)]
        patterns = [name for name in self.rules if name.count("%") == 1 and _fits(target, *name.split("%"))]
        if patterns:
            return [max(patterns, key=len)]  # make takes the rule with the shortest stem
        bare = re.sub(r"-\d[\d.]*\Z", "", target)  # nox: `tests-3.12`
        return [name for name in (bare, self.fallback) if name in self.rules][:1]

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
            for name in self.named(target):
                for script in visit(name):
                    yield script._replace(text=script.text.replace("$@", target)) if "%" in name else script


def _fits(target: str, before: str, after: str) -> bool:
    """Whether a target is what a pattern rule of make makes."""
    return len(target) > len(before) + len(after) and target.startswith(before) and target.endswith(after)
