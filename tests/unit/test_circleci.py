"""CircleCI's pipelines: workflows, filters, logic, parameters, commands, orbs."""

from __future__ import annotations

import pytest

from sscop.artefacts.pipelines.circleci import pipelines
from sscop.artefacts.pipelines.model import Event, Job, Pipeline
from sscop.repository import Repository

FILE = ".circleci/config.yml"
JOBS = "version: 2.1\njobs:\n  t: {docker: [{image: i}], steps: [checkout, {run: x}]}\n"


def _pipelines(source: str, **files: str) -> list[Pipeline]:
    found, unread = pipelines(Repository.of({FILE: source, **files}))
    assert unread == ()
    return list(found)


def _jobs(source: str) -> dict[str, Job]:
    return {job.id: job for pipeline in _pipelines(source) for job in pipeline.jobs}


def _events(job: Job) -> str:
    return " ".join(event.name for event in Event if event in (job.events or ()))


def _texts(job: Job) -> list[str]:
    return [script.text for step in job.steps for script in step.scripts]


def _steps(steps: str, more: str = "") -> Job:
    source = f"version: 2.1\n{more}jobs:\n  t:\n    steps:\n      - {steps}\nworkflows: {{w: {{jobs: [t]}}}}\n"
    return _jobs(source)["t"]


def test_without_a_configuration_there_is_no_pipeline() -> None:
    assert pipelines(Repository.of({"a": ""})) == ((), ())
    ((), (unread,)) = pipelines(Repository.of({FILE: "version: 2"}))
    assert unread.reason == "is not a CircleCI configuration: it has no `jobs` and no `workflows`"


def test_without_workflows_the_job_build_runs() -> None:
    (pipeline,) = _pipelines("version: 2\njobs: {build: {steps: [{run: x}]}, other: {steps: [{run: y}]}}\n")
    assert [(job.id, _events(job)) for job in pipeline.jobs] == [("build", "PULL_REQUEST PUSH")]
    assert _pipelines("version: 2\njobs: {other: {steps: []}}\n") == []


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("t", "PULL_REQUEST PUSH"),
        ("t: {filters: {branches: {only: main}}}", "PUSH"),
        ("t: {filters: {branches: {ignore: [main, master, trunk]}}}", "PULL_REQUEST"),
        ("t: {filters: {branches: {only: [/feature\\/.*/, /(?!x).*/]}}}", "PULL_REQUEST PUSH"),
        ("t: {filters: {tags: {only: /v.*/}}}", "PULL_REQUEST PUSH TAG"),
        ("t: {filters: {tags: {only: /v.*/}, branches: {ignore: /.*/}}}", "TAG"),
        ("t: {filters: 'pipeline.git.branch == \"x\"'}", "PULL_REQUEST PUSH"),
    ],
)
def test_filters(given: str, wanted: str) -> None:
    assert _events(_jobs(f"{JOBS}workflows:\n  w:\n    jobs:\n      - {given}\n")["t"]) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("when: << pipeline.parameters.yes >>", "PULL_REQUEST PUSH"),
        ("when: << pipeline.parameters.no >>", ""),
        ("unless: << pipeline.parameters.no >>", "PULL_REQUEST PUSH"),
        ("unless: << pipeline.parameters.unknown >>", "PULL_REQUEST PUSH"),
        ("when: {not: << pipeline.parameters.no >>}", "PULL_REQUEST PUSH"),
        ("when: {and: [<< pipeline.parameters.yes >>, << pipeline.parameters.no >>]}", ""),
        ("when: {or: [<< pipeline.parameters.yes >>, << pipeline.parameters.unknown >>]}", "PULL_REQUEST PUSH"),
        ("when: {equal: [main, << pipeline.git.branch >>]}", "PUSH"),
        ("when: {matches: {pattern: '^feature/.*$', value: << pipeline.git.branch >>}}", "PULL_REQUEST"),
        ("when: {equal: [scheduled_pipeline, << pipeline.trigger_source >>]}", "SCHEDULE"),
        ("when: {equal: [nightly, << pipeline.schedule.name >>]}", "SCHEDULE"),
        ("when: {equal: [true, << pipeline.git.branch.is_default >>]}", "PUSH"),
        ("when: {equal: [[a], b]}", "PULL_REQUEST PUSH"),
        ("when: {other: x}", "PULL_REQUEST PUSH"),
        ("triggers: [{schedule: {cron: x}}]", "SCHEDULE"),
    ],
)
def test_when_a_workflow_runs(given: str, wanted: str) -> None:
    parameters = "parameters: {yes: {default: true}, no: {default: false}}\n"
    found = _jobs(f"{JOBS}{parameters}workflows:\n  w:\n    {given}\n    jobs: [t]\n")["t"]
    assert _events(found) == wanted
    assert bool(found.conditions) is (
        ("unknown" in given and "or:" not in given) or "[[a]" in given or "other" in given or "nightly" in given
    )


