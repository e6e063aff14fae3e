"""The program that a command really starts: `poetry run coverage run -m pytest` is pytest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from sscop.lazy import lazily

_MOST = 12
"""Launchers that may stand before each other."""

_LAUNCHERS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("npx",): ("-p", "--package", "-c"), ("bunx",): (), ("pnpx",): (), ("pnpm", "exec"): (), ("pnpm", "dlx"): (),
    ("yarn", "dlx"): ("-p",), ("yarn", "exec"): (), ("yarn", "run"): (), ("yarn",): ("--cwd",), ("npm", "exec"): (), ("npm", "x"): (),
    ("bun", "run"): (), ("bun", "x"): (), ("pnpm", "run"): ("--filter", "-F"), ("pnpm",): ("--filter", "-F", "-C", "--dir"),
    ("poetry", "run"): ("-C", "--directory", "-P"), ("pipenv", "run"): (), ("pdm", "run"): ("-p",), ("rye", "run"): (),
    ("pixi", "run"): ("-e", "--environment", "--manifest-path"), ("hatch", "run"): (), ("uvx",): ("--from", "--with", "--python", "-p"),
    ("uv", "run"): ("--with", "--python", "-p", "--group", "--extra", "--env-file", "--package", "--directory", "--project", "--only-group", "--no-group", "--with-requirements", "--isolated-from", "--index-url", "--with-editable"),
    ("uv", "tool", "run"): ("--from", "--with", "--python"), ("pipx", "run"): ("--spec", "--python"),
    ("conda", "run"): ("-n", "--name", "-p"), ("micromamba", "run"): ("-n",), ("coverage", "run"): ("--source", "--rcfile", "--omit", "--include", "--context", "--data-file"),
    ("bundle", "exec"): (), ("xvfb-run",): ("-s", "-e", "-n", "--server-args", "--server-num"), ("dbus-run-session",): (), ("dotnet", "tool", "run"): (),
    ("composer", "exec"): (), ("nyc",): ("--reporter", "--exclude", "--include", "-x", "-n", "-r", "--extension", "--require"), ("c8",): ("-r", "--reporter"), ("cross-env",): (), ("cross-env-shell",): (), ("dotenv",): ("-f", "-e"),
    ("direnv", "exec"): (), ("mise", "exec"): (), ("mise", "x"): (), ("asdf", "exec"): (), ("op", "run"): (), ("doppler", "run"): (),
    ("nix", "develop"): ("-c", "--command"), ("kcov",): (), ("catchsegv",): (), ("valgrind",): (), ("mpirun",): ("-n", "-np"), ("mpiexec",): ("-n", "-np"), ("dagger", "run"): (),
    ("ddtrace-run",): (), ("opentelemetry-instrument",): (), ("appraisal",): (), ("spring",): (), ("rbenv", "exec"): (), ("fvm",): (), ("arch",): (), ("wine",): (), ("setarch",): (),
    ("dotnet-coverage", "collect"): (), ("unbuffer",): (), ("chronic",): (),
}  # fmt: skip
"""What starts another program, and which of its flags take a value."""

_INTERPRETERS = {
    "python",
    "python3",
    "python2",
    "pypy",
    "pypy3",
    "py",
    "node",
    "php",
    "phpdbg",
    "ruby",
    "perl",
    "pwsh",
    "tsx",
    "ts-node",
}
_RUN_FLAGS = lazily(
    r"-(?:[efuvwplmh]|-(?:env|user|volume|workdir|name|network|entrypoint|platform|mount|env-file|publish|profile|file|project-name|memory|label|add-host|link|cpus|ipc|shm-size|cap-add|security-opt|ulimit|build-arg|index))\Z"
)
_VERSION = lazily(r"(?:python|pypy|php|ruby|node)\d?(?:\.\d+)?t?\Z")
_PROGRAM_VARIABLE = lazily(r"\$\{?(?:ENV_)?(\w+)\}?")
_NAMED = {
    "go", "cargo", "npm", "yarn", "pnpm", "make", "pytest", "mvn", "gradle", "docker", "uv", "poetry", "tox", "nox",
    "composer", "bundle", "dotnet", "prove", "ctest", "cmake", "pip", "npx", "helm", "terraform", "bash", "sh",
}  # fmt: skip
"""Programs that variables are named for."""
_ASSIGNMENT = lazily(r"[A-Za-z_]\w*=")


def bare(words: Sequence[str]) -> tuple[str, ...]:
    """The words from the program that is really started on; the first is its name without folder or extension.

    A variable is the program that it is named for (`$PYTHON`), else what starts the next word (`$DOCKER_CMD go test`).
    """
    found = _without_variable(list(words))
    for _ in range(_MOST):
        if not found:
            break
        found[0] = _name(found[0])
        rest = _given(found) or _launched(found)
        if rest is None:
            break
        found = rest
    return tuple(found)


def _without_variable(words: list[str]) -> list[str]:
    match = _PROGRAM_VARIABLE.fullmatch(words[0]) if words else None
    if not match:
        return words
    named = match[1].lower()
    if named in _NAMED or _VERSION.match(named):
        return [named, *words[1:]]
    return words[1:] if len(words) > 1 and not words[1].startswith("-") else words


def image(words: Sequence[str]) -> str:
    """The image that `docker run` starts; "" for another command."""
    at = _container(list(words))
    return words[at] if at is not None and words[1:2] == ["run"] and at < len(words) else ""


def _given(words: list[str]) -> list[str]:
    """What CircleCI's splitting of tests runs: `circleci tests run --command="xargs bundle exec rspec"`."""
    if words[:3] != ["circleci", "tests", "run"]:
        return []
    for flag, after in zip(words[3:], (*words[4:], "")):
        name, equals, value = flag.partition("=")
        if name == "--command":
            said = (value if equals else after).replace("\\", " ").split()
            return list(dropwhile(lambda word: word == "xargs" or word.startswith("-") or word.isdigit(), said))
    return []


