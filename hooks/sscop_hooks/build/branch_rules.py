"""Nobody changes a release branch alone: rules require a pull request, a review and passing checks.

Why
---
What is built is what is on the branch. Without rules one account, or whoever has taken it over, can put anything there,
and rewrite the history that would show it.

What counts
-----------
The rules on the default branch and on release branches as GitHub tells them: rulesets and classic protection together.
They are asked for with `--platform github` or read from a file that `sscop settings` wrote; offline, rulesets kept as
JSON and the Settings app's `settings.yml` in the repository are read, and say what is stated, not what is applied. The
default branch is then the one that the settings or the clone's `origin` name, else `main` or `master`.

Enough: a pull request and at least one approval are required, so are status checks, nobody can push by force, and
those who may merely write can't bypass it.

Advice, which never fails: approvals that stay after new commits, owners whose review is not required, administrators
who may go around the rules, branches that can be deleted, unsigned commits.

What the token may not see is unknown, with the permission that would show it; it never reads as off, and a bypass list
that is not shown never reads as empty. Only GitHub can be asked so far.

How to fix
----------
Settings, Rules, Rulesets, New branch ruleset: target the default branch and the release branches, require a pull
request with one approval, require the checks of your tests, block force pushes, and leave the bypass list empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.settings.as_code import stated
from sscop.artefacts.settings.facts import read
from sscop.check import ESTABLISHES, SUPPORTS, check
from sscop.judgement.branches import judge
from sscop.judgement.untold import untold
from sscop.model import Finding
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="Release branches require a review and passing checks",
    claims={"build-changes-authorised": ESTABLISHES, "build-changes-logged": SUPPORTS},
)
def branch_rules(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """For each branch what is missing, what is not known, or that its rules are in order."""
    if platform.branches.known:
        for one in platform.branches.value:
            yield from judge(one, (), f" ({platform.source})" if platform.source else "")
        return
    found = repo.once(stated)
    if found:
        yield from (one.finding() for one in found.unread)
    if found and found.places:
        branches = read(found.answers).branches
        for one in branches.value if branches.known else ():
            yield from judge(one, found.places, ", as the files state")
    else:
        yield untold(platform, platform.branches, "the rules on the release branches are not known")
