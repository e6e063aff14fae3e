"""Systems that are not read, and what names tell of scripts that are not."""

from __future__ import annotations

import pytest

from sscop.artefacts.code import is_test, sources
from sscop.artefacts.pipelines import Purpose, activities, named
from sscop.artefacts.pipelines.others import unread
from sscop.repository import Repository


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        ("Jenkinsfile", "", "a Jenkins pipeline, which is not read"),
        ("Jenkinsfile_CNP", "", "a Jenkins pipeline, which is not read"),
        (".travis.yml", "", "a Travis CI pipeline, which is not read"),
        ("appveyor.yml", "", "an AppVeyor pipeline, which is not read"),
        (".drone-1.0.yml", "", "a Drone pipeline, which is not read"),
        (".buildkite/pipeline.yml", "", "a Buildkite pipeline, which is not read"),
        ("buildspec.yml", "", "an AWS CodeBuild pipeline, which is not read"),
        ("ci/unit.yml", "platform: linux\nimage_resource: x", "a Concourse pipeline, which is not read"),
        ("ci/unit.yml", "a: b", None),
        ("OWNERS", "approvers: [a]", "a file of Prow's, whose jobs are kept in another repository"),
        ("OWNERS", "a@b", None),
        ("tests/fixtures/Jenkinsfile", "", None),
    ],
)
def test_systems(path: str, text: str, wanted: str | None) -> None:
    assert [one.reason for one in unread(Repository.of({path: text}))] == ([wanted] if wanted else [])


def test_the_shortest_path_stands_for_a_system() -> None:
    (one,) = unread(Repository.of({"a/b/Jenkinsfile": "", "z/Jenkinsfile": ""}))
    assert one.path == "z/Jenkinsfile"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("run_tests.py", True),
        ("minitest-ci", True),
        ("runUnitTests.sh", True),
        ("e2e.sh", True),
        ("test", True),
        ("setup-test-db.sh", False),
        ("print-test-failures.sh", False),
        ("latest.sh", False),
        ("build.sh", False),
        ("contest.sh", False),
    ],
)
def test_names_of_tests(name: str, wanted: bool) -> None:
    assert named.means_tests(name) is wanted


def test_a_script_called_run_is_named_by_its_folder() -> None:
    assert named.tests_path("php/tests/run.sh")
    assert not named.tests_path("php/run.sh")


def _found(step: str, files: dict[str, str]) -> tuple[list[str], list[str]]:
    workflow = f"on: pull_request\njobs:\n  a:\n    steps:\n      - run: {step}\n"
    acts = Repository.of({".github/workflows/a.yml": workflow, **files}).once(activities)
    return [one.tool for one in acts.of(Purpose.TEST)], [f"{one.kind} {one.said}" for one in acts.calls]


@pytest.mark.parametrize(
    ("step", "files", "tools", "calls"),
    [
        ("./script/minitest-ci", {"script/minitest-ci": "#!/usr/bin/env ruby"}, ["script/minitest-ci"], []),
        ("./test.sh", {"test.sh": "f x"}, ["test.sh"], []),
        ("./test.sh", {"test.sh": "pytest"}, ["pytest"], []),
        ("./test.sh", {"test.sh": "echo none"}, [], ["hollow test.sh"]),
        ("python tools/run_tests.py -v", {"tools/run_tests.py": ""}, ["tools/run_tests.py"], []),
        ("pwsh -File ./build.ps1", {"build.ps1": ""}, [], ["script build.ps1"]),
        ("./x.py test", {"x.py": ""}, ["x.py"], []),
        ("./build/test_crypt", {}, ["test_crypt"], []),
        ("./build/setup", {}, [], []),
        ("cat tests/test.sh", {"tests/test.sh": ""}, [], []),
        ("invoke test", {}, ["invoke test"], []),
        ("invoke build", {}, [], []),
        ("dotnet tool run dotnet-cake --target=Test --quiet=true", {}, ["dotnet-cake Test"], []),
        ("dotnet cake --target=Package", {}, [], []),
        ("./bin/http_test_server", {}, [], []),
        ("docker compose run unit", {"compose.yml": "services: {unit: {command: pytest}}"}, ["pytest"], []),
        ("docker compose run unit-test", {}, [], ["target docker compose run unit-test"]),
        ("uv run poe test-all", {}, ["poe test-all"], []),
        ("pdm run test", {}, ["test"], []),
        ("go run main.go unit", {}, ["go unit"], []),
        ("cmake . && make check", {}, ["make check"], []),
        ("make check", {"Makefile": "a:\n\tb\n"}, [], ["target make check"]),
        ("$DOCKER_CMD go test ./...", {}, ["go test"], []),
        ("$PYTHON -m pytest", {}, ["pytest"], []),
        ("mvn -B", {}, ["Maven's tests"], []),
    ],
)
def test_what_a_name_tells(step: str, files: dict[str, str], tools: list[str], calls: list[str]) -> None:
    assert _found(step, files) == (tools, calls)


def test_a_pattern_rule_is_given_its_target() -> None:
    assert _found("make unit", {"Makefile": "%:\n\t@go run -C .make . $@\n"})[0] == ["go unit"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("src/a.py", True),
        ("tests/test_a.py", True),
        ("docs/conf.py", False),
        ("a.config.js", False),
        ("README.md", False),
        ("examples/a.go", False),
        ("vendor/a.go", False),
        ("setup.py", False),
        ("a.min.js", False),
    ],
)
def test_source_code(path: str, wanted: bool) -> None:
    assert bool(Repository.of({path: ""}).once(sources)) is wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("tests/a.py", True),
        ("a/test_b.py", True),
        ("a_test.go", True),
        ("src/test/java/A.java", True),
        ("A.Tests/B.cs", True),
        ("FooTest.java", True),
        ("a.spec.ts", True),
        ("src/a.py", False),
        ("latest/a.py", False),
        ("contest.py", False),
    ],
)
def test_test_files(path: str, wanted: bool) -> None:
    assert is_test(path) is wanted
