"""What is said of the tools' updates, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.updates import Mechanism
from sscop.artefacts.updates.model import Reach, parent
from sscop.artefacts.updates.renovate import Renovate
from sscop.judgement.tool_kinds import Kept, Kind, by_kind, reaching
from sscop.model import Because, Evidence, Finding, met, unknown, unmet
from sscop.model import Kind as Bearing

_CLAIMED = {Kind.ACTIONS, Kind.HOOKS, Kind.IMAGES}
"""The kinds that every mechanism can look after; of the others, what is not looked after is advice."""
_ENTRY = {
    Kind.ACTIONS: "package-ecosystem: github-actions",
    Kind.HOOKS: "package-ecosystem: pre-commit",
    Kind.IMAGES: "package-ecosystem: docker",
    Kind.SERVICES: "package-ecosystem: docker-compose",
    Kind.CONTAINERS: "package-ecosystem: devcontainers",
}
_HOOKS_HINT = "; pre-commit.ci can do it without a word here, which files do not show"
_SHOWN = 3


def none(found: Sequence[Kept]) -> Iterator[Finding]:
    """What is said where there is no mechanism at all: one finding for all kinds that bear on the claim."""
    for claimed in (True, False):
        groups = [(kind, group) for kind, group in by_kind(found) if (kind in _CLAIMED) is claimed]
        if groups:
            kinds = ", ".join(f"{kind.value} ({_files(group)})" for kind, group in groups)
            hint = _HOOKS_HINT if any(kind is Kind.HOOKS for kind, _ in groups) else ""
            yield unmet(
                "no-update-mechanism",
                f"found no mechanism that keeps tools current: {kinds}{hint}",
                *[_place(group[0]) for _, group in groups],
                because=Because.ABSENT,
                kind=Bearing.CLAIM if claimed else Bearing.ADVICE,
                key="tools" if claimed else "more tools",
                fix="let Dependabot (`.github/dependabot.yml`) or Renovate look after every kind of tool",
            )


def kinds(found: Sequence[Kept], mechanisms: Sequence[Mechanism]) -> Iterator[Finding]:
    """One finding for what is not looked after of each kind, and one for what is."""
    for kind, group in by_kind(found):
        missing = reaching(group, Reach.NONE, Reach.OFF)
        kept = reaching(group, Reach.ALL)
        if missing:
            yield _gap(kind, missing, bool(kept), mechanisms)
        limited = reaching(group, Reach.SECURITY)
        if limited:
            first = limited[0]
            message = f"{kind.value} get security updates only: {first.said.note}"
            place = Evidence(first.by.path if first.by else "", first.said.line)
            fix = "give the entry a limit above 0"
            yield unmet("security-only", message, place, kind=Bearing.ADVICE, key=kind.value, fix=fix)
        if kept:
            by = ", ".join(dict.fromkeys(one.by.name for one in kept if one.by))
            places = dict.fromkeys(Evidence(one.by.path, one.said.line) for one in kept if one.by)
            yield met(
                "kept-current", f"{by} proposes updates of {kind.value} ({_files(kept)})", *places, key=kind.value
            )
    untold = reaching(found, Reach.UNTOLD)
    if untold:
        first = untold[0]
        names = ", ".join(kind.value for kind, _ in by_kind(untold))
        by, path = (first.by.name, first.by.path) if first.by else ("", "")
        note = f": {first.said.note}" if first.said.note else ""
        message = f"{by} is set up, but whether for {names} can't be told here{note}"
        yield unknown("untold", message, Evidence(path, first.said.line), key="tools")


def _gap(kind: Kind, missing: Sequence[Kept], partly: bool, mechanisms: Sequence[Mechanism]) -> Finding:
    """Composite actions beside covered workflows are advice, as are kinds that few mechanisms look after."""
    off = next((one for one in missing if one.said.reach is Reach.OFF and one.by), None)
    note = f": {off.said.note}" if off else _HOOKS_HINT if kind is Kind.HOOKS else ""
    claimed = kind in _CLAIMED and not (partly and kind is Kind.ACTIONS)
    where = _names(missing)
    stated = "versions are stated, but " if kind is Kind.TOOLCHAINS else ""
    message = f"{stated}no update mechanism covers the {kind.value} of {where}{note}"
    places = [Evidence(off.by.path, off.said.line)] if off and off.by else []
    places += [_place(one) for one in missing[:_SHOWN]]
    return unmet(
        "not-covered",
        message,
        *places,
        kind=Bearing.CLAIM if claimed else Bearing.ADVICE,
        key=kind.value,
        fix=_fix(kind, missing, mechanisms),
    )


def _fix(kind: Kind, missing: Sequence[Kept], mechanisms: Sequence[Mechanism]) -> str:
    if any(isinstance(one, Renovate) for one in mechanisms) and not any(one.name == "Dependabot" for one in mechanisms):
        return "let Renovate look after them (`enabledManagers`, `packageRules`, `pre-commit: {enabled: true}`)"
    if kind not in _ENTRY:
        return "Renovate knows them; or write down who looks at them, and how often"
    folders = [parent(one.named.first.path) for one in missing]
    at = dict.fromkeys("/" if one == ".github/workflows" else f"/{one}" for one in folders[:_SHOWN])
    return f"add an entry to the configuration: `{_ENTRY[kind]}`, `directories: [{', '.join(at)}]`"


def _place(one: Kept) -> Evidence:
    first = one.named.first
    return Evidence(first.path, first.line, f"`{first.subject}`")


def _names(found: Sequence[Kept]) -> str:
    names = list(dict.fromkeys(f"`{one.named.first.path}`" for one in found))
    rest = len(names) - _SHOWN
    more = f" and {rest} more file{'s' if rest > 1 else ''}" if rest > 0 else ""
    return ", ".join(names[:_SHOWN]) + more


def _files(found: Sequence[Kept]) -> str:
    return f"{len(found)} file{'s' if len(found) > 1 else ''}"
