"""What a text says of who may do what in the build environment, and of reviews of that access."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sscop.artefacts.policies import Matter, Policy, policies
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.dates import months_after
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.quantities import intervals, owners
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_PRODUCT = lazily(
    r"(?:^|/)(?:api|apis|reference|user[-_]?guides?|users?|manual|tutorials?|features?|rbac|website|site|blog|designs?"
    r"|issue_templates?|docs/(?:admin|cli|app))/|(?:^|/)users?\.\w+$|\brbac\b|data model|\buser roles\b"
    r"|release[-_ ]?notes|code of conduct|\bapi\b",
    re.IGNORECASE,
)
_ROLE = lazily(
    r"\b(?:maintainers?|committers?|reviewers?|approvers?|contributors?|owners?|admin(?:istrator)?s?|release managers?"
    r"|developers?|(?:tech(?:nical)? |team |project )?leads?|triagers?|collaborators?|members?|engineers?"
    r"|steering committee|operators?)\b"
)
_MAY = lazily(
    r"\b(?:merg(?:e|es|ing)|approv(?:e|es|al|ing)|releas(?:e|es|ing) |publish(?:es|ing)?|push(?:es)? to|write access"
    r"|commit (?:access|rights|bit)|admin(?:istrator)? (?:access|rights|permissions?)|deploy(?:s|ment|ing)?|secrets?"
    r"|repository settings|branch protection|ci/cd|pipelines?|registr(?:y|ies)|signing keys?|infrastructure"
    r"|read[- ]only|triage)\b"
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
        _MAY,
        lazily(
            r"\b(?:pull[- ]requests?|merge[- ]requests?|repositor(?:y|ies)|commit (?:access|rights|bit)"
            r"|build environment|pipelines?|ci/cd|merg(?:e|es|ing))\b"
        ),
    ),
    _PRODUCT,
)
REVIEWS = Matter(
    lazily(
        r"\b(?:access|permissions?|privileges?|maintainers?|membership|account|entitlements?|user)s?['\u2019]?[- ]"
        r"(?:access[- ])?(?:reviews?|audits?|re-?certifications?)\b"
        r"|\breviews? of (?:access|permissions|members|maintainers|accounts|who has access)"
        r"|\baccess (?:is|rights are|lists? (?:is|are)) reviewed\b"
    ),
    (lazily(r"\breview|\baudit|certif"),),
    _PRODUCT,
)
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
    """A text that says which role may do what; `lines` are some of the places that do."""

    policy: Policy
    roles: tuple[str, ...]
    functions: tuple[str, ...]
    owner: bool
    reviewed: date | None


class Review(NamedTuple):
    """A review of access: its day and outcome where it is a record; how often, where that is stated (days)."""

    policy: Policy
    day: date | None
    outcome: bool
    reviewer: bool
    every: float | None
    elsewhere: bool


def roles(repo: Repository) -> Iterator[Roles | Unread]:
    """The texts that say what each role may do: at least two roles, at least two functions."""
    for one in policies(repo, ROLES):
        if isinstance(one, Unread):
            continue
        found, functions = _spoken(one)
        if len(found) >= 2 and len(functions) >= 2:
            facts = metadata(one.document)
            dated = facts.dated("reviewed", "updated", "date")
            owner = bool(facts.get("owner")) or any(True for _ in owners(one.sections[0].text))
            yield Roles(one, tuple(found), tuple(functions), owner, dated.when.day if dated else None)


def _spoken(policy: Policy) -> tuple[dict[str, None], dict[str, None]]:
    """The roles and functions of pieces that name both: a row, a sentence, an item below a role's heading."""
    found: dict[str, None] = {}
    functions: dict[str, None] = {}
    for section in policy.sections:
        titled = _ROLE.findall(section.title.lower()) if section.level else []
        rows = [" ".join(row.cells) for table in section.tables for row in table.rows]
        for said in [*rows, *section.said()]:
            lower = said.lower()
            who, what = _ROLE.findall(lower) or titled, _MAY.findall(lower)
            if who and what:
                found.update(dict.fromkeys(one.rstrip("s") for one in who))
                functions.update(dict.fromkeys(what))
    return found, functions


def reviews(repo: Repository) -> Iterator[Review]:
    """The records of reviews of access, and what is said of how often they are held."""
    for one in policies(repo, REVIEWS):
        if isinstance(one, Unread):
            continue
        text = one.text
        every = min((span.days for span in intervals(text) if 6 <= span.days <= 800), default=None)
        rows = [" | ".join(row.cells) for table in (t for s in one.sections for t in s.tables) for row in table.rows]
        records = [row for row in rows if _day(row)] or ([text] if _is_record(one) else [])
        dated = [(day, row) for row in records if (day := _day(row))]
        day, said = max(dated, default=(None, text))
        yield Review(
            one, day, bool(_OUTCOME.search(said)), any(True for _ in owners(said)), every, bool(_ELSEWHERE.search(text))
        )


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
