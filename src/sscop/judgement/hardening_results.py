"""Whether results of hardening assessments are good enough, current, and repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.hardening_results.model import Result, Status
from sscop.artefacts.nodes import Node, load, mapping, text
from sscop.artefacts.prose.dates import months_after
from sscop.artefacts.tool_policy import Environment
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, unknown, unmet
from sscop.repository import Repository

THRESHOLDS = ("threshold.{yml,yaml}", "**/{security,compliance,hardening,inspec,saf}/**/*threshold*.{yml,yaml}")
SEVERITIES = ("critical", "high", "medium", "low")
SHARE = 10
"""Percent of the rules that nobody may have reviewed, where no threshold says."""


class Threshold(NamedTuple):
    """How much is good enough: a least percentage of passes, and a greatest number of failures by severity."""

    path: str
    least: int | None
    most: Mapping[str, int]


DEFAULT = Threshold("", None, {"critical": 0, "high": 0, "unknown": 0})
"""What has no severity may have a high one."""


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


def assessed(repo: Repository, path: str, result: Result) -> Assessed:
    """A result with the day of its assessment, which for some formats only the file's history tells."""
    changed = repo.last_change(path) if result.day is None else None
    return Assessed(path, result, result.day or (changed[0] if changed else None), changed is not None)


def threshold(repo: Repository) -> Threshold:
    """What the repository says is good enough, in the vocabulary of SAF's threshold files, else DEFAULT."""
    for path in repo.find(*THRESHOLDS):
        node = repo.parse(path, load)
        if isinstance(node, Unread) or not {"compliance", "failed"} & set(mapping(node)):
            continue
        failed = mapping(mapping(node).get("failed"))
        most = {
            name: number for name in SEVERITIES if (number := _number(mapping(failed.get(name)).get("max"))) is not None
        }
        return Threshold(path, _number(mapping(mapping(node).get("compliance")).get("min")), most)
    return DEFAULT


def _number(node: Node | None) -> int | None:
    given = text(node) or ""
    return int(given) if given.isdecimal() and len(given) < 6 else None


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
    about = f"`{name}` on `{result.target}`" if result.target else f"`{name}`"
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
        told = ", ".join(f"{result.of(one)} {one.value}" for one in (Status.PASSED, Status.FAILED, Status.NOT_REVIEWED))
        message = f"{about}: assessed on {when}, {told}"
        yield met("assessed", message, place, subject=name, key=name)


def environments_without(
    repo: Repository, stated: tuple[tuple[str, Environment], ...], results: set[str]
) -> Iterator[Finding]:
    """The environments of the policies that name no result; `results` are the files that hold one."""
    for path, one in stated:
        place = Evidence(path, one.line)
        gone = [str(it) for it in one.evidence if "://" not in it and it not in results]
        fix = "name the result of its last assessment under `hardening: {evidence: ...}`"
        if not one.evidence:
            message = f"environment `{one.name}` names no result of an assessment"
            yield unmet("unvouched", message, place, kind=Kind.ADVICE, subject=one.name, key=one.name, fix=fix)
        if len(gone) < len(one.evidence) and not results & {str(it) for it in one.evidence}:
            yield unknown(
                "elsewhere", f"the evidence of environment `{one.name}` is kept elsewhere", place, key=one.name
            )
        for it in gone:
            what = "is no result that is read here" if repo.has(it) else "is not there"
            message = f"environment `{one.name}` is said to be assessed by `{it}`, which {what}"
            yield unmet(
                "no-evidence",
                message,
                place,
                kind=Kind.ADVICE,
                because=Because.CONTRADICTED,
                key=f"{one.name} {it}",
                fix=fix,
            )


def _short(result: Result, limit: Threshold, about: str) -> Iterator[tuple[str, str]]:
    """What falls short of a threshold: in words, and what to do."""
    by = f" ({limit.path})" if limit.path else ""
    looked = result.of(Status.PASSED) + result.of(Status.FAILED)
    unread = result.of(Status.NOT_REVIEWED)
    if not result.rules:
        yield f"{about}: holds no rule's result", "keep the result of an assessment, not the empty form"
        return
    for severity, most in limit.most.items():
        failed = result.of(Status.FAILED, severity)
        if failed > most:
            yield (
                f"{about}: {failed} failed of severity {severity}, at most {most}{by}",
                "mend them, or record why they stand",
            )
    if limit.least is not None and looked + unread and 100 * result.of(Status.PASSED) < limit.least * (looked + unread):
        share = 100 * result.of(Status.PASSED) // (looked + unread)
        yield f"{about}: {share} % passed, at least {limit.least} %{by}", "mend what failed"
    elif limit.least is None and 100 * unread > SHARE * result.rules:
        share = 100 * unread // result.rules
        yield f"{about}: {share} % of the rules were not reviewed", "review them: an open question is no pass"
