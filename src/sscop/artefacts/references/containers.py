"""References in Dockerfiles, compose files and development containers."""

from __future__ import annotations

import posixpath
import re
from collections import ChainMap
from collections.abc import Iterator, Mapping

from sscop.artefacts import images
from sscop.artefacts.bake import load as load_bake
from sscop.artefacts.compose import GLOBS as COMPOSE
from sscop.artefacts.dockerfile import Dockerfile, Instruction, dockerfiles, load, substitute
from sscop.artefacts.jsonc import load as load_jsonc
from sscop.artefacts.nodes import Entries, Node, Text, mapping, text, texts
from sscop.artefacts.nodes import load as load_yaml
from sscop.artefacts.reference import Fixity, Judged, Reference, Tool
from sscop.artefacts.references import commands
from sscop.artefacts.references.commands import Built, Fact
from sscop.artefacts.runs import Place
from sscop.artefacts.shell import Script
from sscop.artefacts.shell import script as shell_script
from sscop.artefacts.versions import HEX, without_version
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family


def references(repo: Repository) -> Iterator[Fact]:
    """Everything that container files name."""
    for path in dockerfiles(repo, Family.TOOLS):
        dockerfile = repo.parse(path, load)
        if not isinstance(dockerfile, Unread):
            yield from _dockerfile(repo, path, dockerfile)
        elif not repo.gone(dockerfile):
            yield dockerfile
    for path in repo.find(*COMPOSE, family=Family.TOOLS):
        compose = repo.parse(path, load_yaml)
        if not isinstance(compose, Unread):
            yield from _compose(path, compose)
        elif not repo.gone(compose):
            yield compose
    for path in repo.find("**/docker-bake*.{hcl,json}", family=Family.TOOLS):
        own = repo.parse(path, load_bake)
        yield from () if isinstance(own, Unread) else (Built(images.name(name)) for name in own)
    for path in repo.find("**/devcontainer.json", "**/.devcontainer.json", family=Family.TOOLS):
        container = repo.parse(path, load_jsonc)
        if not isinstance(container, Unread):
            yield from _devcontainer(repo, path, mapping(container))
        elif not repo.gone(container):
            yield container


def _image(image: str, path: str, line: int, note: str = "") -> Iterator[Reference]:
    found = images.reference(image, path, line, note)
    if found:
        yield found


def _dockerfile(repo: Repository, path: str, dockerfile: Dockerfile) -> Iterator[Fact]:
    if dockerfile.syntax:
        image, line = dockerfile.syntax
        yield from _image(image, path, line, "the Dockerfile frontend")
    arguments: dict[str, str] = {}
    values: dict[str, str] = {}
    in_scripts: dict[str, str] = {}  # those that are put into scripts, so that `tox==$TOX` can be read
    stages: set[str] = set()
    copies: dict[str, None] = {}
    for at in dockerfile.instructions:
        words = at.words
        if at.name in ("ARG", "ENV"):
            given = {name: value for name, value, _ in at.variables}
            if at.name == "ARG":
                arguments |= {} if stages else given
                given = given or {name: arguments[name] for name in words if name in arguments}
            values |= given
            for name, value in given.items():
                if value:
                    in_scripts[name] = value
                else:
                    in_scripts.pop(name, None)
        elif at.name == "FROM" and words:
            yield from _from(path, at, words, arguments, stages)
            values, in_scripts = {}, {}
        elif at.name in ("COPY", "ADD"):
            yield from _copied(path, at, words, ChainMap(values, arguments), stages)
            copies |= dict.fromkeys(_sources(repo, path, words))
        elif at.name == "RUN":
            for mount in at.flags.get("mount", ()):
                yield from _mounted(path, at, mount, ChainMap(values, arguments), stages)
            place = Place(path, posixpath.dirname(path), copies=tuple(copies) or ("",))
            scripts = [one for one in (at.script(), *at.heredocs) if one]
            scripts = [Script(substitute(one.text, in_scripts), one.line) for one in scripts]
            yield from commands.references(repo, scripts, place)


def _from(
    path: str, at: Instruction, words: list[str], arguments: dict[str, str], stages: set[str]
) -> Iterator[Reference]:
    image = substitute(words[0].strip("\"'"), arguments)
    if image.lower() not in stages:
        yield from _image(image, path, at.line, f"written `{words[0]}`" if image != words[0] else "")
    stages.add("0")
    if len(words) >= 3 and words[1].upper() == "AS":
        stages.add(substitute(words[2], arguments).lower())


