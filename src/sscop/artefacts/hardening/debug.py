"""Debugging that is on unless somebody switches it off, in the configuration that ships."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator

from sscop.artefacts.hardening import Default, Fact
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family

_DJANGO = ("**/settings.py", "**/settings/*.py", "**/*settings*.py")
_ON = lazily(r"(?:true|1|yes|on)\Z", re.IGNORECASE)
_LINES = (
    (("**/src/main/resources/application.properties",), rb"^debug[ \t]*=[ \t]*true"),
    (("**/src/main/resources/application.{yml,yaml}",), rb"^debug:[ \t]*true"),
    (("**/config/app.php",), rb"['\"]debug['\"]\s{0,9}=>\s{0,9}(?:true|(?:\(bool\) )?env\([^)]{0,40}\btrue)"),
    (("**/web.config",), rb"<compilation\b[^>]{0,200}\bdebug\s{0,3}=\s{0,3}[\"']true"),
)  # fmt: skip

ON, OFF, OTHER = "on", "off", "other"


def facts(repo: Repository) -> Iterator[Fact]:
    """Django's settings, and lines of other frameworks' configuration."""
    yield from _django(repo)
    for globs, pattern in _LINES:
        for path in repo.find(*globs, family=Family.SHIPPED):
            data = repo.read(path)
            match = lazily(pattern, re.MULTILINE | re.IGNORECASE).search(data) if isinstance(data, bytes) else None
            if match and isinstance(data, bytes):
                yield Default(
                    path, data.count(b"\n", 0, match.start()) + 1, "debug-on", "debugging is on by default", "debug"
                )


def _django(repo: Repository) -> Iterator[Fact]:
    """A settings module that leaves it on, unless a module beside it decides."""
    modules: dict[str, list[tuple[str, tuple[int, str]]]] = {}
    for path in repo.find(*_DJANGO, family=Family.SHIPPED):
        data = repo.read(path)
        if isinstance(data, bytes) and b"DEBUG" in data:
            said = repo.parse(path, django)
            if isinstance(said, Unread):
                continue  # reported with the passwords, of which it is a reader too
            modules.setdefault(posixpath.dirname(path), []).extend((path, one) for one in said[-1:])
    for beside in modules.values():
        for path, (line, state) in beside:
            if state is OFF:
                yield Default(path, line, "debug-off", "debugging is off by default", "debug", good=True)
            elif state is ON and not any(other != path and said[1] is not ON for other, said in beside):
                yield Default(path, line, "debug-on", "`DEBUG` is on by default", "debug")


def django(source: str) -> tuple[tuple[int, str], ...]:
    """The lines that set DEBUG at the top of a settings module, and what to by default."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        raise Malformed("is not valid Python 3") from None
    return tuple(
        (one.lineno, _state(one.value))
        for one in tree.body
        if isinstance(one, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "DEBUG" for t in one.targets)
    )


def _state(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return ON if _ON.match(str(node.value)) else OFF
    if isinstance(node, ast.Compare) and len(node.comparators) == 1:  # os.environ.get("DEBUG", "False") == "True"
        wanted, given = node.comparators[0], _state(node.left)
        return given if isinstance(wanted, ast.Constant) and _ON.match(str(wanted.value)) else OTHER
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in ("bool", "int", "str", "strtobool") and node.args:
            return _state(node.args[0])
        named = [one.value for one in node.keywords if one.arg == "default"]
        for one in [*named, *node.args[1:2]]:
            if isinstance(one, ast.Constant):
                return ON if _ON.match(str(one.value)) else OFF
    return OTHER
