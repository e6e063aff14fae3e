"""Credentials in pipelines, and texts that were made to take long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.build_files import PIPELINES, build_files
from sscop.artefacts.pipeline_credentials import Use, Way, uses
from sscop.artefacts.pipelines import pipelines_of
from sscop.artefacts.pipelines.conditions import holds
from sscop.artefacts.pipelines.model import Event
from sscop.artefacts.token_permissions import grant, tokens
from sscop.artefacts.workflow import load_workflow
from sscop.model import Unread
from sscop.repository import Repository

WORKFLOW = ".github/workflows/a.yml"


def said(steps: str, head: str = "on: push\npermissions: {}") -> list[tuple[str, str, int]]:
    source = f"{head}\njobs:\n  a:\n    runs-on: x\n    steps:\n{steps}"
    found = uses(Repository.of({WORKFLOW: source}))
    return [(one.way.value, one.name, one.line) for one in found if isinstance(one, Use)]


@pytest.mark.parametrize(
    "text",
    [
        "${{ " * 100_000,
        "${{ secrets " * 50_000,
        "--build-arg a=${{" * 30_000,
        "secrets" + " " * 300_000,
        "curl" * 90_000,
    ],
)
def test_made_up_texts_end(text: str) -> None:
    assert said(f"      - run: 'secrets {text}'\n        env: {{A: '{text}'}}\n") == []
    workflow = load_workflow(f"on: push\njobs: {{a: {{steps: [{{run: '{text}'}}]}}}}")
    assert len(tokens(Repository.of({}), workflow)) == 1
    assert holds("a " * 50_000 + " ", Event.PUSH) is None


def test_secrets_anywhere_in_an_expression() -> None:
    found = said("""\
      - run: make
        env:
          A: ${{ format('{0} {1}', github.sha, secrets.ONE) }}
          B: ${{ secrets.GITHUB_TOKEN || secrets.TWO }}
          C: ${{ github.sha }} secrets.THREE }}
          D: ${{ secrets.GITHUB_TOKEN }}
          E: ${{ secrets[github.ref_name] }}
""")
    assert [name for _, name, _ in found] == ["A", "B", "E"]


@pytest.mark.parametrize(
    ("run", "line"),
    [
        ("run: ${{ secrets.A }}", 7),
        ("run: >\n          a\n          ${{ secrets.A }}", 9),
        ("run: >-\n\n          a\n\n          ${{ secrets.A }}", 11),
        ("run: |\n          a\n          ${{ secrets.A }}", 9),
        ("run: a\n          ${{ secrets.A }}", 8),
        ('run: "a\\nb ${{ secrets.A }}"', 8),
    ],
)
def test_lines_of_scripts(run: str, line: int) -> None:
    assert said(f"      - {run}\n") == [("secret-in-script", "A", line)]


def test_what_is_persisted_or_logged_in_before_is_at_hand() -> None:
    head = "on: pull_request_target\npermissions: {}"
    fetch = "uses: actions/checkout@v4, with: {ref: '${{ github.head_ref }}'"
    login = "      - {uses: azure/login@v2, with: {creds: '${{ secrets.AZ }}'}}\n"
    token = ", token: '${{ secrets.PAT }}'"
    run = "      - run: make\n"
    beside = [name for way, name, _ in said(f"{login}      - {{{fetch}{token}}}}}\n{run}", head) if "beside" in way]
    assert beside == ["creds, token"]
    kept = f"      - {{{fetch}{token}, persist-credentials: false}}}}\n"
    assert not [way for way, *_ in said(f"{kept}{run}", head) if "beside" in way]
    assert not [way for way, *_ in said(f"{login}      - {{{fetch}}}}}\n", head) if "beside" in way]


def test_secrets_that_wait_for_a_person() -> None:
    steps = """\
      - {uses: actions/checkout@v4, with: {ref: '${{ github.head_ref }}', persist-credentials: false}}
      - run: make
      - run: ./publish
        if: github.event.label.name == 'ship'
        env: {A: '${{ secrets.A }}'}
