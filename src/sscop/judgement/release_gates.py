"""Whether a release can skip the tests: what stands between the change and the step that publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import mapping, texts
from sscop.artefacts.pipelines import Activities, Activity, Call, Event, Job, Pipeline, activities
from sscop.artefacts.releases import ByHand, Channel, Release, Releases, releases
from sscop.artefacts.releases.lifecycle import by_tool, skips
from sscop.artefacts.releases.steps import events
from sscop.judgement.release_path import SHOWN, not_told
from sscop.judgement.test_runs import may_test, on_review, tests_of
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Finding, met, unknown, unmet
from sscop.platform import Platform
from sscop.repository import Repository

FIX = "let the job that publishes wait for a job that runs the tests (`needs: test`), in the same pipeline"
FIX_INPUT = "drop the input: what can't wait for its tests can't be released"
_MOST = 5
_SKIP_INPUT = lazily(
    r"(?:skip|no|without|bypass|disable|ignore)[-_]?(?:\w{1,20}[-_])?(?:tests?|checks?|ci|verif\w*|qa)|"
    r"(?:run|with|enable|execute)[-_]?(?:\w{1,20}[-_])?tests?",
    re.IGNORECASE,
)
_ANYWAY = lazily(r"\balways\(\)|!\s*cancelled\(\)|!\s*failure\(\)")
_RESULT = lazily(r"\.result\b|\.outcome\b|\.conclusion\b|\bsuccess\(\)|!\s*failure\(\)|contains\(\s*needs\.\*")
_SUCCESS = lazily(r"conclusion\s*==\s*'success'|conclusion\s*!=\s*'failure'|conclusion\s*==\s*\"success\"")
_ASIDE = {Channel.TAG}


class _Way(NamedTuple):
    """One publishing step: what tests it waits for, or why it can go out without."""

    release: Release
    tests: tuple[Evidence, ...] = ()
    lacks: str = ""
    code: str = ""
    place: Evidence | None = None
    unsure: str = ""


def findings(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """A finding for each publishing job that can go out untested, and one for those that can't."""
    held: Releases = repo.once(releases)
    acts: Activities = repo.once(activities)
    wanted = _wanted(held)
    if not wanted:
        yield from _without(repo, held)
        return
    ways = [_way(repo, acts, platform, one) for one in wanted]
    best: dict[tuple[str, str, str], _Way] = {}
    for way in ways:
        one = way.release.one
        key = (one.pipeline.path, one.pipeline.name, one.job.id)
        if key not in best or _rank(way) > _rank(best[key]):
            best[key] = way
    seen: set[tuple[str, int | None, str]] = set()
    lacking = [way for way in best.values() if way.lacks]
    for way in lacking:
        place = way.place or way.release.place
        if (place.path, place.line, way.code) not in seen and len(seen) < _MOST:
            seen.add((place.path, place.line, way.code))
            yield _lacking(way, place)
    skipped = list(_inputs(acts, wanted))
    yield from skipped
    unsure = [way for way in best.values() if way.unsure]
    for way in unsure[:1]:
        yield unknown(
            way.code,
            f"`{way.release.one.said}`: {way.unsure}",
            way.place or way.release.place,
            key=way.release.channel.value,
        )
    good = [way for way in best.values() if way.tests]
    if good and not skipped:
        shown = tuple(dict.fromkeys(place for way in good[:SHOWN] for place in (way.release.place, *way.tests[:1])))
        names = ", ".join(dict.fromkeys(f"`{way.release.one.said}`" for way in good[:SHOWN]))
        yield met("tested-first", f"published only after the tests: {names}", *shown, key="gates")


def _rank(way: _Way) -> int:
    return 2 if way.lacks else 1 if way.unsure else 0


def _wanted(held: Releases) -> list[Release]:
    """The publishing steps; releases without files only where nothing else publishes."""
    found = [*held.found, *held.inner]
    plain = [one for one in found if one.channel not in _ASIDE]
    return plain or (found if held.tagged or held.found else [])


def _lacking(way: _Way, place: Evidence) -> Finding:
    one = way.release.one
    said = one.said if len(one.said) < 60 else one.tool
    shown = (place,) if place == way.release.place else (place, way.release.place)
    key = f"{one.job.id}:{way.release.channel.value}"
    fix = FIX_INPUT if way.code == "skip-input" else FIX
    return unmet(way.code, f"`{said}` {way.lacks}", *shown, subject=said, key=key, fix=fix)


