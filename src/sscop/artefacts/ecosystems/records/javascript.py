"""Locks of npm (1 to 3), pnpm (5 to 9), yarn (classic and berry), bun and Deno.

Sources: npm's package-lock.json, pnpm's and yarn's lock files as these tools write them, Deno's lock file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sscop.artefacts import plain_json
from sscop.artefacts.ecosystems.model import MEMBERS, Record, Wanted
from sscop.artefacts.ecosystems.records.build import Build
from sscop.lazy import lazily
from sscop.repository import Malformed

_GROUPS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
_ELSEWHERE = ("git", "file:", "link:", "github:", "workspace:")
_PNPM_KEY = lazily(r"/?(@[^/]+/[^/@(]+|[^/@(]+)[@/]([^(_]+)")
_YARN_KEY = lazily(r"(?:\"((?:[^\"\\]|\\.)*)\"?|[^\",:]+(?::[^\",\s:]+)*)")
_FRAGMENT = lazily(r"#[0-9a-f]{40}\Z")
"""A commit, or the SHA-1 sum that yarn had before `integrity`."""
_CODELOAD = lazily(r"https://(?:codeload\.github\.com|[^/]*gitlab[^/]*|bitbucket\.org)/|\.git#|git[+:@]")


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
        key, value = _unquoted(key), _unquoted(value)
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


def yarn(text: str) -> Record:
    """A yarn.lock: of yarn 1, or of berry where it has `__metadata`."""
    made = Build()
    berry = "__metadata:" in text
    for header, body in _blocks(text):
        keys = [match[1] or match[0].strip() for match in _YARN_KEY.finditer(header) if match[0].strip()]
        if not keys or keys[0] == "__metadata":
            continue
        name = _name(keys[0])
        fields = {}
        for line in body:
            if line.startswith("  ") and not line.startswith("   "):
                key, _, value = line.strip().partition(" ")
                fields[key.rstrip(":")] = _unquoted(value)
        made.patterns |= set(keys)
        if berry:
            _berry(made, name, fields, body)
        else:
            resolved = fields.get("resolved", "")
            elsewhere = not resolved.startswith("http") or _CODELOAD.search(resolved)
            hashed = "integrity" in fields or bool(_FRAGMENT.search(resolved))
            made.package(name, fields.get("version", ""), None if elsewhere else hashed)
    return made.done()


def _berry(made: Build, name: str, fields: dict[str, str], body: list[str]) -> None:
    resolution = fields.get("resolution", "")
    where = resolution.partition("@workspace:")[2]
    if where:
        specs: dict[str, str | None] = {}
        table = ""
        for line in body:
            key, _, value = line.strip().partition(": ")
            if not line.startswith("   "):
                table = line.strip().rstrip(":")
            elif line.startswith("    ") and table in ("dependencies", "devDependencies", "peerDependencies"):
                specs[_unquoted(key)] = _unquoted(value)
        made.wanted["" if where == "." else where] = Wanted(specs)
        return
    registry = "@npm:" in resolution and "@patch:" not in resolution
    hashed = "checksum" in fields
    made.package(
        name, fields.get("version", ""), None if not registry or ("conditions" in fields and not hashed) else hashed
    )


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    header, body = "", []
    for line in text.split("\n"):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            body.append(line)
        else:
            if header:
                yield header, body
            header, body = line.rstrip(": "), []
    if header:
        yield header, body


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
            name = _name(entry[0])
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
            name = _name(key)
            made.package(f"{kind}:{name}", key[len(name) + 1 :], bool(_dict(entry).get("integrity")))
    for url, digest in _dict(data.get("remote")).items():
        made.package(url, "", bool(digest))
    workspace = _dict(data.get("workspace"))
    for folder, entry in {"": workspace, **_dict(workspace.get("members"))}.items():
        named = _dict(entry).get("dependencies")
        specs = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
        made.wanted[folder] = Wanted(
            {kind + ":" + _name(rest): None for kind, _, rest in (one.partition(":") for one in specs)}
        )
    return made.done()


def _name(key: str) -> str:
    """The name of `name@spec`, `@scope/name@spec`."""
    at = key.find("@", 1)
    return key[:at] if at > 0 else key


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
