"""The terminal: one line when there is nothing to act on, else one block for each thing to mend, with its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sscop.model import Gate, Kind, Outcome, State
from sscop.report import Report, Reported
from sscop.repository.text import printable

PLACES = 8
"""How many places of one thing are listed before "and N more"."""

FEW = 6
"""How many checks the first line names before it counts them."""

_COLOURS = {"unmet": "\033[31m", "lapsed": "\033[33m", "unknown": "\033[33m", "advice": "\033[36m", "fixed": "\033[32m"}
_BOLD, _PLAIN = "\033[1m", "\033[0m"


def render(report: Report, colour: bool = False, advice: bool = False) -> str:
    """The report for people at a terminal. `advice` shows each piece of advice rather than a count."""
    unmet = [one for one in report.findings if one.fails and not one.lapsed]
    lapsed = [one for one in report.findings if one.fails and one.lapsed]
    unknown = [one for one in report.findings if one.outcome is Outcome.UNKNOWN]
    advised = [one for one in report.findings if one.kind is Kind.ADVICE and one.outcome is Outcome.UNMET]
    lines = [_looked_at(report)]
    lines += [f"the platform: {_clean(report.platform.words())}"] if report.platform else []
    lines += [f"could not run: {check}: {reason}" for check, reason in report.looked_at.could_not_run]
    if report.run.policy_changed:
        lines.append("the configuration differs from the base's; the base's was used, so a change can't pass itself")
    standing = [one for one in unmet if one.state in (State.STANDING, State.MOVED)]
    fresh = [one for one in unmet if one not in standing]
    lines += _blocks(fresh, "unmet", colour)
    if standing and report.run.fail_on.value == "new":
        lines += ["", f"{len(standing)} standing from before the base (--fail-on gap lists and fails on them)"]
    else:
        lines += _blocks(standing, "unmet", colour)
    lines += _blocks(lapsed, "lapsed", colour)
    if len(report.looked_at.checks) <= FEW or len(unknown) < FEW or advice or report.run.fail_on is Gate.UNKNOWN:
        lines += _blocks(unknown, "unknown", colour)
    else:
        lines += ["", f"{_word('unknown', colour)}, which is no pass: {_rules(unknown)}"]
    lines += _blocks(advised, "advice", colour) if advice else []
    lines += _blocks(report.fixed, "fixed", colour)
    summary = _summary(report, unmet, lapsed, unknown, advised, advice)
    if len(lines) == 1:
        return f"{lines[0]}: {summary}\n"
    return "\n".join([*lines, "", summary]) + "\n"


def _looked_at(report: Report) -> str:
    what = {"worktree": "working tree", "commit": "commit", "folder": "folder without git"}.get(
        report.repository.revision, report.repository.revision
    )
    at = f" at {report.repository.commit[:10]}" if report.repository.commit else ""
    base = report.run.base or "none"
    base = base[:10] if len(base) in (40, 64) else base
    return (
        f"sscop {report.version}, Code of Practice {report.edition}: looked at {_files(report.looked_at.files)} "
        f"({what}{at}) with {_checks(report.looked_at.checks)}; gate {report.run.fail_on.value}, base {base}"
    )


def _blocks(findings: Sequence[Reported], word: str, colour: bool) -> list[str]:
    """One block for each (check, code, key), in the order of its first place."""
    groups: dict[tuple[str, str, str, str], list[Reported]] = {}
    for one in findings:
        groups.setdefault((one.check, one.code, one.key, "" if one.key else one.message), []).append(one)
    lines: list[str] = []
    for found in groups.values():
        first = found[0]
        label = _word(word, colour)
        new = " (new)" if first.state is State.NEW else " (moved)" if first.state is State.MOVED else ""
        message = f"{_BOLD}{_clean(first.message)}{_PLAIN}" if colour else _clean(first.message)
        lines += ["", f"{label}{new} {message} [{first.check}/{first.code}]"]
        for one in found[:PLACES]:
            also = f"  {_clean(one.subject)}" if one.subject != first.subject else ""
            note = f"  ({_clean(one.evidence[0].note)})" if one.evidence and one.evidence[0].note else ""
            if one.path:
                lines.append(f"  {_place(one)}{also}{note}")
        if len(found) > PLACES:
            lines.append(f"  and {len(found) - PLACES} more places (--format json lists all)")
        if first.fix and word != "fixed":
            lines.append(f"  fix: {_clean(first.fix)}")
    return lines


def _word(word: str, colour: bool) -> str:
    return f"{_COLOURS[word]}{word}{_PLAIN}" if colour else word


def _rules(found: Sequence[Reported]) -> str:
    """What was not told, in one paragraph: the same every day, and of use to who asks for it."""
    names = ", ".join(dict.fromkeys(f"{one.check}/{one.code}" for one in found))
    return f"{names} (`sscop check CHECK` or --advice says why, and what to do)"


def _checks(ids: Sequence[str]) -> str:
    """Their names, or how many there are: the other formats have all of them."""
    return ", ".join(ids) if len(ids) <= FEW else f"{len(ids)} checks"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _place(one: Reported) -> str:
    return printable(one.path) + (f":{one.line}" if one.line else "")


def _excused(report: Report) -> list[str]:
    """How many findings fail nothing for a time, of each kind, and the first day on which that ends."""
    kinds: dict[str, list[str]] = {}
    for one in report.excused():
        if one.waiver:
            kinds.setdefault("standing debts" if one.waiver.kind == "standing" else "waived", []).append(
                one.waiver.until
            )
    return [f"{kind}: {len(days)} (the first until {_clean(min(days))})" for kind, days in sorted(kinds.items())]


def _summary(
    report: Report,
    unmet: Sequence[Reported],
    lapsed: Sequence[Reported],
    unknown: Sequence[Reported],
    advised: Sequence[Reported],
    shown: bool,
) -> str:
    states = Counter(one.state.value for one in unmet if one.state)
    detail = f" ({', '.join(f'{count} {state}' for state, count in sorted(states.items()))})" if states else ""
    parts = [f"{len(unmet)} unmet{detail}", f"{len(unknown)} unknown"]
    parts[1:1] = [f"{len(lapsed)} lapsed"] if lapsed else []
    parts += _excused(report)
    if report.fixed:
        parts.append(f"{len(report.fixed)} fixed")
    if advised:
        parts.append(f"{len(advised)} advice" + ("" if shown else " (--advice shows it)"))
    if report.looked_at.not_counted:
        parts.append(f"{_files(len(report.looked_at.not_counted))} found but not counted")
    checks = sorted({one.check for one in [*unmet, *lapsed, *unknown]})
    more = f"; why and how: sscop explain {checks[0]}" if checks else ""
    return f"{', '.join(parts)}; verdict: {report.run.verdict} (exit {report.run.exit}){more}"


def _clean(text: str) -> str:
    """Text of the scanned repository, which must not drive the terminal: on one line, without control characters."""
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)
