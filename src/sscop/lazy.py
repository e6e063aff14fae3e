"""Regular expressions that are compiled when first used: a run imports some hundred and needs a few of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class _Lazy:
    """Stands for a pattern; what is asked of it is kept, so that only the first use comes here."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._given = (source, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._given), name)
        setattr(self, name, value)
        return value


if TYPE_CHECKING:
    lazily = re.compile
else:
    lazily = _Lazy


def vocabulary(words: str) -> frozenset[str]:
    """The words of a text, as a set to look up in."""
    return frozenset(words.split())
