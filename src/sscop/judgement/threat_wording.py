"""Findings about threat models: what a good one holds and lacks, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.threat_models import Found
from sscop.judgement.threat_model import Judged, note
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet

SHOWN = 50
"""Threats and places listed in a finding's evidence."""


def standing(one: Judged) -> Iterator[Finding]:
    """A model that counts, with its threats as evidence, and advice on what was not seen in it."""
    path, place = one.model.path, Evidence(one.model.path, one.line, one.model.format.value)
    threats = [Evidence(path, threat.line, note(threat)) for threat in one.threats[:SHOWN]]
    more = f"; the first {SHOWN} are listed" if len(one.threats) > SHOWN else ""
    yield met(
        one.level.name.lower(), f"threat model with {one.summary}{more}", place, *threats, key=one.model.title[:80]
    )
    if one.missing:
        lacks = f"not seen in the threat model: {'; '.join(one.missing)}"
        yield unmet("missing-elements", lacks, place, kind=Kind.ADVICE)
    if one.undecided:
        places = [Evidence(path, threat.line, note(threat)) for threat in one.undecided[:SHOWN]]
        said = f"high threats that are open without a ticket or an acceptance: {len(one.undecided)}"
        yield unmet("high-open", said, *places, kind=Kind.ADVICE)


def none(found: Found, judged: Sequence[Judged], others: frozenset[str]) -> Iterator[Finding]:
    """Why there is no model that counts: others' models, a stub, kept elsewhere, unreadable, or none at all."""
    aside = [f"{path} ({reason})" for path, reason in found.aside]
    counted = f"; not counted: {'; '.join(aside[:3])}{f' and {len(aside) - 3} more' if len(aside) > 3 else ''}"
    if others:
        said = f"the threat models found say that they are about other products: {len(others)}"
        yield unmet("other-products", said, *map(Evidence, sorted(others)[:SHOWN]))
    elif judged:
        best = judged[0]
        if best.model.elsewhere:
            there = best.model.elsewhere
            says = f"says that the threat model is kept at {there.text[:200]}, which is not looked at"
            yield unknown("kept-elsewhere", says, Evidence(best.model.path, there.line))
            return
        place = Evidence(best.model.path, best.line, best.model.format.value, best.model.end_line)
        more = [Evidence(one.model.path, one.line, one.reason) for one in judged[1:SHOWN]]
        yield unmet("stub", f"found a threat model that is not enough: {best.reason}", place, *more)
    elif not found.unread:
        how = (
            "write docs/threat-model.md: five threats of this product, each with its answer; an hour is enough to begin"
        )
        yield unmet("absent", f"found no threat model{counted if aside else ''}", because=Because.ABSENT, fix=how)
