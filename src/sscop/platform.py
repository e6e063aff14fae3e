"""What the platform that hosts a repository says about its settings: plain facts, each known or not.

They are gathered outside the checks (`sscop.github.facts` asks the API, or an exported file is read), made into the
types below by `sscop.artefacts.settings`, and handed to the checks that name a parameter `platform`. A refusal, a "not
found" and a null are not known; they never read as "off".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sscop.lazy import NamedTuple

NOT_ASKED = "the platform was not asked"
ASK = (
    "run `sscop check --platform github` with a token in GITHUB_TOKEN, or with --platform FILE where FILE is what "
    "`sscop settings` wrote"
)


class Answer(NamedTuple):
    """One answer of the API: its JSON as it came (a list over all its pages), or why there is none.

    `status` is HTTP's, 0 where nothing was answered. `why` is in words, "" where the answer is to be believed: then
    204 is "on", and 404 is "off" or "there is none" (with GitHub's `message` in `data` where it said more than "Not
    Found"). A list that is too long has its first part in `data` and a `why`. `permission` is what the token lacks, in
    GitHub's words (`Administration: read`), "" where that is not it.
    """

    status: int
    data: Any = None
    why: str = ""
    permission: str = ""


class Answers(NamedTuple):
    """All that was asked about one repository: by the request's path (`/repos/OWNER/NAME/rulesets`).

    A path has no parameters, and no `/` in a branch's name (`.../branches/release%2F2.x/protection`).
    `source` says in words who answered: the API's address, or the exported file's path. `asked` is the moment, in
    ISO 8601.
    """

    repository: str = ""
    source: str = ""
    asked: str = ""
    by_path: Mapping[str, Answer] = {}


class Fact(NamedTuple):
    """One setting. Known where `why` is empty: `value` is then its value, which may be False, 0 or empty.

    `where` is what said so: the request's path, or `path:line` of a file. `permission` is what would show it.
    """

    value: Any = None
    why: str = NOT_ASKED
    where: str = ""
    permission: str = ""

    @property
    def known(self) -> bool:
        """Whether the platform said it."""
        return not self.why


class Branch(NamedTuple):
    """The rules that hold on one branch, rulesets and classic protection taken together.

    Values: booleans, but for `approvals` (how many), `checks` (tuple of the names of required status checks) and
    `bypass` (tuple of who may go around the rules, in words). `sources` names the rulesets and protections.
    `release`: whether it is a release branch other than the default one.
    """

    name: str
    release: bool
    pull_request: Fact
    approvals: Fact
    stale_dismissed: Fact
    owners_review: Fact
    last_push_approved: Fact
    checks: Fact
    up_to_date: Fact
    signed: Fact
    no_force_push: Fact
    no_deletion: Fact
    bypass: Fact
    sources: tuple[str, ...] = ()


class AllowedActions(NamedTuple):
    """Which actions may run: `policy` is `all`, `local_only` or `selected`; the rest says what is selected."""

    policy: str
    github_owned: bool = False
    verified: bool = False
    patterns: tuple[str, ...] = ()
    pinned: bool = False
    """Whether a full commit is required."""


class Environment(NamedTuple):
    """A deployment environment and what protects it."""

    name: str
    reviewers: int = 0
    self_review: bool = True
    branches: str = ""
    """Which branches may deploy to it, in words; "" for all."""
    admins_bypass: bool | None = None


class Platform(NamedTuple):
    """The settings of one repository and its owner. Each fact's value is as its comment says."""

    name: str = ""
    """The platform, as people call it (`GitHub`); "" where none was asked."""
    source: str = ""
    asked: str = ""
    visibility: Fact = Fact()  # public, private or internal
    default_branch: Fact = Fact()  # its name
    owner: Fact = Fact()  # User or Organization
    branches: Fact = Fact()  # tuple of Branch: the default branch and the release branches
    tags: Fact = Fact()  # tuple of the patterns whose tags may not be moved or deleted
    allowed_actions: Fact = Fact()  # AllowedActions
    workflow_permissions: Fact = Fact()  # read or write: the workflow token's default
    workflows_approve: Fact = Fact()  # whether workflows may approve pull requests
    fork_approval: Fact = Fact()  # whose forks' runs wait for an approval, in GitHub's words
    log_days: Fact = Fact()  # days that logs and artefacts are kept
    environments: Fact = Fact()  # tuple of Environment
    two_factor: Fact = Fact()  # whether the organisation requires it of its members
    outsiders: Fact = Fact()  # tuple of (login, permission): collaborators from outside the organisation
    deploy_keys: Fact = Fact()  # tuple of (title, whether it may write)
    webhooks: Fact = Fact()  # tuple of (host, whether TLS is verified, whether it has a secret)
    secret_scanning: Fact = Fact()
    push_protection: Fact = Fact()
    private_reporting: Fact = Fact()  # private vulnerability reporting
    dependabot_alerts: Fact = Fact()
    dependabot_fixes: Fact = Fact()
    immutable_releases: Fact = Fact()
    owners_errors: Fact = Fact()  # tuple of (line, kind, path): what GitHub finds wrong in CODEOWNERS
    inherited: Fact = Fact()  # mapping of path to text: community files of the owner's public `.github` repository
    refused: str = ""
    """Why it could not be asked at all, where a run was told to ask it; then nothing is known."""


UNASKED = Platform()
"""Nothing was asked: every fact is unknown."""
