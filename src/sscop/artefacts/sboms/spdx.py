"""SPDX 2 in JSON, YAML and tag-value. Its RDF is in `rdf`, SPDX 3 in `spdx3`.

Source: the SPDX specification 2.2 and 2.3. The serialisations carry one structure, so that tag-value is turned into
what JSON holds and read by the same function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sscop.artefacts.nodes import Entries, Items, Node, load
from sscop.artefacts.sboms.build import day, distinct, entries, line_of, parse, rows, string, strings
from sscop.artefacts.sboms.model import MANY_FAULTS, Component, Fault, Format, Holds, Sbom
from sscop.lazy import lazily
from sscop.repository import Malformed

MARK = lazily(r"^[ \t]*(?:\"spdxVersion\"\s*:|spdxVersion:|SPDXVersion:)", re.MULTILINE)
_VERSION = lazily(r"SPDX-2\.[0-9]")
_PARTY = lazily(r"(?:Person|Organization|Tool):\s*")
_SAYS_NOTHING = ("DESCRIBES", "DESCRIBED_BY", "GENERATED_FROM", "GENERATES", "OTHER", "COPY_OF", "AMENDS")


def read_json(text: str) -> Sbom | None:
    """The document; None where the text is another one. GitHub's export may be wrapped in `sbom`."""
    value = entries(parse(text))
    if "spdxVersion" not in value:
        value = entries(value.get("sbom"))
    return _document(text, value, "JSON")


def read_yaml(text: str) -> Sbom | None:
    """The document in YAML."""
    return _document(text, _plain(load(text)), "YAML")


def read_tags(text: str) -> Sbom | None:
    """The document in the tag-value form."""
    return _document(text, _from_tags(text), "tag-value")


def _plain(node: Node) -> Any:
    """YAML's values as JSON's would be."""
    if isinstance(node, Entries):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [_plain(one) for one in node]
    return str(node)


def _document(text: str, value: Any, serialisation: str) -> Sbom | None:
    value = entries(value)
    stated_version = string(value.get("spdxVersion"))
    if not stated_version:
        return None
    creation = entries(value.get("creationInfo"))
    packages = rows(value.get("packages"))
    relations = rows(value.get("relationships"))
    described = _described(value, relations)
    subjects = [one for one in packages if string(one.get("SPDXID")) in described]
    others = [_component(one) for one in packages if string(one.get("SPDXID")) not in described]
    if len(subjects) > 1 and not others:  # a document that describes all that it lists
        others = [_component(one) for one in subjects]
    creators = strings(creation.get("creators"))
    stated = string(creation.get("created"))
    at = line_of(text, "creationInfo", '"created"') if serialisation == "JSON" else line_of(text, "reated:")
    return Sbom(
        Format.SPDX,
        stated_version.removeprefix("SPDX-"),
        Holds.COMPONENTS if others else Holds.NOTHING,
        tuple(others),
        _component(subjects[0]) if subjects else None,
        stated,
        day(stated),
        at if stated else 1,
        distinct(_party(one) for one in creators if not one.startswith("Tool:")),
        distinct(_party(one) for one in creators if one.startswith("Tool:")),
        any(string(one.get("relationshipType")).upper() not in _SAYS_NOTHING for one in relations),
        tuple(islice(_faults(text, value, packages, relations), MANY_FAULTS)),
        serialisation,
    )


def _described(value: dict[str, Any], relations: list[dict[str, Any]]) -> set[str]:
    """The identifiers of what the document is about."""
    found = set(strings(value.get("documentDescribes")))
    for one in relations:
        ends = string(one.get("spdxElementId")), string(one.get("relatedSpdxElement"))
        verb = string(one.get("relationshipType")).upper()
        if verb == "DESCRIBES" and ends[0] == "SPDXRef-DOCUMENT":
            found.add(ends[1])
        elif verb == "DESCRIBED_BY" and ends[1] == "SPDXRef-DOCUMENT":
            found.add(ends[0])
    packages = rows(value.get("packages"))
    return found or {string(packages[0].get("SPDXID"))} if len(packages) == 1 else found


def _party(creator: str) -> str:
    return string(_PARTY.sub("", creator, count=1))


