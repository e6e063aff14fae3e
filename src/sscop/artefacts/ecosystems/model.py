"""What a repository builds on, whichever package manager says so: manifests with their dependencies, and locks.

Nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from sscop.lazy import NamedTuple
from sscop.model import Unread


class Ecosystem(str, Enum):
    """The ecosystems, by the names that Dependabot's `package-ecosystem` has for them."""

    BAZEL = "bazel"
    BUN = "bun"
    BUNDLER = "bundler"
    CARGO = "cargo"
    COMPOSER = "composer"
    CONDA = "conda"
    DENO = "deno"
    DEVCONTAINERS = "devcontainers"
    DOCKER = "docker"
    DOCKER_COMPOSE = "docker-compose"
    DOTNET_SDK = "dotnet-sdk"
    ELM = "elm"
    GITHUB_ACTIONS = "github-actions"
    GITSUBMODULE = "gitsubmodule"
    GOMOD = "gomod"
    GRADLE = "gradle"
    HELM = "helm"
    JULIA = "julia"
    MAVEN = "maven"
    MIX = "mix"
    NPM = "npm"
    NUGET = "nuget"
    OTHER = "other"
    """A package manager whose files are known by their name alone; the manifest's `tool` says which."""
    PIP = "pip"
    PRE_COMMIT = "pre-commit"
    PUB = "pub"
    RUST_TOOLCHAIN = "rust-toolchain"
    SWIFT = "swift"
    TERRAFORM = "terraform"
    UV = "uv"
    VCPKG = "vcpkg"


REGISTRY, PATH, GIT, URL, WORKSPACE = "registry", "path", "git", "url", "workspace"
"""The sources of a dependency. Those of PATH and WORKSPACE are the repository's own."""


class Dependency(NamedTuple):
    """A direct dependency as the manifest has it.

    `name` is the key in the manifest, `real` the package's own name where it differs (an alias). `spec` is the version
    or range as written, "" for none. `group` is runtime, dev, build, peer, optional or the manifest's own word.
    """

    name: str
    spec: str
    line: int
    group: str = "runtime"
    source: str = REGISTRY
    real: str = ""

    @property
    def package(self) -> str:
        """The name of the package in its registry."""
        return self.real or self.name

    @property
    def third_party(self) -> bool:
        """Whether it comes from outside the repository."""
        return self.source not in (PATH, WORKSPACE)


class Manifest(NamedTuple):
    """A file that names what a part of the repository depends on; of GitHub Actions and the like, its path alone.

    `is_library` is True or False where something says so (`library_because` is that), None where nothing does.
    `members` and `excluded` are the workspace's globs or paths, relative to its folder; None where it is no workspace.
    `unsure` are names that a lock may record differently (overridden, conditional); with `partial` the dependencies
    are not all that there are, or not always. `aside` says why it is not the product's own ("a test or example").
    """

    ecosystem: Ecosystem
    path: str
    tool: str
    name: str = ""
    dependencies: tuple[Dependency, ...] = ()
    members: tuple[str, ...] | None = None
    excluded: tuple[str, ...] = ()
    is_library: bool | None = None
    library_because: str = ""
    private: bool | None = None
    line: int = 1
    unsure: frozenset[str] = frozenset()
    partial: bool = False
    aside: str = ""
    digests: frozenset[str] = frozenset()
    """What a lock that is in step holds as its digest of this manifest, by each way that its tool has computed it."""
    traits: frozenset[str] = frozenset()
    """What else the family's own rules need, in its words."""

    @property
    def folder(self) -> str:
        """The folder that it is in, "" for the root."""
        return self.path.rpartition("/")[0]

    @property
    def third_party(self) -> tuple[Dependency, ...]:
        """The dependencies from outside the repository."""
        return tuple(one for one in self.dependencies if one.third_party)


class Lock(NamedTuple):
    """A lock file by its path; `sscop.artefacts.ecosystems.record` reads it."""

    ecosystem: Ecosystem
    tool: str
    path: str

    @property
    def folder(self) -> str:
        """The folder that it is in, "" for the root."""
        return self.path.rpartition("/")[0]


MEMBERS = "members"
"""Among the patterns of a record: it speaks of every manifest that it is a lock of."""


class Wanted(NamedTuple):
    """What a lock says that one of its manifests asks for.

    `specs` has the range by name, None where the lock does not tell it. `digest` is the lock's own digest of the
    manifest, "" without one.
    """

    specs: Mapping[str, str | None]
    digest: str = ""


class Record(NamedTuple):
    """What a lock holds: each package's versions, the hashes, and what it says of its manifests.

    `hashed` counts those with a hash (or commit) among `entries`, the packages from a registry; both are 0 where the
    format has no place for hashes. `wanted` is by the manifest's folder relative to the lock's, of cargo by the crate's
    name. `patterns` are further facts in the format's own words (yarn's `name@range`, go.sum's `module version`).
    """

    packages: Mapping[str, tuple[str, ...]]
    entries: int = 0
    hashed: int = 0
    wanted: Mapping[str, Wanted] = MappingProxyType({})
    patterns: frozenset[str] = frozenset()
    unhashed: tuple[str, ...] = ()
    """Some of the entries without a hash."""


class Inventory(NamedTuple):
    """All manifests and locks of a repository, and the files among them that could not be read."""

    manifests: tuple[Manifest, ...]
    locks: tuple[Lock, ...]
    unread: tuple[Unread, ...]

    def of(self, *ecosystems: Ecosystem) -> list[Manifest]:
        """The manifests of some ecosystems."""
        return [one for one in self.manifests if one.ecosystem in ecosystems]


LONGEST = 200
"""Characters that a property of a build, or a version, has at most."""


def normal(name: str) -> str:
    """A Python project's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
