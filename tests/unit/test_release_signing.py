"""What signs a release: steps, configurations, registries, tags; and what customers are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import commit, git, repository
from sscop.artefacts.pipelines import activities
from sscop.artefacts.releases import Channel, releases
from sscop.artefacts.releases.instructions import instructions
from sscop.artefacts.releases.signing import Signer, Way, signers
from sscop.artefacts.releases.signing_by_configuration import configured
from sscop.artefacts.releases.signing_by_registry import by_registry, identity, trusted
from sscop.artefacts.releases.tags import tags
from sscop.repository import Repository, open_repository
from unit.release_samples import TAG, held, workflow

OIDC = "    permissions: {id-token: write}\n"


def _signers(files: dict[str, str]) -> list[Signer]:
    repo = Repository.of(files)
    return signers(repo.once(activities), repo.once(releases))


@pytest.mark.parametrize(
    ("step", "channels", "way"),
    [
        ("run: cosign sign x", {Channel.IMAGES}, Way.BY_NAME),
        ("run: cosign sign-blob --key env://KEY x", {Channel.FILES}, Way.BY_KEY),
        ("run: cosign sign-blob --key=k x", {Channel.FILES}, Way.BY_KEY),
        ("uses: OWNER/sign-android-release@v1", {Channel.STORE, Channel.FILES}, Way.BY_ITSELF),
        ("uses: actions/attest-build-provenance@v3\n        with: {subject-path: x}", {Channel.FILES}, Way.BY_NAME),
        (
            "uses: actions/attest@v3\n        with: {subject-name: x, push-to-registry: true}",
            {Channel.IMAGES},
            Way.BY_NAME,
        ),
        ("run: gpg --detach-sign x", {Channel.FILES, Channel.TAG}, Way.BY_KEY),
        ("run: git tag -s v1", {Channel.TAG}, Way.BY_KEY),
        ("run: codesign --force -s NAME x", {Channel.FILES}, Way.BY_ITSELF),
        ("uses: azure/trusted-signing-action@v0", {Channel.FILES, Channel.STORE}, Way.BY_ITSELF),
        ("run: helm package x --sign", {Channel.CHARTS}, Way.BY_KEY),
        ("run: npm publish --provenance", {Channel.NPM}, Way.BY_ITSELF),
    ],
)
def test_a_signing_step_is_about_some_channels(step: str, channels: set[Channel], way: Way) -> None:
    (one,) = _signers(workflow(step))
    assert channels <= one.channels
    assert (one.way, one.lacks) == (way, "")
    assert Channel.IMAGES in one.channels or Channel.IMAGES not in channels


def test_generators_of_slsa_are_about_images_or_files() -> None:
    calls = "on: {push: {tags: [v1]}}\njobs:\n"
    for name, channel in (("generator_container_slsa3", Channel.IMAGES), ("generator_generic_slsa3", Channel.FILES)):
        uses = f"slsa-framework/slsa-github-generator/.github/workflows/{name}.yml@v2.1.0"
        (one,) = _signers({".github/workflows/a.yml": f"{calls}  a:\n    uses: {uses}\n"})
        assert channel in one.channels
        assert one.way is Way.BY_NAME


def test_a_signature_with_nobodys_name_is_none() -> None:
    assert _signers(workflow("run: codesign --force --sign - x")) == []
    assert _signers(workflow("run: codesign -s - x")) == []


def test_cosign_without_a_key_needs_a_pipeline_that_names_itself() -> None:
    circle = "version: 2.1\njobs:\n  a:\n    docker: [{image: x}]\n    steps: [{run: cosign sign x}]\nworkflows: {w: {jobs: [a]}}\n"
    assert [one.way for one in _signers({".circleci/config.yml": circle})] == [Way.BY_KEY]


def test_a_template_that_signs_where_a_switch_says_so_lacks_nothing() -> None:
    azure = (
        "parameters: [{name: sign, type: boolean, default: false}]\ntrigger: {tags: {include: [v*]}}\nsteps:\n"
        "- ${{ if eq(parameters.sign, true) }}:\n  - task: EsrpCodeSigning@5\n"
    )
    assert _signers({"azure-pipelines.yml": azure}) == []
    assert [one.lacks for one in _signers({"azure-pipelines.yml": azure.replace("false", "true")})] == [""]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (workflow("run: cosign sign x", job="    if: false\n"), "signing-never-runs"),
        (workflow("run: cosign sign x || true"), "signing-may-fail"),
        (workflow("run: cosign sign x", on='schedule: [{cron: "1 1 * * *"}]', name="x.yml"), "signing-off-release"),
        (workflow("run: openssl x | cosign sign-blob -"), ""),
        (workflow("run: cosign sign-blob x | cat"), ""),
    ],
)
def test_what_keeps_a_signing_step_from_counting(files: dict[str, str], code: str) -> None:
    assert [one.code for one in _signers(files)] == [code]


def test_a_signing_step_of_tests_and_unsigned_provenance_are_none() -> None:
    assert _signers(workflow("run: cosign sign x", name="e2e-test.yml")) == []
    build = "uses: docker/build-push-action@v6\n        with: {push: true, provenance: mode=max}"
    assert _signers(workflow(build)) == []


def test_a_package_is_signed_only_in_one_chain_with_it() -> None:
    two = f"on: {{{TAG}}}\njobs:\n  a: {{steps: [{{run: cosign sign-blob x}}]}}\n  b: {{steps: [{{run: cargo publish}}]}}\n"
    for text, covered in ((two, False), (two.replace("b: {", "b: {needs: a, "), True)):
        repo = Repository.of({".github/workflows/release.yml": text})
        (release,) = repo.once(releases).found
        (one,) = signers(repo.once(activities), repo.once(releases))
        assert one.covers(release) is covered
    assert not Signer("x", release.place, frozenset(), Way.BY_KEY).covers(release)
    assert Signer("x", release.place, frozenset({Channel.CRATES}), Way.BY_KEY).covers(release)


# --- registries


@pytest.mark.parametrize(
    ("step", "job", "files", "by"),
    [
        ("uses: pypa/gh-action-pypi-publish@release/v1", OIDC, {}, "PyPI's attestations"),
        ("uses: pypa/gh-action-pypi-publish@v1.14.0", "    permissions: write-all\n", {}, "PyPI's attestations"),
        ("uses: pypa/gh-action-pypi-publish@v1.10.3", OIDC, {}, ""),
        ("uses: pypa/gh-action-pypi-publish@v1", "", {}, ""),
        ("uses: pypa/gh-action-pypi-publish@v1\n        with: {password: x}", OIDC, {}, ""),
        ("uses: pypa/gh-action-pypi-publish@v1\n        with: {attestations: false}", OIDC, {}, ""),
        ("run: uv publish", OIDC, {}, ""),
        ("run: npm publish", OIDC, {}, "npm's provenance, made by default"),
        ("run: npm publish\n        env: {NODE_AUTH_TOKEN: x}", OIDC, {}, ""),
        ('run: npm publish\n        env: {NPM_CONFIG_PROVENANCE: "true"}', "", {}, "npm's provenance (`NPM_CONFIG"),
        ("run: npm publish --provenance", "", {}, "npm's provenance"),
        ("run: npm publish", "", {".npmrc": "provenance=true\n"}, "npm's provenance (`.npmrc`)"),
        (
            "run: npm publish",
            "",
            {".npmrc": "x=1\n", "package.json": '{"publishConfig": {"provenance": true}}'},
            "npm's pro",
        ),
        ("run: npm publish", "", {"package.json": '{"publishConfig": {"provenance": false}}'}, ""),
        ("run: npm publish", "", {"package.json": '{"publishConfig": "provenance"'}, ""),
        ("run: dotnet nuget push x", OIDC, {}, ""),
        ("run: dotnet nuget push x --source https://nuget.pkg.github.com/OWNER", "", {}, ""),
        (
            "run: mvn deploy",
            "",
            {"pom.xml": "<artifactId>central-publishing-maven-plugin</artifactId>"},
            "Maven Central",
        ),
        ("run: ./gradlew publish", "", {"build.gradle": "repositories { mavenCentral() }"}, ""),
        ("run: ./gradlew publishToMavenCentral", "", {}, "Maven Central"),
        (
            "run: sbt ci-release",
            "",
            {"project/plugins.sbt": 'addSbtPlugin("x" % "sbt-ci-release" % "1")'},
            "Maven Central",
        ),
        ("uses: rubygems/release-gem@v1", OIDC, {}, "RubyGems' attestations"),
        ("run: gem push x.gem", OIDC, {}, ""),
        ("run: mix hex.publish", "", {}, "Hex signs"),
        ("run: cargo publish", OIDC, {}, ""),
    ],
)
def test_what_the_registry_does_by_itself(step: str, job: str, files: dict[str, str], by: str) -> None:
    repo = Repository.of({**workflow(step, job=job), **files})
    release = repo.once(releases).found[0]
    found = by_registry(repo, release)
    assert (found.by if found else "").startswith(by)
    assert (found is not None) is bool(by)


def test_publishing_with_an_identity_is_trusted() -> None:
    def one(step: str, job: str = OIDC) -> bool:
        return trusted(held(workflow(*step.split(" ; "), job=job)).found[0].one)

    assert one("run: npm publish")
    assert not one("run: npm publish", "")
    assert one("run: twine upload x")
    assert not one("run: twine upload x\n        env: {TWINE_PASSWORD: x}")
    assert one("uses: rust-lang/crates-io-auth-action@v1 ; run: cargo publish")
    assert not one("run: cargo publish")
    gitlab = held({".gitlab-ci.yml": "a:\n  script: [npm publish]\n  rules: [{if: $CI_COMMIT_TAG}]\n"}).found[0].one
    assert not trusted(gitlab)
    assert not identity(gitlab)


# --- configurations

GO = "uses: goreleaser/goreleaser-action@v6\n        with: {args: release --clean}"


@pytest.mark.parametrize(
    ("step", "files", "found"),
    [
        (GO, {".goreleaser.yml": "signs:\n  - cmd: cosign\ndocker_signs:\n  - {}\n"}, [("GoReleaser's `signs`", ""), ("GoReleaser's `docker_signs`", "")]),
        (GO, {".goreleaser.yml": "signs:\n  - artifacts: none\n"}, [("GoReleaser's `signs`", "signing-off")]),
        (GO.replace("--clean", "--skip=sign"), {".goreleaser.yml": "signs:\n  - {}\n"}, [("GoReleaser's `signs`", "signing-off")]),
        (GO, {".goreleaser.yml": "{"}, []),
        ("run: jreleaser full-release", {"jreleaser.yml": "signing:\n  active: ALWAYS\n"}, [("JReleaser's `signing`", "")]),
        ("run: dist host", {"dist-workspace.toml": "[dist]\ngithub-attestations = true\n"}, [("dist's attestations", "")]),
        ("run: mvn deploy", {"pom.xml": "<artifactId>maven-gpg-plugin</artifactId>"}, [("Maven's signing", "")]),
        ("run: ./gradlew publish", {"build.gradle": "signing {\n}\n"}, [("Gradle's signing", "")]),
        ("run: sbt publishSigned", {"project/a.sbt": '"sbt-pgp"'}, [("sbt's signing", "")]),
        ("uses: helm/chart-releaser-action@v1", {".github/cr.yaml": "sign: true\n"}, [("Helm's signing", "")]),
        ('uses: helm/chart-releaser-action@v1\n        env: {CR_SIGN: "true"}', {}, [("Helm's signing", "")]),
        ("run: npx electron-builder --publish always\n        env: {CSC_LINK: x}", {}, [("code signing (`CSC_LINK`)", "")]),
        ("run: npm publish", {"pom.xml": "<artifactId>maven-gpg-plugin</artifactId>"}, []),
    ],
)  # fmt: skip
def test_what_configurations_sign(step: str, files: dict[str, str], found: list[tuple[str, str]]) -> None:
    repo = Repository.of({**workflow(step), **files})
    assert [(one.by, one.code) for one in configured(repo, repo.once(releases))] == found


def test_terraform_checks_the_signature_of_a_provider_by_itself() -> None:
    files = {
        ".goreleaser.yml": "signs: [{}]\n",
        "go.mod": "require github.com/hashicorp/terraform-plugin-framework v1\n",
    }
    repo = Repository.of({**workflow(GO), **files})
    assert [one.way for one in configured(repo, repo.once(releases))] == [Way.BY_ITSELF]


# --- what customers are told


@pytest.mark.parametrize(
    ("path", "text", "said", "signature"),
    [
        ("README.md", "`cosign verify x`", "cosign verify", True),
        ("docs/a/b.md", "    gpg --batch --verify x.asc", "gpg --batch --verify", True),
        ("SECURITY.md", "gh attestation verify x", "gh attestation verify", True),
        ("README.md", "## Verifying the release\n\nCheck the signature with our key.\n", "Verifying the release", True),
        ("README.md", "## Verifying the release\n\nAsk us.\n", "", False),
        ("README.md", "sha256sum -c SHA256SUMS", "sha256sum -c", False),
        ("README.md", "git tag -v v1", "git tag -v", True),
        ("README.md", "helm template x to verify", "", False),
        (".github/workflows/r.yml", "run: cosign verify x\n", "", False),
        (".github/workflows/r.yml", "  body: Run `cosign verify x`\n", "cosign verify", True),
        ("tests/README.md", "cosign verify x", "", False),
        ("src/x/README.md", "cosign verify x", "", False),
        ("CHANGELOG.md", "cosign verify x", "", False),
        ("docs/release-runbook.md", "cosign verify x", "", False),
        ("docs/adr/0001.md", "cosign verify x", "", False),
        ("docs/download.md", "x.zip.asc, [KEYS](https://x.org/KEYS)", "signatures beside the files", True),
        ("src/site/pages/download.adoc", "cosign verify x", "cosign verify", True),
        ("docs/download.md", "[KEYS](https://x.org/KEYS)", "", False),
    ],
)
def test_instructions(path: str, text: str, said: str, *, signature: bool) -> None:
    found = instructions(Repository.of({path: text}))
    assert [(one.said[: len(said)], one.signature) for one in found] == ([(said, signature)] if said else [])


def test_instructions_about_releases_come_before_those_about_tags() -> None:
    found = instructions(
        Repository.of({"README.md": "git tag -v v1", "docs/x.md": "git verify-tag v1\ncosign verify x\n"})
    )
    assert [(one.place.path, one.place.line, one.tag) for one in found] == [
        ("docs/x.md", 2, False),
        ("README.md", 1, True),
    ]


# --- tags


def test_tags_are_told_newest_first_with_their_signatures(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"a": "1"})
    git(folder, "tag", "v1.0")
    commit(folder, {"a": "2"})
    git(folder, "tag", "-a", "v1.1", "-m", "x", GIT_COMMITTER_DATE="2026-03-02T12:00:00+0000")
    git(folder, "tag", "nightly")
    body = git(folder, "cat-file", "tag", "v1.1")
    signed = body.replace("tag v1.1", "tag v2.0").replace("1772452800", "1772539200")
    signed += "\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
    name = git(folder, "hash-object", "-t", "tag", "-w", "--stdin", "--literally", stdin=signed.encode())
    git(folder, "update-ref", "refs/tags/v2.0", name)
    found = open_repository(str(folder)).once(tags)
    assert [(one.name, one.signed) for one in found] == [("v2.0", True), ("v1.1", False), ("v1.0", False)]


def test_without_git_no_tag_is_known() -> None:
    assert Repository.of({}).once(tags) == ()


@pytest.mark.parametrize(
    ("signs", "way"),
    [
        ("{cmd: cosign, args: [sign-blob, $artifact]}", Way.BY_NAME),
        ('{cmd: cosign, args: ["sign-blob", "--key=cosign.key"]}', Way.BY_KEY),
        ("{artifacts: checksum}", Way.BY_KEY),
    ],
)
def test_what_goreleaser_signs_with(signs: str, way: Way) -> None:
    repo = Repository.of({**workflow(GO), ".goreleaser.yml": f"signs: [{signs}]\n"})
    assert [one.way for one in configured(repo, repo.once(releases))] == [way]
