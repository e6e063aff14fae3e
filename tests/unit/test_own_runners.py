"""Which machines that build are surely one's own."""

from __future__ import annotations

import pytest

from sscop.artefacts.own_runners import own_machines, untold_machines
from sscop.repository import Repository

AZURE = "trigger: [main]\n{}jobs:\n- job: a\n  {}\n  steps: [{{script: make}}]\n"
MATRIX = """on: push
jobs: {{a: {{runs-on: "${{{{ {} }}}}", strategy: {{matrix: {{{}}}}}, steps: []}}}}
"""
CIRCLE = """version: 2.1
jobs: {{a: {{machine: true, resource_class: {}, steps: [checkout]}}}}
workflows: {{w: {{jobs: [a]}}}}
"""


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (".github/workflows/a.yml", "on: push\njobs: {a: {runs-on: [self-hosted, x], steps: []}}\n", "`self-hosted`"),
        (
            ".github/workflows/a.yml",
            "on: push\njobs: {a: {runs-on: {labels: Self-Hosted}, steps: []}}\n",
            "`Self-Hosted`",
        ),
        (".github/workflows/a.yml", "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: []}}\n", ""),
        (".github/workflows/a.yml", MATRIX.format("matrix.os", "os: [ubuntu-24.04, self-hosted]"), "`self-hosted`"),
        (
            ".github/workflows/a.yml",
            MATRIX.format("fromJSON(matrix.l)", """l: ['["self-hosted"]']"""),
            "`self-hosted`",
        ),
        (".github/workflows/a.yml", MATRIX.format("fromJSON(inputs.l)", "os: [self-hosted]"), ""),
        ("azure-pipelines.yml", AZURE.format("", "pool: OurPool"), "`OurPool`"),
        ("azure-pipelines.yml", AZURE.format("pool: {name: Agents}\n", "timeoutInMinutes: 5"), "`Agents`"),
        ("azure-pipelines.yml", AZURE.format("", "pool: {vmImage: ubuntu-24.04}"), ""),
        ("azure-pipelines.yml", AZURE.format("", "pool: {name: Azure Pipelines}"), ""),
        ("azure-pipelines.yml", AZURE.format("", "pool: $(pool)"), ""),
        (".circleci/config.yml", CIRCLE.format("acme/linux"), "`acme/linux`"),
        (".circleci/config.yml", CIRCLE.format("large"), ""),
        (".gitlab-ci.yml", "a: {script: make, tags: [ours]}\n", ""),
        ("packer/ci-runner/ubuntu.pkr.hcl", "", "Packer"),
        ("packer/web.pkr.hcl", "", ""),
        ("ci/Dockerfile", "FROM ghcr.io/actions/actions-runner:2.330.0\nRUN true\n", "actions-runner:2.330.0"),
        ("ci/Dockerfile", "FROM jenkins/inbound-agent AS a\nFROM a\nRUN true\n", "inbound-agent"),
        ("ci/Dockerfile", "FROM python:3.13\nCOPY runner /runner\n", ""),
        ("ci/Dockerfile", "FROM \udcff # runner\n", ""),
        ("examples/Dockerfile", "FROM actions/actions-runner\n", ""),
    ],
)
def test_own_machines(path: str, text: str, said: str) -> None:
    found = [one.said for one in own_machines(Repository.of({path: text.encode("utf-8", "surrogateescape")}))]
    assert len(found) == bool(said)
    assert all(said in one for one in found)


def test_the_pool_of_a_whole_pipeline_is_shown_where_it_stands() -> None:
    template = "jobs:\n- job: a\n  steps: [{script: make}]\n"
    root = "trigger: [main]\npool: Agents\njobs:\n- template: t.yml\n"
    (found,) = own_machines(Repository.of({"azure-pipelines.yml": root, "t.yml": template}))
    assert (found.path, found.line) == ("azure-pipelines.yml", 2)


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (".gitlab-ci.yml", "a: {script: make, tags: [ours]}\n", "by the tag `ours`"),
        (".gitlab-ci.yml", "a: {script: make, tags: [saas-linux-small-amd64]}\n", ""),
        (".gitlab-ci.yml", "default: {tags: [ours]}\na: {script: make}\n", "by the tag `ours`"),
        (".gitlab-ci.yml", "a: {script: make, tags: [$RUNNER]}\n", ""),
        (".gitlab-ci.yml", "a: {script: make}\n", ""),
        ("ci/Jenkinsfile", "pipeline { agent any }\n", "Jenkins builds here"),
        (".buildkite/pipeline.yml", "steps: []\n", "Buildkite builds here"),
        ("examples/Jenkinsfile", "pipeline { agent any }\n", ""),
        (".travis.yml", "language: c\n", ""),
        (".github/workflows/a.yml", "on: [push\n", "is not known"),
        (".github/workflows/a.yml", "on: push\njobs: {a: {runs-on: self-hosted, steps: []}}\n", ""),
        ("README.md", "", ""),
    ],
)
def test_untold_machines(path: str, text: str, said: str) -> None:
    found = [one.said for one in untold_machines(Repository.of({path: text}))]
    assert len(found) == bool(said)
    assert all(said in one for one in found)
