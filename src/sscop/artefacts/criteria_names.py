"""What texts call the criteria and methods that designs are guided by."""

from __future__ import annotations

import re

from sscop.lazy import lazily

SECURE = {
    "defence in depth": r"defen[cs]e[- ]in[- ]depth|layered (?:security|defen[cs]e)|multiple layers"
    r"|layers of (?:security|defen[cs]e)",
    "least privilege": r"(?:least|minimal|minimum|fewest)[- ](?:\w+ )?(?:privilege|permission|access|authority|rights)"
    r"|only the (?:permissions|access|rights) (?:it|they) needs?",
    "secure defaults": r"secure[- ](?:by[- ])?default|safe[- ](?:by[- ])?default|(?:safe|secure) out of the box"
    r"|opt[- ]in"
    r"|den(?:y|ied) (?:is )?(?:by|the) default|fail[- ]?(?:closed|safe|secure)"
    r"|defaults? (?:is|are|must be|to) (?:safe|secure|den|closed|off)",
    "threat modelling": r"threat[- ]?model|abuse cases?|attacker'?s? (?:perspective|view)|\bSTRIDE\b",
    "established patterns": r"design patterns?|established patterns?|patterns? (?:that )?(?:we|to) (?:use|follow)"
    r"|well[- ]known (?:pattern|library)|ports and adapters|functional core|event sourcing"
    r"|reference architecture|twelve[- ]factor|12[- ]factor|hexagonal|clean architecture|layered architecture|\bDDD\b"
    r"|(?:no|never|not) (?:write|roll|home-?made) (?:our|your)?\s?own crypto|proven (?:librar|algorithm|protocol)",
}
"""Methods and principles of secure design."""
QUALITIES = {
    "complexity": r"simpl(?:e|er|est|icity|ify)\b|complex|\bKISS\b|\bYAGNI\b|minimal(?:ist|ism)\b|over-?engineer"
    r"|small(?:est)? (?:core|surface|set)",
    "scalability": r"scal(?:able|ability|es?\b|ing\b|ed\b)|performan(?:ce|t)\b|throughput|latency|high[- ]volume"
    r"|load\b",
    "usability": r"usab|user[- ]friendly|eas(?:e|y) (?:of|to) use|user experience|developer experience|\bUX\b"
    r"|\bDX\b|ergonomi|intuitive"
    r"|accessib|least (?:surprise|astonishment)|discoverab",
    "maintainability": r"maintain(?:able|ability)|modular|testab|extensib|extend(?:able|ed)?\b|readab"
    r"|loose(?:ly)? coupl|separation of concerns"
    r"|backwards?[- ]compatib|\bDRY\b|decoupl|composab|single responsibility|\bSOLID\b",
}
"""Qualities that designs are held against besides."""
CRITERIA = {name: lazily(rf"(?<!\w)(?:{one})", re.IGNORECASE) for name, one in (SECURE | QUALITIES).items()}
"""Every criterion that is looked for, the secure ones first."""
