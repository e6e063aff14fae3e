"""Judges the locks of a repository: which manifests have one, whether it has hashes, and whether it is in step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sscop.artefacts.ecosystems import manifests, record
from sscop.artefacts.ecosystems.coverage import Unit, key, units
from sscop.artefacts.ecosystems.gathering import up
from sscop.artefacts.ecosystems.model import Dependency, Ecosystem, Inventory, Lock, Manifest, Record
from sscop.artefacts.ecosystems.step import Drift, drifts, go_sums
from sscop.judgement import requirements_files, unlockable
from sscop.judgement.lock_words import WORDS, hashes
from sscop.judgement.problems import Problem, count
from sscop.model import Because, Evidence, Kind, Unread
from sscop.repository import Repository

LOCKED = {
    Ecosystem.NPM, Ecosystem.BUN, Ecosystem.DENO, Ecosystem.PIP, Ecosystem.UV, Ecosystem.CARGO, Ecosystem.GOMOD,
    Ecosystem.NUGET, Ecosystem.COMPOSER, Ecosystem.BUNDLER, Ecosystem.SWIFT, Ecosystem.PUB, Ecosystem.MIX,
    Ecosystem.TERRAFORM,
}  # fmt: skip
"""The ecosystems whose package manager writes a lock that can hold every package fast."""
ENOUGH = 0.9
"""The part of a lock's packages that have a hash, from which on the rest is advice."""


class Judged(NamedTuple):
    """What was judged: good locks as evidence, problems, what could not be read, and what needs no lock."""

    good: list[Evidence]
    covered: int
    problems: list[Problem]
    unread: list[Unread]
    libraries: list[Manifest]
    unlockable: list[Manifest]
    inventory: Inventory


def judge(repo: Repository) -> Judged:
    """All manifests and locks of a repository."""
    inventory = repo.once(manifests)
    found = [one for one in units(repo, _lockable(inventory)) if one.root.ecosystem in LOCKED]
    records: dict[str, Record] = {}
    judged = Judged([], 0, [], list(inventory.unread), [], [], inventory)
    for lock in inventory.locks if any(one.root.ecosystem is Ecosystem.GOMOD for one in found) else ():
        read = record(repo, lock) if lock.ecosystem is Ecosystem.GOMOD else None
        if isinstance(read, Record):
            records[lock.path] = read
    programs = _has_program(found)
    for unit in sorted(found, key=lambda one: one.root.path.count("/")):
        if not unit.lock:
            _unlocked(repo, unit, programs, judged)
            continue
        read = record(repo, unit.lock)
        if isinstance(read, Unread):
            judged.unread.append(read)
            continue
        covered = _locked(unit, unit.lock, read, inventory, records, judged.problems)
        if covered:
            judged.good.append(Evidence(unit.lock.path, None, covered))
            judged = judged._replace(covered=judged.covered + len(unit.manifests))
    judged = _python(found, judged)
    return _others(repo, judged)


def _lockable(inventory: Inventory) -> Inventory:
    """Without requirements files, which are judged by themselves, and what a project's manifest stands for."""
    passed_over = {"requirements", "central"}
    kept = (one for one in inventory.manifests if one.ecosystem in LOCKED and not passed_over & one.traits)
    return inventory._replace(manifests=tuple(kept))


def _outside(unit: Unit) -> list[Dependency]:
    """The dependencies that a lock is needed for."""
    return [
        d
        for one in unit.manifests
        for d in one.third_party
        if d.group != "peer" and not (one.ecosystem is Ecosystem.GOMOD and d.name in one.unsure)
    ]


def _is_library(unit: Unit) -> str:
    """Why what is locked together is a library, which by convention keeps no lock; empty where it is not."""
    if unit.root.ecosystem is Ecosystem.CARGO:
        programs = [one for one in unit.manifests if one.is_library is False]
        published = [one for one in unit.manifests if one.is_library and not one.private]
        if not programs:
            return "it builds no program"
        return "its programs are not published" if published and all(one.private for one in programs) else ""
    return next((one.library_because for one in (unit.root, *unit.manifests) if one.is_library), "")


def _has_program(found: list[Unit]) -> bool:
    """Whether the .NET projects make a service, or a program and no package: then their libraries are its parts."""
    projects = [one.root for one in found if one.root.ecosystem is Ecosystem.NUGET and "test" not in one.root.traits]
    programs = [one for one in projects if one.is_library is False]
    service = any("service" in one.traits for one in programs)
    return service or (bool(programs) and not any(one.is_library for one in projects))


