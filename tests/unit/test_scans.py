"""What a scan in a pipeline is worth: where it runs, whether it can fail, which languages it reads."""

from __future__ import annotations

import pytest

from helpers import workflow
from sscop.artefacts.pipelines import Activity, Purpose, activities
from sscop.artefacts.pipelines.analysed import languages
from sscop.artefacts.pipelines.forgiving import forgives
from sscop.artefacts.pipelines.hooks import hooks, run_by_pipelines
from sscop.judgement.scans import events, named, on_review, weigh
from sscop.lazy import lazily
from sscop.repository import Repository


def acts(*steps: str, on: str = "pull_request", tail: str = "") -> list[Activity]:
    text = workflow(*steps).replace("on: push", f"on: {on}") + tail
    assert f"on: {on}" in text
    return list(Repository.of({".github/workflows/a.yml": text}).once(activities).found)


def one(step: str, tool: str) -> Activity:
    return next(found for found in acts(step) if found.tool == tool)


@pytest.mark.parametrize(
    ("step", "tool", "why"),
    [
        ("uses: aquasecurity/trivy-action@v1", "Trivy", "no `exit-code: 1`"),
        ("uses: aquasecurity/trivy-action@v1\nwith: {exit-code: '1'}", "Trivy", ""),
        ("uses: aquasecurity/trivy-action@v1\nwith: {trivy-config: trivy.yaml}", "Trivy", ""),
        ("run: trivy fs --exit-code 1 .", "Trivy", ""),
        ("run: trivy fs .\nenv: {TRIVY_EXIT_CODE: 1}", "Trivy", ""),
        ("run: trivy config .", "Trivy's configuration scan", "no `exit-code: 1`"),
        ("run: grype dir:.", "Grype", "no `--fail-on`"),
        ("run: grype dir:. --fail-on high", "Grype", ""),
        ("uses: anchore/scan-action@v6", "Grype", ""),
        ("uses: anchore/scan-action@v6\nwith: {fail-build: false}", "Grype", "`fail-build: false`"),
        ("run: mvn org.owasp:dependency-check-maven:check", "OWASP Dependency-Check", ""),
        ("run: dependency-check.sh --scan .", "OWASP Dependency-Check", "no `--failOnCVSS`"),
        (
            "uses: dependency-check/Dependency-Check_Action@main\nwith: {args: --failOnCVSS 7}",
            "OWASP Dependency-Check",
            "",
        ),
        ("run: semgrep ci", "Semgrep", ""),
        ("run: semgrep scan --config auto", "Semgrep", "no `--error`"),
        ("run: semgrep --config auto --error", "Semgrep", ""),
        ("run: dotnet list package --vulnerable", "dotnet list --vulnerable", "it exits with 0 whatever it lists"),
        ("run: dotnet list package --vulnerable > a; grep x a", "dotnet list --vulnerable", ""),
        ("run: mvn spotbugs:spotbugs", "SpotBugs", "`spotbugs:spotbugs` only reports"),
        ("run: mvn spotbugs:check", "SpotBugs", ""),
        ("uses: actions/dependency-review-action@v4", "dependency review", ""),
        (
            "uses: actions/dependency-review-action@v4\nwith: {warn-only: true}",
            "dependency review",
            "`warn-only: true`",
        ),
        ("run: snyk monitor", "Snyk's monitoring", "`snyk monitor` only records"),
        ("uses: DependencyTrack/gh-upload-sbom@v3", "Dependency-Track", "it only sends the list"),
        ("run: govulncheck ./...", "govulncheck", ""),
        ("run: govulncheck -json ./...", "govulncheck", "`-json`"),
        ("uses: docker/scout-action@v1", "Docker Scout", "no `exit-code: true`"),
        ("uses: docker/scout-action@v1\nwith: {exit-code: true}", "Docker Scout", ""),
        ("run: bandit -r src --exit-zero", "Bandit", "`--exit-zero`"),
        ("uses: securego/gosec@master\nwith: {args: -no-fail ./...}", "gosec", "`-no-fail`"),
        ("run: cppcheck src", "Cppcheck", "no `--error-exitcode`"),
        ("run: npm audit", "npm audit", ""),
    ],
)
def test_scanners_that_pass_whatever_they_find(step: str, tool: str, why: str) -> None:
    assert forgives(one(step, tool)) == why


@pytest.mark.parametrize(
    ("on", "code", "said"),
    [
        ("pull_request", "", ""),
        ("push", "", ""),
        ("{push: {branches: [main]}}", "scan-after-merge", "runs only after a push, after a change is in"),
        ("{pull_request: {branches: [release/*]}}", "scan-other-branches", "into other branches"),
        (
            "{schedule: [{cron: 1}], workflow_dispatch: , release: }",
            "scan-after-merge",
            "on a schedule, by hand and at a release",
        ),
        ("{workflow_run: {workflows: [a]}}", "scan-at-other-event", "after another pipeline"),
    ],
)
def test_when_a_scan_runs(on: str, code: str, said: str) -> None:
    (scan,) = weigh(acts("run: npm audit", on=on))
    assert scan.code == code
    assert said in scan.lacks


def test_what_is_only_there_to_be_called_is_left_out() -> None:
    assert weigh(acts("run: npm audit", on="workflow_call")) == []


def test_a_scan_that_never_runs() -> None:
    (scan,) = weigh(acts("run: npm audit\nif: false"))
    assert scan.code == "scan-never-runs"


