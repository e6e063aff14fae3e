"""Whether what customers take by tag can be verified: by everybody's tools, or by the tags' signatures."""

from __future__ import annotations

from sscop.artefacts.releases import Channel, Release, Releases
from sscop.artefacts.releases.tags import tags
from sscop.judgement.release_path import places
from sscop.judgement.release_signed import Seen
from sscop.model import Because, Evidence, Finding, met, unknown, unmet
from sscop.repository import Repository


def of_tags(repo: Repository, held: Releases, seen: Seen, found: list[Release]) -> Finding:
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
