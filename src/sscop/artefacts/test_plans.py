"""What texts about testing say: which levels of tests there are, what they cover, when they run, what must pass.

Read: plans and strategies, texts about testing, sections about tests in guides and READMEs. Not read: code blocks, and
what tells users how to test software of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from posixpath import basename
from typing import NamedTuple

from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.inline import Words, normal
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.templates import verdict
from sscop.artefacts.requirement_records.places import aside, texts
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family


class Element(Enum):
    """What a plan says, in the words of a finding."""

    LEVELS = "two or more levels"
    SCOPE = "what is covered"
    WHEN = "when tests run"
    CRITERIA = "what must pass"
    THIRD_PARTY = "third-party components"
    REQUIREMENTS = "requirements"


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
        named = [name for name, pattern in _LEVELS if pattern.search(self.title)]
        return named[0] if len(named) == 1 and self.whole and not self.promised else ""

    def get(self, element: Element) -> Place | None:
        """Where an element was seen first."""
        return next((place for one, place in self.said if one is element), None)


BINARY = "**/*{test,qa,quality,verification,validation}*.{pdf,docx,doc,odt}"
"""Plans that can't be read here."""
READ = 256 << 10
"""Bytes of text that are read."""

_PLAN = lazily(
    r"(?:^|[-_. ])(?:(?:master[-_ ]?)?test(?:ing|s)?|qa|quality(?:[-_ ]assurance)?|verification|validation|v&v|vnv)"
    r"(?:[-_ ]and[-_ ]\w+)?[-_ ]?(?:plans?|strateg(?:y|ies)|approach|policy|philosophy)(?=[-_. ]|$)",
    re.IGNORECASE,
)
_TEXT = lazily(
    r"^(?:(?:how[-_ ]to|run(?:ning)?|about|writing|our|the|unit|integration|e2e|end[-_ ]to[-_ ]end|functional|acceptance|automated"
    r"|manual|performance|load|browser|system|regression|\d{1,3})[-_. ])*(?:tests?|testing|qa|quality[-_ ]assurance)"
    r"(?:[-_ ](?:guide(?:lines)?|overview|suite|process|conventions|instructions|readme|infrastructure|framework|levels?"
    r"|and[-_ ][a-z]+|e2e|unit|integration|code|structure|patterns|matrix|coverage|pyramid|practices|standards|docs?))?$",
    re.IGNORECASE,
)
_FOLDER = lazily(
    r"(?:^|/)(?:testing|test[-_ ]?(?:plans?|strategy|docs?)|qa)/(?:[^/]+/)?[^/]+$|(?:^|/)(?:tests?|e2e)/(?:readme|testing)\.\w+$",
    re.IGNORECASE,
)
_GUIDE = lazily(
    r"(?:^|/)(?:readme|contribut\w*|develop\w*(?:[-_ ]?guide)?|developer\w*|hacking|building|process|quality|engineering|maintain\w*"
    r"|local[-_ ]?development|dev[-_ ]?(?:guide|setup)?|working[-_ ]on\w*|architecture|index)\.\w+$"
    r"|(?:^|/)(?:contribut\w*|develop(?:ment|er|ers|ing)?(?:[-_ ]guides?)?|maintainers?|engineering)/[^/]+$",
    re.IGNORECASE,
)
_NOT = lazily(
    r"(?:^|/)(?:\.github/(?:ISSUE|PULL)|changelog|licen[cs]e|notice|release[-_ ]?notes?)|issue_template|pull_request|(?:a/?b|user|usability|drug|covid)[-_ ]?test",
    re.IGNORECASE,
)
_HEADED = lazily(
    rb"(?im)^(?:#{1,6}|={1,6})[^\n]{0,60}\b(?:tests?|testing|qa|quality assurance)\b"
    rb"|^[^\n]{0,60}\b(?:tests?|testing)\b[^\n]{0,40}\n[-=~^\"*]{4,}"
)
_ABOUT = lazily(r"\b(?:tests?|testing|qa|quality assurance)\b")
_NOT_ABOUT = lazily(r"\b(?:latest|test (?:data|server|account|user|environment|net|drive|pypi|flight)s?|a/b|test it|try)\b")
_NOT_ABOUT_ALL = lazily(r"\btest(?:s|ing)? (?:your|with (?!third)|in your|for users)")

