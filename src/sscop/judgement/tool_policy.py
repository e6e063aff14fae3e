"""What is said of a tool policy: what is not allowed, what it lacks, what nothing uses, who enforces it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from sscop.artefacts.prose.quantities import months
from sscop.artefacts.tool_policy import Entry, Policy
from sscop.artefacts.tools_in_use import Use
from sscop.judgement.age import age
from sscop.judgement.allowed_tools import Answer, Held, held
from sscop.judgement.problems import count
from sscop.model import Because, Evidence, Finding, Kind, Outcome, unknown, unmet
from sscop.platform import AllowedActions, Platform
from sscop.repository import Repository

SHOWN = 20
YEAR = 12
GUIDE = "docs/guides/tool-policy.md"


def judged(
    repo: Repository,
    policies: Sequence[Policy],
    used: Sequence[Use],
    enforcing: Sequence[Evidence],
    platform: Platform,
    today: date,
) -> Iterator[Finding]:
    """All that is said of the repository's policies, taken together."""
    tools = [one for policy in policies for one in policy.tools]
    places = [one for policy in policies for one in policy.environments]
    first = policies[0]
    kind = Kind.CLAIM if any(one.fails for one in policies) else Kind.ADVICE
    answers = held(used, tools, places)
    bad = [*_form(policies, kind), *_violations(first, answers, kind)]
    bad += [one for policy in policies for one in _reviews(policy, today)]
    untold = list(_untold(answers))
    enforced = _enforced(first, enforcing, platform, kind)
    yield from bad
    yield from untold
    if not bad:
        allowed = [one for one in answers if one.answer is Answer.ALLOWED]
        said = f"a policy with owner and current review says what may build this; uses that are on it: {len(allowed)}"
        named = [Evidence(one.path, one.review.line) for one in policies]
        yield Finding(Outcome.MET, "policy", said, tuple(named), kind=Kind.ADVICE)
        if enforced.outcome is Outcome.MET:
            yield enforced
    if enforced.outcome is not Outcome.MET:
        yield enforced
    yield from _unused(policies, answers)
    yield from _environments(repo, policies)


def _form(policies: Sequence[Policy], kind: Kind) -> Iterator[Finding]:
    """What in the files is not of the format, and what they leave blank."""
    for one in policies:
        for problem in one.problems:
            fix = f"see {GUIDE}, or the JSON Schema beside it"
            yield unmet(
                "malformed", problem.text, Evidence(one.path, problem.line), kind=kind, key=problem.text, fix=fix
            )
        for key, what in (("owner", "owner"), ("reviewed", "date of a review")):
            stated = one.review.owner if key == "owner" else one.review.day
            if stated or any(f"`{key}`" in problem.text or "no day" in problem.text for problem in one.problems):
                continue
            line = next((blank.line for blank in one.blank if blank == key), one.review.line)
            fix = "name the role that decides what may build this" if key == "owner" else "`reviewed: YYYY-MM-DD`"
            yield unmet(f"no-{key}", f"the tool policy states no {what}", Evidence(one.path, line), kind=kind, fix=fix)
        empty = [entry for entry in one.tools if not entry.purpose]
        if empty:
            said = f"{count(len(empty), 'entry states', 'entries state')} no purpose"
            lines = [Evidence(one.path, entry.line, entry.name) for entry in empty[:SHOWN]]
            yield unmet("no-purpose", said, *lines, kind=Kind.ADVICE, fix="say in a few words what each is used for")


def _violations(policy: Policy, answers: Iterable[Held], kind: Kind) -> Iterator[Finding]:
    """What is used and not allowed: a finding for each thing and file, with all lines there."""
    groups: dict[tuple[Answer, str, str, str], list[Held]] = {}
    for one in answers:
        if one.answer in (Answer.UNLISTED, Answer.OTHER_VERSION):
            groups.setdefault((one.answer, one.use.kind, one.use.name, one.use.path), []).append(one)
    for (answer, what, name, path), alike in groups.items():
        first, by = alike[0].use, alike[0].by
        places = [Evidence(path, one.use.line, f"`{one.use.said}`") for one in alike[:SHOWN]]
        key = f"{what} {name}"
        if answer is Answer.UNLISTED:
            said = f"the {what} `{first.said}` is not on the list in {policy.path}"
            fix = f"use another one, or add `- {what}: {entry_name(what, name)}` with its purpose after a review"
            yield unmet("not-listed", said, *places, kind=kind, subject=first.said, key=key, fix=fix)
        else:
            allowed = [one for entry in by if isinstance(entry, Entry) for one in (*entry.versions, *entry.digests)]
            wanted = ", ".join(f"`{one[:60]}`" for one in allowed[:6]) or "the one in its name"
            said = f"the {what} `{first.said}` is on the list in {policy.path}, in another version: {wanted}"
            fix = "use a version of the list, or add this one after a review"
            yield unmet("other-version", said, *places, kind=kind, subject=first.said, key=key, fix=fix)


