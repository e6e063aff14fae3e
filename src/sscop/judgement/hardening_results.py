"""Whether results of hardening assessments are good enough, current, and repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.hardening_results.model import Result, Status
from sscop.artefacts.hardening_results.thresholds import Threshold
from sscop.artefacts.prose.dates import months_after
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.repository import Repository

LONGEST = 100
"""Characters of a name that are shown."""
SHARE = 10
"""Percent of the rules that nobody may have reviewed, where no threshold says."""

_OF_SOFTWARE = lazily(
    r"\bapplication security and development\b|\bapplication security verification\b|\bapp(?:lication)? code\b"
    r"|\b(?:grype|burp ?suite|snyk|sonarqube|zap scan|owasp zap|nikto|fortify|jfrog|xray|veracode|checkmarx|gosec)\b"
    r"|\b(?:trivy findings|cyclonedx|dependency.?(?:check|track)|trufflehog|neuvector|twistlock|semgrep|codeql)\b",
    re.IGNORECASE,
)


class Assessed(NamedTuple):
    """A result with its file, its day, and whether the day is only the file's last change."""

    path: str
    result: Result
    day: date | None
    by_history: bool


def assessed(repo: Repository, results: Iterable[tuple[str, Result]]) -> list[Assessed]:
    """Results with the days of their assessments, which for some formats only the files' history tells."""
    held = list(results)
    changes = repo.last_changes(path for path, result in held if result.day is None)
    return [
        Assessed(path, result, result.day or (changes[path][0] if path in changes else None), result.day is None)
        for path, result in held
    ]


def of_software(result: Result) -> bool:
    """Whether it is about software, by its benchmark: the same formats serve what scans code and components."""
    return bool(_OF_SOFTWARE.search(result.benchmark[:300]))


def judge(
    held: Sequence[Assessed], limit: Threshold, months: int, today: date, whose: Mapping[str, Sequence[str]] = {}
) -> Iterator[Finding]:
    """What is to be said of the results of one benchmark and target, the latest of them and how often there are any.

    `whose` are the environments that each file is said to be the result of.
    """
    last = max(held, key=lambda one: one.day or date.min)
    result, place = last.result, Evidence(last.path, last.result.line, date=last.day.isoformat() if last.day else None)
    name = f"{result.benchmark or result.format}{f' {result.version}' if result.version else ''}"
    about = f"`{name[:LONGEST]}`{f' on `{result.target[:LONGEST]}`' if result.target else ''}"
    named = dict.fromkeys(environment for one in held for environment in whose.get(one.path, ()))
    about += f", environment {', '.join(f'`{one}`' for one in named)}" if named else ""
    when = f"{last.day} (when the file last changed)" if last.by_history else f"{last.day}"
    bad = list(_short(result, limit, about))
    for message, fix in bad:
        yield unmet("under-threshold", message, place, kind=Kind.ADVICE, subject=name, key=name, fix=fix)
    if last.day is None:
        why = "the format has no date of the assessment, and there is no history here to tell the file's"
        yield unknown("undated", f"{about}: {why}", place, key=name)
        return
    if last.day > today:
        message = f"{about}: assessed on {last.day}, which is to come"
        yield unmet("future-result", message, place, kind=Kind.ADVICE, because=Because.CONTRADICTED, key=name)
        return
    due = months_after(last.day, months)
    if due < today:
        message = f"{about}: last assessed on {when}; the next one was due by {due}"
        yield unmet(
            "result-overdue", message, place, kind=Kind.ADVICE, key=name, fix="assess it again and keep the result"
        )
        return
    days = sorted({one.day for one in held if one.day})
    if len(days) < 2 or months_after(days[-2], months) < days[-1]:
        message = f"{about}: found one result, of {when}; regular needs two within {months} months"
        yield unmet("once", message, place, kind=Kind.ADVICE, key=name, fix="keep the results of each assessment")
    if not bad:
        shown = (
            Status.PASSED,
            Status.FAILED,
            *([Status.ERROR] if result.of(Status.ERROR) else []),
            Status.NOT_REVIEWED,
        )
        told = ", ".join(f"{result.of(one)} {one.value}" for one in shown)
        message = f"{about}: assessed on {when}, {told}"
        yield met("assessed", message, place, subject=name, key=name)


def _short(result: Result, limit: Threshold, about: str) -> Iterator[tuple[str, str]]:
    """What falls short of a threshold: in words, and what to do."""
    by = f" ({limit.path})" if limit.path else ""
    passed, unread = result.of(Status.PASSED), result.of(Status.NOT_REVIEWED)
    judged = passed + unread + result.of(Status.FAILED) + result.of(Status.ERROR)
    if not judged:
        why = "no rule of it applied" if result.rules else "holds no rule's result"
        yield f"{about}: {why}", "keep the result of an assessment, not the empty form"
        return
    for bound in limit.bounds:
        number, severity = (
            bound.counted(result, limit.errors),
            f" of severity {bound.severity}" if bound.severity else "",
        )
        if bound.least and number < bound.number:
            yield f"{about}: {number} {bound.status.value}{severity}, at least {bound.number:g}{by}", "mend what failed"
        elif not bound.least and number > bound.number:
            fix = "mend them, or record why they stand"
            yield f"{about}: {number} {bound.status.value}{severity}, at most {bound.number:g}{by}", fix
    if limit.least is not None and 100 * passed < limit.least * judged:
        yield f"{about}: {100 * passed // judged} % passed, at least {limit.least:g} %{by}", "mend what failed"
    if not limit.reviewed and 100 * unread > SHARE * result.rules:
        share = 100 * unread // result.rules
        yield f"{about}: {share} % of the rules were not reviewed", "review them: an open question is no pass"
