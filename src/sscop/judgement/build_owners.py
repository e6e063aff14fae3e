"""Whether what builds the software has owners: what has none, what the platform does not take, who is not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sscop.artefacts.build_files import IMAGES, OWNERSHIP, PIPELINES
from sscop.artefacts.codeowners import Owned, Owners, is_placeholder, owners_files
from sscop.model import Because, Evidence, Finding, Kind, met, unmet
from sscop.platform import Platform
from sscop.repository import Repository

WEIGHTY = (PIPELINES, IMAGES, OWNERSHIP)
SHOWN = 50
"""Lines with a mistake that are told one by one."""

_FIXES = {
    "unknown owner": "name somebody who can write to the repository, or give them that",
    "invalid owner": "write owners as `@user`, `@org/team` or an address",
    "invalid pattern": "write it without `!` and `[ ]`, which these patterns do not have",
}
_FIX = "correct the line, which the platform leaves out as it is"

Files = Mapping[str, list[str]]


def absent(files: Files) -> Finding:
    """No file names owners."""
    fix = "write .github/CODEOWNERS that names who answers for pipelines, images and itself"
    places = [Evidence(path) for path in (*files.get(PIPELINES, ()), *files.get(IMAGES, ()))[:3]]
    said = "found no file that names the owners of what builds the software"
    return unmet("no-owners", said, *places, because=Because.ABSENT, fix=fix)


def in_file(repo: Repository, owners: Owners, files: Files, platform: Platform) -> Iterator[Finding]:
    """What a CODEOWNERS file and the platform say of the build files."""
    yield from _placeholders(owners)
    yield from _mistakes(owners)
    for path in owners_files(repo)[1:]:
        message = f"a second file of owners that does not count beside `{owners.path}`"
        yield unmet("second-file", message, Evidence(path), kind=Kind.ADVICE, fix="keep one of them")
    yield from _errors(repo, owners, files, platform)
    yield from covered(files, lambda path: _is_owned(owners.of(path)), owners.path, owners)
    yield from _unasked(owners, platform)


def _is_owned(rule: Owned | None) -> bool:
    return rule is not None and not all(map(is_placeholder, rule.owners))


def covered(files: Files, owned: Callable[[str], bool], by: str, owners: Owners | None = None) -> Iterator[Finding]:
    """For each kind of build file those without owners; one finding where the weighty ones have them."""
    good = True
    for kind, paths in files.items():
        bare = [path for path in paths if not owned(path)]
        if not bare:
            continue
        weighty = kind in WEIGHTY
        good = good and not weighty
        names = ", ".join(f"`{path}`" for path in bare[:3]) + (" ..." if len(bare) > 3 else "")
        last = owners.last(bare[0]) if owners else None  # takes the owners away, or gives placeholders
        places = [Evidence(by, last and last.line), *(Evidence(path) for path in bare[:3])]
        yield unmet(
            "unowned", f"{kind} without an owner in `{by}`: {len(bare)} of {len(paths)} ({names})", *places,
            kind=Kind.CLAIM if weighty else Kind.ADVICE, key=kind, fix=f"name their owners at the end of {by}",
        )  # fmt: skip
    if good:
        counted = sum(len(files.get(kind, ())) for kind in WEIGHTY)
        yield met("owned", f"pipelines, image definitions and the ownership file with owners: {counted}", Evidence(by))


def _placeholders(owners: Owners) -> Iterator[Finding]:
    for rule in owners.rules:
        for one in filter(is_placeholder, rule.owners):
            message, fix = f"`{one}` stands for an owner and is none", "name a real person or team"
            yield unmet("placeholder-owner", message, Evidence(owners.path, rule.line), key=one, fix=fix)


def _mistakes(owners: Owners) -> Iterator[Finding]:
    for mistake in owners.mistakes[:SHOWN]:
        text = mistake.text[:80]
        message = f"`{text}`: {mistake.reason}"
        yield unmet("not-taken", message, Evidence(owners.path, mistake.line), kind=Kind.ADVICE, key=text)
    if more := owners.mistakes[SHOWN:]:
        message = f"more lines with such mistakes, from here on: {len(more)}"
        yield unmet("not-taken", message, Evidence(owners.path, more[0].line), kind=Kind.ADVICE, key="more")


def _errors(repo: Repository, owners: Owners, files: Files, platform: Platform) -> Iterator[Finding]:
    """What the platform finds wrong; an owner that it does not know weighs where build files depend on the line."""
    weighty = {rule.line for kind in WEIGHTY for path in files.get(kind, ()) if (rule := owners.of(path))}
    told = {mistake.line for mistake in owners.mistakes}
    for line, what, path in platform.owners_errors.value if platform.owners_errors.known else ():
        path = path if repo.has(path) else owners.path
        if path == owners.path and line in told:
            continue  # said already
        unknown = what.lower() == "unknown owner"
        kind = Kind.CLAIM if unknown and path == owners.path and line in weighty else Kind.ADVICE
        place, fix = Evidence(path, line), _FIXES.get(what.lower(), _FIX)
        yield unmet("owners-error", f"the platform says: {what[:80]}", place, kind=kind, key=what, fix=fix)


def _unasked(owners: Owners, platform: Platform) -> Iterator[Finding]:
    """The branches on which the owners are told, and need not be asked."""
    for branch in platform.branches.value if platform.branches.known else ():
        if branch.owners_review.known and not branch.owners_review.value:
            message = f"branch `{branch.name}` does not require the owners' review, so that they are told and not asked"
            fix = "require review from code owners, in a ruleset for it"
            place = Evidence(owners.path)
            yield unmet("owners-not-asked", message, place, kind=Kind.ADVICE, key=branch.name, fix=fix)
