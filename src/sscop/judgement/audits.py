"""What an audit of zizmor is about, in terms of the Code's claims, and how much it weighs."""

from __future__ import annotations

from sscop.artefacts.pipeline_secrets import fetches_outsiders
from sscop.artefacts.workflow import load_workflow
from sscop.artefacts.zizmor import Audit
from sscop.lazy import lazily, vocabulary
from sscop.model import Unread
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
_ADVICE = vocabulary("dependabot-cooldown superfluous-actions self-repository misfeature concurrency-limits")
"""Matters of taste, or of a setting that few have heard of: shown, never failing."""

_INJECTION = "template-injection"
_WRITTEN = lazily(
    r"github\.head_ref|github\.event\.(?:pull_request|issue|comment|review|review_comment|discussion|commits|head_commit"
    r"|workflow_run|pages|client_payload)\b(?!(?:\.\w+)*\.(?:\w*number|\w*id|draft|merged|state|login|type|\w*sha|\w*url|\w+_at|default_branch)\b|\.base\b)"
)
"""Expressions whose text anybody may write. What else zizmor names (inputs, this repository's branches and tags, the
names of actors) is written by those who may start or change the workflow anyway, or can't hold what a shell acts on.
"""

_TRIGGERS = "dangerous-triggers"


def by_others(found: Audit) -> bool:
    """Whether another check says the same, more exactly."""
    return found.ident in _OTHERS


def claims(found: Audit) -> tuple[str, ...]:
    """The claims that an audit bears on."""
    return (_ABOUT.get(found.ident, _CHANGES),)


def weighs(repo: Repository, found: Audit) -> bool:
    """Whether an audit is more than advice: at least medium severity and confidence, and not only a possibility."""
    if found.ident in _ADVICE or "low" in (found.severity, found.confidence) or found.severity == "informational":
        return False
    if found.ident == _INJECTION:
        return bool(_WRITTEN.search(found.thing))
    return found.ident != _TRIGGERS or _runs_outsiders(repo, found.path)


def _runs_outsiders(repo: Repository, path: str) -> bool:
    """Whether a workflow that outsiders start also fetches what they wrote, and so can run it."""
    workflow = repo.parse(path, load_workflow)
    if isinstance(workflow, Unread):
        return True
    return any(fetches_outsiders(step) for job in workflow.jobs for step in job.steps)
