"""What a workflow says about its token's permissions, job by job, and what its steps seem to need.

Source: GitHub's workflow syntax (`permissions`), "Permissions for the GITHUB_TOKEN", and the documentation of the
actions in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sscop.artefacts.nodes import Entries, Items, Text, mapping, text, texts
from sscop.artefacts.workflow import Job, Step, Workflow, load_action
from sscop.lazy import NamedTuple, lazily, vocabulary
from sscop.model import Unread
from sscop.repository import Repository

SCOPES = vocabulary(
    """
    actions artifact-metadata attestations checks contents deployments discussions id-token issues models packages pages
    pull-requests repository-projects security-events statuses
    """
)
LEVELS = vocabulary("read write none")
ALL = vocabulary("read-all write-all")

_NEEDS = """
actions/checkout                        contents:read
actions/attest-build-provenance         id-token:write attestations:write
actions/attest-sbom                     id-token:write attestations:write
actions/attest                          id-token:write attestations:write
actions/configure-pages                 pages:write
actions/create-release                  contents:write
actions/upload-release-asset            contents:write
actions/delete-package-versions         packages:write
actions/dependency-review-action        contents:read
actions/deploy-pages                    pages:write id-token:write
actions/first-interaction               issues:write pull-requests:write
actions/labeler                         contents:read pull-requests:write
actions/stale                           issues:write pull-requests:write
actions/add-to-project                  repository-projects:write
github/codeql-action/analyze            security-events:write
github/codeql-action/upload-sarif       security-events:write
ossf/scorecard-action                   security-events:write id-token:write
aws-actions/configure-aws-credentials   id-token:write
google-github-actions/auth              id-token:write
azure/login                             id-token:write
hashicorp/vault-action                  id-token:write
pypa/gh-action-pypi-publish             id-token:write
rubygems/release-gem                    id-token:write contents:write
sigstore/cosign-installer               id-token:write
softprops/action-gh-release             contents:write
ncipollo/release-action                 contents:write
svenstaro/upload-release-action         contents:write
marvinpinto/action-automatic-releases   contents:write
goreleaser/goreleaser-action            contents:write
googleapis/release-please-action        contents:write pull-requests:write
google-github-actions/release-please-action contents:write pull-requests:write
release-drafter/release-drafter         contents:write pull-requests:write
cycjimmy/semantic-release-action        contents:write issues:write pull-requests:write
changesets/action                       contents:write pull-requests:write
mathieudutour/github-tag-action         contents:write
anothrnick/github-tag-action            contents:write
peter-evans/create-pull-request         contents:write pull-requests:write
peter-evans/create-or-update-comment    issues:write pull-requests:write
peter-evans/find-comment                issues:read pull-requests:read
marocchino/sticky-pull-request-comment  pull-requests:write
thollander/actions-comment-pull-request pull-requests:write
mshick/add-pr-comment                   pull-requests:write
peter-evans/enable-pull-request-automerge contents:write pull-requests:write
stefanzweifel/git-auto-commit-action    contents:write
endbug/add-and-commit                   contents:write
ad-m/github-push-action                 contents:write
peaceiris/actions-gh-pages              contents:write
jamesives/github-pages-deploy-action    contents:write
amannn/action-semantic-pull-request     pull-requests:read
dorny/paths-filter                      contents:read pull-requests:read
dorny/test-reporter                     checks:write contents:read
enricomi/publish-unit-test-result-action checks:write pull-requests:write
mikepenz/action-junit-report            checks:write pull-requests:write
codecov/codecov-action                  contents:read
dependabot/fetch-metadata               pull-requests:read
styfle/cancel-workflow-action           actions:write
wagoid/commitlint-github-action         contents:read pull-requests:read
reviewdog/action-setup                  contents:read pull-requests:write
dessant/lock-threads                    issues:write pull-requests:write discussions:write
helm/chart-releaser-action              contents:write
hadolint/hadolint-action                contents:read
"""
"""One action a line, in lower case, and the permissions that it works with."""

HARMLESS = lazily(
    r"(?:actions/(?:setup-\w+|cache(?:/\w+)?|upload-artifact|download-artifact|checkout|upload-pages-artifact)"
    r"|docker/(?:setup-\w+-action|metadata-action)|pnpm/action-setup|astral-sh/setup-uv|ruby/setup-ruby"
    r"|gradle/actions/\S+|codecov/codecov-action|step-security/harden-runner|hashicorp/setup-\w+"
    r"|golangci/golangci-lint-action|dtolnay/rust-toolchain|swatinem/rust-cache|shivammathur/setup-php"
    r"|pre-commit/action|hadolint/hadolint-action)"
)
"""Actions that need nothing of the token but to read the contents."""

_RUN = (
    (r"\bgit\b[^\n]{0,80}\bpush\b", "contents:write"),
    (r"\bgh\s{1,9}release\s{1,9}(?:create|edit|upload|delete)", "contents:write"),
    (r"\bgh\s{1,9}pr\s{1,9}(?:create|comment|edit|review|close|merge|ready|reopen)", "pull-requests:write"),
    (r"\bgh\s{1,9}pr\s{1,9}merge", "contents:write"),
    (r"\bgh\s{1,9}pr\s{1,9}(?:list|view|diff|checks)", "pull-requests:read"),
    (r"\bgh\s{1,9}issue\s{1,9}(?:create|comment|edit|close)", "issues:write"),
    (r"\bgh\s{1,9}workflow\s{1,9}(?:run|enable|disable)|\bgh\s{1,9}run\s{1,9}(?:cancel|rerun|delete)", "actions:write"),
    (r"\bgh\s{1,9}cache\s{1,9}delete", "actions:write"),
    (r"\bghcr\.io\b", "packages:write"),
    (r"\bcosign\s{1,9}(?:sign|attest)", "id-token:write"),
    (r"\bsemantic-release\b", "contents:write"),
    (r"\bgoreleaser\s{1,9}release\b", "contents:write"),
)
_OURS = ("./", "$/")
_TOKEN = lazily(
    r"github\.token|GITHUB_TOKEN|GH_TOKEN|\bgh\s{1,20}(?!--version)|\bcurl\b[^\n]{0,300}api\.github\.com|x-access-token"
)
_CALLS = (
    (r"\.issues\.(?:create|update|add|remove|set|delete)\w*", "issues:write"),
    (r"\.pulls\.(?:create|update|merge|request|dismiss|submit)\w*", "pull-requests:write"),
    (r"\.repos\.(?:create|update|delete|upload|merge)\w*", "contents:write"),
    (r"\.checks\.(?:create|update)\w*", "checks:write"),
    (r"\.actions\.(?:create|cancel|delete|reRun|approve)\w*", "actions:write"),
    (r"\.git\.(?:create|update|delete)\w*", "contents:write"),
)
"""What actions/github-script calls."""


class Grant(NamedTuple):
    """What is said of a token: scopes with their levels, or one word for all of them; at a line."""

    line: int
    scopes: Mapping[Text, Text]
    all: str = ""
    wrong: tuple[Text, ...] = ()
    """What is no way to write it: scopes whose level is no word, or what stands in a list."""
    listed: bool = False

    def writes(self) -> list[Text]:
        """The scopes that may be written to."""
        return [scope for scope, level in self.scopes.items() if level == "write"]


class Token(NamedTuple):
    """A job's token. `own` is what the job says, `given` what holds for it: that, or what the workflow says."""

    job: Job
    own: Grant | None
    given: Grant | None
    needs: frozenset[str]
    """Permissions that its steps seem to need, as `contents:write`."""
    sure: bool
    """Whether every step is known, so that what is not needed can be told."""
    unread: tuple[Unread, ...] = ()
    """The actions of this repository that it uses and that could not be read."""


