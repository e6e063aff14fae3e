"""Locks of cargo, Go, Gradle, NuGet and Terraform."""

from __future__ import annotations

import re
from typing import Any

from sscop.artefacts import plain_json
from sscop.artefacts.ecosystems.model import MEMBERS, Record, Wanted
from sscop.artefacts.ecosystems.records.build import Build
from sscop.lazy import lazily
from sscop.repository import Malformed

_CRATE = lazily(r"^\[\[package\]\][ \t]*\r?$", re.MULTILINE)
_FIELD = lazily(r"^(name|version|source|checksum) = \"([^\"]*)\"", re.MULTILINE)
_SUM = lazily(r"(\S+) (v\S+) h1:\S+\s*\Z")
_LOCKED = lazily(r"^([\w.-]+:[\w.-]+):([^=\s]+)=", re.MULTILINE)
_PROVIDER = lazily(r"^provider[ \t]+\"([^\"\n]+)\"[ \t]*\{", re.MULTILINE)


def cargo(text: str) -> Record:
    """A Cargo.lock. What it says of the repository's own crates is by their name, not by their folder."""
    first, *blocks = _CRATE.split(text)
    if not blocks and not re.search(r"^version = \d", first, re.MULTILINE):
        raise Malformed("is not a lock of cargo: it has no packages", 1)
    made = Build()
    made.patterns.add(MEMBERS)
    old = '"checksum ' in text
    for block in blocks:
        found = dict(_FIELD.findall(block))
        name, version, source = found.get("name", ""), found.get("version", ""), found.get("source", "")
        registry = source.startswith(("registry+", "sparse+"))
        hashed = "checksum" in found or (old and f'"checksum {name} {version} ' in text)
        made.package(name, version, hashed if registry else None)
        if not source:
            uses = block.partition("\ndependencies = [")[2].partition("]")[0]
            names = re.findall(r"(?:^|,)\s*\"([^\"\s]+)", uses)
            made.wanted[name] = Wanted(dict.fromkeys(names))
    return made.done()


def go(text: str) -> Record:
    """A go.sum or go.work.sum; patterns are `module version`, with `/go.mod` where just that file is meant."""
    made = Build()
    for number, line in enumerate(text.split("\n"), 1):
        found = _SUM.match(line)
        if found:
            made.patterns.add(f"{found[1]} {found[2]}")
            if not found[2].endswith("/go.mod"):
                made.package(found[1], found[2], hashed=True)
        elif line.strip() and not line.startswith("#"):
            raise Malformed("is not a go.sum: a line has no module, version and hash", number)
    return made.done()


def gradle(text: str) -> Record:
    """A gradle.lockfile, which has no place for hashes."""
    made = Build()
    for name, version in _LOCKED.findall(text):
        made.package(name, version, hashed=None)
    return made.done()


def verification(text: str) -> Record:
    """Gradle's verification-metadata.xml."""
    if "<verification-metadata" not in text:
        raise Malformed("is not Gradle's verification metadata", 1)
    made = Build()
    for component in text.split("<component ")[1:]:
        attributes, _, body = component.partition(">")
        told = dict(re.findall(r"(\w+)=\"([^\"]*)\"", attributes))
        hashed = bool(re.search(r"<(?:sha256|sha512|pgp)\b", body)) or "<trusted-key" in text
        made.package(f"{told.get('group', '')}:{told.get('name', '')}", told.get("version", ""), hashed)
    return made.done()


def nuget(text: str) -> Record:
    """A packages.lock.json; its names are in lower case, as NuGet compares them."""
    data = plain_json.load(text)
    if "dependencies" not in data:
        raise Malformed("is not a lock of NuGet: it has no `dependencies`", 1)
    made = Build()
    specs: dict[str, str | None] = {}
    for framework in _dict(data.get("dependencies")).values():
        for name, entry in _dict(framework).items():
            entry = _dict(entry)
            kind, resolved = entry.get("type"), entry.get("resolved")
            elsewhere = kind == "Project" or not isinstance(resolved, str)
            made.package(name.lower(), str(resolved or ""), None if elsewhere else bool(entry.get("contentHash")))
            if kind == "Direct":
                asked = entry.get("requested")
                same = specs.get(name.lower(), asked) == asked
                specs[name.lower()] = asked if same and isinstance(asked, str) else None
    made.wanted[""] = Wanted(specs)
    return made.done()


def terraform(text: str) -> Record:
    """A .terraform.lock.hcl; a provider's name is without its registry's host."""
    made = Build()
    specs: dict[str, str | None] = {}
    parts = _PROVIDER.split(text)[1:]
    for address, body in zip(parts[::2], parts[1::2]):
        name = address.partition("/")[2] if address.count("/") == 2 else address
        version = re.search(r"^[ \t]*version[ \t]*=[ \t]*\"([^\"\n]+)\"", body, re.MULTILINE)
        made.package(name.lower(), version[1] if version else "", bool(re.search(r"\"(?:h1|zh):", body)))
        specs[name.lower()] = None
    made.wanted[""] = Wanted(specs)
    return made.done()


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
