"""What a scan in a pipeline is worth on a pull request: whether it runs there, and whether what it finds is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sscop.artefacts.nodes import mapping
from sscop.artefacts.pipelines import Activities, Activity, Call, Event, runs_at
from sscop.artefacts.pipelines.forgiving import forgives
from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence, Finding, unknown, unmet

SHOWN = 3
"""Places that one finding shows."""

MAY_CHECK = lazily(
    r"quality|secur|checks\b|[/_.-]ci[._-]|validat|pull[-_]?request|pipeline|complian|scan|analy|devsecops"
)
"""Names of workflows that may hold any scan."""


class Scan(NamedTuple):
    """A scan and what it lacks, as the end of a sentence; "" where it lacks nothing."""

    one: Activity
    lacks: str
    code: str = ""


def weigh(found: Iterable[Activity]) -> list[Scan]:
    """Each scan by its place and tool, the best run of it."""
    best: dict[tuple[str, int, str], Scan] = {}
    for one in found:
        if only_called(one):
            continue
        scan = _weighed(one)
        key = (one.path, one.line, one.tool)
        if key not in best or (best[key].lacks and not scan.lacks):
            best[key] = scan
    return list(best.values())


def _weighed(one: Activity) -> Scan:
    if one.never:
        return Scan(one, "its condition keeps it from ever running", "scan-never-runs")
    if one.reviewed is False:
        if one.pipeline.trigger(Event.PULL_REQUEST) and one.runs_at(Event.PULL_REQUEST) is not False:
            return Scan(one, "runs on pull requests into other branches than the default one", "scan-other-branches")
        if one.pipeline.trigger(Event.OTHER):
            return Scan(
                one, "runs after another pipeline, and for which changes can't be told here", "scan-at-other-event"
            )
        return Scan(one, f"runs only {events(one)}, after a change is in", "scan-after-merge")
    if reported(one):
        return Scan(one, "")
    if one.tolerance:
        return Scan(one, f"can't fail the pull request: `{one.tolerance}`", "scan-cannot-fail")
    why = forgives(one)
    return Scan(one, f"passes whatever it finds: {why}" if why else "", "scan-cannot-fail" if why else "")


def only_called(one: Activity) -> bool:
    """Whether its pipeline is there for others to call: where one here does, it stands in that one too."""
    return {trigger.event for trigger in one.pipeline.triggers} <= {Event.CALL}


def reported(one: Activity) -> bool:
    """Whether the same job sends the results to GitHub's code scanning, which shows and checks them on its own."""
    return any("codeql-action/upload-sarif" in (step.uses or "") for step in one.job.steps)


_WHEN = {
    Event.PUSH: "after a push",
    Event.SCHEDULE: "on a schedule",
    Event.MANUAL: "by hand",
    Event.TAG: "at a tag",
    Event.RELEASE: "at a release",
    Event.CALL: "when another workflow calls it",
    Event.PULL_REQUEST: "on pull requests",
}


def events(one: Activity | Call) -> str:
    """When it runs, in words."""
    found = [
        _WHEN[trigger.event]
        for trigger in one.pipeline.triggers
        if trigger.event in _WHEN and runs_at(one.pipeline, one.job, one.step, trigger.event) is not False
    ]
    words = list(dict.fromkeys(found)) or ["at other events"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def place(one: Activity, note: str = "") -> Evidence:
    """Where a scan is named."""
    return Evidence(one.path, one.line, note or one.said)


def inadequate(scans: Sequence[Scan], fix: str, most: int = 5) -> Iterator[Finding]:
    """One finding for each scan that lacks something, the first few; unknown where it can't be told for one of them."""
    for scan in scans:
        if scan.code == "scan-at-other-event":
            yield unknown(scan.code, f"{scan.one.tool} {scan.lacks}", place(scan.one), key=scan.one.tool)
            return
    for scan in [scan for scan in scans if scan.lacks][:most]:
        one = scan.one
        spot = one.tolerated_at if scan.code == "scan-cannot-fail" and one.tolerated_at else (one.path, one.line)
        message = f"{one.tool} {scan.lacks}"
        yield unmet(scan.code, message, Evidence(spot[0], spot[1], one.said), subject=one.said, key=one.tool, fix=fix)


_KNOWN = lazily(r"(?:actions|github)/")
"""The platform's own actions: what they do is known, and where they scan they are in the table."""


def named(calls: Iterable[Call], name: re.Pattern[str]) -> list[Call]:
    """What is called that is not read here and that by its name is what is looked for."""
    return [
        call for call in calls if call.kind != "hollow" and name.search(_name(call)) and not _KNOWN.match(_name(call))
    ]


def open_workflows(calls: Iterable[Call], name: re.Pattern[str]) -> list[Call]:
    """The other repositories' workflows whose names leave it open that they do what is looked for."""
    return [
        call
        for call in calls
        if (call.kind == "workflow" or call.said.startswith("orb:"))
        and name.search(call.said.partition("@")[0].lower())
    ]


def left_open(calls: Sequence[Call], what: str) -> Finding:
    """That other repositories' workflows may do what was not found here."""
    shown = [Evidence(call.path, call.line, call.said) for call in calls[:SHOWN]]
    title = calls[0].said.partition("@")[0]
    message = f"found no {what} here; `{title}` is another repository's and not read, and may hold one"
    return unknown("scan-elsewhere", message, *shown, key=title)


def _name(call: Call) -> str:
    """The path that is called, without the version, and the names of what it is given (`snyk-token`)."""
    inputs = call.step.inputs if call.step and call.kind == "action" else mapping(call.job.node.get("with"))
    given = inputs if call.kind in ("action", "workflow") else ()
    return " ".join([call.said.partition("@")[0], *given]).lower()


def called(calls: Iterable[Call], name: re.Pattern[str], what: str, fix: str) -> Iterator[Finding]:
    """What is said of calls that by their name are what is looked for; nothing where there are none."""
    found = named(calls, name)
    now = [call for call in found if on_review(call)]
    if now:
        shown = [Evidence(call.path, call.line, call.said) for call in now[:SHOWN]]
        title = now[0].said.partition("@")[0]
        message = f"`{title}` is by its name or its inputs {what}; it is kept in another place, which is not read here"
        yield unknown("scan-elsewhere", message, *shown, key=title)
    for call in [] if now else found[:SHOWN]:
        title = call.said.partition("@")[0]
        message = f"`{title}`, by its name {what}, runs only {events(call)}, after a change is in"
        yield unmet("scan-after-merge", message, Evidence(call.path, call.line, call.said), key=title, fix=fix)


def on_review(call: Call) -> bool:
    """Whether a call may run on pull requests into the default branch."""
    wanted = {Event.PULL_REQUEST} if call.pipeline.trigger(Event.PULL_REQUEST) else set[Event]()
    trigger = call.pipeline.trigger(Event.PUSH)
    if trigger and not trigger.except_targets and (not trigger.targets or {"*", "**"} & set(trigger.targets)):
        wanted.add(Event.PUSH)
    if call.pipeline.trigger(Event.OTHER):
        return True  # nobody can tell that it does not
    return any(runs_at(call.pipeline, call.job, call.step, event) is not False for event in wanted)


def unread(acts: Activities) -> Iterator[Finding]:
    """The pipelines that could not be read."""
    for one in (*acts.unread, *getattr(acts, "others", ())):
        yield one.finding()
