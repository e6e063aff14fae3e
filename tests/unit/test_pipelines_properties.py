"""Any text in, pipelines or a reason out: GitLab, Azure and CircleCI, and the two checks of tests."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.nodes import Text
from sscop.artefacts.pipelines import azure, circleci, gitlab
from sscop.artefacts.pipelines.azure_conditions import translated
from sscop.artefacts.pipelines.gitlab_conditions import any_match, holds
from sscop.assess import run
from sscop.config import Config
from sscop.repository import Repository
from sscop_hooks import load

quick = settings(deadline=None, max_examples=200)

_GITLAB = st.sampled_from(
    [
        "t:\n",
        "  script: [pytest]\n",
        "  extends: [.a, t]\n",
        ".a:\n",
        "include: [a.yml, {project: x}]\n",
        "  rules:\n",
        "    - if: $A == 'b'\n",
        "    - changes: [a]\n",
        "      when: never\n",
        "  trigger: {include: a.yml}\n",
        "default: {image: x}\n",
        "  only: [main, /^a/]\n",
        "  except: {variables: [$A]}\n",
        "stages: [a]\n",
        "  stage: a\n",
        "  needs: [t]\n",
        "workflow:\n",
        "  before_script: [!reference [t, script]]\n",
        "  run: [{script: x}]\n",
        "&a ",
        "*a",
        "- ",
        "[",
        "{",
    ]
)
_AZURE = st.sampled_from(
    [
        "trigger: none\n",
        "pr: [main]\n",
        "stages:\n",
        "- stage: a\n",
        "  jobs:\n",
        "  - job: b\n",
        "    steps:\n",
        "steps:\n",
        "- script: x\n",
        "- template: azure-pipelines.yml\n",
        "  condition: and(a, eq(b, 'c'))\n",
        "- ${{ if a }}:\n",
        "  - task: Npm@1\n",
        "parameters: {a: b}\n",
        "extends: {template: a.yml}\n",
        "  inputs: {script: $(a)}\n",
        "dependsOn: a\n",
        "jobs:\n",
        "[",
        "{",
    ]
)
_CIRCLE = st.sampled_from(
    [
        "jobs:\n",
        "  t:\n",
        "    steps:\n",
        "      - run: << parameters.a >>\n",
        "      - a/b: {c: d}\n",
        "workflows:\n",
        "  w:\n",
        "    jobs: [t, u: {requires: [t]}]\n",
        "    when: {equal: [a, << pipeline.git.branch >>]}\n",
        "commands: {a: {steps: [a]}}\n",
        "orbs: {a: b/c@1}\n",
        "setup: true\n",
        "executors: {}\n",
        "    parameters: {a: {default: x}}\n",
        "[",
        "{",
    ]
)


def _of(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.text(max_size=60), st.lists(st.one_of(parts, st.text(max_size=4)), max_size=14).map("".join))


SYSTEMS = [
    (gitlab, ".gitlab-ci.yml", _of(_GITLAB)),
    (azure, "azure-pipelines.yml", _of(_AZURE)),
    (circleci, ".circleci/config.yml", _of(_CIRCLE)),
]


@pytest.mark.parametrize("which", range(3))
@quick
@given(data=st.data())
def test_any_configuration_is_read_or_named(which: int, data: st.DataObject) -> None:
    system, path, texts = SYSTEMS[which]
    files = {path: data.draw(texts), "a.yml": data.draw(texts)}
    found, unread = system.pipelines(Repository.of(files))
    for pipeline in found:
        for job in pipeline.jobs:
            assert job.line >= 1
            assert all(step.line >= 1 and step.path in files for step in job.steps)
    assert all(one.reason and one.path in files for one in unread)


@pytest.mark.parametrize("check", ["tests-in-ci", "test-gates"])
@pytest.mark.parametrize("which", range(3))
@quick
@given(data=st.data())
def test_the_checks_answer_whatever_a_file_holds(which: int, check: str, data: st.DataObject) -> None:
    _, path, texts = SYSTEMS[which]
    (found,) = load(check)
    findings, why = run(found, Repository.of({path: data.draw(texts)}), Config(), date(2026, 1, 1))
    assert why == ""
    assert findings


@quick
@given(
    st.lists(
        st.sampled_from(
            ["$A", "$CI_COMMIT_TAG", "==", "=~", "/a*/", "'x'", "&&", "||", "(", ")", "!", "null", " ", "b"]
        ),
        max_size=20,
    )
)
def test_any_condition_of_gitlab_ends(parts: list[str]) -> None:
    assert holds("".join(parts), {"A": ("x",)}) in (True, False, None)


@quick
@given(st.text(alphabet="ab(|)*+?[]{}^$.\\/ 1i", max_size=40))
def test_any_expression_is_matched_or_not(pattern: str) -> None:
    assert any_match(f"/{pattern}/", ["aaaa", "b"]) in (True, False, None)


@quick
@given(
    st.lists(
        st.sampled_from(
            ["and", "eq", "(", ")", ",", "'x'", "variables", ".", "[", "]", "a", "$(b)", "true", "1", " ", "?"]
        ),
        max_size=20,
    )
)
def test_any_condition_of_azure_is_translated(parts: list[str]) -> None:
    text = Text("".join(parts))
    text.line, text.style, text.source = 3, None, None
    assert translated(text, {"a": "$[variables.a]"}, {}).line == 3
