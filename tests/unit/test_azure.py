"""Azure's pipelines: triggers, stages, templates, tasks, conditions."""

from __future__ import annotations

import pytest

from sscop.artefacts.nodes import Text
from sscop.artefacts.pipelines.azure import pipelines
from sscop.artefacts.pipelines.azure_conditions import translated
from sscop.artefacts.pipelines.conditions import holds
from sscop.artefacts.pipelines.model import Event, Job, Pipeline
from sscop.repository import Repository

FILE = "azure-pipelines.yml"


def _pipeline(source: str, **files: str) -> Pipeline:
    ((pipeline,), unread) = pipelines(Repository.of({FILE: source, **files}))
    assert unread == ()
    return pipeline


def _texts(job: Job) -> list[str]:
    return [script.text for step in job.steps for script in step.scripts]


def _step(step: str, **files: str) -> str:
    (job,) = _pipeline(f"steps:\n  - {step}\n", **files).jobs
    return " ; ".join(_texts(job))


# --- what is a pipeline


@pytest.mark.parametrize(
    ("path", "source", "wanted"),
    [
        (FILE, "steps: [{script: x}]", True),
        ("ci/azure-pipelines.release.yml", "jobs: [{job: a}]", True),
        ("pipelines/a.yml", "trigger: none\nstages: [{stage: a}]", True),
        ("pipelines/a.yml", "steps: [{script: x}]", False),
        (".azuredevops/a.yml", "pool: x\njobs:\n  - ${{ if eq(a, b) }}: []", True),
        (".pipelines/a.yml", "extends: {template: a.yml@b}", True),
        ("pipelines/a.yml", "jobs: {a: {steps: []}}", False),
        ("pipelines/a.yml", "kind: Pipeline", False),
        ("pipelines/a.yml", "- a", False),
        (".github/workflows/a.yml", "steps: [{script: x}]", False),
    ],
)
def test_what_is_a_pipeline(path: str, source: str, wanted: bool) -> None:
    found, _ = pipelines(Repository.of({path: source}))
    assert bool(found) is wanted


def test_a_file_of_the_usual_name_that_cannot_be_read_is_named() -> None:
    assert [one.path for one in pipelines(Repository.of({FILE: "a: ["}))[1]] == [FILE]
    assert pipelines(Repository.of({"pipelines/a.yml": "a: ["}))[1] == ()


# --- triggers