def _way(repo: Repository, acts: Activities, platform: Platform, release: Release) -> _Way:
    one = release.one
    at = events(one)
    tests = [test for test in tests_of(acts) if test.pipeline is one.pipeline or _same(test.pipeline, one.pipeline)]
    earlier = one.pipeline.before(one.job)
    mine = [test for test in tests if _before(test, one, earlier)]
    held_back = [test for test in mine if not test.tolerance and not _missing(test, at)]
    anyway = next((text for text in one.job.conditions if _ANYWAY.search(text) and not _RESULT.search(text)), None)
    if held_back:
        same_job = [test for test in held_back if test.job.id == one.job.id]
        if anyway is not None and not same_job:
            place = Evidence(one.job.path, anyway.line, str(anyway)[:60])
            return _Way(
                release, (), f"goes out whatever its tests come to: `{str(anyway)[:60]}`", "released-anyway", place
            )
        best = (same_job or held_back)[0]
        return _Way(release, (Evidence(best.path, best.line, best.said),))
    own = by_tool(repo, one, release.channel)
    if own is not None:
        return _Way(release, (own,))
    if one.pipeline.trigger(Event.OTHER) and (after := _after(acts, one, at)):
        return after._replace(release=release)
    if unread := _unread(acts, one, earlier):
        said = f"tests may run in what is not read here: `{unread.said.partition('@')[0]}`"
        return _Way(release, code="tests-unread", unsure=said, place=Evidence(unread.path, unread.line, unread.said))
    if mine:
        return _weak(release, mine[0], at)
    if switch := skips(one):
        return _Way(release, lacks=f"leaves the tests out: `{switch}`", code="tests-skipped")
    return _ungated(acts, platform, release, at)


def _weak(release: Release, test: Activity, at: set[Event]) -> _Way:
    if test.tolerance:
        where = test.tolerated_at or (test.path, test.line)
        return _Way(
            release,
            (),
            f"goes out although its tests fail: `{test.tolerance}`",
            "tests-may-fail",
            Evidence(*where, test.said),
        )
    return _Way(
        release,
        (),
        "waits for tests that do not run at the event that starts it",
        "tests-at-other-events",
        Evidence(test.path, test.line, test.said),
    )


def _same(one: Pipeline, other: Pipeline) -> bool:
    return one.path == other.path and one.name == other.name


def _before(test: Activity, one: Activity, earlier: tuple[Job, ...]) -> bool:
    if test.job.id == one.job.id and test.job.path == one.job.path:
        steps = [(step.path, step.line) for step in one.job.steps]
        here, there = (test.step.path, test.step.line), (one.step.path, one.step.line)
        return here not in steps or there not in steps or steps.index(here) <= steps.index(there)
    return any(test.job.id == job.id for job in earlier)


def _missing(test: Activity, at: set[Event]) -> bool:
    """Whether a test does not run at one of the events at which the release goes out."""
    return any(test.pipeline.trigger(event) and test.runs_at(event) is False for event in at)


def _unread(acts: Activities, one: Activity, earlier: tuple[Job, ...]) -> Call | None:
    """A call in the job or before it that may run tests and is not read."""
    ids = {one.job.id, *(job.id for job in earlier)}
    calls = [call for call in acts.calls if call.pipeline.path == one.pipeline.path and call.job.id in ids]
    weighed = sorted(((may_test(call), n) for n, call in enumerate(calls)), reverse=True)
    if weighed and weighed[0][0] > (0 if any(call.kind == "workflow" for call in calls) else 1):
        return calls[weighed[0][1]]
    return next((call for call in calls if call.kind == "workflow"), None)


def _after(acts: Activities, one: Activity, at: set[Event]) -> _Way | None:
    """A pipeline that another one starts (`workflow_run`): whether that one tests, and has to succeed."""
    run = mapping(mapping(one.pipeline.node.get("on")).get("workflow_run"))
    names = {str(name) for name in texts(run.get("workflows"))}
    if not names:
        return None
    tests = [test for test in tests_of(acts) if test.pipeline.name in names and not test.tolerance]
    if not tests:
        unread = next((call for call in acts.calls if call.pipeline.name in names and may_test(call) > 1), None)
        if unread is not None:
            return _Way(
                Release(Channel.TAG, one),
                code="tests-unread",
                unsure=f"tests may run in what is not read here: `{unread.said.partition('@')[0]}`",
                place=Evidence(unread.path, unread.line),
            )
        return None
    conditions = [
        *map(str, one.job.conditions),
        str(one.step.condition or ""),
        *(str(text) for job in one.pipeline.before(one.job) for text in job.conditions),
    ]
    if not any(_SUCCESS.search(text) for text in conditions):
        message = (
            f"starts after `{tests[0].pipeline.name}` whether that failed or not: no condition asks for "
            "`workflow_run.conclusion == 'success'`"
        )
        return _Way(
            Release(Channel.TAG, one),
            (),
            message,
            "released-anyway",
            Evidence(one.pipeline.path, run.line, "workflow_run"),
        )
    if at != {Event.OTHER}:
        return None
    return _Way(Release(Channel.TAG, one), (Evidence(tests[0].path, tests[0].line, tests[0].said),))


