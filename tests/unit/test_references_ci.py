"""What pre-commit and the pipelines of other platforms name."""

from __future__ import annotations

import pytest

from helpers import DIGEST, SHA, facts

PC = ".pre-commit-config.yaml"
GL = ".gitlab-ci.yml"
PINNED = f"x@{DIGEST}"


def _hooks(*repos: str) -> str:
    return "repos:\n" + "".join(f"  - {repo}\n" for repo in repos)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (_hooks("repo: https://github.com/o/r\n    rev: v1.2"), ["3 hook mutable o/r@v1.2"]),
        (_hooks(f"repo: https://github.com/o/r\n    rev: {SHA}  # frozen: v1.2"), [f"3 hook immutable o/r@{SHA}"]),
        (_hooks("repo: https://github.com/o/r.git\n    sha: main"), ["3 hook mutable o/r@main"]),
        (_hooks("repo: git@github.com:o/r.git\n    rev: v1"), ["3 hook mutable o/r@v1"]),
        (_hooks("repo: https://gitlab.com/o/r\n    rev: v1"), ["3 hook mutable gitlab.com/o/r@v1"]),
        (_hooks("repo: https://github.com/o/r"), ["2 hook mutable o/r@"]),
        (
            _hooks(f"repo: https://github.com/o/a\n    rev: {SHA}", "repo: https://github.com/o/b\n    rev: v1"),
            [f"3 hook immutable o/a@{SHA}", "5 hook mutable o/b@v1"],
        ),
        (_hooks("repo: local\n    hooks: [{id: x, language: system}]", "repo: meta", "repo: builtin"), []),
        (
            _hooks(
                "repo: local\n    hooks:\n      - id: x\n        additional_dependencies:\n"
                "          - a==1.2\n          - b\n          - c>=1"
            ),
            ["6 package exact a==1.2", "7 package mutable b", "8 package mutable c>=1"],
        ),
        (
            _hooks(
                "repo: local\n    hooks:\n      - {id: x}\n"
                "      - {id: y, additional_dependencies: ['a@1.2.3', '@s/b@latest', 'c@^1.0']}"
            ),
            ["5 package exact a@1.2.3", "5 package mutable @s/b@latest", "5 package mutable c@^1.0"],
        ),
        (
            _hooks(
                "repo: local\n    hooks:\n"
                "      - {id: y, additional_dependencies: [m.io/x@v1.2.3, m.io/y@latest, ./local, ':x', '.[dev]']}"
            ),
            ["4 package immutable m.io/x@v1.2.3", "4 package mutable m.io/y@latest"],
        ),
        ("repos: text\n", []),
        ("- repo: https://x/y\n", []),
        ("", []),
        ("repos: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
    ],
)
def test_pre_commit(source: str, wanted: list[str]) -> None:
    assert list(facts({PC: source})) == wanted


