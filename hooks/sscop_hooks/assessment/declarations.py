"""What people declare about claims is complete, resolves, and is not past its review.

Why
---
Files show a part of what the Code asks for; the rest is answered by people: training, access, plans, what customers
were told. An answer that nobody owns, that names no reason, or that nobody looked at for years, is none.

What counts
-----------
Declarations are files `assessment/claims/<slug>.md`, one for each claim: `sscop init` writes them all as not assessed,
and `sscop explain <slug>` says what a claim asks. One that answers (`met`, `partly`, `not-met`, `not-applicable`) needs

- `accountable`, `declared-by` and `reviewed`: which roles, and when; no names of people;
- the argument and its assumptions, in prose below;
- records that resolve: a path of this repository is there, and is what `digest` says; what another `system` keeps is
  not looked at;
- a review that is not overdue: `review-every`, else twelve months. That comes with the calendar, so it fails a
  scheduled run and no commit; the claim is unknown until somebody looks again.

A declaration never counts as seen: reports show both apart, and what a check sees can contradict it.

Advice, which never fails: no record at all, the same role declares and checks, an answer for customers that names a
path or server inside, and a commit that moves the dates of several declarations and changes nothing else, for that
shows no review.

How to fix
----------
`assessment/claims/developers-trained.md`:

    ---
    status: met
    function: people team
    accountable: head of engineering
    declared-by: engineering manager
    checked-by: quality lead
    method: inspection
    reviewed: 2026-10-01
    review-every: 12 months
    population: 23 of 24
    records:
      - {title: training log, system: HR system, reference: TR-2026, held-by: people team, seen-on: 2026-10-01}
    ---
    Everyone who writes code takes the secure development course within three months and every year. One starter
    is due in December.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sscop.check import check
from sscop.judgement.declarations import Judged, bumps, judged, summary
from sscop.model import Finding, Unread
from sscop.repository import Repository


@check(title="Declarations about claims are complete and current")
def declarations(repo: Repository, today: date) -> Iterator[Finding]:
    """All that is wrong with each declaration, and how many hold."""
    if not repo.find("assessment/claims/*.md"):
        yield from summary([], today)
        return
    from sscop.catalogue import code

    found = list(judged(repo, tuple(code().claims), today))
    yield from (one.finding() for one in found if isinstance(one, Unread))
    good = [one for one in found if isinstance(one, Judged)]
    yield from (finding for one in good for finding in one.findings)
    yield from bumps(repo, good)
    yield from summary(good, today)