def grant(node: object) -> Grant | None:
    """A `permissions:` value; None where there is none."""
    if isinstance(node, Text):
        return Grant(node.line, {}, str(node)) if node.strip() else Grant(node.line, {})
    if isinstance(node, Items):
        return Grant(node.line, {}, wrong=tuple(texts(node)), listed=True)
    if not isinstance(node, Entries):
        return None
    scopes: dict[Text, Text] = {}
    wrong = []
    for scope, given in node.pairs():
        if (level := text(given)) is None:
            wrong.append(scope)
        else:
            scopes[scope] = level
    return Grant(node.line, scopes, wrong=tuple(wrong))


def tokens(repo: Repository, workflow: Workflow) -> list[Token]:
    """The token of each job of a workflow."""
    whole = grant(workflow.node.get("permissions"))
    known = repo.once(_actions)
    inside: dict[tuple[str, ...], _Told] = {}
    found = []
    for job in workflow.jobs:
        own = grant(job.node.get("permissions"))
        said = _told(job.steps)
        if said.actions not in inside:
            inside[said.actions] = _together(known.get(one, _UNSEEN) for one in _followed(known, said.actions))
        used = inside[said.actions]
        sure = job.uses is None and said.sure and used.sure
        found.append(Token(job, own, own or whole, said.needs | used.needs, sure, used.unread))
    return found


