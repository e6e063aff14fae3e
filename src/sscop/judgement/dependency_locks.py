"""Judges the locks of a repository: which manifests have one, whether it has hashes, and whether it is in step."""

from __future__ import annotations

from sscop.artefacts.ecosystems import manifests, record
from sscop.artefacts.ecosystems.coverage import Unit, key, units
from sscop.artefacts.ecosystems.model import Ecosystem, Inventory, Lock, Manifest, Record
from sscop.artefacts.ecosystems.step import UNKNOWN_TO_IT, Drift, drifts, go_sums
from sscop.judgement import frozen, requirements_files, unlockable
from sscop.judgement.lock_words import WORDS, hashes
from sscop.judgement.problems import Problem, count
from sscop.judgement.unlocked import is_library_alone, known, library_because, outside_of, unlocked
from sscop.lazy import NamedTuple
from sscop.model import Evidence, Kind, Unread
from sscop.repository import Repository

LOCKED = {
    Ecosystem.NPM, Ecosystem.BUN, Ecosystem.DENO, Ecosystem.PIP, Ecosystem.UV, Ecosystem.CARGO, Ecosystem.GOMOD,
    Ecosystem.NUGET, Ecosystem.COMPOSER, Ecosystem.BUNDLER, Ecosystem.SWIFT, Ecosystem.PUB, Ecosystem.MIX,
    Ecosystem.TERRAFORM,
}  # fmt: skip
"""The ecosystems whose package manager writes a lock that can hold every package fast."""
NOT_READ = (
    Ecosystem.BAZEL,
    Ecosystem.CONDA,
    Ecosystem.ELM,
    Ecosystem.JULIA,
    Ecosystem.OTHER,
    Ecosystem.VCPKG,
)
ENOUGH = 0.9
"""The part of a lock's packages that have a hash, from which on the rest is advice."""


class Judged(NamedTuple):
    """What was judged: good locks as evidence, problems, what could not be or is not read, and what needs no lock."""

    good: list[Evidence]
    covered: int
    problems: list[Problem]
    unread: list[Unread]
    libraries: list[Manifest]
    unlockable: list[Manifest]
    inventory: Inventory
    not_read: list[Manifest]

    @property
    def locks(self) -> int:
        """How many locks are good."""
        return sum(one.line is None for one in self.good)


def judge(repo: Repository) -> Judged:
    """All manifests and locks of a repository."""
    inventory = repo.once(manifests)
    every = units(repo, _lockable(inventory))
    found = [one for one in every if one.root.ecosystem in LOCKED]
    records: dict[str, Record] = {}
    judged = Judged([], 0, [], list(inventory.unread), [], [], inventory, _not_read(inventory))
    for lock in inventory.locks if any(one.root.ecosystem is Ecosystem.GOMOD for one in found) else ():
        read = record(repo, lock) if lock.ecosystem is Ecosystem.GOMOD else None
        if isinstance(read, Record):
            records[lock.path] = read
    about = known(found)
    for unit in sorted(found, key=lambda one: one.root.path.count("/")):
        if not unit.lock:
            told = unlocked(repo, unit, about)
            judged.problems.extend([told.problem] if told.problem else [])
            judged.libraries.extend([unit.root] if told.library else [])
            continue
        read = record(repo, unit.lock)
        if isinstance(read, Unread):
            judged.unread.append(read)
            continue
        covered = _locked(unit, unit.lock, read, inventory, records, judged.problems)
        if covered:
            judged.good.append(Evidence(unit.lock.path, None, covered))
            judged = judged._replace(covered=judged.covered + len(unit.manifests))
    for unit in every:
        read = record(repo, unit.lock) if unit.lock and unit.root.ecosystem is Ecosystem.HELM else None
        if isinstance(read, Unread):
            judged.unread.append(read)
        elif read and unit.lock:
            judged.problems.extend(_steps(unit, unit.lock, read, inventory, records))
    judged = _others(repo, _python(found, judged))
    return _installed(repo, found, judged)


def _not_read(inventory: Inventory) -> list[Manifest]:
    """The first manifest of each package manager that is not read: there may be dependencies without a lock."""
    found = (one for one in inventory.of(*NOT_READ) if not one.aside)
    return list({one.tool: one for one in sorted(found, key=lambda one: one.path, reverse=True)}.values())


