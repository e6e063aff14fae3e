"""Threagile: the YAML model, its risk tracking, and the risks that the tool wrote beside it.

Sources: Threagile's schema and its commented example; enumerations changed between versions, so none is held against
a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.nodes import Entries
from sscop.artefacts.threat_models.model import (
    Format,
    Reviewed,
    Seen,
    Threat,
    ThreatModel,
    severity,
    status,
    ticket,
)
from sscop.artefacts.threat_models.tree import dated, line_of, load_json, named, rows, seen, word
from sscop.repository import Malformed


def read(root: Entries) -> Iterator[ThreatModel]:
    """The model, where the tree has a Threagile version, or both kinds of its assets."""
    if "threagile_version" not in root and not root.keys() >= {"data_assets", "technical_assets"}:
        return
    technical = rows(root.get("technical_assets"))
    beyond = [
        Seen(f"{name}: {word(one, 'justification_out_of_scope')}", one.line)
        for name, one in technical
        if word(one, "out_of_scope").lower() in ("true", "yes")
    ]
    overviews = [
        seen(one, "description")
        for key in ("technical_overview", "business_overview")
        for one in [root.get(key)]
        if isinstance(one, Entries)
    ]
    flows = [link for _, one in technical for link in named(one.get("communication_links"))]
    author = root.get("author")
    tracked = rows(root.get("risk_tracking"))
    yield ThreatModel(
        Format.THREAGILE,
        word(root, "title"),
        scope=next(filter(None, overviews), None)
        or seen(root, "application_description", "management_summary_comment"),
        assets=named(root.get("data_assets")) + named(root.get("technical_assets")),
        boundaries=named(root.get("trust_boundaries")),
        flows=tuple(flows),
        assumptions=_answers(root.get("questions")),
        out_of_scope=tuple(beyond),
        threats=(*_tracked(tracked), *_individual(root), *_abuse(root)),
        owner=seen(author, "name") if isinstance(author, Entries) else seen(root, "author"),
        reviewed=_latest([dated(root, "date"), *(dated(one, "date") for _, one in tracked)]),
        computes=True,
    )


def read_risks(text: str) -> tuple[Threat, ...]:
    """The risks of a `risks.json` as the tool writes it. Raises Malformed when it is something else."""
    root = load_json(text)
    found = rows(root)
    if not isinstance(root, list) or (
        root and not any("synthetic_id" in one or "risk_status" in one for _, one in found)
    ):
        raise Malformed("is no list of Threagile's risks", 1)
    return tuple(
        Threat(
            word(one, "synthetic_id"),
            _unmarked(word(one, "title")) or word(one, "category"),
            one.line,
            category=word(one, "category"),
            severity=severity(word(one, "severity")),
            status=status(word(one, "risk_status")),
            element=word(one, "most_relevant_technical_asset"),
            where=f"[{n}]",
            generated=word(one, "risk_status") in ("", "unchecked"),
        )
        for n, (_, one) in enumerate(found)
    )


def _tracked(tracked: list[tuple[str, Entries]]) -> Iterator[Threat]:
    for name, one in tracked:
        why = word(one, "justification")
        category, _, element = name.partition("@")
        yield Threat(
            name,
            " at ".join(filter(None, (category.replace("-", " "), element.replace("@", " ").strip()))),
            line_of(one, 1),
            mitigation=why,
            status=status(word(one, "status")),
            reference=word(one, "ticket") or ticket(why),
            element=element.replace("@", " "),
            category=category,
        )


def _individual(root: Entries) -> Iterator[Threat]:
    for key in ("individual_risk_categories", "custom_risk_categories"):
        for category, one in rows(root.get(key)):
            for name, risk in rows(one.get("risks_identified")):
                mitigation = word(one, "mitigation", "action")
                yield Threat(
                    word(one, "id"),
                    name or category,
                    risk.line,
                    word(one, "description"),
                    word(one, "stride") or category,
                    severity(word(risk, "severity")),
                    mitigation,
                    element=word(risk, "most_relevant_technical_asset", "most_relevant_data_asset"),
                    reference=ticket(mitigation),
                )


def _abuse(root: Entries) -> Iterator[Threat]:
    cases = root.get("abuse_cases")
    for name in cases if isinstance(cases, Entries) else ():
        yield Threat("", name, line_of(name, 1), word(cases, name), "abuse case")


def _answers(node: object) -> tuple[Seen, ...]:
    """The questions that have an answer."""
    if not isinstance(node, Entries):
        return ()
    return tuple(Seen(f"{name}: {word(node, name)}", line_of(name, node.line)) for name in node if word(node, name))


def _latest(found: list[Reviewed | None]) -> Reviewed | None:
    real = [one for one in found if one and one.day]
    return (
        max(real, key=lambda one: one.day.isoformat() if one.day else "") if real else next(filter(None, found), None)
    )


def _unmarked(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")
