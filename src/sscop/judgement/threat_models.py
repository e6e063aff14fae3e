"""Several threat models beside each other: what they say against themselves or another, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.prose.inline import normal
from sscop.artefacts.threat_models.model import Status, Threat, ThreatModel
from sscop.judgement.threat_model import Judged
from sscop.lazy import NamedTuple, lazily

_DONE = lazily(
    r"\W*(?:todo|tbd|not (?:yet )?(?:implemented|done|started|mitigated)|to be (?:done|implemented|decided)"
    r"|unmitigated)\b",
    re.IGNORECASE,
)


class Contradiction(NamedTuple):
    """Something that a model says against itself or against another one."""

    path: str
    line: int
    subject: str
    text: str


def contradictions(judged: Sequence[Judged]) -> Iterator[Contradiction]:
    """Threats called mitigated whose answer says the opposite, and threats that two models decide differently."""
    first: dict[tuple[str, str], tuple[Threat, ThreatModel]] = {}
    for one in judged:
        for threat in one.model.threats:
            label = threat.id or threat.title
            if threat.status is Status.MITIGATED and _DONE.match(threat.mitigation):
                text = f"`{label[:80]}` is called mitigated, but its answer is \u201c{threat.mitigation[:80]}\u201d"
                yield Contradiction(one.model.path, threat.line, label, text)
            key = (threat.id.lower(), normal(threat.title))
            if not threat.id or len(key[1]) < 15 or threat.status not in (Status.OPEN, Status.MITIGATED):
                continue
            other = first.setdefault(key, (threat, one.model))
            if other[1].path != one.model.path and other[0].status is not threat.status:
                there = f"{other[1].path}:{other[0].line}"
                text = f"`{label[:80]}` is {threat.status.value} here and {other[0].status.value} in {there}"
                yield Contradiction(one.model.path, threat.line, label, text)


def elsewhere(models: Sequence[ThreatModel]) -> frozenset[str]:
    """The paths of a collection of other products' models: files of one notation that name several repositories."""
    linked = {one.format: set[str]() for one in models}
    for one in models:
        linked[one.format] |= {link.text.rstrip("/").removesuffix(".git").lower() for link in one.links}
    return frozenset(one.path for one in models if len(linked[one.format]) > 1)
