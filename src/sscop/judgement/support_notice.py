"""Do customers get a year's notice before support ends: by each end that is stated, and by what is promised?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sscop.artefacts.lifecycle.announced import Announced
from sscop.artefacts.lifecycle.model import Lifecycle, Line, Rule, RuleKind, State
from sscop.artefacts.lifecycle.words import numbers_of
from sscop.artefacts.prose.dates import months_after, months_before
from sscop.judgement.lifecycles import CODE, is_current, is_dated, named, place
from sscop.judgement.problems import SHOWN, count
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, Outcome, met, unknown, unmet

YEAR = 12
FIX = (
    'publish the end of each version at least a year before it, and say so: "we tell you 12 months before support ends"'
)
Ask = Callable[[Line], "Announced | None"]


class Notice(NamedTuple):
    """A line and when its end was published; None where that could not be told."""

    line: Line
    told: Announced | None

    @property
    def enough(self) -> bool:
        """Whether at least a calendar year lies between: from a day to the same day of the next year."""
        end = self.line.end.day if self.line.end else None
        return self.told is not None and end is not None and months_after(self.told.day, YEAR) <= end


def contradicting(life: Lifecycle, since: date, today: date) -> Iterator[Finding]:
    """The ends that came after the day since which, as declared, there was none."""
    for line in life.lines:
        if line.end and line.end.day and since < line.end.day < today and line.state is not State.COMING:
            said = f"support of {named(line)} ended on {line.end.day}, and no occasion is declared since {since}"
            fix = "take `no-occasion-since` away, or name a later day"
            yield unmet("occasion", said, place(line), because=Because.CONTRADICTED, key=line.name, fix=fix)


def judged(life: Lifecycle, today: date, ask: Ask, quiet: bool) -> Iterator[Finding]:
    """The findings of every end that matters still, and of every promise; `quiet`: that none came is declared."""
    yield from (one.finding() for one in life.unread)
    since_when = max(CODE, months_before(today, YEAR))
    ends = [one for one in life.lines if is_dated(one) and one.end and one.end.day and one.end.day >= since_when]
    ends = [one for one in ends if one.state is not State.COMING]
    notices = _earliest(Notice(one, ask(one)) for one in ends)
    promised = [_promise(one) for one in life.rules]
    said = [one for one in promised if one]
    periods = [one.months or 0 for one in life.rules if one.kind is RuleKind.PERIOD]
    found = [_told(one, today, max(periods, default=0)) for one in notices]
    good = [one for one, finding in zip(notices, found) if finding is None]
    yield from (one for one in found if one and one.outcome is Outcome.UNMET)
    yield from _untold([one for one in found if one and one.outcome is Outcome.UNKNOWN])
    if good:
        yield _good(good)
    yield from _once(said)
    if good and not said:
        message = "found no promise of how long before the end customers are told"
        yield unmet("no-policy", message, place(good[0].line), kind=Kind.ADVICE, fix=FIX)
    if not (notices or said or quiet):
        yield from _nothing(life, today)


def _earliest(found: Iterable[Notice]) -> list[Notice]:
    """One notice for each line and end, however many files state it: the earliest."""
    kept: dict[tuple[str, tuple[int, ...] | str, date | None], Notice] = {}
    for one in found:
        name = numbers_of(one.line.name) or one.line.name.lower()
        key = (one.line.product.lower(), name, one.line.end.day if one.line.end else None)
        other = kept.get(key)
        if other is None or (one.told and (other.told is None or one.told.day < other.told.day)):
            kept[key] = one
    return list(kept.values())


def _told(one: Notice, today: date, period: int) -> Finding | None:
    """What is wrong with the notice of one end; None where it is long enough."""
    line, told = one.line, one.told
    end = line.end.day if line.end else None
    if end is None or one.enough:
        return None
    if period >= YEAR and line.released and months_after(line.released, period) <= end:
        return None  # known since the release, by the stated period
    if told is None:
        said = f"when the end of {named(line)} ({end}) was published could not be told: there is no history here"
        fix = "fetch the whole history (fetch-depth: 0), or state the day (`announced` in lifecycle.yaml)"
        return unknown("no-history", said, place(line), key=line.name, fix=fix)
    days = (end - told.day).days
    how = f"published on {told.day}" if told.declared else f"first stated here on {told.day}"
    left = "less than a year before it" if days > 0 else "not before it"
    at = place(line)._replace(commit=told.commit or None)
    if end < today:
        said = f"support of {named(line)} ended on {end}, which was {how}, {left}"
        return unmet("short-notice", said, at, because=Because.CONTRADICTED, key=line.name, fix=FIX)
    said = f"support of {named(line)} ends on {end}, which was {how}: {count(max(days, 0), 'day')}, {left}"
    fix = f"support it until {months_after(told.day, YEAR)} or later, or {FIX}"
    return unmet("short-notice", said, at, key=line.name, fix=fix)


def _untold(found: list[Finding]) -> Iterator[Finding]:
    """One finding for all lines without a history."""
    if len(found) > 1:
        said = f"when these {len(found)} ends of support were published could not be told: there is no history here"
        places = tuple(place_ for one in found[:SHOWN] for place_ in one.evidence)
        yield found[0]._replace(message=said, evidence=places, key="")
    else:
        yield from found


def _good(good: list[Notice]) -> Finding:
    notes = []
    for one in good[:SHOWN]:
        when = f", told on {one.told.day}" if one.told else ""
        end = one.line.end.day if one.line.end else None
        notes.append(place(one.line)._replace(note=f"{named(one.line)} until {end}{when}"))
    what = count(
        len(good),
        "end of support is stated a year or more before it",
        "ends of support are stated a year or more before",
    )
    return met("year-of-notice", what, *notes)


def _promise(rule: Rule) -> Finding | None:
    """What a promise means for the notice."""
    at = Evidence(rule.path, rule.line, rule.text[:120])
    enough = rule.months is not None and rule.months >= YEAR
    if rule.kind is RuleKind.NOTICE:
        if enough:
            return met("policy", f"promises {rule.months} months' notice before support ends", at)
        said = f"promises {_months(rule)} of notice before support ends, which is less than a year"
        return unmet("short-policy", said, at, key=rule.path, fix=FIX)
    if rule.kind is RuleKind.SUCCESSOR:
        if enough:
            return met("period", f"supports a version for {rule.months} months after the next one", at)
        said = f"supports a version for {_months(rule)} after the next one, so its end is known less than a year before"
        return unmet("short-period", said, at, key=f"{rule.path} next", fix=FIX)
    if rule.kind is RuleKind.PERIOD:
        if enough:
            return met(
                "period", f"supports a version for {rule.months} months from its release, when its end is known", at
            )
        said = f"supports a version for {_months(rule)} only, so no year's notice of its end can be given"
        return unmet("short-period", said, at, key=f"{rule.path} {rule.months}", fix=FIX)
    said = "support of a version ends with the releases that follow it, at no announced day"
    key = "until-next" if rule.kind is RuleKind.UNTIL_NEXT else "latest"
    return unmet("until-next", said, at, key=key, fix=FIX)


def _months(rule: Rule) -> str:
    return count(rule.months or 0, "month") if rule.months else "less than a month"


def _once(said: list[Finding]) -> Iterator[Finding]:
    """One finding for each kind of promise, with its places; what is vague is left out beside what is plain."""
    plain = any(one.code in ("policy", "period") for one in said)  # then "the latest" speaks of what it leaves open
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for one in said:
        if not (plain and one.key == "latest"):
            kinds.setdefault((one.code, one.key), []).append(one)
    for alike in kinds.values():
        yield alike[0]._replace(evidence=tuple(place_ for one in alike[:SHOWN] for place_ in one.evidence))


def _nothing(life: Lifecycle, today: date) -> Iterator[Finding]:
    current = [one for one in life.lines if is_current(one, today)]
    history = [one for one in life.lines if is_dated(one)]
    templates = [one for one in life.sources if one.template]
    if current:
        first = next(one for one in life.sources if any(line in one.lines for line in current))
        said = "says which versions are supported, and nothing of when that ends or how long before customers are told"
        yield unmet("no-dates", said, Evidence(first.path, first.line), fix=FIX)
    elif history:
        last = max(history, key=lambda one: one.end.day if one.end and one.end.day else date.min)
        said = "the ends of support that are stated are past; found no promise for those to come"
        yield unmet("no-policy", said, place(last), fix=FIX)
    elif life.pointers:
        one = life.pointers[0]
        said = f"the ends of support are said to stand elsewhere, where this does not look: {one.target[:120]}"
        fix = "state the policy in this repository too, or declare the claim with that address as its record"
        yield unknown("elsewhere", said, Evidence(one.path, one.line), fix=fix)
    elif templates:
        said = f"the table of supported versions is not filled in: {templates[0].template}"
        yield unmet("starter", said, Evidence(templates[0].path, templates[0].line), fix=FIX)
    elif not life.unread:
        said = "found no end of support, and no promise of how long before it customers are told"
        yield unmet("no-notice", said, because=Because.ABSENT, fix=FIX)
