"""Requirements in the notations of tools: StrictDoc, Doorstop, sphinx-needs, OpenFastTrace, ReqIF.

Sources: the tools' manuals; ReqIF 1.2 (OMG formal/16-07-01), of which only the values of objects are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sscop.artefacts.nodes import load, mapping, text
from sscop.artefacts.requirement_records.model import Kind, Record, Statement
from sscop.lazy import lazily
from sscop.repository import Malformed

NEED = rb"\.\. (?:req|spec|story|userstory|requirement|sys_?req|sw_?req|swreq|sysreq|feat_req|stkh_req|comp_req)::"
"""What a text with sphinx-needs holds."""
TRACED = rb"(?m)^[ \t>*-]{0,6}`?(?:feat|req|fr|usr|sys|constr)~[\w.-]{1,80}~\d"
"""What a text with OpenFastTrace's items holds: those that are requirements, not designs or tests."""

_NODE = lazily(r"^\[\[?/?([A-Z_][A-Z0-9_ /]{1,40})(?::[^\]]*)?\]?\]\s*$")
_FIELD = lazily(r"^([A-Z][A-Z0-9_]{1,40}):\s?(.*)$")
_DIRECTIVE = lazily(r"^(\s*)(.. (?:[a-z_]+)::)\s*(.*)$")
_OPTION = lazily(r"^\s+:([a-z_]{1,30}):\s*(.*)$")
_ITEM = lazily(r"^[ \t>*-]{0,6}`?((?:feat|req|fr|usr|sys|constr)~[\w.-]{1,80}~\d{1,6})`?\s*$", re.MULTILINE)
_WORD = lazily(r"[^\W\d_]{2,}")
_DATA_ = ("TEXT", "SECTION", "DOCUMENT", "GRAMMAR", "FREETEXT", "DOCUMENT_FROM_FILE", "COMPOSITE")


def load_strictdoc(source: str) -> Record:
    """The nodes of a StrictDoc document that state something. Raises Malformed for what is none."""
    lines = source.replace("\r", "").split("\n")
    if not lines[0].strip().startswith("[DOCUMENT]"):
        raise Malformed("does not begin as a StrictDoc document", 1)
    title, found = "", []
    kind, line, fields, last = "DOCUMENT", 1, dict[str, str](), ""
    for n, one in enumerate([*lines, "[END]"], 1):
        if match := _NODE.match(one) or re.match(r"^\[(END)\]$", one):
            if kind == "DOCUMENT" and not title:
                title = fields.get("TITLE", "")
            said = fields.get("STATEMENT", "")
            if kind not in _DATA_ and _WORD.search(said):
                found.append(Statement(fields.get("UID", ""), " ".join(said.split())[:300], line))
            kind, line, fields, last = match[1], n, {}, ""
        elif last and one.strip() == "<<<":
            last = ""
        elif last:
            fields[last] += f" {one}" if len(fields[last]) < 2000 else ""
        elif match := _FIELD.match(one):
            fields[match[1]] = match[2]
            if match[2].strip() == ">>>":
                last, fields[match[1]] = match[1], ""
    return Record("", 1, Kind.STRICTDOC, title, tuple(found))


def load_doorstop(source: str) -> Record:
    """One item of Doorstop: empty where it is no requirement or not in force. Raises Malformed for what is no YAML."""
    item = mapping(load(source))
    said = text(item.get("text"))
    active, normative = text(item.get("active")), text(item.get("normative"))
    found = []
    if active and said and active.lower() == "true" and (not normative or normative.lower() == "true"):
        found.append(Statement("", " ".join(said.split())[:300], said.line))
    return Record("", 1, Kind.DOORSTOP, text(item.get("header")) or "", tuple(found))


def load_needs(source: str) -> Record:
    """The directives of a text that state requirements."""
    wanted = re.compile(NEED.decode())
    found, lines = [], source.replace("\r", "").split("\n")
    for n, one in enumerate(lines):
        match = _DIRECTIVE.match(one)
        if not match or not wanted.match(match[2]):
            continue
        id_, body, indent = "", [match[3]], len(match[1])
        for below in lines[n + 1 : n + 60]:
            if below.strip() and len(below) - len(below.lstrip()) <= indent:
                break
            option = _OPTION.match(below)
            id_ = option[2].strip() if option and option[1] == "id" else id_
            body += [] if option else [below.strip()]
        said = " ".join(" ".join(body).split())
        if len(_WORD.findall(said)) > 2:
            found.append(Statement(id_, said[:300], n + 1))
    return Record("", found[0].line if found else 1, Kind.NEEDS, "", tuple(found))


def load_traced(source: str) -> Record:
    """OpenFastTrace's items that are features or requirements, with the text below each."""
    found = []
    for match in _ITEM.finditer(source):
        said = source[match.end() : match.end() + 400].strip().split("\n\n", 1)[0]
        if _WORD.search(said) and not said.startswith(("Needs:", "Covers:", "`")):
            found.append(Statement(match[1], " ".join(said.split())[:300], source.count("\n", 0, match.start()) + 1))
    return Record("", found[0].line if found else 1, Kind.FASTTRACE, "", tuple(found))


def load_reqif(source: str) -> Record:
    """The objects of a ReqIF file that have a value. Raises Malformed for what is no such XML, and for any entity."""
    from xml.parsers import expat

    reader = _Exchange()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refused
    parser.EntityDeclHandler = _refused
    reader.at = lambda: parser.CurrentLineNumber
    try:
        parser.Parse(source.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise Malformed(f"is not well-formed XML: {expat.ErrorString(error.code)}", error.lineno) from None
    return Record("", 1, Kind.REQIF, "", tuple(reader.found))


def _refused(*_: object) -> int:
    raise Malformed("declares a document type or entities, which are not expanded")


class _Exchange:
    """The longest value of each object: its text, whatever the tool calls the attribute."""

    def __init__(self) -> None:
        self.at: Callable[[], int] = lambda: 1
        self.depth = 0
        self.found: list[Statement] = []
        self.line = 0
        self.value: list[str] | None = None
        self.best = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if not self.depth and tag != "REQ-IF":
            raise Malformed("is not a ReqIF file")
        self.depth += 1
        if tag == "SPEC-OBJECT":
            self.line, self.best = self.at(), ""
        elif self.line and tag.startswith("ATTRIBUTE-VALUE-"):
            self.value = [attributes.get("THE-VALUE", "")]

    def end(self, name: str) -> None:
        tag = name.rpartition("}")[2]
        self.depth -= 1
        if self.value is not None and tag.startswith("ATTRIBUTE-VALUE-"):
            self.best = max(self.best, " ".join(" ".join(self.value).split()), key=len)
            self.value = None
        elif tag == "SPEC-OBJECT":
            if len(_WORD.findall(self.best)) > 2:
                self.found.append(Statement("", self.best[:300], self.line))
            self.line = 0

    def data(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)
