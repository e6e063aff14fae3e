"""Azure pipelines: stages, jobs and steps, the templates of this repository followed.

A template of another repository is a step or a job that `uses` or `calls` it.
Sources: the Azure Pipelines YAML schema; its pages on templates, triggers, stages and deployment jobs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, like, mapping, text, texts
from sscop.artefacts.pipelines.azure_conditions import translated
from sscop.artefacts.pipelines.azure_steps import put, step, tolerance
from sscop.artefacts.pipelines.azure_templates import LEVELS, Found, Templates, Where, defaults, load_pipeline, resolve
from sscop.artefacts.pipelines.azure_triggers import triggers
from sscop.artefacts.pipelines.model import Job, Pipeline, Step, System
from sscop.artefacts.pipelines.systems import AZURE
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_OWN_NAME = lazily(r"(?:^|/)[^/]*azure-pipelines?[^/]*\.ya?ml$|(?:^|/)\.vsts-[^/]*$", re.IGNORECASE)
_STARTS = ("trigger", "pr", "schedules", "resources", "pool", "extends", "name")
_LIFECYCLE = ("preDeploy", "deploy", "routeTraffic", "postRouteTraffic")


def pipelines(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """Every pipeline that is not just a template of others."""
    roots: dict[str, Entries] = {}
    unread: list[Unread] = []
    for path in repo.find(*AZURE, family=Family.TOOLS):
        found = repo.parse(path, load_pipeline)
        if isinstance(found, Unread):
            if _OWN_NAME.search(path) and not repo.gone(found):
                unread.append(found)
        elif found is not None:
            roots[path] = found
    used = {name for path, root in roots.items() for name in _named(repo, path, root)}
    made = []
    for path, root in roots.items():
        if path not in used and (_OWN_NAME.search(path) or any(word in root for word in _STARTS)):
            reader = _Reader(repo, root)
            made.append(
                Pipeline(
                    path, System.AZURE, text(root.get("name")) or "", triggers(root), tuple(reader.jobs(path)), root
                )
            )
    return tuple(made), tuple(unread)


def _named(repo: Repository, path: str, root: Entries) -> Iterator[str]:
    """The files that a pipeline names as its templates."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Entries):
            name = text(node.get("template"))
            found = resolve(repo, name, path) if name else None
            if found:
                yield found
            waiting += node.values()
        elif isinstance(node, Items):
            waiting += node


class _Reader:
    """One pipeline."""

    def __init__(self, repo: Repository, root: Entries) -> None:
        self._repo, self._root = repo, root
        self._variables = dict(_variables(root.get("variables")))
        self._templates = Templates(repo, self._variables)

    def jobs(self, path: str) -> Iterator[Job]:
        """All jobs, stage by stage."""
        where = Where(path, defaults(self._root), (), ())
        extended = mapping(self._root.get("extends"))
        done: dict[str, list[str]] = {}
        before: tuple[str, ...] = ()
        for entry, there, kind in self._top(extended or self._root, where, in_parameters=bool(extended)):
            if kind == "stages" and "template" not in entry:
                name = text(entry.get("stage")) or f"stage {len(done) + 1}"
                needs = (
                    before
                    if "dependsOn" not in entry
                    else tuple(job for one in texts(entry["dependsOn"]) for job in done.get(one, ()))
                )
                there = self._under(entry, there)
                found = [job._replace(needs=(*needs, *job.needs)) for job in self._in_stage(entry, there, f"{name}.")]
                done[name] = [job.id for job in found]
                before = tuple(done[name])
                yield from found
            else:
                yield from self._jobs_of(entry, there, "", kind)

    def _top(self, root: Entries, where: Where, *, in_parameters: bool) -> Iterator[Found]:
        kind = next((kind for kind in LEVELS if kind in root), "")
        if in_parameters:
            yield from self._templates.called(root, where, "stages")
        elif kind == "steps":
            yield Found(root, where, kind)
        elif kind:
            yield from self._templates.listed(root[kind], where, kind)

    def _in_stage(self, entry: Entries, where: Where, prefix: str) -> Iterator[Job]:
        if isinstance(entry.get("jobs"), Items):
            for job, there, kind in self._templates.listed(entry["jobs"], where, "jobs"):
                yield from self._jobs_of(job, there, prefix, kind)
        else:
            yield from self._jobs_of(entry, where, prefix, "steps" if "template" not in entry else "jobs")

    def _under(self, entry: Entries, where: Where) -> Where:
        """Inside something with a condition of its own."""
        own = text(entry.get("condition"))
        return (
            where._replace(conditions=(*where.conditions, translated(own, self._variables, where.values)))
            if own
            else where
        )

    def _jobs_of(self, entry: Entries, where: Where, prefix: str, kind: str) -> Iterator[Job]:
        """The job that an entry is; of a template that can't be read, the call."""
        template = text(entry.get("template"))
        name = text(entry.get("job")) or text(entry.get("deployment")) or template or "job"
        inner = where if kind == "steps" else self._under(entry, where)
        steps: tuple[Step, ...] = ()
        if not template:
            steps = tuple(self._steps(entry, inner._replace(conditions=())))
        environment = entry.get("environment")
        image = entry.get("container")
        images = (
            mapping(image).get("image") if isinstance(image, Entries) else image,
            *mapping(entry.get("services")).values(),
        )
        yield Job(
            id=f"{prefix}{put(name, where.values)}",
            path=where.path,
            line=entry.line,
            needs=tuple(f"{prefix}{one}" for one in texts(entry.get("dependsOn"))) if kind == "jobs" else (),
            conditions=inner.conditions,
            tolerance=tolerance(entry, where.values),
            steps=steps,
            images=tuple(one for one in map(text, images) if one),
            environment=(
                text(mapping(environment).get("name")) if isinstance(environment, Entries) else text(environment)
            )
            or "",
            permissions=None,
            calls=template,
            events=None,
            via=where.via,
            node=entry,
        )

    def _steps(self, entry: Entries, where: Where) -> Iterator[Step]:
        lists: list[Node | None] = [entry.get("steps")]
        for strategy in mapping(entry.get("strategy")).values():
            phases = [
                *(mapping(strategy).get(word) for word in _LIFECYCLE),
                *mapping(mapping(strategy).get("on")).values(),
            ]
            lists += [mapping(phase).get("steps") for phase in phases]
        for one in lists:
            for node, there, _ in self._templates.listed(one, where, "steps"):
                template = text(node.get("template"))
                found = step(node, there.path, there.values, self._variables, there.via, there.conditions)
                yield found._replace(uses=like(template, f"template: {template}")) if template else found


def _variables(node: Node | None) -> Iterator[tuple[str, str]]:
    if isinstance(node, Entries):
        yield from ((key, value) for key, value in node.items() if isinstance(value, Text))
    for one in map(mapping, items(node) if isinstance(node, Items) else []):
        name, value = text(one.get("name")), text(one.get("value"))
        if name and value:
            yield name, value
