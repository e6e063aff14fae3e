"""Advisories on the product's own vulnerabilities that a repository holds, and the security fixes its changelogs name.

Those that GitHub publishes are not in the files. Lists of other people's vulnerabilities (databases, the data of
scanners) are no advisories of this product.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from posixpath import basename, dirname

from sscop.artefacts.advisories.changelog import fixes
from sscop.artefacts.advisories.model import ID, Advisory
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import SUFFIXES
from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family

_FOLDERS = f"{SUFFIXES[:-1]},json,yml,yaml,html}}"
_GLOBS = (
    f"**/*advisor*/**/*.{_FOLDERS}", f"**/*ghsa-*.{_FOLDERS}", f"**/*cve-2*.{_FOLDERS}", "**/*csaf*/**/*.json",
    f"**/*advisor*.{_FOLDERS}",
)  # fmt: skip
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
MANY_FIXES = 5_000
"""Entries of change logs that are looked at."""
LIMIT = 1024 * 1024


def published(repo: Repository) -> tuple[Advisory, ...]:
    """The advisories and the entries of changelogs. Ask for it through `repo.once`."""
    return (*_files(repo), *islice(fixes(repo), MANY_FIXES))


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
            ID.search(text) if re.search("advisor|csaf", dirname(path), re.IGNORECASE) else None
        )
        if ids and not re.search(r"openvex|csaf_vex|example\.(?:com|org)|vulnerability-data", text, re.IGNORECASE):
            day = next((date.fromisoformat(match[1]) for match in _DATE_KEY.finditer(text) if _is_day(match[1])), None)
            day = day or next((when.day for when in dates.find(text[:2000]) if when.day), None)
            name = ID.search(basename(path)) or ID.search(text)
            found.append(Advisory(name[0].upper() if name else "", path, 1, published=day, text=basename(path)))
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