def _unlocked(repo: Repository, unit: Unit, programs: bool, judged: Judged) -> None:
    root, outside = unit.root, _outside(unit)
    if root.ecosystem is Ecosystem.NUGET and "test" in root.traits:
        return
    library = _is_library(unit) or ("it belongs to one" if _inside(root, judged) else "")
    if root.ecosystem is Ecosystem.NUGET and not library and not programs:
        library = "none of the projects is a program"
    if root.ecosystem is Ecosystem.TERRAFORM:
        if root.is_library:
            judged.libraries.append(root)
            return
    elif not outside:
        return
    words, name = WORDS[root.tool], root.path.rpartition("/")[2]
    others = f" and {len(unit.manifests) - 1} more of its workspace" if len(unit.manifests) > 1 else ""
    told, reason = _why(repo, root, words.lock)
    evidence = Evidence(root.path, root.line, count(len(outside), "dependency", "dependencies"))
    fix = f"run `{words.make}` and commit {words.lock}; install with `{words.frozen}` in pipelines"
    if library:
        judged.libraries.append(root)
        said = (
            f"found no lock for `{name}`{others}, a library ({library}): its own builds and tests take what is newest"
        )
        many = f"found no lock for {{n}} libraries of {root.tool}: their own builds and tests take what is newest"
        code, kind = "library-without-lock", Kind.ADVICE
    else:
        direct = count(len(outside), "direct dependency", "direct dependencies")
        said = f"found no lock ({words.lock}) for `{name}`{others}, with {direct}{told}"
        many = f"found no lock ({words.lock}) for {{n}} manifests of {root.tool}"
        if root.ecosystem is Ecosystem.TERRAFORM:
            said = f"found no {words.lock} for the root module that `{root.path}` is in{told}"
            many = f"found no {words.lock} for {{n}} root modules"
        code, kind = "no-lock", Kind.CLAIM
    place = evidence if not reason else evidence._replace(note=reason)
    judged.problems.append(Problem(code, root.tool, place, said, many, fix, Because.ABSENT, kind, root.path))


def _inside(root: Manifest, judged: Judged) -> bool:
    """Whether a manifest is in the folder of a library of the same kind that keeps no lock: its tools and demos."""
    return any(
        one.ecosystem is root.ecosystem
        and root.path != one.path
        and (not one.folder or root.path.startswith(f"{one.folder}/"))
        for one in judged.libraries
    )


def _why(repo: Repository, root: Manifest, lock: str) -> tuple[str, str]:
    """What is seen of a lock that is not tracked: on disk, or named in a .gitignore."""
    path = f"{root.folder}/{lock}" if root.folder else lock
    if repo.untracked(path):
        return f"; {lock} is on disk, but not tracked: `git add` it", ""
    for folder in up(root.folder):
        ignore = f"{folder}/.gitignore" if folder else ".gitignore"
        text = repo.text(ignore) if repo.has(ignore) else ""
        for number, line in enumerate(text.split("\n") if isinstance(text, str) else (), 1):
            if re.fullmatch(
                rf"(?:\*\*)?/?(?:{re.escape(lock)}|\*\.lock(?:\.hcl)?|\*lock\.hcl)", line.strip()
            ) and _fits(line, lock):
                return f"; {ignore} leaves it out", f"{ignore}:{number}"
    return "", ""


def _fits(line: str, lock: str) -> bool:
    pattern = line.strip().lstrip("*/")
    return pattern == lock or (line.strip().startswith("*") and lock.endswith(pattern))


def _locked(
    unit: Unit,
    lock: Lock,
    read: Record,
    inventory: Inventory,
    records: dict[str, Record],
    problems: list[Problem],
) -> str:
    """What a lock lacks, as problems; a short text of what is in it where it is good."""
    found = _steps(unit, lock, read, inventory, records)
    problems += found
    if unit.others:
        names = ", ".join(f"`{one.path}`" for one in unit.others)
        said = f"two package managers keep a lock for the same manifest: {names} beside `{lock.path}`"
        fix = "keep the one that pipelines install from, delete the other"
        place = Evidence(unit.others[0].path)
        many = "{n} manifests have locks of two package managers"
        problems.append(Problem("two-locks", lock.tool, place, said, many, fix, kind=Kind.ADVICE, subject=lock.path))
    missing = read.entries - read.hashed
    if missing:
        few = read.hashed >= ENOUGH * read.entries
        name = lock.path.rpartition("/")[2]
        has = (
            f"none of its {read.entries} packages"
            if not read.hashed
            else f"{read.hashed} of its {read.entries} packages"
        )
        said = f"`{name}` has a hash for {has}" + (f"; not for {', '.join(read.unhashed[:3])}" if few else "")
        many = "{n} locks of " + lock.tool + " lack the hashes of packages"
        kind = Kind.ADVICE if few else Kind.CLAIM
        place = Evidence(lock.path, None, f"{missing} without a hash")
        problems.append(
            Problem("no-hashes", lock.tool, place, said, many, hashes(lock.tool), kind=kind, subject=lock.path)
        )
        if not few:
            return ""
    if found or not (read.packages or _outside(unit)):
        return ""
    count = f", {len(unit.manifests)} manifests" if len(unit.manifests) > 1 else ""
    return f"{lock.tool}{count}, {read.hashed} packages with a hash"


