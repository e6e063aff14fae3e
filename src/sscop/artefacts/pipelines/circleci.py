"""CircleCI pipelines: the workflows of `.circleci/config.yml`, with inline commands and orbs followed.

A command or job of a published orb is a step that `uses` it (`orb: node/test`). Parameters are put in where they
are plain; what is left of `<< ... >>` becomes a shell variable, because a shell would read it as a here-document.
Sources: the CircleCI configuration reference; its pages on workflows, pipeline values, dynamic configuration and orbs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, like, load, mapping, text, texts
from sscop.artefacts.pipelines.circleci_logic import Moment, asks_for_schedule, moments, parameters_of, told
from sscop.artefacts.pipelines.model import Event, Job, Pipeline, Step, System, trigger
from sscop.artefacts.shell import Script, script
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository

FILES = (".circleci/config.yml", ".circleci/config.yaml")
_LEFT = lazily(r"(?<!\\)<<\s*([\w.-]+)\s*>>")
_CONTINUES = lazily(r"\.circleci/[\w./-]+\.ya?ml")
_BUILT_IN = {
    "checkout", "setup_remote_docker", "save_cache", "restore_cache", "store_artifacts", "store_test_results",
    "persist_to_workspace", "attach_workspace", "add_ssh_keys", "deploy",
}  # fmt: skip
_DEEPEST, _COMBINATIONS, _MOST = 8, 12, 4000


def load_config(source: str) -> Entries:
    """A configuration. Raises Malformed for what is none."""
    root = load(source)
    if not isinstance(root, Entries) or not ({"jobs", "workflows"} & root.keys()):
        raise Malformed("is not a CircleCI configuration: it has no `jobs` and no `workflows`", root.line)
    return root


def pipelines(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """One pipeline for each workflow, those of a configuration that the first one continues with included."""
    path = next((path for path in FILES if repo.has(path)), None)
    root = repo.parse(path, load_config) if path else None
    if path is None or root is None:
        return (), ()
    if isinstance(root, Unread):
        return (), () if repo.gone(root) else (root,)
    made = list(_Reader(path, root).pipelines())
    unread: list[Unread] = []
    if text(root.get("setup")) == "true":
        further = _continued(repo, path)
        if not further:
            unread.append(Unread(path, "the configuration is made at run time (`setup: true`)", root.line))
        for one in further:
            found = repo.parse(one, load_config)
            if isinstance(found, Unread):
                unread.append(found)
            else:
                made += _Reader(one, found, given=False).pipelines()
    return tuple(made), tuple(unread)


def _continued(repo: Repository, path: str) -> list[str]:
    """The configurations that a set-up workflow names; else the only other one beside it."""
    source = repo.text(path)
    named = dict.fromkeys(_CONTINUES.findall(source)) if isinstance(source, str) else {}
    there = [one for one in named if repo.has(one) and one != path]
    beside = [one for one in repo.find(".circleci/*.{yml,yaml}") if one != path]
    return there or (beside if len(beside) == 1 else [])


class _Where(NamedTuple):
    """What steps are read with: the parameters' values, the places that call them, and the conditions around them."""

    values: Mapping[str, Node]
    via: tuple[tuple[str, int], ...] = ()
    conditions: tuple[Text, ...] = ()
    commands: Entries | None = None
    """The commands of the inline orb that it stands in."""


class _Named(NamedTuple):
    """A job that a workflow names, and what the workflow calls it."""

    name: Text
    as_: Text
    given: Entries
    needs: tuple[str, ...]
    events: frozenset[Event]


def _named(workflow: Entries, at: list[Moment]) -> Iterator[_Named]:
    for one in items(workflow.get("jobs")):
        pairs = one.pairs() if isinstance(one, Entries) else [(one, one)] if isinstance(one, Text) else []
        for name, node in pairs[:1]:
            given = mapping(node) if isinstance(node, Entries) else mapping(None)
            wanted = [one for each in items(given.get("requires")) for one in (mapping(each) or texts(each))]
            events = frozenset(moment.event for moment in at if moment.passes(given))
            if text(given.get("type")) == "approval" and events:
                events = frozenset({Event.MANUAL})
            yield _Named(name, text(given.get("name")) or name, given, tuple(map(str, wanted)), events)


