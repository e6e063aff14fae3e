"""Which texts and data may state a lifecycle, and which of them do not count because of where they lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from sscop.artefacts.frameworks.texts import GLOB, LIMIT, headings, is_working
from sscop.artefacts.threat_models.candidates import aside as is_aside
from sscop.artefacts.threat_models.candidates import older
from sscop.lazy import lazily
from sscop.repository import Repository

SPOKEN = r"support(?!ers)|life[-_ ]?cycle|(?:^|[-_])lts(?:[-_.]|$)|backport|maintenance|^versions?\b|^versioning|upgrad"
"""Parts of names of files that are about versions and their support, for other readers of such texts too."""
SPEAKING = lazily(
    rf"{SPOKEN}|(?:^|[-_])eol(?:[-_.]|$)|end[-_ ]of[-_ ]|sunset|deprecat|^security|version[-_ ](?:policy|support)"
    r"|updat(?:e|ing)[-_ ]?(?:policy|guide)?\."
    r"|^releases?(?:[-_ ](?:snap|policy|cycle|process|schedule|cadence|calendar|and|plan|management|strategy"
    r"|notes?[-_ ]policy)\w*)*\.",
    re.IGNORECASE,
)
"""Names of files that are about support or releases."""
TITLES = lazily(
    r"support|version|release|life ?cycle|\beol\b|end of|maint|\blts\b|backport|compatib|stability|polic|updat"
    r"|upgrad|deprecat|sunset"
)
"""Titles of sections that are."""
_WIDE = re.compile(rb"support|maintain|end[- ]of[- ]life|\beol\b|\blts\b|notice|releas|updat|upgrad", re.IGNORECASE)
_NARROW = lazily(
    r"support(?:ed)? (?:versions?|releases?|branch|until|polic|period|window|timeline|schedule|life ?cycle)"
    r"|version support|end[- ]of[- ](?:life|support)"
    r"|\beol\b|(?:maintained|supported|fixes|updates|patches) (?:until|for)|(?:actively|fully) (?:supported|maintained)"
    r"|only (?:the )?(?:latest|most recent|current)|maintenance polic|long[- ]term[- ]support|\blts\b"
    r"|release support|security support"
    r"|version guidance|support[ _-]timeline|release (?:cycle|schedule|cadence|policy)"
    r"|months['\u2019]? (?:of )?(?:advance |prior )?notice"
)
_DECIDED = lazily(r"(?:^|/)(?:adrs?|decisions|neps?|keps?|peps?|enhancements)(?:[-_/]|$)", re.IGNORECASE)
_TEXTS = lazily(
    r"(?:^|/)(?:\.github|docs?|documentation|site|website|content|guides?|book|manual|compliance|security|polic(?:y"
    r"|ies)|wiki|engineering|handbook"
    r"|governance|pages|source|releases?|support|community|en)/",
    re.IGNORECASE,
)
_TRANSLATED = lazily(
    r"(?:^|/)(?:[^/]*(?:locale|i18n|l10n|translat)[^/]*|[a-z]{2}[-_][A-Za-z]{2}|zh|ja|ko|fr|de|es|pt|ru|it|pl|tr|cn)/"
    r"|\.(?:zh|ja|ko|fr|de|es|pt|ru)(?:[-_]\w{2,4})?\.\w+$|[-_](?:zh|cn|ja|ko|fr|de|es|ru)(?:[-_]\w{2,4})?\.\w+$",
    re.IGNORECASE,
)
DATA = (
    "{,*/,*/*/}*{schedule,lifecycle,life-cycle,release-cycle,releases-index,eol,end-of-life,openeox,support}*.{json,yaml,yml}",
)
"""Names of data that may be a schedule."""
MANY = 60
"""Files of data that are opened."""


def prose(
    repo: Repository,
    speaking: re.Pattern[str] = SPEAKING,
    words: re.Pattern[str] = _NARROW,
    *,
    wide: bool = True,
    folders: re.Pattern[str] | None = None,
    titles: bool = False,
) -> Iterator[tuple[str, bool]]:
    """The texts worth parsing, each with whether its name is `speaking`: it says what the text is about.

    Of the others, those at the root, in `docs` and `.github` in which `words` are found, in lower case. With
    `wide`, the speaking ones are prefiltered too; what `folders` finds in the name of a folder counts too; with
    `titles`, the words have to stand in a heading.
    """
    found = repo.find(GLOB)
    outdated = older(found)
    for path in found:
        named = speaking.search(basename(path)) is not None
        named = named or (folders is not None and folders.search(basename(dirname(path))) is not None)
        near = dirname(path).lower() in ("", "docs", "doc", ".github", ".gitlab")
        if not (near or (named and _TEXTS.search(path))) or path in outdated or counted(path):
            continue
        data = repo.read(path, LIMIT)
        if not isinstance(data, bytes):
            if named and not repo.gone(data):
                yield path, True
            continue
        if named:
            if not wide or b"\0" in data[:200] or _WIDE.search(data):
                yield path, True
        elif words.search((b"\n".join(headings(data)) if titles else data).decode("utf-8", "replace").lower()):
            yield path, False


def counted(path: str) -> str:
    """Why a path does not count; empty when it does."""
    if _TRANSLATED.search(path):
        return "a translation"
    return is_aside(path) or ("working papers" if is_working(path) or _DECIDED.search(path) else "")


def data(repo: Repository) -> list[str]:
    """The files of data that may be a schedule."""
    return [path for path in repo.find(*DATA)[: MANY * 4] if not counted(path)][:MANY]
