"""What each lock records, by fast readers: locks may have megabytes, so none of them builds nodes with lines."""

from __future__ import annotations

from importlib import import_module

from sscop.artefacts.ecosystems.gathering import LIMIT
from sscop.artefacts.ecosystems.model import Lock, Record
from sscop.model import Unread
from sscop.repository import Repository

_READERS: dict[str, str] = {
    "package-lock.json": "javascript.npm",
    "npm-shrinkwrap.json": "javascript.npm",
    "pnpm-lock.yaml": "javascript.pnpm",
    "yarn.lock": "yarn.yarn",
    "bun.lock": "javascript.bun",
    "deno.lock": "javascript.deno",
    "poetry.lock": "python.poetry",
    "uv.lock": "python.uv",
    "pdm.lock": "python.pdm",
    "pipfile.lock": "python.pipenv",
    "cargo.lock": "systems.cargo",
    "go.sum": "systems.go",
    "go.work.sum": "systems.go",
    "verification-metadata.xml": "systems.verification",
    "packages.lock.json": "systems.nuget",
    ".terraform.lock.hcl": "systems.terraform",
    "composer.lock": "declared.composer",
    "gemfile.lock": "declared.bundler",
    "gems.locked": "declared.bundler",
    "mix.lock": "declared.mix",
    "pubspec.lock": "declared.pub",
    "package.resolved": "declared.swift",
    "chart.lock": "declared.helm",
    "requirements.lock": "declared.helm",
}
_BY_TOOL: dict[str, str] = {
    "pylock": "python.pylock",
    "gradle": "systems.gradle",
    "nuget": "systems.nuget",
}


def record(repo: Repository, lock: Lock) -> Record | Unread:
    """What a lock holds, read once, or why it could not be read."""
    name = lock.path.rpartition("/")[2].lower()
    if name == "bun.lockb":
        return Unread(lock.path, "is binary; bun 1.2 and later write a text, bun.lock")
    named = _READERS.get(name) or _BY_TOOL.get(lock.tool)
    if named is None:
        return Record({})
    module, _, function = named.partition(".")  # imported only where there is a lock of its kind
    found: Record | Unread = repo.parse(lock.path, getattr(import_module(f"{__name__}.{module}"), function), LIMIT)
    return found
