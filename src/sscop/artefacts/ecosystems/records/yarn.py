"""Locks of yarn: of version 1, and of berry, which are written alike and say other things.

Source: yarn.lock as these write it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.ecosystems.model import Record, Wanted
from sscop.artefacts.ecosystems.records.build import Build, name_of, unquoted
from sscop.lazy import lazily

_YARN_KEY = lazily(r"(?:\"((?:[^\"\\]|\\.)*)\"?|[^\",:]+(?::[^\",\s:]+)*)")
_FRAGMENT = lazily(r"#[0-9a-f]{40}\Z")
"""A commit, or the SHA-1 sum that yarn had before `integrity`."""
_CODELOAD = lazily(r"https://(?:codeload\.github\.com|[^/]*gitlab[^/]*|bitbucket\.org)/|\.git#|git[+:@]")


def yarn(text: str) -> Record:
    """A yarn.lock: of yarn 1, or of berry where it has `__metadata`."""
    made = Build()
    berry = "__metadata:" in text
    for header, body in _blocks(text):
        keys = [match[1] or match[0].strip() for match in _YARN_KEY.finditer(header) if match[0].strip()]
        if not keys or keys[0] == "__metadata":
            continue
        name = name_of(keys[0])
        fields = {}
        for line in body:
            if line.startswith("  ") and not line.startswith("   "):
                key, _, value = line.strip().partition(" ")
                fields[key.rstrip(":")] = unquoted(value)
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
                specs[unquoted(key)] = unquoted(value)
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
