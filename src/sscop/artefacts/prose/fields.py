"""The names that texts give to their metadata, British and American, as `inline.normal` leaves them."""

from __future__ import annotations

from sscop.artefacts.prose.inline import normal
from sscop.lazy import lazily

FIELDS = {
    "status": """
        (current|document|decision|adr|rfc|record|proposal|review)? ?(status|state)
        (assessment )?stage
    """,
    "decider": """
        decider(s|\\(s\\)| s)?
        decision (maker|owner)(s| s)?
        (decision made|decided|approved|accepted|ratified) by
        sign(ed)? ?off( by)?
        (final )?approver(s| s)?
        approvals?
    """,
    "reviewer": """
        (peer )?reviewer(s| s)?
        (last )?reviewed by
    """,
    "consulted": """
        consulted
        (contributor|participant|collaborator|attendee|stakeholder)(s| s)?
    """,
    "informed": "informed",
    "owner": """
        (document|policy|plan|process|content|risk|product|model)? ?owner(s| s|ship)?
        owned by
        owning (team|sig)
        (document )?maintainer(s| s)?
        maintained by
        (responsible|accountable)( (team|person|role|party|owner))?
        dri
        point of contact
        lead
    """,
    "author": """
        (original )?author(s| s)?
        (written|prepared|drafted|proposed|submitted|created) by
        proposer
        submitter
        champions?
        by
    """,
    "reviewed": """
        (date )?(of )?(the )?(last|latest|most recent) (\\w+ )?(review(ed)?|assess(ed|ment)|audit(ed)?)( (date|on|at))?
        review(ed)?( date| on| at)?
        date( of)? (last )?review(ed)?
        assess(ed|ment)( date| on)
        last (validated|verified)
    """,
    "next-review": """
        next (\\w+ )?(review|assessment|audit)( date| due)?
        review (by|due|due date|before|next)
        due for review
    """,
    "review-every": """
        review (cycle|frequency|interval|period|every|cadence|schedule)
        frequency of review
        reviewed every
    """,
    "updated": """
        (date )?(last|latest) (updated?|modified|changed?|revis(ed|ion)|edited|mod)( (date|on|at|in))?
        lastmod
        (updated?|modified|revised)( on| at| date)?
        date (updated|modified|revised)
        date of (last )?(update|revision)
        revision date
        revdate
    """,
    "created": """
        creat(ed|ion)( date| on| at)?
        date (created|proposed|raised|opened)
        date of creation
        start(ed)? date
        propos(ed|al) (on|date)
        published( on| at)?
        (publication|publish) date
    """,
    "date": """
        dated?
        date (decided|accepted|approved|ratified)
        (approved|accepted|decided|ratified)( on| at| date)?
        (approval|acceptance|decision|adr) date
        date of (decision|approval)
        effective( date| from)?
    """,
    "supersedes": """
        supersedes?( adr)?
        replaces
        obsoletes
    """,
    "superseded-by": """
        superseded( by| with)?
        (replaced|obsoleted) by
    """,
    "version": """
        (document|policy)? ?(version|revision|rev)( number| no)?
        revnumber
    """,
    "expires": """
        expir(es|y|ation)( date)?
        valid until
        end of (life|support)( date)?
    """,
    "title": """
        title
        (feature )?name
        subject
    """,
    "number": """
        (adr|rfc|pep|rip|kep|eip)? ?(number|id|identifier)
        rfc
        pep
        adr
    """,
    "tags": """
        tags?
        keywords
        labels
        categor(y|ies)
    """,
    "scope": """
        (in )?scope
        applies to
    """,
    "classification": """
        classification
        sensitivity
        protective marking
    """,
    "type": """
        type
        kind
        significance
    """,
    "discussion": """
        discussions?( thread| to)?
        resolution
        (rfc|tracking)? ?(pr|pull request|issue)
    """,
}
"""A pattern a line; the first field that has a name wins."""

DATES = {"reviewed", "next-review", "updated", "created", "date", "expires"}
"""The fields whose value is a date."""

_PATTERNS = [
    (field, lazily("|".join(f"(?:{one.strip()})" for one in names.strip().splitlines())))
    for field, names in FIELDS.items()
]


def field_of(name: str) -> str:
    """The field that a name means; empty for none."""
    key = normal(name)
    if not 2 <= len(key) <= 42:
        return ""
    return next((field for field, pattern in _PATTERNS if pattern.fullmatch(key)), "")
