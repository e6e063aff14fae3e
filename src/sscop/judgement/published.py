"""Claims that ask for something *published*, and claims about events that may not have happened yet.

A text in a private repository is written, not published: only a public repository, or an address where customers read
it, shows that they can. An event-driven claim has an answer where nothing happened, and that answer is declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sscop.artefacts.nodes import Node, text
from sscop.lazy import lazily
from sscop.model import Because, Finding, Outcome, not_applicable, unknown
from sscop.platform import Platform

PUBLISHED = {"published": "the https address where customers read it, where this repository is not public"}
NO_OCCASION = {"no-occasion-since": "the day (YYYY-MM-DD) since which, as you declare, there was no occasion"}
QUIET = "no-occasion"
"""The code of the answer that there was no occasion."""

_ADDRESS = lazily(r"https://[^\s/@.]+(?:\.[^\s/@.]+)+(?:/\S*)?")


def published(seen: Finding, platform: Platform, settings: Mapping[str, Node]) -> Finding:
    """What was seen as evidence of a published claim: as it is where anyone can read it, else unmet or unknown.

    Only a MET finding changes. The setting `published` (PUBLISHED) names an address; it is not fetched.
    """
    if seen.outcome is not Outcome.MET:
        return seen
    address = text(settings.get("published"))
    if address is not None and not _ADDRESS.fullmatch(address):
        return unknown("setting", "`published` is the https address where customers read it", about=seen.about)
    visibility = platform.visibility
    if address is not None or (visibility.known and visibility.value == "public"):
        return seen
    if not visibility.known:
        message = f"{seen.message}; whether customers can read it here was not told"
        fix = "say `visibility: public` under `product:` in .sscop.yaml, or set `published:` to the address"
        return seen._replace(outcome=Outcome.UNKNOWN, code=f"{seen.code}-unpublished", message=message, fix=fix)
    message = f"{seen.message}; this repository is {visibility.value}, so customers can't read it here"
    fix = "publish it, and set `published:` for this check in .sscop.yaml to the address"
    return seen._replace(
        outcome=Outcome.UNMET, because=Because.INADEQUATE, code=f"{seen.code}-unpublished", message=message, fix=fix
    )


def quiet_since(settings: Mapping[str, Node], today: date) -> date | Finding | None:
    """The day since which, as declared by the setting `no-occasion-since` (NO_OCCASION), there was no occasion.

    None where nothing is declared; a finding where what stands there is no day, or one to come. What a check sees of an
    occasion after that day contradicts it.
    """
    stated = text(settings.get("no-occasion-since"))
    if stated is None:
        return None
    try:
        day = date.fromisoformat(stated)
    except ValueError:
        day = date.max
    return day if day <= today else unknown("setting", f"`no-occasion-since` is a past day as YYYY-MM-DD, not {stated}")


def quiet(since: date, about: tuple[str, ...] = ()) -> Finding:
    """The answer of an event-driven claim where no occasion is declared and none was seen."""
    return not_applicable(QUIET, f"no occasion since {since}, as declared")._replace(about=about)
