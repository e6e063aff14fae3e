"""Whether the product reaches customers over channels that nobody on the way can change."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.insecure import Download, downloads
from sscop.artefacts.insecure.model import What, foreign
from sscop.artefacts.releases import Channel, Release, Releases, releases
from sscop.artefacts.releases.offered import offered
from sscop.artefacts.releases.signing_by_registry import trusted
from sscop.judgement.problems import Problem, told
from sscop.judgement.release_path import SHOWN, by_people, channels, is_service, not_told, places
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, met
from sscop.repository import Repository

_HTTP_REGISTRY = lazily(
    r"(?:--registry|--repository-url|--publish-url|--source|-Source|-s|--index-url|--host)[= ]+[\"']?http://([^\s\"']+)|(?:DaltDeploymentRepository|altDeploymentRepository)=\S*?http://([^\s\"']+)"
)
_SAID = {
    What.GUIDE: (
        "insecure-download",
        "customers are told to fetch over a channel that anybody on the way can change: {}",
        "use https, and leave the check of certificates on",
    ),
    What.SOURCE: (
        "insecure-source",
        "a package repository is used over a channel that anybody on the way can change: {}",
        "use the repository's https address",
    ),
    What.FEED: (
        "insecure-feed",
        "updates are looked for over plain http: {}",
        "serve the feed and what it names over https",
    ),
}
_MANY = {
    What.GUIDE: "customers are told {n} times to fetch over a channel that anybody on the way can change",
    What.SOURCE: "{n} package repositories are used over a channel that anybody on the way can change",
    What.FEED: "updates are looked for over plain http, at {n} places",
}


def findings(repo: Repository) -> Iterator[Finding]:
    """What is insecure, and where the product comes from."""
    held: Releases = repo.once(releases)
    plain = list(_registries(held))
    bad = [*map(_problem, repo.once(downloads)), *plain]
    spoilt = {one.group for one in plain}
    yield from told(bad)
    by_channel = channels(held)
    if by_channel and not (set(by_channel) == {Channel.TAG} and held.deploys and not held.tagged):
        yield from (_channel(channel, found) for channel, found in by_channel.items() if channel.value not in spoilt)
    elif held.tagged and not held.calls:
        one = held.tagged[0]
        yield met("channel", f"taken from the repository by tag, over https or ssh ({one.note})", one, key="tag")
    elif by_people(held):
        hand = held.by_hand[0]
        yield met("channel", f"published to {hand.channel.value}", hand.place, key=hand.channel.value)
    elif held.packages and not held.packages[0].note.startswith("an app for") and not is_service(held):
        yield met("channel", f"published: {held.packages[0].note}", held.packages[0], key="packages")
    elif not (held.inner or any(one.note for one in held.deploys)) and (place := repo.once(offered)):
        yield met(
            "channel", f"customers are told to get it over a channel with TLS: {place.note}", place, key="offered"
        )
    elif not bad:
        yield not_told(repo, held, "over which channel it reaches customers")


def _problem(one: Download) -> Problem:
    code, said, fix = _SAID[one.what]
    subject = one.subject[:120]
    because = Because.INADEQUATE
    kind = Kind.ADVICE if one.beside else Kind.CLAIM
    return Problem(
        code, one.what.value, one.place, said.format(f"`{subject}`"), _MANY[one.what], fix, because, kind, subject
    )


def _registries(held: Releases) -> Iterator[Problem]:
    """Publishing itself over plain http."""
    for one in (*held.found, *held.inner):
        given = " ".join(
            [
                *one.one.words,
                *(
                    f"--registry {value}"
                    for key, value in one.one.step.inputs.items()
                    if "url" in key or "registry" in key
                ),
            ]
        )
        match = _HTTP_REGISTRY.search(given)
        address = (match[1] or match[2]) if match else ""
        if match and foreign(address):
            said = f"it is published over plain http, to `http://{address[:100]}`"
            yield Problem(
                "insecure-registry",
                one.channel.value,
                one.place,
                said,
                "it is published over plain http, {n} times",
                "use the registry's https address",
                subject=f"http://{address[:100]}",
            )


def _channel(channel: Channel, found: list[Release]) -> Finding:
    keyless = (
        next((one for one in found if trusted(one.one)), None)
        if channel not in (Channel.IMAGES, Channel.FILES, Channel.CHARTS, Channel.TAG)
        else None
    )
    how = ", with trusted publishing: no kept token" if keyless else ""
    shown: tuple[Evidence, ...] = places([keyless, *found] if keyless else found)
    return met("channel", f"distributed through {channel.value}{how}", *shown[:SHOWN], key=channel.value)
