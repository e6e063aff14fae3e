"""What an audit of zizmor is about, in terms of the Code's claims, and how much it weighs."""

from __future__ import annotations

from sscop.artefacts.forked_code import Forks
from sscop.artefacts.nodes import text
from sscop.artefacts.outsiders import labelled, outsiders
from sscop.artefacts.workflow import Workflow, load_workflow
from sscop.artefacts.zizmor import Audit
from sscop.lazy import lazily, vocabulary
from sscop.model import Evidence, Unread
from sscop.repository import Repository

_OTHERS = vocabulary(
    """
    unpinned-uses unpinned-images unpinned-tools adhoc-packages ref-confusion ref-version-mismatch stale-action-refs
    impostor-commit forbidden-uses
    excessive-permissions undocumented-permissions
    secrets-inherit overprovisioned-secrets secrets-outside-env unredacted-secrets hardcoded-container-credentials
    use-trusted-publishing
    """
)
"""What pinned-tools, workflow-permissions and build-credentials say themselves."""

_ABOUT = {
    "artipacked": "build-credentials-stored",
    "github-app": "build-role-credentials",
    "archived-uses": "tools-maintained",
    "known-vulnerable-actions": "tools-maintained",
    "dependabot-cooldown": "component-integrity",
    "dependabot-execution": "component-integrity",
    "insecure-url-scheme": "component-integrity",
    "typosquat-uses": "component-integrity",
}
"""The claim that an audit bears on; every other one is a way for outsiders to change what the build does."""

_CHANGES = "build-changes-authorised"
_FIXES = {
    "archived-uses": "replace it by one that is maintained, or by a script",
    "artipacked": "give the checkout `persist-credentials: false`",
    "bot-conditions": "compare `github.event.pull_request.user.login`, which nobody else can take",
    "cache-poisoning": "restore no cache in a workflow that publishes",
    "dangerous-triggers": "use `pull_request`, or check out nothing of what started it",
    "dependabot-cooldown": "give the update a `cooldown` with `default-days`",
    "github-app": "ask for the `repositories` and the `permission-...` that the job needs, and for no more",
    "github-env": "write it to `$GITHUB_OUTPUT`",
    "insecure-commands": "leave ACTIONS_ALLOW_UNSECURE_COMMANDS out and write to `$GITHUB_ENV` or `$GITHUB_OUTPUT`",
    "template-injection": "put the expression into the step's `env:` and use that variable in the script, in quotes",
    "unsound-condition": "put the whole condition into one `${{ }}`, or leave that out",
    "unsound-contains": 'give `contains` a list: `fromJSON(\'["a", "b"]\')`',
}
_ADVICE = vocabulary("dependabot-cooldown superfluous-actions self-repository misfeature concurrency-limits")
"""Matters of taste, or of a setting that few have heard of: shown, never failing."""

_INJECTION = "template-injection"
_WRITTEN = lazily(
    r"github\.head_ref|github\.event\.(?:pull_request|issue|comment|review|review_comment|discussion|commits|head_commit"
    r"|workflow_run|pages)\b(?!\.base\b)(?!(?:\.\w+)*\.(?:\w*number|\w*id|\w*sha|\w*url|\w+_at|\w*association|draft|merged"
    r"|state|login|type|default_branch|full_name|labels|milestone|locked|commits|changed_files|event|status|conclusion)\b)"
)
"""Expressions whose text anybody may write. What else zizmor names (inputs, this repository's branches and tags, the
names of actors) is written by those who may start or change the workflow anyway, or can't hold what a shell acts on.
"""
_LONGEST = 2_000
"""Characters of a variable's value that are looked at: the pattern above would take long over a made-up one."""

_VARIABLE = lazily(r"env\.([\w-]+)\Z")

_TRIGGERS = "dangerous-triggers"
_OURS = ("./", "$/")


def by_others(found: Audit) -> bool:
    """Whether another check says the same, more exactly."""
    return found.ident in _OTHERS


def claims(found: Audit) -> tuple[str, ...]:
    """The claims that an audit bears on."""
    return (_ABOUT.get(found.ident, _CHANGES),)


def fix(found: Audit) -> str:
    """What to do about it, and zizmor's page on it."""
    known = _FIXES.get(found.ident)
    return f"{known}; see {found.url}" if known else f"see {found.url}"


def weighs(repo: Repository, found: Audit) -> bool:
    """Whether an audit is more than advice: at least medium severity and confidence, and not only a possibility."""
    if behind(repo, found):
        return True
    if found.ident in _ADVICE or "low" in (found.severity, found.confidence) or found.severity == "informational":
        return False
    return found.ident != _TRIGGERS and (found.ident != _INJECTION or bool(_WRITTEN.search(found.thing)))


def behind(repo: Repository, found: Audit) -> Evidence | None:
    """The other place that makes an audit weigh: where a variable is set to what anybody may write, or where what the
    workflow was started by is fetched.
    """
    if found.ident == _TRIGGERS:
        return _fetched(repo, found.path)
    name = _VARIABLE.match(found.thing) if found.ident == _INJECTION else None
    workflow = repo.parse(found.path, load_workflow) if name and found.path.startswith(".github/workflows/") else None
    if name is None or not isinstance(workflow, Workflow):
        return None
    job = next((one for one in reversed(workflow.jobs) if one.line <= found.line), None)
    step = next((one for one in reversed(job.steps) if one.line <= found.line), None) if job else None
    for environment in (step.env if step else {}, job.env if job else {}):
        if value := text(environment.get(name[1])):
            written = _WRITTEN.search(value[:_LONGEST])
            return Evidence(found.path, value.line, f"sets it to `{value[:80]}`") if written else None
    return None


def _fetched(repo: Repository, path: str) -> Evidence | None:
    """Where a workflow that outsiders start fetches what they wrote, with nothing seen that asks who they are.

    Workflows of this repository that it calls are followed, each once; what another repository's does is
    not known here.
    """
    events: tuple[str, ...] = ()
    waiting, known = [path], {path}
    while waiting:
        at = waiting.pop()
        workflow = repo.parse(at, load_workflow)
        if isinstance(workflow, Unread):
            if at == path:
                return Evidence(path, workflow.line, "could not be read")
            continue
        if at == path:
            events = outsiders(workflow.on)
            if labelled(workflow.on):
                return None
        forks = Forks(workflow.jobs, events)
        for job in workflow.jobs:
            exposed = forks.exposed(job)
            if exposed and not exposed.asked:
                return Evidence(at, exposed.step.line, "fetches what the workflow was started by")
            called = (job.uses or "").partition("@")[0]
            if called.startswith(_OURS) and not forks.guarded(job) and called[2:] not in known:
                known.add(called[2:])
                waiting.append(called[2:])
    return None
