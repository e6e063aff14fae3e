"""GitLab's pipelines: files, rules, conditions, merged jobs."""

from __future__ import annotations

import pytest

from sscop.artefacts.pipelines.gitlab import pipelines
from sscop.artefacts.pipelines.gitlab_conditions import any_match, holds
from sscop.artefacts.pipelines.gitlab_rules import MOMENTS
from sscop.artefacts.pipelines.model import Event, Job, Pipeline
from sscop.repository import Repository

FILE = ".gitlab-ci.yml"


def _pipeline(source: str, **files: str) -> Pipeline:
    ((pipeline,), unread) = pipelines(Repository.of({FILE: source, **files}))
    assert unread == ()
    return pipeline


def _job(source: str, name: str = "t", **files: str) -> Job:
    return next(job for job in _pipeline(source, **files).jobs if job.id == name)


def _events(job: Job) -> str:
    return " ".join(event.name for event in Event if event in (job.events or ()))


def _texts(job: Job) -> list[str]:
    return [script.text for step in job.steps for script in step.scripts]


def test_without_the_file_there_is_no_pipeline() -> None:
    assert pipelines(Repository.of({"a.gitlab-ci.yml": "t: {script: x}"})) == ((), ())


def test_a_file_that_cannot_be_read_is_named() -> None:
    ((), (unread,)) = pipelines(Repository.of({FILE: "- a"}))
    assert unread.reason == "is not a GitLab configuration: it is no mapping"


# --- when jobs run

ALL = "PULL_REQUEST PUSH TAG MANUAL"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", ALL),
        ("  only: [main]", "PUSH MANUAL"),
        ("  only: [merge_requests]", "PULL_REQUEST"),
        ("  only: [branches]", "PULL_REQUEST PUSH MANUAL"),
        ("  only: [tags]", "TAG"),
        ("  only: [/^release/]", ""),
        ("  only: [/^feature\\/.*$/]", "PULL_REQUEST"),
        ("  only: [main@group/project, api]", "PUSH MANUAL"),
        ("  only: {refs: [web]}", "MANUAL"),
        ("  only: {variables: [$CI_COMMIT_TAG]}", "TAG"),
        ("  only: {changes: [src/**]}", ALL),
        ("  except: [main]", "PULL_REQUEST TAG"),
        ("  except: [tags, schedules]", "PULL_REQUEST PUSH MANUAL"),
        ("  except: {variables: [$CI_COMMIT_BRANCH]}", "TAG"),
        ("  when: manual", "MANUAL"),
        ("  when: never", ""),
        ("  rules: []", ""),
        ("  rules: [{when: always}]", ALL),
        ("  rules: [{if: $CI_PIPELINE_SOURCE == 'merge_request_event'}]", "PULL_REQUEST"),
        ("  rules: [{if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH}]", "PUSH MANUAL"),
        ("  rules: [{if: $CI_COMMIT_BRANCH == 'master'}]", "PUSH MANUAL"),
        ("  rules: [{if: $CI_COMMIT_TAG, when: never}, {when: on_success}]", "PULL_REQUEST PUSH MANUAL"),
        ("  rules: [{if: $CI_COMMIT_TAG, when: manual}]", "MANUAL"),
        ("  rules: [{exists: [Dockerfile]}]", ""),
        ("  rules: [{exists: [.gitlab-ci.yml]}]", ALL),
        ("  rules: [{exists: {paths: [$X]}}]", ALL),
        ("  rules: [{if: $SKIP, when: never}, {when: on_success}]", ALL),
    ],
)
def test_when_a_job_runs(given: str, wanted: str) -> None:
    assert _events(_job(f"t:\n  script: x\n{given}\n")) == wanted


def test_a_switch_that_is_set_elsewhere_leaves_it_open() -> None:
    job = _job("t:\n  script: x\n  rules:\n    - if: $RUN == 'yes'\n")
    assert _events(job) == ALL
    assert job.conditions == ("$RUN == 'yes'",)
    job = _job("t:\n  script: x\n  rules:\n    - {if: $RUN != 'yes', when: never}\n    - when: always\n")
    assert job.conditions == ("$RUN != 'yes'", "always()")


def test_a_switch_that_the_file_sets_decides() -> None:
    source = "variables: {RUN: 'no'}\nt:\n  script: x\n  rules:\n    - if: $RUN == 'yes'\n"
    assert _events(_job(source)) == ""
    assert _events(_job(source.replace("RUN: 'no'", "RUN: {value: 'yes'}"))) == ALL


def test_changes_restrict_a_job_unless_another_rule_lets_it_run() -> None:
    source = "t:\n  script: x\n  rules:\n    - changes: [src/**]\n    - changes: {paths: [lib/**, [a]]}\n"
    assert _job(source).paths == ("src/**", "lib/**", "a")
    assert _job(source + "    - when: on_success\n").paths == ()
    assert _job(source + "    - {changes: [x], when: never}\n").paths == ("src/**", "lib/**", "a")


