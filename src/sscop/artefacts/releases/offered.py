"""How a README tells customers to get the product: a command that names it, or a link to its releases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.frameworks.texts import product_names
from sscop.artefacts.prose.document import Document, read
from sscop.artefacts.releases.taken import README
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository

_COMMAND = lazily(
    r"\b(?:(?:brew|snap|choco|scoop|winget|apt|apt-get|dnf|yum|pacman|apk|zypper|conda|mamba|port|flatpak|krew|asdf)"
    r"(?: -\S+){0,3} (?:install|add|-S|-i)|docker pull|helm (?:repo add|install|pull)|kubectl apply"
    r"|go install|dotnet (?:add package|tool install)|composer (?:require|create-project)|cargo install"
    r"|npm (?:i|install)|pip3? install|luarocks install|opam install|cabal install|curl|wget|iwr|irm)\b[^\n]{0,300}",
    re.IGNORECASE,
)
_RELEASES = lazily(
    r"https://(?:github|gitlab)\.com/[\w.-]{1,100}/[\w.-]{1,100}/(?:-/)?releases\b"
    r"|https://[\w.-]{1,100}/(?:\S{0,60}/)?downloads?\b"
)
_LOCAL = lazily(r"http://| \./")
_SECTION = lazily(r"install|download|get(?:ting)? (?:started|it)|quick ?start|setup|releases?\b|usage")


def offered(repo: Repository) -> Evidence | None:
    """The first such place; to be asked for as `repo.once(offered)`."""
    return next(_all(repo), None)


def _all(repo: Repository) -> Iterator[Evidence]:
    names = [name.lower() for name in product_names(repo) if len(name) > 2 and not _SECTION.fullmatch(name.lower())]
    for path in [*repo.find(*README), *repo.find("INSTALL*.{md,rst,adoc}")][:4]:
        document = read(repo, path)
        if not isinstance(document, Unread):
            yield from _of(path, document, names)


def _of(path: str, document: Document, names: list[str]) -> Iterator[Evidence]:
    about = [one for one in document.sections if _SECTION.search(one.key)]
    for section in about:
        for code in section.code:
            for number, line in enumerate(code.text.split("\n"), code.line + 1):
                match = _COMMAND.search(line[:1_000])
                if match and not re.search(r"http://| \./", line) and any(name in match[0].lower() for name in names):
                    yield Evidence(path, number, match[0].strip()[:60])
    for link in document.links:
        if _RELEASES.match(link.target) and document.at(link.line) in about:
            yield Evidence(path, link.line, link.target[:80])
