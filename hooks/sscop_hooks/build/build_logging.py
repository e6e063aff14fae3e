"""Access and changes to the build environment are logged, and the logs are kept.

Why
---
When something was built that should not have been, the logs are what tells who changed what, and when. They help only
where they were written, are kept long enough, and can't be rewritten by those whom they are about.

What counts
-----------
A policy on the logs of the build environment: pipelines, runners, the platform's audit log, registries. Seen by what
it says: that access or changes are logged; how long logs are kept, in figures with a unit; what protects them. The logs
that the product itself writes are another matter, and so is how long artefacts of a run are kept. Proposals and manuals
for the product's users do not count. Where nothing else is found, a text of such a name that can't be read makes the
answer unknown.

Where the platform was asked, the number of days that it keeps logs counts as the period.

What the platform logs by itself, and whether anybody looks at it, files do not show: that is for a declaration.

How to fix
----------
A section is enough, in `docs/access.md` or where you keep such things:

    ## Logs of the build environment
    GitHub's audit log records access and changes to settings, secrets and membership; it is streamed every day to
    storage that only the security team can read, with an object lock. Logs are kept for 18 months.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.log_policies import Logging, logging_policies
from sscop.check import ESTABLISHES, SUPPORTS, check
from sscop.judgement.access_reviews import unread
from sscop.model import Because, Evidence, Finding, Kind, met, unmet
from sscop.platform import Platform
from sscop.repository import Repository

LOGGED, RETAINED, PROTECTED = "build-changes-logged", "build-logs-retained", "build-logs-protected"


@check(
    title="Logs of the build environment are kept for a stated time",
    claims={LOGGED: ESTABLISHES, RETAINED: ESTABLISHES, PROTECTED: SUPPORTS},
)
def build_logging(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """One finding for each of what is logged, how long it is kept, and what protects it."""
    read = list(logging_policies(repo))
    found = [one for one in read if isinstance(one, Logging)]
    good = [one for one in found if not one.policy.template]
    days = platform.log_days
    if days.known:
        yield met(
            "kept-by-platform", f"the platform keeps logs for {days.value} days ({days.where})", about=(RETAINED,)
        )
    if not good:
        places = [Evidence(one.policy.path, one.policy.section.line, one.policy.template) for one in found[:3]]
        message = "found only a template" if found else "found no policy on logs of the build environment"
        fix = "say what is logged of access and changes, how long it is kept, and who can read it"
        about = (LOGGED,) if days.known else (LOGGED, RETAINED)
        refused = [one for one in read if not isinstance(one, Logging)]
        yield from unread(refused, about)
        if refused and not found:
            return
        because = Because.INADEQUATE if found else Because.ABSENT
        yield unmet("no-policy", message, *places, because=because, fix=fix, about=about)
        return
    best = max(good, key=lambda one: (bool(one.changes), bool(one.kept), bool(one.protected)))
    yield from _said(best, days.known)


def _said(found: Logging, told: bool) -> Iterator[Finding]:
    path, line = found.policy.path, found.policy.section.line
    if found.changes:
        yield met("logged", "access or changes are said to be logged", Evidence(path, found.changes), about=(LOGGED,))
    else:
        message, fix = "does not say that access and changes are logged", "say which logs record them"
        yield unmet("nothing-logged", message, Evidence(path, line), fix=fix, about=(LOGGED,))
    if found.kept:
        span, at = found.kept
        yield met("kept", f"logs are kept for {span.text.strip()}", Evidence(path, at), about=(RETAINED,))
    elif not told:
        message, fix = "does not say how long logs are kept", "say it with a number and a unit"
        yield unmet("no-period", message, Evidence(path, line), fix=fix, about=(RETAINED,))
    if found.protected:
        yield met("protected", "says what protects the logs", Evidence(path, found.protected), about=(PROTECTED,))
    else:
        message, fix = "does not say what protects the logs", "say who can read them, and that nobody can change them"
        yield unmet("unprotected", message, Evidence(path, line), kind=Kind.ADVICE, fix=fix, about=(PROTECTED,))
