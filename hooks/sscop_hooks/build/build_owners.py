"""Changes to what builds the software need the approval of those who answer for it.

Why
---
Whoever can change a pipeline, a Dockerfile or the file that names the owners can change everything that is built.
Owners of these files get to see each change before it lands, and with a rule that requires their review nobody gets
around them.

What counts
-----------
The file CODEOWNERS, read as GitHub does: the first of `.github/`, the root and `docs/` counts alone, the last rule that
matches a path decides, and a rule without owners takes them away. GitLab's sections and the OWNERS files of Prow count
likewise. Every pipeline, action, image definition, and the ownership file itself needs an owner who is more than a
placeholder.

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

from collections.abc import Callable, Iterator, Mapping

from sscop.artefacts.build_files import IMAGES, OWNERSHIP, PIPELINES, build_files
from sscop.artefacts.codeowners import PLACES, Owners, code_owners, is_placeholder, mistakes, prow_owners
from sscop.check import SUPPORTS, check
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, not_applicable, unmet
from sscop.platform import Platform
from sscop.repository import Repository

WEIGHTY = (PIPELINES, IMAGES, OWNERSHIP)


@check(title="Build files have owners who see every change", claims={"build-changes-authorised": SUPPORTS})
def build_owners(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """One finding for each kind of build file without owners, for each mistake, and one for what is in order."""
    files = build_files(repo)
    if not set(files) & {PIPELINES, IMAGES}:
        yield not_applicable("no-build-files", "found no pipeline and no image definition")
        return
    owners = code_owners(repo)
    if isinstance(owners, Unread):
        yield owners.finding()
        return
    approvers = None if owners else prow_owners(repo)
    if owners:
        yield from _file(repo, owners, platform)
        yield from _covered(files, lambda path: bool(_real(owners, path)), owners.path, owners)
        yield from _unasked(owners, platform)
    elif approvers:
        yield from _covered(files, lambda path: approvers.of(path) is not None, "OWNERS", None)
    else:
        fix = "write .github/CODEOWNERS that names who answers for pipelines, images and itself"
        places = [Evidence(path) for path in (*files.get(PIPELINES, ()), *files.get(IMAGES, ()))[:3]]
        yield unmet("no-owners", "found no file that names the owners of what builds the software", *places,
                    because=Because.ABSENT, fix=fix)  # fmt: skip


def _real(owners: Owners, path: str) -> list[str]:
    rule = owners.of(path)
    return [one for one in rule.owners if not is_placeholder(one)] if rule else []


def _covered(
    files: Mapping[str, list[str]], owned: Callable[[str], bool], by: str, owners: Owners | None
) -> Iterator[Finding]:
    good = True
    for kind, paths in files.items():
        bare = [path for path in paths if not owned(path)]
        if not bare:
            continue
        weighty = kind in WEIGHTY
        good = good and not weighty
        names = ", ".join(f"`{path}`" for path in bare[:3]) + (" ..." if len(bare) > 3 else "")
        places = [Evidence(by, _line(owners, bare[0])), *(Evidence(path) for path in bare[:3])]
        yield unmet(
            "unowned", f"{kind} without an owner in `{by}`: {len(bare)} of {len(paths)} ({names})", *places,
            kind=Kind.CLAIM if weighty else Kind.ADVICE, key=kind, fix=f"name their owners at the end of {by}",
        )  # fmt: skip
    if good:
        counted = sum(len(files.get(kind, ())) for kind in WEIGHTY)
        yield met("owned", f"pipelines, image definitions and the ownership file with owners: {counted}", Evidence(by))


def _line(owners: Owners | None, path: str) -> int | None:
    """The line of the rule that takes a path's owners away, or gives placeholders."""
    rules = owners.rules if owners else ()
    return next((one.line for one in reversed(rules) if one.matches.match(path)), None)


def _unasked(owners: Owners, platform: Platform) -> Iterator[Finding]:
    """The branches on which the owners are told, and need not be asked."""
    for branch in platform.branches.value if platform.branches.known else ():
        if branch.owners_review.known and not branch.owners_review.value:
            message = f"branch `{branch.name}` does not require the owners' review, so that they are told and not asked"
            fix = "require review from code owners, in a ruleset for it"
            place = Evidence(owners.path)
            yield unmet("owners-not-asked", message, place, kind=Kind.ADVICE, key=branch.name, fix=fix)


def _file(repo: Repository, owners: Owners, platform: Platform) -> Iterator[Finding]:
    for rule in owners.rules:
        for one in filter(is_placeholder, rule.owners):
            message, fix = f"`{one}` stands for an owner and is none", "name a real person or team"
            yield unmet("placeholder-owner", message, Evidence(owners.path, rule.line), key=one, fix=fix)
    wrong = repo.parse(owners.path, mistakes)
    for mistake in () if isinstance(wrong, Unread) else wrong:
        message = f"`{mistake.text[:80]}`: {mistake.reason}"
        yield unmet("not-taken", message, Evidence(owners.path, mistake.line), kind=Kind.ADVICE, key=mistake.text[:80])
    for path in [path for path in PLACES if path != owners.path and repo.has(path)]:
        message = f"a second file of owners that does not count beside `{owners.path}`"
        yield unmet("second-file", message, Evidence(path), kind=Kind.ADVICE, fix="keep one of them")
    if platform.owners_errors.known:
        for line, kind, path in platform.owners_errors.value or ():
            message = f"the platform says: {kind}"
            yield unmet(
                "owners-error", message, Evidence(path, line), key=f"{kind}", fix="owners need to be able to write"
            )
