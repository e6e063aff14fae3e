"""Ask GitHub about a repository's settings: in order of importance, within thirty requests and a minute.

What is not known has a reason, and a refusal the permission that would help. Nothing is judged here: what an answer
means is read by `sscop.artefacts.settings`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from threading import Thread
from typing import Any

from sscop.github import questions as ask
from sscop.github.asking import Asking
from sscop.github.client import Client
from sscop.platform import Answer, Answers

REQUESTS = 30
"""Requests for one repository, with those that are tried again and those that follow a redirect."""

SECONDS = 60.0
"""Seconds for all of them."""

AGAIN = 2
"""How often one request is tried again, so that what is broken leaves requests to the others."""

RULESETS, RELEASES, POLICIES, FILES = 5, 2, 2, 5
"""How many of a kind are asked about."""

GRACE = 1.0
"""Seconds more for who keeps to the time limit by itself."""

NOT_IN_TIME = "not asked: the time limit is used up"


def gather(
    client: Client,
    repository: str,
    branches: Iterable[str] = (),
    has: Iterable[str] = (),
    source: str = "",
    seconds: float = SECONDS,
) -> Answers:
    """All that GitHub says about `repository` (OWNER/NAME); never raises for GitHub's sake.

    `branches` are branch names for where it lists none, `has` the files where its own community files would be.
    """
    asked = datetime.now(timezone.utc).isoformat(timespec="seconds")
    asking = Asking(client, repository, source or client.api_url)
    wanted = (tuple(branches), tuple(has))
    # A server that sends a byte at a time, or a name that is not resolved, heeds no time limit: leave it alone.
    thread = Thread(target=_all, args=(asking, *wanted), daemon=True)
    thread.start()
    thread.join(seconds + GRACE)
    if thread.is_alive():
        asking.stop = NOT_IN_TIME
        asking = asking.stopped(NOT_IN_TIME)
        _all(asking, *wanted)
    return Answers(asking.repository, asking.source, asked, dict(asking.answers))


def _all(asking: Asking, branches: tuple[str, ...], has: tuple[str, ...]) -> None:
    """Ask everything, the most telling first; of what is not asked, say why."""
    try:
        _ask(asking, branches, has)
    except Exception as error:  # noqa: BLE001 - whatever an answer held, the others stand
        if not asking.stop:
            asking.stop = f"not asked: stopped unexpectedly ({type(error).__name__}); please report it"
            _all(asking, branches, has)


def _ask(asking: Asking, branches: tuple[str, ...], has: tuple[str, ...]) -> None:
    about = asking(ask.REPOSITORY)
    if about.why and not asking.stop:
        asking.stop = f"not asked, for /repos/{asking.repository} was not answered: {about.why}"
    default, owner = _text(about, "default_branch"), asking.repository.partition("/")[0]
    if default:
        asking(ask.RULES, branch=default)
    rulesets = asking(ask.RULESETS)
    if default:
        asking(ask.BRANCH, branch=default)
        asking(ask.PROTECTION, branch=default)
    for number in _active(rulesets)[:RULESETS]:
        asking(ask.RULESET, ruleset=number)
    if _text(asking(ask.ACTIONS_POLICY), "allowed_actions") == "selected":
        asking(ask.SELECTED_ACTIONS)
    asking(ask.WORKFLOW)
    if _text(_part(about.data, "owner"), "type") != "User":
        asking(ask.ORGANISATION, owner=owner)
    for question in (ask.ALERTS, ask.REPORTING):
        asking(question)
    environments = asking(ask.ENVIRONMENTS)
    for question in (ask.RETENTION, ask.KEYS, ask.OUTSIDERS, ask.HOOKS, ask.FIXES):
        asking(question)
    if _text(about, "visibility") not in ("private", "internal"):
        asking(ask.FORK_APPROVAL)
    for question in (ask.IMMUTABLE, ask.OWNERS_ERRORS):
        asking(question)
    _ask_of_releases(asking, default, branches)
    for name in _with_own_branches(environments)[:POLICIES]:
        asking(ask.BRANCH_POLICIES, environment=name)
    if asking.repository.partition("/")[2] != ".github":
        _ask_of_community(asking, owner, has)


def _ask_of_releases(asking: Asking, default: str, known: tuple[str, ...]) -> None:
    listed = asking(ask.BRANCHES)
    names = set(_names(listed.data)) | set(known if listed.why else ())
    for name in ask.release_branches(names - {default}, RELEASES):
        asking(ask.RULES, branch=name)
        if _part(asking(ask.BRANCH, branch=name).data, "protected") is True:
            asking(ask.PROTECTION, branch=name)


def _ask_of_community(asking: Asking, owner: str, has: tuple[str, ...]) -> None:
    about = asking(ask.COMMUNITY, owner=owner)
    if _text(about, "visibility") != "public" and _part(about.data, "private") is not False:
        return
    tree = asking(ask.COMMUNITY_TREE, owner=owner)
    entries = _objects(_part(tree.data, "tree"))
    paths = [path for entry in entries if isinstance(path := entry.get("path"), str)]
    for path in ask.inherited(paths, has)[:FILES]:
        asking(ask.COMMUNITY_FILE, owner=owner, file=path)


def _part(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, dict) else None


def _text(answer: Any, key: str) -> str:
    """The text under a key of an answer or an object; empty where there is none."""
    value = _part(answer.data if isinstance(answer, Answer) else answer, key)
    return value if isinstance(value, str) else ""


def _objects(items: Any) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _names(items: Any) -> list[str]:
    return [name for item in _objects(items) if isinstance(name := item.get("name"), str) and name]


def _active(rulesets: Answer) -> list[int]:
    """The numbers of the rulesets to ask about: those that are enforced, on branches and tags, first."""
    found = [item for item in _objects(rulesets.data) if type(item.get("id")) is int]
    found.sort(key=lambda item: (item.get("enforcement") != "active", item.get("target") not in ("branch", "tag")))
    return [item["id"] for item in found if item.get("enforcement") != "disabled"]


def _with_own_branches(environments: Answer) -> list[str]:
    items = _objects(_part(environments.data, "environments"))
    return _names(
        [one for one in items if _part(one.get("deployment_branch_policy"), "custom_branch_policies") is True]
    )
