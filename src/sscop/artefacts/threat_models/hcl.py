"""threatcl (formerly hcltm): `threatmodel` blocks in HCL, through the syntax tree of python-hcl2.

Source: threatcl's spec. python-hcl2's `loads` gives no lines, so its tree is read here; what a file includes or imports
from elsewhere is not followed.
"""

from __future__ import annotations

import re
from typing import Any

from sscop.artefacts.prose import dates
from sscop.artefacts.threat_models.model import (
    Format,
    Reviewed,
    Seen,
    Severity,
    Status,
    Threat,
    ThreatModel,
    severity,
    status,
    ticket,
)
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Malformed

LIMIT = 48 * 1024
"""The size in characters above which a file is not read: the parser takes 10 microseconds for each."""

INSTALL = "can't be read without python-hcl2; install it: pip install python-hcl2"

_HEREDOC = lazily(r"<<-?\s*(\w+)\n(.*)\n\s*\1\s*", re.DOTALL)


class Block(NamedTuple):
    """A block: its type, labels and line, its attributes as text with their lines, and the blocks in it."""

    type: str
    labels: tuple[str, ...]
    line: int
    values: dict[str, Seen]
    blocks: tuple[Block, ...]

    def all(self, *types: str) -> list[Block]:
        """The blocks of these types directly in this one."""
        return [one for one in self.blocks if one.type in types]

    def deep(self, *types: str) -> list[Block]:
        """The blocks of these types at any depth."""
        return [found for one in self.blocks for found in ([one] if one.type in types else []) + one.deep(*types)]

    def word(self, *keys: str) -> str:
        """The first of several attributes that says anything."""
        return next((self.values[key].text for key in keys if key in self.values and self.values[key].text), "")

    @property
    def name(self) -> str:
        """The first label."""
        return self.labels[0] if self.labels else ""


def read(text: str) -> tuple[ThreatModel, ...]:
    """The models of a file. Raises Malformed for text that is no HCL, and where python-hcl2 is not installed."""
    if not re.search(r"^[ \t]*threatmodel\s", text, re.MULTILINE):
        return ()
    if len(text) > LIMIT:
        raise Malformed(f"{len(text):,} characters are over the limit of {LIMIT:,} for this kind of file")
    return tuple(_model(one) for one in _root(text).all("threatmodel"))


def _root(text: str) -> Block:
    try:
        import hcl2
    except ImportError:
        raise Malformed(INSTALL) from None
    try:
        return _block(hcl2.parses_to_tree(text if text.endswith("\n") else text + "\n"))
    except RecursionError:
        raise
    except Exception as error:  # noqa: BLE001 - lark's errors have no common base that python-hcl2 exports
        line = getattr(error, "line", None)
        raise Malformed("is not valid HCL", line if isinstance(line, int) and line > 0 else None) from None


def _block(tree: Any) -> Block:
    """A `block` or `start` node; names are tokens and trees as lark made them."""
    children = [one for one in tree.children if one is not None]
    body = next((one for one in children if _rule(one) == "body"), None)
    heads = children[: children.index(body)] if body is not None else children
    labels = [_flat(one) for one in heads if _rule(one) in ("identifier", "string", "string_lit")]
    values, blocks = {}, []
    for one in body.children if body is not None else ():
        if _rule(one) == "block":
            blocks.append(_block(one))
        elif _rule(one) == "attribute":
            parts = [part for part in one.children if _rule(part)]
            values[_flat(parts[0])] = Seen(_value(parts[-1]), one.meta.line)
    kind = labels.pop(0) if labels and _rule(tree) == "block" else ""
    return Block(kind, tuple(labels), getattr(tree.meta, "line", 1), values, tuple(blocks))


def _rule(node: Any) -> str:
    return str(getattr(node, "data", ""))


def _flat(node: Any) -> str:
    """All tokens below a node as one text, without the quotes of a string."""
    found, stack = [], [node]
    while stack:
        one = stack.pop()
        if hasattr(one, "children"):
            stack += reversed([child for child in one.children if child is not None])
        else:
            found.append(str(one))
    return "".join(found).strip().strip('"')


