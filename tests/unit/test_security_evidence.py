"""Linters with security rules, fuzz targets, negative tests, and builds that make SBOMs."""

from __future__ import annotations

import pytest

from sscop.artefacts.fuzzing import fuzz_targets, negative_tests
from sscop.artefacts.sboms.generators import configured
from sscop.artefacts.security_linters import compiled_in, security_linters
from sscop.repository import Repository


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        (".golangci.yml", "linters:\n  enable:\n    - gosec\n", [("golangci-lint", 3)]),
        (".golangci.yml", "linters: {enable: [errcheck, gosec]}\n", []),
        (".golangci.toml", '[linters]\nenable = [\n  "gosec",\n]\n', [("golangci-lint", 3)]),
        (".golangci.yml", "linters:\n  default: all\n", [("golangci-lint", 2)]),
        (".golangci.yml", "linters:\n  enable-all: true\n  disable:\n    - wsl\n    - gosec\n", []),
        (".golangci.yml", "linters:\n  enable:\n    - errcheck\n", []),
        ("pyproject.toml", "[tool.ruff.lint]\nselect = [\n  'E', 'S',\n]\n", [("Ruff", 3)]),
        ("pyproject.toml", "[tool.ruff.lint]\nextend-select = ['ALL']\n", [("Ruff", 2)]),
        ("ruff.toml", "[lint]\nselect = ['SIM']\n", []),
        ("package.json", '{"devDependencies": {\n"eslint-plugin-security": "1"}}', [("ESLint", 2)]),
    ],
)
def test_linters_with_security_rules(path: str, text: str, wanted: list[tuple[str, int]]) -> None:
    found = security_linters(Repository.of({path: text}))
    assert [(one.linter, one.line) for one in found] == wanted


def test_an_analyser_that_is_compiled_in() -> None:
    project = '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>\n<PackageReference Include="SecurityCodeScan.VS2019" Version="5.6.7"/>\n</ItemGroup></Project>'
    found = compiled_in(Repository.of({"a.csproj": project}))
    assert found is not None
    assert found.path == "a.csproj"
    assert compiled_in(Repository.of({})) is None


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("fuzz/fuzz_targets/a.rs", "#![no_main]\nfuzz_target!(|d| {});\n", 2),
        ("x_fuzz_test.go", "package x\n\nfunc FuzzA(f *testing.F) {}\n", 3),
        ("a_fuzzer.cc", 'extern "C" int LLVMFuzzerTestOneInput(const uint8_t *d, size_t n) {\n', 1),
        ("fuzz/a.py", "import atheris\natheris.Setup(a, b)\n", 2),
        ("src/AFuzzTest.java", "class A {\n  @FuzzTest\n", 2),
    ],
)
def test_fuzz_targets(path: str, text: str, line: int) -> None:
    assert [(one.path, one.line) for one in fuzz_targets(Repository.of({path: text}))] == [(path, line)]


def test_what_is_named_for_fuzzing_alone_is_no_target() -> None:
    held = {
        "fuzzing.go": 'var x = "LLVMFuzzerTestOneInput"\n',
        "vendor/fuzz_a.c": "int LLVMFuzzerTestOneInput(",
        "fuzz.py": b"\xff\xfe\x00",
    }
    assert fuzz_targets(Repository.of(held)) == ()


def test_only_some_targets_are_looked_for() -> None:
    held = {f"fuzz/fuzz_targets/{n}.rs": "fuzz_target!(|d| {});" for n in range(60)}
    assert len(fuzz_targets(Repository.of(held))) == 40


def test_negative_tests_by_name() -> None:
    tests = [
        "tests/test_invalid_input.py",
        "src/RejectsTest.java",
        "tests/test_orders.py",
        "t/validity_test.go",
        "a/csrf_test.go",
    ]
    assert [one.path for one in negative_tests(tests)] == [
        "tests/test_invalid_input.py",
        "src/RejectsTest.java",
        "a/csrf_test.go",
    ]


POM = "<project><build>{}<plugins><plugin>\n<artifactId>cyclonedx-maven-plugin</artifactId>{}</plugin></plugins>{}</build></project>"


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        ("pom.xml", POM.format("", "<executions><execution/></executions>", ""), [(2, "", True)]),
        ("pom.xml", POM.format("", "", ""), [(2, "", False)]),
        ("pom.xml", POM.format("", "", "") + "<parent><artifactId>spring-boot-starter-parent</artifactId></parent>", [(2, "", True)]),
        ("pom.xml", POM.format("<pluginManagement>", "", "</pluginManagement>"), []),
        ("build.gradle", "plugins {\n  id 'org.cyclonedx.bom' version '2'\n}\n", [(2, "", False)]),
        ("build.gradle.kts", 'plugins {\n  id("org.springframework.boot")\n  id("org.cyclonedx.bom")\n}\n', [(3, "", True)]),
        ("build.gradle", "plugins { id 'java' }\n// a bom\n", []),
        (".goreleaser.yml", "sboms:\n  - artifacts: archive\n", [(2, "GoReleaser", False)]),
        (".goreleaser.yml", "sboms: []\n", []),
        (".goreleaser.yml", "sboms: [", []),
        ("jreleaser.yml", "catalog:\n  sbom:\n    cyclonedx:\n      active: ALWAYS\n", [(3, "JReleaser", False)]),
        ("jreleaser.yml", "catalog:\n  sbom:\n    cyclonedx:\n      active: NEVER\n", []),
        ("dist-workspace.toml", "[dist]\ncargo-cyclonedx = true\n", [(2, "dist", False)]),
        ("Cargo.toml", "[package]\n# cargo-cyclonedx = true\n", []),
        ("vite.config.ts", "import a from 'a'\nimport sbom from 'rollup-plugin-sbom'\n", [(2, "", True)]),
        ("webpack.config.js", "plugins: []", []),
        ("pom.xml", "<project><parent>\n<artifactId>commons-parent</artifactId></parent></project>", [(2, "", True)]),
        ("pom.xml", "<project/>", []),
        ("a.csproj", "<Project>\n<GenerateSBOM>true</GenerateSBOM></Project>", [(2, "", True)]),
        ("a.csproj", "<Project><GenerateSBOM>false</GenerateSBOM></Project>", []),
    ],
)  # fmt: skip
def test_builds_that_make_an_sbom(path: str, text: str, wanted: list[tuple[int, str, bool]]) -> None:
    found = configured(Repository.of({path: text}))
    assert [(one.line, one.needs, one.bound) for one in found] == wanted
