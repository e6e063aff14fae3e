"""New components are scanned and tested before they are merged.

Why
---
A new package brings its authors, its own packages and its known vulnerabilities into the product. The cheapest moment
to turn it away is the pull request that adds it; a scan at night or after the merge only says what is already in.

What counts
-----------
On pull requests into the default branch, in steps that can fail:

- a scan of components for known vulnerabilities: GitHub's dependency review, OSV-Scanner, Snyk, Trivy, Grype, OWASP
  Dependency-Check, and the package managers' own (`npm audit`, `pip-audit`, `cargo audit`, `govulncheck`,
  `bundler-audit`, `composer audit` ...); also where a script, a make target, tox or a commit hook that the pipeline
  runs starts it. Results that are sent to GitHub's code scanning count, because they are shown at the change;
- tests. That none were found is advice here, because the check `tests-in-ci` says so; tests whose failing is ignored
  are inadequate.

A scan that runs only on a schedule, after a push or at a release, that never runs, or whose failing is ignored
(`|| true`, `continue-on-error`, Trivy without `exit-code`, `snyk monitor`) is inadequate, at its line. A scanner of one
package manager leaves the packages of others unscanned. Dependabot and Renovate propose updates of what is there, which
is no review of what is new.

A reusable workflow or action of another repository is not read: what is by its name a scan, or leaves it open
("quality", "checks"), is unknown. Scans that are
switched on in a service alone (a GitHub App) don't show in files. Where no manifest names third-party packages, the
check does not apply.

How to fix
----------
On GitHub, with the dependency graph on:

    on: pull_request
    permissions: {contents: read}
    jobs:
      review:
        runs-on: ubuntu-24.04
        steps:
          - uses: actions/checkout@<commit>
          - uses: actions/dependency-review-action@<commit>
            with: {fail-on-severity: high}

Elsewhere, run `osv-scanner scan source -r .` or the package manager's audit beside the tests, and let it fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.check import SUPPORTS, check
from sscop.judgement.dependency_review import findings
from sscop.model import Finding
from sscop.repository import Repository


@check(
    title="New components are scanned and tested before the merge",
    claims={"components-tested-first": SUPPORTS},
)
def dependency_review(repo: Repository) -> Iterator[Finding]:
    """What scans components on pull requests, and what tests them."""
    yield from findings(repo)
