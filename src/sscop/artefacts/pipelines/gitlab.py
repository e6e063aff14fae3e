"""GitLab pipelines: `.gitlab-ci.yml`, the files of this repository that it includes, and its child pipelines.

What is merged (`include`, `extends`, `default`, `!reference`) keeps the file and line that it was written at.
Sources: GitLab's CI/CD YAML syntax; its pages on includes, rules, merge request pipelines and downstream pipelines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, like, mapping, text, texts
from sscop.artefacts.pipelines.gitlab_conditions import Values
from sscop.artefacts.pipelines.gitlab_files import FILE, Files, merged
from sscop.artefacts.pipelines.gitlab_rules import MOMENTS, Moment, Ruling, by_refs, by_rules
from sscop.artefacts.pipelines.model import Event, Job, Pipeline, Step, System, trigger
from sscop.artefacts.shell import Script, script
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository

_WORDS = {
    "image", "services", "stages", "types", "before_script", "after_script", "variables", "cache", "include",
    "workflow", "default", "spec",
}  # fmt: skip
_INHERITED = ("image", "services", "before_script", "after_script")
_DEEPEST, _CHILDREN, _MOST_STAGES, _MOST_JOBS = 11, 2, 100, 2000
_MOST_RULES, _MOST_LINES = 100_000, 100_000


def pipelines(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """The project's pipeline, and what it includes that can't be read here."""
    if not repo.has(FILE):
        return (), ()
    files = Files(repo)
    root = files.load(FILE)
    if root is None:
        return (), tuple(files.unread)
    pipeline = _Reader(files, root).pipeline(FILE)
    return (pipeline,), tuple(files.unread)


class _Told(NamedTuple):
    """What a job's rules come to over all moments."""

    events: frozenset[Event]
    paths: tuple[str, ...]
    tolerance: str
    conditions: tuple[Text, ...]


