"""What workflows and actions name, notation by notation."""

from __future__ import annotations

import pytest

from helpers import DIGEST, SHA, facts, workflow
from sscop.artefacts.references import references
from sscop.artefacts.references.github import LOCK, load_lock
from sscop.repository import Repository

CI = ".github/workflows/ci.yml"


def _workflow(*steps: str, **more: list[str]) -> list[str]:
    return list(facts({CI: workflow(*steps, **more)}))


@pytest.mark.parametrize(
    ("uses", "wanted"),
    [
        (f"o/r@{SHA}", f"6 action immutable o/r@{SHA}"),
        (f"o/r@{'a' * 64}", f"6 action immutable o/r@{'a' * 64}"),
        (f"o/r/sub@{SHA}  # v1", f"6 action immutable o/r/sub@{SHA}"),
        (f'"o/r@{SHA}"', f"6 action immutable o/r@{SHA}"),
        ("o/r@v4", "6 action mutable o/r@v4"),
        ("o/r@v4.1.2", "6 action mutable o/r@v4.1.2"),
        ("o/r@main", "6 action mutable o/r@main"),
        ("o/r@refs/heads/main", "6 action mutable o/r@refs/heads/main"),
        ("o/r@abc1234", "6 action mutable o/r@abc1234"),
        (f"o/r@{SHA[:39]}", f"6 action mutable o/r@{SHA[:39]}"),
        ("o/r", "6 action mutable o/r"),
        ("o/r@${{ inputs.ref }}", "6 action unknown o/r@${{ inputs.ref }}"),
        ("./path", None),
        ("./", None),
        (".", None),
        ("../up", None),
        ("$/path", None),
        ("docker://img:1", "6 image mutable img:1"),
        ("docker://img", "6 image mutable img"),
        (f"docker://img@{DIGEST}", f"6 image immutable img@{DIGEST}"),
        (
            "slsa-framework/slsa-github-generator/.github/actions/x@v1.2.3",
            "6 action exact slsa-framework/slsa-github-generator/.github/actions/x@v1.2.3",
        ),
        ("slsa-framework/slsa-github-generator@v2", "6 action mutable slsa-framework/slsa-github-generator@v2"),
        ("slsa-framework/slsa-github-generator@main", "6 action mutable slsa-framework/slsa-github-generator@main"),
        (
            f"slsa-framework/slsa-github-generator@{SHA}",
            f"6 action immutable slsa-framework/slsa-github-generator@{SHA}",
        ),
        (
            "slsa-framework/slsa-github-generator-fake@v1.2.3",
            "6 action mutable slsa-framework/slsa-github-generator-fake@v1.2.3",
        ),
    ],
)
def test_uses(uses: str, wanted: str | None) -> None:
    assert _workflow(f"uses: {uses}") == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("ref", "why"),
    [
        ("@v4", "`v4` is a tag or branch that can be moved"),
        ("@abc1234", "a shortened commit is looked up as a tag or branch"),
        ("", "no reference after the name"),
    ],
)
def test_why_and_how(ref: str, why: str) -> None:
    (found,) = references(Repository.of({CI: workflow(f"uses: o/r{ref}")}))
    assert getattr(found, "why", None) == why
    assert getattr(found, "pin", "").startswith("`o/r@<40-hex commit>")


@pytest.mark.parametrize(
    ("ref", "wanted"),
    [("v1", "mutable"), (SHA, "immutable"), ("main", "mutable")],
)
def test_reusable_workflows(ref: str, wanted: str) -> None:
    source = f"on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/x.yml@{ref}\n"
    assert list(facts({CI: source})) == [f"4 workflow {wanted} o/r/.github/workflows/x.yml@{ref}"]


def test_a_local_reusable_workflow_is_none() -> None:
    assert list(facts({CI: "on: push\njobs:\n  a:\n    uses: ./.github/workflows/x.yml\n"})) == []


def test_slsa_workflow_by_tag() -> None:
    uses = "slsa-framework/slsa-github-generator/.github/workflows/x.yml@v2.0.0"
    assert list(facts({CI: f"jobs:\n  a:\n    uses: {uses}\n"})) == [f"3 workflow exact {uses}"]


