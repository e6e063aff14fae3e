"""The environments that build are hardened by a guide, and audited again and again.

Why
---
A machine that builds is worth more to an attacker than the ones that it builds for. A hardening guide says what to turn
off; an assessment says whether it is off, on which machine, and when somebody looked.

What counts
-----------
Results of assessments in the repository: STIG checklists (`.ckl`, `.cklb`), XCCDF and ARF results, InSpec,
kube-bench, docker-bench, OSCAL assessment results, Lynis; SARIF of a configuration scanner where the tool policy names
it. A benchmark, profile or empty checklist is the question and no answer. Results about software (a scan of code or of
components, an application's checklist) say nothing of what builds it.

Of each benchmark and target the latest result counts: no failure of high, critical or unstated severity and at most a
tenth of the rules not reviewed, or what a `threshold.yaml` of SAF says; not older than the interval (twelve months, or
the setting); and at least two within the interval of each other, for one is no audit at intervals. The date is the
assessment's, never the benchmark's own; where the format has none, it is that of the file's last change.

A result stands for the environments of the tool policy (see `tool-policy`) that name it as their evidence, and their
`review-every` is its interval; one that none names may be about the product. Environments that name no evidence, or
evidence that is not there, are named. Evidence at an address is not fetched, so it is unknown. Results of tests,
examples and templates do not count. Where all jobs run on the platform's own machines, no image of a runner is made
here and no environment is stated, there is nothing to audit here.

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
from sscop.artefacts.hardening_results.model import Result
from sscop.artefacts.nodes import Node, text
from sscop.artefacts.own_runners import own_machines
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.tool_policy import environments
from sscop.check import check
from sscop.judgement.hardening_results import Assessed, assessed, environments_without, judge, of_software, threshold
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, not_applicable, unknown, unmet
from sscop.repository import Repository

SHORT = {"under-threshold", "result-overdue", "future-result", "unvouched", "no-evidence"}


@check(
    title="Environments that build are hardened and audited",
    principles=("2.1",),
    options={"interval": "how long an assessment holds (12 months)"},
)
def environment_audit(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What each benchmark's results come to, and which environments have none."""
    set_by = text(settings.get("interval"))
    interval = months(set_by or "12 months")
    if interval is None:
        yield unknown("setting", "`interval` is a length of time, such as 12 months")
        return
    stated = repo.once(environments)
    whose: dict[str, list[str]] = {}
    every: dict[str, int] = {}
    for _, environment in stated:
        for path in map(str, environment.evidence):
            whose.setdefault(path, []).append(environment.name)
            every[path] = min(every.get(path, 1200), months(environment.review.every) or interval)
    found = hardening_results(repo, whose)
    yield from (one.finding() for one in found if isinstance(one, Unread))
    results = [(path, one) for it in found if not isinstance(it, Unread) for path, held in [it] for one in held]
    software = [(path, one) for path, one in results if of_software(one) and path not in whose]
    definitions = [(path, one) for path, one in results if one.definition and not of_software(one)]
    groups: dict[tuple[str, str], list[Assessed]] = {}
    for path, result in results:
        if not result.definition and (path in whose or not of_software(result)):
            groups.setdefault((result.benchmark, result.target), []).append(assessed(repo, path, result))
    said = list(environments_without(repo, stated, {one.path for held in groups.values() for one in held}))
    for held in groups.values():
        holds = interval if set_by else min(every.get(one.path, interval) for one in held)
        said += judge(held, repo.once(threshold), holds, today, whose)
    short = any(one.code in SHORT for one in said)  # one environment that is in order makes up for no other
    yield from (one for one in said if one.outcome is not Outcome.MET or not short)
    if definitions and not groups:
        message, place = _first(definitions, "benchmark {}; found no result of an assessment by it")
        fix = "keep the result of an assessment by it"
        yield unmet("definition", message, place, kind=Kind.ADVICE, key="definition", fix=fix)
    if software:
        message, place = _first(software, "{}: about software, not about an environment that builds")
        yield Finding(Outcome.NOT_APPLICABLE, "of-software", message, (place,))
    if not (groups or definitions or stated) and not any(isinstance(one, Unread) for one in found):
        yield from _nothing(repo)


def _first(found: list[tuple[str, Result]], message: str) -> tuple[str, Evidence]:
    path, first = found[0]
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return message.format(f"`{first.benchmark[:80]}`{others}"), Evidence(path, first.line)


def _nothing(repo: Repository) -> Iterator[Finding]:
    own = next(own_machines(repo), None)
    if own is None:
        yield not_applicable("no-own-environment", "found no machine of its own that builds, and no result of an audit")
        return
    message = f"{own.said}; found no result of an assessment of how they are hardened"
    fix = "assess them by a hardening guide (STIG, CIS) and keep the result"
    place = Evidence(own.path, own.line)
    yield unmet("no-result", message, place, because=Because.ABSENT, kind=Kind.ADVICE, key="runners", fix=fix)
