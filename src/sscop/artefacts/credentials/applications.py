"""Passwords in configuration: Spring, .NET, Django, Flask, Rails, Laravel, Node; Terraform, Ansible."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from sscop.artefacts.credentials.model import Credential, credential
from sscop.artefacts.credentials.words import LOCAL, is_password
from sscop.artefacts.nodes import Entries, Items, Node, Text, documents, items, load, mapping, texts
from sscop.lazy import lazily
from sscop.repository import Malformed

Setting = tuple[int, str, str, bool]
"""Line, name, value, and whether it opens something on the developer's own machine."""

OTHER = "${}"
"""The value of what is given by other means than a literal."""

_LINE = lazily(r"^[ \t]*([\w.\[\]-]{1,200})[ \t]*[=:][ \t]*([^\n]{0,1000})$", re.MULTILINE)
_PROFILES = lazily(r"dev|local|test|ci|stub|mock|sandbox|demo|h2", re.IGNORECASE)
_CONNECTION = lazily(r"(?:\bpassword|\bpwd)\s*=\s*([^;\"'<>]{1,200})", re.IGNORECASE)
_ERB = lazily(r"^[ \t]*<%[^=\n](?:(?!%>)[^\n])*%>[ \t]*$", re.MULTILINE)
_INLINE_ERB = lazily(r"<%=(?:(?!%>)[^\n]){0,300}%>")
_ENV_CALL = lazily(
    r"env\(\s*['\"](\w{1,100})['\"]\s*,\s*['\"]([^'\"\n]{1,200})['\"]"
    r"|process\.env(?:\.|\[['\"])(\w{1,100})(?:['\"]\])?\s*(?:\|\||\?\?)\s*['\"`]([^'\"`\n]{1,200})['\"`]"
)
_OWNER = lazily(r"['\"]([\w-]{1,60})['\"]\s{0,4}=>\s{0,4}\[")
_TESTING = lazily(r"test|e2e|(?:^|[_-])ci\Z", re.IGNORECASE)
_VARIABLE = lazily(r"^variable\s+\"?([\w-]{1,100})\"?\s*\{", re.MULTILINE)
_DEFAULT = lazily(r"^\}|^[ \t]+default\s*=\s*\"([^\"\n]{0,400})\"", re.MULTILINE)
_ATTRIBUTE = lazily(r"^[ \t]*\"?([\w-]{1,100})\"?[ \t]*=[ \t]*\"([^\"\n]{1,400})\"[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_SEED = lazily(
    r"\bpassword(?:_confirmation)?['\"]?\s{0,4}(?::|=>|=)\s{0,4}(?:[\w:]{1,40}\()?['\"]([^'\"#$\n{}]{1,100})['\"]"
)
_ADMIN = lazily(r"\badmin|super_?user|\broot\b", re.IGNORECASE)
_ASKS = lazily(r"Rails\.env|NODE_ENV|APP_ENV|environment\(|GovukApp|HostingEnvironment|\bDEBUG\b")
_GUARD = lazily(r"debug|dev|test|local|ci\b", re.IGNORECASE)


def default(text: str) -> str:
    """A literal that stands in where the environment gives nothing, as `words.value` reads it."""
    return "${X:-" + text + "}"


def properties(source: str) -> tuple[Setting, ...]:
    """A Java properties file; a password beside a local `url` is local."""
    line_of = _lines(source)
    found = [(line_of(m.start(1)), m[1], m[2].strip()) for m in _LINE.finditer(source)]
    local = {name.rpartition(".")[0] for _, name, given in found if LOCAL.search(given)}
    return tuple((line, name, given, name.rpartition(".")[0] in local) for line, name, given in found)


def spring(source: str) -> tuple[Setting, ...]:
    """A Spring application.yml: every scalar by its dotted name, profiles for development left out."""
    found: list[Setting] = []
    for node in documents(source):
        profile = mapping(mapping(mapping(mapping(node).get("spring")).get("config")).get("activate")).get("on-profile")
        older = mapping(node).get("spring.profiles") or mapping(mapping(node).get("spring")).get("profiles")
        given = [*texts(profile), *(texts(older) if isinstance(older, Text) else ())]
        if not any(map(_PROFILES.search, given)):
            found += _scalars(node)
    return tuple(found)


def _scalars(node: Node, above: str = "") -> Iterator[Setting]:
    """Every scalar by its dotted name; local where it or one beside it says so."""
    entries = mapping(node)
    near = any(isinstance(one, Text) and LOCAL.search(one) for one in entries.values())
    for key, under in entries.pairs():
        if isinstance(under, Text):
            yield under.line, above + key, str(under), near
        for one in items(under) if isinstance(under, (Items, Entries)) else ():
            yield from _scalars(one, f"{above}{key}.")


def appsettings(node: Node) -> Iterator[Setting]:
    """A .NET appsettings.json: its passwords, and those inside connection strings."""
    for line, name, given, local in _scalars(node):
        inside = _CONNECTION.search(given) if ";" in given else None
        yield (
            line,
            name + (".Password" if inside else ""),
            inside[1] if inside else given,
            bool((local and not inside) or LOCAL.search(given)),
        )


def web_config(source: str) -> tuple[Setting, ...]:
    """A .NET Web.config or App.config: the passwords inside connection strings."""
    return tuple(
        (number, "connectionString.Password", found[1], bool(LOCAL.search(line)))
        for number, line in enumerate(source.split("\n"), 1)
        if "onnectionstring" in line.lower()[:2000] and (found := _CONNECTION.search(line[:2000]))
    )


