"""Does a published policy say how often updates come and how to apply them?"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.update_policies import APPLY, CADENCE, NUMBERING, SECURITY, TOLD, Updates
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet

FIX = "say in a section or file how often updates come, and how to apply one"
_WANTED = {
    CADENCE: "how often updates come",
    APPLY: "how to apply an update",
    SECURITY: "what is different for security updates",
    TOLD: "how customers learn of an update, or that it is applied by itself",
    NUMBERING: "what a version's number means",
}
_ADVICE = {
    SECURITY: "say that security updates come apart from features, for which versions, and how fast",
    TOLD: "say where updates are announced, and whether they can be applied automatically",
    NUMBERING: "say by which scheme versions are numbered, so that customers know which update is safe to take",
}


def judged(found: Updates, changelog: str) -> Iterator[Finding]:
    """One finding for the policy, and advice for what it leaves out. `changelog`: the path of one, or ""."""
    yield from (one.finding() for one in found.unread)
    seen = [one for name in _WANTED if (one := found.first(name))]
    places = [Evidence(one.path, one.line, f"{_WANTED[one.name]}: {one.text[:100]}") for one in seen]
    often, apply = found.first(CADENCE), found.first(APPLY)
    if often and apply:
        yield met("policy", "says how often updates come and how to apply them", *places)
        for name, fix in _ADVICE.items():
            if found.first(name) is None:
                message = f"not seen: {_WANTED[name]}"
                yield unmet("not-said", message, Evidence(often.path, often.line), kind=Kind.ADVICE, key=name, fix=fix)
    elif elsewhere := _elsewhere(found, bool(often), bool(apply)):
        yield elsewhere
    elif often or apply:
        missing = APPLY if often else CADENCE
        has = CADENCE if often else APPLY
        message = f"says {_WANTED[has]}; found nothing that says {_WANTED[missing]}"
        yield unmet(
            "half-policy",
            message,
            *sorted(places, key=lambda one: _WANTED[has] not in one.note),
            key=missing,
            fix=_fix(missing),
        )
    elif places:
        message = (
            "says "
            + " and ".join(_WANTED[one.name] for one in seen)
            + "; found neither how often updates come nor how to apply them"
        )
        yield unmet("no-policy", message, *places, key="partial", fix=FIX)
    elif found.templates:
        path, reason = found.templates[0]
        yield unmet("template", f"the policy on updates is a template still: {reason}", Evidence(path, 1), fix=FIX)
    elif not found.unread:
        tail = f"; {changelog} says what changed, which is no policy" if changelog else ""
        yield unmet("no-policy", f"found no policy on updates{tail}", because=Because.ABSENT, fix=FIX)


def _elsewhere(found: Updates, often: bool, apply: bool) -> Finding | None:
    """What is missing here and said to stand at an address: that is not looked at."""
    named = {one.name: one for one in reversed(found.elsewhere)}
    missing = [name for name, seen in ((CADENCE, often), (APPLY, apply)) if not seen]
    if not all(name in named for name in missing):
        return None
    places = [Evidence(named[name].path, named[name].line, named[name].text) for name in missing]
    said = " and ".join(_WANTED[name] for name in missing)
    message = f"{said}: said to stand elsewhere, where this does not look: {places[0].note[:120]}"
    fix = "say it in this repository too, or declare the claim with that address as its record"
    return unknown("elsewhere", message, *places, fix=fix)


def _fix(missing: str) -> str:
    if missing == CADENCE:
        return "say how often updates come (monthly, every 6 weeks, when needed), and security updates apart"
    return "say how to apply an update: the command or the steps, what to save first, what to check after"
