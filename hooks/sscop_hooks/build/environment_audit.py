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
tenth of the rules not reviewed, or what a `threshold.yaml` of SAF says, if all of it is understood; not older than the
interval (twelve months, or the setting); and at least two within the interval of each other, for one is no audit at
intervals. The date is the assessment's, never the benchmark's own; where the format has none, it is that of the file's
last change.

A result stands for the environments of the tool policy (see `tool-policy`) that name it as their evidence, and their
`review-every` is its interval; one that none names may be about the product. Environments that name no evidence, or
evidence that is not there, are named. Evidence at an address is not fetched, so it is unknown. Results of tests,
examples and templates do not count.

Without any result, machines of your own that build are looked for: self-hosted runners and pools, images of runners,
Packer. Where a system builds whose machines are its owner's affair (Jenkins, GitLab jobs with tags of their own), the
answer is unknown. Where all jobs run on the platform's own machines, no image of a runner is made here and no
environment is stated, there is nothing to audit here.

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
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.tool_policy import environments
from sscop.check import check
from sscop.judgement.build_environments import evidence, judged
from sscop.model import Finding, unknown
from sscop.repository import Repository

USUAL = 12


@check(
    title="Environments that build are hardened and audited",
    principles=("2.1",),
    options={"interval": "how long an assessment holds (12 months)"},
)
def environment_audit(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What each benchmark's results come to, and which environments have none."""
    set_by = text(settings.get("interval"))
    given = months(set_by) if set_by else None
    if set_by and given is None:
        yield unknown("setting", "`interval` is a length of time, such as 12 months")
        return
    stated = repo.once(environments)
    yield from judged(repo, hardening_results(repo, evidence(stated)), stated, given, USUAL, today)
