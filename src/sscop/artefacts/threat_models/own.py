"""Lists of threats in JSON or YAML of a team's own shape: a mapping with `threats`, each with a name and an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Entries
from sscop.artefacts.threat_models.model import Format, Seen, Status, Threat, ThreatModel, severity, status, ticket
from sscop.artefacts.threat_models.tree import dated, line_of, named, part, rows, word, words
from sscop.lazy import lazily

_LISTS = ("threats", "threat_scenarios", "threatScenarios", "stride_threats", "threat_list", "threatModel")
_NAMES = ("title", "name", "threat", "summary", "scenario", "description", "statement")
_ANSWER = lazily(r"mitigat|control|countermeasure|treatment|response|remediat|safeguard", re.IGNORECASE)
_RATED = {"status", "severity", "risk", "stride"}
_ABOUT = ("system_info", "metadata", "summary", "project", "system", "info", "scope", "model", "applicationInfo")


def read(root: Entries) -> Iterator[ThreatModel]:
    """The model, where most of the threats have a name and an answer or a status."""
    if "$defs" in root or "properties" in root or "definitions" in root:
        return  # a schema
    key = next((key for key in _LISTS if rows(root.get(key))), "")
    found = rows(root.get(key))
    answered = [one for _, one in found if any(_ANSWER.search(key) or key in _RATED for key in one)]
    if not found or len(answered) * 2 < len(found):
        return
    abouts = [one for name in _ABOUT if isinstance(one := root.get(name), Entries)]
    places = [root, *abouts]
    linked = _linked(root)
    yield ThreatModel(
        Format.LIST,
        next(filter(None, (word(one, "title", "name", "system_name") for one in places)), ""),
        scope=_first(places, "description", "scope", "overview"),
        assets=_any(root, "assets", "components", "data_assets", "data_stores", "actors"),
        boundaries=_any(root, "trust_boundaries", "trustBoundaries", "trust_zones", "boundaries"),
        flows=_any(root, "data_flows", "dataFlows", "dataflows", "flows", "entry_points"),
        assumptions=_any(root, "assumptions"),
        out_of_scope=_any(root, "out_of_scope", "outOfScope", "exclusions", "non_goals"),
        threats=tuple(_threat(name, one, f"{key}[{n}]", linked) for n, (name, one) in enumerate(found)),
        owner=_first(places, "owner", "owners", "author", "authors", "team", "maintainer"),
        reviewed=next(filter(None, (dated(one, *_DATES) for one in places)), None),
        covers=tuple(Seen(path, line_of(path, root.line)) for path in words(part(root, "covers"))),
    )


_DATES = (
    "reviewed",
    "last_reviewed",
    "lastReviewed",
    "reviewed_at",
    "review_date",
    "updated",
    "last_updated",
    "lastUpdated",
    "date",
)


def _first(places: list[Entries], *keys: str) -> Seen | None:
    for one in places:
        for key in keys:
            texts = words(one.get(key))
            if texts:
                return Seen(texts[0], line_of(one.get(key), one.line))
    return None


def _any(root: Entries, *keys: str) -> tuple[Seen, ...]:
    return next(filter(None, (named(root.get(key)) for key in keys)), ())


def _linked(root: Entries) -> dict[str, list[str]]:
    """The mitigations of each threat by its id, where they have lists of their own (AWS Threat Composer)."""
    known = {word(one, "id"): word(one, "content", "description", "title") for _, one in rows(root.get("mitigations"))}
    found: dict[str, list[str]] = {}
    for _, link in rows(root.get("mitigationLinks")):
        found.setdefault(word(link, "linkedId"), []).append(known.get(word(link, "mitigationId"), ""))
    return found


def _threat(name: str, one: Entries, where: str, linked: dict[str, list[str]]) -> Threat:
    answers = [" ".join(_all(one.get(key))) for key in one if _ANSWER.search(key)] + linked.get(word(one, "id"), [])
    more = {word(extra, "key"): word(extra, "value") for _, extra in rows(one.get("metadata"))}
    decided = status(word(one, "status", "state"))
    states = {
        status(word(answer, "status", "state"))
        for key in one
        if _ANSWER.search(key)
        for _, answer in rows(one.get(key))
    }
    if decided is Status.UNKNOWN and states:
        decided = states.pop() if len(states) == 1 else Status.OPEN if Status.OPEN in states else Status.UNKNOWN
    mitigation = " ".join(filter(None, answers))
    text = word(one, "description", "statement", "impact", "details")
    risk = one.get("risk")
    return Threat(
        word(one, "id", "key", "threat_id", "ref") or name,
        word(one, *_NAMES) or name,
        one.line,
        text,
        ", ".join(words(one.get("stride") or one.get("category") or one.get("type"))),
        severity(
            word(one, "severity", "priority", "risk_level", "risk", "rating", "level")
            or word(risk, "level", "severity", "rating")
            or more.get("Priority", "")
        ),
        mitigation,
        decided,
        ticket(word(one, "ticket", "issue", "reference"), mitigation, text),
        ", ".join(
            words(
                one.get("component")
                or one.get("components")
                or one.get("asset")
                or one.get("assets")
                or one.get("target")
            )
        ),
        where,
    )


def _all(node: object) -> list[str]:
    """The texts of an answer, which may be a text, a list, or mappings with a title and a description."""
    if isinstance(node, list):
        return [text for one in node for text in _all(one)]
    if isinstance(node, dict):
        return [text for key in ("id", "title", "name", "description", "status") if (text := word(node, key))]
    return words(node)