@pytest.mark.parametrize(
    ("job", "wanted"),
    [
        (["container: python:3"], ["5 image mutable python:3"]),
        (["container:", "  image: python:3"], ["6 image mutable python:3"]),
        ([f"container: python@{DIGEST}"], [f"5 image immutable python@{DIGEST}"]),
        (
            ["services:", "  a:", "    image: x:1", "  b:", "    image: y:1"],
            ["7 image mutable x:1", "9 image mutable y:1"],
        ),
        (
            ["container: ${{ matrix.i }}", "strategy:", "  matrix:", "    i:", f"      - x@{DIGEST}", "      - y:1"],
            [f"9 image immutable x@{DIGEST}", "10 image mutable y:1"],
        ),
        (["container: ${{ inputs.image }}"], ["5 image unknown ${{ inputs.image }}"]),
        (["container: ''"], []),
    ],
)
def test_images(job: list[str], wanted: list[str]) -> None:
    assert _workflow("run: x", job=job) == wanted


@pytest.mark.parametrize(
    ("runs_on", "wanted"),
    [
        ("ubuntu-latest", ["4 runner mutable ubuntu-latest"]),
        ("windows-latest", ["4 runner mutable windows-latest"]),
        ("macos-latest-large", ["4 runner mutable macos-latest-large"]),
        ("ubuntu-slim", ["4 runner mutable ubuntu-slim"]),
        ("[self-hosted, ubuntu-latest]", ["4 runner mutable ubuntu-latest"]),
        ("{labels: macos-latest}", ["4 runner mutable macos-latest"]),
        ("${{ matrix.os || 'ubuntu-latest' }}", ["4 runner mutable ubuntu-latest"]),
        ("ubuntu-24.04", []),
        ("self-hosted", []),
        ("my-latest", []),
    ],
)
def test_runners(runs_on: str, wanted: list[str]) -> None:
    assert list(facts({CI: f"on: push\njobs:\n  a:\n    runs-on: {runs_on}\n    steps: []\n"})) == wanted


SETUP = f"uses: actions/setup-node@{SHA}\nwith:\n  node-version: "


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("20", "8 toolchain mutable node-version: 20"),
        ("'20.10'", "8 toolchain mutable node-version: 20.10"),
        ("3.x", "8 toolchain mutable node-version: 3.x"),
        ("10.0.x", "8 toolchain mutable node-version: 10.0.x"),
        ("lts/*", "8 toolchain mutable node-version: lts/*"),
        ("stable", "8 toolchain mutable node-version: stable"),
        ("20.10.0", "8 toolchain exact node-version: 20.10.0"),
        ("${{ inputs.node }}", None),
    ],
)
def test_setup_inputs(value: str, wanted: str | None) -> None:
    assert _workflow(SETUP + value) == [f"6 action immutable actions/setup-node@{SHA}", *([wanted] if wanted else [])]


def test_setup_input_from_a_matrix() -> None:
    job = ["strategy:", "  matrix:", "    v:", "      - 18.1.0", "      - 20"]
    assert _workflow(SETUP + "${{ matrix.v }}", job=job)[1:] == [
        "8 toolchain exact node-version: 18.1.0",
        "9 toolchain mutable node-version: 20",
    ]


def test_setup_input_of_several_lines() -> None:
    step = f"uses: actions/setup-dotnet@{SHA}\nwith:\n  dotnet-version: |\n    8.0.100\n    9.x\n"
    assert _workflow(step)[1:] == [
        "9 toolchain exact dotnet-version: 8.0.100",
        "10 toolchain mutable dotnet-version: 9.x",
    ]


