"""Every threat model that a repository holds, in whatever notation, recognised by what is in a file.

Names only choose what to open: a file named `threat_model.py` is usually code, and a model may have any name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from sscop.artefacts.threat_models.candidates import FOLDERS, GLOBS, NAMED, TEXTS, candidates, collected, promises
from sscop.artefacts.threat_models.model import ThreatModel
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository

if TYPE_CHECKING:
    from sscop.artefacts.prose.document import Document

_PROSE = (".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".txt")
_PREFILTER = {
    ".json": rb'"diagrams"|"otmVersion"|"threat_personas"|threat-model-library'
    rb'|"(?:stride_)?threat(?:s|_scenarios|Scenarios|_list)"',
    ".yaml": rb"^\W{0,3}(?:otmVersion|threagile_version|technical_assets|(?:stride_)?threats|threat_scenarios)\b",
    ".py": rb"\bpytm\b",
    ".hcl": rb"^[ \t]*threatmodel\s",
    ".tm7": rb"ThreatModeling\.Model|T\0h\0r\0e\0a\0t\0M\0o\0d\0e\0l",
}
_PREFILTER |= {
    ".yml": _PREFILTER[".yaml"],
    ".otm": rb"otmVersion",
    ".tm": _PREFILTER[".json"] + rb"|" + _PREFILTER[".yaml"],
}
_LIMITS = {".json": 3 << 20, ".tm7": 4 << 20, ".py": 256 << 10}
"""Sizes in bytes above which a file is not read, so that each takes less than a second; 512 KiB for the others."""
MANY = 5000
"""Threats above which a model is not read."""

_SECTION = lazily(
    rb"(?im)^(?:#{1,6}|={1,6}|<summary>|<h\d>)[^\n]{0,80}(?:threat|\bSTRIDE\b)"
    rb"|^[^\n]{0,60}threat[^\n]{0,60}\n[-=~^*\"]{3,}|^title:[^\n]{0,60}threat"
)
"""A heading, underlined or not, that speaks of threats."""

Reader = Callable[[str], tuple[ThreatModel, ...]]


class Found(NamedTuple):
    """The models, the files that could not be read, and the places that look like models and do not count."""

    models: tuple[ThreatModel, ...]
    unread: tuple[Unread, ...]
    aside: tuple[tuple[str, str], ...]


def threat_models(repo: Repository, paths: Iterable[str] = ()) -> Found:
    """The models in files that are one; those in `paths` (globs) count wherever they lie and whatever their name."""
    asked = repo.find(*paths) if paths else []
    aside: list[tuple[str, str]] = []
    wanted = []
    for path, reason in candidates(repo, asked, GLOBS):
        if not reason:
            wanted += [path] if path in asked or _is_data(path) or promises(path) else []
        elif promises(path) and _looks(repo, path):
            aside.append((path, reason))
    models, unread = _all(repo, wanted, asked)
    apart = collected(one.path for one in models if one.path not in asked)
    aside += ((path, "a collection of other products' models or of exercises") for path in apart)
    repo.not_counted.update(aside)
    return Found(tuple(one for one in models if one.path not in apart), tuple(unread), tuple(aside))


def in_other_texts(repo: Repository) -> Found:
    """The models that are a section of a text about something else, or one under a name that does not say so.

    Apart from `threat_models`, because it takes reading many more texts, and only matters where that finds too little.
    """
    wanted = [path for path, reason in candidates(repo, [], TEXTS) if not (reason or _is_data(path) or promises(path))]
    models, unread = _all(repo, wanted, [])
    apart = collected(one.path for one in models)
    return Found(tuple(one for one in models if one.path not in apart), tuple(unread), ())


def _all(repo: Repository, wanted: Iterable[str], asked: list[str]) -> tuple[list[ThreatModel], list[Unread]]:
    models: list[ThreatModel] = []
    unread: list[Unread] = []
    for path in wanted:
        found = _read(repo, path, path in asked)
        if isinstance(found, Unread):
            unread.append(found)
        else:
            models += found or ()
    return models, unread


def _is_data(path: str) -> bool:
    return posixpath.splitext(path)[1].lower() in _PREFILTER


def _looks(repo: Repository, path: str) -> bool:
    """Whether a file that does not count has the marks of a model; it is not read any further."""
    suffix = posixpath.splitext(path)[1].lower()
    data = repo.read(path, 1 << 20)
    marks = _SECTION.pattern if suffix in _PROSE else _PREFILTER.get(suffix)
    return isinstance(data, bytes) and marks is not None and bool(re.search(marks, data, re.MULTILINE))


def _read(repo: Repository, path: str, asked: bool) -> tuple[ThreatModel, ...] | Unread | None:
    """The models of a file, or why it could not be read; None where it is no model at all."""
    suffix = posixpath.splitext(path)[1].lower()
    found = _prose(repo, path, asked) if suffix in _PROSE else _data(repo, path, suffix, asked)
    if found is None or isinstance(found, Unread):
        return found
    return tuple(one._replace(path=one.path or path) for one in found)


def _data(repo: Repository, path: str, suffix: str, asked: bool) -> tuple[ThreatModel, ...] | Unread | None:
    prefilter = _PREFILTER.get(suffix)
    if not prefilter:
        return None
    limit = _LIMITS.get(suffix, 512 << 10)
    data = repo.read(path, limit)
    if isinstance(data, Unread):
        return None if repo.gone(data) or not (asked or promises(path)) else data
    if not re.search(prefilter, data, re.MULTILINE):
        return None
    found = repo.parse(path, _reader(suffix), limit)
    if isinstance(found, Unread):
        return found
    if any(len(one.threats) > MANY for one in found):
        return Unread(path, f"lists more than {MANY:,} threats")
    if suffix in (".yaml", ".yml"):
        found = tuple(_with_risks(repo, path, one) for one in found)
    return found or None


def _reader(suffix: str) -> Reader:
    if suffix == ".py":
        from sscop.artefacts.threat_models.pytm import read as read_pytm

        return read_pytm
    if suffix == ".hcl":
        from sscop.artefacts.threat_models.hcl import read as read_hcl

        return read_hcl
    if suffix == ".tm7":
        from sscop.artefacts.threat_models.tm7 import read as read_tm7

        return read_tm7
    return read_tree


def read_tree(text: str) -> tuple[ThreatModel, ...]:
    """The models of a JSON or YAML text, by the first notation that knows it. Raises Malformed for neither."""
    from sscop.artefacts.threat_models import dragon, otm, own, threagile
    from sscop.artefacts.threat_models.tree import load, located

    root = load(text)
    for reader in (dragon.read, otm.read_otm, otm.read_library, threagile.read, own.read):
        found = tuple(reader(root))
        if found:
            return tuple(located(one, text) for one in found)
    return ()


def _with_risks(repo: Repository, path: str, model: ThreatModel) -> ThreatModel:
    """A Threagile model with the risks that the tool wrote beside it."""
    from sscop.artefacts.threat_models.threagile import read_risks

    folder = posixpath.dirname(path)
    for name in ("risks.json", "output/risks.json"):
        beside = posixpath.join(folder, name)
        if model.computes and repo.has(beside):
            risks = repo.parse(beside, read_risks, 4 << 20)
            if not isinstance(risks, Unread):
                tracked = {one.id for one in model.threats}
                more = tuple(one._replace(where=f"{beside}{one.where}") for one in risks if one.id not in tracked)
                return model._replace(threats=(*model.threats, *more))
    return model


def _prose(repo: Repository, path: str, asked: bool) -> tuple[ThreatModel, ...] | Unread | None:
    named = asked or promises(path)
    data = repo.read(path, 384 << 10)
    if isinstance(data, Unread):
        return None if repo.gone(data) or not named else data
    if not (named or _SECTION.search(data)):
        return None
    from sscop.artefacts.prose.document import read

    document = read(repo, path)
    if isinstance(document, Unread):
        return document if named else None
    try:
        return tuple(_texts(repo, path, document, asked)) or None
    except Malformed as problem:
        return Unread(path, problem.reason, problem.line)


def _texts(repo: Repository, path: str, document: Document, asked: bool) -> Iterator[ThreatModel]:
    """The document as a model, or the sections of it that are one and what these point to."""
    from sscop.artefacts.threat_models import prose

    base = posixpath.splitext(posixpath.basename(path))[0]
    folder = bool(FOLDERS.search(path))
    title = str(document.title or "")
    called = prose.is_title(re.sub(r"[-_.]", " ", base)) or (folder and bool(NAMED.search(base)))
    front = base.lower() in ("readme", "index", "overview")  # a page about the folder, which may be a tool's
    whole = asked or (prose.is_title(title) and not (front and not folder)) or (called and not prose.teaches(title))
    found = tuple(prose.read(document, path, whole))
    if not found and folder and front:
        found = tuple(prose.read(document, path, True))
    yield from found
    if not whole:
        yield from _linked(repo, path, document, found)


def _linked(
    repo: Repository, path: str, document: Document, sections: tuple[ThreatModel, ...]
) -> Iterator[ThreatModel]:
    """The models in files that a section called threat model points to, one hop far."""
    for section in sections:
        for link in document.links:
            target = link.target.partition("#")[0]
            if link.image or not section.line <= link.line <= (section.end_line or 0) or "://" in target or not target:
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)).lstrip("/")
            if (
                posixpath.splitext(there)[1].lower() in _PROSE
                and there != path
                and repo.has(there)
                and not promises(there)
            ):
                found = _prose(repo, there, True) if re.search("threat", link.text, re.IGNORECASE) else None
                yield from (one._replace(path=there) for one in found or () if isinstance(one, ThreatModel))
