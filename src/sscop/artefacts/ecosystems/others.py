"""What is known by its path alone: pipelines, images, hooks, submodules and package managers that are not read yet."""

from __future__ import annotations

from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import Ecosystem

_BY_PATH: dict[Ecosystem, tuple[str, ...]] = {
    Ecosystem.GITHUB_ACTIONS: (".github/workflows/*.{yml,yaml}", "**/action.{yml,yaml}"),
    Ecosystem.PRE_COMMIT: ("**/.pre-commit-config.{yaml,yml}",),
    Ecosystem.GITSUBMODULE: (".gitmodules",),
    Ecosystem.DEVCONTAINERS: ("**/devcontainer.json", "**/.devcontainer.json"),
    Ecosystem.DOTNET_SDK: ("**/global.json",),
    Ecosystem.RUST_TOOLCHAIN: ("**/rust-toolchain.toml", "**/rust-toolchain"),
    Ecosystem.BAZEL: ("**/MODULE.bazel",),
    Ecosystem.CONDA: ("**/environment.{yml,yaml}",),
    Ecosystem.ELM: ("**/elm.json",),
    Ecosystem.VCPKG: ("**/vcpkg.json",),
}

_OTHER: dict[str, tuple[str, ...]] = {
    "Carthage": ("**/Cartfile",),
    "Clojure": ("**/project.clj", "**/deps.edn"),
    "CocoaPods": ("**/Podfile",),
    "Conan": ("**/conanfile.{txt,py}",),
    "CPAN": ("**/cpanfile",),
    "Crystal": ("**/shard.yml",),
    "DUB": ("**/dub.{json,sdl}",),
    "Haskell": ("**/*.cabal",),
    "LuaRocks": ("**/*.rockspec",),
    "Mill": ("**/build.mill",),
    "opam": ("**/*.opam",),
    "rebar3": ("**/rebar.config",),
    "renv": ("**/renv.lock",),
    "sbt": ("**/build.sbt",),
}


def gather(found: Gathering) -> None:
    """The paths of each kind."""
    from sscop.artefacts.compose import GLOBS as COMPOSE
    from sscop.artefacts.dockerfile import dockerfiles
    from sscop.repository.places import Family

    for ecosystem, globs in _BY_PATH.items():
        found.paths(ecosystem, ecosystem.value, *globs)
    found.paths(Ecosystem.DOCKER_COMPOSE, "docker-compose", *COMPOSE)
    for tool, globs in _OTHER.items():
        found.paths(Ecosystem.OTHER, tool, *globs)
    julia = [path for path in found.find("**/Project.toml") if path.endswith("Project.toml")]  # not a buildpack's
    found.note(Ecosystem.JULIA, "julia", julia)
    found.note(Ecosystem.DOCKER, "docker", dockerfiles(found.repo, Family.TOOLS))
