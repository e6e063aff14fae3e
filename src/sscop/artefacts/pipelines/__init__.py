"""Every pipeline of a repository as one model, and everything that its steps run, classified.

`repo.once(activities)` is what a check asks for: it is made once, however many checks ask.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from sscop.artefacts.launch import bare, image
from sscop.artefacts.pipelines import github, tools
from sscop.artefacts.pipelines.conditions import holds, names_default
from sscop.artefacts.pipelines.model import Event, Job, Pipeline, Step, Trigger
from sscop.artefacts.pipelines.tools import Purpose, Tool
from sscop.artefacts.runs import Block, Lost, Place, located, resolve, runs
from sscop.artefacts.shell import Command
from sscop.artefacts.shell import Pipeline as Piped
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

__all__ = ["Activities", "Activity", "Call", "Event", "Job", "Pipeline", "Purpose", "Step", "Trigger", "activities"]

_HARMLESS = {"echo", "printf", "true", ":", "exit", "cd", "set", "test", "[", "git", "dirname", "pwd", "export"}
_TEST_FILE = lazily(r"(?i:(?:.*[_.-])?(?:run|unit|e2e|integration|all)?[_-]?tests?(?:[_-](?:all|suite|runner|ci))?)\Z")
_BARE_REF = lazily(r"@[^@]*\Z")


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
        found: list[bool | None] = [False]
        for trigger in self.pipeline.triggers:
            if trigger.event is Event.PULL_REQUEST and into_default(trigger, self.pipeline.branch):
                found.append(self.runs_at(Event.PULL_REQUEST))
            elif trigger.event is Event.PUSH and _every_branch(trigger):
                found.append(self.runs_at(Event.PUSH))
        return True if True in found else None if None in found else False

    @property
    def never(self) -> bool:
        """Whether its conditions keep it from running at every event of its pipeline (`if: false`)."""
        return all(self.runs_at(trigger.event) is False for trigger in self.pipeline.triggers)


class Call(NamedTuple):
    """Something that a step runs and that is not read here.

    `kind`: `workflow` (another repository's reusable workflow), `action` (an action that is in no table), `target` (a
    target whose rule was not found), `hollow` (a target or script that only prints).
    """

    kind: str
    said: str
    path: str
    line: int
    pipeline: Pipeline
    job: Job
    step: Step | None
    via: tuple[tuple[str, int], ...] = ()


class Activities(NamedTuple):
    """All pipelines, what they run, what they call that is not read, and the files that could not be read."""

    pipelines: tuple[Pipeline, ...]
    found: tuple[Activity, ...]
    calls: tuple[Call, ...]
    unread: tuple[Unread, ...]

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
    said = [holds(one, event) for one in conditions] if pipeline.system.value == "GitHub Actions" else []
    return False if False in said else None if None in said else True


def into_default(trigger: Trigger, branch: str = "") -> bool:
    """Whether a trigger lets the default branch in; `branch` is one more name that it may have."""
    without = trigger.except_targets
    return names_default(trigger.targets, branch) and not (without and names_default(without))


def _every_branch(trigger: Trigger) -> bool:
    return not trigger.except_targets and (not trigger.targets or bool({"*", "**", "**/*"} & set(trigger.targets)))


def activities(repo: Repository) -> Activities:
    """Everything that the pipelines run; to be asked for as `repo.once(activities)`."""
    found: list[Activity] = []
    calls: list[Call] = []
    pipelines, unread = pipelines_of(repo)
    problems = list(unread)
    for pipeline in pipelines:
        for job in pipeline.jobs:
            if job.calls:
                calls.append(Call("workflow", str(job.calls), job.path, job.calls.line, pipeline, job, None, job.via))
            for step in job.steps:
                for fact in _step(repo, pipeline, job, step):
                    if isinstance(fact, Activity):
                        found.append(fact)
                    elif isinstance(fact, Call):
                        calls.append(fact)
                    else:
                        problems.append(fact)
    return Activities(pipelines, tuple(found), tuple(calls), tuple(dict.fromkeys(problems)))


def pipelines_of(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """The pipelines of all systems that are read."""
    found, unread = github.pipelines(repo)
    return tuple(one._replace(branch=repo.facts.branch) for one in found), unread


def _step(repo: Repository, pipeline: Pipeline, job: Job, step: Step) -> Iterator[Activity | Call | Unread]:
    via = (*job.via, *step.via)
    if step.uses:
        known = list(tools.used(_BARE_REF.sub("", step.uses), step.inputs))
        at = (step.path, step.uses.line)
        for tool in known:
            yield from _activities(tool, str(step.uses), at, pipeline, job, step, via, "", None)
        if not known and not step.scripts:
            yield Call("action", str(step.uses), step.path, step.uses.line, pipeline, job, step, via)
    place = Place(step.path, step.folder, step.action, via=via)
    for script in step.scripts:
        for found in runs(repo, [script], place):
            if isinstance(found, Unread):
                yield found
            elif isinstance(found, Lost):
                command = found.command
                if not list(tools.run(bare(_words(command)))):
                    said = _said(command)
                    yield Call("target", said, found.place.path, command.line, pipeline, job, step, found.place.via)
            else:
                yield from _block(repo, found, pipeline, job, step)


def _block(repo: Repository, block: Block, pipeline: Pipeline, job: Job, step: Step) -> Iterator[Activity | Call]:
    pipefail = step.pipefail or any("pipefail" in script.text for script in block.scripts)
    swallowed = {} if pipefail else _swallowed(block.pipelines)
    hollow = len(block.place.via) > len((*job.via, *step.via))
    for command, place in located(block.pipelines, block.place):
        hollow = hollow and command.name in _HARMLESS
        words = bare(_words(command))
        known = list(tools.run(words))
        if not known and (named := image(_words(command))):
            known = list(tools.run((re.split(r"[:@]", posixpath.basename(named))[0], *words)))
        if not known and words and _is_test_file(repo, command, words[0], place):
            known = [Tool(words[0], (Purpose.TEST,))]
        tolerance = command.tolerance or swallowed.get(id(command), "")
        at = (place.path, command.line) if tolerance else block.place.via[-1] if block.place.via else None
        for tool in known:
            yield from _activities(
                tool, _said(command), (place.path, command.line), pipeline, job, step, place.via,
                tolerance or place.tolerance, at, words,
            )  # fmt: skip
    if hollow and block.pipelines:
        path, line = block.place.via[-1]
        yield Call("hollow", block.place.path, path, line, pipeline, job, step, block.place.via)


def _activities(
    tool: Tool,
    said: str,
    at: tuple[str, int],
    pipeline: Pipeline,
    job: Job,
    step: Step,
    via: tuple[tuple[str, int], ...],
    tolerance: str,
    tolerated_at: tuple[str, int] | None,
    words: tuple[str, ...] = (),
) -> Iterator[Activity]:
    """One activity for each purpose; the innermost tolerance counts: the command's, the step's, the job's."""
    places = [
        (tolerance, tolerated_at),
        (step.tolerance, (step.path, step.line)),
        (job.tolerance, (job.path, job.line)),
    ]
    why, where = next(((text, place) for text, place in places if text), ("", None))
    for purpose in tool.purposes:
        yield Activity(purpose, tool.name, said, *at, why, where, pipeline, job, step, via, words)


def _words(command: Command) -> list[str]:
    return [word.text for word in command.words]


def _said(command: Command) -> str:
    text = " ".join(_words(command))
    return text if len(text) <= 60 else text[:57] + "..."


def _swallowed(found: tuple[Piped, ...]) -> dict[int, str]:
    """The commands whose failing a pipe hides, by identity: all but a pipe's last, without pipefail."""
    return {id(command): f"| {piped[-1].name}" for piped in found for command in piped[:-1]}


def _is_test_file(repo: Repository, command: Command, program: str, place: Place) -> bool:
    """Whether a command runs a file of this repository that is named for its tests (`./run_tests.py`)."""
    stem, _, suffix = program.partition(".")
    if suffix in ("sh", "bash") or not _TEST_FILE.match(stem):
        return False
    return any(resolve(repo, word.text, place) for word in command.words[:3] if word.text.endswith(program))
