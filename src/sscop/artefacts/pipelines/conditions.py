"""What an `if:` of GitHub comes to at an event, as far as the text can tell: true, false, or not to be told.

Source: GitHub's expression syntax. Texts are compared without case, as GitHub does. `success()` is taken as true and
`failure()` as false: what is asked is whether a job runs where nothing went wrong before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache
from typing import Union

from sscop.artefacts.pipelines.model import Event
from sscop.lazy import lazily
from sscop.repository.globs import compiled

DEFAULT_BRANCHES = ("main", "master", "trunk", "develop", "development", "default", "devel", "dev", "next")
"""Names that default branches have; the files of a repository do not say which one it is."""

_TOKEN = lazily(r"\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w.*-]*)|(-?\d[\w.+-]*)|(==|!=|<=|>=|&&|\|\||[!<>(),\[\]]))")
_KINDS = ("?", "text", "name", "number", "sign")
_WHOLE = lazily(r"\s*\$\{\{(.*)\}\}\s*", re.DOTALL)
_DEPTH = 60
_NAMES = {
    Event.PULL_REQUEST: ("pull_request", "pull_request_target", "merge_group"),
    Event.PUSH: ("push",),
    Event.TAG: ("push", "create"),
    Event.RELEASE: ("release",),
    Event.SCHEDULE: ("schedule",),
    Event.MANUAL: ("workflow_dispatch", "repository_dispatch"),
    Event.CALL: (),
    Event.OTHER: (),
}


class Untold(Enum):
    """What can't be told; a reader may know what it is about."""

    UNTOLD = "untold"
    LABELS = "labels"
    STANDING = "standing"
    """How the author of a change belongs to the repository (`author_association`)."""
    WHO = "who"
    """The name of an account, or of the repository that a change comes from."""
    OURS = "ours"
    """What the repository or its settings say."""


_UNTOLD = Untold.UNTOLD
Value = Union[str, bool, None, Untold]
Token = tuple[str, str]
"""Its kind (`text`, `name`, `number`, `sign`; `?` what is no expression) and itself."""


def holds(condition: str | None, event: Event) -> bool | None:
    """Whether a condition lets a job or step run at an event; None where the text can't tell. No condition does."""
    return evaluated(condition, lambda tokens: Reader(tokens, event))


def evaluated(condition: str | None, make: Callable[[Sequence[Token]], Reader]) -> bool | None:
    """What a condition comes to for a reader of its expression; None where that can't tell."""
    if condition is None or not condition.strip():
        return True
    whole = _WHOLE.fullmatch(condition)
    if not whole and "${{" in condition:
        return True  # an expression with text around it is a text, and a text that is not empty is true
    source = whole[1] if whole else condition
    if "${{" in source:
        return True
    reader = make(_tokens(source.rstrip()))
    value = reader.either(0)
    return None if reader.left() else _truth(value)


@lru_cache(maxsize=256)
def _tokens(source: str) -> tuple[Token, ...]:
    """What an expression is made of; the same one is asked about at several events."""
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if not match:
            found.append(("?", source[at]))
            break
        at = match.end()
        kind = _KINDS[match.lastindex or 0]
        found.append((kind, match[1].replace("''", "'") if kind == "text" else match[0].strip()))
    return tuple(found)


def _truth(value: Value) -> bool | None:
    if isinstance(value, Untold):
        return None
    return value not in (False, None, "", "0", "-0")


