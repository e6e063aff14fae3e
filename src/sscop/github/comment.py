"""One comment on a pull request, kept up to date by every run and by nobody else.

The comment is known by the marker on its first line *and* by its author; a marker in somebody else's comment means
nothing. GitHub has no conditional write, so nothing is decided from memory: list, take one step towards one comment
with the newest run's text, list again, until there is nothing left to do. A write that failed after it took effect,
a comment deleted meanwhile and two runs at once are then all the same case. What remains is an older run that
lists just before and writes just after a newer one; a `concurrency` group on the commenting job closes that gap.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from enum import Enum
from typing import Any
from urllib.parse import quote

from sscop.github.client import Client, FaultError
from sscop.github.target import Target, find
from sscop.lazy import NamedTuple

BOT = "github-actions[bot]"
"""The author of what a job's own token writes; such a token may not ask who it is (`/user` is 403)."""

ROUNDS = 10
"""Steps after which it is left as it is."""

LONGEST = 65_536
"""Characters of a comment that GitHub accepts."""

MODES = ("changes", "always", "never")
"""When a first comment is made; one that exists is kept up to date by the first two."""

_MARKER = re.compile(
    r"<!-- sscop:v1 id=(\S+) run=(\d{1,18})\.(\d{1,9}) head=([0-9a-f]{40,64}) state=([0-9a-f]{16}) -->"
)


class Result(str, Enum):
    """What became of the comment."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    """It says the same already."""
    OVERTAKEN = "overtaken"
    """A newer run has commented."""
    SKIPPED = "skipped"
    """Not wanted: by mode, or as nothing is new or fixed and there was no comment."""
    FAILED = "failed"
    """Not possible; the rest of the run goes on."""


class Posted(NamedTuple):
    """The outcome; `why` is one sentence to print once, empty where there is nothing to say."""

    result: Result
    why: str = ""


class _Mark(NamedTuple):
    """What a marker holds; `run` orders runs, `state` is a digest of the text below it."""

    id: str
    run: tuple[int, int]
    head: str
    state: str

    @property
    def line(self) -> str:
        """The marker as the first line of a comment."""
        run, attempt = self.run
        return f"<!-- sscop:v1 id={self.id} run={run}.{attempt} head={self.head} state={self.state} -->"


class _Own(NamedTuple):
    """One of our comments."""

    id: int
    mark: _Mark
    body: str


class _Step(NamedTuple):
    """The next write: its verb, the comment it is about (None for a new one) and its text."""

    verb: str
    comment: int | None
    body: str


def post(
    target: Target,
    token: str,
    body: str,
    *,
    changed: bool = True,
    mode: str = "changes",
    author: str | None = None,
    timeout: int = 10,
    sleep: Callable[[float], None] = time.sleep,
) -> Posted:
    """Make the pull request's one comment say `body`, and tell what became of it; never raises for GitHub's sake.

    `body` is Markdown that is safe already. `changed` says whether anything is new or fixed. `author` is the login
    that the token writes as, where it is neither a person's nor the job's own. The token is sent to
    `target.api_url` and nowhere else. `timeout` is in whole seconds for each request. Raises ValueError for a mode that
    is none of MODES.
    """
    if mode not in MODES:
        raise ValueError(f"{mode!r} is none of {', '.join(MODES)}")
    if mode == "never":
        return Posted(Result.SKIPPED)
    state = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()[:16]
    project = quote(target.project_id, safe="") or "root"
    mark = _Mark(project, (target.run_id, target.run_attempt), target.head_sha, state)
    text = f"{mark.line}\n{body}"
    if len(text) > LONGEST:
        return Posted(Result.FAILED, f"no comment: it would be longer than GitHub's {LONGEST:,} characters")
    try:
        with Client(target.api_url, token, timeout=timeout, sleep=sleep) as client:
            thread = _Thread(client, target.repository, find(target, client), mark.id)
            thread.author = author or _login(client)
            return thread.settle(mark, text, create=changed or mode == "always")
    except FaultError as fault:
        return Posted(Result.FAILED, f"no comment: {_words(fault, target)}")
    except (LookupError, ValueError) as error:
        return Posted(Result.FAILED, f"no comment: {error}")


class _Thread:
    """A pull request's conversation, as far as it is ours."""

    def __init__(self, client: Client, repository: str, number: int, project: str) -> None:
        self.client = client
        self.author = BOT
        self.comments = f"/repos/{repository}/issues/{number}/comments"
        self.comment = f"/repos/{repository}/issues/comments"
        self.project = project
        self.created: dict[int, _Own] = {}
        self.deleted: set[int] = set()

    def settle(self, mark: _Mark, text: str, create: bool) -> Posted:
        """Step by step to one comment with the newest run's text. Raises FaultError."""
        done = Result.UNCHANGED
        for _ in range(ROUNDS):
            own = self.own()
            if not own and not create:
                return Posted(Result.SKIPPED)
            newest = max((comment.mark.run for comment in own), default=mark.run)
            step = _next(own, mark, text)
            if step is None:
                return Posted(Result.OVERTAKEN, "a newer run has commented") if newest > mark.run else Posted(done)
            if step.verb != "DELETE":
                done = Result.CREATED if step.verb == "POST" or done is Result.CREATED else Result.UPDATED
            try:
                self.take(step)
            except FaultError as fault:
                if fault.status in (404, 410) and step.comment is not None:
                    self.deleted.add(step.comment)  # somebody else was faster
                elif not self.client.worth_a_try(fault):
                    raise
        raise FaultError(0, "the comments kept changing")

    def own(self) -> list[_Own]:
        """Our comments of this project, the oldest first. Raises FaultError."""
        found = {own.id: own for data in self.client.pages(self.comments) if (own := self.read(data))}
        # a list may lag behind what was written a moment ago
        return [own for number, own in sorted((self.created | found).items()) if number not in self.deleted]

    def read(self, data: dict[str, Any]) -> _Own | None:
        """A comment of the API, when it is ours."""
        number, body, user = data.get("id"), data.get("body"), data.get("user")
        if not isinstance(number, int) or not isinstance(body, str) or not isinstance(user, dict):
            return None
        match = _MARKER.match(body)
        if user.get("login") != self.author or not match or match[1] != self.project:
            return None
        return _Own(number, _Mark(match[1], (int(match[2]), int(match[3])), match[4], match[5]), body)

    def take(self, step: _Step) -> None:
        """Do one write. Raises FaultError."""
        if step.verb == "POST":
            answer = self.client.write("POST", self.comments, {"body": step.body})
            user = answer.get("user") if isinstance(answer, dict) else None
            if not isinstance(user, dict):
                raise FaultError(0, "what answered is not GitHub's API", 1.0)
            self.author = str(user.get("login"))  # an app's token writes under a name that it cannot ask for
            if own := self.read(answer):
                self.created[own.id] = own
        elif step.verb == "PATCH":
            self.client.write("PATCH", f"{self.comment}/{step.comment}", {"body": step.body})
        elif step.comment is not None:
            self.client.write("DELETE", f"{self.comment}/{step.comment}")
            self.deleted.add(step.comment)


