"""Which file and which of its targets a task runner's command means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from sscop.artefacts import makefile, python_runners, taskfiles
from sscop.artefacts.launch import bare, service
from sscop.artefacts.shell import Command
from sscop.artefacts.targets import Targets
from sscop.lazy import NamedTuple


class _Runner(NamedTuple):
    """`files` in the order that the runner looks for them; `folder` and `file` are the flags that name others.

    `valued` are flags whose value is no target; `named` are flags whose values are the targets, for runners that
    take them so. `everywhere` are flags that mean the targets of all packages of a workspace.
    """

    files: tuple[str, ...]
    reader: Callable[[str], Targets]
    folder: tuple[str, ...] = ()
    file: tuple[str, ...] = ()
    valued: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()


class Called(NamedTuple):
    """The files to look for, below a folder that the command names, their reader, and the targets.

    `everywhere` means the files of these names in every folder of the workspace. `values` are the variables that the
    command gives (`make test name=unit`).
    """

    files: tuple[str, ...]
    reader: Callable[[str], Targets]
    folder: str
    targets: tuple[str, ...]
    everywhere: bool = False
    values: Mapping[str, str] = {}


_MAKE = _Runner(
    ("GNUmakefile", "makefile", "Makefile"),
    makefile.load,
    ("-C", "--directory"),
    ("-f", "--file", "--makefile"),
)
_TASK = _Runner(
    ("Taskfile.yml", "taskfile.yml", "Taskfile.yaml", "taskfile.yaml", "Taskfile.dist.yml"),
    taskfiles.load_taskfile, ("-d", "--dir"), ("-t", "--taskfile"), ("-o", "--output", "-C"),
)  # fmt: skip
_JUST = _Runner(
    ("justfile", "Justfile", ".justfile"), taskfiles.load_justfile, ("-d",), ("-f", "--justfile"), ("--set",)
)
_NPM = _Runner(
    ("package.json",),
    taskfiles.load_npm_scripts,
    ("--prefix", "-C", "--cwd", "--dir"),
    valued=("-w", "--workspace", "--filter", "-F", "--scope"),
    everywhere=(
        "-w",
        "--workspace",
        "--workspaces",
        "-ws",
        "-r",
        "--recursive",
        "--filter",
        "-F",
        "workspaces",
        "workspace",
        "-A",
    ),
)
_DENO = _Runner(("deno.json", "deno.jsonc"), taskfiles.load_deno_tasks, ("--cwd",), ("-c", "--config"))
_COMPOSER = _Runner(("composer.json",), taskfiles.load_composer_scripts, ("-d", "--working-dir"))
_TOX = _Runner(
    ("tox.ini", "setup.cfg", "tox.toml", "pyproject.toml"), python_runners.load_tox, (), ("-c", "--conf"),
    ("-f", "-p", "-x"), ("-e", "--env"),
)  # fmt: skip
_NOX = _Runner(
    ("noxfile.py",), python_runners.load_nox, (), ("-f", "--noxfile"), ("-p", "-t", "-k", "-db", "-R"),
    ("-s", "-e", "--session", "--sessions"),
)  # fmt: skip
_RUNNERS = {
    "make": _MAKE, "gmake": _MAKE, "task": _TASK, "go-task": _TASK, "just": _JUST,
    "npm": _NPM, "pnpm": _NPM, "yarn": _NPM, "bun": _NPM, "turbo": _NPM, "lerna": _NPM, "npm-run-all": _NPM,
    "run-s": _NPM, "run-p": _NPM, "deno": _DENO, "composer": _COMPOSER, "tox": _TOX, "nox": _NOX,
}  # fmt: skip
_COMPOSING = ("docker", "docker-compose", "podman", "nerdctl")
_COMPOSE_FILES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_NPM_SHORT = {"test": "test", "t": "test", "tst": "test", "start": "start", "stop": "stop", "restart": "restart"}
_NOT_SCRIPTS = {
    "install", "i", "add", "ci", "exec", "dlx", "publish", "config", "set", "cache", "init", "pack", "audit", "up",
    "update", "remove", "link", "version", "why", "x", "info", "list", "ls", "dedupe", "global", "create", "node",
    "patch", "rebuild", "store", "env", "deploy", "import", "fetch", "prune", "outdated", "upgrade", "tag", "login",
}  # fmt: skip
_COMPOSER_OWN = {
    "install", "update", "require", "remove", "validate", "exec", "audit", "config", "global", "dump-autoload",
    "dumpautoload", "self-update", "show", "outdated", "create-project", "diagnose", "licenses", "init", "i", "u",
    "check-platform-reqs", "bump", "archive", "clear-cache", "normalize", "fund", "status", "why", "why-not",
}  # fmt: skip


def called(command: Command) -> Called | None:
    """What a command makes, also behind a launcher (`uv run tox`); None when it is no task runner's."""
    words = [word.text for word in command.words]
    if command.name in _COMPOSING and (name := service((command.name, *words[1:]))):
        files = [value for flag, value in zip(words, words[1:]) if flag in ("-f", "--file")]
        return Called(tuple(reversed(files)) or _COMPOSE_FILES, taskfiles.load_compose, "", (name,))
    return _called([command.name, *words[1:]]) or _called(bare(words))


