"""Security updates come out within the time limits that the project states.

Why
---
From the day on which a vulnerability is known, attackers and maintainers work on the same thing. Limits by severity
make it a plan rather than a hope, and the history of advisories and releases says whether the plan is kept.

What counts
-----------
First the limits: how soon a vulnerability is fixed, by severity, with a number and a unit, in SECURITY.md, a
vulnerability plan or a support or patching policy. How soon a report is *answered*, an embargo, and "as soon as
possible" are no such limits. Two texts with other limits for the same severity are advice.

Then what can be held against them: advisories in the repository (OSV, CSAF, GitHub's JSON, prose and registers with the
days of report and fix), with the day of the release that fixed them from tags and change logs. One that was fixed
later than its limit, or is not fixed when it should be, contradicts the limits.

Limits without any occasion to hold against them: it could not be told. Where there was none, `no-occasion-since`
declares that; a security fix in a change log or an advisory after that day contradicts it.

How to fix
----------
In SECURITY.md:

    ## How soon we fix
    | Severity (CVSS) | Fix released within |
    |---|---|
    | critical | 7 days |
    | high | 30 days |
    | medium, low | 90 days |

And a register beside it, one row for each vulnerability: id, severity, reported, fixed.

Settings: `checks: {security-updates: {no-occasion-since: 2025-05-07}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.advisories.dated import dated
from sscop.artefacts.advisories.model import Advisory
from sscop.artefacts.changelogs import changelogs
from sscop.artefacts.fix_limits import fix_limits
from sscop.artefacts.nodes import Node
from sscop.check import SUPPORTS, check
from sscop.judgement.lifecycles import releases
from sscop.judgement.published import NO_OCCASION, quiet, quiet_since
from sscop.judgement.security_updates import judged, occasions
from sscop.model import Finding
from sscop.repository import Repository


@check(
    title="Security updates come within stated time limits",
    claims={"updates-prompt": SUPPORTS},
    options=NO_OCCASION,
)
def security_updates(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """The limits, and each occasion that is seen against them."""
    since = quiet_since(settings, today)
    if isinstance(since, Finding):
        yield since
        return
    known = [one for one in repo.once(dated) if isinstance(one, Advisory)]
    released = repo.once(releases) if any(one.versions for one in known) else None
    seen = occasions(known, released or [])
    found = list(judged(repo.once(fix_limits), seen, repo.once(changelogs), today, since))
    yield from found
    if since is not None and not found:
        yield quiet(since)
