"""Whether it is written down who may do what in the build environment, and reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sscop.artefacts.access_policies import Review, Roles, due
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, met, unknown, unmet

ROLES, REVIEWED = ("build-roles",), ("build-access-reviewed",)
"""The claims that each is about."""


def unread(found: Sequence[Unread], claim: tuple[str, ...]) -> Iterator[Finding]:
    """That nothing was found is not known where a file named like the matter could not be read."""
    for one in found:
        yield one.finding()._replace(about=claim)


def together(found: Iterable[Finding]) -> Iterator[Finding]:
    """Findings, with one for each file that could not be read, about all the claims that this leaves open."""
    claims: dict[tuple[Evidence, ...], tuple[str, ...]] = {}
    refused: dict[tuple[Evidence, ...], Finding] = {}
    for one in found:
        if one.outcome is Outcome.UNKNOWN:
            claims[one.evidence] = (*claims.get(one.evidence, ()), *one.about)
            refused.setdefault(one.evidence, one)
        else:
            yield one
    yield from (one._replace(about=claims[places]) for places, one in refused.items())


def said_of_roles(found: Sequence[Roles | Unread]) -> Iterator[Finding]:
    """What is said of roles."""
    stated = [one for one in found if isinstance(one, Roles)]
    good = [one for one in stated if not one.policy.template]
    if not good:
        refused = [one for one in found if isinstance(one, Unread)]
        yield from unread(refused, ROLES)
        if stated or not refused:
            yield _no_roles(stated)
        return
    best = max(good, key=lambda one: (one.fits, len(one.functions), one.owner, -one.policy.path.count("/")))
    place = Evidence(best.policy.path, best.policy.section.line, f"roles: {', '.join(best.roles[:6])}")
    yield met("roles", f"roles with what they may do: {len(best.roles)}", place, about=ROLES)
    if not best.owner:
        yield unmet("no-owner", "names nobody who answers for who has access", place, kind=Kind.ADVICE, about=ROLES)
    if best.reviewed is None:
        yield unmet("no-review-date", "states no date of its review", place, kind=Kind.ADVICE, about=ROLES)


def _no_roles(templates: Sequence[Roles]) -> Finding:
    fix = "say in a table what each role may do: merge, release, administer, read secrets"
    places = [Evidence(one.policy.path, one.policy.section.line, one.policy.template) for one in templates[:3]]
    message = "found only a template of roles" if templates else "found no text that says which role may do what"
    because = Because.INADEQUATE if templates else Because.ABSENT
    return unmet("no-roles", message, *places, because=because, fix=fix, about=ROLES)


def said_of_reviews(found: Sequence[Review | Unread], usual: int, today: date) -> Iterator[Finding]:
    """What is said of reviews; one holds `usual` months where the text does not say."""
    stated = [one for one in found if isinstance(one, Review)]
    records = [one for one in stated if one.day and one.outcome and not one.policy.template]
    if not records:
        refused = [one for one in found if isinstance(one, Unread)]
        yield from unread(refused, REVIEWED)
        if stated or not refused:
            yield _no_record(stated)
        return
    last = max(records, key=lambda one: one.day or date.min)
    place = Evidence(last.policy.path, last.policy.section.line, date=str(last.day))
    until = due(last, usual)
    if last.day and last.day > today:
        message = f"a review of access is dated {last.day}, which is to come"
        yield unmet("future-review", message, place, because=Because.CONTRADICTED, about=REVIEWED)
    elif until and until < today:
        message = f"access was last reviewed on {last.day}; a review was due by {until}"
        yield unmet("review-overdue", message, place, fix="hold the review and record it", about=REVIEWED)
    else:
        message = f"access was reviewed on {last.day}; the next review is due by {until}"
        yield met("reviewed", message, place, about=REVIEWED)
    if not last.reviewer:
        yield unmet("no-reviewer", "the record names no reviewer", place, kind=Kind.ADVICE, about=REVIEWED)


def _no_record(stated: Sequence[Review]) -> Finding:
    fix = "record each review: date, reviewer, who stays and who was removed"
    places = [Evidence(one.policy.path, one.policy.section.line) for one in stated[:3]]
    if any(one.elsewhere for one in stated):
        message = "reviews of access are recorded in another system, as the text says"
        return unknown("elsewhere", message, *places, fix="declare the last review", about=REVIEWED)
    if stated:
        message = "reviews of access are spoken of; found no record of one with date and outcome"
        return unmet("no-record", message, *places, fix=fix, about=REVIEWED)
    message = "found no record of a review of who has access"
    return unmet("no-review", message, because=Because.ABSENT, fix=fix, about=REVIEWED)
