"""One neutral software bill of materials, whatever format it is in."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sscop.lazy import NamedTuple


class Format(str, Enum):
    """The format, in words."""

    CYCLONEDX = "CycloneDX"
    SPDX = "SPDX"
    SWID = "SWID"


class Holds(str, Enum):
    """What a document of one of these formats lists."""

    COMPONENTS = "components"
    NOTHING = "nothing"
    """No component besides the subject itself: empty, unless the product has none."""
    VULNERABILITIES = "vulnerabilities"
    """A VEX or a vulnerability report: statements about vulnerabilities, not a list of components."""
    OTHER = "something else"
    """Threats, cryptographic assets, services, formulas: a bill of other materials."""


class Component(NamedTuple):
    """One component as listed. `ident` is a package URL, or else a CPE or SWID identifier."""

    name: str
    version: str = ""
    ident: str = ""
    supplier: str = ""


class Fault(NamedTuple):
    """Something that the format forbids, or that a document of it must have and this one has not."""

    text: str
    line: int | None = None


class Sbom(NamedTuple):
    """What one document says. `line` is where it says when it was made, 1 where it does not.

    `subject` is what it is about. `related` says whether it states how components depend on one another.
    `created` is None where the document gives no date that exists; `stated` is the text.
    """

    format: Format
    version: str
    holds: Holds
    components: tuple[Component, ...] = ()
    subject: Component | None = None
    stated: str = ""
    created: date | None = None
    line: int = 1
    authors: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    related: bool = False
    faults: tuple[Fault, ...] = ()
    serialisation: str = "JSON"
    path: str = ""


MANY_FAULTS = 5
"""Faults after which a reader looks for no more."""
