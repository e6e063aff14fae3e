"""Answers as a file: written without what no fact needs, read back as if from anybody."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.fake_settings import repository, settings
from sscop.artefacts.settings import export, read
from sscop.artefacts.settings.export import NULL, dump, load
from sscop.artefacts.settings.kept import kept
from sscop.platform import Answer, Answers, Platform
from sscop.repository import Malformed
from unit.report_samples import CASES, HOSTILE

PROTECTION = "/repos/o/r/branches/main/protection"


def answers(**more: Answer) -> Answers:
    found = {path: Answer(status, data) for path, (status, data) in settings().items()}
    return Answers("o/r", "https://api.github.com", "2026-11-25T09:00:00+00:00", found | more)


def test_what_is_written_is_read_back() -> None:
    refused = Answer(403, None, "Resource not accessible by integration (403)", "Administration: read")
    given = answers(**{PROTECTION: refused, "/repos/o/r/keys": Answer(200, [{"title": "a"}], "more than 200")})
    text = dump(given)
    assert text == dump(load(text))
    again = load(text)
    assert again[:3] == given[:3]
    assert again.by_path[PROTECTION] == refused
    assert again.by_path["/repos/o/r/keys"] == Answer(200, [{"title": "a"}], "more than 200")
    assert again.by_path["/repos/o/r/vulnerability-alerts"] == Answer(204)
    assert json.loads(text)["schema"] == "sscop-settings/1"


def test_nothing_secret_is_written() -> None:
    text = dump(answers())
    for secret in ("very-secret-value", "user:word", "token=", "someone@", "ssh-ed25519", "node_id", "billing"):
        assert secret not in text, secret
    assert kept("/repos/o/r/hooks", settings()["/repos/o/r/hooks"][1])[0]["config"] == {
        "url": "https://ci.example.org:8443",
        "insecure_ssl": "0",
        "secret": "********",
    }
    assert kept("/repos/o/r/hooks", [{"config": {"url": "https://[", "secret": None}}, 7]) == [
        {"config": {"url": "", "secret": None}},
        None,
    ]
    # an action's reference looks like an address, and is none
    assert "octo-org/*@v4.1.1" in text


def test_what_is_kept() -> None:
    assert kept("/repos/o/r", repository())["security_and_analysis"]["secret_scanning"] == {"status": "enabled"}
    assert kept("/repos/o/r/branches/release%2F1", {"name": "release/1", "commit": 5}) == {"name": "release/1"}
    assert kept("/repos/o/r/rulesets/5", {"bypass_actors": None, "id": 5}) == {"bypass_actors": None, "id": 5}
    assert kept("/repos/o/r/rulesets/5", "text") is None
    assert kept("/repos/o/r/rulesets", {"id": 5}) is None
    assert kept("/repos/o/r/rules/branches/main", [{"parameters": [float("inf"), 1.5]}]) == [
        {"parameters": [None, 1.5]}
    ]
    assert kept("/repos/o/r/actions/secrets", {"secrets": ["A"]}) is None
    assert kept("/repos/o/r/contents/docs/SECURITY.md", {"path": "docs/SECURITY.md", "sha": "1"}) == {
        "path": "docs/SECURITY.md"
    }


def test_a_file_made_by_hand() -> None:
    protection = {"enforce_admins": {"enabled": True}}
    body = {"documentation_url": "https://docs.github.com/rest", "status": "404"}
    given = {
        "repos/o/r": {"visibility": "public"},
        PROTECTION: protection,
        "/repos/o/r/branches/next/protection": {"message": "Branch not protected", **body},
        "/repos/o/r/keys": {"message": "Not Found", **body},
        "/repos/o/r/hooks": {"message": "", "documentation_url": "", "status": "4e1"},
        "/orgs/o": None,
        "/repos/o/r/rulesets": [],
    }
    found = load(json.dumps(given))
    assert (found.repository, found.source, found.asked) == ("o/r", "", "")
    assert found.by_path["/repos/o/r"] == Answer(200, {"visibility": "public"})
    assert found.by_path[PROTECTION] == Answer(200, protection)
    assert found.by_path["/repos/o/r/branches/next/protection"] == Answer(404, {"message": "Branch not protected"})
    assert found.by_path["/repos/o/r/keys"] == Answer(404, None, "Not Found")
    assert found.by_path["/repos/o/r/hooks"] == Answer(0, None, "an error without words")
    assert found.by_path["/orgs/o"] == Answer(0, None, NULL)
    assert found.by_path["/repos/o/r/rulesets"] == Answer(200, [])
    assert read(found).visibility.value == "public"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({}, "no answer"),
        ({"status": True}, "no answer"),
        ({"status": 403}, "status 403"),
        ({"status": 500, "data": {}}, "status 500"),
        ({"status": 200}, NULL),
        ({"status": 200, "data": None}, NULL),
        ({"status": 404, "data": {"message": "Not Found"}}, "Not Found"),
        ({"status": 404, "data": {"message": "Branch not protected"}}, ""),
        ({"status": 200, "data": False}, ""),
        ({"status": 204}, ""),
        ({"status": 200, "data": {}, "why": 5}, "not known"),
        ({"status": 200, "data": {}, "permission": 5}, ""),
        ({"status": -1, "data": {}}, "no answer"),
    ],
)
def test_what_is_not_an_answer_is_not_known(answer: Any, why: str) -> None:
    file = {"schema": export.SCHEMA, "repository": 5, "answers": {"repos/o/r/keys/": answer}}
    found = load(json.dumps(file))
    assert found.repository == ""
    assert found.by_path["/repos/o/r/keys"].why == why
    assert found.by_path["/repos/o/r/keys"].permission == ""


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "is not valid JSON: Expecting value"),
        ('{\n"a": 1,\n}', 3, "is not valid JSON"),
        ('{"repos/o/r": NaN}', None, "NaN is not JSON"),
        ("[" * 200_000, None, "is nested too deeply to read"),
        ("[]", 1, "is not a JSON object"),
        ("{}", 1, "names no repository"),
        ('{"orgs/o": {}}', 1, "names no repository"),
        ('{"visibility": "public"}', 1, "neither a schema nor request paths"),
        ('{"repos/o/r?x=1": {}}', 1, "neither a schema nor request paths"),
        ('{\n"schema": "sscop-settings/2"}', 2, "has another schema than sscop-settings/1"),
        ('{\n"schema": 1}', 2, "has another schema"),
        ('{"schema": "sscop-settings/1",\n"answers": []}', 2, "has no object `answers`"),
        ('{"schema": "sscop-settings/1"}', 1, "has no object `answers`"),
        ('{"schema": "sscop-settings/1", "answers": {"/repos/o/r": {},\n"x": {}}}', 2, "has an answer that is none"),
        ('{"schema": "sscop-settings/1", "answers": {\n"/repos/o/r": []}}', 2, "has an answer that is none"),
        ('{"a": ' + "1" * 5000 + "}", None, "is not valid JSON"),
    ],
)
def test_what_can_not_be_read_is_told_with_its_line(text: str, line: int | None, reason: str) -> None:
    with pytest.raises(Malformed) as error:
        load(text)
    assert reason in error.value.reason
    assert error.value.line == line


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "LARGEST", 10)
    with pytest.raises(Malformed, match="is larger than 10 characters"):
        load(" " * 11)


@CASES
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_answers_or_malformed(text: str) -> None:
    try:
        found = load(text)
    except Malformed:
        return
    assert isinstance(found, Answers)
    assert isinstance(read(found), Platform)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | HOSTILE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner, max_size=3),
    max_leaves=8,
)
_ANSWERS = st.dictionaries(st.sampled_from(["/repos/o/r", PROTECTION, "/repos/o/r/keys", "orgs/o", "x"]), _JSON)
_FILES = _ANSWERS | st.fixed_dictionaries(
    {"schema": st.just(export.SCHEMA), "answers": _ANSWERS | _JSON},
    optional={"repository": _JSON, "source": _JSON, "asked": _JSON},
)


@CASES
@given(_FILES)
def test_any_json_is_answers_or_malformed(data: Any) -> None:
    try:
        found = load(json.dumps(data))
    except Malformed:
        return
    assert isinstance(read(found), Platform)
    again = load(dump(found))
    assert load(dump(again)) == again
