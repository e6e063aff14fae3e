"""Whether customers were told of incidents, as far as notices show; and whether there was an occasion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sscop.artefacts.incident_notices import FIX as FIXED
from sscop.artefacts.incident_notices import LIVE, Notice, Notices
from sscop.artefacts.nodes import Node
from sscop.judgement.published import quiet, quiet_since
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, met, unknown, unmet

SHOWN = 6
FIX = (
    "keep a log, or a report for each incident, with date, impact and what was done; where nothing happened, set "
    "`no-occasion-since` for this check in .sscop.yaml"
)
_CARRIES_ON = lazily("history of a status page")


def judge(seen: Notices, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What was seen against what is declared; else what stands in the way of an answer."""
    since = quiet_since(settings, today)
    if isinstance(since, Finding):
        yield since
        return
    # A release that is planned for a day to come is no contradiction, and nothing that was told.
    seen = seen._replace(found=tuple(one for one in seen.found if one.kind != FIXED or one.day <= today))
    told = [one for one in seen.found if not (_CARRIES_ON.match(one.kind) or one.kind == FIXED)]
    if since:
        yield from _against(since, told)
        return
    yield from _wrong(seen, today)
    good = [one for one in seen.found if one.day <= today and not _is_stale(one, today)]
    if good:
        yield _standing(good)
    elif not seen.found:
        yield from _without(seen)


def _against(since: date, told: list[Notice]) -> Iterator[Finding]:
    later = [one for one in told if one.day > since]
    if later:
        message = f"no occasion since {since} is declared, and a {later[0].kind} is dated {later[0].day}"
        yield unmet(
            "occasion", message, *map(_place, later[:SHOWN]), because=Because.CONTRADICTED, fix="declare a later day"
        )
    else:
        yield quiet(since)


def _wrong(seen: Notices, today: date) -> Iterator[Finding]:
    for one in seen.found:
        if one.day > today:
            message = f"a {one.kind} is dated {one.day}, which is to come"
            yield unmet("future-notice", message, _place(one), because=Because.CONTRADICTED, key=one.title)
        elif _is_stale(one, today) and one.open:
            message = f"the issue of {one.day} is not resolved, by the status page itself"
            yield unmet("unresolved", message, _place(one), key=one.title, fix="say when and how it was resolved")
        elif _is_stale(one, today):
            message = f"the status page's history ends on {one.day}"
            yield unmet(
                "stale-history", message, _place(one), key=one.title, fix="let the monitor run again, or remove it"
            )


def _is_stale(one: Notice, today: date) -> bool:
    old = one.day < today - timedelta(days=LIVE)
    return old and (one.open or _CARRIES_ON.match(one.kind) is not None)


def _standing(good: list[Notice]) -> Finding:
    newest = sorted(good, key=lambda one: one.day, reverse=True)
    kinds = ", ".join(dict.fromkeys(one.kind for one in newest))
    message = f"notices to customers: {len(good)} ({kinds}), the last of {newest[0].day}"
    return met("notices", message, *map(_place, newest[:SHOWN]))


def _without(seen: Notices) -> Iterator[Finding]:
    """No notice: a log that says so, what lies elsewhere, what could not be read, what is hollow, nothing."""
    yield from (one.finding() for one in seen.unread[:SHOWN])
    if seen.declared_none:
        places = [Evidence(one.path, one.line, one.why) for one in seen.declared_none[:SHOWN]]
        yield met("none-yet", "a log of incidents is kept and says that there was nothing to tell of", *places)
    elif seen.hollow and not seen.links:
        first = seen.hollow[0]
        places = [Evidence(held.path, held.line, held.why) for held in seen.hollow[:SHOWN]]
        yield unmet("no-notice", f"found no notice of an incident; `{first.path}` {first.why}", *places, fix=FIX)
    elif seen.links:
        places = [Evidence(one.path, one.line, one.target) for one in seen.links[:SHOWN]]
        message = "notices are said to be in another place, which is not looked at"
        yield unknown("elsewhere", message, *places)
    elif seen.named:
        places = [Evidence(one.path, one.line, one.text) for one in seen.named[:SHOWN]]
        message = (
            "a change log names vulnerabilities that were mended; whether they are the product's own, it does not say"
        )
        fix = "put them below a heading `Security`, with a link to the advisory"
        yield unknown("own-untold", message, *places, fix=fix)
    elif not seen.unread:
        message = "found no notice of an incident; whether there was one to tell of, files don't show"
        yield unknown("no-notices", message, fix=FIX)


def _place(one: Notice) -> Evidence:
    return Evidence(one.path, one.line, f"{one.kind}: {one.title}"[:160], date=one.day.isoformat())
