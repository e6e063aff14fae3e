"""Manifests: what each package manager's names, where, and whether it is a library."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from sscop.artefacts.ecosystems import _FAMILIES, Ecosystem, Manifest, manifests
from sscop.artefacts.ecosystems.dotnet import central, project
from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.golang import go_mod
from sscop.artefacts.ecosystems.javascript import deno_json, package_json
from sscop.artefacts.ecosystems.jvm import catalogue, gradle, pom
from sscop.artefacts.ecosystems.python import pipfile, pyproject, setup
from sscop.artefacts.ecosystems.requirements import is_pinned, requirements
from sscop.artefacts.ecosystems.rust import cargo_toml
from sscop.artefacts.ecosystems.scripted import gemfile, gemspec, mix, swift
from sscop.artefacts.ecosystems.terraform import tf
from sscop.repository import Malformed, Repository
from sscop.repository.globs import expand


def rows(manifest: Manifest) -> list[tuple[str, str, int, str, str]]:
    return [(one.name, one.spec, one.line, one.group, one.source) for one in manifest.dependencies]


def only(files: dict[str, str]) -> Manifest:
    (found,) = Repository.of(files).once(manifests).manifests
    return found


def test_package_json() -> None:
    found = package_json(
        """{
  "name": "x", "packageManager": "pnpm@9.1.0",
  "workspaces": {"packages": ["a/*", 1]},
  "dependencies": {
    "a": "^1", "b": "npm:@s/real@^2",
    "c": "file:../c", "d": "workspace:*", "e": "o/r#main", "f": "https://x.org/f.tgz", "bad": 1
  },
  "devDependencies": {"a": "^1"},
  "peerDependencies": {"p": "*"},
  "overrides": {"o": "1", "@s/q@1": "2"}, "resolutions": {"**/deep": "1"}, "pnpm": {"overrides": {"r": "1"}}
}"""
    )
    assert rows(found) == [
        ("a", "^1", 5, "runtime", "registry"),
        ("b", "npm:@s/real@^2", 5, "runtime", "registry"),
        ("c", "file:../c", 6, "runtime", "path"),
        ("d", "workspace:*", 6, "runtime", "workspace"),
        ("e", "o/r#main", 6, "runtime", "git"),
        ("f", "https://x.org/f.tgz", 6, "runtime", "url"),
        ("a", "^1", 8, "dev", "registry"),
        ("p", "*", 9, "peer", "registry"),
    ]
    assert found.dependencies[1].package == "@s/real"
    assert found.dependencies[0].package == "a"
    assert found.tool == "pnpm"
    assert found.members == ("a/*",)
    assert found.unsure == {"a", "o", "@s/q", "**/deep", "deep", "r", ""}
    assert [one.name for one in found.third_party] == ["a", "b", "e", "f", "a", "p"]


@pytest.mark.parametrize(
    ("about", "library"),
    [
        ({"private": True, "name": "a", "version": "1", "files": ["x"]}, False),
        ({"name": "a", "version": "1", "files": ["x"]}, True),
        ({"name": "a", "version": "1", "main": "i.js"}, None),
        ({"name": "a", "version": "1", "files": ["x"], "bin": "b"}, None),
        ({"name": "a", "version": "1", "main": "i.js", "repository": "o/r"}, True),
        ({"main": "i.js"}, None),
    ],
)
def test_package_json_of_a_library(about: dict[str, object], library: bool | None) -> None:
    assert package_json(json.dumps(about)).is_library is library


def test_javascript_tools_and_workspaces() -> None:
    files = {
        "package.json": '{"name": "r", "version": "1", "repository": "x", "main": "m"}',
        "Dockerfile": "FROM scratch\n",
        "pnpm-workspace.yaml": "packages:\n  - 'p/*'\n  - '!p/no'\n",
        "p/a/package.json": '{"dependencies": {"x": "1"}}',
        "y/package.json": "{}",
        "y/yarn.lock": "",
        "b/package.json": "{}",
        "b/bun.lock": "",
        "tests/package.json": "{",
        "broken/package.json": "{",
        "w/pnpm-workspace.yaml": "a: [",
        "d/deno.jsonc": '{"name": "@s/d", "exports": "./m.ts", "workspace": ["m"], "lock": false,\n'
        ' "imports": {"a": "jsr:@s/a@^1", "b": "npm:/b@2/sub", "c": "https://x.org/c.ts", "d": "./d.ts"}}',
    }
    inventory = Repository.of(files).once(manifests)
    found = {one.path: one for one in inventory.manifests}
    assert found["package.json"].members == ("p/*",)
    assert found["package.json"].excluded == ("p/no",)
    assert found["package.json"].is_library is False
    assert [found[path].tool for path in ("package.json", "p/a/package.json", "y/package.json")] == [
        "pnpm",
        "pnpm",
        "yarn",
    ]
    assert found["b/package.json"].ecosystem is Ecosystem.BUN
    assert found["tests/package.json"].aside
    assert sorted(one.path for one in inventory.unread) == ["broken/package.json", "w/pnpm-workspace.yaml"]
    deno = found["d/deno.jsonc"]
    assert [(one.name, one.spec, one.real) for one in deno.dependencies] == [
        ("a", "^1", "jsr:@s/a"),
        ("b", "2", "npm:b"),
        ("c", "https://x.org/c.ts", ""),
    ]
    assert (deno.is_library, deno.members, deno.traits) == (True, ("m",), {"lock off"})
    assert [one.tool for one in inventory.locks] == ["yarn", "bun"]
    assert inventory.of(Ecosystem.DENO) == [deno]


def test_deno_without_anything() -> None:
    assert deno_json("{}").dependencies == ()


def test_pyproject_of_poetry() -> None:
    found = pyproject(
        """[tool.poetry]
