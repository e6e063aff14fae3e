"""What texts about testing amount to: a plan, a partial one, instructions for running tests, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from posixpath import dirname

from sscop.artefacts.prose.templates import MEANT
from sscop.artefacts.requirement_trace import Traced
from sscop.artefacts.test_plans import Place, Plan
from sscop.artefacts.test_wording import Element
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, unknown, unmet

PROMISED, OTHER = 2, 3
"""Elements beside the levels that make a plan of a text: one that calls itself a plan, and any other."""
SHOWN = 5


class Judged(NamedTuple):
    """A text, or the texts of one folder, with what was seen in it and what was not."""

    plan: Plan
    seen: tuple[tuple[Element, str, Place], ...]
    missing: tuple[Element, ...]
    levels: tuple[str, ...]
    enough: bool


def until_enough(texts: Iterable[Plan | Unread]) -> tuple[list[Plan], list[Unread]]:
    """The texts up to the first one that is a plan by its name and by what it says, and what could not be read."""
    plans: list[Plan] = []
    unread: list[Unread] = []
    for one in texts:
        if isinstance(one, Unread):
            unread.append(one)
            continue
        plans.append(one)
        if one.promised and not one.template and _judged([one]).enough:
            break
    return plans, unread


def judge(plans: Sequence[Plan]) -> list[Judged]:
    """Each text, and each folder of texts about testing taken together, the best first."""
    written = [one for one in plans if not one.template]
    judged = [_judged([one]) for one in written]
    folders: dict[str, list[Plan]] = {}
    for one in written:
        if one.whole:
            folders.setdefault(dirname(one.path), []).append(one)
    judged += [_judged(together) for together in folders.values() if len(together) > 1]
    return sorted(
        judged, key=lambda one: (not one.enough, not one.plan.promised, -len(one.seen), one.plan.path.count("/"))
    )


def _judged(plans: Sequence[Plan]) -> Judged:
    seen: dict[Element, tuple[Element, str, Place]] = {}
    for plan in plans:
        for element, place in plan.said:
            if element is not Element.LEVELS or not plan.single:
                seen.setdefault(element, (element, plan.path, place))
    levels = {name: (Element.LEVELS, plan.path, place) for plan in plans for name, place in plan.levels}
    single = len(plans) == 1 and plans[0].single
    if len(levels) > 1 and not single:
        seen.setdefault(Element.LEVELS, next(iter(levels.values())))
    missing = tuple(one for one in Element if one not in seen)
    first = next((one for one in plans if one.promised), plans[0])
    needed = PROMISED if first.promised else OTHER
    found = tuple(seen[one] for one in Element if one in seen)
    return Judged(first, found, missing, tuple(levels), Element.LEVELS in seen and len(seen) > needed)


def standing(one: Judged) -> Iterator[Finding]:
    """A plan that counts, with the place of each element, and advice on what was not seen."""
    place = Evidence(one.plan.path, one.plan.line, one.plan.title[:80])
    yield met("plan", f"test plan; seen in it: {_seen(one)}", place, *_places(one))
    if one.missing:
        lacks = f"not seen in the test plan: {_named(one.missing)}"
        yield unmet(
            "missing-elements", lacks, place, kind=Kind.ADVICE, fix="add a section on each; one sentence may do"
        )


def none(judged: Sequence[Judged], plans: Sequence[Plan]) -> Finding:
    """Why there is no plan: kept elsewhere, a template, instructions alone, or nothing about testing."""
    how = (
        "write docs/test-plan.md: which levels there are and what each covers, when each runs, what must pass, how "
        "third-party components and their updates are tested, which requirements the tests answer"
    )
    if away := next((one for one in plans if one.elsewhere), None):
        there = away.elsewhere or Place(1, "")
        said = "says that the test plan is kept elsewhere, which is not looked at"
        return unknown("kept-elsewhere", said, Evidence(away.path, there.line, there.text))
    templates = sorted((one for one in plans if one.template), key=lambda one: one.template.startswith(MEANT))
    if templates and not templates[0].template.startswith(MEANT):
        place = Evidence(templates[0].path, templates[0].line)
        return unmet("template", f"is a template still: {templates[0].template}", place, fix=how)
    if not judged:
        places = [Evidence(one.path, one.line, one.template) for one in templates]
        said = "no plan but a template of one" if templates else "no test plan, and no text about testing"
        return unmet("absent", f"found {said}", *places, because=Because.ABSENT, fix=how)
    one = judged[0]
    place = Evidence(one.plan.path, one.plan.line, one.plan.title[:80])
    what = (
        "a test plan"
        if one.plan.promised
        else f"a text about {one.plan.single + ' tests' if one.plan.single else 'testing'}"
    )
    seen = f"seen in it: {_seen(one)}" if one.seen else "it says at most how tests are run"
    said = f"found {what}{'' if one.plan.promised else ' that is no plan'}; {seen}; not seen: {_named(one.missing)}"
    return unmet("thin" if one.plan.promised else "no-plan", said, place, *_places(one), fix=how)


def trace(found: Traced | None) -> Iterator[Finding]:
    """Which requirements no test names, as advice."""
    if found is None:
        return
    count = len(found.named) + len(found.unnamed)
    if found.named:
        places = [Evidence(path, one.line, f"{one.id} {one.text}"[:160]) for path, one in found.named[:SHOWN]]
        said = f"traced to tests by their ids: {len(found.named)} of {count} requirements"
        yield met("traced", said, *places)._replace(kind=Kind.ADVICE)
    if found.unnamed and not found.partial:
        ids = ", ".join(one.id for _, one in found.unnamed[:SHOWN])
        more = f" and {len(found.unnamed) - SHOWN} more" if len(found.unnamed) > SHOWN else ""
        places = [Evidence(path, one.line, f"{one.id} {one.text}"[:160]) for path, one in found.unnamed[:SHOWN]]
        yield unmet(
            "untraced",
            f"requirements that are not traced to a test: {ids}{more}",
            *places,
            kind=Kind.ADVICE,
            fix="name the id in the test that shows it (its name, a tag, a comment)",
        )


def _places(one: Judged) -> Iterator[Evidence]:
    for element, path, place in one.seen:
        yield Evidence(path, place.line, f"{element.value}: {place.text}"[:160])


def _seen(one: Judged) -> str:
    levels = f"levels ({', '.join(one.levels)})"
    return ", ".join(levels if element is Element.LEVELS else element.value for element, _, _ in one.seen)


def _named(elements: Sequence[Element]) -> str:
    return ", ".join(one.value for one in elements)
