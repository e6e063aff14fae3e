"""Customers are told a year or more before support of a version ends.

Why
---
To move away from a version takes a customer budget, tests and a maintenance window. An end that is announced three
months before it comes leaves them the choice between haste and unsupported software.

What counts
-----------
Two things. The ends of support that are stated (in every form that `support-dates` reads): between the day on which an
end was published and the end lies a calendar year or more. The day of publication is the one that is declared
(`announced` in `lifecycle.yaml`, a column *Announced*), else that of the commit after which the file first said so; in
a shallow clone, which has no history, it can't be told. An end that comes within a year and was published too late is
told before it comes. What ended more than a year ago, or before the Code (May 2025), is history.

And what is promised: "12 months' notice before support ends", "supported for 24 months after the next major version".
Six months are too short; "until the next release" and "only the latest version" announce no day at all. What a
framework or a law asks for, and a table that maps its claims, promise nothing.

Where no version has ended, `no-occasion-since` declares that; an end that is seen after that day contradicts it. The
text has to be public: a repository that is, or the address in `published`.

How to fix
----------
State the ends early, and say so where you state them:

    ## Support
    Each major version gets security fixes for 24 months. We announce the end of support at least 12 months before it.

    | Version | Released | Security fixes until |
    |---|---|---|
    | 2.x | 2026-03-02 | 2028-03-31 |

In a pipeline fetch the whole history (`fetch-depth: 0`), or use `lifecycle.yaml`, which declares each day.

Settings: `checks: {end-of-support-notice: {no-occasion-since: 2025-05-07}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.lifecycle.announced import History
from sscop.artefacts.lifecycle.gathered import lifecycle
from sscop.artefacts.nodes import Node
from sscop.check import ESTABLISHES, check
from sscop.judgement.published import NO_OCCASION, PUBLISHED, published, quiet, quiet_since
from sscop.judgement.support_notice import contradicting, judged
from sscop.model import Finding
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="The end of support is announced a year before",
    claims={"one-year-notice": ESTABLISHES},
    options={**PUBLISHED, **NO_OCCASION},
)
def end_of_support_notice(
    repo: Repository, settings: Mapping[str, Node], today: date, platform: Platform
) -> Iterator[Finding]:
    """What each stated end and each promise comes to."""
    life = repo.once(lifecycle)
    since = quiet_since(settings, today)
    if isinstance(since, Finding):
        yield since
        return
    if since is not None:
        seen = list(contradicting(life, since, today))
        yield from seen or [quiet(since)]
    history = History(repo)
    for one in judged(life, today, lambda line: history.announced(line, today), since is not None):
        yield published(one, platform, settings)
