"""GitHub's workflows as pipelines: local composite actions and reusable workflows of the same repository in place.

Source: GitHub's workflow syntax, events, reusable workflows, composite actions, and "defaults.run.shell" for shells.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import islice, product

from sscop.artefacts import workflow as files
from sscop.artefacts.nodes import Entries, Text, like, mapping, rewritten, text, texts
from sscop.artefacts.pipelines.model import Event, Job, Pipeline, Step, System, Trigger
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_DEPTH = 4
_CALLS = 8
"""Ways in which a matrix may put values into one call."""

_INPUT = lazily(r"\$\{\{\s*inputs\.([\w-]+)\s*\}\}")
_INPUT_NAME = lazily(r"(?<![\w.])inputs\.([\w-]+)")
_MOST_JOBS = 2_000
_MOST_STEPS = 5_000
"""Steps of actions of this repository that are put in place, over all its workflows."""

_LOCAL = lazily(r"(?:\./|\$/)(.*)")
_EVENTS = {
    "pull_request": Event.PULL_REQUEST, "pull_request_target": Event.PULL_REQUEST, "merge_group": Event.PULL_REQUEST,
    "schedule": Event.SCHEDULE, "workflow_dispatch": Event.MANUAL, "repository_dispatch": Event.MANUAL,
    "workflow_call": Event.CALL, "release": Event.RELEASE,
}  # fmt: skip
_SHELL_INPUTS = ("run", "script", "commands", "command")
"""Inputs that many actions run as shell text (retry actions and their like)."""


def pipelines(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """The workflows that GitHub runs, and those that could not be read."""
    found: list[Pipeline] = []
    unread: list[Unread] = []
    steps = [_MOST_STEPS]
    for path in files.workflow_paths(repo):
        workflow = repo.parse(path, files.load_workflow)
        if isinstance(workflow, Unread):
            unread += [] if repo.gone(workflow) else [workflow]
            continue
        reader = _Reader(repo, steps)
        jobs = tuple(reader.jobs(path, workflow, ()))
        unread += reader.unread
        triggers = tuple(_triggers(workflow.on))
        found.append(Pipeline(path, System.GITHUB, workflow.name or path, triggers, jobs, workflow.node))
    return tuple(found), tuple(dict.fromkeys(unread))


def _triggers(on: Entries) -> Iterator[Trigger]:
    for name, node in on.pairs():
        given = mapping(node)
        branches, tags = texts(given.get("branches")), texts(given.get("tags"))
        no_branches, no_tags = texts(given.get("branches-ignore")), texts(given.get("tags-ignore"))
        limits = (
            tuple(texts(given.get("paths"))),
            tuple(texts(given.get("paths-ignore"))),
            tuple(texts(given.get("types"))),
        )
        if name == "push":
            # With branches alone no tag starts it, with tags alone no branch (GitHub's events, "push").
            if branches or no_branches or not (tags or no_tags):
                yield Trigger(Event.PUSH, name.line, tuple(branches), tuple(no_branches), *limits)
            if tags or no_tags or not (branches or no_branches):
                yield Trigger(Event.TAG, name.line, tuple(tags), tuple(no_tags), *limits)
        else:
            event = _EVENTS.get(name, Event.OTHER)
            yield Trigger(event, name.line, tuple(branches), tuple(no_branches), *limits)


_Inputs = Mapping[str, str]
_NOTHING: _Inputs = {}


class _Scope(NamedTuple):
    """What a step is read in: its file, its job, the defaults of `run`, the inputs that the caller gives plainly."""

    path: str
    job: files.Job
    run: Entries
    inputs: _Inputs = _NOTHING
    action: str = ""
    via: tuple[tuple[str, int], ...] = ()


class _Reader:
    """Makes the jobs of one workflow, with what they call in this repository."""

    def __init__(self, repo: Repository, steps: list[int]) -> None:
        self._repo = repo
        self._left = _MOST_JOBS
        self._steps = steps
        """How many steps are left, in one place for all workflows."""
        self.unread: list[Unread] = []

    def jobs(
        self, path: str, workflow: files.Workflow, via: tuple[tuple[str, int], ...], inputs: _Inputs = _NOTHING
    ) -> Iterator[Job]:
        """The jobs of a workflow file; a call of a reusable workflow gives the called one's jobs, named after it.

        `inputs` are the plain values that its caller gives.
        """
        run = mapping(mapping(workflow.node.get("defaults")).get("run"))
        for job in workflow.jobs:
            self._left -= 1
            if self._left < 0:
                self.unread.append(Unread(path, f"it comes to more than {_MOST_JOBS:,} jobs", job.line))
                return
            called = self._called(job, path, via)
            if called is None:
                yield self._job(path, job, run, workflow.node, via, inputs)
                continue
            declared = mapping(mapping(called[1].on.get("workflow_call")).get("inputs"))
            given = next(_given(mapping(job.node.get("with")), declared, job, inputs))
            inner = list(self.jobs(called[0], called[1], (*via, (path, job.line)), given))
            names = {one.id for one in inner}
            needs = _needs(job)
            conditions = _conditions(job, inputs)
            for one in inner:
                yield one._replace(
                    id=f"{job.id}/{one.id}",
                    needs=tuple(f"{job.id}/{name}" if name in names else name for name in one.needs) + needs,
                    conditions=conditions + one.conditions,
                )
            # Whoever needs the calling job waits for all of the called ones.
            yield self._job(path, job, run, workflow.node, via, inputs)._replace(
                needs=needs + tuple(f"{job.id}/{name}" for name in names), calls=None
            )

    def _called(self, job: files.Job, path: str, via: tuple[tuple[str, int], ...]) -> tuple[str, files.Workflow] | None:
        local = _LOCAL.match(job.uses or "")
        if not local or len(via) >= _DEPTH or any(one == posixpath.normpath(local[1]) for one, _ in via):
            return None
        name = posixpath.normpath(local[1].split("@")[0])
        if name == path or not self._repo.has(name):
            return None
        found = self._repo.parse(name, files.load_workflow)
        return None if isinstance(found, Unread) else (name, found)

    def _job(
        self,
        path: str,
        job: files.Job,
        defaults: Entries,
        root: Entries,
        via: tuple[tuple[str, int], ...],
        inputs: _Inputs,
    ) -> Job:
        environment = job.node.get("environment")
        named = text(mapping(environment).get("name")) if isinstance(environment, Entries) else text(environment)
        permissions = job.node.get("permissions", root.get("permissions"))
        own = mapping(mapping(job.node.get("defaults")).get("run"))
        scope = _Scope(path, job, Entries({**defaults, **own}), inputs)
        return Job(
            id=job.id,
            path=path,
            line=job.line,
            needs=_needs(job),
            conditions=_conditions(job, inputs),
            tolerance=_tolerance(job.node),
            steps=tuple(one for step in job.steps for one in self._step(step, scope)),
            images=tuple(value for image in job.images() for value in job.values(image)),
            environment=named or "",
            permissions=permissions if isinstance(permissions, (Entries, Text)) else None,
            calls=job.uses if _is_elsewhere(job.uses) else None,
            events=None,
            via=via,
            node=job.node,
        )

    def _step(self, step: files.Step, scope: _Scope) -> Iterator[Step]:
        shell = text(step.node.get("shell")) or text(scope.run.get("shell")) or ""
        given = step.run or _shell_input(step)
        foreign = re.match(r"(?!pwsh|powershell|\S*sh\b).", shell)
        scripts = () if given is None or foreign else tuple(scope.job.scripts(_put(given, scope.inputs)))
        folder = text(step.node.get("working-directory")) or text(scope.run.get("working-directory")) or ""
        made = Step(
            path=scope.path,
            line=step.line,
            name=text(step.node.get("name")) or "",
            uses=step.uses,
            inputs=step.with_,
            scripts=scripts,
            folder="" if "$" in folder else folder.removeprefix("./"),
            env=Entries({**scope.job.env, **step.env}),
            condition=_decided(text(step.node.get("if")), scope.inputs, in_action=bool(scope.action)),
            tolerance=_tolerance(step.node),
            node=step.node,
            pipefail=shell == "bash" or "pipefail" in shell,
            action=scope.action,
            via=scope.via,
        )
        inner = self._composite(made)
        if inner is None:
            yield made
            return
        name, composite = inner
        via = (*scope.via, (scope.path, step.line))
        for inputs in _given(step.with_, mapping(composite.node.get("inputs")), scope.job, scope.inputs):
            # A composite action knows neither the job's shell nor its folder.
            inside = _Scope(name, scope.job, mapping(None), inputs, posixpath.dirname(name), via)
            for each in composite.steps:
                self._steps[0] -= 1
                if self._steps[0] < 0:
                    why = f"this repository's actions come to more than {_MOST_STEPS:,} steps"
                    self.unread.append(Unread(scope.path, why, step.line))
                    return
                for found in self._step(each, inside):
                    yield found._replace(
                        condition=_and(made.condition, found.condition), tolerance=made.tolerance or found.tolerance
                    )

    def _composite(self, step: Step) -> tuple[str, files.Action] | None:
        """The composite action of this repository that a step uses."""
        local = _LOCAL.match(step.uses or "")
        if not (local or step.uses == "."):
            return None
        folder = posixpath.normpath(local[1]) if local else ""
        if len(step.via) >= _DEPTH:
            return None
        inside = [step.action, *(posixpath.dirname(path) for path, _ in step.via[1:])] if step.via else []
        if ("" if folder == "." else folder) in inside:
            return None  # it uses itself, which GitHub refuses
        for name in ("action.yml", "action.yaml"):
            path = posixpath.join("" if folder == "." else folder, name)
            found = self._repo.parse(path, files.load_action) if self._repo.has(path) else None
            if isinstance(found, Unread):
                self.unread.append(found)
            elif found is not None and found.using == "composite":
                return path, found
        return None


def _shell_input(step: files.Step) -> Text | None:
    if (step.uses or "").startswith("actions/github-script@"):
        return None  # its `script` is JavaScript
    return next((one for name in _SHELL_INPUTS if (one := text(step.with_.get(name)))), None)


def _given(with_: Entries, declared: Entries, job: files.Job, outer: _Inputs) -> Iterator[_Inputs]:
    """What a call gives to an action's or workflow's inputs, once for each way that the matrix puts values in.

    An input that the call leaves out has its default; one that is put together at run time has none here.
    """
    values: dict[str, list[str]] = {}
    for name in declared:
        default = text(mapping(declared[name]).get("default"))
        values[name] = [default] if default else []
    for name, node in with_.items():
        if isinstance(node, Text):
            found = [str(one) for one in job.values(_put(node, outer)) if "${{" not in one]
            values[name] = found[:_CALLS]
    known = {name: found for name, found in values.items() if found}
    for chosen in islice(product(*known.values()), _CALLS):
        yield dict(zip(known, chosen))


def _put(given: Text, inputs: _Inputs) -> Text:
    """A text with the inputs put in that are known."""
    if not inputs or "inputs." not in given:
        return given
    return rewritten(given, lambda source: _INPUT.sub(lambda match: inputs.get(match[1], match[0]), source))


def _is_elsewhere(uses: Text | None) -> bool:
    """Whether a job calls another repository's workflow; a local one that is not there calls nothing."""
    return uses is not None and not _LOCAL.match(uses)


