"""Shell text as references, and the repository's own scripts that it calls."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Union

from sscop.artefacts import images, requirement
from sscop.artefacts.docker import images_built, images_run
from sscop.artefacts.downloads import fetched, fetched_by_powershell
from sscop.artefacts.installs import installs
from sscop.artefacts.reference import Fixity, Judged, Reference
from sscop.artefacts.references.runners import Called, called
from sscop.artefacts.shell import Command, Pipeline, Script, pipelines
from sscop.artefacts.targets import Targets
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family, not_counted

_DEPTH, _LONGEST = 3, 4096
_SHELLS = {"sh", "bash", "dash", "zsh", "source", "."}
_WORKSPACE = lazily(r"(?:\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|PWD|BUILD_SOURCESDIRECTORY)\}?|\$\(\))/")
_ACTION = lazily(r"\$\{?(?:GITHUB_)?ACTION_PATH\}?/")


class Place(NamedTuple):
    """Where a script stands: its file, the folder that it runs in, and the folder of its action if it is in one.

    `copies` are files of the repository that a Dockerfile copies, for scripts that are called inside the image.
    """

    path: str
    folder: str = ""
    action: str = ""
    copies: tuple[str, ...] = ()
    depth: int = 0


class Built(NamedTuple):
    """The name of an image that this repository builds itself, so that naming it elsewhere is no reference."""

    name: str


Fact = Union[Reference, Built, Unread]


def references(repo: Repository, scripts: Sequence[Script], place: Place) -> Iterator[Fact]:
    """What scripts that run one after the other install and fetch, and what the files that they call do."""
    for one in (one for script in scripts for one in fetched_by_powershell(script)):
        yield Reference(one.tool, place.path, one.line, one.subject, one.key, *one.judged)
    try:
        found = [pipeline for script in scripts for pipeline in pipelines(script)]
    except Malformed as problem:
        yield Unread(place.path, problem.reason, problem.line)
    else:
        yield from _commands(repo, found, place)


def _commands(repo: Repository, found: Sequence[Pipeline], place: Place) -> Iterator[Fact]:
    for one in fetched(found):
        yield Reference(one.tool, place.path, one.line, one.subject, one.key, *one.judged)
    followed: set[tuple[str, ...]] = set()
    for command in (command for pipeline in found for command in pipeline):
        if command.name == "cd" and len(command.words) == 2 and len(place.folder) < _LONGEST:
            place = place._replace(folder=posixpath.join(place.folder, _WORKSPACE.sub("", command.words[1].text)))
        yield from (Built(images.name(built)) for built in images_built(command))
        for word in images_run(command):
            image = images.reference(word.text, place.path, word.line)
            if image and image.fixity is not Fixity.UNKNOWN:
                yield image
        for install in installs(command):
            judged = install.judged
            if install.requirements:
                judged = _requirements(repo, install.requirements, place)
            elif install.local and judged.fixity is Fixity.MUTABLE and _is_local_program(repo, install.local):
                continue
            if judged.fixity is not Fixity.UNKNOWN:
                yield Reference(install.tool, place.path, install.line, install.subject, install.key, *judged)
        call = (place.folder, *(word.text for word in command.words))
        if place.depth < _DEPTH and call not in followed:
            followed.add(call)
            made = called(command)
            yield from _made(repo, made, place) if made else _called(repo, command, place)


def _called(repo: Repository, command: Command, place: Place) -> Iterator[Fact]:
    """The script file that a command runs, read as shell."""
    words = [word.text for word in command.words]
    if command.name in _SHELLS:
        words = [text for text in words[1:] if not text.startswith(("-", "+"))]
    if not words or ("/" not in words[0] and command.name not in _SHELLS):
        return
    path = _resolve(repo, words[0], place)
    if path is None or not_counted(path, Family.TOOLS) or not _is_shell(repo, path):
        return
    found = repo.parse(path, _load)
    if isinstance(found, Unread):
        yield found
    else:
        yield from _commands(repo, found, place._replace(path=path, depth=place.depth + 1))


def called_file(repo: Repository, path: str) -> Iterator[Fact]:
    """What one of the repository's own script files installs and fetches."""
    found = repo.parse(path, _load)
    if isinstance(found, Unread):
        yield found
    else:
        yield from _commands(repo, found, Place(path, posixpath.dirname(path), depth=1))


