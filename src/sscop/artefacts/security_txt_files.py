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
MOST = 120
"""Files of routes that are looked into."""
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
    """Where code makes or redirects it: the place, and the address that it is redirected to, "" for none."""

    place: Evidence
    to: str


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
            made.append(Made(Evidence(path), ""))
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
    """The lines of routes and server configuration that answer for security.txt."""
    for path in repo.find(*_ROUTES, family=Family.TOOLS)[:MOST]:
        if _TEST.search(path):
            continue
        data = repo.read(path)
        if not isinstance(data, bytes) or b"security.txt" not in data:
            continue
        lines = data.decode("utf-8", "replace").split("\n")
        for number, line in enumerate(lines, 1):
            if _MENTION.search(line) and not line.lstrip().startswith(("#", "//", "*")):
                near = "\n".join(one[:500] for one in lines[max(0, number - 3) : number + 2])
                address = next((one for one in _URL.findall(line[:2000]) if _MENTION.search(one)), "")
                address = address or next(iter(_URL.findall(near)), "")
                yield Made(Evidence(path, number), address if _REDIRECT.search(near) else "")
                break
