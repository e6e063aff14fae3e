"""The findings of ignored test failures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.pipelines import Activities, Activity, Event, Job, Pipeline, Purpose
from sscop.judgement.gates import Ignored, ignored
from sscop.judgement.test_runs import may_be_reviewed, may_test, runs_tests, tests_of
from sscop.judgement.tests_hints import in_containers
from sscop.lazy import lazily
from sscop.model import Evidence, Finding, Kind, met, not_applicable, unknown, unmet
from sscop.repository import Repository
from sscop.repository.places import Family

_SCANS = (Purpose.STATIC_ANALYSIS, Purpose.COMPOSITION_SCAN)
_BY_ITSELF = (Event.PULL_REQUEST, Event.PUSH, Event.TAG, Event.RELEASE, Event.SCHEDULE)
_FIX = "let the failure fail the job; move tests that are known to fail into a job of their own that says so"
_POM = lazily(r"<testFailureIgnore>\s*true\s*<|<maven\.test\.failure\.ignore>\s*true\s*<")
_GRADLE_LINE = lazily(r"^(.*?)\bignoreFailures\s*(?:=|\.set\()?\s*true\b", re.MULTILINE)
_GRADLE_TEST = lazily(r"\b(?:[tT]est\b|\w*Test\b|Test::class|integrationTest)")
_MOST_LINES = 60


def findings(repo: Repository, acts: Activities) -> Iterator[Finding]:
    """One finding for each place that hides failures, and one where none does."""
    tests = tests_of(acts)
    found: dict[tuple[str, int, str], Ignored] = {}
    for one in (*tests, *filter(runs_tests, acts.of(*_SCANS))):
        hidden = ignored(repo, one)
        if hidden:
            found.setdefault((hidden.path, hidden.line, one.tool), hidden)
    made = [_hidden(one) for one in found.values()]
    made += _build_files(repo, tests)
    made += [_prints(*one) for one in _aggregates(acts, tests)]
    yield from made
    if not tests:
        yield from _without_tests(acts)
    elif not any(one.kind is Kind.CLAIM for one in made):
        jobs = len({(one.pipeline.path, one.pipeline.name, one.job.id) for one in tests})
        one = max(tests, key=lambda each: bool(each.reviewed))
        place = Evidence(*(one.via[0] if one.via else (one.path, one.line)), f"job `{one.job.id}`: {one.said}")
        yield met(
            "gated", f"found no test step whose failing is ignored; jobs that run tests: {jobs}", place, key="tests"
        )


def _without_tests(acts: Activities) -> Iterator[Finding]:
    weighed = [(may_test(call), call) for call in acts.calls]
    calls = [call for weight, call in sorted(weighed, key=lambda one: -one[0]) if weight and may_be_reviewed(call)]
    if calls:
        message = f"tests may run in what is not read here: `{calls[0].said}`"
        yield unknown(
            "tests-unread", message, Evidence(calls[0].path, calls[0].line), key=calls[0].said.partition("@")[0]
        )
    elif acts.unread or acts.others:
        one = (*acts.unread, *acts.others)[0]
        message = f"tests may run in a pipeline that is not read: {one.reason}"
        yield unknown("tests-unread", message, Evidence(one.path, one.line))
    elif contained := in_containers(acts):
        message = f"job `{contained.id}` is named for tests; what its containers run is not read"
        yield unknown("tests-unread", message, Evidence(contained.path, contained.line), key=contained.id)
    else:
        yield not_applicable("no-tests", "found no step that runs tests in any pipeline")


def _hidden(one: Ignored) -> Finding:
    purpose = one.activity.purpose
    by_hand = not any(one.activity.runs_at(event) is not False for event in _BY_ITSELF)
    kind = Kind.ADVICE if one.meant or by_hand or purpose is not Purpose.TEST else Kind.CLAIM
    said = f"a failure of `{one.activity.tool}` ({one.activity.said}) is ignored: {_why(one.why)}"
    message = f"{said}; it is said to be meant ({one.meant})" if one.meant else said
    code = "ignored-failure" if purpose is Purpose.TEST else "ignored-scan"
    places = [Evidence(one.path, one.line, one.why)]
    if (one.path, one.line) != (one.activity.path, one.activity.line):
        places.append(Evidence(one.activity.path, one.activity.line, one.activity.said))
    key = f"{one.activity.job.id}:{one.activity.tool}"
    return unmet(code, message, *places, kind=kind, subject=one.activity.said, key=key, fix=_FIX)


def _why(why: str) -> str:
    if why.startswith("| "):
        return f"`{why}` decides, because `pipefail` is off"
    if why == "set +e":
        return "`set +e` is on, and nothing looks at `$?`"
    return why if " " in why and ("(" in why or why.startswith(("-", "`"))) else f"`{why}`"


def _build_files(repo: Repository, tests: list[Activity]) -> Iterator[Finding]:
    """Test failures that Maven's and Gradle's files ignore."""
    tools = {one.tool for one in tests}
    if "Maven's tests" in tools:
        for path in repo.find("**/pom.xml", family=Family.TOOLS):
            text = _text(repo, path)
            for match in _POM.finditer(text):
                yield _in_build_file(path, text.count("\n", 0, match.start()) + 1, match[0].rstrip("<").strip())
    if "Gradle's tests" in tools:
        for path in repo.find("**/*.gradle", "**/*.gradle.kts", family=Family.TOOLS):
            text = _text(repo, path)
            for match in _GRADLE_LINE.finditer(text):
                if _GRADLE_TEST.search(_block(text, match.start(), match[1])):
                    line = text.count("\n", 0, match.start()) + match[0].count("\n") + 1
                    yield _in_build_file(path, line, "ignoreFailures = true")


def _text(repo: Repository, path: str) -> str:
    text = repo.text(path)
    return text if isinstance(text, str) else ""


def _in_build_file(path: str, line: int, said: str) -> Finding:
    message = f"failing tests do not fail the build: `{said}`"
    return unmet(
        "ignored-failure", message, Evidence(path, line, said), subject=said, key="build-file", fix=f"drop `{said}`"
    )


def _block(text: str, at: int, before: str) -> str:
    """The header of the innermost block that a place of a Gradle file stands in."""
    if "{" in before:
        return before
    depth = 0
    for line in reversed(text[:at].split("\n")[-_MOST_LINES:]):
        depth += line.count("}") - line.count("{")
        if depth < 0:
            return line
    return ""


def _aggregates(acts: Activities, tests: list[Activity]) -> Iterator[tuple[Pipeline, Job]]:
    """Jobs that run always, wait for the tests and can't fail."""
    testing = {(id(one.pipeline), one.job.id) for one in tests}
    for pipeline in acts.pipelines:
        for job in pipeline.jobs:
            always = any(re.fullmatch(r"\$?\{*\s*always\(\)\s*\}*", str(one).strip()) for one in job.conditions)
            waits = any((id(pipeline), name) in testing for name in job.needs)
            if (
                always
                and waits
                and job.steps
                and all(_prints_only(step.scripts[0].text) if step.scripts else False for step in job.steps)
            ):
                yield pipeline, job


def _prints_only(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip() and not line.strip().startswith("#")]
    return "${{" not in text and all(re.match(r"(?:echo|printf|true|:)\b", line) for line in lines)


def _prints(pipeline: Pipeline, job: Job) -> Finding:
    message = f"job `{job.id}` waits for the tests, runs always and only prints: it succeeds where they fail"
    fix = "let it fail where a result is not success: `if: contains(needs.*.result, 'failure')`, `run: exit 1`"
    return unmet("aggregate-only-prints", message, Evidence(job.path, job.line), kind=Kind.ADVICE, key=job.id, fix=fix)
