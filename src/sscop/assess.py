"""Run checks on a repository and make the report: compare with a base, settle claims, reach a verdict.

Everything is judged here and nowhere else; a reporter only shows it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sscop import __version__
from sscop.check import Check
from sscop.compare import as_reported, compare, in_order
from sscop.config import PATH as CONFIGURATION
from sscop.config import Config
from sscop.editions import LATEST
from sscop.exceptions import Exceptions
from sscop.lazy import NamedTuple
from sscop.model import Finding, Gate, Outcome, State, unknown
from sscop.outcomes import cited, declared, outcome, settled_claims
from sscop.platform import UNASKED, Fact, Platform
from sscop.report import Acceptance, CheckResult, Consulted, LookedAt, Report, Reported, Run, Subject
from sscop.repository import Repository

if TYPE_CHECKING:
    from sscop.artefacts.zizmor import Auditor


NONE = Exceptions()


class Asked(NamedTuple):
    """What a run was asked for: the day it judges by, the gate and where it comes from, the checks named by hand."""

    today: date
    fail_on: Gate
    named: tuple[str, ...] = ()
    base: str | None = None
    """In words why there is no base, where one was asked for and can't be had."""
    policy_changed: bool = False
    lapsed: bool = True
    """Whether what the calendar alone made unmet fails the run."""


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
    if config.exceptions != NONE:
        from sscop.excused import refine

        findings = refine(check.id, findings, config.exceptions, today)
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
    known_by = settled or base is not None or bool(config.exceptions.debts)
    found = in_order(reported for check, findings, _ in ran for reported in as_reported(check, findings, known_by))
    fixed: list[Reported] = []
    for were in answered[1:]:
        before = [reported for check, findings, _ in were for reported in as_reported(check, findings, known_by=True)]
        found, fixed = compare(found, before)
    found = _excused(repo, found, checks, config, asked.today, known_by)
    claims = settled_claims(ran, found, declared(repo, asked.today), config.product) if settled else ()
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
        claims=claims,
        checks=tuple(
            CheckResult(check.id, outcome(findings, not check.claims), tuple(check.claims))
            for check, findings, _ in ran
        ),
        findings=tuple(found),
        fixed=tuple(in_order(fixed)),
        platform=consulted,
        accepted=_accepted(config),
        cited=cited(repo, found, claims) if settled else (),
    )


def _excused(
    repo: Repository, found: list[Reported], checks: Sequence[Check], config: Config, today: date, known_by: bool
) -> list[Reported]:
    """The findings with what excuses them, and with what there is to say of the exceptions that are stated."""
    if config.exceptions == NONE:
        return found
    from sscop.excused import excuse
    from sscop.renewals import renewals

    by_id = {check.id: check for check in checks}
    marked, about = excuse(found, config.exceptions, today, by_id, lambda waiver: renewals(repo, waiver))
    told = [one for check, finding in about for one in as_reported(by_id[check], [finding], known_by)]
    return in_order([*marked, *told])


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
    failing = [one for one in found if one.fails and (asked.lapsed or not one.lapsed)]
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
        failing = [one for one in found if one.fails]
        return "unknown" if not failing else "lapsed" if all(one.lapsed for one in failing) else "unmet"
    return "nothing at the gate's level" if exit_code == 0 else "can't be trusted"


def _subject(repo: Repository, settled: bool, platform: Platform) -> Subject:
    facts = repo.facts
    told = str(platform.visibility.value) if platform.visibility.known else "unknown"
    dirty, url = (repo.dirty(), repo.url()) if settled else (None, "")
    return Subject(facts.revision, facts.commit, dirty, facts.shallow, told, facts.prefix, url)


def _accepted(config: Config) -> Acceptance | None:
    told = config.accepted
    if not told:
        return None
    begin, end = told["period"].split(" to ")
    return Acceptance(told["by-role"], told["on"], begin, end, told["residual-gaps"])


def _with_stated(platform: Platform, config: Config) -> Platform:
    """The platform's facts, with the configuration's word on visibility where the platform has not told."""
    stated = config.product.get("visibility")
    if platform.visibility.known or not stated:
        return platform
    return platform._replace(visibility=Fact(stated, "", CONFIGURATION))
