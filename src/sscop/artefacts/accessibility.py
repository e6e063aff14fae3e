"""Signs that users with disabilities were thought of: a statement of accessibility, tests of it."""

from __future__ import annotations

import re

from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

_TESTS = lazily(
    rb'"(?:@axe-core/[\w-]+|axe-core|axe-playwright|jest-axe|vitest-axe|cypress-axe|pa11y(?:-ci)?|@lhci/cli|accessibility-checker)"\s*:'
    rb"|gem ['\"](?:axe-[\w-]+|capybara_accessible)['\"]|^(?:axe-[\w-]+|pytest-axe)\b|Deque\.AxeCore|com\.deque"
)
_STATES = lazily(rb"(?i)WCAG|assistive tech|screen ?reader|disabilit|not (?:fully )?accessible")


def accessibility(repo: Repository) -> list[Evidence]:
    """The first statement and the first tests."""
    found = []
    for path in repo.find("**/*accessib*.{md,rst,html,erb,njk,adoc}", family=Family.PROSE)[:20]:
        data = repo.read(path)
        if isinstance(data, bytes) and (match := _STATES.search(data)):
            found.append(Evidence(path, data.count(b"\n", 0, match.start()) + 1, "about accessibility"))
            break
    for path in repo.find(
        "{package.json,Gemfile,requirements*.txt,pyproject.toml}",
        "*/package.json",
        "**/*.csproj",
        "pom.xml",
        family=Family.TOOLS,
    )[:60]:
        data = repo.read(path)
        if isinstance(data, bytes) and (match := re.search(_TESTS.pattern, data, re.MULTILINE)):
            found.append(
                Evidence(
                    path,
                    data.count(b"\n", 0, match.start()) + 1,
                    f"tests accessibility: {match[0].decode().strip()[:40]}",
                )
            )
            break
    return found