name = "x"
repository = "https://x.org"
[tool.poetry.dependencies]
python = "^3.10"
flask = "^3"
own = { path = "../own" }
multi = [{ version = "1" }]
[tool.poetry.dev-dependencies]
black = { version = "1", optional = true }
[tool.poetry.group.test.dependencies]
pytest = { git = "https://x.org" }
"""
    )
    assert rows(found) == [
        ("flask", "^3", 6, "runtime", "registry"),
        ("own", "", 7, "runtime", "path"),
        ("multi", "", 8, "runtime", "registry"),
        ("black", "1", 10, "dev", "registry"),
        ("pytest", "", 12, "dev", "git"),
    ]
    assert (found.tool, found.is_library) == ("poetry", True)
    assert found.digests


def test_pyproject_of_uv_and_pdm() -> None:
    found = pyproject(
        """[build-system]
requires = []
[project]
name = "x"
dynamic = ["optional-dependencies"]
dependencies = [
  "Flask[async] >=3,<4 ; python_version < '4'",
  "own",
  "direct @ git+https://x.org/d",
  "local @ file:///d",
]
[project.optional-dependencies]
extra = ["e==1"]
[dependency-groups]
dev = ["pytest", {include-group = "x"}]
[tool.pdm.dev-dependencies]
old = ["o"]
[tool.uv]
override-dependencies = ["urllib3<2"]
dev-dependencies = ["d"]
[tool.uv.sources]
own = { workspace = true }
[tool.uv.workspace]
members = ["m/*"]
exclude = ["m/no"]
"""
    )
    assert rows(found) == [
        ("Flask", ">=3,<4", 7, "runtime", "registry"),
        ("own", "", 8, "runtime", "workspace"),
        ("direct", "@ git+https://x.org/d", 9, "runtime", "git"),
        ("local", "@ file:///d", 10, "runtime", "path"),
        ("e", "==1", 13, "optional", "registry"),
        ("pytest", "", 15, "dev", "registry"),
        ("d", "", 20, "dev", "registry"),
        ("o", "", 17, "old", "registry"),
    ]
    assert (found.members, found.excluded) == (("m/*",), ("m/no",))
    assert found.unsure == {"flask", "urllib3"}
    assert found.partial


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ('[project]\nname = "x"', False),
        ('[build-system]\n[project]\nname = "x"', None),
        ('[build-system]\n[project]\nname = "x"\nclassifiers = ["Topic :: Security"]', True),
        ('[build-system]\n[project]\nname = "x"\nclassifiers = ["Programming Language :: Python :: 3"]', None),
        ('[build-system]\n[project]\nname = "x"\nclassifiers = ["Private :: Do Not Upload"]', False),
        ('[build-system]\n[project]\nname = "x"\nlicense = "MIT"', None),
        ('[build-system]\n[project]\nname = "x"\nurls = { a = "b" }', True),
        ('[tool.poetry]\nname = "x"\npackage-mode = false', False),
    ],
)
def test_pyproject_of_a_library(text: str, library: bool | None) -> None:
    assert pyproject(text).is_library is library


def test_python_files_together() -> None:
    files = {
        "a/pyproject.toml": '[build-system]\n[project]\nname = "a"\nkeywords = ["x"]\ndependencies = ["x"]',
        "a/Dockerfile": "FROM scratch",
        "a/setup.py": "setup(\n    install_requires=['x'],\n)",
        "b/pyproject.toml": "[tool.black]\nline-length = 1",
        "b/setup.cfg": "[options]\ninstall_requires =\n  x",
        "b/requirements.txt": "-r ../a/requirements.in\n-c constraints.txt\nx==1",
        "c/pyproject.toml": '[project]\nname = "c"',
        "c/uv.lock": "version = 1",
        "c/m/pyproject.toml": '[project]\nname = "m"',
        "d/pyproject.toml": '[project]\nname = "d"',
        "d/poetry.lock": "",
        "e/setup.py": "install_requires = 1",
        "docs/setup.py": "",
        "f/requirements/words.txt": "This is no list of requirements.\nNot at all.",
    }
    found = {one.path: one for one in Repository.of(files).once(manifests).manifests if one.tool != "docker"}
    assert sorted(found) == [
        "a/pyproject.toml",
        "b/requirements.txt",
        "b/setup.cfg",
        "c/m/pyproject.toml",
        "c/pyproject.toml",
        "d/pyproject.toml",
        "docs/setup.py",
    ]
    assert found["a/pyproject.toml"].is_library is False
    assert found["b/requirements.txt"].members == ("a/requirements.in", "b/constraints.txt")
    assert found["b/setup.cfg"].line == 2
    assert [found[f"{one}/pyproject.toml"].tool for one in ("a", "c", "c/m", "d")] == ["pip", "uv", "uv", "poetry"]


def test_pipfile_and_setup() -> None:
    found = pipfile('[[source]]\nurl = "x"\n[packages]\na = "*"\nb = {path = "."}\n[docs]\nc = {version = "==1"}\n')
    assert rows(found) == [
        ("a", "*", 4, "runtime", "registry"),
        ("b", "*", 5, "runtime", "path"),
        ("c", "==1", 7, "docs", "registry"),
    ]
    assert setup("from setuptools import setup\n\nsetup(\n  install_requires=[])").line == 4
    assert setup("install_requires = parse()").dependencies == ()


def test_requirements() -> None:
    digest = "0" * 64
    found = requirements(
        f"""# made by pip-compile
