"""What is due and when: reviews and declarations, waivers, debts of the baseline, what is said not to apply.

As text, JSON, or a calendar (RFC 5545) that others subscribe to.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sscop.artefacts.duties import Duty
from sscop.artefacts.prose.dates import months_after
from sscop.config import PATH as CONFIGURATION
from sscop.exceptions import BASELINE, Exceptions
from sscop.judgement.persistence import USUAL
from sscop.lazy import NamedTuple
from sscop.report import Report, Reported
from sscop.repository.text import printable

FORMATS = ("text", "json", "ics")

_NOTHING = Exceptions()


class Due(NamedTuple):
    """Something with a day: what it is, where it stands, what to do."""

    day: date
    kind: str
    what: str
    path: str
    line: int


def due(report: Report, within: int, stated: Exceptions = _NOTHING, recurring: Sequence[Duty] = ()) -> list[Due]:
    """What is overdue on the day of the report, or due within so many days, the first day first.

    `stated` are the exceptions as the repository states them: one that has ended excuses nothing, so that the report
    tells no more of it. `recurring` are the duties that it states beside declarations.
    """
    today = date.fromisoformat(report.run.today)
    until = today + min(timedelta(days=within), date.max - today)
    found = [*_all(report), *_recurring(recurring, today)]
    known = {(one.path, one.line) for one in found}
    found += [one for one in _ended(report, stated) if (one.path, one.line) not in known]
    return sorted(one for one in found if one.day <= until)


def _recurring(duties: Sequence[Duty], today: date) -> Iterator[Due]:
    """The next time of each duty, by its interval; those of declarations are the report's."""
    for one in duties:
        past = [day for day in one.days if day <= today]
        if one.kind == "declaration":
            continue
        if not past:
            what = f"{one.subject} states {one.days[-1]}, which is to come, and no day on which it was done"
            yield Due(today, one.kind, what, one.path, one.line)
        else:
            day = months_after(past[-1], one.months or USUAL)
            yield Due(day, one.kind, f"due again for {one.subject}, last done {past[-1]}", one.path, one.line)


def _ended(report: Report, stated: Exceptions) -> Iterator[Due]:
    """What is over and was not mended, and the false positives, whose findings are not in a report."""
    today = date.fromisoformat(report.run.today)
    lapsed = [one for one in report.findings if one.lapsed]
    for debt in stated.debts:
        moved = (debt.check, debt.code, debt.key)
        found = [one for one in lapsed if one.fingerprint == debt.fingerprint] or [
            one for one in lapsed if (one.check, one.code, one.key) == moved
        ]
        if found and debt.until < today:
            yield Due(debt.until, "debt", _what("debt", found[:1]), BASELINE, debt.line)
    for waiver in stated.waivers:
        about = ", ".join(filter(None, (waiver.subject, waiver.path)))
        named = f"{waiver.check}" + (f" ({about})" if about else "")
        if waiver.kind == "false-positive":
            what = f"look again whether the finding of {named} is a false positive"
            yield Due(waiver.expires, "waiver", what, CONFIGURATION, waiver.line)
        elif waiver.expires < today:
            yield Due(waiver.expires, "waiver", f"mend {named}, and delete the waiver", CONFIGURATION, waiver.line)
    for exempt in stated.exempt.values():
        if exempt.due < today:
            what = f"look again whether {exempt.check} applies"
            yield Due(exempt.due, "not applicable", what, CONFIGURATION, exempt.line)


def _all(report: Report) -> Iterator[Due]:
    for claim in report.claims:
        if claim.answer and (day := _day(claim.answer.due)):
            yield Due(day, "declaration", f"review the answer to {claim.slug}", claim.answer.path, claim.answer.line)
    excused: dict[tuple[str, int], list[Reported]] = {}
    for one in report.findings:
        if one.waiver:
            excused.setdefault((one.waiver.path, one.waiver.line), []).append(one)
    for (path, line), found in excused.items():
        if found[0].waiver and (day := _day(found[0].waiver.until)):
            kind = {"standing": "debt", "not-applicable": "not applicable"}.get(found[0].waiver.kind, "waiver")
            yield Due(day, kind, _what(kind, found), path, line)


def _what(kind: str, found: Sequence[Reported]) -> str:
    """What to do: the finding itself where it is one, so that nobody has to look up a fingerprint."""
    one = found[0]
    if kind == "not applicable":
        return f"look again whether {one.check} applies"
    if len(found) > 1:
        return f"mend {len(found)} findings of {one.check}"
    about = ", ".join(dict.fromkeys(filter(None, (one.subject, one.path))))
    return f"mend {one.check}/{one.code}" + (f" ({about})" if about else "")


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def text(found: Sequence[Due], today: str, within: int) -> str:
    """A line for each, overdue ones marked."""
    if not found:
        return f"nothing is due within {within} days of {today}\n"
    lines = (
        f"{one.day}{' OVERDUE' if one.day.isoformat() < today else ''}  {one.kind}: {printable(one.what)} "
        f"({printable(one.path)}:{one.line})"
        for one in found
    )
    return "\n".join(lines) + "\n"


def as_json(found: Sequence[Due], today: str, within: int) -> str:
    """A list of objects."""
    rows = [
        {**one._asdict(), "day": one.day.isoformat(), "path": printable(one.path), "what": printable(one.what)}
        for one in found
    ]
    return json.dumps(rows, indent=2, sort_keys=True) + "\n"


def ics(found: Sequence[Due], today: str, within: int) -> str:
    """A calendar: an event of one day for each, known again by what it is about (RFC 5545)."""
    import hashlib

    stamp = today.replace("-", "") + "T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sscop//due//EN", "CALSCALE:GREGORIAN"]
    met: Counter[str] = Counter()
    for one in found:
        about = f"{one.kind} {one.what} {one.path}"  # no line: an entry that moves is the same appointment
        met[about] += 1
        name = hashlib.sha256(f"{about} {met[about]}".encode("utf-8", "replace")).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{name}@sscop",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day.isoformat().replace('-', '')}",
            f"SUMMARY:{_escaped(f'{one.kind}: {one.what}')}",
            f"DESCRIPTION:{_escaped(f'{one.path}:{one.line}')}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _escaped(said: str) -> str:
    """Text as RFC 5545 section 3.3.11 has it."""
    clean = printable(said)
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, the further ones after a space (section 3.1)."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > 74:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + width
    yield piece
