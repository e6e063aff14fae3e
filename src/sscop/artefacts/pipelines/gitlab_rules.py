"""When a GitLab job runs: its `rules`, `only` and `except`, at each moment that may start a pipeline.

Three answers: yes, no, and None where a variable that is set elsewhere decides. What cannot be known of a project is
taken as its own files take it: `$CI_PROJECT_PATH == "..."` is meant to be true in the project itself, and a switch that
no file sets (`if: $SKIP_TESTS`, `when: never`) is off.
Source: GitLab's CI/CD YAML syntax (rules, only, except), its job rules and its predefined variables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Union

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, mapping, text, texts
from sscop.artefacts.pipelines.model import Event
from sscop.lazy import lazily

Answer = Union[bool, None]
Values = Mapping[str, tuple[str, ...]]
"""The values that a variable may have; none where it is not set."""

_TOKEN = lazily(
    r"\s*(&&|\|\||==|!=|=~|!~|[()!]|\$\{?\w+\}?|\"[^\"]*\"|'[^']*'|/(?:[^/\\\n]|\\.){0,200}/[a-z]*|null\b|true\b|false\b)"
)
_UNSAFE = lazily(r"\)[*+{]|\(\?|\\[1-9]|[*+}][*+?{]")
_MOST_REPEATS, _LONGEST, _DEEPEST = 6, 64, 40
_DEFAULT = "main"
_DEFAULT_NAMES = {"main", "master", "trunk", "$CI_DEFAULT_BRANCH", "${CI_DEFAULT_BRANCH}"}
_PERHAPS_DEFAULT = {"develop", "development", "dev"}
_BRANCHES = ("feature/change", "change", "123-change")
_TAGS = ("v1.2.3", "1.2.3")
_IDENTITY = lazily(r"CI_(?:PROJECT|SERVER|MERGE_REQUEST_(?:SOURCE_)?PROJECT|TEMPLATE|REGISTRY|API|PAGES)_\w+")
_ELSEWHERE = lazily(r"(?:CI|GITLAB)_")
_NEVER_SET = lazily(r"CI_(?:COMMIT_(?:TAG|BRANCH|TAG_MESSAGE)|MERGE_REQUEST_\w+|EXTERNAL_PULL_REQUEST_\w+)")


class Moment(NamedTuple):
    """A situation that starts a pipeline: its event, the word that `only` has for it, and its variables."""

    event: Event
    word: str
    values: Values
    branch: str = ""
    """"main", "other" or "" (a tag, a merge request)."""


def _moment(event: Event, word: str, source: str, branch: str = "", **values: str) -> Moment:
    names = {"main": (_DEFAULT,), "other": _BRANCHES, "": _TAGS if event is Event.TAG else _BRANCHES}[branch]
    given: dict[str, tuple[str, ...]] = {
        "CI_PIPELINE_SOURCE": (source,), "CI_DEFAULT_BRANCH": (_DEFAULT,), "CI_COMMIT_REF_NAME": names,
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
    "CI_MERGE_REQUEST_TITLE": "change", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": _DEFAULT,
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
        out = _any(_refs(ruled_out, moment, variables))
        answer = False if out else None if out is None else answer
    narrowed = moment.event in (Event.PULL_REQUEST, Event.PUSH) and answer
    paths = _paths(mapping(only).get("changes")) if narrowed else ()
    doubted = (*texts(mapping(only).get("variables")), *texts(mapping(ruled_out).get("variables")), *texts(only))
    return Ruling(answer, paths=paths, undecided=next(iter(doubted), None) if answer is None else None)


def _refs(node: Node, moment: Moment, variables: Values) -> Iterator[Answer]:
    """An answer for each kind of restriction but `changes`."""
    refs = mapping(node).get("refs") if isinstance(node, Entries) else node
    if refs is not None:
        yield _any(_ref(one, moment) for one in texts(refs))
    elif "changes" in mapping(node):
        yield moment.word != "merge_requests"
    conditions = texts(mapping(node).get("variables"))
    if conditions:
        yield _any(holds(one, {**variables, **moment.values}) for one in conditions)


def _any(answers: Iterator[Answer]) -> Answer:
    given = list(answers)
    return True if True in given else None if None in given else False


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
    return _same(names, (word,))


def holds(written: str, values: Values, *, unset: bool = False) -> Answer:
    """Whether a condition holds; with `unset`, variables that no file sets count as not set."""
    tokens: list[str] = []
    at = 0
    while match := _TOKEN.match(written, at):
        tokens.append(match[1])
        at = match.end()
    if written[at:].strip() or not tokens:
        return None
    return _Condition(tokens, values, unset).answer()


class _Condition:
    """A recursive-descent reader of one condition; what it does not understand is None."""

    def __init__(self, tokens: list[str], values: Values, unset: bool) -> None:
        self._tokens, self._values, self._unset = tokens, values, unset
        self._at = self._depth = 0

    def answer(self) -> Answer:
        found = self._either()
        return found if self._at == len(self._tokens) else None

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else ""

    def _either(self) -> Answer:
        answers = [self._both()]
        while self._next() == "||":
            self._at += 1
            answers.append(self._both())
        return _any(iter(answers))

    def _both(self) -> Answer:
        answers = [self._one()]
        while self._next() == "&&":
            self._at += 1
            answers.append(self._one())
        return False if False in answers else None if None in answers else True

    def _one(self) -> Answer:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._at = len(self._tokens) + 1
            return None
        found = self._within()
        self._depth -= 1
        return found

    def _within(self) -> Answer:
        if self._next() == "!":
            self._at += 1
            found = self._one()
            return None if found is None else not found
        if self._next() == "(":
            self._at += 1
            found = self._either()
            self._at += 1  # the closing one
            return found
        left = self._take()
        operator = self._next()
        if operator not in ("==", "!=", "=~", "!~"):
            value = self._value(left)
            return None if value is None else any(value)
        self._at += 1
        right = self._take()
        found = (self._compared if operator in ("==", "!=") else self._matched)(left, right)
        return found if found is None or operator[0] == "=" else not found

    def _compared(self, left: str, right: str) -> Answer:
        if any(_IDENTITY.fullmatch(one.strip("${}")) for one in (left, right)) and "null" not in (left, right):
            return True
        one, other = self._value(left), self._value(right)
        return None if one is None or other is None else _same(one, other)

    def _matched(self, left: str, right: str) -> Answer:
        if _IDENTITY.fullmatch(left.strip("${}")):
            return True
        value = self._value(left)
        pattern = right if right.startswith("/") else next(iter(self._value(right) or ()), "")
        return None if value is None or not pattern.startswith("/") else any_match(pattern, value)

    def _value(self, word: str) -> tuple[str, ...] | None:
        """What a word may stand for; () for null, None where that can't be known."""
        if not word.startswith("$"):
            return () if word == "null" else (word.strip("\"'"),)
        name = word.strip("${}")
        if name in self._values:
            return self._values[name]
        if _IDENTITY.fullmatch(name):
            return ("x",)
        if _NEVER_SET.fullmatch(name):
            return ()
        return () if self._unset and not _ELSEWHERE.match(name) else None


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> Answer:
    """Whether two values are equal; the default branch has the usual names."""
    if not one or not other:
        return not one and not other
    ones, others = ({_DEFAULT if v in _DEFAULT_NAMES else v for v in values} for values in (one, other))
    if ones & others:
        return True
    return None if any(a == {_DEFAULT} and b & _PERHAPS_DEFAULT for a, b in ((ones, others), (others, ones))) else False


def any_match(written: str, values: Sequence[str]) -> Answer:
    """Whether `/pattern/flags` is found in one of the values; None for one that could take long."""
    body, _, flags = written[1:].rpartition("/")
    if _UNSAFE.search(body) or sum(map(body.count, "*+{")) > _MOST_REPEATS or len(body) > 4 * _LONGEST:
        return None
    body = body.replace("\\/", "/").replace("\\z", "\\Z").replace("\\h", "[0-9a-fA-F]")
    try:
        pattern = re.compile(body, re.IGNORECASE if "i" in flags else 0)
    except (re.error, OverflowError):
        return None
    return any(pattern.search(value[:_LONGEST]) for value in values)
