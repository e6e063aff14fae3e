"""Azure's conditions in GitHub's expression language, so that one evaluator answers for both.

Build.Reason becomes `github.event_name`, Build.SourceBranch `github.ref`; what has no counterpart becomes a name that
nobody knows the value of (`vars.NAME`).
Source: the Azure Pipelines pages on expressions, conditions and predefined variables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sscop.artefacts.nodes import Text, like
from sscop.lazy import lazily

_TOKEN = lazily(r"\s*('(?:[^']|'')*'|[A-Za-z_][\w-]*|-?\d[\d.]*|[()\[\],.]|\*)")
_WRAPPED = lazily(r"\s*(?:\$\{\{(?P<a>.*)\}\}|\$\[(?P<b>.*)\])\s*", re.DOTALL)
_MACRO = lazily(r"\$\(([\w.-]+)\)")
_STATUS = {
    "succeeded": "success()", "failed": "failure()", "always": "always()", "canceled": "cancelled()",
    "succeededorfailed": "!cancelled()",
}  # fmt: skip
_TESTS = {"contains": "contains", "startswith": "startsWith", "endswith": "endsWith"}
_NAMES = {
    "build.reason": "github.event_name",
    "build.sourcebranch": "github.ref", "build.sourcebranchname": "github.ref_name",
    "system.pullrequest.targetbranch": "github.base_ref", "system.pullrequest.targetbranchname": "github.base_ref",
    "system.pullrequest.sourcebranch": "github.head_ref", "build.repository.name": "github.repository",
}  # fmt: skip
_REASONS = {
    "pullrequest": "pull_request", "individualci": "push", "batchedci": "push", "schedule": "schedule",
    "manual": "workflow_dispatch", "resourcetrigger": "repository_dispatch", "buildcompletion": "workflow_run",
}  # fmt: skip
_DEEPEST, _LONGEST = 30, 4000


def translated(written: Text, variables: Mapping[str, str], parameters: Mapping[str, str]) -> Text:
    """A condition in GitHub's words, at its own line; one that is not understood is a name without a value."""
    return like(written, _translated(written, variables, parameters, 0))


def _translated(written: str, variables: Mapping[str, str], parameters: Mapping[str, str], depth: int) -> str:
    wrapped = _WRAPPED.fullmatch(written)
    body = _MACRO.sub(r"variables['\1']", (wrapped["a"] or wrapped["b"] or "") if wrapped else written)
    if len(body) > _LONGEST or depth > 3:
        return _unknown(body)
    return _Reader(body, variables, parameters, depth).whole() or _unknown(body)


def _unknown(body: str) -> str:
    return "vars." + (re.sub(r"\W+", "_", body[:60]).strip("_") or "x")


class _Failed(Exception):  # noqa: N818 - the text is none that is understood here
    pass


class _Reader:
    """A recursive-descent reader over one expression."""

    def __init__(self, body: str, variables: Mapping[str, str], parameters: Mapping[str, str], depth: int) -> None:
        self._variables, self._parameters, self._depth = variables, parameters, depth
        self._tokens: list[str] = []
        self._at = self._deep = 0
        at = 0
        while match := _TOKEN.match(body, at):
            self._tokens.append(match[1])
            at = match.end()
        if body[at:].strip():
            self._tokens = []

    def whole(self) -> str:
        """The translation; empty for what is not understood."""
        try:
            found = self._one()
        except _Failed:
            return ""
        return found if self._at == len(self._tokens) else ""

    def _take(self) -> str:
        if self._at >= len(self._tokens):
            raise _Failed
        self._at += 1
        return self._tokens[self._at - 1]

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _one(self) -> str:
        self._deep += 1
        if self._deep > _DEEPEST:
            raise _Failed
        token = self._take()
        if token.startswith("'"):
            found = _literal(token[1:-1])
        elif token.lower() in ("true", "false") or token[:1].isdigit() or token[:1] == "-":
            found = _literal(token)
        elif self._next() == "(":
            found = self._called(token.lower())
        elif re.match(r"[A-Za-z_]", token):
            found = self._named(token)
        else:
            raise _Failed
        self._deep -= 1
        return found

    def _called(self, name: str) -> str:
        self._at += 1
        given: list[str] = []
        while self._next() != ")":
            given.append(self._one())
            if self._next() == ",":
                self._at += 1
            elif self._next() != ")":
                raise _Failed
        self._at += 1
        if name in _STATUS:
            return _STATUS[name]
        if name in ("and", "or") and given:
            return "(" + (" && " if name == "and" else " || ").join(given) + ")"
        if name == "not" and len(given) == 1:
            return f"!({given[0]})"
        if name in ("eq", "ne") and len(given) == 2:
            return _equal(*given, negated=name == "ne")
        if name in ("in", "notin") and len(given) > 1:
            whole = "(" + " || ".join(_equal(given[0], one) for one in given[1:]) + ")"
            return f"!{whole}" if name == "notin" else whole
        if name in _TESTS and len(given) == 2:
            return f"{_TESTS[name]}({given[0]}, {given[1]})"
        return given[0] if name in ("lower", "trim") and given else _unknown(name)

    def _named(self, token: str) -> str:
        """`variables.x`, `variables['a.b']`, `parameters.x`, `dependencies.a.outputs['b.c']`."""
        parts = [token]
        while self._next() in (".", "["):
            bracket = self._take() == "["
            part = self._take()
            parts.append(part.strip("'"))
            if bracket and self._take() != "]":
                raise _Failed
        name = ".".join(parts[1:])
        if parts[0].lower() == "parameters" and name in self._parameters:
            return _literal(self._parameters[name])
        if parts[0].lower() == "variables":
            if name.lower() in _NAMES:
                return _NAMES[name.lower()]
            given = self._variables.get(name)
            if given is not None:
                wrapped = _WRAPPED.fullmatch(given)
                if not wrapped and "$" not in given:
                    return _literal(given)
                return "(" + _translated(given, self._variables, self._parameters, self._depth + 1) + ")"
        return _unknown(".".join(parts))


def _literal(value: str) -> str:
    value = value.lower() if value.lower() in ("true", "false") else value
    return f"'{value}'"


def _equal(one: str, other: str, *, negated: bool = False) -> str:
    if one.startswith("'") and not other.startswith("'"):
        one, other = other, one
    if one == "github.event_name" and other.startswith("'"):
        other = f"'{_REASONS.get(other.strip(chr(39)).lower(), 'other')}'"
    elif one.startswith(("(", "!")) and other in ("'true'", "'false'"):
        return f"!({one})" if (other == "'false'") is not negated else one
    return f"{one} {'!=' if negated else '=='} {other}"