class Reader:
    """A recursive-descent reader that evaluates as it reads; nested past its bound, nothing is told."""

    def __init__(self, tokens: Sequence[Token], event: Event) -> None:
        self._tokens, self._at, self._event = tokens, 0, event

    def left(self) -> bool:
        """Whether something was not understood."""
        return self._at < len(self._tokens)

    def either(self, depth: int) -> Value:
        """What comes next: values between `||`, as deep as it is nested."""
        value = self._both(depth)
        while self._takes("||"):
            other = self._both(depth)
            truth = _truth(value)
            value = value if truth else other if truth is False else (True if _truth(other) else _UNTOLD)
        return value

    def _both(self, depth: int) -> Value:
        value = self._compared(depth)
        while self._takes("&&"):
            other = self._compared(depth)
            truth = _truth(value)
            value = other if truth else value if truth is False else (False if _truth(other) is False else _UNTOLD)
        return value

    def _compared(self, depth: int) -> Value:
        left, named = self._unary(depth)
        for sign in ("==", "!="):
            if self._takes(sign):
                right, other = self._unary(depth)
                equal = self.equal(left, named, right, other)
                return _UNTOLD if equal is None else equal is (sign == "==")
        if self._at < len(self._tokens) and self._tokens[self._at][1] in ("<", ">", "<=", ">="):
            self._at += 1
            self._unary(depth)
            return _UNTOLD
        return left

    def _unary(self, depth: int) -> tuple[Value, str]:
        """A value, and the name of the context that it was read from."""
        if depth > _DEPTH or self._at >= len(self._tokens):
            self._at = len(self._tokens) + 1
            return _UNTOLD, ""
        kind, text = self._tokens[self._at]
        self._at += 1
        if text == "!" and kind == "sign":
            truth = _truth(self._unary(depth + 1)[0])
            return (_UNTOLD if truth is None else not truth), ""
        if text == "(" and kind == "sign":
            value = self.either(depth + 1)
            self._takes(")")
            return value, ""
        if kind == "text":
            return text, ""
        if kind == "number":
            return text, ""
        if kind != "name":
            return _UNTOLD, ""
        if self._takes("("):
            return self._call(text.lower(), depth), ""
        while self._takes("["):
            self.either(depth + 1)
            self._takes("]")
            text = ""
        return self.context(text.lower()), text.lower()

    def _call(self, name: str, depth: int) -> Value:
        values, names = [], []
        while not self._takes(")"):
            if self._at >= len(self._tokens) or depth > _DEPTH:
                return _UNTOLD
            start = self._at
            value = self.either(depth + 1)
            values.append(value)
            names.append(self._tokens[start][1].lower() if self._at == start + 1 else "")
            self._takes(",")
            if self._at == start:
                self._at += 1
        return self.called(name, values, names)

    def called(self, name: str, values: list[Value], names: list[str]) -> Value:
        """What a function gives; `names` are the contexts that its arguments are, "" where one is none."""
        if name in ("always", "success"):
            return True
        if name in ("failure", "cancelled"):
            return False
        if name == "startswith" and len(values) == 2 and isinstance(values[1], str) and names[0] == "github.ref":
            return self._begins(values[1].lower())
        if name == "contains" and len(values) == 2 and isinstance(values[1], str) and names[0] == "github.ref":
            return self._begins(values[1].lower()) if values[1].lower().startswith("refs/") else _UNTOLD
        if name in ("startswith", "endswith", "contains") and len(values) == 2:
            whole, part = values
            if isinstance(whole, str) and isinstance(part, str):
                whole, part = whole.lower(), part.lower()
                tests = {"startswith": whole.startswith(part), "endswith": whole.endswith(part)}
                return tests.get(name, part in whole)
            if whole is None and isinstance(part, str):
                return False
        return _UNTOLD

    def _begins(self, part: str) -> Value:
        """Whether the ref of the event may begin with a text."""
        place = {
            Event.PULL_REQUEST: "refs/pull/",
            Event.TAG: "refs/tags/",
            Event.RELEASE: "refs/tags/",
            Event.PUSH: "refs/heads/",
            Event.SCHEDULE: "refs/heads/",
        }.get(self._event)
        if place is None:
            return _UNTOLD
        if place.startswith(part):
            return True
        return _UNTOLD if part.startswith(place) else False

    def context(self, name: str) -> Value:
        """What a context is known to hold."""
        if name in ("true", "false"):
            return name == "true"
        if name in ("null", "nan", "infinity"):
            return None
        if name == "github.event_name" and len(_NAMES[self._event]) == 1:
            return _NAMES[self._event][0]
        if name.startswith(("github.event.pull_request", "github.base_ref", "github.head_ref")):
            return _UNTOLD if self._event in (Event.PULL_REQUEST, Event.OTHER, Event.CALL, Event.MANUAL) else None
        if name.startswith("github.event.release"):
            return _UNTOLD if self._event in (Event.RELEASE, Event.OTHER, Event.CALL) else None
        return _UNTOLD

    def equal(self, left: Value, named: str, right: Value, other: str) -> bool | None:
        """Whether two values are equal; a context that only the event's kind tells is compared with what it may be."""
        if not named and other:
            left, named, right = right, other, left
        if isinstance(right, str):
            wanted = right.lower()
            if named == "github.event_name":
                return self._is_event(wanted)
            if named == "github.ref":
                return self._is_ref(wanted)
            if named == "github.ref_name":
                return False if self._event is Event.PULL_REQUEST else self._is_ref(f"refs/heads/{wanted}")
            if named == "github.base_ref" and self._event is Event.PULL_REQUEST:
                return True if wanted in DEFAULT_BRANCHES else None
            if named == "github.ref_type":
                kind = {Event.TAG: "tag", Event.RELEASE: "tag", Event.PUSH: "branch", Event.SCHEDULE: "branch"}
                return wanted == kind[self._event] if self._event in kind else None
        if isinstance(left, Untold) or isinstance(right, Untold):
            return None
        if isinstance(left, str) and isinstance(right, str):
            return left.lower() == right.lower()
        return _truth(left) == _truth(right) if None not in (left, right) else left is right

    def _is_event(self, wanted: str) -> bool | None:
        names = _NAMES[self._event]
        if not names:
            return None
        return wanted in names if len(names) == 1 or wanted not in names else wanted == names[0] or None

    def _is_ref(self, wanted: str) -> bool | None:
        if self._begins(wanted) is False:
            return False
        branch = wanted.removeprefix("refs/heads/")
        on_branch = self._event in (Event.PUSH, Event.SCHEDULE, Event.MANUAL)
        return True if on_branch and branch != wanted and branch in DEFAULT_BRANCHES else None

    def _takes(self, sign: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("sign", sign):
            self._at += 1
            return True
        return False


def names_default(globs: tuple[str, ...], branch: str = "") -> bool:
    """Whether branch globs, of which the last that matches decides (`!` leaves out), let a default branch in.

    `branch` is one more name that the default branch may have: the one that is checked out.
    """
    return not globs or any(_lets_in(globs, name) for name in (*DEFAULT_BRANCHES, branch) if name)


def _lets_in(globs: tuple[str, ...], name: str) -> bool:
    inside = False
    for glob in globs:
        if compiled(glob.removeprefix("!")).match(name):
            inside = not glob.startswith("!")
    return inside
