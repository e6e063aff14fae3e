"""What the readers of all formats share: values of parsed JSON by type, dates, places in a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sscop.artefacts import plain_json
from sscop.artefacts.prose import dates

NONE = ("NOASSERTION", "NONE", "Organization: NOASSERTION", "Person: ()", "Organization: ()")
"""What SPDX writes where nobody says anything."""


def parse(text: str) -> dict[str, Any]:
    """The object of a JSON text; read by the standard library, because these files have many megabytes."""
    return plain_json.load(text.lstrip("\ufeff"))


def entries(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def string(value: object) -> str:
    """The value if it is a text (or a number, as versions sometimes are), without what means nothing."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if text in NONE else text


def strings(value: object) -> list[str]:
    """The texts in a list, or the one text."""
    return [one for one in map(string, value if isinstance(value, list) else [value]) if one]


def day(stated: str) -> date | None:
    """The day of a timestamp, if there is such a day."""
    return dates.read(stated[:10]).day or dates.read(stated).day if len(stated) < 60 else None


def line_of(text: str, *needles: str) -> int:
    """The line of the first needle that a text holds, after those before it; 1 without any."""
    at = 0
    for needle in needles:
        found = text.find(needle, at)
        if found < 0:
            break
        at = found
    return text.count("\n", 0, at) + 1


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts in their order, each once, none empty."""
    return tuple(dict.fromkeys(one for one in texts if one))
