"""Any text in a manifest or lock ends in a value or in Malformed; any of them in a repository in findings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts import plain_json, toml
from sscop.artefacts.ecosystems import (
    declared,
    digests,
    dotnet,
    golang,
    javascript,
    jvm,
    python,
    ranges,
    rust,
    scripted,
    terraform,
    xml,
)
from sscop.artefacts.ecosystems import requirements as pip
from sscop.artefacts.ecosystems.records import _BY_TOOL, _READERS
from sscop.repository import Malformed, Repository
from sscop_hooks.design.dependency_locks import dependency_locks

quick = settings(deadline=None, max_examples=60)

_WORDS = st.sampled_from(
    [
        '{"', '"}', '":', '": "', "{", "}", "[", "]", '"', "'", ",", "\n", "  ", "    ", "\\", ":", "=", "@", "#", "-", "\0",
        '{"dependencies": {"a": "^1"}}', '"packages": {', '"": {', "node_modules/a", '"version": "1"', "lockfileVersion: '9.0'\n",
        "importers:\n", "packages:\n", "  .:\n", "      a:\n", "        specifier: ^1\n", "__metadata:\n", '"a@^1":\n', "  version 1\n",
        "[[package]]\n", '[package]\n', 'name = "a"\n', "[metadata]\n", "[dependencies]\n", "[workspace]\n", 'a = "1"\n',
        "[tool.poetry]\n", "[project]\n", 'dependencies = ["a>=1"]\n', "require (\n", "x.org/a v1.0.0 h1:x=\n", ")\n", "GEM\n",
        "    a (1.0)\n", "DEPENDENCIES\n", "  a\n", "gem 'a', '~> 1'\n", "<project>", "</project>", "<dependency>", "<a b='c'>",
        "implementation 'g:a:1.+'\n", "%{\n", '  "a": {:hex, :a, "1.0", "ab"}\n', "terraform {\n", 'backend "s3" {\n', "required_providers {\n",
        'provider "x" {\n', ".package(url: \"x\", from: \"1\")", "a==1 --hash=sha256:0\n", "-r b.txt\n", "def deps do\n", "{:a, \"1\"}", "  end\n",
    ]
)  # fmt: skip
texts = st.lists(_WORDS | st.text(max_size=4), max_size=40).map("".join)

MANIFESTS = [
    javascript.package_json, javascript.deno_json, javascript.pnpm_workspace, python.pyproject, python.pipfile, python.setup,
    pip.requirements, rust.cargo_toml, golang.go_mod, jvm.pom, jvm.gradle, jvm.catalogue, dotnet.project, dotnet.central,
    dotnet.properties, scripted.gemfile, scripted.gemspec, scripted.mix, scripted.swift, declared.composer_json, declared.pubspec,
    declared.chart, terraform.tf, xml.parse, plain_json.load, plain_json.lines, toml.load,
]  # fmt: skip
LOCKS = [
    getattr(import_module(f"sscop.artefacts.ecosystems.records.{named.partition('.')[0]}"), named.partition(".")[2])
    for named in sorted({*_READERS.values(), *_BY_TOOL.values()})
]


@pytest.mark.parametrize("reader", [*MANIFESTS, *LOCKS], ids=lambda reader: f"{reader.__module__}.{reader.__name__}")
@quick
@given(texts)
def test_any_text(reader: Callable[[str], object], text: str) -> None:
    with suppress(Malformed):
        reader(text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["dependencies", "devDependencies", "packages", "", "a", "version", "integrity", "workspaces", "workspace",
             "members", "npm", "jsr", "default", "_meta", "hash", "sha256", "pins", "object", "state", "dist", "net8.0",
             "tool", "poetry", "project", "name", "require", "type", "imports", "node_modules/a", "resolved", "source",
             "overrides", "resolutions", "pnpm", "lockfileVersion", "content-hash", "provide", "requested"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@quick
@given(_JSON)
def test_any_json(value: object) -> None:
    import json

    text = json.dumps(value)
    readers = (javascript.package_json, javascript.deno_json, declared.composer_json, declared.pubspec, declared.chart)
    for reader in (*readers, *LOCKS):
        with suppress(Malformed):
            reader(text)
    if isinstance(value, dict):
        digests.poetry_digests(value)
        digests.pipfile_digests(value)
        digests.composer_digests(value)


@quick
@given(st.text(max_size=20), st.text(alphabet="0123456789.^~<>=|*xX -,", max_size=20))
def test_any_range(version: str, spec: str) -> None:
    for one in (version, "1.2.3"):
        assert ranges.satisfies(one, spec) in (True, False, None)


_NAMES = [
    "package.json", "package-lock.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "yarn.lock", "bun.lock", "deno.json", "deno.lock",
    "pyproject.toml", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile", "Pipfile.lock", "requirements.txt", "requirements.in",
    "pylock.toml", "Cargo.toml", "Cargo.lock", "go.mod", "go.sum", "pom.xml", "build.gradle", "gradle.lockfile",
    "gradle/verification-metadata.xml", "gradle/libs.versions.toml", "a.csproj", "packages.lock.json", "composer.json",
    "composer.lock", "Gemfile", "Gemfile.lock", "a.gemspec", "mix.exs", "mix.lock", "Package.swift", "Package.resolved",
    "pubspec.yaml", "pubspec.lock", "main.tf", ".terraform.lock.hcl", "Chart.yaml", "Chart.lock", "Dockerfile",
]  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(st.dictionaries(st.sampled_from(_NAMES), texts | st.binary(max_size=20), max_size=8))
def test_any_repository_ends_in_findings(files: dict[str, str | bytes]) -> None:
    assert list(dependency_locks.run(Repository.of(files)))


_PIECES = [
    "{", "[", '"', "[[package]]\n", "<a>", "a.", ' "', "(", "\\", "    a (", "  a:\n", "{:a, ", '", "gem \'a\'"', "$", "/*", "a@",
    "<component ", "<component>", 'provider "x" {\n', "  def deps\n", "\n", '"\\"', "a b\n", "  a (\n", "git+x#", "a = {",
    "required_providers {", '"a",\n', "dependencies = [\n", "a   ", "gem 'a'\n", "a==1\n", '"a": "1",\n', ".package(", "[,",
    "${a}", "a = [\n",
]  # fmt: skip


@pytest.mark.parametrize("name", _NAMES)
def test_long_texts_take_no_longer_than_their_length(name: str) -> None:
    for piece in _PIECES:
        assert list(dependency_locks.run(Repository.of({name: piece * (60_000 // len(piece))})))
