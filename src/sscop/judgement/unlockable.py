"""Judges what has no usual lock with hashes: Maven, Gradle and Helm, where exact versions are the convention.

A moving version is a gap, unless a lock holds it; the lack of hashes is advice, because their users have no lock
that everybody keeps. Gradle's verification metadata, where it is kept, are the hashes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.ecosystems.model import LONGEST, Dependency, Ecosystem, Inventory, Lock, Manifest
from sscop.judgement.problems import Problem
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, unmet

ECOSYSTEMS = (Ecosystem.MAVEN, Ecosystem.GRADLE, Ecosystem.HELM)
_MOVING = {
    Ecosystem.MAVEN: lazily(r"[\[(].*,.*[\])]\Z|\[,|LATEST\Z|RELEASE\Z|.*-SNAPSHOT\Z"),
    Ecosystem.GRADLE: lazily(r".*\+\Z|latest\.|[\[(\]].*[\])\[]\Z|.*-SNAPSHOT\Z"),
    Ecosystem.HELM: lazily(r"\Z|.*[\^~<>=*|x ]"),
}
_ADVICE = {
    Ecosystem.MAVEN: (
        "Maven compares downloads with the checksums that the same server sends; found no checksums kept here",
        "keep trusted checksums in `.mvn/checksums` (Maven Resolver's `trustedChecksums`)",
    ),
    Ecosystem.GRADLE: (
        "found no `gradle/verification-metadata.xml`, so Gradle checks no hash of what it downloads",
        "run `gradle --write-verification-metadata sha256 build`, look over the result and commit it",
    ),
    Ecosystem.HELM: (
        "Helm checks no hash of the charts that others publish",
        "name charts by digest in an OCI registry, or keep the packed charts in `charts/`",
    ),
}


def moving(inventory: Inventory) -> Iterator[Problem]:
    """The manifests that name a version which changes, and no lock that holds it."""
    for one in inventory.of(*ECOSYSTEMS):
        loose = [d for d in one.third_party if _moves(one, d)]
        if one.aside or not loose or (one.ecosystem is not Ecosystem.MAVEN and held(one, inventory)):
            continue
        name = one.path.rpartition("/")[2]
        shown = ", ".join(f"`{d.name}` {d.spec or 'without a version'}" for d in loose[:3])
        said = f"`{name}` names {len(loose)} of its dependencies by a version that changes: {shown}"
        many = "{n} build files name dependencies by a version that changes"
        place = Evidence(one.path, loose[0].line, f"{loose[0].name} {loose[0].spec}".strip())
        fix = "name an exact, released version" + (
            "" if one.ecosystem is Ecosystem.MAVEN else ", or commit a lock (gradle.lockfile, Chart.lock)"
        )
        yield Problem("moving-version", one.tool, place, said, many, fix, Because.INADEQUATE, Kind.CLAIM, one.path)


def _moves(manifest: Manifest, dependency: Dependency) -> bool:
    group = manifest.name.partition(":")[0]
    own = bool(group) and dependency.name.startswith(f"{group}")
    spec = dependency.spec.strip()[:LONGEST]
    if "$" in spec or (own and spec.endswith("-SNAPSHOT")):
        return False
    return bool(_MOVING[manifest.ecosystem].match(spec)) and (bool(spec) or manifest.ecosystem is Ecosystem.HELM)


def held(manifest: Manifest, inventory: Inventory) -> Lock | None:
    """The lock that holds a Gradle build's or a chart's versions: beside it, for Gradle also above."""
    for lock in inventory.locks:
        if lock.ecosystem is not manifest.ecosystem or lock.tool == "verification":
            continue
        above = lock.folder.removesuffix("gradle/dependency-locks").rstrip("/")
        gradle = lock.ecosystem is Ecosystem.GRADLE and (not above or manifest.path.startswith(f"{above}/"))
        if lock.folder == manifest.folder or gradle:
            return lock
    return None


def without_hashes(inventory: Inventory, hashed: set[Ecosystem]) -> Iterator[Finding]:
    """The advice for each of these ecosystems where no hashes are kept."""
    for ecosystem, (said, fix) in _ADVICE.items():
        found = [one for one in inventory.of(ecosystem) if not one.aside and one.third_party]
        if found and ecosystem not in hashed:
            place = Evidence(found[0].path, found[0].line, f"{len(found)} build files" if len(found) > 1 else "")
            yield unmet("no-verification", said, place, kind=Kind.ADVICE, key=ecosystem.value, fix=fix)
