"""Judges what no lock covers: a gap where it is an application, advice where it is a library, else nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sscop.artefacts.ecosystems.coverage import Unit
from sscop.artefacts.ecosystems.gathering import up
from sscop.artefacts.ecosystems.model import Dependency, Ecosystem, Manifest
from sscop.judgement.lock_words import WORDS
from sscop.judgement.problems import Problem, count
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Kind
from sscop.repository import Repository


def outside_of(unit: Unit) -> list[Dependency]:
    """The dependencies that a lock is needed for."""
    return [
        d
        for one in unit.manifests
        for d in one.third_party
        if d.group != "peer" and not (one.ecosystem is Ecosystem.GOMOD and d.name in one.unsure)
    ]


def library_because(unit: Unit) -> str:
    """Why what is locked together is a library, which by convention keeps no lock; empty where it is not."""
    if unit.root.ecosystem is Ecosystem.CARGO:
        programs = [one for one in unit.manifests if one.is_library is False]
        published = [one for one in unit.manifests if one.is_library and not one.private]
        if not programs:
            return "it builds no program"
        return "its programs are not published" if published and all(one.private for one in programs) else ""
    return next((one.library_because for one in (unit.root, *unit.manifests) if one.is_library), "")


def is_library_alone(unit: Unit) -> bool:
    """Whether nothing of what is locked together is an application, apart from the root that holds a workspace."""
    applications = [
        one for one in unit.manifests if not one.is_library and not (one.members is not None and one.private)
    ]
    return bool(library_because(unit)) and (unit.root.ecosystem is Ecosystem.CARGO or not applications)


def has_program(found: Sequence[Unit]) -> bool:
    """Whether the .NET projects make a service, or a program and no package: then their libraries are its parts."""
    projects = [one.root for one in found if one.root.ecosystem is Ecosystem.NUGET and "test" not in one.root.traits]
    programs = [one for one in projects if one.is_library is False]
    service = any("service" in one.traits for one in programs)
    return service or (bool(programs) and not any(one.is_library for one in projects))


class Unlocked(NamedTuple):
    """What is said of something without a lock, and whether it is a library."""

    problem: Problem | None = None
    library: bool = False


def unlocked(repo: Repository, unit: Unit, about: Known) -> Unlocked:
    """Judge one without a lock, by what is known of all."""
    root, outside = unit.root, outside_of(unit)
    if root.ecosystem is Ecosystem.TERRAFORM:
        return Unlocked(library=True) if root.is_library else Unlocked(_root_module(repo, root))
    if not outside or "test" in root.traits:
        return Unlocked()
    library = library_because(unit) or _part_of(root, about)
    if root.ecosystem is Ecosystem.NUGET and not about.programs:
        library = library or "none of the projects is a program"
    words, name = WORDS[root.tool], root.path.rpartition("/")[2]
    told, reason = _why(repo, root, words.lock)
    name += "`" if len(unit.manifests) == 1 else f"` and {len(unit.manifests) - 1} more of its workspace"
    direct = count(len(outside), "direct dependency", "direct dependencies")
    place = Evidence(root.path, root.line, reason or direct)
    if library:
        said = f"found no lock for `{name}, a library ({library}): its own builds and tests take what is newest"
        many = f"found no lock for {{n}} libraries of {root.tool}: their own builds and tests take what is newest"
        return Unlocked(_problem(root, "library-without-lock", place, said, many, Kind.ADVICE), library=True)
    said = f"found no lock ({words.lock}) for `{name}, with {direct}{told}"
    many = f"found no lock ({words.lock}) for {{n}} manifests of {root.tool}"
    return Unlocked(_problem(root, "no-lock", place, said, many, Kind.CLAIM))


def _problem(root: Manifest, code: str, place: Evidence, said: str, many: str, kind: Kind) -> Problem:
    words = WORDS[root.tool]
    fix = f"run `{words.make}` and commit {words.lock}; install with `{words.frozen}` in pipelines"
    return Problem(code, root.tool, place, said, many, fix, Because.ABSENT, kind, root.path)


def _root_module(repo: Repository, root: Manifest) -> Problem:
    lock = WORDS[root.tool].lock
    told, reason = _why(repo, root, lock)
    said = f"found no {lock} for the root module that `{root.path}` is in{told}"
    place = Evidence(root.path, root.line, reason or root.library_because)
    return _problem(root, "no-lock", place, said, f"found no {lock} for {{n}} root modules", Kind.CLAIM)


class Known(NamedTuple):
    """What the manifests say of each other: libraries, dependencies by their path, whether .NET makes a program."""

    libraries: list[tuple[Ecosystem, str, str]]
    by_path: dict[tuple[Ecosystem, str], str]
    programs: bool


def known(found: Sequence[Unit]) -> Known:
    """What the manifests say of each other."""
    every = [manifest for unit in found for manifest in unit.manifests]
    libraries = [(one.ecosystem, one.path, f"{one.folder}/" if one.folder else "") for one in every if one.is_library]
    by_path = {(one.ecosystem, d.name): one.path for one in every for d in one.dependencies if not d.third_party}
    return Known(libraries, by_path, has_program(found))


def _part_of(root: Manifest, about: Known) -> str:
    """Why a manifest is a part of another one's package: in a library's folder, or a dependency by its path."""
    for ecosystem, path, folder in about.libraries:
        if ecosystem is root.ecosystem and path != root.path and root.path.startswith(folder):
            return "it belongs to one"
    path = about.by_path.get((root.ecosystem, root.name), root.path)
    return f"`{path}` depends on it by its path" if path != root.path else ""


def _why(repo: Repository, root: Manifest, lock: str) -> tuple[str, str]:
    """What is seen of a lock that is not tracked: on disk, or named in a .gitignore."""
    path = f"{root.folder}/{lock}" if root.folder else lock
    if repo.untracked(path):
        return f"; {lock} is on disk, but not tracked: `git add` it", ""
    for folder in up(root.folder):
        ignore = f"{folder}/.gitignore" if folder else ".gitignore"
        text = repo.text(ignore) if repo.has(ignore) else ""
        for number, line in enumerate(text.split("\n") if isinstance(text, str) else (), 1):
            if _leaves_out(line.strip(), lock):
                return f"; {ignore} leaves it out", f"{ignore}:{number}"
    return "", ""


def _leaves_out(pattern: str, lock: str) -> bool:
    """Whether a line of a .gitignore is for a lock by its name (`/Cargo.lock`, `*.lock`)."""
    rest = pattern.removeprefix("**/").lstrip("/")
    return rest == lock or (rest.startswith("*.") and lock.endswith(rest[1:]))
