"""Customers were told of incidents: logs, reports, status pages and advisories that are real and current.

Why
---
A plan shows what is meant to happen. What was told the last time shows what does: customers can see whether they would
have known in time, and what was learnt.

What counts
-----------
- a report after an incident (postmortem) with a date and at least three of what such reports say: what happened,
  impact, cause, timeline, resolution, what follows;
- a log of incidents whose entries have dates; one that says that there was nothing counts too;
- issues of a status page that is kept as files (cstate), and the history that Upptime writes, if it goes on;
- security advisories: texts that name the vulnerability and a date, CSAF and OSV documents;
- vulnerabilities (CVE, GHSA) that the change log names under a release with a date, and that are the product's own: it
  links the advisory, or calls the fix one of security. A vulnerability that was mended does not contradict
  `no-occasion-since`.

A status page's configuration alone is nothing, and neither are starters, templates and examples. An issue that is open
for more than 90 days by the page's own account, and a history that ended, are inadequate; a date to come is a
contradiction.

Where the README, SECURITY or SUPPORT file points to a status page, to the platform's advisories or to a list for
announcements, or a change log without dates to advisories, the answer is unknown: they are not looked at. So it is
where a change log names vulnerabilities that may be a component's, and where nothing was found: files don't show that
there was something to tell of. Declare it: `no-occasion-since` is the day since which, as you say, there was none. What
is seen of an occasion after that day contradicts it.

How to fix
----------
A log, `docs/incident-log.md`:

    | Date | Service | Impact | Told | Resolved |
    |---|---|---|---|---|
    | 2026-08-14 | sign-in | no sign-in for 40 minutes | status page, e-mail, 20 minutes after the start | yes |

Or, in `.sscop.yaml`:

    checks:
      incident-notices: {no-occasion-since: 2024-01-01}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.incident_notices import incident_notices as seen
from sscop.artefacts.nodes import Node
from sscop.artefacts.tracked_kinds import has_sources
from sscop.check import SUPPORTS, check
from sscop.judgement.incident_notices import judge
from sscop.judgement.published import NO_OCCASION
from sscop.model import Finding, not_applicable
from sscop.repository import Repository


@check(
    title="Customers were told of incidents",
    claims={"incident-notice": SUPPORTS},
    options=NO_OCCASION,
)
def incident_notices(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What was told, or why that can't be seen."""
    found = repo.once(seen)
    if not any(found) and not settings and not has_sources(repo):
        yield not_applicable("no-software", "found no software here whose customers could be told")
        return
    yield from judge(found, settings, today)
