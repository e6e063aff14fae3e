"""One question after another to GitHub, and what each failure means: an answer, a permission that lacks, or the end.

A refusal, a "not found" and a null never read as "off": GitHub hides what a token may not see behind the same words
as what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sscop.artefacts.settings.kept import kept
from sscop.github import questions as ask
from sscop.github.client import Client, FaultError
from sscop.github.questions import Question
from sscop.platform import Answer
from sscop.reporters.escape import clean

PAGES = 2
"""Pages of a hundred that are read of a list; what is longer is not known whole."""

_NO_PERMISSION = re.compile(r"not accessible by|must have|admin rights|push access", re.IGNORECASE)
_NOT_THAT = re.compile(
    r"upgrade|\bSAML\b|\bSSO\b|ip allow|suspended|blocked|billing|two-factor|disabled|archived", re.IGNORECASE
)
"""Words of a refusal that no permission helps against."""

_GITHUB = re.compile(r"https://api\.(?:github\.com|[\w-]+\.ghe\.com)(?:[:/]|$)")
"""GitHub's own service, which has every question of ours; an older server of somebody's says 404 to what it lacks."""

_ACCEPTED = re.compile(r"([a-z_]{1,60})=(read|write|admin)")


class Asking:
    """The questions about one repository that were asked, and what was answered, by path.

    `source` is the API's address. Once `stop` says why, nothing more is asked.
    """

    def __init__(self, client: Client, repository: str, source: str) -> None:
        self.client, self.repository, self.source = client, repository, source
        self.answers: dict[str, Answer] = {}
        self.stop = ""
        self._may_not = False  # a question was refused that needs Administration: read; the others would be too
        self._sees_settings = False

    def stopped(self, why: str) -> Asking:
        """The same with what was answered so far, for which nothing more is asked."""
        rest = Asking(self.client, self.repository, self.source)
        rest.answers, rest.stop = dict(self.answers), why
        return rest

    def __call__(self, question: Question, **named: Any) -> Answer:
        """The answer to a question, asked once, without what no fact needs."""
        path = self._path(question, named)
        if path in self.answers:
            return self.answers[path]
        if self.stop:
            answer = Answer(0, None, self.stop)
        elif self._may_not and question.permission == ask.ADMINISTRATION:
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
        safe = {
            name: quote(str(value), "/" if name == "file" else "", errors="replace") for name, value in named.items()
        }
        return template.format(repository=self.repository, **safe)

    def _asked(self, question: Question, path: str) -> Answer:
        try:
            answer = self._listed(question, path) if question.kind is list else self._one(question, path)
        except FaultError as fault:
            return self._refused(question, fault)
        if question.permission == ask.ADMINISTRATION:
            self._sees_settings = True
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
        return Answer(told.status, told.data, f"only {len(listed)} of {total} were asked for" if cut else "")

    def _listed(self, question: Question, path: str) -> Answer:
        found: list[Any] = []
        for page in range(1, PAGES + 1):
            told = self.client.get(path, **question.parameters, per_page=100, page=page)
            if not isinstance(told.data, list):
                return _none_of_githubs(told.status)
            found += told.data
            if not told.more:
                return Answer(told.status, found)
        return Answer(200, found, f"only the first {len(found)} were asked for")

    def _refused(self, question: Question, fault: FaultError) -> Answer:
        """What a failure means: an answer, a permission that lacks, or the end of asking."""
        said = clean(fault.message)
        if fault.status == 404 and question.off and said.rstrip(".") == question.off:
            if question.permission == ask.ADMINISTRATION:
                self._sees_settings = True
            return Answer(404, {"message": said} if said != "Not Found" else None)
        if (
            fault.status == 404
            and question.off_unseen
            and said == "Not Found"
            and _GITHUB.match(self.source)
            and self._sees_settings
        ):
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
            self._may_not = True
        if fault.status == 404 and permission:
            words = f"{words}, which GitHub also says where the token may not look"
        return Answer(fault.status, None, words, permission)


def _none_of_githubs(status: int) -> Answer:
    return Answer(status, None, "what answered is not GitHub's API")


def _accepted(header: str) -> str:
    """GitHub's own words for a permission that would do: `Administration: read` for `administration=read`."""
    found = _ACCEPTED.findall(header.partition(";")[0].replace("repository_hooks", "webhooks"))
    return ", ".join(f"{name.replace('_', ' ').capitalize()}: {level}" for name, level in found)
