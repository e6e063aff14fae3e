"""Whether a step stands on the release path, beside what publishes."""

from __future__ import annotations

from sscop.artefacts.pipelines import Activity, Event
from sscop.lazy import lazily

_RELEASE_NAME = lazily(r"releas|publish|deploy")
_SHIPPED = {Event.TAG, Event.RELEASE}


def starts(one: Activity) -> set[Event]:
    """The events at which a step may run; MANUAL also for a job that waits for a person in a pipeline of a push."""
    found = {event for event in Event if one.pipeline.trigger(event) and one.runs_at(event) is not False}
    return found | ({Event.MANUAL} if one.job.events and Event.MANUAL in one.job.events else set())


def on_release_path(one: Activity, found: list[Activity]) -> bool:
    """Whether a step runs at a tag or release, or at an event at which its own pipeline publishes something.

    `found` are the steps that publish.
    """
    at = starts(one)
    if ships(one) or (Event.MANUAL in at and _is_release(one)):
        return True
    at -= {Event.PULL_REQUEST}
    return any(one_chain(one, other) and starts(other) & at for other in found)


def _is_release(one: Activity) -> bool:
    """Whether a pipeline that is started by hand is one for releases, by its name, and not one for SBOMs."""
    name = f"{one.pipeline.path.rpartition('/')[2]} {one.pipeline.name}".lower()
    return bool(_RELEASE_NAME.search(name)) and "sbom" not in name


def ships(one: Activity) -> bool:
    """Whether it runs at a release or at tags that the pipeline names: every push is one of a tag too."""
    named = [trigger for trigger in one.pipeline.triggers if trigger.event in _SHIPPED]
    plain = one.pipeline.trigger(Event.PUSH)
    return any(
        one.runs_at(trigger.event) is not False
        for trigger in named
        if trigger.event is Event.RELEASE or trigger.targets or plain is None
    )


def one_chain(one: Activity, other: Activity) -> bool:
    """Whether two run in one job, or in jobs of which one waits for the other."""
    if one.pipeline is not other.pipeline:
        return False
    earlier, later = one.pipeline.before(one.job), one.pipeline.before(other.job)
    return one.job is other.job or other.job in earlier or one.job in later
