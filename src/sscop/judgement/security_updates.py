"""Do security updates come out within the stated limits, as far as advisories, tags and change logs tell?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sscop.artefacts.advisories.model import Advisory
from sscop.artefacts.changelogs import Logged
from sscop.artefacts.fix_limits import ANY, Limit, Limits
from sscop.artefacts.lifecycle.words import numbers_of
from sscop.artefacts.severities import SEVERITIES
from sscop.judgement.lifecycles import Release
from sscop.judgement.problems import SHOWN, count
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet

FIX = "state how soon a vulnerability is fixed: critical within 7 days, high within 30, others within 90"


class Occasion(NamedTuple):
    """A vulnerability with the day of its fix, and from where that day is known; None where it is not fixed."""

    advisory: Advisory
    fixed: date | None
    where: str


def occasions(found: Sequence[Advisory], releases: Sequence[Release]) -> list[Occasion]:
    """The advisories whose times can be told: by their own days, else by the release of the first fixed version."""
    days = {one.version: one for one in releases}
    made = []
    for one in found:
        fixed, where = one.fixed, "as it states"
        if fixed is None:
            known = [days[numbers] for said in one.versions if (numbers := numbers_of(said)) in days]
            first = min(known, key=lambda each: each.day, default=None)
            fixed, where = (first.day, f"release {first.name}") if first else (None, "")
        if one.known and (fixed or one.reported):
            made.append(Occasion(one, fixed, where))
    return made


def judged(
    limits: Limits, seen: Sequence[Occasion], logged: Sequence[Logged], today: date, since: date | None
) -> Iterator[Finding]:
    """The findings: limits against occasions. `since`: the day since which, as declared, there was none."""
    yield from (one.finding() for one in limits.unread)
    releases = [one for one in logged if one.security]
    if since is not None:
        later = list(_contradicting(seen, releases, since))
        yield from later[:5]
        if not later:
            return
    if not limits.limits:
        yield from _unlimited(limits, seen)
        return
    yield from _differing(limits.limits)
    stated = _stated(limits.limits)
    late = [finding for one in seen if (finding := _late(one, limits, today))]
    yield from late
    measured = [one for one in seen if one.fixed and one.advisory.known and limits.of(one.advisory.severity or ANY)]
    if late:
        return
    if measured:
        places = [Evidence(one.advisory.path, one.advisory.line, _took(one)) for one in measured[:SHOWN]]
        said = f"{count(len(measured), 'vulnerability', 'vulnerabilities')} fixed within the stated limits ({stated})"
        yield met("in-time", said, *places, *_places(limits.limits))
        return
    said = f"states limits ({stated}), and found no vulnerability with its days to hold against them"
    fix = (
        "keep advisories with the day of the report and of the fix (OSV, CSAF, a table), or declare `no-occasion-since`"
    )
    if releases:
        last = releases[0]
        said += f"; a change log names security fixes, such as {last.version}, without the day of the report"
        extra = [Evidence(one.path, one.security[0][0], one.security[0][1]) for one in releases[:5]]
        yield unknown("not-measured", said, *_places(limits.limits), *extra, fix=fix)
    else:
        yield unknown("no-occasion-seen", said, *_places(limits.limits), fix=fix)


def _differing(limits: Sequence[Limit]) -> Iterator[Finding]:
    """Advice where two texts state other limits for the same severity: the first such pair."""
    for severity in SEVERITIES:
        stated: dict[str, list[Limit]] = {}
        for one in limits:
            if one.severity == severity:
                stated.setdefault(one.path, []).append(one)
        first, *others = [*stated.values()] or [[]]
        other = next((held for held in others if not {one.days for one in held} & {one.days for one in first}), None)
        if other:
            said = f"{severity} vulnerabilities have {_days(first[0].days)} here, and {_days(other[0].days)} elsewhere"
            fix = "keep one statement of the limits, and point to it from the other places"
            yield unmet("limits-differ", said, *_places([first[0], other[0]]), kind=Kind.ADVICE, key=severity, fix=fix)
            return


def _places(limits: Sequence[Limit]) -> list[Evidence]:
    return [Evidence(one.path, one.line, f"{one.severity}: {_days(one.days)}") for one in limits[:8]]


def _stated(limits: Sequence[Limit]) -> str:
    named: dict[str, Limit] = {}
    for one in limits:
        named.setdefault(one.severity, one)
    return ", ".join(
        f"{'any' if name == ANY else name} within {_days(one.days)}" for name, one in list(named.items())[:4]
    )


def _days(days: float) -> str:
    return count(round(days), "day") if days >= 1 else count(round(days * 24), "hour")


def _took(one: Occasion) -> str:
    begun = one.advisory.known
    if begun is None or one.fixed is None:
        return one.advisory.id
    if one.fixed <= begun:
        return f"{one.advisory.id}: fixed by {one.fixed} ({one.where}), when it became known"
    return f"{one.advisory.id}: {count((one.fixed - begun).days, 'day')} ({one.where})"


def _late(one: Occasion, limits: Limits, today: date) -> Finding | None:
    begun, limit = one.advisory.known, limits.of(one.advisory.severity or ANY)
    if begun is None or limit is None:
        return None
    due = begun + timedelta(days=limit.calendar)
    here = Evidence(one.advisory.path, one.advisory.line, date=str(one.fixed) if one.fixed else None)
    rule = Evidence(limit.path, limit.line, limit.text[:100])
    severe = f" ({one.advisory.severity})" if one.advisory.severity else ""
    if one.fixed is None:
        if today <= due:
            return None
        said = f"{one.advisory.id}{severe} has been known since {begun}; a fix was due by {due}, and none is named"
        return unmet(
            "not-fixed",
            said,
            here,
            rule,
            because=Because.CONTRADICTED,
            key=one.advisory.id,
            fix="release the fix, and note its day",
        )
    if one.fixed <= due:
        return None
    days = (one.fixed - begun).days
    took = f"{count(days, 'day')} ({begun} to {one.fixed})"
    said = f"{one.advisory.id}{severe} was fixed after {took}; the limit is {_days(limit.days)}"
    fix = "find out why, and shorten the way to a release; or state limits that can be kept"
    return unmet("late", said, here, rule, because=Because.CONTRADICTED, key=one.advisory.id, fix=fix)


def _contradicting(seen: Sequence[Occasion], releases: Sequence[Logged], since: date) -> Iterator[Finding]:
    fix = "take `no-occasion-since` away, or name a later day"
    for one in seen:
        if one.advisory.known and one.advisory.known > since:
            said = f"{one.advisory.id} is of {one.advisory.known}, and no occasion is declared since {since}"
            yield unmet(
                "occasion",
                said,
                Evidence(one.advisory.path, one.advisory.line),
                because=Because.CONTRADICTED,
                key=one.advisory.id,
                fix=fix,
            )
    for logged in releases:
        if logged.day and logged.day > since:
            said = f"{logged.version} of {logged.day} has a security fix, and no occasion is declared since {since}"
            yield unmet(
                "occasion",
                said,
                Evidence(logged.path, logged.security[0][0]),
                because=Because.CONTRADICTED,
                key=logged.version,
                fix=fix,
            )


def _unlimited(limits: Limits, seen: Sequence[Occasion]) -> Iterator[Finding]:
    if limits.template:
        path, line, reason = limits.template
        yield unmet("template", f"the time limits are those of a template: {reason}", Evidence(path, line), fix=FIX)
    elif limits.vague:
        places = [Evidence(path, line, text[:100]) for path, line, text in limits.vague[:5]]
        yield unmet("no-limit", "promises security fixes, and not within which time", *places, fix=FIX)
    elif not limits.unread:
        yield unmet("no-limits", "found no time limit for fixing vulnerabilities", because=Because.ABSENT, fix=FIX)
    if seen:
        places = [Evidence(one.advisory.path, one.advisory.line, _took(one)) for one in seen[:5]]
        said = (
            f"{count(len(seen), 'vulnerability', 'vulnerabilities')} with days seen, and no limit to hold them against"
        )
        yield unmet("nothing-to-hold-against", said, *places, kind=Kind.ADVICE, fix=FIX)
