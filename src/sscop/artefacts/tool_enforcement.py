"""What in a repository stops a build tool that a policy does not allow, at the place that runs it."""

from __future__ import annotations

from collections.abc import Sequence

from sscop.artefacts.nodes import items, load, mapping, text
from sscop.artefacts.tool_sections import Listed
from sscop.artefacts.workflow import load_action, load_workflow, workflow_paths
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository

_CHECKS = lazily(r"\bsscop(?:_hooks)?\b[^\n;&|]{0,200}\bcheck\b")
_OTHER = lazily(r"\bcheck[ \t]+(?!tool-policy)[a-z-]{3,}")
_OURS = {"sscop", "sscop-tool-policy"}


def enforcing(repo: Repository, lists: Sequence[Listed], fails: bool) -> tuple[Evidence, ...]:
    """Where a policy is enforced; `fails` says whether this check may fail, without which it only shows."""
    found = list(_checked(repo)) if fails else []
    return (*found, *(Evidence(one.path, one.line, one.form) for one in lists if one.enforced))


def _checked(repo: Repository) -> list[Evidence]:
    """Where this check runs: as a pre-commit hook, as the action, as a command of a workflow."""
    found = []
    for path in repo.find(".pre-commit-config.{yaml,yml}"):
        node = repo.parse(path, load)
        for hooks in items(mapping(None if isinstance(node, Unread) else node).get("repos")):
            for hook in items(mapping(hooks).get("hooks")):
                name = text(mapping(hook).get("id"))
                if name in _OURS:
                    found.append(Evidence(path, name.line, f"the hook {name}"))
    own = _is_own_action(repo)
    for path in workflow_paths(repo):
        workflow = repo.parse(path, load_workflow)
        for job in () if isinstance(workflow, Unread) else workflow.jobs:
            for step in job.steps:
                if (
                    text(step.node.get("continue-on-error")) == "true"
                    or text(job.node.get("continue-on-error")) == "true"
                ):
                    continue
                used = (step.uses or "").partition("@")[0]
                if step.uses and (used.endswith("/sscop") or (own and used in ("./", "."))):
                    found.append(Evidence(path, step.uses.line, "the action sscop in a workflow"))
                elif (
                    step.run
                    and (ran := _CHECKS.search(step.run))
                    and not _OTHER.search(ran[0] + step.run[ran.end() :][:80])
                ):
                    found.append(Evidence(path, step.run.line, "`sscop check` in a workflow"))
    return found


def _is_own_action(repo: Repository) -> bool:
    """Whether the repository's own action is this project's."""
    action = repo.parse("action.yml", load_action) if repo.has("action.yml") else None
    return not isinstance(action, Unread) and action is not None and text(action.node.get("name")) == "sscop"
