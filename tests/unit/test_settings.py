"""What GitHub's answers say, as facts: known, or not known and why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.fake_settings import as_ordinary, settings
from sscop.artefacts.settings import read
from sscop.artefacts.settings.as_code import stated
from sscop.lazy import vocabulary
from sscop.platform import Answer, Answers, Environment, Fact, Platform
from sscop.repository import Repository


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
    assert all(isinstance(fact.why, str) for fact in facts(platform).values())


@given(JSON)
def test_any_settings_file_is_stated_or_unread(data: object) -> None:
    import json

    found = stated(
        Repository.of({".github/settings.yml": json.dumps(data), ".github/rulesets/a.json": json.dumps(data)})
    )
    if found:
        read(found.answers)