def _lockable(inventory: Inventory) -> Inventory:
    """Without requirements files, which are judged by themselves, and what a project's manifest stands for."""
    passed_over = {"requirements", "central"}
    kept = (
        one
        for one in inventory.manifests
        if one.ecosystem in {*LOCKED, Ecosystem.HELM} and not passed_over & one.traits
    )
    return inventory._replace(manifests=tuple(kept))


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
        has = f"{read.hashed or 'none'} of its {count(read.entries, 'package')}"
        said = f"`{name}` has a hash for {has}" + (f"; not for {', '.join(read.unhashed[:3])}" if few else "")
        many = "{n} locks of " + lock.tool + " lack the hashes of packages"
        kind = Kind.ADVICE if few or is_library_alone(unit) else Kind.CLAIM
        place = Evidence(lock.path, None, f"{missing} without a hash")
        problems.append(
            Problem("no-hashes", lock.tool, place, said, many, hashes(lock.tool), kind=kind, subject=lock.path)
        )
        if not few:
            return ""
    if found or not (read.packages or outside_of(unit)):
        return ""
    several = f", {len(unit.manifests)} manifests" if len(unit.manifests) > 1 else ""
    return f"{lock.tool}{several}, {count(read.hashed, 'package')} with a hash"


def _steps(unit: Unit, lock: Lock, read: Record, inventory: Inventory, records: dict[str, Record]) -> list[Problem]:
    found = []
    for one in unit.manifests:
        sums = go_sums(one, inventory, records) if one.ecosystem is Ecosystem.GOMOD else frozenset()
        differences = drifts(one, read, key(lock, one), inventory, sums)
        if differences:
            told = _out_of_step(one, lock, differences)
            found.append(told._replace(kind=Kind.ADVICE) if is_library_alone(unit) else told)
    return found


def _out_of_step(one: Manifest, lock: Lock, found: list[Drift]) -> Problem:
    name, kept = one.path.rpartition("/")[2], lock.path.rpartition("/")[2]
    if found[0].recorded == UNKNOWN_TO_IT:
        said = f"`{kept}` does not speak of `{one.path}`, which is a part of its workspace"
    elif not found[0].name:
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
    libraries = {one.root.folder for one in python if library_because(one)}
    files = requirements_files.judge(judged.inventory, locked, libraries)
    good = [
        Evidence(one.path, None, f"pip, {count(len(one.third_party), 'package')} with a hash") for one in files.locks
    ]
    compiled = {one.folder for one in files.locks} | {
        one.place.path.rpartition("/")[0] for one in files.problems if one.code == "no-hashes"
    }
    kept = [
        one
        for one in judged.problems
        if not (one.group == "pip" and one.code == "no-lock" and one.subject.rpartition("/")[0] in compiled)
    ]
    return judged._replace(good=judged.good + good, covered=judged.covered + len(good), problems=kept + files.problems)


def _installed(repo: Repository, found: list[Unit], judged: Judged) -> Judged:
    """How pipelines and images install, for the tools of which every manifest has its lock."""
    open_ = {one.group for one in judged.problems if one.code in ("no-lock", "library-without-lock")}
    locked = {one.lock.tool for one in found if one.lock} - open_
    if any(one.note.startswith("pip,") for one in judged.good) and "pip" not in open_:
        locked.add("pip")
    reads = [record(repo, one.lock) for one in found if one.lock and one.lock.tool == "yarn"]
    berry = any(isinstance(one, Record) and one.wanted for one in reads)
    used, loose = frozen.judge(repo, locked, berry) if locked else ([], [])
    return judged._replace(good=judged.good + used if judged.good else [], problems=judged.problems + loose)


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
            what = f"{count(read.hashed, 'component')} with a hash or key" if read.hashed else "trusted checksums"
            hashed.append((lock.ecosystem, Evidence(lock.path, None, f"{lock.ecosystem.value}, {what}")))
    ecosystems = {ecosystem for ecosystem, _ in hashed}
    left = [one for one in inventory.of(*unlockable.ECOSYSTEMS) if not one.aside and one.third_party]
    return judged._replace(
        good=judged.good + [evidence for _, evidence in hashed],
        covered=judged.covered + sum(one.ecosystem in ecosystems for one in left),
        problems=judged.problems + list(unlockable.moving(inventory)),
        unlockable=[one for one in left if one.ecosystem not in ecosystems],
    )
