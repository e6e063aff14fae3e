"""What pipelines do to find weaknesses in the code: static analysis, fuzzing, dynamic analysis, negative tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.code import by_language, is_test, sources
from sscop.artefacts.fuzzing import fuzz_targets, negative_tests
from sscop.artefacts.pipelines import Activities, Activity, Purpose, activities
from sscop.artefacts.pipelines.analysed import languages
from sscop.artefacts.pipelines.hooks import hooks, run_by_pipelines
from sscop.artefacts.security_linters import compiled_in, security_linters, told
from sscop.judgement.scans import (
    MAY_CHECK,
    SHOWN,
    called,
    inadequate,
    left_open,
    named,
    on_review,
    open_workflows,
    place,
    unread,
    weigh,
)
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, met, not_applicable, unknown, unmet
from sscop.repository import Repository

_NAMED = lazily(
    r"codeql|(?:^|[ /_.-])(?:sast|semgrep|sonar\w*|brakeman|bandit|gosec|veracode|checkmarx|fortify)(?:[/_. -]|$)"
    r"|coverity"
    r"|static[-_ ]analysis|code[-_ ]?scan|security[-_ ]?(?:scan|check|analysis)"
)
_FUZZ = lazily(r"fuzz", re.IGNORECASE)
_SERVICES = (
    "**/sonar-project.properties", ".sonarcloud.properties", ".deepsource.toml", ".codacy.{yml,yaml}",
    "qodana.{yml,yaml}", ".github/codeql/*.{yml,yaml}", ".github/codeql-config.{yml,yaml}",
)  # fmt: skip
_BADGES = lazily(
    r"sonarcloud\.io/(?:api/project_badges|dashboard|summary|project)|scan\.coverity\.com/projects|app\.codacy\.com"
    r"|deepsource\.io|snyk\.io/test/github"
)
_SANITIZERS = lazily(
    r"-fsanitize=(?:address|undefined|thread|memory|leak)|-Z\s?sanitizer=|\b(?:ASAN|UBSAN|TSAN|MSAN)_OPTIONS\b"
    r"|--enable-(?:asan|ubsan|tsan|sanitizers?)|-Db_sanitize=[au]"
    r"|(?:ENABLE|USE|WITH)_(?:ASAN|UBSAN|SANITIZERS?)=(?:ON|1|true)"
    r"|-enable(?:Address|Thread|UndefinedBehavior)Sanitizer"
)
_LARGE = 5
"""One in so many source files is worth saying that no analyser reads its language."""

FIX = (
    "let an analyser of {language} run on pull requests, such as CodeQL (`github/codeql-action/init` and `analyze`) "
    "or Semgrep (`semgrep ci`), or say in the assessment where the service that does it is set up"
)


class Code(NamedTuple):
    """How many source files there are in each language, the most first; and the tests among them."""

    counted: tuple[tuple[str, int], ...]
    tests: list[str]

    @property
    def main(self) -> str:
        """The language of the most files."""
        return self.counted[0][0] if self.counted else ""


def findings(repo: Repository) -> Iterator[Finding]:
    """What is said of static analysis, and what else is seen."""
    code = _code(repo)
    if not code.main:
        yield not_applicable("no-code", "found no source code in a language that analysers read")
        return
    acts: Activities = repo.once(activities)
    said = list(_static(repo, acts, code))
    yield from said
    yield from _others(repo, acts, code, analysed=said[0].outcome is Outcome.MET)


def _code(repo: Repository) -> Code:
    return Code(tuple(by_language(repo)), [path for path in repo.once(sources) if is_test(path)])


def _analyses(repo: Repository, acts: Activities, code: Code) -> list[Activity]:
    """The runs of analysers, and of linters and builds that apply security rules."""
    hooked = run_by_pipelines(repo)
    purposes = {Purpose.STATIC_ANALYSIS} | ({Purpose.CONFIGURATION_SCAN} if code.main == "Terraform" else set())
    found = [one for one in (*acts.found, *hooked) if one.purpose in purposes]
    linters = [one for one in (*acts.found, *hooked) if one.purpose is Purpose.LINT]
    rules = repo.once(security_linters) if linters else ()
    found += [one._replace(said=f"{one.said} with {rule.rules}") for one, rule in told(linters, rules)]
    if code.main == ".NET" and (rule := compiled_in(repo)):
        builds = [one for one in acts.of(Purpose.TEST) if one.words[:1] == ("dotnet",)]
        found += [one._replace(tool=rule.linter, said=f"{one.said} with {rule.rules}") for one in builds]
    return found


def _static(repo: Repository, acts: Activities, code: Code) -> Iterator[Finding]:
    scans = weigh(_analyses(repo, acts, code))
    good = [scan.one for scan in scans if not scan.lacks]
    fit = [one for one in good if _reads(one, code.main)]
    fix = FIX.format(language=code.main)
    promised = list(called(acts.calls, _NAMED, "a static analysis", fix))
    if fit:
        tools = ", ".join(dict.fromkeys(one.tool for one in fit))
        message = f"static analysis of {code.main} runs on pull requests: {tools}"
        yield met("static-analysis", message, *map(place, fit[:SHOWN]), key="static-analysis")
        yield from _unread_languages(good, code)
    elif promised and (promised[0].outcome is Outcome.UNKNOWN or not scans):
        yield from promised
    elif any(scan.lacks and _reads(scan.one, code.main) for scan in scans):
        yield from inadequate([scan for scan in scans if _reads(scan.one, code.main)], fix)
    elif good:
        tools = ", ".join(dict.fromkeys(one.tool for one in good))
        message = f"{tools} reads no {code.main}, which most of the source is in, and found no other static analysis"
        yield unmet("main-language-not-analysed", message, place(good[0]), key=code.main, fix=fix)
    elif init := _not_analysed(acts):
        message = "CodeQL is prepared and never started: the job has `init` and no `analyze`"
        yield unmet("codeql-without-analyze", message, init, key="CodeQL", fix=fix)
    elif held := repo.once(hooks).of(Purpose.STATIC_ANALYSIS):
        one = held[0]
        message = f"{one.tool.name} runs in commit hooks alone, which a contributor may not have installed"
        yield unmet("hook-only", message, Evidence(one.path, one.line, one.said), key=one.tool.name, fix=fix)
    elif service := _service(repo):
        message = "an analysis is set up for a service; whether it runs on pull requests, the files don't show"
        yield unknown("service", message, service, key="service")
    elif problems := list(unread(acts)):
        yield from problems
    elif maybe := [call for call in open_workflows(acts.calls, MAY_CHECK) if on_review(call)]:
        yield left_open(maybe, f"static analysis of {code.main}")
    else:
        message = (
            f"found no static analysis of {code.main} in the pipelines; what is switched on in a service alone "
            "(CodeQL's default set-up, SonarCloud, Snyk) the files don't show"
        )
        yield unmet("no-static-analysis", message, because=Because.ABSENT, key="static-analysis", fix=fix)


def _not_analysed(acts: Activities) -> Evidence | None:
    """The first step that prepares CodeQL in a job that does not run it."""
    for pipeline in acts.pipelines:
        for job in pipeline.jobs:
            uses = [step.uses for step in job.steps if step.uses and "codeql-action/" in step.uses]
            init = next((one for one in uses if "/init" in one), None)
            if init and not any("/analyze" in one for one in uses):
                return Evidence(job.path, init.line, str(init))
    return None


def _reads(one: Activity, language: str) -> bool:
    known = languages(one)
    return known is None or language in known


def _unread_languages(good: Sequence[Activity], code: Code) -> Iterator[Finding]:
    """The other languages that a good part of the source is in, and that no analyser reads."""
    total = sum(count for _, count in code.counted)
    for language, count in code.counted[1:]:
        if count * _LARGE >= total and not any(_reads(one, language) for one in good):
            message = f"found no static analysis of {language}, in which {count} of {total} source files are"
            fix = FIX.format(language=language)
            yield unmet("language-not-analysed", message, kind=Kind.ADVICE, key=language, fix=fix)


def _service(repo: Repository) -> Evidence | None:
    """Where a file is for a service's own analysis, or a badge points at one."""
    for path in repo.find(*_SERVICES):
        return Evidence(path, 1)
    for path in repo.find("README.{md,rst,adoc}"):
        text = repo.text(path)
        badge = None if isinstance(text, Unread) else _BADGES.search(text)
        if badge and not isinstance(text, Unread):
            return Evidence(path, text.count("\n", 0, badge.start()) + 1, badge[0])
    return None


