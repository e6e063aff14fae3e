"""The pull-request comment against a GitHub on the loopback, with everything that goes wrong there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from integration.fake_github import FakeGitHub, Fault
from sscop.github.client import BUDGET, Client
from sscop.github.comment import BOT, Posted, Result, post
from sscop.github.target import Target, find, from_environ

SHA = "0123456789abcdef0123456789abcdef01234567"
OTHER = "89abcdef0123456789abcdef0123456789abcdef"
TOKEN = "ghs_not-a-real-token"
COMMENTS = "/repos/o/r/issues/7/comments$"
ONE = r"/issues/comments/\d+$"


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        yield server
    assert server.violations == []


class Run:
    """One run that comments, with its own clock; `waits` are the seconds it would have slept."""

    def __init__(self, github: FakeGitHub, run: int = 5, attempt: int = 1, sha: str = SHA, **more: Any) -> None:
        usual = Target(github.url, "https://github.example", "o/r", 7, sha, run, attempt, "root")
        self.target = usual._replace(**more)
        self.waits: list[float] = []

    def post(self, body: str = "**sscop**\n", **more: Any) -> Posted:
        return post(self.target, TOKEN, body, sleep=self.waits.append, timeout=more.pop("timeout", 5), **more)


def _mark(run: str = "5.1", head: str = SHA, project: str = "root", state: str = "0" * 16) -> str:
    return f"<!-- sscop:v1 id={project} run={run} head={head} state={state} -->"


def test_first_comment(github: FakeGitHub) -> None:
    assert Run(github).post("**sscop**\n") == Posted(Result.CREATED)
    [body] = github.bodies()
    marker, rest = body.split("\n", 1)
    assert marker.startswith(f"<!-- sscop:v1 id=root run=5.1 head={SHA} state=")
    assert rest == "**sscop**\n"
    assert github.calls() == [
        "GET /user",
        "GET /repos/o/r/issues/7/comments",
        "POST /repos/o/r/issues/7/comments",
        "GET /repos/o/r/issues/7/comments",
    ]


def test_update_and_unchanged(github: FakeGitHub) -> None:
    Run(github).post("one")
    assert Run(github, run=6, sha=OTHER).post("two") == Posted(Result.UPDATED)
    assert Run(github, run=7, sha=OTHER).post("two") == Posted(Result.UNCHANGED)
    assert Run(github, run=7, attempt=2, sha=OTHER).post("three") == Posted(Result.UPDATED)
    [body] = github.bodies()
    assert body.startswith(f"<!-- sscop:v1 id=root run=7.2 head={OTHER} ")
    assert body.endswith("\nthree")


@pytest.mark.parametrize(("run", "attempt"), [(4, 9), (5, 1)])
def test_an_older_run_does_not_overwrite(github: FakeGitHub, run: int, attempt: int) -> None:
    Run(github, run=5, attempt=2).post("newer")
    assert Run(github, run, attempt, sha=OTHER).post("older") == Posted(Result.OVERTAKEN, "a newer run has commented")
    assert github.bodies()[0].endswith("\nnewer")
    assert len(github.calls("POST", "PATCH", "DELETE")) == 1


def test_modes(github: FakeGitHub) -> None:
    assert Run(github).post(mode="never") == Posted(Result.SKIPPED)
    assert github.requests == []
    assert Run(github).post(changed=False) == Posted(Result.SKIPPED)
    assert github.bodies() == []
    assert Run(github).post(changed=False, mode="always").result is Result.CREATED
    assert Run(github, run=6).post("all is well", changed=False).result is Result.UPDATED
    with pytest.raises(ValueError, match="'sometimes' is none of changes, always, never"):
        Run(github).post(mode="sometimes")


def test_a_marker_in_somebody_elses_comment_means_nothing(github: FakeGitHub) -> None:
    github.say(f"{_mark('9.9')}\nnot yours", login="mallory")
    github.say(f"hello\n{_mark('9.9')}")
    github.say(f"{_mark('9.9', project='other')}\nanother product's")
    assert Run(github).post().result is Result.CREATED
    assert len(github.bodies()) == 4


def test_two_products_of_one_repository(github: FakeGitHub) -> None:
    assert Run(github, project_id="a b-->").post().result is Result.CREATED
    assert Run(github).post().result is Result.CREATED
    assert Run(github, project_id="a b-->", run=6).post("more").result is Result.UPDATED
    assert github.bodies()[0].startswith("<!-- sscop:v1 id=a%20b--%3E run=6.1 ")


def test_many_pages(github: FakeGitHub) -> None:
    for n in range(120):
        github.say(f"word {n}", login=f"user{n}")
    Run(github).post("one")
    for n in range(40):
        github.say(f"word {n}", login=f"user{n}")
    assert Run(github, run=6).post("two").result is Result.UPDATED
    assert sum(body.startswith("<!-- sscop") for body in github.bodies()) == 1
    assert {query["page"][0] for method, path, query, _ in github.requests if method == "GET" and "page" in query} >= {
        "1",
        "2",
    }


def test_duplicates_become_one_the_oldest_place_with_the_newest_text(github: FakeGitHub) -> None:
    kept = github.say(f"{_mark('2.1')}\ntwo")
    github.say(f"{_mark('4.1')}\nfour")
    github.say(f"{_mark('3.1')}\nthree")
    assert Run(github, run=3, attempt=2).post("late").result is Result.OVERTAKEN
    assert list(github.comments) == [kept]
    assert github.bodies() == [f"{_mark('4.1')}\nfour"]


def test_a_person_s_token_writes_under_its_name() -> None:
    with FakeGitHub(login="octocat", user_status=200) as github:
        github.say(f"{_mark('1.1')}\nthe bot's", login=BOT)
        assert Run(github).post("one").result is Result.CREATED
        assert Run(github, run=6).post("two").result is Result.UPDATED
        assert len(github.bodies()) == 2
    assert github.violations == []


def test_an_app_s_token_learns_its_name_by_writing() -> None:
    with FakeGitHub(login="our-app[bot]") as github:
        Run(github).post("one")
        assert Run(github, run=6).post("two").result is Result.CREATED
        assert [body.split("\n")[1] for body in github.bodies()] == ["two"]
        assert Run(github, run=7).post("three", author="our-app[bot]").result is Result.UPDATED
    assert github.violations == []


def test_two_runs_at_once_leave_one_comment(github: FakeGitHub) -> None:
    barrier = threading.Barrier(2, timeout=30)
    waiting = threading.local()

    def together(method: str, path: str) -> None:
        if method == "POST" and not getattr(waiting, "done", False):
            waiting.done = True
            barrier.wait()

    github.before = together
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda run: Run(github, run=run).post(f"run {run}"), (5, 6)))
    assert [body.split("\n")[1] for body in github.bodies()] == ["run 6"]
    assert results[1].result is Result.CREATED
    assert sum(call.startswith("POST") for call in github.calls()) == 2


@pytest.mark.parametrize("act", ["lost", "reset", 500, 502, "html"])
def test_a_failed_post_is_looked_after_before_it_is_repeated(github: FakeGitHub, act: int | str) -> None:
    github.faults.append(Fault("POST", COMMENTS, act))
    run = Run(github)
    assert run.post().result is Result.CREATED
    assert len(github.bodies()) == 1
    assert len(github.calls("POST")) == (1 if act == "lost" else 2)
    assert run.waits == [1.0]


def test_an_update_that_was_lost_is_not_repeated(github: FakeGitHub) -> None:
    Run(github).post("one")
    github.faults.append(Fault("PATCH", ONE, "lost"))
    assert Run(github, run=6).post("two").result is Result.UPDATED
    assert len(github.calls("PATCH")) == 1


@pytest.mark.parametrize("act", ["reset", "html", "broken", 500, 503])
def test_a_list_that_fails_is_read_again(github: FakeGitHub, act: int | str) -> None:
    github.faults.append(Fault("GET", COMMENTS, act, times=2))
    run = Run(github)
    assert run.post().result is Result.CREATED
    assert run.waits == [1.0, 2.0]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("reset", "no connection to GitHub (ConnectionError)"),
        ("html", "what answered is not GitHub's API"),
        ("broken", "GitHub's answer was not JSON"),
        (500, "no (500)"),
    ],
)
def test_what_keeps_failing_ends_in_words(github: FakeGitHub, act: int | str, words: str) -> None:
    github.faults.append(Fault("GET", COMMENTS, act, times=100))
    run = Run(github)
    assert run.post() == Posted(Result.FAILED, f"no comment: {words}")
    assert sum(run.waits) <= BUDGET


def test_a_slow_page(github: FakeGitHub) -> None:
    github.faults.append(Fault("GET", COMMENTS, "slow"))
    run = Run(github)
    assert run.post(timeout=1).result is Result.CREATED
    assert run.waits == [1.0]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (200, "what answered is not GitHub's API"),
        ("list", "what answered is not GitHub's API"),
        ("odd", "HTTP 400 (400)"),
    ],
)
def test_something_else_where_a_list_should_be(github: FakeGitHub, act: int | str, words: str) -> None:
    github.faults.append(Fault("GET", COMMENTS, act, "Moved Permanently"))
    assert Run(github).post() == Posted(Result.FAILED, f"no comment: {words}")


@pytest.mark.parametrize("act", [404, "list"])
def test_a_token_that_does_not_say_who_it_is(github: FakeGitHub, act: int | str) -> None:
    github.faults.append(Fault("GET", "/user$", act))
    assert Run(github).post().result is Result.CREATED


def test_odd_comments_are_not_ours(github: FakeGitHub) -> None:
    github.comments[github.say("ghost")]["user"] = None
    github.comments[github.say("none")]["body"] = None
    assert Run(github).post().result is Result.CREATED


@pytest.mark.parametrize("act", [200, 307])
def test_an_answer_to_a_post_that_is_no_comment(github: FakeGitHub, act: int) -> None:
    github.faults.append(Fault("POST", COMMENTS, act, times=100))
    run = Run(github)
    assert run.post() == Posted(Result.FAILED, "no comment: what answered is not GitHub's API")
    assert len(github.calls("POST")) <= 6


def test_a_read_only_token(github: FakeGitHub) -> None:
    github.faults.append(Fault("POST", COMMENTS, 403, "Resource not accessible by integration"))
    run = Run(github)
    result, why = run.post()
    assert result is Result.FAILED
    assert why == (
        "no comment: GitHub refused it (403): the job needs `permissions: pull-requests: write` (event `pull_request`; "
        "on `pull_request` events from a fork the token can only read, whatever the workflow grants: comment from a "
        "`workflow_run` job)"
    )
    assert run.waits == []
    assert len(github.calls("POST")) == 1


def test_a_token_that_sees_nothing(github: FakeGitHub) -> None:
    github.faults.append(Fault("GET", COMMENTS, 404, "Not Found"))
    assert Run(github, event="workflow_run").post() == Posted(
        Result.FAILED,
        "no comment: GitHub refused it (404): the job needs `permissions: pull-requests: write` (event `workflow_run`)",
    )


@pytest.mark.parametrize(
    ("status", "message", "words"),
    [
        (403, "Unable to create comment because issue is locked.", "the conversation is locked"),
        (401, "Bad credentials", "GitHub does not know the token (401)"),
        (422, "Validation\nFailed", "Validation Failed (422)"),
        (410, "This was deleted", "This was deleted (410)"),
    ],
)
def test_refusals(github: FakeGitHub, status: int, message: str, words: str) -> None:
    github.faults.append(Fault("POST", COMMENTS, status, message))
    assert Run(github).post() == Posted(Result.FAILED, f"no comment: {words}")


def test_the_comment_is_gone_between_list_and_update(github: FakeGitHub) -> None:
    number = github.say(f"{_mark('4.1')}\nfour")

    def remove(method: str, path: str) -> None:
        if method == "PATCH":
            github.comments.pop(number, None)

    github.before = remove
    assert Run(github).post("five").result is Result.CREATED
    assert [body.split("\n")[1] for body in github.bodies()] == ["five"]
    github.say(f"{_mark('4.1')}\nfour")


def test_gone_and_nothing_to_say(github: FakeGitHub) -> None:
    github.say(f"{_mark('4.1')}\nfour")
    github.faults.append(Fault("PATCH", ONE, 404, "Not Found"))
    assert Run(github).post(changed=False) == Posted(Result.SKIPPED)


@pytest.mark.parametrize("status", [403, 429])
def test_a_rate_limit_with_a_short_wait(github: FakeGitHub, status: int) -> None:
    headers = (("Retry-After", "7"),)
    github.faults.append(Fault("POST", COMMENTS, status, "You have exceeded a secondary rate limit", headers))
    run = Run(github)
    assert run.post().result is Result.CREATED
    assert run.waits == [7.0]


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("Retry-After", "3600"),),
        (("Retry-After", "soon"),),
        (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "99999999999")),
    ],
)
def test_a_rate_limit_that_is_not_waited_for(github: FakeGitHub, headers: tuple[tuple[str, str], ...]) -> None:
    github.faults.append(Fault("GET", COMMENTS, 429, "API rate limit exceeded", headers))
    run = Run(github)
    result, why = run.post()
    assert result is Result.FAILED
    assert why.startswith("no comment: GitHub's rate limit: API rate limit exceeded (429); it asks to wait ")
    assert run.waits == []


def test_a_rate_limit_that_is_over(github: FakeGitHub) -> None:
    headers = (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1"))
    github.faults.append(Fault("GET", COMMENTS, 403, "", headers))
    run = Run(github)
    assert run.post().result is Result.CREATED
    assert run.waits == [1.0]


def test_waits_add_up_to_the_budget(github: FakeGitHub) -> None:
    github.faults.append(Fault("GET", COMMENTS, 429, "slow down", (("Retry-After", "12"),), times=100))
    run = Run(github)
    assert run.post().result is Result.FAILED
    assert run.waits == [12.0, 12.0]


def test_comments_that_never_settle(github: FakeGitHub) -> None:
    def another(method: str, path: str) -> None:
        if method in ("POST", "DELETE"):
            github.say(f"{_mark('5.1')}\nagain")

    github.before = another
    assert Run(github).post() == Posted(Result.FAILED, "no comment: the comments kept changing")


def test_too_long(github: FakeGitHub) -> None:
    assert Run(github).post("x" * 65_500) == Posted(
        Result.FAILED, "no comment: it would be longer than GitHub's 65,536 characters"
    )


@pytest.mark.parametrize(
    ("api_url", "token"), [("ftp://x", TOKEN), ("nonsense", TOKEN), ("http://127.0.0.1:1", ""), ("http://x", "a\nb")]
)
def test_what_cannot_be_an_address_or_a_token(github: FakeGitHub, api_url: str, token: str) -> None:
    outcome = post(Run(github, api_url=api_url).target, token, "x")
    assert outcome.result is Result.FAILED
    assert "not the address of an API" in outcome.why or "no token" in outcome.why


def test_the_token_is_never_told(github: FakeGitHub, capfd: pytest.CaptureFixture[str]) -> None:
    github.faults.append(Fault("GET", COMMENTS, "broken", times=100))
    outcome = Run(github).post()
    captured = capfd.readouterr()
    assert TOKEN not in f"{outcome}{captured.out}{captured.err}"
    assert (captured.out, captured.err) == ("", "")


# which pull request


ENVIRON = {
    "GITHUB_EVENT_NAME": "pull_request",
    "GITHUB_API_URL": "https://ghe.example/api/v3",
    "GITHUB_SERVER_URL": "https://ghe.example",
    "GITHUB_REPOSITORY": "o/r",
    "GITHUB_RUN_ID": "5",
    "GITHUB_RUN_ATTEMPT": "2",
}
PULL = {"pull_request": {"number": 7, "head": {"sha": SHA}}}
WORKFLOW = {
    "workflow_run": {
        "id": 4,
        "run_attempt": 3,
        "event": "pull_request",
        "head_sha": SHA,
        "head_branch": "topic",
        "head_repository": {"owner": {"login": "forker"}},
    }
}


def test_target_of_a_pull_request() -> None:
    assert from_environ(ENVIRON, PULL, "billing") == Target(
        "https://ghe.example/api/v3", "https://ghe.example", "o/r", 7, SHA, 5, 2, "billing", "", "pull_request"
    )


def test_target_of_a_workflow_run() -> None:
    environ = ENVIRON | {"GITHUB_EVENT_NAME": "workflow_run"}
    target = from_environ(environ, WORKFLOW, report_head=SHA)
    assert target[3:] == (None, SHA, 4, 3, "root", "forker:topic", "workflow_run")
    with pytest.raises(ValueError, match="the result is about another commit than the head 0123456789ab: refused"):
        from_environ(environ, WORKFLOW, report_head=OTHER)
    gone = {"workflow_run": {**WORKFLOW["workflow_run"], "head_repository": None}}
    assert from_environ(environ, gone).head == ""


@pytest.mark.parametrize(
    ("environ", "event", "words"),
    [
        ({"GITHUB_EVENT_NAME": "push"}, {}, "the event push has no pull request"),
        ({"GITHUB_EVENT_NAME": ""}, {}, r"the event \(none\) has no pull request"),
        ({}, {}, "the event pull_request names no pull request"),
        ({}, {"pull_request": {"number": True}}, "names no pull request"),
        ({}, {"pull_request": {"number": 7, "head": {"sha": "main"}}}, "names no head commit"),
        ({"GITHUB_EVENT_NAME": "workflow_run"}, {"workflow_run": {"event": "push"}}, "was for no pull request"),
        ({"GITHUB_RUN_ID": "x"}, PULL, "the run has no number"),
        ({"GITHUB_REPOSITORY": "o/r/../x"}, PULL, "GITHUB_REPOSITORY names no repository"),
    ],
)
def test_no_target(environ: dict[str, str], event: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_environ(ENVIRON | environ, event)


def _pull(number: int, sha: str = SHA, label: str = "forker:topic", state: str = "open") -> dict[str, Any]:
    return {"number": number, "state": state, "head": {"sha": sha, "label": label}}


@pytest.mark.parametrize(
    ("pulls", "found"),
    [
        ([_pull(3, OTHER, "o:main"), _pull(8)], 8),
        ([_pull(8, label="forker:renamed")], 8),
        ([_pull(8, OTHER)], "the pull request's head is no longer 0123456789ab: a newer run reports on it"),
        ([_pull(8), _pull(9)], "2 open pull requests have the head 0123456789ab"),
        ([_pull(8, state="closed")], "found no open pull request with the head 0123456789ab"),
        ([], "found no open pull request with the head 0123456789ab"),
    ],
)
def test_the_pull_request_of_a_workflow_run(github: FakeGitHub, pulls: list[dict[str, Any]], found: int | str) -> None:
    github.pulls = pulls
    run = Run(github, number=None, head="forker:topic", event="workflow_run")
    outcome = run.post()
    if isinstance(found, int):
        assert outcome.result is Result.CREATED
        assert [comment["issue"] for comment in github.comments.values()] == [found]
    else:
        assert outcome == Posted(Result.FAILED, f"no comment: {found}")


def test_find_without_a_branch(github: FakeGitHub) -> None:
    github.pulls = [_pull(8)]
    with Client(github.url, TOKEN) as client:
        assert find(Run(github, number=None).target, client) == 8
    assert github.calls() == [f"GET /repos/o/r/commits/{SHA}/pulls"]
