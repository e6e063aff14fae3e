"""What a text says is done on the way from a requirement to a release: the topics of secure development.

The list follows what the Code's implementation guidance expects a framework to cover, in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sscop.artefacts.prose.document import Section
from sscop.artefacts.prose.inline import Words
from sscop.lazy import lazily

TOPICS = {
    "threat modelling": r"threat[- ]?model|threat (?:analysis|assessment)|abuse cases?|\bSTRIDE\b"
    r"|attack surface review",
    "requirements": r"(?:security|privacy|non-functional) requirements?|acceptance criteria|requirements? (?:are"
    r"|is|capture)",
    "roles and training": r"train(?:ing|ed)|security champions?|responsib(?:le|ility)|accountab|roles? and|awareness",
    "secure coding": r"secure coding|coding (?:standard|guideline|practice)|input validation|saniti[sz]"
    r"|parameteri[sz]ed"
    r"|memory[- ]safe|output encoding|validated (?:against|at)",
    "review": r"(?:code|peer|security|design|pull[- ]request) reviews?\b|reviewed by|review(?:er)?s? (?:must|and"
    r"|from|of)"
    r"|design reviewed|reviewer approv|must (?:be )?(?:reviewed|approved)|approv(?:al|e)s? (?:from|by|of)"
    r"|requires? (?:at least )?(?:one|two|\d) approv",
    "testing": r"(?:unit|integration|regression|end-to-end|e2e|security|acceptance|automated"
    r"|property)[- /]?(?:based )?tests?\b"
    r"|test (?:suite|coverage|plan)|tests? (?:must|are|run|pass)|fuzz|penetration test|\bDAST\b|dynamic analysis",
    "static analysis": r"static (?:code )?analysis|\bSAST\b|codeql|semgrep|sonar(?:qube|cloud)|\blint(?:er|ers"
    r"|ing)?\b|gosec|bandit\b"
    r"|clippy|code scanning",
    "dependencies": r"dependenc(?:y|ies)|third[- ]party (?:code|component|librar|software)|dependabot|renovate"
    r"|\bSBOMs?\b|\bSCA\b"
    r"|trivy|snyk|pip-audit|cargo audit|npm audit|govulncheck|software composition",
    "secrets": r"secret[- ]scan|secrets? (?:are|is|management|must|in)|gitleaks|trufflehog|credentials? (?:are"
    r"|must|in)|no secrets",
    "configuration management": r"version[- ]control|branch protection|protected branch|signed commits|sign(?:s"
    r"|ed)?[- ]off"
    r"|codeowners|configuration management|change management|change control",
    "build and release": r"reproducible|provenance|sign(?:ed|ing) (?:release|artefact|artifact|image|binar)"
    r"|release (?:process|gate)"
    r"|\bcosign\b|sigstore|checksums?|(?:ci|cd|build) pipeline|ci/cd|hardened build|build environment|pinned (?:to|by)",
    "vulnerability response": r"vulnerabilit(?:y|ies) (?:are|is|management|disclosure|response|handling|report"
    r"|scan)|patch(?:es|ing|ed)?\b"
    r"|remediat|triage|root[- ]cause|security advisor|coordinated disclosure|post-?mortem",
    "data handling": r"data (?:minimi[sz]ation|classification|handling|protection|retention)|personal data"
    r"|test data|anonymi[sz]ed",
}
_PATTERNS = {name: lazily(pattern, re.IGNORECASE) for name, pattern in TOPICS.items()}
WORDS = 4
"""The words below which a piece says nothing of a topic."""


def topics(pieces: Iterable[Words]) -> dict[str, int]:
    """The line on which each topic is first spoken of."""
    found: dict[str, int] = {}
    waiting = dict(_PATTERNS)
    for piece in pieces:
        if not waiting:
            break
        text = piece[:4000]
        if text.count(" ") >= WORDS - 1:
            for name in [name for name, pattern in waiting.items() if pattern.search(text)]:
                found[name] = piece.line
                del waiting[name]
    return found


STAGES = {
    "planning": r"plan|requirement|inception|discovery|intake|backlog",
    "design": r"design|architect",
    "implementation": r"implement|coding|build|develop\b",
    "verification": r"verif|test|review|quality",
    "release": r"release|deploy|deliver|promot|rollout",
    "operation": r"operat|maintain|maintenance|monitor|support|respond",
}
_STAGES = {
    name: lazily(rf"^(?:(?:stage|phase|step) \d\W{{0,3}})?(?:\w+ )?(?:{pattern})") for name, pattern in STAGES.items()
}
_STAGE_WORDS = 8


def stages(sections: Sequence[Section]) -> dict[str, int]:
    """The stages of a lifecycle that have a heading of their own and a few words below it."""
    found: dict[str, int] = {}
    for one in sections:
        if one.level > 1 and sum(len(said.split()) for said in one.said()) >= _STAGE_WORDS:
            for name, pattern in _STAGES.items():
                if name not in found and pattern.search(one.key):
                    found[name] = one.line
    return found
