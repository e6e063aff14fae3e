"""A claim's status from what the checks saw and what was declared: one pure function, one documented page.

The page is docs/claim-status.md; a test holds it against this table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum

from sscop.lazy import NamedTuple
from sscop.model import Because, Outcome, Role, Status


class Declared(str, Enum):
    """What a role declared about a claim. LAPSED is a declaration past its review."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"
    LAPSED = "lapsed"

    @property
    def words(self) -> str:
        """As it reads in a sentence."""
        return self.value.replace("-", " ")


class Seen(NamedTuple):
    """What one check saw that bears on a claim; `because` holds the reasons of its unmet findings."""

    check: str
    role: Role
    outcome: Outcome
    because: frozenset[Because] = frozenset()


class Settled(NamedTuple):
    """A claim's status, why in words, and the unmet supporting checks that weaken it."""

    status: Status
    because: str
    weakened_by: tuple[str, ...]


def settle(seen: Sequence[Seen], declared: Declared | None = None, enough: Collection[str] = ()) -> Settled:
    """The status of a claim.

    `enough` is the catalogue's set of supporting checks that are together as good as an establishing one. An
    unmet supporting check never makes a gap: it is named in `weakened_by`.
    """
    establishing = [one for one in seen if one.role is Role.ESTABLISHES]
    supporting = [one for one in seen if one.role is Role.SUPPORTS]
    weakened = tuple(one.check for one in supporting if one.outcome is Outcome.UNMET)
    status, because = _status(establishing, supporting, declared, enough)
    return Settled(status, because, weakened)


def _status(
    establishing: Sequence[Seen], supporting: Sequence[Seen], declared: Declared | None, enough: Collection[str]
) -> tuple[Status, str]:
    met = [one.check for one in establishing if one.outcome is Outcome.MET]
    unmet = [one.check for one in establishing if one.outcome is Outcome.UNMET]
    untold = [one.check for one in establishing if one.outcome is Outcome.UNKNOWN]
    opposite = [one.check for one in establishing if Because.CONTRADICTED in one.because]
    inadequate = [one.check for one in establishing if Because.INADEQUATE in one.because]
    helping = [one.check for one in supporting if one.outcome is Outcome.MET]

    if declared in (Declared.MET, Declared.NOT_APPLICABLE) and opposite:
        return Status.CONTRADICTED, f"declared {declared.words}, but {_names(opposite)} saw the opposite"
    if declared is Declared.NOT_APPLICABLE:
        return Status.NOT_APPLICABLE, "declared, and nothing seen contradicts it"
    if declared in (Declared.PARTLY, Declared.NOT_MET):
        return Status.GAP, f"declared {declared.words}"
    if met and not opposite:
        return Status.EVIDENCE_SEEN, f"seen by {_names(met)}"
    if enough and set(enough) <= set(helping) and not opposite:
        return Status.EVIDENCE_SEEN, f"seen by {_names(sorted(enough))} together"
    if declared is Declared.MET and not inadequate:
        return Status.DECLARED, "declared, and nothing seen contradicts it"
    if unmet and declared is not Declared.LAPSED:
        told = f"declared {declared.words}, but " if declared else ""
        return Status.GAP, told + _unmet(unmet, opposite, inadequate)
    if declared is Declared.LAPSED:
        return Status.UNKNOWN, "the declaration is past its review"
    if helping:
        return Status.PARTLY_SEEN, f"supported by {_names(helping)}; a person must complete it"
    if untold:
        return Status.UNKNOWN, f"{_names(untold)} could not tell"
    return Status.NOT_ASSESSED, f"nobody answered it, and {_silent(establishing, supporting)}"


def _unmet(unmet: Sequence[str], opposite: Sequence[str], inadequate: Sequence[str]) -> str:
    """What each check made of it: a thing that is there and not good enough was seen."""
    short = [check for check in inadequate if check not in opposite]
    absent = [check for check in unmet if check not in opposite and check not in inadequate]
    said = [f"{_names(opposite)} saw the opposite"] if opposite else []
    said += [f"what {_names(short)} saw is not good enough"] if short else []
    said += [f"not seen by {_names(absent)}"] if absent else []
    return "; ".join(said)


def _silent(establishing: Sequence[Seen], supporting: Sequence[Seen]) -> str:
    """Why the checks leave a claim open: one that has nothing to look at is no reason to say that there is none."""
    if establishing:
        return f"{_names([one.check for one in establishing])} found nothing here that it is about"
    untold = [one.check for one in supporting if one.outcome is Outcome.UNKNOWN]
    told = f"; {_names(untold)}, which could help, could not tell" if untold else ""
    return f"no check here can establish it{told}"


def _names(checks: Sequence[str]) -> str:
    return ", ".join(checks)
