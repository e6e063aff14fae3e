"""Where a workflow that outsiders start fetches what they wrote, and what it asks before.

Source: GitHub's pages on `pull_request_target`, `workflow_run` and their event payloads.
"""

from __future__ import annotations

from collections.abc import Mapping

from sscop.artefacts.nodes import text, texts
from sscop.artefacts.workflow import Job, Step
from sscop.lazy import lazily

_OURS = ("./", "$/")
_FETCHED = lazily(
    r"github\.event\.(?:pull_request\.(?:head|merge_commit)|workflow_run\.head|number)|github\.head_ref|refs/pull/"
    r"|(?:steps|needs)\.[\w-]+\.outputs\.\w*(?:head|sha|ref)"
)
_FETCHES = lazily(
    r"\bgh pr checkout\b|\bgit (?:fetch|checkout|pull|switch|reset)\b[^\n]{0,200}?(?:pull/|head\.(?:sha|ref)|head_ref)"
)
_GUARD = lazily(
    r"head\.repo\b|head_repository|\.user\.(?:login|type)\b|\.merged\b|author_association|labels?\b|workflow_run\.event\b"
    r"|/collaborators/|getCollaboratorPermissionLevel"
)
"""What asks, before anything is fetched, whose change it is or whether somebody let it through."""


def fetches(step: Step) -> bool:
    """Whether a step fetches what the workflow was started by, in a workflow that does not do so by itself."""
    given = " ".join(text(step.with_.get(name)) or "" for name in ("ref", "repository"))
    checkout = (step.uses or "").startswith("actions/checkout@") and _FETCHED.search(given)
    return bool(checkout or _FETCHES.search(step.run or ""))


def guarded(job: Job, jobs: Mapping[str, Job]) -> bool:
    """Whether something is asked before the job starts: by its condition, by whom it waits for, by its environment."""
    waiting, seen = [job], {job.id}
    while waiting:
        one = waiting.pop()
        before = one is not job
        if _GUARD.search(text(one.node.get("if")) or "") or "environment" in one.node:
            return True
        if before and ((one.uses and not one.uses.startswith(_OURS)) or any(map(asks, one.steps))):
            return True
        more = [name for name in texts(one.node.get("needs")) if name in jobs and name not in seen]
        seen.update(more)
        waiting += [jobs[name] for name in more]
    return False


def asks(step: Step) -> bool:
    """Whether a step asks whose change it is."""
    said = (text(step.node.get("if")), step.run, text(step.with_.get("script")))
    return any(_GUARD.search(one) for one in said if one)
