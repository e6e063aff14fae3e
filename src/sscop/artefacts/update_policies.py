"""What a repository says of its updates: how often they come, how to apply them, and what is special of security."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.frameworks.texts import headings
from sscop.artefacts.lifecycle import places
from sscop.artefacts.lifecycle.names import names
from sscop.artefacts.lifecycle.words import third_party
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.inline import Words
from sscop.artefacts.prose.sentences import sentences
from sscop.artefacts.prose.templates import meant
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

CADENCE, APPLY, NUMBERING, SECURITY, TOLD = "how often", "how to apply", "numbering", "security", "announced"
"""The elements of a policy on updates."""

_SPEAKING = lazily(
    r"support(?!ers)|life[-_ ]?cycle|(?:^|[-_])lts(?:[-_.]|$)|backport|maintenance|^versions?\b|^versioning|upgrad"
    r"|^updat(?:e|es|ing)\b"
    r"|update[-_ ](?:policy|guide)|^migrat(?:e|ion|ing)|patch(?:ing)?[-_ ](?:policy|management)|release[-_ ](?:policy"
    r"|cycle|process|schedule|cadence"
    r"|calendar|management|strategy)|^releases?\.|^security\b|^readme|^install(?:ation|ing)?\b|^faq"
    r"|getting[-_ ]?started"
    r"|self[-_ ]?host|administration|operations?[-_ ](?:guide|manual)|operator[-_ ]guide|^deploy(?:ment|ing)?\b",
    re.IGNORECASE,
)
_FOLDERS = lazily(r"^(?:upgrad|updat(?:es?|ing)$|migrat)", re.IGNORECASE)
_WORDS = lazily(
    r"upgrad|updat(?:e|es|ing)\b|\breleas(?:e|es|ing)\b|versioning|semver|semantic version|\bsupport(?:ed)? versions?"
    r"|cadence|maintained|\blts\b"
)
_TITLES = lazily(
    r"releas|version|updat|upgrad|support|maint|life ?cycle|cadence|schedule|polic|patch|security|semver|stability"
    r"|how (?:do|often)|roadmap",
)
_FREQUENTLY = (
    r"(?:(?:daily|weekly|fortnightly|bi-?weekly|monthly|bi-?monthly|quarterly|annual(?:ly)?|yearly"
    r"|semi-?annual(?:ly)?)\b"
    r"|(?:once|twice|(?:\d{1,2}|two|three|four|six|several) times|one|an?|\d) (?:minor |major |patch |releases? )?(?:a"
    r"|per|each|every) (?:day|week|month|quarter|year|sprint)\b"
    r"|(?:every|each)\s(?:(?:few|couple of|other|\d{1,2}|one|two|three|four|six|eight|ten|twelve)(?:\s{0,2}(?:-|\u2013"
    r"|to)\s{0,2}\d{1,2})?\s{1,2})?"
    r"(?:days?|weeks?|months?|quarters?|years?|sprints?|spring|autumn|monday|tuesday|wednesday|thursday|friday)\b)"
)
_THINGS = (
    r"(?:releas(?:e|es|ed|ing)|(?:new|patch|minor|major|feature|maintenance|bug ?fix|security|stable|regular|point)"
    r"(?:[ /,]{1,2}\w{2,12}){0,3}? ?(?:versions?|updates?)|updates|versions)"
)
_OFTEN = lazily(
    rf"\b{_THINGS}\b[^.;]{{0,90}}?\b{_FREQUENTLY}|\b{_FREQUENTLY}[^.;]{{0,30}}?\b{_THINGS}\b"
    rf"|\b{_THINGS}\b[^.;]{{0,50}}?\b(?:as (?:and when )?(?:needed|required|necessary)"
    rf"|when(?:ever)? (?:they are )?(?:needed|ready|necessary)|on demand|ad[- ]hoc)\b"
    r"|(?:\b(?:no|not|without)\b|n['\u2019]t\b)[^.;]{0,30}\b(?:fixed|set|regular|strict|formal)\b[^.;]{0,12}\b(?:cycle"
    r"|schedule|cadence|calendar)"
    r"|\brelease (?:cycle|cadence|schedule|frequency|train)\b[^.;]{0,40}\b(?:is|of|:)\s{1,2}[^.;]{0,30}\b(?:days?"
    r"|weeks?|months?|years?)\b"
    r"|\b\d{1,2}[- ](?:day|week|month)s?[- ](?:release )?(?:cycle|cadence)\b"
    r"|\b(?:continuously (?:deployed|delivered|released|updated)|rolling releases?|released? (?:on|with"
    r"|after) every (?:commit|merge|push)|continuous deployment)\b",
    re.IGNORECASE,
)
_NOT_OURS = lazily(
    r"dependabot|renovate|dependenc|\bmeeting|\breview|\bscan|backup|\baudit|\breports?\b|rotat|refresh|certificate"
    r"|base image|newsletter|nightly build"
    r"|\bcron|\bcheck(?:s|ed|ing)? (?:for|\w+ly)\b|data ?sets?\b|statistics|\bpoll|\bbranch(?:es)? (?:is"
    r"|are) (?:deleted|updated)|vulnerability database|\bsign-?off|acknowledg|\brespon[ds]"
    r"|\bstatus updates?\b|\bkeep you|\bupdates? (?:on|about|you|from us)\b|\btriag|progress|credential|password"
    r"|\bdisclos|you are expected|\bsnapshot|\bto receive\b|candidate|\balert|monitor|\baccept|released by"
    r"|\bupstream\b|\bsubmit|\bcontribut"
    r"|\bhelpful\b"
    r"|\b(?:you|users|admins?|customers|operators|we) (?:should|must|can|could|might|don['\u2019]t want|do not want)\b"
    r"|\bplease\b|make sure|recommended|\bmost software\b|supported for|\bsupport for\b",
    re.IGNORECASE,
)
_HOW = lazily(
    r"^[^\w>`]{0,6}(?:how (?:to|do i|do you|can i) |install(?:ation|ing)?,? (?:and|&|/) |when to |instructions for "
    r"|automatic(?:ally)? )?(?P<verb>upgrad(?:e|es|ing)|updat(?:e|es|ing)|applying updates|software updates?"
    r"|migrat(?:ion|ing|e))\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_REST = lazily(
    r"^\W*$|^ (?:guides?|instructions?|steps|process|procedures?|path|policy|and (?:migrat\w+|updat\w+|upgrad\w+"
    r"|maintenance|installation)|an? (?:existing|older"
    r"|previous) (?:installation|deployment|instance|version|release|setup|cluster)"
    r"|existing (?:installations?|deployments?|instances?)|(?:your |the )?(?:installations?|deployments?|instances?"
    r"|app|application|server|software|plugin|extension|module|product|operator|chart|cli|library"
    r"|stack|service|provider|collection|package|tool|containers?|images?)\b|to (?:the )?(?:latest|new|newer|a new"
    r"|v?\d)|from (?:v?\d"
    r"|versions?|an? (?:older|previous)|older|previous)|between (?:major |minor )?versions|versions?\b|in place|via "
    r"|with docker)",
    re.IGNORECASE,
)
_WORK = lazily(
    r"dependenc|snapshot|\btests?\b|translation|\bdocs?\b|documentation|fixtures?|submodule|lock ?file|golden|readme"
    r"|change ?log|copyright|\brecords?\b|schema|vendored"
    r"|third.party|toolchain|\bgo version|\bnode version|\bruby\b|\bpython\b|\brails\b|\bphp\b|\bkubernetes version"
    r"|\bpostgres|typescript|data ?base|contribut|branding|your fork|a fork|main branch"
    r"|template from|data$|license|milestone|\bplan\b|\btiers?\b|paid|billing|subscription|account|pricing|your app\b"
    r"|your application|\bapi\b",
    re.IGNORECASE,
)
_GUIDE = lazily(
    r"(?:^|/)(?:upgrad(?:e|ing)|updating|update[-_ ](?:guide|policy|process|instructions))(?:[-_ ]?(?:guide|notes"
    r"|policy|procedure|path|instructions|from|to|v?\d)[\w.-]*)?\.\w+$"
    r"|(?:^|/)migrat(?:ion|ing)(?:[-_ ](?:guide|notes|from[-_ ]v?\d|to[-_ ]v?\d|v?\d)[\w.-]*)?\.\w+$|(?:^|/)upgrad(?:e"
    r"|ing)s?/(?:overview|index|readme|general)\.\w+$"
    r"|(?:^|/)migrat(?:e|ion|ing)s?/(?:v?\d[\w.-]*|[\w-]{0,30}to[-_]?v?\d[\w.-]*|overview|index|guide)\.\w+$",
    re.IGNORECASE,
)
_NAMED_GUIDE = lazily(r"(?:^|/)[\w-]{1,40}[-_]upgrad(?:e|ing)(?:[-_]guide)?\.\w+$", re.IGNORECASE)
_ASIDE = lazily(
    r"trademark|privacy|licen[cs]|code[-_ ]of[-_ ]conduct|/adr|/decisions|runbook|\.github/workflows|alpha-train"
    r"|codeowners",
    re.IGNORECASE,
)
_FOR_DEVELOPERS = lazily(
    r"contribut|/develop|internal[-_]|releasing|maintainers?/|hacking|/dev/|/design|/infrastructure|/ops/"
    r"|governance|(?:^|/)releasing|(?:^|/)maintainers?\.|release[-_ ]?(?:walkthrough|checklist)|howto[-_]release"
    r"|maintainer[-_]guide",
    re.IGNORECASE,
)
_UPGRADES = lazily(
    r"\bupgrad(?:e|ing)\b|\bupdat(?:e|ing) (?:guide|instructions|steps)|\bhow to update\b", re.IGNORECASE
)
_CYCLE = lazily(r"\brelease (?:cycle|schedule|cadence|policy|process|calendar|plan)|\bupdate policy\b", re.IGNORECASE)
_SOCIAL = lazily(
    r"/(?:issues|pull|discussions|actions|workflows|milestones?|blob/[^/]+/\.github)\b|/releases/?$|shields\.io",
    re.IGNORECASE,
)
_COMMAND = lazily(
    r"\b(?:pipx? install (?:-U|--upgrade)|pipx upgrade|npm (?:update|upgrade)|npm (?:i|install) \S{1,60}@latest"
    r"|yarn (?:up|upgrade)|brew upgrade|apt(?:-get)? (?:install|upgrade)"
    r"|docker(?:[ -]compose)? pull|helm (?:repo update|upgrade)|cargo install|composer (?:update|require)"
    r"|dotnet tool update|gem update|go install|choco upgrade|winget upgrade|uv (?:tool upgrade|self update)"
    r"|self[- ]?update|kubectl (?:apply|set)|terraform init -upgrade|git pull|conda update)\b",
    re.IGNORECASE,
)
_SCHEME = r"(?:sem(?:antic)?[- ]?ver(?:sioning)?|cal(?:endar)?[- ]?ver(?:sioning)?|zero-?based versioning)"
_NUMBERING = lazily(
    rf"\b(?:uses?|follows?|adheres?(?: to)?|compl(?:y|ies)(?: with)?|versioned|rules of|based on|according to"
    rf"|conforms?(?: to)?)\b.{{0,60}}?\b{_SCHEME}\b"
    rf"|\b{_SCHEME}\b.{{0,30}}\b(?:is|are) (?:used|followed)|MAJOR\.MINOR\.PATCH",
    re.IGNORECASE,
)
_NO_SCHEME = lazily(
    r"\btags?\b|\bbump|\bcommit|\bapi\b|\bobjects?\b|\bshould follow|\bdoes not\b|\bconfigured\b|\bchart version",
    re.IGNORECASE,
)
_SECURED = lazily(
    r"\bsecurity[- ](?:fix(?:es)?|updates?|patch(?:es)?|releases?|issues?)\b.{0,120}?\b(?:separate\w*|independent\w*"
    r"|backport\w*|patch releases?|out[- ]of[- ]band|as soon as|immediate\w*|promptly|within \w+ (?:days?|hours?)"
    r"|outside (?:of )?the (?:regular|normal)|ad[- ]hoc|hot ?fix(?:es)?|only receive|latest|priorit\w+)\b"
    r"|\b(?:backport\w*|out[- ]of[- ]band|patch releases?|separate\w*)\b.{0,80}\bsecurity[- ](?:fix|update|patch"
    r"|release)",
    re.IGNORECASE,
)
_TOLD = lazily(
    r"\bautomatic updates?\b|\bauto-?update(?:s|r)?\b|\bupdates? (?:are |is |can be )?(?:installed|applied"
    r"|delivered) automatically|\bupdates? itself automatically"
    r"|\b(?:subscribe|watch|sign up|join)\b.{0,80}\b(?:new releases?|releases|security (?:updates?|advisor\w+"
    r"|announce\w*)|new versions?|updates)\b"
    r"|\b(?:(?:new|security|all|major|minor) )?(?:releases|versions|updates)\b.{0,70}\b(?:are|will be) (?:announced"
    r"|communicated|posted)",
    re.IGNORECASE,
)


SHORT = 200
"""Bytes that a guide to an update has at least."""


class Element(NamedTuple):
    """One thing that a policy says, and where."""

    name: str
    path: str
    line: int
    text: str


class Updates(NamedTuple):
    """All that is said of updates. `templates` are texts that are not filled in, with the reason."""

    elements: tuple[Element, ...]
    elsewhere: tuple[Element, ...]
    """Links out of the repository where an element is said to stand."""
    templates: tuple[tuple[str, str], ...]
    unread: tuple[Unread, ...]

    def first(self, name: str) -> Element | None:
        """The first place where an element is stated."""
        return next((one for one in self.elements if one.name == name), None)


def updates(repo: Repository) -> Updates:
    """What the repository's texts say; ask for it through `repo.once`."""
    own = repo.once(names)
    found: list[Element] = []
    elsewhere: list[Element] = []
    templates: list[tuple[str, str]] = []
    unread: list[Unread] = []
    for path, named in places.prose(repo, _SPEAKING, _WORDS, wide=False, folders=_FOLDERS, titles=True):
        if _ASIDE.search(path):
            continue
        if (
            (_GUIDE.search(path) or _NAMED_GUIDE.search(path))
            and not _FOR_DEVELOPERS.search(path)
            and (guide := _guide(repo, path, own))
        ):
            found.append(guide)  # what it says of the steps is for its readers
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            unread += [document] if re.search(r"(?i)updat|upgrad", path) and not repo.gone(document) else []
            continue
        elements = list(_of(document, path, named, own))
        elsewhere += _elsewhere(document, path, own)
        if reason := meant(document, path) if elements else "":
            templates.append((path, reason))
        else:
            found += elements
    return Updates(tuple(found), tuple(elsewhere), tuple(templates), tuple(unread))