--index-url https://x.org
-r base.in
-c constraints.txt
-e git+https://x.org/e.git@main#egg=e
Flask[async]==3.0.0 ; python_version > "3" \\
    --hash=sha256:{digest} \\
    --hash=sha256:{digest}
loose>=1  # why
bare
direct @ https://x.org/d.whl
https://x.org/f.tar.gz#sha256={digest}
git+https://x.org/g@{"a" * 40}
./local
wheel.whl
"""
    )
    assert [(one.name, one.line, is_pinned(one)) for one in found.dependencies] == [
        ("e", 5, False),
        ("Flask", 6, True),
        ("loose", 9, False),
        ("bare", 10, False),
        ("direct", 11, False),
        (f"f.tar.gz#sha256={digest}", 12, True),
        ("g", 13, True),
        ("./local", 14, False),
        ("wheel.whl", 15, False),
    ]
    assert found.traits == {"requirements", "hashed 1", "generated"}
    assert found.members == ("base.in", "constraints.txt")
    assert "not requirements" in requirements("Some words that are no list.").traits
    assert requirements("a==1 \\").dependencies[0].name == "a"


def test_cargo_toml() -> None:
    found = cargo_toml(
        """[package]
name = "x"
publish = false
[dependencies]
serde = "1"
own = { path = "../own", version = "1" }
json = { package = "serde_json", version = "1" }
shared.workspace = true
[target.'cfg(unix)'.dev-dependencies]
git = { git = "https://x.org" }
[[bin]]
name = "b"
[workspace]
members = ["a/*"]
exclude = ["b"]
[workspace.dependencies]
shared = "2"
"""
    )
    assert rows(found) == [
        ("serde", "1", 5, "runtime", "registry"),
        ("own", "1", 6, "runtime", "path"),
        ("json", "1", 7, "runtime", "registry"),
        ("shared", "", 8, "runtime", "workspace"),
        ("shared", "2", 17, "workspace", "registry"),
        ("git", "", 10, "dev", "git"),
    ]
    assert found.dependencies[2].package == "serde_json"
    assert (found.private, found.members, found.excluded, found.traits) == (True, ("a/*",), ("b",), {"bin"})
    files = {"a/Cargo.toml": '[package]\nname = "a"', "a/src/main.rs": "", "b/Cargo.toml": '[package]\nname = "b"'}
    assert [one.is_library for one in Repository.of(files).once(manifests).manifests] == [False, True]


def test_go_mod() -> None:
    found = go_mod(
        'module "x.org/m" // why\n\nrequire x.org/a v1.0.0\nrequire (\n\t// no\n\tx.org/b v2.0.0 // indirect\n)\n'
        "replace x.org/a => ../a\nreplace (\n  x.org/c v1 => x.org/d v2\n)\ntool x.org/t\n"
    )
    assert rows(found) == [
        ("x.org/a", "v1.0.0", 3, "runtime", "registry"),
        ("x.org/b", "v2.0.0", 6, "indirect", "registry"),
    ]
    assert (found.name, found.unsure) == ("x.org/m", {"x.org/a", "x.org/c"})


def test_pom() -> None:
    found = pom(
        """<project>
