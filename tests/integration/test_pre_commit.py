"""The hooks through the real pre-commit: this project as the hook repository, small repositories as its users."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import PROJECT, SHA, commit, git, repository, write

WHEELS = os.environ.get("SSCOP_WHEELS")
"""A folder of wheels, so that pre-commit can install without a network; else it asks the package index."""

GOOD = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@{SHA}\n"
BAD = GOOD.replace(SHA, "v4")
WORKFLOW = ".github/workflows/ci.yml"


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's files as they are now, committed: pre-commit installs from a repository."""
    folder = repository(tmp_path_factory.mktemp("hook repository"))
    for name in ("src", "hooks"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(PROJECT / name, folder / name)
    commit(folder)
    return folder


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": WHEELS} if WHEELS else {}
    return {**os.environ, **offline, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")), "NO_COLOR": "1"}


@pytest.fixture
def user(tmp_path: Path, hooks: Path) -> Path:
    """A repository that uses the hook by the three lines of the README."""
    rev = git(hooks, "rev-parse", "HEAD")
    config = f"repos:\n  - repo: {hooks}\n    rev: {rev}\n    hooks: [{{id: sscop-pinned-tools}}]\n"
    local = config.replace(f"rev: {rev}", f"rev: {rev}  # the hook's own line is immutable")
    return repository(tmp_path / "user", {".pre-commit-config.yaml": local, WORKFLOW: GOOD})


def pre_commit(folder: Path, environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_clean_repository_passes_with_one_line(user: Path, environment: dict[str, str]) -> None:
    code, said = pre_commit(user, environment, "run", "--all-files")
    assert code == 0, said
    assert "Passed" in said
    assert len([line for line in said.splitlines() if "looked at 2 files" in line and "0 unmet" in line]) == 1


def test_try_repo_finds_the_line(hooks: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    folder = repository(tmp_path / "user", {WORKFLOW: BAD})
    code, said = pre_commit(folder, environment, "try-repo", str(hooks), "sscop", "--all-files")
    assert code == 1, said
    assert f"{WORKFLOW}:6" in said
    assert "`actions/checkout@<40-hex commit>  # v4`" in said
    assert git(folder, "status", "--short") == ""


def test_the_hook_for_workflows_brings_zizmor_along(hooks: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    injected = GOOD + '      - run: echo "${{ github.head_ref }}"\n'
    folder = repository(tmp_path / "user", {WORKFLOW: injected})
    code, said = pre_commit(folder, environment, "try-repo", str(hooks), "sscop-workflow-hardening", "--all-files")
    assert code == 1, said
    assert "workflow-hardening/template-injection" in said
    assert f"{WORKFLOW}:7" in said


def test_only_what_is_staged_is_judged(user: Path, environment: dict[str, str]) -> None:
    write(user, {WORKFLOW: BAD})
    git(user, "add", ".")
    write(user, {WORKFLOW: GOOD})
    code, said = pre_commit(user, environment, "run")
    assert code == 1, said
    git(user, "add", ".")
    write(user, {WORKFLOW: BAD})
    code, said = pre_commit(user, environment, "run")
    assert code == 0, said
    assert (user / WORKFLOW).read_text() == BAD


def test_a_commit_of_named_paths_is_judged_by_its_own_index(user: Path, environment: dict[str, str]) -> None:
    code, said = pre_commit(user, environment, "install")
    assert code == 0, said
    write(user, {WORKFLOW: BAD, "other.txt": "x"})
    git(user, "add", ".")
    refused = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-m", "x", "--", WORKFLOW],
        cwd=user,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1, refused.stderr
    assert f"{WORKFLOW}:6" in refused.stdout + refused.stderr


def test_a_linked_worktree_is_judged_as_itself(user: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    git(user, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")
    write(tmp_path / "linked", {WORKFLOW: BAD})
    git(tmp_path / "linked", "add", ".")
    assert pre_commit(tmp_path / "linked", environment, "run")[0] == 1
    assert pre_commit(user, environment, "run")[0] == 0


def test_a_hook_can_be_skipped_by_its_id(user: Path, environment: dict[str, str]) -> None:
    write(user, {WORKFLOW: BAD})
    git(user, "add", ".")
    code, said = pre_commit(user, {**environment, "SKIP": "sscop-pinned-tools"}, "run")
    assert code == 0, said
    assert "Skipped" in said
