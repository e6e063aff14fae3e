"""Requirements as neutral records, whatever notation they were written in."""

from __future__ import annotations

from enum import Enum

from sscop.lazy import NamedTuple


class Kind(Enum):
    """What holds the requirements."""

    DOCUMENT = "requirements document"
    FEATURE = "feature file"
    STRICTDOC = "StrictDoc document"
    DOORSTOP = "Doorstop item"
    NEEDS = "sphinx-needs directives"
    FASTTRACE = "OpenFastTrace items"
    REQIF = "ReqIF exchange file"
    PROPOSAL = "proposal"


class Statement(NamedTuple):
    """One requirement: its id as written ("" without one), its text, its line."""

    id: str
    text: str
    line: int


class Need(NamedTuple):
    """Something that says who needs it and why, or what they will accept: a user story, a persona, criteria."""

    kind: str
    text: str
    line: int


class Record(NamedTuple):
    """A file that holds requirements. `line` is its title's or the first statement's.

    `template` says why it is not filled in ("" when it is).
    """

    path: str
    line: int
    kind: Kind
    title: str
    statements: tuple[Statement, ...]
    needs: tuple[Need, ...] = ()
    template: str = ""
