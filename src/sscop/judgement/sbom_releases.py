"""Whether an SBOM is made where the product is released, rather than once, by hand or beside it."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.pipelines import Activities, Activity, Event, Purpose, activities, runs_at
from sscop.artefacts.releases.path import on_release_path, ships
from sscop.artefacts.sboms.generators import Configured, configured
from sscop.judgement.scans import events, only_called, place
from sscop.lazy import NamedTuple
from sscop.model import Evidence
from sscop.repository import Repository

_OUT = (Purpose.PUBLISHING, Purpose.RELEASE)


class Made(NamedTuple):
    """Something that makes an SBOM: by what, where, and what it lacks as the end of a sentence ("" for nothing).

    `advice` is what could be better although it counts, `unsure` what can't be told.
    """

    by: str
    place: Evidence
    lacks: str = ""
    code: str = ""
    advice: str = ""
    unsure: str = ""
    shipped: bool = False
    """Whether it runs at a tag or a release: the plainest place to show."""


def made(repo: Repository) -> list[Made]:
    """What makes SBOMs, those on the release path first; of several runs of one place the best."""
    acts: Activities = repo.once(activities)
    found = [*_run(acts), *_configured(repo.once(configured), acts)]
    best: dict[tuple[str, int | None], Made] = {}
    for one in found:
        key = (one.place.path, one.place.line)
        if key not in best or _rank(one) < _rank(best[key]):
            best[key] = one
    return sorted(best.values(), key=_rank)


def _rank(one: Made) -> int:
    return 3 if one.unsure else 2 if one.lacks else 0 if one.shipped else 1


def _run(acts: Activities) -> Iterator[Made]:
    releases = [one for one in acts.of(*_OUT) if not one.never]
    for one in acts.of(Purpose.SBOM):
        if only_called(one):
            yield Made(
                one.tool, place(one), unsure="runs when another workflow calls it, and found none here that does"
            )
        elif one.never:
            yield Made(one.tool, place(one), "never runs: its condition excludes every event", "sbom-never-made")
        elif on_release_path(one, releases):
            advice = f"a release goes out without it when it fails: `{one.tolerance}`" if one.tolerance else ""
            yield Made(one.tool, place(one), advice=advice, shipped=ships(one))
        elif not releases and _at_changes(one):
            yield Made(one.tool, place(one), advice="found no release in the pipelines that it is published with")
        else:
            yield Made(
                one.tool, place(one), f"runs only {events(one)}, not where a release is made", "sbom-off-release"
            )


def _at_changes(one: Activity) -> bool:
    """Whether it runs at every change: a push to the default branch, or a pull request."""
    return one.reviewed is not False or runs_at(one.pipeline, one.job, one.step, Event.PUSH) is not False


def _configured(found: tuple[Configured, ...], acts: Activities) -> Iterator[Made]:
    for one in found:
        at = Evidence(one.path, one.line, one.by)
        if one.bound or (one.needs and any(run.tool == one.needs for run in acts.found)):
            yield Made(one.by, at)
        elif one.needs and any(call.kind == "target" and "release" in call.said for call in acts.calls):
            yield Made(one.by, at, unsure=f"needs {one.needs}, which a release target that is not read here may run")
        elif one.needs:
            yield Made(one.by, at, f"needs {one.needs}, and found no pipeline that runs it", "sbom-not-run")
        elif not any(run.tool.startswith("CycloneDX") for run in acts.of(Purpose.SBOM)):
            yield Made(one.by, at, "is bound to no build, and found no pipeline that calls it", "sbom-not-run")
