"""Tests run on every pull request.

Why
---
Tests that somebody has to remember are not run on the day that matters. A pipeline that runs them on each proposed
change finds a fault before it is merged, and the record of the run shows that it did.

What counts
-----------
A step that runs tests, in a pipeline that pull requests into the default branch start (or pushes to every branch):
GitHub workflows with the composite actions and reusable workflows of this repository, GitLab with local includes and
child pipelines, Azure with local templates, CircleCI with inline commands. Commands are followed into `make`, `just`,
`task`, npm, tox, nox and other scripts of the repository, so `make test` counts for what its recipe runs. A script that
is named for its tests counts by its name where its language is not read.

Inadequate: tests only after the merge, on a schedule or by hand; a branch filter that leaves out the default branch; a
path filter that leaves out a third of the source files or more (fewer is advice, and `paths-ignore: docs/**` is
fine); tests whose failing fails nothing (`continue-on-error: true`, `|| true`, `allow_failure: true`); `if: false`; a
target that only prints. A condition on what changed, on the matrix or on the repository is no restriction.

Not told: tests in another repository's workflow, template or include, in a script in a language that is not read, in
a pipeline of a system that is not read (Jenkins, Buildkite, Prow ...) or that the README names. These are named.

Whether a failing pipeline stops the merge is a setting of the platform (required status checks, "pipelines must
succeed"), which no file shows: check it once.

How to fix
----------
    on:
      pull_request:
    jobs:
      test:
        runs-on: ubuntu-latest
        steps:
          - uses: actions/checkout@<commit>
          - run: make test

In GitLab a job without `rules` runs for every push to a branch; with rules, add
`if: $CI_PIPELINE_SOURCE == "merge_request_event"`. In Azure `pr: none` turns pull requests off.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.pipelines import activities
from sscop.check import ESTABLISHES, check
from sscop.judgement.tests_in_ci import findings
from sscop.model import Finding
from sscop.repository import Repository


@check(title="Tests run on every pull request", claims={"tests-automated": ESTABLISHES})
def tests_in_ci(repo: Repository) -> Iterator[Finding]:
    """What the pipelines run on pull requests, or what comes closest."""
    yield from findings(repo, repo.once(activities))
