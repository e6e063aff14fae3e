"""Customers can read how often updates come, and how to apply them.

Why
---
An update helps only where it is installed. Customers install updates in time when they know when to expect them, which
ones matter for security, and what to do: without that they wait, or find out in an incident.

What counts
-----------
Two elements make the policy: how often updates come (a cadence, a release schedule, "when needed") and how to apply one
(an upgrade guide, a section *Upgrading* with its steps or command). Looked at are README, SECURITY.md, support, release
and upgrade documents, at the root, in `docs/`, `.github/` and below, and the pages of the product's own site whose
text lies here.

Advice, which never fails: that security updates are treated apart (backports, patch releases, how fast), how
customers are told or that updates apply themselves, and what a version's number means (SemVer).

How often the project updates its own dependencies, what its guides for contributors say of releases, and a change log
alone are something else. The text has to be public: a repository that is, or the address in `published`.

How to fix
----------
A section in the README is enough:

    ## Updates
    We publish a minor release every two months and patch releases when needed. Security fixes come as patch
    releases of every supported version, and are announced on the mailing list.

    ## Upgrading
    `pip install --upgrade acme`; back up the database first, `acme check` says whether it went well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sscop.artefacts.changelogs import changelogs
from sscop.artefacts.nodes import Node
from sscop.artefacts.update_policies import updates
from sscop.check import ESTABLISHES, check
from sscop.judgement.published import PUBLISHED, published
from sscop.judgement.update_policy import judged
from sscop.model import Finding
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="How often updates come and how to apply them is published",
    claims={"update-policy": ESTABLISHES},
    options=PUBLISHED,
)
def update_policy(repo: Repository, settings: Mapping[str, Node], platform: Platform) -> Iterator[Finding]:
    """The policy's elements, each at its line, and what was not seen."""
    logged = next((one.path for one in repo.once(changelogs)), "")
    for one in judged(repo.once(updates), logged):
        yield published(one, platform, settings)
