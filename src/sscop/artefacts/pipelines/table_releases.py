"""Tools that make what is released: SBOMs, signatures, provenance, packages and releases. See `tools` for the rows."""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

# fmt: off
_SBOM = (Purpose.SBOM,)
_SIGN = (Purpose.SIGNING,)
_PROVENANCE = (Purpose.PROVENANCE,)
_PUBLISH = (Purpose.PUBLISHING,)
_RELEASE = (Purpose.RELEASE,)
_PUBLISH_RELEASE = (Purpose.PUBLISHING, Purpose.RELEASE)
_BOMS = "cyclonedx*|spdx*"
_MVN, _GRADLE = ("mvn", "mvnw", "mvnd"), ("gradle", "gradlew")


def _maven(*goals: str) -> tuple[str, ...]:
    return tuple(f"{program} .. {goal}" for program in _MVN for goal in goals)


def _gradle(*tasks: str) -> tuple[str, ...]:
    return tuple(f"{program} .. {task}|*:{task}" for program in _GRADLE for task in tasks)


SBOMS: tuple[Tool, ...] = (
    Tool("Syft", _SBOM, ("anchore/sbom-action",), (f"syft .. -o|--output={_BOMS}", f"syft convert .. -o|--output={_BOMS}", "syft attest")),
    Tool("CycloneDX's generators", _SBOM, ("cyclonedx/gh-dotnet-generate-sbom", "cyclonedx/gh-node-module-generatebom", "cyclonedx/gh-python-generate-sbom", "cyclonedx/gh-php-composer-generate-sbom", "cyclonedx/gh-gomod-generate-sbom", "cyclonedx/cdxgen-action"), ("cyclonedx-py", "cyclonedx_py", "cyclonedx-bom", "cyclonedx-npm", "cyclonedx-node", "cdxgen", "cargo .. cyclonedx|sbom|auditable-sbom", "cargo-cyclonedx", "cyclonedx-gomod", "dotnet .. CycloneDX|cyclonedx", "dotnet-cyclonedx", "cyclonedx-dotnet", "cyclonedx-ruby", "composer CycloneDX:make-sbom|make-bom", "composer .. CycloneDX:*|cyclonedx:*", "cyclonedx-php", "cyclonedx-cli merge|convert", "cyclonedx merge|convert", "cyclonedx-conan", "mix .. sbom.cyclonedx", "yarn cyclonedx", "cyclonedx", *_maven("cyclonedx:*", "*cyclonedx-maven-plugin*", "*spdx-maven-plugin*", "spdx:createSPDX"), *_gradle("cyclonedxBom", "cyclonedxDirectBom", "spdxSbom", "sbom"))),
    Tool("Trivy's SBOM", _SBOM, ("aquasecurity/trivy-action",), (f"trivy .. --format|-f={_BOMS}", "trivy .. -f=github"), (f"format={_BOMS}|github",)),
    Tool("Microsoft's SBOM tool", _SBOM, ("task: manifestgeneratortask*",), ("sbom-tool generate", "sbom-tool-linux-x64 generate", "sbom-tool-win-x64 generate", "microsoft.sbom.tool generate", "dotnet sbom-tool")),
    Tool("npm sbom", _SBOM, (), ("npm sbom", "pnpm .. sbom", "yarn sbom")),
    Tool("uv export", _SBOM, (), (f"uv export .. --format={_BOMS}",)),
    Tool("pip-audit's SBOM", _SBOM, (), ("pip-audit .. -f|--format=cyclonedx*", "pip_audit .. -f|--format=cyclonedx*")),
    Tool("reuse spdx", _SBOM, (), ("reuse spdx",)),
    Tool("ko", _SBOM, (), ("ko build|publish|resolve|apply !--sbom=none",)),
    Tool("docker build --sbom", _SBOM, ("docker/build-push-action", "depot/build-push-action"), ("docker .. build --sbom !--sbom=false", "docker .. build --attest=*sbom*", "depot build --sbom"), ("sbom=true|generator*",)),
    Tool("docker build --sbom", _SBOM, ("docker/build-push-action", "depot/build-push-action"), (), ("attests=*sbom*",)),
    Tool("docker bake with SBOM", _SBOM, ("docker/bake-action", "depot/bake-action"), ("docker buildx bake --sbom",), ("sbom=true",)),
    Tool("Docker's SBOM", _SBOM, (), ("docker sbom", "docker scout sbom")),
    Tool("GitHub's dependency-graph export", _SBOM, ("advanced-security/sbom-generator-action", "advanced-security/gh-sbom"), ("gh sbom", "gh api *dependency-graph/sbom*", "curl .. *dependency-graph/sbom*")),
    Tool("bom", _SBOM, (), ("bom generate",)),
    Tool("attest-sbom", _SBOM, ("actions/attest-sbom",)),
    Tool("attest with SBOM", _SBOM, ("actions/attest",), (), ("sbom-path=*",)),
    Tool("cosign's SBOM attestation", _SBOM, (), (f"cosign attest .. --type={_BOMS}", "cosign attach sbom")),
    Tool("Snyk's SBOM", _SBOM, (), ("snyk sbom",)),
    Tool("Grype's or Tern's SBOM", _SBOM, (), ("grype .. -o=cyclonedx*", "tern report", "distro2sbom", "sbom4python", "sbom4rust", "sbom4files", "sbom4js", "sbomasm assemble", "parlay ecosystems", "hoppr bundle", "spdx-sbom-generator", "sbom-generator", "west spdx", "dart run sbom", "pub run sbom", "dart pub global run sbom", "bazel .. *sbom*", "make .. sbom|sboms|bom|generate-sbom")),
    Tool("sbomify", _SBOM, ("sbomify/github-action", "sbomify/sbomify-action")),
    Tool("Mend's or FOSSA's SBOM", _SBOM, (), ("fossa report --format=spdx*|cyclonedx*", "mend .. --format=cyclonedx*|spdx*", "jf .. --format=cyclonedx")),
)

