"""Which texts may hold requirements, by where they lie and what they are called; what is in them decides.

`requirements.txt`, and what a machine needs before an installation, are something else under the same name.
"""

from __future__ import annotations

import re
from posixpath import basename

from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

DEEP = 5
"""How deep a text about the product lies at most."""
TEXTS = "**/*.{md,markdown,mdx,rst,adoc,asciidoc}"

_NAMED = lazily(
    r"(?:^|[-_. ])(?:requirements?|srs|sysrs|swrs|prds?|brd|frd|frs|user[-_ ]?stor(?:y|ies)|user[-_ ]?needs?"
    r"|use[-_ ]?cases?|acceptance[-_ ]criteria|personas?|user[-_ ]research|backlog|epics?"
    r"|(?:functional|product|software|system|feature|technical)[-_ ]spec(?:ification)?s?|product[-_ ]brief)(?=[-_. ]"
    r"|$)",
    re.IGNORECASE,
)
_FOLDER = lazily(
    r"(?:^|/)(?:(?:[a-z]+[-_ ])?requirements?|reqs?|prds?|user[-_ ]?stories|stories|epics|use[-_ ]?cases|personas"
    r"|user[-_ ]research|openspec|(?:feature[-_ ]|product[-_ ])?spec(?:ification)?s)/",
    re.IGNORECASE,
)
_BESIDE = lazily(
    r"(?:^|/)(?:readme|sdd|architecture|(?:software[-_ ])?design|vision|scope|product|brief|overview|charter|goals?"
    r"|project[-_ ]?(?:plan|brief|scope)?|proposal|0?1[-_][\w-]*|10[-_][\w-]*)\.\w+$",
    re.IGNORECASE,
)
"""Texts about the product that may have a section of requirements."""

_FRONT = lazily(r"(?:^|/)readme\.\w+$", re.IGNORECASE)
_NOT = lazily(
    r"(?:hardware|install\w*|minimum|browser|platform|build|runtime|python|pip|server|network|host\w*"
    r"|infrastructure|contribut\w*|licen[cs]\w*|pre)[-_ ](?:requirements?|requisites?)"
    r"|requirements?[-_](?:dev|test|docs?|ci|lint|build|install\w*|txt|file)|prerequisites?"
    r"|(?:^|/)(?:install\w*|setup|getting[-_ ]started|quick[-_ ]?start|tutorials?|deploy\w*"
    r"|migrations?)/[^/]*requirements?"
    r"|ch(?:ec)?kl(?:i)?sts?\b|(?:^|[-_/])chklst[-_]|(?:^|/)(?:changelog|history|licen[cs]e|code[-_]of[-_]conduct)",
    re.IGNORECASE,
)
_ASIDE = lazily(
    r"(?:^|/)(?:examples?|samples?|demos?|templates?|dist|build|_build|archived?|defunct|deprecated|tutorials?|i18n"
    r"|locales?)/"
    r"|(?:^|/)(?:prompts?|skills?|agents?|commands|rules|instructions)/|\.prompt\.md$"
    r"|(?:^|/)(?:SKILL|CLAUDE|AGENTS|GEMINI|copilot-instructions)\.md$|(?:^|/)(?:tests?|__tests__)/",
    re.IGNORECASE,
)
_HIDDEN = lazily(r"(?:^|/)\.(?!github/|gitlab/|kiro/specs/|docs?/)[^/]+/")


def texts(repo: Repository) -> list[str]:
    """The paths of all texts of a repository, listed once."""
    return repo.find(TEXTS)


def named(path: str) -> bool:
    """Whether a path promises requirements."""
    name = basename(path).rpartition(".")[0]
    return bool((_NAMED.search(name) or _FOLDER.search(path)) and not _NOT.search(path))


def beside(path: str) -> bool:
    """Whether a path is that of a text about the product, which may have a section of requirements."""
    return path.count("/") < DEEP and bool(_BESIDE.search(path)) and not _NOT.search(path)


def front(path: str) -> bool:
    """Whether a text is a README, where a heading "Requirements" means what must be installed first."""
    return bool(_FRONT.search(path))


def aside(path: str) -> str:
    """Why a text does not count because of where it lies; empty when it counts."""
    if reason := not_counted(path, Family.TOOLS):
        return reason
    if _HIDDEN.search(path):
        return "a tool's own folder"
    return "a test, example, template, build output or instruction" if _ASIDE.search(path) else ""