def test_the_best_run_of_a_place_counts() -> None:
    found = acts("run: npm audit", on="{schedule: [{cron: 1}]}") + acts("run: npm audit")
    assert [scan.lacks for scan in weigh(found)] == [""]
    assert [scan.lacks for scan in weigh(reversed(found))] == [""]


def test_other_events_in_words() -> None:
    assert events(acts("run: npm audit", on="issues")[0]) == "at other events"


MATRIX = "uses: github/codeql-action/init@v3\nwith: {languages: '${{ matrix.x }}'}"


@pytest.mark.parametrize(
    ("init", "known"),
    [
        (
            "uses: github/codeql-action/init@v3\nwith: {languages: 'python, javascript-typescript'}",
            {"Python", "JavaScript"},
        ),
        ("uses: github/codeql-action/init@v3\nwith: {languages: actions}", set()),
        (MATRIX, None),
    ],
)
def test_what_codeql_reads(init: str, known: set[str] | None) -> None:
    found = acts(init, "uses: github/codeql-action/analyze@v3")
    assert languages(found[0]) == known


def test_codeql_reads_all_that_it_knows_unless_told() -> None:
    for steps in (["uses: github/codeql-action/analyze@v3"], ["uses: github/codeql-action/init@v3"] * 1):
        found = acts(*steps, "uses: github/codeql-action/analyze@v3")
        assert {"Python", "Rust", ".NET"} <= (languages(found[-1]) or set())


def test_a_matrix_may_include_languages() -> None:
    tail = "    strategy: {matrix: {include: [{x: go}, {y: python}]}}\n"
    found = acts(MATRIX, "uses: github/codeql-action/analyze@v3", tail=tail)
    assert languages(found[0]) == {"Go"}


def test_what_other_analysers_read() -> None:
    assert languages(one("run: bandit -r src", "Bandit")) == {"Python"}
    assert languages(one("run: semgrep ci", "Semgrep")) is None
    assert "PHP" in (languages(one("run: sonar-scanner", "SonarQube")) or ())


HOOKS = {
    ".pre-commit-config.yaml": """repos:
- repo: https://github.com/gitleaks/gitleaks
  rev: v8
  hooks:
  - id: gitleaks
  - id: unheard-of
- repo: local
  hooks:
  - {id: own, entry: bandit -r src, language: system}
  - {id: bandit, stages: [manual]}
""",
    "lefthook.yml": "pre-commit:\n  commands:\n    a: {run: npx eslint .}\n  jobs:\n    - run: gosec ./...\n    - name: x\nskip: 1\n",
    ".husky/pre-commit": "npx lint-staged\nnpm audit\n",
}


def test_commit_hooks() -> None:
    found = Repository.of(HOOKS).once(hooks)
    assert [(hook.runner, hook.tool.name, hook.path, hook.line) for hook in found.found] == [
        ("pre-commit", "Gitleaks", ".pre-commit-config.yaml", 5),
        ("pre-commit", "Bandit", ".pre-commit-config.yaml", 9),
        ("Lefthook", "ESLint", "lefthook.yml", 3),
        ("Lefthook", "gosec", "lefthook.yml", 5),
        ("Husky", "npm audit", ".husky/pre-commit", 2),
    ]
    assert [hook.tool.name for hook in found.of(Purpose.SECRET_SCAN)] == ["Gitleaks"]


def test_hooks_that_cannot_be_read() -> None:
    found = Repository.of({".pre-commit-config.yaml": "repos: [", "lefthook.yml": 'a:\n  jobs:\n  - run: "\'"\n'}).once(
        hooks
    )
    assert [one.path for one in found.unread] == [".pre-commit-config.yaml"]
    assert found.found == ()


def test_hooks_that_a_pipeline_runs() -> None:
    repo = Repository.of({**HOOKS, ".github/workflows/a.yml": workflow("run: pre-commit run -a")})
    found = run_by_pipelines(repo)
    assert [(run.tool, run.purpose, run.path, run.via) for run in found] == [
        ("Gitleaks", Purpose.SECRET_SCAN, ".pre-commit-config.yaml", ((".github/workflows/a.yml", 6),)),
        ("Bandit", Purpose.STATIC_ANALYSIS, ".pre-commit-config.yaml", ((".github/workflows/a.yml", 6),)),
    ]
    assert run_by_pipelines(Repository.of(HOOKS)) == []


CALLS = """on: {on}
jobs:
  a:
    uses: o/r/.github/workflows/security-scan.yml@v1
  b:
    runs-on: x
    steps:
      - uses: github/codeql-action/init@v3
      - uses: o/other@v1
"""


@pytest.mark.parametrize(
    ("on", "reviewed"),
    [("pull_request", True), ("push", True), ("schedule", False), ("{push: {branches: [main]}}", False)],
)
def test_calls_by_their_names(on: str, reviewed: bool) -> None:
    repo = Repository.of({".github/workflows/a.yml": CALLS.replace("{on}", on)})
    found = named(repo.once(activities).calls, lazily("codeql|security"))
    assert [call.said for call in found] == ["o/r/.github/workflows/security-scan.yml@v1"]
    assert on_review(found[0]) is reviewed


def test_known_workflows_and_images() -> None:
    text = "on: push\njobs:\n  a:\n    uses: google/osv-scanner-action/.github/workflows/osv-scanner-reusable-pr.yml@v2\n  b:\n    steps:\n      - uses: docker://ghcr.io/gitleaks/gitleaks:v8\n        with: {args: detect}\n"
    repo = Repository.of({".github/workflows/a.yml": text})
    assert [(run.tool, run.line) for run in repo.once(activities).found] == [("OSV-Scanner", 4), ("Gitleaks", 7)]
