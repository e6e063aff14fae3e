"""Customers can read until when each supported version is supported.

Why
---
Who runs software after its support has ended runs it without security updates. Customers can plan only with a date: a
tick in a table says that somebody may fix something today, not when that stops.

What counts
-----------
A statement of supported versions with real calendar dates for their ends. Every usual form is read: the table
*Supported versions* of a SECURITY.md, tables, lists and sentences of a README, a support, release or LTS policy (linked
files too), the schedules of Node.js, Python, .NET and Kubernetes, endoflife.date's pages, OpenEoX, and the plain
`lifecycle.yaml` of `docs/guides/lifecycle.md`.

- Ticks without dates, "only the latest version", "the last three releases": no end date.
- "Each release is supported for 18 months": enough where the days of releases are known (tags, change log), with the
  advice to write the dates out; a rule for releases of the long term counts from those that are called so. "A year
  after the next release" gives a date only to versions whose next release is out; an end that waits for a version that
  is planned is none.
- A date that has passed beside "supported", a day that no calendar has, two files that differ: told at the line.
- Tables of platforms, of other people's products and of browsers are none, nor is what a framework or a law asks for; a
  SUPPORT.md that says where to get help is none; the rows of GitHub's starter are none.

The text has to be public: a repository that is, or the address in `published`.

How to fix
----------
A column is enough, in SECURITY.md:

    ## Supported versions
    | Version | Released | Security fixes until |
    |---|---|---|
    | 2.x | 2026-03-02 | 2028-03-31 |
    | 1.x | 2024-01-15 | 2027-06-30 |

or `lifecycle.yaml`, from which `sscop openeox` writes OpenEoX.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.lifecycle.gathered import lifecycle
from sscop.artefacts.nodes import Node
from sscop.check import ESTABLISHES, check
from sscop.judgement.lifecycles import releases
from sscop.judgement.published import PUBLISHED, published
from sscop.judgement.support_dates import judged
from sscop.model import Finding
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="Supported versions have published end dates",
    claims={"eos-dates": ESTABLISHES},
    options=PUBLISHED,
)
def support_dates(repo: Repository, settings: Mapping[str, Node], today: date, platform: Platform) -> Iterator[Finding]:
    """What is wrong at its line, and what is dated."""
    for one in judged(repo.once(lifecycle), today, lambda: repo.once(releases)):
        yield published(one, platform, settings)
