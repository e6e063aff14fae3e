"""Somebody who finds a vulnerability can tell you in private, and knows what happens then.

Why
---
Most vulnerabilities are found by others. Who can't see where to report one gives up, or publishes it. A policy that
people can act on turns them into helpers, and gives you the time to fix before everybody knows.

What counts
-----------
A security policy where GitHub looks for one: `SECURITY.md` in `.github/`, at the root or in `docs/`, in that order, in
any case and notation; else a text of its own (`docs/vulnerability-disclosure.md`), else a section of the README or of
a guide for contributors that can be acted on. A text that only points to another one in this repository is followed,
also by the address of a page of the product's own site, where one text here alone fits it.

In confidence: a private channel. An e-mail address, also written `security at company dot org`; GitHub's private
vulnerability reporting; a confidential issue on GitLab; a bug bounty or coordination platform; a form; a telephone
number or a private message. Public issues, reserved domains (`example.com`), placeholders and starter text do not
count. Where the platform was asked and private reporting is off, a policy that names only that is contradicted.

Published: beside the channel at least one of how soon a report is answered (a number and a unit), what to report and
what to include, what happens with a report. An address alone is no policy. What was not seen of the three is advice,
as are safe harbour, credit and a key for encryption. In a private repository a policy is written, not published.

A policy that is only an address of a page elsewhere is unknown: the page is not looked at. Where there is none here,
one may be inherited from the owner's `.github` repository: unknown, unless the platform was asked.

How to fix
----------
Write `SECURITY.md`:

    # Security policy
    ## Reporting a vulnerability
    Report in private with "Report a vulnerability" on the *Security* tab. Please open no public issue.
    Include the version, the steps to reproduce, and the impact as you see it.
    ## What happens then
    We acknowledge within 3 working days, tell you our assessment within 10, and keep you informed until the fix.
    We publish an advisory with the fix, at the latest 90 days after the report, and credit you if you wish.
    ## Scope
    The newest release, its packages and images. Not in scope: the demo site.

Settings: `checks: {disclosure-policy: {published: "https://..."}}` where the repository is private.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sscop.artefacts.disclosure.pointers import followed
from sscop.artefacts.disclosure.texts import Place, find, hosted_elsewhere, inherited
from sscop.artefacts.nodes import Node
from sscop.check import ESTABLISHES, check
from sscop.judgement import disclosure
from sscop.judgement.disclosure import BOTH
from sscop.judgement.disclosure_advice import advice, others
from sscop.judgement.published import PUBLISHED, published
from sscop.model import Because, Finding, Outcome, unknown, unmet
from sscop.platform import ASK, Platform
from sscop.repository import Repository


@check(
    title="A policy says how to report a vulnerability in confidence",
    claims={"vdp-published": ESTABLISHES, "vdp-confidential": ESTABLISHES},
    options=PUBLISHED,
)
def disclosure_policy(repo: Repository, settings: Mapping[str, Node], platform: Platform) -> Iterator[Finding]:
    """What the policy says of private reporting and of the process; else why there is none."""
    found = repo.once(find)
    judged = [disclosure.judge(one, followed(repo, one)) for one in found.texts]
    yield from (one.finding() for one in found.unread)
    best = disclosure.best(judged)
    if platform.inherited.known and not found.unread and (best is None or disclosure.only_points_to_inherited(best)):
        text = inherited(platform.inherited.value)
        best = disclosure.judge(text, []) if text else best
    if best is None:
        if not found.unread:
            yield _none(repo, platform)
        return
    yield from disclosure.confidential(best, platform.private_reporting)
    policy = disclosure.published(best, platform.private_reporting)
    if policy is not None:
        inherits = best.text.place is Place.INHERITED
        yield policy if inherits else published(policy, platform, settings)
        yield from advice(best, policy.outcome is Outcome.MET)
    yield from others(best, judged)


def _none(repo: Repository, platform: Platform) -> Finding:
    fix = "write SECURITY.md: a private channel, what to include, how soon you answer, what happens with a report"
    known = platform.inherited.known
    if known or hosted_elsewhere(repo):
        where = " here or in the owner's `.github` repository" if known else ""
        said = f"found no text that says how to report a vulnerability{where}"
        return unmet("no-policy", said, because=Because.ABSENT, fix=fix, about=BOTH)
    said = "found no security policy here; on GitHub one may be inherited from the owner's `.github` repository"
    return unknown("maybe-inherited", f"{said}, which was not seen", fix=f"{fix}; or {ASK}", about=BOTH)
