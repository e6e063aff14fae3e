"""Change logs: the versions that they name with their days, and what they say of security under each."""

from __future__ import annotations

import re
from datetime import date

from sscop.artefacts.prose import dates
from sscop.artefacts.report_words import CVE, GHSA
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository
from sscop.repository.places import Family

LIMIT = 2 << 20
"""The size in bytes above which a change log is not read."""
NAMES = (
    "{,docs/,doc/,.github/}{CHANGELOG,changelog,Changelog,ChangeLog,CHANGES,Changes,changes,HISTORY,History,history,NEWS"
    ",RELEASE_NOTES,RELEASENOTES,RELEASES,CHANGE_LOG}{,.md,.rst,.txt,.adoc,.markdown}"
)
MANY = 6

_HEADING = lazily(
    r"^(?:#{1,4}\s{1,4}|={1,4}\s{1,4}|\*\*)?\[?(?:[A-Za-z][\w@/.-]{0,40}\s{1,3})?(?:version\s{1,3}|release\s{1,3}"
    r"|v)?(\d{1,5}(?:\.\d{1,5}){1,3}[\w.+-]{0,20})\]?[^\n]{0,120}$",
    re.IGNORECASE,
)
_NAMES = rf"\b(?:{CVE}|{GHSA}|RUSTSEC-\d{{4}}-\d{{4}})\b"
_SECURITY = lazily(
    r"^\s{0,3}(?:#{2,5}\s{1,3}|\*\*|[-*]\s{1,3}\[?)?(?:\W{0,4})security(?: (?:fix(?:es)?|updates?|advisor\w+|issues?"
    r"|notes?))?\b\W{0,6}$"
    rf"|{_NAMES}",
    re.IGNORECASE,
)
LTS = lazily(r"(?:\b|_)lts(?:\b|_)|\blong[- ]term(?:[- ]support)?\b", re.IGNORECASE)
"""By what a release or a rule is one of the long term."""
_ID = lazily(_NAMES, re.IGNORECASE)


class Logged(NamedTuple):
    """A version in a change log: its day where stated; `security` are the lines under it that speak of a security fix.

    Each of those is its line from 1 and the id of a vulnerability, "" where none is named. `lts`: the heading calls
    it a release for the long term.
    """

    path: str
    line: int
    version: str
    day: date | None
    security: tuple[tuple[int, str], ...]
    lts: bool = False


def changelogs(repo: Repository) -> tuple[Logged, ...]:
    """The versions of all change logs; ask for it through `repo.once`."""
    found: list[Logged] = []
    for path in repo.find(NAMES, family=Family.TOOLS)[:MANY]:
        text = repo.text(path, LIMIT)
        if isinstance(text, str):
            found += (one._replace(path=path) for one in load_changelog(text))
    return tuple(found)


def load_changelog(text: str) -> tuple[Logged, ...]:
    """The versions of one change log, in its order."""
    found: list[Logged] = []
    lines = text.splitlines()
    for n, raw in enumerate(lines, 1):
        if len(raw) > 400 or not raw.strip():
            continue
        match = _HEADING.match(raw) if raw[0] in "#=*[vV" or raw[0].isalnum() else None
        if match and (raw[0] in "#=*[" or _underlined(lines, n)):
            day = next((one.day for one in dates.find(raw[match.end(1) :]) if one.day), None)
            found.append(Logged("", n, match[1].rstrip("."), day, (), LTS.search(raw) is not None))
        elif found and _SECURITY.search(raw):
            marks = tuple((n, one) for one in dict.fromkeys(_ID.findall(raw) or [""]))
            found[-1] = found[-1]._replace(security=found[-1].security + marks)
    return tuple(found)


def _underlined(lines: list[str], n: int) -> bool:
    return n < len(lines) and re.fullmatch(r"[=~^\"*+#-]{3,200}\s{0,9}", lines[n]) is not None
