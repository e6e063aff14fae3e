"""Whether a step really runs tests, for which changes, and what may run them without being read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sscop.artefacts.code import sources
from sscop.artefacts.pipelines import Activities, Activity, Call, Event, Purpose, Trigger, reviews, runs_at
from sscop.artefacts.pipelines.conditions import holds
from sscop.artefacts.pipelines.named import means_tests, parts
from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.globs import compiled

_NO_RUN = {
    "--version", "--help", "--collect-only", "--co", "--list-tests", "--listTests", "--no-run", "--clearCache",
    "--showConfig", "-DskipTests", "-Dmaven.test.skip", "--skip-tests", "build-for-testing", "--fixtures", "--markers",
    "--dry-run", "--show-only", "--init", "--install-deps",
}  # fmt: skip
"""Words with which a test tool runs no test."""

_UNSURE = lazily(r"(?<![\w.])vars\.|\$\{?[A-Z_]|\blabels?\b|\bcomment\b")
"""In a condition: what a person or a setting decides for each pull request, rather than what changed."""

_TARGET = lazily(r"[\w./:-]+")
_LABEL_OUT = lazily(r"!\s*contains\([^()]{0,200}\blabels\b[^()]{0,200}\)")
"""A label that leaves something out is an exception; one that lets it run is a decision."""

_ELSEWHERE = {
    "test", "tests", "testing", "unit", "e2e", "integration", "jasmine", "jest", "pytest", "rspec", "phpunit", "junit",
    "cypress", "playwright", "verify", "gradle", "maven", "mvn", "cucumber", "spec", "specs", "tox", "nox",
    "minitest", "vitest", "mocha", "ctest", "qa",
}  # fmt: skip
_PERHAPS = {
    "ci", "build", "check", "checks", "pipeline", "main", "default", "pr", "pull", "continuous", "validate", "app",
    "common", "node", "nodejs", "python", "java", "go", "golang", "dotnet", "ruby", "php", "rust", "devops", "linux",
    "windows", "macos", "jenkins", "quality", "workflow", "stage", "all",
}  # fmt: skip
_OTHER_WORK = {
    "codeql", "lint", "linter", "dependency", "deploy", "deployment", "release", "publish", "docs", "label", "labeler",
    "stale", "scan", "scanning", "security", "merge", "image", "docker", "brakeman", "rubocop", "stylelint", "sign",
    "notify", "slack", "sbom", "scorecard", "triage", "title", "commit", "prettier", "format", "sast", "changelog",
    "version", "nuget", "pack", "push", "setup", "cache", "checkout", "upload", "download", "install", "auth", "login",
    "configure", "comment", "helm", "slsa", "chart", "provenance", "reporter", "links", "spell", "typos", "actionlint",
    "pages", "zizmor", "report", "results", "artifacts", "artifact", "summary", "badge", "codecov", "coveralls",
    "website",
}  # fmt: skip
_ABOUT_TESTS = {
    "setup",
    "report",
    "results",
    "upload",
    "codecov",
    "coveralls",
    "artifacts",
    "summary",
    "badge",
    "reporter",
}


def runs_tests(one: Activity) -> bool:
    """Whether a test tool's command runs tests, rather than lists, compiles or skips them."""
    words = one.words[1:]
    if any(word.partition("=")[0] in _NO_RUN and not word.endswith("=false") for word in words):
        return False
    if one.words[:1] in (("mvn",), ("mvnw",)) and {"-v", "-version"} & set(words):
        return False
    skipped = any(flag == "-x" and name in ("test", "check") for flag, name in zip(words, words[1:]))
    compiled_only = one.words[:2] == ("go", "test") and "-c" in words
    return not skipped and not compiled_only


def tests_of(acts: Activities) -> list[Activity]:
    """Every step that runs tests."""
    return [one for one in acts.of(Purpose.TEST) if runs_tests(one)]


def on_review(one: Activity) -> bool | None:
    """Whether it runs on every pull request; None where a person or a setting decides.

    A condition on what changed, on a matrix or on the repository is no restriction.
    """
    found = one.reviewed
    if found is not None:
        return found
    doubts = [_LABEL_OUT.sub("", text) for text in _conditions(one) if holds(text, Event.PULL_REQUEST) is None]
    return None if any(_UNSURE.search(text) for text in doubts) else True


def _conditions(one: Activity | Call) -> list[str]:
    own = [one.step.condition] if one.step and one.step.condition else []
    return [*map(str, one.job.conditions), *own]


def may_be_reviewed(call: Call) -> bool:
    """Whether a call may run on pull requests."""
    triggers = [trigger for trigger in call.pipeline.triggers if reviews(trigger, call.pipeline.branch)]
    return any(runs_at(call.pipeline, call.job, call.step, trigger.event) is not False for trigger in triggers)


def may_test(call: Call) -> int:
    """How much speaks for a call that is not read running tests: 0 nothing, 1 its name does not rule it out, 2 it may,
    3 it does.
    """
    name = call.said.partition("@")[0].removesuffix(".yml").removesuffix(".yaml")
    if call.kind == "script":
        return 1
    if call.kind == "target":
        return 2 if any(means_tests(word) for word in call.said.split() if _TARGET.fullmatch(word)) else 0
    if call.kind not in ("workflow", "action"):
        return 0
    words = parts(name.rpartition("/")[2])
    if call.kind == "action":
        return 2 if words & _ELSEWHERE and not words & _OTHER_WORK else 0
    if call.step is None:
        words |= parts(call.job.id.rpartition("/")[2])
    if words & _ELSEWHERE and not words & _ABOUT_TESTS:
        return 2 if words & _OTHER_WORK else 3
    return 1 if not words & _OTHER_WORK and (words & _PERHAPS or not words) else 0


# --- for which changes


def unfiltered(one: Activity) -> bool:
    """Whether it runs whatever a pull request changes."""
    return not one.job.paths and any(not (t.paths or t.except_paths) for t in _starting(one))


def _starting(one: Activity) -> list[Trigger]:
    triggers = [trigger for trigger in one.pipeline.triggers if reviews(trigger, one.pipeline.branch)]
    return [trigger for trigger in triggers if one.runs_at(trigger.event) is not False]


def left_out(repo: Repository, found: Iterable[Activity]) -> tuple[list[str], int]:
    """The source files of which a change alone starts none of these steps, and how many source files there are."""
    rest = list(repo.once(sources))
    total = len(rest)
    seen: set[tuple[object, ...]] = set()
    for one in found:
        for trigger in _starting(one):
            filters = (trigger.paths, trigger.except_paths, one.job.paths)
            if filters not in seen:
                seen.add(filters)
                rest = [path for path in rest if not _starts(path, *filters)]
    return rest, total


def _starts(path: str, paths: Sequence[str], except_paths: Sequence[str], job_paths: Sequence[str]) -> bool:
    named = not paths or _lets_in(path, paths)
    kept = not any(compiled(glob).match(path) for glob in except_paths)
    return named and kept and (not job_paths or any("$" in glob or compiled(glob).match(path) for glob in job_paths))


def _lets_in(path: str, globs: Sequence[str]) -> bool:
    """GitHub's order: the last glob that matches decides."""
    inside = False
    for glob in globs:
        if compiled(glob.removeprefix("!")).match(path):
            inside = not glob.startswith("!")
    return inside
