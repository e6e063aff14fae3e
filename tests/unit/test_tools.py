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
        ("task: DotNetCoreCLI", {"command": "test"}, ["Azure's .NET task"]),
        ("task: DotNetCoreCLI", {"command": "build"}, []),
        ("task: VisualStudioTestPlatformInstaller", {}, ["Azure's test tasks"]),
    ],
)
def test_uses(uses: str, inputs: dict[str, str], wanted: list[str]) -> None:
    assert [tool.name for tool in tools.used(uses, inputs)] == wanted


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
    assert all("=" in one for one in tool.inputs)


def test_no_tool_has_two_rows() -> None:
    names = [tool.name for tool in table.TOOLS]
    assert sorted(set(names)) == sorted(names)
