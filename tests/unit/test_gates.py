"""Which test failures are ignored, and which uses are fair."""

from __future__ import annotations

import pytest

from sscop.artefacts.pipelines import Activities, activities
from sscop.judgement import test_runs as runs
from sscop.judgement.gate_findings import findings
from sscop.judgement.gates import ignored
from sscop.repository import Repository

A = ".github/workflows/a.yml"


def _workflow(*steps: str, on: str = "pull_request", job: str = "") -> str:
    return f"on: {on}\njobs:\n  a:\n{job}    steps:\n" + "".join(f"      - {step}\n" for step in steps)


def _acts(files: dict[str, str]) -> tuple[Repository, Activities]:
    repo = Repository.of(files)
    return repo, repo.once(activities)


def _ignored(files: dict[str, str]) -> list[tuple[str, str, int, str]]:
    repo, acts = _acts(files)
    found = [ignored(repo, one) for one in runs.tests_of(acts)]
    return [(one.why, one.path, one.line, one.meant) for one in found if one]


def _said(files: dict[str, str]) -> list[str]:
    return [f"{one.outcome.value} {one.kind.value} {one.code}" for one in findings(*_acts(files))]


LATER = "a later command of the script decides (no `set -e`)"


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("run: pytest", ""),
        ("run: pytest || true", "|| true"),
        ("run: pytest || status=$?", ""),
        ("run: pytest | tee log", "| tee"),
        ("run: pytest | tparse", ""),
        ("run: |\n          pytest | tee log\n          exit ${PIPESTATUS[0]}", ""),
        ("run: pytest | grep -q leak && exit 1 || exit 0", ""),
        ("run: pytest\n        continue-on-error: true", "continue-on-error: true"),
        ("run: pytest\n        continue-on-error: ${{ matrix.x }}", ""),
        ("run: mvn test -Dmaven.test.failure.ignore=true", "-Dmaven.test.failure.ignore=true"),
        ("run: mvn test -Dmaven.test.failure.ignore", "-Dmaven.test.failure.ignore"),
        ("run: mvn test -Dmaven.test.failure.ignore=false", ""),
        ("run: mvn -fn verify", "-fn"),
        ("run: locust --exit-code-on-error 0", "--exit-code-on-error"),
        ("run: locust --exit-code-on-error 1", ""),
        ("run: |\n          set +e\n          pytest\n          echo done", "set +e"),
        ("run: |\n          set +e\n          set -e\n          pytest\n          echo done", ""),
        ("run: |\n          set +e\n          pytest\n          code=$?\n          exit $code", ""),
        ("run: |\n          set +e\n          pytest && echo good", ""),
        ("run: |\n          pytest\n          echo done", ""),
        ("run: ./test.sh", ""),
        ("run: ./later.sh", LATER),
        ("run: ./strict.sh", ""),
        ("run: ./folded.sh", ""),
        ("run: ./branches.sh", ""),
        ("run: make t", ""),
    ],
)
def test_what_hides_a_failure(step: str, why: str) -> None:
    files = {
        A: _workflow(step),
        "test.sh": "#!/bin/sh\npytest\n\n# the end\n",
        "later.sh": "#!/bin/sh\npytest\necho done\n",
        "strict.sh": "#!/bin/sh -e\npytest\necho done\n",
        "folded.sh": "#!/bin/sh\npytest \\\n  -v\n",
        "branches.sh": "#!/bin/sh\nif [ x ]; then\n  pytest\nfi\necho done\n",
        "Makefile": "t:\n\tpytest\n\techo done\n",
    }
    assert [one[0] for one in _ignored(files)] == ([why] if why else [])


@pytest.mark.parametrize(
    ("steps", "job"),
    [
        (
            (
                "run: pytest\n        id: t\n        continue-on-error: true",
                "run: exit 1\n        if: steps.t.outcome == 'failure'",
            ),
            "",
        ),
        (
            (
                "run: pytest\n        id: t\n        continue-on-error: true",
                "run: test ${{ steps.t.conclusion }} = success",
            ),
            "",
        ),
        (("run: pytest",), '    continue-on-error: true\n    outputs: {x: "${{ needs.a.result }}"}\n'),
    ],
)
def test_an_outcome_that_is_asked_for_counts(steps: tuple[str, ...], job: str) -> None:
    assert _ignored({A: _workflow(*steps, job=job)}) == []


