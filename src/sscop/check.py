"""A check: one small function from what it asks for to findings, with its metadata bound to it.

A check's parameters name what it needs and it gets just those (`sscop.assess` supplies them):
`repo` (a `sscop.repository.Repository`), `settings` (this check's part of `.sscop.yaml`), `today` (a date), `platform`
(a `sscop.platform.Platform`: the platform's settings, each known or unknown).
A check opens no file, reads no environment and no clock.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sscop.lazy import NamedTuple
from sscop.model import Finding, Role

ESTABLISHES = Role.ESTABLISHES
SUPPORTS = Role.SUPPORTS

Run = Callable[..., Iterable[Finding]]

PARTS = ("Why", "What counts", "How to fix")
"""The parts that a check's docstring must have; it is the documentation page and `sscop explain ID`."""


class Check(NamedTuple):
    """One checkable principle.

    `id` is the module's name with hyphens; `claims` maps claim slugs to the role of this check for them;
    `principles` are the numbers that a check without claims belongs to; `needs` are the parameters to inject;
    `options` maps the keys that `.sscop.yaml` may set under `checks.<id>` to what they do.
    """

    id: str
    theme: str
    title: str
    claims: Mapping[str, Role]
    principles: tuple[str, ...]
    options: Mapping[str, str]
    needs: tuple[str, ...]
    doc: str
    run: Run

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.doc.split("\n\n", 1)[0].replace("\n", " ")

    def part(self, name: str) -> str:
        """The text of one of PARTS, without its heading; empty when the page has no such part."""
        match = re.search(rf"^{name}\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", self.doc, re.DOTALL | re.MULTILINE)
        return match[1].strip() if match else ""


def check(
    *,
    title: str,
    claims: Mapping[str, Role] | None = None,
    principles: tuple[str, ...] = (),
    options: Mapping[str, str] | None = None,
) -> Callable[[Run], Check]:
    """Make the decorated function a `Check` that takes its id, theme and page from the module it stands in."""

    def bind(run: Run) -> Check:
        theme, name = run.__module__.rsplit(".", 2)[-2:]
        code: Any = getattr(run, "__code__")  # noqa: B009 - a function, though typed as any callable
        return Check(
            id=name.replace("_", "-"),
            theme=theme,
            title=title,
            claims=claims or {},
            principles=principles,
            options=options or {},
            needs=code.co_varnames[: code.co_argcount],
            doc=(sys.modules[run.__module__].__doc__ or "").strip(),
            run=run,
        )

    return bind
