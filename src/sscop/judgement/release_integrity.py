"""Whether customers can verify what is released: what signs it on the release path, and whether they are told how."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.pipelines import Activities, activities
from sscop.artefacts.releases import Channel, Release, Releases, releases
from sscop.artefacts.releases.instructions import instructions
from sscop.artefacts.releases.signing import Way, signers
from sscop.artefacts.releases.signing_by_configuration import configured
from sscop.artefacts.releases.tags import tags
from sscop.judgement.release_path import channels, is_service, not_told, places
from sscop.judgement.release_signed import FIX_SIGN, FIX_TELL, Seen, channel_of
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.platform import Platform
from sscop.repository import Repository

_HAND_SIGNED = lazily(
    r"\bgpg2?\b[^\n]{0,80}(?:--detach|--sign|-ab\b|-sb\b|-b\b)|git tag[^\n]{0,40}\s-s\b|"
    r"git tag[^\n]{0,30}--sign\b|twine upload[^\n]{0,80}(?:--sign|-s\b|\.asc)|cosign sign|"
    r"minisign[^\n]{0,30}-S|signify[^\n]{0,30}-S"
)


def findings(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """One finding for each channel that customers get the product from, or what is said where there is none."""
    held: Releases = repo.once(releases)
    acts: Activities = repo.once(activities)
    seen = Seen([*signers(acts, held), *configured(repo, held)], repo.once(instructions), acts, platform)
    by_channel = channels(held)
    if not by_channel or (set(by_channel) == {Channel.TAG} and not held.tagged):
        yield _without(repo, held, seen, by_channel)
        return
    made = []
    for channel, found in by_channel.items():
        made.append((channel, _of(repo, held, seen, channel, found)))
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


def _of(repo: Repository, held: Releases, seen: Seen, channel: Channel, found: list[Release]) -> list[Finding]:
    return [_tags(repo, held, seen, found)] if channel is Channel.TAG else list(channel_of(repo, seen, channel, found))


# --- taken by tag


def _tags(repo: Repository, held: Releases, seen: Seen, found: list[Release]) -> Finding:
    """What is taken by tag: checked by everybody's tools, or as good as the tags' signatures."""
    go = next((one for one in held.tagged if one.note == "a Go library"), None)
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


def _without(repo: Repository, held: Releases, seen: Seen, by_channel: dict[Channel, list[Release]]) -> Finding:
    """Nothing that a pipeline publishes for customers."""
    told = seen.instruction or next((one for one in seen.told if one.signature), None)
    if held.by_hand:
        return _by_hand(repo, held, seen)
    if held.tagged and not (held.calls or held.packages):
        return _tags(repo, held, seen, [])
    if by_channel and not held.deploys:
        return _tags(repo, held, seen, by_channel[Channel.TAG])
    known = repo.once(tags)
    if known and known[0].signed and not (is_service(held) or held.calls or held.packages):
        message = f"the newest tag, {known[0].name}, is signed; found no step that releases anything else"
        return met("signed", message, *((told.place,) if told else ()), key="tag")
    if told is not None and not is_service(held) and (held.packages or held.others or known):
        message = f"customers are told how to verify ({told.said}); what signs is not in a pipeline that is read here"
        return unknown("told-not-signed", message, told.place._replace(note=told.said), key="told")
    return not_told(repo, held, "whether releases are signed")


def _by_hand(repo: Repository, held: Releases, seen: Seen) -> Finding:
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
