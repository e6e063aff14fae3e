"""What the check of locks says, beyond its cases: grouping, reasons, requirements files, frozen installations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import git
from sscop.artefacts.ecosystems import manifests
from sscop.judgement import requirements_files, unlockable
from sscop.judgement.lock_words import WORDS, hashes
from sscop.judgement.problems import Problem, count, told
from sscop.model import Evidence, Finding, Kind
from sscop.repository import Repository, open_repository
from sscop_hooks.design.dependency_locks import dependency_locks

PINNED = "flask==3.0.0\n"
HASHED = f"flask==3.0.0 --hash=sha256:{'0' * 64}\n"


def said(files: dict[str, str]) -> list[tuple[str, str, str]]:
    return [_row(one) for one in dependency_locks.run(Repository.of(files))]


def _row(one: Finding) -> tuple[str, str, str]:
    kind = "advice" if one.kind is Kind.ADVICE else one.outcome.value
    return kind, one.code, one.path


def problem(n: int, code: str = "c") -> Problem:
    return Problem(code, "npm", Evidence(f"{n}", n), f"said {n}", "{n} of them", "fix", subject=f"{n}")


def test_few_are_told_alone_and_many_together() -> None:
    few = list(told(problem(n) for n in range(5)))
    assert [one.key for one in few] == ["0", "1", "2", "3", "4"]
    (many,) = told(problem(n) for n in range(40))
    assert (many.message, many.key, many.subject, len(many.evidence)) == ("40 of them", "npm", "", 25)
    assert len(list(told([problem(1), problem(2, "d")], most=1))) == 2


def test_count() -> None:
    assert [count(1, "package"), count(2, "package"), count(2, "dependency", "dependencies")] == [
        "1 package",
        "2 packages",
        "2 dependencies",
    ]


def test_every_tool_has_words() -> None:
    assert all(hashes(tool) for tool in WORDS)
    assert "uv lock" in hashes("uv")


def judged(files: dict[str, str], locked: set[str] | None = None) -> tuple[list[str], list[tuple[str, str, str]]]:
    found = requirements_files.judge(Repository.of(files).once(manifests), locked or set(), set())
    return [one.path for one in found.locks], [(one.subject, one.code, one.kind.value) for one in found.problems]


@pytest.mark.parametrize(
    ("files", "locks", "problems"),
    [
        ({"requirements.txt": HASHED}, ["requirements.txt"], []),
        ({"requirements.txt": PINNED}, [], [("requirements.txt", "no-hashes", "claim")]),
        ({"requirements.txt": "flask\n"}, [], [("requirements.txt", "no-lock", "claim")]),
        ({"requirements.in": "flask\n", "requirements.txt": HASHED}, ["requirements.txt"], []),
        ({"requirements.in": "flask\n", "requirements.lock": HASHED}, ["requirements.lock"], []),
        ({"requirements.in": "flask\n", "requirements.txt": "flask\n"}, [], [("requirements.in", "no-lock", "claim"), ("requirements.txt", "no-lock", "claim")]),
        ({"a/requirements.txt": "-c constraints.txt\nflask\n", "a/constraints.txt": PINNED}, [], [("a/requirements.txt", "no-hashes", "claim")]),
        ({"requirements-dev.txt": "flask\n"}, [], [("requirements-dev.txt", "no-lock", "advice")]),
        ({".ci/requirements.txt": "flask\n"}, [], [(".ci/requirements.txt", "no-lock", "advice")]),
        ({"requirements.txt": "-r other.txt\n"}, [], []),
        ({"x_requirements.in": "-r base_requirements.in\nflask\n", "base_requirements.in": "click\n", "x_requirements.txt": HASHED}, ["x_requirements.txt"], []),
        ({"requirements.txt": f"a @ git+https://x.org/a@{'0' * 40}\n"}, [], []),
        ({"requirements.txt": f"a @ git+https://x.org/a@main\n{HASHED}"}, [], [("requirements.txt", "no-lock", "claim")]),
    ],
)  # fmt: skip
def test_requirements_files(files: dict[str, str], locks: list[str], problems: list[tuple[str, str, str]]) -> None:
    assert judged(files) == (locks, problems)


def test_requirements_beside_another_lock_are_advice() -> None:
    assert judged({"requirements.txt": PINNED}, {""})[1] == [("requirements.txt", "no-hashes", "advice")]


def test_a_project_whose_lock_is_its_requirements_file() -> None:
    project = '[project]\nname = "a"\ndependencies = ["flask"]\n'
    assert said({"pyproject.toml": project, "requirements.txt": HASHED}) == [("met", "locked", "requirements.txt")]


def pom(version: str, group: str = "g") -> str:
    return (
        "<project><groupId>org.example</groupId><dependencies><dependency>"
        f"<groupId>{group}</groupId><artifactId>a</artifactId><version>{version}</version>"
        "</dependency></dependencies></project>"
    )


@pytest.mark.parametrize(
    ("files", "moves"),
    [
        ({"pom.xml": pom("1.0")}, False),
        ({"pom.xml": pom("[1.0,2.0)")}, True),
        ({"pom.xml": pom("LATEST")}, True),
        ({"pom.xml": pom("1.0-SNAPSHOT")}, True),
        ({"pom.xml": pom("1.0-SNAPSHOT", "org.example.sub")}, False),
        ({"pom.xml": pom("${unknown}")}, False),
        ({"pom.xml": pom("")}, False),
        ({"build.gradle": "implementation 'g:a:1.+'\n"}, True),
        ({"build.gradle": "implementation 'g:a:latest.release'\n"}, True),
        ({"build.gradle": "implementation 'g:a:1.0'\n"}, False),
        ({"a/build.gradle": "implementation 'g:a:1.+'\n", "gradle.lockfile": ""}, False),
        ({"build.gradle": "implementation 'g:a:1.+'\n", "gradle/dependency-locks/compile.lockfile": ""}, False),
        ({"Chart.yaml": "dependencies:\n- {name: a, version: 1.0.0, repository: x}\n"}, False),
        ({"Chart.yaml": "dependencies:\n- {name: a, version: ^1.0.0, repository: x}\n"}, True),
        ({"Chart.yaml": "dependencies:\n- {name: a, repository: x}\n"}, True),
        ({"Chart.yaml": "dependencies:\n- {name: a, version: ^1.0.0, repository: x}\n", "Chart.lock": ""}, False),
        ({"tests/pom.xml": pom("LATEST")}, False),
    ],
)
def test_versions_that_change(files: dict[str, str], moves: bool) -> None:
    assert bool(list(unlockable.moving(Repository.of(files).once(manifests)))) is moves


def test_no_advice_where_hashes_are_kept() -> None:
    files = {"pom.xml": pom("1.0"), ".mvn/checksums/checksums.sha256": "0 x"}
    assert said(files) == [("met", "locked", ".mvn/checksums/checksums.sha256")]
    assert said({"pom.xml": pom("1.0")}) == [
        ("advice", "no-verification", "pom.xml"),
        ("not-applicable", "no-lock-format", ""),
    ]
    broken = {"build.gradle": "implementation 'g:a:1.0'\n", "gradle/verification-metadata.xml": "<x/>"}
    assert ("unknown", "unreadable", "gradle/verification-metadata.xml") in said(broken)


def lock(**packages: bool) -> str:
    entries = {
        f"node_modules/{name}": {"version": "1.0.0", **({"integrity": "x"} if hashed else {})}
        for name, hashed in packages.items()
    }
    return json.dumps(
        {"lockfileVersion": 3, "packages": {"": {"dependencies": dict.fromkeys(packages, "1")}, **entries}}
    )


def npm(*names: str) -> str:
    return json.dumps({"private": True, "dependencies": dict.fromkeys(names, "1")})


def test_a_few_without_a_hash_are_advice() -> None:
    names = [f"p{n}" for n in range(12)]
    files = {"package.json": npm(*names), "package-lock.json": lock(**{name: name != "p3" for name in names})}
    assert said(files) == [("advice", "no-hashes", "package-lock.json"), ("met", "locked", "package-lock.json")]


def test_two_locks() -> None:
    files = {"package.json": npm("a"), "package-lock.json": lock(a=True), "yarn.lock": ""}
    assert ("advice", "two-locks", "yarn.lock") in said(files)


def test_a_lock_of_a_manifest_without_dependencies_is_nothing() -> None:
    files = {"package.json": '{"private": true}', "package-lock.json": lock()}
    assert said(files) == [("not-applicable", "no-dependencies", "")]


def test_development_alone() -> None:
    assert said({"requirements-dev.txt": PINNED})[-1] == ("not-applicable", "no-lock-needed", "")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"Cargo.toml": '[workspace]\nmembers = ["*"]', "a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nx = "1"', "b/Cargo.toml": '[package]\nname = "b"\npublish = false', "b/src/main.rs": ""}, "library-without-lock"),
        ({"Cargo.toml": '[package]\nname = "a"\n[dependencies]\nx = "1"', "src/main.rs": ""}, "no-lock"),
        ({"a/package.json": '{"name": "a", "dependencies": {"x": "1"}}', "b/package.json": '{"dependencies": {"a": "file:../a"}}'}, "library-without-lock"),
        ({"go.mod": "module m\nrequire x.org/a v1\nreplace x.org/a => ../a\n"}, "no-lock-needed"),
        ({"A.csproj": '<Project><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup><ItemGroup><PackageReference Include="x"/></ItemGroup></Project>'}, "no-lock"),
        ({"A.csproj": '<Project><ItemGroup><PackageReference Include="x"/></ItemGroup></Project>'}, "library-without-lock"),
        ({"A.Tests.csproj": '<Project><ItemGroup><PackageReference Include="x"/></ItemGroup></Project>'}, "no-lock-needed"),
        ({"main.tf": 'provider "x" {\n}\n', ".gitignore": "*.hcl\n"}, "no-lock"),
    ],
)  # fmt: skip
def test_what_has_no_lock(files: dict[str, str], code: str) -> None:
    assert said(files)[0][1] == code


def test_a_lock_that_is_on_disk_but_not_tracked(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(npm("a"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    (tmp_path / "package-lock.json").write_text("{}")
    (found,) = dependency_locks.run(open_repository(str(tmp_path)))
    assert found.message.endswith("; package-lock.json is on disk, but not tracked: `git add` it")


def workflow_of(command: str) -> str:
    return f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: {command}\n"


def test_frozen_installations_are_evidence() -> None:
    files = {
        "package.json": npm("a"),
        "package-lock.json": lock(a=True),
        ".github/workflows/ci.yml": workflow_of("npm ci"),
    }
    (found,) = dependency_locks.run(Repository.of(files))
    assert [(one.path, one.line) for one in found.evidence] == [
        ("package-lock.json", None),
        (".github/workflows/ci.yml", 6),
    ]
    files |= {"other/package.json": npm("b"), ".github/workflows/ci.yml": workflow_of("npm install")}
    assert "not-frozen" not in [code for _, code, _ in said(files)]  # it may be for the one that has no lock


def test_yarn_berry_is_held_to_its_lock_in_pipelines() -> None:
    berry = '__metadata:\n  version: 8\n\n"a@npm:1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  checksum: x\n\n"x@workspace:.":\n  resolution: "x@workspace:."\n  dependencies:\n    a: "npm:1"\n'
    files = {"package.json": npm("a"), "yarn.lock": berry, ".github/workflows/ci.yml": workflow_of("yarn install")}
    assert said(files) == [("met", "locked", "yarn.lock")]
    files["yarn.lock"] = 'a@1:\n  version "1.0.0"\n  resolved "https://x.org/a#1"\n  integrity x\n'
    assert said(files) == [("advice", "not-frozen", ".github/workflows/ci.yml"), ("met", "locked", "yarn.lock")]


def test_pip_with_hashes_is_held_by_itself() -> None:
    command = "pip install --require-hashes -r requirements.txt"
    (found,) = dependency_locks.run(
        Repository.of({"requirements.txt": HASHED, ".github/workflows/ci.yml": workflow_of(command)})
    )
    assert len(found.evidence) == 2


@pytest.mark.parametrize(
    ("manifest", "kind"),
    [
        ({"name": "lib", "version": "1", "files": ["x"]}, "advice"),
        ({"private": True}, "unmet"),
        ({"private": True, "workspaces": ["lib", "app"]}, "unmet"),
        ({"private": True, "workspaces": ["lib"]}, "advice"),
    ],
)
def test_what_a_lock_lacks_is_advice_for_a_library_alone(manifest: dict[str, object], kind: str) -> None:
    files = {"package.json": json.dumps({**manifest, "dependencies": {"a": "1"}}), "package-lock.json": lock(a=False)}
    if "workspaces" in manifest:
        files |= {"lib/package.json": '{"name": "lib", "version": "1", "files": ["x"]}', "app/package.json": npm()}
    assert said(files)[0] == (kind, "no-hashes", "package-lock.json")


def test_requirements_for_the_documentation_are_advice() -> None:
    assert judged({"requirements.txt": "mkdocs==1.6.0\nx==1\n"})[1] == [("requirements.txt", "no-hashes", "advice")]
    assert judged({"requirements.txt": "pytest\npytest-cov\n"})[1] == [("requirements.txt", "no-lock", "advice")]
    assert judged({"requirements.txt": "pytest\nflask\n"})[1] == [("requirements.txt", "no-lock", "claim")]


def test_what_is_said_of_a_lock_that_is_not_in_step() -> None:
    digest = json.dumps({"_meta": {"hash": {"sha256": "0"}}, "default": {"a": {"hashes": ["x"]}}})
    files = {
        "Pipfile": '[[source]]\nname = "own"\nurl = "https://packages.example/simple"\n[packages]\na = "*"\n',
        "Pipfile.lock": digest,
        "Cargo.toml": '[workspace]\nmembers = ["*"]\n',
        "a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nx = "1"\n',
        "a/src/main.rs": "",
        "Cargo.lock": "version = 4\n",
        "go.mod": "module m\nrequire (\n\tx.org/a v1\n\tx.org/b v1\n\tx.org/c v1\n\tx.org/d v1\n)\n",
        "go.sum": "",
    }
    found = [one.message for one in dependency_locks.run(Repository.of(files))]
    assert found == [
        "`Pipfile.lock` was made from another `Pipfile`: the digest that it records is not that of this one",
        "`Cargo.lock` does not speak of `a/Cargo.toml`, which is a part of its workspace",
        "`go.sum` is not in step with `go.mod`, which asks for `x.org/a` v1 (not in the lock), `x.org/b` v1 (not in the lock), `x.org/c` v1 (not in the lock) and 1 more",
    ]


def test_installations_of_what_has_no_lock_here_are_passed_over() -> None:
    files = {
        "package.json": npm("a"),
        "package-lock.json": lock(a=True),
        ".github/workflows/ci.yml": workflow_of("uv sync"),
    }
    assert said(files) == [("met", "locked", "package-lock.json")]


def test_a_chart_that_is_not_in_step_with_its_lock() -> None:
    files = {
        "Chart.yaml": "name: c\ndependencies:\n- {name: a, version: 2.0.0, repository: x}\n",
        "Chart.lock": "dependencies:\n- {name: a, version: 1.0.0}\n",
    }
    assert said(files)[0] == ("unmet", "out-of-step", "Chart.yaml")
    assert said({**files, "Chart.lock": "dependencies:\n- {name: a, version: 2.0.0}\n"})[-1] == (
        "not-applicable",
        "no-lock-format",
        "",
    )
    assert said({**files, "Chart.lock": "a: [\n"})[0] == ("unknown", "unreadable", "Chart.lock")
