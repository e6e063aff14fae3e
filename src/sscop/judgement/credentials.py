"""How the credentials of pipelines are held: what is in order, and what each bad way of holding one amounts to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.pipeline_credentials import GUARDED, Use, Way
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, not_applicable, unknown, unmet

STORED, ROLE = "build-credentials-stored", "build-role-credentials"
SAID = {
    Way.LITERAL: ("a credential (`{name}`) stands in the file", "take it out, and change it: history keeps it", STORED),
    Way.FORK: (
        "secrets ({name}) are at hand where a fork's code was checked out",
        "split it: build the fork's code without secrets, and use them in a workflow that runs none of it", STORED,
    ),
    Way.IDENTITY: (
        "a fork's code was checked out where it can take the pipeline's identity (`{name}`)",
        "split it: build the fork's code without that permission, and log in in a workflow that runs none of it", ROLE,
    ),
    Way.PLATFORM: (
        "`{name}` is a token that somebody made for ghcr.io, which takes the workflow's own",
        "use `secrets.GITHUB_TOKEN` and give the job `packages: write`", ROLE,
    ),
    Way.LONG_LIVED: ("`{name}` is a long-lived key of {whose}", "use a federated identity: {instead}", ROLE),
    Way.WHOLE_WORKFLOW: (
        "`{name}` is in the environment of every job of the workflow", "give it to the step that needs it", STORED,
    ),
    Way.WHOLE_JOB: ("`{name}` is in the environment of a whole job", "give it to the step that needs it", STORED),
    Way.EVERYTHING: ("`{name}` hands over every secret at once", "name those that are needed", STORED),
    Way.BUILD_ARGUMENT: (
        "a secret is a build argument (`{name}`), which stays in the image's history",
        "use a build secret: `--mount=type=secret` and the input `secrets`", STORED,
    ),
    Way.SCRIPT: ("a secret is pasted into a script", "put it into the step's `env:` and quote the variable", STORED),
    Way.INHERITED: ("`{name}` gets every secret of this repository", "hand on those that it needs, by name", STORED),
    Way.PUBLISHING: (
        "`{name}` is a long-lived token for {whose}, which knows trusted publishing",
        "register the workflow at {whose} as a trusted publisher, and remove the token", ROLE,
    ),
}  # fmt: skip
CONTRADICTED = {Way.LITERAL, Way.FORK, Way.IDENTITY}
ADVICE = {Way.WHOLE_JOB, Way.SCRIPT, Way.INHERITED, Way.PUBLISHING, Way.PLATFORM}
FEDERATE = {
    "AWS": "`role-to-assume`",
    "Azure": "a federated credential",
    "Google Cloud": "`workload_identity_provider`",
}


def judged(found: Sequence[Use | Unread]) -> Iterator[Finding]:
    """One finding for each credential that is held badly, and one for each of what is in order."""
    seen = [one for one in found if isinstance(one, Use)]
    yield from (one.finding() for one in found if isinstance(one, Unread))
    yield from (_finding(one) for one in seen if one.way in SAID)
    weighty = {one.way for one in seen if one.way in SAID and one.way not in ADVICE}
    stored = [one for one in seen if one.way in (Way.STORE, Way.WHOLE_JOB, Way.SCRIPT, Way.PUBLISHING)]
    federated = [one for one in seen if one.way is Way.FEDERATED]
    if stored and not weighty - {Way.LONG_LIVED}:
        yield met(
            "stored",
            f"credentials that come from the platform's store: {len(stored)}",
            *_places(stored),
            about=(STORED,),
        )
    if federated and not weighty & {Way.LONG_LIVED, Way.IDENTITY}:
        yield met(
            "federated", "pipelines prove who they are to get short-lived keys", *_places(federated), about=(ROLE,)
        )
    yield from _kept([one for one in seen if one.way is Way.ELSEWHERE])
    if not found:
        yield not_applicable("no-credentials", "found no credential in pipelines but their own tokens")


def _kept(elsewhere: list[Use]) -> Iterator[Finding]:
    """One for each system that keeps credentials where no file shows how."""
    for system in dict.fromkeys(one.whose for one in elsewhere):
        own = [one for one in elsewhere if one.whose == system]
        names = ", ".join(f"`{one.name}`" for one in own[:3]) + (f" and {len(own) - 3} more" if len(own) > 3 else "")
        message = f"from variables of {system}: {names}; no file shows how these are kept, for whom and how long"
        fix = "declare how they are kept"
        yield unknown(Way.ELSEWHERE.value, message, *_places(own), key=system, fix=fix, about=(STORED, ROLE))


def _finding(found: Use) -> Finding:
    message, fix, about = SAID[found.way]
    instead = found.instead or FEDERATE.get(found.whose, "")
    plain = found.way in CONTRADICTED and found.whose != GUARDED
    because = Because.CONTRADICTED if plain else Because.INADEQUATE
    kind = Kind.ADVICE if found.way in ADVICE else Kind.CLAIM
    return unmet(
        found.way.value, message.format(name=found.name, whose=found.whose), Evidence(found.path, found.line),
        because=because, kind=kind, subject=found.name, key=found.name,
        fix=fix.format(instead=instead, whose=found.whose), about=(about,),
    )  # fmt: skip


def _places(found: list[Use]) -> list[Evidence]:
    return [Evidence(one.path, one.line, one.name) for one in found[:5]]
