"""Any text in, a value or Malformed out: configurations of updates, JSON5, and what is read of vendored code."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts import jsonc
from sscop.artefacts.embedded.facts import asked_for, facts, near, of_source, of_text
from sscop.artefacts.updates.dependabot import dependabot
from sscop.artefacts.updates.others import darc, pre_commit_ci
from sscop.artefacts.updates.renovate import renovate
from sscop.assess import run
from sscop.config import Config
from sscop.repository import Malformed, Repository
from sscop_hooks import load

quick = settings(deadline=None, max_examples=200)
_WORDS = st.sampled_from(
    [
        "version: 2\n", "updates:\n", "- package-ecosystem: ", "npm", "'*'", "\n  ", "directory: ", "directories: [",
        "/", "**/*", "]", "{", "}", ": ", ", ", "exclude-paths: ", "ignore: ", "dependency-name: ", "schedule: ", "\n",
        '"extends": ["', "github>o/r//a", "packageRules: [{", "matchManagers: ", "enabled: ", "false",
        "enabledManagers: ",
        "ignorePaths: ", "matchFileNames: ", "//", "/*", "*/", "'", '"', "\\", "\\'", "$a", "ci:\n", "<Dependency ",
        "https://git.invalid/", "version ", "v1.2.3", "1.2", "commit ", "0123abcd", "License", "MIT",
        "#define A_VERSION ",
        "project(", "VERSION ", "AC_INIT(", "\x00", "\u2028", "[", "../", "[!", "{a,b}",
    ]
)  # fmt: skip
TEXT = st.lists(st.one_of(_WORDS, st.text(max_size=6)), max_size=24).map("".join)
READERS: list[Callable[[str], object]] = [
    dependabot,
    renovate,
    jsonc.load5,
    pre_commit_ci,
    darc,
    lambda text: facts(text, "a"),
    lambda text: of_text(text, "README"),
    lambda text: of_text(text, "CHANGES"),
    lambda text: of_source(text, "a.js", text[:9]),
    lambda text: near(text, "a", text[:3]),
    lambda text: asked_for(text, "a", text[:3]),
]


@pytest.mark.parametrize("reader", READERS)
@quick
@given(text=TEXT)
def test_readers_give_a_value_or_malformed(reader: Callable[[str], object], text: str) -> None:
    with contextlib.suppress(Malformed):
        reader(text)


@quick
@given(text=TEXT, path=TEXT)
def test_configurations_answer_for_any_path(text: str, path: str) -> None:
    for reader in (dependabot, renovate):
        with contextlib.suppress(Malformed):
            config = reader(text)
            for ecosystem in ("npm", "pip", "nuget", "github-actions", "sbt", "devcontainers"):
                config.says(ecosystem, path, (path, ""))


@pytest.mark.parametrize("check", ["dependency-updates", "tool-maintenance", "vendored-components"])
@settings(deadline=None, max_examples=60)
@given(
    files=st.dictionaries(
        st.sampled_from(
            [
                ".github/dependabot.yml", "renovate.json", ".renovaterc.json5", "package.json",
                ".pre-commit-config.yaml",
                ".github/workflows/a.yml", "go.work", "go.mod", "a/go.mod", "third_party/a/a.c", "third_party/a/README",
                "third_party/a/METADATA", "static/x.min.js", "bin/a.dll", "NOTICE", "Dockerfile", ".nvmrc",
                "eng/Version.Details.xml",
            ]
        ),
        st.one_of(TEXT.map(str.encode), st.binary(max_size=80)),
        max_size=8,
    )
)  # fmt: skip
def test_checks_answer_for_any_bytes(check: str, files: dict[str, bytes]) -> None:
    (one,) = load(check)
    findings, problem = run(one, Repository.of(files), Config(), date(2026, 11, 23))
    assert findings, files
    assert problem == "", files


@pytest.mark.parametrize(
    "text",
    [
        "'\\'" * 20_000,
        "'" * 40_000,
        "//" * 40_000,
        "a " * 40_000,
        "license " * 20_000,
        "version: " * 20_000,
        "v1." * 30_000,
        "project(" * 20_000,
        "AC_INIT([a" * 20_000,
        "#define A_VERSION " * 10_000,
        "https://" * 20_000,
        "/*" * 40_000,
        "using " * 20_000,
        "/npm/" * 20_000,
        "-_." * 30_000,
    ],
)
def test_hostile_texts_come_back(text: str) -> None:
    repo = Repository.of({"file": text})
    for reader in READERS:
        found = repo.parse("file", reader)  # a value of its kind, or why not; what matters is that it ends
        assert repo.parse("file", reader) is found
