"""What signs because a release tool, a build file or the registry's own rules say so.

Sources: the tools' documentation; npm's and PyPI's pages on trusted publishing; Maven Central's requirements; NuGet's
repository signatures; Go's checksum database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries, Text, items, load, mapping, text
from sscop.artefacts.pipelines import Activity
from sscop.artefacts.releases.model import Channel, Release, Releases
from sscop.artefacts.releases.signing import FILES, IMAGES, Signer, Way
from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

_PYPA = "pypa/gh-action-pypi-publish"
_OLD = lazily(r"v?1\.(?:\d|10)(?:\.\d+)?\b")
_TOKENS = lazily(r"NODE_AUTH_TOKEN|NPM_TOKEN|NPM_AUTH_TOKEN|NPM_PUBLISH_TOKEN|npm_config_.*authToken", re.IGNORECASE)
_CENTRAL = lazily(
    r"central-publishing|nexus-staging|sonatype|ossrh|oss\.sonatype|central\.sonatype|publishToMavenCentral|"
    r"maven[ _-]?central",
    re.IGNORECASE,
)
_GRADLE_SIGNING = lazily(
    r"^[ \t]{0,12}signing\s*\{|signAllPublications\(\)|RELEASE_SIGNING_ENABLED\s*=\s*true|"
    r"signAllPublications\s*=\s*true",
    re.MULTILINE,
)
_MAVEN_SIGNING = lazily(r"<artifactId>\s*(maven-gpg-plugin|sign-maven-plugin|sigstore-maven-plugin)\s*</artifactId>")
_SBT = lazily(r"\"(sbt-ci-release|sbt-pgp|sbt-typelevel-ci-release|sbt-typelevel)\"")
_DIST = lazily(r"^[ \t]*github-attestations\s*=\s*true", re.MULTILINE)
_NPMRC = lazily(r"^provenance\s*=\s*true|^npmPublishProvenance:\s*true", re.MULTILINE)
_APPLE_WINDOWS = lazily(
    r"CSC_LINK|APPLE_CERTIFICATE|MAC_CERTS|TAURI_SIGNING_PRIVATE_KEY|TAURI_PRIVATE_KEY|WINDOWS_CERTIFICATE|"
    r"APPLE_SIGNING_IDENTITY"
)
_PLATFORMS = {
    Channel.HEX: "Hex signs its registry, and clients check it",
    Channel.STORE: "app stores deliver only what is signed, and devices check it",
    Channel.BROWSER: "the store signs what it delivers, and browsers check it",
    Channel.EDITOR: "the marketplace signs what it delivers, and the editor checks it",
    Channel.SYSTEM: "the package system checks the repository's signature",
    Channel.JSR: "JSR records the provenance of what a pipeline publishes",
}


def by_registry(repo: Repository, release: Release) -> Signer | None:
    """What the registry itself, or the way of publishing, does for what is published there."""
    one, channel = release.one, release.channel
    place, only = release.place, frozenset({channel})
    if channel in _PLATFORMS:
        return Signer(_PLATFORMS[channel], place, only, Way.BY_ITSELF)
    if channel is Channel.PYPI and trusted(one) and _attests(one):
        return Signer("PyPI's attestations, made by default with trusted publishing", place, only, Way.BY_ITSELF)
    if channel is Channel.NPM and (why := _provenance(repo, one)):
        return Signer(why, place, only, Way.BY_ITSELF)
    if channel is Channel.NUGET and not re.search(
        r"myget|github\.com|gitlab|artifact|feed", " ".join(one.words).lower()
    ):
        return Signer("NuGet.org signs every package, and clients check it", place, only, Way.BY_ITSELF)
    if channel is Channel.MAVEN and _to_central(repo, one):
        return Signer("Maven Central takes only what is signed", place, only, Way.BY_ITSELF)
    if channel is Channel.GEMS and (one.step.uses or "").lower().startswith("rubygems/release-gem") and trusted(one):
        return Signer("RubyGems' attestations, made by default with trusted publishing", place, only, Way.BY_ITSELF)
    return None


def trusted(one: Activity) -> bool:
    """Whether a step publishes with an identity of its run, rather than with a kept token."""
    if one.pipeline.system.value != "GitHub Actions" or not identity(one):
        return False
    uses = (one.step.uses or "").lower().partition("@")[0] if not one.words else ""
    if uses == _PYPA:
        return not one.step.inputs.get("password")
    if one.tool == "npm packages":
        given = {**mapping(one.pipeline.node.get("env")), **one.step.env}
        return not any(_TOKENS.search(name) for name in given)
    if one.tool == "PyPI":
        return not any(re.search(r"TOKEN|PASSWORD", name) for name in one.step.env) and "--token" not in one.words
    return uses == "rubygems/release-gem" or any(
        "auth-action" in (step.uses or "")
        or "configure-rubygems" in (step.uses or "")
        or "nuget/login" in (step.uses or "").lower()
        for step in one.job.steps
    )


def identity(one: Activity) -> bool:
    """Whether the job may ask for a token that says who it is (`id-token: write`)."""
    granted = one.job.permissions
    if isinstance(granted, Text):
        return granted == "write-all"
    return isinstance(granted, Entries) and text(granted.get("id-token")) == "write"


def _attests(one: Activity) -> bool:
    """PyPI's action makes attestations by default since 1.11."""
    uses = (one.step.uses or "") if not one.words else ""
    if not uses.lower().startswith(_PYPA) or str(one.step.inputs.get("attestations", "")).lower() == "false":
        return False
    return not _OLD.fullmatch(uses.partition("@")[2])


