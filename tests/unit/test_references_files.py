"""What the files that name a toolchain say, and submodules."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import SHA, commit, facts, git, repository
from sscop.artefacts.references import references
from sscop.repository import open_repository

HASH = "a" * 64


TOOLS = (
    "nvmrc node-version python-version ruby-version java-version go-version terraform-version bazelversion "
    "swift-version opentofu-version"
)


@pytest.mark.parametrize("tool", TOOLS.split())
def test_version_files(tool: str) -> None:
    assert list(facts({f".{tool}": "1.2.3\n", f"sub/.{tool}": "1.2\n"})) == [
        f"1 toolchain exact {tool} 1.2.3",
        f"1 toolchain mutable {tool} 1.2",
    ]


@pytest.mark.parametrize(
    ("path", "source", "wanted"),
    [
        (".nvmrc", "# c\n\nv20.1.0\n", ["3 exact nvmrc v20.1.0"]),
        (".nvmrc", "lts/*\n", ["1 mutable nvmrc lts/*"]),
        (".nvmrc", "20 # why\n", ["1 mutable nvmrc 20"]),
        (".python-version", "3.12.1\n3.11\n", ["1 exact python-version 3.12.1", "2 mutable python-version 3.11"]),
        (".java-version", "temurin-21.0.1\n", ["1 exact java-version temurin-21.0.1"]),
        (".python-version", "system\n", []),
        (".nvmrc", "", []),
        (
            ".tool-versions",
            "node 20.1.0\npython 3\n# c\nruby latest\n",
            ["1 exact node 20.1.0", "2 mutable python 3", "4 mutable ruby latest"],
        ),
        (".tool-versions", "java temurin-21.0.1 system\ngo system\nodd\n", ["1 exact java temurin-21.0.1"]),
        (
            "mise.toml",
            '[tools]\nnode = "20.1.0"\npython = \'3\'\n"npm:x" = "latest"\n',
            ["2 exact node 20.1.0", "3 mutable python 3", "4 mutable npm:x latest"],
        ),
        (
            "mise.toml",
            '[env]\nA = "1"\n[tools]\ngo = { version = "1.2" }\nrust = ["1.80.1"]\n[tasks]\nb = "2"\n',
            ["4 mutable go 1.2", "5 exact rust 1.80.1"],
        ),
        (".config/mise.toml", '[tools]\nnode = "20"\n', ["2 mutable node 20"]),
        ("rust-toolchain", "stable\n", ["1 mutable rust stable"]),
        ("rust-toolchain", "1.80\n", ["1 exact rust 1.80"]),
        ("rust-toolchain.toml", '[toolchain]\nchannel = "nightly-2026-01-01"\n', ["2 exact rust nightly-2026-01-01"]),
        ("rust-toolchain.toml", "[toolchain]\nchannel = 'nightly'\n", ["2 mutable rust nightly"]),
        ("rust-toolchain.toml", "[toolchain]\n", []),
        (
            "global.json",
            '{\n"sdk": {\n"version": "8.0.100",\n"rollForward": "disable"}}',
            ["3 exact dotnet-sdk 8.0.100"],
        ),
        ("global.json", '{"sdk": {"version": "8.0.100"}}', ["1 mutable dotnet-sdk 8.0.100"]),
        (
            "global.json",
            '{"sdk": {"version": "8.0.100", "rollForward": "latestMajor"}}',
            ["1 mutable dotnet-sdk 8.0.100"],
        ),
        ("global.json", '{"msbuild-sdks": {"a": "1"}}', []),
        ("global.json", "{}", []),
        (
            "gradle/wrapper/gradle-wrapper.properties",
            "a=b\ndistributionUrl=https\\://x.org/g-8.5-bin.zip\n",
            ["2 exact gradle-wrapper.properties https://x.org/g-8.5-bin.zip"],
        ),
        (
            "gradle-wrapper.properties",
            f"distributionUrl=https\\://x.org/g-8.5.zip\ndistributionSha256Sum={HASH}\n",
            ["1 immutable gradle-wrapper.properties https://x.org/g-8.5.zip"],
        ),
        (
            "gradle-wrapper.properties",
            "distributionUrl=https\\://x.org/g-8.5-snapshot.zip\n",
            ["1 mutable gradle-wrapper.properties https://x.org/g-8.5-snapshot.zip"],
        ),
        (
            "gradle-wrapper.properties",
            "distributionUrl=https\\://x.org/g.zip\ndistributionSha256Sum=abc\n",
            ["1 mutable gradle-wrapper.properties https://x.org/g.zip"],
        ),
        (
            ".mvn/wrapper/maven-wrapper.properties",
            "wrapperVersion=3\ndistributionUrl=https://x.org/3.9.6/m.zip\n",
            ["2 exact maven-wrapper.properties https://x.org/3.9.6/m.zip"],
        ),
        ("gradle-wrapper.properties", "a=b\n", []),
        ("package.json", '{\n"packageManager": "pnpm@9.1.0"}', ["2 exact pnpm 9.1.0"]),
        ("package.json", '{"packageManager": "pnpm@9.1.0+sha512.abc"}', ["1 immutable pnpm 9.1.0+sha512.abc"]),
        ("package.json", '{"packageManager": "yarn@stable"}', ["1 mutable yarn stable"]),
        ("package.json", '{"packageManager": 5}', []),
        ("package.json", '["packageManager"]', []),
        ("package.json", "{}", []),
        ("package.json", "not json", []),
        ("package.json", '{"packageManager": ', ["1 ! is not valid JSON: Expecting value: line 1 column 20 (char 19)"]),
        ("package.json", '{"packageManager": ' + "[" * 200_000, ["None ! is nested too deeply or too large to read"]),
        (
            "pyproject.toml",
            '[build-system]\nrequires = ["a==1.2.3", "b>=2",\n  # "c"\n  \'d\']\n',
            ["2 exact build-system a==1.2.3", "2 mutable build-system b>=2", "4 mutable build-system d"],
        ),
        (
            "pyproject.toml",
            '[project]\nrequires = ["x"]\n[build-system]\nbuild-backend = "y"\n[tool.z]\nrequires = ["w"]\n',
            [],
        ),
        ("pyproject.toml", '[build-system]\nrequires = ["a[b]>=1"]\n', ["2 mutable build-system a[b]>=1"]),
        ("pyproject.toml", "[build-system]\nrequires = []\n", []),
        (
            ".readthedocs.yaml",
            "build:\n  tools:\n    python: '3.12'\n    nodejs: 20.1.0\n",
            ["3 mutable python 3.12", "4 exact nodejs 20.1.0"],
        ),
        (".readthedocs.yml", "build: x\n", []),
        (".readthedocs.yaml", "build: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
        (".nvmrc", b"\0", ["None ! is not text"]),
    ],
)
def test_toolchains(path: str, source: str | bytes, wanted: list[str]) -> None:
    assert [fact.replace(" toolchain ", " ") for fact in facts({path: source})] == wanted


def test_a_file_over_its_limit_is_unknown() -> None:
    assert list(facts({".nvmrc": "#" * (1024 * 1024 + 1)})) == [
        "None ! 1,048,577 bytes is over the limit of 1,048,576 for this kind of file"
    ]


@pytest.mark.parametrize("path", ["vendor/.nvmrc", "node_modules/x/package.json", "tests/data/global.json"])
def test_what_does_not_count(path: str) -> None:
    assert list(facts({path: '{"packageManager": "yarn@1", "version": "1"}'})) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("pyproject.toml", "\n"),
        ("pyproject.toml", "[build-system]\n"),
        ("gradle-wrapper.properties", "\n"),
        ("gradle-wrapper.properties", " \n"),
        ("package.json", '"packageManager"\n'),
        ("mise.toml", "a = {\n"),
        (".nvmrc", "\n"),
        (".tool-versions", " \n"),
        ("rust-toolchain", " \n"),
        ("global.json", '"version"\n'),
    ],
)
def test_a_file_of_one_line_again_and_again_ends(path: str, line: str) -> None:
    assert len(list(facts({path: line * 20_000}))) <= 1


def test_submodules(tmp_path: Path) -> None:
    other = repository(tmp_path / "other", {"a": "1"})
    folder = repository(tmp_path / "r")
    for name in ("mods/one", "two"):
        git(folder, "submodule", "--quiet", "add", str(other), name)
    commit(folder)
    name = git(other, "rev-parse", "HEAD")
    found = list(references(open_repository(str(folder))))
    assert [(getattr(one, "path", ""), getattr(one, "line", 0), getattr(one, "subject", "")) for one in found] == [
        (".gitmodules", 2, f"mods/one@{name}"),
        (".gitmodules", 5, f"two@{name}"),
    ]
    assert {one.fixity.value for one in found} == {"immutable"}
    assert SHA not in name


def test_what_was_deleted_from_the_working_tree_is_not_there(tmp_path: Path) -> None:
    names = [
        *(
            ".github/workflows/a.yml",
            "action.yml",
            "Dockerfile",
            "compose.yml",
            ".devcontainer.json",
            "docker-bake.hcl",
        ),
        *(".pre-commit-config.yaml", ".gitlab-ci.yml", ".circleci/config.yml", "azure-pipelines.yml"),
        *("bitbucket-pipelines.yml", ".nvmrc", "package.json", "pyproject.toml"),
    ]
    folder = repository(tmp_path / "r", dict.fromkeys(names, "x"))
    for name in names:
        (folder / name).unlink()
    repo = open_repository(str(folder))
    assert repo.find("**") == sorted(names)
    assert list(references(repo)) == []
