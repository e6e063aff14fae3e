"""Answers as a file, `sscop-settings/1`, to be asked for once and judged by elsewhere, and read back.

The file holds the API's own JSON, but only the keys that facts need: no addresses of people, no secrets, no hashes of
keys, nothing about issues or stars. A file made by hand may be a plain mapping from request paths to the API's JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from sscop.lazy import lazily
from sscop.platform import Answer, Answers
from sscop.repository import Malformed

SCHEMA = "sscop-settings/1"

LARGEST = 8 * 1024 * 1024
"""Characters of a file that are read."""

NULL = "null, which says nothing"

_PATH = lazily(r"/?(?:repos/([\w.-]{1,100}/[\w.-]{1,100})|orgs/[\w.-]{1,100})(?:/[^\s?#]{0,500})?", re.ASCII)
_ADDRESS = lazily(r"[^\s@<>]{1,64}@[^\s@<>]{1,100}")

_REPO: dict[str, Any] = {
    **dict.fromkeys(("name", "full_name", "private", "visibility", "default_branch", "fork", "archived")),
    **dict.fromkeys(("web_commit_signoff_required", "permissions", "security_and_analysis")),
    "owner": {"login": None, "type": None},
}
_RULE = dict.fromkeys(("type", "ruleset_id", "ruleset_source_type", "ruleset_source", "parameters"))
_RULESET = dict.fromkeys(
    ("id", "name", "target", "source_type", "source", "enforcement", "bypass_actors", "conditions")
) | {"rules": [_RULE]}
_WHO = {"users": [{"login": None}], "teams": [{"slug": None, "name": None}], "apps": [{"slug": None, "name": None}]}
_CHECKS = {"strict": None, "enforcement_level": None, "contexts": None, "checks": [{"context": None, "app_id": None}]}
_ON = {"enabled": None}
_REVIEWS = {
    **dict.fromkeys(("dismiss_stale_reviews", "require_code_owner_reviews", "required_approving_review_count")),
    "require_last_push_approval": None,
    "dismissal_restrictions": _WHO,
    "bypass_pull_request_allowances": _WHO,
}
_ENVIRONMENT = {
    "name": None,
    "can_admins_bypass": None,
    "protection_rules": [
        {
            **dict.fromkeys(("type", "wait_timer", "prevent_self_review")),
            "reviewers": [{"type": None, "reviewer": {"login": None, "slug": None}}],
        }
    ],
    "deployment_branch_policy": {"protected_branches": None, "custom_branch_policies": None},
}

KEPT: tuple[tuple[str, Any], ...] = (
    (r"repos/[^/]+/[^/]+", _REPO),
    (r"orgs/[^/]+", dict.fromkeys(("login", "two_factor_requirement_enabled", "default_repository_permission"))),
    (r".+/rules/branches/[^/]+", [_RULE]),
    (r".+/rulesets", [_RULESET]),
    (r".+/rulesets/[^/]+", _RULESET),
    (r".+/branches", [{"name": None, "protected": None}]),
    (
        r".+/branches/[^/]+",
        {"name": None, "protected": None, "protection": {"enabled": None, "required_status_checks": _CHECKS}},
    ),
    (
        r".+/branches/[^/]+/protection",
        {
            "required_status_checks": _CHECKS,
            "required_pull_request_reviews": _REVIEWS,
            "restrictions": _WHO,
            **dict.fromkeys(("enforce_admins", "required_linear_history", "allow_force_pushes"), _ON),
            **dict.fromkeys(("allow_deletions", "block_creations", "required_signatures", "lock_branch"), _ON),
            **dict.fromkeys(("required_conversation_resolution", "allow_fork_syncing"), _ON),
        },
    ),
    (r".+/actions/permissions", dict.fromkeys(("enabled", "allowed_actions", "sha_pinning_required"))),
    (
        r".+/actions/permissions/selected-actions",
        dict.fromkeys(("github_owned_allowed", "verified_allowed", "patterns_allowed")),
    ),
    (
        r".+/actions/permissions/workflow",
        dict.fromkeys(("default_workflow_permissions", "can_approve_pull_request_reviews")),
    ),
    (r".+/actions/permissions/fork-pr-contributor-approval", {"approval_policy": None}),
    (r".+/actions/permissions/artifact-and-log-retention", {"days": None, "maximum_allowed_days": None}),
    (r".+/environments", {"total_count": None, "environments": [_ENVIRONMENT]}),
    (r".+/deployment-branch-policies", {"total_count": None, "branch_policies": [{"name": None, "type": None}]}),
    (r".+/collaborators", [{"login": None, "role_name": None, "permissions": None}]),
    (r".+/keys", [dict.fromkeys(("title", "read_only", "verified", "created_at", "last_used", "enabled"))]),
    (
        r".+/hooks",
        [{"name": None, "active": None, "events": None, "config": dict.fromkeys(("url", "insecure_ssl", "secret"))}],
    ),
    (r".+/vulnerability-alerts", {}),
    (r".+/automated-security-fixes", {"enabled": None, "paused": None}),
    (r".+/private-vulnerability-reporting", {"enabled": None}),
    (r".+/immutable-releases", {"enabled": None, "enforced_by_owner": None}),
    (r".+/codeowners/errors", {"errors": [dict.fromkeys(("line", "column", "kind", "path"))]}),
    (r".+/git/trees/[^/]+", {"truncated": None, "tree": [dict.fromkeys(("path", "type", "size"))]}),
    (r".+/contents/.+", dict.fromkeys(("path", "type", "size", "encoding", "content"))),
)
"""By request path, what an export keeps of an answer: None for a whole value, which has nothing to hide."""

DEEPEST = 12
"""Levels of a whole value that are kept; GitHub's rules have six."""


