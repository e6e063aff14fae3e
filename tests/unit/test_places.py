"""Where files count."""

from __future__ import annotations

import pytest

from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

VENDORED = "vendored code"
FIXTURE = "a test fixture"
TEMPLATE = "a template with placeholders in its path"
PROSE = "a test, example, template or build output"


@pytest.mark.parametrize(
    ("path", "tools", "prose"),
    [
        ("Dockerfile", "", ""),
        ("docs/security.md", "", ""),
        ("build/Dockerfile", "", PROSE),
        ("examples/Dockerfile", "", PROSE),
        ("tests/Dockerfile", "", PROSE),
        ("Test/a.md", "", PROSE),
        ("archived/a.md", "", PROSE),
        ("latest/a.md", "", ""),
        ("contests/data/a", "", ""),
        ("vendor/x/Dockerfile", VENDORED, VENDORED),
        ("a/third-party/b", VENDORED, VENDORED),
        ("a/ThirdParty/b", VENDORED, VENDORED),
        ("web/node_modules/x/package.json", VENDORED, VENDORED),
        (".venv/lib/x", VENDORED, VENDORED),
        ("vendors/x", "", ""),
        ("fixtures/Dockerfile", FIXTURE, FIXTURE),
        ("src/testdata/go.mod", FIXTURE, FIXTURE),
        ("a/test-cases/b", FIXTURE, FIXTURE),
        ("tests/unit/data/x.yml", FIXTURE, FIXTURE),
        ("tests/data/x.yml", FIXTURE, FIXTURE),
        ("spec/support/files/x", FIXTURE, FIXTURE),
        ("e2e/projects/a/Dockerfile", FIXTURE, FIXTURE),
        ("golden-files/x", FIXTURE, FIXTURE),
        ("src/{{cookiecutter.name}}/Dockerfile", TEMPLATE, TEMPLATE),
        ("src/__project_name__/Dockerfile", TEMPLATE, TEMPLATE),
        ("src/__init__/Dockerfile", "", ""),
        ("fixtures", "", ""),
    ],
)
def test_not_counted(path: str, tools: str, prose: str) -> None:
    assert not_counted(path, Family.TOOLS) == tools
    assert not_counted(path, Family.PROSE) == prose


def test_what_does_not_count_is_named() -> None:
    repo = Repository.of({"Dockerfile": "", "vendor/Dockerfile": "", "tests/data/Dockerfile": ""})
    assert repo.find("**/Dockerfile", family=Family.TOOLS) == ["Dockerfile"]
    assert repo.not_counted == {"vendor/Dockerfile": VENDORED, "tests/data/Dockerfile": FIXTURE}
    assert repo.find("**/Dockerfile") == ["Dockerfile", "tests/data/Dockerfile", "vendor/Dockerfile"]


@pytest.mark.parametrize(
    "path",
    ["Dockerfile", "build/Dockerfile", "deploy/values.yaml", ".helm/values.yaml", "src/main/resources/application.yml",
     "latest/a", "devices/a.tf", "k8s/production/a.yml", "contest/a", "settings/base.py"],
)  # fmt: skip
def test_what_ships(path: str) -> None:
    assert not_counted(path, Family.SHIPPED) == ""


@pytest.mark.parametrize(
    "path",
    ["tests/a", "Dockerfile.dev", "docker-compose.override.yml", "docker-compose-test.yml", "application-local.yml",
     "appsettings.Development.json", ".devcontainer/Dockerfile", ".github/a.yml", "src/integrationTest/resources/a.yml",
     "examples/a", "docs/a.yaml", "hack/a", "vendor/a", "src/testSqs/a", "settings/unittests.py", "e2e/a"],
)  # fmt: skip
def test_what_developers_tests_and_examples_use(path: str) -> None:
    assert not_counted(path, Family.SHIPPED)


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("package.json", True),
        ("web/package.json", True),
        ("packages/testing-library/package.json", True),
        ("src/tests/package.json", False),
        ("src/App.Tests/App.csproj", False),
        ("tests-integration/Cargo.toml", False),
        ("flutter_http_example/pubspec.yaml", False),
        ("template-react/package.json", False),
        ("docs/package.json", False),
        ("website/package.json", False),
        ("benches/Cargo.toml", False),
        ("vendor/a/go.mod", False),
        ("a/META-INF/maven/pom.xml", False),
    ],
)
def test_what_the_product_is_built_from(path: str, counts: bool) -> None:
    assert (not not_counted(path, Family.PRODUCT)) is counts
