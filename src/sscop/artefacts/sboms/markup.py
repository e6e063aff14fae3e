"""The formats that are XML and rarely kept in a repository: SPDX 2 as RDF, and SWID tags. Their minimal facts.

Source: the SPDX specification 2.3, annex on RDF; ISO/IEC 19770-2:2015.
"""

from __future__ import annotations

from collections.abc import Callable

from sscop.artefacts import xml
from sscop.artefacts.sboms.build import day, distinct, string
from sscop.artefacts.sboms.model import Component, Format, Holds, Sbom

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TERMS = "http://spdx.org/rdf/terms#"
_SWID = "http://standards.iso.org/iso/19770/-2/"
_FIELDS = {"name", "versionInfo", "supplier", "referenceLocator"}


def read_rdf(text: str) -> Sbom | None:
    """An SPDX document in RDF/XML; None where the root is another element or nothing in it is SPDX's."""
    reader = _Rdf()
    return reader.sbom() if xml.events(text, reader) and reader.is_spdx else None


def read_swid(text: str) -> Sbom | None:
    """A SWID tag; None where the root is another element."""
    reader = _Swid()
    return reader.sbom() if xml.events(text, reader) else None


class _Rdf:
    def __init__(self) -> None:
        self.line: Callable[[], int] = lambda: 1
        self.knows = self.is_spdx = self.related = False
        self.path: list[str] = []
        self.said: list[str] = []
        self.version = self.created = ""
        self.at = 1
        self.creators: list[str] = []
        self.open: list[tuple[dict[str, str], int, bool]] = []  # with the depth, and whether it is what it is all about
        self.packages: list[Component] = []
        self.subject: Component | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition("}")
        if not self.path:
            if tag != "RDF" or space != _RDF:
                raise xml.OtherRootError
            self.knows = True
        self.is_spdx = self.is_spdx or space == _TERMS
        if tag == "Package":
            about = "describesPackage" in self.path[-1:]
            self.open.append(({}, len(self.path), about))
        elif tag == "relationshipType":
            verb = next(iter(attributes.values()), "").rpartition("_")[2]
            self.related = self.related or verb not in ("describes", "describedBy", "other")
        self.path.append(tag)
        self.said = []

    def data(self, data: str) -> None:
        self.said.append(data)

    def end(self, _name: str) -> None:
        tag = self.path.pop()
        text = string("".join(self.said)) if self.said else ""
        self.said = []
        if self.open and len(self.path) == self.open[-1][1]:
            found, _, about = self.open.pop()
            self._finish(found, about)
        elif self.open and text and tag in _FIELDS:
            self.open[-1][0].setdefault(tag, text)
        elif tag == "specVersion" and text:
            self.version = text.removeprefix("SPDX-")
        elif tag == "created" and text:
            self.created, self.at = text, self.line()
        elif tag == "creator" and text:
            self.creators.append(text)

    def _finish(self, found: dict[str, str], about: bool) -> None:
        supplier = string(found.get("supplier", "").partition(": ")[2])
        one = Component(
            found.get("name", ""), found.get("versionInfo", ""), found.get("referenceLocator", ""), supplier
        )
        if about and self.subject is None:
            self.subject = one
        elif one.name:
            self.packages.append(one)

    def sbom(self) -> Sbom:
        people = [one.partition(": ")[2] for one in self.creators if not one.startswith("Tool:")]
        tools = [one.partition(": ")[2] for one in self.creators if one.startswith("Tool:")]
        holds = Holds.COMPONENTS if self.packages else Holds.NOTHING
        made = day(self.created)
        return Sbom(
            Format.SPDX, self.version, holds, tuple(self.packages), self.subject, self.created, made, self.at,
            distinct(people), distinct(tools), self.related, (), "RDF/XML",
        )  # fmt: skip


class _Swid:
    def __init__(self) -> None:
        self.line: Callable[[], int] = lambda: 1
        self.knows = False
        self.subject: Component | None = None
        self.parts: list[Component] = []
        self.entities: list[tuple[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition("}")
        if not self.knows:
            if tag != "SoftwareIdentity" or not space.startswith(_SWID):
                raise xml.OtherRootError
            self.knows = True
            self.subject = Component(
                attributes.get("name", ""), attributes.get("version", ""), attributes.get("tagId", "")
            )
        elif tag == "Entity":
            self.entities.append((attributes.get("role", ""), attributes.get("name", "")))
        elif tag == "Link" and attributes.get("rel") in ("component", "requires", "package"):
            target = attributes.get("href", "")
            self.parts.append(Component(target.removeprefix("swid:"), "", target))

    def data(self, data: str) -> None:
        """Tags keep everything in attributes."""

    def end(self, _name: str) -> None:
        """Nothing ends that was kept open."""

    def sbom(self) -> Sbom:
        holds = Holds.COMPONENTS if self.parts else Holds.NOTHING
        authors = distinct(name for role, name in self.entities if "tagCreator" in role)
        return Sbom(
            Format.SWID, "2015", holds, tuple(self.parts), self.subject, authors=authors, related=bool(self.parts),
            serialisation="XML",
        )  # fmt: skip
