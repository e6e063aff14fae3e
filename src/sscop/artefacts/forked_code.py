"""Where a workflow that outsiders start fetches what they wrote, and what it asks before.

Source: GitHub's pages on `pull_request_target`, `workflow_run` and their event payloads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sscop.artefacts.nodes import Entries, text, texts
from sscop.artefacts.outsiders import asked, shut
from sscop.artefacts.workflow import Job, Step
from sscop.lazy import NamedTuple, lazily

_OURS = ("./", "$/")
_FETCHED = lazily(
    r"github\.event\.(?:pull_request\.(?:head|merge_commit)|workflow_run\.head|number)|github\.head_ref|refs/pull/"
    r"|(?:steps|needs)\.[\w-]+\.outputs\.\w*(?:head|sha|ref)"
)
_FETCHES = lazily(
    r"\bgh pr checkout\b|\bgit (?:fetch|checkout|pull|switch|reset)\b[^\n]{0,200}?(?:pull/|head\.(?:sha|ref)|head_ref)"
)
_RIGHTS = lazily(
    r"/collaborators/|/memberships/|getCollaboratorPermissionLevel|checkCollaborator|getMembershipFor|checkMembershipFor"
    r"|author_?association",
    re.IGNORECASE,
)
"""What asks the platform for somebody's rights."""

_WHOSE = lazily(r"head\.repo\b|head_repository|\.user\.login\b|github\.(?:triggering_)?actor\b|\.labels?\b|\.merged\b")
_STOPS = lazily(r"\bexit +[1-9]|setFailed|\bthrow\b|GITHUB_OUTPUT|setOutput")
_ASKING = lazily(r"permission|collaborator|membership|team-member|authori[sz]")
"""What actions that ask for somebody's rights are called."""

_ANYWAY = lazily(r"\balways\(|!\s*cancelled\(|\bfailure\(")

_LONGEST = 50_000


class Exposed(NamedTuple):
    """A step that fetches what an outsider wrote, and the steps after it that run then.

    `asked` is whether somebody of ours had to let it through; `free` are those of `after` that ask for nothing more.
    """

    step: Step
    after: tuple[Step, ...]
    free: tuple[Step, ...]
    asked: bool


class Forks:
    """The jobs of a workflow at the events that outsiders cause."""

    def __init__(self, jobs: Sequence[Job], events: Iterable[str]) -> None:
        self._events = tuple(events)
        shut_ = [one for one in jobs if self._shut_for(one.node)]
        self._shut = _with_dependents(jobs, shut_, shut_)
        asking = [one for one in jobs if self._asks(one)]
        self._asked = _with_dependents(jobs, asking, [*asking, *filter(_lets_through, jobs)])

    def exposed(self, job: Job) -> Exposed | None:
        """Where a job fetches an outsider's code, if it does."""
        if not self._events or job.id in self._shut:
            return None
        steps = [one for one in job.steps if not self._shut_for(one.node)]
        was_asked = job.id in self._asked
        for n, step in enumerate(steps):
            if fetches(step):
                after = tuple(steps[n + 1 :])
                free = tuple(one for one in after if not asked(text(one.node.get("if")), self._events))
                return Exposed(step, after, free, was_asked or asked(text(step.node.get("if")), self._events))
            was_asked = was_asked or asks(step)
        return None

    def guarded(self, job: Job) -> bool:
        """Whether a job starts for nothing that an outsider wrote and nobody of ours let through."""
        return job.id in self._shut or job.id in self._asked

    def _asks(self, job: Job) -> bool:
        return "environment" in job.node or asked(text(job.node.get("if")), self._events)

    def _shut_for(self, node: Entries) -> bool:
        return shut(text(node.get("if")), self._events)


def _with_dependents(jobs: Sequence[Job], own: Iterable[Job], first: Iterable[Job]) -> set[str]:
    """The ids of some jobs, and of those that wait for the first ones: they start only where these succeed."""
    waiting_for: dict[str, list[Job]] = {}
    for job in jobs:
        condition = text(job.node.get("if")) or ""
        if not _ANYWAY.search(condition) or "needs." in condition:
            for name in dict.fromkeys(texts(job.node.get("needs"))):
                waiting_for.setdefault(name, []).append(job)
    found, spreading = {one.id for one in own}, [one.id for one in first]
    while spreading:
        for job in waiting_for.pop(spreading.pop(), ()):
            found.add(job.id)
            spreading.append(job.id)
    return found


def _lets_through(job: Job) -> bool:
    """Whether a job may fail for people who are not ours: one of another repository's, which is not read, may."""
    return bool(job.uses and not job.uses.startswith(_OURS)) or any(map(asks, job.steps))


def fetches(step: Step) -> bool:
    """Whether a step fetches what the workflow was started by, in a workflow that does not do so by itself."""
    given = " ".join(text(step.with_.get(name)) or "" for name in ("ref", "repository"))
    checkout = (step.uses or "").startswith("actions/checkout@") and _FETCHED.search(given)
    return bool(checkout or _FETCHES.search(step.run or ""))


def asks(step: Step) -> bool:
    """Whether a step asks whose change it is, so that the job may stop or go on by the answer."""
    if _ASKING.search((step.uses or "").partition("@")[0].lower()):
        return True
    said = (step.run or text(step.with_.get("script")) or "")[:_LONGEST]
    return bool(_RIGHTS.search(said) or (_WHOSE.search(said) and _STOPS.search(said)))
