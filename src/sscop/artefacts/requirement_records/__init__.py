"""Every record of requirements that a repository holds, recognised by what is in a file.

Names only choose what to open: `docs/requirements.md` is often what must be installed first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import basename

from sscop.artefacts.prose.language import LOOKED, is_english
from sscop.artefacts.requirement_records.model import Kind, Need, Record, Statement
from sscop.artefacts.requirement_records.places import aside, beside, front, named, texts
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

__all__ = ["Found", "Kind", "Need", "Record", "Statement", "asked", "requirement_records"]

CLOSED = "**/*{requirement,srs,prd,stories,user_stor,user-stor,use-case,specification}*.{pdf,docx,doc,odt,xlsx}"
READ = 160 << 10
"""Bytes of prose that are read; who has written that much needs no more to be believed, and reading takes time."""
FOREIGN = "is in a language that is not understood here"
FEW = 3
"""Requirements that a text about something else has, before its section counts."""
MANY = 2000
"""Feature files and Doorstop items that are read; more would tell nothing new."""

_SECTIONED = lazily(
    rb"(?im)^(?:#{1,6}|={2,6}|\*\*)[^\n]{0,40}(?:(?:functional|user|business|product|quality|security|non-functional)"
    rb" requirements|user stor(?:y|ies)|acceptance criteria|requirements overview|use cases)"
    rb"|^[^\n]{0,40}(?:functional requirements|user stories)[^\n]{0,20}\n[-=~^]{4,}"
    rb"|\b(?:REQ|NFR|FR)-?\d{1,4}\b"
)
_HEADED = lazily(rb"(?im)^#{1,6}[ \t]*(?:[\d.]+[ \t]*)?requirements[ \t]*#*\r?$|^requirements[ \t]*\r?\n[-=~^#]{4,}")
_LIKELY = lazily(
    rb"(?i)\bshall\b|\bMUST\b|\bas an? [^\n]{2,80}\b(?:i|we) (?:want|need|can|would)|requirement|criteria|stor(?:y|ies)"
    rb"|\b[A-Z]{1,8}[-_]\d|persona|use case|user need"
)
_FIXTURES = lazily(
    r"(?:^|/)(?:vendor|node_modules|third[_-]?party|site-packages|(?:test[-_]?)?fixtures?|__fixtures__|test[-_]?data"
    r"|testbed"
    r"|examples?|samples?|demos?|templates?|playgrounds?|archived?)/",
    re.IGNORECASE,
)
_DOORSTOP = lazily(r"(?:^|/)[A-Za-z][A-Za-z_-]{0,14}\d{1,6}\.yml$")


class Found(NamedTuple):
    """The records with something in them, those that are still templates, and what could not be read.

    `closed` are documents that could hold some, and why that can't be told here: no text, another language.
    """

    records: tuple[Record, ...]
    templates: tuple[Record, ...]
    unread: tuple[Unread, ...]
    closed: tuple[Unread, ...] = ()


def requirement_records(repo: Repository) -> Found:
    """The records of a repository; for `Repository.once`."""
    found = _sorted([*_prose(repo), *_features(repo), *_tools(repo)])
    closed = (Unread(path, "is no text") for path in repo.find(CLOSED, family=Family.PROSE) if named(path))
    return found._replace(closed=(*found.closed, *closed))


def asked(repo: Repository, paths: Iterable[str]) -> Found:
    """The records in the files that settings name, wherever they lie."""
    from sscop.artefacts.requirement_records.gherkin import load_feature

    found: list[Record | Unread] = []
    for path in repo.find(*paths):
        if path.endswith(".feature"):
            found += _read(repo, path, load_feature)
        elif (one := _document(repo, path, True)) is not None:
            found.append(one)
    return _sorted(found)


def _sorted(found: Iterable[Record | Unread]) -> Found:
    told = list(found)
    records = [one for one in told if isinstance(one, Record)]
    return Found(
        tuple(one for one in records if not one.template),
        tuple(one for one in records if one.template),
        tuple(one for one in told if isinstance(one, Unread) and one.reason != FOREIGN),
        tuple(one for one in told if isinstance(one, Unread) and one.reason == FOREIGN),
    )


def _prose(repo: Repository) -> Iterator[Record | Unread]:
    from sscop.artefacts.requirement_records import tools

    needs = _has_needs(repo)
    parsed = 0
    for path in repo.once(texts):
        promised = named(path)
        if not promised and not beside(path) and not (needs and path.endswith((".rst", ".md"))):
            continue
        if reason := aside(path):
            if promised:
                repo.not_counted[path] = reason
            continue
        data = repo.read(path)
        if isinstance(data, Unread):
            if promised and not repo.gone(data):
                yield data
            continue
        if (needs or promised) and re.search(tools.NEED, data):
            yield from _read(repo, path, tools.load_needs)
        elif re.search(tools.TRACED, data):
            yield from _read(repo, path, tools.load_traced)
        elif parsed < READ and _may(path, data, promised):
            record = _document(repo, path, promised)
            parsed += len(data)
            if record:
                yield record


def _may(path: str, data: bytes, promised: bool) -> bool:
    """Whether a text is worth a parse."""
    if promised:
        return bool(_LIKELY.search(data)) or not is_english(data[:LOOKED].decode("utf-8", "replace"))
    return beside(path) and bool(_SECTIONED.search(data) or (not front(path) and _HEADED.search(data)))


def _has_needs(repo: Repository) -> bool:
    """Whether a Sphinx configuration loads sphinx-needs."""
    found = (repo.read(path) for path in repo.find("**/{conf.py,ubproject.toml}", family=Family.PROSE))
    return any(
        isinstance(data, bytes) and re.search(rb"sphinx_needs|sphinxcontrib\.needs|\[needs\]", data) for data in found
    )


def _document(repo: Repository, path: str, promised: bool) -> Record | Unread | None:
    """The requirements of a text; None where what it requires is of a machine, or where it has too few."""
    from sscop.artefacts.prose.document import read
    from sscop.artefacts.prose.templates import unfilled
    from sscop.artefacts.requirement_records.prose import machine, needs, statements

    document = read(repo, path)
    if isinstance(document, Unread):
        return document if promised else None
    title = document.title
    record = Record(path, title.line if title else 1, Kind.DOCUMENT, str(title or basename(path)), (), ())
    if reason := unfilled(document, path):
        return record._replace(template=reason) if promised else None
    found, needed = statements(document), tuple(needs(document))
    if not promised and len(found) < FEW:
        found = []
    if machine(found):
        return None
    if promised and len(found) < FEW and not is_english(document.text):
        return Unread(path, FOREIGN)
    if not found and not needed:
        return None
    line = record.line if promised else min([one.line for one in found] + [one.line for one in needed])
    return record._replace(statements=tuple(found), needs=needed, line=line)


def _features(repo: Repository) -> Iterator[Record | Unread]:
    from sscop.artefacts.requirement_records.gherkin import load_feature

    for path in repo.find("**/*.feature")[:MANY]:
        if _FIXTURES.search(path):
            repo.not_counted[path] = "vendored, a fixture or an example"
        else:
            yield from _read(repo, path, load_feature)


def _tools(repo: Repository) -> Iterator[Record | Unread]:
    from sscop.artefacts.requirement_records import tools

    for path in repo.find("**/*.sdoc", family=Family.PROSE):
        yield from _read(repo, path, tools.load_strictdoc)
    for path in repo.find("**/*.reqif", family=Family.PROSE):
        yield from _read(repo, path, tools.load_reqif, 4 << 20)
    for settings in repo.find("**/.doorstop.yml", family=Family.PROSE):
        folder = settings.rpartition("/")[0]
        for path in repo.find(f"{folder}/*.yml" if folder else "*.yml")[:MANY]:
            if _DOORSTOP.search(path):
                for one in _read(repo, path, tools.load_doorstop):
                    id_ = basename(path).rpartition(".")[0]
                    if isinstance(one, Record):
                        one = one._replace(statements=tuple(said._replace(id=id_) for said in one.statements))
                    yield one


def _read(
    repo: Repository, path: str, reader: Callable[[str], Record], limit: int = 1 << 20
) -> Iterator[Record | Unread]:
    found = repo.parse(path, reader, limit)
    if isinstance(found, Unread):
        if not repo.gone(found):
            yield found
    elif found.statements or found.needs:
        yield found._replace(path=path)