def _untold(answers: Iterable[Held]) -> Iterator[Finding]:
    """What could not be held against the policy: one finding for each file."""
    groups: dict[str, list[Use]] = {}
    for one in answers:
        if one.answer is Answer.UNTOLD:
            groups.setdefault(one.use.path, []).append(one.use)
    for path, alike in groups.items():
        places = [Evidence(path, one.line, f"`{one.said}`") for one in alike[:SHOWN]]
        why = alike[0].untold or "a commit without a comment that says its version"
        said = f"could not tell whether {count(len(alike), 'use is', 'uses are')} allowed: `{alike[0].said}`, {why}"
        fix = "write the version in a comment beside the commit (`# v4.2.0`), or allow what the text says (`*` in it)"
        yield unknown("untold", said, *places, key=f"{alike[0].kind} {alike[0].name}", fix=fix)


def _reviews(policy: Policy, today: date) -> Iterator[Finding]:
    """Reviews that are overdue or to come, of the whole and of each entry and environment that states its own."""
    reviews = [("", policy.review), *((one.name, one.review) for one in policy.tools)]
    for name, review in (*reviews, *((one.name, one.review) for one in policy.environments)):
        limit = months(review.every)
        if limit is None:
            said = f"`review-every` is a length of time such as 12 months, not `{review.every}`"
            if not name or review.every != policy.review.every:
                yield unmet("malformed", said, Evidence(policy.path, review.line), kind=Kind.ADVICE, key="review-every")
        if review.day is None:
            continue
        found = age(review.day, policy.path, (), today, limit or YEAR, _nothing, _never)
        for finding in found.findings(Evidence(policy.path, review.line), Kind.ADVICE):
            said = f"{name or 'the tool policy'} {finding.message}"
            fix = "look at it again, and write the day into `reviewed`"
            yield finding._replace(message=said, key=name, fix=fix)


_nothing: Callable[..., list[str]] = lambda *_: []  # noqa: E731 - nothing is covered, so nothing is looked for


def _never(path: str) -> None:
    return None


def _enforced(policy: Policy, enforcing: Sequence[Evidence], platform: Platform, kind: Kind) -> Finding:
    """Whether anything stops what is not allowed, or the policy only declares it."""
    fact, places = platform.allowed_actions, list(enforcing)
    if fact.known and isinstance(fact.value, AllowedActions) and fact.value.policy != "all":
        places.append(Evidence(policy.path, policy.review.line, f"{platform.name}: {_allowed(fact.value)}"))
    if places:
        said = f"the tool policy is enforced: {'; '.join(dict.fromkeys(one.note for one in places))}"
        return Finding(Outcome.MET, "enforced", said, tuple(places[:SHOWN]), kind=Kind.ADVICE)
    if kind is Kind.CLAIM:
        said = "the tool policy asks to fail; found no hook or pipeline here that runs this check at every change"
        said += " and can fail"
        fix = "run the hook `sscop-tool-policy`, or the action, at every change"
    else:
        said = "the tool policy is only declared: found nothing that stops what is not on it"
        fix = "`violations: fail` in it and this check in a hook or pipeline; or allow only selected actions on GitHub"
    if fact.known:
        said += f"; {platform.name} lets every action run"
    return unmet("only-declared", said, Evidence(policy.path, policy.review.line), kind=Kind.ADVICE, fix=fix)


def _allowed(value: AllowedActions) -> str:
    if value.policy == "local_only":
        return "only the organisation's own actions may run"
    return f"only selected actions may run ({count(len(value.patterns), 'pattern')})"


def _unused(policies: Sequence[Policy], answers: Iterable[Held]) -> Iterator[Finding]:
    known = {id(entry) for one in answers for entry in one.by}
    for policy in policies:
        idle = [(one.name, one.line) for one in policy.tools if id(one) not in known]
        placed = [one for one in policy.environments if one.labels or one.images]
        idle += [(one.name, one.line) for one in placed if id(one) not in known]
        for name, line in idle:
            said = f"nothing here uses what the policy allows: {name}"
            fix = "take it off the list"
            yield unmet("unused", said, Evidence(policy.path, line), kind=Kind.ADVICE, key=name, fix=fix)


def _environments(repo: Repository, policies: Sequence[Policy]) -> Iterator[Finding]:
    """Environments without evidence of their hardening, or whose evidence is not there."""
    for policy in policies:
        if not policy.environments:
            said = "the tool policy names no environment that may be built in"
            fix = "`environments: [{name: ..., runners: [...], hardening: {guide: ..., evidence: ...}}]`"
            yield unmet("no-environment", said, Evidence(policy.path, policy.review.line), kind=Kind.ADVICE, fix=fix)
        for one in policy.environments:
            if not one.evidence:
                said = f"the environment {one.name} names no evidence of its hardening"
                fix = "`hardening: {guide: ..., evidence: path or address of the result}`"
                place = Evidence(policy.path, one.line)
                yield unmet("no-hardening", said, place, kind=Kind.ADVICE, key=one.name, fix=fix)
            for given in one.evidence:
                if "://" not in given and not repo.find(given.rstrip("/"), f"{given.rstrip('/')}/**"):
                    said = f"found no file `{given}`, which is the evidence of how {one.name} is hardened"
                    place = Evidence(policy.path, given.line)
                    yield unmet(
                        "evidence-missing", said, place, because=Because.CONTRADICTED, kind=Kind.ADVICE, key=given,
                        fix="correct the path, or git add the result",
                    )  # fmt: skip


def entry_name(kind: str, name: str) -> str:
    """What a list would call it: an operating system's packages are allowed together."""
    return f'"{name.partition(":")[0]}:*"' if kind == "package" and name.endswith(":install") else name
