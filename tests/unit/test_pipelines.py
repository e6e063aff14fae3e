"""GitHub's workflows as pipelines, and what their steps run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.pipelines import Activities, Event, Purpose, activities, runs_at
from sscop.artefacts.pipelines.github import pipelines
from sscop.repository import Repository

A = ".github/workflows/a.yml"
B = ".github/workflows/b.yml"


def _workflow(*steps: str, on: str = "pull_request", job: str = "", name: str = "build") -> str:
    made = "".join(f"      - {step}\n" for step in steps)
    return f"on: {on}\njobs:\n  {name}:\n    runs-on: ubuntu-24.04\n{job}    steps:\n{made}"


def _of(files: dict[str, str]) -> Activities:
    return Repository.of(files).once(activities)


def _tests(files: dict[str, str]) -> list[str]:
    return [
        f"{one.path}:{one.line} {one.tool}" + "".join(f" < {path}:{line}" for path, line in reversed(one.via))
        for one in _of(files).of(Purpose.TEST)
    ]


# --- the model


def _triggers(on: str) -> list[str]:
    repo = Repository.of({A: _workflow("run: x", on=on)})
    ((pipeline,), _) = pipelines(repo)
    return [f"{one.event.name} {','.join(one.targets)}" for one in pipeline.triggers]


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        ("push", ["PUSH ", "TAG "]),
        ("[push, pull_request]", ["PUSH ", "TAG ", "PULL_REQUEST "]),
        ("{push: {branches: [main]}}", ["PUSH main"]),
        ("{push: {tags: ['v*']}}", ["TAG v*"]),
        ("{push: {tags-ignore: [x]}}", ["TAG "]),
        ("{push: {branches: [a], tags: [b]}}", ["PUSH a", "TAG b"]),
        ("{pull_request: {branches: [main, 'r/*']}, schedule: []}", ["PULL_REQUEST main,r/*", "SCHEDULE "]),
        ("[release, workflow_dispatch, workflow_call, issues]", ["RELEASE ", "MANUAL ", "CALL ", "OTHER "]),
    ],
)
def test_triggers(on: str, wanted: list[str]) -> None:
    assert _triggers(on) == wanted


def test_a_called_workflow_stands_where_it_is_called() -> None:
    files = {
        A: "on: pull_request\njobs:\n  one:\n    uses: ./.github/workflows/b.yml\n    needs: zero\n"
        "    if: github.event_name == 'push'\n  two:\n    needs: [one]\n    steps: [{run: pytest}]\n  zero:\n"
        "    steps: [{run: x}]\n",
        B: "on: workflow_call\njobs:\n  x:\n    steps: [{run: pytest}]\n  y:\n    needs: x\n    steps: [{run: x}]\n",
    }
    ((pipeline, _), _) = pipelines(Repository.of(files))
    assert [job.id for job in pipeline.jobs] == ["one/x", "one/y", "one", "two", "zero"]
    two = next(job for job in pipeline.jobs if job.id == "two")
    assert {job.id for job in pipeline.before(two)} == {"one", "one/x", "one/y", "zero"}
    (first, *_) = _of(files).of(Purpose.TEST)
    assert first.path == B
    assert first.via == ((A, 3),)
    assert first.reviewed is False
    assert not _of(files).calls


def test_workflows_that_call_each_other_end() -> None:
    call = "on: workflow_call\njobs:\n  j:\n    uses: ./.github/workflows/{}.yml\n"
    files = {A: call.format("b"), B: call.format("a")}
    assert len(pipelines(Repository.of(files))[0]) == 2


def test_a_workflow_of_another_repository_is_a_call() -> None:
    (call,) = _of({A: "on: push\njobs:\n  j:\n    uses: o/r/.github/workflows/t.yml@v1\n"}).calls
    assert (call.kind, call.said, call.line) == ("workflow", "o/r/.github/workflows/t.yml@v1", 4)


def test_a_composite_action_stands_where_it_is_used() -> None:
    files = {
        A: _workflow("uses: ./act\n        if: inputs.x\n        continue-on-error: true"),
        "act/action.yml": "runs:\n  using: composite\n  steps:\n    - run: pytest\n      shell: bash\n      if: always()\n",
    }
    (one,) = _of(files).of(Purpose.TEST)
    assert (one.path, one.line, one.via) == ("act/action.yml", 4, ((A, 6),))
    assert one.step.condition == "(inputs.x) && (always())"
    assert one.step.pipefail
    assert (one.tolerance, one.tolerated_at) == ("continue-on-error: true", ("act/action.yml", 4))


@pytest.mark.parametrize("using", ["node20", "docker"])
def test_other_local_actions_are_calls(using: str) -> None:
    files = {A: _workflow("uses: ./act"), "act/action.yml": f"runs: {{using: {using}}}\n"}
    assert [call.kind for call in _of(files).calls] == ["action"]


def test_an_unreadable_workflow_and_action_are_said() -> None:
    files = {A: _workflow("uses: ./act"), "act/action.yml": "a: [", B: "x: ["}
    assert {one.path for one in _of(files).unread} == {"act/action.yml", B}


# --- what runs


@pytest.mark.parametrize(
    ("steps", "files", "wanted"),
    [
        (("run: pytest",), {}, [f"{A}:6 pytest"]),
        (("run: |\n          cd x\n          make test",), {"x/Makefile": "test:\n\tgo test ./...\n"}, [f"x/Makefile:2 go test < {A}:8"]),
        (("run: make",), {"Makefile": "include sub.mk\nall:\n\tpytest\n", "sub.mk": "x:\n\ttox\n"}, [f"Makefile:3 pytest < {A}:6"]),
        (("run: make x",), {"Makefile": "include *.mk\n", "sub.mk": "x:\n\tpytest\n"}, [f"sub.mk:2 pytest < {A}:6"]),
        (
            ("run: make t",),
            {
                "Makefile": "t:\n\tmake _t name=unit\n_t:\n\tscript=\"./s/${name}.sh\"\n\texec $${script}\n",
                "s/unit.sh": "npm test\n",
                "package.json": '{"scripts": {"test": "jest"}}',
            },
            [f"package.json:1 Jest < s/unit.sh:1 < Makefile:5 < Makefile:2 < {A}:6"],
        ),
        (("run: npm run all",), {"package.json": '{"scripts":\n{"all": "run-s test:*",\n"test:a": "mocha"}}'}, [f"package.json:3 Mocha < package.json:2 < {A}:6"]),
        (
            ("run: npm test --workspaces",),
            {"a/package.json": '{"scripts": {"test": "jest"}}', "b/package.json": '{"scripts": {"test": "ava"}}'},
            [f"a/package.json:1 Jest < {A}:6", f"b/package.json:1 Mocha < {A}:6"],
        ),
        (("run: tox -e py",), {"tox.ini": "[testenv]\ncommands = pytest\n"}, [f"tox.ini:2 pytest < {A}:6"]),
        (("run: docker run aquasec/jest x",), {}, [f"{A}:6 Jest"]),
        (("run: docker compose exec -T web sh -c 'bundle exec rspec'",), {}, [f"{A}:6 Ruby's tests"]),
        (("run: ./run_tests.py",), {"run_tests.py": "#!/usr/bin/env python\n"}, [f"{A}:6 run_tests.py"]),
        (("run: ./latest.py",), {"latest.py": ""}, []),
        (("run: python scripts/test.py",), {"scripts/test.py": ""}, [f"{A}:6 scripts/test.py"]),
        (("run: import pytest\n        shell: python",), {}, []),
        (("uses: actions/github-script@v1\n        with: {script: pytest}",), {}, []),
        (("uses: nick-fields/retry@v1\n        with: {command: pytest}",), {}, [f"{A}:7 pytest"]),
        (("uses: cypress-io/github-action@v6",), {}, [f"{A}:6 Cypress"]),
    ],
)  # fmt: skip
def test_what_runs(steps: tuple[str, ...], files: dict[str, str], wanted: list[str]) -> None:
    assert _tests({A: _workflow(*steps), **files}) == wanted


def test_callers_put_inputs_in() -> None:
    files = {
        A: "on: pull_request\njobs:\n  call:\n    uses: ./.github/workflows/b.yml\n    with: {target: unit}\n",
        B: "on: {workflow_call: {inputs: {target: {type: string}, extra: {default: slow}}}}\njobs:\n  x:\n"
        "    strategy: {matrix: {kind: [a, b]}}\n    steps:\n      - uses: ./make\n"
        "        with: {command: 'test-${{ inputs.target }}-${{ matrix.kind }} ${{ inputs.extra }}'}\n",
        "make/action.yml": "inputs: {command: {required: true}}\nruns:\n  using: composite\n  steps:\n"
        "    - run: make ${{ inputs.command }}\n      shell: bash\n",
        "Makefile": "test-unit-a:\n\tpytest a\ntest-unit-b:\n\t$(MAKE) _t K=b\n_t:\n\tpytest ${K}\n%low:\n\tjest\n",
    }
    tools = [f"{one.said} < {one.via[0][1]}" for one in _of(files).of(Purpose.TEST) if one.pipeline.path == A]
    assert sorted(tools) == ["jest < 3", "jest < 3", "pytest a < 3", "pytest b < 3"]


def test_a_local_workflow_that_is_not_there_is_no_call() -> None:
    assert _of({A: "on: push\njobs:\n  j:\n    uses: ./.github/workflows/none.yml\n"}).calls == ()


def test_a_matrix_puts_commands_in() -> None:
    job = "    strategy:\n      matrix:\n        run: [pytest, 'go test', ls]\n"
    tools = [one.tool for one in _of({A: _workflow("run: ${{ matrix.run }}", job=job)}).of(Purpose.TEST)]
    assert tools == ["pytest", "go test"]


@pytest.mark.parametrize(
    ("step", "tolerance"),
    [
        ("run: pytest || true", "|| true"),
        ("run: pytest || echo failed", "|| echo failed"),
        ("run: a && pytest || exit 0", "|| exit 0"),
        ("run: (cd x; pytest) || true", "|| true"),
        ("run: bash -c 'pytest' || true", "|| true"),
        ("run: pytest || exit 1", ""),
        ("run: 'pytest || { echo no; exit 1; }'", ""),
        ("run: pytest || echo failed=1 >> $GITHUB_OUTPUT", ""),
        ("run: pytest || status=$?", ""),
        ("run: pytest | tee log", "| tee"),
        ("run: pytest | tee log\n        shell: bash", ""),
        ("run: |\n          set -o pipefail\n          pytest | tee log", ""),
        ("run: yes | pytest", ""),
        ("run: pytest\n        continue-on-error: true", "continue-on-error: true"),
        ("run: pytest\n        continue-on-error: ${{ true }}", "continue-on-error: true"),
        ("run: pytest\n        continue-on-error: ${{ matrix.odd }}", ""),
        ("run: make t", "- before the recipe's line"),
        ("run: make u || true", "|| true"),
    ],
)
def test_tolerance(step: str, tolerance: str) -> None:
    files = {A: _workflow(step), "Makefile": "t:\n\t-pytest\nu:\n\tpytest\n"}
    (one,) = _of(files).of(Purpose.TEST)
    assert one.tolerance == tolerance
    assert bool(one.tolerated_at) is bool(tolerance)


def test_tolerance_of_a_job() -> None:
    (one,) = _of({A: _workflow("run: pytest", job="    continue-on-error: true\n")}).of(Purpose.TEST)
    assert (one.tolerance, one.tolerated_at) == ("continue-on-error: true", (A, 3))


@pytest.mark.parametrize(
    ("on", "job", "reviewed", "never"),
    [
        ("pull_request", "", True, False),
        ("push", "", True, False),
        ("{push: {branches: ['**']}}", "", True, False),
        ("{push: {branches: [main]}}", "", False, False),
        ("{push: {branches-ignore: [x]}}", "", True, False),
        ("{push: {branches-ignore: ['**']}}", "", False, False),
        ("{pull_request: {branches: ['release/*']}}", "", False, False),
        ("{pull_request: {branches-ignore: [main]}}", "", False, False),
        ("schedule", "", False, False),
        ("pull_request", "    if: false\n", False, True),
        ("pull_request", "    if: github.event_name == 'push'\n", False, True),
        ("[push, pull_request]", "    if: github.event_name != 'pull_request'\n", True, False),
        ("pull_request", "    if: needs.x.outputs.y\n", None, False),
    ],
)
def test_when_it_runs(on: str, job: str, reviewed: bool | None, never: bool) -> None:
    (one,) = _of({A: _workflow("run: pytest", on=on, job=job)}).of(Purpose.TEST)
    assert one.reviewed is reviewed
    assert one.never is never
    assert one.runs_at(Event.RELEASE) is False


@pytest.mark.parametrize(
    ("step", "files", "wanted"),
    [
        ("run: make test", {"Makefile": "test:\n\t@echo none\n"}, [("hollow", "Makefile")]),
        ("run: make test", {"Makefile": "other:\n\tx\n"}, [("target", "make test")]),
        ("run: npm test", {}, [("target", "npm test")]),
        ("run: make test", {"Makefile": "test:\n\tgo test\n"}, []),
    ],
)
def test_calls(step: str, files: dict[str, str], wanted: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.said) for one in _of({A: _workflow(step), **files}).calls] == wanted


_PARTS = st.sampled_from(
    ["on: push\n", "jobs:\n", "  a:\n", "    steps:\n", "      - run: pytest\n", "      - uses: ./\n", "    if: a\n", "    needs: a\n", "    uses: ./.github/workflows/a.yml\n"]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(_PARTS, max_size=12).map("".join)))
def test_any_text_is_answered(source: str) -> None:
    found = _of({A: source, "action.yml": source, "Makefile": source})
    assert isinstance(found, Activities)


def test_inputs_that_a_caller_gives_decide_conditions() -> None:
    action = "inputs:\n  sign: {default: 'false'}\nruns:\n  using: composite\n  steps:\n    - if: inputs.sign == 'true'\n      run: pytest\n"
    called = (
        "on:\n  workflow_call:\n    inputs:\n      deep: {type: boolean, default: true}\n      name: {type: string}\njobs:\n"
        "  t:\n    if: inputs.deep\n    steps: [{run: pytest}]\n  u:\n    if: inputs.name == 'x'\n    steps: [{run: pytest}]\n"
    )
    caller = (
        "on: {push: {}}\njobs:\n  a:\n    steps: [{uses: ./act}, {uses: ./act, with: {sign: 'true'}}]\n"
        '  b:\n    uses: ./.github/workflows/called.yml\n    with: {deep: false, name: "${{ github.sha }}"}\n'
    )
    files = {"act/action.yml": action, ".github/workflows/called.yml": called, ".github/workflows/a.yml": caller}
    found, _ = pipelines(Repository.of(files))
    (one,) = (each for each in found if each.path.endswith("a.yml"))
    at = {job.id: [runs_at(one, job, step, Event.PUSH) for step in job.steps] for job in one.jobs}
    assert at == {"a": [False, True], "b/t": [False], "b/u": [None], "b": []}


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        ("{name: Build and test, run: ./build.ps1}", ["build.ps1"]),
        ("{name: Build and test, run: ./build.ps1 && pytest}", ["pytest"]),
        ("{name: Build, run: ./build.ps1}", []),
        ("{name: Build and test, run: ./other.ps1}", []),
    ],
)
def test_a_step_that_says_what_its_script_is_for(step: str, wanted: list[str]) -> None:
    found = _of({A: _workflow(step), "build.ps1": "x", "other.ps1": "x"})
    assert [one.tool for one in found.of(Purpose.TEST)] == wanted


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("source tool.sh; tool tests unit", ["tool"]),
        (". ./tool.sh; tool test", ["tool"]),
        ("$BUILD_COMMAND test --locked", ["$BUILD_COMMAND"]),
        ("$BUILD_COMMAND build --locked", []),
        ("test -f x", []),
        ("source tool.sh; tool lint", []),
        ("source tool.sh; other tests", []),
        ("source; tool tests", []),
        ("source none.sh; tool tests", []),
        ("tool tests", []),
    ],
)
def test_a_function_of_a_file_that_is_sourced(script: str, wanted: list[str]) -> None:
    found = _of({A: _workflow(f"run: {script}"), "tool.sh": "a=1\ntool() {\n  case $1 in tests) x ;; esac\n}\n"})
    assert [one.tool for one in found.of(Purpose.TEST)] == wanted
