"""Whether a compose file is how a product is deployed, or a developer's convenience.

A `docker-compose.yml` with a database and its password is in most repositories, to run the code on one's own machine.
What says that users or servers run it: its name or folder, its own head comment, or the instructions to install.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from sscop.artefacts.compose import Service
from sscop.artefacts.nodes import mapping, text
from sscop.artefacts.prose.document import Document, Section, read
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_NAMED = lazily(
    r"(?:^|[/._-])(?:prod(?:uction)?|live|deploy(?:ments?|ed)?|release|self-?host(?:ed|ing)?|registry|swarm|install(?:er)?)"
    r"(?=[/._-]|$)",
    re.IGNORECASE,
)
_WORDS = r"self-?host|production|deploy|\binstall"
_FOR_USERS = lazily(_WORDS, re.IGNORECASE)
_NOT_FOR_USERS = lazily(
    r"\b(?:not|never|n't|non-?)\b[^.\n]{0,40}production|develop|\blocal|\btest|contribut|debug|demo\b|example",
    re.IGNORECASE,
)
_TO_TRY = lazily(
    r"\bexample of\b|\bnot\b[^.]{0,60}\bproduction|\blocal develop"
    r"|\bfor (?:local |your own )?(?:development|testing|evaluation|demo)",
    re.IGNORECASE,
)
_TITLES = lazily(r"self.?host|production|deploy|install|hosting", re.IGNORECASE)
_SOURCES = lazily(r"\.\.?/?(?::|\Z)|\./(?:src|app|apps|lib|server|client|frontend|backend|api)/?(?::|\Z)")
_DEVELOPMENT = lazily(r"(?:^|[ ._/-])(?:dev(?:el\w*)?|local|test)(?=[ ._/-]|$)", re.IGNORECASE)
_QUICK = lazily(r"quick ?start|getting started|\busage|\brun", re.IGNORECASE)
_COMMON = {"docker", "server", "service", "image", "images", "readme", "project", "with", "code", "template", "github"}
_BARE = {"docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"}
_BARE_UP = lazily(r"docker[- ]compose up(?: -[\w-]+)*\s*(?:$|[#&;|])")
_UP = lazily(rb"docker[- ]compose\b[^\n]{0,80}\bup\b")
_DOCS = (
    "{README,INSTALL,DEPLOY,DEPLOYMENT,SELFHOST,SELF-HOSTING,SELF_HOSTING}*.{md,rst,adoc}",
    "{docs,doc,documentation}/**/*{install,deploy,self-host,selfhost,production,docker}*.{md,rst,adoc}",
)
MOST = 40
"""Documents that are looked through."""


def deployed(repo: Repository, path: str, services: Sequence[Service]) -> str:
    """Why a compose file counts as deployed ("README.md:40 deploys with it"); empty where nothing says so."""
    if any(map(_develops, services)):
        return ""
    if _NAMED.search(path):
        return "deployed, by its name"
    source = repo.text(path)
    head = "" if isinstance(source, Unread) else source.partition("\nservices:")[0]
    comments = "\n".join(line for line in head.split("\n")[:40] if line.startswith("#"))
    if _FOR_USERS.search(comments) and not _NOT_FOR_USERS.search(comments):
        return "deployed, by its head comment"
    images = " ".join(service.image for service in services if service.image and "/" in service.image)
    return _documented(repo, path, images.lower())


def _develops(service: Service) -> bool:
    """Whether a service is made to work on its code: the sources mounted into it, or a Dockerfile for development."""
    build = mapping(service.node.get("build"))
    dockerfile, target = text(build.get("dockerfile")) or "", text(build.get("target")) or ""
    mounted = service.built and any(_SOURCES.match(volume) for volume in service.volumes)
    return mounted or bool(_DEVELOPMENT.search(f"{dockerfile} {target}"))


def _documented(repo: Repository, path: str, images: str) -> str:
    name = posixpath.basename(path)
    bare = name in _BARE
    if bare and posixpath.dirname(path) not in ("", "docker"):
        return ""
    for page in repo.find(*_DOCS, family=Family.PROSE)[:MOST]:
        data = repo.read(page)
        if isinstance(data, Unread) or not (_UP.search(data) if bare else name.encode() in data):
            continue
        document = read(repo, page)
        line = 0 if isinstance(document, Unread) else _installs(document, page, "" if bare else name, images)
        if line:
            return f"{page}:{line} deploys with it"
    return ""


def _installs(document: Document, page: str, name: str, images: str) -> int:
    """The line where instructions to install name the file, or bring compose up where it needs no name.

    A quick start is one for users where it starts published images that are named like the product.
    """
    words = re.findall(r"\w{4,}", str(document.title or "").lower())
    published = any(word in images for word in words if word not in _COMMON)
    chain: list[Section] = []
    for section in document.sections:
        chain = [one for one in chain if one.level < section.level] + [section]
        titles = " / ".join([page, *(str(one.title) for one in chain)])
        if _NOT_FOR_USERS.search(titles):
            continue
        if _TO_TRY.search(section.text[:3000]):
            continue
        if not _TITLES.search(titles) and not (published and _QUICK.search(str(section.title))):
            continue
        for code in section.code:
            for number, line in enumerate(code.text.split("\n"), code.line + 1):
                if name in line if name else _BARE_UP.search(line):
                    return number
    return 0
