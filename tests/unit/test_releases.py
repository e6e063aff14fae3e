"""The release path: what releases, through which channel, what is taken by tag, made by hand, or not to be told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sscop.artefacts.pipelines import Activities, Event, Purpose, activities
from sscop.artefacts.releases import Channel
from sscop.artefacts.releases.aside import events
from sscop.artefacts.releases.by_hand import by_hand
from sscop.artefacts.releases.elsewhere import pointed, publishes_there, signed_there
from sscop.artefacts.releases.lifecycle import by_tool, npm_tests, skips
from sscop.artefacts.releases.offered import offered
from sscop.artefacts.releases.path import on_release_path, one_chain, ships, starts
from sscop.artefacts.releases.taken import packages, tagged
from sscop.repository import Repository
from unit.release_samples import TAG, held, workflow


def told(*steps: str, on: str = TAG, job: str = "", **more: str) -> list[Channel]:
    """The channels of the releases of one job."""
    return [one.channel for one in held({**workflow(*steps, on=on, job=job), **more}).found]


@pytest.mark.parametrize(
    ("step", "channel"),
    [
        ("run: twine upload dist/*", Channel.PYPI),
        ("run: uv publish", Channel.PYPI),
        ("uses: pypa/gh-action-pypi-publish@v1", Channel.PYPI),
        ("run: npm publish", Channel.NPM),
        ("run: yarn npm publish", Channel.NPM),
        ("run: deno publish", Channel.JSR),
        ("run: npx jsr publish", Channel.JSR),
        ("run: cargo publish", Channel.CRATES),
        ("run: gem push x.gem", Channel.GEMS),
        ("run: mvn -B deploy", Channel.MAVEN),
        ("run: ./gradlew publish", Channel.MAVEN),
        ("run: dotnet nuget push x.nupkg", Channel.NUGET),
        ("run: docker push OWNER/tool:1", Channel.IMAGES),
        ("uses: docker/build-push-action@v6\n        with: {push: true}", Channel.IMAGES),
        ('uses: docker/build-push-action@v6\n        with: {outputs: "type=image,push=true"}', Channel.IMAGES),
        ("run: nix run .#push-images -- OWNER/tool", Channel.IMAGES),
        ("run: skopeo copy oci:x docker://quay.io/OWNER/tool", Channel.IMAGES),
        ("run: oras push ghcr.io/OWNER/charts/tool:1", Channel.CHARTS),
        ("run: helm push x.tgz oci://ghcr.io/OWNER", Channel.CHARTS),
        ("run: gh release create v1 dist/*", Channel.FILES),
        ("run: gh release create v1 --title x -n notes", Channel.TAG),
        ("run: gh release create v1 $FLAGS", Channel.TAG),
        ("run: gh release upload v1 a.zip", Channel.FILES),
        ("uses: softprops/action-gh-release@v2", Channel.TAG),
        ("uses: softprops/action-gh-release@v2\n        with: {files: dist/*}", Channel.FILES),
        ("uses: actions/create-release@v1", Channel.TAG),
        ("uses: actions/upload-release-asset@v1", Channel.FILES),
        ('uses: release-drafter/release-drafter@v6\n        with: {publish: "true"}', Channel.TAG),
        ("uses: goreleaser/goreleaser-action@v6\n        with: {args: release --clean}", Channel.FILES),
        ("uses: googleapis/release-please-action@v4", Channel.TAG),
        ("uses: changesets/action@v1\n        with: {publish: npm run x}", Channel.NPM),
        ("uses: release-plz/action@v0.5", Channel.CRATES),
        ("uses: python-semantic-release/python-semantic-release@v9", Channel.TAG),
        ("run: npx vsce publish", Channel.EDITOR),
        ("run: snapcraft upload x.snap", Channel.SYSTEM),
        ("run: dist host --steps=release", Channel.FILES),
        (
            "run: find . -name '*.nupkg' -exec dotnet nuget push {} -s https://api.nuget.org/v3/index.json \\;",
            Channel.NUGET,
        ),
        ("run: make image PUSH_IMAGE=true", Channel.IMAGES),
        ("run: gh release create v1 ${FILES[@]}", Channel.FILES),
        ("run: gh release create v1 ${flags[@]}", Channel.TAG),
        ("run: gh release upload v1 a.zip sbom.json", Channel.FILES),
        ("run: ls | xargs gh release create ${flags[@]} --", Channel.FILES),
        ("run: KO_DOCKER_REPO=ghcr.io/OWNER ko publish .", Channel.IMAGES),
    ],
)
def test_a_publishing_step_has_its_channel(step: str, channel: Channel) -> None:
    assert told(step) == [channel]


@pytest.mark.parametrize(
    "step",
    [
        "run: npm publish --dry-run",
        "run: twine upload -r testpypi dist/*",
        "uses: pypa/gh-action-pypi-publish@v1\n        with: {repository-url: https://test.pypi.org/legacy/}",
        "uses: goreleaser/goreleaser-action@v6\n        with: {args: release --snapshot}",
        "uses: goreleaser/goreleaser-action@v6\n        with: {install-only: true}",
        "run: docker push localhost:5000/tool",
        "run: docker push ghcr.io/OWNER/tool-builder:1",
        "run: docker buildx imagetools create -t a b",
        "run: skopeo copy docker://a oci:x",
        'uses: docker/build-push-action@v6\n        with: {push: "false"}',
        'uses: docker/build-push-action@v6\n        with: {push: "${{ x }}", outputs: "type=image,push=false"}',
        "uses: release-drafter/release-drafter@v6",
        "uses: changesets/action@v1",
        "uses: release-plz/action@v0.5\n        with: {command: release-pr}",
        "uses: vedantmgoyal9/winget-releaser@main",
        "run: gh release edit v1 --draft=false",
        "run: dist build --artifacts=local",
        "run: cargo build --profile dist",
        "run: gh release upload v1 ./a.cdx.json",
        "run: make image PUSH_IMAGE=false",
        "run: KO_DOCKER_REPO=ko.local ko publish .",
        "run: dotnet nuget push a.nupkg --source $MyFeed",
        "uses: flatpak/flatpak-github-actions/flatpak-builder@v6",
    ],
)
def test_a_rehearsal_or_a_draft_is_no_release(step: str) -> None:
    assert told(step) == []


@pytest.mark.parametrize("on", ["pull_request: {}", 'schedule: [{cron: "0 1 * * *"}]'])
def test_what_runs_for_proposals_or_on_a_schedule_is_no_release(on: str) -> None:
    assert told("run: npm publish", on=on) == []


@pytest.mark.parametrize(
    ("files", "deploys"),
    [
        (workflow("run: kubectl apply -f x.yml"), True),
        (workflow("run: kubectl apply -f x.yml", name="e2e.yml"), False),
        (workflow("uses: helm/kind-action@v1", "run: kubectl apply -f x.yml"), False),
        (workflow("uses: OWNER/setup-kind@v1", "run: kubectl apply -f x.yml"), False),
        (workflow("run: kind create cluster", "run: kubectl apply -f x.yml"), False),
        (workflow("run: mankind create x", "run: kubectl apply -f x.yml"), True),
    ],
)
def test_what_is_deployed_to_a_cluster_of_its_own_is_tried(files: dict[str, str], *, deploys: bool) -> None:
    assert bool(held(files).deploys) is deploys


def test_notes_of_a_release_that_is_there_are_none() -> None:
    step = "uses: softprops/action-gh-release@v2"
    assert told(step, on="release: {types: [published]}") == []
    assert told(step, on="release: {}, workflow_dispatch: {}") == [Channel.TAG]


PUSH = "push: {branches: [main]}"


def test_a_snapshot_is_no_release() -> None:
    named = "{name: Deploy SNAPSHOT, run: mvn deploy}"
    snapshot = {"pom.xml": "<project><version>1.2-SNAPSHOT</version></project>"}
    assert told(named, on="workflow_dispatch: {}") == []
    assert told(named) == [Channel.MAVEN]
    assert told("run: mvn deploy -Drevision=1-SNAPSHOT", on=PUSH) == []
    assert told("run: mvn deploy", on=PUSH, **snapshot) == []
    assert told("run: ./gradlew publish", on=PUSH, **{"gradle.properties": "VERSION_NAME=1.2-SNAPSHOT\n"}) == []
    assert told("run: mvn deploy", on="workflow_dispatch: {}", **snapshot) == [Channel.MAVEN]
    assert told("run: mvn deploy", on=PUSH, **{"pom.xml": "<version>1.2</version>"}) == [Channel.MAVEN]


def test_an_archive_of_the_documentation_is_no_release() -> None:
    step = "run: gh release create docs-1 site.zip"
    assert held(workflow(step, name="docs.yml")).found == ()
    assert held(workflow(step, name="docs-release.yml")).found
    assert held(workflow("run: npm publish", name="docs.yml")).found


def test_files_that_a_local_action_is_not_given_are_none() -> None:
    action = (
        "inputs: {files: {required: false}}\nruns:\n  using: composite\n  steps:\n"
        "    - uses: softprops/action-gh-release@v2\n      with: {files: '${{ inputs.files }}'}\n"
    )
    for given, channel in (("", Channel.TAG), ("\n        with: {files: a.zip}", Channel.FILES)):
        assert told(f"uses: ./a{given}", **{"a/action.yml": action}) == [channel]


def test_a_target_that_pushes_and_is_not_found_may_release() -> None:
    assert [call.said for call in held(workflow("run: make docker-push")).calls] == ["make docker-push"]
    assert held(workflow("run: make docker-build")).calls == ()


def test_what_a_cluster_only_prints_is_no_deployment() -> None:
    assert held(workflow("run: kubectl patch -f x.yml --local --type=json -p y")).deploys == ()
    assert held(workflow("run: kubectl patch -f x.yml -p y")).deploys


def test_a_pipeline_of_tests_releases_nothing() -> None:
    files = workflow("run: docker push OWNER/tool:1", name="e2e-test.yml")
    assert held(files).found == ()
    assert held(workflow("run: docker push OWNER/tool:1", name="test-and-publish.yml")).found


def test_an_expression_with_a_switch_in_it_leaves_the_release_one() -> None:
    args = "release ${{ inputs.try && '--skip=publish' || '' }}"
    assert told(f'uses: goreleaser/goreleaser-action@v6\n        with: {{args: "{args}"}}') == [Channel.FILES]


@pytest.mark.parametrize(
    ("files", "channel"),
    [
        ({"package.json": '{"name": "x"}'}, Channel.NPM),
        ({"package.json": '{"name": "x", "private": true}'}, Channel.TAG),
        ({"package.json": "{"}, Channel.TAG),
        ({}, Channel.TAG),
        ({".releaserc.json": '{"plugins": ["@semantic-release/npm"]}'}, Channel.NPM),
        (
            {".releaserc.json": '{"plugins": ["@semantic-release/github"]}', "package.json": '{"name": "x"}'},
            Channel.TAG,
        ),
        ({".releaserc.json": '{"plugins": [["@semantic-release/npm", {"npmPublish": false}]]}'}, Channel.TAG),
    ],
)
def test_semantic_release_publishes_what_its_plugins_do(files: dict[str, str], channel: Channel) -> None:
    assert told("run: npx semantic-release", on="push: {branches: [main]}", **files) == [channel]


def test_an_image_for_its_owners_registry_is_no_release() -> None:
    ecr = "run: docker push 1.dkr.ecr.eu-west-2.amazonaws.com/tool:1"
    found = held(workflow(ecr))
    assert found.found == ()
    assert [one.private for one in found.inner] == ["dkr.ecr"]
    beside = workflow("uses: aws-actions/amazon-ecr-login@v2", "run: docker push $IMAGE")
    assert held(beside).inner[0].private == "amazon-ecr-login"
    both = workflow("uses: aws-actions/amazon-ecr-login@v2", "run: docker push ghcr.io/OWNER/tool:1")
    assert [one.channel for one in held(both).found] == [Channel.IMAGES]
    mixed = workflow("run: az acr login -n x", "run: docker push $IMAGE", "run: docker login quay.io")
    assert held(mixed).found


def test_what_the_same_pipelines_deploy_is_no_release_but_a_package_is_one() -> None:
    deployed = held(workflow("run: docker push ghcr.io/OWNER/app:1", "run: kubectl apply -f k8s"))
    assert deployed.found == ()
    assert deployed.deploys[0].note == "kubectl apply -f k8s"
    both = held(workflow("run: docker push ghcr.io/OWNER/app:1", "run: kubectl apply -f k8s", "run: npm publish"))
    assert {one.channel for one in both.found} == {Channel.IMAGES, Channel.NPM}


def test_a_call_that_deploys_makes_it_a_service() -> None:
    calls = {
        ".github/workflows/a.yml": "on: {push: {}}\njobs:\n  a:\n    uses: OWNER/x/.github/workflows/deploy.yml@v1\n"
    }
    assert held(calls).deploys[0].note.startswith("OWNER/x")
    assert held(workflow("uses: actions/deploy-pages@v4")).deploys == ()


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"manifest.yml": "applications:\n- name: x\n"}, "manifest.yml"),
        ({"Procfile": "web: x\n"}, "Procfile"),
        ({"infra/main.tf": ""}, "infra/main.tf"),
        ({"tool.nomad": "", "Dockerfile": ""}, "tool.nomad"),
    ],
)
def test_a_file_that_runs_a_service_is_told_without_a_note(files: dict[str, str], path: str) -> None:
    (place,) = held(files).deploys
    assert (place.path, place.note) == (path, "")


def test_a_manifest_of_something_else_is_none() -> None:
    assert held({"manifest.yml": "name: x\n"}).deploys == ()


def test_a_job_that_waits_for_a_person_releases() -> None:
    circle = (
        "version: 2.1\njobs:\n  out:\n    docker: [{image: x}]\n    steps: [{run: npm publish}]\n"
        "workflows:\n  w:\n    jobs:\n      - hold: {type: approval}\n      - out: {requires: [hold]}\n"
    )
    acts: Activities = Repository.of({".circleci/config.yml": circle}).once(activities)
    one = acts.of(Purpose.PUBLISHING)[0]
    assert Event.MANUAL in starts(one)
    assert events(one) == {Event.MANUAL}


def test_what_is_not_read_and_may_release_is_told() -> None:
    files = {
        ".github/workflows/go.yml": "on: {push: {tags: [v1]}}\njobs:\n"
        "  a:\n    uses: OWNER/x/.github/workflows/release.yml@v1\n"
        "  b:\n    uses: OWNER/x/.github/workflows/release-notes.yml@v1\n",
        **workflow("run: node scripts/publish.mjs", "run: npm run ship-release", "run: node scripts/release-notes.js"),
        "package.json": '{"scripts": {"ship-release": "tsx tools/release.ts"}}',
    }
    found = held(files)
    assert [call.said for call in found.calls] == ["OWNER/x/.github/workflows/release.yml@v1"]
    assert [one.note for one in found.scripts] == ["scripts/publish.mjs", "npm run ship-release"]
    assert [one.path for one in found.obscure] == [".github/workflows/release.yml"]


def test_only_for_proposals_nothing_may_release() -> None:
    found = held(workflow("run: node scripts/publish.mjs", "uses: OWNER/publish@v1", on="pull_request: {}"))
    assert (found.calls, found.scripts, found.obscure) == ((), (), ())


def test_a_pipeline_named_for_releases_that_only_checks_out_is_not_obscure() -> None:
    assert held(workflow("uses: actions/checkout@v4")).obscure == ()
    assert held(workflow("run: make x", name="release-notes.yml")).obscure == ()
    assert held(workflow("run: make x")).obscure[0].line == 1


# --- taken by tag, or from a registry


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({"action.yml": "name: x\nruns: {using: node20}\n"}, "a GitHub action"),
        ({".pre-commit-hooks.yaml": "- id: x\n"}, "hooks of pre-commit"),
        ({"go.mod": "module x", "a.go": "// Package x\npackage x\n"}, "a Go library"),
        ({"main.tf": 'variable "a" {}\n'}, "a Terraform module"),
        ({"Package.swift": 'products: [.library(name: "x")]'}, "a Swift package"),
        ({"composer.json": '{"name": "owner/x", "type": "library"}'}, "a Composer package"),
        (
            {"composer.json": '{"name": "o/x", "autoload": {}, "license": "MIT", "description": "x"}'},
            "a Composer package",
        ),
        ({"composer.json": '{"name": "owner/x", "type": "drupal-profile"}'}, "a Composer package"),
        ({"Project.toml": 'uuid = "x"', "src/X.jl": ""}, "a Julia package"),
        ({"meta/main.yml": "galaxy_info: {}\n"}, "an Ansible role"),
    ],
)
def test_what_is_taken_by_tag(files: dict[str, str], note: str) -> None:
    assert [one.note for one in tagged(Repository.of(files))] == [note]


@pytest.mark.parametrize(
    "files",
    [
        {"action.yml": "a: 1\n"},
        {"action.yml": "{"},
        {"go.mod": "module x", "a.go": "package main\n"},
        {"go.mod": "module x", "a.go": "package x\n", "cmd/x/main.go": "package main\n"},
        {"go.mod": "module x", "a.go": "//go:build generate\npackage x\n", "a_test.go": "package x\n"},
        {"go.mod": "module x"},
        {"main.tf": 'variable "a" {}\nterraform {\n  backend "s3" {}\n}\n'},
        {"main.tf": 'variable "a" {}\n', "prod.tfvars": ""},
        {"composer.json": '{"name": "o/x", "type": "project"}'},
        {"composer.json": "{"},
        {"Package.swift": ".executable"},
        {"meta/main.yml": "a: 1\n"},
    ],
)
def test_what_is_not(files: dict[str, str]) -> None:
    assert list(tagged(Repository.of(files))) == []


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({"package.json": '{"name": "@o/x"}', "README.md": "npm install @o/x\n"}, "npm: npm install @o/x"),
        ({"pyproject.toml": 'name = "tool"', "README.md": "a\npip install tool\n"}, "PyPI: pip install tool"),
        (
            {"setup.py": 'setup(name="tool")', "README.rst": "https://pypi.org/project/tool/"},
            "PyPI: pypi.org/project/tool",
        ),
        ({"Cargo.toml": 'name = "tool"', "README.md": "crates.io/crates/tool"}, "crates.io: crates.io/crates/tool"),
        ({"tool.gemspec": "", "README.md": "gem install tool"}, "RubyGems: gem install tool"),
        ({"mix.exs": "app: :tool", "README.md": '{:tool, "~> 1"}'}, 'Hex: {:tool, "'),
        ({"pubspec.yaml": "name: tool", "README.md": "dart pub add tool"}, "pub.dev: dart pub add tool"),
        ({"pom.xml": "<distributionManagement>"}, "Maven's place to publish to"),
        ({"x/a.csproj": "<PackageId>A</PackageId>"}, "a NuGet package"),
        ({"a.podspec": "s.version = 1"}, "a pod"),
        ({"x/a.csproj": "<Project/>", "README.md": "dotnet add package a"}, "NuGet: dotnet add package a"),
        (
            {"x/a.csproj": "<PackageId>A.B</PackageId>", "README.md": "https://www.nuget.org/packages/A.B/"},
            "NuGet: nuget.org/packages/A.B",
        ),
        (
            {"pom.xml": "<distributionManagement><url>https://repo.x.org/r</url></distributionManagement>"},
            "Maven's place to publish to",
        ),
    ],
)
def test_what_is_said_to_be_published(files: dict[str, str], note: str) -> None:
    assert [one.note for one in packages(Repository.of(files))][:1] == [note]


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{"name": "x", "private": true}', "README.md": "npm install x"},
        {"package.json": '{"name": "x"}', "README.md": "npm install x-y\n"},
        {"Cargo.toml": 'name = "tool"\npublish = false', "README.md": "cargo install tool"},
        {"pom.xml": "<project/>", "x.csproj": "<PackageId></PackageId>"},
        {"package.json": "{", "README.md": "x"},
        {"package.json": '{"name": "x"}', "README.md": "`npm install x` is planned.\n"},
        {
            "pom.xml": "<distributionManagement><url>http://nexus/a</url><url>http://a.lan:1/</url></distributionManagement>"
        },
        {"x/a.csproj": "<Project/>", "README.md": "dotnet add package a.b"},
    ],
)
def test_what_is_not_published(files: dict[str, str]) -> None:
    assert list(packages(Repository.of(files))) == []


def test_a_readme_offers_the_product_by_name() -> None:
    readme = "# Frobnicator\n\n## Usage\n\n```\nbrew install other\nbrew install frobnicator\n```\n"
    place = offered(Repository.of({"README.md": readme}))
    assert place is not None
    assert (place.line, place.note) == (7, "brew install frobnicator")
    linked = "# Frobnicator\n\n## Install\n\n[here](https://github.com/OWNER/frobnicator/releases)\n"
    assert (found := offered(Repository.of({"README.md": linked}))) is not None
    assert found.line == 5
    local = "# Frobnicator\n\n## Install\n\n```\ngo install ./cmd/frobnicator\n```\n"
    assert offered(Repository.of({"README.md": local})) is None
    assert offered(Repository.of({"README.md": "# Frobnicator\n\nbrew install frobnicator\n"})) is None


# --- by hand


def test_a_guide_that_tells_to_publish_is_read_with_its_tests() -> None:
    guide = "# Releasing\n\nWait until all checks are green.\n\n## Upload\n\n```\n$ twine upload dist/*\n```\n"
    (one,) = by_hand(Repository.of({"RELEASING.md": guide}))
    assert (one.channel, one.place.line, one.document) == (Channel.PYPI, 8, True)
    assert one.tests is not None
    assert one.tests.line == 3


def test_a_guide_for_contributors_counts_where_it_is_about_releases() -> None:
    guide = "# Contributing\n\n## Running\n\n```\nnpm publish\n```\n\n## Making a release\n\n```\nnpm publish\n```\n"
    assert [one.place.line for one in by_hand(Repository.of({"CONTRIBUTING.md": guide}))] == [12]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"scripts/release.sh": "make test\npytest\nmaybe_run npm publish\n"}, [(Channel.NPM, 3, True)]),
        ({"Makefile": "release:\n\ttwine upload dist/*\n"}, [(Channel.PYPI, 2, False)]),
        ({"release.sh": "docker push OWNER/tool\n"}, [(Channel.IMAGES, 1, False)]),
        ({"CONTRIBUTING.md": "# A\n\n## Release\n\n```\ndocker push OWNER/x\n```\n"}, []),
        ({"release.sh": "npm publish --dry-run\n"}, []),
        ({"publish": "#!/usr/bin/env python\nnpm publish\n"}, []),
        ({"docs/releases/1.0.md": "# 1.0\n\n```\nnpm publish\n```\n"}, []),
        ({"RELEASING.md": "# Releasing\n\nnothing to publish\n"}, []),
        ({"RELEASING.md": "# Releasing\n\n1. run `cargo publish`.\n"}, [(Channel.CRATES, 3, False)]),
        ({"RELEASING.rst": "Releasing\n=========\n\nRun ``twine upload x``.\n"}, [(Channel.PYPI, 4, False)]),
        ({"internal_docs/a/releasing.md": "# Releasing\n\n1. run `cargo publish`.\n"}, [(Channel.CRATES, 3, False)]),
        ({"docs/a/releasing.md": "# Releasing\n\n1. run `cargo publish`.\n"}, []),
        ({"RELEASING.md": "# Releasing\n\n```\ncargo publish `x`\n```\n"}, [(Channel.CRATES, 4, False)]),
        ({"scripts/release.ts": "// x\nrun('git', ['tag', '-a', tag]);\n"}, [(Channel.TAG, 2, False)]),
        ({"tools/publish.py": "x = 1\nrun(['twine', 'upload', 'x'])\n"}, [(Channel.PYPI, 2, False)]),
        ({"tools/release.rb": "system 'git tag -a v1'\nsystem 'gem push x'\n"}, [(Channel.GEMS, 2, False)]),
        ({"tools/release.js": "exec('npm publish --dry-run')\n// npm publish\n"}, []),
        ({"tools/release.js": "x" * 3000 + " npm publish\n"}, []),
    ],
)
def test_scripts_and_targets_that_people_run(files: dict[str, str], found: list[tuple[Channel, int, bool]]) -> None:
    told = [(one.channel, one.place.line, one.tests is not None) for one in by_hand(Repository.of(files))]
    assert told == found


def test_a_script_that_a_pipeline_runs_is_not_run_by_hand() -> None:
    files = {"scripts/release.js": "exec('npm publish')\n"}
    assert len(held(files).by_hand) == 1
    found = held({**files, **workflow("run: node scripts/release.js")})
    assert (found.by_hand, [one.note for one in found.scripts]) == ((), ["scripts/release.js"])


# --- what points elsewhere


BUILD = "cloudbuild.yaml"
CLOUD = "steps:\n- name: x\n  args: ['ci/out.sh']\n"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({BUILD: CLOUD, "ci/out.sh": "# cosign sign\ncosign sign x\n"}, ("ci/out.sh", 2, "cosign sign")),
        ({BUILD: CLOUD, "ci/out.sh": "bazel run :sign_and_push\n"}, ("ci/out.sh", 1, "bazel run :sign_and_push")),
        ({f"ci/{BUILD}": "args: [out.sh]", "ci/out.sh": "make all sign\n"}, ("ci/out.sh", 1, "make all sign")),
        ({BUILD: "args: [gpg, --detach-sig, x]"}, (BUILD, 1, "gpg, --detach-sig")),
        ({BUILD: "run: gpg --detach-sig x"}, (BUILD, 1, "gpg --detach-sig")),
        ({BUILD: CLOUD, "ci/out.sh": "make signal\nmake design\n"}, None),
        ({BUILD: CLOUD}, None),
        ({"other/out.sh": "cosign sign x"}, None),
        ({BUILD: CLOUD, "ci/out.sh": "x" * 3000 + " cosign sign x\n"}, None),
    ],
)
def test_what_signs_in_a_system_that_is_not_read(files: dict[str, str], place: tuple[str, int, str] | None) -> None:
    repo = Repository.of(files)
    found = signed_there(repo, repo.once(activities).others)
    assert (None if found is None else (found.path, found.line, found.note)) == place


@pytest.mark.parametrize(
    ("text", "publishes"),
    [
        ("deploy:\n  provider: npm\n", True),
        ("script:\n  - npm publish\n", True),
        ("after_success: npx semantic-release\n", True),
        ("language: node_js\nscript: npm test\n", False),
    ],
)
def test_whether_a_left_over_publishes(text: str, *, publishes: bool) -> None:
    repo = Repository.of({".travis.yml": text})
    (other,) = repo.once(activities).others
    assert publishes_there(repo, other) is publishes


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"RELEASING.md": "# Releasing\n\nThe release workflow does it.\n"}, ("RELEASING.md", 3)),
        ({"doc/release.rst": "Ask the `OWNER/tool-release`_ repository.\n"}, ("doc/release.rst", 1)),
        ({"docs/releases/1.0.md": "signed\n"}, None),
        ({"RELEASING.md": "# Releasing\n\nBump the version.\n"}, None),
        ({"eng/Publishing.props": ""}, ("eng/Publishing.props", 1)),
        ({"Build/Sign-Package.ps1": ""}, ("Build/Sign-Package.ps1", 1)),
        ({"scripts/release-notes.js": "", "src/sign.py": "", "build/assign.js": ""}, None),
        ({}, None),
    ],
)
def test_what_points_to_a_release_elsewhere(files: dict[str, str], place: tuple[str, int] | None) -> None:
    found = pointed(Repository.of(files))
    assert (None if found is None else (found.path, found.line)) == place


# --- the lifecycle of tools, and the path


def _publishing(files: Mapping[str, str]) -> tuple[Repository, Activities]:
    repo = Repository.of(files)
    return repo, repo.once(activities)


@pytest.mark.parametrize(
    ("step", "files", "tests"),
    [
        ("run: mvn deploy", {}, True),
        ("run: mvn deploy -DskipTests", {}, False),
        ("run: mvn jreleaser:deploy", {}, False),
        ("run: npm publish", {"package.json": '{"scripts": {"prepublishOnly": "vitest run"}}'}, True),
        ("run: npm publish", {"package.json": '{"scripts": {"prepublishOnly": "tsc"}}'}, False),
        ("run: npm publish", {"package.json": "{"}, False),
        ("run: npx np", {}, True),
        (
            "uses: goreleaser/goreleaser-action@v6\n        with: {args: release}",
            {".goreleaser.yml": "before: {hooks: [go mod tidy, go test ./...]}\n"},
            True,
        ),
        ("uses: goreleaser/goreleaser-action@v6\n        with: {args: release}", {".goreleaser.yml": "{"}, False),
        ("run: cargo publish", {}, False),
    ],
)
def test_tools_that_test_before_they_publish(step: str, files: dict[str, str], *, tests: bool) -> None:
    repo, acts = _publishing({**workflow(step), **files})
    one = acts.of(Purpose.PUBLISHING)[0]
    channel = Channel.NPM if "np" in step.split("run: ")[-1][:4] else Channel.FILES
    assert (by_tool(repo, one, channel) is not None) is tests


@pytest.mark.parametrize(
    ("scripts", "tests"),
    [
        ('{"prepublishOnly": "npm run t", "t": "jest"}', True),
        ('{"prepack": "vitest run"}', True),
        ('{"preversion": "jest"}', False),
        ('{"prepublishOnly": "tsc"}', False),
        ("{}", False),
    ],
)
def test_what_npm_runs_whoever_publishes(scripts: str, *, tests: bool) -> None:
    repo = Repository.of({"package.json": f'{{"name": "x", "scripts": {scripts}}}'})
    assert (npm_tests(repo) is not None) is tests
    assert npm_tests(Repository.of({"packages/a/package.json": f'{{"scripts": {scripts}}}'})) is None


def test_a_switch_that_leaves_tests_out() -> None:
    _, acts = _publishing(workflow("run: mvn deploy -Dmaven.test.skip=true"))
    assert skips(acts.of(Purpose.PUBLISHING)[0]) == "-Dmaven.test.skip"


def test_the_release_path() -> None:
    on = "on: {push: {branches: [main]}}\n"
    two = on + "jobs:\n  a: {steps: [{run: cosign sign x}]}\n  b: {steps: [{run: npm publish}]}\n"
    _, acts = _publishing({".github/workflows/x.yml": two})
    (sign,) = acts.of(Purpose.SIGNING)
    (publish,) = acts.of(Purpose.PUBLISHING)
    assert not one_chain(sign, publish)
    assert not on_release_path(sign, [publish])
    _, acts = _publishing({".github/workflows/x.yml": two.replace("b: {", "b: {needs: a, ")})
    (sign,) = acts.of(Purpose.SIGNING)
    assert on_release_path(sign, acts.of(Purpose.PUBLISHING))
    assert not ships(sign)
    _, acts = _publishing(workflow("run: cosign sign x", on="workflow_dispatch: {}"))
    assert on_release_path(acts.of(Purpose.SIGNING)[0], [])
    _, acts = _publishing(workflow("run: cosign sign x", on="workflow_dispatch: {}", name="x.yml"))
    assert not on_release_path(acts.of(Purpose.SIGNING)[0], [])
