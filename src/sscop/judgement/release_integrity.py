"""Whether customers can verify what is released: what signs it on the release path, and whether they are told how."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.pipelines import Activities, activities
from sscop.artefacts.releases import Channel, Release, Releases, releases
from sscop.artefacts.releases.elsewhere import signed_there
from sscop.artefacts.releases.instructions import instructions
from sscop.artefacts.releases.signing import signers
from sscop.artefacts.releases.signing_by_configuration import configured
from sscop.judgement.release_path import channels
from sscop.judgement.release_signed import FIX_TELL, Seen, channel_of
from sscop.judgement.release_tagged import of_tags
from sscop.judgement.release_unseen import without
from sscop.model import Because, Finding, Kind, met, unmet
from sscop.platform import Platform
from sscop.repository import Repository


def findings(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """One finding for each channel that customers get the product from, or what is said where there is none."""
    held: Releases = repo.once(releases)
    acts: Activities = repo.once(activities)
    seen = Seen([*signers(acts, held), *configured(repo, held)], repo.once(instructions), acts, platform)
    by_channel = channels(held)
    if not by_channel or (set(by_channel) == {Channel.TAG} and not held.tagged):
        yield without(repo, held, seen, by_channel)
        return
    made: list[tuple[Channel, list[Finding]]] = []
    for channel, found in by_channel.items():
        made.append((channel, [_there(repo, held, seen, one) for one in _of(repo, held, seen, channel, found)]))
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
    return (
        [of_tags(repo, held, seen, found)] if channel is Channel.TAG else list(channel_of(repo, seen, channel, found))
    )


def _there(repo: Repository, held: Releases, seen: Seen, one: Finding) -> Finding:
    """What was found, or what signs it in a pipeline of a system that is not read, where customers are told of it."""
    told = seen.instruction
    if one.code != "told-not-signed" or told is None or (there := signed_there(repo, held.others)) is None:
        return one
    message = f"signed by `{there.note}` in a pipeline of another system"
    return met("signed", message, there, told.place._replace(note=told.said), key=one.key)
