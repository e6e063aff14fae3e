"""Whether the rules on a branch keep anybody from changing it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.platform import Branch, Fact

LOGGED = "build-changes-logged"
_WRITERS = ("those who may write", "those who may triage", "those who may read")


class _Rule(NamedTuple):
    """A rule: the fact's name, the code and the words where it is off, what to do, and whether it weighs."""

    fact: str
    code: str
    off: str
    fix: str
    kind: Kind = Kind.CLAIM


_RULES = (
    _Rule("pull_request", "no-pull-request", "takes pushes without a pull request", "require a pull request"),
    _Rule("approvals", "no-approval", "takes pull requests without an approval", "require at least one"),
    _Rule("checks", "no-checks", "takes changes whose checks have not passed", "require the checks of your tests"),
    _Rule("no_force_push", "force-push", "can be rewritten by a forced push", "block force pushes"),
    _Rule("no_deletion", "deletion", "can be deleted", "restrict deletions", Kind.ADVICE),
    _Rule("stale_dismissed", "stale-approval", "keeps approvals after new commits", "dismiss stale ones", Kind.ADVICE),
    _Rule("owners_review", "no-owners-review", "does not require the code owners' review", "require it", Kind.ADVICE),
    _Rule("signed", "unsigned", "takes unsigned commits", "require signed commits", Kind.ADVICE),
)  # fmt: skip


def judge(branch: Branch, places: Sequence[Evidence], by: str) -> Iterator[Finding]:
    """What is missing on a branch, what is not known of it, or that its rules are in order. `by` says who told."""
    name = f"branch `{branch.name}`"
    good = True
    for rule in _RULES:
        fact: Fact = getattr(branch, rule.fact)
        if not fact.known or fact.value:
            continue
        if rule.fact == "approvals" and branch.pull_request.known and not branch.pull_request.value:
            continue  # said already
        good = good and rule.kind is not Kind.CLAIM
        yield unmet(rule.code, f"{name} {rule.off}{by}", *places, because=_because(rule.kind), kind=rule.kind,
                    subject=branch.name, key=branch.name, fix=f"{rule.fix}, in a ruleset for it")  # fmt: skip
    if branch.bypass.known and good:
        yield from _bypass(branch, name, places, by)
        good = not set(branch.bypass.value) & set(_WRITERS)
    untold = [rule for rule in _RULES if rule.kind is Kind.CLAIM and not getattr(branch, rule.fact).known]
    if untold:
        fact = getattr(branch, untold[0].fact)
        more = f"; needs {fact.permission}" if fact.permission else ""
        names = ", ".join(rule.fact.replace("_", " ").removeprefix("no ") for rule in untold)
        yield unknown("not-told", f"{name}: not known are {names}: {fact.why}{more}", *places, key=branch.name)
    elif good:
        by_what = f" by {', '.join(branch.sources)}" if branch.sources else ""
        approvals = branch.approvals.value
        message = f"{name} requires a pull request, approvals ({approvals}) and passing checks{by_what}{by}"
        yield met("protected", message, *places, subject=branch.name, key=branch.name)


def _bypass(branch: Branch, name: str, places: Sequence[Evidence], by: str) -> Iterator[Finding]:
    who = branch.bypass.value
    if not who:
        return
    weighty = bool(set(who) & set(_WRITERS))
    yield unmet(
        "bypass", f"{name}: its rules can be gone around by {', '.join(who)}{by}", *places,
        because=Because.CONTRADICTED if weighty else Because.INADEQUATE, kind=Kind.CLAIM if weighty else Kind.ADVICE,
        subject=branch.name, key=branch.name, fix="leave the bypass list empty, or to a role whose use is reviewed",
    )  # fmt: skip


def _because(kind: Kind) -> Because:
    return Because.ABSENT if kind is Kind.CLAIM else Because.INADEQUATE
