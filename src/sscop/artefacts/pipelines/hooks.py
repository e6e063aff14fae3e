"""The repository's own commit hooks: pre-commit's, lefthook's and husky's, and whether pipelines run them.

A hook counts for a pipeline only where the pipeline runs the hooks: on a contributor's machine they are a habit.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.launch import bare
from sscop.artefacts.nodes import Text, items, load, mapping, text
from sscop.artefacts.pipelines import Activities, Activity, Purpose, activities, tools
from sscop.artefacts.shell import Script, pipelines, script
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Malformed, Repository

PRE_COMMIT = (".pre-commit-config.yaml", ".pre-commit-config.yml")
LEFTHOOK = ("lefthook.yml", ".lefthook.yml", "lefthook.yaml", ".lefthook.yaml")
HUSKY = (".husky/pre-commit", ".husky/pre-push")


class Hook(NamedTuple):
    """One tool that a hook runs. `runner` is what runs it: pre-commit, Lefthook, Husky."""

    runner: str
    said: str
    tool: tools.Tool
    path: str
    line: int
    words: tuple[str, ...] = ()


class Hooks(NamedTuple):
    """The hooks whose tool is known, and the files that could not be read."""

    found: tuple[Hook, ...]
    unread: tuple[Unread, ...]

    def of(self, *purposes: Purpose) -> list[Hook]:
        """The hooks of some purposes."""
        return [one for one in self.found if set(one.tool.purposes) & set(purposes)]


def hooks(repo: Repository) -> Hooks:
    """The commit hooks; to be asked for as `repo.once(hooks)`."""
    found: list[Hook] = []
    unread: list[Unread] = []
    for paths, read in ((PRE_COMMIT, _pre_commit), (LEFTHOOK, _lefthook), (HUSKY, _husky)):
        for path in filter(repo.has, paths):
            held = repo.parse(path, read)
            if isinstance(held, Unread):
                unread += [] if repo.gone(held) else [held]
            else:
                found += (one._replace(path=path) for one in held)
    return Hooks(tuple(found), tuple(unread))


def run_by_pipelines(repo: Repository) -> list[Activity]:
    """What the hooks do that a pipeline runs: each tool as an activity of that pipeline."""
    acts: Activities = repo.once(activities)
    runners = acts.of(Purpose.HOOKS)
    held = repo.once(hooks).found if runners else ()
    return [
        run._replace(
            purpose=purpose, tool=hook.tool.name, said=hook.said, path=hook.path, line=hook.line,
            via=(*run.via, (run.path, run.line)), words=hook.words,
        )
        for run in runners
        for hook in held
        if hook.runner == run.tool
        for purpose in hook.tool.purposes
    ]  # fmt: skip


def _pre_commit(source: str) -> tuple[Hook, ...]:
    found: list[Hook] = []
    for repo in map(mapping, items(mapping(load(source)).get("repos"))):
        for hook in map(mapping, items(repo.get("hooks"))):
            name = text(hook.get("id"))
            if name is None or "manual" in [str(one) for one in items(hook.get("stages"))]:
                continue
            known = list(tools.hooked(name))
            entry = text(hook.get("entry"))
            if not known and entry is not None:
                found += _commands("pre-commit", script(entry))
            found += [Hook("pre-commit", str(name), tool, "", name.line) for tool in known]
    return tuple(found)


def _lefthook(source: str) -> tuple[Hook, ...]:
    found: list[Hook] = []
    for stage in map(mapping, mapping(load(source)).values()):
        commands = [*map(mapping, mapping(stage.get("commands")).values()), *map(mapping, items(stage.get("jobs")))]
        for one in commands:
            run = one.get("run")
            if isinstance(run, Text) and not run.is_null:
                found += _commands("Lefthook", script(run))
    return tuple(found)


def _husky(source: str) -> tuple[Hook, ...]:
    return tuple(_commands("Husky", Script(source, 1)))


def _commands(runner: str, given: Script) -> Iterator[Hook]:
    try:
        found = list(pipelines(given))
    except Malformed:
        return
    for command in (command for pipeline in found for command in pipeline):
        words = bare([word.text for word in command.words])
        for tool in tools.run(words):
            yield Hook(runner, " ".join(words)[:60], tool, "", command.line, words)
