"""The rules on a branch: GitHub's rulesets and classic protection taken together, the stronger one winning.

Source: GitHub's REST API, "Get rules for a branch" (active rulesets only), "Get branch protection", "Get a branch".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sscop.artefacts.settings.plain import as_list, as_map
from sscop.lazy import NamedTuple
from sscop.platform import Answer, Branch, Fact

_ROLES = {1: "those who may read", 2: "those who may triage", 3: "those who may write", 4: "maintainers",
          5: "administrators"}  # fmt: skip
_ALWAYS = {"OrganizationAdmin": "the organisation's owners", "DeployKey": "deploy keys"}


_COUNT, _STALE = "required_approving_review_count", "dismiss_stale_reviews"
_OWNERS, _LAST = "require_code_owner_review", "require_last_push_approval"


class _Sources(NamedTuple):
    """What is known of one branch: ruleset rules, classic protection ({} for none), and why one of them is not."""

    rules: Sequence[Mapping[str, Any]] | None
    classic: Mapping[str, Any] | None
    untold: Fact
    where: str
    shown: Mapping[str, Any]
    """The status checks of classic protection, which everybody is told."""


def branch(root: str, name: str, release: bool, answers: Mapping[str, Answer]) -> Branch:
    """The rules on the branch `name` of the repository whose path is `root`."""
    at = quote(name, safe="")
    rules, public, protection = (
        answers.get(f"{root}/{path}")
        for path in (f"rules/branches/{at}", f"branches/{at}", f"branches/{at}/protection")
    )
    sources = _sources(f"{root}/rules/branches/{at}", rules, public, protection)
    pull = _of_type(sources, "pull_request")
    status = _of_type(sources, "required_status_checks")
    reviews = as_map((sources.classic or {}).get("required_pull_request_reviews"))
    classic = sources.classic or {}
    required = as_map(classic.get("required_status_checks"))
    return Branch(
        name,
        release,
        pull_request=_either(sources, bool(pull), bool(reviews)),
        approvals=_most(sources, [_number(one, _COUNT) for one in pull], _number(reviews, _COUNT)),
        stale_dismissed=_either(sources, _any(pull, f"{_STALE}_on_push"), _any([reviews], _STALE)),
        owners_review=_either(sources, _any(pull, _OWNERS), _any([reviews], f"{_OWNERS}s")),
        last_push_approved=_either(sources, _any(pull, _LAST), _any([reviews], _LAST)),
        checks=_checks(sources, status),
        up_to_date=_either(sources, _any(status, "strict_required_status_checks_policy"), _any([required], "strict")),
        signed=_either(sources, _has(sources, "required_signatures"), _on(sources, "required_signatures")),
        no_force_push=_either(sources, _has(sources, "non_fast_forward"), _off(sources, "allow_force_pushes")),
        no_deletion=_either(sources, _has(sources, "deletion"), _off(sources, "allow_deletions")),
        bypass=_bypass(root, sources, answers),
        sources=_named(root, sources, answers),
    )  # fmt: skip


def _sources(where: str, rules: Answer | None, public: Answer | None, protection: Answer | None) -> _Sources:
    told = None
    if rules and not rules.why and isinstance(rules.data, list):
        told = [one for one in rules.data if isinstance(one, dict)]
    classic: Mapping[str, Any] | None = None
    untold = Fact(why="")
    if protection and not protection.why:
        classic = as_map(protection.data) if protection.status == 200 else {}
    elif public and not public.why and as_map(public.data).get("protected") is False:
        classic = {}  # what everybody is told: nothing protects it in the classic way
    else:
        untold = _unknown(protection, f"{where} alone does not tell")
    if told is None:
        untold = _unknown(rules, "not in the answers")
    shown = as_map(as_map(as_map(public.data).get("protection")).get("required_status_checks")) if public else {}
    return _Sources(told, classic, untold, where, shown)


def _unknown(answer: Answer | None, why: str) -> Fact:
    return Fact(why=answer.why or why, permission=answer.permission) if answer else Fact(why=why)


def _of_type(sources: _Sources, kind: str) -> list[Mapping[str, Any]]:
    """The parameters of the rules of a type."""
    return [as_map(one.get("parameters")) for one in sources.rules or () if one.get("type") == kind]


def _has(sources: _Sources, kind: str) -> bool:
    return any(one.get("type") == kind for one in sources.rules or ())


def _either(sources: _Sources, ruled: bool, protected: bool) -> Fact:
    """On where either says so; off where both are known."""
    if ruled or protected:
        return Fact(True, "", sources.where)
    return sources.untold if sources.untold.why else Fact(False, "", sources.where)


def _most(sources: _Sources, ruled: Sequence[int], protected: int) -> Fact:
    most = max([*ruled, protected])
    return sources.untold if not most and sources.untold.why else Fact(most, "", sources.where)


def _checks(sources: _Sources, status: Sequence[Mapping[str, Any]]) -> Fact:
    names = [as_map(one).get("context") for given in status for one in as_list(given.get("required_status_checks"))]
    classic = as_map((sources.classic or {}).get("required_status_checks")) or sources.shown
    names += [
        *as_list(classic.get("contexts")),
        *(as_map(one).get("context") for one in as_list(classic.get("checks"))),
    ]
    found = tuple(dict.fromkeys(one for one in names if isinstance(one, str)))
    return sources.untold if not found and sources.untold.why else Fact(found, "", sources.where)


def _bypass(root: str, sources: _Sources, answers: Mapping[str, Answer]) -> Fact:
    """Who may go around the rules, in words; unknown where any of the rules' sources does not tell."""
    if sources.untold.why:
        return sources.untold
    who: list[str] = []
    for number in _rulesets(sources):
        answer = answers.get(f"{root}/rulesets/{number}")
        actors = as_map(answer.data).get("bypass_actors") if answer and not answer.why else None
        if not isinstance(actors, list):
            why = "who may bypass a ruleset is shown to those who may change it"
            return Fact(why=why, permission="Administration: write, or an owner's export")
        who += [_actor(as_map(one)) for one in actors]
    classic = sources.classic or {}
    if classic and not _on(sources, "enforce_admins"):
        who.append("administrators (the classic protection does not include them)")
    allowed = as_map(as_map(classic.get("required_pull_request_reviews")).get("bypass_pull_request_allowances"))
    for kind, key in (("users", "login"), ("teams", "slug"), ("apps", "slug")):
        who += [f"{kind[:-1]} {as_map(one).get(key)}" for one in as_list(allowed.get(kind))]
    return Fact(tuple(dict.fromkeys(who)), "", sources.where)


