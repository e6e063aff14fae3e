"""Whether customers can verify what no pipeline that is read publishes: released by hand, from elsewhere, or unseen."""

from __future__ import annotations

import re

from sscop.artefacts.nodes import mapping
from sscop.artefacts.pipelines import Call
from sscop.artefacts.releases import Channel, Release, Releases
from sscop.artefacts.releases.elsewhere import pointed, publishes_there, signed_there
from sscop.artefacts.releases.instructions import Instruction
from sscop.artefacts.releases.signing import FILES, Way
from sscop.artefacts.releases.tags import tags
from sscop.judgement.release_path import by_people, is_service, not_told
from sscop.judgement.release_signed import FIX_SIGN, FIX_TELL, Seen
from sscop.judgement.release_tagged import of_tags
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Outcome, met, unknown, unmet
from sscop.repository import Repository

_WHAT = "whether releases are signed"
_LEFT_OVERS = ("Travis", "AppVeyor", "Cirrus")
_UNSIGNED_REGISTRIES = ("npm: ", "PyPI: ", "crates.io: ", "RubyGems: ", "pub.dev: ", "NuGet: ")
"""Registries whose clients are not shown by a signature who made a package, as the notes of packages begin."""

FIX_PUBLISH = (
    "publish from a pipeline that signs or attests (trusted publishing to PyPI, `npm publish --provenance`, "
    "`actions/attest-build-provenance`), and say in README or SECURITY.md how to verify; where that is done elsewhere, "
    "say so in a guide to releasing"
)
_KEYS = lazily(r"GPG|PGP|SIGN|COSIGN")
_HAND_SIGNED = lazily(
    r"\bgpg2?\b[^\n]{0,80}(?:--detach|--sign|-ab\b|-sb\b|-b\b)|git tag[^\n]{0,40}\s-s\b|"
    r"git tag[^\n]{0,30}--sign\b|twine upload[^\n]{0,80}(?:--sign|-s\b|\.asc)|cosign sign|"
    r"[\"']tag[\"'],\s{0,4}[\"']-s[\"']|minisign[^\n]{0,30}-S|signify[^\n]{0,30}-S"
)


def without(repo: Repository, held: Releases, seen: Seen, by_channel: dict[Channel, list[Release]]) -> Finding:
    """Nothing that a pipeline publishes for customers."""
    told = seen.instruction or next((one for one in seen.told if one.signature), None)
    made = held.by_hand[0] if held.by_hand else None
    if made is not None and made.channel is not Channel.TAG:
        found = _by_hand(repo, held, seen)
        if by_people(held) or found.outcome is Outcome.MET:  # what a configuration signs is signed whoever runs it
            return found
    if held.tagged and not (held.calls or held.packages):
        return of_tags(repo, held, seen, [])
    known = repo.once(tags)
    if told is None and (finding := _published(repo, held, seen)):
        return finding
    if by_channel and not (held.deploys or held.calls or held.scripts or held.packages):
        return of_tags(repo, held, seen, by_channel[Channel.TAG])
    service = is_service(held)
    if known and known[0].signed and not (service or held.calls or held.packages):
        message = f"the newest tag, {known[0].name}, is signed; found no step that releases anything else"
        return met("signed", message, *((told.place,) if told else ()), key="tag")
    if made is not None and by_people(held) and not (held.deploys or held.inner or held.packages or held.calls):
        return _by_hand(repo, held, seen)
    if told is not None and not service and held.calls:
        return _called(held.calls[0], told)
    if told is not None and not service and (held.packages or held.others or known):
        if there := signed_there(repo, held.others):
            return met(
                "signed", f"signed by `{there.note}` in a pipeline of another system", there, _place(told), key="told"
            )
        message = f"customers are told how to verify ({told.said}); what signs is not in a pipeline that is read here"
        return unknown("told-not-signed", message, _place(told), key="told")
    return not_told(repo, held, _WHAT)


def _place(told: Instruction) -> Evidence:
    return told.place._replace(note=told.said)


def _called(call: Call, told: Instruction) -> Finding:
    """What customers are told, beside a release that another repository's workflow makes."""
    name = call.said.partition("@")[0]
    key = next((str(key) for key in mapping(call.job.node.get("secrets")) if _KEYS.search(str(key))), "")
    given = f" and is given `{key}`" if key else ""
    message = (
        f"`{name}` may release{given}, and is not read here; customers are told how to verify ({told.said}), and "
        "whether it signs can't be told"
    )
    return unknown("release-elsewhere", message, Evidence(call.path, call.line, call.said), _place(told), key=name)