SIGNING: tuple[Tool, ...] = (
    Tool("cosign", _SIGN, (), ("cosign sign|sign-blob|attest|attest-blob",)),
    Tool("Sigstore for Python", _SIGN, ("sigstore/gh-action-sigstore-python",), ("sigstore sign", "sigstore .. sign")),
    Tool("GnuPG", _SIGN, (), ("gpg .. --detach-sign|--detach-sig|--clearsign|--clear-sign|--sign", "gpg .. -b", "gpg .. -ab", "gpg .. -sab", "gpg .. -bas", "gpg .. -abs", "gpg2 .. --detach-sign", "rpmsign", "rpm --addsign", "debsign", "dpkg-sig", "abuild-sign")),
    Tool("minisign, signify or ssh-keygen", _SIGN, (), ("minisign .. -S", "minisign -Sm", "rsign sign", "signify .. -S", "ssh-keygen .. -Y=sign")),
    Tool("git tag -s", _SIGN, (), ("git tag .. -s|--sign", "gitsign")),
    Tool("Java's signing", _SIGN, ("*/sign-android-release",), ("jarsigner", "apksigner sign", *_maven("gpg:sign", "gpg:sign-and-deploy-file", "*maven-gpg-plugin*", "*sign-maven-plugin*"), *_gradle("signArchives", "signMavenPublication", "signMavenJavaPublication"))),
    Tool("Windows signing", _SIGN, ("azure/trusted-signing-action", "azure/artifact-signing-action", "azure/azure-code-signing-action", "signpath/github-action-submit-signing-request", "dlemstra/code-sign-action", "skymatic/code-sign-action", "task: esrpcodesigning*", "task: onebranch.pipeline.signing*", "task: microbuildsigningplugin*", "task: azurecodesigning*", "task: trustedsigning*", "digicert/ssm-code-signing", "digicert/code-signing-software-trust-action", "sslcom/esigner-codesign"), ("signtool sign", "azuresigntool sign", "osslsigncode sign", "sign code", "dotnet nuget sign", "nuget sign", "jsign", "smctl sign")),
    Tool("Apple's signing", _SIGN, ("lando/code-sign-action", "lando/notarize-action", "indygreg/apple-code-sign-action", "toitlang/action-macos-sign-notarize"), ("codesign !-dv !-d !--display !--verify !-v !-vv !-vvv", "notarytool submit", "rcodesign sign", "productsign", "gon", "quill sign|sign-and-notarize")),
    Tool("Notation", _SIGN, ("notaryproject/notation-action/sign",), ("notation sign",)),
    Tool("Helm's signing", _SIGN, (), ("helm package .. --sign", "helm-sigstore upload")),
    Tool("in-toto or witness", (Purpose.SIGNING, Purpose.PROVENANCE), ("testifysec/witness-run-action",), ("witness run", "in-toto-run", "in-toto-sign")),
)

