"""Judges whether pipelines and images install what the locks name: evidence where they do, else advice."""

from __future__ import annotations

from collections.abc import Collection

from sscop.artefacts.ecosystems.installing import Installing, installing
from sscop.judgement.lock_words import WORDS
from sscop.judgement.problems import Problem
from sscop.model import Evidence, Kind
from sscop.repository import Repository


def judge(repo: Repository, locked: Collection[str], berry: bool) -> tuple[list[Evidence], list[Problem]]:
    """For the tools whose locks are good: one evidence each of a frozen installation, and what is not frozen."""
    used: dict[str, Evidence] = {}
    loose: list[Problem] = []
    for one in repo.once(installing):
        if one.tool not in locked:
            continue
        frozen = one.frozen if one.tool != "yarn" else one.frozen or berry
        if frozen:
            used.setdefault(one.tool, Evidence(one.path, one.line, f"held to the lock: {one.said}"))
        elif frozen is False:
            loose.append(_problem(one))
    return list(used.values()), loose


def _problem(one: Installing) -> Problem:
    words = WORDS[one.tool]
    said = f"`{one.said}` may install something else than {words.lock} names, and changes the lock instead of failing"
    many = f"{{n}} commands of {one.tool} may install something else than {words.lock} names"
    place = Evidence(one.path, one.line, one.said)
    return Problem(
        "not-frozen", one.tool, place, said, many, f"write `{words.frozen}`", kind=Kind.ADVICE, subject=one.said
    )
