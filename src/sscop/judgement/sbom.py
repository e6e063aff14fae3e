"""What kept and generated SBOMs come to together."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.ecosystems import Ecosystem, Inventory, manifests
from sscop.artefacts.pipelines import Activities, activities
from sscop.artefacts.sboms import Found
from sscop.artefacts.sboms.model import Holds
from sscop.judgement.sbom_releases import Made, made
from sscop.judgement.sboms import FIX_EMPTY, SHIPPED, is_tooling, kept, told
from sscop.judgement.scans import SHOWN, left_open, named, open_workflows, unread
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, met, not_applicable, unknown, unmet
from sscop.repository import Repository

_NAMED = lazily(r"sbom|cyclonedx|(?:^|[/_-])syft(?:[/_. -]|$)|bill-of-materials")
_MAY_MAKE = lazily(
    r"/(?![^/]*(?:test|docs|openapi|spec|lint|config))[^/]*(?:release|publish|build|docker|image)[^/]*\Z"
)
_NAMED_ONLY = {
    Ecosystem.GITSUBMODULE, Ecosystem.BAZEL, Ecosystem.CONDA, Ecosystem.VCPKG, Ecosystem.ELM, Ecosystem.JULIA,
}  # fmt: skip
"""Of these the manifests are found and not read; each brings in components."""

FIX_MADE = "make it in the pipeline that releases (at the tag, or before the step that publishes) and attach it there"
FIX_ABSENT = "make an SBOM where the product is released and publish it with the release"


def findings(repo: Repository) -> Iterator[Finding]:
    """One or more findings, whatever there is."""
    judged, found = kept(repo)
    makers = made(repo)
    good = [one for one in makers if not one.lacks and not one.unsure]
    yield from _good(good)
    yield from told(judged, bool(good))
    kind = Kind.ADVICE if good or any(not one.lacks and not one.unsure for one in judged) else Kind.CLAIM
    for one in found.hollow:
        message = f"this file is by its name an SBOM, and {one.why}"
        yield unmet("sbom-hollow", message, Evidence(one.path, 1), kind=kind, key="hollow", fix=FIX_EMPTY)
    yield from (one.finding() for one in found.unread)
    if good or judged:
        return
    bad = [one for one in makers if one.lacks]
    for maker in bad[:SHOWN]:
        yield unmet(maker.code, f"{maker.by} {maker.lacks}", maker.place, key=maker.by, fix=FIX_MADE)
    for maker in [one for one in makers if one.unsure][:SHOWN]:
        yield unknown("sbom-elsewhere", f"{maker.by} {maker.unsure}", maker.place, key=maker.by)
    if not (makers or found.hollow or found.unread):
        yield from _none(repo, found)


def _good(good: list[Made]) -> Iterator[Finding]:
    if good:
        message = "an SBOM is made: " + ", ".join(dict.fromkeys(one.by for one in good))
        yield met("sbom-made", message, *(one.place for one in good[:SHOWN]), key="made")
        if all(one.advice for one in good):
            message = f"an SBOM is made, and {good[0].advice}"
            yield unmet("sbom-made-weakly", message, good[0].place, kind=Kind.ADVICE, key="made", fix=FIX_MADE)


def _none(repo: Repository, found: Found) -> Iterator[Finding]:
    acts: Activities = repo.once(activities)
    inventory: Inventory = repo.once(manifests)
    problems = [*unread(acts), *(one.finding() for one in inventory.unread)]
    if promised := named(acts.calls, _NAMED):
        title = promised[0].said.partition("@")[0]
        message = f"`{title}` is by its name a generator of SBOMs; what it does is kept in another place, not read here"
        yield unknown("sbom-elsewhere", message, *(Evidence(one.path, one.line, one.said) for one in promised[:SHOWN]))
    elif problems:
        yield from problems
    elif _has_components(inventory) and (maybe := open_workflows(acts.calls, _MAY_MAKE)):
        yield left_open(maybe, "SBOM, and nothing that makes one,")
    elif not _has_components(inventory):
        yield not_applicable("no-components", "found no manifest of the product that takes in third-party components")
    else:
        aside = [one for one in found.sboms if one.holds in (Holds.VULNERABILITIES, Holds.OTHER)]
        hint = "; found and not counted: " if aside or found.aside else ""
        hint += ", ".join(
            [f"`{one.path}` (it lists {one.holds.value})" for one in aside[:2]]
            + [f"`{path}` ({reason})" for path, reason in found.aside[:2]]
        )
        message = f"found no SBOM, and nothing that makes one{hint}"
        yield unmet("no-sbom", message, because=Because.ABSENT, key="sbom", fix=FIX_ABSENT)


def _has_components(inventory: Inventory) -> bool:
    return any(
        one.ecosystem in _NAMED_ONLY or any(each.group in SHIPPED for each in one.third_party)
        for one in inventory.manifests
        if not one.aside and not is_tooling(one.path)
    )
