"""When a GitLab job runs: its `rules`, `only` and `except`, at each moment that may start a pipeline.

Three answers: yes, no, and None where a variable that is set elsewhere decides. A switch that no file sets
(`if: $SKIP_TESTS`, `when: never`) is off.
Source: GitLab's CI/CD YAML syntax (rules, only, except) and its predefined variables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, mapping, text, texts
from sscop.artefacts.pipelines.gitlab_conditions import DEFAULT_BRANCH, Answer, Values, any_match, any_of, holds, same
from sscop.artefacts.pipelines.model import Event
from sscop.lazy import NamedTuple

_BRANCHES = ("feature/change", "change", "123-change")
_TAGS = ("v1.2.3", "1.2.3")


class Moment(NamedTuple):
    """A situation that starts a pipeline: its event, the word that `only` has for it, and its variables."""

    event: Event
    word: str
    values: Values
    branch: str = ""
    """"main", "other" or "" (a tag, a merge request)."""


def _moment(event: Event, word: str, source: str, branch: str = "", **values: str) -> Moment:
    names = {"main": (DEFAULT_BRANCH,), "other": _BRANCHES, "": _TAGS if event is Event.TAG else _BRANCHES}[branch]
    given: dict[str, tuple[str, ...]] = {
        "CI_PIPELINE_SOURCE": (source,), "CI_DEFAULT_BRANCH": (DEFAULT_BRANCH,), "CI_COMMIT_REF_NAME": names,
        "CI_COMMIT_REF_PROTECTED": ("true" if branch == "main" else "false",), "CI": ("true",), "GITLAB_CI": ("true",),
        "CI_COMMIT_MESSAGE": ("change",), "CI_COMMIT_TITLE": ("change",), "CI_COMMIT_DESCRIPTION": (),
    }  # fmt: skip
    if branch:
        given["CI_COMMIT_BRANCH"] = names
    if event is Event.TAG:
        given["CI_COMMIT_TAG"] = _TAGS
    given.update({name: (value,) for name, value in values.items()})
    return Moment(event, word, given, branch)


_REQUEST = {
    "CI_MERGE_REQUEST_IID": "1", "CI_MERGE_REQUEST_ID": "1", "CI_MERGE_REQUEST_DRAFT": "false",
    "CI_MERGE_REQUEST_TITLE": "change", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": DEFAULT_BRANCH,
    "CI_MERGE_REQUEST_TARGET_BRANCH_PROTECTED": "true", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "feature/change",
    "CI_MERGE_REQUEST_APPROVED": "true", "CI_OPEN_MERGE_REQUESTS": "x!1", "CI_MERGE_REQUEST_REF_PATH": "refs/merge",
}  # fmt: skip
_SOURCE = "merge_request_event"
MOMENTS = (
    _moment(Event.PULL_REQUEST, "merge_requests", _SOURCE, CI_MERGE_REQUEST_EVENT_TYPE="detached", **_REQUEST),
    _moment(Event.PULL_REQUEST, "merge_requests", _SOURCE, CI_MERGE_REQUEST_EVENT_TYPE="merge_train", **_REQUEST),
    _moment(Event.PULL_REQUEST, "pushes", "push", "other", CI_OPEN_MERGE_REQUESTS="x!1"),
    _moment(Event.PULL_REQUEST, "pushes", "push", "other"),
    _moment(Event.PUSH, "pushes", "push", "main"),
    _moment(Event.TAG, "pushes", "push"),
    _moment(Event.SCHEDULE, "schedules", "schedule", "main"),
    _moment(Event.MANUAL, "web", "web", "main"),
)  # fmt: skip
"""Pipelines of a merge request, and of a branch (with and without an open merge request) come first."""


class Ruling(NamedTuple):
    """What rules say of one moment: whether the job runs, how, and the paths of which one must have changed."""

    runs: Answer
    when: str = "on_success"
    allow_failure: Text | None = None
    paths: tuple[str, ...] = ()
    undecided: Text | None = None
    """The condition that could not be told."""


def by_rules(
    rules: Sequence[Node], moment: Moment, variables: Values, exists: Callable[[Sequence[str]], Answer]
) -> Ruling:
    """The first rule that holds decides; none that holds means that the job is not there."""
    paths: list[str] = []
    said: Ruling | None = None
    undecided: Text | None = None
    for rule in map(mapping, rules):
        when = text(rule.get("when")) or "on_success"
        holds, doubt = _holds(rule, moment, variables, exists, off=when == "never")
        if holds is False:
            continue
        if when == "never":
            if holds and "changes" not in rule:
                break
            undecided = undecided or doubt
            continue
        changes = _paths(rule.get("changes")) if moment.event in (Event.PULL_REQUEST, Event.PUSH) else ()
        one = Ruling(holds, when, text(rule.get("allow_failure")), undecided=doubt)
        if holds is None:
            said = said or one
        elif changes:
            paths += changes
            said = said if said and said.runs else one
        else:
            return one._replace(runs=None, undecided=undecided) if undecided else one
    if said is None:
        return Ruling(False)
    if undecided and said.runs:
        said = said._replace(runs=None, undecided=undecided)
    return said._replace(paths=tuple(dict.fromkeys(paths)) if said.runs else ())


def _holds(
    rule: Entries, moment: Moment, variables: Values, exists: Callable[[Sequence[str]], Answer], *, off: bool
) -> tuple[Answer, Text | None]:
    written = text(rule.get("if"))
    answer: Answer = True
    if written:
        answer = holds(written, {**variables, **moment.values})
        if answer is None and off and holds(written, {**variables, **moment.values}, unset=True) is False:
            answer = False  # a switch that nothing here sets
    if answer is not False and "exists" in rule:
        there = exists(_paths(rule.get("exists")))
        answer = False if there is False else answer if there else None
    return answer, written if answer is None else None


def _paths(node: Node | None) -> tuple[str, ...]:
    """The globs of `changes` or `exists`, given as a list or under `paths`; lists in it flattened, references not."""
    node = mapping(node).get("paths") if isinstance(node, Entries) else node
    if isinstance(node, Items) and node.tag == "!reference":
        return ()
    found: list[str] = []
    for one in items(node):
        found += [one] if isinstance(one, Text) else _paths(one)
    return tuple(found)


def by_refs(job: Entries, moment: Moment, variables: Values, *, default: bool) -> Ruling:
    """`only` and `except`; without them branches and tags, unless the pipeline has rules of its own (`default`)."""
    only, ruled_out = job.get("only"), job.get("except")
    answer: Answer = not default or moment.word != "merge_requests"
    if only is not None:
        said = list(_refs(only, moment, variables))
        answer = False if False in said else None if None in said else True
    if ruled_out is not None and answer is not False:
        out = any_of(_refs(ruled_out, moment, variables))
        answer = False if out else None if out is None else answer
    narrowed = moment.event in (Event.PULL_REQUEST, Event.PUSH) and answer
    paths = _paths(mapping(only).get("changes")) if narrowed else ()
    doubted = (*texts(mapping(only).get("variables")), *texts(mapping(ruled_out).get("variables")), *texts(only))
    return Ruling(answer, paths=paths, undecided=next(iter(doubted), None) if answer is None else None)


def _refs(node: Node, moment: Moment, variables: Values) -> Iterator[Answer]:
    """An answer for each kind of restriction but `changes`."""
    refs = mapping(node).get("refs") if isinstance(node, Entries) else node
    if refs is not None:
        yield any_of(_ref(one, moment) for one in texts(refs))
    elif "changes" in mapping(node):
        yield moment.word != "merge_requests"
    conditions = texts(mapping(node).get("variables"))
    if conditions:
        yield any_of(holds(one, {**variables, **moment.values}) for one in conditions)


def _ref(word: str, moment: Moment) -> Answer:
    word = word.partition("@")[0] if not word.startswith("/") else word
    if word in ("merge_requests", "pushes", "schedules", "web"):
        return word == moment.word
    if word in ("api", "triggers", "pipelines", "external", "chat", "external_pull_requests"):
        return False
    if word in ("branches", "tags"):
        return bool(moment.branch) if word == "branches" else moment.event is Event.TAG
    if moment.word == "merge_requests":
        return False
    names = moment.values["CI_COMMIT_REF_NAME"]
    if word.startswith("/"):
        return any_match(word, names)
    return same(names, (word,))
