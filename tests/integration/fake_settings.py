"""A repository's settings as GitHub's API tells them, for the GitHub on the loopback: what an administrator sees."""

from __future__ import annotations

import base64
from typing import Any

Settings = dict[str, tuple[int, Any]]
"""By request path: the status and the JSON of the answer."""

ON, OFF = {"enabled": True}, {"enabled": False}
NOT_FOUND = (404, {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"})
INTEGRATION = (403, {"message": "Resource not accessible by integration", "status": "403"})

PULL_REQUEST = {
    "type": "pull_request",
    "parameters": {
        "required_approving_review_count": 2,
        "dismiss_stale_reviews_on_push": True,
        "require_code_owner_review": True,
        "require_last_push_approval": False,
        "required_review_thread_resolution": False,
    },
}
CHECKS = {
    "type": "required_status_checks",
    "parameters": {
        "strict_required_status_checks_policy": True,
        "required_status_checks": [{"context": "tests", "integration_id": 15368}],
    },
}


def _file(path: str, text: str) -> dict[str, Any]:
    content = base64.encodebytes(text.encode()).decode()
    return {"type": "file", "path": path, "encoding": "base64", "size": len(text), "content": content}


def repository(name: str = "o/r", **more: Any) -> dict[str, Any]:
    """The repository object."""
    owner, _, short = name.partition("/")
    return {
        "id": 1,
        "name": short,
        "full_name": name,
        "private": False,
        "visibility": "public",
        "default_branch": "main",
        "owner": {"login": owner, "type": "Organization", "email": "someone@example.org"},
        "permissions": {"admin": True, "push": True, "pull": True},
        "security_and_analysis": {
            "secret_scanning": {"status": "enabled"},
            "secret_scanning_push_protection": {"status": "disabled"},
        },
        **more,
    }


def settings(name: str = "o/r") -> Settings:
    """All settings of a well-kept repository."""
    owner = name.partition("/")[0]
    repo, community = f"/repos/{name}", f"/repos/{owner}/.github"
    source = {"ruleset_id": 11, "ruleset_source_type": "Repository", "ruleset_source": name}
    ruleset = {"id": 11, "name": "main", "target": "branch", "source_type": "Repository", "enforcement": "active"}
    found: dict[str, Any] = {
        repo: repository(name),
        f"{repo}/rules/branches/main": [{**PULL_REQUEST, **source}, {**CHECKS, **source}],
        f"{repo}/rules/branches/release%2F2.x": [{"type": "deletion", **source}],
        f"{repo}/rulesets": [ruleset, {**ruleset, "id": 12, "enforcement": "disabled"}],
        f"{repo}/rulesets/11": {
            **ruleset,
            "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
            "rules": [PULL_REQUEST, CHECKS],
            "bypass_actors": [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "pull_request"}],
        },
        f"{repo}/branches": [{"name": "main", "protected": True}, {"name": "release/2.x", "protected": False}],
        f"{repo}/branches/main": {
            "name": "main",
            "protected": True,
            "commit": {"sha": "0" * 40, "commit": {"author": {"email": "someone@example.org"}}},
            "protection": {"enabled": True, "required_status_checks": {"contexts": ["tests"], "checks": []}},
        },
        f"{repo}/branches/release%2F2.x": {"name": "release/2.x", "protected": False},
        f"{repo}/branches/main/protection": {
            "url": "https://api.github.example/protection",
            "required_status_checks": {"strict": True, "contexts": ["tests"], "checks": []},
            "enforce_admins": {"url": "u", "enabled": True},
            "required_pull_request_reviews": {"required_approving_review_count": 1, "dismiss_stale_reviews": False},
            "required_signatures": {"url": "u", "enabled": False},
            "allow_force_pushes": OFF,
            "allow_deletions": OFF,
        },
        f"{repo}/actions/permissions": {"enabled": True, "allowed_actions": "selected", "sha_pinning_required": True},
        f"{repo}/actions/permissions/selected-actions": {
            "github_owned_allowed": True,
            "verified_allowed": False,
            "patterns_allowed": ["octo-org/*@v4.1.1"],
        },
        f"{repo}/actions/permissions/workflow": {
            "default_workflow_permissions": "read",
            "can_approve_pull_request_reviews": False,
        },
        f"{repo}/actions/permissions/fork-pr-contributor-approval": {"approval_policy": "first_time_contributors"},
        f"{repo}/actions/permissions/artifact-and-log-retention": {"days": 90, "maximum_allowed_days": 400},
        f"{repo}/environments": {
            "total_count": 1,
            "environments": [
                {
                    "id": 1,
                    "name": "production",
                    "can_admins_bypass": False,
                    "protection_rules": [
                        {
                            "id": 2,
                            "type": "required_reviewers",
                            "prevent_self_review": True,
                            "reviewers": [{"type": "Team", "reviewer": {"id": 3, "slug": "release", "node_id": "n"}}],
                        }
                    ],
                    "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
                }
            ],
        },
        f"{repo}/environments/production/deployment-branch-policies": {
            "total_count": 1,
            "branch_policies": [{"id": 4, "name": "main", "type": "branch"}],
        },
        f"/orgs/{owner}": {
            "login": owner,
            "email": "someone@example.org",
            "billing_email": "someone@example.org",
            "two_factor_requirement_enabled": True,
            "default_repository_permission": "read",
        },
        f"{repo}/automated-security-fixes": {"enabled": True, "paused": False},
        f"{repo}/private-vulnerability-reporting": ON,
        f"{repo}/immutable-releases": {"enabled": True, "enforced_by_owner": False},
        f"{repo}/keys": [
            {"id": 1, "key": "ssh-ed25519 AAAA", "title": "deploy someone@example.org", "read_only": False}
        ],
        f"{repo}/collaborators": [{"login": "contractor", "role_name": "write", "permissions": {"push": True}}],
        f"{repo}/hooks": [
            {
                "id": 1,
                "name": "web",
                "active": True,
                "events": ["push"],
                "config": {
                    "url": "https://user:word@ci.example.org:8443/hook?token=very-secret-value",
                    "insecure_ssl": "0",
                    "secret": "very-secret-value",
                },
            }
        ],
        f"{repo}/codeowners/errors": {
            "errors": [
                {"line": 3, "column": 1, "kind": "Unknown owner", "path": ".github/CODEOWNERS", "source": "* @x"}
            ]
        },
        community: repository(f"{owner}/.github"),
        f"{community}/git/trees/HEAD": {
            "sha": "1" * 40,
            "truncated": False,
            "tree": [
                {"path": "SECURITY.md", "type": "blob", "size": 5},
                {"path": "docs/SUPPORT.md", "type": "blob", "size": 5},
                {"path": "profile/README.md", "type": "blob", "size": 5},
            ],
        },
        f"{community}/contents/SECURITY.md": _file("SECURITY.md", "# Report to security@example.org"),
        f"{community}/contents/docs/SUPPORT.md": _file("docs/SUPPORT.md", "# Support"),
    }
    return {path: (200, data) for path, data in found.items()} | {f"{repo}/vulnerability-alerts": (204, None)}


ORDINARY = ("/branches/main/protection", "/actions/permissions", "/automated-security-fixes", "/immutable-releases")


def as_ordinary(given: Settings) -> Settings:
    """What of these settings a job's own token with `contents: read` is shown."""
    seen = dict(given)
    for path, (_, data) in given.items():
        if any(part in path for part in (*ORDINARY, "/vulnerability-alerts", "/keys", "/hooks", "/environments")):
            seen[path] = INTEGRATION
        elif path.endswith("/collaborators"):
            seen[path] = (403, {"message": "Must have push access to view repository collaborators."})
        elif path.startswith("/orgs/"):
            seen[path] = (200, {**data, "two_factor_requirement_enabled": None})
        elif isinstance(data, dict) and ("bypass_actors" in data or "security_and_analysis" in data):
            hidden = ("bypass_actors", "security_and_analysis")
            seen[path] = (200, {key: value for key, value in data.items() if key not in hidden})
    return seen
