"""What else a reporter needs to know: how soon somebody answers, what to send, what happens then."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from sscop.artefacts.prose.document import Document
from sscop.artefacts.prose.quantities import durations
from sscop.artefacts.prose.sentences import Sentence
from sscop.artefacts.prose.templates import placeholder
from sscop.artefacts.report_words import ANSWERS
from sscop.lazy import NamedTuple, lazily


class Element(Enum):
    """A part of a disclosure policy. The value is its name for people."""

    RESPONSE = "how soon a report is answered"
    SCOPE = "what to report and what to include"
    NEXT = "what happens with a report"
    SAFE_HARBOUR = "safe harbour"
    CREDIT = "credit"
    ENCRYPTION = "a key for encryption"


NEEDED = (Element.RESPONSE, Element.SCOPE, Element.NEXT)
OPTIONAL = (Element.SAFE_HARBOUR, Element.CREDIT, Element.ENCRYPTION)

FEW = 6
"""Characters below which something says nothing."""
LONGEST = 62
"""Days above which a length of time is no time of an answer."""


class Place(NamedTuple):
    """Where an element was found."""

    line: int
    text: str


_ANSWER = lazily(
    rf"\b(?:{ANSWERS}|answer\w*|get back|hear(?:ing)? (?:back )?from|contact(?:ed)? (?:you|back)|follow[- ]?up|feedback"
    r"|reach out|initial (?:review|contact)|review(?:ed)? (?:your|the|all|each|every)? ?reports?|evaluat\w+)\b",
    re.IGNORECASE,
)
_ABOUT_ANSWER = lazily(r"respon|acknowledg|what to expect|what you can expect|triage|timeline|sla\b", re.IGNORECASE)
_SENT = lazily(
    r"\b(?:in|out of) scope\b|\bout-of-scope\b|\bexclusions?\b|\bwhat (?:counts|qualifies|is a|to (?:include|report))"
    r"|\b(?:not|aren't) (?:considered |treated as |a )?(?:security )?(?:vulnerabilit|security (?:issue|bug))"
    r"|\bsteps? (?:to|required|needed|for)\b[^.]{0,30}\breproduc|\breproduc(?:e|tion|er|ible)\b"
    r"|\bproof[- ]of[- ]concept|\bpoc\b"
    r"|\baffected (?:version|component|release|commit)|\b(?:include|provide|attach|give)\b[^.]{0,80}\b(?:detail"
    r"|information|description"
    r"|version|impact|step|summary|as much)|\bdescri(?:be|ption) (?:of )?(?:the|your) (?:issue|vulnerab|flaw"
    r"|problem|bug)"
    r"|\b(?:detailed|full) (?:report|description|email|mail|information)|\bfollowing information|\bpotential impact"
    r"|\b(?:can|could|may|might) compromise the (?:security|confidentiality|integrity|safety)\b[^.]{0,60}\bof\b"
    r"|\bsecurity boundar|\bthreat model\b|\bonly use this address|\bonly (?:accept|security vulnerabilit)",
    re.IGNORECASE,
)
_SCOPE_TITLE = lazily(
    r"\bscope\b|supported versions?|what to (?:include|report)|exclusions|what (?:counts|qualifies|is (?:not )?a)"
    r"|boundar"
    r"|(?:report|include|information|details) .*(?:include|report|contents)|not .*vulnerabilit|eligib|supported",
    re.IGNORECASE,
)
_NEXT = lazily(
    r"\btriag\w*|\binvestigat\w*|(?<!impact )(?<!your )\bassess(?!ment of)\w*|\bevaluat\w*|\bkeep you (?:informed"
    r"|updated|posted|in the loop)"
    r"|\bkept (?:informed|updated|up to date)|\b(?:status|progress|regular) updates?\b|\bprogress (?:towards|on|of)"
    r"|\bnext steps?\b"
    r"|\bembargo|\bcoordinat\w+|\bpublish(?:ed|es|ing)? (?:an? |the )?(?:\w+ )?(?:advisor|fix|cve|ghsa|patch"
    r"|release|security)"
    r"|\bsecurity (?:advisory|bulletin|release)\b[^.]{0,60}\b(?:publish|releas|issu)|\brelease (?:an? "
    r"|the )?(?:\w+ )?(?:fix|patch|update|version)"
    r"|\bpatch(?:es)? (?:release|will|as soon|within)|\b(?:fix|patch|remediat\w+|resol\w+|correct\w*"
    r"|address(?:ed)?)\b[^.]{0,60}\b(?:releas|within|will be|as soon"
    r"|prompt|quick|priorit|prepared|developed|ready|days?|weeks?|available|critical|timel)"
    r"|\b(?:will|to|we'll|we) (?:\w+ )?(?:fix|patch|address|resolve|remediate|work (?:with you|on a fix|to))"
    r"|\bassign (?:an? )?cve|\bcve (?:id|identifier|number|will|may|is)|\bnotify you\b|\binform(?:ed)? (?:you"
    r"|of (?:the|any|next))"
    r"|\breviewed (?:as soon|within|by)|\bdisclosure (?:timeline|date|window|period|deadline)"
    r"|\b\d{2,3}[- ]days? (?:disclosure|embargo|window)"
    r"|\bpromptly addressed|\bonce (?:confirmed|the issue|a fix|we|accepted|triaged|resolved)|\bif (?:the|your|we"
    r"|it) (?:\w+ )?(?:is|are)? ?(?:confirm|accept|valid)\w*"
    r"|\bsecurity advisory (?:policy|process)|\bhandling your report|\bpass it on to\b|\bwithin a reasonable",
    re.IGNORECASE,
)
_SAFE = lazily(
    r"\bsafe harbou?r|\bwill not (?:\w+ ){0,4}(?:pursue|take|initiate|bring|seek|support)\b[^.]{0,60}\b(?:legal"
    r"|action|law|charges|it|civil|prosecut)"
    r"|\b(?:considered|deemed|is|as) authori[sz]ed (?:conduct|research|under|access)|\bno legal action"
    r"|\bnot pursue (?:it|you|legal)|\bgood[- ]faith\b[^.]{0,80}\b(?:legal|authori|pursue|welcome|prosecut)",
    re.IGNORECASE,
)
_CREDIT = lazily(
    r"\bcredit\w*|\backnowledg\w+ (?:your (?:contribution|help|name|effort)|the (?:reporter|researcher|finder)"
    r"|reporters|researchers|by name"
    r"|you (?:in|by|publicly))|\bhall of fame|\bthank(?:ed|s) (?:publicly|by name)"
    r"|\bname (?:you|the (?:reporter|researcher|finder))|\b(?:bug )?bount(?:y|ies)\b|\battribut\w+"
    r"|\brecogni[sz]e\w* (?:your|the|security|research)",
    re.IGNORECASE,
)
_KEY = lazily(
    r"\b(?:pgp|gpg|openpgp|s/mime|age key|fingerprint)\b|\bencrypt (?:your|the|e-?mail|message|report)"
    r"|\bencrypted (?:e-?mail|message|report)",
    re.IGNORECASE,
)
_NO_KEY = lazily(
    r"\b(?:tags?|releases?|commits?|artefacts?|artifacts?|signed|verif\w+|packages)\b|\bnot (?:currently "
    r"|yet )?(?:provided|available|offer)|\bno (?:pgp|gpg)|to be published",
    re.IGNORECASE,
)


def elements(said: Iterable[Sentence]) -> dict[Element, Place]:
    """The first place of each element in what a text says."""
    found: dict[Element, Place] = {}
    limits: Place | None = None
    for one in said:
        for element in Element:
            if element not in found and _says(element, one):
                found[element] = Place(one.line, one.text)
        if limits is None and _SCOPE_TITLE.search(one.title) and not placeholder(one.text) and len(one.text) > FEW:
            limits = Place(one.line, one.text)
    if limits:
        found.setdefault(Element.SCOPE, limits)
    return found


def _says(element: Element, one: Sentence) -> bool:
    text, title = one.text, one.title
    if element is Element.RESPONSE:
        return _says_when(one)
    if element is Element.SCOPE:
        return _SENT.search(text) is not None
    if element is Element.NEXT:
        return _NEXT.search(text) is not None
    if element is Element.SAFE_HARBOUR:
        return _SAFE.search(text) is not None or "safe harbo" in title.lower()
    if element is Element.CREDIT:
        return _CREDIT.search(text) is not None
    return _KEY.search(text) is not None and not _NO_KEY.search(text)


def _says_when(one: Sentence) -> bool:
    """A number and a unit where it speaks of an answer: in the sentence, or for an item or row in what leads to it."""
    spans = [span for span in durations(one.text) if span.days <= LONGEST]
    if not spans:
        return False
    if _ANSWER.search(one.text):
        return True
    return one.kind != "sentence" and bool(_ANSWER.search(one.lead) or _ABOUT_ANSWER.search(one.title))


_STARTERS = {
    "versions": r"use this section to tell people about which versions",
    "reporting": r"use this section to tell people how to report|tell them where to go, how often they can expect",
}
_DEFAULT = ("5.1.x", "5.0.x", "4.0.x", "< 4.0")


def is_starter(one: Sentence) -> bool:
    """Whether a sentence is one of GitHub's starter text."""
    return any(re.search(pattern, one.text.lower()) for pattern in _STARTERS.values())


def starters(document: Document) -> dict[str, int]:
    """The lines of GitHub's starter text that stand in a policy still: `versions`, `reporting`, `table`.

    In comments they say nothing. Source: the file that GitHub proposes under "Security policy".
    """
    found: dict[str, int] = {}
    for section in document.sections:
        for said in section.said():
            for name, pattern in _STARTERS.items():
                if name not in found and re.search(pattern, " ".join(said.lower().split())):
                    found[name] = said.line
        for table in section.tables:
            if tuple(row.cells[0] if row.cells else "" for row in table.rows) == _DEFAULT:
                found["table"] = table.line
    return found
