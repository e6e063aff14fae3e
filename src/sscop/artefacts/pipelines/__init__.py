"""Every pipeline of a repository as one model, and everything that its steps run, classified.

`repo.once(activities)` is what a check asks for: it is made once, however many checks ask.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple, Union

from sscop.artefacts.launch import bare, image
from sscop.artefacts.nodes import Entries, Text, mapping
from sscop.artefacts.pipelines import azure, circleci, github, gitlab, named, others, tools
from sscop.artefacts.pipelines.conditions import holds, names_default
from sscop.artefacts.pipelines.model import Event, Job, Pipeline, Step, System, Trigger
from sscop.artefacts.pipelines.tools import Purpose, Tool
from sscop.artefacts.runs import Block, Lost, Place, is_shell, located, runs
from sscop.artefacts.shell import Command
from sscop.artefacts.shell import Pipeline as Piped
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

__all__ = ["Activities", "Activity", "Call", "Event", "Job", "Pipeline", "Purpose", "Step", "Trigger", "activities"]

_HARMLESS = {"echo", "printf", "true", ":", "exit", "cd", "set", "test", "[", "git", "dirname", "pwd", "export"}
_BARE_REF = lazily(r"@[^@]*\Z")
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


def activities(repo: Repository) -> Activities:
    """Everything that the pipelines run; to be asked for as `repo.once(activities)`."""
    found: list[Activity] = []
    calls: list[Call] = []
    pipelines, unread = pipelines_of(repo)
    problems = list(unread)
    for pipeline in pipelines:
        for job in pipeline.jobs:
            if job.calls:
                known = list(_called(pipeline, job, job.calls))
                found += known
                if not known:
                    at = (job.path, job.calls.line)
                    calls.append(Call("workflow", str(job.calls), *at, pipeline, job, None, job.via))
            for step in job.steps:
                for fact in _followed(list(_step(repo, pipeline, job, step))):
                    if isinstance(fact, Activity):
                        found.append(fact)
                    elif isinstance(fact, Call):
                        calls.append(fact)
                    else:
                        problems.append(fact)
    return Activities(pipelines, tuple(found), tuple(calls), tuple(dict.fromkeys(problems)), others.unread(repo))


def pipelines_of(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """The pipelines of all systems that are read, and the files of these that could not be."""
    made = [system.pipelines(repo) for system in (github, gitlab, azure, circleci)]
    found = tuple(one._replace(branch=repo.facts.branch) for pipelines, _ in made for one in pipelines)
    return found, tuple(one for _, unread in made for one in unread)


def _called(pipeline: Pipeline, job: Job, name: Text) -> Iterator[Activity]:
    """What another repository's reusable workflow is, where it is in the table."""
    inputs, nothing = mapping(job.node.get("with")), mapping(None)
    step = Step(job.path, name.line, "", name, inputs, (), "", nothing, None, "", job.node)
    for tool in tools.used(_BARE_REF.sub("", name), inputs):
        yield from _activities(tool, str(name), (job.path, name.line), pipeline, job, step, job.via, "", None)


def _followed(facts: list[Fact]) -> Iterator[Fact]:
    """The facts without scripts that only their name speaks for, where more was seen in the script itself."""
    known = [fact for fact in facts if isinstance(fact, Activity) and fact.purpose is Purpose.TEST and fact.words]
    hollow = {fact.said for fact in facts if isinstance(fact, Call) and fact.kind == "hollow"}
    for fact in facts:
        by_name = isinstance(fact, Activity) and not fact.words and not fact.step.uses
        if by_name and isinstance(fact, Activity):
            at = (fact.path, fact.line)
            if fact.tool in hollow or any(at in one.via for one in known):
                continue
        yield fact


def _step(repo: Repository, pipeline: Pipeline, job: Job, step: Step) -> Iterator[Fact]:
    via = (*job.via, *step.via)
    if step.uses:
        known = [*tools.used(_BARE_REF.sub("", step.uses), step.inputs), *_image(step.uses, step.inputs)]
        at = (step.path, step.uses.line)
        for tool in known:
            yield from _activities(tool, str(step.uses), at, pipeline, job, step, via, "", None)
        if not known and not step.scripts:
            template = step.uses.startswith("template: ") and "@" in step.uses
            kind = "workflow" if template else "action"
            yield Call(kind, str(step.uses), step.path, step.uses.line, pipeline, job, step, via)
    place = Place(step.path, step.folder, step.action, via=via)
    # GitLab's lines are one script; elsewhere several scripts of a step are the values of a matrix.
    together = [step.scripts] if pipeline.system is System.GITLAB else [(script,) for script in step.scripts]
    for scripts in together:
        for found in runs(repo, scripts, place):
            if isinstance(found, Unread):
                yield found
            elif isinstance(found, Lost):
                command = found.command
                if list(tools.run(bare(_words(command)))):
                    continue
                said, where = _said(command), (found.place.path, command.line)
                if named.generated(repo, command, found.target, found.place):
                    # made by configure or CMake, where no rule is in a file
                    tool = Tool(f"{command.name} {found.target}", (Purpose.TEST,))
                    why = command.tolerance or found.place.tolerance
                    yield from _activities(tool, said, where, pipeline, job, step, found.place.via, why, where, (said,))
                else:
                    yield Call("target", said, *where, pipeline, job, step, found.place.via)
            else:
                yield from _block(repo, found, pipeline, job, step)


def _image(name: Text, inputs: Entries) -> Iterator[Tool]:
    """The tools that an image is which a step runs as an action (`docker://owner/tool:1`)."""
    if name.startswith("docker://"):
        program = re.split(r"[:@]", posixpath.basename(name))[0]
        yield from tools.run((program, *str(inputs.get("args", "")).split()))


def _block(repo: Repository, block: Block, pipeline: Pipeline, job: Job, step: Step) -> Iterator[Activity | Call]:
    pipefail = step.pipefail or any("pipefail" in script.text for script in block.scripts)
    swallowed = {} if pipefail else _swallowed(block.pipelines)
    hollow = len(block.place.via) > len((*job.via, *step.via))
    for command, place in located(block.pipelines, block.place):
        hollow = hollow and command.name in _HARMLESS
        words = bare(_words(command))
        known = list(tools.run(words))
        if not known and (started := image(_words(command))):
            known = list(tools.run((re.split(r"[:@]", posixpath.basename(started))[0], *words)))
        own = "" if known or not words else named.own_script(repo, command, place)
        by_name = own and (named.tests_path(own) or named.asked_to_test(_words(command)[-2:]))
        if by_name and not not_counted(own, Family.TOOLS):
            known = [Tool(own, (Purpose.TEST,))]
            words = () if is_shell(repo, own) else words
        elif own and named.may_test(posixpath.basename(own)) and not is_shell(repo, own):
            yield Call("script", own, place.path, command.line, pipeline, job, step, place.via)
        elif not known and not own and named.built(_words(command)):
            known = [Tool(words[0], (Purpose.TEST,))]
        elif not known and (target := named.runner_target(words)):
            known = [Tool(f"{words[0]} {target}", (Purpose.TEST,))]
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
