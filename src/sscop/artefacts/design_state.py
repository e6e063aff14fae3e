"""Where a design record stands, by the words that its status has."""

from __future__ import annotations

import re
from enum import Enum

from sscop.artefacts.prose.inline import Words, words
from sscop.lazy import lazily


class State(Enum):
    """Where a record stands."""

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    HISTORICAL = "historical"
    """Rejected, withdrawn, deprecated, superseded: no current evidence, and never stale."""
    UNSTATED = "unstated"


_WORDS = {
    State.HISTORICAL: """reject withdraw deprecat supersed superced defunct obsolete replaced deferred abandon
        discontinu cancel declined no_longer archived not_accepted retired reverted""",
    State.PROPOSED: r"""propos draft \brfc\b provisional pending discussion in_review under_review \bopen\b \bwip\b
        in_progress speculative explor request_for_comment awaiting incomplete experiment \bidea\b not_yet not_started
        to_be_decided consider""",
    State.ACCEPTED: r"""accept approv implement \bfinal \bactive adopt decided agreed \bdone\b complete in_effect
        ratified stable finished \breleased?\b recommended enacted current in_use in_force merged living""",
}
_STATES = [(state, lazily("|".join(stems.split()).replace("_", " "), re.IGNORECASE)) for state, stems in _WORDS.items()]
EXPLAINS = 9
"""A status line of more words than this that names several states explains them."""

_PARTLY = lazily(r"\b(?:part(?:ly|ially)?|in part|some)\b", re.IGNORECASE)
_SUPERSEDED = lazily(r"^\W*super[sc]eded\b|super[sc]eded by", re.IGNORECASE)
_STRUCK = lazily(r"~~[^~]*~~|<(?:del|s)>[^<]*</")


def state_of(said: Words) -> tuple[State, Words]:
    """What a status says, and the line that says it: the first one, unless a later one says superseded.

    A long line that names both ends ("proposed until agreed, then accepted") explains the words and says nothing.
    """
    lines = [words(_STRUCK.sub("", piece.raw), piece.line) for piece in said.pieces() if piece][:8]
    for line in lines:
        if _SUPERSEDED.search(line) and not _PARTLY.search(line):
            return State.HISTORICAL, line
    for line in lines[:4]:
        found = {state: match.start() for state, pattern in _STATES if (match := pattern.search(line))}
        if found and not (len(found) > 1 and line.count(" ") > EXPLAINS):
            state = min(found, key=lambda one: found[one])
            return State.ACCEPTED if _PARTLY.search(line) and state is State.HISTORICAL else state, line
    return State.UNSTATED, said
