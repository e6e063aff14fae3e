"""What is used held against a policy."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import workflow
from sscop.artefacts.nodes import Text
from sscop.artefacts.tool_policy import Entry, Review, load_policy
from sscop.artefacts.tools_in_use import Use, uses
from sscop.judgement import allowed_tools
from sscop.judgement.allowed_tools import Answer, held
from sscop.judgement.tool_policy import judged
from sscop.model import Outcome
from sscop.platform import UNASKED, AllowedActions, Fact
from sscop.repository import Repository
from sscop.starter import policy as starter

A, OTHER, NOT, UNTOLD = Answer.ALLOWED, Answer.OTHER_VERSION, Answer.UNLISTED, Answer.UNTOLD
SHA = "08c6903cd8c0fde910a37f88322edcfb5dd907a8"
DIGEST = "sha256:" + "a" * 64


def use(kind: str, name: str, version: str = "", digest: str = "", registry: str = "", untold: str = "") -> Use:
    return Use(kind, name, version, digest, "f", 1, f"{name}@{version}", registry, untold)


@pytest.mark.parametrize(
    ("entry", "used", "answer"),
    [
        ("action: actions/*", use("action", "actions/cache/save", "v4"), A),
        ("action: github/codeql-action", use("action", "github/codeql-action/init", "v4"), A),
        ("action: Actions/Checkout", use("action", "actions/checkout", "v4"), A),
        ("action: actions/check", use("action", "actions/checkout", "v4"), NOT),
        ("action: actions/checkout@v4", use("action", "actions/checkout", "v4"), A),
        ("action: actions/checkout@v4", use("action", "actions/checkout", "v5"), OTHER),
        ("action: actions/checkout@*", use("action", "actions/checkout", "", SHA), A),
        (f"action: actions/checkout@{SHA}", use("action", "actions/checkout", "", SHA), A),
        ("action: [a/b, c/d]\n    versions: [v1, v2]", use("action", "c/d", "v2.3.4"), A),
        ("action: a/b\n    versions: v1", use("action", "a/b", "v10"), OTHER),
        ("action: a/b\n    versions: v1", use("action", "a/b", "", SHA), UNTOLD),
        (f"action: a/b\n    digests: {SHA}", use("action", "a/b", "v1", SHA), A),
        (f"action: a/b\n    digests: {SHA}", use("action", "a/b", "v1", SHA[::-1]), OTHER),
        ("action: a/b", use("hook", "a/b", "v1"), NOT),
        (
            "image: python\n    versions: ['3.13']",
            use("image", "python", "3.13-slim", "", "docker.io/library/python"),
            A,
        ),
        (
            "image: python\n    versions: ['3.13']",
            use("image", "python", "3.131", "", "docker.io/library/python"),
            OTHER,
        ),
        ("image: python:3.13", use("image", "python", "3.13.2", "", "docker.io/library/python"), A),
        ("image: docker.io/library/python", use("image", "python", "3", "", "docker.io/library/python"), A),
        ("image: ghcr.io/acme/*", use("image", "ghcr.io/acme/x/y", "3", "", "ghcr.io/acme/x/y"), A),
        (f"image: python\n    digests: {DIGEST}", use("image", "python", "", DIGEST, "docker.io/library/python"), A),
        ("registry: ghcr.io/acme/", use("image", "ghcr.io/acme/x", "3", "", "ghcr.io/acme/x"), A),
        ("registry: ghcr.io/acme", use("image", "ghcr.io/acmes/x", "3", "", "ghcr.io/acmes/x"), NOT),
        ("registry: docker.io", use("image", "python", "3", "", "docker.io/library/python"), A),
        ("registry: docker.io", use("action", "python", "3", "", "docker.io/library/python"), NOT),
        ("tool: python\n    versions: ['3.10']", use("tool", "python", "3.1"), OTHER),
        ("tool: python\n    versions: '>=3.10'", use("tool", "python", ">=3.10"), A),
        ("tool: python\n    versions: '3.*'", use("tool", "python", "3.14.0"), A),
        ("tool: uv\n    versions: '1'", use("tool", "uv"), OTHER),
        ("tool: uv\n    versions: '1'", use("tool", "uv", "${V}"), UNTOLD),
        ("package: 'apt:*'", use("package", "apt:install"), A),
        ("download: 'https://x.example/*.sh'", use("download", "https://x.example/a/b.sh"), A),
        ("download: 'https://x.example/*.sh'", use("download", "https://x.example/a/b.py"), NOT),
        ("runner: 'ubuntu-*'", use("runner", "ubuntu-24.04"), A),
        ("runner: other", use("runner", "${{ inputs.r }}", untold="x"), UNTOLD),
        ("runner: '${{ inputs.* }}'", use("runner", "${{ inputs.r }}", untold="x"), A),
        ("include: sysadmin/ci\n    versions: 3.0.14", use("include", "sysadmin/ci", "refs/tags/3.0.14"), A),
    ],
)
def test_a_use_and_an_entry(entry: str, used: Use, answer: Answer) -> None:
    found = load_policy(f"version: 1\ntools:\n  - {entry}\n")
    assert found is not None
    (one,) = held([used], found.tools, ())
    assert one.answer is answer


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("*", "", True),
        ("a*b", "ab", True),
        ("a*b", "a-b-b", True),
        ("a*ba", "aba", True),
        ("ab*ba", "aba", False),
        ("a*b*c", "a-c-b-c", True),
        ("a*b*c", "a-c-c", False),
        ("a*", "b", False),
    ],
)
def test_a_pattern(pattern: str, name: str, fits: bool) -> None:
    found = load_policy(f"version: 1\ntools:\n  - runner: '{pattern}'\n")
    assert found is not None
    (one,) = held([use("runner", name)], found.tools, ())
    assert (one.answer is A) is fits


def test_environments_allow_their_runners_and_images() -> None:
    text = "version: 1\nenvironments:\n  - {name: a, runners: 'big-*', images: ghcr.io/acme/builder}\n"
    found = load_policy(text)
    assert found is not None
    wanted = [use("runner", "big-1"), use("image", "ghcr.io/acme/builder", "1"), use("tool", "big-1")]
    assert [one.answer for one in held(wanted, (), found.environments)] == [A, A, NOT]


def test_what_the_platform_enforces_is_told() -> None:
    repo = Repository.of({})
    found = load_policy("version: 1\nowner: a\nreviewed: 2026-11-01\ntools: []\n")
    assert found is not None
    for value, said in (
        (AllowedActions("selected", patterns=("a/*",)), "enforced: GitHub: only selected actions may run (1 pattern)"),
        (AllowedActions("local_only"), "only the organisation's own actions may run"),
        (
            AllowedActions("all"),
            "only declared: found nothing that stops what is not on it; GitHub lets every action run",
        ),
    ):
        platform = UNASKED._replace(name="GitHub", allowed_actions=Fact(value, ""))
        told = list(judged(repo, [found], [], (), platform, date(2026, 11, 23)))
        assert any(said in one.message for one in told), told


FILES = {
    ".github/workflows/ci.yml": workflow(
        f"uses: actions/checkout@{SHA}",
        "uses: a/b@main",
        "{uses: actions/setup-node@v4, with: {node-version: '22'}}",
        "run: pip install tox && apt-get install jq && curl https://x.example/1.2.3/a.sh | sh",
        "uses: ${{ inputs.x }}/y@v1",
    ),
    "Dockerfile": f"ARG B\nFROM $B\nFROM python@{DIGEST}\nFROM node:22-slim\n",
    ".pre-commit-config.yaml": "repos:\n- repo: https://github.com/psf/black\n  rev: 24.1.0\n  hooks: []\n",
}


def filled(text: str) -> str:
    for blank, value in (("owner", "lead"), ("reviewed", "2026-11-01"), ("purpose", "x"), ("guide", "g")):
        text = text.replace(f'{blank}: ""', f"{blank}: {value}")
    return text.replace('evidence: ""', "evidence: https://x.example")


def test_the_starter_makes_the_check_met_once_its_blanks_are_filled() -> None:
    repo = Repository.of(FILES)
    found = load_policy(filled(starter(repo)))
    assert found is not None
    assert (found.problems, found.blank) == ((), ())
    known = [one for one in uses(repo) if isinstance(one, Use)]
    told = list(judged(repo, [found], known, (), UNASKED, date(2026, 11, 23)))
    assert [(one.outcome, one.code) for one in told] == [(Outcome.MET, "policy"), (Outcome.UNMET, "only-declared")]


def test_the_starter_leaves_blanks_and_names_what_it_could_not_read() -> None:
    text = starter(Repository.of({**FILES, ".github/workflows/b.yml": "jobs: [\n"}))
    assert "NOT READ, so what it uses is missing here: .github/workflows/b.yml" in text
    found = load_policy(text)
    assert found is not None
    assert {"owner", "reviewed", "purpose", "guide", "evidence"} <= set(found.blank)
    assert load_policy(starter(Repository.of({}))) is not None


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=30).filter(
    lambda text: any(char.isalnum() for char in text) and "$" not in text  # a variable's value can't be told
)


@settings(deadline=None, max_examples=400)
@given(NAMES.filter(lambda text: text[0] != "@"), NAMES)  # `@v1` alone names nothing
def test_any_names_survive_the_starter(name: str, label: str) -> None:
    import json

    text = f"on: push\njobs:\n  a:\n    runs-on: {json.dumps(label)}\n    steps: [{{uses: {json.dumps(name)}}}]\n"
    repo = Repository.of({".github/workflows/ci.yml": text, "Dockerfile": f"FROM {name}\n"})
    known = [one for one in uses(repo) if isinstance(one, Use)]
    found = load_policy(filled(starter(repo)))
    assert found is not None
    answers = held(known, found.tools, found.environments)
    assert {one.answer for one in answers} <= {A}, (answers, starter(repo))


_TEXTS = st.lists(st.sampled_from(["a", "b", "/", "*", "A", "@", "v1", ".io", ":"]), min_size=1, max_size=6).map(
    "".join
)
_KINDS = st.sampled_from(["action", "registry", "hook", "tool", "runner"])
_USED = st.sampled_from(["action", "image", "hook", "tool", "runner"])


@settings(max_examples=300)
@given(st.lists(st.tuples(_KINDS, _TEXTS), max_size=6), st.lists(st.tuples(_USED, _TEXTS, _TEXTS), max_size=4))
def test_entries_that_are_found_by_their_beginnings_are_all_that_match(
    entries: list[tuple[str, str]], used: list[tuple[str, str, str]]
) -> None:
    review = Review("", None, "", 1)
    tools = [Entry(kind, (Text(pattern),), (), (), "", review, line) for line, (kind, pattern) in enumerate(entries, 1)]
    uses = [use(kind, name, registry=registry if kind == "image" else "") for kind, name, registry in used]
    for one in held(uses, tools, ()):
        assert list(one.by) == [tool for tool in tools if _is_named(tool.kind, tool.patterns[0], one.use)]


def _is_named(kind: str, pattern: str, used: Use) -> bool:
    """The same by one regular expression: `*` is anything, and of some kinds what lies below a name is meant too."""
    name, among = (used.registry, "image") if kind == "registry" else (used.name, kind)
    bare = (
        pattern.rstrip("/") if kind == "registry" else pattern.split("@")[0] if kind in ("action", "hook") else pattern
    )
    below = "(?:/.*)?" if kind in ("action", "registry") else ""
    wanted = ".*".join(map(re.escape, bare.lower().split("*"))) + below
    return among == used.kind and re.fullmatch(wanted, name.lower()) is not None


def test_not_every_use_is_held_against_every_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = allowed_tools._matches
    monkeypatch.setattr(allowed_tools, "_matches", lambda one, name: asked.append(name) or real(one, name))
    review = Review("", None, "", 1)
    tools = [Entry("action", (Text(f"z{n}*a*b*/x"),), (), (), "", review, n) for n in range(300)]
    tools += [Entry("action", (Text(f"a{n}/b"),), (), (), "", review, n) for n in range(300)]
    found = held([use("action", f"a{n}/b") for n in range(300)], tools, ())
    assert {one.answer for one in found} == {A}
    assert len(asked) < 10 * 300
