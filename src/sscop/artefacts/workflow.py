"""GitHub workflows and actions, line by line.

Sources: GitHub's workflow syntax and metadata syntax for actions. Later checks share these types, so everything
that a check may ask for is here, and nothing is judged.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from sscop.artefacts.nodes import Entries, Node, Text, items, like, load, mapping, text
from sscop.artefacts.shell import Script, script
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family

_VARIABLE = lazily(r"\$\{\{\s*((?:matrix|env)\.[\w-]+(?:\.[\w-]+)*)\s*\}\}")
_LITERAL = lazily(r"'((?:[^']|'')*)'")
_COMPARED = lazily(r"[=(,]\s*'((?:[^']|'')*)'")
_COMBINATIONS, _SCRIPTS = 256, 16


class Step(NamedTuple):
    """A step of a job or of a composite action. `line` is its first line; `with_` and `env` are mappings."""

    line: int
    uses: Text | None
    run: Text | None
    with_: Entries
    env: Entries
    node: Entries


class Job(NamedTuple):
    """A job. `uses` is set for a call of a reusable workflow; `node` holds everything else."""

    id: str
    line: int
    uses: Text | None
    steps: tuple[Step, ...]
    node: Entries
    env: Entries
    """The workflow's and the job's own environment."""

    @property
    def matrix(self) -> Node | None:
        """The matrix: a mapping, or a text when an expression makes it at run time."""
        return mapping(self.node.get("strategy")).get("matrix")

    def images(self) -> Iterator[Text]:
        """The container's and the services' images."""
        container = self.node.get("container")
        if isinstance(container, Entries):
            container = container.get("image")
        services = [mapping(service).get("image") for service in mapping(self.node.get("services")).values()]
        yield from (one for one in map(text, [container, *services]) if one)

    def labels(self) -> Iterator[Text]:
        """The runner labels that the job asks for."""
        runs_on = self.node.get("runs-on")
        if isinstance(runs_on, Entries):
            runs_on = runs_on.get("labels")
        yield from (one for one in map(text, items(runs_on)) if one)

    def values(self, value: Text, env: Entries | None = None) -> Iterator[Text]:
        """A text with its matrix and environment variables expanded, each at the line that its value comes from.

        Of a larger expression (`matrix.os || 'ubuntu-latest'`) the texts that it may give are yielded. What the
        workflow does not say stays an expression.
        """
        for one in _expand(value, self.matrix, Entries({**self.env, **(env or {})})):
            literals = _LITERAL.findall(one) if re.fullmatch(r"\$\{\{.*\}\}", one, re.DOTALL) else []
            compared = set(_COMPARED.findall(one)) if literals else ()
            given = [literal for literal in literals if literal not in compared]
            yield from (like(one, literal) for literal in given) if given else (one,)

    def scripts(self, run: Text) -> Iterator[Script]:
        """A `run:` text as shell, once for each way that the matrix puts values into it."""
        written = script(run)
        names = list(dict.fromkeys(_VARIABLE.findall(written.text))) if "${{" in written.text else []
        choices = {name: list(_choices(name, self.matrix, self.env))[:_SCRIPTS] for name in names}
        known = {name: values for name, values in choices.items() if values}
        for chosen in itertools.islice(itertools.product(*known.values()), _SCRIPTS):
            yield written._replace(text=_put(written.text, dict(zip(known, chosen)))) if known else written


class Workflow(NamedTuple):
    """A workflow; `on` maps trigger names to their configuration."""

    name: str
    on: Entries
    jobs: tuple[Job, ...]
    node: Entries


class Action(NamedTuple):
    """An action's metadata: `using` is `composite`, `docker`, `node20` ...; `image` is set for docker actions."""

    using: str
    steps: tuple[Step, ...]
    image: Text | None
    node: Entries


def load_workflow(source: str) -> Workflow:
    """Read a workflow. Raises Malformed when the text is not YAML, or no mapping with `jobs`."""
    node = load(source)
    if not isinstance(node, Entries) or not isinstance(node.get("jobs"), Entries):
        raise Malformed("is not a workflow: it has no `jobs`", node.line)
    env = mapping(node.get("env"))
    jobs = tuple(
        Job(
            key,
            key.line,
            text(job.get("uses")),
            _steps(job.get("steps")),
            job,
            Entries({**env, **mapping(job.get("env"))}),
        )
        for key, job in mapping(node["jobs"]).pairs()
        if isinstance(job, Entries)
    )
    return Workflow(text(node.get("name")) or "", _triggers(node.get("on")), jobs, node)


def load_action(source: str) -> Action | None:
    """Read an action's metadata; None for another kind of file that happens to be named `action.yml`."""
    node = load(source)
    runs = mapping(node).get("runs")
    if not isinstance(runs, Entries):
        return None
    return Action(text(runs.get("using")) or "", _steps(runs.get("steps")), text(runs.get("image")), mapping(node))


def workflow_paths(repo: Repository) -> list[str]:
    """The files that GitHub runs as workflows: directly in `.github/workflows`, in exactly that case."""
    found = repo.find(".github/workflows/*.{yml,yaml}")
    return [path for path in found if path.startswith(".github/workflows/")]


def action_paths(repo: Repository) -> list[str]:
    """The actions' metadata files, wherever they lie."""
    return repo.find("**/action.{yml,yaml}", family=Family.TOOLS)


def _steps(node: Node | None) -> tuple[Step, ...]:
    """The steps in order; those that run beside each other (`parallel:`) are taken one by one."""
    steps: list[Step] = []
    for step in items(node):
        if isinstance(step, Entries) and "parallel" in step:
            steps += _steps(step["parallel"])
        elif isinstance(step, Entries):
            uses, run = text(step.get("uses")), text(step.get("run"))
            steps.append(Step(step.line, uses, run, mapping(step.get("with")), mapping(step.get("env")), step))
    return tuple(steps)


def _triggers(node: Node | None) -> Entries:
    if isinstance(node, Entries):
        return node
    triggers = Entries()
    triggers.line = node.line if node is not None else 1
    for trigger in items(node):
        if isinstance(trigger, Text):
            triggers[trigger] = trigger
    return triggers


def _expand(value: Text, matrix: Node | None, env: Entries) -> Iterator[Text]:
    names = list(dict.fromkeys(_VARIABLE.findall(value)))
    choices = [list(_choices(name, matrix, env)) for name in names]
    if not names or not all(choices):
        yield value
        return
    for chosen in itertools.islice(itertools.product(*choices), _COMBINATIONS):
        yield like(max(chosen, key=lambda one: one.line), _put(value, dict(zip(names, chosen))))


def _put(value: str, given: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: given.get(match[1], match[0]), value)


def _choices(name: str, matrix: Node | None, env: Entries) -> Iterator[Text]:
    """The values of a matrix or environment variable; nothing where an expression makes them at run time."""
    context, *keys = name.split(".")
    if context == "env":
        found = text(env.get(keys[0]))
        if found and "${{" not in found:
            yield found
        return
    if not isinstance(matrix, Entries):
        return
    includes = [one for one in items(matrix.get("include")) if isinstance(one, Entries)]
    for start in [*items(matrix.get(keys[0])), *(one.get(keys[0]) for one in includes)]:
        node: Node | None = start
        for key in keys[1:]:
            node = mapping(node).get(key) if isinstance(node, Entries) else None
        found = text(node)
        if found:
            yield found
