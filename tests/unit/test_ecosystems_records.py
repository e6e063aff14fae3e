"""What locks record: packages, hashes, what each says of its manifests."""

from __future__ import annotations

import json

import pytest

from sscop.artefacts.ecosystems import Ecosystem, Lock, record
from sscop.artefacts.ecosystems.model import Record, Wanted
from sscop.artefacts.ecosystems.records import declared, javascript, python, systems, yarn
from sscop.model import Unread
from sscop.repository import Malformed, Repository

HEX = "0123456789abcdef" * 4


def counts(found: Record) -> tuple[int, int]:
    return found.hashed, found.entries


def test_npm() -> None:
    lock = {
        "lockfileVersion": 3,
        "packages": {
            "": {"dependencies": {"a": "^1"}, "peerDependencies": {"p": "*"}},
            "web": {"devDependencies": {"b": "2"}},
            "node_modules/a": {"version": "1.0.0", "integrity": "x"},
            "node_modules/x/node_modules/@s/a": {"version": "2.0.0"},
            "node_modules/alias": {"name": "real", "version": "3.0.0", "integrity": "x"},
            "node_modules/web": {"link": True},
            "node_modules/in": {"inBundle": True},
            "node_modules/git": {"version": "1", "resolved": "git+ssh://x"},
            "bad": 1,
        },
    }
    found = javascript.npm(json.dumps(lock))
    assert counts(found) == (2, 3)
    assert found.unhashed == ("@s/a 2.0.0",)
    assert found.packages["real"] == ("3.0.0",)
    assert found.wanted == {"": Wanted({"a": "^1", "p": "*"}), "web": Wanted({"b": "2"})}


def test_npm_1() -> None:
    lock = {
        "lockfileVersion": 1,
        "dependencies": {
            "a": {"version": "1.0.0", "integrity": "x", "dependencies": {"b": {"version": "2"}, "bad": 1}},
            "c": {"version": "git+https://x"},
            "d": {"version": "1", "bundled": True},
        },
    }
    found = javascript.npm(json.dumps(lock))
    assert counts(found) == (1, 2)
    assert found.wanted == {"": Wanted({"a": None, "c": None, "d": None})}
    assert javascript.npm('{"lockfileVersion": 1}').wanted == {"": Wanted({})}


PNPM_9 = """lockfileVersion: '9.0'

overrides:
  q@1: 2

pnpmfileChecksum: x

importers:

  .:
    dependencies:
      '@s/a':
        specifier: ^1.0.0
        version: 1.0.0
  packages/b:
    devDependencies:
      c:
        specifier: workspace:*
        version: link:../c

packages:

  '@s/a@1.0.0':
    resolution: {integrity: sha512-x}
    engines: {node: '>=8'}

  x@1.0.0(y@2.0.0):
    resolution: {tarball: https://codeload.github.com/x/tar.gz/abc}

  z@https://codeload.github.com/o/z/tar.gz/abc:
    resolution: {tarball: https://codeload.github.com/o/z/tar.gz/abc}

  d@1.0.0:
    resolution: {directory: ../d, type: directory}

snapshots:

  '@s/a@1.0.0': {}
"""
PNPM_5 = """lockfileVersion: 5.4
specifiers:
  a: ^1.0.0
dependencies:
  a: 1.0.0
packages:
  /a/1.0.0_x@2.0.0:
    resolution: {integrity: sha512-x}
"""
PNPM_6 = """lockfileVersion: '6.0'
dependencies:
  a:
    specifier: ^1.0.0
    version: 1.0.0
packages:
  /a@1.0.0:
    resolution: {integrity: sha512-x}
"""
PNPM_OLD_IMPORTERS = """lockfileVersion: 5.3
importers:
  p:
    specifiers:
      a: ^1
"""


