"""What the stated exceptions mean for findings: which are excused, until when, and which exceptions excuse nothing.

An exception never makes anything met: a waived gap stays a gap, and a check that is said not to apply still shows what
it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta

from sscop.artefacts.prose.dates import months_after
from sscop.config import PATH as CONFIGURATION
from sscop.exceptions import BASELINE, Debt, Exceptions, Exempt, Waiver
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, Outcome, State, not_applicable, unknown, unmet
from sscop.report import Excuse, Reported

SOON = timedelta(days=30)
"""How long before its last day a waiver is announced to end."""

LONGEST = 12
"""Months that a waiver may be ahead."""


def refine(check: str, found: list[Finding], stated: Exceptions, today: date) -> list[Finding]:
    """A check's findings without false positives, and as "not applicable" where that is stated and nothing was seen."""
    false = [one for one in stated.waivers if one.check == check and one.kind == "false-positive"]
    for waiver in false:
        if _counts(waiver, today):
            found = _without(found, waiver)
    exempt = stated.exempt.get(check)
    return _exempted(found, exempt, today) if exempt else found


def _without(found: list[Finding], waiver: Waiver) -> list[Finding]:
    removed = [one for one in found if _names(waiver, one)]
    if not removed:
        return [*found, _unmatched(waiver, [one for one in found if one.outcome is Outcome.UNMET])]
    message = f"{len(removed)} removed as false positive until {waiver.expires}: {waiver.reason}"
    place, key = Evidence(CONFIGURATION, waiver.line), _key(waiver)
    left = [one for one in found if one not in removed]
    left.append(unmet("false-positive", message, place, kind=Kind.ADVICE, key=key))
    if all(one.kind is Kind.ADVICE for one in left):
        left.append(unknown("false-positive-alone", "all that was found is removed as false positive", place, key=key))
    return left


def _exempted(found: list[Finding], exempt: Exempt, today: date) -> list[Finding]:
    place = Evidence(CONFIGURATION, exempt.line, exempt.reason)
    seen = [one for one in found if one.outcome is Outcome.MET or _opposes(one)]
    if seen:
        message = "is said not to apply here, but there is something that it is about"
        where = [place._replace(note="said here"), *(at for one in seen[:3] for at in one.evidence[:1])]
        fix = f"delete the entry from {CONFIGURATION}, or say why what was seen is another matter"
        doubt = unmet("applies-here", message, *where, because=Because.CONTRADICTED, kind=Kind.ADVICE, fix=fix)
        return [*found, doubt]
    if exempt.due < today:
        message = f"is said not to apply here; that was due for review by {exempt.due}"
        return [*found, unmet("not-applicable-overdue", message, place, fix="look again, and set `reviewed`")]
    said = f"does not apply here, says the {exempt.owner} (next review by {exempt.due})"
    return [not_applicable("stated", said)._replace(evidence=(place,))]


def _opposes(one: Finding) -> bool:
    return one.outcome is Outcome.UNMET and one.kind is Kind.CLAIM and one.because is not Because.ABSENT


def _names(waiver: Waiver, one: Finding | Reported) -> bool:
    if one.outcome is not Outcome.UNMET or one.kind is not Kind.CLAIM or waiver.path != (one.path or ""):
        return False
    return waiver.all_subjects or waiver.subject in (one.subject, one.key)


def _counts(waiver: Waiver, today: date) -> bool:
    return today <= waiver.expires <= months_after(today, LONGEST)


def _as_named(one: Finding | Reported) -> str:
    said = [f"path: {one.path}"] if one.path else []
    said += [f"subject: {one.key or one.subject}"] if one.key or one.subject else []
    return ", ".join(said) or "all-subjects: true"


def _key(waiver: Waiver) -> str:
    return f"{waiver.path} {waiver.subject}".strip()


def _unmatched(waiver: Waiver, others: Sequence[Finding | Reported]) -> Finding:
    """That a waiver names nothing, and what it could name: what the check found, as a waiver says it."""
    message = "the waiver names no finding of this run"
    known = list(dict.fromkeys(_as_named(one) for one in others if one.kind is Kind.CLAIM))
    fix = "delete it, or name the finding" + (f": {'; '.join(known[:3])}" if known else "")
    fix += f" (and {len(known) - 3} more)" if len(known) > 3 else ""
    place = Evidence(CONFIGURATION, waiver.line)
    return unmet("waiver-unmatched", message, place, kind=Kind.ADVICE, key=_key(waiver), fix=fix)


class Excused(NamedTuple):
    """The findings with what excuses them, and what there is to say of the exceptions, each with its check."""

    findings: list[Reported]
    about: list[tuple[str, Finding]]


Renewed = Callable[[Waiver], "int | None"]


