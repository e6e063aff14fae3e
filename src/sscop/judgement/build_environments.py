"""Which of the environments that build have results of an assessment, and what is to be said where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.hardening_results.model import Result
from sscop.artefacts.hardening_results.thresholds import thresholds
from sscop.artefacts.own_runners import own_machines, untold_machines
from sscop.artefacts.pipelines.others import systems
from sscop.artefacts.pipelines.systems import pipelines_of
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.tool_policy import Environment
from sscop.judgement.hardening_results import Assessed, assessed, judge, of_software
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, not_applicable, unknown, unmet
from sscop.repository import Repository

SHORT = {"under-threshold", "result-overdue", "future-result", "unvouched", "no-evidence"}

Stated = Sequence[tuple[str, Environment]]
"""Environments, each with the path of the policy that states it."""


def evidence(stated: Stated) -> dict[str, list[str]]:
    """The files that policies name as evidence, each with the environments that it is about."""
    whose: dict[str, list[str]] = {}
    for _, environment in stated:
        for path in map(str, environment.evidence):
            whose.setdefault(path, []).append(environment.name)
    return whose


def judged(
    repo: Repository, found: Sequence[tuple[str, tuple[Result, ...]] | Unread], stated: Stated, given: int | None,
    usual: int, today: date,
) -> Iterator[Finding]:  # fmt: skip
    """What is to be said of all results and environments; an interval that is `given` outranks what a policy states."""
    yield from (one.finding() for one in found if isinstance(one, Unread))
    whose = evidence(stated)
    results = [(path, one) for it in found if not isinstance(it, Unread) for path, held in [it] for one in held]
    software = [(path, one) for path, one in results if of_software(one) and path not in whose]
    definitions = [(path, one) for path, one in results if one.definition and not of_software(one)]
    counted = ((path, one) for path, one in results if not one.definition and (path in whose or not of_software(one)))
    groups: dict[tuple[str, str], list[Assessed]] = {}
    for one in assessed(repo, counted):
        groups.setdefault((one.result.benchmark, one.result.target), []).append(one)
    said = list(_without(repo, stated, {one.path for held in groups.values() for one in held}))
    limit, unread = repo.once(thresholds) if groups else (None, None)
    if unread:
        yield unread.finding()
    every = _intervals(stated, usual)
    for held in groups.values():
        holds = given or min(every.get(one.path, usual) for one in held)
        said += judge(held, limit, holds, today, whose) if limit else ()
    short = any(one.code in SHORT for one in said)  # one environment that is in order makes up for no other
    yield from (one for one in said if one.outcome is not Outcome.MET or not short)
    if definitions and not groups:
        message, place = _first(definitions, "benchmark {}; found no result of an assessment by it")
        fix = "keep the result of an assessment by it"
        yield unmet("definition", message, place, kind=Kind.ADVICE, key="definition", fix=fix)
    if software:
        message, place = _first(software, "{}: about software, not about an environment that builds")
        yield Finding(Outcome.NOT_APPLICABLE, "of-software", message, (place,))
    if not (groups or definitions or stated) and not any(isinstance(one, Unread) for one in found):
        yield nothing(repo)


def nothing(repo: Repository) -> Finding:
    """What is to be said where neither results nor environments are stated: do machines of the owner's build at all?"""
    own = next(own_machines(repo), None)
    if own:
        message = f"{own.said}; found no result of an assessment of how they are hardened"
        fix = "assess them by a hardening guide (STIG, CIS) and keep the result"
        place = Evidence(own.path, own.line)
        return unmet("no-result", message, place, because=Because.ABSENT, kind=Kind.ADVICE, key="runners", fix=fix)
    if untold := list(untold_machines(repo)):
        more = f", and {len(untold) - 1} more" if len(untold) > 1 else ""
        message = f"{untold[0].said}{more}: whose machines those are, and whether they are hardened, is not told here"
        fix = "state the environment and the result of its assessment in the tool policy"
        places = [Evidence(one.path, one.line, one.said) for one in untold[:3]]
        return unknown("whose-machines", message, *places, key="machines", fix=fix)
    message = f"nothing to audit here: {_hosted(repo)}; found no image of a runner, no stated environment and no result"
    return not_applicable("no-own-environment", message)


def _hosted(repo: Repository) -> str:
    if repo.once(pipelines_of)[0]:
        return "no job asks for a machine of your own, so all run on the platform's, whose operator hardens them"
    names = ", ".join(systems(repo))
    return f"builds run at {names}, whose operator hardens the machines" if names else "found no pipeline"


def _intervals(stated: Stated, usual: int) -> Mapping[str, int]:
    every: dict[str, int] = {}
    for _, environment in stated:
        for path in map(str, environment.evidence):
            every[path] = min(every.get(path, 1200), months(environment.review.every) or usual)
    return every


def _without(repo: Repository, stated: Stated, results: set[str]) -> Iterator[Finding]:
    """The environments of the policies that name no result; `results` are the files that hold one."""
    for path, one in stated:
        place = Evidence(path, one.line)
        gone = [str(it) for it in one.evidence if "://" not in it and it not in results]
        fix = "name the result of its last assessment under `hardening: {evidence: ...}`"
        if not one.evidence:
            message = f"environment `{one.name}` names no result of an assessment"
            yield unmet("unvouched", message, place, kind=Kind.ADVICE, subject=one.name, key=one.name, fix=fix)
        if len(gone) < len(one.evidence) and not results & {str(it) for it in one.evidence}:
            message = f"the evidence of environment `{one.name}` is kept elsewhere"
            yield unknown("elsewhere", message, place, key=one.name)
        for it in gone:
            what = "is no result that is read here" if repo.has(it) else "is not there"
            message = f"environment `{one.name}` is said to be assessed by `{it}`, which {what}"
            because, key = Because.CONTRADICTED, f"{one.name} {it}"
            yield unmet("no-evidence", message, place, kind=Kind.ADVICE, because=because, key=key, fix=fix)


def _first(found: Sequence[tuple[str, Result]], message: str) -> tuple[str, Evidence]:
    path, first = found[0]
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return message.format(f"`{(first.benchmark or first.format)[:80]}`{others}"), Evidence(path, first.line)