@pytest.mark.parametrize(
    ("workflow", "meant"),
    [
        (_workflow("name: Nightly toolchain\n        run: pytest || true"), "nightly"),
        (_workflow("run: |\n          # known to be flaky on Windows\n          pytest || true"), "known"),
        (_workflow("run: pytest || true # best effort"), "best effort"),
        (
            _workflow("run: pytest\n        # allowed to fail: see issue 1\n        continue-on-error: true"),
            "allowed to fail",
        ),
        (_workflow("run: pytest tests/experimental || true"), "experimental"),
        (_workflow("run: pytest -flaky || true"), ""),
        (_workflow("run: pytest || true"), ""),
    ],
)
def test_a_failure_that_is_meant_to_be_ignored_says_so(workflow: str, meant: str) -> None:
    assert [one[3] for one in _ignored({A: workflow})] == [meant]


def test_the_line_is_that_of_the_key() -> None:
    files = {A: _workflow("run: pytest\n        continue-on-error: true")}
    assert _ignored(files) == [("continue-on-error: true", A, 6, "")]
    gitlab = {".gitlab-ci.yml": "t:\n  script:\n    - pytest\n  allow_failure: true\n"}
    assert _ignored(gitlab) == [("allow_failure: true", ".gitlab-ci.yml", 4, "")]


def test_gitlab_is_one_script_and_manual_jobs_are_no_gate() -> None:
    job = "t:\n  script:\n    - set +e\n    - pytest\n    - echo done\n"
    assert [one[0] for one in _ignored({".gitlab-ci.yml": job})] == ["set +e"]
    assert _ignored({".gitlab-ci.yml": job + "  when: manual\n"}) == []
    assert _ignored({".gitlab-ci.yml": job.replace("set +e", "cd x")}) == []


def test_azures_shell_goes_on() -> None:
    steps = "steps:\n  - script: |\n      pytest\n      echo done\n"
    assert [one[0] for one in _ignored({"azure-pipelines.yml": steps})] == [LATER]
    assert _ignored({"azure-pipelines.yml": steps.replace("pytest\n", "set -e\n      pytest\n")}) == []
    assert _ignored({"azure-pipelines.yml": steps.replace("pytest\n      echo done", "cd x\n      pytest")}) == []


GRADLE = "test {\n    useJUnit()\n    ignoreFailures = true\n}\ncheckstyle {\n    ignoreFailures = true\n}\n"


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({A: _workflow("run: pytest")}, ["met claim gated"]),
        ({A: _workflow("run: pytest || true")}, ["unmet claim ignored-failure"]),
        (
            {A: _workflow("run: pytest || true", on="workflow_dispatch")},
            ["unmet advice ignored-failure", "met claim gated"],
        ),
        ({A: _workflow("run: ls")}, ["not-applicable claim no-tests"]),
        (
            {A: _workflow("name: unit tests\n        run: docker compose up").replace("  a:", "  unit_tests:")},
            ["unknown claim tests-unread"],
        ),
        ({A: "jobs: ["}, ["unknown claim tests-unread"]),
        ({"Jenkinsfile": ""}, ["unknown claim tests-unread"]),
        (
            {A: "on: pull_request\njobs:\n  a:\n    uses: o/r/.github/workflows/test.yml@v1\n"},
            ["unknown claim tests-unread"],
        ),
        ({A: _workflow("run: gradle test"), "build.gradle": GRADLE}, ["unmet claim ignored-failure"]),
        (
            {A: _workflow("run: gradle test"), "build.gradle": "tasks.withType(Test) { ignoreFailures = true }"},
            ["unmet claim ignored-failure"],
        ),
        ({A: _workflow("run: gradle test"), "build.gradle": "pmd { ignoreFailures = true }"}, ["met claim gated"]),
        (
            {A: _workflow("run: mvn test"), "pom.xml": "<testFailureIgnore>true</testFailureIgnore>"},
            ["unmet claim ignored-failure"],
        ),
        ({A: _workflow("run: pytest"), "pom.xml": "<testFailureIgnore>true</testFailureIgnore>"}, ["met claim gated"]),
        (
            {A: _workflow("run: pytest") + "  done:\n    needs: a\n    if: always()\n    steps: [{run: echo ok}]\n"},
            ["unmet advice aggregate-only-prints", "met claim gated"],
        ),
        (
            {
                A: _workflow("run: pytest")
                + "  done:\n    needs: a\n    if: always()\n    steps: [{run: 'test ${{ needs.a.result }} = x'}]\n"
            },
            ["met claim gated"],
        ),
    ],
)
def test_findings(files: dict[str, str], wanted: list[str]) -> None:
    assert _said(files) == wanted
