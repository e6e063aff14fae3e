"""Which lock covers which manifest, and whether they are in step: sure differences alone."""

from __future__ import annotations

import json

import pytest

from sscop.artefacts.ecosystems import manifests, record
from sscop.artefacts.ecosystems.coverage import Unit, is_member, key, units
from sscop.artefacts.ecosystems.model import Ecosystem, Manifest, Record
from sscop.artefacts.ecosystems.step import Drift, drifts, go_sums
from sscop.repository import Repository


def units_of(files: dict[str, str]) -> list[Unit]:
    repo = Repository.of(files)
    return units(repo, repo.once(manifests))


def differences(files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Name, range and record of every difference of the one unit."""
    repo = Repository.of(files)
    inventory = repo.once(manifests)
    found: list[Drift] = []
    read = {one.path: record(repo, one) for one in inventory.locks}
    records = {path: one for path, one in read.items() if isinstance(one, Record)}
    for unit in units(repo, inventory):
        assert unit.lock
        for one in unit.manifests:
            sums = go_sums(one, inventory, records)
            found += drifts(one, records[unit.lock.path], key(unit.lock, one), inventory, sums)
    return [(one.name, one.spec, one.recorded) for one in found]


def package(**groups: object) -> str:
    return json.dumps({"name": "x", **groups})


def npm_lock(specs: dict[str, str], packages: dict[str, str]) -> str:
    entries = {f"node_modules/{name}": {"version": version} for name, version in packages.items()}
    return json.dumps({"lockfileVersion": 3, "packages": {"": {"dependencies": specs}, **entries}})


def test_npm() -> None:
    dependencies = {
        "same": "^1",
        "gone": "1",
        "moved": "^2.0.0",
        "raised": "^1.1.0",
        "strange": "latest",
        "alias": "npm:real@^2.0.0",
        "file": "file:x",
        "over": "^9",
        "git": "o/r",
    }
    manifest = package(dependencies=dependencies, peerDependencies={"peer": "1"}, overrides={"over": "1"})
    specs = {
        "same": "^1",
        "moved": "^1.0.0",
        "raised": "^1.0.0",
        "strange": "next",
        "alias": "npm:real@^1.0.0",
        "git": "o/s",
    }
    packages = {"same": "1.0.0", "moved": "1.5.0", "raised": "1.5.0", "strange": "1.0.0", "real": "1.0.0"}
    found = differences({"package.json": manifest, "package-lock.json": npm_lock(specs, packages)})
    assert found == [
        ("gone", "1", ""),
        ("moved", "^2.0.0", "^1.0.0"),
        ("alias", "npm:real@^2.0.0", "real@^1.0.0"),
    ]


def test_npm_1_tells_names_alone() -> None:
    lock = json.dumps({"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0"}}})
    files = {"package.json": package(dependencies={"a": "^2", "b": "1"}), "package-lock.json": lock}
    assert differences(files) == [("b", "1", "")]


def test_pnpm() -> None:
    lock = """lockfileVersion: '9.0'
overrides:
  over: 1
importers:
  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0
"""
    dependencies = {"a": "^1.0.1", "b": "1", "over": "9", "c": "catalog:", "d": "workspace:*"}
    files = {"package.json": package(dependencies=dependencies), "pnpm-lock.yaml": lock}
    assert differences(files) == [("a", "^1.0.1", "^1.0.0"), ("b", "1", "")]
    files["pnpm-lock.yaml"] = lock.replace("overrides", "pnpmfileChecksum: x\noverrides")
    assert differences(files) == []


def test_yarn_1() -> None:
    lock = 'a@^1:\n  version "1.0.0"\n\nb@^1:\n  version "1.0.0"\n'
    dependencies = {"a": "^1", "b": "^2", "c": "1", "w": "1", "r": "1", "empty": "", "git": "o/r"}
    files = {
        "package.json": package(dependencies=dependencies, resolutions={"r": "2"}, workspaces=["w"]),
        "w/package.json": '{"name": "w"}',
        "yarn.lock": lock,
    }
    assert differences(files) == [("b", "^2", "another range"), ("c", "1", "")]


def test_yarn_berry() -> None:
    lock = (
        '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n\n'
        '"x@workspace:.":\n  resolution: "x@workspace:."\n  dependencies:\n    a: "npm:^1.0.0"\n    b: "npm:1"\n'
    )
    files = {"package.json": package(dependencies={"a": "^2.0.0", "b": "1", "c": "1"}), "yarn.lock": lock}
    assert differences(files) == [("a", "^2.0.0", "^1.0.0"), ("c", "1", "")]


def test_deno() -> None:
    files = {
        "deno.json": '{"imports": {"a": "jsr:@s/a@1", "b": "npm:b", "c": "https://x.org/c.ts"}}',
        "deno.lock": '{"version": "5", "workspace": {"dependencies": ["jsr:@s/a@1"]}}',
    }
    assert differences(files) == [("b", "", "")]


UV = """version = 1

[[package]]
name = "x"
source = { virtual = "." }

[package.metadata]
requires-dist = [
    { name = "a", specifier = ">=1,<3" },
    { name = "b", specifier = "==1.*" },
    { name = "free", specifier = ">=1rc1" },
]
"""


def test_uv() -> None:
    text = (
        '[project]\nname = "x"\ndependencies = ["A < 3, >= 1", "b==2.*", "c", "x[all]", "free>=2rc1", "p"]\n[tool.uv]\n'
    )
    text += '[tool.uv.sources]\np = { path = "p" }\n'
    assert differences({"pyproject.toml": text, "uv.lock": UV}) == [("b", "==2.*", "==1.*"), ("c", "", "")]


def test_uv_where_the_dependencies_are_made_by_a_program() -> None:
    text = '[project]\nname = "x"\ndynamic = ["dependencies"]\n[project.optional-dependencies]\na = ["q"]\n[tool.uv]\n'
    assert differences({"pyproject.toml": text, "uv.lock": UV}) == []


def test_digests() -> None:
    pipfile = '[[source]]\nname = "own"\nurl = "https://packages.example/simple"\n[packages]\nflask = "*"\n'
    lock = {"_meta": {"hash": {"sha256": "0"}}, "default": {"flask": {"version": "==1"}}}
    assert differences({"Pipfile": pipfile, "Pipfile.lock": json.dumps(lock)}) == [("", "", "")]
    lock["default"] = {}
    assert differences({"Pipfile": pipfile, "Pipfile.lock": json.dumps(lock)}) == [("flask", "*", "")]
    composer = '{"name": "o/x", "type": "project", "require": {}}'
    digest = "4e65ff95f9f6d69c0a5c5e1f7f7d6f4e"
    composer_lock = json.dumps({"packages": [], "content-hash": digest})
    assert differences({"composer.json": composer, "composer.lock": composer_lock}) == [("", "", "")]


def test_pdm_by_name_of_what_is_needed_at_run_time() -> None:
    text = '[project]\nname = "x"\ndependencies = ["a", "b", "c ; python_version < \'3\'"]\n[dependency-groups]\nd = ["q"]\n[tool.pdm]\n'  # noqa: E501
    lock = '[metadata]\ncontent_hash = "x"\n\n[[package]]\nname = "a"\nversion = "1"\n'
    assert differences({"pyproject.toml": text, "pdm.lock": lock}) == [("b", "", "")]


CARGO = """version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "a",
 "b 1.0.0",
]

