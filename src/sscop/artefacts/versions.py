"""What a version text pins: an exact version, a series that moves, or whatever is latest."""

from __future__ import annotations

import re

from sscop.artefacts.reference import Fixity
from sscop.lazy import lazily

HEX = lazily(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z", re.IGNORECASE)
"""A full git object name, SHA-1 or SHA-256."""

_EXACT = lazily(r"[=v]*\d+\.\d+(?:\.\d+)+(?:[-+._]?[0-9A-Za-z][0-9A-Za-z.+_-]*)?\Z")
_WILD = lazily(r"(?:^|\.)[xX*](?:\.|$)")
_DATED = lazily(r"\w+-\d{4}-\d\d-\d\d\Z")


def of_version(version: str) -> Fixity:
    """How firmly a version text names one release.

    `1.2.3` and `nightly-2026-01-01` are exact; `1.2`, `3.x`, `^1.2.3`, `~> 2`, `>=1`, `lts/*`, `stable` and
    `latest` move; one with a variable in it can't be told.
    """
    version = version.strip()
    if "$" in version:
        return Fixity.UNKNOWN
    if _WILD.search(version):
        return Fixity.MUTABLE
    if HEX.match(version):
        return Fixity.IMMUTABLE
    return Fixity.EXACT if _EXACT.match(version) or _DATED.match(version) else Fixity.MUTABLE


def without_version(text: str) -> str:
    """A text such as a URL with its versions and object names replaced by `*`, so that a bump keeps its key."""
    text = re.sub(r"[0-9a-f]{40,64}", "*", text, flags=re.IGNORECASE)
    return re.sub(r"v?\d+(?:\.\d+)+(?:[-.+](?:rc|alpha|beta|dev|post)[.\d]*)?", "*", text)
