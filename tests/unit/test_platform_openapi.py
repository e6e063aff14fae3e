"""What is asked and kept, held against GitHub's own description of its API rather than our idea of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from integration.fake_github import OPENAPI, FakeGitHub, _description, _resolve, _template
from integration.fake_settings import repository, settings
from sscop.artefacts.settings import read
from sscop.artefacts.settings.export import dump, load
from sscop.artefacts.settings.kept import KEPT
from sscop.github import questions
from sscop.github.client import Client
from sscop.github.facts import gather
from sscop.github.questions import Question

pytestmark = pytest.mark.skipif(not OPENAPI, reason="SSCOP_GITHUB_OPENAPI names no description")

UNDESCRIBED = {"can_admins_bypass"}
"""Keys that the API has and its description lacks."""

ELSEWHERE = {"ruleset_id", "ruleset_source_type", "ruleset_source"}
"""Keys of a rule on a branch, which a ruleset's own rules lack."""


def template(question: Question) -> str:
    """The description's path of a question."""
    path = question.path if question.path.startswith("/") else "/repos/{owner}/{repo}/" + question.path
    path = (
        path.replace("{repository}", "{owner}/{repo}").replace("/.github", "/{repo}").replace("trees/HEAD", "trees/{}")
    )
    paths = [one for one in _description()["paths"] if re.sub("{[^}]*}", "{}", one) == re.sub("{[^}]*}", "{}", path)]
    assert len(paths) == 1, path
    return str(paths[0])


def variants(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and all those that it is put together from."""
    schema = _resolve(_description(), schema)
    yield schema
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, []):
            yield from variants(part)


def unknown_keys(shape: Any, schemas: list[dict[str, Any]]) -> set[str]:
    """The keys of a shape that none of the schemas has."""
    every = [variant for schema in schemas for variant in variants(schema)]
    if isinstance(shape, list):
        return unknown_keys(shape[0], [one["items"] for one in every if "items" in one])
    found = set()
    for key, inner in (shape or {}).items():
        told = [one["properties"][key] for one in every if key in one.get("properties", {})]
        found |= unknown_keys(inner, told) if told else {key}
    return found


@pytest.mark.parametrize("question", [one for one in questions.ALL if one.kind], ids=lambda one: one.path)
def test_what_is_kept_is_there(question: Question) -> None:
    path = template(question)
    answer = _description()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    shape = next(shape for pattern, shape in KEPT if re.fullmatch(pattern, path.strip("/")))
    assert unknown_keys(shape, [answer["schema"]]) <= UNDESCRIBED | ELSEWHERE


@pytest.mark.parametrize("question", questions.ALL, ids=lambda one: one.path)
def test_a_404_counts_as_off_where_githubs_description_has_one(question: Question) -> None:
    if question.off_unseen:
        assert "404" in _description()["paths"][template(question)]["get"]["responses"]


def examples(path: str) -> list[Any]:
    answer = _description()["paths"][path]["get"]["responses"].get("200", {}).get("content", {})
    given = answer.get("application/json", {}).get("examples", {}).values()
    return [_resolve(_description(), one)["value"] for one in given]


def test_githubs_own_examples_as_answers() -> None:
    paths = tuple(_description()["paths"])
    with FakeGitHub() as github:
        github.settings = settings()
        for path in github.settings:
            if given := examples(_template(path, paths) or ""):
                github.settings[path] = (200, given[0])
        assert sum(github.settings[path] != answer for path, answer in settings().items()) > 12
        github.settings["/repos/o/r"] = (
            200,
            {**repository(), **examples("/repos/{owner}/{repo}")[0], "full_name": "o/r", "default_branch": "main"},
        )
        with Client(github.url, "a-token") as client:
            answers = gather(client, "o/r")
        assert github.violations == []
    assert {answer.why for answer in answers.by_path.values() if "API" in answer.why} == set()
    assert load(dump(answers)).by_path.keys() == answers.by_path.keys()
    assert not re.search(r"octocat@[^*]|ssh-rsa AAA|\"key\"", dump(answers))
    read(answers)
