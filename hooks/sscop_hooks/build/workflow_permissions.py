"""Pipelines get tokens that can do no more than the job needs.

Why
---
Every job of a workflow holds a token, and with it whatever runs in the job: your code, its dependencies' install
scripts, an action that was taken over. What the token may do decides how far that reaches: to read the sources, or to
push to the release branch and publish packages.

What counts
-----------
The `permissions:` of every workflow and job, at their line. Declared at the top or by every job is the same in effect.
A workflow that only others call takes its caller's token, and a called workflow of this repository that declares for
itself needs nothing from its caller.

Not enough: no declaration (the repository's setting then decides, often everything; where the platform was asked and
says that the setting is read, that counts); `write-all`; writing given at the top of a workflow to several jobs of
which some show no need of it; a level or word that does not exist.

Advice, which never fails: `read-all`, and a write permission that nothing in its job seems to need.

Only GitHub's workflows say this in files; the job tokens of other systems are settings of the platform.

How to fix
----------
Give the workflow what most jobs need, and the exceptions to the jobs that need them:

    permissions:
      contents: read
    jobs:
      release:
        permissions:
          contents: write
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.workflow import load_workflow, workflow_paths
from sscop.check import SUPPORTS, check
from sscop.judgement.permissions import Judged, judge
from sscop.model import Evidence, Finding, Unread, met, not_applicable, unmet
from sscop.platform import Platform
from sscop.repository import Repository


@check(title="Pipelines' tokens can do no more than needed", claims={"build-role-credentials": SUPPORTS})
def workflow_permissions(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """One finding for each thing that is given too widely, and one for what is in order."""
    declared = bad = 0
    places = []
    for path in workflow_paths(repo):
        workflow = repo.parse(path, load_workflow)
        if isinstance(workflow, Unread):
            if not repo.gone(workflow):
                bad += 1
                yield workflow.finding()
            continue
        problems = list(judge(repo, path, workflow, platform.workflow_permissions))
        yield from (one.finding() if isinstance(one, Unread) else _finding(path, one) for one in problems)
        declared += 1
        bad += any(isinstance(one, Unread) or not one.advice for one in problems)
        places.append(Evidence(path, workflow.node.get("permissions", workflow.node).line))
    if not declared and not bad:
        yield not_applicable("no-workflows", "found no GitHub workflow; other systems' job tokens are no files' matter")
    elif not bad:
        message = f"workflows whose jobs' tokens are declared, and no wider than they seem to need: {declared}"
        yield met("least-privilege", message, *places[:5])


def _finding(path: str, found: Judged) -> Finding:
    return unmet(
        found.code, found.message, Evidence(path, found.line), kind=found.kind, subject=found.subject,
        key=found.subject, fix=found.fix,
    )  # fmt: skip
