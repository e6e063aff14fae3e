"""What a repository says about the lifecycle of its versions, from all forms together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.lifecycle import places
from sscop.artefacts.lifecycle.model import Lifecycle, Line, Pointer, Rule, RuleKind, Source
from sscop.artefacts.lifecycle.names import names
from sscop.artefacts.lifecycle.own import NAMES, File, load_own
from sscop.artefacts.lifecycle.rules import rules
from sscop.artefacts.lifecycle.schedules import front_source, load_schedule
from sscop.artefacts.lifecycle.sentences import stated
from sscop.artefacts.lifecycle.tables import table_source, unfilled_table
from sscop.artefacts.lifecycle.words import third_party
from sscop.artefacts.others_demands import is_mapping
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.links import State, Tree
from sscop.artefacts.prose.sentences import said_in
from sscop.artefacts.prose.templates import meant
from sscop.artefacts.site_pages import Pages
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

_TITLED = lazily(
    r"\bsupported versions?\b|\bversion support|\bsupport(?:ed)? (?:policy|release)|\bend[- ]of[- ](?:life|support)"
    r"|\brelease support",
    re.IGNORECASE,
)
_SEE = lazily(
    r"\b(?:see|refer|found|listed|documented|described|consult|check|read|available|visit|according|follows?)\b",
    re.IGNORECASE,
)
_OTHERS = lazily(
    r"endoflife\.date|/(?:issues|pull|discussions|advisories)\b|github\.com/[^/]+/[^/]+/releases|/security/policy"
    r"|shields\.io",
    re.IGNORECASE,
)
_POINTS = lazily(
    r"support(?:ed)? (?:version|release|polic|life ?cycle|window|period|timeline|schedule)|version support"
    r"|release (?:cycle|polic|schedule)"
    r"|life ?cycle|end[- ]of[- ](?:life|support)|maintenance polic|versions? (?:\w+ ){0,3}supported|eol\b",
    re.IGNORECASE,
)


def lifecycle(repo: Repository) -> Lifecycle:
    """Everything that is said; ask for it through `repo.once`."""
    own: frozenset[str] = repo.once(names)
    sources: list[Source] = []
    found: list[Rule] = []
    pointers: list[Pointer] = []
    mentions: list[Pointer] = []
    unread: list[Unread] = []
    problems: list[tuple[str, int, str]] = []
    for path in repo.find(NAMES):
        file = repo.parse(path, load_own)
        if isinstance(file, Unread):
            unread += [] if repo.gone(file) else [file]
        elif file:
            lines = tuple(one.line._replace(path=path) for one in file.releases)
            sources.append(Source(path, file.line, "lifecycle file", lines))
            problems += [(path, one.line, one.text) for one in file.problems]
            if file.notice:
                text = f"notice: {file.notice[0]} months"
                found.append(Rule(RuleKind.NOTICE, path, file.notice[1], text, file.notice[0]))
    taken = {one.path for one in sources}
    for path in places.data(repo):
        source = repo.parse(path, load_schedule) if path not in taken else None
        if isinstance(source, Source):
            lines = tuple(one._replace(path=path) for one in source.lines)
            sources.append(source._replace(path=path, lines=lines))
    tree, pages = repo.once(Tree), repo.once(Pages)
    todo = dict(places.prose(repo))
    waiting = list(todo)
    for path in waiting:  # grows by what is pointed to
        document = read(repo, path)
        if isinstance(document, Unread):
            unread += [document] if todo[path] and not repo.gone(document) else []
            continue
        for target, pointer in _pointers(document, path, tree, pages, own):
            if pointer:
                pointers.append(pointer)
            elif not places.counted(target):
                waiting += [] if target in todo else [target]
                todo[target] = True
    for path, named in todo.items():
        document = read(repo, path)
        if not isinstance(document, Unread):
            mentions += _document(document, path, named, own, sources, found)
    return Lifecycle(tuple(sources), tuple(found), tuple(pointers), tuple(mentions), tuple(unread), tuple(problems))


def lines_of(text: str, path: str, own: frozenset[str]) -> list[Line]:
    """The lines that one file states, by its text alone; nothing for a text that can't be read."""
    repo = Repository.of({path: text.encode("utf-8", "surrogatepass")})
    if path.lower().endswith((".json", ".yaml", ".yml")):
        file = repo.parse(path, load_own)
        if isinstance(file, File):
            return [one.line for one in file.releases]
        source = repo.parse(path, load_schedule)
        return list(source.lines) if isinstance(source, Source) else []
    document = read(repo, path)
    if isinstance(document, Unread):
        return []
    sources: list[Source] = []
    for _ in _document(document, path, True, own, sources, []):
        pass
    return [line for one in sources for line in one.lines]


