"""What texts about testing say: which levels of tests there are, what they cover, when they run, what must pass.

Read: plans and strategies, texts about testing, sections about tests in guides and READMEs. Not read: code blocks, and
what tells users how to test software of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from posixpath import basename

from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.inline import Words, normal
from sscop.artefacts.prose.language import is_english
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.templates import unfilled
from sscop.artefacts.requirement_records.places import aside, texts
from sscop.artefacts.test_wording import BARE, ELSEWHERE, LEVELS, LISTED, SAID, SCOPED, YOURS, Element
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family


class Place(NamedTuple):
    """Where something was said, and the words that say it."""

    line: int
    text: str


class Plan(NamedTuple):
    """A text about testing. `promised`: its name says that it is a plan. `template` says why it is not filled in."""

    path: str
    line: int
    title: str
    promised: bool
    levels: tuple[tuple[str, Place], ...]
    said: tuple[tuple[Element, Place], ...]
    whole: bool = True
    """Whether it is a whole text, not sections of one about something else."""
    template: str = ""
    elsewhere: Place | None = None
    """Where it says that the plan is kept."""

    @property
    def single(self) -> str:
        """The one level that a text is about by its title ("Integration tests"); empty for none or several."""
        named = [name for name, pattern in LEVELS if pattern.search(self.title)]
        return named[0] if len(named) == 1 and self.whole and not self.promised else ""

    def get(self, element: Element) -> Place | None:
        """Where an element was seen first."""
        return next((place for one, place in self.said if one is element), None)


MOST_WORDS = 6
"""Words in a heading about tests; a longer one is about something else."""
BINARY = "**/*{test,qa,quality,verification,validation}*.{pdf,docx,doc,odt}"
"""Plans that can't be read here."""
UNDERSTOOD = 2
"""Elements from which a text of any language was understood well enough."""
READ = 128 << 10
"""Bytes of text that are read."""

_PLAN = lazily(
    r"(?:^|[-_. ])(?:(?:master[-_ ]?)?test(?:ing|s)?|qa|quality(?:[-_ ]assurance)?|verification|validation|v&v|vnv)"
    r"(?:[-_ ]and[-_ ]\w+)?[-_ ]?(?:plans?|strateg(?:y|ies)|approach|policy|philosophy)(?=[-_. ]|$)"
    r"|(?:^|[-_. ])(?:testkonzept|teststrategie|plan[-_ ]de[-_ ](?:tests?|pruebas|testes)|testeplan)(?=[-_. ]|$)",
    re.IGNORECASE,
)
_TEXT = lazily(
    r"^(?:(?:how[-_ ]to|run(?:ning)?|about|writing|our|the|unit|integration|e2e|end[-_ ]to[-_ ]end|functional"
    r"|acceptance|automated"
    r"|manual|performance|load|browser|system|regression|\d{1,3})[-_. ])*(?:tests?|testing|qa|quality[-_ ]assurance)"
    r"(?:[-_ ](?:guide(?:lines)?|overview|suite|process|conventions|instructions|readme|infrastructure|framework"
    r"|levels?"
    r"|and[-_ ][a-z]+|e2e|unit|integration|code|structure|patterns|matrix|coverage|pyramid|practices|standards"
    r"|docs?))?$",
    re.IGNORECASE,
)
_FOLDER = lazily(
    r"(?:^|/)(?:testing|test[-_ ]?(?:plans?|strategy|docs?)|qa)/(?:[^/]+/)?[^/]+$|(?:^|/)(?:tests?|e2e)/(?:readme"
    r"|testing)\.\w+$",
    re.IGNORECASE,
)
_GUIDE = lazily(
    r"(?:^|/)(?:readme|contribut\w*|develop\w*(?:[-_ ]?guide)?|developer\w*|hacking|building|process|quality"
    r"|engineering|maintain\w*"
    r"|local[-_ ]?development|dev[-_ ]?(?:guide|setup)?|working[-_ ]on\w*|architecture|index)\.\w+$"
    r"|(?:^|/)(?:contribut\w*|develop(?:ment|er|ers|ing)?(?:[-_ ]guides?)?|maintainers?|engineering)/[^/]+$",
    re.IGNORECASE,
)
_NOT = lazily(
    r"(?:^|/)(?:\.github/(?:ISSUE|PULL)|changelog|licen[cs]e|notice|release[-_ ]?notes?)|issue_template|pull_request"
    r"|(?:a/?b|user|usability|drug|covid)[-_ ]?test",
    re.IGNORECASE,
)
_HEADED = lazily(
    rb"(?im)^(?:#{1,6}|={1,6})[^\n]{0,60}\b(?:tests?|testing|qa|quality assurance)\b"
    rb"|^[^\n]{0,60}\b(?:tests?|testing)\b[^\n]{0,40}\n[-=~^\"*]{4,}"
)
_ABOUT = lazily(r"\b(?:tests?|testing|qa|quality assurance)\b")
_NOT_ABOUT = lazily(
    r"\b(?:latest"
    r"|test (?:data|server|account|user|environment|net|drive|pypi|flight|cache|database|db)s?|a/b|test it|try)\b"
)
_NOT_ABOUT_ALL = lazily(r"\btest(?:s|ing)? (?:your|with (?!third)|in your|for users)")


