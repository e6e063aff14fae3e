"""Changes to what builds the software need the approval of those who answer for it.

Why
---
Whoever can change a pipeline, a Dockerfile or the file that names the owners can change everything that is built.
Owners of these files get to see each change before it lands, and with a rule that requires their review nobody gets
around them.

What counts
-----------
The file CODEOWNERS, read as GitHub does: the first of `.github/`, the root and `docs/` counts alone, the last rule that
matches a path decides, a rule without owners takes them away, and a line with a mistake is left out. On GitLab its
sections count, each for itself; so do the OWNERS files of Prow. Every pipeline, action, image definition, and the
ownership file itself needs an owner who is more than a placeholder.

Advice, which never fails: owners of build definitions, locks and update settings, which many leave to a bot on purpose;
lines that the platform does not take; a second file that does not count.

That the owners' review is required is a setting of the platform (see `branch-rules`). Where the platform was asked, a
branch that does not require it is advice, and the platform's own list of the file's errors counts.

How to fix
----------
A few lines are enough; the last ones win, so they go to the end:

    /.github/      @OWNER/platform
    Dockerfile*    @OWNER/platform
    /Makefile      @OWNER/platform
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.build_files import IMAGES, PIPELINES, build_files
from sscop.artefacts.codeowners import code_owners
from sscop.artefacts.prow import prow_owners
from sscop.check import SUPPORTS, check
from sscop.model import Finding, Unread, not_applicable
from sscop.platform import Platform
from sscop.repository import Repository


@check(title="Build files have owners who see every change", claims={"build-changes-authorised": SUPPORTS})
def build_owners(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """One finding for each kind of build file without owners, for each mistake, and one for what is in order."""
    files = build_files(repo)
    if not set(files) & {PIPELINES, IMAGES}:
        yield not_applicable("no-build-files", "found no pipeline and no image definition")
        return
    from sscop.judgement.build_owners import absent, covered, in_file

    owners = code_owners(repo)
    approvers = None if owners else prow_owners(repo)
    if isinstance(owners, Unread) or isinstance(approvers, Unread):
        yield from (one.finding() for one in (owners, approvers) if isinstance(one, Unread))
    elif owners:
        yield from in_file(repo, owners, files, platform)
    elif approvers:
        yield from covered(files, lambda path: approvers.of(path) is not None, "OWNERS")
    else:
        yield absent(files)