def excuse(
    found: Sequence[Reported], stated: Exceptions, today: date, ran: Collection[str], renewed: Renewed
) -> Excused:
    """Apply waivers and the baseline to all findings of the checks that `ran`.

    `renewed` tells how often a waiver's end was put off, and is asked only of one that ends soon or has ended.
    """
    marked = [_stated(one, stated.exempt.get(one.check)) for one in found]
    told: list[tuple[str, Finding]] = []
    for waiver in stated.waivers:
        if waiver.check in ran:
            named = [n for n, one in enumerate(marked) if one.check == waiver.check and _names(waiver, one)]
            for n in named:
                marked[n] = _waived(marked[n], waiver, today)
            others = [one for one in marked if one.check == waiver.check and one.fails]
            told += [(waiver.check, one) for one in _about(waiver, len(named), others, today, renewed)]
    debts = [debt for debt in stated.debts if debt.check in ran]
    if debts:
        marked, paid = _standing(marked, debts, today)
        told += _paid(paid)
    return Excused(marked, told)


def _stated(one: Reported, exempt: Exempt | None) -> Reported:
    """The finding that a check does not apply, with who says so and until when."""
    if exempt is None or one.code != "stated" or one.outcome is not Outcome.NOT_APPLICABLE:
        return one
    until = exempt.due.isoformat()
    return one._replace(waiver=Excuse("not-applicable", until, exempt.reason, exempt.owner, CONFIGURATION, exempt.line))


def _waived(one: Reported, waiver: Waiver, today: date) -> Reported:
    if not _counts(waiver, today):
        return one if one.waiver else one._replace(lapsed=one.lapsed or waiver.expires < today)
    until = waiver.expires.isoformat()
    return one._replace(
        lapsed=False, waiver=Excuse(waiver.kind, until, waiver.reason, waiver.owner, CONFIGURATION, waiver.line)
    )


def _put_off(times: int | None) -> str:
    return "" if not times else "; its end was put off once" if times == 1 else f"; its end was put off {times} times"


def _about(waiver: Waiver, named: int, others: Sequence[Reported], today: date, renewed: Renewed) -> Iterator[Finding]:
    """What is to be said of a waiver: that it ended, ends soon, is too long, hides many, or names nothing."""

    def advice(code: str, message: str, fix: str) -> Finding:
        place = Evidence(CONFIGURATION, waiver.line)
        return unmet(code, message, place, kind=Kind.ADVICE, key=_key(waiver), fix=fix)

    if waiver.expires < today:
        message = f"the waiver ended on {waiver.expires} and counts no more{_put_off(renewed(waiver))}"
        yield advice("waiver-expired", message, "mend the finding, or let another role agree to a later day")
    elif waiver.expires > months_after(today, LONGEST):
        message = f"the waiver ends on {waiver.expires}, more than {LONGEST} months ahead, so it does not count"
        yield advice("waiver-too-long", message, f"set `expires` to {months_after(today, LONGEST)} or before")
    elif not named and waiver.kind != "false-positive":
        yield _unmatched(waiver, others)
    elif waiver.expires - today <= SOON:
        message = f"the waiver ends on {waiver.expires}{_put_off(renewed(waiver))}"
        yield advice("waiver-ends", message, "mend the finding by then")
    if named > 1 and waiver.all_subjects:
        yield advice(
            "waiver-hides", f"the waiver hides {named} findings", "name the one that is meant by its `subject`"
        )


def _standing(found: list[Reported], debts: Sequence[Debt], today: date) -> tuple[list[Reported], list[Debt]]:
    """The findings with the debts that they are, and the debts that are none any more.

    A left-over debt equal in check, code and key to a finding on another path is one that moved.
    """
    here = {one.fingerprint for one in found if one.outcome is Outcome.UNMET}
    exact = {debt.fingerprint: debt for debt in debts if debt.fingerprint in here}
    left: dict[tuple[str, str, str], list[Debt]] = {}
    for absent in debts:
        if absent.fingerprint not in here:
            left.setdefault((absent.check, absent.code, absent.key), []).append(absent)
    marked = []
    for one in found:
        if one.fails:
            moved = left.get((one.check, one.code, one.key))
            debt = exact.get(one.fingerprint) or (moved.pop() if moved else None)
            if debt and debt.until < today:
                one = one._replace(lapsed=True)
            elif debt:
                excuse = Excuse("standing", debt.until.isoformat(), "", "", BASELINE, debt.line)
                one = one._replace(waiver=excuse, state=one.state or State.STANDING)
        marked.append(one)
    return marked, [one for rest in left.values() for one in rest]


def _paid(debts: Sequence[Debt]) -> Iterator[tuple[str, Finding]]:
    fix = f"delete them from {BASELINE}, so that they can't come back unseen"
    for check in sorted({debt.check for debt in debts}):
        lines = [debt.line for debt in debts if debt.check == check]
        many = "1 debt of the baseline is" if len(lines) == 1 else f"{len(lines)} debts of the baseline are"
        place = Evidence(BASELINE, min(lines))
        yield check, unmet("debt-paid", f"{many} not found any more", place, kind=Kind.ADVICE, fix=fix)
