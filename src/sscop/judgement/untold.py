"""What a check says of a setting that it was not told: why, and what would show it."""

from __future__ import annotations

from sscop.model import Finding, unknown
from sscop.platform import ASK, NOT_ASKED, Fact, Platform


def untold(platform: Platform, fact: Fact, said: str) -> Finding:
    """A finding on a fact that is not known; `said` is what is not known, as a sentence without its end.

    Where the platform was to be asked and could not be, the check did not run, which a run that names it ends with.
    """
    if platform.refused:
        fix = "mend that, or give --platform FILE with what `sscop settings` wrote where GitHub could be asked"
        return unknown("not-run", f"{said}: GitHub could not be asked: {platform.refused}", fix=fix)
    more = f"; needs {fact.permission}" if fact.permission else ""
    fix = ASK if fact.why == NOT_ASKED else ""
    if fact.permission:
        fix = f"ask with a token that has {fact.permission}, or give --platform FILE with what an owner was told"
    return unknown("not-told", f"{said}: {fact.why}{more}", fix=fix)
