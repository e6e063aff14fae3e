"""What signs or attests what a release hands out, and for which of it, as pipelines run it.

Sources: the documentation of the tools; npm's and PyPI's pages on provenance and trusted publishing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from sscop.artefacts.pipelines import Activities, Activity, Purpose
from sscop.artefacts.pipelines.model import System
from sscop.artefacts.releases.aside import of_tests
from sscop.artefacts.releases.model import Channel, Release, Releases
from sscop.artefacts.releases.path import on_release_path, one_chain, starts
from sscop.lazy import NamedTuple
from sscop.model import Evidence


class Way(Enum):
    """How a customer comes to know that a signature is good."""

    BY_ITSELF = "by itself"
    """The customer's own tools or system look, without being asked."""
    BY_NAME = "by name"
    """The repository's name is all that is needed (`gh attestation verify --repo`, `slsa-verifier --source-uri`, and
    cosign without a key: the identity in its certificate is a workflow of the repository)."""
    BY_KEY = "by key"
    """A key or an identity must be told."""


_C = Channel
FILES = frozenset(
    {_C.FILES, _C.PYPI, _C.NPM, _C.CRATES, _C.GEMS, _C.CHARTS, _C.NUGET, _C.MAVEN, _C.PUB, _C.EDITOR, _C.SYSTEM}
)
"""The channels whose content is files: a signature over files may be over theirs."""

IMAGES = frozenset({_C.IMAGES, _C.CHARTS})
TAG = frozenset({_C.TAG})
_APPS = frozenset({_C.FILES, _C.STORE, _C.BROWSER})


class Signer(NamedTuple):
    """Something that signs: what, where, the channels whose content it is about, and what it lacks ("" for nothing)."""

    by: str
    place: Evidence
    channels: frozenset[Channel]
    way: Way
    lacks: str = ""
    code: str = ""
    one: Activity | None = None
    """The step that runs it, where a pipeline does."""

    def covers(self, release: Release) -> bool:
        """Whether it is about what a step publishes: of packages only what is signed in one chain of jobs with it."""
        if release.channel not in self.channels:
            return False
        if self.one is None or len(self.channels) == 1 or release.channel in (_C.FILES, _C.TAG):
            return True
        same = release.channel is _C.IMAGES and self.one.pipeline.path == release.one.pipeline.path
        return same or one_chain(self.one, release.one)


_KNOWN: Mapping[str, tuple[frozenset[Channel], Way]] = {
    "Sigstore for Python": (FILES, Way.BY_KEY),
    "GnuPG": (FILES | TAG, Way.BY_KEY),
    "minisign, signify or ssh-keygen": (FILES, Way.BY_KEY),
    "git tag -s": (TAG, Way.BY_KEY),
    "Java's signing": (frozenset({_C.FILES, _C.MAVEN, _C.STORE}), Way.BY_ITSELF),
    "Windows signing": (_APPS | {_C.NUGET}, Way.BY_ITSELF),
    "Apple's signing": (_APPS, Way.BY_ITSELF),
    "Notation": (IMAGES, Way.BY_KEY),
    "Helm's signing": (frozenset({_C.CHARTS}), Way.BY_KEY),
    "in-toto or witness": (FILES | IMAGES, Way.BY_KEY),
    "npm publish --provenance": (frozenset({_C.NPM}), Way.BY_ITSELF),
    "PyPI attestations": (frozenset({_C.PYPI}), Way.BY_ITSELF),
    "signed containers": (IMAGES, Way.BY_KEY),
}


def signers(acts: Activities, held: Releases) -> list[Signer]:
    """What signs, with what keeps it from counting; one for each place and job."""
    published = [one.one for one in (*held.found, *held.inner)]
    found: dict[tuple[object, ...], Signer] = {}
    for one in acts.of(Purpose.SIGNING, Purpose.PROVENANCE):
        signer = _signer(one)
        if signer is None or of_tests(one):
            continue
        lacks, code = _lacks(one, published)
        if code == "signing-never-runs" and one.pipeline.system is System.AZURE:
            continue  # a template with a switch, which is off in this pipeline
        key = (signer.by, signer.place.path, signer.place.line, one.pipeline.path, one.job.id)
        found.setdefault(key, signer._replace(lacks=lacks, code=code, one=one))
    return list(found.values())


def keyed(words: Sequence[str]) -> bool:
    """Whether cosign signs with a key, rather than with the identity of the run."""
    return any(word.partition("=")[0] in ("--key", "-key", "--sk") for word in words)


def _signer(one: Activity) -> Signer | None:
    place = Evidence(one.path, one.line, one.said)
    if one.tool == "cosign":
        blob = any("blob" in word for word in one.words[:3])
        named = one.pipeline.system in (System.GITHUB, System.GITLAB) and not keyed(one.words)
        return Signer("cosign", place, FILES if blob else IMAGES, Way.BY_NAME if named else Way.BY_KEY)
    if one.tool == "GitHub's attestations":
        given = {key: str(value) for key, value in one.step.inputs.items()}
        image = "subject-name" in given or given.get("push-to-registry", "").lower() == "true"
        files = bool(given.get("subject-path") or given.get("subject-checksums")) or not image
        channels = (FILES if files else frozenset[Channel]()) | (IMAGES if image else frozenset[Channel]())
        return Signer("GitHub's attestations", place, channels, Way.BY_NAME)
    if one.tool == "SLSA's generators":
        return Signer("SLSA's generator", place, IMAGES if "container" in one.said else FILES, Way.BY_NAME)
    if one.words[:1] == ("codesign",) and re.search(r"\s(?:-s|--sign)[ =]-(?:\s|\Z)", " ".join(one.words)[:4_000]):
        return None  # ad hoc: with nobody's name
    if one.tool in _KNOWN:
        channels, way = _KNOWN[one.tool]
        return Signer(one.tool, place, channels, way)
    return None


def _lacks(one: Activity, published: list[Activity]) -> tuple[str, str]:
    """What keeps a signing step from counting."""
    if not starts(one):
        return "never runs: its condition excludes every event", "signing-never-runs"
    if not on_release_path(one, published):
        return "does not run where the release is published", "signing-off-release"
    if one.tolerance and not one.tolerance.startswith("| "):
        return f"may fail, and the release goes out without it: `{one.tolerance}`", "signing-may-fail"
    return "", ""
