"""What keeps an outsider's change out of a workflow that has the repository's secrets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.forked_code import Forks
from sscop.artefacts.outsiders import TRIGGERS, asked, labelled, outsiders, shut
from sscop.artefacts.workflow import load_workflow

PULL = "github.event.pull_request"
TARGET = ("pull_request_target",)

SHUT = [
    f"{PULL}.head.repo.full_name == github.repository",
    f"!{PULL}.head.repo.fork",
    f"${{{{ {PULL}.head.repo.fork == false }}}}",
    f"{PULL}.head.repo.fork != true",
    f"{PULL}.head.repo.fork == 'false'",
    f"{PULL}.head.repo.full_name == 'owner/name' && success()",
    f"{PULL}.head.repo.owner.login == github.repository_owner",
    f"startsWith({PULL}.head.label, 'owner:')",
    f"startsWith({PULL}.head.repo.full_name, 'owner/')",
    f"!({PULL}.head.repo.full_name != github.repository)",
    "github.event_name == 'push'",
    "github.event_name != 'pull_request_target'",
    f"github.event_name != 'pull_request_target' || {PULL}.head.repo.full_name == github.repository",
    "github.event.workflow_run.conclusion == 'success' && false",
    "github.event.workflow_run.event == 'push'",
    "false",
]
ASKED = [
    f"{PULL}.user.login == 'dependabot[bot]'",
    "github.actor == 'somebody'",
    f"{PULL}.author_association == 'OWNER' || {PULL}.author_association == 'MEMBER'",
    f"""contains(fromJSON('["OWNER", "MEMBER"]'), {PULL}.author_association)""",
    f"contains('OWNER MEMBER COLLABORATOR', {PULL}.author_association)",
    """contains(fromJSON('["a", "b"]'), github.actor)""",
    "contains(vars.MAINTAINERS, github.actor)",
    f"contains({PULL}.labels.*.name, 'safe to test')",
    f"contains(toJSON({PULL}.labels.*.name), '\"safe\"')",
    "github.event.label.name == 'safe'",
    f"{PULL}.merged == true",
    f"{PULL}.merged",
    f"github.event.action == 'closed' && {PULL}.merged",
    f"{PULL}.user.type == 'Bot'",
    f"{PULL}.user.login == {PULL}.base.repo.owner.login",
]
OPEN = [
    None,
    "",
    "always()",
    "failure()",
    "!cancelled()",
    "github.actor != 'dependabot[bot]'",
    f"{PULL}.user.login != 'dependabot[bot]' && github.repository == 'owner/name'",
    f"{PULL}.user.type != 'Bot'",
    f"{PULL}.user.type == 'User'",
    f"!contains({PULL}.labels.*.name, 'skip')",
    f"!contains({PULL}.labels.*.name, 'skip') && {PULL}.draft == false",
    "github.event.label.name != 'skip'",
    f"{PULL}.author_association != 'NONE'",
    f"{PULL}.author_association == 'CONTRIBUTOR'",
    f"""contains(fromJSON('["OWNER", "CONTRIBUTOR"]'), {PULL}.author_association)""",
    f"{PULL}.merged == false",
    f"{PULL}.merged != true",
    f"{PULL}.head.repo.fork",
    f"{PULL}.head.repo.full_name != github.repository",
    f"{PULL}.head.repo.full_name == github.repository || {PULL}.draft == false",
    f"{PULL}.head.repo.full_name == {PULL}.head.repo.full_name",
    f"contains({PULL}.labels.*.name, 'safe') || github.event.action == 'opened'",
    "startsWith(github.head_ref, 'release/')",
    "startsWith(github.actor, 'dependabot')",
    "contains('somebody', github.actor)",
    "contains(github.event.pull_request.title, 'ci')",
    "github.repository == 'owner/name'",
    "github.ref == 'refs/heads/main'",
    "github.event_name == 'pull_request_target'",
    "github.event.pull_request.user.login == github.actor",
    f"${{{{ {PULL}.merged }}}} == true",
    f"{PULL}.merged)",
    "(" * 500,
    f"{PULL}.merged && " + "x" * 30_000,
]


@pytest.mark.parametrize("condition", SHUT)
def test_only_this_repositorys_branches_pass(condition: str) -> None:
    events = ("workflow_run",) if "workflow_run" in condition else TARGET
    assert shut(condition, events)
    assert asked(condition, events)


@pytest.mark.parametrize("condition", ASKED)
def test_somebody_has_to_let_it_through(condition: str) -> None:
    assert asked(condition, TARGET)
    assert not shut(condition, TARGET)


@pytest.mark.parametrize("condition", OPEN)
def test_a_strangers_change_passes(condition: str | None) -> None:
    assert not asked(condition, TARGET)
    assert not shut(condition, TARGET)


@pytest.mark.parametrize(
    ("condition", "event", "closed"),
    [
        # Another event's payload is null, and null is equal to false.
        (f"{PULL}.head.repo.fork == false", "issue_comment", False),
        (f"!{PULL}.head.repo.fork", "workflow_run", False),
        (f"{PULL}.head.repo.full_name == github.repository", "issue_comment", False),
        (f"{PULL}.head.repo.full_name == 'owner/name'", "issue_comment", True),
        ("github.event.comment.author_association == 'MEMBER'", "issue_comment", True),
        ("github.event.comment.body == '/test'", "issue_comment", False),
        ("github.event.workflow_run.event != 'pull_request'", "workflow_run", True),
        ("github.event.workflow_run.event == 'pull_request'", "workflow_run", False),
        ("github.event.workflow_run.head_branch == 'main'", "workflow_run", False),
        ("github.event.workflow_run.head_repository.full_name == github.repository", "workflow_run", True),
        ("github.head_ref == ''", "workflow_run", False),
        ("github.event.review.state == 'approved'", "issue_comment", True),
    ],
)
def test_what_an_event_carries(condition: str, event: str, closed: bool) -> None:
    assert asked(condition, (event,)) is closed


def test_every_event_has_to_be_kept_out() -> None:
    condition = "github.event.comment.author_association == 'OWNER' || github.event_name == 'workflow_run'"
    assert asked(condition, ("issue_comment",))
    assert not asked(condition, ("issue_comment", "workflow_run"))
    assert not asked(condition, ())


HEAD = "{uses: actions/checkout@v4, with: {ref: '${{ github.event.pull_request.head.sha }}'}}"


def forks(jobs: str, on: str = "pull_request_target") -> tuple[list[tuple[int, bool] | None], list[bool]]:
    workflow = load_workflow(f"on: {on}\njobs:\n{jobs}")
    found = Forks(workflow.jobs, outsiders(workflow.on))
    exposed = [found.exposed(job) for job in workflow.jobs]
    return [one and (one.step.line, one.asked) for one in exposed], [found.guarded(job) for job in workflow.jobs]


def test_a_job_that_waits_for_one_that_asks() -> None:
    jobs = f"""\
  a: {{if: "github.actor == 'somebody'", steps: [run: 'true']}}
  b: {{needs: a, steps: [{HEAD}]}}
  c: {{needs: [b], steps: [{HEAD}]}}
  d: {{needs: a, if: always(), steps: [{HEAD}]}}
  e: {{needs: a, if: "always() && needs.a.result == 'success'", steps: [{HEAD}]}}
  f: {{steps: [{HEAD}]}}