class _Reader:
    """One configuration with everything merged into it."""

    def __init__(self, files: Files, root: Entries, caller: Job | None = None, depth: int = 0) -> None:
        self._files, self._root, self._caller, self._depth = files, root, caller, depth
        self._default = mapping(root.get("default"))
        self._workflow = mapping(root.get("workflow"))
        self._variables = _values(root.get("variables"))
        self._resolved: dict[str, Entries] = {}
        self._rules, self._lines = _MOST_RULES, _MOST_LINES

    def pipeline(self, path: str) -> Pipeline:
        """The pipeline that a file is."""
        possible = [one for one in MOMENTS if one.event is not Event.SCHEDULE or self._files.scheduled]
        started = [(moment, ruling) for moment in possible if (ruling := self._started(moment)).runs is not False]
        jobs = tuple(self._jobs([moment for moment, _ in started]))
        running = {event for job in jobs for event in job.events or ()}
        line = self._workflow.line if self._workflow else 1
        events = dict.fromkeys(moment.event for moment, _ in started if moment.event in running)
        name = text(self._workflow.get("name")) or ""
        return Pipeline(path, System.GITLAB, name, tuple(trigger(event, line) for event in events), jobs, self._root)

    def _started(self, moment: Moment) -> Ruling:
        rules = self._workflow.get("rules")
        return by_rules(items(rules), moment, self._variables, self._files.exist) if rules is not None else Ruling(True)

    def _jobs(self, moments: Sequence[Moment]) -> Iterator[Job]:
        stages: list[str] = [".pre", *(texts(self._root.get("stages")) or ("build", "test", "deploy")), ".post"]
        found: list[tuple[Text, Entries, str]] = []
        by_stage: dict[str, list[str]] = {}
        for name, node in self._root.pairs():
            if (
                isinstance(node, Entries)
                and name not in _WORDS
                and not name.startswith(".")
                and len(found) < _MOST_JOBS
            ):
                entry = self._with_defaults(self.resolve(name))
                if {"script", "trigger", "run"} & entry.keys():
                    found.append((name, entry, text(entry.get("stage")) or "test"))
                    by_stage.setdefault(found[-1][2], []).append(str(name))
        earlier: dict[str, tuple[str, ...]] = {}
        before: tuple[str, ...] = ()
        for stage in stages[:_MOST_STAGES]:
            earlier[stage] = before
            before += tuple(by_stage.get(stage, ()))
        for name, entry, stage in found:
            job = self._job(name, entry, earlier.get(stage, ()), moments)
            yield from self._with_child(job) if "trigger" in entry else [job]
        for template in self._files.templates:
            yield self._template(template, moments)

    def resolve(self, name: str, depth: int = 0) -> Entries:
        """A job with what it extends merged in."""
        known = self._resolved.get(name)
        if known is None:
            own = mapping(self._root.get(name))
            self._resolved[name] = own  # for those that extend each other in a circle
            known = Entries()
            for parent in texts(own.get("extends")) if depth < _DEEPEST else ():
                known = merged(known, self.resolve(parent, depth + 1))
            known = merged(known, own)
            known.line = own.line
            self._resolved[name] = known
        return known

    def _with_defaults(self, entry: Entries) -> Entries:
        inherit = mapping(entry.get("inherit")).get("default")
        if text(inherit) == "false":
            return entry
        wanted = texts(inherit) if isinstance(inherit, Items) else _INHERITED
        given = {word: self._default.get(word, self._root.get(word)) for word in _INHERITED if word in wanted}
        whole = Entries({**{word: node for word, node in given.items() if node is not None}, **entry})
        whole.line = entry.line
        return whole

    def _job(self, name: Text, entry: Entries, earlier: tuple[str, ...], moments: Sequence[Moment]) -> Job:
        needs = entry.get("needs")
        named = [one if isinstance(one, Text) else text(mapping(one).get("job")) for one in items(needs)]
        environment = entry.get("environment")
        images = [
            mapping(one).get("name") if isinstance(one, Entries) else one
            for one in (entry.get("image"), *items(entry.get("services")))
        ]
        trigger = entry.get("trigger")
        told = self._told(entry, moments)
        caller = self._caller
        return Job(
            id=f"{caller.id} / {name}" if caller else str(name),
            path=self._files.path(name),
            line=name.line,
            needs=earlier if needs is None else tuple(str(one) for one in named if one),
            conditions=(*(caller.conditions if caller else ()), *told.conditions),
            tolerance=(caller.tolerance if caller else "") or told.tolerance,
            steps=tuple(self._steps(str(name), entry)),
            images=() if trigger is not None else tuple(one for one in map(text, images) if one),
            environment=(
                text(mapping(environment).get("name")) if isinstance(environment, Entries) else text(environment)
            )
            or "",
            permissions=None,
            calls=_project(trigger),
            events=told.events if caller is None else told.events & (caller.events or frozenset()),
            via=(*caller.via, (caller.path, caller.line)) if caller else (),
            node=entry,
            paths=told.paths or (caller.paths if caller else ()),
        )

    def _told(self, entry: Entries, moments: Sequence[Moment]) -> _Told:
        """At which events the job runs by itself, and what its failing means there."""
        variables = {**self._variables, **_values(entry.get("variables"))}
        rules = self._referenced(entry.get("rules")) if entry.get("rules") is not None else None
        own = text(entry.get("when")) or "on_success"
        events: dict[Event, Ruling] = {}
        self._rules -= len(rules or ()) * len(moments)
        if self._rules < 0:
            return _Told(frozenset(), (), "", ())
        for moment in moments:
            if rules is not None:
                ruling = by_rules(rules, moment, variables, self._files.exist)
                if ruling.when == "on_success":
                    ruling = ruling._replace(when=own)
            else:
                ruling = by_refs(entry, moment, variables, default=not self._workflow.get("rules"))._replace(when=own)
            if ruling.runs is False or ruling.when == "never":
                continue
            event = Event.MANUAL if ruling.when == "manual" else moment.event
            known = events.get(event)
            if known is None or _rank(ruling) > _rank(known):
                events[event] = ruling
        best = next((events[event] for event in Event if event in events), Ruling(False))
        conditions = [best.undecided] if best.runs is None and best.undecided else []
        if best.when in ("always", "on_failure"):
            conditions.append(
                like(text(entry.get("when")) or _at(entry), "always()" if best.when == "always" else "failure()")
            )
        return _Told(frozenset(events), best.paths, _tolerance(best, entry), tuple(conditions))

    def _referenced(self, node: Node | None, depth: int = 0) -> list[Node]:
        """A list with the lists in it and `!reference [job, key ...]` put in place."""
        if isinstance(node, Items) and node.tag == "!reference":
            keys = texts(node)
            found: Node | None = self._root.get(keys[0]) if keys else None
            if keys and isinstance(found, Entries) and len(keys) > 1 and keys[1] not in found:
                found = self.resolve(keys[0])
            for key in keys[1:]:
                found = mapping(found).get(key) if isinstance(found, Entries) else None
            return self._referenced(found, depth + 1) if depth < _DEEPEST else []
        flat: list[Node] = []
        for one in items(node):
            self._lines -= 1
            if self._lines < 0:
                break
            flat += self._referenced(one, depth + 1) if isinstance(one, Items) and depth < _DEEPEST else [one]
        return flat

    def _steps(self, name: str, entry: Entries) -> Iterator[Step]:
        """One step for each file that a job's script is written in, and for what runs after it."""
        told = [(part, one) for part in ("before_script", "script") for one in self._referenced(entry.get(part))]
        lines = [(part, one) for part, one in told if isinstance(one, Text) and not one.is_null]
        for path, group in groupby(lines, key=lambda pair: self._files.path(pair[1])):
            grouped = list(group)
            yield self._step(path, grouped[-1][0], entry, [one for _, one in grouped], "")
        for one in map(mapping, items(entry.get("run"))):
            command, uses = text(one.get("script")), text(one.get("step"))
            step = self._step(
                self._files.path(one), text(one.get("name")) or "run", one, [command] if command else [], ""
            )
            yield step._replace(line=one.line, uses=uses, inputs=mapping(one.get("inputs")))
        after = [
            one for one in self._referenced(entry.get("after_script")) if isinstance(one, Text) and not one.is_null
        ]
        for path, rest in groupby(after, key=self._files.path):
            yield self._step(path, "after_script", entry, list(rest), "after_script")

    def _step(self, path: str, name: str, entry: Entries, lines: Sequence[Text], tolerance: str) -> Step:
        scripts = tuple(_plain(script(one)) for one in lines)
        line = lines[0].line if lines else entry.line
        return Step(
            path,
            line,
            name,
            None,
            mapping(None),
            scripts,
            "",
            mapping(entry.get("variables")),
            None,
            tolerance,
            entry,
            pipefail=True,
        )

    def _with_child(self, job: Job) -> Iterator[Job]:
        """A job that starts another pipeline, and that one's jobs where they are this repository's."""
        trigger = mapping(job.node.get("trigger"))
        yield job
        if self._depth >= _CHILDREN or job.calls:
            return
        child = self._files.included(trigger.get("include"), job.path)
        waits = text(trigger.get("strategy")) in ("depend", "mirror")
        tolerance = job.tolerance or ("" if waits else "`trigger` without `strategy: depend`")
        if child:
            reader = _Reader(self._files, child, job._replace(tolerance=tolerance), self._depth + 1)
            moments = [_as_child(moment) for moment in MOMENTS if moment.event in (job.events or ())]
            yield from reader._jobs([moment for moment in moments if reader._started(moment).runs is not False])

    def _template(self, name: Text, moments: Sequence[Moment]) -> Job:
        """The jobs of one of GitLab's own templates, by its name."""
        path = self._files.path(name)
        uses = like(name, f"template: {name}")
        step = Step(path, name.line, str(name), uses, mapping(None), (), "", mapping(None), None, "", mapping(None))
        events = frozenset(moment.event for moment in moments)
        return Job(uses, path, name.line, (), (), "", (step,), (), "", None, None, events, (), mapping(None))


