"""Composer's composer.json, Dart's pubspec.yaml and Helm's Chart.yaml. Sources: each one's schema."""

from __future__ import annotations

import re

from sscop.artefacts import plain_json
from sscop.artefacts.ecosystems.digests import composer_digests
from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import GIT, PATH, REGISTRY, WORKSPACE, Dependency, Ecosystem, Manifest
from sscop.artefacts.nodes import Entries, items, load, mapping, text, texts

_PLATFORM = re.compile(r"(?:php(?:-\w+)?|hhvm|ext-[\w-]+|lib-[\w-]+|composer(?:-(?:plugin|runtime)-api)?)\Z")


def gather(found: Gathering) -> None:
    """The manifests and locks of Composer, Dart and Helm."""
    found.lock(Ecosystem.COMPOSER, "composer", "**/composer.lock")
    locked = found.lock_tools(Ecosystem.COMPOSER)
    for path in found.product(Ecosystem.COMPOSER, "composer", "**/composer.json"):
        manifest = found.read(path, composer_json)
        if manifest:
            deployed = found.deployed(manifest.folder) or (
                "artisan" if found.repo.has(_beside(path, "artisan")) else ""
            )
            if manifest.is_library is None and not deployed and manifest.name and manifest.folder not in locked:
                manifest = manifest._replace(is_library=True, library_because="Composer's default `type`")
            elif manifest.is_library is None and deployed:
                manifest = manifest._replace(is_library=False, library_because=f"a `{deployed}`")
            found.manifests.append(manifest)
    found.lock(Ecosystem.PUB, "dart", "**/pubspec.lock")
    found.add(Ecosystem.PUB, "dart", pubspec, "**/pubspec.yaml")
    found.lock(Ecosystem.HELM, "helm", "**/Chart.lock", "**/requirements.lock")
    found.add(Ecosystem.HELM, "helm", chart, "**/Chart.yaml")


def _beside(path: str, name: str) -> str:
    return path[: path.rindex("/") + 1] + name if "/" in path else name


def composer_json(text: str) -> Manifest:
    """A composer.json; what PHP itself and its extensions provide is no dependency here."""
    data = plain_json.load(text)
    at = plain_json.lines(text)
    found = []
    for key, group in (("require", "runtime"), ("require-dev", "dev")):
        table = data.get(key)
        for name, spec in table.items() if isinstance(table, dict) else ():
            if isinstance(spec, str) and not _PLATFORM.match(name):
                found.append(Dependency(name, spec, at.get((key, name), 1), group))
    kind = data.get("type")
    library = None if kind is None else kind != "project"
    name = data.get("name")
    return Manifest(
        Ecosystem.COMPOSER,
        "",
        "composer",
        name=name if isinstance(name, str) else "",
        dependencies=tuple(found),
        is_library=library,
        library_because=f"`type: {kind}`" if kind else "",
        line=found[0].line if found else 1,
        digests=composer_digests(data),
    )


def pubspec(source: str) -> Manifest:
    """A pubspec.yaml; what the SDK provides is of the source `path`."""
    data = mapping(load(source))
    found = []
    for key, group in (("dependencies", "runtime"), ("dev_dependencies", "dev")):
        for name, spec in mapping(data.get(key)).pairs():
            kind, version = REGISTRY, ""
            if isinstance(spec, Entries):
                kind = PATH if "path" in spec or "sdk" in spec else GIT if "git" in spec else REGISTRY
                version = text(spec.get("version")) or ""
            else:
                version = text(spec) or ""
            found.append(Dependency(str(name), str(version), name.line, group, kind))
    unpublished = text(data.get("publish_to")) == "none"
    return Manifest(
        Ecosystem.PUB,
        "",
        "dart",
        name=str(text(data.get("name")) or ""),
        dependencies=tuple(found),
        members=tuple(map(str, texts(data.get("workspace")))) if "workspace" in data else None,
        is_library=not unpublished,
        library_because="`publish_to: none`" if unpublished else "it is published by default",
        line=found[0].line if found else 1,
        unsure=frozenset(mapping(data.get("dependency_overrides"))),
        traits=frozenset({"member"} if text(data.get("resolution")) == "workspace" else ()),
    )


def chart(source: str) -> Manifest:
    """A Chart.yaml; a chart of type `library` is one."""
    data = mapping(load(source))
    found = []
    for one in map(mapping, items(data.get("dependencies"))):
        name, version, where = (text(one.get(key)) for key in ("name", "version", "repository"))
        if name:
            kind = PATH if where and where.startswith("file:") else REGISTRY if where else WORKSPACE
            found.append(Dependency(str(name), str(version or ""), name.line, "runtime", kind))
    library = text(data.get("type")) == "library"
    return Manifest(
        Ecosystem.HELM,
        "",
        "helm",
        name=str(text(data.get("name")) or ""),
        dependencies=tuple(found),
        is_library=library or None,
        library_because="`type: library`" if library else "",
        line=found[0].line if found else 1,
    )
