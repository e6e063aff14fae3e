"""The tools that look for secrets in a repository; `tools` says how a row is read."""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

_SECRETS = (Purpose.SECRET_SCAN,)

SECRETS: tuple[Tool, ...] = (
    Tool(
        "Gitleaks",
        _SECRETS,
        ("gitleaks/gitleaks-action", "zricethezav/gitleaks-action"),
        ("gitleaks", "betterleaks"),
        (),
        ("gitleaks", "gitleaks-docker", "gitleaks-system"),
    ),
    Tool("TruffleHog", _SECRETS, ("trufflesecurity/trufflehog",), ("trufflehog", "trufflehog3"), (), ("trufflehog",)),
    Tool(
        "detect-secrets",
        _SECRETS,
        ("reviewdog/action-detect-secrets", "secret-scanner/action"),
        ("detect-secrets scan", "detect-secrets-hook"),
        (),
        ("detect-secrets", "detect-secrets-hook"),
    ),
    Tool("pre-commit's own secret hooks", _SECRETS, (), (), (), ("detect-private-key", "detect-aws-credentials")),
    Tool(
        "GitGuardian",
        _SECRETS,
        ("gitguardian/ggshield-action", "gitguardian/ggshield/actions/secret"),
        ("ggshield secret", "ggshield scan"),
        (),
        ("ggshield", "ggshield-push"),
    ),
    Tool("git-secrets", _SECRETS, (), ("git-secrets", "git secrets"), (), ("git-secrets", "git-secrets-scan")),
    Tool("Secretlint", _SECRETS, (), ("secretlint",), (), ("secretlint",)),
    Tool("Talisman", _SECRETS, (), ("talisman",), (), ("talisman-commit", "talisman-push")),
    Tool(
        "GitLab secret detection",
        _SECRETS,
        ("template: security/secret-detection*", "template: jobs/secret-detection*"),
    ),
)
