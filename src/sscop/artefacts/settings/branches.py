"""The rules on a branch: GitHub's rulesets and classic protection taken together, the stronger one winning.

Source: GitHub's REST API, "Get rules for a branch" (active rulesets only), "Get branch protection", "Get a branch",
"Get a repository ruleset" (whose `bypass_actors` are shown to those alone who may change it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sscop.artefacts.settings.plain import as_list, as_map, as_maps
from sscop.lazy import NamedTuple
from sscop.platform import Answer, Branch, Fact

_ROLES = {1: "those who may read or triage", 2: "maintainers", 3: "those who may read or triage",
          4: "those who may write", 5: "administrators"}  # fmt: skip
"""The numbers of a repository's roles on a bypass list. GitHub's pages do not have them; the Terraform provider's have
2, 4 and 5, which leaves 1 and 3 for the other two. Higher numbers are of roles that an organisation defines.
"""
_ALWAYS = {"OrganizationAdmin": "the organisation's owners", "DeployKey": "deploy keys"}
_KINDS = {"RepositoryRole": "a role of the organisation's own,", "Integration": "the app"}
_HIDDEN = "the ruleset's `bypass_actors` is left out, which GitHub shows to those alone who may change the ruleset"


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
        no_force_push=_forbidden(sources, "non_fast_forward", "allow_force_pushes"),
        no_deletion=_forbidden(sources, "deletion", "allow_deletions"),
        bypass=_bypass(root, sources, answers),
        sources=_named(root, sources, answers),
    )  # fmt: skip


def _sources(where: str, rules: Answer | None, public: Answer | None, protection: Answer | None) -> _Sources:
    told = None
    if rules and not rules.why:
        told = as_maps(rules.data)
    classic: Mapping[str, Any] | None = None
    untold = Fact(why="")
    if protection and not protection.why and (protection.status != 200 or as_map(protection.data)):
        classic = as_map(protection.data) if protection.status == 200 else {}
    elif public and not public.why and as_map(public.data).get("protected") is False:
        classic = {}  # what everybody is told: nothing protects it in the classic way
    else:
        untold = _unknown(protection, f"{where} alone does not tell")
    if told is None:
        untold = _unknown(rules, "GitHub did not say" if rules else "not in the answers")
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
    if not all(type(one.get("ruleset_id")) is int for one in sources.rules or ()):
        return Fact(why="a rule does not say which ruleset it is of")
    for number in _rulesets(sources):
        answer = answers.get(f"{root}/rulesets/{number}")
        actors = as_maps(as_map(answer.data).get("bypass_actors")) if answer and not answer.why else None
        if actors is None:
            return Fact(why=_HIDDEN, permission="Administration: write, or an owner's export")
        who += map(_actor, actors)
    classic = sources.classic or {}
    if classic and not _on(sources, "enforce_admins"):
        who.append("administrators (the classic protection does not include them)")
    allowed = as_map(as_map(classic.get("required_pull_request_reviews")).get("bypass_pull_request_allowances"))
    for kind, key in (("users", "login"), ("teams", "slug"), ("apps", "slug")):
        who += [f"{kind[:-1]} {as_map(one).get(key)}" for one in as_list(allowed.get(kind))]
    return Fact(tuple(dict.fromkeys(who)), "", sources.where)


def _actor(actor: Mapping[str, Any]) -> str:
    kind, number = actor.get("actor_type"), actor.get("actor_id")
    role = _ROLES.get(number) if kind == "RepositoryRole" and type(number) is int else None
    named = _ALWAYS.get(str(kind)) or role or f"{_KINDS.get(str(kind)) or str(kind or 'somebody').lower()} {number}"
    return f"{named} (by pull request only)" if actor.get("bypass_mode") == "pull_request" else named


def _rulesets(sources: _Sources) -> list[int]:
    found = [one.get("ruleset_id") for one in sources.rules or ()]
    return list(dict.fromkeys(one for one in found if type(one) is int))


def _named(root: str, sources: _Sources, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    names = []
    for number in _rulesets(sources):
        answer = answers.get(f"{root}/rulesets/{number}")
        names.append(f"ruleset {as_map(answer.data if answer else None).get('name') or number}")
    return (*names, *(["classic protection"] if sources.classic else []))


def _on(sources: _Sources, key: str) -> bool:
    return as_map((sources.classic or {}).get(key)).get("enabled") is True


def _forbidden(sources: _Sources, rule: str, allowed: str) -> Fact:
    """Whether a rule forbids it, or classic protection, which says whether it allows it."""
    told = as_map((sources.classic or {}).get(allowed)).get("enabled")
    if not _has(sources, rule) and not sources.untold.why and sources.classic and not isinstance(told, bool):
        return Fact(why=f"the classic protection does not say `{allowed}`")
    return _either(sources, _has(sources, rule), bool(sources.classic) and told is False)


def _any(parameters: Sequence[Mapping[str, Any]], key: str) -> bool:
    return any(one.get(key) is True for one in parameters)


def _number(given: Mapping[str, Any], key: str) -> int:
    value = given.get(key)
    return value if type(value) is int and 0 <= value < 100 else 0
