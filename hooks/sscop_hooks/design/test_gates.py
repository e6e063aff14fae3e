"""A failing test fails the pipeline.

Why
---
A test whose failing is ignored finds faults that nobody hears of: the pipeline is green, and what was found stays. One
`|| true` that was added to get a release out is easily kept for years.

What counts
-----------
Every step that runs tests, in every pipeline that is read (GitHub, GitLab, Azure, CircleCI; through `make`, npm and
other scripts), whose failing fails nothing:

- in the notation: `continue-on-error: true` on step or job, `allow_failure: true`, `continueOnError: true`, a child
  pipeline without `strategy: depend`, tests in `after_script`;
- in the command: `|| true`, `|| echo ...`, a `-` before a recipe's line or a tox command, `set +e` without looking at
  `$?`, a later command that decides in a shell that goes on (Azure's, a script without `set -e`), a pipe into `tee` and
  its like where `pipefail` is off (GitHub's default shell; `shell: bash` turns it on);
- in the tool: `-Dmaven.test.failure.ignore`, `testFailureIgnore` in a pom.xml, `ignoreFailures = true` in a test task
  of Gradle, `--exit-zero`, `--soft-fail`, `--suppress-exit-code` and their like.

Fair, and shown as advice at most: an expression (`continue-on-error: ${{ matrix.experimental }}`), a job, step or
comment that says what is meant (nightly, flaky, experimental, allowed to fail), a static analysis or a scan of
components. Nothing is said of a step whose outcome is asked for later (`steps.test.outcome`, `|| status=$?`), of
uploads, and of tests that are skipped. A job that runs always and only prints after the tests is advice: required as a
status check it lets failing tests through.

Whether the platform requires the pipeline before a merge is a setting that no file shows.

How to fix
----------
Drop what hides the failure. Move tests that are known to fail into a job of their own that says so, with an issue for
each, and mark them in the test tool (`xfail`, `@Disabled`, `t.Skip`), where they are counted. For a log of the output:

    - run: pytest 2>&1 | tee pytest.log
      shell: bash        # bash with -e and pipefail
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.pipelines import activities
from sscop.check import SUPPORTS, check
from sscop.judgement.gate_findings import findings
from sscop.model import Finding
from sscop.repository import Repository


@check(title="A failing test fails the pipeline", claims={"defects-addressed": SUPPORTS})
def test_gates(repo: Repository) -> Iterator[Finding]:
    """Every test step whose failing is ignored, and one finding for the rest."""
    yield from findings(repo, repo.once(activities))
