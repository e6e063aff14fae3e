"""What zizmor says about workflows, actions and Dependabot's configuration, as facts.

Source: zizmor's JSON format v1 (`--format json-v1`): a list of findings, each with the audit's name, severity and
confidence, and locations that count rows and columns from 0.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any, Protocol

from sscop.artefacts import plain_json
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family

GLOBS = (".github/workflows/*.{yml,yaml}", "**/action.{yml,yaml}", ".github/dependabot.{yml,yaml}")
"""The files that zizmor audits."""

CONFIGURATIONS = ("zizmor.yml", "zizmor.yaml", ".github/zizmor.yml", ".github/zizmor.yaml")
"""Where zizmor looks for its configuration."""

_PINNED = lazily(r"(?<=\w)@[\w./-]+\Z")
_ACTION = lazily(r"uses:\s*['\"]?([\w.-]+/[\w./-]+)@")


COST = 500_000_000
"""What all files together may cost, see `_cost`: six times what the largest real repository comes to."""
DEPTH = 1_000
"""Flow collections in one another: its time grows with the square of them."""
LINE = 20_000
"""Characters of a line, as of a script in one: its time grows with the square of some. The longest real one: 5,400."""
_FLOW = lazily(rb"[\[{\]}]")


class Audit(NamedTuple):
    """A finding of zizmor. `thing` is what it is about, without versions: an action, an expression, a job.

    `severity` and `confidence` are zizmor's words in lower case. `ignored` says that a comment in the file hides it.
    """

    ident: str
    path: str
    line: int
    thing: str
    severity: str
    confidence: str
    about: str
    said: str
    url: str
    ignored: bool
    place: tuple[int, int]


class Audited(NamedTuple):
    """What came of a run. `why` says in words why there is nothing, "" where there is.

    `hidden` are the findings that the repository's own configuration of zizmor leaves out, `configuration` is that
    file's path; `unread` are the files that zizmor could not read, or that it could not be
    given, of all `files` that there are.
    """

    found: tuple[Audit, ...] = ()
    hidden: tuple[Audit, ...] = ()
    configuration: str = ""
    unread: tuple[tuple[str, str], ...] = ()
    files: int = 0
    why: str = ""
    fix: str = ""


class Auditor(Protocol):
    """zizmor at work on one repository (`sscop.audits`)."""

    def audited(self) -> Audited:
        """What it found; waits for it."""

    def close(self) -> None:
        """End it, and leave nothing behind."""


def audited_paths(repo: Repository) -> list[str]:
    """The files of a repository that zizmor audits, fixtures and vendored code left out."""
    return repo.find(*GLOBS, family=Family.TOOLS)


def given(repo: Repository) -> tuple[dict[str, bytes], tuple[tuple[str, str], ...]]:
    """The contents to audit by path, and the files that can't be given to zizmor, with why.

    A file that says nothing is in neither: there is nothing in it to audit, and zizmor calls it broken.
    """
    held: dict[str, bytes] = {}
    refused = []
    cost = 0
    for path in audited_paths(repo):
        data = repo.read(path)
        if isinstance(data, Unread):
            if not repo.gone(data):
                refused.append((path, data.reason))
        elif not path.isprintable() or ".." in path.split("/"):
            refused.append((path, "its name can't be given to zizmor"))
        elif not _is_utf8(data):
            refused.append((path, "it is not UTF-8, the only encoding that zizmor reads"))
        elif cost + _cost(data) > COST:
            refused.append((path, "it holds too many expressions and actions for its size"))
        elif max(map(len, data.splitlines()), default=0) > LINE:
            refused.append((path, f"it has a line of more than {LINE:,} characters"))
        elif _is_deep(data):
            refused.append((path, f"it is nested more than {DEPTH:,} levels deep"))
        elif says_something(data):
            cost += _cost(data)
            held[path] = data.removeprefix(codecs.BOM_UTF8)  # which it does not understand
    return held, tuple(refused)


def says_something(data: bytes) -> bool:
    """Whether a YAML text holds more than comments, empty lines and the marks of a document."""
    lines = (line.strip() for line in data.removeprefix(codecs.BOM_UTF8).splitlines())
    return any(line and not line.startswith(b"#") and line not in (b"---", b"...") for line in lines)


def _cost(data: bytes) -> int:
    """How long zizmor may take: it repeats a step's text in each of its findings, so one step of 40,000 expressions
    takes minutes, and it looks through the whole file for each step.
    """
    return (data.count(b"${{") + 4 * data.count(b"uses:")) * len(data)


def _is_deep(data: bytes) -> bool:
    if data.count(b"[") + data.count(b"{") <= DEPTH:
        return False
    depth = 0
    for match in _FLOW.finditer(data):
        depth += 1 if match[0] in b"[{" else -1
        if depth > DEPTH:
            return True
    return False


def _is_utf8(data: bytes) -> bool:
    """Whether zizmor can read it: at anything else it stops, whatever the other files are."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def load(text: str) -> tuple[Audit, ...]:
    """The findings in a text of JSON format v1. Raises Malformed for anything else."""
    found = plain_json.load(f'{{"findings": {text}}}').get("findings")
    if not isinstance(found, list):
        raise Malformed("is not zizmor's JSON format v1: no list of findings")
    try:
        return tuple(_audit(one) for one in found)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Malformed("is not zizmor's JSON format v1: a finding has another shape") from None


def _audit(found: Any) -> Audit:
    determined, locations = found["determinations"], found["locations"]
    primary: Any = next((one for one in locations if one["symbolic"]["kind"] == "Primary"), {})
    symbolic, concrete = primary["symbolic"], primary["concrete"]
    start = concrete["location"]["start_point"]
    local = symbolic["key"]["Local"]  # which had `given_path` before version 1.27
    return Audit(
        ident=str(found["ident"]),
        path=str(local.get("verbatim_path") or local["given_path"]).replace("\\", "/").removeprefix("./"),
        line=int(start["row"]) + 1,
        thing=_thing(symbolic, str(concrete["feature"]), locations),
        severity=str(determined["severity"]).lower(),
        confidence=str(determined["confidence"]).lower(),
        about=str(found["desc"]),
        said=str(symbolic["annotation"]),
        url=str(found["url"]),
        ignored=found["ignored"] is True,
        place=(int(start["row"]), int(start["column"])),
    )


def _thing(symbolic: Any, feature: str, locations: list[Any]) -> str:
    """An expression by its text, else the action of the step, else the job; "" without any of them."""
    kind = symbolic["feature_kind"]
    if isinstance(kind, dict) and "Raw" in kind["Subfeature"]["fragment"]:
        thing = " ".join(str(kind["Subfeature"]["fragment"]["Raw"]).split())[:120]
        return _PINNED.sub("", thing)
    for text in (feature, *(str(one["concrete"]["feature"]) for one in locations)):
        if action := _ACTION.search(text[:2000]):
            return action[1].lower()
    keys = list(_keys(symbolic["route"]["route"]))
    return keys[1] if len(keys) > 1 and keys[0] == "jobs" else ""


def _keys(route: list[Any]) -> Iterator[str]:
    return (str(part["Key"]) for part in route if "Key" in part)
