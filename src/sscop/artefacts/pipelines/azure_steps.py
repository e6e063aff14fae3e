"""The steps of Azure pipelines: scripts as they are, and well-known tasks as the commands that they stand for.

Source: the Azure Pipelines task reference and YAML schema (steps).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sscop.artefacts.nodes import Entries, Text, like, mapping, text
from sscop.artefacts.pipelines.azure_conditions import translated
from sscop.artefacts.pipelines.model import Step
from sscop.artefacts.shell import Script, script
from sscop.lazy import lazily

WORDS = ("script", "bash", "pwsh", "powershell", "task", "template", "checkout", "publish", "download", "restoreCache")
"""The keys of which a step has one."""

_SCRIPTS = ("script", "bash", "pwsh", "powershell")
_BACKSLASH = lazily(r"(?<=[\w.)])\\(?=[\w.*$])")
_TEMPLATE = lazily(r"\$\{\{\s*parameters(?:\.([\w-]+)|\['([\w-]+)'\])\s*\}\}")
_MACRO = lazily(r"\$\(([\w.-]+)\)")
_WORKSPACE = lazily(
    r"\$[({](?:Build[._]SourcesDirectory|System[._]DefaultWorkingDirectory|(?:Agent[._]BuildDirectory|Pipeline[._]Workspace)[)}]/s)[)}]?/?",
    re.IGNORECASE,
)

_TASKS: Mapping[str, tuple[str, ...]] = {
    "dotnetcorecli": ("dotnet", "command", "custom", "projects", "arguments"),
    "maven": ("mvn", "goals", "options"),
    "gradle": ("./gradlew", "tasks", "options"),
    "npm": ("npm", "command", "customCommand"),
    "yarn": ("yarn", "arguments"),
    "go": ("go", "command", "customCommand", "arguments"),
    "gotool": (),
    "ant": ("ant", "targets"),
    "xcode": ("xcodebuild", "actions"),
    "vstest": ("vstest.console", "testAssemblyVer2"),
    "visualstudiotestplatforminstaller": (),
    "msbuild": ("msbuild", "solution", "msbuildArguments"),
    "vsbuild": ("msbuild", "solution", "msbuildArgs"),
    "gulp": ("gulp", "targets"),
    "grunt": ("grunt", "targets"),
    "cmake": ("cmake", "cmakeArgs"),
    "docker": ("docker", "command", "arguments"),
    "dockercompose": ("docker-compose", "dockerComposeCommand", "arguments"),
    "cargo": ("cargo", "command", "cargoCommandOptions"),
}
"""By a task's name without version: its program, and the inputs that make up the words after it."""

_DEFAULTS = {
    "dotnetcorecli": {"command": "build"}, "maven": {"goals": "package"}, "gradle": {"tasks": "build"},
    "npm": {"command": "install"}, "go": {"command": "get"}, "docker": {"command": "buildAndPush"},
}  # fmt: skip
_INLINE = {"bash", "cmdline", "powershell", "shellscript", "azurecli", "azurepowershell", "batchscript", "pythonscript"}
_FILES = ("filePath", "scriptPath", "filename")


def step(
    entry: Entries, path: str, values: Mapping[str, str], variables: Mapping[str, str],
    via: tuple[tuple[str, int], ...], conditions: tuple[Text, ...],
) -> Step:  # fmt: skip
    """One step, with the parameters of its template put in where they are plain."""
    inputs = mapping(entry.get("inputs"))
    uses = text(entry.get("task"))
    written = next((one for word in _SCRIPTS if (one := text(entry.get(word)))), None)
    scripts = [script(written)] if written else _of_task(uses, inputs) if uses else []
    folder = (
        text(entry.get("workingDirectory")) or text(inputs.get("workingDirectory")) or text(inputs.get("workingDir"))
    )
    own = text(entry.get("condition"))
    said = [*conditions, *([translated(own, variables, values)] if own else [])]
    return Step(
        path=path,
        line=entry.line,
        name=text(entry.get("displayName")) or text(entry.get("name")) or "",
        uses=like(uses, f"task: {put(uses, values)}") if uses else None,
        inputs=inputs,
        scripts=tuple(
            one._replace(text=_shell(put(one.text, values), backslashes="bash" not in entry)) for one in scripts
        ),
        folder=_WORKSPACE.sub("", put(folder or "", values)).strip("/"),
        env=mapping(entry.get("env")),
        condition=said[0]
        if len(said) == 1
        else like(said[0], " && ".join(f"({one})" for one in said))
        if said
        else None,
        tolerance=tolerance(entry, values),
        node=entry,
        via=via,
        errexit=written is None,
    )


def tolerance(entry: Entries, values: Mapping[str, str]) -> str:
    """What is said of failing, where it says that it may be no failure."""
    said = put(text(entry.get("continueOnError")) or "", values)
    return f"continueOnError: {said}" if said.lower() == "true" or "$" in said else ""


def put(value: str, values: Mapping[str, str]) -> str:
    """A text with the parameters put in whose values are plain."""
    if "${{" not in value:
        return value
    return _TEMPLATE.sub(lambda match: values.get(match[1] or match[2], match[0]), value)


def _shell(value: str, *, backslashes: bool) -> str:
    """Azure's `$(Name)` as a shell variable: in a shell it would run `Name`. Paths of Windows get slashes."""
    value = _BACKSLASH.sub("/", value) if backslashes else value
    return _MACRO.sub(lambda match: "${" + re.sub(r"\W", "_", match[1]).upper() + "}", value)


def _of_task(uses: Text, inputs: Entries) -> list[Script]:
    name = uses.partition("@")[0].lower()
    given = {key.lower(): value for key, value in inputs.pairs() if isinstance(value, Text) and not value.is_null}
    if name in _INLINE:
        inline = next((given[word] for word in ("script", "inline", "inlinescript") if word in given), None)
        file = next((given[word.lower()] for word in _FILES if word.lower() in given), None)
        if inline is not None and given.get("targettype", "inline").lower() != "filepath":
            return [script(inline)] if name != "pythonscript" else []
        if file is None:
            return []
        program = "python " if name == "pythonscript" else ""
        words = f"{program}{_relative(file)} {given.get('arguments', '') or given.get('args', '')}"
        return [Script(_one_line(words), file.line)]
    if name not in _TASKS or not _TASKS[name]:
        return []
    program, *parts = _TASKS[name]
    command: list[str] = [program]
    line = uses.line
    defaults = _DEFAULTS.get(name, {})
    for part in parts:
        value = given.get(part.lower()) or defaults.get(part, "")
        if part == "command" and value == "custom":
            continue
        if part in ("custom", "customCommand") and given.get("command") != "custom":
            continue
        if isinstance(value, Text):
            line = value.line if part == parts[0] else line
        command.append(value)
    return [Script(_one_line(" ".join(command)), line)]


def _relative(file: str) -> str:
    found = _WORKSPACE.sub("", file)
    return found if found.startswith(("/", "$", ".")) else f"./{found}"


def _one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