def _published(repo: Repository, held: Releases, seen: Seen) -> Finding | None:
    """A package that is said to be on a registry, and nothing that points to where it is published or signed.

    None where something does, or where nothing says that it is published.
    """
    package = next((one for one in held.packages if one.note.startswith(_UNSIGNED_REGISTRIES)), None)
    if package is None or held.calls or held.unread or held.scripts or held.obscure:
        return None
    for other in held.others:
        if not any(word in other.reason for word in _LEFT_OVERS) or publishes_there(repo, other):
            return None
    signer = next((one for one in seen.signers if one.channels & FILES and one.code != "signing-never-runs"), None)
    if signer is not None:
        message = (
            f"it is published ({package.note}), and found no step that publishes it; whether that is what {signer.by} "
            "signs can't be told"
        )
        return unknown("release-not-seen", message, package, signer.place, key="packages")
    known = repo.once(tags)
    if known and known[0].signed:
        message = (
            f"it is published ({package.note}), and found no step that publishes it; the newest tag, {known[0].name}, "
            f"is signed; {_WHAT} can't be told"
        )
        return unknown("release-not-seen", message, package, key="packages")
    if place := repo.once(pointed):
        message = f"it is published ({package.note}), and found no step that publishes it; {place.note}"
        return unknown("release-elsewhere", f"{message}; {_WHAT} can't be told", package, place, key="packages")
    message = (
        f"it is published ({package.note}): found no step that publishes or signs it, and no text that tells customers "
        "how to verify it"
    )
    return unmet("not-signed", message, package, because=Because.ABSENT, key="packages", fix=FIX_PUBLISH)


def _by_hand(repo: Repository, held: Releases, seen: Seen) -> Finding:
    """Releases that people make: what their texts and scripts say of signing."""
    first = held.by_hand[0]
    maven = [one for one in seen.signers if first.channel in one.channels and not one.lacks]
    signed = maven[0].place if maven else _signed_by_hand(repo, held)
    told = seen.instruction
    if signed is not None and (told is not None or (maven and maven[0].way is Way.BY_ITSELF)):
        shown = (signed, told.place._replace(note=told.said)) if told is not None else (signed,)
        how = f"signed by {maven[0].by}" if maven else "released by hand, and signed"
        return met("signed", f"{first.channel.value}: {how}", *shown, key=first.channel.value)
    if signed is not None:
        how = f"signed by {maven[0].by}" if maven else "signed by hand"
        message = f"{first.channel.value}: {how}, and found no text that tells customers with which key to verify"
        return unmet("no-instructions", message, signed, key=f"{first.channel.value}:told", fix=FIX_TELL)
    if told is not None:
        message = f"{first.channel.value}: customers are told to verify ({told.said}), and found nothing that signs"
        return unknown("told-not-signed", message, first.place, told.place, key=first.channel.value)
    message = f"{first.channel.value}: released by hand, and found nothing that signs or attests it"
    if first.channel is Channel.TAG:
        message = f"versions are tagged by hand (`{first.place.note}`), and found nothing that signs the tags"
    return unmet("not-signed", message, first.place, because=Because.ABSENT, key=first.channel.value, fix=FIX_SIGN)


def _signed_by_hand(repo: Repository, held: Releases) -> Evidence | None:
    """The first command that signs in the same texts and scripts: in no comment, and no sentence that denies it."""
    for path in dict.fromkeys(one.place.path for one in held.by_hand if one.place.note != "goreleaser"):
        said = repo.text(path)
        for number, line in enumerate(said.split("\n") if isinstance(said, str) else (), 1):
            match = _HAND_SIGNED.search(line[:2000])
            comment = _COMMENT.match(line) and not path.endswith(_PROSE)
            if match and not comment and not _DENIED.search(line[:2000]):
                return Evidence(path, number, " ".join(match[0].split())[:60])
    return None


_COMMENT = lazily(r"\s*(?:#|//|;|\*)")
_PROSE = (".md", ".rst", ".adoc", ".txt", ".markdown")
_DENIED = lazily(
    r"\b(?:not|never|no longer|don't|doesn't|without|todo|planned?|one day|some day|would|instead of)\b", re.IGNORECASE
)