def _needs(job: files.Job) -> tuple[str, ...]:
    return tuple(texts(job.node.get("needs")))


def _conditions(job: files.Job, inputs: _Inputs) -> tuple[Text, ...]:
    condition = _decided(text(job.node.get("if")), inputs, in_action=False)
    return (condition,) if condition else ()


def _decided(condition: Text | None, inputs: _Inputs, *, in_action: bool) -> Text | None:
    """A condition with the inputs put in that its caller gives plainly; an action's are texts, also `true`."""
    if condition is None or not inputs or "inputs." not in condition:
        return condition

    def value(match: re.Match[str]) -> str:
        given = inputs.get(match[1])
        if given is None or "$" in given or "'" in given:
            return match[0]
        return given if given in ("true", "false") and not in_action else f"'{given}'"

    return like(condition, _INPUT_NAME.sub(value, condition))


def _and(outer: Text | None, inner: Text | None) -> Text | None:
    if outer is None or inner is None:
        return outer or inner
    bare = [re.sub(r"\A\s*\$\{\{(.*)\}\}\s*\Z", r"\1", one, flags=re.DOTALL).strip() for one in (outer, inner)]
    return like(inner, f"({bare[0]}) && ({bare[1]})")


def _tolerance(node: Entries) -> str:
    """What the notation says, where it says plainly that failing is no failure; an expression may go either way."""
    given = text(node.get("continue-on-error"))
    plain = re.sub(r"\A\$\{\{(.*)\}\}\Z", r"\1", given or "").strip()
    return "continue-on-error: true" if plain.lower() == "true" else ""