<parent><groupId>p</groupId><artifactId>q</artifactId><version>1</version></parent>
<artifactId>x</artifactId>
<properties><v>2</v></properties>
<modules><module>m</module></modules>
<dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>
<version>${v}</version><scope>test</scope></dependency>
<dependency><groupId>p</groupId><artifactId>own</artifactId><version>${unknown}</version></dependency></dependencies>
<build><plugins><plugin><artifactId>z</artifactId></plugin></plugins></build>
</project>"""
    )
    assert rows(found) == [
        ("g:a", "2", 7, "test", "registry"),
        ("p:own", "${unknown}", 8, "runtime", "path"),
        ("org.apache.maven.plugins:z", "", 9, "plugin", "registry"),
        ("p:q", "1", 2, "parent", "path"),
    ]
    assert (found.name, found.members) == ("p:x", ("m",))
    with pytest.raises(Malformed):
        pom("<other/>")


def test_gradle() -> None:
    found = gradle(
        """plugins { id 'application' }
plugins {
  id("org.a") version "1"
}
dependencies {
  implementation 'g:a:1.0'
  testImplementation(platform("g:b:2"))
  api group: 'g', name: 'c', version: '3'
  // implementation 'g:no:1'
  implementation(libs.some.thing)
  implementation "g:$name:4" // "
}
"""
    )
    assert [(one.name, one.spec, one.line, one.group) for one in found.dependencies] == [
        ("org.a", "1", 3, "plugin"),
        ("g:a", "1.0", 6, "runtime"),
        ("g:b", "2", 7, "runtime"),
        ("g:c", "3", 8, "runtime"),
        ("libs.some.thing", "", 10, "catalogue"),
        ("g:$name", "4", 11, "runtime"),
    ]
    assert gradle("plugins { id 'java-library' }").is_library is True
    versions = catalogue(
        '[versions]\nv = "1"\n[libraries]\na = { module = "g:a", version.ref = "v" }\nb = "g:b:2"\n'
        'c = { group = "g", name = "c", version = { ref = "none" } }\n[plugins]\np = { id = "x.p", version = "3" }\n'
    )
    assert [(one.name, one.spec, one.line) for one in versions.dependencies] == [
        ("g:a", "1", 4),
        ("g:b", "2", 5),
        ("g:c", "", 6),
        ("x.p", "3", 8),
    ]
    files = {"build.gradle": "", "gradle/libs.versions.toml": ""}
    assert only(files).path == "gradle/libs.versions.toml"


def test_dotnet() -> None:
    found = project(
        """<Project Sdk="Microsoft.NET.Sdk.Web">
