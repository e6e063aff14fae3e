"""The templates of Azure pipelines: what a list of stages, jobs or steps holds once they are put in place.

Templates of this repository are followed; of others the call is left. Lists of steps and jobs that are handed to any
template as parameters are read where they stand. `${{ if }}` blocks give what they hold, with their condition.
Source: the Azure Pipelines pages on templates and template expressions.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, like, load, mapping, text
from sscop.artefacts.pipelines.azure_conditions import translated
from sscop.artefacts.pipelines.azure_steps import WORDS, put
from sscop.lazy import NamedTuple
from sscop.repository import Repository

LEVELS = {"stages": ("stage",), "jobs": ("job", "deployment"), "steps": WORDS}
"""The lists of a pipeline, and the keys of which their entries have one."""

_HOPS, _MOST, _LONGEST = 8, 3000, 4096


def load_pipeline(source: str) -> Entries | None:
    """A pipeline or template; None for YAML that is neither. Raises Malformed for what is not YAML."""
    root = load(source)
    if not isinstance(root, Entries):
        return None
    extended = text(mapping(root.get("extends")).get("template"))
    lists = [word for word in LEVELS if isinstance(root.get(word), Items)]
    told = {key for word in lists for one in items(root[word]) for key in mapping(one)}
    known = {"template", *(word for words in LEVELS.values() for word in words)}
    return root if extended or told & known or any(key.startswith("${{") for key in told) else None


class Where(NamedTuple):
    """The template that something stands in, the plain values of its parameters, and what it depends on."""

    path: str
    values: Mapping[str, str]
    via: tuple[tuple[str, int], ...]
    conditions: tuple[Text, ...]


def resolve(repo: Repository, name: str, path: str) -> str | None:
    """The file of this repository that a template's name means, seen from a file."""
    name, _, alias = name.partition("@")
    if alias not in ("", "self") or "$" in name:
        return None
    wanted = posixpath.normpath(
        name.lstrip("/") if name.startswith("/") else posixpath.join(posixpath.dirname(path), name)
    )
    return next((one for one in (wanted, posixpath.normpath(name.lstrip("/"))) if repo.has(one)), None)


class Found(NamedTuple):
    """One entry of a list, where it stands, and the list that it is of."""

    entry: Entries
    where: Where
    kind: str


class Templates:
    """Puts the templates of one pipeline in place, up to a number of entries."""

    def __init__(self, repo: Repository, variables: Mapping[str, str]) -> None:
        self._repo, self._variables = repo, variables
        self._left = _MOST

    def listed(self, node: Node | None, where: Where, kind: str, hops: int = 0) -> Iterator[Found]:
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
                    yield from self.listed(value, there, kind, hops + 1)
            elif "template" in one:
                yield from self.called(one, where, kind, hops)
            else:
                yield Found(one, where, kind)

    def _block(self, key: Text, where: Where, earlier: list[str]) -> Text | None:
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

    def called(self, call: Entries, where: Where, kind: str, hops: int = 0) -> Iterator[Found]:
        """What a template holds, and the lists that are handed to it; the call itself where it can't be read."""
        name = text(call.get("template"))
        path = resolve(self._repo, put(name, where.values), where.path) if name else None
        root = self._repo.parse(path, load_pipeline) if path and hops < _HOPS else None
        given = mapping(call.get("parameters"))
        if path is None or not isinstance(root, Entries):
            yield Found(call, where, kind)
        else:
            values = {
                **defaults(root),
                **{key: put(value, where.values)[:_LONGEST] for key, value in given.items() if isinstance(value, Text)},
            }
            there = Where(path, values, (*where.via, (where.path, call.line)), where.conditions)
            extended = mapping(root.get("extends"))
            if extended:
                yield from self.called(extended, there, kind, hops + 1)
            for level in LEVELS:
                yield from self._within(root.get(level), there, kind, level, hops + 1)
        for level, node in _handed(given):
            yield from self._within(node, where, kind, level, hops + 1)

    def _within(self, node: Node | None, where: Where, kind: str, level: str, hops: int) -> Iterator[Found]:
        """A template's list where a list of a kind is wanted: bare steps are one job there."""
        if level == "steps" and kind != "steps" and isinstance(node, Items):
            job = Entries({"steps": node})
            job.line = node.line
            yield Found(job, where, "steps")
        else:
            yield from self.listed(node, where, level, hops)


def _handed(given: Entries) -> Iterator[tuple[str, Node]]:
    """The lists of stages, jobs and steps among a template's parameters, outermost ones only."""
    waiting: list[Node] = list(given.values())
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Items):
            keys = {key for one in node for key in mapping(one)}
            level = next((level for level, words in LEVELS.items() if keys & {*words} - {"template"}), None)
            named = level or ("steps" if "template" in keys else None)
            if named:
                yield named, node
                continue
            waiting += node
        elif isinstance(node, Entries):
            waiting += node.values()


def defaults(root: Entries) -> dict[str, str]:
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
