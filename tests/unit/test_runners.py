"""Task runners: which file and targets a command means, and what tox, nox, Composer and Deno run for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.python_runners import load_nox, load_tox
from sscop.artefacts.runners import called
from sscop.artefacts.shell import Script, pipelines
from sscop.artefacts.targets import Targets
from sscop.artefacts.taskfiles import load_compose, load_composer_scripts, load_deno_tasks
from sscop.model import Unread
from sscop.repository import Malformed, Repository


def _said(source: str) -> tuple[str, str, list[str], bool] | None:
    (((command, *_), *_)) = pipelines(Script(source, 1))
    made = called(command)
    return made and (made.files[0], made.folder, list(made.targets), made.everywhere)


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("make", ("GNUmakefile", "", [], False)),
        ("make -j 4 -C sub all V=1", ("GNUmakefile", "sub", ["all"], False)),
        ("npm test", ("package.json", "", ["test"], False)),
        ("npm t", ("package.json", "", ["test"], False)),
        ("npm run lint --workspace web", ("package.json", "", ["lint"], True)),
        ("npm install", None),
        ("yarn lint", ("package.json", "", ["lint"], False)),
        ("yarn workspace web test", ("package.json", "", ["test"], True)),
        ("yarn workspaces foreach run test", ("package.json", "", ["test"], True)),
        ("yarn install", None),
        ("yarn", None),
        ("pnpm -r test", ("package.json", "", ["test"], True)),
        ("bun test", None),
        ("bun run test", ("package.json", "", ["test"], False)),
        ("npx turbo run lint test", ("package.json", "", ["lint", "test"], True)),
        ("turbo test", ("package.json", "", ["test"], True)),
        ("lerna run test", ("package.json", "", ["test"], True)),
        ("lerna bootstrap", None),
        ("run-p 'test:*'", ("package.json", "", ["test:*"], False)),
        ("composer test", ("composer.json", "", ["test"], False)),
        ("composer run-script test", ("composer.json", "", ["test"], False)),
        ("composer install", None),
        ("deno task test", ("deno.json", "", ["test"], False)),
        ("deno lint", None),
        ("tox", ("tox.ini", "", [], False)),
        ("uv run tox run -e py311,lint", ("tox.ini", "", ["py311", "lint"], False)),
        ("nox -s tests lint", ("noxfile.py", "", ["tests", "lint"], False)),
        ("nox --session=tests-3.12", ("noxfile.py", "", ["tests-3.12"], False)),
        ("ls", None),
    ],
)
def test_called(command: str, wanted: tuple[str, str, list[str], bool] | None) -> None:
    assert _said(command) == wanted


def test_variables_that_a_command_gives() -> None:
    ((command,),) = pipelines(Script("make _test name=unit", 1))
    made = called(command)
    assert made is not None
    assert made.values == {"name": "unit"}


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("docker compose run --rm web", ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")),
        ("sudo docker-compose -f a.yml -f b.yml run web", ("b.yml", "a.yml")),
        ("docker compose -f a.yml up --exit-code-from web", ("a.yml",)),
    ],
)
def test_a_service_of_compose_runs_its_command(command: str, files: tuple[str, ...]) -> None:
    (((given, *_), *_)) = pipelines(Script(command, 1))
    made = called(given)
    assert made is not None
    assert (made.files, made.targets) == (files, ("web",))


def test_compose() -> None:
    found = load_compose(
        "services:\n  a:\n    command: [sh, -c, 'pytest -q']\n  b: {command: npm test}\n  c: {image: x}\n  d: 1\n"
    )
    assert _recipes(found, "a") == ["3 sh -c 'pytest -q'"]
    assert _recipes(found, "b") == ["4 npm test"]
    assert set(found.rules) == {"a", "b"}


def _recipes(found: Targets, *targets: str) -> list[str]:
    return [f"{one.line} {one.text}{' ' + one.tolerance if one.tolerance else ''}" for one in found.recipes(targets)]


TOX = """\
[tox]
envlist = py311, lint
[testenv]
deps = pytest
commands =
    # a comment
    pytest {posargs:tests} \\
        -q
    py311: echo one
[testenv:lint]
commands = -ruff check
"""


def test_tox() -> None:
    found = load_tox(TOX)
    assert _recipes(found) == ["8 pytest tests  -q", "9 echo one"]
    assert _recipes(found, "py312") == ["8 pytest tests  -q", "9 echo one"]
    assert _recipes(found, "lint") == ["11 ruff check - before the command"]


def test_tox_in_toml() -> None:
    source = (
        '[tool.tox.env_run_base]\ndeps = [\'x\']\ncommands = [[\n    "pytest", "-q",\n'
        "    {replace = \"posargs\"},\n]]\n[tool.tox.env.'lint']\ncommands = [['ruff', 'check'], ['mypy']]\n"
    )
    found = load_tox(source)
    assert _recipes(found) == ["6 pytest -q"]
    assert _recipes(found, "lint") == ["8 ruff check", "8 mypy"]


NOX = """\
import nox
nox.options.sessions = ["tests"]

@nox.session(python=["3.11"])
def tests(session):
    session.install("x")
    session.run("pytest", "-q", *session.posargs)
    session.run("ruff", success_codes=[0, 1])
    session.run(name)

@nox.session(name="style")
def lint(session):
    session.run("ruff", "check", "a b")

def helper():
    pass
"""


def test_nox() -> None:
    found = load_nox(NOX)
    assert _recipes(found) == ["7 pytest -q", "8 ruff success_codes"]
    assert _recipes(found, "tests-3.11") == ["7 pytest -q", "8 ruff success_codes"]
    assert _recipes(found, "style") == ["13 ruff check 'a b'"]


def test_nox_that_is_not_python() -> None:
    with pytest.raises(Malformed):
        load_nox("def (")


def test_composer() -> None:
    found = load_composer_scripts(
        '{"scripts": {\n"test": ["@lint", "@php vendor/bin/phpunit", "My\\\\Class::run"],\n"lint": "phpcs"}}'
    )
    assert _recipes(found, "test") == ["3 phpcs", "2 php vendor/bin/phpunit"]


def test_deno() -> None:
    found = load_deno_tasks(
        '{"tasks": {"test": "deno test", "all": {"command": "deno lint", "dependencies": ["test"]}, "none": {}}}'
    )
    assert _recipes(found, "all") == ["1 deno test", "1 deno lint"]


def test_targets_by_glob() -> None:
    found = load_composer_scripts('{"scripts": {"test:a": "x", "test:b": "y", "other": "z"}}')
    assert _recipes(found, "test:*") == ["1 x", "1 y"]


_LINES = st.sampled_from(TOX.split("\n") + ["commands = [[", "  'a',", "]]", "[tool.tox.env.b]", "["])


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=200), st.lists(_LINES, max_size=20).map("\n".join)))
def test_any_text_is_read(source: str) -> None:
    assert isinstance(load_tox(source), Targets)
    repo = Repository.of({"file": source})
    for reader in (load_nox, load_composer_scripts, load_deno_tasks, load_compose):
        assert isinstance(repo.parse("file", reader), (Targets, Unread))
