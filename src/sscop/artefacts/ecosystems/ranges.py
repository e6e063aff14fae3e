"""Whether a version is in a range, for the common forms of npm's and cargo's ranges; None for any other.

Sources: node-semver's grammar of ranges, The Cargo Book on version requirements.
"""

from __future__ import annotations

import re

from sscop.lazy import lazily

_VERSION = lazily(r"v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-[\w.-]+)?(?:\+[\w.-]+)?\Z")
_PART = lazily(r"(\^|~>?|>=|<=|>|<|=)?\s*v?(\d{1,9}|[xX*])(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(-[\w.-]+)?\Z")
_HIGH = 10**9

Numbers = tuple[int, int, int]


def satisfies(version: str, spec: str, plain: str = "=") -> bool | None:
    """Whether a version is in a range; `plain` is what a range without an operator means (cargo: `^`)."""
    found = _VERSION.match(version.strip())
    if not found or found[4]:
        return None  # before a release, the rules differ
    numbers = (int(found[1]), int(found[2]), int(found[3]))
    answers = [_all_of(numbers, one.strip(), plain) for one in spec.split("||")]
    return True if True in answers else None if None in answers else False


def _all_of(version: Numbers, spec: str, plain: str) -> bool | None:
    if spec in ("", "*", "x", "X"):
        return True
    spec = re.sub(r"([<>=~^]) +", r"\1", spec)
    parts = [one for one in re.split(r"[\s,]+", spec) if one]
    if "-" in parts:
        return None
    answers = [_in(version, one, plain) for one in parts]
    return False if False in answers else None if None in answers else True


def _in(version: Numbers, part: str, plain: str) -> bool | None:
    found = _PART.match(part)
    if not found or found[5]:
        return None
    operator = found[1] or plain
    given = [int(one) for one in found.groups()[1:4] if one and one.isdigit()]
    if any(one is not None and not one.isdigit() for one in found.groups()[1:4]) and operator == "^" and not found[1]:
        operator = "="  # cargo's `1.*`
    low: Numbers = (*given, 0, 0, 0)[:3]  # type: ignore[assignment]
    high = _next(given, operator)
    if operator == ">=":
        return version >= low
    if operator == "<":
        return version < low
    if operator == ">":
        return version > low if len(given) == 3 else version >= _next(given, "=")
    if operator == "<=":
        return version < _next(given, "=")
    return low <= version < high


def _next(given: list[int], operator: str) -> Numbers:
    """The first version above what a part with `^`, `~` or `=` allows."""
    if not given:
        return (_HIGH, 0, 0)
    if operator == "^":
        at = next((i for i, number in enumerate(given) if number), len(given) - 1)
    elif operator.startswith("~"):
        at = min(1, len(given) - 1)
    else:
        at = len(given) - 1
    raised = [*given[:at], given[at] + 1, 0, 0, 0]
    return (raised[0], raised[1], raised[2])
