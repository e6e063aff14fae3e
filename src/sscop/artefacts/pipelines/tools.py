"""What an action or a command is: test runner, static analysis, secret scan and so on.

The tables are in `table`; one row for each tool, which names what starts it:

- `uses`: actions (`owner/name` or `owner/name/path`, without the version), GitLab templates (`template: name`), Azure
  tasks (`task: name`) and CircleCI orbs (`orb: name/command`), in lower case. `*` stands for any text.
- `commands`: the words of a command. The first is the program (as `launch.bare` leaves it); plain words after it are
  its first words that are no flags, in order; after `..` they may stand anywhere; a flag may stand anywhere, `--a=b`
  also as `--a b`. Alternatives within a word are written `fs|image`, of a flag `--format|-f=json`; `*` stands for any
  text. `!--a`, `!--a=b` or `!word` means that there is no such flag or word.
- `inputs`: what the inputs of `uses` must hold as well (`scan-type=fs|repo`, `scanners=*vuln*`, `!scanners`).
- `hooks`: ids of pre-commit hooks.

`$` after a program means it without any plain word (`rake`). What is in no row is nothing:
`github/codeql-action/upload-sarif` uploads what another tool found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache

from sscop.lazy import NamedTuple
from sscop.repository.globs import is_named


class Purpose(str, Enum):
    """What a tool is for."""

    TEST = "test"
    """Runs tests of the software."""
    COVERAGE = "coverage"
    LINT = "lint"
    """Style and correctness of code, without a security analysis of its own."""
    STATIC_ANALYSIS = "static analysis"
    """Security analysis of source code."""
    CONFIGURATION_SCAN = "configuration scan"
    """Of infrastructure definitions, images and pipelines as text."""
    FUZZING = "fuzzing"
    DYNAMIC_ANALYSIS = "dynamic analysis"
    """Of the running software: scanners, sanitizers."""
    SECRET_SCAN = "secret scan"  # pragma: allowlist secret
    COMPOSITION_SCAN = "composition scan"
    """Known vulnerabilities of third-party components."""
    LICENCE_SCAN = "licence scan"
    POSTURE_SCAN = "posture scan"
    """Of the repository's own settings and practices."""
    SBOM = "SBOM"
    SIGNING = "signing"
    PROVENANCE = "provenance"
    PUBLISHING = "publishing"
    HOOKS = "commit hooks"
    """Runs the repository's own commit hooks."""
    UPDATE = "update of components"
    INSTALL = "installation of components"
    """Those that a manifest of the repository names, by its package manager."""
    RELEASE = "release"
    """Makes a release on the platform, or prepares one."""
    DEPLOYMENT = "deployment"
    """Puts a service on its owner's servers."""


class Tool(NamedTuple):
    """One row; see the module."""

    name: str
    purposes: tuple[Purpose, ...]
    uses: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()


_ASKS = {"--version", "-version", "-V", "version", "--help", "-h", "help"}
"""Words with which a program only tells something about itself."""


@cache
def _table() -> tuple[Tool, ...]:
    from sscop.artefacts.pipelines import table

    return table.TOOLS


def used(name: str, inputs: Mapping[str, object]) -> Iterator[Tool]:
    """The tools that an action, template, task or orb is; `name` without its version, in any case."""
    name = name.lower()
    exact, patterns = _by_use()
    for tool in (*exact.get(name, ()), *(tool for pattern, tool in patterns if is_named(name, pattern.split("*")))):
        if all(_holds(wanted, inputs) for wanted in tool.inputs):
            yield tool


def run(words: Sequence[str]) -> Iterator[Tool]:
    """The tools that a command is; its words as `launch.bare` leaves them."""
    if not words or (words[1:] and _ASKS.issuperset(words[1:])):
        return
    seen: set[str] = set()
    plain = [word for word in words[1:] if not word.startswith("-")]
    for pattern, tool in _by_program().get(words[0].lower(), ()):
        if tool.name not in seen and _matches(pattern, plain, words[1:]):
            seen.add(tool.name)
            yield tool


def hooked(hook: str) -> Iterator[Tool]:
    """The tools that a pre-commit hook is, by its id."""
    return (tool for tool in _table() if hook in tool.hooks)


def _holds(wanted: str, inputs: Mapping[str, object]) -> bool:
    name, _, values = wanted.removeprefix("!").partition("=")
    given = str(inputs.get(name, "")).strip().lower()
    return (_is_word(values, given) if values else bool(given)) is not wanted.startswith("!")


@cache
def _by_use() -> tuple[dict[str, list[Tool]], list[tuple[str, Tool]]]:
    exact: dict[str, list[Tool]] = {}
    patterns = []
    for tool in _table():
        for name in tool.uses:
            if "*" in name:
                patterns.append((name, tool))
            else:
                exact.setdefault(name, []).append(tool)
    return exact, patterns


@cache
def _by_program() -> dict[str, list[tuple[tuple[str, ...], Tool]]]:
    found: dict[str, list[tuple[tuple[str, ...], Tool]]] = {}
    for tool in _table():
        for command in tool.commands:
            program, *rest = command.split()
            found.setdefault(program, []).append((tuple(rest), tool))
    return found


def _matches(pattern: Iterable[str], plain: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a command's words hold what a row's command asks for after the program."""
    at = 0
    anywhere = False
    for part in pattern:
        if part == "..":
            anywhere = True
        elif part == "$":
            if plain:
                return False
        elif part.startswith("!") and not part.startswith("!-"):
            if any(_is_word(part[1:], word) for word in plain):
                return False
        elif part.startswith(("-", "!")):
            flag = part.removeprefix("!")
            if any(is_flag(flag, word, after) for word, after in zip(words, (*words[1:], ""))) is not (flag == part):
                return False
        elif anywhere:
            if not any(_is_word(part, word) for word in plain):
                return False
        else:
            if at >= len(plain) or not _is_word(part, plain[at]):
                return False
            at += 1
    return True


def _is_word(part: str, word: str) -> bool:
    return any(word == one or ("*" in one and is_named(word, one.split("*"))) for one in part.split("|"))


def is_flag(part: str, word: str, after: str) -> bool:
    """Whether a word, with the one after it, is the flag that a row's part means (`--format|-f=json`)."""
    flags, equals, values = part.partition("=")
    name, given, value = word.partition("=")
    if name not in flags.split("|"):
        return False
    return not equals or _is_word(values, value if given else after)
