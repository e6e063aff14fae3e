"""Locks of Composer, Bundler, Mix, Dart, Swift and Helm."""

from __future__ import annotations

import re
from typing import Any

from sscop.artefacts import plain_json
from sscop.artefacts.ecosystems.model import Record, Wanted
from sscop.artefacts.ecosystems.records.build import Build
from sscop.artefacts.nodes import items, load, mapping
from sscop.artefacts.nodes import text as scalar
from sscop.lazy import lazily
from sscop.repository import Malformed

_COMMIT = lazily(r"[0-9a-f]{40}\Z")
_GEM = lazily(r"    ([\w.-]+) \(([^)]*)\)")
_WANTED = lazily(r"  ([\w.-]+)(?: \(([^)]*)\))?(!)?\s*\Z")
_CHECKSUM = lazily(r"  ([\w.-]+) \(([^)\n]*)\) sha\d+=", re.MULTILINE)
_HEX = lazily(
    r"^[ \t]*\"?([\w-]+)\"?:\s*\{:(hex|git|path),"
    r"\s*(?::\"?[\w-]+\"?|\"[^\"]*\"),\s*\"([^\"]*)\"(?:,\s*\"([0-9a-f]*)\")?",
    re.MULTILINE,
)


def composer(text: str) -> Record:
    """A composer.lock. A commit in its archive's reference holds it as fast as a hash."""
    data = plain_json.load(text)
    if not isinstance(data.get("packages"), list):
        raise Malformed("is not a lock of Composer: it has no `packages`", 1)
    made = Build()
    names: dict[str, str | None] = {}
    for key in ("packages", "packages-dev"):
        for entry in data.get(key) or ():
            entry = _dict(entry)
            name, dist, source = str(entry.get("name", "")), _dict(entry.get("dist")), _dict(entry.get("source"))
            references = (str(one.get("reference", "")) for one in (dist, source))
            fast = bool(dist.get("shasum")) or any(map(_COMMIT.match, references))
            elsewhere = dist.get("type") == "path" or entry.get("type") == "metapackage"
            made.package(name, str(entry.get("version", "")), None if elsewhere else fast)
            for one in (name, *_dict(entry.get("provide")), *_dict(entry.get("replace"))):
                names[one] = None
    digest = data.get("content-hash")
    made.wanted[""] = Wanted(names, digest if isinstance(digest, str) else "")
    return made.done()


def bundler(text: str) -> Record:
    """A Gemfile.lock; its hashes are in CHECKSUMS (Bundler 2.6)."""
    made = Build()
    section, names = "", dict[str, "str | None"]()
    checked = set(_CHECKSUM.findall(text))
    for line in text.split("\n"):
        line = line.rstrip()
        if line and not line.startswith(" "):
            section = line
        elif section in ("GEM", "GIT", "PATH", "PLUGIN SOURCE"):
            found = _GEM.fullmatch(line)
            if found:
                made.package(found[1], found[2], (found[1], found[2]) in checked if section == "GEM" else None)
        elif section == "DEPENDENCIES":
            found = _WANTED.match(line)
            if found:
                names[found[1]] = found[2] or ""
    if not section:
        raise Malformed("is not a Gemfile.lock: it has no sections", 1)
    made.wanted[""] = Wanted(names)
    return made.done()


def mix(text: str) -> Record:
    """A mix.lock."""
    made = Build()
    for name, kind, version, digest in _HEX.findall(text):
        made.package(name, version, bool(digest) if kind == "hex" else None)
    if not text.lstrip().startswith("%{"):
        raise Malformed("is not a mix.lock: it is no map", 1)
    return made.done()


def pub(text: str) -> Record:
    """A pubspec.lock, by its indentation."""
    made = Build()
    inside, name, body = False, "", list[str]()

    def close() -> None:
        whole = "\n".join(body)
        version = re.search(r"^    version: \"?([^\"\n]*)", whole, re.MULTILINE)
        hosted = "source: hosted" in whole
        if name:
            made.package(name, version[1] if version else "", "sha256: " in whole if hosted else None)

    for line in text.split("\n"):
        if re.match(r"\S", line):
            close()
            inside, name, body = line.startswith("packages:"), "", []
        elif inside and re.match(r"  [\"\w]", line):
            close()
            name, body = line.strip().rstrip(":").strip('"'), []
        else:
            body.append(line)
    close()
    if "packages:" not in text:
        raise Malformed("is not a pubspec.lock: it has no `packages`", 1)
    return made.done()


def swift(text: str) -> Record:
    """A Package.resolved (versions 1 to 3)."""
    data = plain_json.load(text)
    pins = data.get("pins", _dict(data.get("object")).get("pins"))
    made = Build()
    for pin in pins if isinstance(pins, list) else ():
        pin = _dict(pin)
        state = _dict(pin.get("state"))
        where = str(pin.get("location") or pin.get("repositoryURL") or pin.get("identity") or "")
        name = re.sub(r"\.git\Z", "", where.rstrip("/").rpartition("/")[2]).lower()
        made.package(name, str(state.get("version") or state.get("branch") or ""), bool(state.get("revision")))
    if pins is None:
        raise Malformed("is not a Package.resolved: it has no `pins`", 1)
    return made.done()


def helm(text: str) -> Record:
    """A Chart.lock, which has no place for hashes of charts."""
    data = mapping(load(text))
    made = Build()
    for one in map(mapping, items(data.get("dependencies"))):
        name = scalar(one.get("name"))
        if name:
            made.package(str(name), str(scalar(one.get("version")) or ""), hashed=None)
    return made.done()


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
