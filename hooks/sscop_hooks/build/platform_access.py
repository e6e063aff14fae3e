"""The platform's settings make access to the build environment hard to misuse.

Why
---
A stolen password opens the repository where no second factor is asked for, and a forgotten deploy key, a contractor
who may still write or a workflow token that can do everything does the rest. These are settings, not files: somebody
has to look, and the platform can be asked.

What counts
-----------
What GitHub says when it is asked with `--platform github`, or what a file that `sscop settings` wrote says. It speaks
for GitHub alone: for what people use besides, a declaration is needed.

The claim: the organisation requires a second factor of its members. A person's own account can't require it of others.

Advice, which never fails, one line for each: the workflow token writes by default, workflows may approve pull requests,
every action may run, environments deploy without a review, outside collaborators may write, deploy keys may write,
webhooks without TLS verification or a secret, secret scanning, push protection, private vulnerability reporting or
Dependabot alerts off.

What the token may not see is unknown, with the permission that would show it.

How to fix
----------
Organisation settings, Authentication security: require two-factor authentication. The other lines name their setting.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.check import SUPPORTS, check
from sscop.judgement.access import lax
from sscop.judgement.untold import untold
from sscop.model import Because, Finding, Kind, met, unknown, unmet
from sscop.platform import Platform


@check(title="Access on the platform needs a second factor", claims={"build-mfa": SUPPORTS})
def platform_access(platform: Platform) -> Iterator[Finding]:
    """One finding on the second factor, one piece of advice for each lax setting, one for all that is not known."""
    two = platform.two_factor
    if two.known and two.value:
        yield met("second-factor", f"the organisation requires a second factor of its members ({two.where})")
    elif two.known:
        message = f"the organisation does not require a second factor of its members ({two.where})"
        fix = "organisation settings, Authentication security, Require two-factor authentication"
        yield unmet("no-second-factor", message, because=Because.CONTRADICTED, fix=fix)
    elif platform.owner.known and platform.owner.value == "User":
        message = "the repository belongs to a person: nobody can require a second factor of those who have access"
        yield unknown("personal-account", message, fix="declare how access is protected, or move it to an organisation")
    else:
        yield untold(platform, two, "whether a second factor is required is not known")
    for one in lax(platform):
        yield unmet(one.code, one.message, kind=Kind.ADVICE, subject=one.subject, key=one.subject, fix=one.fix)
