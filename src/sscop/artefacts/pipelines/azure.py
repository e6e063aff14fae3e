"""Azure pipelines: stages, jobs and steps, the templates of this repository followed.

A template of another repository is a step or a job that `uses` or `calls` it; lists of steps and jobs that are handed
to any template as parameters are read where they stand.
Sources: the Azure Pipelines YAML schema; its pages on templates, triggers, stages and deployment jobs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, like, load, mapping, text, texts
from sscop.artefacts.pipelines.azure_conditions import translated
from sscop.artefacts.pipelines.azure_steps import WORDS, put, step
from sscop.artefacts.pipelines.azure_triggers import triggers
from sscop.artefacts.pipelines.model import Job, Pipeline, Step, System
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

GLOBS = (
    "**/*azure-pipelines*.{yml,yaml}", "**/*azure-pipeline.{yml,yaml}", "**/azure-pipelines/**/*.{yml,yaml}",
    ".azure*/**/*.{yml,yaml}", ".{ado,pipelines,vsts}/**/*.{yml,yaml}", "{,eng/}pipelines/**/*.{yml,yaml}",
    ".vsts-*.{yml,yaml}",
)  # fmt: skip
_OWN_NAME = lazily(r"(?:^|/)[^/]*azure-pipelines?[^/]*\.ya?ml$|(?:^|/)\.vsts-[^/]*$", re.IGNORECASE)
_STARTS = ("trigger", "pr", "schedules", "resources", "pool", "extends", "name")
_LEVELS = {"stages": ("stage",), "jobs": ("job", "deployment"), "steps": WORDS}
_LIFECYCLE = ("preDeploy", "deploy", "routeTraffic", "postRouteTraffic")
_HOPS, _MOST = 8, 3000


def load_pipeline(source: str) -> Entries | None:
    """A pipeline or template; None for YAML that is neither. Raises Malformed for what is not YAML."""
    root = load(source)
    if not isinstance(root, Entries):
        return None
    extended = text(mapping(root.get("extends")).get("template"))
    lists = [word for word in _LEVELS if isinstance(root.get(word), Items)]
    told = {key for word in lists for one in items(root[word]) for key in mapping(one)}
    known = {"template", *(word for words in _LEVELS.values() for word in words)}
    return root if extended or told & known or any(key.startswith("${{") for key in told) else None


class _Where(NamedTuple):
    """The template that something stands in, the plain values of its parameters, and what it depends on."""

    path: str
    values: Mapping[str, str]
    via: tuple[tuple[str, int], ...]
    conditions: tuple[Text, ...]


def pipelines(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """Every pipeline that is not just a template of others."""
    roots: dict[str, Entries] = {}
    unread: list[Unread] = []
    for path in repo.find(*GLOBS, family=Family.TOOLS):
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
            found = _resolve(repo, name, path) if name else None
            if found:
                yield found
            waiting += node.values()
        elif isinstance(node, Items):
            waiting += node


def _resolve(repo: Repository, name: str, path: str) -> str | None:
    """The file of this repository that a template's name means, seen from a file."""
    name, _, alias = name.partition("@")
    if alias not in ("", "self") or "$" in name:
        return None
    wanted = posixpath.normpath(
        name.lstrip("/") if name.startswith("/") else posixpath.join(posixpath.dirname(path), name)
    )
    return next((one for one in (wanted, posixpath.normpath(name.lstrip("/"))) if repo.has(one)), None)


