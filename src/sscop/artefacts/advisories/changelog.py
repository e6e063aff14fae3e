"""The security fixes that changelogs name, which tell customers what to update for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from posixpath import basename

from sscop.artefacts.advisories.model import ID, Advisory
from sscop.artefacts.prose import dates
from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family

LIMIT = 1024 * 1024
"""The size in bytes above which a changelog is not read."""
_CHANGELOGS = (
    "**/{changelog,changes,history,news,releases,release-notes,release_notes,releasenotes}{,.md,.rst,.txt,.adoc,.mdx}",
    "{changelog,changes,history,news,release}*.{md,rst,txt,adoc}",
    "changelog/{changelog,changes}*",
    "{docs/,}{release-notes,release_notes,releases,changelogs}/*.{md,rst,txt,adoc}",
)
_PLACES = lazily(
    r"[^/]+|(?:docs?|sites?|website|changelogs?)/.+|(?:crates|packages|libs|modules|components|projects)/[^/]+/[^/]+"
    r"|(?:release[-_]notes|releases)/[^/]+",
    re.IGNORECASE,
)
"""Where a change log is the product's, or one of its parts'."""

_VERSION = lazily(r"\bv?\d+\.\d+|\[?unreleased\]?", re.IGNORECASE)
_NUMBER = lazily(r"\bv?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?\b", re.IGNORECASE)
_FIRST = lazily(r"v?(?:0\.0\.1|0\.1(?:\.0)?|1\.0(?:\.0)?)", re.IGNORECASE)
"""Versions that are a product's first where none stands below them."""
_SECURITY = lazily(
    r"^(?:#{2,6}|=+|-)?[\s*]{0,4}(?:[^\w\s]{1,4}\s{1,3})?security"
    r"(?: (?:fixes|updates?|advisor(?:y|ies)|notes?|release))?[\s:*]*$",
    re.IGNORECASE,
)
_ITEM = lazily(r"^\s*(?:[-*+]|\d+\.)\s+\S.{12,}")
_DEPENDENCY = lazily(
    r"\b(?:bump|upgrad\w+|updat\w+|dependenc\w+|dependabot|renovate"
    r"|(?:npm|yarn|pnpm|pip|cargo)[- ]audit|vendor\w*|base image|transitive|(?:to"
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
_ROLE = lazily(r":(cve|ghsa):`(?:(?:cve|ghsa)-)?([\w-]{9,20})`", re.IGNORECASE)
"""A reference in reStructuredText, as `sphinx.ext.extlinks` is set up for: :ghsa:`xxxx-xxxx-xxxx`."""
_END = lazily(r"\*\*[^*]{1,60}\*\*\s*$|#|[A-Z][\w ]{2,40}:\s*$")


def fixes(repo: Repository) -> Iterator[Advisory]:
    """The security fixes that changelogs name: with an id, or under a heading `Security`; not updates of components."""
    found = (path for path in repo.find(*_CHANGELOGS, family=Family.PROSE) if _PLACES.fullmatch(path))
    for path in sorted(found, key=_order)[:60]:
        data = repo.read(path, LIMIT)
        if isinstance(data, bytes) and re.search(rb"(?i)security|cve-\d{4}-|ghsa[-:]", data):
            yield from _later(path, data.decode("utf-8", "replace").split("\n"))


def _order(path: str) -> tuple[int, list[int], str]:
    """Change logs near the root first, of those for single releases the newest."""
    return path.count("/"), [-int(one) for one in re.findall(r"\d{1,6}", basename(path)[:200])], path


def _released(title: str) -> date | None:
    """The day in the title of a release; what the version looks like (`1.8.11`) is none."""
    match = _VERSION.search(title)
    rest = [title[match.end() :].lstrip("0123456789."), title[: match.start()]] if match else [title]
    return next((when.day for one in rest for when in dates.find(one) if when.day), None)


def _later(path: str, lines: list[str]) -> Iterator[Advisory]:
    """The entries but those of the very first version, which nobody had in use before: they tell nobody to update."""
    versions = [
        (number, match[0])
        for number, line in enumerate(lines, 1)
        if line.startswith(("#", "=")) and (match := _NUMBER.search(line[:200]))
    ]
    first = versions[-1][0] if versions and _FIRST.fullmatch(versions[-1][1]) else len(lines) + 1
    yield from (one for one in _of(path, lines) if one.id or one.line < first)


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
        named = ID.search(_ROLE.sub(r"\1-\2", line))
        fixed = under and _ITEM.match(line) and _FIXED.search(line) and _WEAKNESS.search(line)
        if (named or fixed) and not _DEPENDENCY.search(line):
            link = _LINK.search(line)
            yield Advisory(
                named[0].upper() if named else "", path, number, published=day, text=line.strip()[:160],
                own=False, security=under, link=link[0] if link else "",
            )  # fmt: skip
