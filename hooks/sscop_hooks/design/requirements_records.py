"""Requirements are captured and kept on record.

Why
---
A requirement that lives in somebody's head cannot be reviewed, tested or handed over, and security requirements are
the first ones to be lost that way.

What counts
-----------
Records beside the code, judged by what is in them:

- documents (`docs/requirements/`, `PRD.md`, `specs/*/spec.md`, `openspec/`) with three or more requirements: an id with
  a text (`REQ-001`, `FR-12`, `US-3`), a sentence with "shall" or "MUST", a user story, a list under such a heading;
- `*.feature` files whose scenarios have steps; StrictDoc, Doorstop, sphinx-needs, OpenFastTrace and ReqIF;
- proposals (RFCs, KEPs, design proposals) that say their goals or motivation;
- half of the last 200 changes naming an issue, where an issue form of the project's own asks what is wanted.

What a machine needs before an installation is no requirement in this sense, nor is `requirements.txt`. Templates,
fixtures and examples do not count.

Requirements that are kept elsewhere are *unknown*, not missing: where the README, the guide for contributors or the
pull request template names Jira, Trello, Azure Boards, a GitHub project or the issue tracker, where one in twenty
changes names a ticket (`ABC-123`, a link to it) or one in ten an issue, or where a form of the project's own takes
wishes in. An empty form, or the forge's default one, is nothing. The number that a squash merge leaves (`(#12)`) is a
pull request's: a record of the change, not of what was wanted. Bots' commits and merges are left out. Where there is
nothing else and no history to look at (a shallow clone), the answer is unknown; so it is for documents that are no
text, or not in English.

For users' needs: user stories, personas, acceptance criteria, a column that says for whom; a statement or tests of
accessibility. Requirements that say nothing of it get advice.

How to fix
----------
Write down what is wanted, in the form that you will keep up. A table is enough:

    # Requirements of Acme Billing
    | ID | Requirement | For whom | Accepted when |
    |---|---|---|---|
    | REQ-1 | An invoice can be corrected once after it was sent | Clerks | The first version stays readable |
    | REQ-2 | A session shall end after 15 minutes without use | Security | `test_session_ends` passes |
    | REQ-3 | A statement is ready within two seconds | Shops | The nightly load test shows it |

Or say in `CONTRIBUTING.md` where they are kept ("Requirements are tickets in our Jira project ABC"), name the ticket
in each commit, and declare the claim. Setting: `checks: {requirements-records: {paths: "product/**/*.md"}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sscop.artefacts.accessibility import accessibility
from sscop.artefacts.commits import trace
from sscop.artefacts.issue_forms import issue_forms
from sscop.artefacts.nodes import Node, texts
from sscop.artefacts.proposals import proposals
from sscop.artefacts.requirement_records import asked, requirement_records
from sscop.artefacts.tracked_kinds import has_sources
from sscop.artefacts.trackers import trackers
from sscop.check import ESTABLISHES, SUPPORTS, check
from sscop.judgement.requirements import elsewhere, needs, nothing, recorded, traced, unfilled
from sscop.model import Finding
from sscop.repository import Repository


@check(
    title="Requirements are captured and kept on record",
    claims={"requirements-recorded": ESTABLISHES, "user-need": SUPPORTS},
    options={"paths": "a glob of further files that hold requirements"},
)
def requirements_records(repo: Repository, settings: Mapping[str, Node]) -> Iterator[Finding]:
    """What is on record; else where it is said to be kept; else that nothing was seen. Then users' needs."""
    found = repo.once(requirement_records)
    more = asked(repo, texts(settings.get("paths")))
    yield from (one.finding() for one in (*found.unread, *more.unread))
    records = {one.path: one for one in (*found.records, *more.records)}.values()
    seen = list(recorded([*records])) or list(recorded(repo.once(proposals)))
    if seen:
        yield from unfilled(found)
    else:
        forms, places = issue_forms(repo), repo.once(trackers)
        asks = any(one.designed for one in forms)
        changes = trace(repo) if asks or not places else None  # git is asked only where its answer matters
        seen = list(traced(changes, forms))
        if not seen:
            yield elsewhere(changes, places, forms) or nothing(found, changes, forms, has_sources(repo))
    yield from seen
    yield from needs([*records], accessibility(repo), seen)