def _triggers(source: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    pipeline = _pipeline(source + "\nsteps: [{script: x}]")
    return [(one.event.name, one.targets, one.paths) for one in pipeline.triggers if one.event is not Event.MANUAL]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("name: a", [("PUSH", (), ()), ("PULL_REQUEST", (), ())]),
        ("trigger: none", [("PULL_REQUEST", (), ())]),
        ("trigger: none\npr: none", []),
        (
            "trigger: [main, release/*]\npr: [main]",
            [("PUSH", ("main", "release/**"), ()), ("PULL_REQUEST", ("main",), ())],
        ),
        ("trigger: ['*']\npr: none", [("PUSH", (), ())]),
        (
            "trigger: none\npr: {branches: {include: ['*']}, paths: {include: [src, /a/*, b.c, '*']}}",
            [("PULL_REQUEST", (), ("src/**", "a/**", "b.c", "**"))],
        ),
        ("trigger: {tags: {include: [v*]}}\npr: none", [("PUSH", (), ()), ("TAG", ("v*",), ())]),
        ("trigger: none\npr: none\nschedules: [{cron: x, branches: {include: [main]}}]", [("SCHEDULE", ("main",), ())]),
        (
            "trigger: none\npr: none\nresources: {pipelines: [{pipeline: a, trigger: true}, {pipeline: b}]}",
            [("OTHER", (), ())],
        ),
    ],
)
def test_triggers(source: str, wanted: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    assert _triggers(source) == wanted


def test_exceptions_of_triggers() -> None:
    pipeline = _pipeline(
        "trigger:\n  branches: {exclude: [refs/heads/x]}\n  paths: {exclude: [docs]}\nsteps: [{script: x}]"
    )
    push = pipeline.trigger(Event.PUSH)
    assert push is not None
    assert (push.except_targets, push.except_paths) == (("x",), ("docs/**",))


# --- jobs


def test_stages_wait_for_each_other() -> None:
    pipeline = _pipeline(
        "stages:\n  - stage: A\n    jobs: [{job: a}, {job: b, dependsOn: a}]\n  - stage: B\n    jobs: [{job: c}]\n"
        "  - stage: C\n    dependsOn: []\n    jobs: [{job: d}]\n  - stage: D\n    dependsOn: [A]\n"
        "    jobs: [{job: e}]\n"
    )
    assert {job.id: job.needs for job in pipeline.jobs} == {
        "A.a": (),
        "A.b": ("A.a",),
        "B.c": ("A.a", "A.b"),
        "C.d": (),
        "D.e": ("A.a", "A.b"),
    }


def test_deployment_jobs() -> None:
    (job,) = _pipeline(
        "jobs:\n  - deployment: d\n    environment: {name: live}\n    container: {image: i:1}\n    services: {db: s}\n"
        "    strategy:\n      runOnce:\n        deploy: {steps: [{script: one}]}\n"
        "        on: {failure: {steps: [{script: two}]}}\n"
    ).jobs
    assert (job.id, job.environment, job.images, _texts(job)) == ("d", "live", ("i:1", "s"), ["one", "two"])


@pytest.mark.parametrize(
    ("given", "wanted"), [("true", "continueOnError: true"), ("false", ""), ("${{ x }}", "continueOnError: ${{ x }}")]
)
def test_failures_that_are_none(given: str, wanted: str) -> None:
    (job,) = _pipeline(f"jobs:\n  - job: a\n    continueOnError: {given}\n    steps: [{{script: x}}]\n").jobs
    assert job.tolerance == wanted
    (job,) = _pipeline(f"steps:\n  - script: x\n    continueOnError: {given}\n").jobs
    assert job.steps[0].tolerance == wanted


def test_conditions_of_stage_job_and_step() -> None:
    (job,) = _pipeline(
        "variables:\n  - name: a\n    value: $[eq(variables['Build.Reason'], 'PullRequest')]\nstages:\n"
        "  - stage: A\n    condition: eq(variables.a, true)\n"
        "    jobs:\n      - job: a\n        condition: always()\n        steps: [{script: x, condition: failed()}]\n"
    ).jobs
    assert job.conditions == ("(github.event_name == 'pull_request')", "always()")
    assert job.steps[0].condition == "failure()"


# --- templates


def test_templates_are_followed() -> None:
    (job,) = _pipeline(
        "jobs:\n  - template: t/job.yml\n    parameters: {what: unit}\n",
        **{
            "t/job.yml": "parameters: [{name: what}, {name: how, default: fast}]\njobs:\n  - job: j\n    steps:\n"
            "      - template: /s.yml\n"
            "        parameters: {w: '${{ parameters.what }}', h: \"${{ parameters['how'] }}\"}\n",
            "s.yml": "parameters: {w: , h: }\nsteps:\n"
            "  - script: make ${{ parameters.w }} ${{ parameters.h }} ${{ x }}\n",
        },
    ).jobs
    assert _texts(job) == ["make unit fast ${{ x }}"]
    assert job.steps[0].via == ((FILE, 2), ("t/job.yml", 5))
    assert (job.path, job.via) == ("t/job.yml", ((FILE, 2),))


def test_templates_of_another_repository_are_named() -> None:
    job, call = _pipeline(
        "jobs:\n  - job: a\n    steps:\n      - template: s.yml@o\n  - template: j.yml@o\n    parameters: {x: y}\n"
    ).jobs
    assert [step.uses for step in job.steps] == ["template: s.yml@o"]
    assert call.calls == "j.yml@o"


def test_lists_that_are_handed_to_a_template_are_read() -> None:
    pipeline = _pipeline(
        "extends:\n  template: v1.yml@o\n  parameters:\n    a: {b: c}\n    stages:\n      - stage: S\n"
        "        jobs:\n          - job: j\n"
        "            steps: [{script: one}]\n    steps: [{template: s.yml}]\n",
        **{"s.yml": "steps: [{script: two}]"},
    )
    assert [(job.id, job.calls, _texts(job)) for job in pipeline.jobs] == [
        ("v1.yml@o", "v1.yml@o", []),
        ("S.j", None, ["one"]),
        ("job", None, ["two"]),
    ]


def test_blocks_of_templates_are_conditions() -> None:
    (job,) = _pipeline(
        "parameters: [{name: p, default: true}]\nsteps:\n  - ${{ if eq(parameters.p, true) }}:\n      - script: one\n"
        "  - ${{ elseif eq(variables.x, 'y') }}:\n      - script: two\n  - ${{ else }}:\n      - script: three\n"
        "  - ${{ each a in parameters.b }}:\n      - script: four\n"
    ).jobs
    assert [step.condition for step in job.steps] == [
        "'true' == 'true'",
        "!('true' == 'true') && vars.variables_x == 'y'",
        "!('true' == 'true') && !(vars.variables_x == 'y')",
        None,
    ]
    assert [holds(step.condition, Event.PUSH) for step in job.steps] == [True, False, False, True]


def test_a_template_that_is_none_or_calls_itself_ends() -> None:
    assert _pipeline("steps: [{template: a.yml}]", **{"a.yml": "steps: [{template: a.yml}, {script: x}]"}).jobs
    (job,) = _pipeline("steps: [{template: a.yml}, {template: b.yml}]", **{"a.yml": "x: y"}).jobs
    assert [step.uses for step in job.steps] == ["template: a.yml", "template: b.yml"]
    assert _pipeline(
        "extends: {template: a.yml}", **{"a.yml": "extends: {template: b.yml}", "b.yml": "jobs: [{job: x}]"}
    ).jobs


# --- steps


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        ("script: make $(target)", "make ${TARGET}"),
        ("pwsh: .\\Build\\run.ps1", "./Build/run.ps1"),
        ("bash: a\\b", "a\\b"),
        ("task: Bash@3\n    inputs: {targetType: inline, script: x}", "x"),
        (
            "task: Bash@3\n    inputs: {targetType: filePath, filePath: $(Build.SourcesDirectory)/a.sh, arguments: -b}",
            "./a.sh -b",
        ),
        ("task: PowerShell@2\n    inputs: {filePath: ci/a.ps1}", "./ci/a.ps1"),
        ("task: PythonScript@0\n    inputs: {scriptPath: a.py}", "python ./a.py"),
        ("task: PythonScript@0\n    inputs: {script: print()}", ""),
        ("task: Bash@3", ""),
        (
            "task: DotNetCoreCLI@2\n    inputs: {command: test, projects: a.sln, arguments: -c x}",
            "dotnet test a.sln -c x",
        ),
        ("task: DotNetCoreCLI@2\n    inputs: {command: custom, custom: tool, arguments: run}", "dotnet tool run"),
        ("task: DotNetCoreCLI@2", "dotnet build"),
        ("task: Maven@4\n    inputs: {goals: verify, options: -B}", "mvn verify -B"),
        ("task: Gradle@3\n    inputs: {tasks: check}", "./gradlew check"),
        ("task: Npm@1\n    inputs: {command: custom, customCommand: run test}", "npm run test"),
        ("task: Npm@1", "npm install"),
        ("task: VSTest@2", "vstest.console"),
        ("task: GoTool@0", ""),
        ("task: UsePythonVersion@0", ""),
        ("checkout: self", ""),
    ],
)
def test_steps(step: str, wanted: str) -> None:
    assert _step(step) == wanted


