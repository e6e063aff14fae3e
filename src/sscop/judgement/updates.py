"""How far the update mechanisms reach what the repository is built from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sscop.artefacts.ecosystems import Ecosystem, Inventory, Manifest
from sscop.artefacts.updates import Mechanism
from sscop.artefacts.updates.dependabot import Dependabot
from sscop.artefacts.updates.model import NOTHING, ORDER, Reach, Said, parent
from sscop.artefacts.updates.reached import Homes
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_TOOLS = {
    Ecosystem.GITHUB_ACTIONS,
    Ecosystem.DOCKER,
    Ecosystem.DOCKER_COMPOSE,
    Ecosystem.DEVCONTAINERS,
    Ecosystem.PRE_COMMIT,
    Ecosystem.DOTNET_SDK,
    Ecosystem.RUST_TOOLCHAIN,
    Ecosystem.GITSUBMODULE,
}
"""Ecosystems of tools, and of code that is fetched as a commit: not asked of the updates of components."""
_NAMES = {
    Ecosystem.BAZEL: "bazel_dep",
    Ecosystem.ELM: '"dependencies"',
    Ecosystem.JULIA: r"(?ms)^\[compat\][^\[]*^(?!julia\b)\w+\s*=",
    Ecosystem.VCPKG: '"dependencies"',
}
"""Ecosystems whose manifests are known by their path alone, and what shows that one names components from outside."""
_MORE = {
    "sbt": "sbt",
    "CocoaPods": "cocoapods",
    "Conan": "conan",
    "Haskell": "haskell-cabal",
    "Clojure": "leiningen",
    "CPAN": "cpanfile",
}
"""The ecosystems, by Renovate's names, of package managers that the inventory knows by their files' names alone."""

UNUSUAL = frozenset(_MORE.values()) - {"sbt"}
"""Those that Dependabot does not know: beside a configuration for others, that they are left out is advice."""


class Wanted(NamedTuple):
    """A manifest that names components from outside, and the folders from which it is reached."""

    ecosystem: str
    path: str
    line: int = 1
    homes: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that it is in, "" for the root."""
        return parent(self.path)


class Answer(NamedTuple):
    """The mechanism that reaches a manifest furthest, and what it says."""

    manifest: Wanted
    said: Said = NOTHING
    by: Mechanism | None = None


def components(repo: Repository, inventory: Inventory) -> list[Wanted]:
    """The manifests of the product's own that name components from outside."""
    asked = [one for one in inventory.manifests if not one.aside and one.ecosystem not in _TOOLS]
    own = [one for one in asked if not _NOT_BUILT.search(one.path)]
    roots = any(one.ecosystem is Ecosystem.TERRAFORM and one.is_library is False for one in own)
    homes = Homes(repo, inventory)
    return [
        Wanted(_name(one), one.path, one.line, homes.of(one))
        for one in own
        if _names_some(repo, one) and not (roots and one.ecosystem is Ecosystem.TERRAFORM and one.is_library)
    ]


_NOT_BUILT = lazily(r"(?:^|/)(?:META-INF|archived?(?:[_-]\w+)?|\w*testdata)/", re.IGNORECASE)
"""Places of what was unpacked, put away, or is read by tests."""


def _name(manifest: Manifest) -> str:
    return _MORE.get(manifest.tool, manifest.ecosystem.value)


_TEXTS = ("**/*dependenc*{polic,updat,upgrad,manage}*.{md,rst,adoc}", "**/*patch*{polic,manage}*.{md,rst,adoc}")


def written(repo: Repository) -> str:
    """A text of the repository on how components are updated; "" without one."""
    for path in repo.find(*_TEXTS, family=Family.PROSE):
        data = repo.read(path)
        if isinstance(data, bytes) and re.search(rb"(?i)\b(?:updat|upgrad|patch)", data[:20_000]):
            return path
    return ""


def not_read(inventory: Inventory) -> list[Manifest]:
    """The product's own manifests of package managers that no mechanism here knows."""
    return [one for one in inventory.of(Ecosystem.OTHER) if not one.aside and one.tool not in _MORE]


