"""Design records of every flavour as one neutral record.

Architecture decision records (Nygard, MADR 2 to 4, the NHS's table in a quotation, Log4brains), one-pagers and
proposals with bullets, KEPs (`kep.yaml`), RFC folders, PEP-like headers, CNCF self-assessments and records of
design reviews. Found by where they lie and by what they say; templates and indexes are told apart.
Sources: adr.github.io, the flavours' own templates, formats seen in public repositories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from posixpath import basename, dirname

from sscop.artefacts.design_parts import (
    NUMBER,
    SECTIONS,
    Day,
    Reference,
    day_of,
    deciders_of,
    number_of,
    references,
    title_of,
    unfilled,
)
from sscop.artefacts.design_state import State, state_of
from sscop.artefacts.nodes import load, mapping, text, texts
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Document, Pair, read
from sscop.artefacts.prose.inline import Words, words
from sscop.artefacts.prose.metadata import Fact, metadata
from sscop.artefacts.prose.templates import placeholder, verdict
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.globs import compiled
from sscop.repository.places import Family, not_counted

TEXTS = "**/*.{md,markdown,mdx,rst,adoc,asciidoc}"
_DECISIONS = lazily(
    r"(?:^|/)(?:adrs?|(?:[a-z]{1,20}[-_ ]){0,4}decisions?(?:[-_ ](?:records?|log))?|design[-_ ]?reviews?)/"
    r"|(?:^|/)(?:adr[-_ ]?\d|design[-_]review\b)[^/]*$",
    re.IGNORECASE,
)
_PROPOSALS = lazily(
    r"(?:^|/)(?:(?:design[-_ ]?)?proposals?(?:-\w+)?|designs?|design[-_ ]?docs?|architecture)/", re.IGNORECASE
)
_PROCESS = lazily(
    r"(?:^|/)(?:(?:rfcs?|rfds?|oteps?|text|enhancements?|peps|keps)/|[a-z]{3}s?/\d+/|([a-z]{2,5})s?/\1[-_]?\d)",
    re.IGNORECASE,
)
_SELF = lazily(r"(?:^|/)(?:[\w-]*[-_])?self[-_]assessment\.md$", re.IGNORECASE)
_INDEX = lazily(
    r"(?:readme|_?index|summary|toc|changelog|contributing|process|code[-_]of[-_]conduct|about)\.\w+$", re.IGNORECASE
)
_LEADS = lazily(r"(?:^|/)[A-Za-z]{0,6}[-_ ]?\d+[^/]*/[^/]*$")
_STATED = lazily(rb"status|stage", re.IGNORECASE)
_IS_TEMPLATE = lazily(r"template|NNNN|(?:^|[-_ /])0{3,5}(?![\d])")
"""What a template on purpose is called: also by a number that no record has."""


class Flavour(Enum):
    """The kind of record, as far as it matters: what its own form has a place for."""

    DECISION = "decision record"
    PROPOSAL = "design proposal"
    PROCESS = "proposal of a numbered process"
    ASSESSMENT = "self-assessment"


class Record(NamedTuple):
    """One design record. `line` is the title's; `status` and `deciders` are as written, None where not stated.

    `unfilled` are the fields that hold a placeholder still. `prose` is the path of
    its text where that is another file.
    """

    path: str
    line: int
    flavour: Flavour
    number: str
    title: str
    state: State
    status: Words | None
    deciders: Words | None
    day: Day | None
    supersedes: tuple[Reference, ...]
    superseded_by: tuple[Reference, ...]
    unfilled: tuple[Fact, ...]
    prose: str

    @property
    def folder(self) -> str:
        """The folder that its number is counted in."""
        folder = dirname(self.path)
        return dirname(folder) if _INDEX.match(basename(self.path)) or self.path.endswith("/kep.yaml") else folder


class Template(NamedTuple):
    """A file in a record's place that is not filled in. `named` says that its own name tells so."""

    path: str
    line: int
    reason: str
    named: bool


def records(repo: Repository, paths: Sequence[str] = ()) -> tuple[Record | Template | Unread, ...]:
    """Every record of a repository, and beside them the templates and what could not be read.

    `paths` are globs of further files that are records.
    """
    return tuple(_records(repo, paths)) if paths else repo.once(_usual)


def _usual(repo: Repository) -> tuple[Record | Template | Unread, ...]:
    return tuple(_records(repo, ()))


