"""Which step of a pipeline releases what: the publishing tools' commands and actions as channels.

Rehearsals are none: dry runs, snapshots, TestPyPI, registries on the own machine, what runs for pull requests or on a
schedule only, and drafts that a person publishes later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries, Text, items, mapping, text
from sscop.artefacts.pipelines import Activities, Activity, Purpose
from sscop.artefacts.releases.aside import aside, beside
from sscop.artefacts.releases.model import Channel, Release
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

_CHANNELS = {
    "PyPI": Channel.PYPI, "npm packages": Channel.NPM, "npm's Azure task": Channel.NPM, "crates.io": Channel.CRATES,
    "RubyGems": Channel.GEMS, "Maven repositories": Channel.MAVEN, "NuGet": Channel.NUGET,
    "NuGet's Azure tasks": Channel.NUGET, "Hex": Channel.HEX, "pub.dev": Channel.PUB, "CocoaPods": Channel.PODS,
    "containers": Channel.IMAGES, "containers in Azure": Channel.IMAGES, "signed containers": Channel.IMAGES,
    "Helm charts": Channel.CHARTS, "VS Code extensions": Channel.EDITOR, "browser extensions": Channel.BROWSER,
    "app stores": Channel.STORE, "operating systems' packages": Channel.SYSTEM, "Terraform registry": Channel.FILES,
    "GoReleaser": Channel.FILES, "JReleaser": Channel.FILES, "dist": Channel.FILES, "electron-builder": Channel.FILES,
    "SLSA's generators": Channel.FILES,
}  # fmt: skip
_BESIDE = lazily(r"\b(?:sbom|vex|cyclonedx|spdx|cdx|intoto|attestation)\b|\.(?:cdx|spdx|intoto)\.", re.IGNORECASE)
_INPUT = lazily(r"\$\{\{\s{0,9}inputs\.([\w-]{1,60})\s{0,9}\}\}")
_ASSETS = ("files", "artifacts", "file", "asset_path", "assets", "release_files", "asset_paths", "filename")
_PLAIN_RELEASES = ("actions/create-release", "comnoco/create-release-action", "taiki-e/create-gh-release-action")
_GH_VALUED = lazily(
    r"-(?:[tnFR]|-(?:title|notes|notes-file|repo|target|discussion-category|notes-start-tag|fail-on-no-commits))\Z"
)
_NO_FILE = lazily(
    r"\$\{?\w*(?:args|flags|opts|expression)\b|\$\{(?!\w*(?:file|asset|artifact|dist|bin))\w+\[[@*]\]\}\Z",
    re.IGNORECASE,
)
"""A variable or an array of the shell that holds more flags."""

_PRIVATE = lazily(
    r"\.dkr\.ecr\.|amazon-ecr-login|\becr get-login|[\w-]*\.azurecr\.io|\bacr login|azure/docker-login"
    r"|[\w-]+-docker\.pkg\.dev|gcloud auth configure-docker|(?<![a-z])(?:ecr|acr|gar)_(?:registry|repo|"
    r"endpoint|url|name|host)",
    re.IGNORECASE,
)
_OPEN = lazily(
    r"ghcr\.io|quay\.io|docker\.io|public\.ecr\.aws|docker_?hub|mcr\.microsoft|registry\.gitlab|CI_REGISTRY",
    re.IGNORECASE,
)
_SEMANTIC_CONFIGS = (
    "{.releaserc,release.config}{,.json,.yaml,.yml,.js,.cjs,.mjs,.ts}",
    "package.json",
)


def found(repo: Repository, acts: Activities) -> Iterator[Release]:
    """The steps that release, in the order of the pipelines; one for each place and channel."""
    seen: set[tuple[object, ...]] = set()
    for one in acts.of(Purpose.PUBLISHING, Purpose.RELEASE):
        if aside(repo, one):
            continue
        channel = channel_of(repo, one)
        key = (channel, one.path, one.line, one.pipeline.path, one.pipeline.name, one.job.id)
        if channel is not None and key not in seen and not beside(repo, one, channel):
            seen.add(key)
            yield Release(channel, one, private(one) if channel is Channel.IMAGES else "")


def channel_of(repo: Repository, one: Activity) -> Channel | None:
    """From where customers get what a step publishes; None where it publishes nothing by itself."""
    if one.words and (one.words[0] in ("jsr", "deno") or one.words[:2] == ("npx", "jsr")):
        return Channel.JSR
    if one.tool == "containers":
        return _image(one)
    if one.tool in _CHANNELS:
        return None if one.tool == "dist" and "build" in one.words[:3] else _CHANNELS[one.tool]
    if one.tool == "GitHub releases":
        return _platform(one)
    if one.tool == "semantic-release":
        return _semantic(repo, one)
    if one.tool == "release-please":
        uses = (one.step.uses or "").lower()
        if uses.startswith("changesets/"):
            return Channel.NPM if one.step.inputs.get("publish") else None
        if uses.startswith("release-plz/"):
            return None if one.step.inputs.get("command") == "release-pr" else Channel.CRATES
        return Channel.TAG
    return None


def _image(one: Activity) -> Channel | None:
    words = " ".join(one.words)
    if one.words[:1] in (("skopeo",), ("oras",)):
        return (
            Channel.CHARTS if "chart" in words else Channel.IMAGES if "docker://" in words.rpartition(" ")[2] else None
        )
    if "imagetools" in one.words or one.words[:2] == ("docker", "manifest"):
        return None  # names what another step has pushed
    outputs = str(one.step.inputs.get("outputs", ""))
    return None if "push=false" in outputs else Channel.IMAGES


def _platform(one: Activity) -> Channel | None:
    """A release on the platform: of files where some are attached, else of the tag's source."""
    uses = (one.step.uses or "").lower().partition("@")[0] if not one.words else ""
    if uses.endswith("release-drafter"):
        return Channel.TAG if str(one.step.inputs.get("publish", "")).lower() == "true" else None
    if uses:
        given = any(value and _is_given(one, str(value)) for value in map(one.step.inputs.get, _ASSETS))
        uploads = "upload" in uses or "binar" in uses or "publish" in uses
        return Channel.FILES if (given or uploads) and uses not in _PLAIN_RELEASES else Channel.TAG
    if "edit" in one.words[:4]:
        return None
    if "upload" in one.words[:4] and _BESIDE.search(" ".join(one.words)[:4_000]) and not _attached(one.words, 2):
        return None  # one file that tells about those of a release
    return (
        Channel.FILES if "upload" in one.words[:4] or one.words[:1] == ("ghr",) or _attached(one.words) else Channel.TAG
    )


