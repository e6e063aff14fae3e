"""What makes an audit of zizmor weigh: who can write what is injected, and whether a fork's code is fetched unasked."""

from __future__ import annotations

import pytest

from sscop.artefacts.zizmor import Audit
from sscop.judgement.audits import behind, by_others, claims, fix, weighs
from sscop.model import Evidence
from sscop.repository import Repository

PATH = ".github/workflows/ci.yml"


def audit(ident: str, thing: str = "", severity: str = "high", confidence: str = "high", line: int = 1) -> Audit:
    """A finding of zizmor with what matters here."""
    return Audit(ident, PATH, line, thing, severity, confidence, "", "", "", False, (line - 1, 0))


@pytest.mark.parametrize(
    ("thing", "heavy"),
    [
        ("github.head_ref", True),
        ("github.event.pull_request.title", True),
        ("github.event.pull_request.head.ref", True),
        ("github.event.pull_request.head.label", True),
        ("github.event.comment.body", True),
        ("github.event.workflow_run.head_branch", True),
        ("github.event.commits[0].message", True),
        ("github.event.pull_request", True),
        ("github.event.pull_request.number", False),
        ("github.event.pull_request.base.ref", False),
        ("github.event.pull_request.head.sha", False),
        ("github.event.pull_request.head.repo.full_name", False),
        ("github.event.pull_request.user.login", False),
        ("github.event.pull_request.labels.*.name", False),
        ("github.event.comment.author_association", False),
        ("github.event.issue.html_url", False),
        ("github.event.client_payload.ref", False),
        ("github.event.release.tag_name", False),
        ("inputs.title", False),
        ("github.ref_name", False),
        ("steps.a.outputs.b", False),
    ],
)
def test_an_injection_weighs_where_anybody_writes_the_text(thing: str, heavy: bool) -> None:
    assert weighs(Repository.of({}), audit("template-injection", thing)) is heavy


def test_low_and_informational_ones_and_matters_of_taste_are_advice() -> None:
    repo = Repository.of({})
    assert weighs(repo, audit("github-env", severity="medium", confidence="medium"))
    assert not weighs(repo, audit("github-env", confidence="low"))
    assert not weighs(repo, audit("github-env", severity="low"))
    assert not weighs(repo, audit("github-env", severity="informational"))
    assert not weighs(repo, audit("dependabot-cooldown"))


def test_each_audit_bears_on_one_claim() -> None:
    assert claims(audit("artipacked")) == ("build-credentials-stored",)
    assert claims(audit("template-injection")) == ("build-changes-authorised",)
    assert fix(audit("artipacked")._replace(url="https://x.test")).endswith("false`; see https://x.test")
    assert fix(audit("an-audit-of-tomorrow")._replace(url="https://x.test")) == "see https://x.test"
    assert by_others(audit("unpinned-uses"))
    assert not by_others(audit("an-audit-of-tomorrow"))


VARIABLES = """\
on: pull_request
env: {TITLE: "${{ github.event.pull_request.title }}", PLAIN: "x"}
jobs:
  a:
    steps:
      - run: echo ${{ env.TITLE }}
      - run: echo ${{ env.TITLE }}
        env: {TITLE: "${{ github.sha }}"}
      - run: echo ${{ env.PLAIN }} ${{ env.NOWHERE }}
"""


@pytest.mark.parametrize(
    ("name", "line", "place"), [("TITLE", 6, 2), ("TITLE", 7, None), ("PLAIN", 9, None), ("NOWHERE", 9, None)]
)
def test_a_variable_weighs_where_it_is_set_to_what_anybody_writes(name: str, line: int, place: int | None) -> None:
    repo = Repository.of({PATH: VARIABLES})
    found = audit("template-injection", f"env.{name}", severity="low", line=line)
    other = behind(repo, found)
    assert (other.line if other else None) == place
    assert weighs(repo, found) is (place is not None)