class _Told(NamedTuple):
    """What some steps show: their needs, whether they are all known, and the folders of actions that they use."""

    needs: frozenset[str]
    sure: bool
    actions: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


_UNSEEN = _Told(frozenset(), sure=False)


def _together(found: Iterable[_Told]) -> _Told:
    all_ = list(found)
    needs: frozenset[str] = frozenset().union(*(one.needs for one in all_))
    unread = tuple(dict.fromkeys(problem for one in all_ for problem in one.unread))
    return _Told(needs, all(one.sure for one in all_), (), unread)


def _told(steps: Iterable[Step]) -> _Told:
    steps = list(steps)
    needs = frozenset(need for step in steps for need in _needs(step))
    used = dict.fromkeys(step.uses[2:].strip("/") for step in steps if step.uses and step.uses.startswith(_OURS))
    return _Told(needs, all(map(_known, steps)), tuple(used))


def _actions(repo: Repository) -> dict[str, _Told]:
    """What each action of this repository shows, by its folder; of one that is not read, that it may do anything."""
    found: dict[str, _Told] = {}
    for path in repo.find("**/action.{yml,yaml}"):
        action = repo.parse(path, load_action)
        folder = path.rpartition("/")[0]
        if isinstance(action, Unread):
            found[folder] = _UNSEEN._replace(unread=(action,))
        elif action is not None and folder not in found:
            composite = action.using == "composite"
            found[folder] = _told(action.steps) if composite else _UNSEEN
    return found


def _followed(known: Mapping[str, _Told], first: Iterable[str]) -> dict[str, None]:
    """The folders of some actions and of those that they use, each once however often it is used."""
    found = dict.fromkeys(first)
    waiting = list(found)
    while waiting:
        one = known.get(waiting.pop())
        more = [name for name in (one.actions if one else ()) if name not in found]
        found.update(dict.fromkeys(more))
        waiting += more
    return found


def _name(step: Step) -> str:
    return (step.uses or "").partition("@")[0].lower()


def _needs(step: Step) -> Iterator[str]:
    yield from _table().get(_name(step), ())
    calls: tuple[tuple[str, str], ...]
    if _name(step) == "actions/github-script":
        said, calls = text(step.with_.get("script")) or "", _CALLS
    else:
        said, calls = step.run or "", _RUN
    said = said[:50_000]
    yield from (need for pattern, need in calls if re.search(pattern, said))
    if _name(step) in ("docker/login-action", "docker/build-push-action", "redhat-actions/push-to-registry"):
        given = " ".join(one for one in map(text, step.with_.values()) if one)
        if "ghcr.io" in given:
            yield "packages:write"


def _table() -> Mapping[str, tuple[str, ...]]:
    if not _TABLE:
        for line in _NEEDS.split("\n"):
            name, *needs = line.split() or [""]
            _TABLE[name] = tuple(needs)
    return _TABLE


_TABLE: dict[str, tuple[str, ...]] = {}


def _known(step: Step) -> bool:
    """Whether all that a step may do with the token is seen."""
    if step.uses:
        local = step.uses.startswith(_OURS)
        return local or bool(HARMLESS.fullmatch(_name(step))) or (_name(step) in _table() and not _passes(step))
    return not _TOKEN.search(step.run or "") and not _passes(step) and "./" not in (step.run or "")


def _passes(step: Step) -> bool:
    """Whether the step hands the token on."""
    given = Entries({**step.with_, **mapping(step.node.get("env"))})
    values = (text(value) or "" for value in given.values())
    return any("token" in name.lower() for name in given) or any(
        "github.token" in value or "GITHUB_TOKEN" in value for value in values
    )
