"""Parts of JSON that may be anything: the part where it has the kind, else an empty one or None."""

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