"""
    repo = Repository.of(
        {WORKFLOW: f"on: pull_request_target\npermissions: write-all\njobs:\n  a:\n    steps:\n{steps}"}
    )
    found = {one.way: one.whose for one in uses(repo) if isinstance(one, Use)}
    assert found[Way.FORK] == "guarded"
    assert found[Way.IDENTITY] == ""


def action(*used: str) -> str:
    return "runs:\n  using: composite\n  steps:\n" + "".join(f"    - uses: ./{one}\n" for one in used)


def fan(**actions: str) -> Repository:
    source = "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps: [{uses: ./a}]\n"
    return Repository.of({WORKFLOW: source, **{f"{name}/action.yml": text for name, text in actions.items()}})


def test_an_action_that_uses_itself() -> None:
    pipelines, unread = pipelines_of(fan(a=action(*["a"] * 300)))
    assert [len(job.steps) for one in pipelines for job in one.jobs] == [300]
    assert unread == ()
    pipelines, unread = pipelines_of(fan(a=action("b"), b=action(*["a"] * 9)))
    assert [len(job.steps) for one in pipelines for job in one.jobs] == [9]
    own = Repository.of({WORKFLOW: "on: push\njobs: {a: {steps: [{uses: ./}]}}", "action.yml": action("", "", "")})
    assert [len(job.steps) for one in pipelines_of(own)[0] for job in one.jobs] == [3]


def test_actions_that_come_to_too_many_steps() -> None:
    names = "abcde"
    repo = fan(**{name: action(*[after] * 300) for name, after in zip(names, names[1:])}, e=action())
    _, unread = pipelines_of(repo)
    assert unread
    assert {(one.path, "more than 5,000 steps" in one.reason) for one in unread} <= {
        (path, True) for path in (WORKFLOW, "a/action.yml", "b/action.yml", "c/action.yml")
    }
    assert [one for one in uses(repo) if isinstance(one, Unread)]
    workflow = load_workflow("on: push\njobs: {a: {steps: [{uses: ./a}]}}")
    assert [one.sure for one in tokens(repo, workflow)] == [True]


def test_too_many_jobs() -> None:
    jobs = "".join(f"  j{n}: {{steps: []}}\n" for n in range(2_001))
    _, unread = pipelines_of(Repository.of({WORKFLOW: f"on: push\njobs:\n{jobs}"}))
    assert [one.line for one in unread] == [2_003]


def test_actions_of_which_not_all_is_seen() -> None:
    files = {
        "one/action.yml": action("two"),
        "two/action.yml": "runs: {using: composite, steps: [{run: gh release create v1}]}",
        "node/action.yml": "runs: {using: node20, main: index.js}",
        "bad/action.yml": "runs: [",
        "other/action.yml": "name: none",
    }

    def told(*used: str) -> tuple[frozenset[str], bool, int]:
        steps = ", ".join(f"{{uses: ./{one}}}" for one in used)
        (token,) = tokens(Repository.of(files), load_workflow(f"on: push\njobs: {{a: {{steps: [{steps}]}}}}"))
        return token.needs, token.sure, len(token.unread)

    assert told("one") == ({"contents:write"}, False, 0)
    assert told("node") == told("gone") == told("other") == (frozenset(), False, 0)
    assert told("bad", "bad") == (frozenset(), False, 1)
    assert told() == (frozenset(), True, 0)


def test_permissions_that_are_not_written_so() -> None:
    def given(said: str) -> tuple[list[str], list[str], bool]:
        found = grant(load_workflow(f"permissions: {said}\njobs: {{}}").node["permissions"])
        assert found
        return [f"{scope}: {level}" for scope, level in found.scopes.items()], list(found.wrong), found.listed

    assert given("[contents, {a: b}]") == ([], ["contents"], True)
    assert given("{contents: [write], issues: , checks: read}") == (["checks: read"], ["contents", "issues"], False)


def test_files_that_say_what_a_build_does() -> None:
    repo = Repository.of(
        {
            ".gitlab-ci.yml": "include: [{local: ci/a.yml}]",
            "ci/a.yml": "include: /ci/b.yml",
            "ci/b.yml": "x: {script: make}",
            "ci/c.yml": "x: {script: make}",
            ".gitlab/build.yml": "",
            "Jenkinsfile_release": "",
            "ci/Jenkinsfile.nightly": "",
            "a.jenkinsfile": "",
        }
    )
    assert build_files(repo)[PIPELINES] == sorted(set(repo.find("**")) - {"ci/c.yml"})


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["${{ ", "secrets.A", " }}", "$(TOKEN)", "$TOKEN", "\n    - ", ": ", "context: ", "a", "{", "["]
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text(text: str) -> None:
    for path in (WORKFLOW, ".gitlab-ci.yml", "azure-pipelines.yml", ".circleci/config.yml"):
        source = f"jobs:\n  a:\n    steps:\n    - run: {text}\n"
        found = uses(Repository.of({path: source}))
        assert all(one.line is None or 1 <= one.line <= source.count("\n") + 1 for one in found)


def test_tokens_for_registries() -> None:
    login = "{uses: docker/login-action@v3, with: {registry: ghcr.io, password: '${{ secrets.%s }}'}}"
    install, publish = (
        f"{{run: npm {word}, env: {{NPM_TOKEN: '${{{{ secrets.X }}}}'}}}}" for word in ("ci", "publish")
    )
    other = "{uses: owner/publish-gem@v1, with: {key: '${{ secrets.OUR_RUBYGEMS_API_KEY }}'}}"
    steps = "".join(f"      - {one}\n" for one in (login % "PAT", login % "Given", install, publish, other))
    head = "on: {push: , workflow_call: {secrets: {given: {required: true}}}}\npermissions: {}"
    assert [(way, line) for way, _, line in said(steps, head) if way != "store"] == [
        ("token-for-own-registry", 7),
        ("publishing-token", 10),
        ("publishing-token", 11),
    ]


def test_powershells_own_variables_are_not_the_platforms() -> None:
    source = "steps:\n- pwsh: |\n    $Token = $(ado.pat)\n    echo $Token\n"
    found = uses(Repository.of({"azure-pipelines.yml": source}))
    assert [(one.name, one.line) for one in found if isinstance(one, Use)] == [("ado.pat", 3)]


def test_files_that_include_each_other() -> None:
    repo = Repository.of(
        {
            ".gitlab-ci.yml": "include:\n" + "- /ci/a.yml\n" * 3,
            "ci/a.yml": "include:\n" + "- /ci/a.yml\n- /ci/b.yml\n" * 300 + "a: {script: make}\n",
            "ci/b.yml": "include: [/ci/a.yml, /.gitlab-ci.yml]\nb: {script: make}\n",
        }
    )
    pipelines, unread = pipelines_of(repo)
    assert sorted(job.id for one in pipelines for job in one.jobs) == ["a", "b"]
    assert ("ci/a.yml", True) in {(one.path, "more than 150 files" in one.reason) for one in unread}
    assert build_files(repo)[PIPELINES] == [".gitlab-ci.yml", "ci/a.yml", "ci/b.yml"]


def test_keys_that_are_too_widely_given() -> None:
    source = """\
