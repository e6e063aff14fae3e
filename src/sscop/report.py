"""The report: everything one run found out, ready for any reporter, and its JSON form `sscop-report/1`.

Reporters get a Report and nothing else; none of them judges. The JSON form is additive-only: keys are never
renamed or removed within `/1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Gate, Kind, Outcome, State, Status

SCHEMA = "sscop-report/1"


class Excuse(NamedTuple):
    """Why a finding fails nothing until the end of a day (`until`, ISO 8601), and where that is stated.

    `kind` is a waiver's (`accepted-risk`, `planned`), `standing` for a debt of the baseline, or `not-applicable` for a
    check that is stated not to apply.
    """

    kind: str
    until: str
    reason: str
    owner: str
    path: str
    line: int


class Reported(NamedTuple):
    """A finding with the check it is from and its place in time; see `sscop.model.Finding` for the rest.

    `claims` are the slugs that it bears on (none for advice). `state` is None for what is not unmet, and where
    nothing was compared. `fingerprint` is 64 hex digits. `lapsed`: it is unmet by the calendar alone (a review is
    overdue, its exception has ended), which fails scheduled runs and no change.
    """

    check: str
    code: str
    outcome: Outcome
    because: Because | None
    kind: Kind
    claims: tuple[str, ...]
    message: str
    subject: str
    key: str
    evidence: tuple[Evidence, ...]
    fix: str
    fingerprint: str
    state: State | None = None
    waiver: Excuse | None = None
    lapsed: bool = False

    @property
    def path(self) -> str:
        """The path of the finding's own place; empty when it is about the whole repository."""
        return self.evidence[0].path if self.evidence else ""

    @property
    def line(self) -> int | None:
        """The line of the finding's own place, from 1."""
        return self.evidence[0].line if self.evidence else None

    @property
    def fails(self) -> bool:
        """Whether it is an unmet claim finding that nothing excuses, which a gate may fail on."""
        return self.outcome is Outcome.UNMET and self.kind is Kind.CLAIM and self.waiver is None


class CheckResult(NamedTuple):
    """One check's outcome over all its findings, and the claims it bears on."""

    id: str
    outcome: Outcome
    claims: tuple[str, ...]


class Record(NamedTuple):
    """A record that a declaration refers to. Days are ISO 8601; "" where nothing is said."""

    title: str
    system: str
    reference: str
    held_by: str
    seen_on: str
    digest: str


class Answer(NamedTuple):
    """A valid declaration about a claim, and its place. Days are ISO 8601; "" where nothing is said.

    `declared` is `met`, `partly`, `not-met` or `not-applicable`, or `lapsed` where its review was `due` before the
    day of the run. `argument` is its prose, a paragraph on each line.
    """

    declared: str
    path: str
    line: int
    function: str
    accountable: str
    declared_by: str
    checked_by: str
    method: str
    reviewed: str
    due: str
    population: str
    quiet_since: str
    customer_answer: str
    argument: str
    records: tuple[Record, ...] = ()


class ClaimResult(NamedTuple):
    """One claim, settled. `because` says in words what the status rests on.

    `answer` is what a valid declaration says; seen and declared are never one.
    """

    slug: str
    number: str
    principle: str
    scope: str
    status: Status
    because: str
    checks: tuple[str, ...]
    weakened_by: tuple[str, ...]
    answer: Answer | None = None


class LookedAt(NamedTuple):
    """The proof that something ran: files listed, checks run, what could not run or did not count, and why."""

    files: int
    checks: tuple[str, ...]
    could_not_run: tuple[tuple[str, str], ...] = ()
    not_counted: tuple[tuple[str, str], ...] = ()


class Run(NamedTuple):
    """The verdict of a run. `base` is a full commit name, or in words why there is none; `today` is ISO 8601.

    `policy_changed`: the head's configuration differs from the base's, by which the run was judged.
    """

    verdict: str
    exit: int
    fail_on: Gate
    today: str
    base: str | None
    config_digest: str | None
    policy_changed: bool = False


class Subject(NamedTuple):
    """What was looked at: `revision` is `worktree`, `commit` or `folder`; `prefix` the root's path in it.

    `url` is where the repository can be read, by its remote `origin`; "" where it has none on the web.
    """

    revision: str
    commit: str | None
    dirty: bool | None
    shallow: bool | None
    visibility: str
    prefix: str
    url: str = ""


class Consulted(NamedTuple):
    """What the platform that hosts the repository was asked of its settings, and how far it answered.

    `repository` is OWNER/NAME; `source` the API's address, or a file that was made by hand; `asked` the moment, in ISO
    8601.
    `permissions` would show more, in the platform's words; `why` is the first other reason for what is not known.
    """

    repository: str
    source: str
    asked: str
    questions: int
    answered: int
    permissions: tuple[str, ...] = ()
    why: str = ""

    def words(self) -> str:
        """It all in one line."""
        if not self.questions:
            return f"not asked: {self.why or 'the answers hold nothing'}"
        when = f", {self.asked[:10]}" if self.asked else ""
        said = f"{self.answered} of {self.questions} questions about {self.repository} answered ({self.source}{when})"
        if self.permissions:
            said += f"; more with {'; '.join(self.permissions)}"
        return f"{said}; {self.why}" if self.why else said


class Acceptance(NamedTuple):
    """That somebody accepted the self-assessment. `on` and the two days of the period are ISO 8601."""

    by_role: str
    on: str
    begin: str
    end: str
    residual_gaps: str


class Cited(NamedTuple):
    """A file that the report cites as evidence, with the SHA-256 of what was read, in hex.

    The rest is filled in for written reports and "" elsewhere: the day and commit of its last change, the role or team
    that owns it (no person), the day of its last review, and the day by which the next is due.
    """

    path: str
    sha256: str
    changed: str = ""
    commit: str = ""
    owner: str = ""
    reviewed: str = ""
    due: str = ""


class Report(NamedTuple):
    """One run. `platform` is None where it was not asked, `accepted` where nobody said that it is.

    `cited` are the files that claims rest on, declarations included, by path.
    """

    version: str
    edition: str
    run: Run
    product: Mapping[str, Any]
    repository: Subject
    looked_at: LookedAt
    claims: tuple[ClaimResult, ...]
    checks: tuple[CheckResult, ...]
    findings: tuple[Reported, ...]
    fixed: tuple[Reported, ...]
    platform: Consulted | None = None
    accepted: Acceptance | None = None
    cited: tuple[Cited, ...] = ()

    def excused(self) -> list[Reported]:
        """The unmet claim findings that fail nothing until a day, the first day first."""
        return sorted(
            (one for one in self.findings if one.waiver), key=lambda one: one.waiver.until if one.waiver else ""
        )

    def unmet(self) -> list[Reported]:
        """The findings that a gate may fail on, new ones first, then by place."""
        found = [finding for finding in self.findings if finding.fails]
        return sorted(found, key=lambda finding: finding.state is not State.NEW)
