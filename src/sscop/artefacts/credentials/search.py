"""Every password that the files of a repository bring along, and what was looked at."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Union

from sscop.artefacts import compose as composed
from sscop.artefacts import env_files
from sscop.artefacts.credentials import applications, containers
from sscop.artefacts.credentials.deployed import deployed
from sscop.artefacts.credentials.model import Credential, credential
from sscop.artefacts.dockerfile import dockerfiles
from sscop.artefacts.dockerfile import load as load_dockerfile
from sscop.artefacts.jsonc import load as load_jsonc
from sscop.artefacts.kubernetes import GLOBS as MANIFESTS
from sscop.artefacts.kubernetes import telling
from sscop.artefacts.nodes import Node
from sscop.artefacts.nodes import load as load_yaml
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family


class Looked(NamedTuple):
    """A file that was looked at: what kind it is. `aside` where what it holds is for development."""

    path: str
    kind: str
    aside: bool = False


Fact = Union[Looked, Credential, Unread]

_WORDS = (b"passw", b"passphrase", b"pwd", b"secret", b"_pass", b"admin_token")
_SECRET = lazily(rb"\n(?:stringData|data):")
_PYTHON = ("**/settings.py", "**/settings/*.py", "**/*settings*.py", "**/config.py", "**/config/*.py")
_ANSIBLE = ("**/{group_vars,host_vars}/**/*.{yml,yaml}", "**/{defaults,vars}/*.{yml,yaml}")
APPLICATION, INFRASTRUCTURE = "application configuration", "infrastructure code"
_CHART = lazily(r"(?:^|/)[^/]*(?:helm|chart)[^/]*/", re.IGNORECASE)
_VALUES = "**/values*.{yml,yaml}"


def facts(repo: Repository) -> Iterator[Fact]:
    """All of it, kind by kind."""
    yield from _images(repo)
    yield from _compose(repo)
    yield from _charts(repo)
    yield from _manifests(repo)
    yield from _python(repo)
    for globs, reader, kind in _SOURCES:
        for path in _telling(repo, globs):
            given = repo.parse(path, reader)
            yield Looked(path, kind)
            yield from _unread(repo, given) if isinstance(given, Unread) else applications.found(path, given, kind)
    for globs, load, walk, kind in _TREES:
        for path in _telling(repo, globs):
            node = repo.parse(path, load)
            yield Looked(path, kind)
            yield from _unread(repo, node) if isinstance(node, Unread) else applications.found(path, walk(node), kind)


def _telling(repo: Repository, globs: tuple[str, ...]) -> Iterator[str]:
    """The files in which a word for a password stands."""
    return (path for path in repo.find(*globs, family=Family.SHIPPED) if _tells(repo, path))


def _tells(repo: Repository, path: str) -> bool:
    data = repo.read(path)
    lower = data.lower() if isinstance(data, bytes) else b""
    return any(word in lower for word in _WORDS)


def _unread(repo: Repository, problem: Unread) -> Iterator[Unread]:
    if not repo.gone(problem):
        yield problem


def _images(repo: Repository) -> Iterator[Fact]:
    for path in dockerfiles(repo, Family.SHIPPED):
        dockerfile = repo.parse(path, load_dockerfile)
        if isinstance(dockerfile, Unread):
            yield from _unread(repo, dockerfile)
        else:
            yield Looked(path, "Dockerfile")
            yield from containers.image(path, dockerfile)


def _compose(repo: Repository) -> Iterator[Fact]:
    for path in repo.find(*composed.GLOBS, family=Family.SHIPPED):
        node = repo.parse(path, load_yaml)
        if isinstance(node, Unread):
            yield from _unread(repo, node)
            continue
        services = composed.services(node)
        held = [*containers.compose(path, services), *_given(repo, path, services)]
        why = deployed(repo, path, services)
        if why:
            yield Looked(path, "compose file")
            yield from (one._replace(where=f"{one.where} ({why})") for one in held)
        elif held:
            yield Looked(path, "compose file", aside=True)


def _given(repo: Repository, path: str, services: Iterable[composed.Service]) -> Iterator[Credential]:
    """What the tracked files hold that services take their environment from."""
    folder = path.rpartition("/")[0]
    files = {
        posixpath.normpath(posixpath.join(folder, file)): service for service in services for file in service.files
    }
    for file, service in files.items():
        given = repo.parse(file, env_files.load) if repo.has(file) else ()
        for name, value, line in () if isinstance(given, Unread) else given:
            yield from credential(file, line, name, value, f"the environment of service `{service.name}`")


def _charts(repo: Repository) -> Iterator[Fact]:
    for path in repo.find(_VALUES, family=Family.SHIPPED):
        if not repo.has(f"{path.rpartition('/')[0]}/Chart.yaml".lstrip("/")) and not _CHART.search(path):
            continue
        if not _tells(repo, path):
            yield Looked(path, "chart")
            continue
        node = repo.parse(path, load_yaml)
        if isinstance(node, Unread):
            yield from _unread(repo, node)
        else:
            yield Looked(path, "chart")
            yield from containers.chart(path, node)


def _manifests(repo: Repository) -> Iterator[Fact]:
    for path in repo.find(*MANIFESTS, family=Family.SHIPPED):
        data = repo.read(path)
        if isinstance(data, bytes) and telling(data, b"Secret", _SECRET):
            held = repo.parse(path, containers.manifest)
            if isinstance(held, Unread):
                yield from _unread(repo, held)
                continue
            yield Looked(path, "manifest")
            for line, name, given, owner in held:
                yield from credential(path, line, name, given, f"the Secret `{owner}`")


def _python(repo: Repository) -> Iterator[Fact]:
    """Settings modules; what a module beside it takes from the environment after all is no default."""
    modules: dict[str, list[tuple[str, tuple[applications.Setting, ...]]]] = {}
    for path in _telling(repo, _PYTHON):
        given = repo.parse(path, applications.python)
        yield Looked(path, APPLICATION)
        if isinstance(given, Unread):
            yield from _unread(repo, given)
        else:
            modules.setdefault(path.rpartition("/")[0], []).append((path, given))
    for beside in modules.values():
        set_again = {(name, path) for path, given in beside for _, name, held, _ in given if held == applications.OTHER}
        for path, given in beside:
            again = {name for name, other in set_again if other != path}
            yield from applications.found(path, (one for one in given if one[1] not in again), APPLICATION)


Reader = Callable[[str], "tuple[applications.Setting, ...]"]
Walk = Callable[[Node], Iterator[applications.Setting]]

_SOURCES: list[tuple[tuple[str, ...], Reader, str]] = [
    (("**/application*.properties", "**/bootstrap.properties"), applications.properties, APPLICATION),
    (("**/application*.{yml,yaml}", "**/bootstrap.{yml,yaml}"), applications.spring, APPLICATION),
    (("**/{conf,config,etc}/*.{ini,cfg,toml}",), applications.properties, APPLICATION),
    (("**/{web,app}.config",), applications.web_config, APPLICATION),
    (("**/config/{database,secrets}.yml",), applications.rails, APPLICATION),
    (("**/config/*.php", "**/config.{js,ts,mjs,cjs}", "**/config/*.{js,ts,mjs,cjs}"), applications.calls, APPLICATION),
    (("**/db/seeds.rb", "**/seeders/*.php", "**/seed.{js,ts}"), applications.seeds, "seed data"),
    (("**/*.tf", "**/*.tfvars"), applications.terraform, INFRASTRUCTURE),
]  # fmt: skip
_TREES: list[tuple[tuple[str, ...], Callable[[str], Node], Walk, str]] = [
    (("**/appsettings.json", "**/appsettings.*.json"), load_jsonc, applications.appsettings, APPLICATION),
    (_ANSIBLE, load_yaml, applications.flat, INFRASTRUCTURE),
]  # fmt: skip