[[package]]
name = "a"
version = "1.0.0"
source = "registry+x"
"""


def test_cargo() -> None:
    manifest = (
        '[package]\nname = "app"\n[dependencies]\nz = { package = "a", version = "1" }\nb.workspace = true\n'
        'c = { version = "1", optional = true }\n[target.x.dev-dependencies]\na = "2"\n'
    )
    assert differences({"Cargo.toml": manifest, "Cargo.lock": CARGO}) == [("c", "1", ""), ("a", "2", "1.0.0")]


def test_a_member_that_the_lock_does_not_speak_of() -> None:
    files = {
        "Cargo.toml": '[workspace]\nmembers = ["*"]\n[workspace.dependencies]\na = "1"',
        "Cargo.lock": CARGO,
        "new/Cargo.toml": '[package]\nname = "new"\n[dependencies]\na = "1"',
        "empty/Cargo.toml": '[package]\nname = "empty"',
        "package.json": package(workspaces=["p"]),
        "package-lock.json": npm_lock({}, {}),
        "p/package.json": package(dependencies={"a": "1"}),
    }
    assert differences(files) == [("", "", "unknown to it"), ("", "", "unknown to it")]


def test_go() -> None:
    files = {
        "go.mod": "require (\n\tx.org/a v1\n\tx.org/b v1\n\tx.org/c v1\n\tx.org/d v1\n)\nreplace x.org/d => ../d\n",
        "go.sum": "x.org/a v1 h1:x=\n",
        "go.work.sum": "x.org/b v1/go.mod h1:x=\n",
        "other/go.sum": "x.org/c v1 h1:x=\n",
    }
    assert differences(files) == [("x.org/c", "v1", "")]


def test_nuget() -> None:
    lock = {
        "dependencies": {
            "net8.0": {
                "A": {"type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0"},
                "B": {"type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0"},
                "D": {"type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0"},
            }
        }
    }
    items = '<PackageReference Include="a" Version="1.0" /><PackageReference Include="B" Version="2.0.0" />'
    items += '<PackageReference Include="C" Version="1" /><PackageReference Include="D" />'
    items += '<PackageReference Include="E" Condition="x" Version="1" />'
    files = {"x.csproj": f"<Project><ItemGroup>{items}</ItemGroup></Project>", "packages.lock.json": json.dumps(lock)}
    assert differences(files) == [("B", "2.0.0", "1.0.0"), ("C", "1", "")]


def test_bundler() -> None:
    lock = "GEM\n  specs:\n    a (1.0)\n\nDEPENDENCIES\n  a (= 1.0)\n  b (>= 1.1, ~> 1.0)\n  c (~> 1)\n  d\n"
    text = 'gem "a", "1.0"\ngem "b", "~> 1.0", ">= 1.1"\ngem "c", "~> 2"\ngem "d"\ngem "e"\ngem "f", "1" if x\n'
    assert differences({"Gemfile": text, "Gemfile.lock": lock}) == [("c", "~> 2", "~> 1"), ("e", "", "")]
    assert differences({"Gemfile": text + "if ENV['X']\nend\n", "Gemfile.lock": lock}) == []


def test_swift() -> None:
    text = '.package(url: "https://x.org/A.git", from: "1"), .package(url: "https://x.org/B", from: "1"),'
    text += ' .package(path: "c")'
    lock = json.dumps({"version": 2, "pins": [{"identity": "a", "location": "https://x.org/a", "state": {}}]})
    assert differences({"Package.swift": text, "Package.resolved": lock}) == [("B", 'from: "1"', "")]


def test_names() -> None:
    files = {
        "pubspec.yaml": "dependencies:\n  a: any\n  b: any\n",
        "pubspec.lock": "packages:\n  a:\n    source: hosted\n",
    }
    assert differences(files) == [("b", "any", "")]


def test_terraform_and_helm() -> None:
    files = {
        "main.tf": 'terraform {\n  backend "x" {}\n  required_providers {\n    aws = "5"\n    b = { source = "o/b" }\n'
        '    t = { source = "terraform.io/builtin/terraform" }\n  }\n}\n',
        ".terraform.lock.hcl": 'provider "registry.opentofu.org/hashicorp/aws" {\n}\n',
    }
    assert differences(files) == [("b", "", "")]
    chart = "".join(
        f"- name: {n}\n  version: {v}\n  repository: https://x.org\n"
        for n, v in (("a", "1.0.0"), ("b", "1.x"), ("c", "1.x"))
    )
    lock = "dependencies:\n- name: a\n  version: 1.0.1\n- name: b\n  version: 1.2.0\n"
    files = {"Chart.yaml": f"name: x\ndependencies:\n{chart}", "Chart.lock": lock}
    assert differences(files) == [("a", "1.0.0", "1.0.1"), ("c", "1.x", "")]


def test_coverage() -> None:
    found = units_of(
        {
            "package.json": package(workspaces=["packages/*", "!packages/out", "./deep/**/"]),
            "package-lock.json": npm_lock({}, {}),
            "yarn.lock": "",
            "packages/in/package.json": "{}",
            "packages/out/package.json": "{}",
            "deep/a/b/package.json": "{}",
            "own/package.json": "{}",
            "own/package-lock.json": npm_lock({}, {}),
            "packages/own/package.json": "{}",
            "packages/own/package-lock.json": npm_lock({}, {}),
            "examples/x/package.json": "{}",
        }
    )
    told = {one.lock.path if one.lock else one.root.path: sorted(m.path for m in one.manifests) for one in found}
    assert told == {
        "package-lock.json": ["deep/a/b/package.json", "package.json", "packages/in/package.json"],
        "packages/out/package.json": ["packages/out/package.json"],
        "own/package-lock.json": ["own/package.json"],
        "packages/own/package-lock.json": ["packages/own/package.json"],
    }
    (root,) = (one for one in found if one.lock and one.lock.path == "package-lock.json")
    assert root.root.path == "package.json"
    assert [one.path for one in root.others] == ["yarn.lock"]


def test_members_without_a_lock_are_one_unit() -> None:
    found = units_of({"package.json": package(workspaces=["a"]), "a/package.json": "{}", "b/pom.xml": "<project/>"})
    assert [(one.root.path, len(one.manifests), one.lock) for one in found] == [
        ("package.json", 2, None),
        ("b/pom.xml", 1, None),
    ]


def test_a_lock_above_that_speaks_of_a_manifest_covers_it() -> None:
    (found,) = units_of(
        {
            "Cargo.lock": CARGO,
            "x/app/Cargo.toml": '[package]\nname = "app"',
        }
    )
    assert found.lock
    (found,) = units_of({"Cargo.lock": "broken", "x/app/Cargo.toml": '[package]\nname = "app"'})
    assert not found.lock


def test_nuget_locks_of_several_projects_in_a_folder() -> None:
    found = units_of(
        {
            "A.csproj": "<Project/>",
            "B.csproj": "<Project/>",
            "packages.A.lock.json": "{}",
            "packages.B.lock.json": "{}",
        }
    )
    assert [one.lock.path for one in found if one.lock] == ["packages.A.lock.json", "packages.B.lock.json"]


@pytest.mark.parametrize(
    ("members", "excluded", "folder", "answer"),
    [((), ("b",), "a", True), ((), ("b",), "b", False), (("c/*",), (), "c/d", True), (("c/*",), (), "e", False)],
)
def test_members_of_cargo(members: tuple[str, ...], excluded: tuple[str, ...], folder: str, answer: bool) -> None:
    root = Manifest(Ecosystem.CARGO, "Cargo.toml", "cargo", members=members, excluded=excluded)
    assert is_member(root, folder) is answer