@pytest.mark.parametrize("path", [".pre-commit-config.yml", "sub/.pre-commit-config.yaml"])
def test_pre_commit_elsewhere(path: str) -> None:
    assert list(facts({path: _hooks("repo: https://github.com/o/r\n    rev: v1")})) == ["3 hook mutable o/r@v1"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("image: x:1\n", ["1 image mutable x:1"]),
        (f"image: {PINNED}\n", [f"1 image immutable {PINNED}"]),
        ("image:\n  name: x:1\n  entrypoint: ['']\n", ["2 image mutable x:1"]),
        ("default:\n  image: x:1\n  services: [y:1]\n", ["2 image mutable x:1", "3 image mutable y:1"]),
        ("a:\n  image: x:1\nb:\n  image: y:1\n", ["2 image mutable x:1", "4 image mutable y:1"]),
        (
            f"services:\n  - {PINNED}\n  - name: y:1\n    alias: z\n",
            [f"2 image immutable {PINNED}", "3 image mutable y:1"],
        ),
        (
            "variables: {V: '3', I: {value: 'x:1'}}\na:\n  image: p:$V\nb:\n  image: $I\n",
            ["3 image mutable p:3", "5 image mutable x:1"],
        ),
        ("variables: {V: '3'}\na:\n  variables: {V: '4'}\n  image: p:$V\n", ["4 image mutable p:4"]),
        ("a:\n  image: $CI_REGISTRY_IMAGE\n", ["2 image unknown $CI_REGISTRY_IMAGE"]),
        ("include: https://x.org/a.yml\n", ["1 include mutable https://x.org/a.yml"]),
        (
            "include:\n  - remote: https://x.org/a.yml\n  - remote: https://x.org/b.yml\n    integrity: sha256-abc\n",
            ["2 include mutable https://x.org/a.yml", "3 include immutable https://x.org/b.yml"],
        ),
        (f"include: {{remote: https://x.org/{SHA}/a.yml}}\n", [f"1 include immutable https://x.org/{SHA}/a.yml"]),
        ("include:\n  - template: A.yml\n", ["2 include mutable template: A.yml"]),
        (
            "include:\n  - project: g/p\n    file: a.yml\n  - project: g/q\n    ref: main\n",
            ["2 include mutable g/p@", "5 include mutable g/q@main"],
        ),
        (f"include: {{project: g/p, ref: {SHA}}}\n", [f"1 include immutable g/p@{SHA}"]),
        ("include: {project: g/p, ref: $REF}\n", ["1 include unknown g/p@$REF"]),
        (
            (
                "include:\n  - component: h.org/p/c@1.2.3\n  - component: h.org/p/c@1.2\n"
                "  - component: h.org/p/c@~latest\n"
            ),
            [
                "2 include exact h.org/p/c@1.2.3",
                "3 include mutable h.org/p/c@1.2",
                "4 include mutable h.org/p/c@~latest",
            ],
        ),
        (f"include: {{component: h.org/p/c@{SHA}}}\n", [f"1 include immutable h.org/p/c@{SHA}"]),
        ("include: /local.yml\n", []),
        ("include: {local: /x.yml}\n", []),
        ("a:\n  script:\n    - echo\n    - pip install x\n", ["4 package mutable pip x"]),
        ("a:\n  script: pip install x\n", ["2 package mutable pip x"]),
        (
            "a:\n  before_script: [pip install x]\n  after_script: [pip install y]\n",
            ["2 package mutable pip x", "3 package mutable pip y"],
        ),
        (
            ".x: &x [pip install x]\na:\n  script:\n    - *x\n    - - pip install y\n",
            ["1 package mutable pip x", "5 package mutable pip y"],
        ),
        ("a:\n  script:\n    - !reference [.b, script]\n    - pip install x\n", ["4 package mutable pip x"]),
        ("a:\n  script: !reference [.b, script]\n", []),
        ("a:\n  script:\n    - |\n      echo\n      pip install x\n", ["5 package mutable pip x"]),
        ("a:\n  script:\n    - curl https://x.org/a -o a\n    - sh a\n", ["3 download mutable https://x.org/a"]),
        ("stages: [a]\nworkflow: {rules: []}\n", []),
        ("[]\n", []),
        ("a: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
    ],
)
@pytest.mark.parametrize("path", [GL, "sub/x.gitlab-ci.yml", ".gitlab/ci/deep/a.yaml"])
def test_gitlab(path: str, source: str, wanted: list[str]) -> None:
    assert list(facts({path: source})) == wanted


