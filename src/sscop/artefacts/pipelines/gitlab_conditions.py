"""The conditions of GitLab's rules (`$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $X =~ /^v/`), with three answers.

What cannot be known of a project is taken as its own files take it: `$CI_PROJECT_PATH == "..."` is meant to be true in
the project itself.
Source: GitLab's job rules ("CI/CD variable expressions") and predefined variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Union

from sscop.lazy import lazily

Answer = Union[bool, None]
Values = Mapping[str, tuple[str, ...]]
"""The values that a variable may have; none where it is not set."""

DEFAULT_BRANCH = "main"
"""What stands for the default branch; literals with its usual names are equal to it."""

_TOKEN = lazily(
    r"\s*(&&|\|\||==|!=|=~|!~|[()!]|\$\{?\w+\}?|\"[^\"]*\"|'[^']*'|/(?:[^/\\\n]|\\.){0,200}/[a-z]*"
    r"|null\b|true\b|false\b)"
)
_UNSAFE = lazily(r"\)[*+{]|\(\?|\\[1-9]|[*+}][*+?{]|\[\[|--|&&|~~|\|\|")
_MOST_REPEATS, _LONGEST, _DEEPEST = 6, 64, 40
_DEFAULT_NAMES = {"main", "master", "trunk", "$CI_DEFAULT_BRANCH", "${CI_DEFAULT_BRANCH}"}
_PERHAPS_DEFAULT = {"develop", "development", "dev"}
_IDENTITY = lazily(r"CI_(?:PROJECT|SERVER|MERGE_REQUEST_(?:SOURCE_)?PROJECT|TEMPLATE|REGISTRY|API|PAGES)_\w+")
_ELSEWHERE = lazily(r"(?:CI|GITLAB)_")
_NEVER_SET = lazily(r"CI_(?:COMMIT_(?:TAG|BRANCH|TAG_MESSAGE)|MERGE_REQUEST_\w+|EXTERNAL_PULL_REQUEST_\w+)")


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes where one is, no where all are."""
    given = list(answers)
    return True if True in given else None if None in given else False


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
        return any_of(answers)

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
        return None if one is None or other is None else same(one, other)

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


def same(one: tuple[str, ...], other: tuple[str, ...]) -> Answer:
    """Whether two values are equal; the default branch has the usual names."""
    if not one or not other:
        return not one and not other
    ones, others = ({DEFAULT_BRANCH if v in _DEFAULT_NAMES else v for v in values} for values in (one, other))
    if ones & others:
        return True
    return (
        None
        if any(a == {DEFAULT_BRANCH} and b & _PERHAPS_DEFAULT for a, b in ((ones, others), (others, ones)))
        else False
    )


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
