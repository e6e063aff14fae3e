"""Workflows and actions."""

from __future__ import annotations

import pytest

from helpers import workflow
from sscop.artefacts.nodes import Entries, Text, mapping, text
from sscop.artefacts.workflow import Job, action_paths, load_action, load_workflow, workflow_paths
from sscop.repository import Malformed, Repository

FULL = """\
name: CI
on:
  push: {branches: [main]}
  schedule:
    - cron: "0 0 * * *"
env:
  A: one
  B: two
jobs:
  build:
    runs-on: [self-hosted, "${{ matrix.os }}"]
    env: {B: three}
    strategy:
      matrix:
        os: [ubuntu-22.04, ubuntu-latest]
        node:
          - version: 18
          - version: 20
        include:
          - os: windows-latest
            extra: yes
    container: {image: "python:${{ matrix.node.version }}"}
    services:
      db: {image: postgres:16}
      none: {ports: [1]}
    steps:
      - uses: a/b@v1
        with: {x: 1}
      - name: x
        run: echo
        env: {A: four}
      - parallel:
          - run: one
          - uses: c/d@v1
      - not a step
  call:
    uses: o/r/.github/workflows/x.yml@v1
  text: x
"""


def _job() -> Job:
    return load_workflow(FULL).jobs[0]


def test_a_whole_workflow() -> None:
    found = load_workflow(FULL)
    assert (found.name, list(found.on), [job.id for job in found.jobs]) == (
        "CI",
        ["push", "schedule"],
        ["build", "call"],
    )
    build, call = found.jobs
    assert (build.line, build.uses, call.line, call.uses) == (10, None, 36, "o/r/.github/workflows/x.yml@v1")
    assert build.env == {"A": "one", "B": "three"}
    assert [(step.line, step.uses, step.run) for step in build.steps] == [
        (27, "a/b@v1", None), (29, None, "echo"), (33, None, "one"), (34, "c/d@v1", None),
    ]  # fmt: skip
    assert (build.steps[0].with_, build.steps[1].env, call.steps) == ({"x": "1"}, {"A": "four"}, ())
    assert [(image, image.line) for image in build.images()] == [
        ("python:${{ matrix.node.version }}", 22),
        ("postgres:16", 24),
    ]
    assert list(build.labels()) == ["self-hosted", "${{ matrix.os }}"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("plain", ["1 plain"]),
        ("${{ matrix.os }}", ["15 ubuntu-22.04", "15 ubuntu-latest", "20 windows-latest"]),
        ("python:${{ matrix.node.version }}", ["17 python:18", "18 python:20"]),
        (
            "${{matrix.node.version}}-${{ matrix.os }}-${{matrix.os}}",
            [
                "17 18-ubuntu-22.04-ubuntu-22.04",
                "17 18-ubuntu-latest-ubuntu-latest",
                "20 18-windows-latest-windows-latest",
                "18 20-ubuntu-22.04-ubuntu-22.04",
                "18 20-ubuntu-latest-ubuntu-latest",
                "20 20-windows-latest-windows-latest",
            ],
        ),
        ("${{ matrix.extra }}", ["21 yes"]),
        ("${{ matrix.none }}", ["1 ${{ matrix.none }}"]),
        ("${{ matrix.none }}-${{ matrix.os }}", ["1 ${{ matrix.none }}-${{ matrix.os }}"]),
        ("${{ env.A }}${{ env.B }}", ["12 onethree"]),
        ("${{ env.C }}", ["1 ${{ env.C }}"]),
        ("${{ inputs.x }}", ["1 ${{ inputs.x }}"]),
        ("${{ matrix.x || 'a' }}", ["1 a"]),
        ("${{ inputs.x == 'a' && 'b' || 'c' }}", ["1 b", "1 c"]),
        ("${{ contains(x, 'a') }}", ["1 ${{ contains(x, 'a') }}"]),
    ],
)
def test_values(value: str, wanted: list[str]) -> None:
    node = Text(value)
    node.line, node.style, node.source = 1, None, None
    assert [f"{one.line} {one}" for one in _job().values(node)] == wanted


def test_a_steps_environment_wins() -> None:
    node = Text("${{ env.A }}")
    node.line, node.style, node.source = 1, None, None
    job = _job()
    assert list(job.values(node, job.steps[1].env)) == ["four"]


