"""What a script runs, followed into the repository's own scripts and the targets of task runners.

Nothing is executed: a call is followed where the file that it means is in the repository and is shell text or a task
runner's file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Union

from sscop.artefacts.runners import Called, called
from sscop.artefacts.shell import Command, Pipeline, Script, pipelines
from sscop.artefacts.shell_functions import live
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family, not_counted

_DEPTH, _BLOCKS, _LONGEST, _PACKAGES, _INCLUDES = 6, 200, 4096, 60, 40
_VARIABLE = lazily(r"\$\{(\w+)\}")
_SHELLS = {"sh", "bash", "dash", "zsh", "source", "."}
_WORKSPACE = lazily(r"(?:\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|PWD|BUILD_SOURCESDIRECTORY)\}?|\$\(\))/")
_ACTION = lazily(r"\$\{?(?:GITHUB_)?ACTION_PATH\}?/")


class Place(NamedTuple):
    """Where a script stands: its file, the folder that it runs in, and the folder of its action if it is in one.

    `copies` are files of the repository that a Dockerfile copies, for scripts that are called inside the image. `via`
    are the lines that call it, outermost first; `tolerance` is what makes its failing no failure of its caller.
    """

    path: str
    folder: str = ""
    action: str = ""
    copies: tuple[str, ...] = ()
    via: tuple[tuple[str, int], ...] = ()
    tolerance: str = ""


class Block(NamedTuple):
    """Scripts that run one after the other at one place, as pipelines."""

    place: Place
    scripts: tuple[Script, ...]
    pipelines: tuple[Pipeline, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """The same for blocks that differ in nothing but who calls them: a script that a hundred jobs run."""
        return (self.place.path, self.place.folder, self.place.action, self.place.copies, self.scripts)


class Lost(NamedTuple):
    """A call that could not be followed: a target whose rule is in no file that is read for it."""

    place: Place
    command: Command
    target: str


Run = Union[Block, Lost, Unread]


def runs(repo: Repository, scripts: Sequence[Script], place: Place) -> Iterator[Run]:
    """The scripts, and after them what they call, a few calls deep; the same call of a block is followed once."""
    return _Follower(repo).run(scripts, place, _DEPTH)


def script_file(repo: Repository, path: str) -> Iterator[Run]:
    """What one of the repository's own script files runs."""
    return _Follower(repo).file(path, Place(path, posixpath.dirname(path)), _DEPTH - 1)


def located(found: Sequence[Pipeline], place: Place) -> Iterator[tuple[Command, Place]]:
    """The commands with the place that each runs at: `cd` moves on those after it."""
    for command in (command for pipeline in found for command in pipeline):
        if command.name == "cd" and len(command.words) == 2 and len(place.folder) < _LONGEST:
            place = place._replace(folder=posixpath.join(place.folder, _WORKSPACE.sub("", command.words[1].text)))
        yield command, place


