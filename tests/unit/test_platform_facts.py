"""Asking GitHub about a repository's settings, with everything that goes wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.fake_github import FakeGitHub, Fault
from integration.fake_settings import INTEGRATION, NOT_FOUND, as_ordinary, repository, settings
from sscop.artefacts.settings import read
from sscop.artefacts.settings.export import dump, load
from sscop.github import client as clients
from sscop.github import questions as ask
from sscop.github import transport
from sscop.github.client import Client, FaultError
from sscop.github.facts import AGAIN, REQUESTS, SECONDS, gather
from sscop.platform import Answer, Answers
from unit.report_samples import CASES, HOSTILE

TOKEN = "ghp_not-a-real-token"
PUBLIC = "https://api.github.com"
REPO = "/repos/o/r"
PROTECTION = f"{REPO}/branches/main/protection"


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        server.settings = settings()
        yield server
    assert server.violations == []


class Gathering:
    """A way to ask with its own clock; `waits` are the seconds that it would have slept."""

    def __init__(self, github: FakeGitHub, **limits: Any) -> None:
        self.github = github
        self.limits = {"most": REQUESTS, "seconds": SECONDS, "timeout": 5, "again": AGAIN, **limits}
        self.waits: list[float] = []

    def __call__(self, name: str = "o/r", **more: Any) -> Answers:
        with Client(self.github.url, TOKEN, sleep=self.waits.append, **self.limits) as client:
            return gather(client, name, **more)


def unknown(answers: Answers) -> dict[str, Answer]:
    return {path: answer for path, answer in answers.by_path.items() if answer.why}


def test_an_administrator_is_told_everything(github: FakeGitHub) -> None:
    answers = Gathering(github)()
    assert unknown(answers) == {}
    assert (answers.repository, answers.source) == ("o/r", github.url)
    assert answers.by_path.keys() == github.settings.keys()
    assert len(github.requests) == len(github.settings) <= REQUESTS
    assert {method for method, *_ in github.requests} == {"GET"}
    assert github.calls()[:5] == [
        f"GET {REPO}",
        f"GET {REPO}/rules/branches/main",
        f"GET {REPO}/rulesets",
        f"GET {REPO}/branches/main",
        f"GET {PROTECTION}",
    ]
    assert answers.by_path[f"{REPO}/vulnerability-alerts"] == Answer(204)


def test_a_jobs_own_token_is_told_little_and_not_asked_for_more(github: FakeGitHub) -> None:
    github.settings = as_ordinary(github.settings)
    answers = Gathering(github)()
    refused = unknown(answers)
    assert refused[PROTECTION] == Answer(403, None, "Resource not accessible by integration (403)", ask.ADMINISTRATION)
    # one refusal is enough for all questions that need the same
    assert refused[f"{REPO}/keys"] == Answer(
        0, None, f"not asked: the token lacks {ask.ADMINISTRATION}", ask.ADMINISTRATION
    )
    assert [path for path in github.calls() if path.endswith("/keys")] == []
    assert refused[f"{REPO}/hooks"].permission == "Webhooks: read"
    assert refused[f"{REPO}/environments"].permission == "Actions: read"
    assert refused[f"{REPO}/collaborators"].permission == ask.PUSH
    assert answers.by_path[f"{REPO}/rules/branches/main"].why == ""
    assert answers.by_path[f"{REPO}/branches/main"].data["protection"]["required_status_checks"]["contexts"] == [
        "tests"
    ]
    assert "security_and_analysis" not in answers.by_path[REPO].data
    assert answers.by_path["/orgs/o"].data["two_factor_requirement_enabled"] is None
    assert len(github.requests) == 19


def test_what_github_says_would_do_is_named(github: FakeGitHub) -> None:
    wanted = (("X-Accepted-GitHub-Permissions", "administration=write,repository_hooks=read; metadata=read"),)
    github.faults.append(Fault("GET", "/hooks$", 403, "Resource not accessible by personal access token", wanted))
    assert Gathering(github)().by_path[f"{REPO}/hooks"].permission == "Administration: write, Webhooks: read"


def test_what_is_not_there_and_what_is_hidden(github: FakeGitHub) -> None:
    missing = {"documentation_url": "https://docs.github.com/rest", "status": "404"}
    github.settings |= {
        PROTECTION: (404, {"message": "Branch not protected", **missing}),
        f"{REPO}/vulnerability-alerts": (404, {"message": "Vulnerability alerts are disabled.", **missing}),
        f"{REPO}/immutable-releases": NOT_FOUND,
        f"{REPO}/keys": NOT_FOUND,
        f"{REPO}/codeowners/errors": NOT_FOUND,
        "/repos/o/.github": NOT_FOUND,
    }
    found = Gathering(github)(source=PUBLIC).by_path
    assert found[PROTECTION] == Answer(404, {"message": "Branch not protected"})
    assert found[f"{REPO}/vulnerability-alerts"] == Answer(404, {"message": "Vulnerability alerts are disabled."})
    assert found[f"{REPO}/immutable-releases"] == Answer(404)
    words = "Not Found (404), which GitHub also says where the token may not look"
    assert found[f"{REPO}/keys"] == Answer(404, None, words, ask.ADMINISTRATION)
    assert found[f"{REPO}/codeowners/errors"] == Answer(404, None, "GitHub finds no CODEOWNERS file")
    assert found["/repos/o/.github"] == Answer(404)
    # another server may be too old to know the question
    assert Gathering(github)().by_path[f"{REPO}/immutable-releases"].why == words


def test_a_bare_404_is_no_answer_to_who_may_not_look(github: FakeGitHub) -> None:
    hidden = (PROTECTION, *(f"{REPO}/{name}" for name in ("actions/permissions", "vulnerability-alerts", "keys")))
    more = ("immutable-releases", "automated-security-fixes")
    github.settings = {
        path: NOT_FOUND if path.startswith(hidden) or path.endswith(more) else answer
        for path, answer in github.settings.items()
    }
    found = Gathering(github)(source=PUBLIC).by_path
    for path in (*hidden, *(f"{REPO}/{name}" for name in more)):
        assert found[path].permission == ask.ADMINISTRATION, path
        assert found[path].why.startswith("Not Found (404)")


@pytest.mark.parametrize(
    ("message", "permission"),
    [
        ("Upgrade to GitHub Pro or make this repository public to enable this feature.", ""),
        ("Resource protected by organization SAML enforcement. You must grant your token access.", ""),
        ("Although you appear to have the correct authorization, the org has an IP allow list enabled", ""),
        ("Must have admin rights to Repository.", ask.ADMINISTRATION),
        ("", ask.ADMINISTRATION),
    ],
)
def test_a_refusal_names_a_permission_only_where_one_would_help(
    github: FakeGitHub, message: str, permission: str
) -> None:
    github.settings[PROTECTION] = (403, {"message": message})
    answer = Gathering(github)().by_path[PROTECTION]
    assert (answer.status, answer.permission) == (403, permission)
    assert answer.why == f"{message} (403)" if message else "HTTP 403"


def test_what_does_not_apply_is_not_asked(github: FakeGitHub) -> None:
    github.settings |= {
        REPO: (200, repository(owner={"login": "o", "type": "User"}, visibility="private", private=True)),
        f"{REPO}/actions/permissions": (200, {"enabled": True, "allowed_actions": "all"}),
        f"{REPO}/environments": (200, {"total_count": 0, "environments": []}),
        "/repos/o/.github": (200, repository("o/.github", visibility="private", private=True)),
    }
    paths = Gathering(github)().by_path.keys()
    assert not {path for path in paths if "selected-actions" in path or "fork-pr" in path or "/orgs/" in path}
    assert not {path for path in paths if "branch-policies" in path or "/.github/" in path}


def test_community_files_are_read_where_the_repository_has_none(github: FakeGitHub) -> None:
    tree = [{"path": path} for path in ("security.md", ".github/SECURITY.rst", "docs/SUPPORT.md", "x/GOVERNANCE.md")]
    github.settings["/repos/o/.github/git/trees/HEAD"] = (200, {"tree": [*tree, {"path": 5}, 7]})
    github.settings["/repos/o/.github/contents/.github/SECURITY.rst"] = (200, {"path": ".github/SECURITY.rst"})
    asked = Gathering(github)(has=["SUPPORT.md"]).by_path
    assert [path for path in asked if "/contents/" in path] == ["/repos/o/.github/contents/.github/SECURITY.rst"]
    github.settings["/repos/o/.github/rulesets"] = (200, [])
    github.settings["/repos/o/.github"] = (200, repository("o/.github"))
    assert not [path for path in Gathering(github)("o/.github").by_path if "/contents/" in path]


def test_which_community_files_are_inherited() -> None:
    there = [
        "docs/security.MD",
        "SECURITY.txt",
        ".GitHub/Security",
        "x/SUPPORT.md",
        "support.py",
        "GOVERNANCE.md",
        "docs",
    ]
    assert ask.inherited(there, []) == [".GitHub/Security", "GOVERNANCE.md"]
    assert ask.inherited(there, ["security.py", "docs/governance.rst"]) == [".GitHub/Security"]
    assert ask.inherited(["code_of_conduct.md", "SUPPORT.md"], ["SECURITY.md"]) == ["SUPPORT.md", "code_of_conduct.md"]


def test_release_branches_are_told_by_name(github: FakeGitHub) -> None:
    lines = ["12.x", "v1.10", "v1.9", "1.8.3.x", "release-1.7", "maintenance/1.6.x", "1-5-stable", "support/1.x"]
    others = ["release/1.2.3", "release-notes", "support-keys", "support/ABC-1", "4711", "12-34", "maintain", "main"]
    assert ask.release_branches([*others, *reversed(lines)], 99) == lines
    assert ask.release_branches(["v2", "stable", "production", "topic"], 2) == ["stable", "production"]
    assert ask.release_branches(["v" + "1" * 300, "1" * 300, "stable-" + "1." * 300], 2) == []
    listed = [{"name": "stable", "protected": True}, {"name": 5}, "x", *({"name": f"topic/{n}"} for n in range(300))]
    github.settings[f"{REPO}/branches"] = (200, listed)
    github.settings[f"{REPO}/branches/stable"] = (200, {"name": "stable", "protected": True})
    asked = Gathering(github)(branches=["9.x", "main"]).by_path
    assert [path for path in asked if "/rules/" in path] == [
        f"{REPO}/rules/branches/main",
        f"{REPO}/rules/branches/stable",
        f"{REPO}/rules/branches/9.x",
    ]
    assert f"{REPO}/branches/stable/protection" in asked
    assert f"{REPO}/branches/9.x/protection" not in asked
    # a list that is whole knows better than the clone
    github.settings[f"{REPO}/branches"] = (200, [])
    assert f"{REPO}/rules/branches/9.x" not in Gathering(github)(branches=["9.x"]).by_path


def test_a_renamed_repository_goes_by_its_new_name(github: FakeGitHub) -> None:
    github.faults.append(
        Fault("GET", "/repos/old/name$", 301, "Moved Permanently", (("Location", f"{github.url}{REPO}"),))
    )
    answers = Gathering(github)("old/name")
    assert answers.repository == "o/r"
    assert {path for path in answers.by_path if "old" in path} == set()
    assert github.calls()[:3] == ["GET /repos/old/name", f"GET {REPO}", f"GET {REPO}/rules/branches/main"]


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://127.0.0.2:9/repos/o/r", "redirected to another host, where the token must not go"),
        ("https://elsewhere.example/repos/o/r", "redirected to another host, where the token must not go"),
        ("", "redirected to another host, where the token must not go"),
        ("/api/v3/repos/o/r", "redirected in a circle"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_token_stays_with_its_host(github: FakeGitHub, location: str, words: str, status: int) -> None:
    github.faults.append(Fault("GET", f"{REPO}$", status, "Moved", (("Location", location),), times=99))
    answer = Gathering(github)().by_path[REPO]
    assert answer == Answer(0, None, f"GitHub's answer was not read: {words}")
    assert len(github.requests) <= 4


def test_a_redirect_to_no_address(github: FakeGitHub) -> None:
    github.faults.append(Fault("GET", f"{REPO}$", 301, "Moved", (("Location", "http://["),)))
    assert Gathering(github)().by_path[REPO].why == "GitHub's answer was not understood (ValueError)"


@pytest.mark.parametrize("location", ["http://[", "http://a@h/x", "//h:1/x", "https://h/x", "http://h:bad/"])
def test_where_a_redirect_must_not_lead(location: str) -> None:
    with pytest.raises(transport.AnswerError):
        transport._moved("http://h/api/x", location)
    assert transport._moved("http://h/api/x", "../y#z") == "http://h/y"


def test_what_pygithub_stumbles_over(github: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    with Client(github.url, TOKEN) as client:
        monkeypatch.setattr(client._requester, "requestJson", lambda *_: {}["a key"])
        with pytest.raises(FaultError, match=r"GitHub's answer was not understood \(KeyError\)"):
            client.get(REPO)


HTML = "what answered is not GitHub's API"
FOREVER = 1000


@pytest.mark.parametrize(
    ("fault", "why", "permission"),
    [
        (
            Fault("GET", "/keys$", 404, "Not Found"),
            "Not Found (404), which GitHub also says where the token may not look",
            ask.ADMINISTRATION,
        ),
        (Fault("GET", "/keys$", 404, "Branch not found"), "Branch not found (404)", ""),
        (Fault("GET", "/keys$", 409), "no (409)", ""),
        (Fault("GET", "/keys$", 422, "Validation Failed"), "Validation Failed (422)", ""),
        (Fault("GET", "/keys$", "odd"), "HTTP 400", ""),
        (Fault("GET", "/keys$", 500, times=FOREVER), "no (500)", ""),
        (Fault("GET", "/keys$", "reset", times=FOREVER), "no connection to GitHub (ConnectionError)", ""),
        (Fault("GET", "/keys$", "html", times=FOREVER), HTML, ""),
        (Fault("GET", "/keys$", "broken", times=FOREVER), "GitHub's answer was not JSON", ""),
        (Fault("GET", "/keys$", 202, times=FOREVER), "GitHub is still making the answer (202)", ""),
        (Fault("GET", "/keys$", 200), HTML, ""),
        (Fault("GET", "/environments$", "list"), HTML, ""),
        (Fault("GET", "/vulnerability-alerts$", 200), HTML, ""),
    ],
)
def test_one_answer_fails_and_the_others_stand(github: FakeGitHub, fault: Fault, why: str, permission: str) -> None:
    github.faults.append(fault)
    asking = Gathering(github)
    failed = unknown(asking())
    assert [(answer.why, answer.permission) for answer in failed.values()][:1] == [(why, permission)]
    assert len(failed) == 1 or len(github.requests) == REQUESTS
    assert len(github.requests) <= REQUESTS
    assert sum(asking.waits) <= 3


@pytest.mark.parametrize("act", [500, 502, 503, "reset", "html", "broken", 202])
def test_what_passes_is_tried_again(github: FakeGitHub, act: int | str) -> None:
    github.faults.append(Fault("GET", "/rulesets$", act))
    asking = Gathering(github)
    assert unknown(asking()) == {}
    assert asking.waits == [1.0]


def test_a_rate_limit_that_is_short_is_waited_for(github: FakeGitHub) -> None:
    github.faults.append(Fault("GET", "/rulesets$", 429, "secondary rate limit", (("Retry-After", "7"),)))
    asking = Gathering(github)
    assert unknown(asking()) == {}
    assert asking.waits == [7.0]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("GET", "/rulesets$", 429, "too many"),
        Fault("GET", "/rulesets$", 429, "too many", (("Retry-After", "3600"),)),
        Fault("GET", "/rulesets$", 403, "You have exceeded a secondary rate limit"),
        Fault("GET", "/rulesets$", 403, "no", (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "9999999999"))),
    ],
)
def test_a_rate_limit_that_is_long_ends_the_asking(github: FakeGitHub, fault: Fault) -> None:
    github.faults.append(fault)
    asking = Gathering(github)
    found = asking().by_path
    assert found[f"{REPO}/rules/branches/main"].why == ""
    assert "rate limit" in found[f"{REPO}/rulesets"].why
    assert found[f"{REPO}/keys"].why == f"not asked: {found[f'{REPO}/rulesets'].why}"
    assert {answer.permission for answer in found.values()} == {""}
    assert (len(github.requests), asking.waits) == (3, [])


def test_a_token_that_is_refused_is_used_once(github: FakeGitHub) -> None:
    github.faults.append(Fault("GET", REPO, 401, "Bad credentials", times=FOREVER))
    found = Gathering(github)().by_path
    assert len(github.requests) == 1
    assert found[REPO].why == "Bad credentials (401)"
    assert {answer.why for answer in list(found.values())[1:]} == {
        "not asked: GitHub refuses the token: Bad credentials (401)"
    }


@pytest.mark.parametrize("answer", [NOT_FOUND, INTEGRATION, (200, {}), (200, {"full_name": "a/b/c"}), (200, [])])
def test_a_repository_that_is_not_shown_ends_the_asking(github: FakeGitHub, answer: tuple[int, Any]) -> None:
    github.settings[REPO] = answer
    found = Gathering(github)().by_path
    assert len(github.requests) == 1
    assert all(answer.why for answer in found.values())
    assert found[f"{REPO}/rulesets"].why == f"not asked, for {REPO} was not answered: {found[REPO].why}"


def test_requests_are_bounded_with_all_that_is_tried_again(github: FakeGitHub) -> None:
    found = Gathering(github, most=6)().by_path
    assert len(github.requests) == 6
    assert found[f"{REPO}/actions/permissions"].why == "the limit of 6 requests is used up"
    assert found[f"{REPO}/keys"].why == "not asked: the limit of 6 requests is used up"
    github.requests.clear()
    github.faults.append(Fault("GET", "", 503, times=FOREVER))
    asking = Gathering(github, most=3)
    asking()
    assert (len(github.requests), asking.waits) == (3, [1.0, 2.0])


def test_lists_are_cut_and_said_to_be(github: FakeGitHub) -> None:
    github.settings[f"{REPO}/keys"] = (200, [{"title": str(n), "read_only": True} for n in range(99_999)])
    github.settings[f"{REPO}/collaborators"] = (200, [{"login": str(n)} for n in range(150)])
    github.settings[f"{REPO}/environments"] = (200, {"total_count": 250, "environments": [{"name": "a"}]})
    found = Gathering(github)().by_path
    keys = found[f"{REPO}/keys"]
    assert (len(keys.data), keys.why) == (200, "only the first 200 were asked for")
    assert (len(found[f"{REPO}/collaborators"].data), found[f"{REPO}/collaborators"].why) == (150, "")
    assert found[f"{REPO}/environments"].why == "only 1 of 250 were asked for"


def test_seconds_are_bounded(github: FakeGitHub) -> None:
    ticks = count(step=10)
    found = Gathering(github, clock=lambda: float(next(ticks)), seconds=65)().by_path
    assert found[REPO].why == ""
    assert "time limit of 65 seconds" in found[f"{REPO}/keys"].why
    assert len(github.requests) < 6


def test_a_server_that_says_nothing_is_given_up(github: FakeGitHub) -> None:
    github.faults.append(Fault("GET", "/rulesets$", "slow", times=FOREVER))
    found = Gathering(github, timeout=0.05)().by_path
    assert found[f"{REPO}/rulesets"].why == "GitHub did not answer in time"
    assert found[f"{REPO}/keys"].why == ""


def test_a_server_that_heeds_no_limit_is_left_alone(github: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sscop.github.facts.GRACE", 0.0)
    github.faults.append(Fault("GET", "/rulesets$", "slow", times=FOREVER))
    found = Gathering(github, timeout=60)(seconds=0.3).by_path
    assert found[f"{REPO}/rules/branches/main"].why == ""
    assert found[f"{REPO}/rulesets"].why == found[f"{REPO}/keys"].why == "not asked: the time limit is used up"


def test_an_answer_without_end_is_not_read_to_it(github: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST", 50_000)
    github.settings[f"{REPO}/keys"] = (200, [{"title": "x" * 60_000}])
    assert Gathering(github)().by_path[f"{REPO}/keys"].why == (
        "GitHub's answer was not read: an answer of more than 50,000 bytes"
    )


def test_json_of_any_depth(github: FakeGitHub) -> None:
    deep: Any = "bottom"
    for _ in range(200):
        deep = {"a": [deep]}
    github.settings[f"{REPO}/rules/branches/main"] = (200, [{"type": "x", "parameters": deep}])
    answers = Gathering(github)()
    assert load(dump(answers)) == answers


class Stub(Client):
    """A client that answers by a function."""

    def __init__(self, answer: Callable[[str], clients.Answer]) -> None:
        self.api_url, self.answer = PUBLIC, answer

    def get(self, path: str, **_: Any) -> clients.Answer:
        return self.answer(path)


def test_names_that_no_address_takes(github: FakeGitHub) -> None:
    github.settings[REPO] = (200, repository(default_branch="a\ud800/?#% b"))
    assert f"{REPO}/branches/a%3F%2F%3F%23%25%20b" in Gathering(github)().by_path


def test_a_mistake_of_ours_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(path: str) -> clients.Answer:
        if path.endswith("/rulesets"):
            raise KeyError(path)
        return clients.Answer(repository(), False)

    found = gather(Stub(answer), "o/r").by_path
    assert found[REPO].why == ""
    assert found[f"{REPO}/rulesets"].why == "not asked: stopped unexpectedly (KeyError); please report it"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | HOSTILE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(
    [
        "name",
        "id",
        "type",
        "owner",
        "default_branch",
        "full_name",
        "visibility",
        "private",
        "protection",
        "required_status_checks",
        "contexts",
        "environments",
        "total_count",
        "deployment_branch_policy",
        "custom_branch_policies",
        "tree",
        "path",
        "enforcement",
        "target",
        "message",
        "config",
        "url",
        "secret",
        "title",
        "allowed_actions",
        "rules",
        "parameters",
        "bypass_actors",
    ]
)
_LIKE = st.recursive(
    _JSON | st.sampled_from(["o/r", "selected", "public", "https://[", "https://u:p@h/?q", True, 7]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=12,
)


@CASES
@given(st.lists(_LIKE, min_size=1, max_size=8), st.booleans())
def test_any_json_as_any_answer(answers: list[Any], real: bool) -> None:
    turn = count()

    def answer(path: str) -> clients.Answer:
        if path == REPO and real:
            return clients.Answer({**repository(), "default_branch": answers[0]}, False)
        n = next(turn)
        if n % 5 == 4:
            raise FaultError(404, "Not Found")
        return clients.Answer(answers[n % len(answers)], n % 3 == 0, 204 if n % 7 == 0 else 200)

    found = gather(Stub(answer), "o/r", branches=["release/1"])
    assert not [one for one in found.by_path.values() if "unexpectedly" in one.why]
    read(found)
    again = load(dump(found))
    assert again.by_path.keys() == found.by_path.keys()
    assert load(dump(again)) == again
    read(again)


def test_every_question_is_one_of_githubs(github: FakeGitHub) -> None:
    Gathering(github)()  # the violations are looked at as the server stops
    asked = {question.path.rpartition("/")[2] for question in ask.ALL}
    assert len(ask.ALL) == len({question.path for question in ask.ALL}) > 25
    assert "{file}" in asked
