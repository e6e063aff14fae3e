"""What Dependabot's, Renovate's and other configurations say they keep current."""

from __future__ import annotations

import pytest

from sscop.artefacts import jsonc
from sscop.artefacts.ecosystems import manifests
from sscop.artefacts.nodes import Entries
from sscop.artefacts.updates import mechanisms, misplaced
from sscop.artefacts.updates.dependabot import Dependabot, dependabot, mistaken
from sscop.artefacts.updates.managers import managers
from sscop.artefacts.updates.model import NOTHING, Reach, Said, best, is_below, normal, parent
from sscop.artefacts.updates.others import Other, darc, pre_commit_ci
from sscop.artefacts.updates.reached import Homes
from sscop.artefacts.updates.renovate import Renovate, renovate
from sscop.judgement.updates import answers, components
from sscop.repository import Malformed, Repository

ENTRY = "version: 2\nupdates:\n- package-ecosystem: {}\n  {}\n  schedule: {{interval: weekly}}\n{}"


def bot(ecosystem: str, where: str, more: str = "") -> Dependabot:
    return dependabot(ENTRY.format(ecosystem, where, more))


def reach(config: Dependabot | Renovate, ecosystem: str, path: str, *homes: str) -> str:
    return config.says(ecosystem, path, (parent(path), *homes)).reach.value


@pytest.mark.parametrize(
    ("ecosystem", "where", "kind", "path", "expected"),
    [
        ("npm", "directory: /", "npm", "package.json", "all"),
        ("npm", "directory: /web/", "npm", "web/package.json", "all"),
        ("npm", "directory: ./web", "npm", "web/package.json", "all"),
        ("npm", "directory: /", "npm", "web/package.json", "none"),
        ("npm", "directory: /", "bun", "package.json", "all"),
        ("bun", "directory: /", "npm", "package.json", "all"),
        ("pip", "directory: /", "uv", "pyproject.toml", "all"),
        ("uv", "directory: /", "pip", "pyproject.toml", "all"),
        ("npm", "directories: [/a, /b]", "npm", "b/package.json", "all"),
        ("npm", "directories: ['/apps/*']", "npm", "apps/x/package.json", "all"),
        ("npm", "directories: ['/apps/*']", "npm", "apps/x/y/package.json", "none"),
        ("npm", "directories: ['/apps/*']", "npm", "apps/package.json", "none"),
        ("npm", "directories: ['/apps/**/*']", "npm", "apps/package.json", "all"),
        ("npm", "directories: ['/apps/**/*']", "npm", "apps/x/y/package.json", "all"),
        ("maven", "directories: ['**/*']", "maven", "pom.xml", "all"),
        ("maven", "directories: ['**/*']", "maven", "a/b/pom.xml", "all"),
        ("maven", "directories: ['**']", "maven", "a/b/pom.xml", "all"),
        ("pip", "directory: /", "pip", "requirements/base.txt", "all"),
        ("pip", "directory: /", "pip", "a/requirements/base.txt", "none"),
        ("pip", "directory: /", "pip", "src/setup.py", "none"),
        ("pip", "directory: /", "pip", "base.txt", "all"),
        ("sbt", "directory: /", "sbt", "core/build.sbt", "all"),
        ("sbt", "directory: /", "sbt", "build.sbt", "all"),
        ("nuget", "directory: /src", "nuget", "src/A/A.csproj", "all"),
        ("nuget", "directory: /src", "nuget", "test/A/A.csproj", "none"),
        ("github-actions", "directory: /", "github-actions", ".github/workflows/a.yml", "all"),
        ("github-actions", "directory: .github/workflows", "github-actions", ".github/workflows/a.yml", "all"),
        ("github-actions", "directory: .github", "github-actions", ".github/workflows/a.yml", "all"),
        ("github-actions", "directory: /x", "github-actions", ".github/workflows/a.yml", "none"),
        ("github-actions", "directory: /", "github-actions", ".github/actions/a/action.yml", "none"),
        ("devcontainers", "directory: /", "devcontainers", ".devcontainer/devcontainer.json", "all"),
        ("devcontainers", "directory: /", "devcontainers", ".devcontainer/a/devcontainer.json", "all"),
        ("opentofu", "directory: /", "terraform", "main.tf", "all"),
        ("gomod", "directory: /", "npm", "package.json", "none"),
        ("yarn", "directory: /", "npm", "package.json", "all"),
    ],
)
def test_what_an_entry_of_dependabot_reaches(ecosystem: str, where: str, kind: str, path: str, expected: str) -> None:
    assert reach(bot(ecosystem, where), kind, path) == expected


