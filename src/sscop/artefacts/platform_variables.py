"""Credentials that GitLab, Azure Pipelines and CircleCI keep: the names by which their pipelines' files ask for them.

Sources: the systems' pages on variables, variable groups and contexts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sscop.artefacts.credential_names import KEPT, OWN
from sscop.artefacts.pipelines.model import Pipeline, System
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository

_ASKED = lazily(r"\$(?:\(([A-Za-z_][\w.-]{0,99})\)|\{?(?:env:)?([A-Za-z_]\w{0,99}))")
_SET = lazily(r"(?<![\w$.-])([A-Za-z_][\w.-]{0,99})[\"']?\s{0,4}[:=]")
_CONTEXT = lazily(r"\s{0,60}(?:- )?context:\s{0,20}(\S.{0,200}|\Z)")


class Variable(NamedTuple):
    """A variable, or a context of CircleCI's, and the system that keeps it."""

    name: str
    path: str
    line: int
    system: str


def variables(repo: Repository, pipelines: Iterable[Pipeline]) -> Iterator[Variable]:
    """The first place of each that looks like a credential and that no file sets."""
    by_system: dict[System, dict[str, None]] = {}
    for one in pipelines:
        if one.system is not System.GITHUB:
            paths = (one.path, *(job.path for job in one.jobs), *(step.path for job in one.jobs for step in job.steps))
            by_system.setdefault(one.system, {}).update(dict.fromkeys(paths))
    for system, found in by_system.items():
        sources = [(path, source) for path in found if path and isinstance(source := repo.text(path), str)]
        known = {name.lower() for _, source in sources for name in _SET.findall(source)}
        for path, source in sources:
            for n, line in enumerate(source.split("\n"), 1):
                for name in _names(line, system):
                    if name.lower() not in known:
                        known.add(name.lower())
                        yield Variable(name, path, n, system.value)


def _names(line: str, system: System) -> Iterator[str]:
    if line.lstrip().startswith("#"):
        return
    context = _CONTEXT.match(line) if system is System.CIRCLECI else None
    if context:
        yield f"context {context[1].strip()}".strip()
    for match in _ASKED.finditer(line):
        name = match[1] if system is System.AZURE else match[2]  # Azure's secrets are in no environment by themselves
        if name and KEPT.fullmatch(name) and not OWN.fullmatch(name):
            yield name
