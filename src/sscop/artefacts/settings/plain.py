"""Parts of JSON that may be anything: the part where it has the kind, else an empty one or None.

What is compared with words may be a list or an object, which no set or mapping takes: compare with `==` or a tuple.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def as_map(value: object) -> Mapping[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> Sequence[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else ()


def as_text(value: object) -> str | None:
    """A text, or None."""
    return value if isinstance(value, str) else None


def as_bool(value: object) -> bool | None:
    """True or False, or None."""
    return value if isinstance(value, bool) else None


def as_days(value: object) -> int | None:
    """A number of days, which is one at least, or None."""
    return value if type(value) is int and 0 < value < 100_000 else None


def as_maps(value: object) -> Sequence[Mapping[str, Any]] | None:
    """A list of objects, or None for anything else: a part of a list says too little."""
    return value if isinstance(value, list) and all(isinstance(one, dict) for one in value) else None
