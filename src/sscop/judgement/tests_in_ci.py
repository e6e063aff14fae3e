"""What a repository's pipelines amount to as "tests run on every pull request", and the findings that say so."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence

from sscop.artefacts.code import is_test, sources
from sscop.artefacts.pipelines import Activities, Activity, Call, Event
from sscop.artefacts.pipelines.conditions import names_default
from sscop.judgement.test_runs import left_out, may_be_reviewed, may_test, on_review, tests_of, unfiltered
from sscop.judgement.tests_hints import hollow, in_containers, mentioned
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, not_applicable, unknown, unmet
from sscop.repository import Repository

_SHOWN = 4
_TOO_MANY = 3
"""One in so many source files left out by path filters is inadequate, fewer are advice."""

_FEW = 10
"""One in so many is not worth saying."""

_LEFT_OVERS = ("Travis", "AppVeyor")

FIX = "run the tests in a pipeline that every pull request starts (`on: pull_request`), without a path or branch filter"


class _Judged(NamedTuple):
    """The test steps by what becomes of them."""

    good: list[Activity]
    tolerated: list[Activity]
    undecided: list[Activity]
    never: list[Activity]
    elsewhere: list[Activity]


def findings(repo: Repository, acts: Activities) -> Iterator[Finding]:
    """One finding of the claim, and advice."""
    judged = _judge(tests_of(acts))
    if judged.good:
        yield from _run(repo, judged.good)
        return
    calls = [(weight, call) for call in acts.calls if (weight := may_test(call)) and may_be_reviewed(call)]
    named = [call for weight, call in sorted(calls, key=lambda one: -one[0]) if weight > 1]
    if named:
        yield _not_read(named)
    elif judged.tolerated:
        yield _cannot_fail(judged.tolerated)
    elif judged.undecided:
        yield _undecided(judged.undecided[0])
    elif calls or acts.unread:
        yield _not_read([call for _, call in calls]) if calls else _unreadable(repo, acts.unread)
    elif not acts.others and (contained := in_containers(acts)):
        message = f"job `{contained.id}` is named for tests; what its containers run is not read"
        yield unknown("tests-unread", message, Evidence(contained.path, contained.line), key=contained.id)
    else:
        yield from _none(repo, acts, judged)


def _judge(found: Sequence[Activity]) -> _Judged:
    judged = _Judged([], [], [], [], [])
    for one in found:
        reviewed = on_review(one)
        if one.never:
            judged.never.append(one)
        elif reviewed is None:
            judged.undecided.append(one)
        elif not reviewed:
            judged.elsewhere.append(one)
        elif one.tolerance:
            judged.tolerated.append(one)
        else:
            judged.good.append(one)
    return judged


# --- tests run


def _run(repo: Repository, good: list[Activity]) -> Iterator[Finding]:
    best = {one.tool: one for one in (*reversed(good), *reversed(list(filter(unfiltered, good))))}.values()
    order = {id(one): n for n, one in enumerate(good)}
    read = [one for one in best if one.words or one.step.uses] or best
    shown = sorted(read, key=lambda one: (not unfiltered(one), order[id(one)]))[:_SHOWN]
    if not any(map(unfiltered, good)):
        rest, total = left_out(repo, good)
        if len(rest) * _FEW > total:
            folders = ", ".join(f"`{folder}` ({count})" for folder, count in _folders(rest))
            message = f"the tests are left out where only these source files change: {folders}"
            much = len(rest) * _TOO_MANY >= total
            kind = Kind.CLAIM if much else Kind.ADVICE
            fix = "widen the `paths` filter of the pipeline, or drop it: a filter for documentation is enough"
            yield unmet("tests-filtered", message, *_places(shown[0]), kind=kind, key="paths", fix=fix)
            if much:
                return
    whole = any(trigger.event is Event.PULL_REQUEST for trigger in shown[0].pipeline.triggers)
    when = "on pull requests" if whole else "at every push to every branch"
    tools = ", ".join(f"`{one.tool}`" for one in shown)
    yield met(
        "tests-run", f"tests run {when}: {tools}", *(place for one in shown for place in _places(one)), key="tests"
    )


def _folders(paths: Sequence[str]) -> list[tuple[str, int]]:
    """The top folders of paths by how many there are, two levels where one holds nearly all."""
    for levels in (1, 2):
        counted = Counter("/".join(posixpath.dirname(path).split("/")[:levels]) or "." for path in paths)
        if len(counted) > 1:
            break
    return counted.most_common(3)


def _places(one: Activity) -> tuple[Evidence, ...]:
    """The step, and the line that names the tool where that is another one."""
    job = f"job `{one.job.id}` of {one.pipeline.system.value}"
    if not one.via:
        return (Evidence(one.path, one.line, f"{job}: {one.said}"),)
    path, line = one.via[0]
    return (Evidence(path, line, job), Evidence(one.path, one.line, one.said))


# --- tests that do not count


def _cannot_fail(found: list[Activity]) -> Finding:
    one = found[0]
    where = one.tolerated_at or (one.path, one.line)
    message = f"the tests on pull requests can't fail: `{one.tool}` is run with `{one.tolerance}`"
    fix = "let the step fail the job; put tests that are known to fail into a job of their own"
    return unmet("tests-cannot-fail", message, Evidence(*where, one.tolerance), *_places(one), key=one.tool, fix=fix)


def _undecided(one: Activity) -> Finding:
    conditions = [*map(str, one.job.conditions), *([str(one.step.condition)] if one.step.condition else [])]
    message = f"`{one.tool}` runs on a pull request only where a condition lets it: `{conditions[-1][:80]}`"
    return unknown("tests-conditional", message, *_places(one), key=one.tool)


def _not_read(calls: Sequence[Call]) -> Finding:
    kept = list({call.said: call for call in reversed(calls)}.values())[::-1]
    names = ", ".join(f"`{call.said}`" for call in kept[:3])
    more = f" and {len(kept) - 3} more" if len(kept) > 3 else ""
    message = f"tests may run in what is not read here: {names}{more}"
    places = [Evidence(call.path, call.line, f"job `{call.job.id}`") for call in kept[:_SHOWN]]
    return unknown("tests-unread", message, *places, key=kept[0].said.partition("@")[0])


def _unreadable(repo: Repository, unread: Sequence[Unread]) -> Finding:
    one = unread[0]
    message = f"tests may run in a pipeline that could not be read: {one.reason}"
    return unknown("tests-unreadable", message, *(Evidence(each.path, each.line) for each in unread[:_SHOWN]))


def _none(repo: Repository, acts: Activities, judged: _Judged) -> Iterator[Finding]:
    """Nothing that is read runs tests on pull requests: what comes closest to it."""
    firm = [one for one in acts.others if not any(word in one.reason for word in _LEFT_OVERS)]
    printing = hollow(acts)
    if firm:
        yield _other(firm)
    elif judged.elsewhere:
        yield _not_reviewed(judged.elsewhere)
    elif judged.never:
        one = judged.never[0]
        message = f"`{one.tool}` never runs: its condition does not hold at any event of the pipeline"
        fix = "drop or mend the condition of the job or step"
        yield unmet("tests-never-run", message, *_places(one), key=one.tool, fix=fix)
    elif acts.others:
        yield _other(acts.others)
    elif printing:
        path, line, said = printing
        message = f"{said} only prints; found no step that runs tests"
        yield unmet("tests-hollow", message, Evidence(path, line), key="hollow", fix="run the tests there")
    else:
        yield _absent(repo, acts)


def _other(found: Sequence[Unread]) -> Finding:
    message = f"found no step that runs tests in what is read, and {found[0].reason}"
    return unknown("tests-elsewhere", message, *(Evidence(one.path, one.line) for one in found[:_SHOWN]))


def _not_reviewed(found: list[Activity]) -> Finding:
    one = found[0]
    triggers = [trigger for trigger in one.pipeline.triggers if one.runs_at(trigger.event) is not False]
    branches = next((t.targets for t in triggers if t.event is Event.PULL_REQUEST and not names_default(t.targets)), ())
    events = dict.fromkeys(
        f"{trigger.event.value} to {', '.join(trigger.targets[:3])}" if trigger.targets else trigger.event.value
        for trigger in triggers
    )
    when = (
        f"pull requests into {', '.join(branches[:3])}"
        if branches
        else ", ".join(events) or "a call that nothing makes"
    )
    message = f"`{one.tool}` does not run on pull requests into the default branch: only at {when}"
    return unmet("tests-not-on-pull-requests", message, *_places(one), key=one.tool, fix=FIX)


def _absent(repo: Repository, acts: Activities) -> Finding:
    found = repo.once(sources)
    tests = [path for path in found if is_test(path)]
    count = f"; test files are there ({len(tests)}), such as {tests[0]}" if tests else ""
    if not found and not acts.pipelines:
        return not_applicable("no-code", "found no source code and no pipeline")
    named = mentioned(repo)
    if named:
        path, line, name = named
        message = f"found no step that runs tests in what is read, and {posixpath.basename(path)} names {name}"
        return unknown("tests-elsewhere", message, Evidence(path, line, name))
    if not found:
        return not_applicable("no-code", "found no source code to test")
    first = sorted(acts.pipelines, key=lambda one: one.trigger(Event.PULL_REQUEST) is None)[:1]
    places = tuple(Evidence(pipeline.path) for pipeline in first)
    places += tuple(Evidence(path) for path in tests[:1])
    if acts.pipelines:
        files = len({one.path for one in acts.pipelines})
        message = f"found no step that runs tests in the pipelines (files: {files}){count}"
        return unmet("no-tests-in-pipelines", message, *places, because=Because.ABSENT, key="tests", fix=FIX)
    message = f"found no pipeline{count}"
    return unmet("no-pipeline", message, *places, because=Because.ABSENT, key="tests", fix=FIX)