def _is_given(one: Activity, value: str) -> bool:
    """Whether an input of a local action's step is something: not an input of the action that its caller leaves out."""
    match = _INPUT.fullmatch(value.strip())
    if match is None or len(one.step.via) != 1:
        return True
    calls = items(one.job.node.get("steps"))
    caller = next((call for call in calls if isinstance(call, Entries) and call.line == one.step.via[0][1]), None)
    return caller is None or bool(mapping(caller.get("with")).get(match[1]))


def _attached(words: tuple[str, ...], most: int = 1) -> bool:
    """Whether `gh release create TAG FILE...` names files: more plain words than `most`."""
    if words[-1:] == ("--",):
        return True  # what xargs is given stands after it
    plain, skip = 0, False
    for word in words[3:]:
        if skip or word.startswith("-"):
            skip = bool(not skip and _GH_VALUED.match(word))
            continue
        if _NO_FILE.match(word):
            continue
        plain += 1
    return plain > most


def _semantic(repo: Repository, one: Activity) -> Channel:
    """semantic-release: the registry that its plugins publish to, npm's by default."""
    said = f"{one.said} {one.step.uses or ''}".lower()
    if "python" in said or "go-semantic" in said:
        return Channel.TAG
    for path in repo.find(*_SEMANTIC_CONFIGS):
        source = repo.text(path)
        if (
            isinstance(source, str)
            and "@semantic-release/" in source
            and '"plugins"' in source.replace("'", '"').replace("plugins:", '"plugins"')
        ):
            return (
                Channel.NPM
                if re.search(r"@semantic-release/npm[\"'\]\s,]|pkgRoot", source)
                and not re.search(r"npmPublish[\"']?\s*:\s*false", source)
                else Channel.TAG
            )
    manifest = repo.parse("package.json", jsonc.load) if repo.has("package.json") else None
    if manifest is None or isinstance(manifest, Unread):
        return Channel.TAG
    return Channel.TAG if text(mapping(manifest).get("private")) == "true" else Channel.NPM


def private(one: Activity) -> str:
    """What in the job says that the image goes to a registry of a cloud account, not to one that is open to all."""
    said = " ".join(one.words)
    if _OPEN.search(said):
        return ""
    parts = [said, *(str(value) for value in one.step.inputs.values() if isinstance(value, Text))]
    parts += [str(step.uses or "") for step in one.job.steps]
    parts += [
        str(value)
        for step in one.job.steps
        for value in (*step.inputs.values(), *step.env.values())
        if isinstance(value, Text)
    ]
    parts += [script.text[:20_000] for step in one.job.steps for script in step.scripts]
    parts += [str(value) for value in mapping(one.job.node.get("env")).values() if isinstance(value, Text)]
    whole = "\n".join(parts)
    match = _PRIVATE.search(whole)
    return match[0].strip(".") if match and not _OPEN.search(whole) else ""