def _of(document: Document, path: str, named: bool, own: frozenset[str]) -> Iterator[Element]:
    inside = _FOR_DEVELOPERS.search(path) is not None
    chain: list[Section] = []
    readme = re.search(r"(?i)(?:^|/)readme", path) is not None
    for section in document.sections:
        while chain and chain[-1].level >= section.level:
            chain.pop()
        chain.append(section)
        titles = [one.title for one in chain if one.level]
        about = any(_TITLES.search(title.lower()) for title in titles[-2:])
        if titles and third_party(titles[-1], own):
            continue
        if section.level and not inside and _is_how(section, document.under(section), own):
            yield Element(APPLY, path, section.line, section.title)
        if about or (named and not readme):
            for said in sentences(section.blocks):
                yield from _sentence(said, path, own, inside)


def _elsewhere(document: Document, path: str, own: frozenset[str]) -> Iterator[Element]:
    for link in document.links:
        if link.image or not link.target.startswith("http") or _SOCIAL.search(link.target):
            continue
        apply, often = _UPGRADES.search(link.text), _CYCLE.search(link.text)
        if (apply or often) and not _WORK.search(link.text) and not third_party(link.text, own):
            yield Element(APPLY if apply else CADENCE, path, link.line, link.target[:160])


def _guide(repo: Repository, path: str, own: frozenset[str]) -> Element | None:
    """A whole text as a guide to an update, by its name, its first heading and its length."""
    data = repo.read(path)
    if not isinstance(data, bytes) or len(data) < SHORT:
        return None
    first = next(headings(data), b"")
    line = data.count(b"\n", 0, max(data.find(first), 0)) + 1
    title = first.decode("utf-8", "replace").removeprefix("title:").strip(" #*=`\"'\r")
    return Element(APPLY, path, line, title or path) if _is_guide(path, title, own) else None