def test_pnpm() -> None:
    found = javascript.pnpm(PNPM_9)
    assert counts(found) == (1, 2)
    assert found.packages == {"@s/a": ("1.0.0",), "x": ("1.0.0",), "z": ("https://codeload.github.com/o/z/tar.gz/abc",), "d": ("1.0.0",)}  # fmt: skip  # noqa: E501
    assert found.wanted == {"": Wanted({"@s/a": "^1.0.0"}), "packages/b": Wanted({"c": "workspace:*"})}
    assert found.patterns == {"members", "overrides", "override q@1", "pnpmfile"}
    for text in (PNPM_5, PNPM_6):
        found = javascript.pnpm(text)
        assert (counts(found), found.packages) == ((1, 1), {"a": ("1.0.0",)})
        assert found.wanted == {"": Wanted({"a": "^1.0.0"})}
    assert javascript.pnpm(PNPM_OLD_IMPORTERS).wanted == {"p": Wanted({"a": "^1"})}
    assert javascript.pnpm("lockfileVersion: '9.0'").wanted == {"": Wanted({})}


def test_yarn_1() -> None:
    found = yarn.yarn(
        """# yarn lockfile v1


"@s/a@^1.0.0", "@s/a@^1.1.0":
  version "1.1.0"
  resolved "https://registry.yarnpkg.com/@s/a/-/a-1.1.0.tgz#abc"
  integrity sha512-x
  dependencies:
    b "^1"

b@^1, b@1:
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/b/-/b-1.0.0.tgz#abc"

d@^1:
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/d/-/d-1.0.0.tgz#0123456789abcdef0123456789abcdef01234567"

"c@git+https://x.org/c":
  version "1.0.0"
  resolved "git+https://x.org/c#abc"
"""
    )
    assert counts(found) == (2, 3)
    assert found.patterns == {"@s/a@^1.0.0", "@s/a@^1.1.0", "b@^1", "b@1", "d@^1", "c@git+https://x.org/c"}
    assert found.packages["@s/a"] == ("1.1.0",)
    assert not found.wanted


def test_yarn_berry() -> None:
    found = yarn.yarn(
        """__metadata:
  version: 8

"a@npm:^1.0.0, a@npm:^1.1.0":
  version: 1.1.0
  resolution: "a@npm:1.1.0"
  checksum: 10/abc

"b@npm:1":
  version: 1.0.0
  resolution: "b@npm:1.0.0"
  conditions: os=darwin

"c@npm:1":
  version: 1.0.0
  resolution: "c@npm:1.0.0"

"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  dependencies:
    "@s/x": "npm:^1.0.0"
    a: "npm:^1.0.0"
  bin:
    no: x
  languageName: unknown

"w@workspace:packages/w":
  resolution: "w@workspace:packages/w"
"""
    )
    assert counts(found) == (1, 2)
    assert found.wanted == {"": Wanted({"@s/x": "npm:^1.0.0", "a": "npm:^1.0.0"}), "packages/w": Wanted({})}


def test_bun() -> None:
    found = javascript.bun(
        """{
  "lockfileVersion": 1,
  "workspaces": {"": {"name": "r", "dependencies": {"a": "^1"},}, "w": 1},
  "packages": {
    "a": ["a@1.0.0", "", {}, "sha512-x"],
    "@s/b": ["@s/b@2.0.0", "", {}],
    "w": ["w@workspace:w"],
    "bad": [],
  },
}"""
    )
    assert counts(found) == (1, 2)
    assert found.packages == {"a": ("1.0.0",), "@s/b": ("2.0.0",), "w": ("workspace:w",)}
    assert found.wanted == {"": Wanted({"a": "^1"})}


def test_deno() -> None:
    lock = {
        "version": "5",
        "jsr": {"@std/a@1.0.0": {"integrity": "x"}},
        "npm": {"b@2.0.0": {}},
        "remote": {"https://x.org/c.ts": "abc"},
        "workspace": {"dependencies": ["jsr:@std/a@1", "npm:b"], "members": {"m": {"dependencies": []}, "n": {}}},
    }
    found = javascript.deno(json.dumps(lock))
    assert counts(found) == (2, 3)
    assert found.wanted == {"": Wanted({"jsr:@std/a": None, "npm:b": None}), "m": Wanted({}), "n": Wanted({})}
    assert javascript.deno('{"version": "3", "packages": {"npm": {"b@2": {"integrity": "x"}}}}').hashed == 1