PROVENANCE: tuple[Tool, ...] = (
    Tool("GitHub's attestations", (Purpose.PROVENANCE, Purpose.SIGNING), ("actions/attest-build-provenance", "actions/attest-sbom", "actions/attest")),
    Tool("SLSA's generators", (Purpose.PROVENANCE, Purpose.SIGNING), ("slsa-framework/slsa-github-generator/*", "philips-labs/slsa-provenance-action")),
    Tool("npm publish --provenance", (Purpose.PROVENANCE, Purpose.SIGNING), (), ("npm publish .. --provenance !--provenance=false", "yarn npm publish --provenance", "pnpm .. publish --provenance", "lerna publish .. --provenance")),
    Tool("docker build --provenance", _PROVENANCE, ("docker/build-push-action", "depot/build-push-action", "docker/bake-action"), ("docker .. build --provenance=true|mode=*", "docker buildx bake --provenance=true|mode=*"), ("provenance=true|mode=*",)),
    Tool("PyPI attestations", _PROVENANCE, ("astral-sh/attest-action",), ("pypi-attestations sign",)),
)

PUBLISHING: tuple[Tool, ...] = (
    Tool("PyPI", _PUBLISH, ("pypa/gh-action-pypi-publish",), ("twine upload", "uv publish", "poetry publish", "flit publish", "hatch publish", "pdm publish", "rye publish", "pip-publish", "maturin publish|upload", "setup.py upload", "anaconda upload")),
    Tool("npm packages", _PUBLISH, ("js-devtools/npm-publish", "task: npmpublish*"), ("npm publish !--dry-run", "yarn publish", "yarn npm publish", "yarn workspaces foreach .. publish", "pnpm .. publish !--dry-run", "bun publish", "lerna publish", "jsr publish", "deno publish", "changeset publish", "npm-publish", "rush publish", "nx release|run-many --target=publish", "nx .. publish")),
    Tool("npm's Azure task", _PUBLISH, ("task: npm",), (), ("command=publish",)),
    Tool("crates.io", _PUBLISH, ("katyo/publish-crates",), ("cargo .. publish !--dry-run|-n", "cargo release", "cargo workspaces publish", "cargo ws publish", "release-plz release")),
    Tool("RubyGems", _PUBLISH, ("rubygems/release-gem",), ("gem push", "rake .. release|release:*", "gem-release")),
    Tool("Maven repositories", _PUBLISH, (), (*_maven("deploy", "deploy:*", "release:perform", "central-publishing:*", "nexus-staging:*", "jreleaser:*"), *_gradle("publish", "publishToSonatype", "publishToMavenCentral", "publishAndReleaseToMavenCentral", "publishAllPublicationsTo*", "closeAndReleaseSonatypeStagingRepository", "closeAndReleaseStagingRepositories", "publishPlugins", "publishPlugin", "artifactoryPublish", "uploadArchives", "bintrayUpload", "jib", "jreleaserFullRelease", "jreleaserDeploy"), "sbt .. publish|publishSigned|ci-release|+publish|+publishSigned", "mill .. publish*", "lein deploy", "clojure -T:build deploy")),
    Tool("NuGet", _PUBLISH, (), ("dotnet nuget push", "nuget push", "nuget.exe push", "dotnet paket push", "paket push")),
    Tool("NuGet's Azure tasks", _PUBLISH, ("task: nugetcommand*", "task: dotnetcorecli*"), (), ("command=push",)),
    Tool("Packagist", _PUBLISH, ("update-packagist/*",), ()),
    Tool("Hex", _PUBLISH, ("erlangpack/github-action",), ("mix .. hex.publish", "rebar3 hex publish", "gleam publish")),
    Tool("pub.dev", _PUBLISH, ("dart-lang/setup-dart/.github/workflows/publish.yml", "dart-lang/ecosystem/.github/workflows/publish.yaml", "k-paxian/dart-package-publisher"), ("dart pub publish", "flutter pub publish", "pub publish", "melos publish")),
    Tool("CocoaPods", _PUBLISH, (), ("pod trunk push", "pod repo push")),
    Tool("containers", _PUBLISH, ("docker/build-push-action", "depot/build-push-action", "docker/bake-action", "depot/bake-action"), (), ("push=true|$*",)),
    Tool("containers", _PUBLISH, ("docker/build-push-action", "depot/build-push-action"), (), ("outputs=*push=true*|*push=$*",)),
    Tool("signed containers", (Purpose.PUBLISHING, Purpose.SIGNING, Purpose.PROVENANCE), ("docker/github-builder/.github/workflows/build.yml", "docker/github-builder/.github/workflows/bake.yml"), ()),
    Tool("containers", _PUBLISH, ("mr-smithers-excellent/docker-build-push", "redhat-actions/push-to-registry", "elgohr/publish-docker-github-action", "jerray/publish-docker-action", "macbre/push-to-ghcr"), ("docker push", "docker .. build --push", "docker buildx .. --push", "docker compose push", "docker-compose push", "podman push", "buildah push", "buildah manifest push", "podman manifest push", "img push", "nerdctl push", "pack build --publish", "nix run .. *#*push*image*", "skopeo copy", "crane push|copy|append", "ko build|publish|resolve|apply", "kaniko", "executor --destination", "oras push", "imgpkg push", "bazel run .. *push*", "docker manifest push", "docker buildx imagetools create", "make .. PUSH=true|PUSH=1|PUSH=yes|*PUSH_IMAGE=true|*PUSH_IMAGES=true|DOCKER_PUSH=true|DOCKER_PUSH=1|IMAGE_PUSH=true")),
    Tool("containers in Azure", _PUBLISH, ("task: docker*",), (), ("command=push|buildandpush|",)),
    Tool("Helm charts", _PUBLISH, ("helm/chart-releaser-action", "stefanprodan/helm-gh-pages"), ("helm push", "helm cm-push", "cr upload", "chartpress --push")),
    Tool("VS Code extensions", _PUBLISH, ("haaleo/publish-vscode-extension", "lannonbr/vsce-action"), ("vsce publish", "ovsx publish")),
    Tool("browser extensions", _PUBLISH, ("mnao305/chrome-extension-upload", "plasmohq/bpp", "mobilefirstllc/cws-publish"), ("web-ext sign", "chrome-webstore-upload upload")),
    Tool("app stores", _PUBLISH, ("r0adkll/upload-google-play", "apple-actions/upload-testflight-build"), ("fastlane .. release|deploy|beta|publish", "fastlane .. supply|deliver|pilot", "xcrun altool .. --upload-app")),
    Tool("operating systems' packages", _PUBLISH, ("snapcore/action-publish", "flatpak/flatpak-github-actions/flat-manager", "vedantmgoyal9/winget-releaser", "vedantmgoyal2009/winget-releaser", "dawidd6/action-homebrew-bump-formula", "mislav/bump-homebrew-formula-action", "ksxgithub/github-actions-deploy-aur"), ("snapcraft upload|push|release", "choco push", "wingetcreate update|submit|new", "copr-cli build", "dput", "package_cloud push", "cloudsmith push", "jf rt upload", "jfrog rt u", "jf rt u", "aptly publish")),
    Tool("Terraform registry", _PUBLISH, ("hashicorp/ghaction-terraform-provider-release*",)),
    Tool("Nix caches and flakes", _PUBLISH, ("determinatesystems/flakehub-push",), ()),
)

