"""Compose files: their services, with what each is made of and given.

Source: the Compose specification. Lists and mappings of the same thing (`environment`, `ports`) are one form here.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, Node, Text, items, mapping, text, texts
from sscop.lazy import NamedTuple

GLOBS = ("**/docker-compose*.{yml,yaml}", "**/compose.{yml,yaml}", "**/compose[.-]*.{yml,yaml}")


class Variable(NamedTuple):
    """A variable of a service's environment; `value` is None where it is taken from the caller's."""

    name: str
    value: str | None
    line: int


class Service(NamedTuple):
    """A service; `node` holds everything else."""

    name: str
    line: int
    image: Text | None
    built: bool
    environment: tuple[Variable, ...]
    volumes: tuple[Text, ...]
    files: tuple[str, ...]
    """The files that its environment is read from, as written."""
    node: Entries


def services(node: Node) -> tuple[Service, ...]:
    """The services of a compose file, given as the YAML that it is."""
    return tuple(
        Service(
            name,
            name.line,
            text(service.get("image")),
            "build" in service,
            _variables(service),
            tuple(
                one
                for volume in items(service.get("volumes"))
                for one in ([volume] if isinstance(volume, Text) else texts(mapping(volume).get("source")))
            ),
            tuple(_files(service)),
            service,
        )
        for name, service in mapping(mapping(node).get("services")).pairs()
        if isinstance(service, Entries)
    )


def _files(service: Entries) -> Iterator[str]:
    for one in items(service.get("env_file")):
        path = one if isinstance(one, Text) else text(mapping(one).get("path"))
        if path:
            yield str(path)


def _variables(service: Entries) -> tuple[Variable, ...]:
    given = service.get("environment")
    if isinstance(given, Entries):
        return tuple(
            Variable(name, None if value.is_null and not value.style else value, value.line)
            for name, value in given.pairs()
            if isinstance(value, Text)
        )
    pairs = [(one, *one.partition("=")) for one in texts(given)]
    return tuple(Variable(name, value if equals else None, one.line) for one, name, equals, value in pairs)