def kept(path: str, data: Any) -> Any:
    """An answer's JSON without what no fact needs; None for a path that is none of ours."""
    for pattern, shape in KEPT:
        if re.fullmatch(pattern, path.strip("/")):
            return _kept(data, {"message": None, **shape} if isinstance(shape, dict) else shape)
    return None


def dump(answers: Answers) -> str:
    """The answers as JSON text: keys sorted, ASCII, one line end at the end."""
    known = {path: _plain(path, answer) for path, answer in answers.by_path.items()}
    file = {"schema": SCHEMA, "repository": answers.repository, "source": answers.source, "asked": answers.asked}
    return json.dumps(file | {"answers": known}, sort_keys=True, indent=1) + "\n"


def load(text: str) -> Answers:
    """The answers in a text: what `dump` wrote, or a mapping from request paths to the API's JSON. Raises Malformed."""
    if len(text) > LARGEST:
        raise Malformed(f"is larger than {LARGEST:,} characters")
    try:
        data = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise Malformed("is nested too deeply to read") from None
    except ValueError as error:
        raise Malformed(f"is not valid JSON: {getattr(error, 'msg', error)}", getattr(error, "lineno", None)) from None
    if not isinstance(data, dict):
        raise Malformed("is not a JSON object", 1)
    if "schema" not in data:
        return _by_hand(data)
    if data["schema"] != SCHEMA:
        raise Malformed(f"has another schema than {SCHEMA}", _line(text, '"schema"'))
    given = data.get("answers")
    if not isinstance(given, dict):
        raise Malformed("has no object `answers`", _line(text, '"answers"'))
    about = {key: data[key] if isinstance(data.get(key), str) else "" for key in ("repository", "source", "asked")}
    found = {}
    for path, answer in given.items():
        if not _PATH.fullmatch(path) or not isinstance(answer, dict):
            raise Malformed("has an answer that is none", _line(text, json.dumps(path)))
        found[f"/{path.strip('/')}"] = _answer(answer)
    return Answers(about["repository"], about["source"], about["asked"], found)


def _by_hand(data: Mapping[str, Any]) -> Answers:
    """Answers of a plain mapping. Raises Malformed where a key is no request's path, or none names the repository."""
    found, repository = {}, ""
    for path, value in data.items():
        match = _PATH.fullmatch(path)
        if not match:
            raise Malformed(f"is no settings file: it has neither a schema nor request paths only ({path[:60]!r})", 1)
        repository = repository or match[1] or ""
        found[f"/{path.strip('/')}"] = _given(value)
    if not repository:
        raise Malformed("names no repository: no key is /repos/OWNER/NAME or below it", 1)
    return Answers(repository, "", "", found)


def _given(value: Any) -> Answer:
    """An answer that somebody pasted: an error's body is told by its words, for there is no status beside it."""
    if value is None:
        return Answer(0, None, NULL)
    if isinstance(value, dict) and isinstance(value.get("message"), str) and "documentation_url" in value:
        status = str(value.get("status", ""))
        code = int(status) if status.isdecimal() and len(status) == 3 else 0
        if value["message"] == "Branch not protected":
            return Answer(404, {"message": value["message"]})
        return Answer(code, None, value["message"] or "an error without words")
    return Answer(200, value)


def _answer(given: Mapping[str, Any]) -> Answer:
    status, why, permission = given.get("status"), given.get("why", ""), given.get("permission", "")
    status = status if type(status) is int and 0 <= status < 1000 else 0
    why = why if isinstance(why, str) else "not known"
    data = given.get("data")
    if not why and not (200 <= status < 300 or status == 404):
        why = "no answer" if not status else f"status {status}"
    if not why and data is None and status == 200:
        why = NULL
    if not why and isinstance(data, dict) and data.get("message") == "Not Found":
        why = "Not Found"  # which GitHub says of what is hidden too
    return Answer(status, data, why, permission if isinstance(permission, str) else "")


def _plain(path: str, answer: Answer) -> dict[str, Any]:
    plain: dict[str, Any] = {"status": answer.status}
    if answer.data is not None:
        plain["data"] = kept(path, answer.data)
    return plain | {key: value for key in ("why", "permission") if (value := getattr(answer, key))}


def _kept(data: Any, shape: Any) -> Any:
    if isinstance(shape, list):
        return [_kept(item, shape[0]) for item in data] if isinstance(data, list) else None
    if isinstance(shape, dict):
        if not isinstance(data, dict):
            return None
        found = {key: _kept(data[key], inner) for key, inner in shape.items() if key in data}
        return _without_secrets(found)
    return _shallow(data, DEEPEST)


def _shallow(data: Any, levels: int) -> Any:
    """A value without what lies deeper than so many levels, and without numbers that JSON has no word for."""
    if (isinstance(data, (list, dict)) and not levels) or (isinstance(data, float) and not isfinite(data)):
        return None
    if isinstance(data, list):
        return [_shallow(item, levels - 1) for item in data]
    if isinstance(data, dict):
        return {key: _shallow(value, levels - 1) for key, value in data.items()}
    return data


def _without_secrets(data: dict[str, Any]) -> dict[str, Any]:
    """Of a webhook's configuration the host, and that there is a secret; of a key's title no address of a person."""
    if isinstance(title := data.get("title"), str):
        data["title"] = _ADDRESS.sub("(address)", title[:1000])
    if "insecure_ssl" in data or "secret" in data:
        if data.get("secret"):
            data["secret"] = "********"  # noqa: S105 - the mask
        if isinstance(url := data.get("url"), str):
            data["url"] = _host(url)
    return data


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return ""


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _line(text: str, piece: str) -> int:
    return text.count("\n", 0, max(text.find(piece), 0)) + 1
