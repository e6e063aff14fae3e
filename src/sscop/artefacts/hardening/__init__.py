"""Defaults that make a product safer or weaker as it ships: who it runs as, what it may do, TLS, debugging.

`facts` gives all of them, each with its line. Advice is made of them elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository


class Default(NamedTuple):
    """A default as it is set: `good` where it makes the product safer. `said` is in words, `key` without them."""

    path: str
    line: int
    code: str
    said: str
    key: str
    good: bool = False


Fact = Union[Default, Unread]


def facts(repo: Repository) -> Iterator[Fact]:
    """Every default that is seen; for whatever can't be read, why."""
    from sscop.artefacts.hardening import debug, images, transport, workloads

    for module in (images, workloads, transport, debug):
        yield from module.facts(repo)
