"""Which files may hold a threat model, and which of those do not count because of where they lie."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

NAMED = lazily(
    r"threat[-_. ]?(?:model|analysis|assessment|landscape|register|dragon|composer|s\b)|threagile|stride(?![a-z])"
    r"|attack[-_ ]?tree|security[-_ ]?(?:model\b|analysis|risk)"
    r"|\.(?:tm7|otm)\b|\.(?:tm|otm)\.\w+$|(?:^|/)(?:tm|pytm)\b|\.tm$|\.tc\.json$",
    re.IGNORECASE,
)
"""Names of threat models."""

FOLDERS = lazily(
    r"(?:^|/)[^/]*(?:threat[-_ ]?models?|threatmodel|threatdragon|threat[-_ ]?modell?ing)[^/]*/", re.IGNORECASE
)
GLOBS = (
    "**/*threat*", "**/*threagile*", "**/*stride*", "**/*attack*tree*", "**/*security*", "**/*.{tm7,otm,tm,hcl}",
    "**/*.{otm,tc}.{json,yaml,yml}", "**/{tm,*pytm*}.py", "*.{json,yaml,yml}",
    "**/*threat*/**/*.{json,yaml,yml,md,rst,adoc}",
)  # fmt: skip
"""Few, because each looks at every file's name."""

TEXTS = (
    "*.{md,rst,adoc}", "docs/*.md", "**/*security*", "**/*security*/*.{md,rst,adoc}",
    "**/*{architecture,assessment,design}*.{md,rst,adoc}",
)  # fmt: skip

_HIDDEN = lazily(r"(?:^|/)\.(?!github/|gitlab/|security|threat|threagile|docs?/|\./)[^/]+/")
_ASSISTANT = lazily(
    r"(?:^|/)(?:prompts?|skills?)/|(?:^|/)(?:SKILL|CLAUDE|AGENTS|GEMINI|copilot-instructions)\.md$"
    r"|\.prompt\.md$|(?:^|/)\.github/(?:ISSUE_TEMPLATE|PULL_REQUEST_TEMPLATE)",
    re.IGNORECASE,
)
_SAMPLE = lazily(
    r"(?:^|[-_. ])(?:examples?|samples?|templates?|tmpl|demo|skeleton|boilerplate|schema|new-model)(?=[-_. ]|$)",
    re.IGNORECASE,
)
_COLLECTION = lazily(
    r"(?:^|/)(?:assessments(?:/projects)?|case[-_ ]?stud(?:y|ies)|exercises?|labs?|challenges?|workshops?|courses?"
    r"|lessons?|trainings?|homeworks?|assignments?|catalogu?e?|gallery|knowledge[-_]?base|collections?"
    r"|threat[-_]?models?[-_]?library)/",
    re.IGNORECASE,
)
_SCENARIO = lazily(r"(?:^|/)(?:scenario|exercise|lab|case|assignment|week|lesson)[-_ ]?\d{1,2}\b[^/]*", re.IGNORECASE)
_LESSON = lazily(r"white[-_ ]?papers?\b|cheat[-_ ]?sheets?\b|tutorials?\b|curriculum", re.IGNORECASE)
_ARCHIVE = lazily(r"(?:^|/)(?:archived?|old|legacy|deprecated)[-_ ][^/]*/", re.IGNORECASE)
_VERSION = lazily(r"(?:^|/)(?:version[-_]?|v|release-)(\d+(?:[._]\d+)*)(?=/)")


def candidates(repo: Repository, asked: list[str], globs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The paths worth opening, each with why it would not count ("" when it does)."""
    found = sorted({*repo.find(*globs), *asked})
    outdated = older(found)
    for path in found:
        old = "the documentation of an older version" if path in outdated else ""
        yield path, "" if path in asked else aside(path) or old


def older(paths: Iterable[str]) -> set[str]:
    """The paths below a folder of a version where the same place has a later one."""
    found = {path: versions for path in paths if (versions := list(_versions(path)))}
    latest: dict[str, tuple[int, ...]] = {}
    for versions in found.values():
        for place, number in versions:
            latest[place] = max(number, latest.get(place, ()))
    return {path for path, versions in found.items() if any(number < latest[place] for place, number in versions)}


def _versions(path: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The versions that a path's folders name, each with what stands before it."""
    for match in _VERSION.finditer(path):
        yield path[: match.start()], tuple(map(int, re.findall(r"\d{1,9}", match[1])[:6]))


def promises(path: str) -> bool:
    """Whether a path promises a threat model."""
    return bool(NAMED.search(path) or FOLDERS.search(path))


def aside(path: str) -> str:
    """Why a path is no place for a record of this product: a tool's folder, instructions, an example, an archive."""
    if _HIDDEN.search(path):
        return "a tool's own folder"
    if _ASSISTANT.search(path):
        return "instructions or a form, not a record"
    if _SAMPLE.search(posixpath.basename(path)):
        return "named as an example, template or schema"
    if _LESSON.search(path):
        return "a text that teaches"
    if _ARCHIVE.search(path):
        return "an archive"
    return not_counted(path, Family.PROSE)


def collected(paths: Iterable[str]) -> list[str]:
    """The models in three or more folders of a place whose name says that it collects them."""
    places: dict[str, dict[str, list[str]]] = {}
    for path in paths:
        for match in _COLLECTION.finditer(path):
            folder = path[match.end() :].partition("/")[0]
            places.setdefault(path[: match.end()], {}).setdefault(folder, []).append(path)
        if match_ := _SCENARIO.search(path):
            places.setdefault(path[: match_.start()], {}).setdefault(match_[0], []).append(path)
    large = [folders for folders in places.values() if len(folders) > 2]
    return sorted({path for folders in large for held in folders.values() for path in held})
