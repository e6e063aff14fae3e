"""Whether the rules on a branch keep anybody from changing it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.settings.as_code import Place
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.platform import Branch, Fact

LOGGED = "build-changes-logged"
_WRITERS = ("those who may write", "those who may read")
"""How the words for those begin who must not go around the rules, also where that takes a pull request of theirs."""
STATED = "stated here; whether it is applied was not seen"


class _Rule(NamedTuple):
    """A rule: the fact's name, the code and the words where it is off, what to do, and whether it weighs.

    `keys` are what it is called in files that state it, the best place first.
    """

    fact: str
    code: str
    off: str
    fix: str
    keys: tuple[str, ...]
    kind: Kind = Kind.CLAIM


_PULL = ("pull_request", "required_pull_request_reviews")
_RULES = (
    _Rule("pull_request", "no-pull-request", "takes pushes without a pull request", "require a pull request", ()),
    _Rule("approvals", "no-approval", "takes pull requests without an approval", "require at least one",
          ("required_approving_review_count", *_PULL)),
    _Rule("checks", "no-checks", "takes changes whose checks have not passed", "require the checks of your tests",
          ("required_status_checks",)),
    _Rule("no_force_push", "force-push", "can be rewritten by a forced push", "block force pushes",
          ("allow_force_pushes",)),
    _Rule("no_deletion", "deletion", "can be deleted", "restrict deletions", ("allow_deletions",), Kind.ADVICE),
    _Rule("stale_dismissed", "stale-approval", "keeps approvals after new commits", "dismiss stale ones",
          ("dismiss_stale_reviews_on_push", "dismiss_stale_reviews", *_PULL), Kind.ADVICE),
    _Rule("owners_review", "no-owners-review", "does not require the code owners' review", "require it",
          ("require_code_owner_review", "require_code_owner_reviews", *_PULL), Kind.ADVICE),
    _Rule("signed", "unsigned", "takes unsigned commits", "require signed commits", ("required_signatures",),
          Kind.ADVICE),
)  # fmt: skip
_OF_REQUESTS = ("approvals", "stale_dismissed", "owners_review")
"""What means nothing where no pull request is required."""


def judge(branch: Branch, places: Sequence[Place], by: str) -> Iterator[Finding]:
    """What is missing on a branch, what is not known of it, or that its rules are in order.

    `places` are the files that state it, none where the platform told; `by` says who did.
    """
    name = f"branch `{branch.name}`"
    good = True
    for rule in _RULES:
        fact: Fact = getattr(branch, rule.fact)
        if not fact.known or fact.value or _is_moot(rule.fact, branch):
            continue
        good = good and rule.kind is not Kind.CLAIM
        yield unmet(
            rule.code, f"{name} {rule.off}{by}", *_at(places, rule.keys), because=_because(rule.kind), kind=rule.kind,
            subject=branch.name, key=branch.name, fix=f"{rule.fix}, in a ruleset for it",
        )  # fmt: skip
    untold = [rule for rule in _RULES if rule.kind is Kind.CLAIM and not getattr(branch, rule.fact).known]
    here = _at(places, ())
    if branch.bypass.known and good:
        yield from _bypass(branch, name, places, by)
        good = not _writers(branch.bypass)
    if untold:
        names = ", ".join(rule.fact.replace("_", " ").removeprefix("no ") for rule in untold)
        why = _why(getattr(branch, untold[0].fact))
        yield unknown("not-told", f"{name}: not known are {names}: {why}", *here, key=branch.name)
    elif good and not branch.bypass.known:
        message = f"{name}: who may go around its rules is not known: {_why(branch.bypass)}"
        place = _at(places, ("bypass_actors",))
        yield unknown("bypass-not-told", message, *place, key=branch.name)
    elif good:
        by_what = f" by {', '.join(branch.sources)}" if branch.sources else ""
        approvals = branch.approvals.value
        message = f"{name} requires a pull request, approvals ({approvals}) and passing checks{by_what}{by}"
        yield met("protected", message, *here, subject=branch.name, key=branch.name)


def _is_moot(fact: str, branch: Branch) -> bool:
    """Whether a rule would change nothing as the others are."""
    if fact == "stale_dismissed" and branch.approvals.known and not branch.approvals.value:
        return True
    return fact in _OF_REQUESTS and branch.pull_request.known and not branch.pull_request.value


def _at(places: Sequence[Place], keys: Sequence[str]) -> list[Evidence]:
    """The lines where one of the keys stands, else where each file begins to state its rules."""
    named = [(one.path, one.keys[key]) for key in keys for one in places if key in one.keys]
    return [Evidence(*at, STATED) for at in named[:1] or [(one.path, one.line) for one in places[:3]]]


def _why(fact: Fact) -> str:
    return f"{fact.why}; needs {fact.permission}" if fact.permission else fact.why


def _writers(bypass: Fact) -> bool:
    """Whether those may go around the rules who may merely write."""
    return any(one.startswith(_WRITERS) for one in bypass.value)


def _bypass(branch: Branch, name: str, places: Sequence[Place], by: str) -> Iterator[Finding]:
    who = branch.bypass.value
    if not who:
        return
    weighty = _writers(branch.bypass)
    yield unmet(
        "bypass", f"{name}: its rules can be gone around by {', '.join(who)}{by}",
        *_at(places, ("bypass_actors", "bypass_pull_request_allowances", "enforce_admins")),
        because=Because.CONTRADICTED if weighty else Because.INADEQUATE, kind=Kind.CLAIM if weighty else Kind.ADVICE,
        subject=branch.name, key=branch.name, fix="leave the bypass list empty, or to a role whose use is reviewed",
    )  # fmt: skip


def _because(kind: Kind) -> Because:
    return Because.ABSENT if kind is Kind.CLAIM else Because.INADEQUATE