def _load(text: str) -> list[Pipeline]:
    return list(pipelines(Script(text, 1)))


def _made(repo: Repository, wanted: Called, place: Place) -> Iterator[Fact]:
    """The recipes that a task runner's targets may run."""
    there = place._replace(folder=posixpath.join(place.folder, wanted.folder), copies=())
    path = next((path for name in wanted.files if (path := _resolve(repo, name, there))), None)
    found = repo.parse(path, wanted.reader) if path else None
    if path and isinstance(found, Targets):
        inside = Place(path, posixpath.dirname(path), depth=place.depth + 1)
        yield from references(repo, list(found.recipes(wanted.targets)), inside)
    elif isinstance(found, Unread):
        yield found


def _is_shell(repo: Repository, path: str) -> bool:
    if path.endswith((".sh", ".bash", ".zsh", ".ksh")):
        return True
    text = repo.text(path)
    return not isinstance(text, Unread) and bool(re.match(r"#!.*\b(?:ba|da|z|k)?sh\b", text))


def _resolve(repo: Repository, name: str, place: Place) -> str | None:
    """The repository's file that a path in a script means, seen from where the script runs."""
    if match := _ACTION.match(name):
        candidates = [posixpath.join(place.action, name[match.end() :])]
    elif match := _WORKSPACE.match(name):
        candidates = [name[match.end() :]]
    elif place.copies:
        base = posixpath.basename(name)
        candidates = [copy for copy in place.copies if posixpath.basename(copy) == base]
        candidates.append(posixpath.join(posixpath.dirname(place.path), name.lstrip("/")))
    else:
        candidates = [posixpath.join(place.folder, name), name]
    return next((path for path in map(posixpath.normpath, candidates) if "$" not in path and repo.has(path)), None)


def _requirements(repo: Repository, name: str, place: Place) -> Judged:
    """What a requirements file pins, as a whole; unknown when it is not in this repository."""
    path = _resolve(repo, name, place)
    text = repo.text(path) if path else None
    if path is None or not isinstance(text, str):
        return Judged(Fixity.UNKNOWN)
    lines = [line.split(" #")[0].strip() for line in text.replace("\\\n", " ").split("\n")]
    if any("--hash=" in line for line in lines):
        return Judged(Fixity.IMMUTABLE)
    if any(re.match(r"(?:-c|--constraint)\b", line) for line in lines):
        return Judged(Fixity.EXACT)
    wanted = [requirement.python(line) for line in lines if line and not line.startswith(("#", "-"))]
    judged = [one for one in wanted if one]
    loose = [one for one in judged if one.fixity is Fixity.MUTABLE]
    if not loose:
        return Judged(Fixity.EXACT)
    why = f"{len(loose)} of {len(judged)} requirements in {path} name no exact version"
    return Judged(Fixity.MUTABLE, why, "a compiled requirements file with hashes, installed with --require-hashes")


_ALIASES = {"tsc": "typescript", "ng": "@angular/cli", "ts-node-dev": "ts-node", "vue-tsc": "vue-tsc"}


def _is_local_program(repo: Repository, name: str) -> bool:
    """Whether a program that npx runs comes from this repository's own, locked dependencies."""
    dependencies = _npm_dependencies(repo)
    wanted = _ALIASES.get(name, name)
    return (
        wanted in dependencies
        or any(wanted in dependency.split("/") for dependency in dependencies)
        or any(dependency.startswith(f"@{wanted}/") for dependency in dependencies)
    )


def _npm_dependencies(repo: Repository) -> set[str]:
    names: set[str] = set()
    for path in repo.find("**/package.json", family=Family.TOOLS):
        manifest = repo.parse(path, _manifest_dependencies)
        if not isinstance(manifest, Unread):
            names.update(manifest)
    return names


def _manifest_dependencies(text: str) -> Sequence[str]:
    try:
        manifest = json.loads(text)
    except ValueError:
        return ()
    names: list[str] = []
    for part in ("dependencies", "devDependencies", "optionalDependencies"):
        section = manifest.get(part) if isinstance(manifest, dict) else None
        names += section if isinstance(section, dict) else ()
    return names
