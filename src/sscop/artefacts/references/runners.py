"""Which file and which of its targets a task runner's command means."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sscop.artefacts import makefile, taskfiles
from sscop.artefacts.shell import Command
from sscop.artefacts.targets import Targets


class _Runner(NamedTuple):
    """`files` in the order that the runner looks for them; `folder` and `file` are the flags that name others."""

    files: tuple[str, ...]
    reader: Callable[[str], Targets]
    folder: tuple[str, ...] = ()
    file: tuple[str, ...] = ()
    valued: tuple[str, ...] = ()


class Called(NamedTuple):
    """The files to look for, below a folder that the command names, their reader, and the targets."""

    files: tuple[str, ...]
    reader: Callable[[str], Targets]
    folder: str
    targets: tuple[str, ...]


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
    (),
    ("-w", "--workspace", "--filter"),
)
_RUNNERS = {
    "make": _MAKE, "gmake": _MAKE, "task": _TASK, "go-task": _TASK, "just": _JUST,
    "npm": _NPM, "pnpm": _NPM, "yarn": _NPM, "bun": _NPM,
}  # fmt: skip
_NPM_SHORT = ("test", "start", "stop", "restart")


def called(command: Command) -> Called | None:
    """What a command makes; None when it is no task runner's."""
    runner = _RUNNERS.get(command.name)
    if runner is None:
        return None
    targets: list[str] = []
    folder, files = "", runner.files
    words = iter(word.text for word in command.arguments)
    for text in words:
        if text == "--":
            break
        if text in runner.folder:
            folder = next(words, "")
        elif text in runner.file:
            files = (next(words, ""),)
        elif text in runner.valued:
            next(words, "")
        elif not text.startswith("-") and "=" not in text and not text.isdigit():  # `make -j 4 all`
            targets.append(text)
    if runner is _NPM:
        run = targets[:1] in (["run"], ["run-script"])
        targets = targets[1:2] if run else targets[:1] if targets[:1] in ([one] for one in _NPM_SHORT) else []
        if not targets:
            return None
    return Called(files, runner.reader, folder, tuple(targets))
