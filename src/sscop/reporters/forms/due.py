"""What is due and when: declarations, waivers, debts of the baseline, statements that something does not apply.

As text, JSON, or a calendar (RFC 5545) that others subscribe to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from sscop.lazy import NamedTuple
from sscop.report import Report
from sscop.repository.text import printable

FORMATS = ("text", "json", "ics")


class Due(NamedTuple):
    """Something with a day: what it is, where it stands, what to do."""

    day: date
    kind: str
    what: str
    path: str
    line: int


def due(report: Report, within: int) -> list[Due]:
    """What is overdue on the day of the report, or due within so many days, the first day first."""
    until = date.fromisoformat(report.run.today) + timedelta(days=within)
    return sorted(one for one in _all(report) if one.day <= until)


def _all(report: Report) -> Iterator[Due]:
    for claim in report.claims:
        if claim.answer and (day := _day(claim.answer.due)):
            yield Due(day, "declaration", f"review the answer to {claim.slug}", claim.answer.path, claim.answer.line)
    for (path, line), (kind, day, count, check) in _excuses(report).items():
        many = f"{count} findings of {check}" if count > 1 else f"a finding of {check}"
        what = f"look again whether {check} applies" if kind == "not applicable" else f"mend {many}"
        yield Due(day, kind, what, path, line)


def _excuses(report: Report) -> dict[tuple[str, int], tuple[str, date, int, str]]:
    found: dict[tuple[str, int], tuple[str, date, int, str]] = {}
    for one in report.findings:
        excuse = one.waiver
        if excuse and (day := _day(excuse.until)):
            kind = {"standing": "debt", "not-applicable": "not applicable"}.get(excuse.kind, "waiver")
            count = found.get((excuse.path, excuse.line), ("", day, 0, ""))[2]
            found[excuse.path, excuse.line] = (kind, day, count + 1, one.check)
    return found


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def text(report: Report, within: int) -> str:
    """A line for each, overdue ones marked."""
    found = due(report, within)
    if not found:
        return f"nothing is due within {within} days of {report.run.today}\n"
    today = report.run.today
    lines = (
        f"{one.day}{' OVERDUE' if one.day.isoformat() < today else ''}  {one.kind}: {printable(one.what)} "
        f"({printable(one.path)}:{one.line})"
        for one in found
    )
    return "\n".join(lines) + "\n"


def as_json(report: Report, within: int) -> str:
    """A list of objects."""
    rows = [{**one._asdict(), "day": one.day.isoformat(), "path": printable(one.path)} for one in due(report, within)]
    return json.dumps(rows, indent=2, sort_keys=True) + "\n"


def ics(report: Report, within: int) -> str:
    """A calendar: an event of one day for each, known again by what it is about (RFC 5545)."""
    import hashlib

    stamp = report.run.today.replace("-", "") + "T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sscop//due//EN", "CALSCALE:GREGORIAN"]
    for one in due(report, within):
        name = hashlib.sha256(f"{one.kind} {one.what} {one.path}:{one.line}".encode("utf-8", "replace")).hexdigest()[
            :32
        ]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{name}@sscop",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
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
