"""What a section, a label or a column of a threat model in prose is about, by its name.

Names are compared as `inline.normal` leaves them: lower case, American, no numbering, no punctuation.
"""

from __future__ import annotations

import re
from enum import Enum

from sscop.lazy import lazily


class Role(Enum):
    """What stands under a heading or behind a label."""

    THREATS = "threats"
    MITIGATION = "mitigation"
    RESIDUAL = "residual risk"
    ASSETS = "assets"
    ACTORS = "actors"
    BOUNDARY = "boundaries"
    FLOW = "data flows"
    ASSUMED = "assumptions"
    BEYOND = "out of scope"
    SCOPE = "scope"
    STATUS = "status"
    SEVERITY = "severity"
    CATEGORY = "category"
    ELEMENT = "element"
    COVERS = "covers"
    META = "about the document"


LISTED = {Role.THREATS, Role.RESIDUAL}
"""Roles under which a list item is a threat."""

PLACES = {Role.ASSETS, Role.BOUNDARY, Role.FLOW, Role.ASSUMED, Role.BEYOND, Role.ACTORS, Role.COVERS, Role.SCOPE}
"""Roles whose contents are noted as they stand."""

CLOSED = {*PLACES, Role.MITIGATION, Role.META} - {Role.SCOPE}
"""Roles under which nothing is a threat."""

STRIDE = lazily(
    r"(?:[stride] )?(?:spoofing(?: (?:of )?(?:user )?identity)?|tampering(?: with data)?|(?:non )?repudiation"
    r"|information disclosure"
    r"|information leakage|denial of service|dos|d?dos|elevation of privileges?|privilege (?:elevation|escalation)|eop"
    r"|escalation of privileges?)(?: threats?| attacks?| risks?)?(?: (?:[stride]|dos|eop))?"
)
"""A category of STRIDE and nothing more."""

Words = list[tuple[Role, re.Pattern[str]]]


def _table(text: str) -> Words:
    """Rows of a role and its words; a line without a role goes on with the words of the one before."""
    rows: list[tuple[Role, list[str]]] = []
    for line in text.strip().split("\n"):
        name, _, words = line.strip().partition(": ") if re.match(r"\s*[A-Z]+: ", line) else ("", "", line.strip())
        if name:
            rows.append((Role[name], []))
        rows[-1][1].append(words.strip())
    return [(role, re.compile("|".join(words))) for role, words in rows]


_SECTIONS = r"""
    SCOPE:       ^(?:\S+ ){0,6}?threat (?:analysis|assessment)(?: document| overview| report| v?[\d .]+)?(?: for .*)?$
    BEYOND:      \bnon ?vulnerabilit|out of scope|not in scope|non ?goals?|exclu|does ?n[o']?t\b
                 \bnot (?:protect|cover|mitigat|defend|address|handl|a goal|include)|explicitly not|limitations?
                 \bcan ?not\b
    ASSUMED:     assum|prerequisite|preconditions?|dependencies
    RESIDUAL:    residual|accepted? risks?|risk acceptance|known (?:risks?|gaps?|weakness\w*|issues?)
                 open (?:risks?|issues?|threats?|items)|remaining|unmitigated|unresolved
    SCOPE:       threat model(?!.*(?:mitigat|control|defen[sc]|counter))
    THREATS:     threats? .*(?:mitigat|control|counter|defen[sc])|(?:mitigat|control|counter|defen[sc])\w* .*threats?\b
                 stride|what can go wrong|attack (?:vectors?|scenarios?|trees?|methods?|paths?|patterns?)
    META:        contents?$|references?\b|glossary|definitions?\b|methodolog|terminolog|revision|version history
                 change ?log|approv|sign ?off|review (?:history|process|schedule|cadence)
                 document (?:control|history|info)|appendix|ratings?\b|scoring
                 (?:risk|threat) (?:matrix legend|levels?|criteria|categories|taxonomy|classification)|how to
                 maintenance|next steps|conclusion|executive summary|further reading|reporting|verification
                 test(?:s|ing)? ?(?:plan|coverage|cases)?$|incident|monitoring|compliance|checklist|metadata
                 action items
    ACTORS:      \bactors?\b|\bagents?$|adversar|attackers?\b|personas?|stakeholders?|\bwho\b
    BOUNDARY:    boundar|trust (?:zones?|levels?|model|assumptions?|domains?|relations?\w*)|trusted|\bzones?\b
    ASSETS:      \bassets?\b|(?:protected|sensitive|valuable) (?:data|information|resources?)
                 data (?:classification|dictionary|inventory|stores?|categories|types)
                 what .{0,30}protect(?:s|ed|ing)?(?!.*(?:against|from))|crown jewels|data at risk
    FLOW:        data ?flows?|\bdfd\b|diagrams?|entry points?|attack surfaces?|interfaces?|architecture|components?$
                 topology
    MITIGATION:  mitigat|controls?\b|countermeasures?|defen[sc]es?\b|safeguards?|protections?\b|hardening
                 security (?:measures|features|requirements|objectives|properties|guarantees|invariants|design)
                 recommend|guarantees|invariants
    THREATS:     threats?\b|attacks?\b|risks?\b|abuse|misuse|spoof|tamper|repudiat|disclosure|denial of service
                 elevation of|scenarios?\b|vulnerabilit|findings?\b|hazards?|linddun|protect\w* (?:against|from)
                 defend\w* against|security considerations
    COVERS:      ^(?:covers|covered (?:paths|code|files)|code (?:covered|paths))$
    SCOPE:       scope|overview|introduction|purpose|background|system|description|\babout\b|context|goals?|objectives?
                 summary
"""
SECTIONS = _table(_SECTIONS)