def _steps(
    unit: Unit, lock: Lock, read: Record, inventory: Inventory, records: dict[str, Record]
) -> Iterator[Problem] | list[Problem]:
    found = []
    for one in unit.manifests:
        sums = go_sums(one, inventory, records) if one.ecosystem is Ecosystem.GOMOD else frozenset()
        differences = drifts(one, read, key(lock, one), inventory, sums)
        if differences:
            found.append(_out_of_step(one, lock, differences))
    return found


def _out_of_step(one: Manifest, lock: Lock, found: list[Drift]) -> Problem:
    name, kept = one.path.rpartition("/")[2], lock.path.rpartition("/")[2]
    if not found[0].name:
        said = f"`{kept}` was made from another `{name}`: the digest that it records is not that of this one"
    else:
        parts = [
            f"`{d.name}`{f' {d.spec}' if d.spec and d.spec != '*' else ''}"
            + (f" (the lock has {d.recorded})" if d.recorded else " (not in the lock)")
            for d in found[:3]
        ]
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        said = f"`{kept}` is not in step with `{name}`, which asks for {', '.join(parts)}{more}"
    many = f"{{n}} manifests are not in step with their {kept}"
    fix = f"run `{WORDS[one.tool].make}` and commit {kept}; `{WORDS[one.tool].frozen}` in pipelines refuses such a lock"
    place = Evidence(one.path, found[0].line, f"lock: {lock.path}")
    return Problem("out-of-step", one.tool, place, said, many, fix, subject=one.path)


def _python(found: list[Unit], judged: Judged) -> Judged:
    """Files of requirements of pip, and the projects whose lock they are."""
    python = [one for one in found if one.root.ecosystem in (Ecosystem.PIP, Ecosystem.UV)]
    locked = {one.root.folder for one in python if one.lock}
    libraries = {one.root.folder for one in python if _is_library(one)}
    files = requirements_files.judge(judged.inventory, locked, libraries)
    good = [Evidence(one.path, None, f"pip, {len(one.third_party)} packages with a hash") for one in files.locks]
    compiled = {one.folder for one in files.locks} | {
        one.place.path.rpartition("/")[0] for one in files.problems if one.code == "no-hashes"
    }
    kept = [
        one
        for one in judged.problems
        if not (one.group == "pip" and one.code == "no-lock" and one.subject.rpartition("/")[0] in compiled)
    ]
    return judged._replace(good=judged.good + good, covered=judged.covered + len(good), problems=kept + files.problems)


def _others(repo: Repository, judged: Judged) -> Judged:
    """Maven, Gradle and Helm."""
    inventory = judged.inventory
    hashed = []
    for lock in inventory.locks:
        if lock.tool not in ("verification", "checksums"):
            continue
        read = record(repo, lock)
        if isinstance(read, Unread):
            judged.unread.append(read)
        elif read.hashed or lock.tool == "checksums":
            what = f"{read.hashed} artefacts with a hash or key" if read.hashed else "trusted checksums"
            hashed.append((lock.ecosystem, Evidence(lock.path, None, f"{lock.ecosystem.value}, {what}")))
    ecosystems = {ecosystem for ecosystem, _ in hashed}
    left = [one for one in inventory.of(*unlockable.ECOSYSTEMS) if not one.aside and one.third_party]
    return judged._replace(
        good=judged.good + [evidence for _, evidence in hashed],
        covered=judged.covered + sum(one.ecosystem in ecosystems for one in left),
        problems=judged.problems + list(unlockable.moving(inventory)),
        unlockable=[one for one in left if one.ecosystem not in ecosystems],
    )
