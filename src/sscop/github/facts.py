"""Ask GitHub about a repository's settings: in order of importance, within thirty requests and a minute.

What is not known has a reason, and a refusal the permission that would help. Nothing is judged here: what an answer
means is read by `sscop.artefacts.settings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from threading import Thread
from typing import Any
from urllib.parse import quote

from sscop.artefacts.settings.export import kept
from sscop.github import questions as ask
from sscop.github.client import Client, FaultError
from sscop.github.questions import Question
from sscop.platform import Answer, Answers
from sscop.reporters.escape import clean

REQUESTS = 30
"""Requests for one repository, with those that are tried again and those that follow a redirect."""

SECONDS = 60.0
"""Seconds for all of them."""

PAGES = 2
"""Pages of a hundred that are read of a list; what is longer is not known whole."""

RULESETS, RELEASES, POLICIES, FILES = 5, 2, 2, 5
"""How many of a kind are asked about."""

GRACE = 1.0
"""Seconds more for who keeps to the time limit by itself."""

NOT_IN_TIME = "not asked: the time limit is used up"

_NO_PERMISSION = re.compile(r"not accessible by|must have|admin rights|push access", re.IGNORECASE)
_NOT_THAT = re.compile(
    r"upgrade|\bSAML\b|\bSSO\b|ip allow|suspended|blocked|billing|two-factor|disabled|archived", re.IGNORECASE
)
_GITHUB = re.compile(r"https://api\.(?:github\.com|[\w-]+\.ghe\.com)(?:[:/]|$)")
"""GitHub's own service, which has every question of ours; an older server of somebody's says 404 to what it lacks."""

_ACCEPTED = re.compile(r"([a-z_]{1,60})=(read|write|admin)")


def gather(
    client: Client,
    repository: str,
    branches: Iterable[str] = (),
    has: Iterable[str] = (),
    source: str = "",
    seconds: float = SECONDS,
) -> Answers:
    """All that GitHub says about `repository` (OWNER/NAME); never raises for GitHub's sake.

    `branches` are branch names for where it lists none, `has` the paths of the repository's own community files.
    """
    asked = datetime.now(timezone.utc).isoformat(timespec="seconds")
    source = source or client.api_url
    work = _Work(client, repository, tuple(branches), tuple(has), bool(_GITHUB.match(source)))
    # A server that sends a byte at a time, or a name that is not resolved, heeds no time limit: leave it alone.
    thread = Thread(target=work.run, daemon=True)
    thread.start()
    thread.join(seconds + GRACE)
    if thread.is_alive():
        work.stop = NOT_IN_TIME
        work = work.without_more(NOT_IN_TIME)
    return Answers(work.repository, source, asked, dict(work.answers))


class _Work:
    """The questions about one repository, and what was answered so far."""

    def __init__(
        self, client: Client, repository: str, branches: tuple[str, ...], has: tuple[str, ...], own: bool
    ) -> None:
        self.client, self.repository, self.branches, self.has, self.own = client, repository, branches, has, own
        self.answers: dict[str, Answer] = {}
        self.stop = ""
        """Why nothing more is asked."""
        self.may_not = False
        """Whether a question was refused that needs Administration: read; the others would be too."""
        self.sees_settings = False

    def without_more(self, why: str) -> _Work:
        """The same with every question answered that was not: by why it was not asked."""
        rest = _Work(self.client, self.repository, self.branches, self.has, self.own)
        rest.answers, rest.stop = dict(self.answers), why
        rest.run()
        return rest

    def run(self) -> None:
        """Ask everything, the most telling first."""
        try:
            self._run()
        except Exception as error:  # noqa: BLE001 - whatever an answer held, the others stand
            if not self.stop:
                self.stop = f"not asked: stopped unexpectedly ({type(error).__name__}); please report it"
                self.run()

    def _run(self) -> None:
        about = self.ask(ask.REPOSITORY)
        if about.why and not self.stop:
            self.stop = f"not asked: nothing was said about /repos/{self.repository}"
        default, owner = _text(about, "default_branch"), self.repository.partition("/")[0]
        if default:
            self.ask(ask.RULES, branch=default)
        rulesets = self.ask(ask.RULESETS)
        if default:
            self.ask(ask.BRANCH, branch=default)
            self.ask(ask.PROTECTION, branch=default)
        for number in _active(rulesets)[:RULESETS]:
            self.ask(ask.RULESET, ruleset=number)
        if _text(self.ask(ask.ACTIONS_POLICY), "allowed_actions") == "selected":
            self.ask(ask.SELECTED_ACTIONS)
        self.ask(ask.WORKFLOW)
        if _text(_part(about.data, "owner"), "type") != "User":
            self.ask(ask.ORGANISATION, owner=owner)
        for question in (ask.ALERTS, ask.REPORTING):
            self.ask(question)
        environments = self.ask(ask.ENVIRONMENTS)
        for question in (ask.RETENTION, ask.KEYS, ask.OUTSIDERS, ask.HOOKS, ask.FIXES):
            self.ask(question)
        if _text(about, "visibility") not in ("private", "internal"):
            self.ask(ask.FORK_APPROVAL)
        self.ask(ask.IMMUTABLE)
        self.ask(ask.OWNERS_ERRORS)
        self._releases(default)
        for name in _with_own_branches(environments)[:POLICIES]:
            self.ask(ask.BRANCH_POLICIES, environment=name)
        self._community(owner)

    def _releases(self, default: str) -> None:
        listed = self.ask(ask.BRANCHES)
        names = set(_names(listed.data)) | set(self.branches if listed.why else ())
        for name in ask.release_branches(names - {default}, RELEASES):
            self.ask(ask.RULES, branch=name)
            branch = self.ask(ask.BRANCH, branch=name).data
            if isinstance(branch, dict) and branch.get("protected") is True:
                self.ask(ask.PROTECTION, branch=name)

    def _community(self, owner: str) -> None:
        if self.repository.partition("/")[2] == ".github":
            return
        about = self.ask(ask.COMMUNITY, owner=owner)
        if _text(about, "visibility") != "public" and (about.data or {}).get("private") is not False:
            return
        tree = self.ask(ask.COMMUNITY_TREE, owner=owner)
        entries = tree.data.get("tree") if isinstance(tree.data, dict) else None
        paths = [path for entry in _objects(entries) if isinstance(path := entry.get("path"), str)]
        for path in ask.inherited(paths, self.has)[:FILES]:
            self.ask(ask.COMMUNITY_FILE, owner=owner, file=path)

    def ask(self, question: Question, **named: Any) -> Answer:
        """The answer to a question, asked once, without what no fact needs."""
        path = self._path(question, named)
        if path in self.answers:
            return self.answers[path]
        if self.stop:
            answer = Answer(0, None, self.stop)
        elif self.may_not and question.permission == ask.ADMINISTRATION:
            answer = Answer(0, None, f"not asked: the token lacks {question.permission}", question.permission)
        else:
            answer = self._asked(question, path)
        if question is ask.REPOSITORY and not answer.why:
            self.repository = str(answer.data["full_name"])
            path = f"/repos/{self.repository}"
        answer = answer._replace(data=kept(path, answer.data))
        self.answers[path] = answer
        return answer

    def _path(self, question: Question, named: Mapping[str, Any]) -> str:
        template = question.path if question.path.startswith("/") else "/repos/{repository}/" + question.path
        safe = {name: quote(str(value), safe="/" if name == "file" else "") for name, value in named.items()}
        return template.format(repository=self.repository, **safe)

    def _asked(self, question: Question, path: str) -> Answer:
        try:
            answer = self._listed(question, path) if question.kind is list else self._one(question, path)
        except FaultError as fault:
            return self._refused(question, fault)
        if question.permission == ask.ADMINISTRATION:
            self.sees_settings = True
        return answer

    def _one(self, question: Question, path: str) -> Answer:
        more = {"per_page": 100} if question in (ask.ENVIRONMENTS, ask.BRANCH_POLICIES) else {}
        told = self.client.get(path, **question.parameters, **more)
        if question.kind is None:
            return Answer(told.status) if told.status == 204 else _none_of_githubs(told.status)
        wanted = isinstance(told.data, dict)
        if question is ask.REPOSITORY:
            wanted = wanted and bool(re.fullmatch(r"[\w.-]+/[\w.-]+", str(told.data.get("full_name")), re.ASCII))
        if not wanted:
            return _none_of_githubs(told.status)
        total, listed = told.data.get("total_count"), told.data.get("environments", told.data.get("branch_policies"))
        cut = isinstance(total, int) and isinstance(listed, list) and total > len(listed)
        return Answer(told.status, told.data, f"more than {len(listed)} of {total}" if cut else "")

    def _listed(self, question: Question, path: str) -> Answer:
        found: list[Any] = []
        for page in range(1, PAGES + 1):
            told = self.client.get(path, **question.parameters, per_page=100, page=page)
            if not isinstance(told.data, list):
                return _none_of_githubs(told.status)
            found += told.data
            if not told.more:
                return Answer(told.status, found)
        return Answer(200, found, f"more than {len(found)}, of which the rest was not asked for")

    def _refused(self, question: Question, fault: FaultError) -> Answer:
        """What a failure means: an answer, a permission that lacks, or the end of asking."""
        said = clean(fault.message)
        if fault.status == 404 and question.off and said.rstrip(".") == question.off:
            if question.permission == ask.ADMINISTRATION:
                self.sees_settings = True
            return Answer(404, {"message": said} if said != "Not Found" else None)
        if fault.status == 404 and question.off_unseen and said == "Not Found" and self.own and self.sees_settings:
            return Answer(404)
        if fault.status == 404 and question.lacks:
            return Answer(404, None, question.lacks)
        words = f"{said} ({fault.status})" if fault.status and str(fault.status) not in said else said
        if fault.limited:
            self.stop = f"not asked: {words}"
        elif fault.status == 401:
            self.stop = f"not asked: GitHub refuses the token: {words}"
        permission, barred, bare = "", bool(_NO_PERMISSION.search(said)), said in ("Not Found", "HTTP 404")
        if (fault.status == 404 and bare) or (fault.status == 403 and not fault.limited and not _NOT_THAT.search(said)):
            permission = (barred and _accepted(fault.accepted)) or question.permission
        if fault.status == 403 and permission and barred and question.permission == ask.ADMINISTRATION:
            self.may_not = True
        if fault.status == 404 and permission:
            words = f"{words}, which GitHub also says where the token may not look"
        return Answer(fault.status, None, words, permission)


def _none_of_githubs(status: int) -> Answer:
    return Answer(status, None, "what answered is not GitHub's API")


def _accepted(header: str) -> str:
    """GitHub's own words for a permission that would do: `Administration: read` for `administration=read`."""
    found = _ACCEPTED.findall(header.partition(";")[0])
    return ", ".join(f"{name.replace('_', ' ').capitalize()}: {level}" for name, level in found)


def _part(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, dict) else None


def _text(answer: Any, key: str) -> str:
    """The text under a key of an answer or an object; empty where there is none."""
    value = _part(answer.data if isinstance(answer, Answer) else answer, key)
    return value if isinstance(value, str) else ""


def _objects(items: Any) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _names(items: Any) -> list[str]:
    return [name for item in _objects(items) if isinstance(name := item.get("name"), str) and name]


def _active(rulesets: Answer) -> list[int]:
    """The numbers of the rulesets to ask about: those that are enforced, on branches and tags, first."""
    found = [item for item in _objects(rulesets.data) if type(item.get("id")) is int]
    found.sort(key=lambda item: (item.get("enforcement") != "active", item.get("target") not in ("branch", "tag")))
    return [item["id"] for item in found if item.get("enforcement") != "disabled"]


def _with_own_branches(environments: Answer) -> list[str]:
    items = _objects(_part(environments.data, "environments"))
    return _names(
        [one for one in items if _part(one.get("deployment_branch_policy"), "custom_branch_policies") is True]
    )
