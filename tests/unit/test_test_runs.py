"""Whether steps run tests, for which changes, and what may without being read."""

from __future__ import annotations

import pytest

from sscop.artefacts.pipelines import Activities, activities
from sscop.judgement import test_runs as runs
from sscop.judgement.tests_in_ci import findings
from sscop.repository import Repository

A = ".github/workflows/a.yml"
SOURCE = {"src/a.py": "", "tests/test_a.py": ""}


def _workflow(step: str = "run: pytest", on: str = "pull_request", job: str = "", name: str = "a") -> str:
    return f"on: {on}\njobs:\n  {name}:\n{job}    steps:\n      - {step}\n"


def _acts(files: dict[str, str]) -> Activities:
    return Repository.of(files).once(activities)


def _said(files: dict[str, str]) -> list[str]:
    repo = Repository.of(files)
    return [f"{one.outcome.value} {one.kind.value} {one.code}" for one in findings(repo, repo.once(activities))]


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("pytest", True),
        ("pytest --collect-only", False),
        ("pytest --version", False),
        ("mvn package -DskipTests", False),
        ("mvn package -DskipTests=true", False),
        ("mvn package -DskipTests=false", True),
        ("gradle build -x test", False),
        ("gradle build", True),
        ("go test -c ./a", False),
        ("cargo test --no-run", False),
        ("mvn -v", False),
        ("mvn", True),
    ],
)
def test_what_runs_tests(command: str, wanted: bool) -> None:
    assert bool(runs.tests_of(_acts({A: _workflow(f"run: {command}")}))) is wanted


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("needs.x.outputs.changed == 'true'", True),
        ("matrix.os == 'linux'", True),
        ("github.repository == 'o/r'", True),
        ("contains(github.event.pull_request.labels.*.name, 'run')", None),
        ("\"!contains(github.event.pull_request.labels.*.name, 'skip')\"", True),
        ("vars.RUN == 'yes'", None),
        ("github.event_name == 'push'", False),
    ],
)
def test_conditions(condition: str, wanted: bool | None) -> None:
    (one,) = runs.tests_of(_acts({A: _workflow(job=f"    if: {condition}\n")}))
    assert runs.on_review(one) is wanted


@pytest.mark.parametrize(
    ("job", "weight"),
    [
        ("uses: o/r/.github/workflows/test.yml@v1", 3),
        ("uses: o/r/.github/workflows/_run-java-tests-and-publish-pacts.yml@v1", 2),
        ("uses: o/r/.github/workflows/ci.yml@v1", 1),
        ("uses: o/r/.github/workflows/codeql-analysis.yml@v1", 0),
        ("uses: o/r/.github/workflows/upload-test-results.yml@v1", 0),
        ("steps: [{uses: o/run-tests@v1}]", 2),
        ("steps: [{uses: o/publish-test-results@v1}]", 0),
        ("steps: [{uses: o/setup@v1}]", 0),
        ("steps: [{run: pwsh ./build.ps1}]", 1),
        ("steps: [{run: npm test}]", 2),
        ("steps: [{run: make docs}]", 0),
    ],
)
def test_what_may_run_tests(job: str, weight: int) -> None:
    files = {
        A: f"on: pull_request\njobs:\n  x:\n    {job}\n",
        "build.ps1": "",
        "package.json": "{}",
        "Makefile": "a:\n\tb\n",
    }
    assert [runs.may_test(call) for call in _acts(files).calls] == [weight]


def _left_out(on: str, paths: list[str]) -> list[str]:
    repo = Repository.of({A: _workflow(on=on), **dict.fromkeys(paths, "")})
    return runs.left_out(repo, runs.tests_of(repo.once(activities)))[0]


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        ("pull_request", []),
        ("{pull_request: {paths: ['src/**']}}", ["web/b.ts"]),
        ("{pull_request: {paths: ['**', '!web/**']}}", ["web/b.ts"]),
        ("{pull_request: {paths-ignore: ['docs/**']}}", []),
        ("{pull_request: {paths-ignore: ['src/**']}}", ["src/a.py"]),
        ("{pull_request: {paths: ['src/**']}, push: }", []),
    ],
)
def test_filters(on: str, wanted: list[str]) -> None:
    assert _left_out(on, ["src/a.py", "web/b.ts"]) == wanted


def test_gitlabs_changes_are_filters() -> None:
    source = "t:\n  script: pytest\n  rules:\n    - changes: [src/**, $X/**]\n"
    repo = Repository.of({".gitlab-ci.yml": source, "src/a.py": "", "web/b.ts": ""})
    assert runs.left_out(repo, runs.tests_of(repo.once(activities)))[0] == []
    assert _said({".gitlab-ci.yml": source.replace(", $X/**", ""), "src/a.py": "", "web/b.ts": ""}) == [
        "unmet claim tests-filtered"
    ]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({A: _workflow()}, "met claim tests-run"),
        ({A: _workflow("run: pytest || true")}, "unmet claim tests-cannot-fail"),
        ({A: _workflow(job="    if: vars.X\n")}, "unknown claim tests-conditional"),
        ({A: _workflow(job="    if: false\n")}, "unmet claim tests-never-run"),
        ({A: _workflow(on="{push: {branches: [main]}}")}, "unmet claim tests-not-on-pull-requests"),
        ({A: _workflow(on="{push: {branches: [main]}}"), ".travis.yml": ""}, "unmet claim tests-not-on-pull-requests"),
        ({A: _workflow(on="{push: {branches: [main]}}"), "Jenkinsfile": ""}, "unknown claim tests-elsewhere"),
        ({A: _workflow(on="{pull_request: {branches: [release]}}")}, "unmet claim tests-not-on-pull-requests"),
        ({A: _workflow(on="{pull_request: {types: [closed]}}")}, "unmet claim tests-not-on-pull-requests"),
        ({A: _workflow("run: echo ok", name="unit_test")}, "unmet claim tests-hollow"),
        ({A: _workflow("run: make test"), "Makefile": "test:\n\techo none\n"}, "unmet claim tests-hollow"),
        ({A: _workflow("run: ls")}, "unmet claim no-tests-in-pipelines"),
        ({A: _workflow("run: ls"), "README.md": "Our tests run in Concourse."}, "unknown claim tests-elsewhere"),
        ({A: _workflow("run: docker compose up", name="unit_tests")}, "unknown claim tests-unread"),
        ({}, "unmet claim no-pipeline"),
        ({".travis.yml": ""}, "unknown claim tests-elsewhere"),
        ({A: "jobs: ["}, "unknown claim tests-unreadable"),
        (
            {A: "on: pull_request\njobs:\n  a:\n    uses: o/r/.github/workflows/ci.yml@v1\n"},
            "unknown claim tests-unread",
        ),
        (
            {A: "on: pull_request\njobs:\n  a:\n    uses: o/r/.github/workflows/tests.yml@v1\n"},
            "unknown claim tests-unread",
        ),
    ],
)
def test_findings(files: dict[str, str], wanted: str) -> None:
    assert _said({**SOURCE, **files}) == [wanted]


def test_where_there_is_no_code_nothing_is_asked() -> None:
    assert _said({"README.md": ""}) == ["not-applicable claim no-code"]
    assert _said({A: _workflow("run: ls")}) == ["not-applicable claim no-code"]


def test_a_few_files_left_out_are_advice() -> None:
    files = {A: _workflow(on="{pull_request: {paths: ['src/**']}}"), "web/a.ts": ""}
    files |= {f"src/{n}.py": "" for n in range(6)}
    assert _said(files) == ["unmet advice tests-filtered", "met claim tests-run"]