def test_a_workspace_is_reached_from_its_root() -> None:
    assert reach(bot("npm", "directory: /"), "npm", "packages/a/package.json", "") == "all"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("  open-pull-requests-limit: 0\n", "security"),
        ("  open-pull-requests-limit: 5\n", "all"),
        ("  exclude-paths: ['web/**']\n", "left out"),
        ("  exclude-paths: [web]\n", "left out"),
        ("  exclude-paths: ['package.json']\n", "left out"),
        ("  exclude-paths: [other]\n", "all"),
        ("  ignore: [{dependency-name: '*'}]\n", "off"),
        ("  ignore: [{dependency-name: '*', update-types: ['version-update:semver-major']}]\n", "all"),
        ("  ignore: [{dependency-name: left-pad}]\n", "all"),
    ],
)
def test_what_limits_an_entry(more: str, expected: str) -> None:
    assert reach(bot("npm", "directory: /web", more), "npm", "web/package.json") == expected


def test_the_best_entry_counts_and_its_line() -> None:
    config = dependabot(
        "version: 2\nupdates:\n"
        "- {package-ecosystem: npm, directory: /, open-pull-requests-limit: 0, schedule: {interval: daily}}\n"
        "- {package-ecosystem: npm, directory: /, target-branch: v1, schedule: {interval: daily}}\n"
    )
    assert config.says("npm", "package.json", ("",)) == Said(Reach.ALL, 4)


def test_what_dependabot_refuses() -> None:
    assert [mistaken(one) for one in bot("pnpm", "directory: /").entries] == ["npm"]
    assert [mistaken(one) for one in bot("brew", "directory: /").entries] == [""]
    assert bot("pnpm", "directory: /").is_refused
    assert not bot("npm", "directory: /").is_refused
    old = dependabot("version: 1\nupdate_configs: []\n")
    assert (old.is_dead, old.is_refused, old.says("npm", "package.json", ("",))) == (True, True, NOTHING)


@pytest.mark.parametrize("text", ["- a\n", "a\n", "a: [", "version: 2\nupdates: [{directory: /}]\n"])
def test_what_is_no_configuration_of_dependabot(text: str) -> None:
    with pytest.raises(Malformed):
        dependabot(text)


def test_a_schedule_may_be_the_groups() -> None:
    group = "version: 2\nmulti-ecosystem-groups: {all: {schedule: {interval: weekly}}}\nupdates:\n"
    entry = "- {package-ecosystem: npm, directory: /, multi-ecosystem-group: all, patterns: ['*']}\n"
    assert [one.scheduled for one in dependabot(group + entry).entries] == [True]
    assert [one.scheduled for one in dependabot("version: 2\nupdates:\n" + entry).entries] == [False]


