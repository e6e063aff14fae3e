"""How good a threat model is, from what it says alone: stub, partial or adequate, element by element.

The bar: five threats of this product, each with an answer; what is to be protected; where trust ends or data flows;
what was decided about each threat; what is assumed or left out; who answers for it; when it was reviewed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.templates import placeholder
from sscop.artefacts.threat_models.model import Format, Seen, Severity, Status, Threat, ThreatModel
from sscop.judgement.examples import example_of
from sscop.judgement.specific import is_specific, names_in
from sscop.lazy import NamedTuple, lazily

ENOUGH = 5
"""Threats below which a model is a stub."""


NARRATED = 10
"""Sentences about this product that make a text more than a stub, where its threats are not stated one by one."""


class Level(Enum):
    """How much of a threat model a file is."""

    STUB = 0
    PARTIAL = 1
    ADEQUATE = 2


class Element(NamedTuple):
    """A part that a model should have, and where it was seen."""

    name: str
    line: int
    text: str


class Judged(NamedTuple):
    """A model with its level. `reason` says why it is a stub; `missing` names the parts that were not seen."""

    model: ThreatModel
    level: Level
    reason: str
    line: int
    seen: tuple[Element, ...]
    missing: tuple[str, ...]
    threats: tuple[Threat, ...]
    """Those that say something, boilerplate aside."""
    answered: int
    undecided: tuple[Threat, ...]
    """High threats that are open and name neither a ticket nor an acceptance."""

    @property
    def summary(self) -> str:
        """What the model holds, in figures."""
        counted = Counter(one.status.value for one in self.threats if one.status is not Status.UNKNOWN)
        states = ", ".join(f"{number} {name}" for name, number in sorted(counted.items()))
        return f"{len(self.threats)} threats, {self.answered} with an answer{f' ({states})' if states else ''}"


ONE_BY_ONE = "threats stated one by one, each with its answer"
OWN = "threats that name parts of this product"
ANSWERS = "an answer beside each threat"
DECISIONS = "what was decided about the threats that the tool works out"

_BOILERPLATE = lazily(
    r"provide (?:a description|remediation|mitigation).*|(?:a )?(?:new|generic) (?:\w+ )?threat.*|threat \d+"
    r"|(?:mitigation|prevention|description)(?: or prevention)? (?:for|of) (?:the |this )?(?:threat|mitigation)\b.*"
    r"|(?:tbd|todo|n/?a|none|unknown|\.+|-+|\?+)[.!]?|enter .* here.*|add .* here",
    re.IGNORECASE | re.DOTALL,
)

_UNDATED = {Format.DRAGON, Format.OTM, Format.PYTM, Format.TM7}
"""Notations that have no place for a date of review: the file's last change speaks."""
_UNOWNED = {Format.LIBRARY, Format.PYTM}


