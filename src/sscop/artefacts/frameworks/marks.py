"""Which texts are worth parsing for a statement of the development framework: by their bytes, in lower case."""

from __future__ import annotations

from sscop.artefacts.frameworks.texts import headings
from sscop.lazy import lazily

_MARKS = (
    b"ssdf", b"800-218", b"secure software dev", b"secure dev", b"secure-dev", b"secure coding", b"development life",
    b"sdlc", b"samm", b"slsa", b"s2c2f", b"cmmi", b"bsimm", b"dsomm", b"62443", b"27034", b"27001", b"osps",
    b"secure engineering", b"secure slc", b"security in ", b"62304", b"81001", b"safecode", b" sdl",
    b"openssf best", b"cii best",
)  # fmt: skip
_NAMES = lazily(
    rb"ssdf|800-218|secure software development framework|samm\b|slsa|s2c2f|cmmi|bsimm|dsomm|62443-4|27034"
    rb"|iso[/iec -]{0,5}27001|osps|security development lifecycle|ncsc[^\n]{0,40}secure dev|openssf best|cii best"
    rb"|62304|81001|safecode|pci secure"
)
_FOLLOWS = lazily(
    rb"follow|adopt|align|adher|conform|implement|based on|compl[yi]|accordance|develop|guided|informed|map"
)
_GUIDED = (
    b"guidance",
    b"gds way",
    b"gds-way",
    b"handbook",
    b"playbook",
    b"quality framework",
    b"engineering standards",
)
_FOLLOWED = lazily(
    rb"\b(?:we|team|project|developers|contributors|service)\b[^.]{0,60}?\b(?:follow|adher|compl[yi]|conform|align)[^.]{0,120}?"
    rb"(?:guidance|gds[ -]way|handbook|playbook|framework|standards)"
)
NEAR = 300
"""Bytes around a framework's name in which a word for following it is looked for."""


def may_state(data: bytes) -> bool:
    """Whether a heading speaks of the matter, or a framework is named near a word for following it."""
    if any(mark in data for mark in _GUIDED) and _FOLLOWED.search(data):
        return True
    if not any(mark in data for mark in _MARKS):
        return False
    if any(mark in one for one in headings(data) for mark in _MARKS):
        return True
    return any(_FOLLOWS.search(data, max(one.start() - NEAR, 0), one.end() + NEAR) for one in _NAMES.finditer(data))
