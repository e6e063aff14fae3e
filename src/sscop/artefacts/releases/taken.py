"""What a repository holds that customers take without a publishing step: by its tags, or from a registry that the
README names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries, load, mapping, text
from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

README = ("README{,.md,.rst,.adoc,.txt,.markdown}", "{docs,.github}/README.{md,rst,adoc}")
_VARIABLE = lazily(r"^variable\s+\"", re.MULTILINE)
_STATE = lazily(r"^\s{0,8}(?:backend|cloud)\s+(?:\"|\{)|^provider\s+\"", re.MULTILINE)
_TOOLS = lazily(r"(?:^|/)(?:tools?|hack|scripts?|internal|contrib|magefiles|[._][^/]+)/")
_PACKAGE = lazily(r"^package\s+(\w+)", re.MULTILINE)
_PHP_KINDS = lazily(r"library|[\w-]+-(?:plugin|bundle|module|extension|package|theme|lib|profile|recipe)|metapackage")
_NAME = lazily(r"^\s{0,8}name\s*=\s*[\"']([\w.-]{1,100})[\"']", re.MULTILINE)
_SETUP_NAME = lazily(r"\bname\s*=\s*[\"']?([\w.-]{1,100})")
_PLANNED = lazily(
    r"\b(?:planned|coming soon|not (?:yet )?(?:been )?published|will be published|once (?:it is )?published)\b",
    re.IGNORECASE,
)
_URL = lazily(r"<url>\s{0,20}([^<\s]{1,300})")
_INNER = lazily(
    r"(?:https?|file|scp|dav:https?)://(?:[^/:.\s]{1,100}[/:]|localhost|10\.|192\.168\."
    r"|[^/:\s]{1,100}\.(?:internal|local|lan|corp|intra)[/:])"
)
"""Addresses on the owner's own network."""

_PACKAGE_ID = lazily(r"<PackageId>\s{0,20}([\w.-]{1,100})\s{0,20}</")
_UNPUBLISHED = lazily(r"^publish\s*=\s*(?:false|\[\s*\])", re.MULTILINE)


def tagged(repo: Repository) -> Iterator[Evidence]:
    """What is taken by tag or commit, each with what it is ("a Go library") as its note."""
    for path in ("action.yml", "action.yaml"):
        if repo.has(path) and isinstance(node := repo.parse(path, load), Entries) and "runs" in node:
            yield Evidence(path, node["runs"].line, "a GitHub action")
            break
    if repo.has(".pre-commit-hooks.yaml"):
        yield Evidence(".pre-commit-hooks.yaml", 1, "hooks of pre-commit")
    if repo.has("go.mod") and _go_library(repo):
        yield Evidence("go.mod", 1, "a Go library")
    if _terraform_module(repo):
        yield Evidence((repo.find("{main,variables}.tf") or repo.find("*.tf"))[0], 1, "a Terraform module")
    if repo.has("Package.swift") and isinstance(said := repo.text("Package.swift"), str) and ".library(" in said:
        yield Evidence("Package.swift", said.count("\n", 0, said.index(".library(")) + 1, "a Swift package")
    if repo.has("composer.json"):
        manifest = mapping(_json(repo, "composer.json"))
        kind = text(manifest.get("type"))
        library = (
            kind is None and {"name", "autoload", "license", "description"} <= set(manifest) and not repo.has("artisan")
        )
        name = text(manifest.get("name"))
        if name is not None and (library or (kind is not None and _PHP_KINDS.fullmatch(kind))):
            yield Evidence("composer.json", name.line, "a Composer package")
    if (
        repo.has("Project.toml")
        and isinstance(said := repo.text("Project.toml"), str)
        and "uuid" in said
        and repo.find("src/*.jl")
    ):
        yield Evidence("Project.toml", 1, "a Julia package")
    if repo.has("meta/main.yml") and isinstance(said := repo.text("meta/main.yml"), str) and "galaxy_info" in said:
        yield Evidence("meta/main.yml", 1, "an Ansible role")


def _json(repo: Repository, path: str) -> Entries | None:
    node = repo.parse(path, jsonc.load)
    return node if isinstance(node, Entries) else None


def _go_library(repo: Repository) -> bool:
    """Whether Go files at the root are a package that others import, and no command is built here."""
    if any(not _TOOLS.search(path) for path in repo.find("**/main.go", family=Family.PRODUCT, most=60)):
        return False
    for path in repo.find("*.go")[:40]:
        said = repo.text(path)
        aside = not isinstance(said, str) or path.endswith("_test.go") or "//go:build" in said[:4_000]
        match = None if aside or not isinstance(said, str) else _PACKAGE.search(said)
        if match:
            return match[1] not in ("main", "tools")
    return False


def _terraform_module(repo: Repository) -> bool:
    """Whether the files at the root are a module: variables, and neither a state's place nor a provider's settings."""
    said = [text for path in repo.find("*.tf")[:40] if isinstance(text := repo.text(path), str)]
    return any(map(_VARIABLE.search, said)) and not any(map(_STATE.search, said)) and not repo.find("*.tfvars")


