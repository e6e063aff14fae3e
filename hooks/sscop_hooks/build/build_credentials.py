"""Pipelines get their credentials from a store, for one step, and for a short time.

Why
---
A key that a pipeline holds is worth more than the code: it opens the cloud, the registry, the next system. A key that
never expires, that every step can read, or that stands in the file is found by whoever takes over any one of them.
With a federated identity the pipeline proves who it is and gets a key for minutes, bound to its repository and branch.

What counts
-----------
Every credential in workflows, actions and other pipelines, at its line.

Contradicted: a token in the text of a file; secrets beside the code of a fork (a workflow for `pull_request_target`,
`workflow_run` or `issue_comment` that checks out what the outsider wrote and goes on with secrets, or with the right
to prove to a cloud that it is the pipeline). Where a condition on who wrote, labelled or merged it, or an environment,
stands before that, it is only not enough; where nothing but this repository's own branches pass, it is no finding.

Not enough: long-lived keys of AWS, Azure or Google Cloud where the pipeline could prove who it is; a secret in the
`env:` of a whole workflow with several jobs; all secrets at once (`toJSON(secrets)`); a secret as a build argument,
which stays in the image's history.

Advice, which never fails: a secret in the `env:` of a whole job, pasted into a script, handed on by `secrets: inherit`
to another repository's workflow, and tokens for registries that know trusted publishing or take the workflow's own.

Unknown: credentials that GitLab, Azure Pipelines or CircleCI keep as variables or contexts (no file shows how), and
every pipeline of a system that is not read, such as Jenkins.

The workflow's own token is not a secret in this sense; see `workflow-permissions`. Test services' passwords are none
either.

How to fix
----------
Let the cloud trust the pipeline's identity (OpenID Connect), and give each secret to the step that needs it:

    permissions: {id-token: write}
    steps:
      - uses: aws-actions/configure-aws-credentials@<commit>
        with: {role-to-assume: "arn:aws:iam::<account>:role/<role>", aws-region: eu-west-2}

Change every credential that stood in a file: history keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.pipeline_credentials import uses
from sscop.check import SUPPORTS, check
from sscop.judgement.credentials import ROLE, STORED, judged
from sscop.model import Finding
from sscop.repository import Repository


@check(title="Pipelines' credentials are stored, narrow and short-lived", claims={STORED: SUPPORTS, ROLE: SUPPORTS})
def build_credentials(repo: Repository) -> Iterator[Finding]:
    """One finding for each credential that is held badly, and one for each of what is in order."""
    yield from judged(repo.once(uses))