def _provenance(repo: Repository, one: Activity) -> str:
    """Why npm makes provenance for what a step publishes; "" where nothing says so."""
    given = {**mapping(one.pipeline.node.get("env")), **one.step.env}
    if any(name.lower() == "npm_config_provenance" and str(value).lower() == "true" for name, value in given.items()):
        return "npm's provenance (`NPM_CONFIG_PROVENANCE`)"
    if any(word.startswith("--provenance") and not word.endswith("=false") for word in one.words):
        return "npm's provenance"
    for path in repo.find("{.npmrc,.yarnrc.yml}"):
        said = repo.text(path)
        if isinstance(said, str) and _NPMRC.search(said):
            return f"npm's provenance (`{path}`)"
    for path in repo.find("**/package.json", family=Family.PRODUCT)[:200]:
        data = repo.read(path)
        if isinstance(data, bytes) and b"publishConfig" in data and b"provenance" in data:
            node = repo.parse(path, jsonc.load)
            if isinstance(node, Entries) and text(mapping(node.get("publishConfig")).get("provenance")) == "true":
                return f"npm's provenance (`publishConfig` in {path})"
    plain = one.words[:2] == ("npm", "publish") or "publish" in one.words[:4]
    return "npm's provenance, made by default with trusted publishing" if plain and trusted(one) else ""


def _to_central(repo: Repository, one: Activity) -> bool:
    said = " ".join([*one.words, *map(str, one.step.env), *map(str, one.step.env.values())])
    if _CENTRAL.search(said):
        return True
    for path in repo.find(
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "build.sbt",
        "project/plugins.sbt",
        "*/build.gradle*",
        "{gradle,buildSrc,build-logic}/**/*.{gradle,kts}",
    )[:60]:
        held = repo.text(path)
        if isinstance(held, str) and (_CENTRAL.search(re.sub(r"mavenCentral\(\)", "", held)) or _SBT.search(held)):
            return True
    return False


# --- configurations


