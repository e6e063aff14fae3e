"""What is used: names, versions and digests as a policy has them, and the labels of runners."""

from __future__ import annotations

import pytest

from helpers import workflow
from sscop.artefacts.tools_in_use import Use, uses
from sscop.model import Unread
from sscop.repository import Repository

SHA = "08c6903cd8c0fde910a37f88322edcfb5dd907a8"
DIGEST = "sha256:" + "a" * 64


def used(files: dict[str, str]) -> list[tuple[str, str, str, str]]:
    found = uses(Repository.of(files))
    return [(one.kind, one.name, one.version, one.digest) for one in found if isinstance(one, Use)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"uses: actions/checkout@{SHA} # v5.0.1", ("action", "actions/checkout", "v5.0.1", SHA)),
        (f"uses: actions/checkout@{SHA} # tag=v5", ("action", "actions/checkout", "v5", SHA)),
        (f"uses: actions/checkout@{SHA} # see #12ab", ("action", "actions/checkout", "", SHA)),
        (f"uses: actions/checkout@{SHA}", ("action", "actions/checkout", "", SHA)),
        ("uses: actions/cache/restore@v4", ("action", "actions/cache/restore", "v4", "")),
        ("uses: a/b", ("action", "a/b", "", "")),
        ("uses: docker://alpine:3.22", ("image", "alpine", "3.22", "")),
        ("run: pip install tox==4.2.1", ("package", "pip:tox", "4.2.1", "")),
        ("run: apt-get install -y jq curl", ("package", "apt:install", "", "")),
        ("run: curl -fsSL https://x.example/1.2.3/get.sh | sh", ("download", "https://x.example/*/get.sh", "", "")),
        ("{uses: actions/setup-node@v4, with: {node-version: 22.x}}", ("tool", "node", "22.x", "")),
        ("{uses: azure/setup-helm@v4, with: {version: v3.15.4}}", ("tool", "helm", "v3.15.4", "")),
        ("{uses: goreleaser/goreleaser-action@v6, with: {version: v2.1.0}}", ("tool", "goreleaser", "v2.1.0", "")),
        ("{uses: bufbuild/buf-setup-action@v1, with: {version: 1.2.3}}", ("tool", "buf", "1.2.3", "")),
        ("{uses: taiki-e/install-action@v2, with: {tool: nextest@0.9.1}}", ("tool", "nextest", "0.9.1", "")),
        ("{uses: dart-lang/setup-dart@v1, with: {sdk: 3.2.1}}", ("tool", "dart", "3.2.1", "")),
        ("uses: astral-sh/setup-uv@v6", ("tool", "uv", "", "")),
    ],
)
def test_what_a_step_uses(line: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in used({".github/workflows/ci.yml": workflow(line)})


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".nvmrc", "22.1.0\n", ("tool", "node", "22.1.0", "")),
        (".tool-versions", "golang 1.23.1\n", ("tool", "go", "1.23.1", "")),
        ("pyproject.toml", '[build-system]\nrequires = ["hatchling>=1.27"]\n', ("tool", "hatchling", ">=1.27", "")),
        ("package.json", '{"packageManager": "pnpm@9.1.0"}', ("tool", "pnpm", "9.1.0", "")),
        ("Dockerfile", f"FROM python:3.13@{DIGEST}\n", ("image", "python", "3.13", DIGEST)),
        ("Dockerfile", f"FROM python@{DIGEST}\n", ("image", "python", "", DIGEST)),
        ("Dockerfile", "FROM python\n", ("image", "python", "latest", "")),
        (
            ".devcontainer.json", '{"features": {"ghcr.io/devcontainers/features/node:1": {"version": "lts"}}}',
            ("tool", "node", "lts", ""),
        ),
        (
            ".pre-commit-config.yaml",
            f"repos:\n- repo: https://github.com/psf/black\n  rev: {SHA} # frozen: 24.1.0\n  hooks: []\n",
            ("hook", "psf/black", "24.1.0", SHA),
        ),
        (".circleci/config.yml", "orbs: {node: circleci/node@7.2.1}\n", ("include", "circleci/node", "7.2.1", "")),
    ],
)  # fmt: skip
def test_what_a_file_names(path: str, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in used({path: text})


@pytest.mark.parametrize(
    ("image", "registry"),
    [
        ("python:3", "docker.io/library/python"),
        ("acme/base:3", "docker.io/acme/base"),
        ("ghcr.io/acme/base:3", "ghcr.io/acme/base"),
        ("localhost:5000/base:3", "localhost:5000/base"),
    ],
)
def test_the_registry_of_an_image(image: str, registry: str) -> None:
    (one,) = uses(Repository.of({"Dockerfile": f"FROM {image}\n"}))
    assert isinstance(one, Use)
    assert one.registry == registry


def labels(files: dict[str, str]) -> list[tuple[str, str]]:
    found = uses(Repository.of(files))
    return [(one.name, one.untold) for one in found if isinstance(one, Use) and one.kind == "runner"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("ubuntu-24.04", [("ubuntu-24.04", "")]),
        ("[self-hosted, linux, x64, big]", [("big", "")]),
        ("[self-hosted, linux]", [("self-hosted", "")]),
        ("{group: g, labels: [big]}", [("big", "")]),
        ("${{ inputs.runner }}", [("${{ inputs.runner }}", "the label is put together at run time")]),
    ],
)
def test_labels_of_workflows(asked: str, expected: list[tuple[str, str]]) -> None:
    text = f"on: push\njobs:\n  a:\n    runs-on: {asked}\n    steps: []\n"
    assert labels({".github/workflows/ci.yml": text}) == expected


def test_labels_of_other_systems() -> None:
    assert labels({".gitlab-ci.yml": "a:\n  tags: [docker]\n  script: [ls]\n"}) == [("docker", "")]
    assert labels({"azure-pipelines.yml": "pool: {vmImage: ubuntu-24.04}\nsteps:\n- script: ls\n"}) == [
        ("ubuntu-24.04", "")
    ]
    assert labels({"azure-pipelines.yml": "pool: ours\nsteps:\n- script: ls\n"}) == [("ours", "")]
    circle = "version: 2.1\njobs:\n  a:\n    machine: {}\n    steps: [checkout]\nworkflows: {w: {jobs: [a]}}\n"
    assert labels({".circleci/config.yml": circle.replace("{}", "{image: ubuntu-2404:1}", 1)}) == [
        ("ubuntu-2404:1", "")
    ]
    assert labels({".circleci/config.yml": circle.replace("{}", "true", 1)}) == []


def test_the_products_own_dependencies_and_submodules_are_no_tools() -> None:
    files = {
        ".github/workflows/ci.yml": workflow("run: pip install -r requirements.txt && pip install ."),
        "requirements.txt": "a==1\n",
    }
    assert [one[0] for one in used(files)] == ["runner"]


def test_what_cannot_be_read_is_told_once() -> None:
    found = uses(Repository.of({".github/workflows/ci.yml": "jobs: [\n"}))
    assert [type(one) for one in found] == [Unread]