def judge(model: ThreatModel) -> Judged:
    """The level of one model, with every element seen at its line and every one not seen."""
    threats = _distinct(one for one in model.threats if says(one))
    seen, missing = _elements(model, threats)
    answered = [one for one in threats if is_answered(one)]
    loose = len(model.controls) >= ENOUGH and len(answered) < ENOUGH
    names = names_in(model)
    specific = [one for one in threats if is_specific(one, names, model.format is not Format.PROSE)]
    undecided = tuple(
        one for one in threats if one.severity.is_high and one.status is Status.OPEN and not one.reference
    )
    around = [Threat("", one.text, one.line) for one in (*model.controls, *model.assets, *model.boundaries)]
    beside = sum(is_specific(one, names, False) for one in around)
    wanted = max(3, min(ENOUGH, (len(threats) + 1) // 2))
    is_own = len(specific) >= 2 * ENOUGH or (len(specific) >= wanted and len(specific) * 10 >= len(threats) * 3)
    is_own = is_own or (len(specific) * 2 > ENOUGH and beside >= ENOUGH)
    reason, short = _stub(model, threats, len(threats) if loose else len(answered), specific, is_own)
    level = Level.PARTIAL
    if reason:
        if short and short != OWN and _is_narrated(model, threats, names):
            missing, reason = (short, *missing), ""
        else:
            level = Level.STUB
    else:
        if loose or (ENOUGH <= len(answered) < len(threats) / 2):
            missing = (ANSWERS, *missing)
        elif len(answered) < ENOUGH:
            missing = (DECISIONS, *missing)
        if len(missing) < 2 and not undecided and not loose and len(answered) >= ENOUGH:
            level = Level.ADEQUATE
    return Judged(model, level, reason, model.line, seen, missing, threats, len(answered), undecided)


def is_good(judged: Judged) -> bool:
    """Whether a model is more than a stub."""
    return judged.level is not Level.STUB


def says(threat: Threat) -> bool:
    """Whether a threat says anything that its tool or template did not put there."""
    title = threat.title.strip()
    return bool(title) and not (_is_blank(title) and _is_blank(threat.text)) and not threat.generated


def is_answered(threat: Threat) -> bool:
    """Whether something is said to be done about a threat, or why nothing is."""
    if threat.status in (Status.ACCEPTED, Status.TRANSFERRED, Status.NOT_APPLICABLE):
        return True
    return not _is_blank(threat.mitigation) and (
        len(threat.mitigation.split()) >= 2 or threat.status is Status.MITIGATED
    )


def _is_blank(text: str) -> bool:
    text = text.strip()
    return not text or bool(_BOILERPLATE.fullmatch(text)) or placeholder(text) == text


def _distinct(threats: Iterator[Threat]) -> tuple[Threat, ...]:
    """One for each title, the first with an answer; a list of many elements repeats its library's titles."""
    found: dict[str, Threat] = {}
    for one in threats:
        key = normal((one.text if _is_blank(one.title) else one.title)[:200])
        kept = found.get(key)
        if kept is None or (not is_answered(kept) and is_answered(one)):
            found[key] = one
    return tuple(found.values())


def _elements(model: ThreatModel, threats: Sequence[Threat]) -> tuple[tuple[Element, ...], tuple[str, ...]]:
    decided = [one for one in threats if one.status is not Status.UNKNOWN]
    drawn = model.boundaries or model.flows
    left = model.assumptions or model.out_of_scope
    owner = model.owner if model.owner and not placeholder(model.owner.text) else None
    dated = model.reviewed if model.reviewed and model.reviewed.day else None
    parts: list[tuple[str, Seen | None]] = [
        ("what is to be protected (assets)", model.assets[0] if model.assets else None),
        ("trust boundaries or data flows", drawn[0] if drawn else None),
        (
            "a status for each threat (open, mitigated, accepted)",
            Seen(decided[0].status.value, decided[0].line) if decided and len(decided) * 2 >= len(threats) else None,
        ),
        ("assumptions or what is out of scope", left[0] if left else None),
    ]
    if model.format not in _UNOWNED or owner:
        parts.append(("an owner", owner))
    if model.format not in _UNDATED or dated:
        parts.append(("a review date", Seen(dated.text, dated.line) if dated else None))
    seen = tuple(Element(name, one.line, one.text) for name, one in parts if one)
    return seen, tuple(name for name, one in parts if not one)


def _stub(
    model: ThreatModel, threats: Sequence[Threat], answered: int, specific: Sequence[Threat], is_own: bool
) -> tuple[str, str]:
    """Why a model is no more than a stub, and what a text that reasons otherwise lacks; empty when it is more."""
    if example := example_of(model):
        return f"it is {example}", ""
    if model.template:
        return model.template, ""
    if model.threats and not threats and any(one.generated for one in model.threats):
        return f"its {len(model.threats)} threats are as the tool proposed them: nothing was decided about any", ""
    if len(threats) < ENOUGH:
        if model.computes:
            drawn = _is_drawn(model)
            return "" if drawn else "its tool works the threats out, but little of a system is described in it", ""
        if not threats and (model.assets or model.flows):
            return "it describes the system, but states no threat", ONE_BY_ONE
        return f"it states {_count(len(threats), 'threat')} where at least {ENOUGH} make a model", ONE_BY_ONE
    if not is_own:
        return f"of its {len(threats)} threats {len(specific) or 'none'} name anything of this product", OWN
    if answered < ENOUGH:
        return f"of its {len(threats)} threats only {answered} have an answer", ANSWERS
    said = [
        f"{one.title} {one.text} {one.mitigation}" for one in [one for one in threats if is_answered(one)] or threats
    ]
    length = sorted(len(one.split()) for one in said)[len(said) // 2]
    return ("its threats are lists of words rather than statements", OWN) if length < 7 else ("", "")


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _is_drawn(model: ThreatModel) -> bool:
    """Whether a notation whose tool works out the threats describes enough of a system to do so."""
    thought = model.assumptions or model.out_of_scope or model.threats
    return (
        len(model.assets) >= ENOUGH
        and len(model.flows) >= ENOUGH
        and bool(model.boundaries)
        and bool(model.scope)
        and bool(thought)
    )


def _is_narrated(model: ThreatModel, threats: Sequence[Threat], names: frozenset[str]) -> bool:
    """Whether a text without enough single threats still reasons about this product: its controls, trust, limits."""
    if model.format is not Format.PROSE:
        return False
    left = [*model.out_of_scope, *model.assumptions]
    said = [one.text for one in (*model.controls, *model.boundaries, *left)]
    said += [f"{one.title}. {one.text}" for one in threats]
    sentences = [one for text in said for one in re.split(r"(?<=[.;]) ", text[:4000]) if len(one.split()) >= 6]
    own = sum(is_specific(Threat("", one, 1), names, False) for one in sentences)
    kinds = sum(map(bool, (model.assets, model.boundaries or model.flows, left, model.controls, threats)))
    return (kinds >= 3 and own >= NARRATED) or (kinds >= 2 and own >= 2 * NARRATED)


def note(threat: Threat) -> str:
    """A threat in one line for a list of them: id, title, element, rating and status, and its place in the file."""
    named = " ".join(filter(None, (threat.id[:40], (threat.text if _is_blank(threat.title) else threat.title)[:120])))
    rated = "" if threat.severity is Severity.UNKNOWN else f", {threat.severity.value}"
    about = f" [{threat.element[:60]}]" if threat.element else ""
    return f"{named}{about}{rated}, {threat.status.value}{f' at {threat.where}' if threat.where else ''}"


def ranked(judged: Iterable[Judged]) -> list[Judged]:
    """The models, the best one first: by level, then by parts missing, review and answers."""

    def rank(one: Judged) -> tuple[int, int, str, int, str]:
        day = one.model.reviewed.day if one.model.reviewed else None
        return (one.level.value, -len(one.missing), day.isoformat() if day else "", one.answered, one.model.path)

    return sorted(judged, key=rank, reverse=True)
