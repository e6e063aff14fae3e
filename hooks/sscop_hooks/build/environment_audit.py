"""The environments that build are hardened by a guide, and audited again and again.

Why
---
A machine that builds is worth more to an attacker than the ones that it builds for. A hardening guide says what to turn
off; an assessment says whether it is off, on which machine, and when somebody looked.

What counts
-----------
Results of assessments in the repository: STIG checklists (`.ckl`, `.cklb`), XCCDF and ARF results, InSpec,
kube-bench, OSCAL assessment results, Lynis; SARIF of a configuration scanner where the tool policy names it. A
benchmark, profile or empty checklist is the question and no answer.

Of each benchmark and target the latest result counts: no failure of high, critical or unstated severity and at most a
tenth of the rules not reviewed, or what a `threshold.yaml` of SAF says; not older than the interval (twelve months, or
the setting); and at least two within the interval of each other, for one is no audit at intervals. The date is the
assessment's, never the benchmark's own; where the format has none, it is that of the file's last change.

The environments of the tool policy (see `tool-policy`) that name no evidence, or evidence that is not there, are
named. Evidence at an address is not fetched, so it is unknown. Results of test data do not count. Where all jobs run on
the platform's own machines and no environment is stated, there is nothing to audit here.

Everything here is advice, because the Code speaks of protecting the environment and names no audit.

How to fix
----------
Keep each result where it can be found, and say in the tool policy which environment it is about:

    environments:
      - name: release runners
        runners: [self-hosted-release]
        hardening: {guide: CIS Ubuntu 24.04 L1, evidence: security/hardening/release-2026-09.xml}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.hardening_results import hardening_results
from sscop.artefacts.nodes import Node, text
from sscop.artefacts.own_runners import own_runners
from sscop.artefacts.pipelines import activities
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.tool_policy import Environment, environments
from sscop.check import check
from sscop.judgement.hardening_results import Assessed, assessed, judge, threshold
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, not_applicable, unknown, unmet
from sscop.repository import Repository

SHORT = {"under-threshold", "result-overdue", "future-result"}


@check(
    title="Environments that build are hardened and audited",
    principles=("2.1",),
    options={"interval": "how long an assessment holds (12 months)"},
)
def environment_audit(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What each benchmark's results come to, and which environments have none."""
    interval = months(text(settings.get("interval")) or "12 months")
    if interval is None:
        yield unknown("setting", "`interval` is a length of time, such as 12 months")
        return
    stated = repo.once(environments)
    named = [str(path) for _, one in stated for path in one.evidence]
    found = hardening_results(repo, named)
    yield from (one.finding() for one in found if isinstance(one, Unread))
    files = [one for one in found if not isinstance(one, Unread)]
    groups: dict[tuple[str, str], list[Assessed]] = {}
    for path, results in files:
        for result in results:
            if result.definition:
                yield _definition(path, result.benchmark, result.line)
            else:
                groups.setdefault((result.benchmark, result.target), []).append(assessed(repo, path, result))
    limit = threshold(repo) if groups else None
    said = [one for held in groups.values() if limit for one in judge(held, limit, interval, today)]
    short = any(one.code in SHORT for one in said)  # one environment that is in order makes up for no other
    yield from (one for one in said if one.outcome is not Outcome.MET or not short)
    yield from _environments(repo, stated, {path for path, results in files if results})
    if not found and not stated:
        yield from _nothing(repo)


def _definition(path: str, benchmark: str, line: int) -> Finding:
    message = f"a benchmark (`{benchmark[:80]}`), and no result of an assessment by it"
    return unmet("definition", message, Evidence(path, line), kind=Kind.ADVICE, key=path, fix="keep a result beside it")


def _environments(
    repo: Repository, stated: tuple[tuple[str, Environment], ...], results: set[str]
) -> Iterator[Finding]:
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


def _nothing(repo: Repository) -> Iterator[Finding]:
    own = next(own_runners(repo.once(activities)), None)
    if own is None:
        yield not_applicable("no-own-environment", "found no machine of its own that builds, and no result of an audit")
        return
    path, label = own
    message = f"jobs run on machines of your own (`{label}`); found no result of an assessment of their hardening"
    fix = "assess them by a hardening guide (STIG, CIS) and keep the result"
    yield unmet(
        "no-result",
        message,
        Evidence(path, label.line),
        because=Because.ABSENT,
        kind=Kind.ADVICE,
        key="runners",
        fix=fix,
    )