on: push
permissions: {}
env: {AWS_SECRET_ACCESS_KEY: "${{ secrets.A }}"}
jobs:
  a:
    env: {ARM_CLIENT_SECRET: "${{ secrets.B }}"}
    steps:
      - {uses: docker/build-push-action@v6, with: {build-args: "T=${{ secrets.T }}"}}
      - {uses: pypa/gh-action-pypi-publish@v1, with: {password: "${{ secrets.P }}"}}
      - {run: make, env: {AWS_SECRET_ACCESS_KEY: "${{ secrets.A }}"}}
  called:
    uses: owner/name/.github/workflows/x.yml@v1
    secrets: {given: "${{ secrets.G }}"}
"""
    found = uses(Repository.of({WORKFLOW: source, "action.yml": "runs: ["}))
    assert [(one.way.value, one.name, one.line) for one in found if isinstance(one, Use)] == [
        ("long-lived-key", "AWS_SECRET_ACCESS_KEY", 3),
        ("secret-for-all-jobs", "AWS_SECRET_ACCESS_KEY", 3),
        ("long-lived-key", "ARM_CLIENT_SECRET", 6),
        ("secret-for-all-steps", "ARM_CLIENT_SECRET", 6),
        ("secret-in-build-argument", "build-args", 8),
        ("publishing-token", "password", 9),
        ("long-lived-key", "AWS_SECRET_ACCESS_KEY", 10),
        ("store", "AWS_SECRET_ACCESS_KEY", 10),
        ("store", "given", 13),
    ]
    assert [one.path for one in found if isinstance(one, Unread)] == ["action.yml"]
