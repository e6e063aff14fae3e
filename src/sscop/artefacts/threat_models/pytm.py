"""pytm: models that are Python programs, read as syntax. Never imported, never run.

Source: pytm's own documentation. The tool works the threats out from its library when the program runs; in the file
stand the elements, what was assumed, and the findings that a person overrode.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sscop.artefacts.threat_models.model import Format, Seen, Status, Threat, ThreatModel, severity, status, ticket
from sscop.lazy import NamedTuple
from sscop.repository import Malformed

_ASSETS = {
    "Data",
    "Datastore",
    "Server",
    "Process",
    "Lambda",
    "SetOfProcesses",
    "ExternalEntity",
    "Asset",
    "Actor",
    "LLM",
    "Agent",
}
_KNOWN = {*_ASSETS, "TM", "Boundary", "Dataflow", "Finding", "Assumption", "Threat"}
_STARTER = {"my test tm", "Here you can document a list of assumptions about the system"}


class _Made(NamedTuple):
    """An element: its class, its name and what was set on it, by name."""

    kind: str
    name: str
    line: int
    values: dict[str, ast.expr]


def read(text: str) -> tuple[ThreatModel, ...]:
    """The models in a program; none where it doesn't use pytm. Raises Malformed for text that is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise Malformed(f"is not valid Python: {error.msg}", error.lineno) from None
    except ValueError:
        raise Malformed("is not valid Python: it holds a null character") from None
    names = dict(_imported(tree))
    made = list(_made(tree, names)) if names else []
    models = [one for one in made if one.kind == "TM" and one.name]
    return (_model(models[0], made),) if models else ()


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The local names of pytm's classes; a module's own name stands with a dot behind it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pytm":
            for alias in node.names:
                if alias.name == "*":
                    yield from ((one, one) for one in _KNOWN)
                else:
                    yield alias.asname or alias.name, alias.name
        elif isinstance(node, ast.Import):
            yield from ((f"{alias.asname or alias.name}.", "") for alias in node.names if alias.name == "pytm")


def _made(tree: ast.Module, names: dict[str, str]) -> Iterator[_Made]:
    """Every element, with the values given to its class and those set on its variable afterwards."""
    held: dict[str, dict[str, ast.expr]] = {}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute):
                    path = _path(target)
                    held.setdefault(path[0], {})[".".join(path[1:])] = node.value
        if isinstance(node, ast.Call) and (kind := _class(node.func, names)):
            found.append((kind, node))
    variables = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for kind, call in found:
        given = {one.arg: one.value for one in call.keywords if one.arg}
        strings = [_text(one) for one in call.args if _text(one)]
        name = (strings[-1] if kind == "Dataflow" else strings[0]) if strings else _text(given.get("name"))
        yield _Made(kind, name, call.lineno, {**given, **held.get(variables.get(id(call), ""), {})})


def _class(func: ast.expr, names: dict[str, str]) -> str:
    if isinstance(func, ast.Name):
        return names.get(func.id, "")
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and f"{func.value.id}." in names:
        return func.attr
    return ""


def _path(node: ast.expr) -> list[str]:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id if isinstance(node, ast.Name) else "", *reversed(parts)]


def _text(node: ast.expr | None) -> str:
    """A literal text, also one put together of literal pieces or stripped of its indentation."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.strip()
    if isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Attribute):
        return _text(node.func.value)
    if isinstance(node, ast.Call) and len(node.args) == 1:
        return _text(node.args[0])
    return ""


def _model(tm: _Made, made: list[_Made]) -> ThreatModel:
    """The model of a program: several `TM` share all elements, so the first one stands for them."""

    def all_of(*kinds: str) -> tuple[Seen, ...]:
        return tuple(Seen(one.name or one.kind, one.line) for one in made if one.kind in kinds)

    description = _text(tm.values.get("description"))
    assumed = tm.values.get("assumptions")
    said = [Seen(_text(one), one.lineno) for one in getattr(assumed, "elts", []) if _text(one)]
    assumptions = [*said, *(Seen(one.name, one.line) for one in made if one.kind == "Assumption" and one.name)]
    beyond = [
        Seen(one.name, one.line)
        for one in made
        if isinstance(value := one.values.get("inScope"), ast.Constant) and value.value is False
    ]
    covers = [
        Seen(_text(path), path.lineno)
        for one in made
        for path in getattr(one.values.get("sourceFiles"), "elts", [])
        if _text(path)
    ]
    return ThreatModel(
        Format.PYTM,
        tm.name,
        tm.line,
        scope=Seen(description, tm.line) if description else None,
        assets=all_of(*_ASSETS),
        boundaries=all_of("Boundary"),
        flows=all_of("Dataflow"),
        assumptions=tuple(one for one in assumptions if one.text not in _STARTER),
        out_of_scope=tuple(beyond),
        threats=tuple(_overridden(one, n) for n, one in enumerate(one for one in made if one.kind == "Finding")),
        covers=tuple(covers),
        starter=tuple(one for one in (Seen(tm.name, tm.line), *assumptions) if one.text in _STARTER),
        computes=True,
    )


def _overridden(finding: _Made, n: int) -> Threat:
    """A finding that a person answered: its response says what was decided."""
    values = {key: _text(value) for key, value in finding.values.items()}
    response = values.get("response", "")
    said = response.lower()
    return Threat(
        values.get("threat_id", "") or finding.name,
        values.get("description", "") or values.get("threat_id", "") or finding.name,
        finding.line,
        values.get("details", ""),
        severity=severity(values.get("severity", "")),
        mitigation=response or values.get("mitigations", ""),
        status=status(response) if said and status(response) is not Status.UNKNOWN else Status.UNKNOWN,
        reference=ticket(response),
        where=f"Finding {n + 1}",
    )
