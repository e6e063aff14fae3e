"""One result, whichever format it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

from sscop.artefacts.prose import dates
from sscop.lazy import NamedTuple


class Status(str, Enum):
    """What came of one rule."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"
    NOT_REVIEWED = "not reviewed"


class Result(NamedTuple):
    """An assessment of one target by one benchmark. `day` is the assessment's, None where the format has none.

    `counts` are by severity (critical, high, medium, low or unknown) and status. `definition`: a benchmark without any
    result. `line` is where it begins.
    """

    format: str
    benchmark: str
    version: str
    target: str
    day: date | None
    counts: Mapping[tuple[str, Status], int]
    line: int = 1
    definition: bool = False

    def of(self, status: Status, *severities: str) -> int:
        """How many rules have a status, of some severities or of all."""
        return sum(
            n for (severity, one), n in self.counts.items() if one is status and severity in (severities or (severity,))
        )

    @property
    def rules(self) -> int:
        """How many rules were looked at, or should have been."""
        return sum(self.counts.values())


def count(rules: Iterable[tuple[str, Status]]) -> Mapping[tuple[str, Status], int]:
    """The counts of rules, each with its severity and status."""
    return Counter(rules)


def day(text: str) -> date | None:
    """The day that a time begins with: RFC 3339, or InSpec's `2017-09-22 14:12:44 -0400`."""
    return dates.read(text.strip()[:10]).day