def _rank(ruling: Ruling) -> tuple[bool, bool]:
    return bool(ruling.runs), not ruling.paths


def _tolerance(ruling: Ruling, entry: Entries) -> str:
    said = ruling.allow_failure if ruling.allow_failure is not None else entry.get("allow_failure")
    if isinstance(said, Text):
        return "allow_failure: true" if said == "true" else ""
    codes = texts(mapping(said).get("exit_codes"))
    return "allow_failure: exit_codes: 1" if "1" in codes else ""


def _as_child(moment: Moment) -> Moment:
    return moment._replace(values={**moment.values, "CI_PIPELINE_SOURCE": ("parent_pipeline",)}, word="pipelines")


def _project(trigger: Node | None) -> Text | None:
    """The project that a job starts a pipeline of, or the artefact that a pipeline is made from at run time."""
    made = [text(mapping(one).get("artifact")) for one in items(mapping(trigger).get("include"))]
    return text(trigger) or text(mapping(trigger).get("project")) or next((one for one in made if one), None)


def _values(node: Node | None) -> Values:
    """Variables with plain values."""
    known: dict[str, tuple[str, ...]] = {}
    for name, value in mapping(node).items():
        plain = text(mapping(value).get("value")) if isinstance(value, Entries) else value
        if isinstance(plain, Text) and "$" not in plain:
            known[name] = (str(plain),)
    return known


def _plain(one: Script) -> Script:
    """Shell text without the `$[[ inputs.x ]]` of templates, which are no shell."""
    return one._replace(text=one.text.replace("$[[", "${").replace("]]", "}")) if "$[[" in one.text else one


def _at(entry: Entries) -> Text:
    blank = Text("")
    blank.line, blank.style, blank.source = entry.line, None, None
    return blank