def _names_some(repo: Repository, manifest: Manifest) -> bool:
    if manifest.ecosystem is Ecosystem.OTHER:
        return manifest.tool in _MORE
    if manifest.ecosystem not in _NAMES:
        return bool(manifest.third_party)
    if manifest.ecosystem is Ecosystem.VCPKG and repo.has(f"{manifest.folder}/portfile.cmake"):
        return False  # a port of an overlay, which describes a component
    text = repo.text(manifest.path)
    return not isinstance(text, Unread) and bool(re.search(_NAMES[manifest.ecosystem], text))


def answers(wanted: Iterable[Wanted], mechanisms: Iterable[Mechanism]) -> list[Answer]:
    """The furthest answer for each manifest."""
    found = []
    working = [one for one in mechanisms if not one.is_dead]
    for manifest in wanted:
        said = [Answer(manifest, one.says(manifest.ecosystem, manifest.path, manifest.homes), one) for one in working]
        found.append(min(said, key=lambda one: ORDER.index(one.said.reach), default=Answer(manifest)))
    return found


def by_ecosystem(found: Iterable[Answer]) -> dict[str, list[Answer]]:
    """The answers by ecosystem, in alphabetical order."""
    groups: dict[str, list[Answer]] = {}
    for one in sorted(found, key=lambda one: one.manifest.ecosystem):
        groups.setdefault(one.manifest.ecosystem, []).append(one)
    return groups


def reaching(groups: Iterable[Answer], *reaches: Reach) -> list[Answer]:
    """Those whose answer is one of some."""
    return [one for one in groups if one.said.reach in reaches]


_FOUND_BY = {
    "npm": "package.json",
    "bun": "package.json",
    "bundler": "{gemfile,gems.rb,*.gemspec}",
    "cargo": "cargo.toml",
    "gomod": "{go.mod,go.work}",
    "composer": "composer.json",
    "maven": "{pom.xml,*.pom}",
    "gradle": "{*.gradle,*.gradle.kts,gradle/**,gradle.lockfile}",
    "mix": "mix.exs",
    "pub": "pubspec.yaml",
    "pip": "{*.txt,*.in,*/*.txt,*/*.in,pyproject.toml,setup.py,setup.cfg,pipfile}",
    "uv": "{*.txt,*.in,*/*.txt,*/*.in,pyproject.toml}",
    "docker": "{*docker*,*container*,*.yml,*.yaml}",
    "docker-compose": "*compose*.y*ml",
    "terraform": "{*.tf,*.hcl,*.tofu}",
    "opentofu": "{*.tf,*.hcl,*.tofu}",
    "helm": "{chart.yaml,*.yaml,*.yml}",
    "github-actions": "{*,.github/workflows/*,workflows/*}.y*ml",
    "gitsubmodule": ".gitmodules",
    "elm": "elm.json",
    "deno": "deno.json*",
    "pre-commit": ".pre-commit*",
    "dotnet-sdk": "global.json",
}
"""What Dependabot looks for in the folder of an entry, generously; ecosystems that it searches below are not here."""


class Idle(NamedTuple):
    """An entry with a folder that holds nothing which Dependabot could update."""

    path: str
    line: int
    ecosystem: str
    folder: str


def idle(repo: Repository, config: Dependabot, found: Iterable[Answer]) -> list[Idle]:
    """The entries that look where there is nothing, but for those of ecosystems that are not covered for that."""
    missing = {one.manifest.ecosystem for one in reaching(found, Reach.NONE, Reach.OFF)}
    idlers = []
    for entry in config.entries:
        looked_for = _FOUND_BY.get(entry.ecosystem)
        plain = [folder for folder in entry.folders if not set(folder) & set("*?[{")]
        if looked_for and entry.ecosystem not in missing and plain and len(plain) == len(entry.folders):
            empty = [one for one in plain if not repo.find(f"{one}/{looked_for}" if one else looked_for)]
            idlers += [Idle(config.path, entry.line, str(entry.ecosystem), one) for one in empty]
    return idlers
