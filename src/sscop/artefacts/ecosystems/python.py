"""Python: pyproject.toml (PEP 621, Poetry, PDM, uv), Pipfile, requirements files, setup.cfg and setup.py.

Sources: PEP 508, 621, 735 and 751; the configuration of Poetry, PDM, uv and Pipenv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sscop.artefacts import toml
from sscop.artefacts.ecosystems.digests import pipfile_digests, poetry_digests
from sscop.artefacts.ecosystems.gathering import Gathering, join, up
from sscop.artefacts.ecosystems.model import (
    GIT,
    PATH,
    REGISTRY,
    URL,
    WORKSPACE,
    Dependency,
    Ecosystem,
    Manifest,
    normal,
)
from sscop.artefacts.ecosystems.requirements import requirements
from sscop.lazy import lazily

_REQUIREMENT = lazily(r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(@\s*\S+|[^#]*)")
_SETUP = lazily(r"^[ \t]*(?:install_requires|setup_requires)[ \t]*=", re.MULTILINE)
_CALL = lazily(r"^[ \t]*(?:\w{1,50}\.)?setup[ \t]*\(|^\[options\]", re.MULTILINE)
LOCKS = {"poetry.lock": "poetry", "uv.lock": "uv", "pdm.lock": "pdm", "Pipfile.lock": "pipenv"}
_WEAK = "its links or keywords for an index"
REQUIREMENTS = (
    "**/*requirements*.{txt,in,lock}",
    "**/requirements/*.{txt,in}",
    "**/*constraints*.txt",
)


def gather(found: Gathering) -> None:
    """The manifests and locks of Python's package managers."""
    for name, tool in LOCKS.items():
        found.lock(Ecosystem.UV if tool == "uv" else Ecosystem.PIP, tool, f"**/{name}")
    found.lock(Ecosystem.PIP, "pylock", "**/pylock.toml", "**/pylock.*.toml")
    locks = found.lock_tools(Ecosystem.PIP, Ecosystem.UV)
    projects = set()
    for path in found.product(Ecosystem.PIP, "pip", "**/pyproject.toml"):
        manifest = found.read(path, pyproject)
        if not manifest or (not manifest.name and not manifest.dependencies and manifest.members is None):
            continue  # settings of tools alone
        projects.add(manifest.folder)
        tool = manifest.tool
        if tool == "pip":
            above = [locks[one].tool for one in up(manifest.folder) if one in locks]
            beside = locks[manifest.folder].tool if manifest.folder in locks else ""
            tool = beside if beside in ("poetry", "pdm") else "uv" if "uv" in above else tool
        deployed = found.deployed(manifest.folder)
        if deployed and (manifest.is_library is None or "weak" in manifest.traits):
            manifest = manifest._replace(is_library=False, library_because=f"a `{deployed}`")
        found.manifests.append(manifest._replace(tool=tool, ecosystem=Ecosystem.UV if tool == "uv" else Ecosystem.PIP))
    found.add(Ecosystem.PIP, "pipenv", pipfile, "**/Pipfile")
    for path in found.product(Ecosystem.PIP, "pip", "**/setup.py", "**/setup.cfg"):
        if path.rpartition("/")[0] not in projects:
            manifest = found.read(path, setup)
            if manifest and manifest.dependencies:
                projects.add(manifest.folder)
                found.manifests.append(manifest)
    for path in found.product(Ecosystem.PIP, "pip", *REQUIREMENTS):
        manifest = found.read(path, requirements)
        if manifest and "not requirements" not in manifest.traits:
            found.manifests.append(_followed(manifest))


def _followed(manifest: Manifest) -> Manifest:
    """A requirements file whose `-r` and `-c` are paths from the root."""
    return manifest._replace(members=tuple(join(manifest.folder, one) for one in manifest.members or ()) or None)


def pyproject(text: str) -> Manifest:
    """A pyproject.toml. Its tool is poetry, pdm or uv where a table of theirs says so, else pip."""
    data = toml.load(text)
    at = toml.Lines(text)
    tools, project = _dict(data.get("tool")), _dict(data.get("project"))
    poetry, uv = _dict(tools.get("poetry")), _dict(tools.get("uv"))
    sources = {normal(name): source for name, source in _dict(uv.get("sources")).items()}
    found = [*_standard(data, project, uv, at), *_poetry(poetry, at)]
    found += [
        dependency
        for group, specs in _dict(_dict(tools.get("pdm")).get("dev-dependencies")).items()
        for dependency in _texts(specs, at, group, "tool", "pdm", "dev-dependencies", group)
    ]
    dependencies = tuple(_sourced(one, sources.get(normal(one.name))) for one in found)
    tool = next((name for name in ("poetry", "pdm", "uv") if name in tools), "pip")
    if tool == "poetry" and not _dict(poetry.get("dependencies")) and project and "uv" in tools:
        tool = "uv"
    name = project.get("name") or poetry.get("name") or ""
    library, because = _is_library(data, project, poetry, uv)
    workspace = _dict(uv.get("workspace"))
    dynamic = {"dependencies", "optional-dependencies"} & set(_strings(project.get("dynamic")))
    overrides = (*_strings(uv.get("override-dependencies")), *_dict(_dict(tools.get("pdm")).get("overrides")))
    marked = {normal(one.name) for one in found if ";" in one.spec}
    dependencies = tuple(one._replace(spec=one.spec.partition(";")[0].strip()) for one in dependencies)
    return Manifest(
        Ecosystem.PIP,
        "",
        tool,
        name=name if isinstance(name, str) else "",
        dependencies=dependencies,
        members=_strings(workspace.get("members")) if "workspace" in uv else None,
        excluded=_strings(workspace.get("exclude")),
        is_library=library,
        library_because=because,
        line=dependencies[0].line if dependencies else at.at("project") or at.at("tool", "poetry") or 1,
        unsure=frozenset(marked | {normal(named[1]) for one in overrides if (named := _REQUIREMENT.match(one))}),
        partial=bool(dynamic),
        traits=frozenset({"weak"} if because == _WEAK else ()),
        digests=poetry_digests(data) if tool == "poetry" else frozenset(),
    )