@pytest.mark.parametrize(
    ("action", "given", "wanted"),
    [
        ("goreleaser/goreleaser-action", ["version: latest"], ["8 tool-version mutable version: latest"]),
        ("goreleaser/goreleaser-action", ["version: '~> v2'"], ["8 tool-version mutable version: ~> v2"]),
        ("goreleaser/goreleaser-action", ["version: v2.3.4"], ["8 tool-version exact version: v2.3.4"]),
        ("goreleaser/goreleaser-action", ["args: x"], ["6 tool-default mutable goreleaser/goreleaser-action"]),
        ("hashicorp/setup-terraform", ["terraform_version: 1"], ["8 tool-version mutable terraform_version: 1"]),
        ("astral-sh/setup-uv", ["version-file: x"], []),
        ("actions/setup-python", ["python-version-file: x"], []),
        ("actions/setup-python", ["python-version: pypy-3.11"], ["8 toolchain mutable python-version: pypy-3.11"]),
        ("actions/setup-java", ["java-version: temurin-21.0.1"], ["8 toolchain exact java-version: temurin-21.0.1"]),
        ("taiki-e/install-action", ["tool: a@1.2.3,b"], ["8 tool-version mutable tool: a@1.2.3,b"]),
        ("taiki-e/install-action", ["tool: a@1.2.3, b@1.2.3"], ["8 tool-version exact tool: a@1.2.3, b@1.2.3"]),
        ("Actions/Setup-Node", ["node-version: 20"], ["8 toolchain mutable node-version: 20"]),
        ("un/known", ["tool-version: latest"], ["8 tool-version mutable tool-version: latest"]),
        ("un/known", ["tool-version: 1.2.3", "other: latest"], []),
        ("un/known", ["tool-version: 20"], []),
    ],
)
def test_tool_inputs(action: str, given: list[str], wanted: list[str]) -> None:
    step = f"uses: {action}@{SHA}\nwith:\n" + "\n".join(f"  {one}" for one in given)
    assert _workflow(step) == [f"6 action immutable {action}@{SHA}", *wanted]


def test_a_tool_action_without_inputs() -> None:
    assert _workflow(f"uses: golangci/golangci-lint-action@{SHA}")[1:] == [
        "6 tool-default mutable golangci/golangci-lint-action"
    ]


RUN = [
    ("curl https://x.org/a | sh", "remote-script mutable https://x.org/a"),
    ("iwr https://x.org/a | iex", "remote-script mutable https://x.org/a"),
    ("bash <(curl https://x.org/a)", "remote-script mutable https://x.org/a"),
    ("pip install x", "package mutable pip x"),
    ("pip install x==1.2.3", "package exact pip x==1.2.3"),
    ("npm i -g x@1", "package mutable npm x@1"),
    ("npx x", "package mutable npx x"),
    ("uvx x", "package mutable uvx x"),
    ("pipx install x", "package mutable pipx x"),
    ("go install m.io/x@latest", "package mutable go m.io/x@latest"),
    ("go install m.io/x@v1.2.3", "package immutable go m.io/x@v1.2.3"),
    ("cargo install x", "package mutable cargo x"),
    ("gem install x", "package mutable gem x"),
    ("brew install x", "os-package mutable brew install x"),
    ("apt-get install -y x", "os-package mutable apt install x"),
    ("snap install x", "os-package mutable choco install x"),
    ("choco install x", "os-package mutable choco install x"),
    ("docker run x:1", "image mutable x:1"),
    (f"docker pull x@{DIGEST}", f"image immutable x@{DIGEST}"),
    ("npm ci", None),
    ("pip install --require-hashes -r x.txt", None),
    ("uv sync --frozen", None),
    ("poetry install", None),
    ("dotnet restore --locked-mode", None),
    ("docker run $IMAGE", None),
]


@pytest.mark.parametrize(("run", "wanted"), RUN)
def test_run(run: str, wanted: str | None) -> None:
    assert _workflow(f"run: {run}") == ([f"6 {wanted}"] if wanted else [])
    assert _workflow(f"name: x\nrun: |\n  echo\n\n  {run}") == ([f"10 {wanted}"] if wanted else [])


def test_each_of_several_is_seen() -> None:
    assert _workflow(
        "uses: o/a@v1", f"uses: o/b@{SHA}", "uses: o/c@v1", "run: pip install d==1.2\nname: x", "run: pip install e"
    ) == [
        "6 action mutable o/a@v1",
        f"7 action immutable o/b@{SHA}",
        "8 action mutable o/c@v1",
        "9 package exact pip d==1.2",
        "11 package mutable pip e",
    ]


