"""What was told of incidents, and what only looks like it."""

from __future__ import annotations

from datetime import date

from sscop.lazy import NamedTuple
from sscop.model import Unread

LIVE = 90
"""Days within which a monitor's history is one that goes on."""


FIX = "security fix in a change log"
"""The kind of a notice that tells customers of a vulnerability by the release that mends it."""


class Notice(NamedTuple):
    """Something that was told of an incident. `kind` names it in words; `open` is whether it is said to go on still."""

    kind: str
    path: str
    line: int
    title: str
    day: date
    open: bool = False


class Hollow(NamedTuple):
    """What looks like a notice and is none, and why, as the end of a sentence."""

    path: str
    line: int
    why: str


class Link(NamedTuple):
    """Where notices are said to be, outside of the repository."""

    path: str
    line: int
    target: str


class Named(NamedTuple):
    """A vulnerability that a change log says to be mended, and that may be a component's."""

    path: str
    line: int
    text: str


class Notices(NamedTuple):
    """Everything seen. `declared_none` are the logs that say that there was nothing."""

    found: tuple[Notice, ...]
    hollow: tuple[Hollow, ...]
    links: tuple[Link, ...]
    unread: tuple[Unread, ...]
    declared_none: tuple[Hollow, ...]
    named: tuple[Named, ...] = ()
