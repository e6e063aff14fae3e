"""Weaknesses in the code are looked for by machine: static analysis, fuzzing, negative tests.

Why
---
Tests show that the software does what it should. Static analysis, fuzzing and tests with hostile input look for what it
should not do: take a query apart, read past a buffer, trust a name. Machines do this at every change, tirelessly.

What counts
-----------
Met: a static analyser of the language that most of the source is in runs on pull requests, and what it finds is seen
there. CodeQL (`analyze`, with `init` naming the language), Semgrep, SonarQube, Bandit, gosec, Brakeman, SpotBugs,
Psalm's taint analysis, clang-tidy, Cppcheck, Coverity and others; linters only where their configuration applies
security rules (gosec in golangci-lint, ruff's `S`, ESLint's security plugins); for Terraform, Checkov, Trivy and the
like. Also where a script, a make target, tox or a commit hook that the pipeline runs starts it.

Inadequate: it runs only after the merge or on a schedule, its failing is ignored and its results go nowhere, it reads
another language, or it sits in commit hooks alone. `upload-sarif` without an analyser, and `init` without `analyze`,
are no analysis.

Shown as well: fuzzing (in pipelines, or fuzz targets that OSS-Fuzz may run), dynamic analysis (ZAP, Nuclei, sanitizers,
`go test -race`, Valgrind, Miri), and tests whose names say that they give what must be turned away. That none was seen
is advice: what does not parse foreign input needs no fuzzer.

CodeQL's default set-up, SonarCloud's and Snyk's own analysis are switched on in the service and leave no file: "found
no" means the files. A reusable workflow or action of another repository is not read: what may by its name be an
analysis is unknown.

How to fix
----------
On GitHub, CodeQL's default set-up takes two clicks (then say so in the assessment, because files don't show it), or:

    on: {pull_request: , push: {branches: [main]}, schedule: [{cron: "23 4 * * 1"}]}
    jobs:
      codeql:
        runs-on: ubuntu-24.04
        permissions: {contents: read, security-events: write}
        steps:
          - uses: actions/checkout@<commit>
          - uses: github/codeql-action/init@<commit>
            with: {languages: python}
          - uses: github/codeql-action/analyze@<commit>

Elsewhere: `semgrep ci`, or the language's own (`bandit -r src`, `gosec ./...`, `brakeman`), in a step that can fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.check import SUPPORTS, check
from sscop.judgement.security_testing import findings
from sscop.model import Finding
from sscop.repository import Repository


@check(
    title="Static analysis, fuzzing and negative tests run in pipelines",
    claims={"tests-automated": SUPPORTS, "input-validated": SUPPORTS},
)
def security_testing(repo: Repository) -> Iterator[Finding]:
    """Whether the main language is analysed at every change, and what else looks for weaknesses."""
    yield from findings(repo)
