"""What the checks of releases share: what there is to judge, and what is said where there is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.releases import Channel, Release, Releases
from sscop.artefacts.releases.tags import tags
from sscop.lazy import lazily
from sscop.model import Evidence, Finding, not_applicable, unknown
from sscop.repository import Repository

SHOWN = 3
_VERSIONS = lazily(rb"^[#=*\[\s]{0,6}(?:version |release |v)?\[?v?\d+\.\d+(?:\.\d+)?", re.MULTILINE | re.IGNORECASE)
_CHANGES = ("{CHANGE*,NEWS*,RELEASE-NOTES*,RELEASE_NOTES*,releasenotes*,HISTORY*,00-RELEASENOTES*}",)
_OWN = lazily(
    r"^manifest\.ya?ml$|^(?:helm_deploy|infrastructure|terraform|infra)/|^serverless\.yml$|\.nomad(?:\.hcl)?$|^ecosystem\.config\."
)
"""Files that only the owner of a service has a use for."""

_LEFT_OVERS = ("Travis", "AppVeyor", "Prow", "Cirrus")


def places(found: list[Release]) -> tuple[Evidence, ...]:
    """The places of some releases, each once, the first few: where the step is, and where its pipeline calls it."""
    shown = list(dict.fromkeys(one.place for one in found))[:SHOWN]
    callers = (caller(one) for one in found if one.place in shown)
    return tuple(dict.fromkeys([*shown, *(one for one in callers if one)]))[: 2 * SHOWN]


def caller(one: Release) -> Evidence | None:
    """Where the pipeline itself starts what publishes, if that stands in another file; None where it does not."""
    path, line = one.one.started
    return Evidence(path, line, f"job `{one.one.job.id}`") if path != one.one.path else None


def channels(held: Releases) -> dict[Channel, list[Release]]:
    """The releases by channel. A release without files is nothing beside one that hands out something else."""
    found: dict[Channel, list[Release]] = {}
    for one in held.found:
        found.setdefault(one.channel, []).append(one)
    if len(found) > 1:
        found.pop(Channel.TAG, None)
    return found


def by_people(held: Releases) -> bool:
    """Whether people release it; a tool's configuration alone does not say so where something unread may run it."""
    configured = all(one.place.note == "goreleaser" for one in held.by_hand)
    return bool(held.by_hand) and not (configured and (held.calls or held.others or held.scripts or held.obscure))


def is_service(held: Releases) -> bool:
    """Whether all that says how it is used is that its owner runs it."""
    runs = any(one.note or _OWN.search(one.path) for one in held.deploys)
    made = [one for one in held.by_hand if one.channel is not Channel.TAG]
    return bool(held.inner or runs) and not (held.found or held.tagged or held.packages or made)


def not_told(repo: Repository, held: Releases, what: str) -> Finding:
    """What is said where no step releases anything that is read: not applicable with the reason, or unknown.

    `what` ends the sentence "..., so ... can't be told".
    """
    firm = [one for one in held.others if not any(word in one.reason for word in _LEFT_OVERS)]
    if held.calls and not is_service(held):
        call = held.calls[0]
        shown = tuple(Evidence(one.path, one.line, one.said) for one in held.calls[:SHOWN])
        return unknown(
            "release-elsewhere",
            f"`{call.said.partition('@')[0]}` may release, and is not read here; {what} can't be told",
            *shown,
            key=call.said.partition("@")[0],
        )
    if held.unread:
        return unknown(
            "release-unreadable",
            f"a pipeline could not be read: {held.unread[0].reason}; {what} can't be told",
            *(Evidence(one.path, one.line) for one in held.unread[:SHOWN]),
        )
    if held.scripts and not is_service(held):
        return unknown(
            "release-script",
            f"`{held.scripts[0].note}` may release, in a language that is not read; {what} can't be told",
            *held.scripts[:SHOWN],
            key=held.scripts[0].note,
        )
    if held.obscure and not is_service(held):
        place = held.obscure[0]
        message = f"`{place.path}` is by its name a pipeline of releases, and what in it releases was not understood"
        return unknown(
            "release-not-understood", f"{message}; {what} can't be told", *held.obscure[:SHOWN], key=place.path
        )
    if firm and not held.inner:
        return unknown(
            "release-elsewhere",
            f"found no step that releases in what is read, and {firm[0].reason}; {what} can't be told",
            *(Evidence(one.path, one.line) for one in firm[:SHOWN]),
        )
    if held.packages:
        one = held.packages[0]
        return unknown(
            "release-not-seen",
            f"it is published ({one.note}), and found no step that publishes it; {what} can't be told",
            one,
            key="packages",
        )
    deployed = [one for one in held.deploys if one.note]
    if deployed or held.inner:
        where = "its owner deploys it as a service" if deployed else "its images go to its owner's own registry"
        return _nothing(
            f"found nothing that customers install: {where}", *deployed[:SHOWN], *places(list(held.inner))[:1]
        )
    own = next((one for one in held.deploys if _OWN.search(one.path)), None)
    if own is None and (known := repo.once(tags)):
        message = f"the repository has tags of versions ({known[0].name}), and found no step that releases it"
        return unknown("release-not-seen", f"{message}; {what} can't be told", key="tags")
    if own is None and (changes := next(_changelog(repo), None)):
        return unknown(
            "release-not-seen",
            f"its changes are told release by release, and found no step that releases it; {what} can't be told",
            changes,
            key="changes",
        )
    if held.others and own is None:
        other = held.others[0]
        return unknown(
            "release-elsewhere",
            f"found no step that releases in what is read, and {other.reason}; {what} can't be told",
            Evidence(other.path, other.line),
        )
    if held.deploys:
        return _nothing(
            f"found nothing that is released: no step publishes anything, and `{held.deploys[0].path}` says "
            f"that it is run as a service",
            *held.deploys[:1],
        )
    return _nothing(
        "found nothing that is released: no step publishes anything, and nothing is made to be taken by tag"
    )


def _nothing(message: str, *shown: Evidence) -> Finding:
    return not_applicable("nothing-released", message)._replace(evidence=shown)


def _changelog(repo: Repository) -> Iterator[Evidence]:
    """A file of changes that names at least two versions."""
    for path in repo.find(*_CHANGES):
        data = repo.read(path)
        if isinstance(data, bytes):
            found = list(_VERSIONS.finditer(data[:200_000]))
            if len(found) > 1:
                yield Evidence(path, data.count(b"\n", 0, found[0].start()) + 1)
