"""What the names of the repository's own scripts and targets tell where their content does not.

`./script/minitest-ci` in Ruby runs tests; `./build.ps1` may. A name is weak evidence: it counts only where the file is
there and no tool was seen in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sscop.artefacts.runs import Place, resolve
from sscop.artefacts.shell import Command, Pipeline
from sscop.lazy import lazily
from sscop.repository import Repository

_PARTS = lazily(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_TESTS = {
    "test",
    "tests",
    "minitest",
    "unittest",
    "unittests",
    "specs",
    "e2e",
    "testsuite",
    "testing",
    "selftest",
    "smoketest",
}
_NOT_RUNNING = {
    "setup", "install", "deps", "dependencies", "print", "report", "reports", "result", "results", "failures",
    "artifacts", "upload", "download", "clean", "cleanup", "env", "environment", "data", "prepare", "start", "stop",
    "image", "images", "wait", "config", "configure", "create", "generate", "fetch", "lint", "format", "publish",
    "notify", "teardown", "rerun", "matrix", "list", "split", "merge", "collect", "log", "logs", "requirements",
    "coverage", "badge", "db", "output", "errors", "database", "changed", "check", "count", "counts", "update",
    "summary", "parse", "bump", "deploy", "annotation", "server", "servers",
}  # fmt: skip
_RUNNERS = {"invoke", "inv", "mage", "fab", "doit", "paver", "buildr", "nuke", "psake", "cake", "dotnet-cake", "poe"}
_RUN = {"pdm", "hatch", "pixi", "rye", "mise", "moon", "devbox"}
_INTERPRETER = lazily(
    r"(?:ba|da|z|k|a)?sh|source|\.|(?:python|pypy|ruby|perl|php|lua|node)[\d.]*|nodejs|tsx|ts-node|bun|deno|pwsh|powershell|cmd"
    r"|tclsh|Rscript|julia|groovy|escript|elixir"
)
_MAY_TEST = {
    "build", "ci", "check", "checks", "verify", "validate", "run", "all", "make", "runbuild", "cibuild", "presubmit",
    "premerge",
}  # fmt: skip
_FUNCTION = lazily(r"^(?:function[ \t]{1,9})?([\w-]{1,80})[ \t]{0,9}\(\)", re.MULTILINE)
_SCRIPTS = {
    "sh", "bash", "zsh", "ksh", "py", "js", "mjs", "cjs", "ts", "rb", "pl", "php", "ps1", "cmd", "bat", "fsx", "csx",
    "groovy", "kts", "lua", "tcl", "jl", "r", "exs", "go",
}  # fmt: skip
"""The extensions of scripts."""


def parts(name: str) -> set[str]:
    """The words that a name is made of, in lower case: `run-unitTests.sh` is run, unit, tests and sh."""
    return {part.lower() for part in _PARTS.findall(name[-200:])} | ({"e2e"} if "e2e" in name.lower() else set())


def means_tests(name: str) -> bool:
    """Whether a script's, target's or job's name says that it runs tests."""
    words = parts(name)
    return bool(words & _TESTS) and not words & _NOT_RUNNING


def tests_path(path: str) -> bool:
    """Whether a script's path says that it runs tests: its name, or that of its folder for one called `run`."""
    folder, _, name = path.rpartition("/")
    if name.partition(".")[0] in ("run", "runner", "all", "main"):
        return means_tests(folder.rpartition("/")[2])
    return means_tests(name)


def may_test(name: str) -> bool:
    """Whether a script's name leaves open that it runs tests among other things (`build.ps1`)."""
    return bool(parts(name) & _MAY_TEST)


def own_script(repo: Repository, command: Command, place: Place) -> str:
    """The repository's script that a command runs (`python tools/run_tests.py`, `./test.sh`); "" for another one."""
    words = [word.text for word in command.words[:8]]
    at = next((n for n, word in enumerate(words) if _INTERPRETER.fullmatch(word.rpartition("/")[2])), None)
    if at is None:
        given = words[:1] if "/" in words[0] else []
    else:
        given = [word for word in words[at + 1 :] if not word.startswith("-") and "." in word][:1]
    path = resolve(repo, given[0], place) if given else None
    return path if path and is_script(path) else ""


def built(words: Sequence[str]) -> bool:
    """Whether a command runs a program that the build made and that is named for its tests (`./test_crypt`)."""
    folder, slash, name = words[0].rpartition("/") if words else ("", "", "")
    own = bool(slash) and not folder.startswith(("/usr", "~"))
    return own and (("." not in name and means_tests(name)) or asked_to_test(words))


def asked_to_test(words: Sequence[str]) -> bool:
    """Whether a command's first plain word is `test` (`./x.py test`)."""
    return next((word for word in words[1:] if not word.startswith("-")), "") in ("test", "tests")


def is_sourced(repo: Repository, found: Sequence[Pipeline], name: str, place: Place) -> bool:
    """Whether one of the repository's own files that a script sources defines a function of a name."""
    for command in (command for pipeline in found for command in pipeline):
        if command.name not in ("source", ".") or len(command.words) < 2:
            continue
        path = resolve(repo, command.words[1].text, place)
        said = repo.text(path) if path else ""
        if isinstance(said, str) and any(match[1] == name for match in _FUNCTION.finditer(said)):
            return True
    return False


def is_script(path: str) -> bool:
    """Whether a file's extension is one that scripts have."""
    stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return not dot or not stem or suffix.lower() in _SCRIPTS


def generated(repo: Repository, command: Command, target: str, place: Place) -> bool:
    """Whether a target that no file has a rule for is one for tests, of a Makefile that configure or CMake writes."""
    if command.name not in ("make", "gmake", "mingw32-make") or not (means_tests(target) or target.endswith("check")):
        return False
    return not any(resolve(repo, name, place) for name in ("GNUmakefile", "makefile", "Makefile"))


def runner_target(words: Sequence[str], written: Sequence[str]) -> str:
    """The target of a task runner whose file is not read, where its name says tests (`invoke test`, `pdm run test`).

    `written` are the command's words, `words` those that a launcher starts.
    """
    plain = [word for word in words if not word.startswith("-")]
    plain += [word.partition("=")[2] for word in words if word.lower().startswith(("--target=", "-target="))]
    if tuple(words[:2]) == ("go", "run") or (words and words[0] in _RUNNERS):
        return next((word for word in plain[1:] if means_tests(word) or word in ("unit", "integration")), "")
    if len(written) > 2 and written[0] in _RUN and written[1] in ("run", "r"):
        target = next((word for word in written[2:] if not word.startswith("-")), "")
        return target if means_tests(target) and "." not in target and "/" not in target else ""
    return ""
