"""Pipelines that update components by themselves, on a schedule."""

from __future__ import annotations

from sscop.artefacts.pipelines import Activity, Event, Purpose, activities
from sscop.artefacts.updates.model import Reach
from sscop.artefacts.updates.others import Other
from sscop.repository import Repository

_ALL = {"renovate", "updatecli", "dependabot"}
"""Tools that look after whatever their own configuration names."""
_MORE = {"npm": ("npm", "bun"), "pip": ("pip", "uv"), "uv": ("uv", "pip"), "sbt": ("sbt", "maven", "gradle")}


def jobs(repo: Repository) -> list[Other]:
    """One mechanism for each command or action that updates components and is started by a schedule."""
    found = [one for one in repo.once(activities).of(Purpose.UPDATE) if one.runs_at(Event.SCHEDULE) is not False]
    return list(dict.fromkeys(map(_mechanism, found)))


def _mechanism(activity: Activity) -> Other:
    name = f"the scheduled `{activity.said}`"
    if activity.tool in _ALL:
        return Other(name, activity.path, activity.line, frozenset(), Reach.UNTOLD)
    return Other(name, activity.path, activity.line, frozenset(_MORE.get(activity.tool, (activity.tool,))))