_LEVELS = [
    (name, lazily(pattern, re.IGNORECASE))
    for name, pattern in (
        ("unit", r"\bunit[- ]?(?:tests?\b|testing|specs?\b|level)|\b(?:model|component) (?:tests|specs)\b|\bunit\b(?=,| and)[^.\n]{0,60}tests?\b"),
        ("integration", r"\bintegration[- ]?(?:tests?\b|testing|suite|level|specs)|\b(?:contract|pact|workflow|api|service|database|request)[- ](?:tests?|testing|specs)\b|\bintegration\b(?=,| and)[^.\n]{0,60}tests?\b"),
        ("end-to-end", r"\bend[- ]to[- ]end\b|\be2e\b|\b(?:functional|acceptance|system|browser|ui|journey|feature|bdd)[- ](?:tests?|testing|specs|suite)\b|\bcucumber\b"),
        ("performance", r"\b(?:performance|load|stress|soak|scalability|capacity)[- ](?:tests?|testing)\b|\bbenchmark(?:s|ing)?\b"),
        ("security", r"\bsecurity[- ](?:tests?|testing|scan\w*|review)\b|\bpen(?:etration)?[- ]test\w*|\bfuzz(?:ing|ers?| tests?)?\b|\b[SD]AST\b|\bstatic analysis\b|\bvulnerability scan\w*"),
        ("accessibility", r"\baccessibility (?:tests?|testing|checks?|audits?)\b|\bscreen ?readers?\b|\bassistive technolog|\bpa11y\b|\baxe(?:-core)?\b"),
        ("regression", r"\b(?:regression|smoke|snapshot|visual|golden|sanity)[- ](?:regression )?(?:tests?|testing|suite)\b"),
        ("manual", r"\bmanual(?:ly)?[- ](?:test\w*|check\w*|verif\w*)|\bexploratory test\w*|\buser acceptance test\w*|\bUAT\b|\busability test\w*"),
        ("compatibility", r"\b(?:compatibility|conformance|upgrade|interop\w*|cross[- ]browser)[- ](?:tests?|testing|suite|matrix)\b"),
        ("property", r"\bproperty[- ]based\b|\bmutation test\w*|\bproperty tests?\b"),
    )
]  # fmt: skip
_CI = (
    r"(?:ci(?:/cd)?|continuous integration|github actions?|(?:build |ci |deployment |release |the )pipelines?|jenkins|travis|circleci"
    r"|gitlab ci|azure pipelines)\b"
)
_SAID = [
    (element, lazily(pattern, re.IGNORECASE))
    for element, pattern in (
        (
            Element.SCOPE,
            r"\b(?:in|out of|outside(?: the)?) scope\b|\b(?:is|are)n?(?: ?not|'t|\u2019t)? (?:tested|covered)(?: by|\b)|\bnot (?:tested|covered)\b"
            r"|\btests? (?:\w+ ){0,3}(?:cover|exercise|verif(?:y|ies)|check|validate|focus|target|concern)s?\b"
            r"|\b(?:covers?|covering|exercis(?:es?|ing)) (?:the|all|each|every|individual|single|multiple|our|how|core|key|most)\b"
            r"|\btest (?:individual|single|multiple|the (?:interaction|behaviou?r|integration|whole|full|entire))\b",
        ),
        (
            Element.WHEN,
            r"\b(?:on|for|in|at|with|by|after|before) (?:every|each|all|any|new) (?:pull requests?|prs?|commits?|push(?:es)?|merges?|releases?|builds?|changes?|deploy\w*|merge requests?|mrs?)\b"
            r"|\bnightly\b|\bweekly\b|\bevery night\b|\bscheduled\b"
            r"|\b(?:before|prior to|after) (?:each |every |a |the |any |you |we )?(?:releas|merg|deploy|commit|push|submit|open|rais|creat)\w*"
            r"|\bpre-(?:commit|push|merge|release)\b"
            rf"|\b(?:runs?|ran|running|execut\w+|tested|checked|checks|perform\w+|trigger\w*|enforced|automated|part of)\b[^.\n]{{0,60}}\b{_CI}"
            rf"|\b{_CI} (?:\w+ ){{0,4}}(?:runs?|executes?|will run|checks?)\b"
            r"|\b(?:automatically|always) (?:run|execut|trigger)\w*|\bruns? automatically\b|\bon (?:pull requests?|prs|merge|push|release)\b",
        ),
        (
            Element.CRITERIA,
            r"\b(?:must|should|need(?:s)? to|have to|has to|shall) (?:all |also |be |successfully )*(?:pass|green|succeed|passing)\b(?! (?:this|the|an?|in|it|your|-|to)\b)|\bpass(?:es|ing)? before\b"
            r"|\b(?:exit|entry|pass|release|acceptance|success|completion) criteria\b|\bdefinition of done\b|\bquality gates?\b|\brequired (?:status )?checks?\b"
            r"|\bcoverage\b[^.\n]{0,60}\b\d{2,3} ?%|\b\d{2,3} ?%[^.\n]{0,40}\bcoverage\b|\bcoverage (?:target|threshold|goal|requirement)s?\b"
            r"|\b(?:will not|won't|cannot|can't|not) be (?:merged|accepted|released|approved)\b|\bblock(?:s|ed|ing)? (?:the |a )?(?:merg|release|deploy)\w*"
            r"|\b(?:must|should|need to|needs to|has to|have to|required to|expected to) (?:\w+ ){0,3}(?:include|have(?! run)|add|be accompanied by|come with|contain|provide|be covered by|write|carry)\b[^.\n]{0,40}\btests?\b"
            r"|\btests? (?:must|should|need to|have to|are to) (?:also )?be (?:written|added|provided|included)\b|\bcoverage (?:reports? )?must\b"
            r"|\b(?:new|every|each|all) (?:\w+ ){0,4}(?:must|should|need to|needs to) (?:\w+ ){0,2}(?:be )?(?:tested|covered)\b"
            r"|\bensure (?:that )?(?:all |the |existing )*tests? (?:\w+ )?pass|\ball (?:of the |the |existing )?tests pass\b|\btests? (?:are |is )?required\b",
        ),
        (
            Element.THIRD_PARTY,
            r"\bthird[- ]part(?:y|ies)\b(?! (?:licen|cookie))|\bdependenc(?:y|ies) (?:\w+ ){0,2}(?:updates?|upgrad\w+|bumps?|scan\w*|check\w*|review|vulnerab\w*|audit\w*)\b"
            r"|\b(?:updates?|updating|upgrad\w+|scan\w*|check|audit\w*|versions?) (?:\w+ ){0,2}(?:dependenc(?:y|ies)|librar(?:y|ies))\b"
            r"|(?<!no )(?<!without )\b(?:external|upstream|downstream) (?:services?|systems?|apis?|components?|providers?|projects?)\b"
            r"|\bdependabot\b|\brenovate\b|\bsoftware composition\b|\bSBOM\b|\bsupply chain\b|\bsuppliers?\b"
            r"|\b(?:multiple|supported|oldest|minimum) (?:versions? of|databases?|browsers?|versions)\b",
        ),
        (
            Element.REQUIREMENTS,
            r"\btraceab\w+|\btrac(?:e|es|ed|ing) (?:back )?to\b|\b(?:each|every|all|functional|security|the|non-functional) requirements?\b(?!\.txt| (?:to|for) run)"
            r"|\brequirements? (?:coverage|matrix|ids?|trace\w*)\b|\buser stor(?:y|ies)\b|\bacceptance criteria\b|\buse cases?\b"
            r"|\b(?:REQ|FR|NFR|US|SRS)-\d",
        ),
    )
]  # fmt: skip
_SCOPED = lazily(
    r"^(?:(?:test |testing )?scope(?: .*)?|(?:in|out of) scope|what (?:we|is|to|not|are|the tests?)\b.*|(?:current |test |tested )?coverage\b.*"
    r"|features? (?:not )?to be tested|objectives?|test (?:areas?|inventory|matrix|objectives?|suites?|items?)|areas? covered|limitations"
    r"|not (?:tested|covered)|known gaps|gaps)$"
)
_ELSEWHERE = lazily(
    r"\b(?:test(?:ing)?|qa|quality) (?:plans?|strategy|strategies|approach)\b[^.\n]{0,80}(?:\]\(https?://|\bTestRail|\bZephyr|\bXray|\bqTest"
    r"|\bConfluence|\bAzure Test Plans|\bJira\b|\bSharePoint|\bGoogle Docs?|\bNotion)"
    r"|\btest cases? (?:are |is )?(?:kept|managed|maintained|stored|tracked|recorded|documented) (?:in|on|at|with) (?!the repo|this)",
    re.IGNORECASE,
)
_YOURS = lazily(
    r"\b(?:your|our users'?) (?:own )?(?:apps?|applications?|projects?|code(?:base)?|plugins?|extensions?|components?|models?|packages?|sites?"
    r"|product|theme|resolvers?|handlers?|views?|routes?|modules?|librar(?:y|ies)|service|workflows?|functions?|templates?)\b",
    re.IGNORECASE,
)


