"""What is released through one channel: whether it is signed where it is published, and customers are told how."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.pipelines import Activities, Purpose
from sscop.artefacts.releases import Channel, Release
from sscop.artefacts.releases.instructions import Instruction
from sscop.artefacts.releases.signing import Signer, Way
from sscop.artefacts.releases.signing_by_registry import by_registry
from sscop.judgement.release_path import SHOWN, places
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Finding, met, unknown, unmet
from sscop.platform import Platform
from sscop.repository import Repository

FIX_SIGN = (
    "sign or attest it in the job that publishes (`actions/attest-build-provenance`, `cosign`, `npm publish "
    "--provenance`, trusted publishing to PyPI), and say in README or SECURITY.md how to verify it"
)
FIX_TELL = "say in README or SECURITY.md how to verify: the command, and the key or identity to expect"
FIX_STEP = "let it run in the job that publishes, and fail the release when it fails"

_SIGNS = lazily(r"\bsign|codesign|notari[sz]|attest|provenance|slsa|cosign|\bgpg\b|esrp|signpath")
_NOT_SIGNING = lazily(
    r"signed-commit|commit-signing|signal|signature-checker|assign|cosign-installer|slsa-verifier|verify|"
    r"design|signoff|sign-off|\bdco\b|ghaction-import-gpg|cla-assistant|contributor-assistant"
)
_CHECKSUM = lazily(
    r"\b(?:sha(?:256|512)sum|shasum|b2sum|md5sum|checksums?)\b(?![^\n]{0,80}(?:\s-c\b|--check\b|--status\b))",
    re.IGNORECASE,
)
"""What makes checksums, rather than looks at those of something that was fetched."""
_OF_FILES = lazily(
    r"gpg|minisign|signify|npm |pypi-|ssh-keygen|jarsigner|apksigner|Get-Auth|signtool|codesign|spctl|rpm |dotnet|nuget"
    r"|sq |osslsigncode|signatures beside"
)
"""Commands that look at files alone."""

_ORDER = (Way.BY_ITSELF, Way.BY_NAME, Way.BY_KEY)


class Seen(NamedTuple):
    """What is the same for all channels."""

    signers: list[Signer]
    told: tuple[Instruction, ...]
    acts: Activities
    platform: Platform

    @property
    def instruction(self) -> Instruction | None:
        """The first text that tells how to check a signature of more than tags."""
        return next((one for one in self.told if one.signature and not one.tag), None)

    def instruction_for(self, channel: Channel) -> Instruction | None:
        """The first one that may be about what a channel hands out: tools for files look at no image."""
        found = (one for one in self.told if one.signature and not one.tag)
        if channel is Channel.IMAGES:
            return next((one for one in found if not _OF_FILES.match(one.said)), None)
        return next(found, None)


def channel_of(repo: Repository, seen: Seen, channel: Channel, found: list[Release]) -> Iterator[Finding]:
    """The steps that publish to one channel: those that are signed together, and those that are not."""
    immutable = seen.platform.immutable_releases
    if channel is Channel.FILES and immutable.known and immutable.value:
        yield met("signed", f"{channel.value}: GitHub attests immutable releases", *places(found), key=channel.value)
        return
    good: list[Signer] = []
    bad: list[Signer] = []
    bare: list[Release] = []
    for release in found:
        own = by_registry(repo, release)
        mine = [one for one in (own, *seen.signers) if one is not None and channel in one.channels]
        sound = [one for one in mine if not one.lacks and one.covers(release)]
        good += sound
        bad += [] if sound else [one for one in mine if one.lacks and _bears(one, release)]
        bare += [] if sound else [release]
    if good:
        yield _signed(seen, channel, sorted({(one.by, one.place): one for one in good}.values(), key=_order))
    if bare:
        yield _lacking(seen, channel, bare, bad)


def _bears(one: Signer, release: Release) -> bool:
    """Whether what a signing step lacks is worth saying of a release: a package is signed beside it, or nowhere."""
    return release.channel in (Channel.FILES, Channel.IMAGES) or one.covers(release)


def _order(one: Signer) -> int:
    return _ORDER.index(one.way)


def _lacking(seen: Seen, channel: Channel, bare: list[Release], bad: list[Signer]) -> Finding:
    paths = {one.one.pipeline.path for one in bare}
    calls = [call for call in seen.acts.calls if call.pipeline.path in paths and _SIGNS.search(call.said.lower())]
    elsewhere = [call for call in calls if call.kind != "hollow" and not _NOT_SIGNING.search(call.said.lower())]
    if elsewhere:
        name = elsewhere[0].said.partition("@")[0]
        shown = (Evidence(one.path, one.line, one.said) for one in elsewhere[:SHOWN])
        message = f"{channel.value}: `{name}` is by its name what signs; it is not read here"
        return unknown("signing-elsewhere", message, *shown, *places(bare)[:1], key=channel.value)
    if bad:
        message = f"{channel.value}: {bad[0].by} {bad[0].lacks}"
        key = f"{channel.value}:{bad[0].by}"
        return unmet(bad[0].code, message, bad[0].place, *places(bare)[:1], key=key, fix=FIX_STEP)
    return _unsigned(seen, channel, bare)


def _signed(seen: Seen, channel: Channel, good: list[Signer]) -> Finding:
    best = good[0]
    told = seen.instruction_for(channel)
    if best.way is Way.BY_KEY and told is None:
        message = (
            f"{channel.value}: {best.by} signs, and found no text that tells customers with which key or identity to "
            "verify"
        )
        return unmet("no-instructions", message, best.place, key=f"{channel.value}:told", fix=FIX_TELL)
    shown = [one.place for one in good[:SHOWN]]
    if told is not None:
        shown.append(told.place._replace(note=told.said))
    names = ", ".join(dict.fromkeys(one.by for one in good[:SHOWN]))
    return met("signed", f"{channel.value}: {names}", *shown, key=channel.value)


def _unsigned(seen: Seen, channel: Channel, found: list[Release]) -> Finding:
    told = seen.instruction_for(channel)
    if told is not None and all(one.lacks for one in seen.signers):
        message = f"{channel.value}: customers are told to verify ({told.said}), and found no step that signs"
        return unknown("told-not-signed", message, *places(found)[:1], told.place, key=channel.value)
    weak = [one for one in seen.acts.of(Purpose.PROVENANCE) if one.tool == "docker build --provenance"]
    if channel is Channel.IMAGES and weak:
        message = f"{channel.value}: BuildKit's provenance is not signed, so nobody can tell that it was not changed"
        return unmet(
            "not-signed",
            message,
            Evidence(weak[0].path, weak[0].line, weak[0].said),
            *places(found)[:1],
            key=channel.value,
            fix=FIX_SIGN,
        )
    sums = _checksums(found)
    if sums is not None and channel in (Channel.FILES, Channel.SYSTEM):
        message = f"{channel.value}: checksums alone; whoever can change the file can change them too"
        return unmet("checksums-only", message, *places(found)[:1], sums, key=channel.value, fix=FIX_SIGN)
    message = f"{channel.value}: found nothing that signs or attests what is published here"
    if channel is Channel.NUGET:
        message += "; NuGet.org's own signature says from where it came, not who made it"
    return unmet("not-signed", message, *places(found), because=Because.ABSENT, key=channel.value, fix=FIX_SIGN)


def _checksums(found: list[Release]) -> Evidence | None:
    for one in found:
        for job in (one.one.job, *one.one.pipeline.before(one.one.job)):
            for step in job.steps:
                for script in step.scripts:
                    if match := _CHECKSUM.search(script.text[:50_000]):
                        return Evidence(step.path, script.line + script.text.count("\n", 0, match.start()), match[0])
        if one.one.tool == "GoReleaser":
            return one.place._replace(note="GoReleaser's checksums")
    return None
