"""When a CircleCI workflow runs: its `when` and `unless`, and its jobs' filters, at each moment that may start it.

Pipeline parameters have their defaults, as they have when a push starts the pipeline.
Source: the CircleCI configuration reference (logic statements, workflow filters) and its page on pipeline values.
"""

from __future__ import annotations

from collections.abc import Mapping

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, mapping, text, texts
from sscop.artefacts.pipelines.gitlab_conditions import Answer, any_match
from sscop.artefacts.pipelines.model import Event
from sscop.lazy import NamedTuple, lazily

_VALUE = lazily(r"<<\s*pipeline\.([\w.-]+)\s*>>")
_BRANCHES = ("feature/change", "change", "123-change")
_DEFAULTS = ("main", "master", "trunk")
_DEEPEST = 30


class Moment(NamedTuple):
    """A situation that starts a pipeline; `api` is a schedule of the pipeline, not of a workflow."""

    event: Event
    branches: tuple[str, ...]
    tags: tuple[str, ...] = ()
    source: str = "webhook"
    api: bool = False

    def passes(self, given: Entries) -> bool:
        """Whether the filters of a workflow's job let it run; one that is an expression does."""
        filters = mapping(given.get("filters"))
        if self.tags:
            tags = mapping(filters.get("tags"))
            return bool(tags) and _filtered(tags, self.tags)
        branches = filters.get("branches")
        return not isinstance(branches, Entries) or _filtered(branches, self.branches)


def moments() -> tuple[Moment, ...]:
    """A push to any branch, which is what covers a pull request, comes first."""
    return (
        Moment(Event.PULL_REQUEST, _BRANCHES),
        Moment(Event.PUSH, _DEFAULTS),
        Moment(Event.TAG, (), ("v1.2.3", "1.2.3")),
        Moment(Event.SCHEDULE, _DEFAULTS, source="scheduled_pipeline", api=True),
        Moment(Event.SCHEDULE, _DEFAULTS),
    )


def _filtered(node: Entries, names: tuple[str, ...]) -> bool:
    only, ignored = texts(node.get("only")), texts(node.get("ignore"))
    if only and all(_named(one, names) is False for one in only):
        return False
    return not any(_named(one, names) for one in ignored)


def _named(pattern: str, names: tuple[str, ...]) -> bool | None:
    """Whether a filter names one of the branches or tags; None where its expression is not understood."""
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        bare = pattern[1:-1].replace("\\/", "/").removeprefix("^").removesuffix("$")
        return None if "(?" in bare else any_match(f"/^({bare})$/", names)
    return pattern in names


def parameters_of(root: Entries) -> dict[str, str]:
    """The pipeline's parameters by their defaults."""
    declared = mapping(root.get("parameters"))
    return {name: value for name, one in declared.items() if (value := text(mapping(one).get("default"))) is not None}


def asks_for_schedule(workflow: Entries) -> bool:
    """Whether a workflow's condition speaks of schedules."""
    waiting: list[Node] = [workflow[word] for word in ("when", "unless") if word in workflow]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text) and ("pipeline.trigger_source" in node or "pipeline.schedule." in node):
            return True
        waiting += node.values() if isinstance(node, Entries) else node if isinstance(node, Items) else ()
    return False


def told(workflow: Entries, moment: Moment, parameters: Mapping[str, str]) -> Answer:
    """Whether a workflow's own condition lets it start; None where that can't be known."""
    answers: list[Answer] = []
    if "when" in workflow:
        answers.append(_holds(workflow["when"], moment, parameters))
    if "unless" in workflow:
        found = _holds(workflow["unless"], moment, parameters)
        answers.append(None if found is None else not found)
    return False if False in answers else None if None in answers else True


def _holds(node: Node, moment: Moment, parameters: Mapping[str, str], depth: int = 0) -> Answer:
    if depth > _DEEPEST:
        return None
    if isinstance(node, Text):
        values = _values(node, moment, parameters)
        return None if values is None else any(one not in ("", "false", "0") for one in values)
    for word, given in mapping(node).items():
        if word == "equal":
            return _equal(items(given), moment, parameters)
        if word == "matches":
            pattern, value = text(mapping(given).get("pattern")), text(mapping(given).get("value"))
            found = _values(value, moment, parameters) if value else None
            return None if found is None or pattern is None else _named(f"/{pattern.strip('/')}/", found)
        answers = [
            _holds(one, moment, parameters, depth + 1) for one in (given if isinstance(given, Items) else [given])
        ]
        if word == "not":
            return None if answers[:1] in ([None], []) else not answers[0]
        if word == "and":
            return False if False in answers else None if None in answers else True
        if word == "or":
            return True if True in answers else None if None in answers else False
    return None


def _equal(nodes: list[Node], moment: Moment, parameters: Mapping[str, str]) -> Answer:
    found = [_values(one, moment, parameters) if isinstance(one, Text) else None for one in nodes]
    shared: set[str] | None = None
    for values in found:
        if values is None:
            return None
        shared = {*values} if shared is None else shared & {*values}
    return bool(shared)


def _values(node: Text, moment: Moment, parameters: Mapping[str, str]) -> tuple[str, ...] | None:
    """What a text may stand for; None where that can't be known."""
    match = _VALUE.fullmatch(node.strip())
    if match is None:
        return None if "<<" in node else (str(node),)
    name = match[1]
    if name.startswith("parameters."):
        value = parameters.get(name.removeprefix("parameters."))
        return None if value is None else (value,)
    known = {
        "git.branch": moment.branches or ("",),
        "git.tag": moment.tags or ("",),
        "trigger_source": (moment.source,),
    }
    if name == "schedule.name":
        return None if moment.api else ("",)
    return known.get(
        name,
        (("false" if moment.event is Event.PULL_REQUEST else "true"),) if name == "git.branch.is_default" else None,
    )
