"""The names that secure development frameworks go by, and the version that stands beside a name.

Sources: the frameworks that the Code's implementation guidance lists, and those seen in public repositories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.lazy import NamedTuple, lazily


class Framework(NamedTuple):
    """A framework. `versioned`: its publisher numbers it. `established`: it says how software is developed.

    The others are lists of requirements or risks that texts name in its place.
    """

    name: str
    pattern: re.Pattern[str]
    versioned: bool = True
    established: bool = True


class Named(NamedTuple):
    """A framework named in a text: the version beside it ("" without one), and the line."""

    framework: Framework
    version: str
    line: int


_ISO = r"\bISO(?:/IEC)?[ -]?27001\b"
_CONTROLS = r"\bA\.?8\.2[5-9]\b|\bA\.?14\.2\b|\b[Dd]evelopment\b"
_LIFECYCLE = "Secure (?:Software )?Development Life ?[Cc]ycle"
FRAMEWORKS = (
    Framework("NIST SSDF", lazily(r"\bSSDF\b|\b800-218(?:r1|A)?\b|(?i:\bsecure software development framework\b)")),
    Framework("OWASP SAMM", lazily(r"\b(?:Open)?SAMM\b|Software Assurance Maturity Model")),
    Framework("Microsoft SDL", lazily(r"\b(?:Microsoft|MS)(?:'s)? SDL\b|\bSecurity Development Life[Cc]ycle\b"), False),
    Framework("Cisco SDL", lazily(rf"\bCSDL\b|Cisco(?:'s)? (?:SDL|{_LIFECYCLE})"), False),
    Framework("SLSA", lazily(r"\bSLSA\b|Supply[- ]chain Levels for Software Artifacts")),
    Framework("S2C2F", lazily(r"\bS2C2F\b|Secure Supply Chain Consumption Framework")),
    Framework(
        "OpenSSF OSPS Baseline",
        lazily(r"\bOSPS\b|Open Source Project Security Baseline|OpenSSF (?:Security )?Baseline"),
    ),
    Framework("OpenSSF Best Practices criteria", lazily(r"\b(?:OpenSSF|CII) Best Practices"), False),
    Framework("CMMI", lazily(r"\bCMMI\b")),
    Framework("BSIMM", lazily(r"\bBSIMM(?=\d|\b)")),
    Framework("OWASP DSOMM", lazily(r"\bDSOMM\b|DevSecOps Maturity Model")),
    Framework(
        "NCSC secure development principles",
        lazily(r"NCSC(?:'s)? (?:\w+ ){0,3}(?i:secure development)|(?i:secure development and deployment guidance)"),
        False,
    ),
    Framework("IEC 62443-4-1", lazily(r"\b62443-4-1\b")),
    Framework("ISO/IEC 27034", lazily(r"\b27034\b")),
    Framework(
        "ISO/IEC 27001",  # for its controls on development; a certificate alone says nothing of that
        lazily(
            rf"{_ISO}(?=[^\n]{{0,160}}(?:{_CONTROLS}))|(?:{_CONTROLS})[^\n]{{0,160}}{_ISO}",
        ),
    ),
    Framework("IEC 62304", lazily(r"\bIEC[ -]62304\b")),
    Framework("IEC 81001-5-1", lazily(r"\b81001-5-1\b")),
    Framework("SAFECode", lazily(r"\bSAFECode\b"), False),
    Framework("PCI Secure Software Lifecycle", lazily(r"\bPCI (?:Secure SLC|Secure Software Life)")),
    Framework("OWASP ASVS", lazily(r"\bASVS\b"), established=False),
    Framework("OWASP Top 10", lazily(r"\bOWASP Top[ -](?:10|Ten)\b"), established=False),
    Framework("CISA Secure by Design", lazily(r"\bCISA(?:'s)? (?:\w+ ){0,2}Secure[ -]by[ -]Design"), False, False),
)

_VERSION = lazily(
    r"[^\n]{0,24}?(?<![\w.-])(?:(?:v(?:ersion)?\.? ?)(\d{1,2}(?:\.\d{1,3}){0,2})\b"
    r"|(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?![\w.-])"
    r"|[v:]?(20\d\d(?:[-.]\d\d[-.]\d\d)?)\b|(r1)\b)",
    re.IGNORECASE,
)
_OWN_NUMBER = lazily(r"\b(?:800-218(r1|A)?|BSIMM(\d+))\b")
"""Names that carry their version: SP 800-218 itself is version 1.1, `r1` the draft of 1.2."""


def named(text: str, line: int) -> Iterator[Named]:
    """The frameworks that a line names, each once, with the version that stands right behind the name."""
    if len(text) < 4:
        return
    for one in FRAMEWORKS:
        versions = []
        for match in one.pattern.finditer(text):
            beside = _VERSION.match(text, match.end())
            carried = _OWN_NUMBER.search(match[0])
            versions.append(next(filter(None, beside.groups()), "") if beside else carried[0] if carried else "")
        if versions:
            yield Named(one, next(filter(None, versions), ""), line)
