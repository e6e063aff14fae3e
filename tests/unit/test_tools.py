"""The table of tools, and how a row is read."""

from __future__ import annotations

import re

import pytest

from sscop.artefacts.pipelines import table, tools
from sscop.artefacts.pipelines.tools import Purpose


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("pytest -q", ["pytest"]),
        ("go -C x test ./...", []),
        ("go test ./...", ["go test"]),
        ("go build", []),
        ("mvn -B clean verify", ["Maven's tests"]),
        ("mvn compile", []),
        ("cargo +nightly test", ["cargo test"]),
        ("node --test", ["node --test"]),
        ("node --test=x", ["node --test"]),
        ("rake", ["Ruby's tests"]),
        ("rake db:migrate", []),
        ("rake spec:models", ["Ruby's tests"]),
        ("nx run-many --target test", ["JavaScript task runners' tests"]),
        ("nx run-many --target=test", ["JavaScript task runners' tests"]),
        ("nx run-many --target build", []),
        ("echo pytest", []),
        ("trivy fs .", ["Trivy's secret scan", "Trivy"]),
        ("trivy fs --scanners vuln .", ["Trivy"]),
        ("trivy fs --security-checks=secret,config .", ["Trivy's configuration scan", "Trivy's secret scan"]),
        ("trivy image -f cyclonedx x", ["Trivy's SBOM"]),
        ("trivy --version", []),
        ("gitleaks version", []),
        ("gitleaks", ["Gitleaks"]),
        ("npm audit --audit-level high", ["npm audit"]),
        ("npm audit signatures", []),
        ("npm audit fix", []),
        ("syft . -o spdx-json=a.json", ["Syft"]),
        ("syft . -o table", []),
        ("go test -fuzz=FuzzX -race ./x", ["go test", "go test -fuzz", "go test -race"]),
        ("codesign -dv x", []),
        ("codesign -s id x", ["Apple's signing"]),
        ("goreleaser release --snapshot", []),
        ("goreleaser release --clean", ["GoReleaser"]),
        ("docker buildx build --sbom=true --push .", ["docker build --sbom", "containers"]),
        ("docker build --sbom=false .", []),
        ("uv export --format cyclonedx1.5", ["uv export"]),
        ("mvnw -B org.owasp:dependency-check-maven:check", ["OWASP Dependency-Check"]),
        ("gradlew :app:dependencyCheckAnalyze", ["OWASP Dependency-Check"]),
        ("", []),
    ],
)
def test_commands(command: str, wanted: list[str]) -> None:
    assert [tool.name for tool in tools.run(command.split())] == wanted


@pytest.mark.parametrize(
    ("uses", "inputs", "wanted"),
    [
        ("Cypress-io/github-action", {}, ["Cypress"]),
        ("github/codeql-action/upload-sarif", {}, []),
        ("github/codeql-action/init", {}, []),
        ("github/codeql-action/analyze", {}, ["CodeQL"]),
        ("aquasecurity/trivy-action", {}, ["Trivy's secret scan", "Trivy"]),
        ("aquasecurity/trivy-action", {"scan-type": "config"}, ["Trivy's configuration scan"]),
        ("aquasecurity/trivy-action", {"scanners": "vuln"}, ["Trivy"]),
        ("aquasecurity/trivy-action", {"scanners": "secret,misconfig"}, ["Trivy's secret scan"]),
        ("aquasecurity/trivy-action", {"scan-type": "fs", "format": "spdx-json"}, ["Trivy's SBOM"]),
        ("snyk/actions/node", {}, ["Snyk"]),
        ("snyk/actions/node", {"command": "monitor"}, ["Snyk's monitoring"]),
        ("snyk/actions/node", {"command": "code test"}, ["Snyk Code"]),
        ("snyk/actions/setup", {}, []),
        ("docker/build-push-action", {"push": "true", "sbom": "true"}, ["docker build --sbom", "containers"]),
        ("docker/build-push-action", {"push": "false"}, []),
        ("google/osv-scanner-action/.github/workflows/osv-scanner-reusable.yml", {}, ["OSV-Scanner"]),
    ],
)
def test_uses(uses: str, inputs: dict[str, str], wanted: list[str]) -> None:
    assert [tool.name for tool in tools.used(uses, inputs)] == wanted


def test_hooks() -> None:
    assert [tool.name for tool in tools.hooked("gitleaks")] == ["Gitleaks"]


def test_an_unknown_hook_is_no_tool() -> None:
    assert list(tools.hooked("end-of-file-fixer")) == []


@pytest.mark.parametrize("tool", table.TOOLS, ids=lambda tool: tool.name)
def test_rows_are_as_the_grammar_says(tool: tools.Tool) -> None:
    assert tool.purposes
    assert all(isinstance(one, Purpose) for one in tool.purposes)
    assert tool.uses or tool.commands or tool.hooks
    for name in tool.uses:
        assert name == name.lower()
        assert "@" not in name
    for command in tool.commands:
        program, *_ = command.split()
        assert re.fullmatch(r"[a-z0-9][\w.:*+-]*", program), command
    assert all("=" in one or one.startswith("!") for one in tool.inputs)


def test_a_tool_has_a_second_row_only_for_other_inputs() -> None:
    rows: dict[str, list[tools.Tool]] = {}
    for tool in table.TOOLS:
        rows.setdefault(tool.name, []).append(tool)
    for held in rows.values():
        assert len({one.purposes for one in held}) == 1
        assert len(held) == 1 or len({one.inputs for one in held}) > 1
