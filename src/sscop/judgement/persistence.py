"""Whether work that is due again and again was done when it was due, by what each revision stated at its time.

Nothing here looks at a file's present text alone: a day counts from the commit that first states it, and an interval as
it stood when the work was last done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sscop.artefacts.duties import Duty
from sscop.artefacts.prose.dates import months_after
from sscop.lazy import NamedTuple

USUAL = 12
"""Months taken where none are stated."""

DAY = timedelta(days=1)
"""What the clocks of committers may be apart."""

LATE = 31
"""Days after which it is remarked on that something was written down later than it was done."""

Key = tuple[str, str]


class Term(NamedTuple):
    """Something that is excused until a day: a waiver, a debt, a check that is said not to apply."""

    kind: str
    subject: str
    path: str
    line: int
    until: date


class Point(NamedTuple):
    """What one revision states. `bare` are the paths in which it changed nothing but days."""

    commit: str
    day: date
    duties: Mapping[Key, Duty]
    terms: Mapping[Key, Term]
    bare: frozenset[str] = frozenset()


class Done(NamedTuple):
    """A time that a duty was done: its day, the commit that first states it and that commit's day.

    `months` is how long it held: as stated then, or less where less was stated before it was done again. `bare`: that
    commit changed nothing but days.
    """

    day: date
    commit: str
    recorded: date
    months: int
    bare: bool


class Missed(NamedTuple):
    """A day by which a duty was due and not done; `done` is when it was, None where it was not since."""

    due: date
    done: date | None


class Moved(NamedTuple):
    """A commit that lengthened an interval, or put off the end of what is excused."""

    commit: str
    day: date
    before: str
    after: str


class Kept(NamedTuple):
    """A duty over time: as it was last stated; `ended` is the day of the revision that states it no more.

    `coming` are days that it states and that were to come when it did.
    """

    duty: Duty
    stated: bool
    ended: date | None
    done: tuple[Done, ...]
    missed: tuple[Missed, ...]
    moved: tuple[Moved, ...]
    coming: tuple[date, ...] = ()

    @property
    def due(self) -> date | None:
        """When it is due again; None for one that ended, or was never done."""
        return months_after(self.done[-1].day, self.done[-1].months) if self.done and not self.ended else None


class Extended(NamedTuple):
    """What is excused, as last stated, and each time that its end was put off."""

    term: Term
    ended: date | None
    moved: tuple[Moved, ...]


def kept(points: Sequence[Point], since: date, today: date) -> list[Kept]:
    """Each duty over the revisions, oldest first; misses that were made good before `since` are not told."""
    keys = dict.fromkeys(key for point in points for key in point.duties)
    found = [_kept([(point, point.duties.get(key)) for point in points], since, today) for key in keys]
    return sorted(found, key=lambda one: (one.duty.kind, one.duty.subject))


def extended(points: Sequence[Point], since: date) -> list[Extended]:
    """Each excuse that stands, or was put off since a day."""
    keys = dict.fromkeys(key for point in points for key in point.terms)
    found = [_extended([(point, point.terms.get(key)) for point in points], since) for key in keys]
    wanted = (one for one in found if one.moved or not one.ended)
    return sorted(wanted, key=lambda one: (one.term.kind, one.term.subject))


def _kept(states: Sequence[tuple[Point, Duty | None]], since: date, today: date) -> Kept:
    done: dict[date, Done] = {}
    moved: list[Moved] = []
    coming: dict[date, None] = {}
    last: Duty | None = None
    ended = None
    for point, duty in states:
        if duty is None:
            ended = ended or (point.day if last else None)
            continue
        ended = None
        months = duty.months or USUAL
        before = last.months or USUAL if last else months
        if months > before and point.day >= since:
            after = f"{months} months" + ("" if duty.months else " (none stated)")
            moved.append(Moved(point.commit, point.day, f"{before} months", after))
        if done and months < done[max(done)].months:
            done[max(done)] = done[max(done)]._replace(months=months)
        for day in duty.days:
            if day > min(point.day, date.max - DAY) + DAY:
                coming[day] = None
            elif day not in done:
                done[day] = Done(day, point.commit, point.day, months, duty.path in point.bare)
        last = duty
    assert last is not None
    times = tuple(sorted(done.values()))
    until = ended or today
    missed = tuple(one for one in _missed(times, until) if (one.done or until) >= since)
    ahead = tuple(sorted(day for day in coming if day not in done))
    return Kept(last, last.months is not None, ended, times, missed, tuple(moved), ahead)


def _missed(times: Sequence[Done], until: date) -> Iterator[Missed]:
    following = [one.day for one in times[1:]]
    for one, after in zip(times, [*following, None]):
        due = months_after(one.day, one.months)
        if (after or until) > due:
            yield Missed(due, after)


def _extended(states: Sequence[tuple[Point, Term | None]], since: date) -> Extended:
    moved: list[Moved] = []
    last: Term | None = None
    ended = None
    for point, term in states:
        if term is None:
            ended = ended or (point.day if last else None)
            continue
        ended = None
        if last and term.until > last.until and point.day >= since:
            moved.append(Moved(point.commit, point.day, last.until.isoformat(), term.until.isoformat()))
        last = term
    assert last is not None
    return Extended(last, ended, tuple(moved))
