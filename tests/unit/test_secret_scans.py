"""What looks for secrets, in hooks and pipelines."""

from __future__ import annotations

import pytest

from sscop.artefacts.secret_scans import Baseline, Scan, baselines, load_baseline, scans
from sscop.repository import Repository

HOOKS = "repos:\n- repo: local\n  hooks:\n  - id: {}\n"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - uses: {}\n"


def _found(files: dict[str, str]) -> list[str]:
    return [
        f"{one.tool} {one.by} {one.path}:{one.line} {one.hollow}".strip() for one in scans(Repository.of(files)).found
    ]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({".pre-commit-config.yaml": HOOKS.format("gitleaks")}, ["Gitleaks hook .pre-commit-config.yaml:4"]),
        (
            {".pre-commit-config.yaml": HOOKS.format("detect-private-key")},
            ["detect-private-key hook .pre-commit-config.yaml:4"],
        ),
        ({".pre-commit-config.yaml": HOOKS.format("black")}, []),
        (
            {".pre-commit-config.yaml": HOOKS.format("x\n    entry: ./scan.sh"), "scan.sh": "set -e\ngitleaks $cmd\n"},
            ["Gitleaks hook .pre-commit-config.yaml:4"],
        ),
        (
            {".pre-commit-config.yaml": HOOKS.format("gitleaks\n    stages: [manual]")},
            ["Gitleaks hook .pre-commit-config.yaml:4 it is only started by hand"],
        ),
        ({"x/pre-commit.yaml": HOOKS.format("gitleaks")}, []),
        (
            {
                "x/pre-commit.yaml": HOOKS.format("gitleaks"),
                "Makefile": "a:\n\tpre-commit install -c x/pre-commit.yaml\n",
            },
            ["Gitleaks hook x/pre-commit.yaml:4"],
        ),
        ({".github/pre-commit.yaml": HOOKS.format("gitleaks"), "Makefile": ".github/pre-commit.yaml"}, []),
        ({".pre-commit-config.yaml": "repos: [{hooks: [{name: x}]}, text]"}, []),
        ({".husky/pre-commit": "npx lint-staged\nnpx secretlint .\n"}, ["Secretlint hook .husky/pre-commit:2"]),
        ({".githooks/pre-push": "git-secrets --scan\n"}, ["git-secrets hook .githooks/pre-push:1"]),
        ({"lefthook.yml": "pre-commit:\n  commands:\n    a: {run: gitleaks git}\n"}, ["Gitleaks hook lefthook.yml:3"]),
        ({"lefthook.yml": "pre-push:\n  jobs:\n  - run: trufflehog git\n  - x\n"}, ["TruffleHog hook lefthook.yml:3"]),
        ({"lefthook.yml": "a: ["}, []),
        ({"package.json": '{"lint-staged": {\n"*": "secretlint"}}'}, ["secretlint hook package.json:2"]),
        ({"package.json": '{"lint-staged": {\n"*": "eslint"}}'}, []),
        (
            {".github/workflows/a.yml": WORKFLOW.format("gitleaks/gitleaks-action@v2")},
            ["Gitleaks pipeline .github/workflows/a.yml:6"],
        ),
        (
            {".github/workflows/a.yml": WORKFLOW.format("gitleaks/gitleaks-action@v2\n      continue-on-error: true")},
            ["Gitleaks pipeline .github/workflows/a.yml:6 its failing fails nothing (`continue-on-error: true`)"],
        ),
        (
            {".github/workflows/a.yml": WORKFLOW.format("gitleaks/gitleaks-action@v2\n      if: false")},
            ["Gitleaks pipeline .github/workflows/a.yml:6 its conditions keep it from running"],
        ),
        (
            {
                ".github/workflows/a.yml": WORKFLOW.replace("push", "workflow_dispatch").format(
                    "gitleaks/gitleaks-action@v2"
                )
            },
            ["Gitleaks pipeline .github/workflows/a.yml:6 it is only started by hand"],
        ),
        (
            {".github/workflows/a.yml": WORKFLOW.format("super-linter/super-linter@v8")},
            ["Gitleaks in super-linter pipeline .github/workflows/a.yml:6"],
        ),
        (
            {
                ".github/workflows/a.yml": WORKFLOW.format(
                    "github/super-linter/slim@v5\n      env: {VALIDATE_YAML: true}"
                )
            },
            [],
        ),
        (
            {
                ".github/workflows/a.yml": WORKFLOW.format(
                    "github/super-linter@v5\n      env: {VALIDATE_GITLEAKS: true, VALIDATE_R: true}"
                )
            },
            ["Gitleaks in super-linter pipeline .github/workflows/a.yml:6"],
        ),
        (
            {".github/workflows/a.yml": WORKFLOW.format("oxsecurity/megalinter/flavors/python@v8")},
            ["Gitleaks in MegaLinter pipeline .github/workflows/a.yml:6"],
        ),
    ],
)
def test_scans(files: dict[str, str], wanted: list[str]) -> None:
    assert _found(files) == wanted


def test_what_is_elsewhere_and_what_cannot_be_read() -> None:
    seen = scans(
        Repository.of(
            {
                ".pre-commit-config.yaml": "a: [",
                ".github/workflows/a.yml": WORKFLOW.format("o/actions/detect-secrets@v1"),
                ".github/workflows/b.yml": "a: [",
                ".gitleaks.toml": "",
            }
        )
    )
    assert seen.elsewhere == (Scan("o/actions/detect-secrets@v1", "pipeline", ".github/workflows/a.yml", 6),)
    assert [one.path for one in seen.unread] == [".pre-commit-config.yaml", ".github/workflows/b.yml"]
    assert seen.settings == (".gitleaks.toml",)


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("uses: o/w/.github/workflows/super-linter.yml@v1", 1),
        ("uses: o/w/.github/workflows/secrets-scanning.yml@v1", 1),
        ("uses: o/w/.github/workflows/build.yml@v1", 0),
        ("steps: [{uses: o/super-linter@v1}]", 0),
    ],
)
def test_what_another_repository_may_do(call: str, wanted: int) -> None:
    files = {".github/workflows/a.yml": f"on: push\njobs:\n  a:\n    {call}\n"}
    assert len(scans(Repository.of(files)).elsewhere) == wanted


def test_baselines() -> None:
    files = {".secrets.baseline": '{"results": {"a": [{"is_secret": true}, {}, 1]}}', "x/.gitleaksignore": "# a\n\nb\n"}
    assert list(baselines(Repository.of(files))) == [
        Baseline(".secrets.baseline", 2, 1),
        Baseline("x/.gitleaksignore", 1, 0),
    ]
    empty: dict[str, str | bytes] = {".secrets.baseline": "{}", ".gitleaksignore": b"\0"}
    assert list(baselines(Repository.of(empty))) == []


@pytest.mark.parametrize("source", ["", "[]", "{", '{"results": []}', '{"results": {"a": 1}}'])
def test_what_is_no_baseline_has_no_entries(source: str) -> None:
    assert load_baseline(source) == (0, 0)