def test_a_job_runs_where_those_that_it_requires_do() -> None:
    jobs = _jobs(
        f"{JOBS}  u: {{steps: []}}\nworkflows:\n  w:\n    jobs:\n      - t: {{filters: {{branches: {{only: main}}}}}}\n"
        "      - u: {requires: [t, {x: [success]}]}\n      - hold: {type: approval, requires: [t]}\n"
        "      - u: {name: v, requires: [hold]}\n"
    )
    assert {name: _events(job) for name, job in jobs.items()} == {"t": "PUSH", "u": "PUSH", "v": "MANUAL"}
    assert jobs["u"].needs == ("t", "x")


def test_a_matrix_makes_jobs() -> None:
    jobs = _jobs(
        "version: 2.1\njobs:\n  t:\n    parameters: {what: {type: string}, how: {default: fast}}\n    steps:\n"
        "      - run: make << parameters.what >> << parameters.how >> << parameters.none >> \\<< x\n"
        "workflows: {w: {jobs: [t: {matrix: {parameters: {what: [unit, e2e]}}}]}}\n"
    )
    assert [_texts(job) for job in jobs.values()] == [
        ["make unit fast ${PARAMETERS_NONE} << x"],
        ["make e2e fast ${PARAMETERS_NONE} << x"],
    ]


def test_executors_and_folders() -> None:
    job = _jobs(
        "executors: {e: {docker: [{image: a}], working_directory: ~/repo}}\njobs:\n  t:\n"
        "    executor: {name: e}\n    steps:\n"
        "      - run: {command: x, working_directory: ~/repo/web}\n"
        "      - run: {command: y, working_directory: ~/other}\n"
        "workflows: {w: {jobs: [t]}}\n"
    )["t"]
    assert job.images == ("a",)
    assert [step.folder for step in job.steps] == ["web", ""]


@pytest.mark.parametrize(
    ("step", "condition", "pipefail", "tolerance"),
    [
        ("run: x", None, True, ""),
        ("run: {command: x, when: on_fail}", "failure()", True, ""),
        ("run: {command: x, when: always, shell: /bin/sh}", "always()", False, ""),
        ("run: {command: x, background: true, shell: bash -eo pipefail}", None, True, "background: true"),
        (
            "when: {condition: << parameters.a >>, steps: [{run: {command: x, when: always}}]}",
            "vars.parameters && always()",
            True,
            "",
        ),
    ],
)
def test_run_steps(step: str, condition: str | None, pipefail: bool, tolerance: str) -> None:
    (found,) = _steps(step).steps
    assert (found.condition, found.pipefail, found.tolerance) == (condition, pipefail, tolerance)


def test_commands_are_followed() -> None:
    more = (
        "commands:\n  test:\n    parameters: {w: {default: unit}, s: {type: steps, default: []}}\n    steps:\n"
        "      - run: make << parameters.w >>\n      - inner\n      - << parameters.s >>\n"
        "  inner: {steps: [{run: y}]}\n"
    )
    job = _steps("test: {w: e2e, s: [{run: z}]}\n      - test", more)
    assert _texts(job) == ["make e2e", "y", "z", "make unit", "y"]
    assert job.steps[0].via == ((FILE, 13),)


def test_commands_that_call_themselves_end() -> None:
    assert _steps("a", "commands: {a: {steps: [a, a, {run: x}]}}\n").steps


def test_orbs() -> None:
    more = (
        "orbs:\n  node: circleci/node@5\n  own:\n"
        "    commands: {a: {steps: [{run: one}, b]}, b: {steps: [{run: two}]}}\n"
        "    jobs: {j: {steps: [a]}}\n"
    )
    job = _steps("node/install: {x: y}\n      - own/a\n      - other\n      - when: {steps: [node/test]}", more)
    assert [(step.uses, step.condition) for step in job.steps if step.uses] == [
        ("orb: node/install", None),
        ("orb: other", None),
        ("orb: node/test", "vars.parameters"),
    ]
    assert _texts(job) == ["one", "two"]
    jobs = _jobs(f"{JOBS}{more}workflows: {{w: {{jobs: [own/j, node/run: {{app: x}}]}}}}\n")
    assert _texts(jobs["own/j"]) == ["one", "two"]
    assert [step.uses for step in jobs["node/run"].steps] == ["orb: node/run"]


def test_a_configuration_that_another_one_continues_with() -> None:
    setup = (
        "setup: true\njobs: {s: {steps: [{continuation/continue: {configuration_path: .circleci/next.yml}}]}}\n"
        "workflows: {s: {jobs: [s]}}\n"
    )
    found = _pipelines(
        setup, **{".circleci/next.yml": JOBS + "workflows: {w: {when: << pipeline.parameters.x >>, jobs: [t]}}\n"}
    )
    assert [(one.path, one.name) for one in found] == [(FILE, "s"), (".circleci/next.yml", "w")]
    assert [job.conditions for job in found[1].jobs] == [("vars.pipeline_parameters",)]
    _, (unread,) = pipelines(Repository.of({FILE: setup}))
    assert unread.reason == "the configuration is made at run time (`setup: true`)"
    _, (unread,) = pipelines(Repository.of({FILE: setup, ".circleci/next.yml": "a"}))
    assert unread.path == ".circleci/next.yml"
