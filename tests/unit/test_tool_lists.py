"""Lists of allowed tools in other notations, and what enforces a policy."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import workflow
from sscop.artefacts.tool_enforcement import enforcing
from sscop.artefacts.tool_lists import lists
from sscop.artefacts.tool_sections import ALL, Listed
from sscop.assess import run
from sscop.config import Config
from sscop.model import Outcome
from sscop.repository import Repository
from sscop_hooks import load

TERRAFORM = """resource "github_actions_organization_permissions" "x" {{
  allowed_actions = "{0}"
  allowed_actions_config {{
    patterns_allowed = [
      "a/b@*",
    ]
  }}
}}
"""


LINTERS = workflow("uses: zizmorcore/zizmor-action@v1", "uses: sisaku-security/sisakulint-action@v1")


def listed(files: dict[str, str]) -> list[Listed]:
    return [one for one in lists(Repository.of(files)) if isinstance(one, Listed)]


@pytest.mark.parametrize(
    ("path", "text", "line", "allows", "enforced"),
    [
        ("github.tf", TERRAFORM.format("selected"), 2, [("a/b@*", 5)], "GitHub"),
        ("modules/org/main.tf", TERRAFORM.format("local_only").replace("patterns_", ""), 2, [], "GitHub"),
        ("zizmor.yml", "rules:\n  forbidden-uses:\n    config:\n      deny: [a/b]\n", 4, [], "zizmor"),
        (
            ".github/zizmor.yaml", "rules:\n  forbidden-uses:\n    config:\n      allow:\n        - a/b\n", 5,
            [("a/b", 5)], "zizmor",
        ),
        (".sisakulint.yml", "action-list:\n  - a/b\n", 2, [("a/b", 2)], "sisakulint"),
        (
            ".allstar/actions.yaml",
            ("groups:\n- rules:\n  - method: allow\n    actions: [{name: a/*}]\n"
            "  - {method: deny, actions: [{name: c}]}\n"),
            3, [("a/*", 4)], "",
        ),
        ("allowed-actions.json", '["a/b@v1", "c/*"]', 1, [("a/b@v1", 1), ("c/*", 1)], ""),
        (
            "minder/profile.yaml",
            "type: profile\nrepository:\n- type: allowed_selected_actions\n  def: {patterns_allowed: [a/*]}\n",
            3, [("a/*", 4)], "",
        ),
        (".tool-versions", f"# docker/x/y v1@sha256:{'a' * 64}\n", 1, [(f"x/y v1@sha256:{'a' * 64}", 1)], ""),
    ],
)  # fmt: skip
def test_a_list(path: str, text: str, line: int, allows: list[tuple[str, int]], enforced: str) -> None:
    (one,) = listed({path: text, ".github/workflows/lint.yml": LINTERS})
    assert (one.path, one.line, list(one.allows), one.enforced, one.lacks) == (path, line, allows, enforced, ALL)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("github.tf", TERRAFORM.format("all")),
        ("github.tf", "# github_actions_permissions\n"),
        ("github.tf", 'resource "github_actions_organization_permissions" "x" {}\n'),
        ("zizmor.yml", "rules:\n  unpinned-uses: {}\n"),
        ("zizmor.yml", "a: [\n"),
        ("sisakulint.yml", "rules: []\n"),
        ("actions.yaml", "groups:\n- rules:\n  - {method: whatever}\n"),
        (".allstar/actions.yaml", "groups:\n- rules:\n  - {method: require, actions: [{name: a/b}]}\n"),
        ("actions-allowed.yml", "- not an action\n- a/b\n"),
        ("minder/profile.yaml", "type: profile\nrepository:\n- type: secret_scanning\n"),
        ("profile.yaml", "name: x\n"),
        (".tool-versions", "node 22.1.0\n# a comment\n"),
        (
            "docs/tools.md",
            "# Approved tools\n\n- use python where it fits well and nothing else does\n- docker\n- git\n",
        ),
        ("docs/tools.md", "# Approved tools\n\n- hammer\n- saw\n- drill\n"),
        ("docs/tools.md", "# Approved tools for the assistant\n\n- git\n- docker\n- python\n"),
        ("docs/tools.md", "# Tools\n\n- git\n- docker\n- python\n\nThese are allowed.\n"),
        ("docs/images.md", "# Image pull policy\n\n- git\n- docker\n- python\n"),
        ("tests/docs/tools.md", "# Approved tools\n\n- git\n- docker\n- python\n"),
    ],
)
def test_no_list(path: str, text: str) -> None:
    assert listed({path: text}) == []


@pytest.mark.parametrize(
    "title",
    [
        "# Approved build tools", "# Allowed GitHub Actions", "# GitHub Actions source policy", "# Tool allowlist",
        "# Software Allowlist and Version Control Catalog", "# Approved providers", "Approved tools\n==============",
    ],
)  # fmt: skip
def test_a_section(title: str) -> None:
    (one,) = listed({"docs/tools.md": f"{title}\n\n- git: versions\n- `actions/checkout@v4` - check out\n- make\n"})
    assert [name for name, _ in one.allows] == ["git", "actions/checkout@v4"]


def test_what_a_section_says_is_not_lacking() -> None:
    text = (
        "# Approved tools and environments\n\nOwner: lead\nLast reviewed: 2026-01-01\n\n"
        "| Tool | Version | Purpose |\n|---|---|---|\n| git | 2 | x |\n| docker | 2 | x |\n| make | 2 | x |\n"
    )
    (one,) = listed({"docs/tools.md": text})
    assert one.lacks == ()


def test_an_allow_list_is_enforced_where_a_pipeline_applies_it() -> None:
    step = workflow("uses: ActionsDesk/github-actions-allow-list-as-code-action@v3")
    (one,) = listed({"github-actions-allow-list.yml": "actions: [a/*]\n", ".github/workflows/a.yml": step})
    assert one.enforced == "GitHub"


def enforced(files: dict[str, str], fails: bool = True) -> list[str]:
    repo = Repository.of(files)
    return [one.note for one in enforcing(repo, listed(files), fails)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".github/workflows/a.yml": workflow("uses: OWNER/sscop@v1")}, ["the action sscop in a workflow"]),
        ({".github/workflows/a.yml": workflow("{uses: OWNER/sscop@v1, continue-on-error: true}")}, []),
        ({".github/workflows/a.yml": workflow("run: python -m sscop_hooks check")}, ["`sscop check` in a workflow"]),
        ({".github/workflows/a.yml": workflow("run: sscop check")}, ["`sscop check` in a workflow"]),
        ({".github/workflows/a.yml": workflow("run: sscop check tool-policy")}, ["`sscop check` in a workflow"]),
        ({".github/workflows/a.yml": workflow("run: sscop check threat-model")}, []),
        ({".github/workflows/a.yml": workflow("uses: ./")}, []),
        (
            {".github/workflows/a.yml": workflow("uses: ./"), "action.yml": "name: sscop\nruns: {using: composite}\n"},
            ["the action sscop in a workflow"],
        ),
        ({".github/workflows/a.yml": "jobs: ["}, []),
        (
            {".pre-commit-config.yaml": "repos: [{repo: https://x/sscop, hooks: [{id: other}, {id: sscop}]}]\n"},
            ["the hook sscop"],
        ),
        ({".pre-commit-config.yaml": "repos: ["}, []),
        ({"github.tf": TERRAFORM.format("selected")}, ['GitHub\'s allowed actions by Terraform (`"selected"`)']),
        ({"zizmor.yml": "rules: {forbidden-uses: {config: {allow: [a/*]}}}\n"}, []),
        (
            {
                "zizmor.yml": "rules: {forbidden-uses: {config: {allow: [a/*]}}}\n",
                ".github/workflows/a.yml": workflow("uses: zizmorcore/zizmor-action@v1"),
            },
            ["zizmor's forbidden-uses (allow)"],
        ),
        ({"actions-allowed.yml": "- a/b\n"}, []),
    ],
)
def test_what_enforces_a_policy(files: dict[str, str], expected: list[str]) -> None:
    assert enforced(files) == expected


_ON = "on: {on}\njobs: {{a: {{runs-on: x, steps: [{{run: sscop check}}]}}}}\n"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("push", True),
        ("pull_request", True),
        ("[workflow_dispatch, merge_group]", True),
        ("{push: {branches: [main]}}", True),
        ("{pull_request: {branches: [main]}}", True),
        ("workflow_dispatch", False),
        ("{schedule: [{cron: 0 0 * * *}]}", False),
        ("workflow_call", False),
        ("release", False),
        ("{push: {tags: [v1]}}", False),
        ("{push: {branches: [feature/*]}}", False),
        ("{push: {paths: [docs/**]}}", False),
        ("{pull_request: {paths-ignore: [src/**]}}", False),
    ],
)
def test_only_what_runs_at_every_change_enforces(on: str, expected: bool) -> None:
    assert enforced({".github/workflows/a.yml": _ON.format(on=on)}) == ["`sscop check` in a workflow"] * expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("run: sscop check --fail-on never", False),
        ("run: sscop check --fail-on=never", False),
        ("run: sscop check --fail-on new --base origin/main", True),
        ("run: sscop check --format json --output a.json tool-policy sbom", True),
        ("run: sscop check --advice sbom", False),
        ("run: sscop check $CHECKS", False),
        ("run: sscop check --root other", False),
        ("run: sscop check --root .", True),
        ("run: sscop check --rev v1", False),
        ("run: sscop check --help", False),
        ("run: sscop list check", False),
        ("run: sscop check || true", False),
        ("run: sscop check | tee log", False),
        ("{shell: bash, run: sscop check | tee log}", True),
        ("run: echo sscop check", False),
        ("run: 'echo \"run sscop check\"'", False),
        ("run: '# sscop check'", False),
        ("run: pip install sscop && make check", False),
        ("run: python3 -I -m sscop_hooks check", True),
        ("run: uvx sscop check", True),
        ("{run: sscop check, if: false}", False),
        ("{run: sscop check, if: 'github.event_name == ''push'''}", True),
        ("{run: sscop check, if: 'github.actor == ''x'''}", False),
        ("{run: sscop check, continue-on-error: true}", False),
        ("{uses: acme/sscop@v1, with: {fail-on: never}}", False),
        ("{uses: acme/sscop@v1, with: {fail-on: new}}", True),
        ("{uses: acme/sscop@v1, with: {fail-on: '${{ inputs.x }}'}}", False),
        ("{uses: acme/sscop@v1, with: {checks: sbom}}", False),
        ("{uses: acme/sscop@v1, with: {checks: 'sbom, tool-policy'}}", True),
        ("{uses: acme/sscop@v1, with: {working-directory: other}}", False),
        ("{uses: acme/sscop@v1, with: {post-report: x.json}}", False),
        ("{uses: acme/sscop@v1, if: false}", False),
        ("uses: acme/sscop/sub@v1", False),
    ],
)
def test_only_what_checks_and_can_fail_enforces(step: str, expected: bool) -> None:
    assert bool(enforced({".github/workflows/a.yml": workflow(step)})) == expected


@pytest.mark.parametrize(("step", "expected"), [
    ("uses: ./", True),
    ("{uses: ./, with: {fail-on: never}}", False),
    ("{uses: ./, if: false}", False),
    ("{uses: ./, continue-on-error: true}", False),
])  # fmt: skip
def test_the_action_itself_enforces_in_its_own_repository(step: str, expected: bool) -> None:
    action = "name: sscop\nruns: {using: composite, steps: [{run: x, shell: sh}]}\n"
    assert bool(enforced({".github/workflows/a.yml": workflow(step), "action.yml": action})) == expected


def test_a_target_that_runs_the_check_enforces() -> None:
    makefile = "check:\n\tsscop check\nloose:\n\t-sscop check\n"
    for target, expected in (("check", ["Makefile"]), ("loose", [])):
        files = {".github/workflows/a.yml": workflow(f"run: make {target}"), "Makefile": makefile}
        assert [one.path for one in enforcing(Repository.of(files), (), True)] == expected


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        ("{repo: local, hooks: [{id: sscop, entry: 'true'}]}", False),
        ("{repo: local, hooks: [{id: other, entry: sscop check}]}", True),
        ("{repo: local, hooks: [{id: other, entry: sscop check, args: [--fail-on, never]}]}", False),
        ("{repo: local, hooks: [{id: sscop}]}", False),
        ("{repo: https://h/o/sscop, hooks: [{id: sscop, stages: [manual]}]}", False),
        ("{repo: https://h/o/sscop, hooks: [{id: sscop, stages: [pre-push]}]}", True),
        ("{repo: https://h/o/sscop.git, hooks: [{id: sscop-tool-policy}]}", True),
        ("{repo: https://h/o/sscop, hooks: [{id: sscop-tool-policy, args: [--fail-on=never]}]}", False),
        ("{repo: https://h/o/sscop, hooks: [{id: sscop-sbom}]}", False),
        ("{repo: https://h/o/other, hooks: [{id: sscop}]}", False),
    ],
)
def test_only_a_hook_that_runs_the_check_enforces(hook: str, expected: bool) -> None:
    assert bool(enforced({".pre-commit-config.yaml": f"repos: [{hook}]\n"})) == expected


def test_a_check_that_cannot_fail_enforces_nothing() -> None:
    assert enforced({".github/workflows/a.yml": workflow("uses: OWNER/sscop@v1")}, fails=False) == []


_PIECES = st.sampled_from(
    [
        "version: 1\n", "tools:\n", "  - {action: a/b, versions: [v1]}\n", "  - image: python\n", "environments:\n",
        "  - {name: x, runners: [y]}\n", "owner: x\n", "reviewed: 2026-01-01\n", "# Approved tools\n", "- git\n",
        "=====\n", "| a | b |\n|---|---|\n", 'resource "github_actions_organization_permissions" "x" {\n',
        'allowed_actions = "selected"\n', "patterns_allowed = [", "]", '"',
        "groups:\n- rules:\n  - {method: allow, actions: [", "\x00", "[", "{", "*", "&a ",
        "docker/x y@sha256:" + "a" * 64, "action-list: ", "type: profile\nrepository:\n",
        "- type: allowed_selected_actions\n",
    ]
)  # fmt: skip
_PATHS = (
    "tool-policy.yaml", "x/tool-policies.yml", "zizmor.yml", ".sisakulint.yml", "actions.yaml", "allowed-actions.json",
    "profile.yaml", ".tool-versions", "github.tf", "docs/tools.md", ".github/workflows/a.yml", "Dockerfile",
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(_PATHS), st.lists(_PIECES, max_size=14).map("".join), st.booleans())
def test_any_text_ends_in_a_finding(path: str, text: str, with_policy: bool) -> None:
    (check,) = load("tool-policy")
    files = {path: text, **({"docs/tool-policy.yaml": "version: 1\ntools: []\n"} if with_policy else {})}
    findings, why = run(check, Repository.of(files), Config(), date(2026, 11, 23))
    assert not why
    assert all(isinstance(one.outcome, Outcome) for one in findings)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tool-policy.yaml", "version: 1\ntools:\n" + "  - {action: '" + "a*" * 140 + "'}\n" * 300),
        ("docs/tools.md", "# Approved tools\n" + "- approved tools allowed \n" * 20_000),
        ("docs/tools.md", "approved tools " * 60_000),
        ("github.tf", TERRAFORM.format("selected") + "patterns_allowed = [" * 50_000),
        ("org.tf", TERRAFORM.format("selected").replace("]", "") + "patterns_allowed = [" * 50_000),
        (".tool-versions", "#" + " " * 200_000 + "sha256:\n" + "# a/b c" * 50_000),
        ("zizmor.yml", "rules: {forbidden-uses: {config: {allow: [" + "a/b, " * 50_000 + "]}}}"),
    ],
)
def test_texts_that_make_careless_patterns_slow_end(path: str, text: str) -> None:
    (check,) = load("tool-policy")
    step = workflow(*[f"uses: {'a' * 200}/{'b' * n}@v1" for n in range(1, 30)])
    findings, why = run(check, Repository.of({path: text, ".github/workflows/a.yml": step}), Config(), date(2026, 1, 1))
    assert not why
    assert findings


def test_a_policy_of_pins_lists_what_its_rows_speak_of() -> None:
    text = (
        "# Dependency pinning policy\n\n| # | Layer | Mechanism |\n|---|---|---|\n"
        "| 1 | Direct packages | reviewed by Dependabot |\n| 2 | Actions | GitHub commits |\n| 3 | Fonts | by hash |\n"
        "| 4 | what is said of this one is a whole sentence | git |\n"
    )
    (one,) = listed({"docs/pinning.md": text})
    assert one.allows == (("Direct packages", 5), ("Actions", 6))
