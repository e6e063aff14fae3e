"""Where a repository keeps a security.txt, or makes or redirects one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from sscop.artefacts.security_txt import SecurityTxt, looks_like, parse
from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence, Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family

_GLOBS = ("**/*security.txt*", "**/*security.txt*/*", "**/*security_txt*", "**/*security-txt*", "**/*securitytxt*")
_ROUTES = (
    "**/*routes*.{rb,js,ts,py,php,go}", "**/routes/*.{js,ts,rb,php}", "**/urls.py", "**/*nginx*",
    "**/nginx/**/*.{conf,template}",
    "**/*.conf.{template,tmpl,j2,erb}", "**/{_redirects,.htaccess,Caddyfile,web.config}",
    "**/{netlify.toml,vercel.json,firebase.json,staticwebapp.config.json}", "**/next.config.*",
    "**/{app,server,main,index}.{js,ts,py,go}", "**/{Program,Startup}.cs", "**/middleware.{js,ts}",
)  # fmt: skip
_CODES = "{php,cs,java,kt,scala,rb,py,ts,js,mjs,go,rs,ex}"
_HANDLERS = (
    f"**/*{{wellknown,well_known,well-known}}*.{_CODES}",
    f"**/{{wellknown,well_known,well-known}}/**/*.{_CODES}",
    f"**/*{{ontroller,ontrollers,andler,andlers,ndpoint,ndpoints}}.{_CODES}",
    f"**/{{controllers,controller,handlers,routers,endpoints}}/**/*.{_CODES}",
    "**/views.py", "config/routes/*.{yaml,yml}",
)  # fmt: skip
"""Where frameworks keep what answers a request: only a route that is written out counts there."""
MOST = 120
"""Files of routes that are looked into, and as many of handlers."""
_ROUTE = lazily(r"[\"'`(\s/^](?:\.|\\\.)well-known/security(?:\.|\\\.)txt(?:[$\"'`)\s]|$)", re.IGNORECASE)
_NAMED = lazily(
    r"(?:(?<=\\n)|(?<![\w-]))(Contact|Expires|Encryption|Acknowledgments|Canonical|Policy|Hiring|Preferred-Languages|CSAF)\s?:"
)
SHOWN = 80
"""Lines after a route in which the fields that it makes are looked for."""
_NAME = lazily(r"security\.txt", re.IGNORECASE)
_TEMPLATE = lazily(
    r"security\.txt\.(?:erb|tmpl|tpl|gotmpl|j2|jinja2?|njk|liquid|ejs|hbs|handlebars|mustache|twig|html|md|in"
    r"|template)",
    re.IGNORECASE,
)
_CODE = lazily(
    r"\.(?:rb|py|[cm]?[jt]sx?|php|go|cs|java|kt|rs|ex|exs|scala|clj|vue|svelte|astro|blade\.php)$", re.IGNORECASE
)
_SERVING = lazily(
    r"security\.txt/|\.?well[-_]?known|(?:^|/)(?:controllers?|routes?|pages|api|handlers?|views|endpoints?|server)/"
    r"|controller|route|handler|view",
    re.IGNORECASE,
)
_TEST = lazily(
    r"(?:^|[/._-])(?:tests?|specs?|e2e|mocks?|fixtures?|examples?|samples?|demos?)(?=[/._-]|$)|_(?:test|spec)\.\w+$",
    re.IGNORECASE,
)
_WELL_KNOWN = lazily(r"well[-_]?known", re.IGNORECASE)
_COMMENT = lazily(r"\s*(?:#(?!\[)|//|/?\*)")
"""A line of comment; an attribute of PHP and Rust (`#[Route...]`) is none."""
_MENTION = lazily(r"security\.txt", re.IGNORECASE)
_REDIRECT = lazily(r"redirect|rewrite|return 30\d|proxy_pass|destination|forward|RedirectPermanent", re.IGNORECASE)
_URL = lazily(r"https?://[^\s\"'`<>);,]{4,300}")


class Served(NamedTuple):
    """A file: `well_known` where RFC 9116 (section 3) puts it; `template` where a template makes it."""

    path: str
    text: SecurityTxt
    well_known: bool
    template: bool


class Made(NamedTuple):
    """Where code makes or redirects it: the place, the address that it is redirected to ("" for none), and the names of
    the fields that stand in the code.
    """

    place: Evidence
    to: str
    fields: tuple[str, ...] = ()


class Files(NamedTuple):
    """The files, what code does, and what could not be read."""

    served: tuple[Served, ...]
    made: tuple[Made, ...]
    unread: tuple[Unread, ...]


def files(repo: Repository) -> Files:
    """All of it. Ask for it through `repo.once`."""
    served: list[Served] = []
    made: list[Made] = []
    unread: list[Unread] = []
    for path in repo.find(*_GLOBS, family=Family.TOOLS):
        if _TEST.search(path):
            repo.not_counted[path] = "a test or an example"
            continue
        name = basename(path)
        template = _TEMPLATE.fullmatch(name) is not None
        if _NAME.fullmatch(name) or template:
            found = _read(repo, path)
            if isinstance(found, Unread):
                unread += [] if repo.gone(found) else [found]
            elif found is not None:
                well_known = ".well-known" in dirname(path).split("/")
                served.append(Served(path, found, well_known, template or found.templated))
        elif _CODE.search(path) and _SERVING.search(path):
            data = repo.read(path)
            text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
            made.append(Made(Evidence(path), "", _fields(text.split("\n"))))
    if not served:
        made += _routes(repo)
    return Files(tuple(sorted(served, key=lambda one: (not one.well_known, one.path))), tuple(made), tuple(unread))


def _read(repo: Repository, path: str) -> SecurityTxt | Unread | None:
    """What a file says; None for a text in prose of the same name."""
    data = repo.read(path)
    if isinstance(data, Unread):
        return data
    if "/" not in path and not looks_like(data):
        return None
    try:
        return parse(data)
    except Malformed as problem:
        return Unread(path, problem.reason, problem.line)


def _routes(repo: Repository) -> Iterator[Made]:
    """The lines of routes, handlers and server configuration that answer for security.txt, one in each file."""
    routes = repo.find(*_ROUTES, family=Family.TOOLS)[:MOST]
    for path in routes:
        yield from _answers(repo, path, _MENTION)
    known = set(routes)
    others = [path for path in repo.find(*_HANDLERS, family=Family.TOOLS) if path not in known]
    for path in sorted(others, key=lambda path: (not _WELL_KNOWN.search(path), path))[:MOST]:
        yield from _answers(repo, path, _ROUTE)


def _answers(repo: Repository, path: str, wanted: re.Pattern[str]) -> Iterator[Made]:
    """The first line of a file that answers."""
    data = repo.read(path) if not _TEST.search(path) else b""
    if not isinstance(data, bytes) or b"security" not in data or not re.search(rb"(?i)security\\?\.txt", data):
        return
    lines = data.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines, 1):
        line = line[:2000]
        if not wanted.search(line) or _COMMENT.match(line):
            continue
        near = "\n".join(one[:500] for one in lines[max(0, number - 3) : number + 2])
        address = next((one for one in _URL.findall(line) if _MENTION.search(one)), "")
        address = address or next(iter(_URL.findall(near)), "")
        fields = _fields(lines[number - 1 : number + SHOWN])
        yield Made(Evidence(path, number), address if _REDIRECT.search(near) and not fields else "", fields)
        return


def _fields(lines: list[str]) -> tuple[str, ...]:
    """The names of fields that stand in code, each once, in order."""
    found = (match for line in lines for match in _NAMED.findall(line[:2000]) if not _COMMENT.match(line))
    return tuple(dict.fromkeys(found))