@pytest.mark.parametrize(
    ("text", "kind", "path", "expected"),
    [
        ("{}", "npm", "package.json", "all"),
        ("{}", "pre-commit", ".pre-commit-config.yaml", "off"),
        ("{'pre-commit': {enabled: true}}", "pre-commit", ".pre-commit-config.yaml", "all"),
        ("{extends: [':enablePreCommit']}", "pre-commit", ".pre-commit-config.yaml", "all"),
        ("{enabledManagers: ['pre-commit']}", "pre-commit", ".pre-commit-config.yaml", "off"),
        ("{enabled: false}", "npm", "package.json", "none"),
        ("{extends: [':disableRenovate']}", "npm", "package.json", "none"),
        ("{extends: [':onlyNpm']}", "npm", "package.json", "all"),
        ("{extends: [':onlyNpm']}", "gomod", "go.mod", "off"),
        ("{enabledManagers: ['gomod']}", "npm", "package.json", "off"),
        ("{enabledManagers: []}", "npm", "package.json", "off"),
        ("{npm: {enabled: false}}", "npm", "package.json", "off"),
        ("{npm: {enabled: true}, extends: ['github>o/r']}", "npm", "package.json", "all"),
        ("{ignorePaths: ['legacy/**']}", "npm", "legacy/package.json", "left out"),
        ("{ignorePaths: ['legacy']}", "npm", "old/legacy/package.json", "left out"),
        ("{includePaths: ['web/**']}", "npm", "web/package.json", "all"),
        ("{includePaths: ['web/**']}", "npm", "package.json", "left out"),
        ("{extends: ['config:recommended']}", "npm", "examples/a/package.json", "left out"),
        ("{extends: ['config:recommended'], ignorePaths: []}", "npm", "examples/a/package.json", "all"),
        (
            "{extends: ['config:recommended'], ignorePresets: ['config:recommended']}",
            "npm",
            "examples/package.json",
            "all",
        ),
        ("{extends: ['github>o/r']}", "npm", "package.json", "untold"),
        ("{extends: ['local>o/r', 'config:base']}", "npm", "package.json", "untold"),
        ("{extends: ['@scope/preset']}", "npm", "package.json", "untold"),
        ("{extends: ['github>o/r']}", "pre-commit", ".pre-commit-config.yaml", "untold"),
        (
            "{extends: ['schedule:weekly', 'group:all', ':automergeMinor', ':label(deps)']}",
            "npm",
            "package.json",
            "all",
        ),
        ("{packageRules: [{matchManagers: ['npm'], enabled: false}]}", "npm", "package.json", "off"),
        (
            "{packageRules: [{matchManagers: ['npm'], matchUpdateTypes: ['major'], enabled: false}]}",
            "npm",
            "p.json",
            "all",
        ),
        (
            "{packageRules: [{matchManagers: ['npm'], matchPackageNames: ['a'], enabled: false}]}",
            "npm",
            "p.json",
            "all",
        ),
        ("{packageRules: [{matchPackagePatterns: ['*'], enabled: false}]}", "npm", "package.json", "off"),
        ("{packageRules: [{matchFileNames: ['old/**'], enabled: false}]}", "npm", "old/package.json", "off"),
        ("{packageRules: [{matchFileNames: ['old/**'], enabled: false}]}", "npm", "package.json", "all"),
        ("{packageRules: [{matchFileNames: ['!old/**'], enabled: false}]}", "npm", "package.json", "off"),
        ("{packageRules: [{matchFileNames: ['/^old/'], enabled: false}]}", "npm", "old/package.json", "off"),
        ("{packageRules: [{enabled: false}, {matchManagers: ['npm'], enabled: true}]}", "npm", "package.json", "all"),
        ("{extends: ['github>o/r'], packageRules: [{matchManagers: ['npm'], groupName: 'a'}]}", "npm", "p.json", "all"),
        ("{}", "elm", "elm.json", "none"),
    ],
)
def test_what_renovate_looks_after(text: str, kind: str, path: str, expected: str) -> None:
    assert reach(renovate(text), kind, path) == expected


@pytest.mark.parametrize("text", ["[]", "", "{", "'a'"])
def test_what_is_no_configuration_of_renovate(text: str) -> None:
    with pytest.raises(Malformed):
        renovate(text)


def test_managers_by_the_files_name() -> None:
    assert managers("pip", "a/requirements-dev.txt") == ["pip_requirements", "pip-compile"]
    assert managers("pip", "setup.py") == ["pip_setup"]
    assert "pep621" in managers("pip", "pyproject.toml")
    assert "poetry" in managers("pip", "odd.cfg")
    assert managers("something-new", "a") == ["something-new"]


def test_presets_that_are_files_of_the_repository_are_put_in() -> None:
    repo = Repository.of(
        {
            ".github/renovate.json5": (
                "{extends: ['local>o/r//.github/base', 'github>o/r//gone.json', 'local>o/r//bad.json']}"
            ),
            ".github/base.json5": "{enabledManagers: ['npm'], ignorePaths: ['old/**'], extends: [':enablePreCommit']}",
            "bad.json": "[",
        }
    )
    (config,) = mechanisms(repo).found
    assert isinstance(config, Renovate)
    assert config.unread == ("github>o/r//gone.json", "local>o/r//bad.json")
    assert reach(config, "gomod", "go.mod") == "off"
    assert reach(config, "npm", "old/package.json") == "left out"


def test_what_a_configuration_says_wins_over_its_presets() -> None:
    repo = Repository.of(
        {
            "renovate.json": (
                '{"extends": ["local>o/r//base.json"], "enabledManagers": ["gomod"], "ignorePaths": ["a/**"]}'
            ),
            "base.json": '{"enabledManagers": ["npm"], "ignorePaths": ["b/**"], "includePaths": ["**"]}',
        }
    )
    (config,) = mechanisms(repo).found
    assert reach(config, "gomod", "b/go.mod") == "all"  # type: ignore[arg-type]
    assert reach(config, "gomod", "a/go.mod") == "left out"  # type: ignore[arg-type]