class _Reader:
    """One pipeline."""

    def __init__(self, repo: Repository, root: Entries) -> None:
        self._repo, self._root = repo, root
        self._variables = dict(_variables(root.get("variables")))
        self._left = _MOST

    def jobs(self, path: str) -> Iterator[Job]:
        """All jobs, stage by stage."""
        where = _Where(path, _defaults(self._root), (), ())
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

    def _top(self, root: Entries, where: _Where, *, in_parameters: bool) -> Iterator[tuple[Entries, _Where, str]]:
        kind = next((kind for kind in _LEVELS if kind in root), "")
        if in_parameters:
            yield from self._template(root, where, "stages")
        elif kind == "steps":
            yield root, where, kind
        elif kind:
            yield from self._listed(root[kind], where, kind)

    def _in_stage(self, entry: Entries, where: _Where, prefix: str) -> Iterator[Job]:
        if isinstance(entry.get("jobs"), Items):
            for job, there, kind in self._listed(entry["jobs"], where, "jobs"):
                yield from self._jobs_of(job, there, prefix, kind)
        else:
            yield from self._jobs_of(entry, where, prefix, "steps" if "template" not in entry else "jobs")

    def _under(self, entry: Entries, where: _Where) -> _Where:
        """Inside something with a condition of its own."""
        own = text(entry.get("condition"))
        return (
            where._replace(conditions=(*where.conditions, translated(own, self._variables, where.values)))
            if own
            else where
        )

    def _jobs_of(self, entry: Entries, where: _Where, prefix: str, kind: str) -> Iterator[Job]:
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
        tolerance = put(text(entry.get("continueOnError")) or "", where.values)
        yield Job(
            id=f"{prefix}{put(name, where.values)}",
            path=where.path,
            line=entry.line,
            needs=tuple(f"{prefix}{one}" for one in texts(entry.get("dependsOn"))) if kind == "jobs" else (),
            conditions=inner.conditions,
            tolerance="continueOnError: true"
            if tolerance.lower() == "true"
            else f"continueOnError: {tolerance}"
            if "$" in tolerance
            else "",
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

    def _steps(self, entry: Entries, where: _Where) -> Iterator[Step]:
        lists: list[Node | None] = [entry.get("steps")]
        for strategy in mapping(entry.get("strategy")).values():
            phases = [
                *(mapping(strategy).get(word) for word in _LIFECYCLE),
                *mapping(mapping(strategy).get("on")).values(),
            ]
            lists += [mapping(phase).get("steps") for phase in phases]
        for one in lists:
            for node, there, _ in self._listed(one, where, "steps"):
                template = text(node.get("template"))
                found = step(node, there.path, there.values, self._variables, there.via, there.conditions)
                yield found._replace(uses=like(template, f"template: {template}")) if template else found

    def _listed(
        self, node: Node | None, where: _Where, kind: str, hops: int = 0
    ) -> Iterator[tuple[Entries, _Where, str]]:
        """The entries of a list of stages, jobs or steps, with templates and `${{ if }}` blocks put in place."""
        earlier: list[str] = []
        for one in items(node):
            self._left -= 1
            if not isinstance(one, Entries) or self._left < 0 or hops > 2 * _HOPS:
                continue
            blocks = [
                (key, value)
                for key, value in one.pairs()
                if re.match(r"\$\{\{\s*(?:if|else|elseif|each|insert)\b", key)
            ]
            if blocks and len(blocks) == len(one):
                for key, value in blocks:
                    condition = self._block(key, where, earlier)
                    there = where._replace(conditions=(*where.conditions, condition)) if condition else where
                    yield from self._listed(value, there, kind, hops + 1)
            elif "template" in one:
                yield from self._template(one, where, kind, hops)
            else:
                yield one, where, kind

    def _block(self, key: Text, where: _Where, earlier: list[str]) -> Text | None:
        """The condition of a `${{ if }}`, `${{ elseif }}` or `${{ else }}` block."""
        match = re.fullmatch(r"\$\{\{\s*(if|elseif|else)\b(.*)\}\}", key, re.DOTALL)
        if not match:
            return None
        if match[1] == "if":
            earlier.clear()
        own = translated(like(key, match[2].strip()), self._variables, where.values) if match[2].strip() else ""
        whole = " && ".join([*(f"!({one})" for one in earlier), *([own] if own else [])])
        if own:
            earlier.append(own)
        return like(key, whole or "true")

    def _template(
        self, call: Entries, where: _Where, kind: str, hops: int = 0
    ) -> Iterator[tuple[Entries, _Where, str]]:
        """What a template holds, and the lists that are handed to it; the call itself where it can't be read."""
        name = text(call.get("template"))
        path = _resolve(self._repo, put(name, where.values), where.path) if name else None
        root = self._repo.parse(path, load_pipeline) if path and hops < _HOPS else None
        given = mapping(call.get("parameters"))
        if path is None or not isinstance(root, Entries):
            yield call, where, kind
        else:
            values = {
                **_defaults(root),
                **{key: put(value, where.values) for key, value in given.items() if isinstance(value, Text)},
            }
            there = _Where(path, values, (*where.via, (where.path, call.line)), where.conditions)
            extended = mapping(root.get("extends"))
            if extended:
                yield from self._template(extended, there, kind, hops + 1)
            for level in _LEVELS:
                yield from self._within(root.get(level), there, kind, level, hops + 1)
        for level, node in _handed(given):
            yield from self._within(node, where, kind, level, hops + 1)

    def _within(
        self, node: Node | None, where: _Where, kind: str, level: str, hops: int
    ) -> Iterator[tuple[Entries, _Where, str]]:
        """A template's list where a list of a kind is wanted: bare steps are one job there."""
        if level == "steps" and kind != "steps" and isinstance(node, Items):
            job = Entries({"steps": node})
            job.line = node.line
            yield job, where, "steps"
        else:
            yield from self._listed(node, where, level, hops)


def _handed(given: Entries) -> Iterator[tuple[str, Node]]:
    """The lists of stages, jobs and steps among a template's parameters, outermost ones only."""
    waiting: list[Node] = list(given.values())
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Items):
            keys = {key for one in node for key in mapping(one)}
            level = next((level for level, words in _LEVELS.items() if keys & {*words} - {"template"}), None)
            named = level or ("steps" if "template" in keys else None)
            if named:
                yield named, node
                continue
            waiting += node
        elif isinstance(node, Entries):
            waiting += node.values()


def _defaults(root: Entries) -> dict[str, str]:
    """The plain values that parameters have by default; both forms of declaring them."""
    declared = root.get("parameters")
    if isinstance(declared, Entries):
        return {key: value for key, value in declared.items() if isinstance(value, Text)}
    known: dict[str, str] = {}
    for one in map(mapping, items(declared)):
        name, value = text(one.get("name")), one.get("default")
        if name and isinstance(value, Text):
            known[name] = value
    return known


def _variables(node: Node | None) -> Iterator[tuple[str, str]]:
    if isinstance(node, Entries):
        yield from ((key, value) for key, value in node.items() if isinstance(value, Text))
    for one in map(mapping, items(node) if isinstance(node, Items) else []):
        name, value = text(one.get("name")), text(one.get("value"))
        if name and value:
            yield name, value
