"""JavaScript: package.json of npm, pnpm, yarn and bun, pnpm-workspace.yaml, deno.json.

Sources: npm's and pnpm's package.json, pnpm-workspace.yaml, Deno's configuration file.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sscop.artefacts import nodes, plain_json
from sscop.artefacts.ecosystems.gathering import Gathering, up
from sscop.artefacts.ecosystems.model import GIT, PATH, REGISTRY, URL, WORKSPACE, Dependency, Ecosystem, Manifest
from sscop.lazy import lazily
from sscop.model import Unread

_GROUPS = {
    "dependencies": "runtime",
    "devDependencies": "dev",
    "optionalDependencies": "optional",
    "peerDependencies": "peer",
}
_PUBLISHED = ("files", "exports", "publishConfig", "types", "typings")
_ENTRIES = ("main", "module", "exports", "types", "typings", "browser")
_ALIAS = lazily(r"npm:(@?[^@]+)(?:@(.*))?")
_GIT = lazily(r"(?:git[+:@]|github:|gitlab:|bitbucket:|gist:)|[\w.-]+/[\w.-]+(?:#.*)?\Z")
_IMPORT = lazily(r"(npm|jsr):/?(@[^/@]+/[^/@]+|[^/@]+)(?:@([^/]*))?(/.*)?\Z")
TOOLS = {
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lock": "bun",
    "bun.lockb": "bun",
}


def gather(found: Gathering) -> None:
    """The manifests and locks of npm, pnpm, yarn, bun and Deno."""
    for name, tool in TOOLS.items():
        found.lock(Ecosystem.BUN if tool == "bun" else Ecosystem.NPM, tool, f"**/{name}")
    locks = found.lock_tools(Ecosystem.NPM, Ecosystem.BUN)
    workspaces = _pnpm_workspaces(found)
    for path in found.product(Ecosystem.NPM, "npm", "**/package.json"):
        manifest = found.read(path, package_json)
        if not manifest:
            continue
        above = up(manifest.folder)
        held = next((locks[one].tool for one in above if one in locks), "")
        tool = manifest.tool or held or ("pnpm" if any(one in workspaces for one in above) else "npm")
        if manifest.folder in workspaces:
            members = workspaces[manifest.folder]
            manifest = manifest._replace(
                members=tuple(one for one in members if not one.startswith("!")),
                excluded=tuple(one[1:] for one in members if one.startswith("!")),
            )
        deployed = found.deployed(manifest.folder)
        if manifest.is_library and manifest.library_because.startswith("no `private") and deployed:
            manifest = manifest._replace(is_library=False, library_because=f"a `{deployed}`")
        ecosystem = Ecosystem.BUN if tool == "bun" else Ecosystem.NPM
        found.manifests.append(manifest._replace(ecosystem=ecosystem, tool=tool))
    found.lock(Ecosystem.DENO, "deno", "**/deno.lock")
    found.add(Ecosystem.DENO, "deno", deno_json, "**/deno.{json,jsonc}")


def _pnpm_workspaces(found: Gathering) -> dict[str, tuple[str, ...]]:
    """The globs of each pnpm-workspace.yaml by its folder."""
    workspaces = {}
    for path in found.find("**/pnpm-workspace.{yaml,yml}"):
        read = found.repo.parse(path, pnpm_workspace)
        if isinstance(read, Unread):
            found.unread.append(read)
        else:
            workspaces[path.rpartition("/")[0]] = read
    return workspaces


def pnpm_workspace(text: str) -> tuple[str, ...]:
    """The `packages` of a pnpm-workspace.yaml."""
    return tuple(map(str, nodes.texts(nodes.mapping(nodes.load(text)).get("packages"))))


def package_json(text: str) -> Manifest:
    """A package.json; `tool` is what its `packageManager` names."""
    data = plain_json.load(text)
    at = plain_json.lines(text)
    dependencies = tuple(
        _dependency(name, spec, at.get((key, name), 1), group)
        for key, group in _GROUPS.items()
        for name, spec in _dict(data.get(key)).items()
        if isinstance(spec, str)
    )
    manager = data.get("packageManager")
    workspaces = data.get("workspaces")
    members = _dict(workspaces).get("packages") if isinstance(workspaces, dict) else workspaces
    library, because = _is_library(data)
    overridden = {
        name.split("@")[0] if not name.startswith("@") else "@" + name[1:].split("@")[0]
        for table in (data.get("overrides"), data.get("resolutions"), _dict(data.get("pnpm")).get("overrides"))
        for name in _dict(table)
    }
    overridden |= {part for name in _dict(data.get("resolutions")) for part in re.split(r"\*\*/", name)}
    names = Counter(one.name for one in dependencies if one.group != "peer")
    return Manifest(
        Ecosystem.NPM,
        "",
        manager.partition("@")[0] if isinstance(manager, str) else "",
        name=data["name"] if isinstance(data.get("name"), str) else "",
        dependencies=dependencies,
        members=_strings(members) if workspaces is not None else None,
        is_library=library,
        library_because=because,
        private=data.get("private") is True,
        line=min(at.get((key,), 1) for key in _GROUPS) if not dependencies else dependencies[0].line,
        unsure=frozenset(overridden | {name for name in names if names[name] > 1}),
    )


def _is_library(data: dict[str, Any]) -> tuple[bool | None, str]:
    """Whether a package is made to be installed by others, and by which word that is known."""
    if data.get("private") is True:
        return False, "`private: true`"
    if not isinstance(data.get("name"), str) or not isinstance(data.get("version"), str):
        return None, ""
    if data.get("bin") and not any(data.get(key) for key in _ENTRIES):
        return None, ""  # a program, which happens to be handed out by the registry
    published = next((key for key in _PUBLISHED if data.get(key)), "")
    if published:
        return True, f"`{published}`"
    if data.get("repository") and (data.get("main") or data.get("bin") or data.get("module")):
        return True, "no `private`, but `repository` and an entry point"
    return None, ""


def _dependency(name: str, spec: str, line: int, group: str) -> Dependency:
    source, real = REGISTRY, ""
    alias = _ALIAS.match(spec)
    if spec.startswith("workspace:"):
        source = WORKSPACE
    elif re.match(r"(?:file|link|portal):|\.{0,2}/|~/", spec):
        source = PATH
    elif alias:
        real = alias[1]
    elif re.match(r"https?:", spec):
        source = URL
    elif _GIT.match(spec):
        source = GIT
    return Dependency(name, spec, line, group, source, real)


def deno_json(text: str) -> Manifest:
    """A deno.json(c): the `imports` that come from npm, JSR or a URL."""
    text = plain_json.without_comments(text)
    data = plain_json.load(text)
    at = plain_json.lines(text)
    dependencies = []
    for name, spec in _dict(data.get("imports")).items():
        found = _IMPORT.match(spec) if isinstance(spec, str) else None
        line = at.get(("imports", name), 1)
        if found:
            dependencies.append(Dependency(name, found[3] or "", line, real=f"{found[1]}:{found[2]}"))
        elif isinstance(spec, str) and spec.startswith("https://"):
            dependencies.append(Dependency(name, spec, line, source=URL))
    workspace = data.get("workspace")
    members = workspace.get("members") if isinstance(workspace, dict) else workspace
    off = data.get("lock") is False
    published = isinstance(data.get("name"), str) and data.get("exports") is not None
    return Manifest(
        Ecosystem.DENO,
        "",
        "deno",
        name=data["name"] if isinstance(data.get("name"), str) else "",
        dependencies=tuple(dependencies),
        members=_strings(members) if workspace is not None else None,
        is_library=True if published else None,
        library_because="`name` and `exports`" if published else "",
        line=dependencies[0].line if dependencies else 1,
        traits=frozenset({"lock off"} if off else ()),
    )


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
