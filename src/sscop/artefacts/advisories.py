"""Advisories on the product's own vulnerabilities that a repository holds, and the security fixes its changelogs name.

Those that GitHub publishes are not in the files. Lists of other people's vulnerabilities (databases, the data of
scanners) are no advisories of this product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from posixpath import basename, dirname

from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import SUFFIXES
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository
from sscop.repository.places import Family

_FOLDERS = f"{SUFFIXES[:-1]},json,yml,yaml,html}}"
_GLOBS = (
    f"**/*advisor*/**/*.{_FOLDERS}", f"**/*ghsa-*.{_FOLDERS}", f"**/*cve-2*.{_FOLDERS}", "**/*csaf*/**/*.json",
    f"**/*advisor*.{_FOLDERS}",
)  # fmt: skip
_ID = lazily(
    r"\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|[A-Z]{2,12}-SA-\d{2,4}[-:]\d{1,5})\b", re.IGNORECASE
)
_NAMED = lazily(
    r"(?:^|[-_.])(?:cve-\d{4}-\d{4,7}|ghsa(?:-[0-9a-z]{4}){3}|[a-z]{0,10}sa[-_]?\d{2,4}[-_]\d{1,5})(?=[-_.]|$)",
    re.IGNORECASE,
)
_DATE_KEY = lazily(
    r"[\"']?(?:published|modified|initial_release_date|current_release_date|date|withdrawn)[\"']?\s*[:=]\s*[\"']?(\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_NOT_OWN = lazily(
    r"(?:^|/)(?:db|database|data|vulndb|advisory-db|vuln-list|osv|crates|ecosystems?|blog|_?posts?|news|linklog"
    r"|_?archives?|patches"
    r"|node_modules|locales?|i18n|templates?)/|(?:^|/)(?:templates?|example)[-_.]",
    re.IGNORECASE,
)
MANY = 300
"""Files above which they are a database rather than one product's advisories."""
LIMIT = 1024 * 1024

_CHANGELOGS = (
    "{CHANGELOG,CHANGES,HISTORY,NEWS,RELEASES,RELEASE-NOTES,RELEASE_NOTES,RELEASENOTES}*",
    "{docs,doc,CHANGELOG,changelog}/{CHANGELOG,CHANGES,HISTORY,NEWS,RELEASES,RELEASE-NOTES,RELEASE_NOTES,changelog,changes}*",
    "{docs/,}{release-notes,release_notes,releases,changelogs}/*.{md,rst,txt,adoc}",
)
_VERSION = lazily(r"\bv?\d+\.\d+|\[?unreleased\]?", re.IGNORECASE)
_SECURITY = lazily(
    r"^(?:#{2,6}|=+|-)?[\s*]{0,4}(?:[^\w\s]{1,4}\s{1,3})?security"
    r"(?: (?:fixes|updates?|advisor(?:y|ies)|notes?|release))?[\s:*]*$",
    re.IGNORECASE,
)
_ITEM = lazily(r"^\s*(?:[-*+]|\d+\.)\s+\S.{12,}")
_DEPENDENCY = lazily(
    r"\b(?:bump|upgrad\w+|updat\w+|dependenc\w+|dependabot|renovate|vendor\w*|base image|transitive|(?:to"
    r"|from) v?\d+\.\d+)\b",
    re.IGNORECASE,
)


_FIXED = lazily(
    r"\b(?:fix(?:es|ed)?|no longer|prevent\w*|patch(?:es|ed)?|vulnerabilit\w+|resolve[sd]?|address(?:es|ed)?"
    r"|reject\w*|correct\w*|close[sd]?)\b",
    re.IGNORECASE,
)
_WEAKNESS = lazily(
    r"\b(?:xss|csrf|ssrf|rce|dos|xxe|idor|redos|toctou|inject\w*|traversal|bypass\w*|leak\w*"
    r"|denial[- ]of[- ]service|overflow\w*"
    r"|escalat\w+|unauthori[sz]\w+|vulnerabilit\w+|disclos\w+|spoof\w*|open redirect|deseriali[sz]\w+|cross-site"
    r"|arbitrary|forg(?:e|ed|ery)"
    r"|exploit\w*|smuggl\w+|use[- ]after[- ]free|out[- ]of[- ]bounds|prototype pollution|hijack\w*|timing attack"
    r"|symlink)\b",
    re.IGNORECASE,
)
_LINK = lazily(r"https://github\.com/[\w.-]{1,100}/[\w.-]{1,100}/security/advisories/GHSA(?:-\w{4}){3}")
_END = lazily(r"\*\*[^*]{1,60}\*\*\s*$|#|[A-Z][\w ]{2,40}:\s*$")