def test_where_configurations_are_looked_for() -> None:
    files = {
        ".github/dependabot.yaml": ENTRY.format("npm", "directory: /", ""),
        ".azuredevops/dependabot.yml": "version: 2\nupdates: []\n",
        ".gitlab/dependabot.yml": ENTRY.format("pip", "directory: /", ""),
        "package.json": '{"renovate": {"extends": ["config:recommended"]}}',
        ".pre-commit-config.yaml": "ci: {}\nrepos: []\n",
        ".scala-steward.conf": "updates.limit = 5\n",
        "eng/Version.Details.xml": '<Dependencies>\n  <Dependency Name="a" />\n</Dependencies>\n',
        "updatecli.d/go.yaml": "name: go\n",
    }
    found = mechanisms(Repository.of(files))
    assert [(one.name, one.path, one.line) for one in found.found] == [
        ("Dependabot", ".github/dependabot.yaml", 1),
        ("Dependabot", ".gitlab/dependabot.yml", 1),
        ("Renovate", "package.json", 1),
        ("pre-commit.ci", ".pre-commit-config.yaml", 1),
        ("Scala Steward", ".scala-steward.conf", 1),
        ("Maestro", "eng/Version.Details.xml", 2),
        ("updatecli", "updatecli.d/go.yaml", 1),
    ]
    assert found.unread == ()


def test_renovates_first_file_is_the_one() -> None:
    repo = Repository.of({"renovate.json": "{}", ".renovaterc": "{}", "package.json": '{"renovate": {}}'})
    assert [one.path for one in mechanisms(repo).found] == ["renovate.json"]


@pytest.mark.parametrize(
    "text", ["{", '{"name": "renovate"}', '{"renovate": "yes"}', '["renovate"]', '{"a": "\\"renovate\\""}']
)
def test_a_package_json_without_a_configuration_of_renovate(text: str) -> None:
    assert mechanisms(Repository.of({"package.json": text})).found == ()


def test_what_cannot_be_read_is_said() -> None:
    files = {".github/dependabot.yml": "[", "renovate.json": "[", ".pre-commit-config.yaml": "a: ["}
    assert [one.path for one in mechanisms(Repository.of(files)).unread] == list(files)


def test_a_pipeline_that_runs_renovate_obeys_its_configuration() -> None:
    workflow = (
        "on: {schedule: [{cron: '0 0 * * *'}]}\njobs:\n  a:\n    runs-on: x\n    steps:\n"
        "    - uses: renovatebot/github-action@v40\n      with: {configurationFile: CONFIG}\n"
    )
    path = ".github/workflows/renovate.yml"
    alone = mechanisms(Repository.of({path: workflow}))
    assert [(one.name, one.says("npm", "package.json", ("",)).reach) for one in alone.found] == [
        ("Renovate", Reach.UNTOLD)
    ]
    (both,) = mechanisms(Repository.of({path: workflow, "renovate.json": "{}"})).found
    assert both.says("npm", "package.json", ("",)).note == "it is run with `CONFIG`, which is not read here"
    own = Repository.of({path: workflow.replace("CONFIG", "renovate.json"), "renovate.json": "{}"})
    assert [one.says("npm", "package.json", ("",)).reach for one in mechanisms(own).found] == [Reach.ALL]


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("run: npm update && git push", ["npm"]),
        ("run: npm update", []),
        ("uses: scala-steward-org/scala-steward-action@v2", ["sbt"]),
        ("run: pre-commit autoupdate\n    - uses: peter-evans/create-pull-request@v7", ["pre-commit"]),
    ],
)
def test_scheduled_jobs_that_keep_what_they_update(step: str, found: list[str]) -> None:
    workflow = f"on: {{schedule: [{{cron: '0 0 * * *'}}]}}\njobs:\n  a:\n    runs-on: x\n    steps:\n    - {step}\n"
    said = mechanisms(Repository.of({".github/workflows/u.yml": workflow})).found
    assert all(isinstance(one, Other) for one in said)
    assert [
        kind for one in said for kind in ("npm", "sbt", "pre-commit") if one.says(kind, "a", ("",)) != NOTHING
    ] == found


def test_jobs_that_no_schedule_starts_are_no_mechanism() -> None:
    workflow = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - run: npm update && git push\n"
    assert mechanisms(Repository.of({".github/workflows/u.yml": workflow})).found == ()


def test_others() -> None:
    assert pre_commit_ci("repos: []\nci:\n  skip: []\n") == 2
    assert pre_commit_ci("repos: []\n") is None
    assert darc("<a/>\n") is None
    assert Other("a", "b", 1, frozenset({"npm"})).says("npm", "x", ()) == Said(Reach.ALL, 1)
    assert not Other("a", "b", 1, frozenset()).is_dead


