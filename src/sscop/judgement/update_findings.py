"""What is said of the update mechanisms: covered, not covered, untold, tested."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.pipelines import Activities, Call, Event, Purpose, runs_at
from sscop.artefacts.updates import Mechanism, Mechanisms
from sscop.artefacts.updates.dependabot import ECOSYSTEMS, Dependabot, mistaken
from sscop.artefacts.updates.managers import managers
from sscop.artefacts.updates.model import Reach
from sscop.artefacts.updates.renovate import Renovate
from sscop.judgement.updates import UNUSUAL, Answer, Idle, by_ecosystem, reaching
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet

PROCESS, TESTED = ("component-update-process",), ("component-updates-tested",)
_SHOWN = 3


def none(manifests: Sequence[Answer], misplaced: str, written: str) -> Finding:
    """No mechanism at all; where a configuration lies that nothing reads, and a text that is no mechanism."""
    kinds = ", ".join(by_ecosystem(manifests))
    what = f"{kinds} ({_count(manifests)})"
    where = f"; `{misplaced}` is not where it is read" if misplaced else ""
    where += f"; `{written}` writes about it" if written else ""
    message = f"found no update mechanism for {what}: no Dependabot, Renovate or scheduled job{where}"
    fix = (
        "add `.github/dependabot.yml` or `renovate.json` that names every ecosystem and folder. Dependabot's security "
        "updates and bots that are set up elsewhere can be on without a file here, which files do not show: if so, "
        "declare it, and so with a policy that people follow by hand"
    )
    places = [Evidence(one) for one in (misplaced, written) if one]
    places += [Evidence(one.manifest.path, one.manifest.line) for one in manifests[:_SHOWN]]
    return unmet("no-update-mechanism", message, *places, because=Because.ABSENT, key="updates", fix=fix)


def reached(found: Sequence[Answer], mechanisms: Mechanisms) -> Iterator[Finding]:
    """What each ecosystem comes to, and what is kept current."""
    for ecosystem, group in by_ecosystem(found).items():
        missing = reaching(group, Reach.NONE, Reach.OFF)
        if missing:
            yield _gap(ecosystem, missing, len(group), mechanisms)
        limited = reaching(group, Reach.SECURITY)
        if limited:
            first = limited[0]
            message = f"{ecosystem} gets security updates only: {first.said.note}"
            place = Evidence(first.by.path if first.by else "", first.said.line)
            fix = "give the entry a limit above 0, so that versions do not fall so far behind that a fix is a leap"
            yield unmet("security-only", message, place, kind=Kind.ADVICE, key=ecosystem, fix=fix)
    untold = reaching(found, Reach.UNTOLD)
    if untold:
        yield _untold(untold)
    for reach, what in ((Reach.ALL, "updates"), (Reach.SECURITY, "security updates")):
        kept = reaching(found, reach)
        for by in dict.fromkeys(one.by for one in kept if one.by):
            yield _kept(by, [one for one in kept if one.by == by], what)


def _gap(ecosystem: str, missing: Sequence[Answer], of: int, mechanisms: Mechanisms) -> Finding:
    config, line, note = _decider(ecosystem, missing, mechanisms)
    folders = _folders(missing)
    some = f"{ecosystem} in {folders}" if len(missing) < of else f"{ecosystem} ({folders})"
    message = f"no update mechanism covers {some}" + (f": {note}" if note else "")
    places = [Evidence(config.path, line)]
    places += [Evidence(one.manifest.path, one.manifest.line, "not covered") for one in missing[:_SHOWN]]
    fix = _fix(ecosystem, missing, config)
    kind = Kind.ADVICE if ecosystem in UNUSUAL else Kind.CLAIM
    return unmet("not-covered", message, *places, kind=kind, key=ecosystem, subject=ecosystem, fix=fix, about=PROCESS)


def _decider(ecosystem: str, missing: Sequence[Answer], mechanisms: Mechanisms) -> tuple[Mechanism, int, str]:
    """The configuration, its line and the reason that decide: what switches it off, an entry of it, or the whole."""
    for answer in missing:
        if answer.said.reach is Reach.OFF and answer.by:
            return answer.by, answer.said.line or answer.by.line, answer.said.note
    for config in mechanisms.found:
        if isinstance(config, Renovate) and config.enabled is not None:
            return config, config.enabled.line, "Renovate is switched off"
    for config in mechanisms.found:
        for entry in config.entries if isinstance(config, Dependabot) else ():
            if entry.ecosystem == ecosystem:
                looked = ", ".join(f"`/{folder}`" for folder in entry.folders[:_SHOWN]) or "no folder"
                return config, entry.line, f"its entry looks in {looked}"
    return mechanisms.found[0], mechanisms.found[0].line, ""


def _fix(ecosystem: str, missing: Sequence[Answer], config: Mechanism) -> str:
    folders = ", ".join(dict.fromkeys(f"/{one.manifest.folder}" for one in missing[:_SHOWN]))
    if isinstance(config, Renovate) and managers(ecosystem, missing[0].manifest.path):
        return f"let Renovate look after it (`enabledManagers`, `packageRules`): {folders}"
    if ecosystem in ECOSYSTEMS:
        where = config.path if isinstance(config, Dependabot) else ".github/dependabot.yml"
        return f"add an entry to `{where}`: `package-ecosystem: {ecosystem}`, `directories: [{folders}]`"
    return "let Renovate or a scheduled job look after it, or say in a policy how it is updated, and declare that"


def _untold(found: Sequence[Answer]) -> Finding:
    first = found[0]
    assert first.by is not None
    kinds = ", ".join(by_ecosystem(found))
    message = f"{first.by.name} is set up, but whether for {kinds} can't be told here" + (
        f": {first.said.note}" if first.said.note else ""
    )
    fix = "name what is looked after in this repository (`enabledManagers`), or declare it with a link to the preset"
    return unknown(
        "untold", message, Evidence(first.by.path, first.said.line), key=first.by.name, fix=fix, about=PROCESS
    )


def _kept(by: Mechanism, found: Sequence[Answer], what: str) -> Finding:
    kinds = ", ".join(by_ecosystem(found))
    lines = list(dict.fromkeys(one.said.line for one in found))[:_SHOWN]
    places = [Evidence(by.path, line) for line in lines]
    return met(
        "kept-current", f"{by.name} proposes {what} of {kinds} ({_count(found)})", *places, key=by.name, about=PROCESS
    )


def broken(config: Dependabot) -> Iterator[Finding]:
    """What makes Dependabot refuse a configuration, or what is not known here."""
    if config.is_dead:
        said = f"is of version {config.version}" if config.version else "has no `version`"
        nothing = not config.version and not config.entries
        message = f"the configuration {said}, and Dependabot reads only version 2"
        message = "the configuration holds nothing that is not commented out" if nothing else message
        place = Evidence(config.path, config.line)
        yield unmet("dead", message, place, key="version", fix="write `version: 2`", about=PROCESS)
    for entry in config.entries:
        place = Evidence(config.path, entry.line)
        meant = mistaken(entry)
        if meant:
            message = f"`{entry.ecosystem}` is no ecosystem of Dependabot, which refuses the whole file"
            fix = f"write `package-ecosystem: {meant}`"
            name = str(entry.ecosystem)
            yield unmet("no-ecosystem", message, place, key=name, subject=name, fix=fix, about=PROCESS)
        elif entry.ecosystem not in ECOSYSTEMS:
            message = f"`{entry.ecosystem}` is not an ecosystem known here"
            yield unknown("ecosystem", message, place, key=str(entry.ecosystem), about=PROCESS)


def idle(found: Sequence[Idle]) -> Iterator[Finding]:
    """Entries that find nothing."""
    if found:
        some = ", ".join(f"`{one.ecosystem}` in `/{one.folder}`" for one in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        places = [Evidence(one.path, one.line) for one in found]
        message = f"found nothing that Dependabot could update where its entries look: {some}{more}"
        fix = "point the entries at the folders of the manifests, or drop them"
        yield unmet("idle-entry", message, *places, kind=Kind.ADVICE, key="idle", fix=fix)


def tested(found: Activities) -> Finding:
    """Whether tests run on the pull requests that a mechanism opens; how good they are is another check's affair."""
    runs = [one for one in found.of(Purpose.TEST) if one.reviewed is not False]
    sure = [one for one in runs if not one.tolerance]
    if sure:
        first = min(sure, key=lambda one: one.reviewed is None)
        message = f"tests run on pull requests, and so on those with updates: `{first.said}`"
        return met("updates-tested", message, Evidence(first.path, first.line), key="tests", about=TESTED)
    if runs:
        first = runs[0]
        why = f"the failing of `{first.said}` is tolerated ({first.tolerance})"
        places = [Evidence(first.path, first.line)]
    else:
        hidden = [f"`{one.path}` could not be read" for one in found.unread]
        hidden += [f"`{one.said}` is not read here" for one in _unread_calls(found)]
        seen = "found none that run on pull requests" if found.pipelines else "found no pipeline that is read"
        why = hidden[0] if hidden else seen
        places = [Evidence(one.path) for one in found.pipelines[:1]]
    message = f"whether tests guard updates can't be told: {why}"
    fix = "run the tests on every pull request, those of the update mechanism included"
    return unknown("updates-untold", message, *places, key="tests", fix=fix, about=TESTED)


_TESTING = lazily(r"(?<![a-z])(?:tests?|ci|verify|e2e)(?![a-z])", re.IGNORECASE)
"""What an action's name says when it may hold tests; `actions/checkout` holds none."""


def _unread_calls(found: Activities) -> list[Call]:
    """What pipelines run on pull requests without its being read, the likeliest to hold tests first."""
    kinds = {"workflow": 0, "target": 1, "action": 2}
    calls = [
        one
        for one in found.calls
        if one.kind in kinds
        and (one.kind != "action" or _TESTING.search(one.said.split("@")[0]))
        and runs_at(one.pipeline, one.job, one.step, Event.PULL_REQUEST) is not False
    ]
    return sorted(calls, key=lambda one: kinds[one.kind])


def _folders(found: Sequence[Answer]) -> str:
    names = list(dict.fromkeys(f"`{one.manifest.folder}`" if one.manifest.folder else "the root" for one in found))
    rest = len(names) - _SHOWN
    more = f" and {rest} more folder{'s' if rest > 1 else ''}" if rest > 0 else ""
    return ", ".join(names[:_SHOWN]) + more


def _count(found: Sequence[Answer]) -> str:
    return f"{len(found)} manifest{'s' if len(found) > 1 else ''}"
