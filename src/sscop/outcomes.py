"""What findings come to: a check's outcome, and every claim's status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sscop.check import Check
from sscop.claims import Declared, Seen, settle
from sscop.model import Because, Finding, Kind, Outcome, Status, Unread
from sscop.report import Answer, Cited, ClaimResult, Record, Reported
from sscop.repository import Repository
from sscop.repository.places import DECLARED

if TYPE_CHECKING:
    from sscop.catalogue import Claim
    from sscop.judgement.declarations import Judged

LARGEST = 64 * 1024 * 1024
"""Bytes of a file whose digest is told; a larger one is cited without."""

_ANSWERS = {one.value for one in Declared} - {Declared.LAPSED.value}


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


HOSTED = frozenset({"saas", "paas", "hosted", "service", "web-service", "managed-service"})
"""Ways of delivery by which customers are given nothing to run themselves."""


def settled_claims(
    ran: Sequence[tuple[Check, list[Finding], str]],
    found: Sequence[Reported],
    answers: Mapping[str, Answer],
    product: Mapping[str, Any],
) -> tuple[ClaimResult, ...]:
    """Every claim of the Code, by what each check that `ran` found and what is declared.

    `found` are the same findings with their excuses; `answers` are `declared`'s. The `product`'s role and delivery
    decide what applies: a reseller answers only the themes that the Code gives to resellers, and who delivers
    nothing but a service answers nothing on what customers install, unless a release of that kind is seen.
    """
    from sscop.catalogue import code

    edition = code()
    reseller = product.get("role") == "reseller"
    themes = next((one.themes for one in edition.audiences if reseller and "reseller" in one.who), None)
    told = product.get("delivery")
    delivery = [str(one).casefold() for one in told] if isinstance(told, list) else []
    hosted = bool(delivery) and HOSTED.issuperset(delivery)
    settled = []
    for claim in edition.claims.values():
        one = _settle(claim, ran, answers.get(claim.slug))
        theme = edition.principles[claim.principle].theme
        if themes is not None and theme not in themes:
            one = _not_theirs(one, theme)
        elif hosted and claim.installed and one.answer is None:
            one = _hosted(one, delivery, ran)
        settled.append(_accepted(one, found))
    return tuple(settled)


def _hosted(
    claim: ClaimResult, delivery: Sequence[str], ran: Sequence[tuple[Check, list[Finding], str]]
) -> ClaimResult:
    """Not applicable to a service, but where a check saw something that customers install."""
    bearing = [one for check, findings, _ in ran if claim.slug in check.claims for one in findings]
    said = f"the product is delivered as {', '.join(delivery)}, so customers install nothing"
    if any(one.evidence and one.outcome in (Outcome.MET, Outcome.UNMET) for one in bearing):
        return claim._replace(because=f"{claim.because}; {said}, it is said, but a release was seen")
    if any(one.outcome is Outcome.UNKNOWN for one in bearing):
        return claim._replace(because=f"{claim.because}; {said}, it is said")
    return claim._replace(status=Status.NOT_APPLICABLE, because=said)


def declared(repo: Repository, today: date) -> dict[str, Answer]:
    """The answers of all valid declarations, by the claim's slug; one past its review has lapsed."""
    from sscop.judgement.declarations import judged

    if not repo.find(f"{DECLARED}*.md"):
        return {}
    from sscop.catalogue import code

    answers = {}
    for one in judged(repo, tuple(code().claims), today):
        if isinstance(one, Unread) or not one.valid or one.declaration.status not in _ANSWERS:
            continue
        answers[one.declaration.slug] = _answer(one, today)
    return answers


def _answer(one: Judged, today: date) -> Answer:
    said = one.declaration
    lapsed = one.due is not None and one.due < today
    return Answer(
        (Declared.LAPSED if lapsed else Declared(said.status)).value,
        said.path,
        said.line("status"),
        said.function,
        said.accountable,
        said.declared_by,
        said.checked_by,
        said.method,
        _iso(said.reviewed),
        _iso(one.due),
        said.population,
        _iso(said.quiet_since),
        said.customer_answer,
        said.argument,
        tuple(
            Record(it.title, it.system, it.reference, it.held_by, _iso(it.seen_on), it.digest) for it in said.records
        ),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def cited(repo: Repository, found: Sequence[Reported], claims: Sequence[ClaimResult]) -> tuple[Cited, ...]:
    """The files that claims rest on, with digests: evidence of what is met, declarations, records of this tree."""
    import hashlib

    paths = {at.path for one in found if one.claims and one.outcome is Outcome.MET for at in one.evidence if at.path}
    for claim in claims:
        if claim.answer:
            paths |= {claim.answer.path, *(one.reference for one in claim.answer.records if not one.system)}
    known = ((path, repo.read(path, LARGEST)) for path in sorted(paths) if repo.has(path))
    return tuple(Cited(path, hashlib.sha256(data).hexdigest()) for path, data in known if isinstance(data, bytes))


def _not_theirs(claim: ClaimResult, theme: str) -> ClaimResult:
    because = f"theme {theme} is answered by developers and distributors, and the product's role is reseller"
    return claim._replace(status=Status.NOT_APPLICABLE, because=because)


def _accepted(claim: ClaimResult, found: Sequence[Reported]) -> ClaimResult:
    """A gap stays a gap when all that makes it one is waived; until when is said."""
    if claim.status is not Status.GAP:
        return claim
    unmet = [one for one in found if claim.slug in one.claims and one.outcome is Outcome.UNMET]
    ends = [one.waiver.until for one in unmet if one.waiver and one.waiver.kind != "standing"]
    if not unmet or len(ends) < len(unmet):
        return claim
    return claim._replace(because=f"{claim.because}; accepted until {min(ends)}")


def _settle(claim: Claim, ran: Sequence[tuple[Check, list[Finding], str]], answer: Answer | None) -> ClaimResult:
    from sscop.judgement.published import QUIET

    bearing = [
        (check, [finding for finding in findings if _bears_on(finding, claim.slug)])
        for check, findings, _ in ran
        if claim.slug in check.claims
    ]
    seen = [Seen(check.id, check.claims[claim.slug], outcome(found), _because(found)) for check, found in bearing]
    settled = settle(seen, Declared(answer.declared) if answer else None, enough=claim.supporting_set)
    quiet = [one.message for _, found in bearing for one in found if one.code == QUIET]
    if quiet and settled.status is Status.NOT_ASSESSED:  # the configuration's word is an answer too
        settled = settled._replace(status=Status.DECLARED, because=quiet[0])
    return ClaimResult(
        claim.slug, claim.number, claim.principle, claim.scope, settled.status, settled.because,
        tuple(one.check for one in seen), settled.weakened_by, answer,
    )  # fmt: skip


def _bears_on(finding: Finding, slug: str) -> bool:
    return finding.kind is Kind.CLAIM and (not finding.about or slug in finding.about)


def _because(findings: Iterable[Finding]) -> frozenset[Because]:
    return frozenset(one.because for one in findings if one.because)
