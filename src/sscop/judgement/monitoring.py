"""Whether somebody is told of a vulnerability that becomes known while nobody commits: by schedule, or by alerts."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.ecosystems import Ecosystem, Inventory, manifests
from sscop.artefacts.nodes import items, mapping, text
from sscop.artefacts.pipelines import Activities, Activity, Call, Event, Purpose, activities, runs_at
from sscop.artefacts.pipelines.conditions import holds
from sscop.artefacts.pipelines.hooks import run_by_pipelines
from sscop.artefacts.pipelines.model import System
from sscop.artefacts.updates.alerts import Alert, alerts
from sscop.judgement.dependency_review import NAMED, NOT_PACKAGES
from sscop.judgement.monitoring_bots import FIX, Bots, by_bots
from sscop.judgement.sboms import is_tooling
from sscop.judgement.scans import MAY_CHECK, SHOWN, events, left_open, named, only_called, open_workflows, place, unread
from sscop.judgement.updates import components as asked_of
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, met, not_applicable, unknown, unmet
from sscop.platform import Platform
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_AT_CHANGES = {"dependency review"}
"""What compares a change with what was before; there is nothing to compare on a schedule."""
_WATCHED = {"Snyk's monitoring", "Dependency-Track"}
"""Services that take a list of components and go on watching it."""
_OTHERS = (
    "**/{build.sbt,deps.edn,project.clj,cpanfile,Build.PL,Makefile.PL,conanfile.txt,conanfile.py,vcpkg.json,stack.yaml}",
    "**/*.{opam,cabal,nimble,rockspec}", "**/{rebar.config,shard.yml,Podfile,Cartfile,build.zig.zon,environment.yml}",
    "Project.toml", "DESCRIPTION", "subprojects/*.wrap",
)  # fmt: skip
"""Manifests of package managers that `manifests` does not read: that there are components is sure, which ones"
" is not."""
_ELSE = lazily(r"codeql|scorecard|zizmor|sonar|semgrep|gitleaks|secret[-_]?scan|licen[cs]e")
"""Names of workflows that say of another kind of scan."""
_OWN = lazily(
    r"github\.repository(?:_owner)?\s{0,3}==\s{0,3}'[^'\n]{1,120}'|'[^'\n]{1,120}'\s{0,3}==\s{0,3}github\.repository(?:_owner)?\b"
    r"|!\s{0,3}github\.event\.repository\.fork\b|github\.event\.repository\.fork\s{0,3}(?:==\s{0,3}false|!=\s{0,3}true)"
)
"""Conditions that hold where the repository is not somebody's fork."""


