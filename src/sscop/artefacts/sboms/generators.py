"""Release tools and builds that make an SBOM because their configuration says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sscop.artefacts.nodes import Entries, items, load, mapping, text
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family


class Configured(NamedTuple):
    """A place that has an SBOM made. `by` is what makes it; `needs` the tool that a pipeline must run for it.

    `bound` says whether every build makes it, whoever starts it.
    """

    by: str
    path: str
    line: int
    needs: str = ""
    bound: bool = False


_GRADLE_PLUGIN = lazily(r"[\"'(](org\.cyclonedx\.bom|org\.spdx\.sbom)[\"')]")
_SPRING = lazily(r"org\.springframework\.boot['\"]")
_MAVEN_PLUGIN = lazily(
    r"<plugin>(?:(?!</plugin>).){0,4000}?(cyclonedx-maven-plugin|spdx-maven-plugin)(?:(?!</plugin>).){0,6000}</plugin>",
    re.DOTALL,
)
_MANAGED = lazily(r"<pluginManagement>.*?</pluginManagement>", re.DOTALL)
_DIST = lazily(r"^[ \t]*cargo-(?:cyclonedx|auditable)\s*=\s*true", re.MULTILINE)
_BUNDLER = lazily(r"[\"'](@cyclonedx/(?:webpack|vite|rollup)-plugin\w*|(?:rollup|vite)-plugin-sbom)[\"']")
_PARENTS = lazily(
    r"<parent>(?:(?!</parent>).){0,600}?<artifactId>\s*(commons-parent|logging-parent)\s*</artifactId>", re.DOTALL
)
"""Parents that many projects share and whose builds make an SBOM."""
_MSBUILD = lazily(r"<GenerateSBOM>\s*true\s*</GenerateSBOM>", re.IGNORECASE)


def configured(repo: Repository) -> tuple[Configured, ...]:
    """Every such place; to be asked for as `repo.once(configured)`."""
    return tuple(_all(repo))


def _all(repo: Repository) -> Iterator[Configured]:
    read: tuple[tuple[str, bytes, Callable[[str], list[Configured]]], ...] = (
        ("**/{.goreleaser,goreleaser}.{yml,yaml}", b"sboms", _goreleaser),
        ("**/jreleaser.{yml,yaml}", b"sbom", _jreleaser),
        ("**/pom.xml", b"<", _maven),
        ("**/build.{gradle,gradle.kts}", b"bom", _gradle),
        ("{Cargo,dist-workspace,dist}.toml", b"cargo-", _dist),
        ("**/*.{csproj,props,targets}", b"GenerateSBOM", _msbuild),
        ("**/{webpack,vue,vite,rollup,rspack,next,nuxt}*.{js,ts,mjs,cjs,mts}", b"plugin", _bundler),
    )
    for glob, mark, reader in read:
        for path in repo.find(glob, family=Family.PRODUCT):
            data = repo.read(path)
            if isinstance(data, bytes) and mark in data:
                found = repo.parse(path, reader)
                yield from () if isinstance(found, Unread) else (one._replace(path=path) for one in found)


def _goreleaser(source: str) -> list[Configured]:
    root = mapping(load(source))
    return [
        Configured("GoReleaser's `sboms`", "", one.line, "GoReleaser")
        for one in items(root.get("sboms"))
        if isinstance(one, Entries)
    ][:1]


def _jreleaser(source: str) -> list[Configured]:
    held = mapping(mapping(mapping(load(source)).get("catalog")).get("sbom"))
    active = [key for key, value in held.pairs() if text(mapping(value).get("active")) not in (None, "NEVER", "never")]
    return [Configured("JReleaser's `catalog`", "", active[0].line, "JReleaser")] if active else []


def _maven(source: str) -> list[Configured]:
    """The plugin in the build itself; Spring Boot's parent binds it, else an execution does."""
    plain = _MANAGED.sub(lambda match: "\n" * match[0].count("\n"), source)
    found = _MAVEN_PLUGIN.search(plain)
    parent = _PARENTS.search(plain)
    if parent and not found:
        line = source.count("\n", 0, _at(plain, parent)) + 1
        return [Configured(f"the parent `{parent[1]}` of Maven's build", "", line, "", True)]
    if not found:
        return []
    bound = "<execution" in found[0] or "spring-boot-starter-parent" in source
    return [Configured(f"Maven's `{found[1]}`", "", source.count("\n", 0, _at(plain, found)) + 1, "", bound)]


def _at(plain: str, found: re.Match[str]) -> int:
    return found.start(1)


def _gradle(source: str) -> list[Configured]:
    """The plugin; Spring Boot's builds run it by themselves."""
    found = _GRADLE_PLUGIN.search(source)
    if not found:
        return []
    bound = bool(_SPRING.search(source)) or bool(re.search(r"(?:dependsOn|finalizedBy)[^\n]*cyclonedx", source))
    return [Configured(f"Gradle's `{found[1]}`", "", source.count("\n", 0, found.start(1)) + 1, "", bound)]


def _bundler(source: str) -> list[Configured]:
    """A plugin of a bundler, in the configuration that applies it."""
    found = _BUNDLER.search(source)
    return [Configured(f"`{found[1]}`", "", source.count("\n", 0, found.start()) + 1, "", True)] if found else []


def _dist(source: str) -> list[Configured]:
    found = _DIST.search(source)
    return [Configured("dist's `cargo-cyclonedx`", "", source.count("\n", 0, found.end()) + 1, "dist")] if found else []


def _msbuild(source: str) -> list[Configured]:
    found = _MSBUILD.search(source)
    return [Configured("`GenerateSBOM`", "", source.count("\n", 0, found.start()) + 1, "", True)] if found else []
