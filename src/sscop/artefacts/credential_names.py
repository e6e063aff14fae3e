"""Names and shapes of credentials in pipelines: inputs, variables, login actions, tokens.

Sources: GitHub's pages on secrets and OpenID Connect, the inputs of the cloud vendors' login actions, the registries'
pages on trusted publishing, and the published prefixes of tokens.
"""

from __future__ import annotations

import re

from sscop.lazy import lazily

_INSIDE = r"\$\{\{(?:[^}$]|\}(?!\})|\$(?!\{\{))*?\bsecrets\s{0,20}"
"""An expression as far as its secrets; it ends where the next one begins, so that nothing is read twice."""

SECRET = lazily(_INSIDE + r"(?:\.\s{0,20}(?!GITHUB_TOKEN\b)([\w-]+)|\[)", re.IGNORECASE)
ALONE = lazily(r"\s*\$\{\{\s*secrets\.[\w-]+\s*\}\}\s*")
OPEN = lazily(
    r"(?:.*[_-])?(?:user|usr|username|name|url|uri|host|server|region|account|bucket|role|id|email|arn|cache|team|org"
    r"|project)"
)
"""Names of what people keep among the secrets and is none."""

KEYED_URL = lazily(
    r".*(?:hook|database|db|redis|mongo(?:db)?|postgres\w{0,5}|pg|mysql|mariadb|amqp|rabbit(?:mq)?|broker"
    r"|slack|discord|teams)_?(?:url|uri)"
)
"""Addresses that hold a password or are one."""

S3 = lazily(r"endpoint", re.IGNORECASE)
"""Another vendor's storage that takes AWS's names for its keys, and no federated identity of AWS's."""

ALL = lazily(r"toJSON\(\s*secrets\s*\)", re.IGNORECASE)
TOKENS = lazily(
    r"(?<![\w/+=-])(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{60,255}|glpat-[\w-]{20,64}"
    r"|xox[abprs]-[\w-]{20,200}|npm_[A-Za-z0-9]{36}|AIza[\w-]{35}|sk_live_[A-Za-z0-9]{20,99}|pypi-AgEIcHlwaS5vcmc[\w-]{50,400}"
    r"|dckr_pat_[\w-]{20,64}|hvs\.[\w-]{24,200}|-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----)"
)
"""What vendors' long-lived tokens look like."""

TOKEN_WORDS = (
    *(b"AKIA", b"ASIA", b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_", b"glpat-", b"xox", b"npm_"),
    *(b"AIza", b"sk_live_", b"pypi-Ag", b"dckr_pat_", b"hvs.", b"PRIVATE KEY"),
)
EXAMPLE = lazily(r"EXAMPLE|(.)\1{7}|12345678|abcdefgh", re.IGNORECASE)
INPUT = lazily(r"(?:[a-z]+[-_])*(?:token|password|api[-_]?key|access[-_]?key|secret|client[-_]secret|private[-_]?key)")
OPAQUE = lazily(r"(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9+/=_.-]{20,200}")
BUILD_ARG = lazily(r"--build-arg[= ]\s{0,20}[\"']?\w{1,200}=[\"']?" + _INSIDE + r"\.", re.IGNORECASE)

LONG_LIVED = {
    "aws-actions/configure-aws-credentials": ("aws-access-key-id", "AWS", "`role-to-assume` with `id-token: write`"),
    "azure/login": ("creds", "Azure", "`client-id`, `tenant-id` and `subscription-id` with `id-token: write`"),
    "google-github-actions/auth": ("credentials_json", "Google Cloud", "`workload_identity_provider`"),
    "google-github-actions/setup-gcloud": ("service_account_key", "Google Cloud", "`workload_identity_provider`"),
    "azure/docker-login": ("password", "Azure", "`azure/login` with a federated identity, then `az acr login`"),
    "aws-actions/amazon-ecr-login": ("aws-access-key-id", "AWS", "`role-to-assume`"),
}
"""Login actions, the input that takes a long-lived key, whose it is, and what to give in its place."""

FEDERATED = {
    "aws-actions/configure-aws-credentials": "role-to-assume",
    "azure/login": "client-id",
    "google-github-actions/auth": "workload_identity_provider",
    "hashicorp/vault-action": "jwtGithubAudience",
}
PLAIN_OIDC = ("rubygems/configure-rubygems-credentials", "rubygems/release-gem", "rust-lang/crates-io-auth-action")
NAMES = {
    "aws_secret_access_key": "AWS", "arm_client_secret": "Azure", "azure_client_secret": "Azure",
    "azure_credentials": "Azure", "google_credentials": "Google Cloud", "gcp_sa_key": "Google Cloud",
    "gcloud_service_key": "Google Cloud", "google_application_credentials_json": "Google Cloud",
}  # fmt: skip
PUBLISHING = {
    "node_auth_token": "npm", "npm_token": "npm", "twine_password": "PyPI", "pypi_api_token": "PyPI",
    "cargo_registry_token": "crates.io", "gem_host_api_key": "RubyGems", "uv_publish_token": "PyPI",
    "poetry_pypi_token_pypi": "PyPI",
}  # fmt: skip
REGISTRY = lazily(
    r"(?:.*_)?(npm|pypi|twine|cargo|crates(?:_io)?|rubygems|gem)(?:_\w+)?_(?:token|password|key|secret)", re.IGNORECASE
)
REGISTRIES = {
    "npm": "npm", "pypi": "PyPI", "twine": "PyPI", "cargo": "crates.io", "crates": "crates.io",
    "crates_io": "crates.io", "rubygems": "RubyGems", "gem": "RubyGems",
}  # fmt: skip
"""Words in the names of tokens, and the registry that knows trusted publishing."""

INSTALLS = lazily(r"\b(?:npm|pnpm|yarn)\s{1,5}(?:ci|i|install|outdated|audit)\b")
PUBLISHES = lazily(r"publish|release|twine upload", re.IGNORECASE)
KEPT = lazily(
    r"(?:\w+[_.-])?(?:token|passw(?:or)?d|secret|secret_?key|access_?key|api_?key|private_?key|ssh_?key|credentials?|pat)",
    re.IGNORECASE,
)
"""Names of variables that hold a credential."""

OWN = lazily(r"CI_\w+|CIRCLE_\w+|System\.AccessToken|Build\.\w+", re.IGNORECASE)
"""What the platforms set themselves, for one job."""
