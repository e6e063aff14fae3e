"""CycloneDX in JSON: 1.2 to 1.7, and the draft of 2.0 as far as it is alike. Its XML is in `cyclonedx_xml`.

Source: the specification's JSON schemas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sscop.artefacts.sboms.build import day, distinct, entries, line_of, parse, rows, string
from sscop.artefacts.sboms.model import MANY_FAULTS, Component, Fault, Format, Holds, Sbom
from sscop.lazy import lazily

VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0")
TYPES = {
    "application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver",
    "firmware", "file", "machine-learning-model", "data", "cryptographic-asset",
}  # fmt: skip
SOFTWARE = TYPES - {"data", "cryptographic-asset", "device"}
_OTHER = ("services", "formulation", "threats", "threatModels", "blueprints", "definitions", "declarations", "risks")
_SERIAL = lazily(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def read(text: str) -> Sbom | None:
    """The document; None where the text is another one. Raises Malformed for broken JSON."""
    value = entries(parse(text))
    if "CycloneDX" not in (value.get("bomFormat"), value.get("specFormat")) and not _is_by_schema(value):
        return None
    metadata = entries(value.get("metadata"))
    about = entries(metadata.get("component"))
    listed = list(_flat(value.get("components")))
    stated = string(metadata.get("timestamp"))
    return Sbom(
        Format.CYCLONEDX,
        string(value.get("specVersion")),
        holds(listed, value),
        tuple(component(one) for one in listed if kind(one) in SOFTWARE),
        component(about) if about else None,
        stated,
        day(stated),
        line_of(text, '"metadata"', '"timestamp"') if stated else line_of(text, '"metadata"'),
        distinct(_authors(metadata)),
        distinct(_tools(metadata.get("tools"))),
        any(isinstance(one.get("dependsOn"), list) and one["dependsOn"] for one in rows(value.get("dependencies"))),
        tuple(islice(_faults(text, value, listed, about), MANY_FAULTS)),
    )


def _is_by_schema(value: dict[str, Any]) -> bool:
    return "cyclonedx.org/schema" in string(value.get("$schema")) and "specVersion" in value


def kind(one: dict[str, Any]) -> str:
    """A component's type; `library` where it says none, which is a fault and not a reason to overlook it."""
    return string(one.get("type")) or "library"


def holds(listed: list[dict[str, Any]], value: dict[str, Any]) -> Holds:
    """What the document lists besides its subject."""
    if any(kind(one) in SOFTWARE for one in listed):
        return Holds.COMPONENTS
    if value.get("vulnerabilities"):
        return Holds.VULNERABILITIES
    return Holds.OTHER if listed or any(value.get(key) for key in _OTHER) else Holds.NOTHING


def _flat(value: object) -> Iterator[dict[str, Any]]:
    """Components and those nested in them."""
    waiting = rows(value)[::-1]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += rows(one.get("components"))[::-1]


def component(one: dict[str, Any]) -> Component:
    """A component; its group is a part of its name, as package URLs have it."""
    group, name = string(one.get("group")), string(one.get("name"))
    swid = string(entries(one.get("swid")).get("tagId"))
    supplier = string(entries(one.get("supplier")).get("name")) or string(entries(one.get("manufacturer")).get("name"))
    return Component(
        f"{group}/{name}" if group else name,
        string(one.get("version")),
        string(one.get("purl")) or string(one.get("cpe")) or swid,
        supplier or string(one.get("publisher")) or string(one.get("author")),
    )


def _authors(metadata: dict[str, Any]) -> Iterator[str]:
    for key in ("manufacturer", "manufacture", "supplier"):
        yield string(entries(metadata.get(key)).get("name"))
    for one in rows(metadata.get("authors")):
        yield string(one.get("name")) or string(one.get("email"))


def _tools(value: object) -> Iterator[str]:
    """Tools: a list up to 1.4, later an object with components and services."""
    held = entries(value)
    for one in [*rows(value), *rows(held.get("components")), *rows(held.get("services"))]:
        yield " ".join(filter(None, (string(one.get("name")), string(one.get("version")))))


def _faults(text: str, value: dict[str, Any], listed: list[dict[str, Any]], about: dict[str, Any]) -> Iterator[Fault]:
    """What the schema forbids, as far as it matters to a reader."""
    version, serial = string(value.get("specVersion")), string(value.get("serialNumber"))
    yield from common(version, serial, line_of(text, '"specVersion"'))
    known: set[str] = set()
    for one in ([about] if about else []) + listed:
        name, ref = string(one.get("name")), string(one.get("bom-ref"))
        if not name:
            yield Fault("a component has no name", line_of(text, '"components"'))
        elif string(one.get("type")) not in TYPES:
            yield Fault(f"component `{name[:60]}` is of no type that the format knows", line_of(text, f'"{name}"'))
        if ref and ref in known:
            yield Fault(f"`bom-ref` `{ref[:80]}` stands for two components", line_of(text, f'"{ref}"'))
        known.add(ref)
    known |= {string(one.get("bom-ref")) for one in _flat_services(value.get("services"))}
    for one in rows(value.get("dependencies")):
        ref = string(one.get("ref"))
        if ref not in known and "components" in value:
            where = line_of(text, '"dependencies"')
            yield Fault(f"`dependencies` names `{ref[:80]}`, which is not listed", where)


def _flat_services(value: object) -> Iterator[dict[str, Any]]:
    for one in rows(value):
        yield one
        yield from rows(one.get("services"))


def common(version: str, serial: str, line: int) -> Iterator[Fault]:
    """What both serialisations ask of a document's head."""
    if version not in VERSIONS:
        yield Fault(
            f"states version `{version[:20]}` of the specification, which does not exist"
            if version
            else "states no version of the specification",
            line,
        )
    if serial and not _SERIAL.fullmatch(serial):
        yield Fault(f"serial number `{serial[:60]}` is no UUID", line)