class Advisory(NamedTuple):
    """One advisory or security fix: where, its id ("" without one), in words, and its day where it is stated."""

    path: str
    line: int
    id: str
    text: str
    day: date | None
    own: bool
    """Whether it is a file of its own, and not an entry of a changelog."""
    security: bool = False
    """Whether an entry stands below a heading on security."""
    link: str = ""
    """The address of the advisory that an entry links, "" without one."""


def advisories(repo: Repository) -> tuple[Advisory, ...]:
    """The advisories and the entries of changelogs. Ask for it through `repo.once`."""
    return (*_files(repo), *_entries(repo))


def _files(repo: Repository) -> list[Advisory]:
    paths = [one for one in repo.find(*_GLOBS, family=Family.PROSE) if not _NOT_OWN.search(one)]
    found: list[Advisory] = []
    if len(paths) > MANY:
        return found
    for path in paths:
        data = repo.read(path, LIMIT)
        if not isinstance(data, bytes):
            continue
        text = data[:40_000].decode("utf-8", "replace")
        ids = _NAMED.search(basename(path)) or (
            _ID.search(text) if re.search("advisor|csaf", dirname(path), re.IGNORECASE) else None
        )
        if ids and not re.search(r"openvex|csaf_vex|example\.(?:com|org)|vulnerability-data", text, re.IGNORECASE):
            day = next((date.fromisoformat(match[1]) for match in _DATE_KEY.finditer(text) if _is_day(match[1])), None)
            day = day or next((when.day for when in dates.find(text[:2000]) if when.day), None)
            name = _ID.search(basename(path)) or _ID.search(text)
            found.append(Advisory(path, 1, name[0].upper() if name else "", basename(path), day, own=True))
    return found


def _released(title: str) -> date | None:
    """The day in the title of a release; what the version looks like (`1.8.11`) is none."""
    match = _VERSION.search(title)
    rest = [title[match.end() :].lstrip("0123456789."), title[: match.start()]] if match else [title]
    return next((when.day for one in rest for when in dates.find(one) if when.day), None)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _order(path: str) -> tuple[int, list[int], str]:
    """Change logs near the root first, of those for single releases the newest."""
    return path.count("/"), [-int(one) for one in re.findall(r"\d{1,6}", basename(path)[:200])], path


def _entries(repo: Repository) -> Iterator[Advisory]:
    """The security fixes that changelogs name: with an id, or under a heading `Security`; not updates of components."""
    for path in sorted(repo.find(*_CHANGELOGS, family=Family.PROSE), key=_order)[:60]:
        data = repo.read(path, LIMIT)
        if isinstance(data, bytes) and re.search(rb"(?i)security|cve-\d{4}-|ghsa-", data):
            yield from _of(path, data.decode("utf-8", "replace").split("\n"))


def _of(path: str, lines: list[str]) -> Iterator[Advisory]:
    day: date | None = None
    under = False
    for number, line in enumerate(lines, 1):
        line = line[:400]
        is_title = line.startswith(("#", "=")) or (
            number < len(lines) and re.match(r"[=~*-]{4,}\s*$", lines[number][:200])
        )
        if _SECURITY.match(line):
            under = True
            continue
        if is_title and _VERSION.search(line):
            day = _released(line)
            under = False
        elif _END.match(line):
            under = False
        elif (
            day is None
            and number < len(lines)
            and re.match(
                r"\W*(?:release )?date\b"
                r"|\W*\(?\d{4}-\d\d-\d\d"
                r"|[_*(]{0,3}(?:\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2},?) \d{4}[_*)]{0,3}\s{0,9}$",
                line,
                re.IGNORECASE,
            )
        ):
            day = next((when.day for when in dates.find(line.strip("_*() ")) if when.day), None)
        named = _ID.search(line)
        fixed = under and _ITEM.match(line) and _FIXED.search(line) and _WEAKNESS.search(line)
        if (named or fixed) and not _DEPENDENCY.search(line):
            link = _LINK.search(line)
            yield Advisory(
                path, number, named[0].upper() if named else "", line.strip()[:160], day,
                own=False, security=under, link=link[0] if link else "",
            )  # fmt: skip