POETRY = f"""# This file is automatically @generated by Poetry 1.8.2 and should not be changed by hand.

[[package]]
name = "A.b"
version = "1.0"
files = [
    {{file = "a.whl", hash = "sha256:{HEX}"}},
]

[[package]]
name = "c"
version = "2.0"
files = []

[package.source]
type = "git"
url = "x"

[[package]]
name = "d"
version = "1"

[metadata]
lock-version = "2.0"
content-hash = "abc"
"""


def test_poetry() -> None:
    found = python.poetry(POETRY)
    assert counts(found) == (1, 2)
    assert found.packages == {"a-b": ("1.0",), "c": ("2.0",), "d": ("1",)}
    assert found.wanted[""].digest == "abc"
    assert found.patterns == {"poetry 1.8"}
    old = '[[package]]\nname = "a"\nversion = "1"\n\n[metadata]\ncontent-hash = "x"\n\n[metadata.files]\na = [\n    {file = "a"},\n]\nb = []\n'  # noqa: E501
    assert counts(python.poetry(old)) == (1, 1)
    assert python.poetry("[metadata]\n").wanted[""].digest == ""


def test_pdm_and_pylock() -> None:
    text = f'[metadata]\ncontent_hash = "sha256:x"\n\n[[package]]\nname = "a"\nversion = "1"\nfiles = [\n    {{file = "a", hash = "sha256:{HEX}"}},\n]\n\n[[package]]\nname = "b"\ngit = "x"\n'  # noqa: E501
    found = python.pdm(text)
    assert (counts(found), found.wanted[""].digest) == ((1, 1), "sha256:x")
    text = f'lock-version = "1.0"\n\n[[packages]]\nname = "a"\nversion = "1"\nwheels = [{{ hashes = {{ sha256 = "{HEX}" }} }}]\n\n[[packages]]\nname = "b"\n\n[packages.vcs]\ntype = "git"\n'  # noqa: E501
    assert counts(python.pylock(text)) == (1, 1)


def test_uv() -> None:
    found = python.uv(
        f"""version = 1

[manifest]
overrides = [{{ name = "Over_ridden", specifier = "<2" }}]

[[package]]
name = "app"
version = "0.1"
source = {{ editable = "." }}
dependencies = [
    {{ name = "a" }},
]

[package.metadata]
requires-dist = [
    {{ name = "a", specifier = ">=1" }},
    {{ name = "b", marker = "x", specifier = "<1" }},
    {{ name = "b", marker = "y" }},
    {{ name = "g", git = "https://x.org" }},
]

[package.metadata.requires-dev]
dev = [{{ name = "pytest" }}]

[[package]]
name = "member"
source = {{ virtual = "packages/member" }}

[[package]]
name = "early"
source = {{ directory = "early" }}

[package.metadata]

[package.metadata.dependency-groups]
dev = [{{ name = "ruff" }}]

[[package]]
name = "a"
version = "1"
source = {{ registry = "https://packages.example/simple" }}
sdist = {{ url = "x", hash = "sha256:{HEX}" }}
"""
    )
    assert counts(found) == (1, 1)
    assert found.wanted == {
        "": Wanted({"a": ">=1", "b": None, "g": None, "pytest": ""}),
        "packages/member": Wanted({}),
        "early": Wanted({"ruff": ""}),
    }
    assert found.patterns == {"override over-ridden"}


def test_pipenv() -> None:
    lock = {
        "_meta": {"hash": {"sha256": "abc"}},
        "default": {"A_b": {"hashes": ["x"], "version": "==1"}, "e": {"path": "."}},
        "develop": {"c": {"version": "==2"}},
    }
    found = python.pipenv(json.dumps(lock))
    assert counts(found) == (1, 2)
    assert found.wanted[""] == Wanted({"a-b": None, "e": None, "c": None}, "abc")


