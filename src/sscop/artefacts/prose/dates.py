"""Strict dates: what a text says, or that it says none, an impossible one, or one with two readings. Never a guess.

`read` takes a value (a cell, a front matter scalar), `find` all dates of running text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from enum import Enum

from sscop.lazy import NamedTuple, lazily


class Kind(Enum):
    """What a text says about a day."""

    DATE = "date"
    MONTH = "month"
    """A month without a day: from its first to its last."""
    YEAR = "year"
    """A year alone, only where it is the whole value."""
    AMBIGUOUS = "ambiguous"
    """`05/06/2023`: day first or month first; `first` and `last` are the two readings, the earlier one first."""
    IMPOSSIBLE = "impossible"
    """`31/06/2021`: no such day."""
    NONE = "none"
    """`TBD`, `N/A`, a mask such as `YYYY-MM-DD`, or no date at all."""


class When(NamedTuple):
    """What was read. `first` and `last` are equal for a date and None where there is none."""

    kind: Kind
    text: str
    first: date | None = None
    last: date | None = None
    offset: int = 0

    @property
    def day(self) -> date | None:
        """The day, where there is just one."""
        return self.first if self.kind is Kind.DATE else None


NO_DATE = lazily(
    r"(?:tb[acd]|n/?a|none|never|unknown|pending|best effort|to be (?:defined|decided|confirmed|announced)"
    r"|current|ongoing|not (?:yet|applicable|set|reviewed).*|true|false|null|nil|~|-+|\u2013|\u2014|\?+|)",
    re.IGNORECASE,
)
"""Values that say that there is no date."""

_MONTHS = {
    name: n
    for n, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_NAME = r"(?P<{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ORD = r"(?:st|nd|rd|th)?\b"
_TIME = r"(?:[Tt ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?:\s?(?:[Zz]|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"

_FORMS = [
    rf"(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?!\d){_TIME}",
    r"(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<y2>\d{4}|\d{2})(?![\d.])",
    rf"(?P<d3>\d{{1,2}}){_ORD}(?:\s+of)?[\s-]{{1,3}}{_NAME.format('n3')},?[\s-]{{1,3}}'?(?P<y3>\d{{4}})",
    rf"{_NAME.format('n4')}[\s-]{{1,3}}(?P<d4>\d{{1,2}}){_ORD},?\s{{1,3}}(?P<y4>\d{{4}})",
    rf"(?P<y8>\d{{4}})[\s-]{{1,3}}{_NAME.format('n8')}[\s-]{{1,3}}(?P<d8>\d{{1,2}}){_ORD}",
    rf"{_NAME.format('n5')}\s?,?[\s-]{{1,3}}'?(?P<y5>\d{{4}})",
    r"(?P<y6>\d{4})-(?P<m6>\d{2})(?![-\d/.])",
    r"(?P<m7>\d{1,2})/(?P<y7>\d{4})(?![-\d/.])",
]
_ANY = lazily(r"(?<![\w./-])(?:" + "|".join(_FORMS) + r")(?!\w)", re.IGNORECASE)
_EPOCH = lazily(r"\d{9,10}|\d{13}")
_COMPACT = lazily(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_YEAR = lazily(r"(?:19|20|21)\d\d")
_NOISE = lazily(r"[`*\"~\u2248]|<[^<>]*>")


def read(value: str) -> When:
    """The date that a value says; the first one where it says several."""
    text = _NOISE.sub("", value).strip().strip("()[]").strip()
    if NO_DATE.fullmatch(text):
        return When(Kind.NONE, text)
    if _EPOCH.fullmatch(text):
        seconds = int(text) // (1000 if len(text) == 13 else 1)
        day = (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)).date()
        return When(Kind.DATE, text, day, day)
    if compact := _COMPACT.fullmatch(text):
        return _day(text, *map(int, compact.groups()))
    if _YEAR.fullmatch(text):
        return When(Kind.YEAR, text, date(int(text), 1, 1), date(int(text), 12, 31))
    return next(find(text), When(Kind.NONE, text))


def find(text: str) -> Iterator[When]:
    """The dates of a running text with their offsets; impossible and ambiguous ones too."""
    if not any(map(str.isdigit, text)):
        return
    for match in _ANY.finditer(text):
        yield _made(match)._replace(offset=match.start())


def _made(match: re.Match[str]) -> When:
    part, said = match.groupdict(), match[0]
    if part["y1"]:
        return _day(said, int(part["y1"]), int(part["m1"]), int(part["d1"]))
    if part["a"]:
        return _either(said, int(part["a"]), int(part["b"]), _full(part["y2"]), dotted=part["s2"] == ".")
    for n in "348":
        if part[f"y{n}"]:
            return _day(said, int(part[f"y{n}"]), _MONTHS[part[f"n{n}"].lower()], int(part[f"d{n}"]))
    if part["y5"]:
        return _month(said, int(part["y5"]), _MONTHS[part["n5"].lower()])
    return _month(said, int(part["y6"] or part["y7"]), int(part["m6"] or part["m7"]))


def _either(said: str, a: int, b: int, year: int, *, dotted: bool) -> When:
    """Two numbers and a year: day first where it can only be so or dots part them, month first where only that."""
    if dotted or a > 12:
        return _day(said, year, b, a)
    if b > 12:
        return _day(said, year, a, b)
    if a == b:
        return _day(said, year, a, b)
    one, other = _day(said, year, b, a), _day(said, year, a, b)
    if one.first is None or other.first is None:
        return one if one.first else other
    return When(Kind.AMBIGUOUS, said, min(one.first, other.first), max(one.first, other.first))


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day(said: str, year: int, month: int, day: int) -> When:
    try:
        found = date(year, month, day)
    except ValueError:
        return When(Kind.IMPOSSIBLE, said)
    return When(Kind.DATE, said, found, found)


def _month(said: str, year: int, month: int) -> When:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return When(Kind.IMPOSSIBLE, said)
    return When(Kind.MONTH, said, date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def months_before(day: date, months: int) -> date:
    """The day that many calendar months earlier; the month's last day where it has no such one."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """The day that many calendar months later; the month's last day where it has no such one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
