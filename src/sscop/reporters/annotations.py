"""GitHub annotations: workflow commands that show findings beside the lines of a pull request.

GitHub shows ten of each level for a step, and a composite action is one step; it cuts a message at 4,096
characters. So: findings in changed files first, then new ones, one for each rule and file, and the tenth of a
level says how many more there are.
"""

from __future__ import annotations

from collections.abc import Collection
from posixpath import join

from sscop.lazy import NamedTuple
from sscop.model import Gate, Outcome, State
from sscop.report import Report, Reported
from sscop.reporters.escape import clean, data, prop
from sscop.repository.text import printable

SHOWN = 9
"""Annotations of one level: GitHub shows ten for a step, and the action itself may have something to say."""

LONGEST = 800
"""Characters kept of a message and of a fix: with all that is added, even as UTF-16 below GitHub's 4,096."""

LINES = 10
"""Further lines that one annotation names."""

LEVELS = ("error", "warning", "notice")


class _Group(NamedTuple):
    """The findings of one rule in one file, the first of them shown; `path` is the repository's, not the root's."""

    path: str
    findings: list[Reported]


def render(report: Report, changed: Collection[str] = ()) -> str:
    """The commands, one a line, most serious first; empty when there is nothing to show.

    `changed` are the paths that the pull request touches, as git names them from the top of the repository. An
    unmet claim finding is an error; it is a notice where it stood before and the gate asks for new ones only, and
    where the calendar alone made it, and nothing where it is excused. What could not be told is a warning; advice is a
    notice.
    """
    levels: dict[str, dict[tuple[str, str, str], list[Reported]]] = {level: {} for level in LEVELS}
    for finding in report.findings:
        if level := _level(finding, report.run.fail_on):
            rule = (finding.check, finding.code, finding.path)
            levels[level].setdefault(rule, []).append(finding)
    touched = set(changed)
    lines = []
    for level, rules in levels.items():
        found = [_Group(_path(report, path), group) for (_, _, path), group in rules.items()]
        found.sort(key=lambda group: (group.path not in touched, all(f.state is not State.NEW for f in group.findings)))
        left = sum(len(group.findings) for group in found[SHOWN:])
        for n, group in enumerate(found[:SHOWN], 1):
            lines.append(_command(level, group, left if n == SHOWN else 0))
    return "".join(f"{line}\n" for line in lines)


def _level(finding: Reported, gate: Gate) -> str | None:
    if finding.outcome is Outcome.UNKNOWN:
        return "warning"
    if finding.outcome is not Outcome.UNMET or finding.waiver:
        return None
    stood = finding.lapsed or (gate is Gate.NEW and finding.state in (State.STANDING, State.MOVED))
    return "error" if finding.fails and not stood else "notice"


def _path(report: Report, path: str) -> str:
    return join(report.repository.prefix, path) if path else ""


def _command(level: str, group: _Group, left: int) -> str:
    first, *others = sorted(group.findings, key=lambda finding: (finding.state is not State.NEW, finding.line or 0))
    where = {"file": printable(group.path)} if group.path else {}
    if group.path and first.line:
        where["line"] = str(first.line)
        where["endLine"] = str(first.evidence[0].end_line or first.line)
    where["title"] = f"sscop {first.check}/{first.code}"[:200]
    properties = ",".join(f"{name}={prop(value)}" for name, value in where.items())
    return f"::{level} {properties}::{data(_message(first, others, left))}"


def _message(first: Reported, others: list[Reported], left: int) -> str:
    said = [clean(first.message)[:LONGEST]]
    if others:
        place = "in this file" if first.path else "of this kind"
        lines = sorted({other.line for other in others if other.line})
        named = ", ".join(map(str, lines[:LINES])) + (" ..." if len(lines) > LINES else "")
        where = f": line{'s' if len(lines) > 1 else ''} {named}" if lines else ""
        said[0] += f" (and {len(others):,} more {place}{where})"
    if first.fix:
        said.append(f"Fix: {clean(first.fix)[:LONGEST]}")
    said.append(f"More: sscop explain {clean(first.check)[:100]}")
    if left:
        said.append(f"{left:,} more of this level are in the log and the job summary.")
    return "\n".join(said)