def _is_guide(path: str, title: str, own: frozenset[str]) -> bool:
    """Whether a whole text is a guide to an update of this product, by its name and title."""
    name = _GUIDE.search(path) or (any(one in title.lower() for one in own) and _NAMED_GUIDE.search(path))
    if not name or _WORK.search(title) or third_party(title, own):
        return False
    return "upgrad" in name[0].lower() or "updat" in name[0].lower() or bool(re.search(r"\d|(?i:guide)", title))


def _is_how(section: Section, below: Sequence[Section], own: frozenset[str]) -> bool:
    """Whether a section, with those `below` it, says how to apply an update of this product."""
    match = _HOW.match(section.title)
    if match is None or _WORK.search(section.title) or (section.title.islower() and " " not in section.title):
        return False
    rest = match["rest"].lower()
    mine = any(
        one == word or (len(word) > 3 and one.startswith(word)) for word in re.findall(r"[\w.-]+", rest) for one in own
    )
    if match["verb"].lower().startswith("migrat"):
        if not (re.search(r"\b(?:from|to|between)\b.{0,30}\bv?\d", rest) or re.fullmatch(r" guides?\W*", rest)):
            return False
    elif not (_REST.match(rest) or mine):
        return False
    if "policy" in rest and not re.search(r"\b(?:release|version|patch|upgrade)", section.text, re.IGNORECASE):
        return False
    words = sum(len(said.split()) for said in section.said())
    return words >= 8 or any(one.code for one in below) or bool(_COMMAND.search(section.text))


def _sentence(said: Words, path: str, own: frozenset[str], inside: bool) -> Iterator[Element]:
    if not inside and _NUMBERING.search(said) and not _NO_SCHEME.search(said):
        yield Element(NUMBERING, path, said.line, said[:120])
    if _SECURED.search(said) and not third_party(said, own):
        yield Element(SECURITY, path, said.line, said[:120])
    if not inside and _TOLD.search(said) and not _NOT_OURS.search(said):
        yield Element(TOLD, path, said.line, said[:120])
    often = _OFTEN.search(said)
    if often and not _NOT_OURS.search(said) and not third_party(said[: often.end()], own):
        yield Element(CADENCE, path, said.line, said[:160])