def test_a_variable_is_not_looked_for_outside_of_workflows_and_in_unreadable_ones() -> None:
    found = audit("template-injection", "env.TITLE", severity="low")
    assert not weighs(Repository.of({PATH: "["}), found)
    assert not weighs(Repository.of({"action.yml": VARIABLES}), found._replace(path="action.yml"))
    assert not weighs(Repository.of({PATH: VARIABLES}), found), "before any job"


CHECKOUT = "{uses: actions/checkout@v4, with: {ref: '${{ github.event.pull_request.head.sha }}'}}"
FETCH = "{run: 'git fetch origin pull/1/head'}"
GUARD = "github.event.pull_request.merged"


@pytest.mark.parametrize(
    ("jobs", "fetched"),
    [
        (f"a: {{steps: [{CHECKOUT}]}}", True),
        (f"a: {{steps: [{FETCH}]}}", True),
        ("a: {steps: [{run: 'gh pr checkout 1'}]}", True),
        ("a: {steps: [{uses: actions/checkout@v4}, {run: make}]}", False),
        ("a: {steps: [{uses: actions/checkout@v4, with: {ref: '${{ github.base_ref }}'}}]}", False),
        ("a: {steps: [{uses: actions/checkout@v4, with: {ref: '${{ needs.b.outputs.head_sha }}'}}]}", True),
        (f"a: {{if: {GUARD}, steps: [{CHECKOUT}]}}", False),
        (f"a: {{environment: review, steps: [{CHECKOUT}]}}", False),
        (f"a: {{steps: [{{uses: x/y@v1, with: {{script: getCollaboratorPermissionLevel}}}}, {CHECKOUT}]}}", False),
        (f"a: {{steps: [{CHECKOUT}, {{if: {GUARD}, run: x}}]}}", True),
        (f"g: {{if: {GUARD}, steps: []}}\n  a: {{needs: g, steps: [{CHECKOUT}]}}", False),
        (f"g: {{steps: [{{run: x}}]}}\n  a: {{needs: [g, gone], steps: [{CHECKOUT}]}}", True),
        (f"g: {{needs: a, steps: []}}\n  a: {{needs: g, steps: [{CHECKOUT}]}}", True),
        (f"g: {{uses: o/r/.github/workflows/gate.yml@v1}}\n  a: {{needs: g, steps: [{CHECKOUT}]}}", False),
        ("a: {uses: ./.github/workflows/called.yml}", True),
        ("a: {uses: $/.github/workflows/called.yml}", True),
        ("a: {uses: ./.github/workflows/gone.yml}", False),
        ("a: {uses: ./.github/workflows/ci.yml}", False),
        ("a: {uses: o/r/.github/workflows/called.yml@v1}", False),
    ],
)
def test_a_trigger_weighs_where_what_started_it_is_fetched_unasked(jobs: str, fetched: bool) -> None:
    called = f"on: workflow_call\njobs: {{a: {{steps: [{CHECKOUT}]}}}}\n"
    workflow = f"on: pull_request_target\njobs:\n  {jobs}\n"
    repo = Repository.of({PATH: workflow, ".github/workflows/called.yml": called})
    assert weighs(repo, audit("dangerous-triggers", confidence="medium")) is fetched


def test_a_label_that_starts_it_is_somebody_s_consent() -> None:
    workflow = f"on: {{pull_request_target: {{types: [labeled]}}}}\njobs: {{a: {{steps: [{CHECKOUT}]}}}}\n"
    assert not weighs(Repository.of({PATH: workflow}), audit("dangerous-triggers"))


def test_what_cannot_be_read_is_not_taken_to_be_harmless() -> None:
    assert behind(Repository.of({PATH: "["}), audit("dangerous-triggers")) == Evidence(PATH, 1, "could not be read")


def test_a_value_made_to_be_slow_is_not() -> None:
    value = "${{ " + "github.event.issue.id." * 100_000 + "x }}"
    workflow = f"on: push\nenv: {{X: '{value}'}}\njobs:\n  a: {{steps: [{{run: x}}]}}\n"
    assert not weighs(Repository.of({PATH: workflow}), audit("template-injection", "env.X", severity="low", line=4))
