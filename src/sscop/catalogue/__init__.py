"""The Software Security Code of Practice, its mapping to CMMI and its crosswalk, as typed data.

An edition is a folder beside this module, named by its date, with `code.yaml`, `cmmi.yaml` and
`crosswalk.yaml`; adding a folder adds an edition, and the newest is `LATEST`. The comments at the top of each
file say what its fields mean and what is verified or only proposed. A file is read when first asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from sscop.editions import HERE, LATEST, editions
from sscop.lazy import NamedTuple

__all__ = ["LATEST", "editions"]

T = TypeVar("T")


class CatalogueError(ValueError):
    """A data file of an edition does not have the shape described here; the message says where."""


class Edition(NamedTuple):
    """One edition of the Code: `id` is its folder, `responsible` the official sentence on who answers for it.

    `verified` and `proposed` say which part of the data was read in a source and which is this project's own.
    """

    id: str
    title: str
    publisher: str
    published: str
    licence: str
    attribution: str
    url: str
    apc: str
    apc_url: str
    responsible: str
    verified: str
    proposed: str


class Audience(NamedTuple):
    """A kind of organisation and the numbers of the themes that it answers."""

    who: str
    themes: tuple[str, ...]
    note: str = ""


class Theme(NamedTuple):
    """A theme of the Code: official title and aim, and the numbers of its principles in order."""

    number: str
    title: str
    aim: str
    principles: tuple[str, ...]


class Principle(NamedTuple):
    """A principle of the Code: official title, guidance and notes in our words, slugs of its claims."""

    number: str
    theme: str
    title: str
    guidance: tuple[str, ...]
    notes: tuple[str, ...]
    claims: tuple[str, ...]


class Claim(NamedTuple):
    """A claim of the NCSC assurance document, in our words. The slug is its key, the number a label.

    `scope` is organisation, product or repository; `reach` (high, partial or none) how far files in a
    repository can show it; `supporting_set` the ids of supporting checks that are enough together, or empty.
    `installed`: it speaks only of software that customers run in their own environment.
    """

    slug: str
    number: str
    principle: str
    scope: str
    statement: str
    status: str
    verification: str
    in_template: bool
    evidence_typical: str
    reach: str
    supporting_set: tuple[str, ...]
    installed: bool
    number_note: str = ""


class Code(NamedTuple):
    """An edition's themes and principles by number and claims by slug, each in official order."""

    edition: Edition
    audiences: tuple[Audience, ...]
    themes: dict[str, Theme]
    principles: dict[str, Principle]
    claims: dict[str, Claim]


class PracticeArea(NamedTuple):
    """A CMMI practice area: code, name and domain, with a description in our words."""

    code: str
    name: str
    domain: str
    description: str


class AreaLink(NamedTuple):
    """From a claim (slug) to a practice area (code), and why."""

    claim: str
    area: str
    why: str


class Cmmi(NamedTuple):
    """The unofficial mapping: areas by code, links by claim slug, and reasons by area code.

    `cross_cutting` says why an area serves the duty behind all claims, `unreached` why no claim leads to it.
    """

    version: str
    statement: str
    status: str
    areas: dict[str, PracticeArea]
    links: dict[str, tuple[AreaLink, ...]]
    cross_cutting: dict[str, str]
    unreached: dict[str, str]


class Framework(NamedTuple):
    """A framework of the crosswalk; `none` maps principles it has no equivalent for to the reason."""

    key: str
    title: str
    url: str
    note: str
    none: dict[str, str]


class CrosswalkEntry(NamedTuple):
    """A principle beside one reference of a framework: `confidence` is high, medium or low, in the link.

    `status` is published (by the framework, for this Code), derived (from others' mappings) or proposed.
    """

    framework: str
    principle: str
    ref: str
    about: str
    confidence: str
    status: str
    basis: str


def code(edition: str = LATEST) -> Code:
    """Return the Code itself, from `code.yaml`. An edition that is not here is a LookupError."""
    loaded: Code = _load(edition, "code.yaml", _code)
    return loaded


def cmmi(edition: str = LATEST) -> Cmmi:
    """Return the mapping of claims to CMMI practice areas, from `cmmi.yaml`."""
    loaded: Cmmi = _load(edition, "cmmi.yaml", _cmmi)
    return loaded


def crosswalk(edition: str = LATEST) -> tuple[CrosswalkEntry, ...]:
    """Return the links of principles to other frameworks, framework by framework, from `crosswalk.yaml`."""
    entries: tuple[CrosswalkEntry, ...] = _load(edition, "crosswalk.yaml", _crosswalk)[1]
    return entries


def frameworks(edition: str = LATEST) -> dict[str, Framework]:
    """Return the frameworks of the crosswalk by key, from `crosswalk.yaml`."""
    found: dict[str, Framework] = _load(edition, "crosswalk.yaml", _crosswalk)[0]
    return found


@cache
def _load(edition: str, name: str, parse: Callable[[Any], Any]) -> Any:
    if edition not in editions():
        raise LookupError(f"no edition {edition!r} of the Code here; there is {', '.join(editions())}")
    import yaml

    path = os.path.join(HERE, edition, name)
    with open(path, encoding="utf-8") as file:
        try:
            safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            return parse(yaml.load(file, Loader=safe))  # noqa: S506 - a safe loader, and data of our own
        except (yaml.YAMLError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise CatalogueError(f"{path}: {type(error).__name__}: {error}") from error


def _code(data: Any) -> Code:
    rows = data["principles"]
    claims = [data["claim_defaults"] | claim | {"principle": row["number"]} for row in rows for claim in row["claims"]]
    principles = [{"notes": [], **row, "claims": [claim["slug"] for claim in row["claims"]]} for row in rows]
    themes = [
        theme | {"principles": [row["number"] for row in rows if row["theme"] == theme["number"]]}
        for theme in data["themes"]
    ]
    return Code(
        _make(Edition, data["edition"]),
        tuple(_make(Audience, row) for row in data["audiences"]),
        _index(Theme, "number", themes),
        _index(Principle, "number", principles),
        _index(Claim, "slug", claims),
    )


def _cmmi(data: Any) -> Cmmi:
    links = {
        slug: tuple(AreaLink(slug, area, why) for area, why in whys.items()) for slug, whys in data["links"].items()
    }
    return _make(Cmmi, data | {"areas": _index(PracticeArea, "code", data["areas"]), "links": links})


def _crosswalk(data: Any) -> tuple[dict[str, Framework], tuple[CrosswalkEntry, ...]]:
    found: dict[str, Framework] = {}
    entries: list[CrosswalkEntry] = []
    for key, fields in data["frameworks"].items():
        about = fields.pop("refs")
        for principle, rows in fields.pop("links").items():
            for ref, *rest in rows:
                entries.append(CrosswalkEntry(key, principle, ref, about[ref], *rest))
        found[key] = _make(Framework, {"note": "", "none": {}, **fields, "key": key})
    return found, tuple(entries)


def _make(kind: Callable[..., T], fields: dict[str, Any]) -> T:
    """Build one NamedTuple: lists become tuples, and a missing or unknown field is an error."""
    try:
        return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in fields.items()})
    except TypeError as error:
        place = fields.get("slug") or fields.get("number") or fields.get("code") or "an entry"
        raise ValueError(f"{place}: {error}") from error


def _index(kind: Callable[..., T], key: str, rows: list[dict[str, Any]]) -> dict[str, T]:
    made: dict[str, T] = {}
    for row in rows:
        if row[key] in made:
            raise ValueError(f"{row[key]} is there twice")
        made[row[key]] = _make(kind, row)
    return made