def service(words: Sequence[str]) -> str:
    """The service that a compose command starts with its own command, and that decides how it ends; "" for none."""
    compose = words[:1] == ("docker-compose",) or tuple(words[1:2]) == ("compose",)
    if not compose:
        return ""
    for flag, after in zip(words, (*words[1:], "")):
        name, equals, value = flag.partition("=")
        if name == "--exit-code-from":
            return value if equals else after
    at = _container(list(words))
    return words[at] if at is not None and at == len(words) - 1 and "run" in words[:at] else ""


def _name(word: str) -> str:
    name = word.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"\.(?:exe|cmd|bat|ps1|phar)\Z", "", name)


def _launched(words: list[str]) -> list[str] | None:
    """The words that a launcher starts, None where the first word is no launcher."""
    program = words[0]
    at = _container(words)
    if at is not None:
        return words[at + 1 :] or None
    if program == "find" and (run := next((n for n, word in enumerate(words) if word in ("-exec", "-execdir")), 0)):
        end = next((n for n, word in enumerate(words) if n > run and word in (";", "\\;", "+")), len(words))
        return words[run + 1 : end] or None
    if program in _INTERPRETERS or _VERSION.match(program):
        return _interpreted(words)
    for length in (3, 2, 1):
        key = tuple(words[:length])
        if len(key) == length and key in _LAUNCHERS:
            rest = _past_flags(words[length:], _LAUNCHERS[key])
            if (
                key in (("yarn",), ("pnpm",))
                and rest[:1]
                and rest[0] in ("test", "run", "install", "i", "add", "ci", "audit", "sbom", "publish")
            ):
                return None
            if key == ("hatch", "run") and rest and ":" in rest[0]:
                rest[0] = rest[0].partition(":")[2]
            if key == ("pnpm",) and rest[:1] in (["exec"], ["dlx"]):
                rest = rest[1:]
            if key == ("direnv", "exec"):
                rest = rest[1:]
            return rest or None
    return None


def _interpreted(words: list[str]) -> list[str] | None:
    """The module or file that an interpreter is given."""
    valued = ""
    for n, word in enumerate(words[1:], 1):
        if word == "-m":
            return words[n + 1 :] or None
        if word in ("-c", "-e", "-r", "--test", "-Itest", "-Ilib:test", "--eval", "-"):
            return None
        if not word.startswith("-") and valued not in ("-W", "-X", "-d", "-I"):
            return words[n:] if _name(word) != words[0] else None
        valued = word
    return None


def _past_flags(words: list[str], valued: Sequence[str]) -> list[str]:
    n = 0
    while n < len(words):
        if words[n] == "--":
            return words[n + 1 :]
        if words[n].startswith("-"):
            n += 2 if words[n] in valued else 1
        elif _ASSIGNMENT.match(words[n]):
            n += 1
        else:
            break
    return words[n:]


def _container(words: list[str]) -> int | None:
    """The index of the image or service after which the words are run inside a container; None where there is none."""
    program = words[0] if words else ""
    if program == "docker-compose" or (program in ("docker", "podman", "nerdctl") and words[1:2] == ["compose"]):
        verbs, start = ("run", "exec"), 1 if program == "docker-compose" else 2
    elif program in ("docker", "podman", "nerdctl"):
        verbs, start = ("run", "exec"), 1
    else:
        return None
    n, seen = start, False
    while n < len(words):
        if words[n].startswith("-"):
            n += 2 if _RUN_FLAGS.match(words[n]) else 1
        elif not seen:
            if words[n] not in verbs:
                return None
            seen = True
            n += 1
        else:
            return n
    return None