def _component(one: dict[str, Any]) -> Component:
    refs = {
        string(ref.get("referenceType")).lower(): string(ref.get("referenceLocator"))
        for ref in rows(one.get("externalRefs"))
    }
    cpe = next((ref for name, ref in refs.items() if "cpe" in name), "")
    supplier = _party(string(one.get("supplier"))) or _party(string(one.get("originator")))
    return Component(string(one.get("name")), string(one.get("versionInfo")), refs.get("purl", "") or cpe, supplier)


def _faults(
    text: str, value: dict[str, Any], packages: list[dict[str, Any]], relations: list[dict[str, Any]]
) -> Iterator[Fault]:
    """What the specification makes mandatory."""
    if not _VERSION.fullmatch(string(value.get("spdxVersion"))):
        yield Fault(
            f"states version `{string(value.get('spdxVersion'))[:20]}` of the specification, which does not exist"
        )
    creation = entries(value.get("creationInfo"))
    needed = {
        "SPDXID": value.get("SPDXID"),
        "name": value.get("name"),
        "documentNamespace": value.get("documentNamespace"),
        "dataLicense": value.get("dataLicense"),
        "creationInfo.created": creation.get("created"),
        "creationInfo.creators": creation.get("creators"),
    }
    absent = [key for key, given in needed.items() if not given]
    if absent:
        yield Fault(f"mandatory fields not seen: {', '.join(absent)}", 1)
    known = {"SPDXRef-DOCUMENT", "NONE", "NOASSERTION"}
    for one in packages:
        ref = string(one.get("SPDXID"))
        if not string(one.get("name")):
            yield Fault("a package has no name", line_of(text, "ackage"))
        elif not ref:
            yield Fault(
                f"package `{string(one.get('name'))[:60]}` has no SPDXID", line_of(text, string(one.get("name")))
            )
        elif ref in known:
            yield Fault(f"`{ref[:80]}` stands for two packages", line_of(text, ref))
        known.add(ref)
    for key in ("files", "snippets"):
        known |= {string(one.get("SPDXID")) for one in rows(value.get(key))}
    ends = {string(one.get(key)) for one in relations for key in ("spdxElementId", "relatedSpdxElement")}
    for end in sorted(ends - known - {""}):
        if not end.startswith("DocumentRef-"):
            yield Fault(f"a relationship names `{end[:80]}`, which is not listed", line_of(text, end))


_TAG = lazily(r"([A-Za-z]+):[ \t]*(.*)")
_HEAD = {
    "SPDXVersion": "spdxVersion",
    "DataLicense": "dataLicense",
    "DocumentName": "name",
    "DocumentNamespace": "documentNamespace",
}
_PACKAGE = {"PackageVersion": "versionInfo", "PackageSupplier": "supplier", "PackageOriginator": "originator"}


def _from_tags(text: str) -> dict[str, Any]:
    """The structure that a tag-value text writes down. Raises Malformed where its text never ends."""
    head: dict[str, Any] = {"creationInfo": {"creators": []}, "packages": [], "files": [], "relationships": []}
    current: dict[str, Any] = head
    until = 0  # the line of a <text> that is still open
    for n, line in enumerate(text.split("\n"), 1):
        if until:
            until = 0 if "</text>" in line else until
            continue
        match = _TAG.match(line)
        if not match:
            continue
        tag, said = match[1], match[2].strip()
        if "<text>" in said and "</text>" not in said:
            until = n
        if tag in ("PackageName", "FileName", "SnippetSPDXID", "LicenseID", "ExternalDocumentRef"):
            current = {"name": said}
            if tag in ("PackageName", "FileName"):
                head["packages" if tag == "PackageName" else "files"].append(current)
        elif tag == "SPDXID":
            current.setdefault("SPDXID", said)
        elif tag in _HEAD:
            head.setdefault(_HEAD[tag], said)
        elif tag == "Creator":
            head["creationInfo"]["creators"].append(said)
        elif tag == "Created":
            head["creationInfo"].setdefault("created", said)
        elif tag in _PACKAGE:
            current[_PACKAGE[tag]] = said
        elif tag == "ExternalRef" and len(said.split()) > 2:
            ref = dict(zip(("referenceCategory", "referenceType", "referenceLocator"), said.split()))
            current.setdefault("externalRefs", []).append(ref)
        elif tag == "Relationship" and len(said.split()) > 2:
            ends = dict(zip(("spdxElementId", "relationshipType", "relatedSpdxElement"), said.split()))
            head["relationships"].append(ends)
    if until:
        raise Malformed("a `<text>` is opened and never closed", until)
    return head