def test_what_a_step_says() -> None:
    (job,) = _pipeline(
        "steps:\n  - task: Npm@1\n    displayName: N\n"
        "    inputs: {workingDir: $(System.DefaultWorkingDirectory)/web/}\n"
        "  - script: x\n    env: {A: b}\n    condition: eq(1, 1)\n"
    ).jobs
    npm, script = job.steps
    assert (npm.uses, npm.name, npm.folder, npm.errexit) == ("task: Npm@1", "N", "web", True)
    assert (dict(script.env), script.condition, script.errexit) == ({"A": "b"}, "'1' == '1'", False)


# --- conditions


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("succeeded()", "success()"),
        (
            "and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'))",
            "(success() && github.event_name != 'pull_request')",
        ),
        ("not(eq('Schedule', variables['build.reason']))", "!(github.event_name == 'schedule')"),
        (
            "in(variables['Build.Reason'], 'IndividualCI', 'BatchedCI')",
            "(github.event_name == 'push' || github.event_name == 'push')",
        ),
        ("notin(variables['Build.Reason'], 'Manual')", "!(github.event_name == 'workflow_dispatch')"),
        ("startsWith(variables['Build.SourceBranch'], 'refs/tags/')", "startsWith(github.ref, 'refs/tags/')"),
        ("eq(variables.isMain, true)", "(github.ref == 'refs/heads/main')"),
        ("eq(variables.isMain, 'false')", "!((github.ref == 'refs/heads/main'))"),
        ("ne(variables.isMain, true)", "!((github.ref == 'refs/heads/main'))"),
        ("eq(variables.plain, 'a')", "'a' == 'a'"),
        ("${{ eq(parameters.p, 'q') }}", "'q' == 'q'"),
        ("eq(lower(variables.plain), 'a')", "'a' == 'a'"),
        ("eq(dependencies.a.outputs['b.c'], 'x')", "vars.dependencies_a_outputs_b_c == 'x'"),
        ("eq($(x.y), '')", "vars.variables_x_y == ''"),
        ("counter('a', 1)", "vars.counter"),
        ("and(", "vars.and"),
        ("a b", "vars.a_b"),
        ("x[1", "vars.x_1"),
        ("eq(variables.loop, true)", "(vars.x) == 'true'"),
        ("?", "vars.x"),
    ],
)
def test_translation(written: str, wanted: str) -> None:
    text = Text(written)
    text.line, text.style, text.source = 7, None, None
    variables = {"isMain": "$[eq(variables['Build.SourceBranch'], 'refs/heads/main')]", "plain": "a", "loop": "$[?]"}
    found = translated(text, variables, {"p": "q"})
    assert found.line == 7
    assert found == wanted or (wanted == "(vars.x) == 'true'" and "vars.x" in found)


def test_deep_conditions_end() -> None:
    text = Text("not(" * 200 + "true" + ")" * 200)
    text.line, text.style, text.source = 1, None, None
    assert translated(text, {"a": "$[variables.a]"}, {}).startswith("vars.")
