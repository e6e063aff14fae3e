"""Which third-party code is told apart in a repository, and what is found about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers import git
from sscop.artefacts.embedded import vendored
from sscop.artefacts.embedded.facts import Identity, Seen, asked_for, facts, near, of_source, of_text
from sscop.artefacts.embedded.places import Component, is_code, is_licence, is_test, stem
from sscop.repository import Repository, open_repository

C = "int a;\n"
MIT = "Permission is hereby granted, free of charge\n"


def pieces(files: Mapping[str, str | bytes]) -> list[str]:
    return [one.component.path for one in vendored(Repository.of(files)).pieces]


def known(files: Mapping[str, str | bytes]) -> tuple[str, str, str]:
    (piece,) = vendored(Repository.of(files)).pieces
    origin, version, licence = piece.identity
    return (
        origin.text if origin else "",
        version.text if version else "",
        f"{licence.path}:{licence.line}" if licence else "",
    )


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["third_party/a/x.c", "third_party/b/y.c"], ["third_party/a", "third_party/b"]),
        (["third_party/a/deep/x.c", "third_party/a/README"], ["third_party/a"]),
        (["third_party/rust/a/x.rs", "third_party/rust/b/y.rs"], ["third_party/rust/a", "third_party/rust/b"]),
        (["third_party/group/a/x.c", "third_party/group/b/y.c"], ["third_party/group/a", "third_party/group/b"]),
        (["third_party/a/src/x.c", "third_party/a/include/x.h"], ["third_party/a"]),
        (
            ["third_party/github.com/o/r/x.go", "third_party/github.com/o/s/x.go"],
            ["third_party/github.com/o/r", "third_party/github.com/o/s"],
        ),
        (["third_party/sqlite3.c", "third_party/sqlite3.h"], ["third_party/sqlite3.c"]),
        (["third_party/BUILD", "third_party/a/a.patch", "third_party/__init__.py"], []),
        (["third_party/make/make.py", "third_party/cmake/a.c", "third_party/a/a.c"], ["third_party/a"]),
        (["vendor/assets/javascripts/zx.js"], ["vendor/assets/javascripts/zx.js"]),
        (["src/vendor/x.rs", "src/vendor/LICENSE"], ["src/vendor"]),
        (["src/vendor/x.rs"], []),
        (["app/external/client.py", "app/external/__init__.py"], []),
        (["deps/a/a.c", "deps/a/COPYING", "deps/b/b.c"], ["deps/a", "deps/b"]),
        (["tests/vendor/a/a.c", "spec/fixtures/third_party/a/a.c", "unit_test/third_party/a.c"], []),
        (["app/views/vendor/show.rb", "resources/views/vendor/a.php"], []),
        (["third_party/a/third_party/b/b.c", "third_party/a/a.c"], ["third_party/a"]),
        (["static/jquery.js"], []),
        (["static/app.min.js", "static/app.js"], []),
        (["static/app.min.js", "static/styles-dark.min.css"], []),
        (["static/odd.min.js"], ["static/odd.min.js"]),
        (["dist/app.min.js", "build/x.min.css"], []),
        (["static/chart-4.4.1.js", "static/chart-own.js"], ["static/chart-4.4.1.js"]),
        (["static/select2-4.1.0.js", "static/select2-4.1.0.css"], ["static/select2-4.1.0.css"]),
        (["static/chart.js"], []),
        (["static/css/x.min.css", "static/js/x.min.js"], ["static/css/x.min.css"]),
        (["web/libs/tinymce/a/x.min.js", "web/libs/tinymce/b/y.min.js"], ["web/libs/tinymce"]),
        (["web/DataTables-1.10.16/js/x.min.js", "web/DataTables-1.10.16/a.css"], ["web/DataTables-1.10.16"]),
        (["bin/a.dll", "bin/b.dll"], ["bin/a.dll", "bin/b.dll"]),
        (["bin/a.dll", "bin/b.dll", "bin/c.exe"], ["bin"]),
        (["libs/tool/a.dll", "libs/tool/readme.txt"], ["libs/tool"]),
        (["a.wasm", "b.jar"], ["a.wasm", "b.jar"]),
        (["playground/a.wasm", "src/test/resources/a.jar"], []),
    ],
)
def test_what_one_component_is(paths: list[str], expected: list[str]) -> None:
    assert sorted(pieces(dict.fromkeys(paths, C))) == expected


@pytest.mark.parametrize("name", ["a.so", "a.lib", "a.node", "a.class"])
def test_programs_are_looked_into_where_the_extension_proves_nothing(name: str) -> None:
    assert pieces({f"bin/{name}": "text\n"}) == []
    assert pieces({f"bin/{name}": b"\x7fELF\0"}) == [f"bin/{name}"]
    assert pieces({f"bin/{name}": b"!<arch>\n"}) == [f"bin/{name}"]


def test_single_file_libraries_that_have_common_names() -> None:
    assert pieces({"include/json.hpp": "struct Json {};\n"}) == []
    assert pieces({"include/json.hpp": "// JSON for Modern C++, Niels Lohmann <https://nlohmann.me>\n"}) == [
        "include/json.hpp"
    ]
    assert pieces({"src/stb_image.h": C}) == ["src/stb_image.h"]


def test_a_library_is_more_than_the_lines_that_import_it() -> None:
    assert pieces({"static/jquery.js": "a;\n" * 1000}) == ["static/jquery.js"]


def test_what_has_the_products_name_is_its_own() -> None:
    assert pieces({"static/billing.min.css": "a{}", "package.json": '{"name": "@o/billing"}'}) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"vendor/modules.txt": "# a v1\n", "vendor/a/a.go": C}, ["vendor/modules.txt"]),
        ({"vendor/modules.txt": "# a v1\n", "src/third_party/a/a.c": C}, ["vendor/modules.txt"]),
        ({"composer.lock": "{}", "vendor/a/a.php": C}, ["composer.lock"]),
        ({"vendor/composer/installed.json": "[]", "vendor/a/a.php": C}, ["vendor/composer/installed.json"]),
        ({"node_modules/a/a.js": C, "package-lock.json": "{}"}, ["package-lock.json"]),
        ({"Gemfile.lock": "GEM\n", "vendor/cache/a-1.0.gem": b"\0"}, ["Gemfile.lock"]),
        ({"Gemfile.lock": "GEM\n", "vendor/bundle/ruby/a.rb": C}, ["Gemfile.lock"]),
        ({"Cargo.lock": "", "vendor/a/.cargo-checksum.json": "{}", "vendor/a/a.rs": C}, ["Cargo.lock"]),
        ({"src/_vendor/vendor.txt": "a==1\n", "src/_vendor/a/a.py": C}, ["src/_vendor/vendor.txt"]),
    ],
)
def test_folders_that_a_package_manager_fills(files: Mapping[str, str | bytes], expected: list[str]) -> None:
    assert [one.by for one in vendored(Repository.of(files)).managed] == expected


def test_packages_and_wrappers() -> None:
    found = vendored(
        Repository.of(
            {
                "wheels/attrs-25.4.0-py3-none-any.whl": b"PK",
                "lib.nupkg/a.1.2.3.nupkg": b"PK",
                "gradle/wrapper/gradle-wrapper.jar": b"PK",
                "tests/attrs-25.4.0-py3-none-any.whl": b"PK",
            }
        )
    )
    assert found.packages == ("lib.nupkg/a.1.2.3.nupkg", "wheels/attrs-25.4.0-py3-none-any.whl")
    assert found.wrappers == ("gradle/wrapper/gradle-wrapper.jar",)
    assert found.pieces == ()


def test_submodules_are_known(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitmodules").write_text('[submodule "a"]\n\tpath = third_party/a\n\turl = https://git.invalid/a\n')
    git(tmp_path, "add", ".gitmodules")
    for path in ("third_party/a", "tests/fixtures/b"):
        git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{path}")
    assert vendored(open_repository(str(tmp_path))).submodules == ("third_party/a",)


def test_more_than_can_be_told_apart() -> None:
    assert vendored(Repository.of({f"third_party/a{n}/a.c": C for n in range(303)})).more == 3


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "third_party/a/a.c": C,
                "third_party/a/LICENSE": MIT,
                "third_party/a/README.md": "# a 1.2.3\nhttps://git.invalid/a\n",
            },
            ("https://git.invalid/a", "1.2.3", "third_party/a/LICENSE:1"),
        ),
        (
            {
                "third_party/a/a.c": C,
                "third_party/a/README.chromium": "URL: https://git.invalid/a\nVersion: 7.1\nLicense: MIT\n",
            },
            ("https://git.invalid/a", "7.1", "third_party/a/README.chromium:3"),
        ),
        (
            {"third_party/a/a.c": C, "third_party/README.md": "| a | https://git.invalid/a | 2.0.1 | MIT |\n"},
            ("https://git.invalid/a", "2.0.1", "third_party/README.md:1"),
        ),
        (
            {
                "third_party/a/a.c": C,
                "NOTICE": "Also holds:\n\na 3.1 from https://git.invalid/a, under the MIT license\n",
            },
            ("https://git.invalid/a", "3.1", "NOTICE:3"),
        ),
        ({"third_party/a/a.h": '#define A_VERSION "1.4"\n'}, ("", "1.4", "")),
        ({"third_party/lua/lua.h": '#define LUA_VERSION\t"Lua 5.1"\n'}, ("", "5.1", "")),
        ({"third_party/a/a.h": "#define A_VERSION_MAJOR 1\n"}, ("", "", "")),
        ({"third_party/a/a.h": '#define A_VERSION "1.4"\n#define B_VERSION "1.5"\n'}, ("", "", "")),
        (
            {"third_party/a/CMakeLists.txt": "cmake_minimum_required(VERSION 3.28)\n", "third_party/a/a.c": C},
            ("", "", ""),
        ),
        ({"third_party/a/CMakeLists.txt": "project(a\n  VERSION 1.9.2)\n", "third_party/a/a.c": C}, ("", "1.9.2", "")),
        ({"third_party/a/configure.ac": "AC_INIT([a], [2.6])\n", "third_party/a/a.c": C}, ("", "2.6", "")),
        ({"third_party/a/a.c": "// Licensed under the Apache License, Version 2.0\n"}, ("", "", "third_party/a/a.c:1")),
        ({"third_party/a/go.mod": "module git.invalid/a\n", "third_party/a/a.go": C}, ("module git.invalid/a", "", "")),
        ({"third_party/a-1.2.3/a.c": C}, ("", "1.2.3", "")),
        (
            {"static/jquery.min.js": "/*! jQuery v3.7.1 | (c) X | jquery.org/license */\n"},
            ("", "3.7.1", "static/jquery.min.js:1"),
        ),
        ({"static/jquery-ui.min.js": "/*! jQuery UI - v1.13.2 - 2022 */\n"}, ("", "1.13.2", "")),
        (
            {"static/html5shiv.min.js": "/**\n* @preserve HTML5 Shiv 3.7.3 | MIT\n*/\n"},
            ("", "3.7.3", "static/html5shiv.min.js:2"),
        ),
        ({"static/x.min.js": "/*! Minified by a 9.9.9 */\nvar a={version:'2.0.8'}\n"}, ("", "2.0.8", "")),
        (
            {"static/x.min.js": "!function(){}()\n", "package.json": '{"dependencies": {"x.js": "^2.1.0"}}'},
            ("pkg:npm/x.js", "2.1.0", ""),
        ),
        ({"static/x.min.js": "!function(){}()\n", "package.json": '{"dependencies": {"y": "^2.1.0"}}'}, ("", "", "")),
        (
            {"third_party/a/a.c": C, "LICENSE": "a 9.9 is under the MIT license, see https://git.invalid/a\n"},
            ("https://git.invalid/a", "", "LICENSE:1"),
        ),
        ({"third_party/a/a.c": b"\0\0", "third_party/a/README": b"\0\0"}, ("", "", "")),
    ],
)
def test_what_is_written_about_a_component(files: Mapping[str, str | bytes], expected: tuple[str, str, str]) -> None:
    assert known(files) == expected


def test_facts() -> None:
    assert facts("commit: 1234567890ab\n", "a").version == Seen("1234567890ab", "a", 1)
    assert facts("commit: aaaaaaaaaa 1234567\n", "a").version is None  # words and numbers, no commits
    assert facts("x\nsee https://opensource.org/licenses and https://git.invalid/b.\n", "a").origin == Seen(
        "https://git.invalid/b.", "a", 2
    )
    assert facts("pkg:pypi/x@1.2.3", "a").origin == Seen("pkg:pypi/x@1.2.3", "a", 1)
    assert facts("nothing", "a") == Identity()
    assert of_text("## 1.4.0 (2026-01-01)\n", "CHANGELOG.md").version == Seen("1.4.0", "CHANGELOG.md", 1)
    assert of_text("a\n\n\n\n1.4.0\n", "README.md").version is None
    assert near("b 1.0\n", "l", "a") == Identity()
    assert asked_for("{}", "package.json", "a") == Identity()
    assert of_source("/* Axe v4.11.1 */", "a.js", "axe-core").version == Seen("4.11.1", "a.js", 1)
    block = "/*\nWAV audio loader.\ndr_wav - v0.13.16 - 2024-02-27\n\nhttps://git.invalid/dr\n*/\nint a; // MIT\n"
    found = of_source(block, "dr_wav.h", "dr_wav")
    assert [one and one.line for one in found] == [5, 3, 7]
    assert of_source("// stb_perlin.h - v0.5 - noise", "a.h", "stb_perlin").version == Seen("0.5", "a.h", 1)
    assert of_source("// Ogg Vorbis decoder - v1.22 - public domain", "a.c", "stb_vorbis").version == Seen(
        "1.22", "a.c", 1
    )
    assert of_source("/** Tom Select v2.6.1 */", "a.js", "tom-select.popular").version == Seen("2.6.1", "a.js", 1)
    assert of_source("/*! mark.js v8.11.1 */", "a.js", "jquery.mark").version == Seen("8.11.1", "a.js", 1)
    assert of_source("/* x */", "a.js", "").version is None


def test_names() -> None:
    assert [stem(one) for one in ("a/jquery-3.7.1.min.js", "b.pkgd.min.css", "sqlite3.c", "x")] == [
        "jquery",
        "b",
        "sqlite3",
        "x",
    ]
    assert is_code("a.CPP")
    assert not is_code("a.txt")
    licences = ["LICENSE", "a/COPYING.txt", "x-LICENSE-MIT"]
    assert [one for one in (*licences, "license.py", "readme") if is_licence(one)] == licences
    assert is_test("src/test/")
    assert not is_test("src/contest/")


def test_the_file_to_point_at() -> None:
    files = ("t/a/.x", "t/a/src/a.c", "t/a/LICENSE", "t/a/doc/README.md", "t/a/README.md")
    assert [Component("a", "t/a", "t", files[:n]).place for n in (1, 2, 3, 4, 5)] == [
        "t/a/.x", "t/a/src/a.c", "t/a/LICENSE", "t/a/doc/README.md", "t/a/README.md",
    ]  # fmt: skip
