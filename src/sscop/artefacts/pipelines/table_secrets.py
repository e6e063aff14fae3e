"""The tools that look for secrets in a repository; `tools` says how a row is read."""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

_SECRETS = (Purpose.SECRET_SCAN,)
_SCANNERS = "|".join(
    ("secret", "vuln,secret", "secret,vuln", "secret,config", "config,secret", "secret,misconfig", "misconfig,secret",
     "vuln,secret,config", "vuln,config,secret", "vuln,misconfig,secret", "vuln,secret,misconfig",
     "vuln,secret,misconfig,license", "secret,license")
)  # fmt: skip

SECRETS: tuple[Tool, ...] = (
    Tool(
        "gitleaks", _SECRETS,
        ("gitleaks/gitleaks-action", "zricethezav/gitleaks-action", "docker://ghcr.io/gitleaks/gitleaks",
         "docker://zricethezav/gitleaks"),
        ("gitleaks",),
        hooks=("gitleaks", "gitleaks-docker", "gitleaks-system"),
    ),
    Tool(
        "TruffleHog", _SECRETS,
        ("trufflesecurity/trufflehog", "edplato/trufflehog-actions-scan"),
        ("trufflehog", "trufflehog3"), hooks=("trufflehog", "trufflehog3"),
    ),
    Tool(
        "detect-secrets", _SECRETS,
        ("reviewdog/action-detect-secrets", "secret-scanner/action"),
        ("detect-secrets scan", "detect-secrets-hook"), hooks=("detect-secrets",),
    ),
    Tool(
        "ggshield", _SECRETS,
        ("gitguardian/ggshield/actions/secret", "gitguardian/ggshield-action", "gitguardian/ggshield"),
        ("ggshield secret|scan",),
        hooks=("ggshield", "ggshield-push", "ggshield-local", "docker-ggshield", "commit-ggshield"),
    ),
    Tool(
        "git-secrets", _SECRETS, (), ("git-secrets", "git secrets"),
        hooks=("git-secrets", "git-secrets-scan", "gitsecrets"),
    ),
    Tool("Talisman", _SECRETS, (), ("talisman",), hooks=("talisman-commit", "talisman-push")),
    Tool("secretlint", _SECRETS, ("secretlint/secretlint",), ("secretlint",), hooks=("secretlint",)),
    Tool(
        "secret scanner", _SECRETS,
        ("task: credscan", "template: security/secret-detection.gitlab-ci.yml",
         "template: jobs/secret-detection.gitlab-ci.yml", "template: jobs/secret-detection.latest.gitlab-ci.yml"),
        ("ripsecrets", "kingfisher scan", "noseyparker scan", "whispers", "git-hound", "shhgit", "betterleaks"),
        hooks=("ripsecrets", "kingfisher", "noseyparker", "betterleaks"),
    ),
    Tool("Trivy's secret scanner", _SECRETS, ("aquasecurity/trivy-action",), (), (f"scanners={_SCANNERS}",)),
    Tool("MegaLinter's secret scanners", _SECRETS, ("oxsecurity/megalinter", "oxsecurity/megalinter/flavors/*")),
    Tool("detect-private-key", _SECRETS, hooks=("detect-private-key",)),
    Tool("detect-aws-credentials", _SECRETS, hooks=("detect-aws-credentials",)),
)  # fmt: skip