def _called(command: Sequence[str]) -> Called | None:
    runner = _RUNNERS.get(command[0]) if command else None
    if runner is None:
        return None
    targets: list[str] = []
    named: list[str] = []
    values: dict[str, str] = {}
    folder, files, everywhere = "", runner.files, command[0] in ("turbo", "lerna")
    words = iter(command[1:])
    for text in words:
        flag, equals, value = text.partition("=")
        if text == "--":
            break
        everywhere = everywhere or flag in runner.everywhere
        if flag in runner.named:
            named += re.split(r"[\s,]+", value if equals else next(words, ""))
        elif text in runner.folder:
            folder = next(words, "")
        elif text in runner.file:
            files = (next(words, ""),)
        elif text in runner.valued:
            next(words, "")
        elif equals and re.fullmatch(r"\w+", flag):
            values[flag] = value
        elif not text.startswith("-") and not equals and not text.isdigit():  # `make -j 4 all`
            targets.append(text)
    if runner.named:
        more = targets if named and runner is _NOX else []  # `nox -s tests lint`
        targets = [one for one in (*named, *more) if one]
    elif runner is _NPM:
        targets = _scripts(command[0], targets)
    elif runner is _COMPOSER:
        targets = targets[1:2] if targets[:1] in (["run"], ["run-script"]) else targets[:1]
        targets = [one for one in targets if one not in _COMPOSER_OWN]
    elif runner is _DENO:
        targets = targets[1:2] if targets[:1] == ["task"] else []
    if not targets and runner in (_NPM, _COMPOSER, _DENO):
        return None
    return Called(files, runner.reader, folder, tuple(targets), everywhere, values)


def _scripts(program: str, words: list[str]) -> list[str]:
    """The scripts of a package.json that a package manager's words name."""
    if program in ("npm-run-all", "run-s", "run-p"):
        return words
    if program in ("turbo", "lerna"):
        return words[1:] if words[:1] == ["run"] else words if program == "turbo" else []
    while words[:1] in (["workspaces"], ["workspace"], ["foreach"]):
        words = words[2:] if words[0] == "workspace" else words[1:]  # yarn's
    if words[:1] in (["run"], ["run-script"]):
        return words[1:2]
    if not words:
        return []
    if words[0] in _NPM_SHORT and (program != "bun" or words[0] != "test"):  # `bun test` is bun's own runner
        return [_NPM_SHORT[words[0]]]
    return words[:1] if program in ("yarn", "pnpm") and words[0] not in _NOT_SCRIPTS else []
