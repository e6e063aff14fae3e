"""Whether a condition keeps out what an outsider starts: the expression, read as for an event of theirs.

Source: GitHub's pages on the payloads of `pull_request_target`, `workflow_run` and `issue_comment`, on expressions
(null is equal to false there) and on author associations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from sscop.artefacts.nodes import Entries, mapping, texts
from sscop.artefacts.pipelines.conditions import Reader, Token, Untold, Value, evaluated
from sscop.artefacts.pipelines.model import Event
from sscop.lazy import lazily

TRIGGERS = ("pull_request_target", "workflow_run", "issue_comment")
"""What outsiders start in a workflow that has the repository's secrets."""

_STRANGERS = {"none", "contributor", "first_timer", "first_time_contributor", "mannequin"}
"""Associations of people who may write nothing: a contributor had a change merged once."""

_PAYLOADS = {
    "pull_request_target": ("pull_request", "label", "number"),
    "workflow_run": ("workflow_run", "workflow"),
    "issue_comment": ("issue", "comment"),
}
_OTHERS = {"review", "release", "discussion", "head_commit", "commits", "pusher", "schedule", "client_payload"}
"""What only other events carry."""
_KNOWN = {part for parts in _PAYLOADS.values() for part in parts}
_LOGIN = lazily(r"github\.(?:triggering_)?actor|.*\.(?:user|sender|owner|author|actor)\.(?:login|id|node_id)")
_FROM = lazily(
    r"github\.event\.(?:pull_request\.head\.repo|workflow_run\.head_repository)\.(?:full_name|id|owner\.(?:login|id))"
    r"|github\.event\.pull_request\.head\.(?:label|user\.login)"
)
_OURS = lazily(
    r"github\.repository(?:_owner|_id|_owner_id)?|github\.event\.repository\..+|vars\..+|secrets\..+|env\..+"
    r"|github\.event\.(?:pull_request\.base\.(?:repo|user)|workflow_run\.repository)\..+"
)


def outsiders(on: Entries) -> tuple[str, ...]:
    """The triggers of a workflow that outsiders cause and that have its secrets."""
    return tuple(name for name in TRIGGERS if name in on)


def labelled(on: Entries) -> bool:
    """Whether all that outsiders cause waits for somebody to set a label."""
    types = texts(mapping(on.get("pull_request_target")).get("types"))
    return outsiders(on) == ("pull_request_target",) and types == ["labeled"]


def shut(condition: str | None, events: Iterable[str]) -> bool:
    """Whether no code of a fork passes a condition, whoever asks for it: only this repository's own branches do."""
    return _never(condition, events, by_people=False)


def asked(condition: str | None, events: Iterable[str]) -> bool:
    """Whether a condition lets a fork's code pass only if somebody of ours wrote, labelled or merged it."""
    return _never(condition, events, by_people=True)


def _never(condition: str | None, events: Iterable[str], *, by_people: bool) -> bool:
    if condition is None or len(condition) > 20_000:
        return False
    found = [evaluated(condition, partial(_Outsider, name=name, by_people=by_people)) for name in events]
    return bool(found) and all(one is False for one in found)


class _Outsider(Reader):
    """Reads an expression as it is at an event that an outsider causes, as far as that is known."""

    def __init__(self, tokens: Sequence[Token], name: str, by_people: bool) -> None:
        super().__init__(tokens, Event.OTHER)
        self._name, self._by_people = name, by_people

    def context(self, name: str) -> Value:
        """What a context holds, or whose word it is."""
        if name == "github.event_name":
            return self._name
        part = name.split(".")[2] if name.startswith("github.event.") else ""
        if part in _OTHERS or (part in _KNOWN and part not in _PAYLOADS[self._name]):
            return None
        if name in ("github.head_ref", "github.base_ref") and self._name != "pull_request_target":
            return None
        if name.endswith((".head.repo.fork", ".head_repository.fork")):
            return True
        if name == "github.event.workflow_run.event":
            return "pull_request"
        if _OURS.fullmatch(name):
            return Untold.OURS
        if _FROM.fullmatch(name):
            return Untold.WHO
        return self._of_people(name) if self._by_people else super().context(name)

    def _of_people(self, name: str) -> Value:
        if name == "github.event.pull_request.merged":
            return False
        if name.endswith(".author_association"):
            return Untold.STANDING
        if name.startswith("github.event.label") or ".labels" in name:
            return Untold.LABELS
        return Untold.WHO if _LOGIN.fullmatch(name) else super().context(name)

    def equal(self, left: Value, named: str, right: Value, other: str) -> bool | None:
        """Whether two values are equal at the event; null is false, and a text is whatever else."""
        values = (left, right)
        if Untold.STANDING in values:
            said = next((one for one in values if isinstance(one, str)), "")
            return None if said.lower() in _STRANGERS else False
        if Untold.LABELS in values:
            return False if any(isinstance(one, str) for one in values) else None
        if Untold.WHO in values:
            return False if Untold.OURS in values or any(isinstance(one, str) for one in values) else None
        if (named or other).endswith(".type") and any(isinstance(one, str) and one.lower() == "bot" for one in values):
            return False if self._by_people else None
        if None in values and not any(isinstance(one, (str, Untold)) for one in values):
            return not any(values)
        if any(isinstance(one, str) for one in values) and any(one is None or isinstance(one, bool) for one in values):
            return None in values and "" in values  # a text that is no number equals neither
        return super().equal(left, "", right, "")

    def called(self, name: str, values: list[Value], names: list[str]) -> Value:
        """What a function gives at the event."""
        if name in ("failure", "cancelled"):
            return Untold.UNTOLD
        if name in ("fromjson", "tojson", "join", "format") and values:
            telling = (one for one in values if isinstance(one, Untold) and one is not Untold.UNTOLD)
            plain = values[0] if name == "fromjson" else Untold.UNTOLD
            return next(telling, plain)
        if name not in ("contains", "startswith", "endswith") or len(values) != 2:
            return super().called(name, values, names)
        whole, part = values
        if whole is Untold.LABELS:
            return False
        if part is Untold.STANDING and isinstance(whole, str):
            return Untold.UNTOLD if any(f'"{one}"' in whole.lower() for one in _STRANGERS) else False
        if part is Untold.WHO and name == "contains":  # a list of names; of a text any part would do
            listed = whole is Untold.OURS or (isinstance(whole, str) and whole.lstrip().startswith("["))
            return False if listed else Untold.UNTOLD
        if whole is Untold.WHO and name == "startswith":
            whose = isinstance(part, str) and part.endswith(("/", ":"))
            return False if whose or part is Untold.OURS else Untold.UNTOLD
        return super().called(name, values, ["", ""])