class _Reader:
    """One configuration."""

    def __init__(self, path: str, root: Entries, *, given: bool = True) -> None:
        self._path, self._root = path, root
        self._parameters = parameters_of(root) if given else {}
        self._jobs, self._commands = mapping(root.get("jobs")), mapping(root.get("commands"))
        self._orbs = mapping(root.get("orbs"))
        self._left = _MOST

    def pipelines(self) -> Iterator[Pipeline]:
        """A pipeline for each workflow; without workflows, the job `build`."""
        workflows = [
            (name, mapping(node))
            for name, node in mapping(self._root.get("workflows")).pairs()
            if isinstance(node, Entries)
        ]
        if not workflows and "build" in self._jobs:
            name = next(key for key, _ in self._jobs.pairs() if key == "build")
            job = self._job(
                name, "build", mapping(self._jobs["build"]), mapping(None), frozenset({Event.PULL_REQUEST, Event.PUSH})
            )
            yield self._pipeline(
                name, (job,), (), [one for one in moments() if one.event in (Event.PULL_REQUEST, Event.PUSH)]
            )
        for name, workflow in workflows:
            scheduled = [mapping(mapping(one).get("schedule")) for one in items(workflow.get("triggers"))]
            started = [one for one in moments() if _possible(one, workflow, bool(scheduled))]
            answers = {one: told(workflow, one, self._parameters) for one in started}
            doubts = [like(name, "vars.pipeline_parameters") for answer in answers.values() if answer is None][:1]
            at = [one for one, answer in answers.items() if answer is not False]
            jobs = tuple(self._of_workflow(workflow, at, tuple(doubts)))
            yield self._pipeline(name, jobs, tuple(scheduled), at)

    def _pipeline(
        self, name: Text, jobs: tuple[Job, ...], scheduled: tuple[Entries, ...], at: list[Moment]
    ) -> Pipeline:
        running = {event for job in jobs for event in job.events or ()}
        events = dict.fromkeys(one.event for one in at if one.event in running)
        line = scheduled[0].line if scheduled else name.line
        triggers = [trigger(event, line) for event in events]
        return Pipeline(self._path, System.CIRCLECI, str(name), tuple(triggers), jobs, self._root)

    def _of_workflow(self, workflow: Entries, at: list[Moment], doubts: tuple[Text, ...]) -> Iterator[Job]:
        named = list(_named(workflow, at))
        events = {str(one.as_): one.events for one in named}
        for _ in range(_DEEPEST):  # a job runs only where those that it requires do, and by hand after an approval
            for one in named:
                before = [events[need] for need in one.needs if need in events]
                if events[one.as_] and frozenset({Event.MANUAL}) in before:
                    events[one.as_] = frozenset({Event.MANUAL})
                elif events[one.as_] != {Event.MANUAL}:
                    events[one.as_] = events[one.as_].intersection(*before)
        for one in named:
            if text(one.given.get("type")) != "approval":
                yield from self._jobs_named(one.name, one.as_, one.given, one.needs, events[one.as_], doubts)

    def _jobs_named(
        self,
        name: Text,
        named: Text,
        given: Entries,
        needs: tuple[str, ...],
        events: frozenset[Event],
        doubts: tuple[Text, ...],
    ) -> Iterator[Job]:
        """The job that a workflow names, once for each combination of its matrix."""
        matrix = mapping(mapping(given.get("matrix")).get("parameters"))
        known = {key: [one for one in items(value) if isinstance(one, Text)] for key, value in matrix.items()}
        for values in itertools.islice(itertools.product(*known.values()), _COMBINATIONS):
            own = Entries({**given, **dict(zip(known, values))})
            own.line = name.line
            entry = self._jobs.get(name)
            orb, _, job = name.partition("/")
            inline = mapping(self._orbs.get(orb)) if job else mapping(None)
            if job and inline:
                entry = mapping(inline.get("jobs")).get(job)
            made = self._job(
                name,
                "-".join([named, *values]),
                mapping(entry),
                own,
                events,
                mapping(inline.get("commands")) if inline else None,
            )
            yield made._replace(needs=needs, conditions=doubts)

    def _job(
        self,
        name: Text,
        named: str,
        entry: Entries,
        given: Entries,
        events: frozenset[Event],
        commands: Entries | None = None,
    ) -> Job:
        values = {**_defaults(entry), **given}
        executor = text(entry.get("executor")) or text(mapping(entry.get("executor")).get("name"))
        runs_in = mapping(mapping(self._root.get("executors")).get(executor or ""))
        images = [
            text(mapping(one).get("image")) for one in (*items(entry.get("docker")), *items(runs_in.get("docker")))
        ]
        folder = _put(text(entry.get("working_directory")) or text(runs_in.get("working_directory")) or "", values)
        where = _Where(values, commands=commands)
        if entry:
            around = (*items(given.get("pre-steps")), *items(entry.get("steps")), *items(given.get("post-steps")))
            steps = tuple(self._steps(around, where))
        else:
            steps = (self._used(name, given, where),)
        line = next((key.line for key, _ in self._jobs.pairs() if key == name), name.line)
        return Job(
            named, self._path, line, (), (), "",
            tuple(one._replace(folder=_below(folder, one.folder)) for one in steps),
            tuple(one for one in images if one), "", None, None, events, (), entry,
        )  # fmt: skip

    def _steps(self, nodes: tuple[Node, ...] | list[Node], where: _Where, depth: int = 0) -> Iterator[Step]:
        for node in nodes:
            self._left -= 1
            if self._left < 0 or depth > _DEEPEST:
                return
            if isinstance(node, Text):
                handed = where.values.get(_parameter(node))
                if isinstance(handed, Items):
                    yield from self._steps(handed, where._replace(values={}), depth + 1)
                else:
                    yield from self._step(node, node, where, depth)
            else:
                for name, given in mapping(node).pairs()[:1]:
                    yield from self._step(name, given, where, depth)

    def _step(self, name: Text, given: Node, where: _Where, depth: int) -> Iterator[Step]:
        entry = mapping(given)
        command = mapping(mapping(where.commands).get(name, self._commands.get(name)))
        orb, _, part = name.partition("/")
        inline = mapping(self._orbs.get(orb))
        if name == "run":
            yield self._run(name, given, where)
        elif name in ("when", "unless"):
            condition = like(name, "vars.parameters")
            yield from self._steps(
                items(entry.get("steps")), where._replace(conditions=(*where.conditions, condition)), depth + 1
            )
        elif part and inline:
            commands = mapping(inline.get("commands"))
            found = mapping(commands.get(part))
            inside = self._inside(name, found, entry, where)._replace(commands=commands)
            yield from self._steps(items(found.get("steps")), inside, depth + 1)
        elif command:
            yield from self._steps(items(command.get("steps")), self._inside(name, command, entry, where), depth + 1)
        elif name not in _BUILT_IN:
            yield self._used(name, entry, where)

    def _inside(self, name: Text, command: Entries, given: Entries, where: _Where) -> _Where:
        put = {
            key: like(value, _put(value, where.values)) if isinstance(value, Text) else value
            for key, value in given.items()
        }
        values: dict[str, Node] = {**_defaults(command), **put}
        return where._replace(values=values, via=(*where.via, (self._path, name.line)))

    def _run(self, name: Text, given: Node, where: _Where) -> Step:
        entry = mapping(given)
        command = text(given) or text(entry.get("command"))
        when = text(entry.get("when")) or "on_success"
        condition = "failure()" if when == "on_fail" else "always()" if when == "always" else ""
        said = [*where.conditions, *([like(name, condition)] if condition else [])]
        shell = text(entry.get("shell"))
        return Step(
            path=self._path,
            line=command.line if command and not entry else name.line,
            name=_put(text(entry.get("name")) or "", where.values),
            uses=None,
            inputs=mapping(None),
            scripts=(_script(command, where.values),) if command else (),
            folder=_put(text(entry.get("working_directory")) or "", where.values),
            env=mapping(entry.get("environment")),
            condition=like(said[0], " && ".join(said)) if said else None,
            tolerance="background: true" if text(entry.get("background")) == "true" else "",
            node=entry,
            pipefail=not shell or "pipefail" in shell,
            via=where.via,
        )

    def _used(self, name: Text, given: Entries, where: _Where) -> Step:
        """A published orb's command or job, by the orb's own name."""
        alias, _, part = name.partition("/")
        orb = text(self._orbs.get(alias))
        known = orb.partition("@")[0].rpartition("/")[2] if orb else alias
        uses = like(name, f"orb: {known}/{part}" if part else f"orb: {name}")
        condition = like(where.conditions[0], " && ".join(where.conditions)) if where.conditions else None
        return Step(
            self._path, name.line, str(name), uses, given, (), "", mapping(None), condition, "", given, via=where.via
        )


