"""Findings of one kind over many places: few are told one by one, many as one with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, unmet

MOST = 5
"""So many places of one cause are told one by one."""
SHOWN = 25


def count(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: `1 package`, `2 packages`."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


class Problem(NamedTuple):
    """What is wrong at one place. `many` is the message for all of its kind and `group` together, with `{n}` in it."""

    code: str
    group: str
    place: Evidence
    said: str
    many: str
    fix: str
    because: Because = Because.INADEQUATE
    kind: Kind = Kind.CLAIM
    subject: str = ""

    def finding(self) -> Finding:
        """The finding of this place alone."""
        return unmet(
            self.code,
            self.said,
            self.place,
            because=self.because,
            kind=self.kind,
            subject=self.subject,
            key=self.subject or self.group,
            fix=self.fix,
        )


def told(problems: Iterable[Problem], most: int = MOST) -> Iterator[Finding]:
    """One finding for each, or one for all of a kind where there are more than `most`."""
    kinds: dict[tuple[str, str, Kind], list[Problem]] = {}
    for one in problems:
        kinds.setdefault((one.code, one.group, one.kind), []).append(one)
    for alike in kinds.values():
        if len(alike) <= most:
            yield from (one.finding() for one in alike)
            continue
        first = alike[0]
        whole = first._replace(said=first.many.format(n=len(alike)), subject="")
        places = tuple(one.place for one in alike[:SHOWN])
        yield whole.finding()._replace(evidence=places)