def _next(own: list[_Own], mark: _Mark, text: str) -> _Step | None:
    """The next step towards one comment, the oldest of ours, with the newest run's text; None when that is so."""
    if not own:
        return _Step("POST", None, text)
    kept, newest = own[0], max(own, key=lambda comment: (comment.mark.run, comment.id))
    same = newest.mark.state == mark.state and newest.mark.head == mark.head
    wanted, wanted_mark = (newest.body, newest.mark) if same or newest.mark.run > mark.run else (text, mark)
    if kept.mark != wanted_mark:
        return _Step("PATCH", kept.id, wanted)
    return _Step("DELETE", own[-1].id, "") if len(own) > 1 else None


def _login(client: Client) -> str:
    """The login that the token writes as."""
    try:
        user = client.get("/user").data
    except FaultError as fault:
        if fault.status not in (403, 404):
            raise
        return BOT
    login = user.get("login") if isinstance(user, dict) else None
    return login if isinstance(login, str) and login else BOT


def _words(fault: FaultError, target: Target) -> str:
    """Why there is no comment, and what would help."""
    if "locked" in fault.message.lower():
        return "the conversation is locked"
    if fault.status == 401:
        return "GitHub does not know the token (401)"
    if fault.status in (403, 404) and fault.wait is None:
        fork = (
            "; on `pull_request` events from a fork the token can only read, whatever the workflow grants: comment "
            "from a `workflow_run` job"
        )
        return (
            f"GitHub refused it ({fault.status}): the job needs `permissions: pull-requests: write` "
            f"(event `{target.event}`{fork if target.event == 'pull_request' else ''})"
        )
    status = f" ({fault.status})" if fault.status else ""
    wait = f"; it asks to wait {fault.wait:,.0f} s" if fault.status in (403, 429) and fault.wait else ""
    return f"{fault.message}{status}{wait}"
