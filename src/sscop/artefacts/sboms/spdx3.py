"""SPDX 3 as JSON-LD. Source: the SPDX 3.0 specification, its `software` and `core` profiles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sscop.artefacts.sboms.build import day, distinct, entries, line_of, parse, rows, string, strings
from sscop.artefacts.sboms.model import MANY_FAULTS, Component, Fault, Format, Holds, Sbom

CONTEXT = "https://spdx.org/rdf/3."
_DEPENDS = (
    "dependson",
    "contains",
    "hasoptionaldependency",
    "hasprovideddependency",
    "hasprerequisite",
    "hasdynamiclink",
)


def read(text: str) -> Sbom | None:
    """The document; None where the text is another one."""
    value = entries(parse(text))
    if not any(one.startswith(CONTEXT) for one in strings(value.get("@context"))):
        return None
    graph = {_id(one): one for one in rows(value.get("@graph")) or [value]}
    kinds: dict[str, list[dict[str, Any]]] = {}
    for one in graph.values():
        kinds.setdefault(_kind(one), []).append(one)
    roots = {
        end
        for kind in ("SpdxDocument", "Sbom", "Bom")
        for one in kinds.get(kind, [])
        for end in _ends(one, "rootElement")
    }
    packages = kinds.get("Package", [])
    others = [_component(one, graph) for one in packages if _id(one) not in roots]
    subject = next((_component(one, graph) for one in packages if _id(one) in roots), None)
    document = next(iter(kinds.get("SpdxDocument", [])), {})
    creation = _creation(document, kinds, graph)
    stated = string(creation.get("created"))
    is_vex = any(kind.startswith("Vex") for kind in kinds) and not others
    return Sbom(
        Format.SPDX,
        string(creation.get("specVersion")) or "3",
        Holds.COMPONENTS if others else Holds.VULNERABILITIES if is_vex else Holds.NOTHING,
        tuple(others),
        subject,
        stated,
        day(stated),
        line_of(text, '"created"') if stated else 1,
        distinct(_names(creation, "createdBy", graph)),
        distinct(_names(creation, "createdUsing", graph)),
        any(string(one.get("relationshipType")).lower() in _DEPENDS for one in kinds.get("Relationship", [])),
        tuple(islice(_faults(document, creation, packages, text), MANY_FAULTS)),
    )


def _id(one: dict[str, Any]) -> str:
    return string(one.get("spdxId")) or string(one.get("@id"))


def _kind(one: dict[str, Any]) -> str:
    """The class without its profile: `software_Package` and `Package` are one."""
    return (string(one.get("type")) or string(one.get("@type"))).rpartition("_")[2].rpartition("/")[2]


def _ends(one: dict[str, Any], key: str) -> list[str]:
    """The identifiers that a property names, whether as texts or as objects."""
    value = one.get(key)
    return strings(value) + [_id(held) for held in rows(value if isinstance(value, list) else [value])]


def _names(one: dict[str, Any], key: str, graph: dict[str, dict[str, Any]]) -> Iterator[str]:
    for end in _ends(one, key):
        yield string(graph.get(end, {}).get("name")) or end


def _creation(
    document: dict[str, Any], kinds: dict[str, list[dict[str, Any]]], graph: dict[str, Any]
) -> dict[str, Any]:
    """The document's CreationInfo: in it, named by it, or the only one."""
    given = document.get("creationInfo")
    if isinstance(given, dict):
        return given
    return graph.get(string(given)) or next(iter(kinds.get("CreationInfo", [])), {})


def _component(one: dict[str, Any], graph: dict[str, dict[str, Any]]) -> Component:
    others = (string(ref.get("identifier")) for ref in rows(one.get("externalIdentifier")))
    return Component(
        string(one.get("name")),
        string(one.get("software_packageVersion")) or string(one.get("packageVersion")),
        string(one.get("software_packageUrl")) or string(one.get("packageUrl")) or next(filter(None, others), ""),
        next(_names(one, "suppliedBy", graph), "") or next(_names(one, "originatedBy", graph), ""),
    )


def _faults(
    document: dict[str, Any], creation: dict[str, Any], packages: list[dict[str, Any]], text: str
) -> Iterator[Fault]:
    if not document:
        yield Fault("has no SpdxDocument", 1)
    if not creation.get("created"):
        yield Fault("mandatory fields not seen: CreationInfo.created", 1)
    for one in packages:
        if not string(one.get("name")):
            yield Fault("a package has no name", line_of(text, _id(one) or "Package"))
