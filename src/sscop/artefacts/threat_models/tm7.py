"""Microsoft's Threat Modeling Tool: `.tm7` files, which are one long line of XML.

Source: files that the tool wrote. Read event by event, so that no entity is expanded and no tree is built; as a line
says nothing here, each threat carries its place as `ThreatInstances[n]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sscop.artefacts.prose import dates
from sscop.artefacts.threat_models.model import (
    Format,
    Reviewed,
    Seen,
    Status,
    Threat,
    ThreatModel,
    severity,
    status,
    ticket,
)
from sscop.repository import Malformed

MAX_DEPTH = 200

_NAMESPACE = "ThreatModeling.Model"
_META = {"Assumptions", "Contributors", "HighLevelSystemDescription", "Owner", "Reviewer", "ThreatModelName"}
_THREAT = {
    "Id",
    "State",
    "StateInformation",
    "ModifiedAt",
    "Priority",
    "Title",
    "TypeId",
    "InteractionString",
    "Upgraded",
}


def read(text: str) -> tuple[ThreatModel, ...]:
    """The model; none where the root is another element. Raises Malformed for broken XML and for any entity."""
    from xml.parsers import expat

    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refused
    parser.EntityDeclHandler = _refused
    parser.ExternalEntityRefHandler = _refused
    reader.line = lambda: parser.CurrentLineNumber
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        if not reader.is_model:
            return ()
        raise Malformed(f"is not well-formed XML: {expat.ErrorString(error.code)}", error.lineno) from None
    except _OtherError:
        return ()
    return (reader.model(),) if reader.is_model else ()


def _refused(*_: object) -> int:
    raise Malformed("declares a document type or entities, which no model needs and which are not expanded")


class _OtherError(Exception):
    """The root is no threat model."""


class _Reader:
    def __init__(self) -> None:
        self.line: Any = lambda: 1
        self.is_model = False
        self.path: list[str] = []
        self.said: list[str] = []
        self.meta: dict[str, Seen] = {}
        self.drawn: dict[str, list[Seen]] = {"Borders": [], "Lines": []}
        self.kind = ""
        self.beyond: list[Seen] = []
        self.display = ""
        self.name = ""
        self.guid = ""
        self.names: dict[str, str] = {}
        self.threat: dict[str, str] = {}
        self.key = ""
        self.threats: list[Threat] = []
        self.started = 1
        self.changed: list[tuple[str, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition("}")
        if not self.path:
            if tag != "ThreatModel" or _NAMESPACE not in space:
                raise _OtherError
            self.is_model = True
        if len(self.path) >= MAX_DEPTH:
            raise Malformed(f"is nested more than {MAX_DEPTH} levels deep", self.line())
        self.path.append(tag)
        self.said = []
        if tag.startswith("KeyValueOfstringThreat"):
            self.threat, self.started = {}, self.line()
        elif tag.startswith("KeyValueOfguid"):
            self.name = self.guid = self.kind = ""

    def data(self, data: str) -> None:
        self.said.append(data)

    def end(self, _name: str) -> None:
        tag = self.path.pop()
        text = "".join(self.said).strip() if self.said else ""
        self.said = []
        path = self.path
        if len(path) < 2:
            return
        if path[1] == "MetaInformation" and tag in _META and text:
            self.meta[tag] = Seen(" ".join(text.split()), self.line(), f"MetaInformation.{tag}")
        elif path[1] == "ThreatInstances":
            self._instance(tag, text)
        elif path[1] == "DrawingSurfaceList" and len(path) > 3 and path[3] in self.drawn:
            self._drawing(tag, text, path[3])

    def _instance(self, tag: str, text: str) -> None:
        if tag.startswith("KeyValueOfstringThreat"):
            self._finish()
        elif "KeyValueOfstringstring" in self.path:
            if tag == "Key":
                self.key = text
            elif tag == "Value" and text:
                self.threat[self.key] = text
        elif tag in _THREAT and text and self.path[-1] == "Value":
            self.threat.setdefault(tag, text)
        elif tag in ("SourceGuid", "TargetGuid") and text:
            self.threat[tag] = text

    def _finish(self) -> None:
        one = self.threat
        state = one.get("State", "")
        if not one:
            return
        why = one.get("StateInformation", "")
        ends = [self.names.get(one.get(key, ""), "") for key in ("SourceGuid", "TargetGuid")]
        if one.get("ModifiedAt", "") > "0002" and state not in ("", "AutoGenerated"):
            self.changed.append((one["ModifiedAt"], self.started))
        self.threats.append(
            Threat(
                one.get("Id", ""),
                one.get("Title", "") or one.get("TypeId", ""),
                self.started,
                one.get("UserThreatDescription", "") or one.get("UserThreatShortDescription", ""),
                one.get("UserThreatCategory", ""),
                severity(one.get("Priority", "")),
                why,
                Status.MITIGATED if state == "Mitigated" else status(state),
                ticket(why),
                one.get("InteractionString", "") or " to ".join(filter(None, ends)),
                f"ThreatInstances[{len(self.threats)}]",
                generated=state in ("", "AutoGenerated") and not why,
            )
        )

    def _drawing(self, tag: str, text: str, group: str) -> None:
        if tag == "GenericTypeId":
            self.kind = text
        elif tag == "Guid":
            self.guid = text
        elif tag == "DisplayName":
            self.display = text
        elif tag == "Value" and self.path[-1] == "anyType":
            if self.display == "Name":
                self.name = text
            elif self.display == "Out Of Scope" and text == "true":
                self.beyond.append(Seen(self.name, self.line(), f"DrawingSurfaceList.{group}"))
        elif tag.startswith("KeyValueOfguid"):
            self.names[self.guid] = self.name
            where = f"DrawingSurfaceList.{group}[{len(self.drawn[group])}]"
            self.drawn[group].append(Seen(f"{self.kind} {self.name}", self.line(), where))

    def model(self) -> ThreatModel:
        changed = max(self.changed, default=None)
        reviewed = None
        if changed:
            reviewed = Reviewed(changed[0], changed[1], "ModifiedAt", dates.read(changed[0][:10]).day)
        assumed = self.meta.get("Assumptions")
        everything = [*self.drawn["Borders"], *self.drawn["Lines"]]
        return ThreatModel(
            Format.TM7,
            self.meta["ThreatModelName"].text if "ThreatModelName" in self.meta else "",
            scope=self.meta.get("HighLevelSystemDescription"),
            assets=_of(everything, "GE.P", "GE.DS", "GE.EI"),
            boundaries=_of(everything, "GE.TB"),
            flows=_of(everything, "GE.DF"),
            assumptions=(assumed,) if assumed else (),
            out_of_scope=tuple(self.beyond),
            threats=tuple(self.threats),
            owner=next((self.meta[key] for key in ("Owner", "Reviewer", "Contributors") if key in self.meta), None),
            reviewed=reviewed,
            computes=not self.threats,
        )


def _of(elements: Iterable[Seen], *kinds: str) -> tuple[Seen, ...]:
    """The elements of these generic types (`GE.TB.B` is one of `GE.TB`), without the type before their names."""
    return tuple(
        one._replace(text=one.text.partition(" ")[2] or one.text)
        for one in elements
        if one.text.partition(" ")[0].startswith(kinds)
    )
