"""CycloneDX in XML, 1.0 to 1.7. Source: the specification's XML schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sscop.artefacts import xml
from sscop.artefacts.sboms.build import day, distinct, string
from sscop.artefacts.sboms.cyclonedx import SOFTWARE, TYPES, common, component, holds, kind
from sscop.artefacts.sboms.model import MANY_FAULTS, Fault, Format, Sbom

NAMESPACE = "http://cyclonedx.org/schema/bom/"
_PARTIES = ("manufacturer", "manufacture", "supplier", "author")
_FIELDS = {"name", "group", "version", "purl", "cpe", "publisher"}


def read(text: str) -> Sbom | None:
    """The document; None where the root is another element. Raises Malformed for broken XML and for any entity."""
    reader = _Reader()
    return reader.sbom() if xml.events(text, reader) else None


class _Reader:
    def __init__(self) -> None:
        self.line: Callable[[], int] = lambda: 1
        self.knows = False
        self.path: list[str] = []
        self.said: list[str] = []
        self.version = self.serial = self.stated = ""
        self.stated_at = self.started = 1
        self.open: list[dict[str, Any]] = []  # components that have not ended, the innermost last
        self.listed: list[dict[str, Any]] = []
        self.about: dict[str, Any] = {}
        self.authors: list[str] = []
        self.tools: list[dict[str, str]] = []
        self.tool: dict[str, str] = {}
        self.seen: dict[str, bool] = {}
        self.related = False
        self.faults: list[Fault] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition("}")
        if not self.path:
            if tag != "bom" or not space.startswith(NAMESPACE):
                raise xml.OtherRootError
            self.knows = True
            self.version, self.serial = space[len(NAMESPACE) :].strip("/"), attributes.get("serialNumber", "")
            self.started = self.line()
        parent = self.path[-1] if self.path else ""
        if "tools" in self.path:
            self.tool = {} if tag in ("tool", "component") else self.tool
        elif tag == "component" and parent in ("components", "metadata"):
            self.open.append({"type": attributes.get("type", ""), "at": self.line()})
        elif tag == "dependency" and parent == "dependency":
            self.related = True
        elif len(self.path) == 2 and parent in ("vulnerabilities", "services", "formulation"):
            self.seen[parent] = True
        self.path.append(tag)
        self.said = []

    def data(self, data: str) -> None:
        self.said.append(data)

    def end(self, _name: str) -> None:
        tag = self.path.pop()
        text = string("".join(self.said)) if self.said else ""
        self.said = []
        parent = self.path[-1] if self.path else ""
        if "tools" in self.path:
            self._tool(tag, text)
        elif tag == "component" and parent in ("components", "metadata"):
            self._finish(self.open.pop())
        elif self.open and text:
            if parent == "component" and tag in _FIELDS:
                self.open[-1].setdefault(tag, text)
            elif tag == "name" and parent in ("supplier", "manufacturer") and self.path[-2] == "component":
                self.open[-1].setdefault("supplier", {"name": text})
        elif tag == "timestamp" and parent == "metadata":
            self.stated, self.stated_at = text, self.line()
        elif tag == "name" and parent in _PARTIES and "metadata" in self.path:
            self.authors.append(text)

    def _tool(self, tag: str, text: str) -> None:
        if tag in ("name", "version"):
            self.tool.setdefault(tag, text)
        elif tag in ("tool", "component"):
            self.tools.append(self.tool)
            self.tool = {}

    def _finish(self, one: dict[str, Any]) -> None:
        if self.path[-1] == "metadata":
            self.about = one
        else:
            self.listed.append(one)
        name = one.get("name", "")
        if len(self.faults) < MANY_FAULTS and not name:
            self.faults.append(Fault("a component has no name", one["at"]))
        elif len(self.faults) < MANY_FAULTS and one["type"] not in TYPES:
            self.faults.append(Fault(f"component `{name[:60]}` is of no type that the format knows", one["at"]))

    def sbom(self) -> Sbom:
        return Sbom(
            Format.CYCLONEDX,
            self.version,
            holds(self.listed, self.seen),
            tuple(component(one) for one in self.listed if kind(one) in SOFTWARE),
            component(self.about) if self.about else None,
            self.stated,
            day(self.stated),
            self.stated_at if self.stated else self.started,
            distinct(self.authors),
            distinct(" ".join(filter(None, (one.get("name"), one.get("version")))) for one in self.tools),
            self.related,
            (*common(self.version, self.serial, self.started), *self.faults),
            "XML",
        )
