"""What a text says of who may do what in the build environment, and of reviews of that access."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sscop.artefacts.policies import PRODUCT, Matter, Policy, policies
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.dates import months_after
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.quantities import intervals, owners
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_PRODUCT = lazily(
    PRODUCT
    + r"|(?:^|/)(?:rbac|designs?|issue_templates?|docs/(?:admin|cli|app))/|(?:^|/)users?\.\w+$|\brbac\b|data model"
    r"|\buser roles\b|release[-_ ]?notes|code of conduct|\bapi\b"
)
_ROLE = lazily(
    r"(?<![-/@])\b(?:maintainers?|committers?|reviewers?|approvers?|contributors?|owners?|admin(?:istrator)?s?"
    r"|release managers?|developers?|(?:tech(?:nical)? |team |project )?leads?|triagers?|collaborators?|members?"
    r"|engineers?|steering committee|operators?)\b(?!/)"
)
_MAKES = lazily(
    r"(?:\b(?:merg(?:e|es|ing)|lgtm|releas(?:e|es|ing) |publish(?:es|ing)?|push(?:es)? to|commit (?:access|rights?|bit)"
    r"|(?:write|maintain|triage|push|merge|approval|owner|github) (?:access|rights?|permissions?|role|privileges?)"
    r"|admin(?:istrator)? purview|repository settings|branch protection|signing keys?|triage))\b"
)
"""What only those may do who make the product."""
_MAY = lazily(
    r"(?<![-/])\b(?:approv(?:e|es|al|ing)|admin(?:istrator)? (?:access|rights|permissions?)|deploy(?:s|ment|ing)?"
    r"|secrets?|ci/cd|pipelines?|registr(?:y|ies)|infrastructure|read[- ]only)\b(?![-/])"
)
ROLES = Matter(
    lazily(
        r"\broles?\b|access (?:control|polic|matrix|management|rights)|permissions?\b|governance|maintainers?(?:hip)?\b"
        r"|access to (?:the |our )?(?:build|repositor|source|pipeline|release|production)"
        r"|committers?\b|commit (?:access|rights)|responsibilit|who (?:can|may|has)|privileged access"
        r"|community membership|contributor ladder"
    ),
    (
        _ROLE,
        _MAKES,
        lazily(
            r"\b(?:pull[- ]requests?|merge[- ]requests?|[pm]rs?|repos?|repositor(?:y|ies)|commit (?:access|rights|bit)"
            r"|build environment|pipelines?|ci/cd|merg(?:e|es|ed|ing))\b"
        ),
    ),
    _PRODUCT,
    lazily(r"^access\b"),
)
REVIEWS = Matter(
    lazily(
        r"\b(?:access|permissions?|privileges?|membership|account|entitlements?|(?:user|maintainer)s?['\u2019]?"
        r" (?:access|permissions?|lists?))s?['\u2019]?[- ](?:reviews?|audits?(?! logs?| trails?)|re-?certifications?)\b"
        r"|\breviews? of (?:access|permissions|members|maintainers|accounts|who has access)"
        r"|\baccess (?:is|rights are|lists? (?:is|are)) reviewed\b"
    ),
    (lazily(r"\breview|\baudit|certif"),),
    _PRODUCT,
    lazily(r"^access\b"),
)
_ABOUT_ROLES = lazily(
    r"\broles?\b|governance|access (?:control|polic|matrix|management|rights)|permissions?\b|community membership"
    r"|access to (?:the |our )?(?:build|repositor)|contributor ladder|who (?:can|may|has)|responsibilit"
)
_ABOUT_MAINTAINERS = lazily(r"maintainers?|committers?")
_OUTCOME = lazily(
    r"\b(?:no changes?|unchanged|kept|keeps?|remain(?:s|ed)?|retained?|removed|revoked|withdrawn|confirmed|still needed"
    r"|granted|downgraded|reduced|offboarded|emeritus)\b",
    re.IGNORECASE,
)
_ELSEWHERE = lazily(
    r"(?:reviews?|records?|minutes|results?)[^.\n]{0,60}\b(?:kept|held|recorded|tracked|stored|documented|run)\b"
    r"[^.\n]{0,30}\b(?:in|on|by)\b[^.\n]{0,40}\b(?:jira|confluence|servicenow|okta|entra|sailpoint|sharepoint|vanta"
    r"|drata|intranet|wiki|google|notion|ticket)",
    re.IGNORECASE,
)


class Roles(NamedTuple):
    """A text that says which role may do what. `fits` says how much its title and place are about roles, from 0."""

    policy: Policy
    roles: tuple[str, ...]
    functions: tuple[str, ...]
    owner: bool
    reviewed: date | None
    fits: int


class Review(NamedTuple):
    """A review of access: its day and outcome where it is a record; how often, where that is stated (days).

    `held` are the days of all reviews that the text records with an outcome.
    """

    policy: Policy
    day: date | None
    outcome: bool
    reviewer: bool
    every: float | None
    elsewhere: bool
    held: tuple[date, ...] = ()


def roles(repo: Repository) -> Iterator[Roles | Unread]:
    """The texts that say what each role may do: at least two roles and two functions, one of them about making the
    product. And the texts named like that which could not be read.
    """
    for one in policies(repo, ROLES):
        if isinstance(one, Unread):
            yield one
            continue
        found, functions = _spoken(one)
        if len(found) >= 2 and len(functions) >= 2 and any(map(_MAKES.fullmatch, functions)):
            facts = metadata(one.document)
            dated = facts.dated("reviewed", "updated", "date")
            owner = bool(facts.get("owner")) or any(True for _ in owners(one.sections[0].text))
            yield Roles(one, tuple(found), tuple(functions), owner, dated.when.day if dated else None, _fits(one))


def _fits(policy: Policy) -> int:
    """A page of its own before a section, and one that is about roles before one that is for maintainers."""
    title = (policy.section.title or policy.document.title or "").lower()
    name = f"{policy.path.rsplit('/', 1)[-1].lower().replace('-', ' ').replace('_', ' ')} {title}"
    about = 2 if _ABOUT_ROLES.search(name) else 1 if _ABOUT_MAINTAINERS.search(name) else 0
    return about * 2 + (not policy.section.level)


def _spoken(policy: Policy) -> tuple[dict[str, None], dict[str, None]]:
    """The roles and functions of pieces that name both: a row, a sentence, an item below a role's heading."""
    found: dict[str, None] = {}
    functions: dict[str, None] = {}
    for section in policy.sections:
        titled = _ROLE.findall(section.title.lower()) if section.level else []
        rows = [" ".join(row.cells) for table in section.tables for row in table.rows]
        for said in [*rows, *section.said()]:
            lower = said.lower()
            who, what = _ROLE.findall(lower) or titled, [*_MAKES.findall(lower), *_MAY.findall(lower)]
            if who and what:
                found.update(dict.fromkeys(one.rstrip("s") for one in who))
                functions.update(dict.fromkeys(what))
    return found, functions


