"""The checks of sscop: one module in a theme's folder is one hook, and being there registers it."""

from __future__ import annotations

import os
from importlib import import_module

from sscop.check import Check

THEMES = ("design", "build", "deployment", "communication", "assessment")
"""The folders: the Code's four themes in order, and what is about all of them."""


def ids() -> dict[str, str]:
    """The module of each check by its id, theme by theme, alphabetical within one."""
    here = os.path.dirname(__file__)
    found = {}
    for theme in THEMES:
        for name in sorted(os.listdir(os.path.join(here, theme))):
            if name.endswith(".py") and not name.startswith("_"):
                found[name[:-3].replace("_", "-")] = f"{__name__}.{theme}.{name[:-3]}"
    return found


def load(*wanted: str) -> list[Check]:
    """The checks with these ids, or all of them; only their modules are imported.

    Raises LookupError, naming near matches, for an id that there is no check for.
    """
    known = ids()
    for name in wanted:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, 3)
            hint = f"did you mean {' or '.join(near)}?" if near else "sscop list shows them all"
            raise LookupError(f"there is no check {name}; {hint}")
    modules = [import_module(known[name]) for name in dict.fromkeys(wanted or known)]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Check)]
