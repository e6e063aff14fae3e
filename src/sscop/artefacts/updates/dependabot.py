"""Dependabot's configuration: which ecosystems, in which folders.

Source: GitHub's reference of `dependabot.yml` version 2, and Dependabot's own file fetchers for what an entry reaches
below its folder: most look in that one folder only, some follow what the manifest there names.
"""

from __future__ import annotations

from sscop.artefacts.nodes import Entries, Text, items, load, mapping, text, texts
from sscop.artefacts.updates.model import NOTHING, Reach, Said, best, is_below, normal, parent
from sscop.lazy import NamedTuple
from sscop.repository import Malformed
from sscop.repository.globs import compiled

ECOSYSTEMS = {
    "bazel", "bun", "bundler", "cargo", "composer", "conda", "deno", "devcontainers", "docker", "docker-compose",
    "dotnet-sdk", "elm", "github-actions", "gitsubmodule", "gomod", "gradle", "helm", "julia", "maven", "mix", "nix",
    "npm", "nuget", "opentofu", "pip", "pre-commit", "pub", "rust-toolchain", "sbt", "swift", "terraform", "uv",
    "vcpkg",
}  # fmt: skip

_ANSWERS = {
    "uv": ("uv", "pip"),
    "pip": ("pip", "uv"),
    "bun": ("bun", "npm"),
    "npm": ("npm", "bun"),
    "opentofu": ("opentofu", "terraform"),
    "terraform": ("terraform", "opentofu"),
}
"""The entries that update a manifest of an ecosystem, where it is not just the one of the same name."""

_MISTAKEN = {
    "yarn": "npm", "pnpm": "npm", "node": "npm", "nodejs": "npm", "javascript": "npm", "typescript": "npm",
    "poetry": "pip", "pipenv": "pip", "pip-compile": "pip", "python": "pip", "pypi": "pip", "go": "gomod",
    "golang": "gomod", "go_modules": "gomod", "go-modules": "gomod", "ruby": "bundler", "gem": "bundler",
    "rubygems": "bundler", "rust": "cargo", "crates": "cargo", "php": "composer", "hex": "mix", "elixir": "mix",
    "java": "maven", "kotlin": "gradle", "dotnet": "nuget", "csharp": "nuget", "dart": "pub", "flutter": "pub",
    "actions": "github-actions", "github_actions": "github-actions", "githubactions": "github-actions",
    "git-submodule": "gitsubmodule", "submodules": "gitsubmodule", "dockerfile": "docker",
    "docker_compose": "docker-compose", "devcontainer": "devcontainers", "precommit": "pre-commit",
    "tofu": "opentofu",
}  # fmt: skip
"""Names that people write and Dependabot does not know, and what they mean."""


class Entry(NamedTuple):
    """One of `updates`. `folders` are globs, relative to the root; `left_out` what `exclude-paths` names."""

    ecosystem: Text
    folders: tuple[str, ...]
    line: int
    limit: Text | None = None
    scheduled: bool = True
    left_out: tuple[str, ...] = ()
    ignores_all: bool = False

    @property
    def security_only(self) -> bool:
        """Whether `open-pull-requests-limit: 0` switches version updates off."""
        return self.limit == "0"

    def covers(self, folder: str) -> bool:
        """Whether a folder is one of this entry's."""
        return any(_matches(glob, folder) for glob in self.folders)

    def says(self, path: str, homes: tuple[str, ...]) -> Said:
        """What the entry means for a file that is reached from any of some folders."""
        if not (self._finds(path) or any(map(self.covers, homes))):
            return NOTHING
        if any(_names(glob, path) or _names(f"{base}/{glob}", path) for glob in self.left_out for base in self.folders):
            return Said(Reach.LEFT_OUT, self.line, "`exclude-paths` leaves it out")
        if self.ignores_all:
            return Said(Reach.OFF, self.line, "`ignore` names every dependency")
        if self.security_only:
            assert self.limit is not None
            return Said(Reach.SECURITY, self.limit.line, "`open-pull-requests-limit: 0`")
        return Said(Reach.ALL, self.line)

    def _finds(self, path: str) -> bool:
        """Whether Dependabot itself finds the file from this entry's folders, though it lies in another one."""
        kind, folder = str(self.ecosystem), parent(path)
        if kind == "github-actions" and folder == ".github/workflows":
            return self.covers("") or self.covers(".github")
        if kind == "devcontainers" and (folder + "/").startswith(".devcontainer/"):
            return self.covers("")
        if kind in ("pip", "uv") and path.endswith((".txt", ".in")):
            return self.covers(parent(folder)) if folder else False
        if kind == "sbt":
            return self.covers(parent(folder)) if folder else False
        if kind == "nuget":  # it looks for solutions and project files below
            return any(is_below(path, glob) for glob in self.folders)
        return False


