"""Scanners that pass whatever they find, unless they are told to fail: a fact of each tool, in its own words.

Sources: the tools' documentation of their exit codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

from sscop.artefacts.nodes import mapping
from sscop.artefacts.pipelines import Activity
from sscop.artefacts.pipelines.tools import is_flag


def forgives(one: Activity) -> str:
    """What makes a scanner pass although it finds something; "" where finding something fails it or none can tell."""
    rule = _RULES.get(one.tool)
    return rule(one) if rule else ""


def _flag(one: Activity, *flags: str) -> bool:
    """Whether the command has a flag, or the action's arguments or inputs name it."""
    words = one.words
    if any(is_flag(flag, word, after) for flag in flags for word, after in zip(words, (*words[1:], ""))):
        return True
    given = " ".join(str(one.step.inputs.get(key, "")) for key in ("args", "arguments", "options", "command"))
    return any(name in given for flag in flags for name in flag.partition("=")[0].split("|"))


def _input(one: Activity, name: str, *values: str) -> bool:
    given = str(one.step.inputs.get(name, "")).strip().lower()
    return any(fnmatchcase(given, value) for value in values)


def _script(one: Activity, *parts: str) -> bool:
    """Whether the step's own scripts hold a text, such as a `grep` that turns a listing into a failure."""
    return any(part in script.text for script in one.step.scripts for part in parts)


def _needs(said: str, *flags: str, inputs: Mapping[str, tuple[str, ...]] | None = None) -> Callable[[Activity], str]:
    """Passes unless one of the flags or inputs is given."""

    def rule(one: Activity) -> str:
        told = _flag(one, *flags) or any(_input(one, name, *values) for name, values in (inputs or {}).items())
        return "" if told else said

    return rule


def _unless_told(*flags: str, inputs: Mapping[str, tuple[str, ...]] | None = None) -> Callable[[Activity], str]:
    """Fails unless one of the flags or inputs is given, which is then what is said."""

    def rule(one: Activity) -> str:
        flag = next((flag for flag in flags if _flag(one, flag)), "")
        if flag:
            return f"`{flag.partition('|')[0].replace('=*', '')}`"
        return next(
            (f"`{name}: {one.step.inputs[name]}`" for name, said in (inputs or {}).items() if _input(one, name, *said)),
            "",
        )

    return rule


def _trivy(one: Activity) -> str:
    told = (
        _flag(one, "--exit-code=[1-9]*") or _input(one, "exit-code", "[1-9]*", "$*") or "TRIVY_EXIT_CODE" in _env(one)
    )
    configured = _flag(one, "--config|-c") or bool(one.step.inputs.get("trivy-config"))
    return "" if told or configured else "no `exit-code: 1`"


def _env(one: Activity) -> set[str]:
    return {*one.step.env, *mapping(one.job.node.get("env")), *mapping(one.pipeline.node.get("env"))}


def _grype(one: Activity) -> str:
    if one.step.uses and not one.words:
        return "`fail-build: false`" if _input(one, "fail-build", "false") else ""
    return "" if _flag(one, "--fail-on|-f", "--config|-c") else "no `--fail-on`"


def _dependency_check(one: Activity) -> str:
    if one.words[:1] and one.words[0].startswith(("mvn", "gradle", "sbt")):
        return ""  # the build file may say at which score it fails
    told = _flag(one, "--failOnCVSS") or bool(one.step.inputs.get("failoncvss"))
    return "" if told else "no `--failOnCVSS`"


def _semgrep(one: Activity) -> str:
    scans = one.words[:1] and "ci" not in one.words[1:2]
    return "no `--error`" if scans and not _flag(one, "--error") else ""


def _dotnet_list(one: Activity) -> str:
    return (
        "" if _script(one, "grep", "exit 1", "findstr", "Select-String", "jq") else "it exits with 0 whatever it lists"
    )


def _spotbugs(one: Activity) -> str:
    goals = [word for word in one.words if word.startswith("spotbugs:")]
    return f"`{goals[0]}` only reports" if goals and "spotbugs:check" not in goals else ""


_RULES: dict[str, Callable[[Activity], str]] = {
    "Trivy": _trivy,
    "Trivy's configuration scan": _trivy,
    "Grype": _grype,
    "OWASP Dependency-Check": _dependency_check,
    "Semgrep": _semgrep,
    "dotnet list --vulnerable": _dotnet_list,
    "SpotBugs": _spotbugs,
    "dependency review": _unless_told(inputs={"warn-only": ("true",)}),
    "Snyk's monitoring": lambda _: "`snyk monitor` only records",
    "Dependency-Track": lambda _: "it only sends the list",
    "govulncheck": _unless_told("-json", "-format=sarif", "-format=json", inputs={"output-format": ("json", "sarif")}),
    "Docker Scout": _needs("no `exit-code: true`", "--exit-code|-e", inputs={"exit-code": ("true",)}),
    "Bandit": _unless_told("--exit-zero"),
    "gosec": _unless_told("-no-fail"),
    "Brakeman": _unless_told("--no-exit-on-warn"),
    "Checkov": _unless_told("--soft-fail|-s", inputs={"soft_fail": ("true",)}),
    "Cppcheck": _needs("no `--error-exitcode`", "--error-exitcode"),
    "Safety": _unless_told("--continue-on-error"),
    "Retire.js": _unless_told("--exitwith=0"),
}  # fmt: skip
