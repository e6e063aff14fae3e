"""The criteria and methods that guide designs are stated, and recent design records use them.

Why
---
Secure by design means that every design is held against the same few criteria, not that every designer thinks of
them alone. Criteria that are written down can be taught, asked for in a review, and kept to after people leave.

What counts
-----------
A text or section that announces principles, goals, criteria or limits of design or architecture, a security
architecture, or quality goals, in an architecture document, `CONTRIBUTING.md`, `SECURITY.md` and the like. Looked for
in its sentences, a bare word not counting: defence in depth, least privilege, secure defaults, threat modelling,
established patterns; and complexity, scalability, usability, maintainability, which designs are also held against.

What is stated is shown at its line. All else is advice and never fails: criteria that were not seen, accepted design
records of the last 24 months none of which names a criterion or links to the text, and no such text at all.

How to fix
----------
Begin with what reviewers ask anyway, a sentence each, in `ARCHITECTURE.md` or `docs/design-principles.md`:

    ## Design criteria
    - Defence in depth: the gateway and the service both check the token; neither trusts the other's check.
    - Least privilege: each job has its own account, and gets only the tables that it needs.
    - Secure defaults: a new tenant starts closed; every port, role and integration is opened on purpose.
    - Threat modelling: a new interface is not built before its threats are in docs/threat-model.md.
    - Established patterns: no cryptography of our own; a second way of doing a thing needs a record.
    - Complexity, scalability, usability, maintainability: a record says what changes in each, or that nothing does.

and ask for them in the template of your design records. Setting: `checks: {design-criteria: {paths: "docs/nfr.md"}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.criteria_names import CRITERIA
from sscop.artefacts.design_records import Flavour, Record, Template, records
from sscop.artefacts.design_state import State
from sscop.artefacts.nodes import Node, texts
from sscop.artefacts.prose.dates import months_before
from sscop.artefacts.stated_criteria import Stated, stated, used
from sscop.check import check
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, unmet
from sscop.repository import Repository

RECENT = 24
"""Months for which an accepted record is asked whether it uses the criteria."""
FIX = (
    "write a section `## Design criteria` in ARCHITECTURE.md, a sentence each: defence in depth, least privilege,"
    " secure"
    " defaults, threat modelling, established patterns, and what designs are held against besides (complexity,"
    " scalability, usability, maintainability); `sscop explain design-criteria` has one to copy"
)
SHOWN = 20


@check(
    title="Design criteria are stated and used",
    principles=("1.4",),
    options={"paths": "a glob of further texts that state design criteria"},
)
def design_criteria(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What is stated, which criteria were not seen, and whether recent records use any."""
    found = stated(repo, texts(settings.get("paths")))
    accepted = records(repo) if found.places else ()
    written = {one.path for one in accepted if not isinstance(one, Unread)}  # what one design says is not for all
    found = found._replace(places=tuple(one for one in found.places if one.path not in written))
    yield from (one.finding() for one in found.unread)
    if not found.places:
        if not found.unread:
            said = "found no text that states the criteria which designs are held against"
            yield unmet("absent", said, because=Because.ABSENT, kind=Kind.ADVICE, fix=FIX)
        return
    criteria = found.criteria
    places = [Evidence(one.path, one.line, f"{one.name}: {one.text}") for one in criteria.values()]
    places = places or [Evidence(one.path, one.line, one.title) for one in found.places]
    said = f"states design criteria: {', '.join(criteria) or 'of its own'}"
    yield Finding(Outcome.MET, "stated", said, tuple(places[:SHOWN]), kind=Kind.ADVICE)
    if missing := [name for name in CRITERIA if name not in criteria]:
        best = max(found.places, key=lambda one: len(one.criteria))
        lacks = f"not seen among the stated design criteria: {', '.join(missing)}"
        place = Evidence(best.path, best.line, best.title)
        fix = "add a sentence for each that matters here, or say that it does not"
        yield unmet("criteria-missing", lacks, place, kind=Kind.ADVICE, fix=fix)
    yield from _use(repo, found, accepted, months_before(today, RECENT))


def _use(
    repo: Repository, found: Stated, accepted: Sequence[Record | Template | Unread], since: date
) -> Iterator[Finding]:
    """Whether recent accepted records name a stated criterion or link to the text."""
    recent = [
        one
        for one in accepted
        if isinstance(one, Record) and one.state is State.ACCEPTED and one.flavour is not Flavour.ASSESSMENT
        and one.day and one.day.when.last and one.day.when.last >= since
    ]  # fmt: skip
    using = list(used(repo, recent, found))
    if using:
        said = f"accepted design records since {since} that use the criteria: {len(using)} of {len(recent)}"
        yield Finding(Outcome.MET, "used", said, tuple(using[:SHOWN]), kind=Kind.ADVICE)
    elif recent:
        said = f"of {len(recent)} accepted design records since {since} none names a stated criterion or links to them"
        places = [Evidence(one.path, one.line) for one in recent[:SHOWN]]
        yield unmet(
            "criteria-unused", said, *places, kind=Kind.ADVICE, fix="ask for the criteria in the records' template"
        )