def _value(node: Any) -> str:
    flat = _flat(node)
    here = _HEREDOC.fullmatch(flat)
    return " ".join((here[2] if here else flat).split())


def _model(one: Block) -> ThreatModel:
    diagrams = one.deep("data_flow_diagram", "data_flow_diagram_v2")
    flows = [Seen(flow.name, flow.line) for diagram in diagrams for flow in diagram.deep("flow")]
    zones = [Seen(zone.name, zone.line) for diagram in diagrams for zone in diagram.deep("trust_zone")]
    zones += [
        Seen(element.word("trust_zone"), element.line)
        for diagram in diagrams
        for element in diagram.deep("process", "data_store", "external_element")
        if element.word("trust_zone")
    ]
    stated = _dates(one)
    return ThreatModel(
        Format.THREATCL,
        one.name,
        one.line,
        scope=one.values.get("description"),
        assets=tuple(Seen(asset.name, asset.line) for asset in one.all("information_asset")),
        boundaries=tuple(zones),
        flows=tuple(flows) or tuple(Seen(diagram.name or diagram.type, diagram.line) for diagram in diagrams),
        assumptions=tuple(
            Seen(b.word("description") or b.name, b.line) for b in one.all("usecase", "third_party_dependency")
        ),
        out_of_scope=tuple(Seen(b.word("description") or b.name, b.line) for b in one.all("exclusion")),
        threats=tuple(_threat(threat) for threat in one.all("threat")),
        owner=one.values.get("author"),
        reviewed=stated,
        links=tuple(filter(None, [one.values.get("link")])),
    )


def _dates(one: Block) -> Reviewed | None:
    for key in ("reviewed_at", "updated_at", "created_at"):
        if key in one.values:
            value = one.values[key]
            return Reviewed(value.text, value.line, key, dates.read(value.text).day)
    for attribute in one.deep("additional_attribute", "attribute"):
        if re.search("review", attribute.name, re.IGNORECASE) and "value" in attribute.values:
            value = attribute.values["value"]
            return Reviewed(value.text, value.line, attribute.name, dates.read(value.text).day)
    return None


def _threat(one: Block) -> Threat:
    controls = one.all("control", "expanded_control", "proposed_control")
    said = [
        one.word("control"),
        *(" ".join(filter(None, (c.name, c.word("description"), c.word("implementation_notes")))) for c in controls),
    ]
    mitigation = " ".join(filter(None, said))
    text = one.word("description")
    risk = next(iter(one.all("risk")), None)
    notes = " ".join(value.text for value in risk.values.values()) if risk else ""
    return Threat(
        one.name,
        (one.name or text[:80]).replace("_", " "),
        one.line,
        text,
        one.word("stride").strip("[]").replace('"', ""),
        _severity(risk, one),
        mitigation,
        _status(one, controls),
        ticket(mitigation, text, notes),
        one.word("information_asset_refs").strip("[]").replace('"', ""),
    )


def _severity(risk: Block | None, one: Block) -> Severity:
    """As written, or by likelihood and impact: the lower one holds the other down."""
    if risk is None:
        return severity(one.word("severity"))
    if risk.word("severity"):
        return severity(risk.word("severity"))
    ranks = [Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL]
    both = [severity(risk.word(key)) for key in ("likelihood", "impact")]
    if Severity.UNKNOWN in both:
        return Severity.UNKNOWN
    likelihood, impact = map(ranks.index, both)
    return ranks[min(3, (likelihood + impact + 1) // 2)]


def _status(one: Block, controls: list[Block]) -> Status:
    """`implemented` of the controls: all of them, or the threat is open. An old control in words says no status."""
    done = [
        c.word("implemented") == "true" for c in controls if "implemented" in c.values or c.type == "proposed_control"
    ]
    if done:
        return Status.MITIGATED if all(done) else Status.OPEN
    return status(one.word("status", "treatment"))