def test_the_second_job_and_the_second_file() -> None:
    two = f"on: push\njobs:\n  a:\n    steps:\n      - uses: o/r@{SHA}\n  b:\n    steps:\n      - uses: o/r@v1\n"
    files = {CI: workflow(f"uses: o/r@{SHA}"), ".github/workflows/two.yaml": two}
    assert list(facts(files, ".github/workflows/two.yaml")) == [
        f"5 action immutable o/r@{SHA}",
        "8 action mutable o/r@v1",
    ]


@pytest.mark.parametrize("shell", ["python", "node {0}", "cmd"])
def test_a_step_in_another_language_is_not_read_as_shell(shell: str) -> None:
    assert _workflow(f"run: pip install x\nshell: {shell}") == []
    assert _workflow("run: pip install x\nshell: bash -e {0}") == ["6 package mutable pip x"]


@pytest.mark.parametrize(
    "name", ["run", "install", "script", "before-script", "before-script-linux", "setup", "commands"]
)
def test_inputs_that_are_shell(name: str) -> None:
    assert _workflow(f"uses: o/r@{SHA}\nwith:\n  {name}: pip install x")[1:] == ["8 package mutable pip x"]


def test_an_image_that_a_step_builds_is_no_reference() -> None:
    build = f"uses: docker/build-push-action@{SHA}\nwith:\n  tags: |\n    corp/app:1\n    $R/x:2"
    assert _workflow(build, "run: docker run corp/app:latest", "run: docker run other:1")[1:] == [
        "12 image mutable other:1"
    ]
    assert _workflow("run: docker build -t mine . && docker run mine") == []


@pytest.mark.parametrize(
    ("path", "action", "wanted"),
    [
        (
            "action.yml",
            "runs:\n  using: composite\n  steps:\n    - uses: o/r@v1\n    - uses: o/s@v1\n",
            ["4 action mutable o/r@v1", "5 action mutable o/s@v1"],
        ),
        (
            "a/b/action.yaml",
            "runs:\n  using: composite\n  steps:\n    - run: pip install x\n      shell: bash\n",
            ["4 package mutable pip x"],
        ),
        ("action.yml", "runs:\n  using: docker\n  image: docker://a:1\n", ["3 image mutable a:1"]),
        ("action.yml", f"runs:\n  using: docker\n  image: docker://a@{DIGEST}\n", [f"3 image immutable a@{DIGEST}"]),
        ("action.yml", "runs:\n  using: docker\n  image: Dockerfile\n", []),
        ("action.yml", "some: other\n", []),
        ("action.yml", "runs: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
    ],
)
def test_actions(path: str, action: str, wanted: list[str]) -> None:
    assert list(facts({path: action})) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("jobs: [\n", "2 ! is not valid YAML: did not find expected node content"),
        ("on: push\n", "1 ! is not a workflow: it has no `jobs`"),
        ("", "1 ! is not a workflow: it has no `jobs`"),
        ("jobs: &a\n  x: *a\n", "2 ! alias *a has no anchor before it, or stands inside it"),
    ],
)
def test_a_broken_workflow_does_not_hide_the_next(source: str, wanted: str) -> None:
    files = {".github/workflows/a.yml": source, ".github/workflows/b.yml": workflow("uses: o/r@v1")}
    assert list(facts(files)) == [wanted, "6 action mutable o/r@v1"]


# --- actions.lock


def _lock(*dependencies: str, workflows: str = "") -> str:
    return f"version: v0.0.2\nworkflows:\n{workflows or f'  {CI}: [o/r@v1]'}\ndependencies:\n" + "".join(dependencies)


