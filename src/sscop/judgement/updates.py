"""How far the update mechanisms reach what the repository is built from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sscop.artefacts.ecosystems import Ecosystem, Inventory, Manifest
from sscop.artefacts.updates import Mechanism
from sscop.artefacts.updates.dependabot import Dependabot
from sscop.artefacts.updates.model import NOTHING, ORDER, Reach, Said
from sscop.artefacts.updates.reached import Homes
from sscop.repository import Repository

TOOLS = {
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
UNREAD = {Ecosystem.BAZEL, Ecosystem.ELM, Ecosystem.JULIA, Ecosystem.VCPKG}
"""Ecosystems whose manifests are known by their path alone, so that their components can't be counted."""


class Answer(NamedTuple):
    """The mechanism that reaches a manifest furthest, and what it says."""

    manifest: Manifest
    said: Said = NOTHING
    by: Mechanism | None = None


def components(inventory: Inventory) -> list[Manifest]:
    """The manifests of the product's own that name components from outside."""
    own = [one for one in inventory.manifests if not one.aside and one.ecosystem not in TOOLS]
    roots = any(one.ecosystem is Ecosystem.TERRAFORM and one.is_library is False for one in own)
    return [
        one
        for one in own
        if (one.third_party or one.ecosystem in UNREAD)
        and not (roots and one.ecosystem is Ecosystem.TERRAFORM and one.is_library)
    ]


def answers(manifests: Iterable[Manifest], mechanisms: Iterable[Mechanism], homes: Homes) -> list[Answer]:
    """The furthest answer for each manifest."""
    found = []
    working = [one for one in mechanisms if not one.is_dead]
    for manifest in manifests:
        reached = homes.of(manifest)
        said = [Answer(manifest, one.says(manifest.ecosystem.value, manifest.path, reached), one) for one in working]
        found.append(min(said, key=lambda one: ORDER.index(one.said.reach), default=Answer(manifest)))
    return found


def by_ecosystem(found: Iterable[Answer]) -> dict[Ecosystem, list[Answer]]:
    """The answers by ecosystem, in the ecosystems' order."""
    groups: dict[Ecosystem, list[Answer]] = {}
    for one in sorted(found, key=lambda one: one.manifest.ecosystem.value):
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
    missing = {one.manifest.ecosystem.value for one in reaching(found, Reach.NONE, Reach.OFF)}
    found = []
    for entry in config.entries:
        looked_for = _FOUND_BY.get(entry.ecosystem)
        plain = [folder for folder in entry.folders if not set(folder) & set("*?[{")]
        if looked_for and entry.ecosystem not in missing and plain and len(plain) == len(entry.folders):
            empty = [one for one in plain if not repo.find(f"{one}/{looked_for}" if one else looked_for)]
            found += [Idle(config.path, entry.line, str(entry.ecosystem), one) for one in empty]
    return found
