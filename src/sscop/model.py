"""The words of sscop as types: outcome, evidence, finding, claim status. Imports nothing of ours.

Everything here is an immutable NamedTuple or an enumeration (dataclasses cost 17 ms of every hook's start).
"""

from __future__ import annotations

from enum import Enum

from sscop.lazy import NamedTuple


class Outcome(str, Enum):
    """What a check can say. There is no fifth answer, and silence is not one."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class Because(str, Enum):
    """Why a finding is unmet."""

    ABSENT = "absent"
    """Looked for, not there."""
    INADEQUATE = "inadequate"
    """There, and not good enough."""
    CONTRADICTED = "contradicted"
    """The opposite was seen."""


class Role(str, Enum):
    """What seeing a check met means for a claim."""

    ESTABLISHES = "establishes"
    """Enough evidence for the claim."""
    SUPPORTS = "supports"
    """It helps; a person must complete it, because configured is not performed."""


class Kind(str, Enum):
    """Whether a finding bears on a claim of the Code, or is advice that never fails a run."""

    CLAIM = "claim"
    ADVICE = "advice"


class State(str, Enum):
    """A finding's place in time, against the base revision."""

    NEW = "new"
    STANDING = "standing"
    MOVED = "moved"


class Gate(str, Enum):
    """The level at which a run fails; each includes the one before."""

    NEVER = "never"
    NEW = "new"
    GAP = "gap"
    UNKNOWN = "unknown"


class Status(str, Enum):
    """A claim's status, settled by `sscop.claims.settle`."""

    EVIDENCE_SEEN = "evidence seen"
    PARTLY_SEEN = "partly seen"
    DECLARED = "declared"
    CONTRADICTED = "contradicted"
    GAP = "gap"
    UNKNOWN = "unknown"
    NOT_ASSESSED = "not assessed"
    NOT_APPLICABLE = "not applicable"


LAPSED = ("-overdue", "-expired")
"""How the code of a finding ends that comes with the calendar alone, without any change of a file."""


class Evidence(NamedTuple):
    """What was looked at: one place in the repository and what was seen there.

    `line` and `end_line` count from 1; `date` is ISO 8601; `commit` is a full object name.
    """

    path: str
    line: int | None = None
    note: str = ""
    end_line: int | None = None
    date: str | None = None
    commit: str | None = None


class Finding(NamedTuple):
    """One answer of a check.

    `code` and `key` are stable across versions of the tool and of the thing found: they, the path and
    the occurrence make the fingerprint. `subject` is the thing as written (`actions/checkout@v4`), `key`
    the thing without its version (`actions/checkout`). The first evidence is the finding's own place. `about` are the
    slugs of the check's claims that it bears on, where it does not bear on all of them.
    """

    outcome: Outcome
    code: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    because: Because | None = None
    kind: Kind = Kind.CLAIM
    subject: str = ""
    key: str = ""
    fix: str = ""
    about: tuple[str, ...] = ()

    @property
    def lapsed(self) -> bool:
        """Whether the calendar alone made it unmet, which the end of its code says."""
        return self.outcome is Outcome.UNMET and self.code.endswith(LAPSED)

    @property
    def path(self) -> str:
        """The path of the finding's own place, or an empty text when it is about the whole repository."""
        return self.evidence[0].path if self.evidence else ""

    @property
    def line(self) -> int | None:
        """The line of the finding's own place, from 1."""
        return self.evidence[0].line if self.evidence else None


def met(
    code: str, message: str, *evidence: Evidence, subject: str = "", key: str = "", about: tuple[str, ...] = ()
) -> Finding:
    """Something was seen that the check asks for."""
    return Finding(Outcome.MET, code, message, evidence, subject=subject, key=key, about=about)


def unmet(
    code: str,
    message: str,
    *evidence: Evidence,
    because: Because = Because.INADEQUATE,
    kind: Kind = Kind.CLAIM,
    subject: str = "",
    key: str = "",
    fix: str = "",
    about: tuple[str, ...] = (),
) -> Finding:
    """Something that the check asks for was not seen, or its opposite was."""
    return Finding(Outcome.UNMET, code, message, evidence, because, kind, subject, key, fix, about)


def unknown(
    code: str, message: str, *evidence: Evidence, key: str = "", fix: str = "", about: tuple[str, ...] = ()
) -> Finding:
    """The check could not tell: unreadable, not understood, not to be had here."""
    return Finding(Outcome.UNKNOWN, code, message, evidence, key=key, fix=fix, about=about)


def not_applicable(code: str, message: str) -> Finding:
    """There is nothing here that the check is about."""
    return Finding(Outcome.NOT_APPLICABLE, code, message)


class Unread(NamedTuple):
    """A file that could not be read or understood, as data: it becomes an UNKNOWN finding, never silence.

    `foreign`: what could not be read is kept in another repository, and only named at this place.
    """

    path: str
    reason: str
    line: int | None = None
    foreign: bool = False

    def finding(self) -> Finding:
        """The UNKNOWN finding that says so."""
        return unknown("unreadable", f"could not be read: {self.reason}", Evidence(self.path, self.line))
