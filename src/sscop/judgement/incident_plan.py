"""Which of the texts about incidents is a plan for telling customers, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sscop.artefacts.incident_plans import Element, Plan
from sscop.artefacts.prose.dates import months_before
from sscop.artefacts.prose.templates import MEANT
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, unknown, unmet

FIX = (
    "say in docs/incident-communication.md which customers are told of which incidents, by what channel, within what "
    "time, by whom, and what the notice says"
)
NEEDED = (Element.CHANNEL, Element.LIMIT, Element.OWNER)
"""Two of these, beside customers as the audience, make a plan."""
LASTS = 24
"""Months that a review holds."""


def judge(found: Sequence[Plan | Unread], today: date) -> Iterator[Finding]:
    """The best plan with what it lacks; else why there is none."""
    plans = [one for one in found if isinstance(one, Plan)]
    real = [one for one in plans if not one.policy.template and not one.for_others]
    enough = [one for one in real if is_enough(one)]
    if enough:
        yield from _standing(max(enough, key=_rank), today)
        return
    unread = [one for one in found if isinstance(one, Unread)]
    yield from (one.finding() for one in unread)
    if away := next((one for one in real if one.elsewhere), None):
        assert away.elsewhere is not None
        message = "points to another place for what is done in an incident, which is not looked at"
        yield unknown("elsewhere", message, Evidence(away.policy.path, away.elsewhere.line, away.elsewhere.text))
    elif real:
        yield _partial(max(real, key=_rank))
    elif plans or not unread:
        yield _none(plans)


def is_enough(one: Plan) -> bool:
    """Whether customers are told, and two of how, when and by whom."""
    said = one.elements
    return Element.AUDIENCE in said and sum(element in said for element in NEEDED) > 1


def _rank(one: Plan) -> tuple[bool, int, bool, int]:
    said = one.elements
    return Element.AUDIENCE in said, len(said), one.policy.section.level < 2, -one.policy.path.count("/")


def _missing(one: Plan) -> str:
    wanted = [element for element in Element if element is not Element.REGULATOR or one.personal]
    return ", ".join(element.value for element in wanted if element not in one.elements)


def _places(one: Plan) -> Iterator[Evidence]:
    for element, place in one.said:
        yield Evidence(one.policy.path, place.line, f"{element.value}: {place.text}"[:160])


def _standing(one: Plan, today: date) -> Iterator[Finding]:
    place = Evidence(one.policy.path, one.policy.section.line, one.policy.section.title[:80])
    seen = ", ".join(element.value for element, _ in one.said)
    yield met("plan", f"customers are told of incidents; seen: {seen}", place, *_places(one))
    if missing := _missing(one):
        fix = "add a sentence on each"
        yield unmet("missing-elements", f"not seen in the plan: {missing}", place, kind=Kind.ADVICE, fix=fix)
    if one.reviewed and one.reviewed > today:
        message = f"the plan is dated {one.reviewed}, which is to come"
        yield unmet("future-review", message, place, because=Because.CONTRADICTED)
    elif one.reviewed and one.reviewed < months_before(today, LASTS):
        message = f"the plan was last reviewed on {one.reviewed}, more than {LASTS} months ago"
        yield unmet("review-overdue", message, place, kind=Kind.ADVICE, fix="review it, and write the day")


def _partial(one: Plan) -> Finding:
    place = Evidence(one.policy.path, one.policy.section.line, one.policy.section.title[:80])
    seen = ", ".join(element.value for element, _ in one.said)
    what = f"seen in it: {seen}" if seen else "it says nothing of who is told, how and when"
    if Element.AUDIENCE not in one.elements:
        message = (
            f"found a text about incidents that does not say that customers are told; {what}; not seen: {_missing(one)}"
        )
        return unmet("no-audience", message, place, *_places(one), fix=FIX)
    message = f"found a text about incidents that is no plan for telling customers; {what}; not seen: {_missing(one)}"
    return unmet("thin", message, place, *_places(one), fix=FIX)


def _none(plans: Sequence[Plan]) -> Finding:
    unfilled = [one for one in plans if one.policy.template and not one.policy.template.startswith(MEANT)]
    if unfilled:
        one = unfilled[0]
        message = f"is a template still: {one.policy.template}"
        return unmet("template", message, Evidence(one.policy.path, one.policy.section.line), fix=FIX)
    places = [
        Evidence(one.policy.path, one.policy.section.line, one.policy.template or "teaches others to write theirs")
        for one in plans[:3]
    ]
    message = "found no plan for telling customers of incidents" + ("; a template or guide is none" if plans else "")
    return unmet("no-plan", message, *places, because=Because.ABSENT, fix=FIX)
