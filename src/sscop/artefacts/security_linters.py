"""Linters and compilers that analyse security because their configuration says so: gosec in golangci-lint, ruff's `S`.

A linter by itself is none: most check style. What a run of one is worth is read from the files that configure it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sscop.artefacts.ecosystems import Inventory, manifests
from sscop.artefacts.pipelines import Activity
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_GOLANGCI = ("**/.golangci.{yml,yaml,toml,json}",)
_RUFF = ("**/pyproject.toml", "**/{ruff,.ruff}.toml")
_KEY = lazily(r"[\"']?([\w-]{1,60})[\"']?\s{0,9}[:=]\s{0,9}(.*)")
_NAMED = lazily(r"(?<![\w-])gosec(?![\w-])")
_RUFF_S = lazily(r"\b(?:extend-)?select\s*=\s*\[[^\]]*[\"'](?:S|S\d{1,3}|ALL)[\"']", re.DOTALL)
_ESLINT = {
    "eslint-plugin-security", "eslint-plugin-security-node", "@microsoft/eslint-plugin-sdl",
    "eslint-plugin-no-unsanitized", "eslint-plugin-sonarjs", "eslint-plugin-xss",
}  # fmt: skip
_PYTHON = {"flake8-bandit", "dlint"}
_DOTNET = {"securitycodescan.vs2019", "securitycodescan", "sonaranalyzer.csharp", "puma.security.rules"}


class Rules(NamedTuple):
    """Security rules that a linter is told to apply: the linter's row in the table of tools, and where it is told."""

    linter: str
    rules: str
    path: str
    line: int


def security_linters(repo: Repository) -> tuple[Rules, ...]:
    """Which linters apply security rules; to be asked for as `repo.once(security_linters)`."""
    inventory: Inventory = repo.once(manifests)
    return (
        *_matched(repo, _GOLANGCI, _gosec, "golangci-lint", "gosec"),
        *_matched(repo, _RUFF, _ruff, "Ruff", "rules `S` of flake8-bandit"),
        *_declared(inventory, "ESLint", _ESLINT),
        *_declared(inventory, "Flake8", _PYTHON),
    )


def compiled_in(repo: Repository) -> Rules | None:
    """The security analyser that .NET projects have compiled in, so that every build runs it."""
    inventory: Inventory = repo.once(manifests)
    return next(iter(_declared(inventory, "the .NET build", _DOTNET)), None)


def told(found: Iterable[Activity], rules: tuple[Rules, ...]) -> Iterator[tuple[Activity, Rules]]:
    """The linter runs that apply security rules, each with where they are told to."""
    for one in found:
        held = next((rule for rule in rules if rule.linter == one.tool), None)
        if held:
            yield one, held


def _matched(
    repo: Repository, globs: tuple[str, ...], find: Callable[[str], int | None], linter: str, rules: str
) -> Iterator[Rules]:
    for path in repo.find(*globs, family=Family.TOOLS):
        text = repo.text(path)
        at = None if isinstance(text, Unread) else find(text)
        if at:
            yield Rules(linter, rules, path, at)


def _gosec(text: str) -> int | None:
    """The line that turns gosec on in a configuration of golangci-lint, YAML, TOML or JSON; None where it stays off."""
    section, on = "", None
    for n, line in enumerate(text.split("\n"), 1):
        said = line.split("#", 1)[0].strip()
        if match := _KEY.match(said):
            section, said = match[1], match[2].strip("\"', ")
            if (section, said) in (("enable-all", "true"), ("default", "all")):
                on = on or n
        if _NAMED.search(said):
            if section == "disable":
                return None
            on = on or (n if section == "enable" else None)
    return on


def _ruff(text: str) -> int | None:
    found = _RUFF_S.search(text) if "select" in text else None
    return _line(text, found) if found else None


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.end()) + 1


def _declared(inventory: Inventory, linter: str, names: set[str]) -> Iterator[Rules]:
    for manifest in inventory.manifests:
        for one in manifest.dependencies:
            if one.package.lower() in names:
                yield Rules(linter, f"`{one.package}`", manifest.path, one.line)
