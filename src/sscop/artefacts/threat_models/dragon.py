"""OWASP Threat Dragon, versions 1 and 2.

Sources: the two schemas in OWASP/threat-dragon and files that its releases wrote; the schemas reject some of those,
so nothing is held against them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.nodes import Entries
from sscop.artefacts.threat_models.model import Format, Seen, Threat, ThreatModel, severity, status, ticket
from sscop.artefacts.threat_models.tree import dated, line_of, part, rows, seen, table, word, words


def read(root: Entries) -> Iterator[ThreatModel]:
    """The model, where the tree is one: a summary, and diagrams of cells or none yet."""
    summary, detail = root.get("summary"), root.get("detail")
    if not isinstance(summary, Entries) or not isinstance(detail, Entries) or "diagrams" not in detail:
        return
    assets: list[Seen] = []
    boundaries: list[Seen] = []
    flows: list[Seen] = []
    beyond: list[Seen] = []
    threats: list[Threat] = []
    for place, cell in _cells(detail):
        data = table(cell.get("data"), cell)
        kind = (word(data, "type") or word(cell, "shape")).removeprefix("tm.").lower()
        name = _name(cell, data)
        element = Seen(name or kind, cell.line, place)
        if "boundary" in kind or "boundary" in word(cell, "shape") or word(data, "isTrustBoundary") == "true":
            boundaries.append(element)
        elif "flow" in kind:
            flows.append(element)
        elif kind in ("store", "process", "actor"):
            assets.append(element)
        if word(data, "outOfScope") == "true":
            beyond.append(Seen(f"{name}: {word(data, 'reasonOutOfScope', 'outOfScopeReason')}", cell.line, place))
        for holder in (data, cell) if data is not cell else (cell,):
            threats += [
                _threat(one, name or kind, f"{place}.threats[{n}]")
                for n, (_, one) in enumerate(rows(holder.get("threats")))
            ]
    owner = seen(summary, "owner") or seen(detail, "reviewer")
    contributors = words(detail.get("contributors"))
    if not owner and contributors:
        owner = Seen(contributors[0], line_of(detail.get("contributors"), detail.line))
    yield ThreatModel(
        Format.DRAGON,
        word(summary, "title"),
        scope=seen(summary, "description"),
        assets=tuple(assets),
        boundaries=tuple(boundaries),
        flows=tuple(flows),
        out_of_scope=tuple(beyond),
        threats=tuple(threats),
        owner=owner,
        reviewed=dated(root, "reviewed_at", "released_at") or dated(summary, "reviewed_at", "released_at"),
    )


def _cells(detail: Entries) -> Iterator[tuple[str, Entries]]:
    for n, (_, diagram) in enumerate(rows(detail.get("diagrams"))):
        for keys in (("cells",), ("diagramJson", "cells")):
            for m, (_, cell) in enumerate(rows(part(diagram, *keys))):
                yield f"detail.diagrams[{n}].{'.'.join(keys)}[{m}]", cell


def _name(cell: Entries, data: Entries) -> str:
    labels = [
        word(part(label, "attrs", "text"), "text") or word(part(label, "attrs", "label"), "text")
        for _, label in rows(cell.get("labels"))
    ]
    named = word(data, "name") or word(part(cell, "attrs", "text"), "text") or next(filter(None, labels), "")
    return " ".join(named.split())


def _threat(one: Entries, element: str, where: str) -> Threat:
    mitigation, text = word(one, "mitigation"), word(one, "description")
    return Threat(
        word(one, "number", "threatId", "id", "ruleId"),
        word(one, "title"),
        one.line,
        text,
        word(one, "type"),
        severity(word(one, "severity")),
        mitigation,
        status(word(one, "status")),
        ticket(mitigation, text, word(one, "title")),
        element,
        where,
    )