HELD = f"  o/r@v1: {{ref: v1, commit: sha1-{SHA}, owner_id: 1, repo_id: 2}}\n"


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (_lock(HELD), "immutable"),
        (_lock(HELD, workflows="  ci.yml: [o/r@v1]"), "immutable"),
        (_lock(HELD.replace("o/r", "O/R"), workflows=f"  {CI}: [o/R@v1]"), "immutable"),
        (_lock(HELD.replace(f"sha1-{SHA}", f"sha256-{'a' * 64}")), "immutable"),
        (_lock(HELD, workflows="  .github/workflows/other.yml: [o/r@v1]"), "mutable"),
        (_lock(HELD, workflows=f"  {CI}: [o/other@v1]"), "mutable"),
        (_lock(HELD.replace("o/r@v1:", "o/r@v2:")), "mutable"),
        (_lock(HELD.replace(f"sha1-{SHA}", SHA)), "mutable"),
        (_lock(HELD.replace(f"sha1-{SHA}", "sha1-abc")), "mutable"),
        (_lock(HELD.replace("ref: v1, ", "")), "mutable"),
        (_lock(HELD.replace(", owner_id: 1", "")), "mutable"),
        (_lock(HELD.replace(", repo_id: 2", "")), "mutable"),
        (_lock("  x: text\n"), "mutable"),
        ("[]\n", "mutable"),
        ("workflows: x\ndependencies: y\n", "mutable"),
    ],
)
def test_lock(lock: str, wanted: str) -> None:
    assert list(facts({CI: workflow("uses: o/r@v1"), LOCK: lock})) == [f"6 action {wanted} o/r@v1"]


def test_what_a_lock_holds_is_said() -> None:
    (found,) = references(Repository.of({CI: workflow("uses: o/r/sub@v1"), LOCK: _lock(HELD)}))
    assert getattr(found, "note", None) == "held fast by actions.lock"


def test_a_lock_does_not_hold_reusable_workflows() -> None:
    source = "jobs:\n  a:\n    uses: o/r/.github/workflows/x.yml@v1\n"
    assert list(facts({CI: source, LOCK: _lock(HELD)})) == ["3 workflow mutable o/r/.github/workflows/x.yml@v1"]


def test_a_lock_holds_an_action_that_any_workflow_names() -> None:
    action = "runs:\n  using: composite\n  steps:\n    - uses: o/r@v1\n    - uses: o/s@v1\n"
    assert list(facts({"action.yml": action, LOCK: _lock(HELD)})) == [
        "4 action immutable o/r@v1",
        "5 action mutable o/s@v1",
    ]


def test_a_broken_lock_holds_nothing() -> None:
    assert list(facts({CI: workflow("uses: o/r@v1"), LOCK: "a: [\n"})) == [
        "2 ! is not valid YAML: did not find expected node content",
        "6 action mutable o/r@v1",
    ]


def test_load_lock_gives_lower_case() -> None:
    assert load_lock(_lock(HELD)) == {CI: frozenset({"o/r@v1"})}


# --- scripts, make and requirements that a step calls

SCRIPT = "#!/bin/sh\n\npip install x\n"


