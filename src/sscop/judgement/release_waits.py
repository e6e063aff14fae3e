"""What a publishing step waits for: the tests before it, in its own pipeline or in the one that starts it."""

from __future__ import annotations

from sscop.artefacts.nodes import mapping, texts
from sscop.artefacts.pipelines import Activities, Activity, Call, Event, Job, Pipeline
from sscop.artefacts.releases import Channel, Release
from sscop.artefacts.releases.aside import events
from sscop.artefacts.releases.lifecycle import by_tool, skips
from sscop.judgement.test_runs import may_test, on_review, tests_of
from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence
from sscop.platform import Platform
from sscop.repository import Repository

_ANYWAY = lazily(r"\balways\(\)|!\s*cancelled\(\)|!\s*failure\(\)")
_RESULT = lazily(r"\.result\b|\.outcome\b|\.conclusion\b|\bsuccess\(\)|!\s*failure\(\)|contains\(\s*needs\.\*")
_SUCCESS = lazily(r"conclusion\s*==\s*'success'|conclusion\s*!=\s*'failure'|conclusion\s*==\s*\"success\"")


class Way(NamedTuple):
    """One publishing step: what tests it waits for, or why it can go out without."""

    release: Release
    tests: tuple[Evidence, ...] = ()
    lacks: str = ""
    code: str = ""
    place: Evidence | None = None
    unsure: str = ""


def way_of(repo: Repository, acts: Activities, platform: Platform, release: Release) -> Way:
    """What one publishing step waits for."""
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
            return Way(
                release, (), f"goes out whatever its tests come to: `{str(anyway)[:60]}`", "released-anyway", place
            )
        best = (same_job or held_back)[0]
        return Way(release, (Evidence(best.path, best.line, best.said),))
    own = by_tool(repo, one, release.channel)
    if own is not None:
        return Way(release, (own,))
    if one.pipeline.trigger(Event.OTHER) and (after := _after(acts, one, at)):
        return after._replace(release=release)
    if unread := _unread(acts, one, earlier):
        said = f"may wait for tests in what is not read here: `{unread.said.partition('@')[0]}`"
        return Way(release, code="tests-unread", unsure=said, place=Evidence(unread.path, unread.line, unread.said))
    if mine:
        return _weak(release, mine[0], at)
    if switch := skips(one):
        return Way(release, lacks=f"leaves the tests out: `{switch}`", code="tests-skipped")
    return _ungated(acts, platform, release, at)


def _weak(release: Release, test: Activity, at: set[Event]) -> Way:
    if test.tolerance:
        where = test.tolerated_at or (test.path, test.line)
        return Way(
            release,
            (),
            f"goes out although its tests fail: `{test.tolerance}`",
            "tests-may-fail",
            Evidence(*where, test.said),
        )
    return Way(
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


def _after(acts: Activities, one: Activity, at: set[Event]) -> Way | None:
    """A pipeline that another one starts (`workflow_run`): whether that one tests, and has to succeed."""
    run = mapping(mapping(one.pipeline.node.get("on")).get("workflow_run"))
    names = {str(name) for name in texts(run.get("workflows"))}
    if not names:
        return None
    tests = [test for test in tests_of(acts) if test.pipeline.name in names and not test.tolerance]
    if not tests:
        unread = next((call for call in acts.calls if call.pipeline.name in names and may_test(call) > 1), None)
        if unread is not None:
            return Way(
                Release(Channel.TAG, one),
                code="tests-unread",
                unsure=f"may wait for tests in what is not read here: `{unread.said.partition('@')[0]}`",
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
        return Way(
            Release(Channel.TAG, one),
            (),
            message,
            "released-anyway",
            Evidence(one.pipeline.path, run.line, "workflow_run"),
        )
    if at != {Event.OTHER}:
        return None
    return Way(Release(Channel.TAG, one), (Evidence(tests[0].path, tests[0].line, tests[0].said),))


_SAID = {
    Event.TAG: "a tag on any commit",
    Event.RELEASE: "a release of any commit",
    Event.MANUAL: "a person",
    Event.PUSH: "a push",
    Event.OTHER: "another event",
}


def _ungated(acts: Activities, platform: Platform, release: Release, at: set[Event]) -> Way:
    """Published by a pipeline in which no test stands before it."""
    loose = [event for event in (Event.TAG, Event.RELEASE, Event.MANUAL) if event in at]
    reviewed = next((test for test in tests_of(acts) if on_review(test) is not False and not test.tolerance), None)
    if not loose and Event.PUSH in at and reviewed is not None:
        branches = platform.branches
        required = branches.known and branches.value and branches.value[0].checks
        place = Evidence(reviewed.path, reviewed.line, reviewed.said)
        if required and required.known and required.value:
            return Way(release, (place,))
        said = "is started by a push to the branch; whether pull requests must pass their tests is a setting, not told"
        if required and required.known:
            return Way(
                release,
                (),
                "is started by a push to the branch, where no status check is required",
                "not-required",
            )
        return Way(release, code="settings-not-told", unsure=said)
    who = " or ".join(_SAID[event] for event in loose or sorted(at, key=lambda event: event.value)[:1])
    where = reviewed.pipeline.path if reviewed is not None else ""
    same = where == release.one.pipeline.path
    elsewhere = (
        "" if reviewed is None else ", beside which tests run" if same else f"; the tests of `{where}` do not hold it"
    )
    return Way(
        release, (), f"is started by {who}, and waits for no test in its pipeline{elsewhere}", "untested-release"
    )
