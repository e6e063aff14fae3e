"""Whether a text tells what frameworks, standards and laws ask for, which is no promise of those who wrote it down."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sscop.artefacts.frameworks.names import named
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.sentences import Sentence
from sscop.lazy import lazily

_LAWS = (
    r"(?:CRA|NIS ?2|DORA|PSTI|GDPR|HIPAA|PCI[ -]?DSS|SOC ?2|FedRAMP|ISO(?:/IEC)? ?\d{4,5}|IEC ?\d{4,5}"
    r"|EN ?30[34] ?\d{3}|NIST(?: SP)?|Cyber ?Essentials|Cyber Resilience Act|[Cc]ode of [Pp]ractice)"
)
_LAW = lazily(rf"\b{_LAWS}\b")
_COLUMN = lazily(
    r"(?:the )?(?:framework|regulation|law|directive|article|annex|clause|claim|criterion|criteria|principle|provision"
    r"|obligation|practice area|control id|control (?:number|reference)|regulatory requirement|legal requirement)s?"
    r"(?: (?:id|no|number|text|name|reference|ref|and requirement|requirement))?"
)
_MAPPED = lazily(r"\b(?:mapp(?:ing|ings|ed)|cross-?walk|traceability|gap analysis)\b", re.IGNORECASE)
_ALL = lazily(
    r"\b(?:frameworks?|standards?|controls?|claims?|regulations?|requirements?|legislation|laws?)\b", re.IGNORECASE
)
_DEMANDS = lazily(
    r"\b(?:requires?|required|asks?|asked|demands?|mandates?|mandated|obliges?|expects?|calls for|prescribes?"
    r"|specif(?:y|ies)|says|stipulates?|must)\b",
    re.IGNORECASE,
)
_OURS = lazily(r"\b(?:we|our|us)\b", re.IGNORECASE)
_NUMBERS = ("", "#", "no", "id", "ref", "number")


def is_mapping(title: str) -> bool:
    """Whether a title is that of a table or page that sets requirements of others beside something."""
    return _MAPPED.search(title) is not None and (_ALL.search(title) is not None or _names(title))


def is_of_others(header: Iterable[str]) -> bool:
    """Whether a table's rows are frameworks, or claims, clauses and articles of them, by its first column."""
    heads = list(header)
    first = next((cell for cell in heads if normal(cell) not in _NUMBERS), "")
    return _COLUMN.fullmatch(normal(first)) is not None or _names(first)


def is_demand(one: Sentence) -> bool:
    """Whether a sentence or row tells what others ask for; one that says `we` tells what is done about it."""
    if is_mapping(one.title) or (one.kind == "row" and is_of_others(one.lead.split(" | "))):
        return True
    if _OURS.search(one.text):
        return False
    return _DEMANDS.search(one.text) is not None and _names(one.text)


def _names(text: str) -> bool:
    return _LAW.search(text) is not None or any(True for _ in named(text, 1))
