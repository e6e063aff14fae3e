"""Run checks on a repository and make the report: compare with a base, settle claims, reach a verdict.

Everything is judged here and nowhere else; a reporter only shows it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sscop import __version__
from sscop.check import Check
from sscop.config import PATH as CONFIGURATION
from sscop.config import Config
from sscop.editions import LATEST
from sscop.lazy import NamedTuple
from sscop.model import Because, Finding, Gate, Kind, Outcome, State, unknown
from sscop.platform import UNASKED, Fact, Platform
from sscop.report import CheckResult, ClaimResult, Consulted, LookedAt, Report, Reported, Run, Subject
from sscop.repository import Repository
from sscop.repository.text import printable

if TYPE_CHECKING:
    from sscop.artefacts.zizmor import Auditor
    from sscop.catalogue import Claim


class Asked(NamedTuple):
    """What a run was asked for: the day it judges by, the gate and where it comes from, the checks named by hand."""

    today: date
    fail_on: Gate
    named: tuple[str, ...] = ()
    base: str | None = None
    """In words why there is no base, where one was asked for and can't be had."""
    policy_changed: bool = False


def run(
    check: Check,
    repo: Repository,
    config: Config,
    today: date,
    platform: Platform = UNASKED,
    zizmor: Auditor | None = None,
) -> tuple[list[Finding], str]:
    """A check's findings, and why it could not run ("" when it could). A crash is an UNKNOWN finding, never silence."""
    supply = {
        "repo": repo,
        "settings": config.checks.get(check.id, {}),
        "today": today,
        "platform": platform,
        "zizmor": zizmor,
    }
    try:
        findings = list(check.run(**{name: supply[name] for name in check.needs}))
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the other checks still report
        reason = f"the check stopped unexpectedly ({origin(error)}); please report it"
        return [unknown("crashed", reason)], reason
    if not findings:
        reason = "the check gave no answer; please report it"
        return [unknown("silent", reason)], reason
    return findings, ""