def _records(repo: Repository, paths: Sequence[str]) -> Iterator[Record | Template | Unread]:
    extra = [compiled(glob) for glob in paths]
    for path in repo.find(TEXTS, "**/kep.yaml"):
        named = any(pattern.match(path) for pattern in extra)
        place = named or _DECISIONS.search(path) or _SELF.search(path) or path.endswith("/kep.yaml")
        if not place and not _PROPOSALS.search(path) and not _PROCESS.search(path):
            continue
        if reason := "" if named else not_counted(path, Family.PROSE):
            if place and not re.search(r"/(?:templates?|assets)/", path):
                repo.not_counted[path] = reason
            continue
        if path.endswith("/kep.yaml"):
            found: Record | Template | Unread | None = _kep(repo, path)
        elif _INDEX.match(basename(path)) and not _leads(repo, path):
            continue
        else:
            found = _prose(repo, path, sure=bool(place), named=named)
        if found:
            yield found


def _leads(repo: Repository, path: str) -> bool:
    """Whether a README is the record of its folder: that has a number or a date, and no `kep.yaml`."""
    folder = dirname(path)
    return bool(_LEADS.search(path) and NUMBER.match(basename(folder))) and not repo.has(f"{folder}/kep.yaml")


def _prose(repo: Repository, path: str, *, sure: bool, named: bool) -> Record | Template | Unread | None:
    name = _name(path)
    data = b"" if sure or NUMBER.match(name) else repo.read(path)
    if isinstance(data, bytes) and data and not _STATED.search(data):
        return None
    document = read(repo, path)
    if isinstance(document, Unread):
        return None if repo.gone(document) or not sure else document
    facts = metadata(document)
    status = facts.get("status")
    number = NUMBER.match(name)
    sections = sum(1 for one in document.sections if one.level and SECTIONS.match(one.key))
    process = _PROCESS.search(path) is not None or isinstance(_first(document), Pair)
    flavour = Flavour.DECISION if named else _flavour(path, process=process)
    state, said = state_of(status.value) if status else (State.UNSTATED, None)
    if flavour in (Flavour.PROPOSAL, Flavour.PROCESS):
        signed = state is not State.UNSTATED and (number or facts.get("owner", "author", "reviewer"))
        if not signed and not (number and sections >= 2 and facts.dated("date", "created")):
            return None
    if not status and not sections:
        return None
    judged = verdict(document, path)
    if judged.template:
        on_purpose = (
            judged.tells[0].kind == "name" or _IS_TEMPLATE.search(name) or _IS_TEMPLATE.search(document.title or "")
        )
        return Template(path, judged.line, judged.reason, named=bool(on_purpose))
    title = title_of(document, facts, name)
    return Record(
        path,
        title.line,
        flavour,
        number_of(name, title),
        title,
        state,
        said,
        deciders_of(facts, "decider", *([] if flavour is Flavour.DECISION else ["reviewer"])),
        day_of(document, facts, name, latest=state is State.PROPOSED),
        tuple(references(facts, r"supersedes|supercedes|replaces|obsoletes", "supersedes")),
        tuple(references(facts, r"(?:supers|superc|replac|obsolet)e?[cds]*ed\s+(?:by|with)", "superseded-by")),
        tuple(unfilled(facts)),
        path,
    )


def _kep(repo: Repository, path: str) -> Record | Template | Unread:
    node = repo.parse(path, load)
    if isinstance(node, Unread):
        return node
    kep = mapping(node)
    title = text(kep.get("title"))
    status = text(kep.get("status"))
    if not title or not status or placeholder(status):
        named = _IS_TEMPLATE.search(path) is not None
        return Template(path, status.line if status else 1, "its status is a choice", named)
    said = words(status, status.line)
    deciders = ", ".join(texts(kep.get("approvers")))
    day = next((one for key in ("last-updated", "creation-date") if (one := text(kep.get(key)))), None)
    prose = dirname(path) + "/README.md"
    number = text(kep.get("kep-number")) or ""
    return Record(
        path,
        title.line,
        Flavour.PROCESS,
        number,
        title,
        *state_of(said),
        words(deciders, kep["approvers"].line) if deciders else None,
        Day(dates.read(day), day.line) if day and dates.read(day).kind is not dates.Kind.NONE else None,
        tuple(Reference(one, one, "", one.line) for one in texts(kep.get("replaces"))),
        tuple(Reference(one, one, "", one.line) for one in texts(kep.get("superseded-by"))),
        (),
        prose if repo.has(prose) else path,
    )


def _first(document: Document) -> object:
    return document.sections[0].blocks[0] if document.sections[0].blocks else None


def _name(path: str) -> str:
    """The part of a path that carries number and date: the file's name, or its folder's where that leads."""
    name = basename(path).rpartition(".")[0]
    return basename(dirname(path)) if _INDEX.match(basename(path)) else name


def _flavour(path: str, *, process: bool) -> Flavour:
    if _SELF.search(path):
        return Flavour.ASSESSMENT
    if _DECISIONS.search(path):
        return Flavour.DECISION
    return Flavour.PROCESS if process else Flavour.PROPOSAL