def test_cargo() -> None:
    found = systems.cargo(
        f"""version = 4

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
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "{HEX}"

[[package]]
name = "b"
version = "1.0.0"
source = "sparse+https://x.org"

[[package]]
name = "g"
version = "1.0.0"
source = "git+https://x.org"
"""
    )
    assert counts(found) == (1, 2)
    assert found.wanted == {"app": Wanted({"a": None, "b": None})}
    old = f'[[package]]\nname = "a"\nversion = "1"\nsource = "registry+x"\n\n[metadata]\n"checksum a 1 (registry+x)" = "{HEX}"\n'  # noqa: E501
    assert counts(systems.cargo(old)) == (1, 1)
    assert systems.cargo("version = 3\n").packages == {}
    assert found.patterns == {"members"}


def test_go() -> None:
    found = systems.go("x.org/a v1.0.0 h1:abc=\nx.org/a v1.0.0/go.mod h1:abc=\n\n")
    assert counts(found) == (1, 1)
    assert found.patterns == {"x.org/a v1.0.0", "x.org/a v1.0.0/go.mod"}
    with pytest.raises(Malformed) as problem:
        systems.go("x.org/a v1.0.0 h1:abc=\n<<<<<<< HEAD\n")
    assert problem.value.line == 2


def test_gradle() -> None:
    found = systems.gradle("# x\ng:a:1.0=compile,runtime\nempty=\n")
    assert (found.packages, counts(found)) == ({"g:a": ("1.0",)}, (0, 0))
    text = '<verification-metadata><components><component group="g" name="a" version="1"><artifact name="x"><sha256 value="0"/></artifact></component><component group="g" name="b" version="1"></component></components></verification-metadata>'  # noqa: E501
    assert counts(systems.verification(text)) == (1, 2)


