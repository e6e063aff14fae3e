"""A platform's settings as facts: from its answers, and from files that state them as code."""

from __future__ import annotations

from sscop.artefacts.settings.facts import read

__all__ = ["read"]