_SAID = {
    Event.TAG: "a tag",
    Event.RELEASE: "a release",
    Event.MANUAL: "a person",
    Event.PUSH: "a push",
    Event.OTHER: "another event",
}


def _ungated(acts: Activities, platform: Platform, release: Release, at: set[Event]) -> _Way:
    """Published by a pipeline in which no test stands before it."""
    loose = [event for event in (Event.TAG, Event.RELEASE, Event.MANUAL) if event in at]
    reviewed = next((test for test in tests_of(acts) if on_review(test) is not False and not test.tolerance), None)
    if not loose and Event.PUSH in at and reviewed is not None:
        branches = platform.branches
        required = branches.known and branches.value and branches.value[0].checks
        place = Evidence(reviewed.path, reviewed.line, reviewed.said)
        if required and required.known and required.value:
            return _Way(release, (place,))
        said = (
            "is published at a push to the branch, and whether the tests of pull requests must pass first is a setting "
            "that was not told"
        )
        if required and required.known:
            return _Way(
                release,
                (),
                "is published at a push to the branch, and no status check is required there",
                "not-required",
            )
        return _Way(release, code="settings-not-told", unsure=said)
    who = " or ".join(_SAID[event] for event in loose) or _SAID[next(iter(sorted(at, key=lambda event: event.value)))]
    elsewhere = f"; the tests in `{reviewed.pipeline.path}` do not hold it back" if reviewed else ""
    where = ", which may be anywhere" if Event.TAG in at or Event.RELEASE in at else ""
    return _Way(
        release,
        (),
        f"is started by {who}{where}, and no test runs before it in that pipeline{elsewhere}",
        "untested-release",
    )


# --- inputs that switch tests off


def _inputs(acts: Activities, wanted: list[Release]) -> Iterator[Finding]:
    """Inputs of a release pipeline with which a person leaves the tests out."""
    paths = {one.one.pipeline.path: one.one.pipeline for one in wanted}
    for pipeline in paths.values():
        on = mapping(pipeline.node.get("on"))
        for name, _ in mapping(mapping(on.get("workflow_dispatch")).get("inputs")).pairs():
            if not _SKIP_INPUT.fullmatch(str(name)):
                continue
            uses = list(_uses(pipeline, str(name)))
            if uses:
                shown = Evidence(pipeline.path, name.line, str(name))
                yield unmet(
                    "skip-input",
                    f"whoever starts the release can leave the tests out: input `{name}`",
                    shown,
                    *uses[:1],
                    subject=str(name),
                    key=str(name),
                    fix=FIX_INPUT,
                )


def _uses(pipeline: Pipeline, name: str) -> Iterator[Evidence]:
    pattern = re.compile(rf"inputs\.{re.escape(name)}\b")
    for job in pipeline.jobs:
        for text in job.conditions:
            if pattern.search(text):
                yield Evidence(job.path, text.line, str(text)[:60])
        for step in job.steps:
            if step.condition and pattern.search(step.condition):
                yield Evidence(step.path, step.condition.line, str(step.condition)[:60])
            for script in step.scripts:
                if pattern.search(script.text):
                    yield Evidence(step.path, script.line, name)


# --- nothing that a pipeline publishes


def _without(repo: Repository, held: Releases) -> Iterator[Finding]:
    if held.by_hand:
        yield _by_hand(held.by_hand)
    elif held.tagged and not held.calls:
        one = held.tagged[0]
        yield unknown(
            "tag-by-hand",
            f"taken by tag ({one.note}), and found no pipeline that makes the tags; whether what is tagged "
            f"was tested can't be told",
            one,
            key="tag",
        )
    else:
        yield not_told(repo, held, "whether a release can skip the tests")


def _by_hand(found: tuple[ByHand, ...]) -> Finding:
    first = found[0]
    tests = next((one.tests for one in found if one.tests), None)
    if tests is None:
        return unmet(
            "released-by-hand",
            f"released by hand (`{first.place.note}`), and found no word of tests before it",
            first.place,
            because=Because.INADEQUATE,
            subject=first.place.note,
            key=first.channel.value,
            fix="publish from a pipeline, after its tests; until then write down that the tests come first",
        )
    message = (
        f"released by hand (`{first.place.note}`) after tests, as it is written; whether they are run can't be told"
    )
    return unknown(
        "released-by-hand",
        message,
        first.place,
        tests,
        key=first.channel.value,
        fix="publish from a pipeline, after its tests",
    )