class Dependabot(NamedTuple):
    """A `dependabot.yml`. `version` is None where it says none; other versions than 2 are not read any more."""

    path: str
    line: int
    version: Text | None
    entries: tuple[Entry, ...]
    name: str = "Dependabot"

    @property
    def is_dead(self) -> bool:
        """Whether Dependabot does not read the file at all."""
        return self.version != "2"

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file takes effect."""
        return self.is_dead or any(map(mistaken, self.entries))

    def says(self, ecosystem: str, path: str, homes: tuple[str, ...]) -> Said:
        """What it means for a file of an ecosystem (by Dependabot's own names)."""
        if self.is_dead:
            return NOTHING
        names = _ANSWERS.get(ecosystem, (ecosystem,))
        meant = [entry for entry in self.entries if (mistaken(entry) or entry.ecosystem) in names]
        return best([entry.says(path, homes) for entry in meant])


def mistaken(entry: Entry) -> str:
    """The ecosystem's right name where one that Dependabot does not know stands in an entry; else ""."""
    return "" if entry.ecosystem in ECOSYSTEMS else _MISTAKEN.get(entry.ecosystem.lower(), "")


def dependabot(source: str, path: str = "") -> Dependabot:
    """The configuration in a text. Raises Malformed for what is none."""
    root = load(source)
    if isinstance(root, Text) and root.is_null:
        return Dependabot(path, 1, None, ())  # all of it is commented out
    if not isinstance(root, Entries):
        raise Malformed("is not a mapping, as Dependabot's configuration is", root.line)
    version = text(root.get("version"))
    entries = tuple(
        _entry(mapping(one), mapping(root.get("multi-ecosystem-groups"))) for one in items(root.get("updates"))
    )
    return Dependabot(path, root.line, version, entries)


def _entry(node: Entries, groups: Entries) -> Entry:
    name = text(node.get("package-ecosystem"))
    if name is None:
        raise Malformed("has an entry of `updates` without `package-ecosystem`", node.line)
    folders = [*texts(node.get("directory")), *texts(node.get("directories"))]
    group = mapping(groups.get(str(text(node.get("multi-ecosystem-group")) or "")))
    return Entry(
        name,
        tuple(map(normal, folders)),
        name.line,
        text(node.get("open-pull-requests-limit")),
        "schedule" in node or "schedule" in group,
        tuple(normal(one) for one in texts(node.get("exclude-paths"))),
        any(_ignores_all(mapping(one)) for one in items(node.get("ignore"))),
    )


def _ignores_all(node: Entries) -> bool:
    everything = text(node.get("dependency-name")) == "*"
    return everything and "versions" not in node and "update-types" not in node


def _matches(glob: str, folder: str) -> bool:
    return bool(compiled(glob).match(folder) or ("**" in glob and compiled(glob).match(folder + "/")))


def _names(glob: str, path: str) -> bool:
    """Whether a path is what a glob of `exclude-paths` names, or below it."""
    glob = normal(glob)
    return is_below(path, glob) or bool(compiled(glob).match(path) or compiled(f"{glob}/**").match(path))