def test_gitlab_files_share_their_variables() -> None:
    files = {GL: "variables: {V: '3'}\n", ".gitlab/ci/a.yml": "a:\n  image: p:$V\n", "broken.gitlab-ci.yml": "a: [\n"}
    assert list(facts(files, ".gitlab/ci/a.yml")) == ["2 image mutable p:3"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (
            "orbs:\n  a: o/a@1.2.3\n  b: o/b@1\n  c: o/c@volatile\n  d: o/d\n  e: {jobs: {}}\n",
            [
                "2 include immutable o/a@1.2.3",
                "3 include mutable o/b@1",
                "4 include mutable o/c@volatile",
                "5 include mutable o/d",
            ],
        ),
        (
            "jobs:\n  a:\n    docker:\n      - image: x:1\n      - image: y:1\n",
            ["4 image mutable x:1", "5 image mutable y:1"],
        ),
        (f"executors:\n  a:\n    docker: [{{image: '{PINNED}'}}]\n", [f"3 image immutable {PINNED}"]),
        (
            (
                "jobs:\n  a:\n    steps:\n      - checkout\n      - run: pip install x\n"
                "      - run: {command: pip install y}\n"
            ),
            ["5 package mutable pip x", "6 package mutable pip y"],
        ),
        (
            "commands:\n  a:\n    steps:\n      - run:\n          command: |\n            pip install x\n",
            ["6 package mutable pip x"],
        ),
        ("jobs: []\n", []),
        ("x: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
    ],
)
def test_circleci(source: str, wanted: list[str]) -> None:
    assert list(facts({".circleci/config.yml": source})) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (
            (
                "resources:\n  repositories:\n    - repository: a\n      name: o/a\n      ref: main\n"
                "    - repository: b\n      name: o/b\n"
            ),
            ["5 include mutable o/a@main", "7 include mutable o/b@"],
        ),
        (
            f"resources:\n  repositories: [{{name: o/a, ref: {SHA}}}, {{repository: c}}]\n",
            [f"2 include immutable o/a@{SHA}"],
        ),
        (
            "resources:\n  containers:\n    - container: a\n      image: x:1\n    - image: y:1\n",
            ["4 image mutable x:1", "5 image mutable y:1"],
        ),
        (
            (
                "pool:\n  vmImage: ubuntu-latest\njobs:\n  - pool: {vmImage: ubuntu-24.04}\n"
                "  - pool: {vmImage: windows-latest}\n"
            ),
            ["2 runner mutable ubuntu-latest", "5 runner mutable windows-latest"],
        ),
        (
            "jobs:\n  - container: x:1\n  - container: named\n  - container: {image: 'y:1'}\n",
            ["2 image mutable x:1", "4 image mutable y:1"],
        ),
        (
            (
                "steps:\n  - script: pip install x\n  - bash: |\n      pip install y\n"
                "  - pwsh: iwr https://x.org/a | iex\n  - powershell: pip install z\n"
            ),
            [
                "2 package mutable pip x",
                "4 package mutable pip y",
                "5 remote-script mutable https://x.org/a",
                "6 package mutable pip z",
            ],
        ),
        ("[]\n", []),
        ("x: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
    ],
)
@pytest.mark.parametrize(
    "path", ["azure-pipelines.yml", "azure-pipelines-x.yaml", ".azure-pipelines/a/b.yml", "x/azure-pipelines/a.yml"]
)
def test_azure(path: str, source: str, wanted: list[str]) -> None:
    assert list(facts({path: source})) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("image: x:1\n", ["1 image mutable x:1"]),
        ("image: {name: 'x:1'}\n", ["1 image mutable x:1"]),
        (
            "pipelines:\n  default:\n    - step:\n        image: x:1\n    - step:\n        image: y:1\n",
            ["4 image mutable x:1", "6 image mutable y:1"],
        ),
        (
            "a:\n  script:\n    - pip install x\n    - pipe: o/p:1.2.3\n    - pipe: o/q:1\n",
            ["3 package mutable pip x", "4 include mutable o/p:1.2.3", "5 include mutable o/q:1"],
        ),
        (f"a:\n  script: [pipe: 'o/p:{SHA}']\n", [f"2 include immutable o/p:{SHA}"]),
        ("definitions:\n  services:\n    a:\n      image: x:1\n", ["4 image mutable x:1"]),
        ("[]\n", []),
        ("x: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
    ],
)
def test_bitbucket(source: str, wanted: list[str]) -> None:
    assert list(facts({"bitbucket-pipelines.yml": source})) == wanted


@pytest.mark.parametrize("path", ["Jenkinsfile", "a/Jenkinsfile", "x.jenkinsfile"])
def test_a_jenkinsfile_is_unknown(path: str) -> None:
    assert list(facts({path: "pipeline {}"})) == ["1 ! a Jenkins pipeline is a program, which this check does not read"]


def test_a_broken_file_does_not_hide_the_next() -> None:
    files = {PC: "[", GL: "image: a\n", ".circleci/config.yml": "[", "bitbucket-pipelines.yml": "image: b\n"}
    found = list(facts(files))
    assert [line for line in found if "!" not in line] == ["1 image mutable a", "1 image mutable b"]
    assert len(found) == 4