def findings(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """What keeps the knowledge of public vulnerabilities current; else why nothing does."""
    inventory: Inventory = repo.once(manifests)
    components = any(
        one.third_party and one.ecosystem not in NOT_PACKAGES and not one.aside and not is_tooling(one.path)
        for one in inventory.manifests
    )
    if not components:  # modules of Bazel's name packages in a language of their own
        components = any(one.ecosystem == Ecosystem.BAZEL.value for one in asked_of(repo, inventory))
    docker = [one.path for one in inventory.manifests if one.ecosystem is Ecosystem.DOCKER and not one.aside]
    images = [path for path in docker if not not_counted(path, Family.SHIPPED)]
    if not components and not images and not inventory.unread and not repo.find(*_OTHERS, family=Family.PRODUCT):
        yield not_applicable("no-components", "found no manifest that names third-party packages, and no image")
        return
    acts: Activities = repo.once(activities)
    told, problems = _settings(repo)
    scans = [one for one in (*acts.of(Purpose.COMPOSITION_SCAN), *run_by_pipelines(repo)) if _is_scan(one)]
    answers = [*_alerts(platform), *_configured(told, platform), *_scheduled(scans), *_watched(scans)]
    good = [one for one in answers if one.outcome is Outcome.MET]
    if good:
        yield from (*good, *_rare(scans))
        return
    answers += _elsewhere(acts)
    bots = Bots([], None)
    if not answers and not _is_off(platform):
        bots = by_bots(repo, inventory)
        answers += bots.findings
    if not answers and not scans:
        answers = [*problems, *unread(acts)]
    yield from answers
    if scans or not answers:
        yield from _nothing(scans, platform, Kind.ADVICE if answers else Kind.CLAIM, bots.lacks)


def _is_off(platform: Platform) -> bool:
    return platform.dependabot_alerts.known and not platform.dependabot_alerts.value


def _settings(repo: Repository) -> tuple[list[Alert], list[Finding]]:
    told = list(alerts(repo))
    return [one for one in told if isinstance(one, Alert)], [one.finding() for one in told if isinstance(one, Unread)]


def _is_scan(one: Activity) -> bool:
    asks = {"--version", "--help", "version", "help"} & set(one.words)
    return not asks and one.purpose is Purpose.COMPOSITION_SCAN and one.tool not in _AT_CHANGES and not only_called(one)


def _alerts(platform: Platform) -> Iterator[Finding]:
    fact = platform.dependabot_alerts
    if fact.known and fact.value:
        yield met(
            "alerts", f"{platform.name or 'the platform'} raises alerts of vulnerable dependencies ({fact.where})"
        )


def _configured(told: list[Alert], platform: Platform) -> Iterator[Finding]:
    """The mechanisms that are told what to do about alerts: those follow the platform's, which must not be off."""
    found = [one for one in told if one.on and not (_is_off(platform) and not one.said.startswith("osv"))]
    if found:
        names = list(dict.fromkeys(one.mechanism for one in found))
        verb = "is" if len(names) == 1 else "are"
        places = [Evidence(one.path, one.line, one.said) for one in found[:SHOWN]]
        yield met(
            "security-updates", f"{' and '.join(names)} {verb} told what to do about known vulnerabilities", *places
        )


def when_scheduled(one: Activity | Call) -> bool | None:
    """Whether something runs on its pipeline's schedule; what asks that the repository be no fork is taken as true."""
    if (
        one.pipeline.trigger(Event.SCHEDULE) is None
    ):  # GitLab and CircleCI start the pipeline of a push on a schedule too
        kept = one.pipeline.system in (System.GITLAB, System.CIRCLECI)
        return None if kept and runs_at(one.pipeline, one.job, one.step, Event.PUSH) is not False else False
    if one.job.events is not None and Event.SCHEDULE not in one.job.events:
        return False
    conditions = [*one.job.conditions, *([one.step.condition] if one.step and one.step.condition else [])]
    said = [holds(_OWN.sub("true", condition), Event.SCHEDULE) for condition in conditions]
    return False if False in said else None if None in said else True


def _visible(one: Activity | Call) -> bool:
    """Whether the schedule itself stands in a file: GitLab's and CircleCI's newer ones are kept in their settings."""
    workflows = mapping(one.pipeline.node.get("workflows")).values()
    triggered = any("triggers" in mapping(held) for held in workflows)
    return one.pipeline.system is not System.GITLAB and (one.pipeline.system is not System.CIRCLECI or triggered)


def _scheduled(scans: list[Activity]) -> Iterator[Finding]:
    good = [one for one in scans if when_scheduled(one) and _visible(one)]
    if good:
        tools = ", ".join(dict.fromkeys(one.tool for one in good))
        yield met("scheduled", f"components are scanned on a schedule: {tools}", *map(place, good[:SHOWN]))
        return
    maybe = [one for one in scans if when_scheduled(one) is None or (when_scheduled(one) and not _visible(one))]
    if maybe:
        one = maybe[0]
        why = (
            "a condition decides"
            if _visible(one)
            else f"schedules are kept in the settings of {one.pipeline.system.value}"
        )
        yield unknown("schedule-untold", f"{one.tool} may run on a schedule: {why}", place(one), key=one.tool)


def _watched(scans: list[Activity]) -> Iterator[Finding]:
    found = [one for one in scans if one.tool in _WATCHED and not one.never]
    if found:
        message = f"{found[0].tool} takes the list of components and goes on watching it"
        yield met("watched", message, *map(place, found[:SHOWN]))


def _elsewhere(acts: Activities) -> Iterator[Finding]:
    """What is called on a schedule and is kept in another repository."""
    found = [call for call in named(acts.calls, NAMED) if "$" not in call.said and when_scheduled(call) is not False]
    if found:
        title = found[0].said.partition("@")[0]
        shown = [Evidence(call.path, call.line, call.said) for call in found[:SHOWN]]
        message = (
            f"`{title}`, by its name a scan of components, runs on a schedule and is kept elsewhere, not read here"
        )
        yield unknown("scan-elsewhere", message, *shown, key=title)
        return
    calls = [call for call in open_workflows(acts.calls, MAY_CHECK) if not _ELSE.search(call.said.lower())]
    if maybe := [call for call in calls if when_scheduled(call) is not False]:
        yield left_open(maybe, "scan of components on a schedule")


def _nothing(scans: list[Activity], platform: Platform, kind: Kind, lacks: Evidence | None) -> Iterator[Finding]:
    also = "; the platform's alerts are off" if _is_off(platform) else ""
    places = {(one.path, one.line, one.tool): one for one in reversed(scans) if when_scheduled(one) is False}
    for one in list(places.values())[::-1][:SHOWN]:
        if one.never:
            message = f"{one.tool} never runs: its condition keeps it from that{also}"
            yield unmet("scan-never-runs", message, place(one), kind=kind, key=one.tool, fix=FIX)
        else:
            message = f"{one.tool} runs only {events(one)}: what becomes known later is not seen{also}"
            yield unmet("not-scheduled", message, place(one), kind=kind, key=one.tool, fix=FIX)
    if not scans:
        message = f"found no scan of components on a schedule, and no alerts{also or ' (the platform was not asked)'}"
        message += f"; `{lacks.path}` covers {lacks.note}" if lacks else ""
        yield unmet("no-monitoring", message, *([lacks] if lacks else []), because=Because.ABSENT, kind=kind, fix=FIX)


def _rare(scans: list[Activity]) -> Iterator[Finding]:
    """The scans that run once a month or less, where no other one runs more often."""
    timed = [(one, rare) for one in scans if when_scheduled(one) and (rare := _cron(one))]
    often = [one for one in scans if when_scheduled(one) and not _cron(one)]
    if timed and not often:
        one, cron = timed[0]
        message = f"{one.tool} runs once a month or less (`{cron}`)"
        yield unmet("rare", message, place(one), kind=Kind.ADVICE, key=one.tool, fix="let it run every week or day")


def _cron(one: Activity) -> str:
    """The cron expression of a pipeline where every one names a day of the month; else ""."""
    given = mapping(one.pipeline.node.get("on", one.pipeline.node.get("true"))).get("schedule")
    crons = [text(mapping(held).get("cron")) or "" for held in items(given or one.pipeline.node.get("schedules"))]
    fields = [cron.split() for cron in crons]
    rare = all(len(parts) == 5 and not set("*,/-?") & set(parts[2]) and parts[4] in "*?" for parts in fields)
    return crons[0] if crons and rare else ""