@pytest.mark.parametrize(
    ("step", "files", "wanted"),
    [
        ("run: ./a.sh", {"a.sh": SCRIPT}, "a.sh"),
        ("run: bash -e scripts/a.sh --flag", {"scripts/a.sh": SCRIPT}, "scripts/a.sh"),
        ("run: . a.sh", {"a.sh": SCRIPT}, "a.sh"),
        ("run: source ./a.sh", {"a.sh": SCRIPT}, "a.sh"),
        ("run: ./a", {"a": SCRIPT}, "a"),
        ("run: ./a", {"a": "#!/usr/bin/env bash\n\npip install x\n"}, "a"),
        ("run: cd sub && ./a.sh", {"sub/a.sh": SCRIPT}, "sub/a.sh"),
        ("run: ./a.sh\nworking-directory: sub", {"sub/a.sh": SCRIPT}, "sub/a.sh"),
        ("run: ./a.sh\nworking-directory: ./sub", {"sub/a.sh": SCRIPT}, "sub/a.sh"),
        ("run: sub/a.sh\nworking-directory: ${{ matrix.d }}", {"sub/a.sh": SCRIPT}, "sub/a.sh"),
        ("run: $GITHUB_WORKSPACE/a.sh", {"a.sh": SCRIPT}, "a.sh"),
        ("run: ${GITHUB_WORKSPACE}/x/../a.sh", {"a.sh": SCRIPT}, "a.sh"),
        ("run: ./b.sh", {"b.sh": "./a.sh\n", "a.sh": SCRIPT}, "a.sh"),
        ("run: make", {"Makefile": "a: b\n\nb:; pip install x\n"}, "Makefile"),
        ("run: make b", {"Makefile": "a:\n\techo\nb:; pip install x\n"}, "Makefile"),
        ("run: make -C sub -j2 V=1 b", {"sub/Makefile": "\n\nb:; pip install x\n"}, "sub/Makefile"),
        ("run: make -f x.mk b", {"x.mk": "\n\nb:; pip install x\n"}, "x.mk"),
        ("run: make -j b", {"Makefile": "a:\n\techo\nb:; pip install x\n"}, "Makefile"),
        ("run: make -j 4 b", {"Makefile": "a:\n\techo\nb:; pip install x\n"}, "Makefile"),
        ("run: task", {"Taskfile.yml": "tasks:\n  default:\n    cmds: [pip install x]\n"}, "Taskfile.yml"),
        ("run: task -o group b", {"Taskfile.yml": "tasks:\n  b: {deps: [c]}\n  c: pip install x\n"}, "Taskfile.yml"),
        ("run: task b", {"taskfile.yaml": "vars: {P: pip}\ntasks:\n  b: ['{{.P}} install x']\n"}, "taskfile.yaml"),
        (
            "run: task b",
            {"Taskfile.yml": "tasks:\n  b: {cmds: [task: c]}\n  c: {cmd: pip install x}\n"},
            "Taskfile.yml",
        ),
        (
            "run: task -d sub",
            {"sub/Taskfile.yml": "tasks:\n  default:\n    - cmd: pip install x\n"},
            "sub/Taskfile.yml",
        ),
        ("run: just", {"justfile": "\na:\n  pip install x\nb:\n  npx y\n"}, "justfile"),
        ("run: just c", {"Justfile": "c: b\nb:\n  @pip install x\n"}, "Justfile"),
        ("run: just b 1", {"justfile": "v := 'pip'\nb n:\n  {{v}} install x\n[private]\na:\n  npx y\n"}, "justfile"),
        ("run: npm run b", {"package.json": '{"scripts": {\n\n"b": "pip install x"}}'}, "package.json"),
        (
            "run: npm test",
            {"package.json": '{"scripts": {"test": "",\n\n"posttest": "pip install x"}}'},
            "package.json",
        ),
        (
            "run: yarn --cwd sub run b",
            {"sub/package.json": '{"scripts": {\n\n"b": "pip install x"}}'},
            "sub/package.json",
        ),
        ("run: make --directory sub", {"sub/GNUmakefile": "\n\nb:; pip install x\n"}, "sub/GNUmakefile"),
    ],
)
def test_called_files_are_read(step: str, files: dict[str, str], wanted: str) -> None:
    assert list(facts({CI: workflow(step), **files}, wanted)) == ["3 package mutable pip x"]


@pytest.mark.parametrize(
    ("step", "files"),
    [
        ("run: ./a.py", {"a.py": "#!/usr/bin/python\npip install x\n"}),
        ("run: ./a", {"a": "pip install x\n"}),
        ("run: ./vendor/a.sh", {"vendor/a.sh": SCRIPT}),
        ("run: ./../a.sh", {"a.sh": SCRIPT}),
        ("run: $X/a.sh", {"a.sh": SCRIPT}),
        ("run: cat a.sh", {"a.sh": SCRIPT}),
        ("run: make a", {"Makefile": "a:\n\techo\nb:\n\tpip install x\n"}),
        ("run: make -f none.mk", {"Makefile": "a:\n\tpip install x\n"}),
        ("run: ./a.sh", {"a.sh": "./a.sh\n"}),
        ("run: task none", {"Taskfile.yml": "tasks:\n  b: [pip install x]\n"}),
        ("run: npm ci", {"package.json": '{"scripts": {"ci": "pip install x"}}'}),
        ("run: npm run", {"package.json": '{"scripts": {"run": "pip install x"}}'}),
        ("run: just -- a", {"justfile": "b:\n  true\na:\n  pip install x\n"}),
    ],
)
def test_files_that_are_not_called(step: str, files: dict[str, str]) -> None:
    assert list(facts({CI: workflow(step), **files})) == []


