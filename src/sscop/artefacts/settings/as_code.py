"""Settings that files of the repository state: GitHub's own rulesets as JSON, and the app Settings' `settings.yml`.

What they state is turned into the API's JSON, so that one reader makes facts of both. Whether it is applied is not
seen.

Sources: GitHub's export of rulesets; the documentation of the Settings app and of safe-settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sscop.artefacts import plain_json
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
RULESETS = (".github/rulesets/*.json", "**/rulesets/*.json", "**/*ruleset*.json")


class Stated(NamedTuple):
    """What files state, as answers; the files, and those that can't be read."""

    answers: Answers
    paths: tuple[str, ...]
    unread: tuple[Unread, ...]


def stated(repo: Repository) -> Stated | None:
    """What the repository's files state of its settings; None where none does."""
    default = repo.facts.branch or "main"
    rules: list[dict[str, Any]] = []
    found: dict[str, Answer] = {}
    paths, unread = [], []
    for number, path in enumerate(repo.find(*RULESETS, family=Family.TOOLS), 1):
        data = repo.parse(path, load_ruleset)
        if isinstance(data, Unread) or not data:
            unread += [data] if isinstance(data, Unread) and path.startswith(".github/rulesets/") else []
            continue
        paths.append(path)
        found[f"{ROOT}/rulesets/{number}"] = Answer(200, data)
        if data.get("target") == "branch" and data.get("enforcement") == "active" and _is_about(data, default):
            rules += [{**as_map(rule), "ruleset_id": number} for rule in as_list(data.get("rules"))]
    protection: Any = None
    for path in repo.find(*SETTINGS):
        node = repo.parse(path, load)
        if isinstance(node, Unread):
            unread += [] if repo.gone(node) else [node]
            continue
        repository = mapping(mapping(node).get("repository"))
        default = text(repository.get("default_branch")) or default
        for one in map(mapping, items(mapping(node).get("branches"))):
            if text(one.get("name")) in (default, "main", "master", "default"):
                default = text(one.get("name")) or default
                protection = _json(one.get("protection"))
                paths.append(path)
    if not paths:
        return Stated(Answers(), (), tuple(unread)) if unread else None
    found[ROOT] = Answer(200, {"default_branch": default})
    found[f"{ROOT}/rules/branches/{default}"] = Answer(200, rules)
    if isinstance(protection, dict):
        found[f"{ROOT}/branches/{default}/protection"] = Answer(200, _protection(protection))
    elif rules:  # who keeps rulesets as code keeps the rules there
        found[f"{ROOT}/branches/{default}/protection"] = Answer(404)
    else:
        found[f"{ROOT}/branches/{default}/protection"] = Answer(0, None, "the files do not state it")
    return Stated(Answers(NAME, ", ".join(paths), "", found), tuple(paths), tuple(unread))


def load_ruleset(source: str) -> dict[str, Any]:
    """A ruleset as GitHub exports it; an empty mapping for another kind of JSON. Raises Malformed."""
    if '"enforcement"' not in source or '"rules"' not in source:
        return {}
    data = plain_json.load(source)
    return data if isinstance(data.get("rules"), list) and "enforcement" in data else {}


def _is_about(ruleset: Mapping[str, Any], default: str) -> bool:
    """Whether a ruleset is about the default branch."""
    names = as_map(as_map(ruleset.get("conditions")).get("ref_name"))
    own = {
        "~ALL",
        "~DEFAULT_BRANCH",
        f"refs/heads/{default}",
        "refs/heads/main",
        "refs/heads/master",
        "refs/heads/**/*",
    }
    return bool(own & set(map(str, as_list(names.get("include"))))) and not own & set(
        map(str, as_list(names.get("exclude")))
    )


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
    sent = {key: value for key, value in given.items() if value is not None}
    return {
        key: {"enabled": value} if key in switches and isinstance(value, bool) else value for key, value in sent.items()
    }
