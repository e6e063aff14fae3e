"""What a repository builds on: the manifests and locks of every package manager, found and read once.

`repo.once(manifests)` is the way in. Locks are read only when asked for, by `record`.
"""

from __future__ import annotations

from importlib import import_module

from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import Dependency, Ecosystem, Inventory, Lock, Manifest
from sscop.artefacts.ecosystems.records import record
from sscop.repository import Repository

__all__ = ["Dependency", "Ecosystem", "Inventory", "Lock", "Manifest", "manifests", "record"]

_FAMILIES: dict[str, tuple[str, ...]] = {
    "javascript": (
        *("**/package.json", "**/deno.{json,jsonc}", "**/deno.lock", "**/package-lock.json", "**/npm-shrinkwrap.json"),
        *("**/pnpm-lock.yaml", "**/yarn.lock", "**/bun.lock", "**/bun.lockb"),
    ),
    "python": (
        *("**/pyproject.toml", "**/setup.py", "**/setup.cfg", "**/Pipfile", "**/Pipfile.lock", "**/poetry.lock"),
        *("**/uv.lock", "**/pdm.lock", "**/pylock.toml", "**/pylock.*.toml", "**/*requirements*.{txt,in,lock}"),
        *("**/requirements/*.{txt,in}", "**/*constraints*.txt"),
    ),
    "rust": ("**/Cargo.toml", "**/Cargo.lock"),
    "golang": ("**/go.mod", "**/go.sum", "**/go.work.sum"),
    "jvm": (
        *("**/pom.xml", "**/*.gradle", "**/*.gradle.kts", "**/*.versions.toml", "**/*gradle.lockfile"),
        *("**/gradle/dependency-locks/*.lockfile", "**/gradle/verification-metadata.xml", "**/.mvn/checksums/*"),
    ),
    "dotnet": (
        *("**/*.{csproj,fsproj,vbproj}", "**/packages.lock.json", "**/packages.*.lock.json"),
        *("**/Directory.Packages.props", "**/packages.config"),
    ),
    "declared": (
        *("**/composer.json", "**/composer.lock", "**/pubspec.yaml", "**/pubspec.lock", "**/Chart.yaml"),
        *("**/Chart.lock", "**/requirements.lock"),
    ),
    "scripted": (
        *("**/Gemfile", "**/gems.rb", "**/*.gemspec", "**/Gemfile.lock", "**/gems.locked", "**/mix.exs", "**/mix.lock"),
        *("**/Package.swift", "**/Package.resolved"),
    ),
    "terraform": ("**/*.tf", "**/*.tofu", "**/.terraform.lock.hcl"),
    "others": ("**",),
}
"""The modules of the families, and the files without which there is nothing for one to gather: it is not imported."""


def manifests(repo: Repository) -> Inventory:
    """All manifests and locks of a repository; call it as `repo.once(manifests)`."""
    found = Gathering(repo)
    for family, globs in _FAMILIES.items():
        if globs == ("**",) or repo.find(*globs):
            import_module(f"{__name__}.{family}").gather(found)
    unread = tuple(one for one in dict.fromkeys(found.unread) if not repo.gone(one))
    return Inventory(tuple(found.manifests), tuple(found.locks), unread)