def reviews(repo: Repository) -> Iterator[Review | Unread]:
    """The records of reviews of access, and what is said of how often they are held. And the texts named like that
    which could not be read.
    """
    for one in policies(repo, REVIEWS):
        if isinstance(one, Unread):
            yield one
            continue
        text = one.text
        every = min((span.days for span in intervals(text) if 6 <= span.days <= 800), default=None)
        rows = [" | ".join(row.cells) for part in one.sections for table in part.tables for row in table.rows]
        rows += [str(item.text) for part in one.sections for item in part.items]
        records = [row for row in rows if _day(row)] or ([text] if _is_record(one) else [])
        dated = [(day, row) for row in records if (day := _day(row))]
        held = [one for one in dated if _OUTCOME.search(one[1])]  # one that is planned has none yet
        day, said = max(held or dated, default=(None, text))
        days = tuple(sorted({when for when, _ in held}))
        outcome, reviewer = bool(_OUTCOME.search(said)), any(True for _ in owners(said))
        yield Review(one, day, outcome, reviewer, every, bool(_ELSEWHERE.search(text)), days)


def _is_record(policy: Policy) -> bool:
    """Whether a text is the record of one review: a date in its name, its title or its facts."""
    facts = metadata(policy.document)
    title = policy.document.title or ""
    return bool(_day(policy.path) or _day(title) or facts.dated("reviewed", "date"))


def _day(text: str) -> date | None:
    """The latest day that a text says."""
    days = [one.day for one in dates.find(text.replace("_", "-")) if one.day is not None]
    return max(days, default=None)


def due(review: Review, usual: int) -> date | None:
    """The last day on which a review holds: by the interval that is stated, else `usual` months."""
    if review.day is None:
        return None
    months = max(1, round(review.every / 30.4375)) if review.every else usual
    return months_after(review.day, months)