def test_nuget() -> None:
    lock = {
        "version": 1,
        "dependencies": {
            "net8.0": {
                "A": {"type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "x"},
                "B": {"type": "Transitive", "resolved": "2.0.0"},
                "P": {"type": "Project"},
                "C": {"type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "x"},
            },
            "net9.0": {"C": {"type": "Direct", "requested": "[2.0.0, )", "resolved": "2.0.0", "contentHash": "x"}},
        },
    }
    found = systems.nuget(json.dumps(lock))
    assert counts(found) == (3, 4)
    assert found.wanted == {"": Wanted({"a": "[1.0.0, )", "c": None})}
    assert found.packages["c"] == ("1.0.0", "2.0.0")


def test_terraform() -> None:
    found = systems.terraform(
        'provider "registry.terraform.io/Hashicorp/aws" {\n  version = "5.1.0"\n  hashes = [\n    "h1:x",\n  ]\n}\n'
        'provider "short/name" {\n  version = "1"\n}\n'
    )
    assert counts(found) == (1, 2)
    assert set(found.packages) == {"hashicorp/aws", "short/name"}


def test_composer() -> None:
    lock = {
        "content-hash": "abc",
        "packages": [
            {"name": "a/a", "version": "1", "dist": {"reference": "0" * 40}, "provide": {"a/virtual": "1"}},
            {"name": "b/b", "version": "1", "dist": {"shasum": "x"}, "replace": {"b/old": "1"}},
            {"name": "c/c", "version": "1"},
            {"name": "d/d", "dist": {"type": "path"}},
        ],
        "packages-dev": None,
    }
    found = declared.composer(json.dumps(lock))
    assert counts(found) == (2, 3)
    assert found.wanted[""].digest == "abc"
    assert {"a/virtual", "b/old"} <= set(found.wanted[""].specs)


def test_bundler() -> None:
    found = declared.bundler(
        f"""GIT
  remote: https://x.org
  specs:
    g (1.0)

GEM
  remote: https://rubygems.org/
  specs:
    a (1.0)
      b (~> 1)
    b (1.1-x86_64-linux)

DEPENDENCIES
  a (~> 1.0, >= 1.0.1)
  g!

CHECKSUMS
  a (1.0) sha256={HEX}
"""
    )
    assert counts(found) == (1, 2)
    assert found.wanted == {"": Wanted({"a": "~> 1.0, >= 1.0.1", "g": ""})}


def test_mix() -> None:
    found = declared.mix(
        f'%{{\n  "a": {{:hex, :a, "1.0.0", "{HEX}", [:mix], [], "hexpm", "{HEX}"}},\n'
        f'  "g": {{:git, "https://x.org", "{HEX[:40]}", []}},\n  "old": {{:hex, :old, "1.0"}},\n}}\n'
    )
    assert counts(found) == (1, 2)
    assert set(found.packages) == {"a", "g", "old"}


def test_pub() -> None:
    found = declared.pub(
        f"""packages:
  a:
    dependency: "direct main"
    description:
      name: a
      sha256: {HEX}
    source: hosted
    version: "1.0.0"
  flutter:
    source: sdk
    version: "0.0.0"
  b:
    source: hosted
    version: "2.0.0"
sdks:
  dart: ">=3.0.0"
"""
    )
    assert counts(found) == (1, 2)
    assert found.packages == {"a": ("1.0.0",), "flutter": ("0.0.0",), "b": ("2.0.0",)}


def test_swift() -> None:
    pins = [
        {"identity": "swift-a", "location": "https://x.org/Swift-A.git", "state": {"revision": "0", "version": "1"}},
        {"identity": "s.b", "state": {"version": "1"}},
    ]
    found = declared.swift(json.dumps({"version": 2, "pins": pins}))
    assert (counts(found), set(found.packages)) == ((1, 2), {"swift-a", "s.b"})
    old = {"object": {"pins": [{"repositoryURL": "https://x.org/c", "state": {"branch": "main", "revision": "0"}}]}}
    assert declared.swift(json.dumps(old)).packages == {"c": ("main",)}
    assert declared.swift('{"pins": []}').packages == {}


def test_helm() -> None:
    found = declared.helm("dependencies:\n- name: a\n  version: 1.0.0\n- version: 1\n")
    assert (found.packages, counts(found)) == ({"a": ("1.0.0",)}, (0, 0))


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (javascript.npm, "{}"),
        (javascript.npm, "<<<<<<< HEAD"),
        (javascript.pnpm, "a: b"),
        (javascript.bun, "{}"),
        (python.poetry, "words"),
        (python.uv, "words"),
        (python.pdm, ""),
        (python.pylock, ""),
        (python.pipenv, "{}"),
        (systems.cargo, ""),
        (systems.verification, "<x/>"),
        (systems.nuget, "{}"),
        (declared.composer, "{}"),
        (declared.bundler, ""),
        (declared.mix, ""),
        (declared.pub, ""),
        (declared.swift, "{}"),
    ],
)
def test_what_is_no_lock(reader: object, text: str) -> None:
    with pytest.raises(Malformed):
        reader(text)  # type: ignore[operator]


def test_record_by_name() -> None:
    repo = Repository.of({"Cargo.lock": "version = 4\n", "bun.lockb": b"\0", "settings-gradle.lockfile": "g:a:1=x"})
    assert record(repo, Lock(Ecosystem.CARGO, "cargo", "Cargo.lock")) == Record({}, patterns=frozenset({"members"}))
    assert isinstance(record(repo, Lock(Ecosystem.BUN, "bun", "bun.lockb")), Unread)
    gradle = record(repo, Lock(Ecosystem.GRADLE, "gradle", "settings-gradle.lockfile"))
    assert isinstance(gradle, Record)
    assert gradle.packages == {"g:a": ("1",)}
    assert record(repo, Lock(Ecosystem.MAVEN, "checksums", "x")) == Record({})
