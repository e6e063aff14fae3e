"""Makefiles, as far as a reader needs them to know what `make TARGET` runs.

Source: the GNU make manual (rules, recipes, simple variables). Functions and included files are not evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sscop.artefacts.shell import Script

_RULE = re.compile(r"([^\s#:=][^#:=]*)::?(?![:=])\s*([^#;]*)(?:;(.*))?", re.DOTALL)
_VARIABLE = re.compile(r"(?:export\s+|override\s+)*([\w.-]+)\s*(?:\?|::?|\+|!)?=\s*(.*)")
_USE = re.compile(r"\$\$|\$\(([\w.-]+)\)|\$\{([\w.-]+)\}|\$\([^()]*(?:\([^()]*\)[^()]*)*\)")


class Rule(NamedTuple):
    """A target's prerequisites and its recipe, each logical line with its own number."""

    prerequisites: tuple[str, ...]
    recipe: tuple[Script, ...]


class Makefile(NamedTuple):
    """The rules by target, and the target that a bare `make` builds."""

    rules: Mapping[str, Rule]
    default: str

    def recipes(self, targets: list[str]) -> Iterator[Script]:
        """What making these targets may run, prerequisites first; each recipe once."""
        done: set[str] = set()

        def visit(target: str) -> Iterator[Script]:
            rule = self.rules.get(target)
            if rule is None or target in done or len(done) > 200:
                return
            done.add(target)
            for prerequisite in rule.prerequisites:
                yield from visit(prerequisite)
            yield from rule.recipe

        for target in targets or [self.default]:
            yield from visit(target)


def load(text: str) -> Makefile:
    """Read a Makefile. Never fails: what is neither a variable, a rule nor a recipe is passed over."""
    variables = _Variables()
    rules: dict[str, Rule] = {}
    default, current = "", ()  # type: tuple[str, tuple[str, ...]]
    for number, line in _logical_lines(text):
        if line.startswith("\t"):
            script = Script(_shell(line.lstrip("\t @-+"), variables), number)
            for target in current:
                rules[target] = rules[target]._replace(recipe=(*rules[target].recipe, script))
        elif match := _VARIABLE.fullmatch(line):
            variables.setdefault(match[1], match[2].split(" #")[0].strip())
        elif match := _RULE.match(line):
            current = tuple(_shell(match[1], variables).split())
            prerequisites = tuple(_shell(match[2], variables).replace("|", " ").split())
            for target in current:
                old = rules.get(target, Rule((), ()))
                rules[target] = old._replace(prerequisites=(*old.prerequisites, *prerequisites))
                if match[3]:
                    script = Script(_shell(match[3].lstrip(" \t@-+"), variables), number + line.count("\n", 0, match.start(3)))
                    rules[target] = rules[target]._replace(recipe=(*rules[target].recipe, script))
            if not default and current and not current[0].startswith("."):
                default = current[0]
        elif line.strip() and not line.startswith(("#", "ifeq", "ifneq", "ifdef", "ifndef", "else", "endif")):
            current = ()
    return Makefile(rules, default)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    i = 0
    while i < len(lines):
        start, line = i, lines[i]
        while line.endswith("\\") and i + 1 < len(lines):
            i += 1
            line += "\n" + lines[i]
        yield start + 1, line
        i += 1


class _Variables(dict[str, str]):
    """Variables by name, and how much may still be put in for them (one may hold a thousand others)."""

    room = 1_000_000


def _shell(text: str, variables: _Variables, depth: int = 0) -> str:
    """A text with known make variables put in, and the rest written as shell variables."""

    def value(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        name = match[1] or match[2]
        if name in variables and depth < 5 and variables.room > 0:
            put = _shell(variables[name], variables, depth + 1)[:4096]
            variables.room -= len(put) + 1
            return put
        return "${" + re.sub(r"\W", "_", name or "make") + "}" + "\n" * match[0].count("\n")

    return _USE.sub(value, text)
