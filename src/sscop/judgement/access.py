"""Which of a platform's settings give more than needed."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.lazy import NamedTuple
from sscop.platform import Fact, Platform


class Lax(NamedTuple):
    """A setting that is open: in words, and what to do."""

    code: str
    message: str
    fix: str
    subject: str = ""


_SWITCHES = (
    ("secret_scanning", "no-secret-scanning", "secret scanning is off"),
    ("push_protection", "no-push-protection", "secrets can be pushed: push protection is off"),
    ("private_reporting", "no-private-reporting", "private vulnerability reporting is off"),
    ("dependabot_alerts", "no-alerts", "Dependabot alerts are off"),
)
_SECURITY = "settings, Advanced Security"


def lax(platform: Platform) -> Iterator[Lax]:
    """The settings that are known, and open."""
    if _is(platform.workflow_permissions, "write"):
        yield Lax(
            "token-writes", "workflows' tokens may write by default", "settings, Actions, Workflow permissions: read"
        )
    if _is(platform.workflows_approve, True):
        yield Lax("workflows-approve", "workflows may approve pull requests", "settings, Actions, Workflow permissions")
    allowed = platform.allowed_actions
    if allowed.known and allowed.value.policy == "all":
        pinned = ", though only by their commit" if allowed.value.pinned else ""
        yield Lax("every-action", f"every action may run{pinned}", "settings, Actions: allow chosen actions only")
    for one in platform.environments.value if platform.environments.known else ():
        if not one.reviewers:
            message = f"environment `{one.name}` deploys without a reviewer"
            yield Lax("environment-unreviewed", message, "settings, Environments: required reviewers", one.name)
        elif one.self_review:
            message = f"environment `{one.name}` lets people approve their own deployments"
            yield Lax("environment-self-review", message, "settings, Environments: prevent self-review", one.name)
    for login, role in platform.outsiders.value if platform.outsiders.known else ():
        if role in ("write", "maintain", "admin"):
            message = f"outside collaborator `{login}` has the role {role}"
            yield Lax("outsider", message, "check that it is needed still, and until when", login)
    for title, writes in platform.deploy_keys.value if platform.deploy_keys.known else ():
        if writes:
            yield Lax(
                "deploy-key", f"deploy key `{title}` may write", "replace it by one that reads, or by an App", title
            )
    for host, verified, secret in platform.webhooks.value if platform.webhooks.known else ():
        if not verified:
            yield Lax("webhook-insecure", f"the webhook to `{host}` does not verify TLS", "settings, Webhooks", host)
        if not secret:
            yield Lax(
                "webhook-unsigned", f"the webhook to `{host}` has no secret", "settings, Webhooks: a secret", host
            )
    for name, code, message in _SWITCHES:
        if _is(getattr(platform, name), False):
            yield Lax(code, message, _SECURITY)


def _is(fact: Fact, value: object) -> bool:
    return fact.known and fact.value == value
