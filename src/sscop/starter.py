"""A tool policy to start from: what is in use now, with blanks for what only people know."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from sscop.artefacts.tool_policy_form import KINDS
from sscop.artefacts.tools_in_use import Use, uses
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.text import printable

_PLAIN = re.compile(r"[A-Za-z][\w./-]*(?:\*)?")
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_HOSTED = re.compile(r"(?i)(?:ubuntu|windows|macos)-")
_SERIES = re.compile(r"(v?)(\d+)(?:\.(\d+))?(?:\.[\dxX*][\w.+-]*)?(?:\.[xX*])?")
_KIND_TITLES = {
    "action": "Actions and reusable workflows",
    "image": "Container images",
    "hook": "Hooks of pre-commit",
    "include": "Includes, orbs, pipes and templates",
    "tool": "Toolchains and tools whose version is stated",
    "package": "Packages that builds install",
    "download": "Addresses that builds download from",
}


def policy(repo: Repository) -> str:
    """The text of a policy that allows what is in use, and what could not be read as comments."""
    used = repo.once(uses)
    unread = sorted({one.path for one in used if isinstance(one, Unread)})
    known = [one for one in used if isinstance(one, Use)]
    lines = [
        "# The tools and environments that may build this: what is in use now. Strike out what should not be, fill in",
        '# every "", then git add this file. `sscop explain tool-policy` says more.',
        *(f"# NOT READ, so what it uses is missing here: {printable(path)}" for path in unread),
        "version: 1",
        'owner: ""            # the role (not the person) that decides what may build this',
        'reviewed: ""         # the day of that decision, as YYYY-MM-DD',
        "review-every: 12 months",
        "violations: advice   # or fail: then what is not on the list fails the check",
        "tools:" if any(one.kind != "runner" for one in known) else "tools: []",
    ]
    for kind in KINDS:
        if kind != "runner" and (alike := [one for one in known if one.kind == kind]):
            lines += ["", f"  # {_KIND_TITLES[kind]}", *_entries(kind, alike)]
    lines += _environments([one.name for one in known if one.kind == "runner"])
    return "\n".join(lines) + "\n"


def _entries(kind: str, used: Iterable[Use]) -> Iterator[str]:
    """One line for each thing, in the order of their names, with its versions or digests."""
    named: dict[str, list[Use]] = {}
    for one in used:
        named.setdefault(_name(kind, one.name), []).append(one)
    for name in sorted(named, key=str.lower):
        parts = [f"{kind}: {_scalar(name)}", *_versions(kind, named[name]), 'purpose: ""']
        note = "  # put together at run time" if any(one.untold for one in named[name]) else ""
        yield f"  - {{{', '.join(parts)}}}{note}"


def _name(kind: str, name: str) -> str:
    if kind == "action" and "$" not in name and "/.github/" not in name:
        return "/".join(name.split("/")[:2])
    return f"{name.partition(':')[0]}:*" if kind == "package" and name.endswith(":install") else name


def _versions(kind: str, used: Iterable[Use]) -> Iterator[str]:
    """`versions` and `digests` that allow each use; nothing where one of them can't be told or names none."""
    versions, digests = dict[str, None](), dict[str, None]()
    for one in used:
        if one.untold or "$" in one.version or not (one.version or one.digest):
            return
        if one.version:
            versions[_series(kind, one.version)] = None
        else:
            digests[one.digest] = None
    if versions:
        yield f"versions: [{', '.join(map(_scalar, sorted(versions)))}]"
    if digests:
        yield f"digests: [{', '.join(map(_scalar, sorted(digests)))}]"


def _series(kind: str, version: str) -> str:
    """The series that a version is of: an action's or hook's major one, a tool's minor one; a tag or range itself."""
    match = _SERIES.fullmatch(version)
    if not match or kind == "image":
        return version
    major, minor = match[1] + match[2], match[3]
    return major if kind in ("action", "hook") or minor is None else f"{major}.{minor}"


def _environments(labels: Iterable[str]) -> Iterator[str]:
    """Runners that the platform hosts and others, each an environment."""
    names = sorted(set(labels), key=str.lower)
    hosted = [one for one in names if _HOSTED.match(one)]
    others = [one for one in names if one not in hosted]
    if not names:
        return
    yield "\nenvironments:"
    for title, labelled in (("Runners that the platform hosts", hosted), ("Runners of our own", others)):
        if labelled:
            yield f"  - name: {title}"
            yield f"    runners: [{', '.join(map(_scalar, labelled))}]"
            yield '    hardening: {guide: "", evidence: ""}   # the guide followed; a path or address of its result'


def _scalar(value: str) -> str:
    """A text as YAML has it on one line, in quotes where it must."""
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)
