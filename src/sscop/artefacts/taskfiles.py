"""The files of go-task and just, the scripts of npm and Composer, and the services of compose as targets.

Sources: the Taskfile schema (version 3), the just manual, npm's `scripts` (pre and post scripts included),
Composer's `scripts`.
Templates are put in where a file gives a plain value and stay variables elsewhere; included files are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries, Node, Text, items, like, load, mapping, text, texts
from sscop.artefacts.shell import Script, script
from sscop.artefacts.targets import Rule, Targets
from sscop.lazy import lazily

_TEMPLATE = lazily(r"\{\{\s*\.?([A-Za-z_]\w*)\s*\}\}|\{\{(?:(?!\{\{).)*?\}\}")
_RECIPE = lazily(r"@?([A-Za-z_][\w-]*)((?:\s+[*+$]?\w[^:\n]*)?)\s*:(?!=)\s*(.*)")
_ASSIGNMENT = lazily(r"(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)")


def load_taskfile(source: str) -> Targets:
    """A Taskfile.yml. Raises Malformed for what is not YAML."""
    root = mapping(load(source))
    shared = _values(root.get("vars"))
    rules = {name: _task(node, shared) for name, node in mapping(root.get("tasks")).items()}
    return Targets(rules, "default")


def _task(node: Node, shared: Mapping[str, str]) -> Rule:
    task = mapping(node)
    values = {**shared, **_values(task.get("vars"))}
    commands = items(task.get("cmds") or task.get("cmd")) if isinstance(node, Entries) else items(node)
    needs = [text(one) or text(mapping(one).get("task")) for one in items(task.get("deps"))]
    recipe = []
    for command in commands:
        shell = text(command) or text(mapping(command).get("cmd"))
        if shell:
            written = script(shell)
            recipe.append(Script(_put(written.text, values), written.line))
        else:
            needs.append(text(mapping(command).get("task")))
    return Rule(tuple(str(one) for one in needs if one), tuple(recipe))


def _values(node: Node | None) -> dict[str, str]:
    return {name: value for name, value in mapping(node).items() if isinstance(value, Text)}


def _put(source: str, values: Mapping[str, str]) -> str:
    """Templates as their values, or as shell variables on the same line."""
    return _TEMPLATE.sub(lambda match: values.get(match[1] or "", "${" + (match[1] or "TEMPLATE") + "}"), source)


def load_justfile(source: str) -> Targets:
    """A justfile. Never fails: what is neither a variable nor a recipe is passed over."""
    values: dict[str, str] = {}
    before: dict[str, tuple[str, ...]] = {}
    recipes: dict[str, list[Script]] = {}
    default = current = ""
    for number, line in enumerate(source.split("\n"), 1):
        if line[:1] in (" ", "\t") and current:
            recipe = Script(_put(line.strip().lstrip("@-"), values), number)
            recipes[current].append(recipe)
        elif match := _ASSIGNMENT.match(line):
            values[match[1]] = match[2].strip().strip("\"'")
        elif match := _RECIPE.match(line):
            current = match[1]
            needs = re.sub(r"\(\s*([\w-]+)[^()]*\)|&&", r"\1", match[3].split("#")[0])
            before[current], recipes[current] = tuple(needs.split()), []
            default = default or current
        elif line.strip() and not line.startswith(("#", "[")):
            current = ""
    return Targets({name: Rule(before[name], tuple(recipes[name])) for name in before}, default)


def load_compose(source: str) -> Targets:
    """The commands of a compose file's services. Raises Malformed for what is not YAML."""
    from shlex import join

    rules = {}
    for name, service in mapping(mapping(load(source)).get("services")).items():
        given = mapping(service).get("command")
        words = texts(given)
        if isinstance(given, Text):
            rules[name] = Rule((), (script(given),))
        elif words:
            rules[name] = Rule((), (Script(join(words), words[0].line),))
    return Targets(rules, "")


def load_npm_scripts(source: str) -> Targets:
    """The `scripts` of a package.json. Raises Malformed for what is not JSON."""
    scripts = mapping(mapping(jsonc.load(source)).get("scripts"))
    rules = {}
    for name in scripts:
        around = tuple(one for one in (f"pre{name}", f"post{name}") if one in scripts)
        rules[name] = Rule(around, tuple(script(command) for command in texts(scripts[name])))
    return Targets(rules, "")


def load_composer_scripts(source: str) -> Targets:
    """The `scripts` of a composer.json; `@name` calls another one. Raises Malformed for what is not JSON."""
    rules = {}
    for name, node in mapping(mapping(jsonc.load(source)).get("scripts")).items():
        commands = texts(node)
        needs = tuple(one[1:].split()[0] for one in commands if re.match(r"@(?!php\b|composer\b|putenv\b)\S", one))
        plain = [one for one in commands if one[1:].split(" ")[0] not in needs or one[:1] != "@"]
        recipe = [like(one, re.sub(r"\A@(php|composer)\b", r"\1", one)) for one in plain if "::" not in one]
        rules[name] = Rule(needs, tuple(map(script, recipe)))
    return Targets(rules, "")


def load_deno_tasks(source: str) -> Targets:
    """The `tasks` of a deno.json. Raises Malformed for what is not JSON."""
    rules = {}
    for name, node in mapping(mapping(jsonc.load(source)).get("tasks")).items():
        command = text(node) or text(mapping(node).get("command"))
        needs = tuple(map(str, texts(mapping(node).get("dependencies"))))
        rules[name] = Rule(needs, (script(command),) if command else ())
    return Targets(rules, "")