RELEASING: tuple[Tool, ...] = (
    Tool("GitHub releases", _RELEASE, ("actions/create-release", "softprops/action-gh-release", "ncipollo/release-action", "actions/upload-release-asset", "svenstaro/upload-release-action", "shogo82148/actions-upload-release-asset", "marvinpinto/action-automatic-releases", "elgohr/github-release-action", "release-drafter/release-drafter", "alexellis/upload-assets", "taiki-e/upload-rust-binary-action", "taiki-e/create-gh-release-action", "wangyoucao577/go-release-action", "eloquent/github-release-action", "comnoco/create-release-action", "task: githubrelease*", "skx/github-action-publish-binaries", "xresloader/upload-to-github-release", "antonyurchenko/git-release", "orb: github-cli/release", "python-semantic-release/publish-action", "cucumber/action-create-github-release"), ("gh release create|upload|edit", "hub release create|edit", "ghr", "release-cli create", "glab release create|upload", "github-release upload|release", "github_release", "conventional-github-releaser")),
    Tool("GoReleaser", _PUBLISH_RELEASE, ("goreleaser/goreleaser-action",), ("goreleaser release|publish|continue !--snapshot",), ("args=|release*|continue*|publish*", "!args=*--snapshot*", "!install-only=true")),
    Tool("JReleaser", _PUBLISH_RELEASE, ("jreleaser/release-action",), ("jreleaser full-release|release|publish|deploy",)),
    Tool("dist", _PUBLISH_RELEASE, (), ("dist host|build", "cargo dist", "cargo-dist host|build")),
    Tool("semantic-release", _PUBLISH_RELEASE, ("cycjimmy/semantic-release-action", "python-semantic-release/python-semantic-release", "relekang/python-semantic-release", "codfish/semantic-release-action", "go-semantic-release/action"), ("semantic-release", "semantic-release-monorepo", "multi-semantic-release", "release-it", "np", "auto shipit")),
    Tool("release-please", _RELEASE, ("googleapis/release-please-action", "google-github-actions/release-please-action", "changesets/action", "release-plz/action", "marvinpinto/actions-automatic-releases"), ("release-please",)),
    Tool("electron-builder", _PUBLISH_RELEASE, ("samuelmeuli/action-electron-builder", "tauri-apps/tauri-action"), ("electron-builder .. --publish|-p=always|onTag|onTagOrDraft", "electron-forge publish")),
)

RELEASES = (*SBOMS, *SIGNING, *PROVENANCE, *PUBLISHING, *RELEASING)
