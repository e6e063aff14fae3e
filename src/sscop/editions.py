"""The editions of the Code at hand: apart from `sscop.catalogue`, which a run that settles no claims does not need."""

from __future__ import annotations

import os

HERE = os.path.join(os.path.dirname(__file__), "catalogue")


def editions() -> tuple[str, ...]:
    """Name the editions at hand, oldest first."""
    return tuple(sorted(name for name in os.listdir(HERE) if name[:1].isdigit()))


LATEST = editions()[-1]
