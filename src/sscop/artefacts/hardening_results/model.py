"""One result, whichever format it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

from sscop.artefacts.prose import dates
from sscop.lazy import NamedTuple
from sscop.repository import Malformed

MANY_RULES = 50_000
"""Rules in one file that are read: the largest benchmarks have a thousand."""


class Status(str, Enum):
    """What came of one rule."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    """It could not be told, because the test itself went wrong."""
    NOT_APPLICABLE = "not applicable"
    NOT_REVIEWED = "not reviewed"


class Result(NamedTuple):
    """An assessment of one target by one benchmark. `day` is the assessment's, None where the format has none.

    `counts` are by severity (one of SEVERITIES or unknown) and status. `definition`: a benchmark without any
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


def status(table: Mapping[str, Status | None], given: object, line: int | None = None) -> Status | None:
    """What a format's word for a status means, None for one that is about no rule; no word at all: not reviewed.

    Raises Malformed for a word that the table does not have, because to leave it out might leave out a failure.
    """
    if given in (None, ""):
        return Status.NOT_REVIEWED
    word = given.strip().lower() if isinstance(given, str) else None
    if word is None or word not in table:
        raise Malformed(f"has a status that the format does not know: {str(given)[:40]!r}", line)
    return table[word]


def count(rules: Iterable[tuple[str, Status | None]]) -> Mapping[tuple[str, Status], int]:
    """The counts of rules, each with its severity in the format's word and its status; without one it is none."""
    return Counter((severity(word), one) for word, one in rules if one is not None)


SEVERITIES = ("critical", "high", "medium", "low")
_WORDS = {
    **{one: one for one in SEVERITIES},
    **dict.fromkeys(("moderate", "cat ii"), "medium"),
    **dict.fromkeys(("minor", "info", "informational", "none", "cat iii"), "low"),
    "cat i": "high",
}


def severity(word: str) -> str:
    """One of SEVERITIES, or unknown for a word that is none of them."""
    return _WORDS.get(word.strip().lower(), "unknown")


def day(text: str) -> date | None:
    """The day that a time begins with: RFC 3339, or InSpec's `2017-09-22 14:12:44 -0400`."""
    return dates.read(text.strip()[:10]).day