def _copied(
    path: str, at: Instruction, words: list[str], values: Mapping[str, str], stages: set[str]
) -> Iterator[Reference]:
    for origin in at.flags.get("from", ()):
        image = substitute(origin, values)
        if image.lower() not in stages and not image.isdigit():
            yield from _image(image, path, at.line)
    if at.name == "ADD":
        for word in words[:-1]:
            url = substitute(word, values)
            if re.match(r"https?://|git@", url):
                yield Reference(Tool.DOWNLOAD, path, at.line, url, without_version(url), *_added(url, at.flags))


def _added(url: str, flags: dict[str, list[str]]) -> Judged:
    fragment = url.partition("#")[2].split(":")[0]
    if flags.get("checksum") or HEX.match(fragment):
        return Judged(Fixity.IMMUTABLE)
    if url.split("#")[0].endswith(".git"):
        return Judged(Fixity.MUTABLE, "a branch or tag of a repository", f"`{url.split('#')[0]}#<40-hex commit>`")
    return Judged(Fixity.MUTABLE, "a download without a checksum", "`ADD --checksum=sha256:<hash> ...`")


def _mounted(
    path: str, at: Instruction, mount: str, values: Mapping[str, str], stages: set[str]
) -> Iterator[Reference]:
    for part in mount.split(","):
        key, _, value = part.partition("=")
        image = substitute(value, values)
        if key == "from" and image.lower() not in stages and not image.isdigit():
            yield from _image(image, path, at.line)


def _sources(repo: Repository, path: str, words: list[str]) -> list[str]:
    """The repository's shell scripts that an instruction copies, seen from the Dockerfile's folder or from the root."""
    found = []
    for word in words[:-1]:
        for folder in {posixpath.dirname(path), ""}:
            source = posixpath.normpath(posixpath.join(folder, word.lstrip("/")))
            found += [source] if repo.has(source) else []
    return found


def _compose(path: str, node: Node) -> Iterator[Fact]:
    """The images of services that are not built here: beside `build`, `image` names the result."""
    for service in mapping(mapping(node).get("services")).values():
        image = text(mapping(service).get("image"))
        resolved = substitute(image, {}) if image else ""
        if image and mapping(service).get("build"):
            yield Built(images.name(resolved))
        elif image:
            yield from _image(resolved, path, image.line, f"written `{image}`" if resolved != image else "")
        contexts = mapping(mapping(mapping(service).get("build")).get("additional_contexts"))
        yield from (Built(images.name(name)) for name in contexts)
        inline = text(mapping(mapping(service).get("build")).get("dockerfile_inline"))
        if inline:
            for at in load(inline).instructions:
                if at.name == "FROM" and at.words:
                    yield from _image(at.words[0], path, inline.line + at.line)


def _devcontainer(repo: Repository, path: str, container: Entries) -> Iterator[Fact]:
    image = text(container.get("image"))
    if image:
        yield from _image(image, path, image.line)
    lock = _locked_features(repo, path)
    for name, options in mapping(container.get("features")).pairs():
        if name.startswith("."):  # a feature of this repository, installed by its script
            script = posixpath.normpath(posixpath.join(posixpath.dirname(path), name, "install.sh"))
            yield from commands.called_file(repo, script) if repo.has(script) else ()
        if name.startswith((".", "http")):
            continue
        bare, version = images.split(name)
        if name in lock or "@sha256:" in name:
            judged = Judged(Fixity.IMMUTABLE)
        else:
            why = f"version `{version}` of a feature can be moved" if version else "a feature without a version"
            judged = Judged(Fixity.MUTABLE, why, "a devcontainer-lock.json with its digest, committed")
        yield Reference(Tool.IMAGE, path, name.line, name, bare, *judged)
        asked = text(mapping(options).get("version")) if isinstance(options, Entries) else None
        if asked in ("latest", "lts"):
            why = f"`{asked}` is not one exact version"
            yield Reference(
                Tool.TOOLCHAIN, path, asked.line, f"version: {asked}", bare, Fixity.MUTABLE, why, "an exact version"
            )
    for hook in (
        "onCreateCommand",
        "updateContentCommand",
        "postCreateCommand",
        "postStartCommand",
        "postAttachCommand",
    ):
        node = container.get(hook)
        for command in (
            texts(node) if isinstance(node, Text) else [one for v in mapping(node).values() for one in texts(v)]
        ):
            yield from commands.references(repo, [shell_script(command)], Place(path))


def _locked_features(repo: Repository, path: str) -> set[str]:
    folder, name = posixpath.split(path)
    lock = posixpath.join(folder, name.replace("devcontainer.json", "devcontainer-lock.json"))
    node = repo.parse(lock, load_jsonc) if repo.has(lock) else None
    if not isinstance(node, Entries):
        return set()
    features = mapping(node.get("features")).items()
    return {name for name, entry in features if "@sha256:" in (text(mapping(entry).get("resolved")) or "")}
