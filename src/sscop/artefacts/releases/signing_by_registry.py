"""What the registry that a step publishes to, or the way of publishing, does for what is published there.

NuGet.org's signature of every package, like npm's, says from where it came and not who made it: it is none here.

Sources: npm's and PyPI's pages on provenance and trusted publishing; Maven Central's requirements.
"""

from __future__ import annotations

import re

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries, Text, mapping, text
from sscop.artefacts.pipelines import Activity
from sscop.artefacts.releases.model import Channel, Release
from sscop.artefacts.releases.signing import Signer, Way
from sscop.lazy import lazily
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
_NPMRC = lazily(r"^provenance\s*=\s*true|^npmPublishProvenance:\s*true", re.MULTILINE)
_PLATFORMS = {
    Channel.HEX: "Hex signs its registry, and clients check it",
    Channel.STORE: "app stores deliver only what is signed, and devices check it",
    Channel.BROWSER: "the store signs what it delivers, and browsers check it",
    Channel.EDITOR: "the marketplace signs what it delivers, and the editor checks it",
    Channel.SYSTEM: "the package system checks the repository's signature",
    Channel.JSR: "JSR records the provenance of what a pipeline publishes",
}
SBT = lazily(r"\"(sbt-ci-release|sbt-pgp|sbt-typelevel-ci-release|sbt-typelevel)\"")


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
        if isinstance(held, str) and (_CENTRAL.search(re.sub(r"mavenCentral\(\)", "", held)) or SBT.search(held)):
            return True
    return False