class _Follower:
    """Follows calls, and no more than _BLOCKS of them in all."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._left = _BLOCKS

    def run(self, scripts: Sequence[Script], place: Place, depth: int) -> Iterator[Run]:
        try:
            found = tuple(pipeline for script in scripts for pipeline in pipelines(script))
        except Malformed as problem:
            yield Unread(place.path, problem.reason, problem.line)
            return
        yield Block(place, tuple(scripts), found)
        self._left -= 1
        followed: set[tuple[str, ...]] = set()
        for command, at in located(found, place) if depth else ():
            call = (at.folder, *(word.text for word in command.words))
            if call not in followed and self._left > 0:
                followed.add(call)
                made = called(command)
                yield from self._made(command, made, at, depth) if made else self._called(command, at, scripts, depth)

    def file(self, path: str, place: Place, depth: int, callers: Sequence[Script] = ()) -> Iterator[Run]:
        """What a script file of the repository runs: not what stands in functions that nothing calls."""
        text = self._repo.text(path)
        if isinstance(text, Unread):
            yield text
        else:
            yield from self.run([Script(live(text, (one.text for one in callers)), 1)], place, depth)

    def _called(self, command: Command, place: Place, scripts: Sequence[Script], depth: int) -> Iterator[Run]:
        """The script file that a command runs, read as shell."""
        words = [word.text for word in command.words]
        if words[0].startswith("$"):
            words[0] = _assigned(words[0], scripts)
        if command.name in _SHELLS:
            words = [text for text in words[1:] if not text.startswith(("-", "+"))]
        if not words or ("/" not in words[0] and command.name not in _SHELLS):
            return
        path = resolve(self._repo, words[0], place)
        if path is not None and not not_counted(path, Family.TOOLS) and is_shell(self._repo, path):
            yield from self.file(path, _inside(place, command, path, place.folder), depth - 1, scripts)

    def _made(self, command: Command, wanted: Called, place: Place, depth: int) -> Iterator[Run]:
        """The recipes that a task runner's targets may run; those of an included file run where the file does."""
        there = place._replace(folder=posixpath.join(place.folder, wanted.folder), copies=())
        paths = [path for name in wanted.files if (path := resolve(self._repo, name, there))]
        if wanted.everywhere:
            paths = self._repo.find(*(f"**/{name}" for name in wanted.files), family=Family.TOOLS)[:_PACKAGES]
        folders = {path: posixpath.dirname(path) for path in paths}
        missing = set(wanted.targets)
        for path in paths:
            found = self._repo.parse(path, wanted.reader)
            if isinstance(found, Unread):
                yield found
                continue
            for name in found.includes[:_INCLUDES]:
                for one in _included(self._repo, name, path):
                    paths += [] if one in folders else [one]
                    folders.setdefault(one, folders[path])
            targets = [one for one in wanted.targets if found.named(one) and (one in missing or wanted.everywhere)]
            recipes = list(found.recipes(targets)) if targets or not wanted.targets else []
            if recipes:
                given = (
                    [one._replace(text=_given(one.text, wanted.values)) for one in recipes]
                    if wanted.values
                    else recipes
                )
                yield from self.run(given, _inside(place, command, path, folders[path]), depth - 1)
            missing -= set(targets)
            if not (missing or wanted.everywhere) and (recipes or targets):
                break
        yield from (Lost(place, command, target) for target in wanted.targets if target in missing)


def _given(text: str, values: Mapping[str, str]) -> str:
    """A recipe with the variables that the command line gives (`make _test name=unit`)."""
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)


def _assigned(word: str, scripts: Sequence[Script]) -> str:
    """A word that is a variable, as the value that the same scripts give it plainly; else as it is."""
    match = _VARIABLE.fullmatch(word) or re.fullmatch(r"\$(\w+)", word)
    if not match:
        return word
    assignment = re.compile(rf"(?:^|[\s;]){match[1]}=(?:\"([^\"$`\n]*)\"|'([^'\n]*)'|([^\s\"'$`;]+))")
    values = [found for script in scripts for found in assignment.findall(script.text)]
    return next(filter(None, values[0]), word) if values else word


def _included(repo: Repository, name: str, path: str) -> list[str]:
    """The files that a Makefile includes, seen from its folder or from where make runs."""
    plain = posixpath.normpath(re.sub(r"\A(?:\$\{\w+\}/?)+", "", name))
    if "$" in plain or plain.startswith(".."):
        return []
    places = (posixpath.join(posixpath.dirname(path), plain), plain)
    return next((found for one in places if (found := repo.find(one, family=Family.TOOLS))), [])[:_INCLUDES]


def _inside(place: Place, command: Command, path: str, folder: str) -> Place:
    tolerance = place.tolerance or command.tolerance
    return Place(path, folder, place.action, place.copies, (*place.via, (place.path, command.line)), tolerance)


def is_shell(repo: Repository, path: str) -> bool:
    """Whether a file is shell text, by its extension or its first line."""
    if path.endswith((".sh", ".bash", ".zsh", ".ksh")):
        return True
    text = repo.text(path)
    return not isinstance(text, Unread) and bool(re.match(r"#!.*\b(?:ba|da|z|k)?sh\b", text))


def resolve(repo: Repository, name: str, place: Place) -> str | None:
    """The repository's file that a path in a script means, seen from where the script runs."""
    if match := _ACTION.match(name):
        candidates = [posixpath.join(place.action, name[match.end() :])]
    elif match := _WORKSPACE.match(name):
        candidates = [name[match.end() :]]
    elif place.copies:
        base = posixpath.basename(name)
        candidates = [copy for copy in place.copies if posixpath.basename(copy) == base]
        candidates.append(posixpath.join(posixpath.dirname(place.path), name.lstrip("/")))
    else:
        candidates = [posixpath.join(place.folder, name), name]
    return next((path for path in map(posixpath.normpath, candidates) if "$" not in path and repo.has(path)), None)
