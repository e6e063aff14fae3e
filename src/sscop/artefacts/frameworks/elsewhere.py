"""What points to a statement that is kept elsewhere, or in a notation that is not read here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.frameworks.texts import texts
from sscop.artefacts.nodes import Text, load, mapping
from sscop.artefacts.nodes import texts as scalars
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_BADGE = lazily(rb"bestpractices\.(?:dev|coreinfrastructure\.org)/(?:[a-z-]{2,5}/)?projects/(\d+)")
_NOTATIONS = {
    "an OSCAL component definition": rb"component-definition\"?\s*:",
    "a DSOMM assessment": rb"teamsImplemented\"?\s*:",
    "a SAMM assessment": rb"(?i:\bsamm\b)[^\0]{0,4000}(?:score|answer|maturity)",
    "an OSPS Baseline evaluation": rb"OSPS-[A-Z]{2}-\d\d[^\0]{0,400}(?:result|status|assessment)",
}
"""Records of assessments against a framework in data, by what is in them."""


def badges(repo: Repository) -> Iterator[Evidence]:
    """Links to answers to the OpenSSF Best Practices criteria, and a file of such answers."""
    for path, data in repo.once(texts).counted.items():
        if re.match(r"readme[^/]*$", path, re.IGNORECASE) and (match := _BADGE.search(data)):
            yield Evidence(path, data.count(b"\n", 0, match.start()) + 1, f"project {match[1].decode()}")
    for path in repo.find(".bestpractices.json"):
        yield Evidence(path)


def notations(repo: Repository) -> Iterator[Evidence]:
    """Assessments in OSCAL, DSOMM, SAMM and OSPS data; the note names which."""
    globs = ("**/*{oscal,dsomm,samm,osps}*.{json,yaml,yml}", "**/*component-definition*.{json,yaml,yml}")
    for path in repo.find(*globs, family=Family.PROSE):
        data = repo.read(path)
        for name, marks in _NOTATIONS.items():
            if isinstance(data, bytes) and re.search(marks, data):
                yield Evidence(path, 1, name)


def assessments(repo: Repository) -> Iterator[Evidence]:
    """Where a security-insights file says that a self-assessment lies: versions 1 and 2 of the notation."""
    for path in repo.find(*(f"{folder}security-insights.{{yml,yaml}}" for folder in ("", ".github/", ".gitlab/"))):
        root = repo.parse(path, load)
        if isinstance(root, Unread):
            continue
        security = mapping(mapping(mapping(root).get("repository")).get("security"))
        second = mapping(mapping(security.get("assessments")).get("self")).get("evidence")
        first = mapping(mapping(mapping(root).get("security-artifacts")).get("self-assessment")).get("evidence-url")
        for one in [*([second] if isinstance(second, Text) else []), *scalars(first)]:
            if not one.is_null:
                yield Evidence(path, one.line, one[:200])