def _possible(moment: Moment, workflow: Entries, scheduled: bool) -> bool:
    """Whether a moment can start a workflow: a schedule of the pipeline is known only where a condition asks for it."""
    if moment.event is not Event.SCHEDULE:
        return not scheduled
    return not scheduled and asks_for_schedule(workflow) if moment.api else scheduled


def _defaults(entry: Entries) -> dict[str, Node]:
    """The values that parameters have by default."""
    declared = mapping(entry.get("parameters"))
    return {name: value for name, one in declared.items() if (value := mapping(one).get("default")) is not None}


def _parameter(node: str) -> str:
    match = _LEFT.fullmatch(node.strip())
    return match[1].removeprefix("parameters.") if match else ""


def _put(value: str, values: Mapping[str, Node]) -> str:
    """A text with the plain parameters put in, and shell variables for the others."""
    if "<<" not in value:
        return value

    def given(match: re.Match[str]) -> str:
        known = values.get(match[1].removeprefix("parameters."))
        if isinstance(known, Text) and match[1].startswith("parameters."):
            return known
        return "${" + re.sub(r"\W", "_", match[1]).upper() + "}"

    return _LEFT.sub(given, value).replace("\\<<", "<<")


def _script(command: Text, values: Mapping[str, Node]) -> Script:
    written = script(command)
    return written._replace(text=_put(written.text, values))


def _below(folder: str, own: str) -> str:
    """A step's folder below its job's, the checkout being `~/project` or whatever the job names."""
    for start in (folder, "~/project"):
        if start and (own == start or own.startswith(f"{start}/")):
            return own[len(start) :].strip("/")
    return "" if own.startswith(("~", "/", "$")) else own.strip("/").removeprefix("./")