def _document(
    document: Document, path: str, named: bool, own: frozenset[str], sources: list[Source], found: list[Rule]
) -> Iterator[Pointer]:
    reason = meant(document, path)
    if is_mapping(document.title or ""):
        return
    if source := front_source(document.front):
        lines = tuple(one._replace(path=path) for one in source.lines)
        sources.append(source._replace(path=path, lines=lines))
    readme = re.match(r"(?i)readme", path) is not None
    chain: list[Section] = []
    for section in document.sections:
        while chain and chain[-1].level >= section.level:
            chain.pop()
        chain.append(section)
        titles = [one.title for one in chain if one.level]
        about = [title for title in titles[-2:] if places.TITLES.search(title.lower())]
        if not (named or about):
            if readme and not reason:
                sources += stated(section, path, titles, own)
                found += rules(section, path, own, titled=False, rows=False)
            continue
        before = len(sources) + len(found)
        for table in section.tables:
            one = table_source(table, path, titles, own) or unfilled_table(table, path)
            if one:
                sources.append(one._replace(template=one.template or reason))
        if not reason:
            sources += stated(section, path, titles, own)
            found += rules(section, path, own, titled=bool(about) or named, rows=before == len(sources) + len(found))
        if (
            section.level
            and _is_titled(section, titles, own)
            and before == len(sources) + len(found)
            and not any(section.tables)
        ):
            yield Pointer(path, section.line, section.title)


def _is_titled(section: Section, titles: Sequence[str], own: frozenset[str]) -> bool:
    """Whether a section says by its title that it is about supported versions."""
    if not _TITLED.search(section.title) or third_party(f"{' / '.join(titles)} {section.text[:600]}", own):
        return False
    return re.search(r"(?i)version|release|\bend\b", f"{section.title} {section.text}") is not None


def _pointers(
    document: Document, path: str, tree: Tree, pages: Pages, own: frozenset[str]
) -> Iterator[tuple[str, Pointer | None]]:
    """Where a sentence about supported versions leads: a file of this tree, or somewhere else."""
    said: dict[int, str] = {}
    for link in document.links:
        section = document.at(link.line)
        if link.image or "semver.org" in link.target or not link.text:
            continue
        if not _POINTS.search(link.text):
            if section.line not in said:
                said[section.line] = ""
                for one in said_in(section):
                    points = _POINTS.search(one.text) and _SEE.search(one.text)
                    said[section.line] += f"{one.text}\n" if points else ""
            if link.text.lower() not in said[section.line].lower():
                continue
        near = f"{link.text} {link.target} {section.title} {said.get(section.line, '')}"
        plainly = _TITLED.search(section.title) and not third_party(section.title, own)
        if _OTHERS.search(link.target) or not (plainly or places.SPEAKING.search(path.rsplit("/", 1)[-1])):
            continue
        if third_party(near, own) and not plainly:
            continue
        resolved = tree.follow(document, path, link)
        if resolved.state is State.EXTERNAL and link.target.lower().startswith("http"):
            source = pages.source(link.target)
            yield source, None if source else Pointer(path, link.line, link.target)
        elif resolved.state is State.FOUND and resolved.path.lower().endswith((".md", ".rst", ".adoc", ".markdown")):
            yield resolved.path, None
