"""What findings come to: a check's outcome, and every claim's status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sscop.check import Check
from sscop.model import Because, Finding, Kind, Outcome, Status
from sscop.report import ClaimResult, Reported

if TYPE_CHECKING:
    from sscop.catalogue import Claim


def outcome(findings: Iterable[Finding], advisory: bool = False) -> Outcome:
    """A check's outcome: a certain failure wins, then what could not be told, then what was seen.

    Of a check that gives nothing but advice (`advisory`), advice that was not followed counts where there is nothing
    else: something was looked for and not seen, which is not the same as not applicable. It fails no run.
    """
    found = list(findings)
    weighty = [one for one in found if one.kind is Kind.CLAIM or one.outcome is not Outcome.UNMET]
    outcomes = {one.outcome for one in (weighty or found if advisory else weighty)}
    for one in (Outcome.UNMET, Outcome.UNKNOWN, Outcome.MET):
        if one in outcomes:
            return one
    return Outcome.NOT_APPLICABLE


def settled_claims(
    ran: Sequence[tuple[Check, list[Finding], str]], found: Sequence[Reported]
) -> tuple[ClaimResult, ...]:
    """Every claim of the Code, by what each check that `ran` found; `found` are these with their excuses."""
    from sscop.catalogue import code

    settled = (_settle(claim, ran) for claim in code().claims.values())
    return tuple(_accepted(one, found) if one.status is Status.GAP else one for one in settled)


def _accepted(claim: ClaimResult, found: Sequence[Reported]) -> ClaimResult:
    """A gap stays a gap when all that makes it one is waived; until when is said."""
    unmet = [one for one in found if claim.slug in one.claims and one.outcome is Outcome.UNMET]
    ends = [one.waiver.until for one in unmet if one.waiver and one.waiver.kind != "standing"]
    if not unmet or len(ends) < len(unmet):
        return claim
    return claim._replace(because=f"{claim.because}; accepted until {min(ends)}")


def _settle(claim: Claim, ran: Sequence[tuple[Check, list[Finding], str]]) -> ClaimResult:
    from sscop.claims import Seen, settle

    seen = [
        Seen(check.id, check.claims[claim.slug], outcome(bearing), _because(bearing))
        for check, findings, _ in ran
        if claim.slug in check.claims
        for bearing in [[finding for finding in findings if _bears_on(finding, claim.slug)]]
    ]
    settled = settle(seen, enough=claim.supporting_set)
    return ClaimResult(
        claim.slug, claim.number, claim.principle, claim.scope, settled.status, settled.because,
        tuple(one.check for one in seen), settled.weakened_by,
    )  # fmt: skip


def _bears_on(finding: Finding, slug: str) -> bool:
    return finding.kind is Kind.CLAIM and (not finding.about or slug in finding.about)


def _because(findings: Iterable[Finding]) -> frozenset[Because]:
    return frozenset(one.because for one in findings if one.because)