def packages(repo: Repository) -> Iterator[Evidence]:
    """Manifests of packages that are said to be published: by themselves, or by a README that names the registry."""
    readme = next(((path, said) for path in repo.find(*README) if isinstance(said := repo.text(path), str)), None)
    if readme:
        for registry, name in _names(repo):
            pattern = _SAYS[registry].replace("NAME", re.escape(name))
            match = re.search(pattern, readme[1][:200_000], re.IGNORECASE)
            if match and not _PLANNED.search(_line(readme[1], match.start())):
                yield Evidence(
                    readme[0], readme[1].count("\n", 0, match.start()) + 1, f"{registry}: {match[0][:60].strip()}"
                )
                break
    if place := _maven(repo):
        yield place
    for glob, mark, note in _BY_THEMSELVES:
        for path in repo.find(glob, family=Family.PRODUCT)[:200]:
            said = repo.text(path)
            match = re.search(mark, said) if isinstance(said, str) else None
            if match and isinstance(said, str):
                yield Evidence(path, said.count("\n", 0, match.start()) + 1, note)
                break


def _maven(repo: Repository) -> Evidence | None:
    """Where Maven publishes to, unless that is on the owner's own network alone."""
    for path in repo.find("{pom.xml,*/pom.xml}", family=Family.PRODUCT)[:200]:
        said = repo.text(path)
        start = said.find("<distributionManagement>") if isinstance(said, str) else -1
        if start < 0 or not isinstance(said, str):
            continue
        found = [
            match[1] for match in _URL.finditer(said[start : start + 3_000].partition("</distributionManagement>")[0])
        ]
        if not found or not all(map(_INNER.match, found)):
            return Evidence(path, said.count("\n", 0, start) + 1, "Maven's place to publish to")
    return None


def _line(source: str, at: int) -> str:
    return source[max(source.rfind("\n", 0, at) + 1, at - 300) : at + 300].partition("\n\n")[0]


_SAYS = {
    "npm": r"(?:npm (?:i|install|add)|yarn (?:global )?add|pnpm (?:add|i)|npx|bun add)\s+(?:-\S+\s+){0,3}NAME(?![\w-])|npmjs\.(?:com|org)/package/NAME(?![\w-])",
    "PyPI": r"(?:pip3? install|pipx install|uv (?:add|tool install)|poetry add|uvx)\s+(?:-\S+\s+){0,3}[\"']?NAME(?![\w-])|pypi\.(?:org|python\.org)/(?:project|p|pypi)/NAME(?![\w-])",
    "crates.io": r"cargo (?:add|install)\s+(?:-\S+\s+){0,3}NAME(?![\w-])|crates\.io/crates/NAME(?![\w-])|^NAME\s{0,20}=\s{0,20}[\"{]",
    "RubyGems": r"gem install\s+(?:-\S+\s+){0,3}NAME(?![\w-])|gem [\"']NAME[\"']|rubygems\.org/gems/NAME(?![\w-])",
    "pub.dev": r"(?:flutter|dart) pub add NAME(?![\w-])|pub\.(?:dev|dartlang\.org)/packages/NAME(?![\w-])",
    "NuGet": r"dotnet (?:add (?:\S{1,60} )?package|tool install)\s+(?:-\S+\s+){0,3}NAME(?![\w-]|\.\w)"
    r"|Install-Package\s+NAME(?![\w-]|\.\w)|nuget\.org/packages/NAME(?![\w-]|\.\w)",
    "Hex": r"\{\s{0,5}:NAME,\s{0,5}\"|hex\.pm/packages/NAME(?![\w-])",
}
_BY_THEMSELVES = (
    (
        "**/*.{csproj,fsproj,nuspec}",
        r"(?i)<(?:PackageId|GeneratePackageOnBuild|PackageLicenseExpression|PackAsTool)>\s{0,20}(?!false|<)\S|<package[ >]",
        "a NuGet package",
    ),
    ("*.podspec", r"\.version", "a pod"),
    (
        "**/build.gradle{,.kts}",
        r"com\.android\.application[\"')]|libs\.plugins\.android\.application\b",
        "an app for Android",
    ),
    ("**/*.xcodeproj/project.pbxproj", r"com\.apple\.product-type\.application\b", "an app for Apple's devices"),
)


def _names(repo: Repository) -> Iterator[tuple[str, str]]:
    """The registry and the name of each package, those at the root first."""
    for path in (*repo.find("package.json"), *repo.find("packages/*/package.json")[:20]):
        manifest = mapping(_json(repo, path))
        name = text(manifest.get("name"))
        if name and text(manifest.get("private")) != "true":
            yield "npm", str(name)
    for globs, registry, pattern in _MANIFESTS:
        for path in (found for glob in globs for found in repo.find(glob, family=Family.PRODUCT)[:20]):
            said = repo.text(path)
            if not isinstance(said, str) or (registry == "crates.io" and _UNPUBLISHED.search(said)):
                continue
            if match := pattern.search(said):
                yield registry, match[1]
    for path in repo.find("**/*.{csproj,fsproj}", family=Family.PRODUCT)[:40]:
        said = repo.text(path)
        match = _PACKAGE_ID.search(said) if isinstance(said, str) else None
        yield "NuGet", match[1] if match else path.rpartition("/")[2].rpartition(".")[0]
    for path in repo.find("*.gemspec")[:1]:
        yield "RubyGems", path.rpartition("/")[2].removesuffix(".gemspec")


_MANIFESTS = (
    (("pyproject.toml",), "PyPI", _NAME),
    (("setup.cfg", "setup.py"), "PyPI", _SETUP_NAME),
    (("Cargo.toml", "*/Cargo.toml", "crates/*/Cargo.toml"), "crates.io", _NAME),
    (("mix.exs",), "Hex", lazily(r"\bapp:\s*:(\w+)")),
    (("pubspec.yaml",), "pub.dev", lazily(r"^name:\s*(\w+)", re.MULTILINE)),
)
