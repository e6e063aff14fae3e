"""Whether an SBOM is made where the product is released, rather than once, by hand or beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sscop.artefacts.pipelines import Activities, Activity, Event, Purpose, activities, runs_at
from sscop.artefacts.sboms.generators import Configured, configured
from sscop.judgement.scans import events, place
from sscop.model import Evidence
from sscop.repository import Repository

_OUT = (Purpose.PUBLISHING, Purpose.RELEASE)
_SHIPS = {Event.TAG, Event.RELEASE}


class Made(NamedTuple):
    """Something that makes an SBOM: by what, where, and what it lacks as the end of a sentence ("" for nothing).

    `advice` is what could be better although it counts.
    """

    by: str
    place: Evidence
    lacks: str = ""
    code: str = ""
    advice: str = ""


def made(repo: Repository) -> list[Made]:
    """What makes SBOMs, those on the release path first; of several runs of one place the best."""
    acts: Activities = repo.once(activities)
    found = [*_configured(repo.once(configured), acts), *_run(acts)]
    best: dict[tuple[str, int | None], Made] = {}
    for one in found:
        key = (one.place.path, one.place.line)
        if key not in best or (best[key].lacks and not one.lacks):
            best[key] = one
    return sorted(best.values(), key=lambda one: bool(one.lacks))


def _run(acts: Activities) -> Iterator[Made]:
    releases = [one for one in acts.of(*_OUT) if not one.never]
    for one in acts.of(Purpose.SBOM):
        if one.never:
            yield Made(one.tool, place(one), "never runs: its condition excludes every event", "sbom-never-made")
        elif _on_release_path(one, releases):
            advice = f"a release goes out without it when it fails: `{one.tolerance}`" if one.tolerance else ""
            yield Made(one.tool, place(one), advice=advice)
        elif not releases and _at_changes(one):
            yield Made(one.tool, place(one), advice="found no release in the pipelines that it is published with")
        else:
            yield Made(
                one.tool, place(one), f"runs only {events(one)}, not where a release is made", "sbom-off-release"
            )


def _on_release_path(one: Activity, releases: list[Activity]) -> bool:
    """Whether it runs at a tag or release, or at an event at which its own pipeline publishes something."""
    at = {event for event in Event if one.pipeline.trigger(event) and one.runs_at(event) is not False}
    if at & _SHIPS:
        return True
    return any(
        other.pipeline is one.pipeline and any(other.runs_at(event) is not False for event in at - {Event.PULL_REQUEST})
        for other in releases
    )


def _at_changes(one: Activity) -> bool:
    """Whether it runs at every change: a push to the default branch, or a pull request."""
    return one.reviewed is not False or runs_at(one.pipeline, one.job, one.step, Event.PUSH) is not False


def _configured(found: tuple[Configured, ...], acts: Activities) -> Iterator[Made]:
    for one in found:
        at = Evidence(one.path, one.line, one.by)
        if one.bound or (one.needs and any(run.tool == one.needs for run in acts.found)):
            yield Made(one.by, at)
        elif one.needs:
            yield Made(one.by, at, f"needs {one.needs}, which found no pipeline running", "sbom-not-run")
        elif not any(run.tool.startswith("CycloneDX") for run in acts.of(Purpose.SBOM)):
            yield Made(one.by, at, "is bound to no build, and found no pipeline that calls it", "sbom-not-run")
