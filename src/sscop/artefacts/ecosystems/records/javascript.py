"""Locks of npm (1 to 3), pnpm (5 to 9), bun and Deno.

Sources: npm's package-lock.json, pnpm's and bun's lock files as these tools write them, Deno's lock file.
"""

from __future__ import annotations

import re
from typing import Any

from sscop.artefacts import plain_json
from sscop.artefacts.ecosystems.model import MEMBERS, Record, Wanted
from sscop.artefacts.ecosystems.records.build import Build, name_of, unquoted
from sscop.lazy import lazily
from sscop.repository import Malformed

_GROUPS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
_ELSEWHERE = ("git", "file:", "link:", "github:", "workspace:")
_PNPM_KEY = lazily(r"/?(@[^/]+/[^/@(]+|[^/@(]+)[@/]([^(_]+)")


def npm(text: str) -> Record:
    """A package-lock.json or npm-shrinkwrap.json."""
    data = plain_json.load(text)
    made = Build()
    packages = data.get("packages")
    if isinstance(packages, dict):
        made.patterns.add(MEMBERS)
        for path, entry in packages.items():
            if isinstance(entry, dict):
                _npm_entry(made, path, entry)
    elif isinstance(data.get("dependencies"), dict):
        _npm_1(made, data["dependencies"])
        made.wanted[""] = Wanted(dict.fromkeys(data["dependencies"]))
    elif "lockfileVersion" not in data:
        raise Malformed("is not a lock of npm: it has no `packages` and no `lockfileVersion`", 1)
    else:
        made.wanted[""] = Wanted({})
    return made.done()


def _npm_entry(made: Build, path: str, entry: dict[str, Any]) -> None:
    if "node_modules/" not in path:
        made.wanted[path] = Wanted({name: spec for key in _GROUPS for name, spec in _dict(entry.get(key)).items()})
        return
    if entry.get("link") or entry.get("inBundle"):
        return
    name = entry.get("name") or path.rpartition("node_modules/")[2]
    resolved = entry.get("resolved")
    elsewhere = isinstance(resolved, str) and resolved.startswith(_ELSEWHERE)
    made.package(str(name), str(entry.get("version", "")), None if elsewhere else bool(entry.get("integrity")))


def _npm_1(made: Build, root: dict[str, Any]) -> None:
    waiting = [root]
    while waiting:
        for name, entry in waiting.pop().items():
            if not isinstance(entry, dict):
                continue
            version = str(entry.get("version", ""))
            elsewhere = version.startswith(_ELSEWHERE) or entry.get("bundled")
            made.package(name, version, None if elsewhere else bool(entry.get("integrity")))
            waiting.append(_dict(entry.get("dependencies")))


def pnpm(text: str) -> Record:
    """A pnpm-lock.yaml, read by its indentation, which pnpm always writes alike."""
    made = Build()
    section, folder, table, name = "", "", "", ""
    specs: dict[str, dict[str, str | None]] = {}
    entry: list[str] = []
    for raw in text.split("\n"):
        line = raw.rstrip()
        stripped = line.lstrip()
        if not stripped or stripped.startswith("#"):
            continue
        indent = len(line) - len(stripped)
        key, _, value = stripped.partition(": ") if not stripped.endswith(":") else (stripped[:-1], "", "")
        key, value = unquoted(key), unquoted(value)
        if indent == 0:
            _pnpm_package(made, entry)
            section, folder, table, entry = key, "", "", []
            if section == "overrides":
                made.patterns.add("overrides")
            elif section == "pnpmfileChecksum":
                made.patterns.add("pnpmfile")
        elif section == "packages":
            if indent == 2:
                _pnpm_package(made, entry)
                entry = [key, value]
            else:
                entry.append(stripped)
        elif section == "specifiers" and indent == 2:
            specs.setdefault("", {})[key] = value
        elif section in ("dependencies", "devDependencies", "optionalDependencies") and indent in (2, 4):
            name = key if indent == 2 else name
            if indent == 4 and key == "specifier":
                specs.setdefault("", {})[name] = value
        elif section == "overrides":
            made.patterns.add(f"override {key}")
        elif section == "importers":
            made.patterns.add(MEMBERS)
            if indent == 2:
                folder, table = ("" if key == "." else key), ""
                specs.setdefault(folder, {})
            elif indent == 4:
                table = key
            elif indent == 6:
                name = key
                if table == "specifiers":
                    specs[folder][key] = value
            elif indent == 8 and key == "specifier":
                specs[folder][name] = value
    _pnpm_package(made, entry)
    if "lockfileVersion" not in text:
        raise Malformed("is not a lock of pnpm: it has no `lockfileVersion`", 1)
    made.wanted |= {where: Wanted(found) for where, found in specs.items()} or {"": Wanted({})}
    return made.done()


def _pnpm_package(made: Build, entry: list[str]) -> None:
    found = _PNPM_KEY.match(entry[0]) if entry else None
    if not found:
        return
    body = " ".join(entry[1:])
    elsewhere = re.search(r"\b(?:tarball: file:|directory: |commit: |type: (?:git|directory)|repo: |gitHosted: )", body)
    elsewhere = elsewhere or re.search(r"@(?:https?|git|file|link)[:+]|codeload\.github\.com", entry[0])
    made.package(found[1], found[2], None if elsewhere else "integrity: " in body)


def bun(text: str) -> Record:
    """A bun.lock."""
    data = plain_json.load(plain_json.without_comments(text))
    made = Build()
    for folder, entry in _dict(data.get("workspaces")).items():
        if isinstance(entry, dict):
            made.wanted[folder] = Wanted(
                {name: spec for key in _GROUPS for name, spec in _dict(entry.get(key)).items()}
            )
    for entry in _dict(data.get("packages")).values():
        if isinstance(entry, list) and entry and isinstance(entry[0], str):
            name = name_of(entry[0])
            version = entry[0][len(name) + 1 :]
            elsewhere = version.startswith((*_ELSEWHERE, "http"))
            hashed = any(isinstance(one, str) and one.startswith("sha") for one in entry[1:])
            made.package(name, version, None if elsewhere else hashed)
    made.patterns.add(MEMBERS)
    if "workspaces" not in data:
        raise Malformed("is not a lock of bun: it has no `workspaces`", 1)
    return made.done()


def deno(text: str) -> Record:
    """A deno.lock (versions 3 to 5): its wanted names are `npm:x` and `jsr:@s/x`."""
    data = plain_json.load(text)
    made = Build()
    old = _dict(data.get("packages"))
    for kind in ("npm", "jsr"):
        for key, entry in _dict(data.get(kind) or old.get(kind)).items():
            name = name_of(key)
            made.package(f"{kind}:{name}", key[len(name) + 1 :], bool(_dict(entry).get("integrity")))
    for url, digest in _dict(data.get("remote")).items():
        made.package(url, "", bool(digest))
    workspace = _dict(data.get("workspace"))
    for folder, entry in {"": workspace, **_dict(workspace.get("members"))}.items():
        named = _dict(entry).get("dependencies")
        specs = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
        made.wanted[folder] = Wanted(
            {kind + ":" + name_of(rest): None for kind, _, rest in (one.partition(":") for one in specs)}
        )
    return made.done()


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
