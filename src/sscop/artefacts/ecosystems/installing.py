"""How pipelines and images install what the manifests name: held to the lock, or free to change it.

Sources: each package manager's command line. What a command does by default is told for CI.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from sscop.artefacts.dockerfile import dockerfiles, load
from sscop.artefacts.launch import bare
from sscop.artefacts.nodes import Entries, mapping
from sscop.artefacts.pipelines import Activity, Purpose, activities
from sscop.artefacts.pipelines.tools import run
from sscop.artefacts.runs import Block, Place, located, runs
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

LONGEST = 60
"""Characters of a command that are shown."""


class Installing(NamedTuple):
    """One installation: by which tool, and whether it is held to the lock (None: that depends)."""

    tool: str
    frozen: bool | None
    said: str
    path: str
    line: int


class _Rule(NamedTuple):
    """When a tool's installation is held to its lock: by a verb, a flag or a variable; `default` is the rest."""

    verbs: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    default: bool | None = False


_RULES: dict[str, _Rule] = {
    "npm": _Rule(("ci", "clean-install", "install-clean")),
    "pnpm": _Rule(loose=("--no-frozen-lockfile", "--fix-lockfile"), default=True),
    "yarn": _Rule(
        flags=("--frozen-lockfile", "--immutable"),
        loose=("--no-immutable",),
        variables=("YARN_ENABLE_IMMUTABLE_INSTALLS",),
    ),
    "bun": _Rule(("ci",), ("--frozen-lockfile",)),
    "pip": _Rule(flags=("--require-hashes",), default=None),
    "uv": _Rule(flags=("--locked", "--frozen", "--check"), variables=("UV_LOCKED", "UV_FROZEN")),
    "poetry": _Rule(loose=("update",), default=True),
    "pdm": _Rule(("sync",), ("--frozen-lockfile", "--no-lock", "--check"), variables=("PDM_FROZEN_LOCKFILE",)),
    "pipenv": _Rule(("sync",), ("--deploy", "--ignore-pipfile"), variables=("PIPENV_DEPLOY",)),
    "cargo": _Rule(flags=("--locked", "--frozen", "--offline")),
    "go": _Rule(loose=("-mod=mod",), default=True),
    "bundler": _Rule(
        flags=("--frozen", "--deployment"), variables=("BUNDLE_FROZEN", "BUNDLE_DEPLOYMENT"), loose=("update",)
    ),
    "composer": _Rule(loose=("update",), default=True),
    "nuget": _Rule(flags=("--locked-mode", "-p:RestoreLockedMode=true"), variables=("RestoreLockedMode",)),
    "dart": _Rule(flags=("--enforce-lockfile",), default=None),
    "mix": _Rule(flags=("--check-locked",), loose=("deps.update",), default=None),
    "deno": _Rule(("ci",), ("--frozen",), default=None),
    "terraform": _Rule(flags=("-lockfile=readonly",), loose=("-upgrade",), default=None),
    "helm": _Rule(("build",), loose=("update",), default=None),
}
_SUBCOMMANDS = ("build", "b", "fetch")
_SETTINGS = lazily(r"bundle config (?:set )?(?:--(?:global|local) )?(?:set )?(?:frozen|deployment)[ =]['\"]?(?:true|1)")


def installing(repo: Repository) -> tuple[Installing, ...]:
    """Every installation of pipelines and images; to be asked for as `repo.once(installing)`."""
    found = [one for activity in repo.once(activities).of(Purpose.INSTALL) for one in _of_pipeline(activity)]
    for path in dockerfiles(repo, Family.TOOLS):
        if not not_counted(path, Family.PRODUCT):
            found += _of_image(repo, path)
    return tuple(dict.fromkeys(found))


def _of_pipeline(activity: Activity) -> Iterator[Installing]:
    step = activity.step
    if not activity.words:
        frozen = activity.tool != "bundler" or str(step.inputs.get("bundler-cache", "")) == "true"
        if frozen:
            yield Installing(activity.tool, True, activity.said, activity.path, activity.line)
        return
    given = {**_env(activity.pipeline.node), **_env(activity.job.node), **step.env}
    settled = any(_SETTINGS.search(script.text) for one in activity.job.steps for script in one.scripts)
    yield from _one(activity.tool, activity.words, given, activity.path, activity.line, settled)


def _env(node: Entries) -> Mapping[str, object]:
    return mapping(node.get("env"))


def _of_image(repo: Repository, path: str) -> Iterator[Installing]:
    dockerfile = repo.parse(path, load)
    copies: list[str] = []
    given: dict[str, object] = {}
    settled = False
    for at in dockerfile.instructions if not isinstance(dockerfile, Unread) else ():
        if at.name == "ENV":
            given |= {name: value.strip("\"'") for name, _, value in (one.partition("=") for one in at.words)}
            given |= {at.words[0]: " ".join(at.words[1:])} if len(at.words) > 1 and "=" not in at.words[0] else {}
        scripts = [one for one in (at.script(), *at.heredocs) if one] if at.name == "RUN" else []
        settled = settled or any(_SETTINGS.search(one.text) for one in scripts)
        for block in runs(repo, scripts, Place(path, posixpath.dirname(path), copies=tuple(copies))) if scripts else ():
            for command, place in located(block.pipelines, block.place) if isinstance(block, Block) else ():
                words = bare([word.text for word in command.words])
                for tool in run(words):
                    if Purpose.INSTALL in tool.purposes:
                        yield from _one(tool.name, words, given, place.path, command.line, settled)


def _one(
    tool: str, words: Sequence[str], given: Mapping[str, object], path: str, line: int, settled: bool
) -> Iterator[Installing]:
    """One command; what installs packages by name, or for the user, is no installation of a manifest."""
    rule = _RULES[tool]
    operands = [one for one in words[1:] if not one.startswith("-")]
    said = " ".join(words)
    said = said if len(said) <= LONGEST else said[: LONGEST - 3] + "..."
    if tool in ("npm", "pnpm", "bun", "pipenv") and (operands[1:] or {"-g", "--global"} & set(words)):
        return
    if tool == "cargo" and not set(_SUBCOMMANDS) & set([one for one in operands if one[:1] != "+"][:1]):
        return  # `cargo run -- build`
    if tool == "pip" and "-r" not in words and "--requirement" not in words and "sync" not in said:
        return
    frozen = rule.default
    held = set(rule.verbs) & set(operands) or any(_flag(one, words) for one in rule.flags)
    if held or any(_true(given.get(name)) for name in rule.variables) or (settled and tool == "bundler"):
        frozen = True
    if any(_flag(one, words) for one in rule.loose):
        frozen = False
    yield Installing(tool, frozen, said, path, line)


def _flag(flag: str, words: Sequence[str]) -> bool:
    return any(word == flag or word.lower() == f"{flag}=true" for word in words)


def _true(value: object) -> bool:
    return str(value or "").strip("\"'").lower() in ("1", "true", "yes", "on")
