"""What a repository says is good enough, in the vocabulary of SAF's threshold files.

Source: MITRE's Security Automation Framework, `saf validate threshold`: `compliance.min` in percent, and for each
status and severity (or `total`) a `min` and a `max`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.hardening_results.model import SEVERITIES, Result, Status
from sscop.artefacts.nodes import Entries, Node, Text, load
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository

GLOBS = ("threshold.{yml,yaml}", "**/{security,compliance,hardening,inspec,saf}/**/*threshold*.{yml,yaml}")
_STATUS = {
    "passed": Status.PASSED, "failed": Status.FAILED, "skipped": Status.NOT_REVIEWED, "error": Status.ERROR,
    "no_impact": Status.NOT_APPLICABLE,
}  # fmt: skip
_SECTIONS = {"compliance", *_STATUS}
_NUMBER = lazily(r"(\d{1,6}(?:\.\d{1,4})?)%?", re.ASCII)


class Bound(NamedTuple):
    """How many rules may have a status at most, or must at least; of one severity, or of all where it is ""."""

    status: Status
    severity: str
    least: bool
    number: float

    def counted(self, result: Result, errors: bool) -> int:
        """How many of a result's rules it is about; `errors`: a test that went wrong counts as a failure."""
        among = (self.status, *([Status.ERROR] if errors and self.status is Status.FAILED else []))
        return sum(result.of(one, *([self.severity] if self.severity else [])) for one in among)


class Threshold(NamedTuple):
    """How much is good enough: a least percentage of passes, and bounds; `path` is "" where no file says."""

    path: str
    least: float | None
    bounds: tuple[Bound, ...]

    @property
    def errors(self) -> bool:
        """Whether an error is a failure, because nothing is said of errors themselves."""
        return not any(one.status is Status.ERROR for one in self.bounds)

    @property
    def reviewed(self) -> bool:
        """Whether it says how much may be left unreviewed."""
        return self.least is not None or any(one.status is Status.NOT_REVIEWED for one in self.bounds)


DEFAULT = Threshold("", None, tuple(Bound(Status.FAILED, one, False, 0) for one in ("critical", "high", "unknown")))
"""What has no severity may have a high one."""


def thresholds(repo: Repository) -> tuple[Threshold, Unread | None]:
    """The repository's threshold, else DEFAULT; and the file of such a name that could not be understood."""
    unread = None
    for path in repo.find(*GLOBS):
        found = repo.parse(path, load_threshold)
        if isinstance(found, Threshold):
            return found._replace(path=path), unread
        if isinstance(found, Unread) and not repo.gone(found):
            unread = unread or found
    return DEFAULT, unread


def load_threshold(source: str) -> Threshold | None:
    """Read a threshold file; None for another kind of file. Raises Malformed where any part is not understood: what is
    left out of a limit would let pass what it forbids.
    """
    root = load(source)
    if not isinstance(root, Entries) or not _SECTIONS & set(root):
        return None
    for name, _ in root.pairs():
        if name not in _SECTIONS:
            raise Malformed(f"has a part that the format does not know: `{name[:40]}`", name.line)
    share = dict(_limits(root.get("compliance")))
    bounds = [bound for name, status in _STATUS.items() for bound in _bounds(root.get(name), status)]
    if "min" not in share and not bounds:
        raise Malformed("states no limit that is understood", root.line)
    stated = [one.number for one in bounds if one.status is Status.FAILED and one.severity in ("critical", "high")]
    if stated and not any(one.status is Status.FAILED and not one.severity for one in bounds):
        bounds.append(Bound(Status.FAILED, "unknown", False, min(stated)))
    return Threshold("", share.get("min"), tuple(bounds))


def _bounds(section: Node | None, status: Status) -> Iterator[Bound]:
    for name, limits in _mapping(section).pairs():
        if name not in (*SEVERITIES, "none", "total"):
            raise Malformed(f"has a severity that the format does not know: `{name[:40]}`", name.line)
        for which, number in _limits(limits):
            yield Bound(status, "" if name == "total" else str(name), which == "min", number)


def _limits(node: Node | None) -> Iterator[tuple[str, float]]:
    """`min` and `max`; the names of `controls` that a status may have are no limit."""
    for key, value in _mapping(node).pairs():
        if key in ("min", "max") and not (isinstance(value, Text) and value.is_null):
            number = _NUMBER.fullmatch(value) if isinstance(value, Text) else None
            if number is None:
                raise Malformed(f"`{key}` is no number", key.line)
            yield str(key), float(number[1])


def _mapping(node: Node | None) -> Entries:
    """The mapping that a part is, an empty one where it is left out or empty."""
    if isinstance(node, Entries):
        return node
    if node is not None and not (isinstance(node, Text) and (node.is_null or not node.strip())):
        raise Malformed("has a part that is no mapping of limits", node.line)
    return Entries()
