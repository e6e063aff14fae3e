"""What a step runs, as one fact, and when it runs."""

from __future__ import annotations

from typing import Union

from sscop.artefacts.pipelines.conditions import holds, names_default
from sscop.artefacts.pipelines.model import Event, Job, Pipeline, Step, Trigger
from sscop.artefacts.pipelines.tools import Purpose
from sscop.lazy import NamedTuple
from sscop.model import Unread

_CHANGES = {"opened", "synchronize", "ready_for_review", "checks_requested"}
"""Activity types of a pull request that come with new commits to be reviewed."""


class Activity(NamedTuple):
    """A tool that a pipeline's step runs, at the place that names it.

    `said` is the command or the `uses` in short. `tolerance` is what makes its failing no failure, in the notation's
    words, and `tolerated_at` the place of that; both empty where its failing fails the job. `via` are the places that
    lead there, outermost first; the first is the step's own file.
    """

    purpose: Purpose
    tool: str
    said: str
    path: str
    line: int
    tolerance: str
    tolerated_at: tuple[str, int] | None
    pipeline: Pipeline
    job: Job
    step: Step
    via: tuple[tuple[str, int], ...]
    words: tuple[str, ...] = ()

    def runs_at(self, event: Event) -> bool | None:
        """Whether it runs at an event that starts its pipeline; None where conditions leave it open."""
        return runs_at(self.pipeline, self.job, self.step, event)

    @property
    def reviewed(self) -> bool | None:
        """Whether it runs on pull requests into the default branch (or at every push to every branch)."""
        branch = self.pipeline.branch
        found = [self.runs_at(one.event) for one in self.pipeline.triggers if reviews(one, branch)]
        return True if True in found else None if None in found else False

    @property
    def started(self) -> tuple[str, int]:
        """The place in the pipeline's own file that leads there: the line of the call, or itself."""
        return self.via[0] if self.via and self.path != self.pipeline.path else (self.path, self.line)

    @property
    def never(self) -> bool:
        """Whether its conditions keep it from running at every event of its pipeline (`if: false`)."""
        return all(self.runs_at(trigger.event) is False for trigger in self.pipeline.triggers)


class Call(NamedTuple):
    """Something that a step runs and that is not read here.

    `kind`: `workflow` (another repository's reusable workflow or template), `action` (an action that is in no table),
    `target` (a target whose rule was not found), `script` (a script of this repository in a language that is not
    read), `hollow` (a target or script that only prints).
    """

    kind: str
    said: str
    path: str
    line: int
    pipeline: Pipeline
    job: Job
    step: Step | None
    via: tuple[tuple[str, int], ...] = ()


Fact = Union[Activity, Call, Unread]


class Activities(NamedTuple):
    """All pipelines, what they run, what they call that is not read, and the files that could not be read.

    `others` are the pipelines of systems that are not read at all: often left-overs beside those that are.
    """

    pipelines: tuple[Pipeline, ...]
    found: tuple[Activity, ...]
    calls: tuple[Call, ...]
    unread: tuple[Unread, ...]
    others: tuple[Unread, ...] = ()

    def of(self, *purposes: Purpose) -> list[Activity]:
        """The activities of some purposes."""
        return [one for one in self.found if one.purpose in purposes]


def runs_at(pipeline: Pipeline, job: Job, step: Step | None, event: Event) -> bool | None:
    """Whether a job, or a step of it, runs at an event; None where its conditions leave it open."""
    if job.events is not None and event not in job.events:
        return False
    if pipeline.trigger(event) is None:
        return False
    conditions = [*job.conditions, *([step.condition] if step and step.condition else [])]
    said = [holds(one, event) for one in conditions]
    return False if False in said else None if None in said else True


def reviews(trigger: Trigger, branch: str = "") -> bool:
    """Whether a trigger is every pull request into the default branch, or every push to every branch.

    `branch` is one more name that the default branch may have.
    """
    if trigger.event is Event.PUSH:
        return _every_branch(trigger)
    opened = not trigger.types or bool(_CHANGES & set(trigger.types))
    return trigger.event is Event.PULL_REQUEST and opened and into_default(trigger, branch)


def into_default(trigger: Trigger, branch: str = "") -> bool:
    """Whether a trigger lets the default branch in; `branch` is one more name that it may have."""
    without = trigger.except_targets
    return names_default(trigger.targets, branch) and not (without and names_default(without))


def _every_branch(trigger: Trigger) -> bool:
    """Whether pushes to the branches that pull requests come from start it: to all, or all but some that are named."""
    every = {"*", "**", "**/*"}
    return not every & set(trigger.except_targets) and (not trigger.targets or bool(every & set(trigger.targets)))
