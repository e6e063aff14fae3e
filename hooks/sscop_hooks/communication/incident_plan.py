"""A published plan says how customers are told of incidents.

Why
---
When something goes wrong at a supplier, its customers have decisions of their own to take: to disconnect, to warn, to
report. What they need is to be told in time, in a way that they know beforehand. A plan that is written in the middle
of an incident is late.

What counts
-----------
A text, or a section of one, about incidents, breaches or outages, found by its title and judged by what it says:

- customers (users, clients, tenants, downstream projects) as those who are told;
- the channel: e-mail, a status page, advisories, a notice in the product;
- the time limit, as a number with a unit;
- who does it: a role, a team;
- what the notice says: what happened, what is affected, what to do;
- the regulator, where personal data or the Cyber Resilience Act is concerned (ICO 72 hours; CRA 24 hours, 72 hours and
  14 days);
- the date of the last review.

Customers as the audience and two of channel, limit and role make a plan; what else was not seen is advice. A playbook
for the team alone is inadequate: it is a plan for mending, not for telling. Templates of notices may keep their
placeholders; a template of a plan, and a guide that teaches others to write theirs, are no plan. A short text that
points to a handbook elsewhere is unknown. What a product does for the incidents of its users is another matter.

The claim is about a *published* plan: this repository is public, or the setting `published` says where customers read
it.

How to fix
----------
One page, `docs/incident-communication.md`:

    # Telling customers about incidents
    Owner: support lead
    Last reviewed: 2026-09-01

    We tell all customers by e-mail to their security contact, and on the status page, within 24 hours of finding out
    that an incident may affect their data or the availability of the service. The support lead sends the notice; it
    says what happened, what is affected, what to do, and when the next update comes (at most every 24 hours). Where
    personal data is concerned, the data protection officer tells the ICO within 72 hours. A report with the root cause
    follows within 14 days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.incident_plans import incident_plans
from sscop.artefacts.nodes import Node
from sscop.artefacts.tracked_kinds import has_sources
from sscop.check import ESTABLISHES, check
from sscop.judgement.incident_plan import judge
from sscop.judgement.published import PUBLISHED, published
from sscop.model import Finding, not_applicable
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="A published plan says how customers are told of incidents",
    claims={"incident-plan": ESTABLISHES},
    options=PUBLISHED,
)
def incident_plan(repo: Repository, settings: Mapping[str, Node], platform: Platform, today: date) -> Iterator[Finding]:
    """The best plan, or why there is none."""
    found = list(incident_plans(repo))
    if not found and not has_sources(repo):
        yield not_applicable("no-software", "found no software here whose customers could be told")
        return
    for one in judge(found, today):
        yield published(one, platform, settings)
