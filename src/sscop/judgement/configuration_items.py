"""Which items are identified as under control, that they are tracked, and what contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath

from sscop.artefacts.codeowners import Owners
from sscop.artefacts.control_lists import ControlList
from sscop.artefacts.ignored_items import Ignored
from sscop.artefacts.prose.templates import MEANT
from sscop.artefacts.tracked_kinds import Kind, Tracked
from sscop.model import Because, Evidence, Finding, met, unknown, unmet
from sscop.model import Kind as FindingKind
from sscop.repository import Repository

SHOWN = 8
USUAL = 3
"""Kinds of tracked things from which a repository shows by itself what is controlled in it."""
_FILE = re.compile(r"\.\w{1,8}$|/$|(?:^|/)[A-Z]\w*file$")
_ASKED = {Kind.PIPELINES, Kind.INFRASTRUCTURE}
_AREAS = {Kind.SOURCES, Kind.PIPELINES, Kind.INFRASTRUCTURE, Kind.BUILD}


def listed(repo: Repository, lists: Sequence[ControlList]) -> Iterator[Finding]:
    """Each list that says what is controlled, and what it names that is not there or not tracked."""
    for one in lists:
        place = Evidence(one.path, one.line, one.title[:80])
        if one.template.startswith(MEANT):
            continue
        if one.template:
            said = f"is a template still: {one.template}"
            yield unmet("template", said, place, fix="fill it in, or name it a template")
            continue
        found, bad = 0, []
        for item in one.items:
            for path in item.paths:
                state = _state(repo, path, dirname(one.path))
                found += state == "tracked"
                if state in ("untracked", "missing"):
                    bad.append((path, item.line, state))
        items = [Evidence(one.path, item.line, item.text) for item in one.items[:SHOWN]]
        said = f"a list of {len(one.items)} items under control; {found} of the paths that it names are tracked"
        yield met("listed", said, place, *items, key=one.path)
        for path, line, state in bad[:SHOWN]:
            yield _contradiction(path, Evidence(one.path, line), state)


def named(repo: Repository, globs: Sequence[str]) -> Iterator[Finding]:
    """The items that the setting `paths` names, each tracked or not."""
    if not globs:
        return
    here = Evidence(".sscop.yaml")
    states = {glob: _state(repo, glob) for glob in globs}
    good = [glob for glob, state in states.items() if state == "tracked"]
    if good:
        yield met("listed", f"items under control, by the settings: {len(good)}, all tracked", here, key="settings")
    for glob, state in states.items():
        if state != "tracked":
            yield _contradiction(glob, here, "untracked" if state == "untracked" else "missing")


def owned(owners: Owners, kinds: Sequence[Tracked]) -> tuple[Finding | None, list[Tracked]]:
    """The kinds that have owners, as a finding where the sources have, and the kinds that have none."""
    covered, bare, places = [], [], []
    for one in kinds:
        if one.kind not in _AREAS or not one.paths:
            continue
        found = [(path, rule) for path in one.paths if (rule := owners.of(path))]
        if 2 * len(found) > len(one.paths):
            covered.append(one)
            path, rule = found[0]
            places.append(Evidence(owners.path, rule.line, f"{one.kind.value}: `{rule.pattern}` covers {path}"))
        else:
            bare.append(one)
    if not any(one.kind is Kind.SOURCES for one in covered):
        return None, []
    said = f"items with owners who answer for changes: {', '.join(one.kind.value for one in covered)}"
    return met("owned", said, *places, key=owners.path), [one for one in bare if one.kind in _ASKED]


def tracked(kinds: Sequence[Tracked]) -> Iterator[Finding]:
    """That what is usually controlled is tracked, where nothing says what should be; unknown where too little is."""
    counts = ", ".join(f"{one.kind.value} ({one.files})" for one in kinds)
    places = [Evidence(one.paths[0], None, one.kind.value) for one in kinds if one.paths]
    how = (
        "name them: owners for sources, pipelines and infrastructure in CODEOWNERS, or a short list "
        "(docs/configuration-items.md: item, where it is, who approves a change)"
    )
    if len(kinds) >= USUAL and any(one.kind is Kind.SOURCES for one in kinds):
        yield met("tracked", f"under version control: {counts}", *places)
        yield unmet(
            "not-identified", "found nothing that says which items need control", kind=FindingKind.ADVICE, fix=how
        )
    else:
        seen = counts or "nothing of a usual kind"
        said = f"under version control: {seen}; found nothing that says which items need control"
        yield unknown("too-little", said, *places, fix=how)


def contradictions(items: Sequence[Ignored]) -> Iterator[Finding]:
    """What git is told to ignore and a product is built from; the locks of what may be libraries are advice."""
    for one in items:
        if one.product:
            said = f"`{one.path}` is ignored, so what is built from it is not under version control"
            how = f"remove the rule and `git add` {one.path}"
            place = Evidence(one.rule.path, one.rule.line, one.rule.text)
            yield unmet("ignored", said, place, because=Because.CONTRADICTED, subject=one.path, key=one.path, fix=how)
    loose = [one for one in items if one.product is None]
    if loose:
        first = f"`{loose[0].path}`" + (f" and {len(loose) - 1} more" if len(loose) > 1 else "")
        said = f"ignored: {first}; right for a library, not for what is built and run"
        places = [Evidence(one.rule.path, one.rule.line, one.path) for one in loose[:SHOWN]]
        yield unmet("lock-ignored", said, *places, kind=FindingKind.ADVICE, key="locks")


def submodules(repo: Repository, text: str, recorded: dict[str, str]) -> Iterator[Finding]:
    """Submodules that `.gitmodules` names and the tree records no commit of."""
    for n, line in enumerate(text.split("\n"), 1):
        match = re.match(r"\s*path\s*=\s*(\S.{0,500}?)\s*$", line)
        if match and match[1] not in recorded and not repo.find(f"{match[1]}/**"):
            said = f"the submodule `{match[1]}` has no commit on record, so nothing says which version is meant"
            place = Evidence(".gitmodules", n)
            yield unmet("submodule", said, place, because=Because.CONTRADICTED, subject=match[1], key=match[1])


def _state(repo: Repository, path: str, beside: str = "") -> str:
    """`tracked`, `untracked` (on disk, not in git), `missing`, or `untold` for what may be no path at all.

    A path counts from the root or from the folder of the text that names it; a bare name wherever it is.
    """
    bare = path.strip("/")
    if bare in ("", "."):
        return "tracked"
    places = [place for place in dict.fromkeys(map(normpath, (join(beside, bare), bare))) if not place.startswith("..")]
    for place in places:
        if repo.has(place) or repo.is_link(place) or repo.find(f"{place}/**", place):
            return "tracked"
    wild = re.search(r"[*?{\[]", bare)
    if "/" not in bare and not wild and repo.find(f"**/{bare}", f"**/{bare}/**"):
        return "tracked"
    if not wild and any(map(repo.untracked, places)):
        return "untracked"
    return "missing" if _FILE.search(path) else "untold"


def _contradiction(path: str, place: Evidence, state: str) -> Finding:
    if state == "untracked":
        said, how = f"`{path}` is an item under control, and is on disk without being tracked", f"git add {path}"
    else:
        said, how = (
            f"`{path}` is an item under control, and nothing here has this path",
            "correct the list, or add the item",
        )
    return unmet(f"item-{state}", said, place, because=Because.CONTRADICTED, subject=path, key=path, fix=how)