<PropertyGroup><RestorePackagesWithLockFile>true</RestorePackagesWithLockFile></PropertyGroup>
<ItemGroup><PackageReference Include="A" Version="1" /><PackageReference Update="U" /></ItemGroup>
<ItemGroup Condition="x"><PackageReference Include="B"><Version>2</Version></PackageReference></ItemGroup>
</Project>"""
    )
    assert [(one.name, one.spec, one.line) for one in found.dependencies] == [("A", "1", 3), ("B", "2", 4)]
    assert (found.unsure, found.is_library) == ({"b"}, False)
    assert found.traits == {"lock on", "program", "service"}
    assert central('<packages>\n<package id="A" version="1" /></packages>').dependencies[0][:3] == ("A", "1", 2)
    tool = project(
        "<Project><PropertyGroup><OutputType>Exe</OutputType><PackAsTool>true</PackAsTool>"
        "<RestorePackagesWithLockFile>false</RestorePackagesWithLockFile></PropertyGroup></Project>"
    )
    assert (tool.is_library, tool.traits) == (True, {"lock off", "program"})
    files = {
        "Directory.Build.props": "<Project><PropertyGroup><PackageTags>x</PackageTags>"
        "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile></PropertyGroup></Project>",
        "Directory.Build.targets": "<broken",
        "src/A.csproj": "<Project/>",
        "src/A.Test.csproj": "<Project><PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup></Project>",
        "Directory.Packages.props": '<Project><ItemGroup><PackageVersion Include="A"/></ItemGroup></Project>',
    }
    test, plain, packages = Repository.of(files).once(manifests).manifests
    assert (plain.is_library, plain.traits) == (True, {"lock on"})
    assert test.traits == {"lock on", "test"}
    assert packages.traits == {"central"}


def test_gemfile() -> None:
    found = gemfile(
        """source "x"
gem "rails", "~> 7.0", ">= 7.0.1" # "no"
gem 'own', path: '../own'
gem "git", github: "o/r", require: ["a", "b"]
gem "maybe", "1" if ENV["X"]
group :test do
  gem("rspec")
end
gemspec
"""
    )
    assert rows(found) == [
        ("rails", "~> 7.0, >= 7.0.1", 2, "runtime", "registry"),
        ("own", "", 3, "runtime", "path"),
        ("git", "", 4, "runtime", "git"),
        ("maybe", "1", 5, "runtime", "registry"),
        ("rspec", "", 7, "runtime", "registry"),
    ]
    assert (found.unsure, found.partial, found.is_library) == ({"maybe"}, True, True)
    assert not gemfile('gem "a"\n').partial
    spec = gemspec('s.add_dependency "a", "~> 1"\ns.add_development_dependency("b")\n')
    assert rows(spec) == [("a", "~> 1", 1, "runtime", "registry"), ("b", "", 2, "dev", "registry")]
    files = {"a/Gemfile": "", "a/a.gemspec": "", "b/b.gemspec": ""}
    found_all = Repository.of(files).once(manifests).manifests
    assert [(one.path, one.is_library) for one in found_all] == [("a/Gemfile", True), ("b/b.gemspec", True)]


def test_mix() -> None:
    found = mix(
        """defmodule X do
  def project do
    [apps_path: "apps", deps: deps(), lockfile: "../../mix.lock", docs: [{:not, "a dep"}]]
  end

  defp deps do
    [
      {:jason, "~> 1.0", only: :test},
      # {:no, "1"},
      {:own, in_umbrella: true},
      {:git, git: "https://x.org"},
      {:other, :atom}
    ]
  end
