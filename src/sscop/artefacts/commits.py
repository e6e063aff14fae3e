"""What the last commits name: issues, tickets of a tracker, pull requests.

A number in brackets at the end of a subject (`Add search (#12)`) is what a squash merge leaves: the pull request's,
which is a record of the change and not of what was wanted. It is counted apart.
"""

from __future__ import annotations

import re
from collections import Counter

from sscop.lazy import NamedTuple, lazily, vocabulary
from sscop.repository import Change, Repository

COUNTED, ASKED = 200, 400
"""How many commits of people are looked at, and how many are asked for so that bots' can be left out."""

_BOT = lazily(
    r"\[bot\]|(?:^|[\s<+])(?:dependabot|renovate|snyk|github-actions|greenkeeper|pyup|mergify|pre-commit-ci)\b"
    r"|[-_\s\d]bot\b|^[\w-]{2,40}bot <",
    re.IGNORECASE,
)
_SQUASH = lazily(r"\s*\((?:PR )?[#!]\d{1,7}\)\s*$")
_NUMBER = lazily(r"(?<![\w&#/])(?:[\w.-]{1,60}/[\w.-]{1,60})?#\d{1,7}\b|\bGH-\d{1,7}\b|/(?:-/)?issues/\d{1,7}\b")
_KEY = lazily(r"(?<![\w./-])([A-Z][A-Z0-9]{1,9})-(\d{1,6})(?![\w.])")
_LINK = lazily(
    r"/browse/([A-Z][A-Z0-9]{1,9})-\d|\b(trello)\.com/c/|\b(dev\.azure)\.com/\S{1,200}/_workitems/"
    r"|\b(linear)\.app/\S{1,100}/issue/"
    r"|(?<![\w#])(AB)#\d{1,7}\b"
)
"""A link to a ticket; the first group is the key of Jira's project."""
_CALLED = {"trello": "Trello", "dev.azure": "Azure Boards", "linear": "Linear", "AB": "Azure Boards"}
_NO_KEYS = vocabulary(
    """
    AES ADR BIP CIS CPE CVE CWE DES ECMA EN FIPS GHSA GPT HTTP IEC IEEE IPV ISO JDK JEP JSR KEP MD NEP NIST OWASP
    PEP PPC PYSEC RFC RHEL RSA RUSTSEC SHA SHA2 SHA3 SSE TLS UCS UTF VS WCAG X86 WINDOWS UBUNTU PYTHON REF FIG
    """
)
"""What stands before a hyphen and a number and is no tracker's project."""


class Trace(NamedTuple):
    """How many of `total` commits name an issue, a ticket of a tracker, or only a pull request.

    `keys` are the keys of the trackers' projects, or the trackers' names where those are all that a link shows.
    """

    total: int
    issues: int
    pulls: int
    tickets: int
    keys: tuple[tuple[str, int], ...]
    example: Change | None


def trace(repo: Repository) -> Trace | None:
    """What the last commits of people name; None where there is no history to look at."""
    changes = repo.changes(ASKED)
    return None if changes is None else traced(changes)


def traced(changes: list[Change]) -> Trace:
    """What these commits name. A key counts as a tracker's project when three of them have it."""
    people = [one for one in changes if not _BOT.search(one.author)][:COUNTED]
    found = [(one, _keys(one)) for one in people]
    counted = Counter(key for _, keys in found for key in keys)
    usual = {key for key, times in counted.items() if times > 2}
    tickets = [one for one, keys in found if keys & usual]
    issues = [one for one in people if _NUMBER.search(f"{_SQUASH.sub('', one.subject)}\n{one.body[:4000]}")]
    pulls = sum(1 for one in people if _SQUASH.search(one.subject) and one not in issues)
    keys = tuple((key, times) for key, times in counted.most_common() if key in usual)
    example = tickets[0] if tickets else issues[0] if issues else None
    return Trace(len(people), len(issues), pulls, len(tickets), keys, example)


def _keys(change: Change) -> set[str]:
    said = f"{change.subject}\n{change.body[:4000]}"
    keys = {match[1] for match in _KEY.finditer(said)} - _NO_KEYS
    for match in _LINK.finditer(said):
        name = next(one for one in match.groups() if one)
        keys.add(_CALLED.get(name, name))
    return keys
