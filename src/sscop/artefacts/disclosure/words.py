"""What a sentence says about reporting vulnerabilities, as far as its words tell."""

from __future__ import annotations

import re

from sscop.artefacts.prose.sentences import Sentence
from sscop.lazy import lazily

TELL = lazily(
    r"\b(?:report(?:s|ed|ing)?|contact(?:s|ing)?|submit(?:ted|ting)?|submission|disclos\w+|notif\w+|inform|e-?mail\w*"
    r"|reach|let us know|tell us|get in touch|send|sent|open|create|creating|file|filing|raise|use|using|via|through"
    r"|fill|vdp|hotline)\b",
    re.IGNORECASE,
)
PROBLEM = lazily(r"vulnerab|security|exploit|\bcve\b|\bdisclos|sensitive|\breport", re.IGNORECASE)
_ELSE = lazily(
    r"\b(?:non[- ]?security|not (?:a |considered )?(?:security|vulnerabilit)|general|other (?:bugs|issues|questions)"
    r"|defects?|features?|enhancements?|non[- ]critical|questions?|harden\w+|likely has no impact|no security impact"
    r"|support requests?|not security|already public|publicly known|dependency updates|documentation errors"
    r"|low[- ]severity|would like to work on|improv\w+)\b",
    re.IGNORECASE,
)
_NEGATED = lazily(
    r"\b(?:do not|don't|never|not|rather than|instead of|avoid|without|refrain|no public|nor|shouldn't|cannot)\b"
    r".{0,160}?\b(?:issues?|tracker|public\w*|forums?|discussions?|pull requests?|bug reports?|tickets?)\b",
    re.IGNORECASE,
)
CONFIDENTIAL = lazily(
    r"\b(?:confidential|private) (?:gitlab |security )?issues?\b|issue is confidential", re.IGNORECASE
)
ADVISORY = lazily(r"\bsecurity advisor(?:y|ies)\b", re.IGNORECASE)
DRAFT = lazily(
    r"\b(?:report(?:ing)?|submit(?:ting)?|open(?:ing)?|creat(?:e|ing)|draft|new|use|via|through|disclos(?:e|ing)"
    r"|fil(?:e|ing)|using|privately)\b",
    re.IGNORECASE,
)
PUBLISHED = lazily(
    r"\b(?:publish\w*|announce\w*|listed|available|tracked|subscribe|watch|known|previous|existing|history|issue an?"
    r"|we (?:will|may|also)? ?(?:then )?(?:create|open|draft|use)|maintainers? (?:will|may)|will (?:be )?(?:create"
    r"|open|draft)\w*"
    r"|coordinat\w+|credit\w*|request)\b",
    re.IGNORECASE,
)
_PRIVATELY = lazily(r"\b(?:privately|in private|confidential(?:ly)?|in confidence)\b", re.IGNORECASE)
_REFUSED = lazily(
    r"\b(?:no|not|never|no longer|previously|pre-existing|formerly)\b (?:\S+ ){0,5}?(?:bount|accept|offer|reward"
    r"|run\b)"
    r"|n't (?:\S+ ){0,5}?(?:bount|accept|offer|reward|run\b)",
    re.IGNORECASE,
)


def is_private_only(one: Sentence) -> bool:
    """Whether a sentence that speaks of issues forbids them, or means other things than vulnerabilities by them."""
    whole = f"{one.title} {one.whole}"
    return bool(
        _NEGATED.search(one.whole)
        or _ELSE.search(whole)
        or CONFIDENTIAL.search(whole)
        or ADVISORY.search(one.text)
        or _PRIVATELY.search(one.text)
        or not PROBLEM.search(whole)
    )


def is_about_reporting(one: Sentence) -> bool:
    """Whether a sentence, with what leads to it, is about security and not about other matters."""
    whole = f"{one.title} {one.whole}"
    return PROBLEM.search(whole) is not None and not _ELSE.search(one.title)


def is_refused(one: Sentence) -> bool:
    """Whether a sentence says that something is not offered or accepted, or not any more."""
    return _REFUSED.search(one.text) is not None


def forbids_public(one: Sentence) -> bool:
    """Whether a sentence says that reports are not to be public, or that they are confidential."""
    return bool(_NEGATED.search(one.text) or _PRIVATELY.search(one.text))