def texts_about_testing(repo: Repository, paths: Iterable[str] = ()) -> Iterator[Plan | Unread]:
    """The texts about testing, those that promise a plan first, as far as READ goes; `paths` (globs) are plans."""
    size = 0
    asked = repo.find(*paths)
    for path in repo.find(BINARY, family=Family.PROSE):
        if _PLAN.search(basename(path).rpartition(".")[0]):
            yield Unread(path, "is no text, so what it says is not looked at")
    for rank, path in sorted(
        {*((0, path) for path in asked), *(one for one in _candidates(repo) if one[1] not in asked)}
    ):
        if size > READ:
            return
        data = repo.read(path, 384 << 10)
        if isinstance(data, Unread):
            if rank == 0 and not repo.gone(data):
                yield data
            continue
        if rank == 2 and not _HEADED.search(data):
            continue
        size += len(data)
        document = read(repo, path)
        if isinstance(document, Unread):
            if rank == 0:
                yield document
            continue
        for one in _plans(document, path, rank):
            if len(one.said) >= UNDERSTOOD or one.template or is_english(document.text):
                yield one
            elif rank == 0:
                yield Unread(path, "is in a language that is not understood here")


def reviewed(repo: Repository, path: str) -> date | None:
    """The date on which a plan says that it was reviewed or changed last."""
    document = read(repo, path)
    fact = None if isinstance(document, Unread) else metadata(document).dated("reviewed", "updated", "date")
    return fact.when.day if fact else None


def _candidates(repo: Repository) -> Iterator[tuple[int, str]]:
    for path in repo.once(texts):
        name = basename(path).rpartition(".")[0]
        rank = 0 if _PLAN.search(name) else 1 if _TEXT.match(name) or _FOLDER.search(path) else 2
        if (rank == 2 and (path.count("/") > 3 or not _GUIDE.search(path))) or _NOT.search(path):
            continue
        shown = re.sub(r"(?:^|(?<=/))(?:tests?|e2e)/", "", path) if rank < 2 else path
        if reason := aside(shown):
            if rank == 0:
                repo.not_counted[path] = reason
            continue
        yield rank, path


def _plans(document: Document, path: str, rank: int) -> Iterator[Plan]:
    title = document.title
    if rank == 0 and (reason := unfilled(document, path)):
        yield Plan(path, title.line if title else 1, str(title or path), True, (), (), template=reason)
        return
    sections, line = list(document.sections), title.line if title else 1
    if rank == 2:
        about: list[Section] = []
        for section in sections:
            if section.level and section not in about and _is_about(section.key):
                about += document.under(section)
        sections, line, title = about, about[0].line if about else 1, about[0].title if about else None
    if sections and not _for_users(sections, str(title or "")):
        promised = rank == 0 or bool(_PLAN.search(str(title or "").replace(" ", "-")))
        yield _read(path, sections, line, str(title or basename(path)), promised)._replace(whole=rank < 2)


def _is_about(key: str) -> bool:
    return bool(
        key.count(" ") < MOST_WORDS
        and _ABOUT.search(key)
        and not _NOT_ABOUT.search(key)
        and not _NOT_ABOUT_ALL.search(key)
    )


def _for_users(sections: Sequence[Section], title: str) -> bool:
    """Whether a text teaches users to test what they make with the product."""
    if re.search(r"^testing (?!the |this |our )[\w.]+ (?:applications?|apps?|plugins?|extensions?)\b", normal(title)):
        return True
    return sum(1 for one in sections for said in one.said() if YOURS.search(said)) > 3


def _read(path: str, sections: Sequence[Section], line: int, title: str, promised: bool) -> Plan:
    levels: dict[str, Place] = {}
    said: dict[Element, Place] = {}
    elsewhere = None
    for section in sections:
        pieces = [section.title, *section.said()] if section.level else list(section.said())
        if section.level and SCOPED.match(section.key) and section.text.strip():
            said.setdefault(Element.SCOPE, Place(section.line, section.title))
        for name, piece in _listed(section):
            levels.setdefault(name, Place(piece.line, piece[:120]))
        for piece in pieces:
            _look(piece, levels, said)
            if elsewhere is None and ELSEWHERE.search(piece.raw[:2000]):
                elsewhere = Place(piece.line, piece[:160])
    if len(levels) > 1:
        said[Element.LEVELS] = next(iter(levels.values()))
    order = list(Element)
    found = tuple(sorted(said.items(), key=lambda one: order.index(one[0])))
    return Plan(path, line, title, promised, tuple(levels.items()), found, elsewhere=elsewhere)


def _listed(section: Section) -> Iterator[tuple[str, Words]]:
    """The levels that a list or table names by one word each, where its heading or header says that it lists them."""
    announced = bool(section.level and LISTED.match(section.key))
    leads = [one.text for one in section.items] if announced else []
    for table in section.tables:
        at = table.column(LISTED.pattern)
        at = 0 if at is None and announced else at
        leads += [cell for row in table.rows if at is not None and (cell := row.cell(at))]
    for piece in leads:
        for name, words in BARE.items():
            if re.match(rf"\W*(?:{words})\b", piece, re.IGNORECASE):
                yield name, piece


def _look(piece: Words, levels: dict[str, Place], said: dict[Element, Place]) -> None:
    """Note what a paragraph, item or cell says for the first time; a sentence may go over its lines."""
    text = piece[:4000].replace("\n", " ")
    for name, pattern in LEVELS:
        if name not in levels and (match := pattern.search(text)):
            levels[name] = _place(piece, match.start())
    for element, pattern in SAID:
        if element not in said and (match := pattern.search(text)):
            said[element] = _place(piece, match.start())


def _place(piece: Words, at: int) -> Place:
    """The line of a character in a piece, with its words."""
    line = piece.count("\n", 0, at)
    return Place(piece.line + line, piece.split("\n")[line][:120])