def _others(repo: Repository, acts: Activities, code: Code, *, analysed: bool) -> Iterator[Finding]:
    """What else looks for weaknesses; that nothing does is worth saying only beside an analysis."""
    named_so = [one for one in acts.of(Purpose.TEST) if any(_FUZZ.search(word) for word in one.words[1:])]
    fuzzed = [scan.one for scan in weigh(acts.of(Purpose.FUZZING) or named_so) if scan.code != "scan-never-runs"]
    targets = fuzz_targets(repo)
    if fuzzed:
        message = "fuzzing runs in a pipeline: " + ", ".join(dict.fromkeys(one.tool for one in fuzzed))
        yield met("fuzzing", message, *map(place, fuzzed[:SHOWN]), key="fuzzing")
    elif targets:
        message = "fuzz targets are kept here; whether they are run, by OSS-Fuzz or by hand, the pipelines don't show"
        places = [Evidence(one.path, one.line, one.said) for one in targets[:SHOWN]]
        yield met("fuzz-targets", message, *places, key="fuzzing")
    dynamic = [place(scan.one) for scan in weigh(acts.of(Purpose.DYNAMIC_ANALYSIS)) if scan.code != "scan-never-runs"]
    dynamic += _sanitizers(acts)
    if dynamic:
        message = "dynamic analysis runs in a pipeline"
        yield met("dynamic-analysis", message, *dynamic[:SHOWN], key="dynamic-analysis")
    negative = negative_tests(code.tests)
    if negative:
        message = f"tests that by their names give input that must be turned away: {len(negative)}"
        yield met(
            "negative-tests",
            message,
            *(Evidence(one.path, one.line, one.said) for one in negative[:SHOWN]),
            key="negative-tests",
        )
    absent = [
        name
        for name, seen in (("fuzzing", fuzzed or targets or named(acts.calls, _FUZZ)), ("dynamic analysis", dynamic))
        if not seen
    ]
    if absent and analysed:
        message = f"not seen in the pipelines: {' and '.join(absent)}"
        fix = "fuzz what parses foreign input (ClusterFuzzLite, the language's own fuzzer), and scan a running instance"
        yield unmet("not-seen", message, because=Because.ABSENT, kind=Kind.ADVICE, key="others", fix=fix)


def _sanitizers(acts: Activities) -> list[Evidence]:
    """Where pipelines build or run with a sanitizer: in flags and variables, which no tool is named in."""
    found: dict[tuple[str, int], Evidence] = {}
    for pipeline in acts.pipelines:
        for job in pipeline.jobs:
            for step in job.steps:
                texts = [(script.text, script.line) for script in step.scripts]
                texts += [(f"{key}={value}", key.line) for key, value in step.env.pairs() if isinstance(value, str)]
                for said, line in texts:
                    match = _SANITIZERS.search(said)
                    if match:
                        at = line + said.count("\n", 0, match.start())
                        found.setdefault((step.path, at), Evidence(step.path, at, match[0]))
    return list(found.values())