def _actor(actor: Mapping[str, Any]) -> str:
    kind, number = actor.get("actor_type"), actor.get("actor_id")
    role = _ROLES.get(number) if kind == "RepositoryRole" and isinstance(number, int) else None
    named = _ALWAYS.get(str(kind)) or role or f"{str(kind or 'somebody').lower()} {number}"
    return f"{named} (by pull request only)" if actor.get("bypass_mode") == "pull_request" else named


def _rulesets(sources: _Sources) -> list[int]:
    found = [one.get("ruleset_id") for one in sources.rules or ()]
    return list(dict.fromkeys(one for one in found if isinstance(one, int)))


def _named(root: str, sources: _Sources, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    names = []
    for number in _rulesets(sources):
        answer = answers.get(f"{root}/rulesets/{number}")
        names.append(f"ruleset {as_map(answer.data if answer else None).get('name') or number}")
    return (*names, *(["classic protection"] if sources.classic else []))


def _on(sources: _Sources, key: str) -> bool:
    return as_map((sources.classic or {}).get(key)).get("enabled") is True


def _off(sources: _Sources, key: str) -> bool:
    """Whether classic protection is there and does not allow it."""
    return bool(sources.classic) and as_map((sources.classic or {}).get(key)).get("enabled") is not True


def _any(parameters: Sequence[Mapping[str, Any]], key: str) -> bool:
    return any(one.get(key) is True for one in parameters)


def _number(given: Mapping[str, Any], key: str) -> int:
    value = given.get(key)
    return value if type(value) is int and 0 <= value < 100 else 0
