"""What keeps a repository's components and tools current: Dependabot, Renovate and others, as typed facts.

`mechanisms` gives every configuration that a platform reads; each one answers `says(ecosystem, path, homes)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries
from sscop.artefacts.updates.dependabot import Dependabot, dependabot
from sscop.artefacts.updates.jobs import jobs
from sscop.artefacts.updates.model import Reach
from sscop.artefacts.updates.others import Other, darc, pre_commit_ci
from sscop.artefacts.updates.renovate import Renovate, of_node, renovate, with_presets
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository

DEPENDABOT = tuple(
    f"{folder}/dependabot.{ext}" for folder in (".github", ".azuredevops", ".gitlab") for ext in ("yml", "yaml")
)
RENOVATE = (
    "renovate.json",
    "renovate.json5",
    ".github/renovate.json",
    ".github/renovate.json5",
    ".gitlab/renovate.json",
    ".gitlab/renovate.json5",
    ".renovaterc",
    ".renovaterc.json",
    ".renovaterc.json5",
)
"""The files that are looked for, in Renovate's own order; it takes the first."""
DARC = "eng/Version.Details.xml"
UPDATECLI = ("updatecli.d/*.{yaml,yml,tpl}", "updatecli/updatecli.d/**/*.{yaml,yml,tpl}", "updatecli.{yaml,yml}")
PRE_COMMIT = (".pre-commit-config.yaml", ".pre-commit-config.yml")

Mechanism = Union[Dependabot, Renovate, Other]


class Mechanisms(NamedTuple):
    """The mechanisms found, and the files that could not be read."""

    found: tuple[Mechanism, ...]
    unread: tuple[Unread, ...]


def mechanisms(repo: Repository) -> Mechanisms:
    """Every update mechanism that the repository's files show."""
    found: list[Mechanism] = []
    unread: list[Unread] = []
    for one in (*_dependabots(repo), *_renovate(repo), *_others(repo), *jobs(repo)):
        if not isinstance(one, Unread):
            found.append(one)
        elif not repo.gone(one):
            unread.append(one)
    if any(isinstance(one, Renovate) for one in found):  # a pipeline that runs it obeys that configuration
        paths = {one.path for one in found if isinstance(one, Renovate)}
        beyond = next((one.beyond for one in found if isinstance(one, Other) and one.beyond not in ("", *paths)), "")
        found = [
            one._replace(beyond=beyond) if isinstance(one, Renovate) else one
            for one in found
            if not (isinstance(one, Other) and one.name == "Renovate")
        ]
    return Mechanisms(tuple(found), tuple(unread))


def _dependabots(repo: Repository) -> list[Dependabot | Unread]:
    found = []
    for path in DEPENDABOT:
        if repo.has(path):
            read = repo.parse(path, dependabot)
            if isinstance(read, Unread) or read.entries or path.startswith(".github"):
                found.append(read if isinstance(read, Unread) else read._replace(path=path))
    return found


def _renovate(repo: Repository) -> list[Renovate | Unread]:
    for path in RENOVATE:
        if repo.has(path):
            read = repo.parse(path, renovate)
            return [read if isinstance(read, Unread) else with_presets(repo, read._replace(path=path))]
    data = repo.read("package.json") if repo.has("package.json") else b""
    if isinstance(data, bytes) and b'"renovate"' in data:
        block = repo.parse("package.json", _in_package)
        if isinstance(block, Renovate):
            return [with_presets(repo, block._replace(path="package.json"))]
    return []


def _in_package(source: str) -> Renovate | None:
    root = jsonc.load(source)
    block = root.get("renovate") if isinstance(root, Entries) else None
    return of_node(block) if isinstance(block, Entries) else None


def _others(repo: Repository) -> Iterator[Other | Unread]:
    for path in PRE_COMMIT:
        line = repo.parse(path, pre_commit_ci) if repo.has(path) else None
        if isinstance(line, Unread):
            yield line
        elif line or (path := _badge(repo)):
            yield Other("pre-commit.ci", path, line or 1, frozenset({"pre-commit"}))
    for path in (".scala-steward.conf", ".github/.scala-steward.conf"):
        if repo.has(path):
            yield Other("Scala Steward", path, 1, frozenset({"sbt", "maven", "gradle"}))
    line = repo.parse(DARC, darc) if repo.has(DARC) else None
    if isinstance(line, int):
        yield Other("Maestro", DARC, line, frozenset({"nuget", "dotnet-sdk"}))
    for path in repo.find(*UPDATECLI)[:1]:
        yield Other("updatecli", path, 1, frozenset(), Reach.UNTOLD)


def _badge(repo: Repository) -> str:
    """The README that shows pre-commit.ci's badge: the service works without a word in its configuration."""
    texts = ((path, repo.read(path)) for path in repo.find("readme*"))
    return next((path for path, data in texts if isinstance(data, bytes) and b"results.pre-commit.ci" in data), "")


def misplaced(repo: Repository) -> str:
    """A configuration that nothing reads where it lies; "" where there is none."""
    found = repo.find(
        ".dependabot/config.y*ml",
        "dependabot.y*ml",
        "*/dependabot.y*ml",
        ".github/*/dependabot.y*ml",
    )
    return found[0] if found else ""