def test_schedules_count_where_rules_speak_of_them() -> None:
    assert Event.SCHEDULE not in (_job("t: {script: x}").events or ())
    source = 't: {script: x}\nn:\n  script: x\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "schedule"\n'
    assert _events(_job(source, "n")) == "SCHEDULE"
    assert Event.SCHEDULE in (_job(source).events or ())


def test_workflow_rules_decide_for_all_jobs() -> None:
    pipeline = _pipeline(
        "workflow:\n  name: W\n  rules:\n    - if: $CI_MERGE_REQUEST_IID\n    - if: $CI_COMMIT_TAG\nt: {script: x}\n"
    )
    assert pipeline.name == "W"
    assert [trigger.event for trigger in pipeline.triggers] == [Event.PULL_REQUEST, Event.TAG]
    assert _events(pipeline.jobs[0]) == "PULL_REQUEST TAG"


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("$A", True),
        ("$B", False),
        ("$C", None),
        ("$A == 'x'", True),
        ('"x" == $A', True),
        ("$A != 'x'", False),
        ("$A =~ /^x$/", True),
        ("$A !~ /X/i", False),
        ("$A =~ $P", True),
        ("$C =~ /x/", None),
        ("$B == null", True),
        ("$A && $B", False),
        ("$A || $C", True),
        ("$C && $B", False),
        ("($A || $B) && !$B", True),
        ("!$C", None),
        ("$CI_PROJECT_PATH == 'g/p'", True),
        ("$CI_PROJECT_NAMESPACE != 'g'", False),
        ("$CI_PROJECT_URL", True),
        ("$CI_PROJECT_PATH =~ /^g/", True),
        ("$CI_MERGE_REQUEST_LABELS =~ /x/", False),
        ("null == null", True),
        ("$A =~ /(x+)+$/", None),
        ("$A =~ /[/", None),
        ("", None),
        ("$A ==", None),
        ("(" * 60 + "$A", None),
        ("$A x", None),
        ("$D == 'main'", True),
        ("$D == 'develop'", None),
        ("$D == 'x'", False),
        ("$A == ${A}", True),
        ("$A =~ 'x'", None),
    ],
)
def test_conditions(condition: str, wanted: bool | None) -> None:
    values = {"A": ("x",), "B": (), "P": ("/^x/",), "D": ("main",)}
    assert holds(condition, values) is wanted


def test_variables_that_no_file_sets_may_count_as_not_set() -> None:
    assert holds("$C", {}, unset=True) is False
    assert holds("$CI_X", {}, unset=True) is None


def test_expressions_that_could_take_long_are_not_tried() -> None:
    assert any_match("/" + "a*" * 20 + "/", ["a" * 60]) is None
    assert any_match("/\\Av1\\z/", ["v1"]) is True
    assert MOMENTS[0].event is Event.PULL_REQUEST


# --- what jobs are made of


def test_defaults_extends_and_references() -> None:
    job = _job(
        "default:\n  before_script: [a]\n  image: i:1\n"
        ".one: {script: [one], variables: {A: '1', B: '1'}}\n"
        ".two: {extends: .one, script: [two], variables: {B: '2'}}\n"
        "t:\n  extends: [.one, .two]\n  script:\n    - !reference [.two, script]\n    - [x, [y]]\n"
        "    - !reference [.none, script]\n    - !reference [.deep, script]\n.deep: {extends: .one}\n"
    )
    assert _texts(job) == ["a", "two", "x", "y", "one"]
    assert job.images == ("i:1",)
    assert dict(job.steps[0].env) == {"A": "1", "B": "2"}
    assert job.steps[0].pipefail


def test_circles_and_depth_end() -> None:
    assert {*_texts(_job(".a: {extends: t}\nt: {extends: .a, script: [!reference [t, script], x]}\n"))} == {"x"}


@pytest.mark.parametrize(("inherit", "wanted"), [("false", ["x"]), ("[before_script]", ["a", "x"]), ("[image]", ["x"])])
def test_inherit(inherit: str, wanted: list[str]) -> None:
    source = f"default: {{before_script: [a]}}\nt: {{script: [x], inherit: {{default: {inherit}}}}}\n"
    assert _texts(_job(source)) == wanted


def test_old_defaults_and_services() -> None:
    job = _job(
        "image: {name: i}\nservices: [s, {name: r}]\nbefore_script: [a]\nt: {script: x, environment: {name: e}}\n"
    )
    assert job.images == ("i", "s", "r")
    assert _texts(job) == ["a", "x"]
    assert job.environment == "e"


def test_what_runs_afterwards_does_not_fail_the_job() -> None:
    script, after = _job("t: {script: x, after_script: [y]}").steps
    assert (script.tolerance, after.tolerance) == ("", "after_script")


