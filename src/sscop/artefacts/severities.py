"""The severities that vulnerabilities have, by all the names that texts give them."""

from __future__ import annotations

import re

from sscop.lazy import lazily

SEVERITIES = ("critical", "high", "medium", "low")
"""The usual ones, the worst first."""
NAMED = lazily(r"\b(critical|high|medium|moderate|low)\b", re.IGNORECASE)
"""A severity in a text that is about nothing else."""
_SAME = {
    "moderate": "medium", "important": "high", "highest": "high", "severe": "critical", "urgent": "critical",
    "minor": "low",
}  # fmt: skip


def usual(name: str) -> str:
    """The usual name of a severity, in lower case; any other name as it is."""
    lower = name.lower()
    return _SAME.get(lower, lower)


def severe(value: object) -> str:
    """One of the usual severities; "" for what is none."""
    said = usual(str(value or ""))
    return said if said in SEVERITIES else ""