def configured(repo: Repository, held: Releases) -> Iterator[Signer]:
    """What the configurations of release tools and builds say."""
    tools = {one.one.tool for one in held.found}
    channels = {one.channel for one in held.found} | {one.channel for one in held.by_hand}
    if "GoReleaser" in tools or any("goreleaser" in one.place.note for one in held.by_hand):
        yield from _goreleaser(repo, held)
    if "JReleaser" in tools:
        yield from _read(
            repo,
            ("**/jreleaser.{yml,yaml}",),
            lazily(r"^signing:\s*\n(?:\s+[^\n]{0,80}\n){0,4}?\s+active:\s*(?:ALWAYS|RELEASE)", re.MULTILINE),
            "JReleaser's `signing`",
            FILES | {Channel.MAVEN},
            Way.BY_KEY,
        )
    if "dist" in tools:
        yield from _read(
            repo, ("{Cargo,dist-workspace,dist}.toml",), _DIST, "dist's attestations", _ONLY_FILES, Way.BY_NAME
        )
    if Channel.MAVEN in channels or held.packages:
        maven = frozenset({Channel.MAVEN})
        yield from _read(repo, ("**/pom.xml",), _MAVEN_SIGNING, "Maven's signing", maven, Way.BY_ITSELF)
        yield from _read(
            repo,
            ("**/*.{gradle,gradle.kts}", "gradle.properties"),
            _GRADLE_SIGNING,
            "Gradle's signing",
            maven,
            Way.BY_ITSELF,
        )
        yield from _read(repo, ("project/*.sbt",), _SBT, "sbt's signing", maven, Way.BY_ITSELF)
    if Channel.CHARTS in channels:
        yield from _read(
            repo,
            ("{,.github/}cr.{yml,yaml}",),
            lazily(r"^sign:\s*true", re.MULTILINE),
            "Helm's signing",
            frozenset({Channel.CHARTS}),
            Way.BY_KEY,
        )
    for one in held.found:
        if one.channel is Channel.FILES and (
            name := next((name for name in one.one.step.env if _APPLE_WINDOWS.search(name)), "")
        ):
            yield Signer(f"code signing (`{name}`)", one.place, frozenset({Channel.FILES}), Way.BY_ITSELF)
        if one.channel is Channel.CHARTS and text(one.one.step.env.get("CR_SIGN")) == "true":
            yield Signer("Helm's signing", one.place, frozenset({Channel.CHARTS}), Way.BY_KEY)


def _read(
    repo: Repository, globs: tuple[str, ...], pattern: re.Pattern[str], by: str, channels: frozenset[Channel], way: Way
) -> Iterator[Signer]:
    for path in repo.find(*globs, family=Family.PRODUCT)[:300]:
        said = repo.text(path)
        match = pattern.search(said) if isinstance(said, str) else None
        if match and isinstance(said, str):
            yield Signer(
                by, Evidence(path, said.count("\n", 0, match.start()) + 1, match[0].strip()[:60]), channels, way
            )
            return


_ONLY_FILES = frozenset({Channel.FILES})
_SIGNS = (("signs", _ONLY_FILES), ("binary_signs", _ONLY_FILES), ("docker_signs", IMAGES))


def _goreleaser(repo: Repository, held: Releases) -> Iterator[Signer]:
    module = repo.text("go.mod") if repo.has("go.mod") else ""
    provider = isinstance(module, str) and "terraform-plugin-" in module  # Terraform checks what it installs
    runs = [one for one in held.found if one.one.tool == "GoReleaser"]
    for path in repo.find("**/{.goreleaser,goreleaser}*.{yml,yaml}", family=Family.PRODUCT):
        node = repo.parse(path, load)
        root = node if isinstance(node, Entries) else mapping(None)
        for key, channels in _SIGNS:
            for entry in items(root.get(key))[:1]:
                given = mapping(entry)
                off = text(given.get("artifacts")) == "none"
                lacks, code = ("signs nothing: `artifacts: none`", "signing-off") if off else ("", "")
                skip = next(
                    (
                        one
                        for one in runs
                        if re.search(
                            r"--skip[= -](?:\S*,)?sign",
                            " ".join([*one.one.words, str(one.one.step.inputs.get("args", ""))]),
                        )
                    ),
                    None,
                )
                if skip and len(runs) == 1:
                    lacks, code = "is left out: the release runs with `--skip=sign`", "signing-off"
                line = next((name.line for name, _ in root.pairs() if name == key), 1)
                yield Signer(
                    f"GoReleaser's `{key}`",
                    Evidence(path, line, f"{key}: {text(given.get('cmd')) or 'gpg'}"),
                    channels,
                    Way.BY_ITSELF if provider else Way.BY_KEY,
                    lacks,
                    code,
                )


def tagged_by_itself(held: Releases) -> Evidence | None:
    """The sign that what is taken by tag is checked by everybody's tool: Go's checksum database."""
    return next((one for one in held.tagged if one.note == "a Go library"), None)
