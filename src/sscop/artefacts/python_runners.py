"""The files of tox and nox as targets.

Sources: tox's configuration (`commands` of `testenv` sections, in INI form) and nox's (`session.run` in functions that
are sessions). Nothing is run; what is put together at run time is left out.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from sscop.artefacts.shell import Script
from sscop.artefacts.targets import Rule, Targets
from sscop.lazy import lazily
from sscop.repository import Malformed

_SECTION = lazily(r"\[([^\]\n]{1,200})\]")
_KEY = lazily(r"([A-Za-z_]\w*)\s*[:=]\s*(.*)")
_FACTOR = lazily(r"!?[\w.{},!-]+:\s+")
_SUBSTITUTED = lazily(r"\{posargs:?([^{}]*)\}")
_QUOTED = lazily(r"\"[^\"\n]*\"|'[^'\n]*'")
_TEXT = lazily(r"[\"']([^\"'\n]*)[\"']")
_LIST = lazily(r"\[\s*((?:[\"'][^\"'\n]*[\"']\s*,?\s*)+)")
_LONGEST = 10_000
_COMMANDS = ("commands_pre", "commands", "commands_post")


def load_tox(source: str) -> Targets:
    """The environments of tox. Never fails: what is no section and no command is passed over."""
    recipes: dict[str, list[Script]] = {}
    current, key, before = "", "", ""
    for number, line in enumerate(source.split("\n"), 1):
        stripped = line.strip()
        if match := _SECTION.match(line):
            current, key = _environment(match[1].strip()), ""
            if current:
                recipes.setdefault(current, [])
        elif not stripped or stripped.startswith(("#", ";")) or not current:
            continue
        elif line[0] not in " \t]":
            match = _KEY.match(line)
            key, command = (match[1], match[2]) if match else ("", "")
            before = _command(recipes[current], command, number, "") if key in _COMMANDS else ""
        elif key in _COMMANDS:
            before = _command(recipes[current], stripped, number, before)
    return Targets({name: Rule((), tuple(found)) for name, found in recipes.items()}, "testenv", "testenv")


def _environment(section: str) -> str:
    """The environment that a section is about, in tox.ini (`testenv:lint`) or TOML (`tool.tox.env.lint`)."""
    name = section.removeprefix("tool.tox.")
    if name in ("testenv", "env_run_base"):
        return "testenv"
    start = next((start for start in ("testenv:", "env.") if name.startswith(start)), "")
    return name.removeprefix(start).strip("\"'") if start else ""


def _command(recipe: list[Script], text: str, line: int, before: str) -> str:
    """Add a line's command to a recipe; what is continued on the next line is given back instead.

    In TOML a command is a list of texts in the list of commands.
    """
    text = before + (text if before else _FACTOR.sub("", text, count=1))
    if text.startswith("["):
        whole = _QUOTED.sub("", text)
        if whole.count("[") > whole.count("]") and len(text) < _LONGEST:
            return text + "\n"
        recipe += [Script(shlex.join(_TEXT.findall(one[1])), line) for one in _LIST.finditer(text)]
        return ""
    if text.endswith("\\") and len(text) < _LONGEST:
        return text[:-1] + " "
    if text:
        shell = text.lstrip("-! ")
        recipe.append(Script(_SUBSTITUTED.sub(r"\1", shell), line, "- before the command" if text[0] == "-" else ""))
    return ""


def load_nox(source: str) -> Targets:
    """The sessions of nox. Raises Malformed for what is not Python."""
    import ast

    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise Malformed("is not valid Python", getattr(error, "lineno", None)) from None
    rules: dict[str, Rule] = {}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and (name := _session(function)):
            rules[name] = Rule((), tuple(_runs(function)))
    chosen = [_texts(node.value) for node in tree.body if isinstance(node, ast.Assign) and _is_option(node.targets[0])]
    wanted = tuple(name for name in (chosen[-1] if chosen else rules) if name in rules)
    return Targets({**rules, "": Rule(wanted, ())}, "")


def _session(function: object) -> str:
    """The name that a session function goes by; "" when it is none."""
    import ast

    assert isinstance(function, ast.FunctionDef)
    for decorator in function.decorator_list:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        if getattr(call, "attr", getattr(call, "id", "")) == "session":
            given = {word.arg: word.value for word in decorator.keywords} if isinstance(decorator, ast.Call) else {}
            name = given.get("name")
            return str(name.value) if isinstance(name, ast.Constant) else function.name
    return ""


def _runs(function: object) -> Iterator[Script]:
    import ast

    assert isinstance(function, ast.FunctionDef)
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("run", "run_always", "run_install"):
            words = []
            for argument in node.args:
                if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                    break
                words.append(argument.value)
            if words:
                codes = next((word.value for word in node.keywords if word.arg == "success_codes"), None)
                yield Script(shlex.join(words), node.lineno, "success_codes" if codes is not None else "")


def _is_option(target: object) -> bool:
    import ast

    return isinstance(target, ast.Attribute) and target.attr == "sessions"


def _texts(node: object) -> list[str]:
    import ast

    elements = node.elts if isinstance(node, (ast.List, ast.Tuple)) else []
    return [re.sub(r"-\d[\d.]*\Z", "", str(one.value)) for one in elements if isinstance(one, ast.Constant)]
