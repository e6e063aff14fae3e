"""The kinds of build tools that a repository names with a version, and who keeps each current."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from sscop.artefacts.compose import GLOBS as COMPOSE
from sscop.artefacts.dockerfile import GLOBS as DOCKERFILES
from sscop.artefacts.reference import Fixity, Reference, Tool
from sscop.artefacts.updates import Mechanism
from sscop.artefacts.updates.model import NOTHING, ORDER, Reach, Said, parent
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository.globs import compiled
from sscop.repository.places import Family, not_counted


class Kind(str, Enum):
    """A kind of tool, as it is called in a sentence."""

    ACTIONS = "actions"
    HOOKS = "pre-commit hooks"
    IMAGES = "base images"
    SERVICES = "images of compose files"
    CONTAINERS = "development containers"
    TOOLCHAINS = "toolchains"
    INCLUDES = "included pipelines"


class Named(NamedTuple):
    """A file that names tools of a kind: the first reference in it, and the ecosystem that a mechanism calls it by."""

    kind: Kind
    ecosystem: str
    first: Reference


class Kept(NamedTuple):
    """How far the mechanisms reach such a file."""

    named: Named
    said: Said = NOTHING
    by: Mechanism | None = None


_TOOLCHAINS = {
    ".nvmrc": "nvm",
    ".node-version": "nvm",
    ".python-version": "pyenv",
    ".ruby-version": "ruby-version",
    ".tool-versions": "tool-versions",
    "mise.toml": "mise",
    ".mise.toml": "mise",
    "rust-toolchain": "rust-toolchain",
    "rust-toolchain.toml": "rust-toolchain",
    "global.json": "dotnet-sdk",
    "gradle-wrapper.properties": "gradle-wrapper",
    "maven-wrapper.properties": "maven-wrapper",
    ".terraform-version": "terraform-version",
    ".bazelversion": "bazelisk",
    ".java-version": "java-version",
    ".go-version": "go-version",
    "package.json": "npm",
}


def kinds(references: Iterable[Reference | Unread]) -> list[Named]:
    """The files that name tools which can be updated, one entry for each file and kind; tests and examples aside."""
    found: dict[tuple[str, Kind], Named] = {}
    for one in references:
        if isinstance(one, Reference) and not not_counted(one.path, Family.PRODUCT):
            kind = _kind(one)
            if kind:
                found.setdefault((one.path, kind[0]), Named(*kind, one))
    return list(found.values())


def _kind(one: Reference) -> tuple[Kind, str] | None:
    name = one.path.rpartition("/")[2]
    if one.tool in (Tool.ACTION, Tool.WORKFLOW):
        return Kind.ACTIONS, "github-actions"
    if one.tool is Tool.HOOK:
        return (Kind.HOOKS, "pre-commit") if "/" not in one.path else None
    if one.tool is Tool.TOOLCHAIN and name in _TOOLCHAINS:
        return Kind.TOOLCHAINS, _TOOLCHAINS[name]
    if one.tool is Tool.INCLUDE and one.fixity is not Fixity.UNKNOWN:
        return Kind.INCLUDES, _SYSTEMS.get(name, "gitlab-ci")
    if one.tool is Tool.IMAGE and _has_version(one):
        if name.startswith(("devcontainer", ".devcontainer")):
            return Kind.CONTAINERS, "devcontainers"
        if "/.devcontainer/" in f"/{one.path}":
            return Kind.CONTAINERS, "docker"
        if any(compiled(glob).match(one.path) for glob in COMPOSE):
            return Kind.SERVICES, "docker-compose"
        if any(compiled(glob).match(one.path) for glob in DOCKERFILES):
            return Kind.IMAGES, "docker"
    return None


_SYSTEMS = {
    "config.yml": "circleci",
    "azure-pipelines.yml": "azure-pipelines",
    "bitbucket-pipelines.yml": "bitbucket-pipelines",
}


def _has_version(image: Reference) -> bool:
    """Whether an image is named by something that an update would change; Dockerfile frontends are not meant."""
    if image.fixity is Fixity.UNKNOWN or image.key == "docker/dockerfile":
        return False
    return bool(re.search(r"@sha256:|:(?!latest$)[\w.-]*\d", image.subject))


def kept(found: Iterable[Named], mechanisms: Iterable[Mechanism]) -> list[Kept]:
    """The furthest answer for each file."""
    working = [one for one in mechanisms if not one.is_dead]
    return [_kept(named, working) for named in found]


_ALSO = {"gradle-wrapper": "gradle", "maven-wrapper": "maven"}
"""Wrappers that Dependabot updates with the build's own ecosystem."""


def _kept(named: Named, mechanisms: Iterable[Mechanism]) -> Kept:
    path, folder = named.first.path, parent(named.first.path)
    said = []
    for one in mechanisms:
        said.append(Kept(named, one.says(named.ecosystem, path, (folder,)), one))
        if named.ecosystem in _ALSO and one.name == "Dependabot":
            home = re.sub(r"/?(?:gradle|\.mvn)/wrapper$", "", folder)
            said.append(Kept(named, one.says(_ALSO[named.ecosystem], path, (home,)), one))
        if named.ecosystem == "npm" and one.name == "Dependabot":
            said[-1] = Kept(named)  # it leaves `packageManager` alone
    return min(said, key=lambda one: ORDER.index(one.said.reach), default=Kept(named))


def by_kind(found: Iterable[Kept]) -> Iterator[tuple[Kind, list[Kept]]]:
    """The answers kind by kind."""
    groups: dict[Kind, list[Kept]] = {}
    for one in found:
        groups.setdefault(one.named.kind, []).append(one)
    return iter(groups.items())


def reaching(found: Iterable[Kept], *reaches: Reach) -> list[Kept]:
    """Those whose answer is one of some."""
    return [one for one in found if one.said.reach in reaches]
