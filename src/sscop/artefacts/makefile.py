"""Makefiles, as far as a reader needs them to know what `make TARGET` runs.

Source: the GNU make manual (rules, recipes, simple variables). Functions are not evaluated; included files are
named, not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sscop.artefacts.shell import Script
from sscop.artefacts.targets import Rule, Targets
from sscop.lazy import lazily

_RULE = lazily(r"([^\s#:=][^#:=]*)::?(?![:=])\s*([^#;]*)(?:;(.*))?", re.DOTALL)
_VARIABLE = lazily(r"(?:export\s+|override\s+)*([\w.-]+)\s*(?:\?|::?|\+|!)?=\s*(.*)")
_INCLUDE = lazily(r"[-s]?include\s+([^#\n]*)(?:#.*)?")
_USE = lazily(r"\$\$|\$\(([\w.-]+)\)|\$\{([\w.-]+)\}|\$\([^()]*(?:\([^()]*\)[^()]*)*\)")


def load(text: str) -> Targets:
    """Read a Makefile. Never fails: what is neither a variable, a rule nor a recipe is passed over."""
    variables = _Variables(MAKE="make")
    includes: list[str] = []
    before: defaultdict[str, list[str]] = defaultdict(list)
    recipes: defaultdict[str, list[Script]] = defaultdict(list)
    default, current = "", ()  # type: tuple[str, tuple[str, ...]]
    for number, line in _logical_lines(text):
        if line.startswith("\t"):
            script = _recipe(line, number, variables)
            for target in current:
                recipes[target].append(script)
        elif match := _INCLUDE.fullmatch(line):
            includes += _shell(match[1], variables).split()
            current = ()
        elif match := _VARIABLE.fullmatch(line):
            variables.setdefault(match[1], match[2].split(" #")[0].strip())
        elif match := _RULE.match(line):
            current = tuple(_shell(match[1], variables).split())
            prerequisites = tuple(_shell(match[2], variables).replace("|", " ").split())
            for target in current:
                before[target] += prerequisites
                if match[3]:
                    script = _recipe(match[3], number + line.count("\n", 0, match.start(3)), variables)
                    recipes[target].append(script)
            if not default and current and not current[0].startswith("."):
                default = current[0]
        elif line.strip() and not line.startswith(("#", "ifeq", "ifneq", "ifdef", "ifndef", "else", "endif")):
            current = ()
    rules = {target: Rule(tuple(before[target]), tuple(recipes[target])) for target in before}
    return Targets(rules, default, includes=tuple(includes))


def _recipe(written: str, line: int, variables: _Variables) -> Script:
    """A recipe's line without its prefixes; one with `-` may fail (the GNU make manual, "Errors in Recipes")."""
    shell = written.lstrip("\t @-+")
    prefixed = "-" in written[: len(written) - len(shell)]
    return Script(_shell(shell, variables), line, "- before the recipe's line" if prefixed else "")


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    i = 0
    while i < len(lines):
        start = i
        while lines[i].endswith("\\") and i + 1 < len(lines):
            i += 1
        i += 1
        yield start + 1, "\n".join(lines[start:i])


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
