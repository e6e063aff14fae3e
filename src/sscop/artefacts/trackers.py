"""Where a project says that its requirements, stories or feature requests are kept outside its files.

Read: the README, the guides for contributors, the template of pull requests ("Jira ticket:"), contact links of
issue forms. A product that merely works with Jira or Trello says no such thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository
from sscop.repository.places import Family

GLOBS = (
    "*.{md,rst,adoc,markdown}", "docs/*.md", ".github/*.md", ".gitlab/merge_request_templates/*.md",
    ".github/PULL_REQUEST_TEMPLATE/*.md", ".github/ISSUE_TEMPLATE/config.{yml,yaml}", "contributing/README.md",
)  # fmt: skip
_GUIDE = lazily(
    r"(?:^|/)(?:readme|contribut\w*|support|roadmap|development|developing|developer[-_ ]?guide|process\w*|governance"
    r"|planning"
    r"|ways[-_ ]of[-_ ]working|onboarding|pull_request_template|workflow|requirements?|backlog|config|index"
    r"|testing)[^/]*$"
    r"|pull_request_template|merge_request_templates",
    re.IGNORECASE,
)
_REQUEST = lazily(r"pull_request_template|merge_request_template", re.IGNORECASE)
_FIRST = lazily(
    rb"(?i)jira|azure|gitlab|trello|pivotal|linear|bugzilla|youtrack|redmine|phabricator|asana|launchpad|taiga|polarion"
    rb"|doors|jama"
    rb"|codebeamer|clickup|notion|confluence|project|issue|tracker|backlog"
)

_STRONG = (
    r"Jira|Azure (?:DevOps|Boards)|Trello|Pivotal Tracker|YouTrack|Redmine|Bugzilla|Phabricator|Asana|Launchpad|Taiga"
    r"|ClickUp"
    r"|Polarion|codeBeamer|Jama|GitHub Projects?|GitLab boards?|Rally|VersionOne|ServiceNow|Productboard|Aha!"
)
_WEAK = r"Linear|Notion|Confluence|Shortcut|Monday\.com|Airtable|Miro|Mural|DOORS"
_WORK = (
    r"(?:tickets?|cards?|stor(?:y|ies)|issues?|backlogs?|boards?|epics?|work[- ]?items?|requirements?|roadmaps?"
    r"|features?"
    r"|feature requests?|tasks?|sprints?|planning|planned work)"
)
_OF = lazily(
    rf"\b({_STRONG}|{_WEAK})(?:'s|\u2019s)?[ -](?:\w{{1,12}} )?(?:{_WORK}|project|link|ref(?:erence)?|id|key|number"
    rf"|url|title)s?\b"
    rf"|\b{_WORK}\b[^.\n|]{{0,40}}?\b(?:in|on|at|via|with|using|through|to|from)\b (?:our |the |a |an |your "
    rf"|project'?s? )?\[?({_STRONG}|{_WEAK})\b",
    re.IGNORECASE,
)
_NAMES = lazily(
    rf"\b({_STRONG})\b(?! (?:integration|plugin|api|webhook|connector|token|server|cloud|url is))", re.IGNORECASE
)
_BOARD = lazily(
    r"(?P<Jira>[\w.-]+\.atlassian\.net/(?:browse/[A-Z]\w*(?:/|\s|\)|>|$)|jira|secure|projects)"
    r"|//jira\.[\w.-]+/(?:projects|secure|browse/[A-Z]+(?:\W|$)))"
    r"|(?P<Azure>dev\.azure\.com/[^/\s]+/[^/\s]+/_(?:boards|workitems|backlogs|sprints))|(?P<Trello>trello\.com/[bc]/)"
    r"|(?P<GitHub>github\.com/(?:(?:orgs|users)/[\w.-]+/projects/\d|[\w.-]+/[\w.-]+/projects\b))"
    r"|(?P<Linear>//linear\.app/)"
    r"|(?P<Pivotal>pivotaltracker\.com/)|(?P<YouTrack>//youtrack\.|\.youtrack\.cloud)"
    r"|(?P<Launchpad>bugs\.launchpad\.net/)"
    r"|(?P<GitLab>gitlab\.[\w.]+/[^\s)]+/-/(?:boards|epics|milestones))|(?P<Bugzilla>//bugzilla\.[\w.-]+/(?:enter_bug"
    r"|buglist))"
)
_CALLED = {
    "Azure": "Azure Boards",
    "GitHub": "a GitHub project",
    "GitLab": "GitLab boards",
    "Pivotal": "Pivotal Tracker",
}
_ISSUES = lazily(
    r"\b(?:feature requests?|feature proposals?|enhancements?|requirements?|user stories|new features?|suggestions?"
    r"|ideas"
    r"|backlog|roadmap|planned work|request a feature|suggest(?:ing)? (?:a |an )?(?:feature|improvement"
    r"|enhancement)\w*)\b"
    r"[^.\n]{0,120}?\b(?:(?:git(?:hub|lab) )?issues?\b(?! template)|issue tracker|/issues\b)"
    r"|\b(?:issue tracker|git(?:hub|lab) issues?|/issues(?:/new)?)\b[^.\n]{0,120}?\b(?:feature requests?"
    r"|enhancements?|requirements?"
    r"|user stories|features|new ideas|improvements|backlog|planned work|roadmap)\b",
    re.IGNORECASE,
)
_CLOSES = lazily(
    r"^\W{0,12}(?:closes?|fix(?:es)?|resolves?|(?:related |linked |github )?(?:issues?|tickets?)(?: (?:number|link"
    r"|reference|addressed|id)s?)?)"
    r"\W{0,3}(?:[:#]|<!--|$|\()|\b(?:original|related|associated|linked) (?:issues?|tickets?)\b|\blinks? to (?:the "
    r"|an? |any )?(?:issues?|tickets?)\b",
    re.IGNORECASE,
)
"""What a template of pull requests asks of whoever opens one."""
_OURS = lazily(
    r"\b(?:supports?|integrat\w+|import\w*|export\w*|plugin|connector|webhook|generator|provider|migrat\w+)\b",
    re.IGNORECASE,
)


class Tracker(NamedTuple):
    """A place outside the files that a text names: what it is called, where that is said, and how."""

    name: str
    path: str
    line: int
    text: str


def trackers(repo: Repository) -> list[Tracker]:
    """The first mention of each place; for `Repository.once`."""
    found: dict[str, Tracker] = {}
    for path in repo.find(*GLOBS, family=Family.PROSE):
        if not _GUIDE.search(path):
            continue
        data = repo.read(path, 256 << 10)
        worth = isinstance(data, bytes) and (_REQUEST.search(path) or _FIRST.search(data))
        text = repo.text(path, 256 << 10) if worth else ""
        if isinstance(text, str):
            for one in _said(text, path):
                found.setdefault(one.name, one)
    return list(found.values())


def _said(text: str, path: str) -> Iterator[Tracker]:
    request = bool(_REQUEST.search(path))
    fenced = False
    for n, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        line = line[:1000]
        if fenced or len(line) < 5:
            continue
        if board := _BOARD.search(line):
            name = str(board.lastgroup)
            yield Tracker(_CALLED.get(name, name), path, n, line.strip()[:160])
        elif not _OURS.search(line) and (match := _OF.search(line) or (request and _NAMES.search(line))):
            name = next(one for one in match.groups() if one)
            yield Tracker(_usual(name), path, n, line.strip()[:160])
        elif _ISSUES.search(line) or (request and _CLOSES.search(line)):
            yield Tracker("the issue tracker", path, n, line.strip()[:160])


def _usual(name: str) -> str:
    """A system's name as it writes itself."""
    known = {one.lower(): one for one in f"{_STRONG}|{_WEAK}".replace("\\", "").split("|") if one.isascii()}
    return known.get(name.lower(), name)
