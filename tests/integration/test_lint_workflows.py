"""Our own action and workflows, as the tools that users know them by see them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from helpers import PROJECT

WORKFLOWS = sorted(str(path.relative_to(PROJECT)) for path in (PROJECT / ".github/workflows").glob("*.yml"))


def run(name: str, *arguments: str) -> None:
    """Run a linter of the test dependencies on this project; it must have nothing to say."""
    program = shutil.which(name, path=os.path.dirname(sys.executable))
    assert program, f"{name} belongs to the test dependencies and is not beside {sys.executable}"
    done = subprocess.run([program, *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint() -> None:
    run("actionlint", "-shellcheck=", "-pyflakes=", *WORKFLOWS)


def test_zizmor() -> None:
    run("zizmor", "--offline", "--pedantic", "--no-config", "--strict-collection", "action.yml", ".github")


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_what_is_used_is_named_by_its_commit(workflow: str) -> None:
    uses = re.findall(r"uses: (\S+)(.*)", (PROJECT / workflow).read_text("utf-8"))
    for name, comment in uses:
        if not name.startswith(("./", "$/")):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name), name
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), name


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_guide_shows_what_we_use(workflow: str) -> None:
    """An action that the guide names is at the commit at which we use it."""
    guide = dict(re.findall(r"uses: (\S+)@([0-9a-f]{40})", (PROJECT / "docs/action.md").read_text("utf-8")))
    for name, commit in re.findall(r"uses: (\S+)@([0-9a-f]{40})", (PROJECT / workflow).read_text("utf-8")):
        assert guide.get(name, commit) == commit, name
