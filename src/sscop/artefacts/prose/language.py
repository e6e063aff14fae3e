"""Is a text in English? The words that readers look for are English, so another language is not understood.

That is a reason to say "unknown" instead of "not seen".
"""

from __future__ import annotations

from sscop.lazy import lazily

_WORD = lazily(r"[^\W\d_]+")
_USUAL = lazily(
    r"\b(?:the|and|of|to|is|are|in|for|with|be|by|on|or|an?|that|this|it|as|must|should|shall|will|can|not|from|when|we|all)\b"
)
_IDEOGRAPH = lazily(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LOOKED = 20_000
"""Characters that are looked at."""
FEW = 40
"""Words below which a text is too short to tell, and counts as English."""
SHARE = 25
"""Of how many words one is at least such a usual one in English."""


def is_english(text: str) -> bool:
    """Whether a text is in English, as far as its usual words tell."""
    sample = text[:LOOKED].lower()
    if len(_IDEOGRAPH.findall(sample)) > FEW:
        return False
    words = len(_WORD.findall(sample))
    return words < FEW or len(_USUAL.findall(sample)) * SHARE >= words


def size(text: str) -> int:
    """The number of words of two letters or more; two ideographs count as one."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return (
        sum(1 for word in _WORD.findall(_IDEOGRAPH.sub(" ", text) if ideographs else text) if len(word) > 1)
        + ideographs // 2
    )
