"""What GitHub's answers say, as facts: known, or not known and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import git, write
from integration.fake_settings import as_ordinary, settings
from sscop.artefacts.settings import read
from sscop.artefacts.settings.as_code import Stated, stated
from sscop.judgement.access import lax
from sscop.judgement.branches import judge
from sscop.lazy import vocabulary
from sscop.model import Finding
from sscop.platform import Answer, Answers, Environment, Fact, Platform
from sscop.repository import Repository, open_repository


def answers(given: dict[str, tuple[int, Any]], refused: str = "Administration: read") -> Answers:
    """Answers as they are gathered: a refusal has a reason."""
    found = {}
    for path, (status, data) in given.items():
        why = data["message"] if status in (401, 403) else ""
        found[path] = Answer(status, None if why else data, why, refused if why else "")
    return Answers("o/r", "the loopback", "2026-11-20T09:00:00+00:00", found)


def facts(platform: Platform) -> dict[str, Fact]:
    return {name: value for name, value in platform._asdict().items() if isinstance(value, Fact)}


def test_an_administrator_is_told_everything() -> None:
    platform = read(answers(settings()))
    assert {name: fact.why for name, fact in facts(platform).items() if not fact.known} == {}
    assert platform.visibility.value == "public"
    assert platform.two_factor.value is True
    assert platform.log_days.value == 90
    assert platform.environments.value == (Environment("production", 1, False, "chosen branches", False),)
    assert platform.outsiders.value == (("contractor", "write"),)
    assert platform.deploy_keys.value == (("deploy someone@example.org", True),)
    assert platform.webhooks.value == (("ci.example.org", True, True),)
    assert platform.dependabot_alerts.value is True
    assert platform.owners_errors.value == ((3, "Unknown owner", ".github/CODEOWNERS"),)
    assert set(platform.inherited.value) == {"SECURITY.md", "docs/SUPPORT.md"}
    main = platform.branches.value[0]
    assert (main.name, main.release) == ("main", False)
    assert main.approvals.known
    assert main.pull_request.value is True


def test_an_ordinary_token_is_told_less_and_nothing_reads_as_off() -> None:
    platform = read(answers(as_ordinary(settings())))
    unknown = {name for name, fact in facts(platform).items() if not fact.known}
    assert {"two_factor", "allowed_actions", "workflow_permissions", "secret_scanning", "deploy_keys"} <= unknown
    assert all(fact.why for name, fact in facts(platform).items() if name in unknown)
    assert all(fact.value is None for name, fact in facts(platform).items() if name in unknown)
    assert platform.visibility.known


def test_a_refusal_names_the_permission() -> None:
    fact = read(answers(as_ordinary(settings()))).workflow_permissions
    assert fact.permission == "Administration: read"


def test_what_was_not_asked_is_unknown() -> None:
    platform = read(Answers("o/r"))
    assert all(not fact.known for fact in facts(platform).values())


@pytest.mark.parametrize("status", [404, 204])
def test_alerts_are_told_by_the_status(status: int) -> None:
    platform = read(answers({"/repos/o/r/vulnerability-alerts": (status, None)}))
    assert platform.dependabot_alerts.value is (status == 204)


WORDS = sorted(
    vocabulary(
        """
        type parameters rules ruleset_id bypass_actors enabled protected protection owner default_branch environments
        protection_rules errors line tree content encoding required_status_checks contexts allowed_actions config url
        conditions ref_name include
        """
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 500) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            WORDS
        ),
        inner,
        max_size=4,
    ),
    max_leaves=25,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(settings())), st.tuples(st.sampled_from([200, 204, 404]), JSON)))
def test_any_json_is_facts(found: dict[str, tuple[int, Any]]) -> None:
    platform = read(answers({"/repos/o/r": settings()["/repos/o/r"], **found}))
    assert isinstance(platform, Platform)
    assert all(isinstance(fact.why, str) for fact in facts(platform).values())


@given(JSON)
def test_any_settings_file_is_stated_or_unread(data: object) -> None:
    import json

    found = stated(
        Repository.of({".github/settings.yml": json.dumps(data), ".github/rulesets/a.json": json.dumps(data)})
    )
    assert found is None or isinstance(found, Stated)
    if found:
        platform = read(found.answers)
        assert isinstance(platform, Platform)
        for one in platform.branches.value if platform.branches.known else ():
            assert all(isinstance(finding, Finding) for finding in judge(one, found.places, ""))


@pytest.mark.parametrize("days", [-5, 0, True, "90", None, 90.0, [90]])
def test_days_that_are_none_are_not_known(days: object) -> None:
    path = "/repos/o/r/actions/permissions/artifact-and-log-retention"
    assert not read(answers({path: (200, {"days": days})})).log_days.known


def test_a_switch_that_is_a_number_is_not_known() -> None:
    path = "/repos/o/r/actions/permissions/workflow"
    assert not read(answers({path: (200, {"can_approve_pull_request_reviews": 1})})).workflows_approve.known


def _bypass(actors: object, rule: object = 11) -> Fact:
    given = settings()
    given["/repos/o/r/rules/branches/main"][1][0]["ruleset_id"] = rule
    given["/repos/o/r/rulesets/11"][1]["bypass_actors"] = actors
    return read(answers(given)).branches.value[0].bypass


def _role(number: object, mode: str = "always") -> dict[str, object]:
    return {"actor_type": "RepositoryRole", "actor_id": number, "bypass_mode": mode}


def test_the_numbers_of_roles_are_githubs() -> None:
    """They are not in the order of the roles: 2 maintain, 4 write, 5 administer."""
    assert _bypass([_role(2), _role(4, "pull_request"), _role(5)]).value == (
        "maintainers",
        "those who may write (by pull request only)",
        "administrators",
    )
    assert _bypass([]).value == ()
    assert _bypass([_role(7711)]).value == ("a role of the organisation's own, 7711",)


@pytest.mark.parametrize("actors", [None, {}, "x", [5], [None]])
def test_a_bypass_list_that_is_not_shown_is_not_known(actors: object) -> None:
    fact = _bypass(actors)
    assert not fact.known
    assert "Administration" in fact.permission
    assert not _bypass([], rule=None).known


def test_protection_that_does_not_say_whether_it_allows_force_is_not_known() -> None:
    given = settings()
    del given["/repos/o/r/branches/main/protection"][1]["allow_force_pushes"]
    main = read(answers(given)).branches.value[0]
    assert (main.no_force_push.known, main.no_deletion.value) == (False, True)
    given["/repos/o/r/branches/main/protection"] = (200, ["x"])
    assert not read(answers(given)).branches.value[0].signed.known


def _paths(node: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Where each part of a JSON value is."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [at, *(path for key, value in inner for path in _paths(value, (*at, key)))]


def _whole() -> dict[str, tuple[int, Any]]:
    """All settings, and a ruleset for tags."""
    given = settings()
    tags = {"id": 13, "target": "tag", "enforcement": "active", "rules": [{"type": "deletion"}]}
    given["/repos/o/r/rulesets"][1].append(tags)
    given["/repos/o/r/rulesets/13"] = (200, {**tags, "conditions": {"ref_name": {"include": ["refs/tags/v*"]}}})
    return given


def test_a_kind_of_rule_that_is_a_list_is_none() -> None:
    given = _whole()
    assert read(answers(given)).tags.value == ("v*",)
    given["/repos/o/r/rulesets/13"][1]["rules"] = [{"type": ["deletion"]}, {"type": {"update": 1}}]
    assert read(answers(given)).tags.value == ()


PARTS = [(path, at) for path, (status, data) in _whole().items() if status == 200 for at in _paths(data) if at]
ODD = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "x", [], {}, [[]], ["x"], [{}], {"x": []}, 0.5])
)


@given(st.lists(st.tuples(st.sampled_from(PARTS), ODD), min_size=1, max_size=3))
def test_any_json_in_any_place_of_the_answers_is_facts(changes: list[tuple[tuple[str, tuple[Any, ...]], Any]]) -> None:
    given = _whole()
    for (path, at), value in changes:
        place: Any = given[path][1]
        try:
            for key in at[:-1]:
                place = place[key]
            place[at[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took that place away
    platform = read(answers(given))
    assert isinstance(platform, Platform)
    assert all(isinstance(fact.why, str) for fact in facts(platform).values())
    for one in platform.branches.value if platform.branches.known else ():
        assert all(isinstance(finding, Finding) for finding in judge(one, (), ""))
    assert all(isinstance(one.message, str) for one in lax(platform))


RULESET = """{
  "name": "r", "target": "branch", "enforcement": "active",
  "conditions": {"ref_name": {"include": ["refs/heads/trunk-2"], "exclude": []}},
  "bypass_actors": [],
  "rules": [
    {"type": "non_fast_forward"},
    {"type": "pull_request", "parameters": {
      "required_approving_review_count": 0
    }}
  ]
}
"""


def _checked_out(folder: Path, branch: str, default: str, files: dict[str, str]) -> Repository:
    git(folder, "init", "-q", "-b", branch)
    write(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    if default:
        git(folder, "update-ref", f"refs/remotes/origin/{default}", "HEAD")
        git(folder, "symbolic-ref", "refs/remotes/origin/HEAD", f"refs/remotes/origin/{default}")
    return open_repository(str(folder))


@pytest.mark.parametrize(
    ("branch", "default", "known"),
    [
        ("feature/x", "trunk-2", True),
        ("trunk-2", "", False),  # it may be any branch
        ("feature/x", "", False),
        ("trunk-2", "main", False),
    ],
)
def test_the_branch_that_is_checked_out_is_not_taken_for_the_default_one(
    tmp_path: Path, branch: str, default: str, known: bool
) -> None:
    found = stated(_checked_out(tmp_path, branch, default, {".github/rulesets/a.json": RULESET}))
    assert found is not None
    (one,) = read(found.answers).branches.value
    assert one.name == (default or "main")
    assert one.pull_request.known == known
    assert Repository.of({}).default_branch() == ""


def test_the_lines_of_what_files_state() -> None:
    files = {".github/rulesets/a.json": RULESET.replace("refs/heads/trunk-2", "~ALL")}
    found = stated(Repository.of(files))
    assert found is not None
    (place,) = found.places
    assert (place.line, place.keys["bypass_actors"], place.keys["required_approving_review_count"]) == (5, 4, 8)
    (one,) = read(found.answers).branches.value
    lines = {finding.code: finding.line for finding in judge(one, found.places, "")}
    assert (lines["no-approval"], lines["no-checks"]) == (8, 5)
    text = "branches:\n  - name: master\n    protection:\n      enforce_admins: true\n      restrictions: {users: []}\n"
    found = stated(Repository.of({".github/settings.yml": text}))
    assert found is not None
    (place,) = found.places
    assert (place.line, dict(place.keys)) == (3, {"enforce_admins": 4, "restrictions": 5, "users": 5})


def test_what_files_state_of_another_branch_says_nothing_of_the_default_one() -> None:
    text = "branches:\n  - name: dev\n    protection: {enforce_admins: true}\n"
    found = stated(Repository.of({".github/settings.yml": text}))
    assert found is not None
    assert not read(found.answers).branches.value[0].pull_request.known
