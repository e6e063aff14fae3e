"""Judges pip's requirements files: which are locks, which are covered by another one, and what the rest lack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sscop.artefacts.ecosystems.model import REGISTRY, Dependency, Inventory, Manifest, normal
from sscop.artefacts.ecosystems.requirements import is_pinned
from sscop.judgement.problems import Problem, count
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Kind

_DEVELOPMENT = lazily(
    r"(?:^|/)\.[\w-]+/|(?:^|[._/-])(?:dev|devel|develop|development|tests?|testing|docs?|lint|linters?|linting|build|typing|types|mypy|style|format"
    r"|release|bench(?:mark)?s?|e2e|local|tools?|scripts?|utils?|hack|maint|ci|optional|extras?|all|nightly|min(?:imum)?|coverage|setup)(?:[._/-]|$)",
    re.IGNORECASE,
)
_DOCUMENTS = lazily(r"mkdocs|mkdocs-material|sphinx")
_TOOL = lazily(
    r"(?:pytest|flake8|pylint|types|mypy|black|ruff|isort|bandit|tox|nox|coverage|pre-commit|codespell|hypothesis|yamllint"
    r"|proselint|behave|robotframework|selenium|playwright|twine|build|wheel|setuptools|pip|bumpversion)(?:-|\Z)"
)
_FIX = (
    "compile it with hashes, `uv pip compile --generate-hashes requirements.in -o requirements.txt` (or pip-compile), "
    "and commit the result; pip then checks every hash by itself"
)


class Judged(NamedTuple):
    """The files that are locks with hashes, and what is wrong with others."""

    locks: list[Manifest]
    problems: list[Problem]


def judge(inventory: Inventory, locked: set[str], libraries: set[str]) -> Judged:
    """`locked` are the folders where another Python lock is kept, `libraries` those of Python libraries."""
    files = {one.path: one for one in inventory.manifests if "requirements" in one.traits and not one.aside}
    judged = Judged([], [])
    for one in files.values():
        outside = [d for d in one.third_party if d.source == REGISTRY or not is_pinned(d)]
        if not outside or _is_constraints(one) or _compiled(one, files):
            continue
        pinned = _pins(one, files)
        if _hashed(one) >= len(outside):  # a commit is as fast as a hash
            judged.locks.append(one)
            continue
        judged.problems.append(_problem(one, outside, pinned, _is_advice(one, locked, libraries)))
    return judged


def _hashed(one: Manifest) -> int:
    return next(int(trait[7:]) for trait in one.traits if trait.startswith("hashed "))


def _is_constraints(one: Manifest) -> bool:
    return "constraint" in one.path.rpartition("/")[2].lower()


def _compiled(one: Manifest, files: dict[str, Manifest]) -> bool:
    """Whether another file is what this one was compiled to (`requirements.in`, `requirements.txt`)."""
    stem, _, extension = one.path.rpartition(".")
    others = [files[path] for end in ("txt", "lock") if end != extension and (path := f"{stem}.{end}") in files]
    if any(all(map(is_pinned, other.third_party)) for other in others):
        return True
    if extension != "in":
        return False
    including = [other for other in files.values() if one.path in (other.members or ()) and other.path.endswith(".in")]
    return any(_compiled(other, {**files, one.path: one._replace(path="")}) for other in including)


def _pins(one: Manifest, files: dict[str, Manifest]) -> set[str]:
    """The names that the file, or a constraints file that it includes, pins."""
    pinned = {normal(d.name) for d in one.third_party if is_pinned(d)}
    for path in one.members or ():
        included = files.get(path)
        if included:
            pinned |= {normal(d.name) for d in included.third_party if is_pinned(d)}
    return pinned


def _is_advice(one: Manifest, locked: set[str], libraries: set[str]) -> bool:
    """Whether it is for development or documentation, beside another lock, or a library's."""
    above = one.folder
    in_library = above in libraries or above.rpartition("/")[0] in libraries or "" in libraries
    names = [normal(d.name) for d in one.third_party]
    tools = any(_DOCUMENTS.fullmatch(name) for name in names) or all(_TOOL.match(name) for name in names)
    return bool(_DEVELOPMENT.search(one.path)) or tools or in_library or one.folder in locked


def _problem(one: Manifest, outside: Sequence[Dependency], pinned: set[str], advice: bool) -> Problem:
    loose = [d for d in outside if normal(d.name) not in pinned]
    kind = Kind.ADVICE if advice else Kind.CLAIM
    name = one.path.rpartition("/")[2]
    if not loose:
        hashed = _hashed(one)
        said = f"`{name}` pins {count(len(outside), 'package')} and has a hash for {hashed or 'none'} of them"
        many = "{n} requirements files pin versions without hashes"
        place = Evidence(one.path, one.line, f"{len(outside)} pinned, {hashed} with a hash")
        return Problem("no-hashes", "pip", place, said, many, _FIX, Because.INADEQUATE, kind, one.path)
    shown = ", ".join(f"`{d.name}`" for d in loose[:3]) + (" ..." if len(loose) > 3 else "")
    of = f"{len(loose)} of {count(len(outside), 'package')}"
    said = f"found no lock for `{name}`: without an exact version {of} ({shown})"
    many = "{n} requirements files name packages without an exact version, and no lock pins them"
    place = Evidence(one.path, loose[0].line, f"{len(loose)} of {len(outside)} not pinned")
    return Problem("no-lock", "pip", place, said, many, _FIX, Because.ABSENT, kind, one.path)
