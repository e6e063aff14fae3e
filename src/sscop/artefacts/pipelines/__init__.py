"""Every pipeline of a repository as one model, and everything that its steps run, classified.

`repo.once(activities)` is what a check asks for: it is made once, however many checks ask.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from sscop.artefacts.launch import bare, image
from sscop.artefacts.nodes import Entries, Text, mapping
from sscop.artefacts.pipelines import named, others, tools
from sscop.artefacts.pipelines.activity import Activities, Activity, Call, Fact, into_default, reviews, runs_at
from sscop.artefacts.pipelines.model import Event, Job, Pipeline, Step, System, Trigger
from sscop.artefacts.pipelines.systems import pipelines_of
from sscop.artefacts.pipelines.tools import Purpose, Tool
from sscop.artefacts.runs import Block, Lost, Place, is_shell, located, runs
from sscop.artefacts.shell import Command
from sscop.artefacts.shell import Pipeline as Piped
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

__all__ = [
    "Activities", "Activity", "Call", "Event", "Job", "Pipeline", "Purpose", "Step", "Trigger", "activities",
    "into_default", "pipelines_of", "reviews", "runs_at",
]  # fmt: skip

_HARMLESS = {"echo", "printf", "true", ":", "exit", "cd", "set", "test", "[", "git", "dirname", "pwd", "export"}
_BARE_REF = lazily(r"@[^@]*\Z")
MOST = 50_000
"""Tools and calls of all pipelines together that are looked at."""


def activities(repo: Repository) -> Activities:
    """Everything that the pipelines run; to be asked for as `repo.once(activities)`."""
    found: list[Activity] = []
    calls: list[Call] = []
    pipelines, unread = repo.once(pipelines_of)
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
                if len(found) + len(calls) > MOST:
                    why = f"runs, with the others, more than {MOST:,} commands; the rest is not looked at"
                    problems.append(Unread(pipeline.path, why, step.line))
                    told = tuple(dict.fromkeys(problems))
                    return Activities(pipelines, tuple(found), tuple(calls), told, others.unread(repo))
                for fact in _followed(list(_step(repo, pipeline, job, step))):
                    if isinstance(fact, Activity):
                        found.append(fact)
                    elif isinstance(fact, Call):
                        calls.append(fact)
                    else:
                        problems.append(fact)
    return Activities(pipelines, tuple(found), tuple(calls), tuple(dict.fromkeys(problems)), others.unread(repo))


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
            by_step = bool(known) and not named.tests_path(fact.tool) and named.may_test(fact.tool)
            if by_step or fact.tool in hollow or any(at in one.via for one in known):
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


class _Classified(NamedTuple):
    """A command and what it is: tools with the words they were known by, or the script that may test."""

    command: Command
    known: tuple[Tool, ...]
    words: tuple[str, ...]
    may_test: str
    swallowed: str


class _Read(NamedTuple):
    """What there is to say of a block, whoever calls it. `hollow`: it does nothing of weight."""

    commands: tuple[_Classified, ...]
    hollow: bool


def _reads(repo: Repository) -> dict[tuple[object, ...], _Read]:
    return {}


def _block(repo: Repository, block: Block, pipeline: Pipeline, job: Job, step: Step) -> Iterator[Activity | Call]:
    pipefail = step.pipefail or any("pipefail" in script.text for script in block.scripts)
    made, key = repo.once(_reads), (block.key, pipefail)
    if key not in made:
        made[key] = _classified(repo, block, pipefail)
    read, place = made[key], block.place
    for one in read.commands:
        where = (place.path, one.command.line)
        if one.may_test:
            yield Call("script", one.may_test, *where, pipeline, job, step, place.via)
        known, words = one.known, one.words
        if one.may_test and named.means_tests(step.name):  # it says what its script is for: "Build, test and package"
            known, words = (Tool(one.may_test, (Purpose.TEST,)),), ()
        tolerance = one.command.tolerance or one.swallowed
        at = where if tolerance else place.via[-1] if place.via else None
        for tool in known:
            yield from _activities(
                tool, _said(one.command), where, pipeline, job, step, place.via, tolerance or place.tolerance, at, words
            )
    if read.hollow and len(place.via) > len((*job.via, *step.via)):
        yield Call("hollow", place.path, *place.via[-1], pipeline, job, step, place.via)


def _classified(repo: Repository, block: Block, pipefail: bool) -> _Read:
    swallowed = {} if pipefail else _swallowed(block.pipelines)
    hollow = bool(block.pipelines)
    found = []
    for command, place in located(block.pipelines, block.place):
        hollow = hollow and command.name in _HARMLESS
        words = bare(_words(command))
        known = list(tools.run(words))
        if not known and (started := image(_words(command))):
            known = list(tools.run((re.split(r"[:@]", posixpath.basename(started))[0], *words)))
        own = "" if known or not words else named.own_script(repo, command, place)
        by_name = own and (named.tests_path(own) or named.asked_to_test(_words(command)[-2:]))
        may_test = ""
        if by_name and not not_counted(own, Family.TOOLS):
            known = [Tool(own, (Purpose.TEST,))]
            words = () if is_shell(repo, own) else words
        elif own and named.may_test(posixpath.basename(own)) and not is_shell(repo, own):
            may_test = own
        elif not known and not own and named.built(_words(command)):
            known = [Tool(words[0], (Purpose.TEST,))]
        elif not known and (target := named.runner_target(words, _words(command))):
            known = [Tool(" ".join(dict.fromkeys((words[0], target))), (Purpose.TEST,))]
        elif not known and not own and words[:1] == ("test",) and command.words[0].text.startswith("$"):
            known = [Tool(command.words[0].text, (Purpose.TEST,))]  # `$BUILD_COMMAND test`
        elif (
            not known
            and words
            and named.asked_to_test(words)
            and named.is_sourced(repo, block.pipelines, words[0], place)
        ):
            known = [Tool(words[0], (Purpose.TEST,))]
        if known or may_test:
            found.append(_Classified(command, tuple(known), words, may_test, swallowed.get(id(command), "")))
    return _Read(tuple(found), hollow)


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
