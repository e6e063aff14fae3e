"""Shell text as references, and the repository's own scripts that it calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Union

from sscop.artefacts import images, requirement
from sscop.artefacts.docker import images_built, images_run
from sscop.artefacts.downloads import fetched, fetched_by_powershell
from sscop.artefacts.installs import installs
from sscop.artefacts.reference import Fixity, Judged, Reference
from sscop.artefacts.runs import Block, Place, Run, located, resolve, runs, script_file
from sscop.artefacts.shell import Script
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family


class Built(NamedTuple):
    """The name of an image that this repository builds itself, so that naming it elsewhere is no reference."""

    name: str


Fact = Union[Reference, Built, Unread]


def references(repo: Repository, scripts: Sequence[Script], place: Place) -> Iterator[Fact]:
    """What scripts that run one after the other install and fetch, and what the files that they call do."""
    yield from _references(repo, runs(repo, scripts, place))


def called_file(repo: Repository, path: str) -> Iterator[Fact]:
    """What one of the repository's own script files installs and fetches."""
    yield from _references(repo, script_file(repo, path))


def _references(repo: Repository, found: Iterable[Run]) -> Iterator[Fact]:
    made = repo.once(_blocks)
    for run in found:
        if isinstance(run, Unread):
            yield run
        elif isinstance(run, Block):
            if run.key not in made:
                made[run.key] = tuple(_block(repo, run))
            yield from made[run.key]


def _blocks(repo: Repository) -> dict[tuple[object, ...], tuple[Fact, ...]]:
    """What blocks install and fetch, by their key: one script may run in a hundred jobs."""
    return {}


def _block(repo: Repository, block: Block) -> Iterator[Fact]:
    powershell = (one for script in block.scripts for one in fetched_by_powershell(script))
    for one in (*powershell, *fetched(block.pipelines)):
        yield Reference(one.tool, block.place.path, one.line, one.subject, one.key, *one.judged)
    for command, place in located(block.pipelines, block.place):
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


def _requirements(repo: Repository, name: str, place: Place) -> Judged:
    """What a requirements file pins, as a whole; unknown when it is not in this repository."""
    path = resolve(repo, name, place)
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
    import json

    try:
        manifest = json.loads(text)
    except ValueError:
        return ()
    names: list[str] = []
    for part in ("dependencies", "devDependencies", "optionalDependencies"):
        section = manifest.get(part) if isinstance(manifest, dict) else None
        names += section if isinstance(section, dict) else ()
    return names