def _standard(
    data: dict[str, Any], project: dict[str, Any], uv: dict[str, Any], at: toml.Lines
) -> Iterator[Dependency]:
    yield from _texts(project.get("dependencies"), at, "runtime", "project", "dependencies")
    for extra, specs in _dict(project.get("optional-dependencies")).items():
        yield from _texts(specs, at, "optional", "project", "optional-dependencies", extra)
    for group, specs in _dict(data.get("dependency-groups")).items():
        yield from _texts(specs, at, "dev", "dependency-groups", group)
    yield from _texts(uv.get("dev-dependencies"), at, "dev", "tool", "uv", "dev-dependencies")


def _texts(specs: object, at: toml.Lines, group: str, *path: str) -> Iterator[Dependency]:
    """The PEP 508 requirements of a list."""
    line = at.at(*path) or 1
    for spec in _strings(specs):
        found = _REQUIREMENT.match(spec)
        if found:
            line = at.of(found[1], *path, after=line) or line
            rest = found[2].strip()
            source = REGISTRY
            if rest.startswith("@"):
                source = GIT if "git+" in rest else PATH if "file:" in rest else URL
            yield Dependency(found[1], rest, line, group, source)


def _poetry(poetry: dict[str, Any], at: toml.Lines) -> Iterator[Dependency]:
    tables: list[tuple[str, tuple[str, ...], object]] = [
        ("runtime", ("dependencies",), poetry.get("dependencies")),
        ("dev", ("dev-dependencies",), poetry.get("dev-dependencies")),
    ]
    for name, table in _dict(poetry.get("group")).items():
        tables.append(("dev", ("group", name, "dependencies"), _dict(table).get("dependencies")))
    for group, path, table in tables:
        for name, spec in _dict(table).items():
            if name == "python":
                continue
            version, source = spec, REGISTRY
            if isinstance(spec, dict):
                version = spec.get("version", "")
                source = next((kind for key, kind in _POETRY_SOURCES.items() if key in spec), REGISTRY)
            line = at.at("tool", "poetry", *path, name) or 1
            yield Dependency(name, version if isinstance(version, str) else "", line, group, source)


_POETRY_SOURCES = {"git": GIT, "path": PATH, "url": URL}
_UV_SOURCES = {"workspace": WORKSPACE, "path": PATH, "git": GIT, "url": URL}


def _sourced(dependency: Dependency, source: object) -> Dependency:
    """A dependency that uv's `sources` take from elsewhere."""
    kind = next((kind for key, kind in _UV_SOURCES.items() if isinstance(source, dict) and key in source), None)
    return dependency._replace(source=kind) if kind else dependency


def _is_library(
    data: dict[str, Any], project: dict[str, Any], poetry: dict[str, Any], uv: dict[str, Any]
) -> tuple[bool | None, str]:
    classifiers = [*_strings(project.get("classifiers")), *_strings(poetry.get("classifiers"))]
    if any(one.startswith("Private ::") for one in classifiers):
        return False, "the classifier `Private`"
    if poetry.get("package-mode") is False or uv.get("package") is False:
        return False, "it is no package"
    if project and "build-system" not in data and "poetry" not in _dict(data.get("tool")):
        return False, "no `build-system`"
    if any(not one.startswith("Programming Language ::") for one in classifiers):
        return True, "its `classifiers`"
    if any(table.get(key) for table in (project, poetry) for key in ("urls", "keywords", "homepage", "repository")):
        return True, _WEAK
    return None, ""


def pipfile(text: str) -> Manifest:
    """A Pipfile: `packages`, `dev-packages` and further categories."""
    data = toml.load(text)
    at = toml.Lines(text)
    found = []
    for group, table in data.items():
        if group in ("source", "requires", "scripts", "pipenv") or not isinstance(table, dict):
            continue
        for name, spec in table.items():
            version = spec.get("version", "*") if isinstance(spec, dict) else spec
            source = next((kind for key, kind in _PIPFILE.items() if isinstance(spec, dict) and key in spec), REGISTRY)
            word = {"packages": "runtime", "dev-packages": "dev"}.get(group, group)
            found.append(Dependency(name, str(version), at.at(group, name) or 1, word, source))
    return Manifest(
        Ecosystem.PIP,
        "",
        "pipenv",
        dependencies=tuple(found),
        is_library=False,
        library_because="a Pipfile is an application's",
        line=found[0].line if found else 1,
        digests=pipfile_digests(data),
    )


_PIPFILE = {"git": GIT, "path": PATH, "file": URL}


def setup(text: str) -> Manifest:
    """A setup.py or setup.cfg that names dependencies, of which just that is told: it is a program."""
    found = _SETUP.search(text) if _CALL.search(text) else None
    line = text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1 if found else 1
    dependencies = (Dependency("", "", line),) if found else ()
    because = "setuptools' packaging"
    return Manifest(Ecosystem.PIP, "", "pip", "", dependencies, None, (), True, because, None, line, partial=True)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