def test_a_script_that_cannot_be_read_is_named() -> None:
    assert list(facts({CI: workflow("run: ./a.sh"), "a.sh": b"#!/bin/sh\0"})) == ["None ! is not text"]


def test_a_script_called_twice_comes_once() -> None:
    assert list(facts({CI: workflow("run: ./a.sh", "run: ./a.sh"), "a.sh": SCRIPT})) == ["3 package mutable pip x"]


def test_a_script_of_the_action() -> None:
    action = (
        "runs:\n  using: composite\n  steps:\n    - run: $GITHUB_ACTION_PATH/a.sh\n"
        "      shell: bash\n    - run: ${{ github.action_path }}/b.sh\n      shell: bash\n"
    )
    files = {"act/action.yml": action, "act/a.sh": SCRIPT, "act/b.sh": SCRIPT, "a.sh": "echo\n"}
    assert list(facts(files)) == ["3 package mutable pip x", "3 package mutable pip x"]


@pytest.mark.parametrize(
    ("requirements", "wanted"),
    [
        ("a==1.2\nb>=1\n", "mutable"),
        ("a==1.2\n# c\n\nb==1.2 # d\n", "exact"),
        ("a==1.2 \\\n  --hash=sha256:abc\n", "immutable"),
        ("a\n-c constraints.txt\n", "exact"),
        ("-r other.txt\n", "exact"),
        ("", "exact"),
    ],
)
def test_requirements(requirements: str, wanted: str) -> None:
    files = {CI: workflow("run: pip install -r reqs.txt"), "reqs.txt": requirements}
    assert list(facts(files)) == [f"6 package {wanted} pip -r reqs.txt"]


def test_requirements_that_are_not_here() -> None:
    assert _workflow("run: pip install -r reqs.txt") == []


@pytest.mark.parametrize(
    ("program", "dependencies", "wanted"),
    [
        ("eslint", '{"devDependencies": {"eslint": "9"}}', False),
        ("tsc", '{"dependencies": {"typescript": "5"}}', False),
        ("playwright", '{"devDependencies": {"@playwright/test": "1"}}', False),
        ("eslint", '{"devDependencies": {"prettier": "3"}}', True),
        ("eslint", '{"devDependencies": ["eslint"]}', True),
        ("eslint", "[]", True),
        ("eslint", "not json", True),
        ("eslint@latest", '{"devDependencies": {"eslint": "9"}}', True),
    ],
)
def test_npx_runs_the_projects_own_programs(program: str, dependencies: str, wanted: bool) -> None:
    found = list(facts({CI: workflow(f"run: npx {program} ."), "package.json": dependencies}))
    assert found == ([f"6 package mutable npx {program}"] if wanted else [])


@pytest.mark.parametrize(
    "run",
    [
        "iex ((New-Object System.Net.WebClient).DownloadString('https://x.org/a'))",
        'Invoke-Expression (New-Object Net.WebClient).downloadString( "https://x.org/a" )',
    ],
)
def test_powershells_older_way(run: str) -> None:
    found = _workflow(f"shell: pwsh\nrun: |\n  echo\n  {run}")
    assert found == ["9 remote-script mutable https://x.org/a"]


@pytest.mark.parametrize("broken", ["Makefile", "Taskfile.yml", "package.json"])
def test_a_file_of_targets_that_cannot_be_read(broken: str) -> None:
    command = {"Makefile": "make", "Taskfile.yml": "task", "package.json": "npm test"}[broken]
    found = list(facts({CI: workflow(f"run: {command}", "uses: o/r@v1"), broken: b"\0"}))
    assert "7 action mutable o/r@v1" in found


@pytest.mark.parametrize("atom", ["{{", "{{.A", "${{", "'${{", "$(A)", "a |\n", "iex ", "curl x|"])
@pytest.mark.parametrize("path", ["justfile", "Makefile", "a.sh"])
def test_a_file_of_openings_ends(path: str, atom: str) -> None:
    command = {"justfile": "just", "Makefile": "make", "a.sh": "./a.sh"}[path]
    files = {CI: workflow(f"run: {command}", "uses: o/r@v1"), path: "a:\n\t" + atom * (100_000 // len(atom))}
    assert "7 action mutable o/r@v1" in list(facts(files))
