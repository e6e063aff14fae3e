"""What `.gitignore` keeps out of version control and a build depends on: dependency locks, pipelines, migrations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join

from sscop.artefacts.gitpatterns import Rule, ignore_rules, ignored_by
from sscop.lazy import NamedTuple
from sscop.repository import Repository
from sscop.repository.places import Family

LOCKS = {
    "package.json": (
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "npm-shrinkwrap.json",
        "bun.lock",
        "bun.lockb",
    ),
    "Cargo.toml": ("Cargo.lock",),
    "Gemfile": ("Gemfile.lock",),
    "composer.json": ("composer.lock",),
    "go.mod": ("go.sum",),
    "mix.exs": ("mix.lock",),
    "pubspec.yaml": ("pubspec.lock",),
    "Pipfile": ("Pipfile.lock",),
    "pyproject.toml": ("poetry.lock", "uv.lock", "pdm.lock"),
    "Package.swift": ("Package.resolved",),
    "flake.nix": ("flake.lock",),
    "Podfile": ("Podfile.lock",),
}
_PRODUCT = {
    "package.json": rb'"private"\s*:\s*true',
    "composer.json": rb'"type"\s*:\s*"project"',
    "pubspec.yaml": rb"(?m)^publish_to:\s*['\"]?none",
    "go.mod": rb"(?m)^require\b",
    "Pipfile": rb"(?m)^\[packages\]",
    "Podfile": rb"(?m)^\s*(?:pod|target)\b",
    "flake.nix": rb"inputs",
}
"""What a manifest of something that is built and run says; the others don't tell."""
_LIBRARY = {
    "Cargo.toml": rb"(?m)^\[lib\]",
    "pyproject.toml": rb"(?m)^\[build-system\]",
    "Package.swift": rb"\.library\(",
    "Gemfile": rb"(?m)^\s*gemspec\b",
    "mix.exs": rb"\bpackage:\s|defp? package\b",
}
PLACES = (".github/workflows", ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml", "Dockerfile")
"""What a build is defined by, where it is on disk."""
DEEP = 3


class Ignored(NamedTuple):
    """Something that a rule keeps out: its path, the rule, what it belongs to, and whether that is a product.

    `product` is None where the files don't tell an application from a library.
    """

    path: str
    rule: Rule
    owner: str
    product: bool | None


def ignored_items(repo: Repository) -> list[Ignored]:
    """The locks that no folder upward has and that a rule ignores; pipelines and migrations likewise."""
    rules = repo.once(ignore_rules)
    return [*_locks(repo, rules), *_others(repo, rules)] if rules else []


def _locks(repo: Repository, rules: list[Rule]) -> Iterator[Ignored]:
    for manifest, locks in LOCKS.items():
        wanted = [
            rule for rule in rules if any(part in rule.text for lock in locks for part in (lock, "*.lock", "lock"))
        ]
        if not wanted:
            continue
        for path in repo.find(f"**/{manifest}", family=Family.PROSE):
            folder = dirname(path)
            above = list(_upward(folder))
            if path.count("/") > DEEP or any(repo.has(join(up, lock)) for up in above for lock in locks):
                continue
            if any(repo.has(join(up, manifest)) for up in above[1:]):
                continue  # a part of a workspace, whose lock is at its top
            used = _tool(repo, path) if manifest == "pyproject.toml" else locks
            found = [(lock, rule) for lock in used if (rule := ignored_by(join(folder, lock), rules))]
            if found:
                lock, rule = found[0]
                yield Ignored(join(folder, lock), rule, path, _product(repo, path, manifest))


def _tool(repo: Repository, path: str) -> list[str]:
    """The locks of the tools that a `pyproject.toml` is for."""
    data = repo.read(path)
    return [
        f"{tool}.lock"
        for tool in ("poetry", "uv", "pdm")
        if isinstance(data, bytes) and f"[tool.{tool}".encode() in data
    ]


def _upward(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""


def _product(repo: Repository, path: str, manifest: str) -> bool | None:
    """Whether a manifest is of something that is built and run, rather than used by others."""
    data = repo.read(path)
    folder = dirname(path)
    runs = any(
        repo.has(join(folder, one)) for one in ("Dockerfile", "Procfile", "manage.py", "config.ru", "src/main.rs")
    )
    if not isinstance(data, bytes) or (folder and not runs):
        return None  # a helper's own folder, of which nothing says that it is delivered
    if manifest in _PRODUCT and re.search(_PRODUCT[manifest], data):
        return not (manifest == "package.json" and re.search(rb'"workspaces"', data))
    if manifest in _LIBRARY and re.search(_LIBRARY[manifest], data):
        return False
    return True if runs else None


def _others(repo: Repository, rules: list[Rule]) -> Iterator[Ignored]:
    for path in PLACES:
        tracked = repo.has(path) or repo.find(f"{path}/*")
        if not tracked and repo.untracked(path) and (rule := ignored_by(path, rules)):
            yield Ignored(path, rule, "", True)
    if repo.find("**/manage.py", family=Family.PROSE) and not repo.find("**/*migration*/0001_*.py"):
        for models in repo.find("**/models.py", "**/models/__init__.py", family=Family.PROSE)[:50]:
            app = dirname(models.removesuffix("/__init__.py"))
            first = join(app, "migrations/0001_initial.py")
            if app and (rule := ignored_by(first, rules)):
                yield Ignored(f"{app}/migrations", rule, models, True)
                return
