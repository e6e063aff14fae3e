"""One neutral threat model, whatever notation it was written in."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from sscop.lazy import NamedTuple, lazily


class Format(str, Enum):
    """The notation of a model, in words."""

    DRAGON = "OWASP Threat Dragon"
    LIBRARY = "OWASP Threat Model Library"
    OTM = "Open Threat Model"
    THREAGILE = "Threagile"
    PYTM = "pytm"
    THREATCL = "threatcl"
    TM7 = "Microsoft Threat Modeling Tool"
    LIST = "a list of threats"
    PROSE = "prose"


class Status(str, Enum):
    """What was decided about a threat."""

    OPEN = "open"
    MITIGATED = "mitigated"
    ACCEPTED = "accepted"
    TRANSFERRED = "transferred"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"
    """Not said, or in words that are not understood."""


class Severity(str, Enum):
    """How bad a threat is, as the model's author rated it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
    UNKNOWN = "unknown"

    @property
    def is_high(self) -> bool:
        """High or critical."""
        return self in (Severity.HIGH, Severity.CRITICAL)


class Seen(NamedTuple):
    """Something that the model says, and the line it is on; `where` is its place in a file of one line."""

    text: str
    line: int
    where: str = ""


class Reviewed(NamedTuple):
    """A date that the model states about itself. `field` is what the author calls it; `day` is None for no day."""

    text: str
    line: int
    field: str
    day: date | None


class Threat(NamedTuple):
    """One threat.

    `element` is the part of the system that it is about, `where` its place in the file's structure. `reference` is
    a ticket, or what stands for its acceptance. `generated` marks one that a tool proposed and nobody has decided.
    """

    id: str
    title: str
    line: int
    text: str = ""
    category: str = ""
    severity: Severity = Severity.UNKNOWN
    mitigation: str = ""
    status: Status = Status.UNKNOWN
    reference: str = ""
    element: str = ""
    where: str = ""
    generated: bool = False


class ThreatModel(NamedTuple):
    """A model and what it says of itself.

    `computes` marks notations whose tool works the threats out when it runs, so that few or none stand in the file.
    `links` are the repositories that it says it is about.
    """

    format: Format
    title: str
    line: int = 1
    path: str = ""
    end_line: int | None = None
    scope: Seen | None = None
    assets: tuple[Seen, ...] = ()
    boundaries: tuple[Seen, ...] = ()
    flows: tuple[Seen, ...] = ()
    assumptions: tuple[Seen, ...] = ()
    out_of_scope: tuple[Seen, ...] = ()
    threats: tuple[Threat, ...] = ()
    owner: Seen | None = None
    reviewed: Reviewed | None = None
    covers: tuple[Seen, ...] = ()
    links: tuple[Seen, ...] = ()
    starter: tuple[Seen, ...] = ()
    """Texts that a tool or template puts there for the author to replace."""
    controls: tuple[Seen, ...] = ()
    """Mitigations that the model states without saying which threat they answer."""
    template: str = ""
    """Why the text is a template or somebody else's example; empty when it is not."""
    elsewhere: Seen | None = None
    """A link out of the repository to where the text says that the model is."""
    computes: bool = False


_STATUS = {
    Status.NOT_APPLICABLE: r"""
        \bn/?a\b|not.?applicable|false.positive|out.of.scope|\bdoes ?n.t apply|not relevant
    """,
    Status.TRANSFERRED: r"""
        transferred|transfer\b|\bshared responsibility
    """,
    Status.OPEN: r"""
        \bopen\b|unmitigated|not.(?:yet.)?(?:mitigated|implemented|started|addressed|fixed|done)|\bpartial|\bpartly
        planned|\btodo\b|\bto.do\b|pending|in.?progress|in.?discussion|unchecked|exposed|under.?review|auto.?generated
        needs?.?(?:investigation|work|review)|propos|recommend|\brequired?\b|suggest|\bapproved\b|scheduled|unresolved
        \bgap\b|\bmissing\b|\bfuture\b|\bnew\b|\bapplies\b|identified|vulnerable|\u274c|investigat|\bnone\b|^no\b|^false$
    """,
    Status.ACCEPTED: r"""
        accept|won.?t.?(?:fix|do)|tolerat|\bretain
    """,
    Status.MITIGATED: r"""
        mitigated|implemented|fixed|resolved|closed|\bdone\b|eliminated|avoided|\bactive\b|addressed|verified|in.place
        completed?\b|covered|enforced|prevented|defended|protected|blocked|removed|\u2705|controlled|handled|^yes\b
        ^true$|\bmitigates?\b|\bshipped\b|\bsatisfied\b|\bmet\b|\bpass
    """,
}
"""In this order: "not implemented" is open, and "accepted, partly mitigated" too."""

_STATUSES = [
    (status, lazily("|".join(line.strip() for line in words.strip().split("\n")), re.IGNORECASE))
    for status, words in _STATUS.items()
]

_SEVERITY = [
    (Severity.CRITICAL, r"critical|severe|very.?high|catastroph|extreme|blocker|\bp0\b"),
    (Severity.HIGH, r"high|major|elevated|serious|\bp1\b"),
    (Severity.MEDIUM, r"medium|moderate|\bmed\b|\bp2\b"),
    (Severity.LOW, r"low|minor|minimal|negligible|informational|\binfo\b|\bp3\b|\bp4\b"),
]
_SEVERITIES = [(severity, lazily(words, re.IGNORECASE)) for severity, words in _SEVERITY]


def status(text: str) -> Status:
    """What a word for a status means; "partially mitigated", "planned" and "recommended" are open."""
    text = text[:200].strip()
    return next((meant for meant, words in _STATUSES if words.search(text)), Status.UNKNOWN) if text else Status.UNKNOWN


def severity(text: str) -> Severity:
    """What a word for a severity means; of `medium to high` the higher."""
    text = text[:200]
    return next((meant for meant, words in _SEVERITIES if words.search(text)), Severity.UNKNOWN)


def weighed(likelihood: float, impact: float) -> Severity:
    """The severity of a likelihood and an impact from 0 to 100 each."""
    score = likelihood * impact / 100
    for least, meant in ((75, Severity.CRITICAL), (50, Severity.HIGH), (25, Severity.MEDIUM)):
        if score >= least:
            return meant
    return Severity.LOW


_TICKET = lazily(
    r"https?://[^\s\"'<>)\]]{1,200}?/(?:issues?|pull|pulls|merge_requests|browse|advisories|discussions|work_items|tickets?|jira)/[\w-]+"
    r"|(?<![\w&])#\d{1,6}\b|(?<![\w/-])[A-Z][A-Z0-9]{1,9}-\d{1,6}\b"
    r"|\bGHSA(?:-[a-z0-9]{4}){3}\b|\bCVE-\d{4}-\d{4,7}\b|\b(?i:issue|pull request|ticket|adr)[ -]#?\d+\b"
)
_NO_TICKET = lazily(
    r"(?:CWE|CAPEC|CVSS|OWASP|STRIDE|TM|THREAT|RISK|[A-Z]|TH|ISO|IEC|NIST|SP|SHA|AES|RSA|TLS|SSL|UTF|RFC|MD|HTTP|ED|BASE|ARM|X|LLM|ASVS|FIPS|MFA)-"
)


def ticket(*texts: str) -> str:
    """The first ticket, pull request, decision record or link that a text names; empty when it names none."""
    for text in texts:
        for match in _TICKET.finditer(text):
            if not _NO_TICKET.match(match[0]):
                return match[0]
    return ""
