"""Whether a release can skip the tests: what stands between the change and the step that publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import mapping
from sscop.artefacts.pipelines import Activities, Event, Pipeline, activities
from sscop.artefacts.releases import ByHand, Channel, Release, Releases, releases
from sscop.artefacts.releases.lifecycle import npm_tests
from sscop.judgement.release_path import SHOWN, by_people, caller, not_told
from sscop.judgement.release_waits import Way, way_of
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, Outcome, met, unknown, unmet
from sscop.platform import Platform
from sscop.repository import Repository

FIX = "let the job that publishes wait for a job that runs the tests (`needs: test`), in the same pipeline"
FIX_INPUT = "drop the input: what can't wait for its tests can't be released"
_MOST = 5
_SKIP_INPUT = lazily(
    r"(?:skip|no|without|bypass|disable|ignore)[-_]?(?:\w{1,20}[-_])?(?:tests?|checks?|ci|verif\w*|qa)|"
    r"(?:run|with|enable|execute)[-_]?(?:\w{1,20}[-_])?tests?",
    re.IGNORECASE,
)
_ASIDE = {Channel.TAG}


def findings(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """A finding for each pipeline that publishes what was not tested, and one for the steps that wait for tests."""
    held: Releases = repo.once(releases)
    acts: Activities = repo.once(activities)
    wanted = _wanted(held)
    if not wanted:
        yield _without(repo, held)
        return
    best: dict[tuple[str, str, str], Way] = {}
    for way in (way_of(repo, acts, platform, one) for one in wanted):
        one = way.release.one
        key = (one.pipeline.path, one.pipeline.name, one.job.id)
        if key not in best or _rank(way) > _rank(best[key]):
            best[key] = way
    grouped: dict[tuple[str, str], list[Way]] = {}
    for way in best.values():
        if way.lacks:
            grouped.setdefault((way.release.one.pipeline.path, way.code), []).append(way)
    gated = any(way.tests and way.release.channel is not Channel.CHARTS for way in best.values())
    for alike in list(grouped.values())[:_MOST]:
        if alike[0].release.channel is Channel.SERVICE:
            yield _untold(alike)
            continue
        # A chart only says how to run images that went through the tests.
        beside = gated and all(way.release.channel is Channel.CHARTS for way in alike)
        yield _lacking(alike)._replace(kind=Kind.ADVICE) if beside else _lacking(alike)
    skipped = list(_inputs(acts, wanted))
    yield from skipped
    for way in [way for way in best.values() if way.unsure][:1]:
        message = f"`{_name(way.release)}` {way.unsure}"
        yield unknown(way.code, message, way.place or way.release.place, key=way.release.channel.value)
    good = [way for way in best.values() if way.tests]
    if good and not skipped:
        shown = tuple(
            dict.fromkeys(
                place for way in good[:SHOWN] for place in (way.release.place, _job(way.release), *way.tests[:1])
            )
        )
        names = ", ".join(dict.fromkeys(f"`{_name(way.release)}`" for way in good[:SHOWN]))
        done = "deployed" if all(way.release.channel is Channel.SERVICE for way in good) else "published"
        yield met("tested-first", f"{done} only after the tests: {names}", *shown, key="gates")


def _name(release: Release) -> str:
    """What publishes, in short: the command, or the action without its version."""
    return release.one.said.partition("@")[0] if release.one.step.uses and not release.one.words else release.one.said


def _rank(way: Way) -> int:
    return 2 if way.lacks else 1 if way.unsure else 0


def _wanted(held: Releases) -> list[Release]:
    """The publishing steps; releases without files only where nothing else publishes."""
    found = [*held.found, *held.inner]
    plain = [one for one in found if one.channel not in _ASIDE]
    if plain or ((held.tagged or held.found) and found):
        return plain or found
    # To deploy a service is to release it to all its customers.
    deployed = [Release(Channel.SERVICE, one) for one in held.deployments]
    return [one for one in deployed if not _by_person(one)] or deployed


def _by_person(one: Release) -> bool:
    """Whether only a person starts it: such a pipeline mostly brings what another has built to one more place."""
    return all(trigger.event in (Event.MANUAL, Event.OTHER) for trigger in one.one.pipeline.triggers)


def _lacking(alike: list[Way]) -> Finding:
    """What is wrong with the publishing steps of one pipeline, said of the first."""
    first = alike[0]
    said = _name(first.release)
    steps = [place for way in alike[:SHOWN] for place in (way.place, way.release.place) if place is not None]
    jobs = [_job(way.release) for way in alike[:SHOWN]]
    shown = tuple({(place.path, place.line): place for place in (*steps, *jobs)}.values())
    key = f"{first.release.one.job.id}:{first.release.channel.value}"
    more = f" (and {len(alike) - 1} more here)" if len(alike) > 1 else ""
    return unmet(first.code, f"`{said}`{more} {first.lacks}", *shown, subject=said, key=key, fix=FIX)


def _untold(alike: list[Way]) -> Finding:
    """A deployment that waits for no test: another pipeline may have tested, and built, what it brings."""
    found = _lacking(alike)
    message = f"{found.message}; whether what it deploys was tested before can't be told"
    return unknown("untested-deployment", message, *found.evidence, key=found.key, fix=FIX)


def _job(release: Release) -> Evidence:
    """The job that publishes, which is what has to wait; that of the caller where the step stands in another file."""
    job = release.one.job
    return caller(release) or Evidence(job.path, job.line, f"job `{job.id}`")


# --- inputs that switch tests off


def _inputs(acts: Activities, wanted: list[Release]) -> Iterator[Finding]:
    """Inputs of a release pipeline with which a person leaves the tests out."""
    paths = {one.one.pipeline.path: one.one.pipeline for one in wanted}
    for pipeline in paths.values():
        on = mapping(pipeline.node.get("on"))
        for name, _ in mapping(mapping(on.get("workflow_dispatch")).get("inputs")).pairs():
            if not _SKIP_INPUT.fullmatch(str(name)):
                continue
            uses = list(_uses(pipeline, str(name)))
            if uses:
                shown = Evidence(pipeline.path, name.line, str(name))
                yield unmet(
                    "skip-input",
                    f"whoever starts the release can leave the tests out: input `{name}`",
                    shown,
                    *uses[:1],
                    subject=str(name),
                    key=str(name),
                    fix=FIX_INPUT,
                )


def _uses(pipeline: Pipeline, name: str) -> Iterator[Evidence]:
    pattern = re.compile(rf"inputs\.{re.escape(name)}\b")
    for job in pipeline.jobs:
        for text in job.conditions:
            if pattern.search(text):
                yield Evidence(job.path, text.line, str(text)[:60])
        for step in job.steps:
            if step.condition and pattern.search(step.condition):
                yield Evidence(step.path, step.condition.line, str(step.condition)[:60])
            for script in step.scripts:
                if pattern.search(script.text):
                    yield Evidence(step.path, script.line, name)


# --- nothing that a pipeline publishes


def _without(repo: Repository, held: Releases) -> Finding:
    by_npm = [one.channel for one in held.by_hand[:1]] == [Channel.NPM] or (
        not held.by_hand and held.packages and held.packages[0].note.startswith("npm:")
    )
    by_maven = held.by_hand[0].tests if held.by_hand and held.by_hand[0].channel is Channel.MAVEN else None
    if by_maven is not None and by_maven.note.startswith("Maven"):
        return met("tested-first", f"whoever publishes it, {by_maven.note}", by_maven, key="gates")
    if by_npm and not (held.calls or held.scripts or held.obscure) and (own := npm_tests(repo)):
        message = "whoever publishes it, npm runs the tests first"
        return met("tested-first", message, own, *(one.place for one in held.by_hand[:1]), key="gates")
    if held.by_hand and not _aside(held):
        return _by_hand(held.by_hand)
    if held.tagged and not (held.calls or held.packages):
        one = held.tagged[0]
        message = (
            f"taken by tag ({one.note}), and found no pipeline that makes the tags; whether it was tested can't be told"
        )
        return unknown("tag-by-hand", message, one, key="tag", fix="make the tags in a pipeline, after its tests")
    found = not_told(repo, held, "whether a release can skip the tests")
    if found.outcome is Outcome.NOT_APPLICABLE and held.deploys:
        one = held.deploys[0]
        message = f"it is run as a service (`{one.path}`), and found no pipeline that deploys it"
        said = f"{message}; whether a deployment can skip the tests can't be told"
        return unknown("deployed-elsewhere", said, one, key="service", fix="declare what is tested before a deployment")
    return found


def _aside(held: Releases) -> bool:
    """Whether people only make tags, of what is deployed or said to be published otherwise, or need not be asked."""
    if not by_people(held):
        return True
    return held.by_hand[0].channel is Channel.TAG and bool(held.deploys or held.packages or held.tagged or held.inner)


def _by_hand(found: tuple[ByHand, ...]) -> Finding:
    first = found[0]
    tests = next((one.tests for one in found if one.tests), None)
    if tests is None:
        return unmet(
            "released-by-hand",
            f"released by hand (`{first.place.note}`), and found no word of tests before it",
            first.place,
            because=Because.INADEQUATE,
            subject=first.place.note,
            key=first.channel.value,
            fix="publish from a pipeline, after its tests; until then write down that the tests come first",
        )
    message = (
        f"released by hand (`{first.place.note}`) after tests, as it is written; whether they are run can't be told"
    )
    return unknown(
        "released-by-hand",
        message,
        first.place,
        tests,
        key=first.channel.value,
        fix="publish from a pipeline, after its tests",
    )