"""
    assert forks(jobs) == (
        [None, (4, True), (5, True), (6, False), (7, True), (8, False)],
        [True, True, True, False, True, False],
    )
    assert forks(jobs, "pull_request")[0] == [None] * 6


def test_what_is_shut_fetches_nothing_of_a_fork() -> None:
    own = "if: github.event.pull_request.head.repo.full_name == github.repository"
    jobs = f"""\
  a: {{"{own[:2]}": "{own[4:]}", steps: [{HEAD}]}}
  b: {{needs: a, steps: [{HEAD}]}}
  c: {{steps: [{{"if": "{own[4:]}", {HEAD[1:]}]}}
"""
    assert forks(jobs)[0] == [None, None, None]


@pytest.mark.parametrize(
    ("step", "was_asked"),
    [
        ("{uses: 'owner/check-user-permission@v1'}", True),
        ("{run: 'gh api repos/x/y/collaborators/z'}", True),
        ("""{run: 'test "$WHO" = "${{ github.actor }}" || exit 1'}""", True),
        ("{run: 'echo by ${{ github.event.pull_request.user.login }}'}", False),
        ("{run: 'echo a pull request with labels'}", False),
        ("""{if: "github.actor == 'somebody'", run: 'echo hello'}""", False),
        (
            "{uses: actions/github-script@v7, with: {script: 'github.rest.repos.getCollaboratorPermissionLevel()'}}",
            True,
        ),
    ],
)
def test_steps_that_ask(step: str, was_asked: bool) -> None:
    assert forks(f"  a: {{steps: [{step}, {HEAD}]}}\n")[0] == [(3, was_asked)]
    assert forks(f"  a: {{steps: [{HEAD}, {step}]}}\n")[0] == [(3, False)]


def test_labels_alone_start_it() -> None:
    assert labelled(load_workflow("on: {pull_request_target: {types: [labeled]}}\njobs: {}\n").on)
    assert not labelled(load_workflow("on: {pull_request_target: {types: [labeled, opened]}}\njobs: {}\n").on)
    assert not labelled(load_workflow("on: {pull_request_target: {types: [labeled]}, workflow_run: }\njobs: {}\n").on)


_PARTS = st.sampled_from(
    [*SHUT, *ASKED, " && ", " || ", "!", "(", ")", "== ", "'x", "''", "contains(", ",", "[0]", "null", "1", "${{", "}}"]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(_PARTS | st.text(max_size=5), max_size=12).map("".join))
def test_any_text(condition: str) -> None:
    for event in TRIGGERS:
        assert asked(condition, (event,)) or not shut(condition, (event,))
        assert not asked(f"true || ({condition})", (event,)) or condition.count("(") != condition.count(")")
