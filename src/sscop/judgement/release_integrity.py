"""Whether customers can verify what is released: what signs it on the release path, and whether they are told how."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.pipelines import Activities, Purpose, activities
from sscop.artefacts.releases import Channel, Release, Releases, releases
from sscop.artefacts.releases.instructions import Instruction, instructions
from sscop.artefacts.releases.signing import Signer, Way, signers
from sscop.artefacts.releases.signing_by_configuration import by_registry, configured, tagged_by_itself
from sscop.artefacts.releases.tags import tags
from sscop.judgement.release_path import SHOWN, channels, is_service, not_told, places
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
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
_HAND_SIGNED = lazily(
    r"\bgpg2?\b[^\n]{0,80}(?:--detach|--sign|-ab\b|-sb\b|-b\b)|git tag[^\n]{0,40}\s-s\b|"
    r"git tag[^\n]{0,30}--sign\b|twine upload[^\n]{0,80}(?:--sign|-s\b|\.asc)|cosign sign|"
    r"minisign[^\n]{0,30}-S|signify[^\n]{0,30}-S"
)
_CHECKSUM = lazily(r"\b(?:sha(?:256|512)sum|shasum|b2sum|md5sum|checksums?)\b", re.IGNORECASE)
_ORDER = (Way.BY_ITSELF, Way.BY_NAME, Way.BY_KEY)


class _Seen(NamedTuple):
    """What is the same for all channels."""

    signers: list[Signer]
    told: tuple[Instruction, ...]
    acts: Activities
    platform: Platform

    @property
    def instruction(self) -> Instruction | None:
        return next((one for one in self.told if one.signature and not one.tag), None)


def findings(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """One finding for each channel that customers get the product from, or what is said where there is none."""
    held: Releases = repo.once(releases)
    acts: Activities = repo.once(activities)
    seen = _Seen([*signers(acts, held), *configured(repo, held)], repo.once(instructions), acts, platform)
    by_channel = channels(held)
    if not by_channel or (set(by_channel) == {Channel.TAG} and not held.tagged):
        yield _without(repo, held, seen, by_channel)
        return
    made = []
    for channel, found in by_channel.items():
        made.append((channel, list(_channel(repo, held, seen, channel, found))))
    good = any(one.code == "signed" for _, some in made for one in some)
    for channel, some in made:
        for one in some:
            # The files of a release are mostly those that a registry hands out as well.
            beside = channel is Channel.FILES and good and one.code in ("not-signed", "checksums-only")
            yield one._replace(kind=Kind.ADVICE) if beside else one
    untold = any(one.code == "no-instructions" for _, some in made for one in some)
    if good and seen.instruction is None and not untold:
        place = next(one for _, some in made for one in some if one.code == "signed").evidence[:1]
        yield unmet(
            "not-told",
            "found no text that tells customers how to verify a release",
            *place,
            because=Because.ABSENT,
            kind=Kind.ADVICE,
            key="told",
            fix=FIX_TELL,
        )


def _channel(
    repo: Repository, held: Releases, seen: _Seen, channel: Channel, found: list[Release]
) -> Iterator[Finding]:
    """The steps that publish to one channel: those that are signed together, and those that are not."""
    if channel is Channel.TAG:
        yield _tags(repo, held, seen, found)
        return
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


def _lacking(seen: _Seen, channel: Channel, bare: list[Release], bad: list[Signer]) -> Finding:
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


def _signed(seen: _Seen, channel: Channel, good: list[Signer]) -> Finding:
    best = good[0]
    told = seen.instruction
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


def _unsigned(seen: _Seen, channel: Channel, found: list[Release]) -> Finding:
    told = seen.instruction
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
    if sums is not None and channel is not Channel.IMAGES:
        message = f"{channel.value}: checksums alone; whoever can change the file can change them too"
        return unmet("checksums-only", message, *places(found)[:1], sums, key=channel.value, fix=FIX_SIGN)
    message = f"{channel.value}: found nothing that signs or attests what is published here"
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


# --- taken by tag


def _tags(repo: Repository, held: Releases, seen: _Seen, found: list[Release]) -> Finding:
    """What is taken by tag: checked by everybody's tools, or as good as the tags' signatures."""
    go = tagged_by_itself(held)
    kind = held.tagged[0] if held.tagged else (places(found) or (Evidence(""),))[0]
    mine = [one for one in seen.signers if Channel.TAG in one.channels and not one.lacks]
    known = repo.once(tags)
    immutable = seen.platform.immutable_releases
    if go is not None:
        return met(
            "signed", "a Go library: Go's checksum database is looked at by everybody's go command", go, key="tag"
        )
    if immutable.known and immutable.value and found:
        return met("signed", "taken by tag: GitHub attests immutable releases", kind, key="tag")
    if mine:
        return met("signed", f"taken by tag: {mine[0].by} signs", mine[0].place, key="tag")
    if not known:
        message = f"taken by tag ({kind.note}), and this clone has no tags, so whether they are signed can't be told"
        return unknown(
            "tags-not-here",
            message,
            kind,
            key="tag",
            fix="fetch the tags: `fetch-tags: true` and `fetch-depth: 0` of actions/checkout",
        )
    if known[0].signed:
        return met("signed", f"taken by tag: the newest, {known[0].name}, is signed", kind, key="tag")
    message = f"taken by tag ({kind.note}), and the newest, {known[0].name}, is not signed"
    because = Because.INADEQUATE if any(one.signed for one in known) else Because.ABSENT
    return unmet(
        "tag-not-signed",
        message,
        kind,
        because=because,
        key="tag",
        fix="sign tags (`git tag -s`), or turn on immutable releases",
    )


def _without(repo: Repository, held: Releases, seen: _Seen, by_channel: dict[Channel, list[Release]]) -> Finding:
    """Nothing that a pipeline publishes for customers."""
    told = seen.instruction or next((one for one in seen.told if one.signature), None)
    if held.by_hand:
        return _by_hand(repo, held, seen)
    if held.tagged and not (held.calls or held.packages):
        return _tags(repo, held, seen, [])
    if by_channel and not held.deploys:
        return _tags(repo, held, seen, by_channel[Channel.TAG])
    if told is not None and not is_service(held) and (held.packages or held.others or repo.once(tags)):
        message = f"customers are told how to verify ({told.said}); what signs is not in a pipeline that is read here"
        return unknown("told-not-signed", message, told.place._replace(note=told.said), key="told")
    return not_told(repo, held, "whether releases are signed")


def _by_hand(repo: Repository, held: Releases, seen: _Seen) -> Finding:
    """Releases that people make: what their texts and scripts say of signing."""
    first = held.by_hand[0]
    maven = [one for one in seen.signers if first.channel in one.channels and not one.lacks]
    signed = maven[0].place if maven else _signed_by_hand(repo, held)
    told = seen.instruction
    if first.channel is Channel.NUGET:
        return met(
            "signed", "NuGet: NuGet.org signs every package, and clients check it", first.place, key=first.channel.value
        )
    if signed is not None and (told is not None or (maven and maven[0].way is Way.BY_ITSELF)):
        shown = (signed, told.place._replace(note=told.said)) if told is not None else (signed,)
        return met("signed", f"{first.channel.value}: released by hand, and signed", *shown, key=first.channel.value)
    if signed is not None:
        message = (
            f"{first.channel.value}: signed by hand, and found no text that tells customers with which key to verify"
        )
        return unmet("no-instructions", message, signed, key=f"{first.channel.value}:told", fix=FIX_TELL)
    if told is not None:
        message = f"{first.channel.value}: customers are told to verify ({told.said}), and found nothing that signs"
        return unknown("told-not-signed", message, first.place, told.place, key=first.channel.value)
    message = f"{first.channel.value}: released by hand, and found nothing that signs or attests it"
    return unmet("not-signed", message, first.place, because=Because.ABSENT, key=first.channel.value, fix=FIX_SIGN)


def _signed_by_hand(repo: Repository, held: Releases) -> Evidence | None:
    for path in dict.fromkeys(one.place.path for one in held.by_hand):
        said = repo.text(path)
        match = _HAND_SIGNED.search(said) if isinstance(said, str) else None
        if match and isinstance(said, str):
            return Evidence(path, said.count("\n", 0, match.start()) + 1, " ".join(match[0].split())[:60])
    return None
