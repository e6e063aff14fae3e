"""What is kept of the API's answers: the keys that facts need, and of those nothing that is a secret.

No addresses of people, no secrets, no hashes of keys, nothing about issues or stars.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from sscop.lazy import lazily

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
