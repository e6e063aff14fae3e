"""GitHub's answers as facts. Whatever they hold, each fact is known or has a reason; nothing is judged.

Source: GitHub's REST API as its OpenAPI description has it. A key that is missing or null is not known: GitHub leaves
out what the token may not see.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from sscop.artefacts.settings.branches import branch
from sscop.artefacts.settings.plain import as_bool, as_days, as_list, as_map, as_maps, as_text
from sscop.platform import AllowedActions, Answer, Answers, Environment, Fact, Platform

Get = Callable[[Any], Any]
_MISSING = "GitHub did not say"


def read(answers: Answers) -> Platform:
    """The facts in the answers about one repository."""
    root, owner = f"/repos/{answers.repository}", answers.repository.partition("/")[0]
    by_path = answers.by_path

    def fact(path: str, get: Get, off: Any = None) -> Fact:
        return _fact(by_path.get(path), path, get, off)

    def setting(path: str, key: str, kind: type) -> Fact:
        return fact(f"{root}{path}", lambda data: value if type(value := as_map(data).get(key)) is kind else None)

    default = fact(root, lambda data: as_text(as_map(data).get("default_branch")) or None)
    return Platform(
        name="GitHub",
        source=answers.source,
        asked=answers.asked,
        visibility=setting("", "visibility", str),
        default_branch=default,
        owner=fact(root, lambda data: as_text(as_map(as_map(data).get("owner")).get("type"))),
        branches=_branches(root, default, by_path),
        tags=_tags(root, by_path),
        allowed_actions=_allowed(root, by_path),
        workflow_permissions=setting("/actions/permissions/workflow", "default_workflow_permissions", str),
        workflows_approve=setting("/actions/permissions/workflow", "can_approve_pull_request_reviews", bool),
        fork_approval=setting("/actions/permissions/fork-pr-contributor-approval", "approval_policy", str),
        log_days=fact(
            f"{root}/actions/permissions/artifact-and-log-retention", lambda data: as_days(as_map(data).get("days"))
        ),
        environments=fact(f"{root}/environments", _environments, ()),
        two_factor=fact(f"/orgs/{owner}", lambda data: as_bool(as_map(data).get("two_factor_requirement_enabled"))),
        outsiders=fact(f"{root}/collaborators", _outsiders),
        deploy_keys=fact(f"{root}/keys", _keys),
        webhooks=fact(f"{root}/hooks", _hooks),
        secret_scanning=fact(root, lambda data: _analysis(data, "secret_scanning")),
        push_protection=fact(root, lambda data: _analysis(data, "secret_scanning_push_protection")),
        private_reporting=setting("/private-vulnerability-reporting", "enabled", bool),
        dependabot_alerts=fact(f"{root}/vulnerability-alerts", _nothing, False),
        dependabot_fixes=fact(
            f"{root}/automated-security-fixes", lambda data: as_bool(as_map(data).get("enabled")), False
        ),
        immutable_releases=fact(f"{root}/immutable-releases", lambda data: as_bool(as_map(data).get("enabled")), False),
        owners_errors=fact(f"{root}/codeowners/errors", _owners_errors),
        inherited=_inherited(f"/repos/{owner}/.github", by_path),
    )


def _fact(answer: Answer | None, path: str, get: Get, off: Any = None) -> Fact:
    """The value in an answer: 204 is on, and 404 is `off` where that is an answer to this question."""
    if answer is None:
        return Fact(why="it is not among the answers", where=path)
    if answer.why:
        return Fact(None, answer.why, path, answer.permission)
    on = True if get is _nothing else None  # an answer without a body is one only where none is expected
    value = on if answer.status == 204 else off if answer.status == 404 else get(answer.data)
    return Fact(None, _MISSING, path, answer.permission) if value is None else Fact(value, "", path)


def _nothing(data: Any) -> None:
    """For an answer without a body, and one that is known to say nothing."""


def _branches(root: str, default: Fact, by_path: Mapping[str, Answer]) -> Fact:
    """The default branch and the release branches that were asked about."""
    if not default.known:
        return default
    prefix = f"{root}/rules/branches/"
    asked = [unquote(path.removeprefix(prefix)) for path in by_path if path.startswith(prefix)]
    if default.value not in asked:
        asked.insert(0, default.value)
    names = sorted(set(asked), key=lambda name: (name != default.value, name))
    return Fact(tuple(branch(root, name, name != default.value, by_path) for name in names), "", root)


def _tags(root: str, by_path: Mapping[str, Answer]) -> Fact:
    """The patterns of active tag rulesets that forbid to move or delete a tag."""
    listed = by_path.get(f"{root}/rulesets")
    if listed is None or listed.why:
        return _fact(listed, f"{root}/rulesets", _nothing)
    found: list[str] = []
    for one in map(as_map, as_list(listed.data)):
        if one.get("target") != "tag" or one.get("enforcement") != "active":
            continue
        answer = by_path.get(f"{root}/rulesets/{one.get('id')}")
        if answer is None or answer.why:
            return Fact(why="a ruleset for tags was not read", where=f"{root}/rulesets")
        kinds = [as_map(rule).get("type") for rule in as_list(as_map(answer.data).get("rules"))]
        if any(kind in ("update", "deletion", "non_fast_forward") for kind in kinds):
            names = as_map(as_map(as_map(answer.data).get("conditions")).get("ref_name"))
            found += [str(name).removeprefix("refs/tags/") for name in as_list(names.get("include"))]
    return Fact(tuple(found), "", f"{root}/rulesets")


def _allowed(root: str, by_path: Mapping[str, Answer]) -> Fact:
    path = f"{root}/actions/permissions"

    def policy(data: Any) -> AllowedActions | None:
        told = as_map(data)
        if told.get("enabled") is False:
            return AllowedActions("none")
        if told.get("allowed_actions") not in ("all", "local_only", "selected"):
            return None
        more = by_path.get(f"{path}/selected-actions")
        chosen = as_map(more.data) if more and not more.why else {}
        return AllowedActions(
            told["allowed_actions"],
            chosen.get("github_owned_allowed") is True,
            chosen.get("verified_allowed") is True,
            tuple(one for one in as_list(chosen.get("patterns_allowed")) if isinstance(one, str)),
            told.get("sha_pinning_required") is True,
        )

    return _fact(by_path.get(path), path, policy)


def _environments(data: Any) -> tuple[Environment, ...] | None:
    listed = as_maps(as_map(data).get("environments"))
    return None if listed is None else tuple(map(_environment, listed))


def _environment(given: Mapping[str, Any]) -> Environment:
    rules = [as_map(one) for one in as_list(given.get("protection_rules"))]
    reviews = [one for one in rules if one.get("type") == "required_reviewers"]
    policy = as_map(given.get("deployment_branch_policy"))
    branches = "protected branches" if policy.get("protected_branches") else "chosen branches" if policy else ""
    return Environment(
        str(given.get("name") or ""),
        sum(len(as_list(one.get("reviewers"))) for one in reviews),
        not any(one.get("prevent_self_review") is True for one in reviews),
        branches,
        as_bool(given.get("can_admins_bypass")),
    )


def _outsiders(data: Any) -> tuple[tuple[str, str], ...] | None:
    listed = as_maps(data)
    if listed is None:
        return None
    return tuple((str(one.get("login")), str(one.get("role_name") or "unknown")) for one in listed)


def _keys(data: Any) -> tuple[tuple[str, bool], ...] | None:
    listed = as_maps(data)
    if listed is None or not all(isinstance(one.get("read_only"), bool) for one in listed):
        return None
    return tuple((str(one.get("title") or "untitled"), one["read_only"] is False) for one in listed)


def _hooks(data: Any) -> tuple[tuple[str, bool, bool], ...] | None:
    listed = as_maps(data)
    if listed is None:
        return None
    found = []
    for one in listed:
        given = as_map(one.get("config"))
        found.append((_host(given.get("url")), str(given.get("insecure_ssl", "0")) == "0", bool(given.get("secret"))))
    return tuple(found)


def _host(url: object) -> str:
    try:
        return urlsplit(str(url)).hostname or "unknown"
    except ValueError:
        return "unknown"


def _analysis(data: Any, key: str) -> bool | None:
    status = as_map(as_map(as_map(data).get("security_and_analysis")).get(key)).get("status")
    return status == "enabled" if status in ("enabled", "disabled") else None


def _owners_errors(data: Any) -> tuple[tuple[int, str, str], ...] | None:
    listed = as_maps(as_map(data).get("errors"))
    if listed is None or not all(type(one.get("line")) is int and one["line"] > 0 for one in listed):
        return None
    return tuple((one["line"], str(one.get("kind") or "error"), str(one.get("path") or "")) for one in listed)


def _inherited(root: str, by_path: Mapping[str, Answer]) -> Fact:
    """The texts of the community files that the repository has from its owner's public `.github` repository."""
    about = by_path.get(root)
    if about is None or about.why:
        return _fact(about, root, _nothing)
    if about.status == 404 or as_map(about.data).get("visibility") not in ("public", None):
        return Fact({}, "", root)
    tree = by_path.get(f"{root}/git/trees/HEAD")
    if tree is None or tree.why:
        return _fact(tree, f"{root}/git/trees/HEAD", _nothing)
    texts: dict[str, str] = {}
    prefix = f"{root}/contents/"
    for path, answer in by_path.items():
        if path.startswith(prefix):
            text = None if answer.why else _decoded(answer.data)
            if text is None:
                return Fact(None, answer.why or _MISSING, path, answer.permission)
            texts[unquote(path.removeprefix(prefix))] = text
    return Fact(texts, "", root)


def _decoded(data: Any) -> str | None:
    content = as_map(data).get("content")
    if not isinstance(content, str) or as_map(data).get("encoding") != "base64":
        return None
    try:
        return base64.b64decode(content).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return None
