"""What releases come to: signed or not, tested first or not, and what is said where nothing can be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import git, repository
from sscop.judgement import release_gates, release_integrity, trusted_channels
from sscop.model import Because, Finding, Kind, Outcome
from sscop.platform import UNASKED, Branch, Fact, Platform
from sscop.repository import Repository, open_repository
from unit.release_samples import TAG, workflow

TOLD = {"SECURITY.md": "`cosign verify x`"}
UNKNOWN = Fact()
NPM = {"package.json": '{"name": "x", "scripts": {"prepublishOnly": "jest"}}'}
ACTION = {"action.yml": "name: x\nruns: {using: node20}\n"}


def _integrity(files: dict[str, str], platform: Platform = UNASKED) -> list[Finding]:
    return list(release_integrity.findings(Repository.of(files), platform))


def _gates(files: dict[str, str], platform: Platform = UNASKED) -> list[Finding]:
    return list(release_gates.findings(Repository.of(files), platform))


def _codes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.outcome.value, one.code) for one in found if one.kind is Kind.CLAIM]


def _tagged(folder: Path, files: dict[str, str], *, signed: bool) -> Repository:
    repository(folder, dict(files))
    git(folder, "tag", "-a", "v1.0", "-m", "x")
    if signed:
        text = git(folder, "cat-file", "tag", "v1.0").replace("tag v1.0", "tag v2.0")
        text = (
            text.replace("1772366400", "1772539200")
            + "\n-----BEGIN SSH SIGNATURE-----\nx\n-----END SSH SIGNATURE-----\n"
        )
        made = git(folder, "hash-object", "-t", "tag", "-w", "--stdin", "--literally", stdin=text.encode())
        git(folder, "update-ref", "refs/tags/v2.0", made)
    return open_repository(str(folder))


PUBLISHED = {"README.md": "pip install tool", "pyproject.toml": 'name = "tool"'}


# --- integrity


def test_what_another_workflow_releases_is_said_beside_what_customers_are_told() -> None:
    call = (
        f"on: {{{TAG}}}\njobs:\n  a:\n    uses: OWNER/x/.github/workflows/release.yml@v1\n"
        "    secrets: {NAME: x, GPG_SECRET_KEY: y}\n"
    )
    (one,) = _integrity({".github/workflows/r.yml": call, **TOLD})
    assert (one.outcome, one.code) == (Outcome.UNKNOWN, "release-elsewhere")
    assert "`GPG_SECRET_KEY`" in one.message
    assert [place.path for place in one.evidence] == [".github/workflows/r.yml", "SECURITY.md"]


def test_a_signed_tag_beside_a_package_that_is_not_seen_published_is_unknown(tmp_path: Path) -> None:
    found = list(release_integrity.findings(_tagged(tmp_path / "a", PUBLISHED, signed=True), UNASKED))
    assert _codes(found) == [("unknown", "release-not-seen")]
    assert "v2.0" in found[0].message
    found = list(release_integrity.findings(_tagged(tmp_path / "b", PUBLISHED, signed=False), UNASKED))
    assert _codes(found) == [("unmet", "not-signed")]
    assert found[0].because is Because.ABSENT


def test_a_package_that_is_not_seen_published_beside_what_signs_is_unknown() -> None:
    signs = workflow("run: gpg --detach-sign x", on="push: {branches: [main]}", name="ci.yml")
    (one,) = _integrity({**PUBLISHED, **signs})
    assert (one.outcome, one.code) == (Outcome.UNKNOWN, "release-not-seen")
    assert "GnuPG signs" in one.message


def test_what_customers_are_told_of_files_is_none_for_images() -> None:
    told = {"SECURITY.md": "`gpg --verify x`"}
    image = "run: docker push ghcr.io/OWNER/tool"
    assert _codes(_integrity({**workflow(image), **told})) == [("unmet", "not-signed")]
    signed = workflow(image, "run: cosign sign --key k ghcr.io/OWNER/tool")
    assert _codes(_integrity({**signed, **told})) == [("unmet", "no-instructions")]
    assert _codes(_integrity({**signed, "SECURITY.md": "`gpg --verify x`\n", "README.md": "`cosign verify x`"})) == [
        ("met", "signed")
    ]
    files = workflow("run: gh release create v1 a.zip")
    assert _codes(_integrity({**files, **told})) == [("unknown", "told-not-signed")]


def test_checksums_are_made_for_files_and_looked_at_for_others() -> None:
    (one,) = _integrity(workflow("run: sha256sum x > x.sha256", "run: gh release create v1 x"))
    assert one.code == "checksums-only"
    (one,) = _integrity(workflow("run: sha256sum -c tool.sha256", "run: gh release create v1 x"))
    assert one.code == "not-signed"
    (one,) = _integrity(workflow("run: sha256sum x > x.sha256", "run: cargo publish"))
    assert one.code == "not-signed"


def test_nuget_packages_say_that_the_registrys_signature_is_none() -> None:
    (one,) = _integrity(workflow("run: dotnet nuget push x.nupkg"))
    assert one.code == "not-signed"
    assert "NuGet.org's own signature" in one.message
    signed = workflow("run: dotnet nuget sign x.nupkg", "run: dotnet nuget push x.nupkg")
    assert _codes(_integrity(signed)) == [("met", "signed")]


def test_immutable_releases_are_attested_by_the_platform() -> None:
    on = UNASKED._replace(immutable_releases=Fact(True, ""))
    off = UNASKED._replace(immutable_releases=Fact(False, ""))
    files = workflow("run: gh release create v1 a.zip")
    assert _codes(_integrity(files, on)) == [("met", "signed")]
    assert _codes(_integrity(files, off)) == [("unmet", "not-signed")]
    source = {**workflow("run: gh release create v1"), **ACTION}
    assert _codes(_integrity(source, on)) == [("met", "signed")]
    assert _codes(_integrity(source, off)) == [("unknown", "tags-not-here")]


def test_files_beside_a_signed_channel_are_advice() -> None:
    files = workflow("run: npm publish --provenance", "run: gh release create v1 a.tgz")
    found = _integrity(files)
    assert _codes(found) == [("met", "signed")]
    assert ("not-signed", Kind.ADVICE) in [(one.code, one.kind) for one in found]


def test_what_signs_by_its_name_elsewhere_is_unknown() -> None:
    files = workflow("uses: OWNER/sign-files@v1", "run: gh release create v1 a.zip")
    assert _codes(_integrity(files)) == [("unknown", "signing-elsewhere")]
    beside = {**workflow("run: gh release create v1 a.zip"), **workflow("uses: OWNER/sign-files@v1", name="x.yml")}
    assert _codes(_integrity(beside)) == [("unmet", "not-signed")]


def test_one_of_two_images_is_not_signed() -> None:
    signed = workflow("run: docker push ghcr.io/OWNER/a", "run: cosign sign a", name="a-image.yml")
    bare = workflow("run: docker push ghcr.io/OWNER/b", name="b-image.yml")
    found = _integrity({**signed, **bare, **TOLD})
    assert _codes(found) == [("met", "signed"), ("unmet", "not-signed")]
    assert found[1].path == ".github/workflows/b-image.yml"


def test_checksums_of_goreleaser_alone() -> None:
    goreleaser = "uses: goreleaser/goreleaser-action@v6\n        with: {args: release}"
    (one,) = _integrity(workflow(goreleaser))
    assert (one.code, one.because) == ("checksums-only", Because.INADEQUATE)


def test_tags_are_signed_or_not(tmp_path: Path) -> None:
    found = list(release_integrity.findings(_tagged(tmp_path / "a", ACTION, signed=True), UNASKED))
    assert _codes(found) == [("met", "signed")]
    found = list(release_integrity.findings(_tagged(tmp_path / "b", ACTION, signed=False), UNASKED))
    assert _codes(found) == [("unmet", "tag-not-signed")]
    assert found[0].because is Because.ABSENT
    made = {**ACTION, **workflow("run: git tag -s v1", "run: gh release create v1")}
    assert _codes(_integrity(made)) == [("met", "signed")]


def test_only_tags_are_seen(tmp_path: Path) -> None:
    source = {"src/a.c": "", "README.md": "x"}
    found = list(release_integrity.findings(_tagged(tmp_path / "a", source, signed=True), UNASKED))
    assert _codes(found) == [("met", "signed")]
    repo = _tagged(tmp_path / "b", source, signed=False)
    found = list(release_integrity.findings(repo, UNASKED))
    assert _codes(found) == [("unknown", "release-not-seen")]
    assert "v1.0" in found[0].message
    repo = _tagged(tmp_path / "c", {"infra/main.tf": ""}, signed=False)
    assert _codes(list(release_integrity.findings(repo, UNASKED))) == [("not-applicable", "nothing-released")]


def test_a_release_of_source_alone_in_a_repository_that_is_no_library() -> None:
    assert _codes(_integrity(workflow("run: gh release create v1"))) == [("unknown", "tags-not-here")]
    service = {**workflow("run: gh release create v1"), "Dockerfile": "FROM x"}
    assert _codes(_integrity(service)) == [("not-applicable", "nothing-released")]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"RELEASING.md": "```\ngpg --detach-sign x\ntwine upload x\n```"}, ("unmet", "no-instructions")),
        ({"RELEASING.md": "```\ngpg --detach-sign x\ntwine upload x\n```", **TOLD}, ("met", "signed")),
        ({"RELEASING.md": "```\ntwine upload x\n```", **TOLD}, ("unknown", "told-not-signed")),
        ({"RELEASING.md": "```\ndotnet nuget push x\n```"}, ("unmet", "not-signed")),
        (
            {"RELEASING.md": "```\nmvn deploy\n```", "pom.xml": "<artifactId>maven-gpg-plugin</artifactId>"},
            ("met", "signed"),
        ),
        ({"README.md": "pip install tool", "pyproject.toml": 'name = "tool"', **TOLD}, ("unknown", "told-not-signed")),
        (PUBLISHED, ("unmet", "not-signed")),
        ({**PUBLISHED, ".travis.yml": "script: x"}, ("unmet", "not-signed")),
        ({**PUBLISHED, ".travis.yml": "deploy: {provider: pypi}"}, ("unknown", "release-not-seen")),
        ({**PUBLISHED, "Jenkinsfile": "x"}, ("unknown", "release-elsewhere")),
        ({**PUBLISHED, "RELEASING.md": "It is published with trusted publishing.\n"}, ("unknown", "release-elsewhere")),
        ({**PUBLISHED, **workflow("run: gh release create v1")}, ("unmet", "not-signed")),
        ({**PUBLISHED, **workflow("uses: OWNER/x/.github/workflows/release.yml@v1")}, ("unknown", "release-elsewhere")),
        ({"mix.exs": "app: :tool", "README.md": '{:tool, "~> 1"}'}, ("unknown", "release-not-seen")),
        ({"scripts/release.ts": "run('git', ['tag', '-a', tag]);\n"}, ("unmet", "not-signed")),
        ({"scripts/release.ts": "run('git', ['tag', '-s', tag]);\n"}, ("unmet", "no-instructions")),
        (
            {"scripts/release.ts": "run('git', ['tag', '-a', tag]);\n", "Dockerfile": "x"},
            ("not-applicable", "nothing-released"),
        ),
        ({"cloudbuild.yaml": "run: cosign sign x", **TOLD}, ("met", "signed")),
        ({"cloudbuild.yaml": "run: x", **TOLD}, ("unknown", "told-not-signed")),
        ({"cloudbuild.yaml": "run: cosign sign x", **TOLD, **workflow("run: crane push a b")}, ("met", "signed")),
        ({"CHANGELOG.md": "# Changes\n\n## 1.1\n\n## 1.0\n"}, ("unknown", "release-not-seen")),
        ({"CHANGELOG.md": "# Changes\n\n## 1.0\n"}, ("not-applicable", "nothing-released")),
        ({".travis.yml": "x: y"}, ("unknown", "release-elsewhere")),
        ({"Jenkinsfile": "x"}, ("unknown", "release-elsewhere")),
        ({"Procfile": "web: x"}, ("not-applicable", "nothing-released")),
        (
            {"tool.nomad": "x", "CHANGELOG.md": "# Changes\n\n## 1.1\n\n## 1.0\n"},
            ("not-applicable", "nothing-released"),
        ),
        (workflow("run: node scripts/release.js"), ("unknown", "release-script")),
        (workflow("run: ./gradlew final"), ("unknown", "release-not-understood")),
        ({".github/workflows/a.yml": "{"}, ("unknown", "release-unreadable")),
    ],
)
def test_what_no_pipeline_publishes(files: dict[str, str], found: tuple[str, str]) -> None:
    assert _codes(_integrity(files)) == [found]


# --- gates


def _branch(*names: str) -> Platform:
    branch = Branch("main", False, *(UNKNOWN,) * 5, Fact(names, ""), *(UNKNOWN,) * 5)
    return UNASKED._replace(branches=Fact((branch,), ""))


def test_the_platform_tells_whether_pull_requests_must_pass() -> None:
    files = {
        **workflow("run: pytest", on="pull_request: {}", name="ci.yml"),
        **workflow("run: npm publish", on="push: {branches: [main]}"),
    }
    assert _codes(_gates(files)) == [("unknown", "settings-not-told")]
    assert _codes(_gates(files, _branch("test"))) == [("met", "tested-first")]
    assert _codes(_gates(files, _branch())) == [("unmet", "not-required")]
    assert _codes(_gates(workflow("run: npm publish", on="push: {branches: [main]}"))) == [
        ("unmet", "untested-release")
    ]


def _two(test: str, publish: str, on: str = TAG) -> dict[str, str]:
    return {
        ".github/workflows/r.yml": f"on: {{{on}}}\njobs:\n  t:\n    steps: [{{run: pytest}}]\n{test}"
        f"  p:\n    needs: t\n{publish}    steps: [{{run: npm publish}}]\n"
    }


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (_two("", ""), ("met", "tested-first")),
        (_two("", "    if: always()\n"), ("unmet", "released-anyway")),
        (_two("", "    if: always() && needs.t.result == 'success'\n"), ("met", "tested-first")),
        (_two("    continue-on-error: true\n", ""), ("unmet", "tests-may-fail")),
        (
            _two("    if: github.event_name == 'release'\n", "", "release: {}, workflow_dispatch: {}"),
            ("unmet", "tests-at-other-events"),
        ),
        (workflow("uses: OWNER/run-tests@v1", "run: npm publish"), ("unknown", "tests-unread")),
        (workflow("run: npm publish"), ("unmet", "untested-release")),
        (workflow("run: pytest", "run: docker push 1.dkr.ecr.eu-west-2.amazonaws.com/x"), ("met", "tested-first")),
        ({**ACTION, **workflow("run: pytest", "run: gh release create v1")}, ("met", "tested-first")),
        ({"README.md": "x"}, ("not-applicable", "nothing-released")),
        ({"release.sh": "pytest\nnpm publish\n"}, ("unknown", "released-by-hand")),
        ({**NPM, "README.md": "npm install x\n"}, ("met", "tested-first")),
        ({**NPM, "release.sh": "npm publish\n"}, ("met", "tested-first")),
        ({**NPM, "release.sh": "cargo publish\n"}, ("unmet", "released-by-hand")),
        ({"RELEASING.md": "```\nmvn release:perform\n```"}, ("met", "tested-first")),
        ({"RELEASING.md": "```\nmvn deploy -DskipTests\n```"}, ("unmet", "released-by-hand")),
        (
            {"RELEASING.md": "Wait until CI passes.\n\n```\nmvn deploy -DskipTests\n```"},
            ("unknown", "released-by-hand"),
        ),
        ({**NPM, "README.md": "x\n"}, ("not-applicable", "nothing-released")),
        ({"scripts/release.py": "run('git tag -a v1')\n"}, ("unmet", "released-by-hand")),
        ({"scripts/release.py": "run('git tag -a v1')\n", **ACTION}, ("unknown", "tag-by-hand")),
        (workflow("run: . ./tool.sh\n", "run: npm publish"), ("unmet", "untested-release")),
        (
            {
                **workflow("run: |\n          source tool.sh\n          tool tests unit", "run: npm publish"),
                "tool.sh": "function tool() {\n  x\n}\n",
            },
            ("met", "tested-first"),
        ),
        (
            {
                **workflow("run: |\n          source tool.sh\n          tool tests unit", "run: npm publish"),
                "tool.sh": "other() {\n  x\n}\n",
            },
            ("unmet", "untested-release"),
        ),
        (
            {**workflow("{name: 'Build, test and package', run: ./build.ps1}", "run: npm publish"), "build.ps1": "x"},
            ("met", "tested-first"),
        ),
        (
            {**workflow("{name: Build, run: ./build.ps1}", "run: npm publish"), "build.ps1": "x"},
            ("unmet", "untested-release"),
        ),
    ],
)
def test_what_a_release_waits_for(files: dict[str, str], found: tuple[str, str]) -> None:
    assert _codes(_gates(files)) == [found]


def test_a_chart_beside_tested_images_is_advice() -> None:
    chart = workflow("run: helm push x.tgz oci://ghcr.io/OWNER", name="helm.yml")
    (one,) = _gates(chart)
    assert (one.kind, one.code) == (Kind.CLAIM, "untested-release")
    found = _gates({**chart, **workflow("run: pytest", "run: docker push ghcr.io/OWNER/tool")})
    assert [(one.kind, one.code) for one in found] == [
        (Kind.ADVICE, "untested-release"),
        (Kind.CLAIM, "tested-first"),
    ]


def _after(condition: str = "", name: str = "CI", more: str = "") -> dict[str, str]:
    run = f"on: {{workflow_run: {{workflows: [{name}]}}{more}}}\njobs:\n  p:\n{condition}    steps: [{{run: npm publish}}]\n"
    return {
        ".github/workflows/ci.yml": "name: CI\non: {push: {branches: [main]}}\njobs: {t: {steps: [{run: pytest}]}}\n",
        ".github/workflows/calls.yml": "name: Calls\non: {push: {branches: [main]}}\n"
        "jobs: {t: {uses: OWNER/x/.github/workflows/tests.yml@v1}}\n",
        ".github/workflows/release.yml": run,
    }


SUCCESS = "    if: github.event.workflow_run.conclusion == 'success'\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (_after(SUCCESS), ("met", "tested-first")),
        (_after(), ("unmet", "released-anyway")),
        (_after(SUCCESS, "Other"), ("unmet", "untested-release")),
        (_after(SUCCESS, "Calls"), ("unknown", "tests-unread")),
        (_after(SUCCESS, "CI", ", workflow_dispatch: {}"), ("unmet", "untested-release")),
        (workflow("run: npm publish", on="deployment: {}"), ("unmet", "untested-release")),
    ],
)
def test_a_release_after_another_pipeline(files: dict[str, str], found: tuple[str, str]) -> None:
    assert _codes(_gates(files)) == [found]


@pytest.mark.parametrize(
    ("name", "use", "codes"),
    [
        ("skip-tests", "if: inputs.skip-tests != true", [("unmet", "skip-input")]),
        ("skip_ci", "", [("met", "tested-first")]),
        ("version", "if: inputs.version", [("met", "tested-first")]),
    ],
)
def test_an_input_that_leaves_tests_out(name: str, use: str, codes: list[tuple[str, str]]) -> None:
    on = f"on:\n  workflow_dispatch:\n    inputs:\n      {name}: {{type: boolean}}\njobs:\n"
    step = f"      - run: pytest\n{'        ' + use + chr(10) if use else ''}"
    files = {".github/workflows/r.yml": f"{on}  p:\n    steps:\n{step}      - run: npm publish\n"}
    assert _codes(_gates(files)) == codes


def test_an_input_counts_in_a_job_and_in_a_script_too() -> None:
    on = "on:\n  workflow_dispatch:\n    inputs:\n      run_tests: {type: boolean}\njobs:\n  p:\n"
    steps = "    steps:\n      - run: pytest\n      - run: npm publish\n"
    job = {".github/workflows/r.yml": f"{on}    if: inputs.run_tests\n{steps}"}
    script = {".github/workflows/r.yml": f"{on}{steps}      - run: echo ${{{{ inputs.run_tests }}}}\n"}
    for files in (job, script):
        assert ("unmet", "skip-input") in _codes(_gates(files))


def test_the_jobs_of_one_pipeline_are_one_finding() -> None:
    jobs = "".join(f"  j{n}:\n    steps: [{{run: npm publish}}]\n" for n in range(4))
    (one,) = _gates({".github/workflows/r.yml": f"on: {{{TAG}}}\njobs:\n{jobs}"})
    assert "(and 3 more here)" in one.message
    assert [at.note for at in one.evidence] == [*["npm publish"] * 3, "job `j0`", "job `j1`", "job `j2`"]


DEPLOY = "kubectl apply -f k8s.yml"


@pytest.mark.parametrize(
    ("on", "jobs", "code"),
    [
        ("push", "t:\n    steps: [{run: pytest}]\n  d:\n    needs: t\n    steps: [{run: %s}]", "tested-first"),
        ("push", "d:\n    steps: [{run: %s}]", "untested-deployment"),
        ("workflow_dispatch", "d:\n    steps: [{run: %s}]", "untested-deployment"),
        (
            "push",
            "v:\n    uses: o/w/.github/workflows/verify.yml@v1\n  d:\n    needs: v\n    steps: [{run: %s}]",
            "tests-unread",
        ),
        ("push", "d:\n    uses: o/w/.github/workflows/deploy_env.yml@v2", "tests-unread"),
    ],
)
def test_to_deploy_a_service_is_to_release_it(on: str, jobs: str, code: str) -> None:
    text = jobs % DEPLOY if "%s" in jobs else jobs
    (one,) = _gates({".github/workflows/d.yml": f"on: {on}\njobs:\n  {text}\n"})
    assert one.code == code
    assert one.outcome is (Outcome.MET if code == "tested-first" else Outcome.UNKNOWN)


def test_what_a_person_starts_counts_only_where_nothing_else_deploys() -> None:
    files = {
        ".github/workflows/a.yml": f"on: push\njobs:\n  t:\n    steps: [{{run: pytest}}, {{run: {DEPLOY}}}]\n",
        ".github/workflows/b.yml": f"on: workflow_dispatch\njobs:\n  t:\n    steps: [{{run: {DEPLOY}}}]\n",
    }
    assert [one.code for one in _gates(files)] == ["tested-first"]


def test_a_service_that_nothing_here_deploys_is_not_told() -> None:
    (one,) = _gates({"docker/Dockerfile": "FROM x\n"})
    assert (one.outcome, one.code) == (Outcome.UNKNOWN, "deployed-elsewhere")


def test_the_configuration_of_a_release_tool_speaks_for_who_runs_it_by_hand() -> None:
    signs = "signs: [{cmd: cosign, artifacts: all, args: [sign-blob, --key=x]}]\n"
    files = {".goreleaser.yml": signs, "go.mod": "module x\n"}
    assert [(one.outcome, one.code) for one in _gates(files)] == [(Outcome.UNMET, "released-by-hand")]
    assert _codes(_integrity(files)) == [("unmet", "no-instructions")]
    told = {**files, "README.md": "# X\n\n## Verify\n\n```\ncosign verify-blob --key x.pub --signature a.sig a\n```\n"}
    assert _codes(_integrity(told)) == [("met", "signed")]
    elsewhere = {
        **files,
        ".github/workflows/cut-release.yml": "on: {push: {tags: [v*]}}\njobs:\n  r:\n    uses: o/w/.github/workflows/release.yml@v1\n",
    }
    assert [(one.outcome, one.code) for one in _gates(elsewhere)] == [(Outcome.UNKNOWN, "release-elsewhere")]
    assert _codes(_integrity(elsewhere)) == [("unknown", "release-elsewhere")]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (
            {"RELEASING.md": "# Releasing\n\n```\nnpm publish\n```\n\nWe do not run `gpg --detach-sign` yet.\n"},
            "told-not-signed",
        ),
        ({"release.sh": "#!/bin/sh\n# TODO: gpg --detach-sign x\nnpm publish\n"}, "told-not-signed"),
        ({"release.sh": "#!/bin/sh\ngpg --detach-sign x\nnpm publish\n"}, "signed"),
        ({".goreleaser.yml": "# gpg2 --detach-sign, one day\nbuilds: []\n"}, "told-not-signed"),
    ],
)
def test_a_comment_or_a_denial_signs_nothing(files: dict[str, str], code: str) -> None:
    told = "# X\n\n## Verify\n\n```\ngpg --verify x.asc x\n```\n"
    assert [one for _, one in _codes(_integrity({**files, "README.md": told}))] == [code]


def test_an_action_by_its_name_alone_makes_no_service() -> None:
    image = "on: {push: {tags: [v*]}}\njobs:\n  r:\n    steps: [{run: docker push acme/product}]\n"
    files = {".github/workflows/r.yml": image}
    for on, uses in (("pull_request", "v/deploy-preview@v1"), ("push", "s/FTP-Deploy-Action@v4")):
        more = {".github/workflows/p.yml": f"on: {on}\njobs:\n  d:\n    steps: [{{uses: {uses}}}]\n"}
        assert _codes(_integrity({**files, **more})) == _codes(_integrity(files)) == [("unmet", "not-signed")]


def test_what_a_called_script_publishes_is_shown_where_it_is_called() -> None:
    files = {".github/workflows/r.yml": f"on: {{{TAG}}}\njobs:\n  go:\n    steps: [{{run: ./hack/ship.sh}}]\n",
             "hack/ship.sh": "#!/bin/sh\nnpm publish\n"}  # fmt: skip
    (one,) = _gates(files)
    assert [(at.path, at.line) for at in one.evidence] == [("hack/ship.sh", 2), (".github/workflows/r.yml", 4)]


# --- channels


def test_what_is_published_by_hand_or_offered_has_a_channel() -> None:
    def codes(files: dict[str, str]) -> list[tuple[str, str]]:
        return _codes(list(trusted_channels.findings(Repository.of(files))))

    assert codes({"RELEASING.md": "```\ntwine upload x\n```"}) == [("met", "channel")]
    offered = {"README.md": "# Frobnicator\n\n## Install\n\n```\nbrew install frobnicator\n```\n", "a.c": ""}
    assert codes(offered) == [("met", "channel")]
    assert codes({"README.md": "x"}) == [("not-applicable", "nothing-released")]
    source = {**workflow("run: gh release create v1"), "Dockerfile": "FROM x"}
    assert codes(source) == [("not-applicable", "nothing-released")]
    assert codes({**source, **ACTION}) == [("met", "channel")]


def test_outcomes_are_those_of_the_model() -> None:
    assert {Outcome(code) for code, _ in _codes(_gates(workflow("run: npm publish")))} == {Outcome.UNMET}
