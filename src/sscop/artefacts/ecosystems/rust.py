"""Rust: Cargo.toml and Cargo.lock. Source: The Cargo Book, the manifest format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sscop.artefacts import toml
from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import GIT, PATH, REGISTRY, WORKSPACE, Dependency, Ecosystem, Manifest

_TABLES = {
    "dependencies": "runtime",
    "dev-dependencies": "dev",
    "dev_dependencies": "dev",
    "build-dependencies": "build",
    "build_dependencies": "build",
}


def gather(found: Gathering) -> None:
    """The manifests and locks of cargo."""
    found.lock(Ecosystem.CARGO, "cargo", "**/Cargo.lock")
    paths = found.product(Ecosystem.CARGO, "cargo", "**/Cargo.toml")
    programs = {path[: path.rindex("src/")].rstrip("/") for path in _programs(found)} if paths else set()
    for path in paths:
        manifest = found.read(path, cargo_toml)
        if not manifest:
            continue
        runs = manifest.folder in programs or "bin" in manifest.traits
        if manifest.name:
            manifest = manifest._replace(
                is_library=not runs, library_because="it builds a program" if runs else "it builds no program"
            )
        found.manifests.append(manifest)


def _programs(found: Gathering) -> list[str]:
    return found.find("**/src/main.rs", "**/src/bin/*.rs", "**/src/bin/*/main.rs", "src/main.rs", "src/bin/*.rs")


def cargo_toml(text: str) -> Manifest:
    """A Cargo.toml: a package, a workspace or both. The trait `bin` says that it names programs."""
    data = toml.load(text)
    at = toml.Lines(text)
    package, workspace = _dict(data.get("package")), data.get("workspace")
    shared = _dict(_dict(workspace).get("dependencies"))
    found = [*_tables(data, (), at), *_table(shared, "workspace", ("workspace", "dependencies"), at)]
    for condition, target in _dict(data.get("target")).items():
        found += _tables(_dict(target), ("target", condition), at)
    name = package.get("name")
    publish = package.get("publish")
    return Manifest(
        Ecosystem.CARGO,
        "",
        "cargo",
        name=name if isinstance(name, str) else "",
        dependencies=tuple(found),
        members=_strings(_dict(workspace).get("members")) if workspace is not None else None,
        excluded=_strings(_dict(workspace).get("exclude")),
        private=publish is False or publish == [],
        line=found[0].line if found else 1,
        traits=frozenset({"bin"} if data.get("bin") else ()),
    )


def _tables(data: dict[str, Any], path: tuple[str, ...], at: toml.Lines) -> Iterator[Dependency]:
    for key, group in _TABLES.items():
        yield from _table(_dict(data.get(key)), group, (*path, key), at)


def _table(table: dict[str, Any], group: str, path: tuple[str, ...], at: toml.Lines) -> Iterator[Dependency]:
    for name, spec in table.items():
        version: Any = spec
        source, real = REGISTRY, ""
        if isinstance(spec, dict):
            version, real = spec.get("version", ""), str(spec.get("package", ""))
            if spec.get("workspace") is True:
                source = WORKSPACE
            elif "path" in spec:
                source = PATH
            elif "git" in spec:
                source = GIT
        line = at.at(*path, name) or 1
        yield Dependency(name, version if isinstance(version, str) else "", line, group, source, real)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
