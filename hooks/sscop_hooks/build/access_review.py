"""Who may do what in the build environment is written down, and is reviewed.

Why
---
People change teams and projects, and their access stays. A list of roles says what each one needs; a review, held at
its interval and recorded, takes away what is not needed any more.

What counts
-----------
For roles: a text that says of at least two roles what they may do where the software is built and released (merge,
approve, publish, administer, read secrets), such as an access policy, a role matrix, a governance page or a
maintainers' guide. Names alone are no roles, and the roles of the product's own users are another matter.

For reviews: a record with a date and an outcome (who stays, who was removed), not older than the interval that the
text states, or than twelve months. A sentence that reviews are held is no record. Where a text says that the records
are kept in another system, the answer is that it could not be told.

Looked at are texts at the root, in `docs/` and `.github/`, and wherever the path speaks of access, roles, governance
and the like; templates do not count.

Advice, which never fails: an owner and a date of review of the policy, the reviewer of a record.

How to fix
----------
One page does for both, `docs/access.md`:

    # Access to the build environment
    Owner: platform lead
    Last reviewed: 2026-09-01

    | Role | May |
    |---|---|
    | Maintainer | merge, change branch protection, read deployment secrets |
    | Contributor | open pull requests, read-only access |

    ## Access reviews
    Held quarterly by the platform lead.

    | Date | Reviewer | Outcome |
    |---|---|---|
    | 2026-09-01 | security lead | two accounts removed, the others confirmed |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.access_policies import Review, Roles, due, reviews, roles
from sscop.artefacts.nodes import Node
from sscop.check import ESTABLISHES, check
from sscop.judgement.age import interval
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.repository import Repository

ROLES, REVIEWED = "build-roles", "build-access-reviewed"


@check(
    title="Roles of the build environment are defined and reviewed",
    claims={REVIEWED: ESTABLISHES, ROLES: ESTABLISHES},
    options={"interval": "how long a review of access holds where the text does not say (12 months)"},
)
def access_review(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What is said of roles, and what of reviews."""
    usual = interval(settings)
    if isinstance(usual, Finding):
        yield usual
        return
    yield from _roles([one for one in roles(repo) if isinstance(one, Roles)])
    yield from _reviews(list(reviews(repo)), usual, today)


def _roles(found: list[Roles]) -> Iterator[Finding]:
    good = [one for one in found if not one.policy.template]
    fix = "say in a table what each role may do: merge, release, administer, read secrets"
    if not good:
        places = [Evidence(one.policy.path, one.policy.section.line, one.policy.template) for one in found[:3]]
        message = "found only a template of roles" if found else "found no text that says which role may do what"
        because = Because.INADEQUATE if found else Because.ABSENT
        yield unmet("no-roles", message, *places, because=because, fix=fix, about=(ROLES,))
        return
    best = max(good, key=lambda one: (len(one.functions), one.owner))
    place = Evidence(best.policy.path, best.policy.section.line, f"roles: {', '.join(best.roles[:6])}")
    yield met("roles", f"roles with what they may do: {len(best.roles)}", place, about=(ROLES,))
    if not best.owner:
        yield unmet("no-owner", "names nobody who answers for who has access", place, kind=Kind.ADVICE, about=(ROLES,))
    if best.reviewed is None:
        yield unmet("no-review-date", "states no date of its review", place, kind=Kind.ADVICE, about=(ROLES,))


def _reviews(found: list[Review], usual: int, today: date) -> Iterator[Finding]:
    fix = "record each review: date, reviewer, who stays and who was removed"
    records = [one for one in found if one.day and one.outcome and not one.policy.template]
    if not records:
        places = [Evidence(one.policy.path, one.policy.section.line) for one in found[:3]]
        if any(one.elsewhere for one in found):
            message = "reviews of access are recorded in another system, as the text says"
            yield unknown("elsewhere", message, *places, fix="declare the last review", about=(REVIEWED,))
        elif found:
            message = "reviews of access are spoken of; found no record of one with date and outcome"
            yield unmet("no-record", message, *places, fix=fix, about=(REVIEWED,))
        else:
            message = "found no record of a review of who has access"
            yield unmet("no-review", message, because=Because.ABSENT, fix=fix, about=(REVIEWED,))
        return
    last = max(records, key=lambda one: one.day or date.min)
    place = Evidence(last.policy.path, last.policy.section.line, date=str(last.day))
    until = due(last, usual)
    if last.day and last.day > today:
        message = f"a review of access is dated {last.day}, which is to come"
        yield unmet("future-review", message, place, because=Because.CONTRADICTED, about=(REVIEWED,))
    elif until and until < today:
        message = f"access was last reviewed on {last.day}; a review was due by {until}"
        yield unmet("review-overdue", message, place, fix="hold the review and record it", about=(REVIEWED,))
    else:
        yield met(
            "reviewed",
            f"access was reviewed on {last.day}; the next review is due by {until}",
            place,
            about=(REVIEWED,),
        )
    if not last.reviewer:
        yield unmet("no-reviewer", "the record names no reviewer", place, kind=Kind.ADVICE, about=(REVIEWED,))