end
"""
    )
    assert rows(found) == [
        ("jason", "~> 1.0", 8, "runtime", "registry"),
        ("own", "", 10, "runtime", "path"),
        ("git", "", 11, "runtime", "git"),
    ]
    assert (found.traits, found.members, found.is_library) == ({"umbrella"}, ("apps/*",), None)
    assert mix("").dependencies == ()


def test_swift() -> None:
    found = swift(
        """let package = Package(
  products: [.executable(name: "x", targets: ["x"])],
  dependencies: [
    .package(url: "https://x.org/swift-a.git", from: "1.0.0"),
    .package(name: "B", path: "../B"),
    // .package(url: "https://x.org/no", from: "1"),
    .package(id: "s.c", exact: "1.0.0"),
  ]
)
package.dependencies.append(x)
"""
    )
    assert rows(found) == [
        ("swift-a", 'from: "1.0.0"', 4, "runtime", "url"),
        ("B", "", 5, "runtime", "path"),
        ("s.c", 'exact: "1.0.0"', 7, "runtime", "registry"),
    ]
    assert (found.is_library, found.partial) == (False, True)


def test_terraform() -> None:
    found = tf(
        """terraform {
  # backend "no" {}
  required_providers {
    aws = {
      source  = "Hashicorp/AWS"
      version = "~> 5.0"
    }
    old = "1.0"
  }
  backend "s3" {
    bucket = "}"
  }
}
resource "x" "y" {
  provider {
  }
}
"""
    )
    assert [(one.name, one.spec, one.line, one.real) for one in found.dependencies] == [
        ("aws", "~> 5.0", 4, "hashicorp/aws"),
        ("old", "1.0", 8, "hashicorp/old"),
    ]
    assert found.traits == {"backend", "resources"}
    assert tf('terraform {\n  required_providers {\n    a = "1"\n').dependencies[0].line == 3
    files = {
        "root/main.tf": 'provider "aws" {\n}\n',
        "root/versions.tf": 'terraform {\n  required_providers {\n    aws = "5"\n  }\n}\n',
        "modules/m/main.tf": 'provider "aws" {\n}\n',
        "empty/main.tf": "# nothing",
    }
    found_all = {one.folder: one for one in Repository.of(files).once(manifests).manifests}
    assert found_all["root"].path == "root/versions.tf"
    assert [found_all[one].is_library for one in ("root", "modules/m", "empty")] == [False, True, True]


def test_composer_pub_and_helm() -> None:
    files = {
        "a/composer.json": '{"name": "o/a", "require": {"php": ">=8", "ext-json": "*", "b/c": "^1"}}',
        "b/composer.json": '{"name": "o/b", "type": "project"}',
        "c/composer.json": '{"name": "o/c"}',
        "c/artisan": "",
        "l/composer.json": '{"name": "o/l"}',
        "l/composer.lock": "",
        "d/pubspec.yaml": "name: d\npublish_to: none\nresolution: workspace\nworkspace: [m]\n"
        "dependencies:\n  flutter: {sdk: flutter}\n  http: ^1.0.0\n  g:\n    git: x\n    version: 1\n"
        "dev_dependencies:\n  o: any\ndependency_overrides:\n  o: 1\n",
        "e/Chart.yaml": "name: e\ntype: library\ndependencies:\n- name: x\n  version: 1.x\n  repository: https://x.org\n"
        "- name: y\n  repository: file://../y\n- name: z\n- version: 1\n",
    }
    found = {one.path: one for one in Repository.of(files).once(manifests).manifests}
    assert rows(found["a/composer.json"]) == [("b/c", "^1", 1, "runtime", "registry")]
    assert [found[f"{one}/composer.json"].is_library for one in "abcl"] == [True, False, False, None]
    dart = found["d/pubspec.yaml"]
    assert rows(dart) == [
        ("flutter", "", 6, "runtime", "path"),
        ("http", "^1.0.0", 7, "runtime", "registry"),
        ("g", "1", 8, "runtime", "git"),
        ("o", "any", 12, "dev", "registry"),
    ]
    assert (dart.is_library, dart.members, dart.unsure, dart.traits) == (False, ("m",), {"o"}, {"member"})
    helm = found["e/Chart.yaml"]
    assert rows(helm) == [
        ("x", "1.x", 4, "runtime", "registry"),
        ("y", "", 7, "runtime", "path"),
        ("z", "", 9, "runtime", "workspace"),
    ]
    assert helm.is_library is True


def test_what_is_known_by_its_path() -> None:
    files = dict.fromkeys(
        (
            ".github/workflows/ci.yml", "a/action.yml", "Dockerfile", "Dockerfile.md", "compose.yaml", ".gitmodules",
            ".pre-commit-config.yaml", ".devcontainer/devcontainer.json", "global.json", "rust-toolchain.toml",
            "MODULE.bazel", "environment.yml", "elm.json", "build.sbt", "Project.toml", "b/project.toml", "vcpkg.json",
        ),
        "",
    )  # fmt: skip
    found = Repository.of(files).once(manifests).manifests
    assert [one.ecosystem.value for one in found] == [
        "github-actions", "github-actions", "pre-commit", "gitsubmodule", "devcontainers", "dotnet-sdk",
        "rust-toolchain", "bazel", "conda", "elm", "vcpkg", "docker-compose", "other", "julia", "docker",
    ]  # fmt: skip
    assert found[0].folder == ".github/workflows"


@pytest.mark.parametrize("family", [name for name, globs in _FAMILIES.items() if globs != ("**",)])
def test_a_family_is_imported_for_all_that_it_gathers(family: str) -> None:
    asked: list[str] = []

    class Spy(Gathering):
        def product(self, ecosystem: Ecosystem, tool: str, *globs: str) -> list[str]:
            asked.extend(globs)
            return []

        def lock(self, ecosystem: Ecosystem, tool: str, *globs: str) -> None:
            asked.extend(globs)

    import_module(f"sscop.artefacts.ecosystems.{family}").gather(Spy(Repository.of({})))
    wanted = {one.lower() for glob in asked for one in expand(glob)}
    assert asked
    assert wanted <= {one.lower() for glob in _FAMILIES[family] for one in expand(glob)}