def test_values_of_a_matrix_made_at_run_time() -> None:
    source = workflow("run: x", job=["strategy: {matrix: '${{ fromJSON(needs.a.outputs.b) }}'}"])
    (job,) = load_workflow(source).jobs
    node = Text("${{ matrix.os }}")
    node.line, node.style, node.source = 1, None, None
    assert list(job.values(node)) == ["${{ matrix.os }}"]
    assert job.matrix == "${{ fromJSON(needs.a.outputs.b) }}"


def test_combinations_are_bounded() -> None:
    axes = [f"a{n}: [{', '.join(map(str, range(10)))}]" for n in range(6)]
    (job,) = load_workflow(workflow("run: x", job=["strategy:", "  matrix:", *(f"    {axis}" for axis in axes)])).jobs
    node = Text(" ".join(f"${{{{ matrix.a{n} }}}}" for n in range(6)))
    node.line, node.style, node.source = 1, None, None
    assert len(list(job.values(node))) == 256


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        ("push", ["push"]),
        ("[push, pull_request]", ["push", "pull_request"]),
        ("{push: , release: {}}", ["push", "release"]),
        ("", []),
    ],
)
def test_triggers(on: str, wanted: list[str]) -> None:
    assert list(load_workflow(f"on: {on}\njobs: {{}}\n").on) == wanted


@pytest.mark.parametrize("source", ["", "[]", "a: 1", "jobs: []", "jobs:", "x", "on: push\njobs: text"])
def test_no_workflow(source: str) -> None:
    with pytest.raises(Malformed, match="is not a workflow: it has no `jobs`"):
        load_workflow(source)


@pytest.mark.parametrize("steps", ["", "x", "{a: b}", "[[]]", "[{uses: []}]", "[{run: }]", "[{with: x, env: []}]"])
def test_steps_of_odd_kinds(steps: str) -> None:
    (job,) = load_workflow(f"jobs:\n  a:\n    steps: {steps}\n").jobs
    assert all(step.uses is None and step.run is None and step.with_ == {} for step in job.steps)


@pytest.mark.parametrize("container", ["alpine", "{image: alpine}"])
def test_container(container: str) -> None:
    (job,) = load_workflow(f"jobs:\n  a:\n    container: {container}\n").jobs
    assert list(job.images()) == ["alpine"]


@pytest.mark.parametrize(
    ("runs_on", "wanted"),
    [
        ("a", ["a"]),
        ("[a, b]", ["a", "b"]),
        ("{group: g, labels: [a]}", ["a"]),
        ("{group: g, labels: a}", ["a"]),
        ("{group: g}", []),
        ("", []),
    ],
)
def test_labels(runs_on: str, wanted: list[str]) -> None:
    (job,) = load_workflow(f"jobs:\n  a:\n    runs-on: {runs_on}\n").jobs
    assert list(job.labels()) == wanted


def test_a_composite_action() -> None:
    action = load_action(
        "name: x\nruns:\n  using: composite\n  steps:\n    - uses: a/b@v1\n    - run: c\n      shell: bash\n"
    )
    assert action is not None
    assert (action.using, action.image, text(action.node.get("name"))) == ("composite", None, "x")
    assert [(step.line, step.uses, step.run) for step in action.steps] == [(5, "a/b@v1", None), (6, None, "c")]


def test_a_docker_action() -> None:
    action = load_action("runs:\n  using: docker\n  image: docker://a:1\n")
    assert action is not None
    assert (action.using, action.image, action.steps) == ("docker", "docker://a:1", ())


@pytest.mark.parametrize("source", ["", "[]", "runs: x", "a: b"])
def test_another_kind_of_file(source: str) -> None:
    assert load_action(source) is None


def test_paths() -> None:
    repo = Repository.of(
        dict.fromkeys(
            [
                ".github/workflows/a.yml", ".github/workflows/b.YAML", ".github/workflows/sub/c.yml",
                "x/.github/workflows/d.yml",
                ".GitHub/workflows/e.yml", ".github/workflows/f.yml.bak", "action.yml", "a/b/action.yaml",
                "vendor/action.yml", "myaction.yml",
            ],
            "",
        )
    )  # fmt: skip
    assert workflow_paths(repo) == [".github/workflows/a.yml", ".github/workflows/b.YAML"]
    assert action_paths(repo) == ["a/b/action.yaml", "action.yml"]


def test_node_holds_everything_else() -> None:
    assert isinstance(_job().node, Entries)
    assert "strategy" in mapping(_job().node)
