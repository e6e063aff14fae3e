"""What the readers of credentials find."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.credentials.words import Held, in_url, is_password, value
from sscop.lazy import NamedTuple


class Credential(NamedTuple):
    """A password that a file holds in clear text; `text` is its value, never to be shown.

    `where` says in words what holds it ("the environment of service `db`"). `fallback`: it stands in only where the
    environment gives none. `local`: it opens something on the developer's own machine, or is seed data.
    """

    path: str
    line: int
    name: str
    where: str
    text: str
    fallback: bool = False
    local: bool = False


def credential(path: str, line: int, name: str, text: str, where: str, local: bool = False) -> Iterator[Credential]:
    """The credential that a setting is: a literal under a password's name, or a URL with a literal password."""
    held = value(text) if is_password(name) else in_url(text)
    if held.held is Held.LITERAL:
        yield Credential(path, line, name, where, held.literal, held.fallback, local)