def test_steps_of_a_run() -> None:
    step, other = _job("t:\n  run:\n    - {name: a, script: x}\n    - {step: gitlab.com/s@1, inputs: {b: c}}\n").steps
    assert (step.name, [one.text for one in step.scripts]) == ("a", ["x"])
    assert (other.uses, dict(other.inputs)) == ("gitlab.com/s@1", {"b": "c"})


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("allow_failure: true", "allow_failure: true"),
        ("allow_failure: false", ""),
        ("allow_failure: {exit_codes: [1, 2]}", "allow_failure: exit_codes: 1"),
        ("allow_failure: {exit_codes: 137}", ""),
        ("rules: [{when: always, allow_failure: true}]", "allow_failure: true"),
    ],
)
def test_allowed_failures(given: str, wanted: str) -> None:
    assert _job(f"t: {{script: x, {given}}}").tolerance == wanted


def test_stages_and_needs() -> None:
    source = (
        "stages: [build, test]\nb: {stage: build, script: x}\nt: {script: x}\nn: {script: x, needs: [{job: b}, t]}\n"
    )
    jobs = {job.id: job.needs for job in _pipeline(source).jobs}
    assert jobs == {"b": (), "t": ("b",), "n": ("b", "t")}


# --- files


def test_includes_are_followed_and_keep_their_lines() -> None:
    job = _job(
        "include: [/ci/a.yml, {local: 'ci/b/*.yml'}]\nt: {extends: .a}\n",
        **{"ci/a.yml": ".a:\n  before_script:\n    - one\n", "ci/b/b.yml": ".a:\n  script: [two]\n"},
    )
    places = [(step.path, step.scripts[0].line) for step in job.steps]
    assert places == [("ci/a.yml", 3), ("ci/b/b.yml", 2)]
    assert (job.path, job.line) == (FILE, 2)


@pytest.mark.parametrize(
    ("include", "wanted"),
    [
        ("https://x.org/a.yml", "the included remote `https://x.org/a.yml` is not in this repository"),
        ("{remote: 'https://x.org/a.yml'}", "the included remote `https://x.org/a.yml` is not in this repository"),
        ("{project: g/p, file: [a, b]}", "the included project `g/p` (a, b) is not in this repository"),
        ("{component: h/g/x@1}", "the included component `h/g/x@1` is not in this repository"),
        ("{template: Own.yml}", "the included template `Own.yml` is not in this repository"),
        ("a.yml", "the included file `a.yml` is not in this repository"),
        ("{local: $X.yml}", "the included file `$X.yml` holds a variable"),
    ],
)
def test_includes_from_elsewhere_are_named(include: str, wanted: str) -> None:
    _, (unread,) = pipelines(Repository.of({FILE: f"include:\n  - {include}\nt: {{script: x}}\n"}))
    assert unread.reason == wanted


def test_gitlabs_own_templates_are_jobs_that_use_them() -> None:
    pipeline = _pipeline(
        "include:\n  - template: Security/SAST.gitlab-ci.yml\n  - component: $CI_SERVER_FQDN/components/sast/sast@1\n"
    )
    assert [step.uses for job in pipeline.jobs for step in job.steps] == [
        "template: Security/SAST.gitlab-ci.yml",
        "template: $CI_SERVER_FQDN/components/sast/sast@1",
    ]


def test_an_include_whose_rules_never_hold_is_left_out() -> None:
    assert _pipeline("include: [{project: g/p, rules: [{if: $CI_COMMIT_TAG == 'x'}]}]\nt: {script: x}\n").jobs


def test_child_pipelines() -> None:
    child = {"c.yml": "u: {script: y}\n"}
    source = "t:\n  trigger:\n    include: c.yml\n  rules:\n    - if: $CI_MERGE_REQUEST_IID\n"
    job = _job(source, "t / u", **child)
    assert (job.path, job.via, _events(job)) == ("c.yml", ((FILE, 1),), "PULL_REQUEST")
    assert job.tolerance == "`trigger` without `strategy: depend`"
    assert _job(source.replace("c.yml", "c.yml\n    strategy: depend"), "t / u", **child).tolerance == ""


@pytest.mark.parametrize(
    ("trigger", "wanted"),
    [("g/p", "g/p"), ("{project: g/p}", "g/p"), ("{include: [{artifact: a.yml, job: b}]}", "a.yml")],
)
def test_pipelines_that_are_elsewhere_are_calls(trigger: str, wanted: str) -> None:
    assert _job(f"t: {{trigger: {trigger}}}").calls == wanted


def test_a_template_of_inputs() -> None:
    job = _job("spec: {inputs: {x: }}\n---\nt: {script: 'make $[[ inputs.x ]]'}\n")
    assert _texts(job) == ["make ${ inputs.x }"]