_LABELS = r"""
    STATUS:      (?:current |mitigation |threat |implementation )?(?:status|state)|mitigations? implemented|implemented
                 disposition|decision|resolution|acceptance
    RESIDUAL:    residual(?: risks?)?|(?:remaining|accepted|known|open) (?:risks?|gaps?|limitations?)|gaps?
                 limitations?
    MITIGATION:  (?:\w+ ){0,3}(?:mitigations?|controls?|countermeasures?)(?: (?:strateg(?:y|ies)|measures|status|s))?
                 (?:current )?(?:mitigations?|controls?) (?:in place|applied|steps)
                 (?:\w+ ){0,3}(?:defen[sc]es?|safeguards?|protections?|remediations?)(?: (?:measures|steps))?
                 (?:\w+ ){0,3}(?:treatment|response|fix)(?: (?:strategy|steps|applied))?
                 how .* (?:mitigat|address|prevent)\w*|answer
    SEVERITY:    severity|risks? (?:level|rating|score)|risk|priority|rating|overall risk|cvss(?: score)?
                 total risk(?: rating)?|inherent risk
    CATEGORY:    stride(?: categor\w+)?|categor\w+|threat (?:type|categor\w+|class)|type|classification
    ELEMENT:     (?:affected |target |diagram )?(?:components?|elements?|targets?|assets?|surfaces?)(?: affected)?
                 (?:affected )?(?:layers?|boundary|boundaries|system)
                 affected \S+ components|where|entry points?
    THREATS:     (?:threat|attack|abuse|risk|misuse) ?(?:s|description|statement|scenarios?|vectors?|cases?|event)?
                 threat (?:title|name)
                 scenarios?|attack vectors?|vectors?|issue|finding|vulnerabilit(?:y|ies)|hazard|what can go wrong
                 abuse cases?
    ASSUMED:     (?:key |security )?assumptions?
    COVERS:      covers|covered (?:paths|code|files)
"""
LABELS = _table(_LABELS)

_COLUMNS = r"""
    STATUS:      status|\bstate$|implemented|disposition|\bdone\b|decision|resolved|outcome
    RESIDUAL:    residual|remaining|gap
    MITIGATION:  mitigat|\bcontrols?\b|countermeasure|defen[sc]e|safeguard|treatment|response|protection|remediat
                 how .*(?:mitigat|address|prevent|handl|protect)|answer|handling|prevention|enforce|guard|\bfix(?:ed)?\b
    SEVERITY:    severity|^risk$|risk (?:level|rating|score)|priority|rating|^level$|overall|^cvss
    CATEGORY:    stride|categor|^(?:threat )?(?:type|class)\b|property|cwe|layer|mitre
    THREATS:     threat(?! ?(?:id|actor|agent|no|#))|attack(?!er|s? surface)|\brisk\b|scenario|vector|abuse|vulnerab
                 finding|hazard|what can go wrong|failure|^title$|^description$|adversar\w+ (?:action|goal)|concern
                 ^issue$|misuse|^example
    ELEMENT:     component|asset|element|target|boundary|surface|module|endpoint|where|area|process|flow|system|actor
                 agent
"""
COLUMNS = _table(_COLUMNS)

NOT_YET = lazily(
    r"recommend|suggest|planned|potential|propos|future|todo|possible|should be|roadmap|to be |next|\brequired\b"
    r"|further|additional"
)
"""Words before "mitigation" that say it is not there."""

DANGER = lazily(
    r"vulnerabilit|attack|escape|\brisks?\b|failure|exhaustion|leak|spoof|compromise|injection|malicious|starvation|tamper"
    r"|theft|hijack"
    r"|bypass|abuse|disclosure|denial|escalation|poison|forge|replay|traversal|exfiltrat|misuse|impersonat"
)
"""Words of a label that names a threat."""

NOW = lazily(r"current|existing|implemented|in place|applied|\bour\b|how .* (?:mitigat|address|prevent)")


def role(key: str, among: Words, whole: bool = False) -> Role | None:
    """The first role whose words a normalised name holds, or is with `whole`."""
    if len(key) > 120:
        return None
    return next((one for one, words in among if (words.fullmatch(key) if whole else words.search(key))), None)
