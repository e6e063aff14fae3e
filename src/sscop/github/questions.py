"""What GitHub is asked about a repository's settings, and which permission it publishes for each question.

The permissions are those of GitHub's pages "Permissions required for fine-grained personal access tokens" and "... for
GitHub Apps". A few facts need more than their question: who may bypass a ruleset is shown to those who may change it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sscop.lazy import NamedTuple

ADMINISTRATION = "Administration: read"
METADATA = "Metadata: read"
CONTENTS = "Contents: read"
ACTIONS = "Actions: read"
PUSH = "Metadata: read (by somebody who may push)"
NONE: Mapping[str, Any] = MappingProxyType({})


class Question(NamedTuple):
    """A request. `path` is GitHub's template without its `/repos/{owner}/{repo}`, or whole with a slash in front.

    `kind` is what the answer's JSON is (`dict`, `list`; `None` for an answer without a body). `off` is what a 404 says
    where it is an answer; `off_unseen` where on GitHub's own service a bare "Not Found" is documented to be one too,
    once the token was seen to read settings; `lacks` what a 404 means to a token that reads the repository.
    """

    path: str
    permission: str
    kind: type | None = dict
    parameters: Mapping[str, Any] = NONE
    off: str = ""
    off_unseen: bool = False
    lacks: str = ""


REPOSITORY = Question("/repos/{repository}", METADATA)
RULES = Question("rules/branches/{branch}", METADATA, list)
RULESETS = Question("rulesets", METADATA, list)
RULESET = Question("rulesets/{ruleset}", METADATA)
BRANCH = Question("branches/{branch}", CONTENTS)
BRANCHES = Question("branches", CONTENTS, list)
PROTECTION = Question("branches/{branch}/protection", ADMINISTRATION, off="Branch not protected")
ACTIONS_POLICY = Question("actions/permissions", ADMINISTRATION)
SELECTED_ACTIONS = Question("actions/permissions/selected-actions", ADMINISTRATION)
WORKFLOW = Question("actions/permissions/workflow", ADMINISTRATION)
FORK_APPROVAL = Question("actions/permissions/fork-pr-contributor-approval", ADMINISTRATION)
RETENTION = Question("actions/permissions/artifact-and-log-retention", ADMINISTRATION)
ENVIRONMENTS = Question("environments", ACTIONS)
BRANCH_POLICIES = Question("environments/{environment}/deployment-branch-policies", ACTIONS)
ORGANISATION = Question("/orgs/{owner}", "Administration: read (of the organization, by an owner of it)")
ALERTS = Question(
    "vulnerability-alerts", ADMINISTRATION, None, off="Vulnerability alerts are disabled", off_unseen=True
)
FIXES = Question("automated-security-fixes", ADMINISTRATION, off_unseen=True)
REPORTING = Question("private-vulnerability-reporting", METADATA)
IMMUTABLE = Question("immutable-releases", ADMINISTRATION, off_unseen=True)
KEYS = Question("keys", ADMINISTRATION, list)
OUTSIDERS = Question("collaborators", PUSH, list, {"affiliation": "outside"})
HOOKS = Question("hooks", "Webhooks: read", list)
OWNERS_ERRORS = Question("codeowners/errors", CONTENTS, lacks="GitHub finds no CODEOWNERS file")
# A public repository is there for every token: a 404 says that there is none.
COMMUNITY = Question("/repos/{owner}/.github", METADATA, off="Not Found")
COMMUNITY_TREE = Question("/repos/{owner}/.github/git/trees/HEAD", CONTENTS, dict, {"recursive": "1"})
COMMUNITY_FILE = Question("/repos/{owner}/.github/contents/{file}", CONTENTS)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, Question))
"""Every question, for tests and the guide."""

COMMUNITY_NAMES = ("SECURITY", "SUPPORT", "GOVERNANCE", "CODE_OF_CONDUCT", "CONTRIBUTING")
"""Community files that a repository inherits where it has none, the most telling first."""

COMMUNITY_PLACES = (".github", "", "docs")
"""The folders where GitHub looks for them, in its order."""

# A line of releases, not the preparation of one (`release/1.2.3`), nor a topic (`support-keys`, `4711`).
_RELEASE = re.compile(
    r"(?:releases?|stable|maint|lts|prod(?:uction)?|live)"
    r"|(?:releases?|rel|maint(?:enance)?|stable|support|lts|prod(?:uction)?)[/_-]v?\d{1,4}(?:[._-]\d{1,4})?(?:[._-]x)?"
    r"|v\d{1,3}(?:[._-]\d{1,3})?|\d{1,2}|\d{1,3}\.\d{1,3}"
    r"|v?\d{1,3}(?:\.\d{1,3}){0,3}\.x"
    r"|v?\d{1,3}(?:[._-]\d{1,3}){0,2}[._-](?:stable|lts|maint|release|branch)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,9}")


def release_branches(names: Iterable[str], most: int) -> list[str]:
    """Of branch names those that releases are made from, by their name: what is deployed, then the newest lines."""
    found = {name for name in names if len(name) <= 100 and _RELEASE.fullmatch(name)}
    numbers = {name: [int(part) for part in _NUMBER.findall(name)] for name in found}
    return sorted(found, key=lambda name: (not numbers[name], numbers[name], name), reverse=True)[:most]


def inherited(paths: Iterable[str], has: Iterable[str]) -> list[str]:
    """Of the paths in an owner's `.github` repository the community files that a repository with `has` lacks."""
    own = {_stem(path) for path in has}
    placed: dict[str, list[str]] = {}
    for path in paths:
        folder, _, _ = path.rpartition("/")
        if folder.lower() in COMMUNITY_PLACES and _stem(path):
            placed.setdefault(_stem(path), []).append(path)
    for found in placed.values():
        found.sort(key=lambda path: (COMMUNITY_PLACES.index(path.rpartition("/")[0].lower()), path))
    return [placed[name][0] for name in COMMUNITY_NAMES if name in placed and name not in own]


def _stem(path: str) -> str:
    """The name of a community file as it is looked for; empty for a file of another kind."""
    name, _, kind = path.rpartition("/")[2].upper().partition(".")
    return name if name in COMMUNITY_NAMES and kind in ("", "MD", "MARKDOWN", "RST", "TXT", "ADOC") else ""
