"""Which qualities a design record weighs, and whether it analyses abuse, each with the line that says so.

Complexity, scalability, usability, maintainability and security are rarely named as such: synonyms count, in a
heading, a list's lead, a table or a sentence, but never a bare tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.design_records import Record
from sscop.artefacts.nodes import Text, mapping
from sscop.artefacts.prose.document import Document, Section, Table, read
from sscop.artefacts.prose.document import said as prose
from sscop.artefacts.prose.inline import Words
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository

CRITERIA = {
    "complexity": r"""complex simpl(?:e|er|est|icity|if|y) cognitive moving_parts over-?engineer straightforward
        easier_to_(?:understand|reason)""",
    "scalability": r"""scal(?:e|es|ed|able|ability|ing)\b performan throughput latency capacity load\b concurren
        bottleneck memory_(?:use|usage) high[-_]volume traffic""",
    "usability": r"""usab user_experience \bux\b developer_experience \bdx\b ergonomi learning_curve user[-_]friendly
        eas(?:e|y|ier)_(?:of|to)_use intuitive discoverab accessibility convenien friction confus""",
    "maintainability": r"""maintain maintenance testab evolv extensib upgrad readab refactor tech(?:nical)?_debt decoupl
        modular easier_to_(?:change|test) backwards?[-_]compatib operational_burden""",
    "security": r"""secur threat attack vulnerab abuse misuse malicious authenticat authori[sz] encrypt privilege
        confidential trust_boundar""",
}
"""The criteria and what also names them."""

WORDS = 4
"""The least number of words in which something is said of a criterion."""

_PATTERNS = {
    name: lazily(rf"(?<![\w#])(?:{'|'.join(names.split()).replace('_', ' ')})", re.IGNORECASE)
    for name, names in CRITERIA.items()
}
_ANALYSIS = lazily(
    r"threat|abuse|misuse|attack|adversar|malicious"
    r"|security (?:considerations?|impact|implications?|risks?|analysis|review|aspects|concerns)|^security$"
)
_ACTOR = lazily(
    r"attack(?:er|s|ed)?\b|adversar|malicious|abus(?:e|ed|es|ing)\b|misus|spoof|tamper|forge|compromised?\b|exploit"
    r"|untrusted|denial[- ]of[- ]service|\bdos\b|escalat|injection|exfiltrat|leak(?:s|ed|age)?\b|steal|stolen"
    r"|imperson|brute[- ]force|eavesdrop|man[- ]in[- ]the[- ]middle|replay",
    re.IGNORECASE,
)
_NOTHING = lazily(
    r"\b(?:no|not|none|nothing|n't)\b.{0,60}\b(?:security|implications?|impacts?|concerns?|risks?|considerations?|threats?)\b",
    re.IGNORECASE,
)
_HINT = lazily(
    rb"^[^\n]{0,40}(?:threat|abuse|misuse|attack|adversar|malicious|security)[^\n]{0,40}$", re.IGNORECASE | re.MULTILINE
)
_SENTENCE = lazily(r"(?<=[.!?])\s+(?=[A-Z\"'(*])")


def criteria(document: Document) -> dict[str, int]:
    """The line on which each criterion is first weighed; those that are not are not in it."""
    found: dict[str, int] = {}
    for key, node in mapping(document.front.get("design-review")).pairs():
        if key in CRITERIA and isinstance(node, Text) and len(node.split()) >= WORDS:
            found[str(key)] = node.line
    waiting = {name: pattern for name, pattern in _PATTERNS.items() if name not in found}
    for section in document.sections:
        spoken = sum(len(said.split()) for said in section.said()) >= WORDS if waiting else False
        for name in [name for name, pattern in waiting.items() if spoken and pattern.search(section.title)]:
            found[name] = section.line
            del waiting[name]
        for sentence in _sentences(section) if waiting else ():
            for name in [name for name, pattern in waiting.items() if pattern.search(sentence)]:
                found[name] = sentence.line
                del waiting[name]
    return found


def lacking(repo: Repository, records: Sequence[Record]) -> Iterator[tuple[Record, list[str]]]:
    """The records that leave criteria out, and which."""
    for record in records:
        document = read(repo, record.prose)
        found = CRITERIA if isinstance(document, Unread) else criteria(document)
        if missing := [name for name in CRITERIA if name not in found]:
            yield record, missing


def hostile(repo: Repository, records: Sequence[Record]) -> Iterator[Evidence]:
    """Where records analyse abuse; only those whose bytes promise it are parsed."""
    for record in records:
        data = repo.read(record.prose)
        document = read(repo, record.prose) if isinstance(data, bytes) and _HINT.search(data) else None
        if document and not isinstance(document, Unread) and (line := abuse(document)):
            yield Evidence(record.prose, line)


def abuse(document: Document) -> int:
    """The line where a section on threats, abuse or security says what somebody hostile could do; 0 without one.

    At least two sentences of such a section, thirty words in all, one of which names the hostile act (two where the
    first sentence says that nothing changes): a heading over "none" or a word list is no analysis.
    """
    for section in document.titled(_ANALYSIS.pattern):
        if section.title is document.title:
            continue  # what a record is about is not what it analyses
        said = [one for part in document.under(section) for one in _sentences(part, rows=False)]
        hostile = [sentence for sentence in said if _ACTOR.search(sentence)]
        denied = bool(said) and _NOTHING.search(said[0]) is not None
        if len(hostile) > denied and len(said) >= 2 and sum(len(one.split()) for one in said) >= 30:
            return section.line
    return 0


def _sentences(section: Section, *, rows: bool = True) -> Iterator[Words]:
    """The sentences of a section, each at the line of its paragraph, item or row of a table.

    Without `rows` only tables that speak of countermeasures count.
    """
    tables = [
        one
        for one in section.tables
        if rows or one.column(r"mitigat|countermeasure|control|defense|response") is not None
    ]
    for said in prose(block for block in section.blocks if not isinstance(block, Table) or block in tables):
        for sentence in _SENTENCE.split(said) if ". " in said or "\n" in said else [str(said)]:
            if sentence.count(" ") >= WORDS - 1:
                found = Words(sentence)
                found.line, found.raw = said.line, sentence
                yield found
    for table in tables:
        for row in table.rows:
            whole = Words(" ".join(row.cells))
            whole.line, whole.raw = row.line, whole
            if whole.count(" ") >= WORDS - 1:
                yield whole