def test_plans(repo: Repository, paths: Iterable[str] = ()) -> Iterator[Plan | Unread]:
    """The texts about testing, those that promise a plan first, as far as READ goes; `paths` (globs) are plans."""
    size = 0
    asked = repo.find(*paths)
    for path in repo.find(BINARY, family=Family.PROSE):
        if _PLAN.search(basename(path).rpartition(".")[0]):
            yield Unread(path, "is no text, so what it says is not looked at")
    for rank, path in sorted({*((0, path) for path in asked), *(one for one in _candidates(repo) if one[1] not in asked)}):
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
        yield from _plans(document, path, rank)


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
    if rank == 0 and (judged := verdict(document, path)).template:
        yield Plan(path, judged.line, str(title or path), True, (), (), template=judged.reason)
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
    return bool(_ABOUT.search(key) and not _NOT_ABOUT.search(key) and not _NOT_ABOUT_ALL.search(key))


def _for_users(sections: Sequence[Section], title: str) -> bool:
    """Whether a text teaches users to test what they make with the product."""
    if re.search(r"^testing [\w.]+ (?:applications?|apps?|plugins?|extensions?)\b", normal(title)):
        return True
    return sum(1 for one in sections for said in one.said() if _YOURS.search(said)) > 3


def _read(path: str, sections: Sequence[Section], line: int, title: str, promised: bool) -> Plan:
    levels: dict[str, Place] = {}
    said: dict[Element, Place] = {}
    elsewhere = None
    for section in sections:
        pieces = [section.title, *section.said()] if section.level else list(section.said())
        if section.level and _SCOPED.match(section.key) and section.text.strip():
            said.setdefault(Element.SCOPE, Place(section.line, section.title))
        for piece in pieces:
            _look(piece, levels, said)
            if elsewhere is None and _ELSEWHERE.search(piece.raw[:2000]):
                elsewhere = Place(piece.line, piece[:160])
    if len(levels) > 1:
        said[Element.LEVELS] = next(iter(levels.values()))
    order = list(Element)
    found = tuple(sorted(said.items(), key=lambda one: order.index(one[0])))
    return Plan(path, line, title, promised, tuple(levels.items()), found, elsewhere=elsewhere)


def _look(piece: Words, levels: dict[str, Place], said: dict[Element, Place]) -> None:
    """Note what a paragraph, item or cell says for the first time; a sentence may go over its lines."""
    text = piece[:4000].replace("\n", " ")
    for name, pattern in _LEVELS:
        if name not in levels and (match := pattern.search(text)):
            levels[name] = _place(piece, match.start())
    for element, pattern in _SAID:
        if element not in said and (match := pattern.search(text)):
            said[element] = _place(piece, match.start())


def _place(piece: Words, at: int) -> Place:
    """The line of a character in a piece, with its words."""
    line = piece.count("\n", 0, at)
    return Place(piece.line + line, piece.split("\n")[line][:120])