def test_misplaced_configurations() -> None:
    assert misplaced(Repository.of({"ci/dependabot.yml": ""})) == "ci/dependabot.yml"
    assert misplaced(Repository.of({".github/dependabot.yml": ""})) in ("", ".github/dependabot.yml")
    assert misplaced(Repository.of({})) == ""


def test_names_of_folders() -> None:
    assert [normal(one) for one in ("/", "", "./a/", "/a//b/../c", "..\\a")] == ["", "", "a", "a/c", "a"]
    assert (is_below("a/b", "a"), is_below("ab", "a"), is_below("a", "")) == (True, False, True)
    assert best([]) == NOTHING


NPM = '{"name": "a", "dependencies": {"left-pad": "1"}}'


def test_from_where_a_manifest_is_reached() -> None:
    repo = Repository.of(
        {
            "package.json": '{"workspaces": ["packages/*", "!packages/no"], "dependencies": {"a": "1"}}',
            "packages/yes/package.json": NPM,
            "packages/no/package.json": NPM,
            "other/package.json": NPM,
            "go.work": "go 1.24\nuse ./one\nuse (\n\t./two // here\n)\n",
            "one/go.mod": "module a\nrequire b v1.0.0\n",
            "two/go.mod": "module a\nrequire b v1.0.0\n",
            "three/go.mod": "module a\nrequire b v1.0.0\n",
        }
    )
    inventory = repo.once(manifests)
    homes = Homes(repo, inventory)
    reached = {one.path: "" in homes.of(one) for one in inventory.manifests}
    assert {path for path, yes in reached.items() if yes} == {
        "package.json", "packages/yes/package.json", "one/go.mod", "two/go.mod",
    }  # fmt: skip
    found = answers(components(repo, inventory), [bot("gomod", "directory: /")])
    assert {one.manifest.path for one in found if one.said.reach is Reach.ALL} == {"one/go.mod", "two/go.mod"}


def test_manifests_that_are_asked_for() -> None:
    files = {
        "infra/main.tf": 'terraform {\n  required_providers {\n    a = { source = "h/a" }\n  }\n}\nprovider "a" {}\n',
        "infra/modules/b/versions.tf": 'terraform {\n  required_providers {\n    a = { source = "h/a" }\n  }\n}\n',
        "tests/package.json": NPM,
        "archived_old/package.json": NPM,
        "pkg/gotestdata/a/go.mod": "module a\nrequire b v1.0.0\n",
        "schemas/META-INF/maven/pom.xml": "<project><dependencies><dependency><groupId>g</groupId>"
        "<artifactId>a</artifactId><version>1</version></dependency></dependencies></project>",
        "package.json": '{"name": "a"}',
        "Dockerfile": "FROM a\n",
        "vcpkg.json": "{}",
    }
    assert asked_for(files) == ["infra/main.tf"]
    del files["infra/main.tf"]
    files |= {"ports/a/vcpkg.json": '{"dependencies": ["fmt"]}', "ports/a/portfile.cmake": ""}
    files |= {"vcpkg.json": '{"dependencies": ["fmt"]}', "build.sbt": "", "Project.toml": "[compat]\njulia = '1.10'\n"}
    files |= {"MODULE.bazel": "bazel_dep(name = 'a', version = '1')\n", "pkg/Project.toml": "[compat]\nJSON = '1'\n"}
    assert sorted(asked_for(files)) == [
        "MODULE.bazel", "build.sbt", "infra/modules/b/versions.tf", "pkg/Project.toml", "vcpkg.json",
    ]  # fmt: skip


def asked_for(files: dict[str, str]) -> list[str]:
    repo = Repository.of(files)
    return [one.path for one in components(repo, repo.once(manifests))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 1, 'b': [2,], }", {"a": "1", "b": ["2"]}),
        (
            "{$schema: 'http://x//y', // z\n b_1: /* c */ 'it\\'s \"so\"'}",
            {"$schema": "http://x//y", "b_1": 'it\'s "so"'},
        ),
        (r"""{a: 'x\.y\\d', "b": "\s\n\u0041"}""", {"a": "x.y\\d", "b": "s\nA"}),
        ('{"a:b": "c, d: e"}', {"a:b": "c, d: e"}),
    ],
)
def test_json5(text: str, value: object) -> None:
    assert jsonc.load5(text) == value


def test_json5_keeps_lines() -> None:
    root = jsonc.load5("{\n  // one\n  /* two\n  three */\n  a: 'b',\n}\n")
    assert isinstance(root, Entries)
    assert [key.line for key, _ in root.pairs()] == [5]
