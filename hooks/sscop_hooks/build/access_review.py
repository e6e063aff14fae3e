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
and the like; templates, proposals and manuals for the product's users do not count. Where nothing else is found, a text
of such a name that can't be read makes the answer unknown.

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

from sscop.artefacts.access_policies import reviews, roles
from sscop.artefacts.nodes import Node
from sscop.check import ESTABLISHES, check
from sscop.judgement.access_reviews import said_of_reviews, said_of_roles, together
from sscop.judgement.age import interval
from sscop.model import Finding
from sscop.repository import Repository


@check(
    title="Roles of the build environment are defined and reviewed",
    claims={"build-access-reviewed": ESTABLISHES, "build-roles": ESTABLISHES},
    options={"interval": "how long a review of access holds where the text does not say (12 months)"},
)
def access_review(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What is said of roles, and what of reviews."""
    usual = interval(settings)
    if isinstance(usual, Finding):
        yield usual
        return
    yield from together([*said_of_roles(list(roles(repo))), *said_of_reviews(list(reviews(repo)), usual, today)])
