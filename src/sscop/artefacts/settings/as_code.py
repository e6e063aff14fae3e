"""Settings that files of the repository state: GitHub's own rulesets as JSON, and the app Settings' `settings.yml`.

What they state is turned into the API's JSON, so that one reader makes facts of both. Whether it is applied is not
seen.

Sources: GitHub's export of rulesets; the documentation of the Settings app and of safe-settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sscop.artefacts import jsonc, plain_json
from sscop.artefacts.gitpatterns import compiled
from sscop.artefacts.nodes import Entries, Node, Text, items, load, mapping, text
from sscop.artefacts.settings.plain import as_list, as_map
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.platform import Answer, Answers
from sscop.repository import Repository
from sscop.repository.places import Family

NAME = "this/repository"
ROOT = f"/repos/{NAME}"
SETTINGS = (".github/settings.yml", ".github/settings.yaml")
DEEP = 6
"""Levels of a protection whose keys are looked for; the API has three."""
RULESETS = (".github/rulesets/*.json", "**/rulesets/*.json", "**/*ruleset*.json")


_USUAL = ("main", "master", "trunk")
"""Names of default branches, where nothing says which one it is."""


class Place(NamedTuple):
    """A file that states settings: the line of what it states, and of each key or type of rule in it."""

    path: str
    line: int
    keys: Mapping[str, int]


class Stated(NamedTuple):
    """What files state, as answers; where, and the files that can't be read."""

    answers: Answers
    places: tuple[Place, ...]
    unread: tuple[Unread, ...]


def stated(repo: Repository) -> Stated | None:
    """What the repository's files state of its settings; None where none does."""
    rulesets, unread = _rulesets(repo)
    branches, named, more = _branches(repo)
    unread += more
    if not rulesets and not branches:
        return Stated(Answers(), (), tuple(unread)) if unread else None
    known = named or repo.default_branch()
    names = (known,) if known else (repo.facts.branch, *_USUAL) if repo.facts.branch in _USUAL else _USUAL
    about = next((branches[name] for name in (*names, "default") if name in branches), None)
    default = known or next((name for name in names if name in branches), names[0])
    rules: list[dict[str, Any]] = []
    found: dict[str, Answer] = {}
    places = []
    for number, (path, data) in enumerate(rulesets.items(), 1):
        found[f"{ROOT}/rulesets/{number}"] = Answer(200, data)
        if data.get("target") == "branch" and data.get("enforcement") == "active" and _is_about(data, names):
            rules += [{**as_map(rule), "ruleset_id": number} for rule in as_list(data.get("rules"))]
            places.append(_place(repo, path))
    found[ROOT] = Answer(200, {"default_branch": default})
    found[f"{ROOT}/rules/branches/{default}"] = Answer(200, rules)
    protection = f"{ROOT}/branches/{default}/protection"
    found[protection] = Answer(0, None, "the files do not state it")
    if about and isinstance(data := _json(about.node), dict):
        found[protection] = Answer(200, _protection(data))
        places.append(about.place)
    elif rules:  # who keeps rulesets as code keeps the rules there
        found[protection] = Answer(404)
    if not places:  # they state the settings of other branches
        places = [Place(path, 1, {}) for path in rulesets] + [one.place for one in branches.values()]
    return Stated(Answers(NAME, ", ".join(one.path for one in places), "", found), tuple(places), tuple(unread))


class _Branch(NamedTuple):
    """What a settings file says of a branch: the protection's node, and where it stands."""

    node: Node | None
    place: Place


def _rulesets(repo: Repository) -> tuple[dict[str, dict[str, Any]], list[Unread]]:
    """The rulesets by path, and those that can't be read."""
    found, unread = {}, []
    for path in repo.find(*RULESETS, family=Family.TOOLS):
        data = repo.parse(path, load_ruleset)
        if isinstance(data, Unread):
            unread += [data] if path.startswith(".github/rulesets/") and not repo.gone(data) else []
        elif data:
            found[path] = data
    return found, unread


def _branches(repo: Repository) -> tuple[dict[str, _Branch], str, list[Unread]]:
    """What the Settings app's file says of each branch, and which one it says is the default."""
    found: dict[str, _Branch] = {}
    unread, default = [], ""
    for path in repo.find(*SETTINGS):
        node = repo.parse(path, load)
        if isinstance(node, Unread):
            unread += [] if repo.gone(node) else [node]
            continue
        default = text(mapping(mapping(node).get("repository")).get("default_branch")) or default
        for one in map(mapping, items(mapping(node).get("branches"))):
            protection = one.get("protection")
            keys = dict(_keys(protection, 0))
            line = next((key.line for key, _ in one.pairs() if key == "protection"), one.line)
            found.setdefault(text(one.get("name")) or "", _Branch(protection, Place(path, line, keys)))
    return found, default, unread


def _place(repo: Repository, path: str) -> Place:
    """Where a ruleset's rules stand: the types and parameters of its rules, its other keys."""
    node = repo.parse(path, jsonc.load)
    root = mapping(None if isinstance(node, Unread) else node)
    keys = {str(key): key.line for key, _ in root.pairs()}
    for rule in map(mapping, items(root.get("rules"))):
        if kind := text(rule.get("type")):
            keys.setdefault(kind, kind.line)
        for key, line in _keys(rule.get("parameters"), 0):
            keys.setdefault(key, line)
    return Place(path, keys.get("rules", 1), keys)


def _keys(node: Node | None, depth: int) -> Iterator[tuple[str, int]]:
    """The keys of a mapping and of those in it, with their lines; the outer ones win."""
    pairs = list(mapping(node).pairs())
    for _, value in pairs if depth < DEEP else ():
        yield from _keys(value, depth + 1)
    yield from ((str(key), key.line) for key, _ in pairs)


def load_ruleset(source: str) -> dict[str, Any]:
    """A ruleset as GitHub exports it; an empty mapping for another kind of JSON. Raises Malformed."""
    if '"enforcement"' not in source or '"rules"' not in source:
        return {}
    data = plain_json.load(source)
    return data if isinstance(data.get("rules"), list) and "enforcement" in data else {}


def _is_about(ruleset: Mapping[str, Any], names: Sequence[str]) -> bool:
    """Whether a ruleset is about the default branch, whose name is one of these."""
    refs = as_map(as_map(ruleset.get("conditions")).get("ref_name"))
    return any(_has(refs.get("include"), name) and not _has(refs.get("exclude"), name) for name in names)


def _has(given: object, name: str) -> bool:
    for pattern in as_list(given):
        if pattern in ("~ALL", "~DEFAULT_BRANCH"):
            return True
        if isinstance(pattern, str) and (found := compiled(f"/{pattern}")) and found.match(f"refs/heads/{name}"):
            return True
    return False


def _json(node: Node | None) -> Any:
    """A YAML value as the JSON that the app would send."""
    if isinstance(node, Entries):
        return {str(key): _json(value) for key, value in node.pairs()}
    if isinstance(node, Text):
        plain: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
        return plain.get(node.lower(), int(node) if node.isdecimal() and len(node) < 6 else str(node))
    return [_json(one) for one in items(node)] if node is not None else None


def _protection(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the API would answer to a protection that was sent to it: switches are objects there."""
    switches = (
        "enforce_admins",
        "allow_force_pushes",
        "allow_deletions",
        "required_signatures",
        "required_linear_history",
    )
    usual = {"allow_force_pushes": False, "allow_deletions": False}
    sent = {**usual, **{key: value for key, value in given.items() if value is not None}}
    return {
        key: {"enabled": value} if key in switches and isinstance(value, bool) else value for key, value in sent.items()
    }