def origin(error: BaseException) -> str:
    """The kind of an error and the place that it came from, without any text of the scanned repository."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f" at {os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else ""
    return f"{type(error).__name__}{place}"


def assess(
    checks: Sequence[Check],
    repo: Repository,
    config: Config,
    asked: Asked,
    base: Repository | None = None,
    settled: bool = True,
    platform: Platform = UNASKED,
    consulted: Consulted | None = None,
    zizmor: Callable[[Repository], Auditor] | None = None,
) -> Report:
    """The report of a run over the repository, and over the base where there is one, by the same tool and day.

    The platform's settings have no revisions, so that both are judged by the same ones. `settled` says whether anybody
    will look at the claims and fingerprints: they are a sixth of a hook's time.
    `zizmor` starts it on a repository; that happens first, so that it works beside the checks.
    """
    platform = _with_stated(platform, config)
    trees = [one for one in (repo, base) if one is not None]
    for one in trees:
        one.excluding(config.exclude)
    wanted = zizmor if any("zizmor" in check.needs for check in checks) else None
    auditors: list[Auditor | None] = []
    try:
        # One by one, so that those which were started are closed where a later one fails.
        auditors.extend(wanted(one) if wanted else None for one in trees)
        answered = [
            [(check, *run(check, one, config, asked.today, platform, auditor)) for check in checks]
            for one, auditor in zip(trees, auditors, strict=True)
        ]
    finally:
        for auditor in auditors:
            if auditor:
                auditor.close()
    ran = answered[0]
    found = _in_order(
        reported
        for check, findings, _ in ran
        for reported in _report(check, findings, known_by=settled or base is not None)
    )
    fixed: list[Reported] = []
    for were in answered[1:]:
        before = [reported for check, findings, _ in were for reported in _report(check, findings, known_by=True)]
        found, fixed = compare(found, before)
    could_not_run = tuple((check.id, reason) for check, _, reason in ran if reason)
    exit_code = verdict(found, len(repo), could_not_run, asked, compared=base is not None)
    return Report(
        version=__version__,
        edition=LATEST,
        run=Run(
            _words(exit_code, len(repo), could_not_run, found),
            exit_code,
            asked.fail_on,
            asked.today.isoformat(),
            base.facts.commit if base else asked.base,
            config.digest,
            asked.policy_changed,
        ),
        product=config.product,
        repository=_subject(repo, settled, platform),
        looked_at=LookedAt(
            len(repo), tuple(check.id for check in checks), could_not_run, tuple(sorted(repo.not_counted.items()))
        ),
        claims=_settled(ran) if settled else (),
        checks=tuple(
            CheckResult(check.id, outcome(findings, not check.claims), tuple(check.claims))
            for check, findings, _ in ran
        ),
        findings=tuple(found),
        fixed=tuple(_in_order(fixed)),
        platform=consulted,
    )


def outcome(findings: Iterable[Finding], advisory: bool = False) -> Outcome:
    """A check's outcome: a certain failure wins, then what could not be told, then what was seen.

    Of a check that gives nothing but advice (`advisory`), advice that was not followed counts where there is nothing
    else: something was looked for and not seen, which is not the same as not applicable. It fails no run.
    """
    found = list(findings)
    weighty = [one for one in found if one.kind is Kind.CLAIM or one.outcome is not Outcome.UNMET]
    outcomes = {one.outcome for one in (weighty or found if advisory else weighty)}
    for one in (Outcome.UNMET, Outcome.UNKNOWN, Outcome.MET):
        if one in outcomes:
            return one
    return Outcome.NOT_APPLICABLE


def fingerprint(check: str, finding: Finding, occurrence: int) -> str:
    """SHA-256 over check, code, path, key and the occurrence: nothing in it moves with a line or a version."""
    import hashlib

    parts = (check, finding.code, printable(finding.path), finding.key, str(occurrence))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _report(check: Check, findings: Sequence[Finding], known_by: bool) -> list[Reported]:
    """The findings with what a report says of each; with their fingerprints where somebody will know them by these."""
    seen: Counter[tuple[str, str, str]] = Counter()
    reported = []
    for finding in sorted(findings, key=lambda one: (one.path, one.line or 0, one.code, one.subject)):
        place = (finding.code, finding.path, finding.key)
        seen[place] += 1
        claims = (finding.about or tuple(check.claims)) if finding.kind is Kind.CLAIM else ()
        reported.append(
            Reported(
                check=check.id,
                code=finding.code,
                outcome=finding.outcome,
                because=finding.because,
                kind=finding.kind,
                claims=claims,
                message=finding.message,
                subject=finding.subject,
                key=finding.key,
                evidence=finding.evidence,
                fix=finding.fix,
                fingerprint=fingerprint(check.id, finding, seen[place]) if known_by else "",
            )
        )
    return reported


def _in_order(findings: Iterable[Reported]) -> list[Reported]:
    return sorted(findings, key=lambda one: (one.check, one.path, one.line or 0, one.code, one.subject))


def compare(head: Sequence[Reported], base: Sequence[Reported]) -> tuple[list[Reported], list[Reported]]:
    """The head's findings with their state, and the base's unmet claim findings that are fixed.

    A left-over new and fixed pair of the same check, code and key on different paths is one that moved. Where the
    head could not tell (a file that broke, a check that crashed), what the base had there is not fixed.
    """
    untold = {(one.check, one.path) for one in head if one.outcome is Outcome.UNKNOWN}
    before = {one.fingerprint for one in base if one.outcome is Outcome.UNMET}
    after = {one.fingerprint for one in head if one.outcome is Outcome.UNMET}
    gone: dict[tuple[str, str, str], list[Reported]] = {}
    for one in base:
        if one.outcome is Outcome.UNMET and one.fingerprint not in after:
            gone.setdefault((one.check, one.code, one.key), []).append(one)
    stated = []
    for one in head:
        if one.outcome is Outcome.UNMET:
            left = gone.get((one.check, one.code, one.key), [])
            if one.fingerprint in before:
                one = one._replace(state=State.STANDING)
            elif match := next((old for old in left if old.path != one.path), None):
                left.remove(match)
                one = one._replace(state=State.MOVED)
            else:
                one = one._replace(state=State.NEW)
        stated.append(one)
    left_over = [one for left in gone.values() for one in left if one.kind is Kind.CLAIM]
    return stated, [one for one in left_over if not untold & {(one.check, one.path), (one.check, "")}]


def verdict(
    found: Sequence[Reported],
    files: int,
    could_not_run: Sequence[tuple[str, str]],
    asked: Asked,
    compared: bool,
) -> int:
    """The exit code: 3 outranks all where the run can't be trusted, 1 where the gate's level is reached, else 0."""
    if could_not_run or not files or any(one.check in asked.named and one.code == "not-run" for one in found):
        return 3
    gate = asked.fail_on if compared or asked.fail_on is not Gate.NEW else Gate.GAP
    failing = [one for one in found if one.fails]
    if gate is Gate.NEVER:
        return 0
    if gate is Gate.NEW:
        failing = [one for one in failing if one.state is State.NEW]
    unknown_fails = gate is Gate.UNKNOWN and any(one.outcome is Outcome.UNKNOWN for one in found)
    return 1 if failing or unknown_fails else 0


def _words(exit_code: int, files: int, could_not_run: Sequence[tuple[str, str]], found: Sequence[Reported]) -> str:
    if could_not_run:
        return f"can't be trusted: {', '.join(check for check, _ in could_not_run)} could not run"
    if not files:
        return "can't be trusted: nothing was looked at, the repository lists no files"
    if exit_code == 1:
        return "unmet" if any(one.fails for one in found) else "unknown"
    return "nothing at the gate's level" if exit_code == 0 else "can't be trusted"


def _subject(repo: Repository, settled: bool, platform: Platform) -> Subject:
    facts = repo.facts
    told = str(platform.visibility.value) if platform.visibility.known else "unknown"
    return Subject(facts.revision, facts.commit, repo.dirty() if settled else None, facts.shallow, told, facts.prefix)


def _with_stated(platform: Platform, config: Config) -> Platform:
    """The platform's facts, with the configuration's word on visibility where the platform has not told."""
    stated = config.product.get("visibility")
    if platform.visibility.known or not stated:
        return platform
    return platform._replace(visibility=Fact(stated, "", CONFIGURATION))


def _settled(ran: Sequence[tuple[Check, list[Finding], str]]) -> tuple[ClaimResult, ...]:
    from sscop.catalogue import code

    return tuple(_settle(claim, ran) for claim in code().claims.values())


def _settle(claim: Claim, ran: Sequence[tuple[Check, list[Finding], str]]) -> ClaimResult:
    from sscop.claims import Seen, settle

    seen = [
        Seen(check.id, check.claims[claim.slug], outcome(bearing), _because(bearing))
        for check, findings, _ in ran
        if claim.slug in check.claims
        for bearing in [[finding for finding in findings if _bears_on(finding, claim.slug)]]
    ]
    settled = settle(seen, enough=claim.supporting_set)
    return ClaimResult(
        claim.slug, claim.number, claim.principle, claim.scope, settled.status, settled.because,
        tuple(one.check for one in seen), settled.weakened_by,
    )  # fmt: skip


def _bears_on(finding: Finding, slug: str) -> bool:
    return finding.kind is Kind.CLAIM and (not finding.about or slug in finding.about)


def _because(findings: Iterable[Finding]) -> frozenset[Because]:
    return frozenset(one.because for one in findings if one.because)
