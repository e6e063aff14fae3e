"""Every check over every kind of file, filled with what makes careless patterns slow: each ends in a finding.

Nothing is timed: a pattern that backtracks without end would not come back.
"""

from __future__ import annotations

from datetime import date

import pytest

from sscop.assess import run
from sscop.config import Config
from sscop.repository import Repository
from sscop_hooks import load

NAMES = (
    ".circleci/config.yml", ".env", ".gitattributes", ".github/CODEOWNERS", ".github/ISSUE_TEMPLATE/bug.md",
    ".github/dependabot.yml", ".github/workflows/a.yml", ".gitignore", ".gitlab-ci.yml", ".golangci.yml", ".npmrc",
    ".pre-commit-config.yaml", ".terraform.lock.hcl", "ARCHITECTURE.md", "Cargo.lock", "Cargo.toml", "Chart.yaml",
    "Dockerfile", "Gemfile", "Gemfile.lock", "Makefile", "Package.swift", "README.md", "README.rst", "SECURITY.md",
    "TESTING.md", "Taskfile.yml", "application.properties", "azure-pipelines.yml", "bom.json", "bom.xml",
    "build.gradle",
    "composer.json", "config/settings.py", "deploy/values.yaml", "docker-compose.yml", "docs/requirements.adoc",
    "docs/adr/0001-a.md", "docs/secure-development.md", "features/a.feature", "go.mod", "id_rsa", "justfile", "mix.exs",
    "noxfile.py", "package-lock.json", "package.json", "pnpm-lock.yaml", "poetry.lock", "pom.xml", "pyproject.toml",
    "renovate.json", "requirements.sdoc", "requirements.txt", "sbom.spdx", "setup.cfg", "setup.py", "terraform/main.tf",
    "tox.ini", "uv.lock", "yarn.lock", ".github/rulesets/main.json", ".github/settings.yml", "OWNERS", "action.yml",
    "docs/access.md", "docs/audit-logs.md", "security/a-xccdf.xml", "security/b.ckl", "security/c.cklb",
    "security/inspec.json", "security/lynis-report.dat", "security/threshold.yaml", "tool-policy.yaml", "zizmor.yml",
    ".well-known/security.txt", "CHANGELOG.md", "docs/vulnerability-management.md",
)  # fmt: skip
PIECES = (
    "\n", " ", "a", "a ", "- a\n", "  - a-b c\n", "a: b\n", "[a, ", '"a", ', '"\\', "a.b/", "((", "| a ", "`a` ", "<a ",
    "{{a ", "a=b ", "--a ", "$a ", "#a\n", "\t a\n", "* a\n", "1.2 ",
)  # fmt: skip
LEADS = (
    "",
    "# Vulnerability management\n\nReport a critical vulnerability to security at firm dot org, we publish advisories ",
    "gosec select = [",
    "threat model password: ",
    "on: push\njobs: {a: {steps: [{run: 'make ",
    "# Access review, roles and audit logs\n\nMaintainers and reviewers merge in the repository; github ci logs ",
)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
@pytest.mark.parametrize("lead", LEADS, ids=repr)
def test_every_check_answers(piece: str, lead: str) -> None:
    text = lead + piece * (20_000 // len(piece))
    repo = Repository.of(dict.fromkeys(NAMES, text))
    for check in load():
        findings, reason = run(check, repo, Config(), date(2026, 11, 25))
        assert findings
        assert reason == ""