def rails(source: str) -> tuple[Setting, ...]:
    """What `config/database.yml` or `config/secrets.yml` gives to production, Ruby in it taken as references."""
    plain = _ERB.sub("", source)
    node = mapping(load(_INLINE_ERB.sub("${ruby}", plain)))
    production = node.get("production")
    if not isinstance(production, Entries) or "url" in production:
        return ()
    return tuple(one for one in _scalars(production) if one[0] >= production.line)  # what it merges in is everybody's


def calls(source: str) -> tuple[Setting, ...]:
    """Defaults of environment variables in PHP and JavaScript: `env('DB_PASSWORD', 'x')`, `process.env.X || 'x'`."""
    line = _lines(source)
    found = []
    for match in _ENV_CALL.finditer(source):
        before = source[max(match.start() - 600, 0) : match.start()]
        block = before[before.rfind("=> [") + 1 :] if "=> [" in before else before
        owner = _OWNER.findall(before)
        if not (owner and _TESTING.search(owner[-1])):
            local = "=> [" in before and bool(LOCAL.search(block))
            found.append((line(match.start()), match[1] or match[3], default(match[2] or match[4]), local))
    return tuple(found)


def seeds(source: str) -> tuple[Setting, ...]:
    """The passwords that seed data gives to administrators, unless the file asks where it runs."""
    if _ASKS.search(source):
        return ()
    line = _lines(source)
    return tuple(
        (line(match.start()), "password", match[1], True)
        for match in _SEED.finditer(source)
        if _ADMIN.search(source, max(match.start() - 300, 0), match.end() + 200)
    )


def terraform(source: str) -> tuple[Setting, ...]:
    """Defaults of variables, and attributes given as literals."""
    line = _lines(source)
    found = []
    for variable in _VARIABLE.finditer(source):
        end = variable.end()
        default = _DEFAULT.search(source, end, end + 4000) if is_password(variable[1]) else None
        if default and default[1]:
            found.append((line(default.start(1)), variable[1], default[1], False))
    given = [match for match in _ATTRIBUTE.finditer(source) if is_password(match[1])]
    return (*found, *((line(match.start(1)), match[1], match[2], False) for match in given))


def _lines(source: str) -> Callable[[int], int]:
    """A function from an offset to its line."""
    ends = [match.start() for match in re.finditer("\n", source)]
    return lambda offset: bisect_left(ends, offset) + 1


def python(source: str) -> tuple[Setting, ...]:
    """A Python settings module: assignments of literals, and defaults of what is read from the environment.

    What stands under a condition or in a class that speaks of development or tests is left out.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise Malformed("is not valid Python 3", getattr(error, "lineno", None)) from None
    return tuple(_statements(tree.body, 0))


def _statements(body: list[ast.stmt], depth: int) -> Iterator[Setting]:
    for one in body:
        if isinstance(one, (ast.Assign, ast.AnnAssign)) and one.value is not None:
            targets = one.targets if isinstance(one, ast.Assign) else [one.target]
            for target in targets:
                name = target.id if isinstance(target, ast.Name) else ""
                yield from _assigned(name, one.value, 0)
        elif depth < 5 and isinstance(one, ast.If):
            speaks = _GUARD.search(ast.dump(one.test)[:2000])
            yield from () if speaks else _statements([*one.body, *one.orelse], depth + 1)
        elif depth < 5 and isinstance(one, ast.ClassDef) and not _GUARD.search(one.name):
            yield from _statements(one.body, depth + 1)
        elif depth < 5 and isinstance(one, ast.Try):
            yield from _statements([*one.body, *one.orelse], depth + 1)


def _assigned(name: str, node: ast.expr, depth: int) -> Iterator[Setting]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, name, node.value, False
    elif isinstance(node, ast.BoolOp) and name:
        yield from _assigned(name, node.values[-1], depth + 1)
    elif isinstance(node, ast.Call):
        defaults = list(_default(name, node))
        yield from defaults or [(node.lineno, name, OTHER, False)]
    elif isinstance(node, ast.Dict) and depth < 5:
        near = any(
            isinstance(v, ast.Constant) and isinstance(v.value, str) and LOCAL.match(v.value) for v in node.values
        )
        for key, given in zip(node.keys, node.values):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                for line, inner, held, local in _assigned(key.value, given, depth + 1):
                    yield line, inner, held, local or near
    elif name:
        yield node.lineno, name, OTHER, False


def _default(name: str, call: ast.Call) -> Iterator[Setting]:
    """The default of `os.environ.get("X", "x")`, `env("X", default="x")`, `config("X", default="x")`."""
    given = [one.value for one in call.keywords if one.arg in ("default", "default_value")]
    names = [one.value for one in call.args[:1] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    for one in [*given, *call.args[1:2]]:
        if names and isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.lineno, name if is_password(name) else names[0], default(one.value), False


def found(path: str, given: Iterator[Setting] | tuple[Setting, ...], where: str) -> Iterator[Credential]:
    """The settings that are credentials."""
    for line, name, held, local in given:
        yield from credential(path, line, name, held, where, local)


def flat(node: Node) -> Iterator[Setting]:
    """Any mapping of settings: every scalar by its dotted name; what it is set up for is not told by its neighbours."""
    return ((line, name, given, False) for line, name, given, _ in _scalars(node))
