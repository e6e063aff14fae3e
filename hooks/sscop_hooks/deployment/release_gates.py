"""A release cannot skip the tests.

Why
---
A security update is made in a hurry. If the pipeline that publishes does not itself wait for the tests, one tag on the
wrong commit, or one release made by hand, puts untested code on customers' machines.

What counts
-----------
Every step that publishes (registries, images, charts, files of a release, app stores; also the images of a service that
its owner runs). It must wait for tests that can fail it:

- in its own job, before it, or in a job that it needs, directly or through others;
- by its tool: Maven's lifecycle up to `deploy`, npm's `prepublishOnly` and its like (publishing by hand too), hooks
  of GoReleaser;
- in the pipeline that starts it (`workflow_run`), where a condition asks for success;
- on pull requests, where it publishes at a push to the default branch and the platform requires its status checks.

Inadequate: a pipeline that a tag, a release or a person starts and that holds no test, even where tests run on the
branch (the tag may be anywhere); tests whose failing is ignored; `if: always()` on the job that publishes;
`-DskipTests`; an input such as `skip_tests`; a guide or script for releasing by hand without a word of tests. A Helm
chart beside images that were tested is advice.

Where nothing is published, the steps that deploy a service count instead, since to deploy is to release it to all its
customers: met where they wait for tests, and else not told, because another pipeline may have tested what they bring.

Not told: tests in another repository's workflow, pipelines of systems that are not read, whether status checks are
required (a setting; see `--platform`), and whether people follow a guide. Not applicable: nothing is released or run.

How to fix
----------
    on: {push: {tags: ["v*"]}}
    jobs:
      test:
        uses: ./.github/workflows/ci.yml
      publish:
        needs: test
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.check import ESTABLISHES, check
from sscop.judgement.release_gates import findings
from sscop.model import Finding
from sscop.platform import Platform
from sscop.repository import Repository


@check(title="A release cannot skip the tests", claims={"updates-tested": ESTABLISHES})
def release_gates(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """What stands between a change and each step that publishes it."""
    yield from findings(repo, platform)
