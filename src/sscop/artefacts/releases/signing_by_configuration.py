"""What signs because a release tool or a build file says so.

Source: the tools' documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, items, load, mapping, text
from sscop.artefacts.releases.model import Channel, Releases
from sscop.artefacts.releases.signing import FILES, IMAGES, Signer, Way, keyed
from sscop.artefacts.releases.signing_by_registry import SBT
from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

_GRADLE_SIGNING = lazily(
    r"^[ \t]{0,12}signing\s*\{|signAllPublications\(\)|RELEASE_SIGNING_ENABLED\s*=\s*true|"
    r"signAllPublications\s*=\s*true",
    re.MULTILINE,
)
_MAVEN_SIGNING = lazily(r"<artifactId>\s*(maven-gpg-plugin|sign-maven-plugin|sigstore-maven-plugin)\s*</artifactId>")
_DIST = lazily(r"^[ \t]*github-attestations\s*=\s*true", re.MULTILINE)
_APPLE_WINDOWS = lazily(
    r"CSC_LINK|APPLE_CERTIFICATE|MAC_CERTS|TAURI_SIGNING_PRIVATE_KEY|TAURI_PRIVATE_KEY|WINDOWS_CERTIFICATE|"
    r"APPLE_SIGNING_IDENTITY"
)


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
        yield from _read(repo, ("project/*.sbt",), SBT, "sbt's signing", maven, Way.BY_ITSELF)
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
                    Way.BY_ITSELF if provider else Way.BY_NAME if _keyless(given) else Way.BY_KEY,
                    lacks,
                    code,
                )


def _keyless(given: Entries) -> bool:
    """Whether GoReleaser lets cosign sign with the identity of the run: GnuPG, its default, has a key."""
    return (text(given.get("cmd")) or "").endswith("cosign") and not keyed(
        [str(one) for one in items(given.get("args"))]
    )
