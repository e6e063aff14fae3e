"""Pipelines that update components by themselves, on a schedule."""

from __future__ import annotations

from sscop.artefacts.nodes import text
from sscop.artefacts.pipelines import Activity, Event, Purpose, activities
from sscop.artefacts.updates.model import Reach
from sscop.artefacts.updates.others import Other
from sscop.lazy import lazily
from sscop.repository import Repository

_ALL = {"renovate", "updatecli", "dependabot"}
"""Tools that look after whatever their own configuration names."""
_PROPOSES = _ALL | {"sbt", "nix", "gradle", "julia", "github-actions"}
"""Tools, mostly actions, that open the pull request themselves."""
_COMMITS = lazily(r"git push|gh pr create|git commit|glab mr create")
_COMMITTING = lazily(
    r"create-(?:or-update-)?pull-request|create-pr|auto-commit|add-and-commit|git-push|commit-action|open-pr"
)
_MORE = {"npm": ("npm", "bun"), "pip": ("pip", "uv"), "uv": ("uv", "pip"), "sbt": ("sbt", "maven", "gradle")}


def jobs(repo: Repository) -> list[Other]:
    """One mechanism for each command or action that updates components and is started by a schedule."""
    found = [
        one
        for one in repo.once(activities).of(Purpose.UPDATE)
        if one.runs_at(Event.SCHEDULE) is not False and (_kind(one) in _PROPOSES or _keeps(one))
    ]
    return list(dict.fromkeys(map(_mechanism, found)))


def _keeps(activity: Activity) -> bool:
    """Whether something in the job keeps what it updates: `npm update` before a test run does not."""
    return any(
        (step.uses and _COMMITTING.search(step.uses)) or any(_COMMITS.search(script.text) for script in step.scripts)
        for step in activity.job.steps
    )


def _kind(activity: Activity) -> str:
    return activity.tool.removeprefix("updates of ")


def _mechanism(activity: Activity) -> Other:
    kind, at = _kind(activity), (activity.path, activity.line)
    if kind in _ALL:
        beyond = str(text(activity.step.inputs.get("configurationFile")) or "")
        return Other(kind.capitalize(), *at, frozenset(), Reach.UNTOLD, beyond)
    return Other(f"the scheduled `{activity.said}`", *at, frozenset(_MORE.get(kind, (kind,))))
