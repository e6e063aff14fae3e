"""Passwords in images, compose files, charts and manifests."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from sscop.artefacts.compose import GLOBS, Service
from sscop.artefacts.credentials.model import Credential, credential
from sscop.artefacts.credentials.words import Held, is_password, value
from sscop.artefacts.dockerfile import Dockerfile, substitute
from sscop.artefacts.kubernetes import objects
from sscop.artefacts.nodes import Node, Text, items, mapping, text
from sscop.artefacts.shell import Command, Pipeline, pipelines
from sscop.lazy import lazily

__all__ = ["GLOBS", "chart", "compose", "image", "manifest"]

_OPEN = lazily(
    r"(?:MYSQL|MARIADB|POSTGRES\w*|REDIS|MONGO\w*)?_?ALLOW_EMPTY(?:_ROOT)?_PASSWORD\Z|POSTGRES_HOST_AUTH_METHOD\Z"
)
_YES = lazily(r"(?:yes|true|1|on|trust)\Z", re.IGNORECASE)
_PAIR = lazily(r"([a-z_][\w.-]{0,31}):(\S{1,100})")
_USER = lazily(r"user(?:name)?\Z|login\Z", re.IGNORECASE)
_NAMES_KEYS = lazily(
    r"(?:from|existing|external|namespace)[-_]?secrets?|secrets?[-_]?(?:keys?|refs?|mappings?)|env[-_]?from|remote[-_]?ref"
    r"|labels|annotations|properties|keys\Z",
    re.IGNORECASE,
)
"""Parts of a chart's values whose values are the names of keys, not passwords."""
SECRETS = lazily(r"^(?:stringData|data):", re.MULTILINE)


def image(path: str, dockerfile: Dockerfile) -> Iterator[Credential]:
    """Those that the image itself holds: ENV of the stages that it is made of, and users created with a password."""
    for stage in dockerfile.shipped:
        values: dict[str, str] = {}
        for at in stage.instructions:
            if at.name in ("ARG", "ENV"):
                for name, given, line in at.variables:
                    given = substitute(given, values)
                    values[name] = given
                    if at.name == "ENV":
                        yield from credential(path, line, name, given, "the image's environment")
                        yield from _unlocked(path, line, name, given, "the image's environment")
            elif at.name == "RUN":
                for one in [script for script in (at.script(), *at.heredocs) if script]:
                    if any(word in one.text for word in ("passw", "useradd", "adduser")):
                        for pipeline in pipelines(one._replace(text=substitute(one.text, values))):
                            yield from _users(path, pipeline)


def _users(path: str, pipeline: Pipeline) -> Iterator[Credential]:
    """`echo user:password | chpasswd`, `useradd -p`, `htpasswd -b`."""
    last = pipeline[-1]
    words = [word.text for word in last.words]
    if last.name == "chpasswd":
        fed = last.heredoc.text if last.heredoc else " ".join(_fed(pipeline[:-1]))
        for match in _PAIR.finditer(fed.replace("\\n", " ")):
            if value(match[2]).held is Held.LITERAL:
                yield Credential(path, last.line, match[1], "the users that the image creates", match[2])
    elif last.name in ("useradd", "usermod"):
        given = [after for flag, after in zip(words, words[1:]) if flag in ("-p", "--password")]
        given += [word.partition("=")[2] for word in words if word.startswith("--password=")]
        for one in given:
            if value(one).held is Held.LITERAL and one not in ("!", "*", "x"):
                yield Credential(path, last.line, words[-1], "the users that the image creates", one)
    elif last.name == "htpasswd" and re.match(r"-\w*b", words[1] if len(words) > 1 else ""):
        plain = [word for word in words[1:] if not word.startswith("-")]
        if len(plain) > 1 and value(plain[-1]).held is Held.LITERAL:
            yield Credential(path, last.line, plain[-2], "the users that the image creates", plain[-1])


def _fed(commands: Pipeline) -> Iterator[str]:
    for command in commands[-1:]:
        if isinstance(command, Command) and command.name in ("echo", "printf"):
            yield from (word.text for word in command.arguments if not word.inner)


def _unlocked(path: str, line: int, name: str, given: str, where: str) -> Iterator[Credential]:
    """A database that is told to ask for no password."""
    if _OPEN.match(name) and _YES.match(given.strip()):
        yield Credential(path, line, name, where, "")


def compose(path: str, services: tuple[Service, ...]) -> Iterator[Credential]:
    """Those of the services' environments."""
    seen = set()
    for service in services:
        where = f"the environment of service `{service.name}`"
        for name, given, line in service.environment:
            if given is not None and (name, line) not in seen:
                seen.add((name, line))
                yield from credential(path, line, name, given, where)
                yield from _unlocked(path, line, name, given, where)


def chart(path: str, node: Node, above: str = "") -> Iterator[Credential]:
    """Those of a Helm chart's values; not where both user and password are named after themselves, to be filled in."""
    entries = mapping(node)
    unfilled = any(isinstance(one, Text) and _USER.match(one) for one in entries.values())
    for key, under in entries.pairs():
        if isinstance(under, Text):
            if is_password(key) and key.lower()[-9:] != "secretkey" and not (unfilled and under.lower() == "password"):
                yield from credential(path, under.line, above + key, under, "the chart's values")
        elif not _NAMES_KEYS.search(key):
            for one in items(under):
                yield from chart(path, one, f"{above}{key}.")


def manifest(source: str) -> tuple[tuple[int, str, str, str], ...]:
    """The line, key, value and object's name of what Kubernetes Secrets hold in clear text or base64."""
    found = []
    for one in objects(source, {"Secret"}, SECRETS):
        for block in ("stringData", "data"):
            for name, given in mapping(one.node.get(block)).pairs():
                held = text(given)
                plain = _decoded(held) if held and block == "data" else held
                if held and plain and "\n" not in plain:
                    found.append((held.line, str(name), str(plain), one.name))
    return tuple(found)


def _decoded(held: str) -> str:
    if value(held).held is not Held.LITERAL:
        return ""
    try:
        return base64.b64decode(held[:4000], validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
