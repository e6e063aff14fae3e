"""A test plan says what is tested, on which levels, when, and what must pass.

Why
---
Tests that grew by chance leave out what nobody thought of: the update of a library, the requirement without a test, the
check that only one person knows how to do by hand. A plan makes the gaps visible before a customer does.

What counts
-----------
Texts about testing, judged by what they say: `TEST_PLAN.md`, `docs/test-strategy.md`, `TESTING.md`, texts in a folder
`docs/testing` (taken together), and the sections about tests in the README and in guides for contributors. Looked for:

- two or more levels (unit, integration, end-to-end, performance, security, accessibility, manual ...);
- what is tested and what is not;
- when each runs: on every pull request, nightly, before a release;
- what must pass: criteria, coverage, tests that a change has to bring;
- third-party components: their updates, external services, supported versions;
- the requirements that the tests answer.

The levels and two of the others make a plan of a text that calls itself one (a plan, a strategy); any other text needs
three. What else was not seen is advice. "Run `npm test`" alone is no plan: the finding says what was seen and what
was not. A text that teaches users to test what they make with the product is not about this product's tests; templates,
examples and vendored code do not count. A plan that is said to be kept elsewhere is unknown.

Where requirements have ids of their own (see `requirements-records`), advice names those that are not traced: no test,
test plan or trace matrix mentions the id, and the requirement's own line names no test.
So is a plan that nobody has reviewed or changed for 24 months (`max-age`).

How to fix
----------
One page is enough; write down what you do already, then what you leave out:

    # Test plan of Acme Billing
    Owner: billing team
    Last reviewed: 2026-09-01

    ## Scope
    `src/` and the container image. Not tested: the card processor's own systems.
    ## Levels
    | Level | What it covers | When it runs | What must pass |
    |---|---|---|---|
    | Unit | each module of `src/` | every pull request | all; 85 % of lines |
    | Integration | the API against a real database | every pull request | all |
    | End-to-end | paying and refunding, REQ-1 to REQ-9 | nightly and before a release | all |
    | Manual | screen readers on the payment page | before a release | a signed checklist |
    ## Third-party components
    Updates come as pull requests, run all of the above, and wait three days.

Settings: `checks: {test-plan: {paths: "quality/*.md", max-age: 24 months}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.nodes import Node, text, texts
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.requirement_trace import requirement_trace
from sscop.artefacts.test_plans import reviewed, texts_about_testing
from sscop.artefacts.tracked_kinds import has_sources
from sscop.check import ESTABLISHES, check
from sscop.judgement.age import age
from sscop.judgement.test_plan import judge, none, standing, trace, until_enough
from sscop.model import Evidence, Finding, Kind, Outcome, not_applicable, unknown
from sscop.repository import Repository


@check(
    title="A test plan says what is tested, when, and what must pass",
    claims={"test-plan": ESTABLISHES},
    options={
        "paths": "a glob of further files that are test plans",
        "max-age": "how long a review or change of the plan holds (24 months)",
    },
)
def test_plan(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """The best plan with what it lacks; else why there is none. Then which requirements no test names."""
    limit = months(text(settings.get("max-age")) or "24 months")
    if limit is None:
        yield unknown("setting", "`max-age` is a length of time, such as 24 months")
        return
    plans, unread = until_enough(texts_about_testing(repo, texts(settings.get("paths"))))
    judged = judge(plans)
    if judged and judged[0].enough:
        best = judged[0].plan
        yield from standing(judged[0])
        current = age(reviewed(repo, best.path), best.path, (), today, limit, repo.find, repo.last_change)
        told = current.findings(Evidence(best.path, best.line), Kind.ADVICE)
        yield from (one for one in told if one.outcome is Outcome.UNMET)
    elif not plans and not unread and not has_sources(repo):
        yield not_applicable("no-software", "found no software here that a test plan could be for")
    else:
        yield from (one.finding() for one in unread)
        if plans or not unread:
            yield none(judged, plans)
    yield from trace(repo.once(requirement_trace))
