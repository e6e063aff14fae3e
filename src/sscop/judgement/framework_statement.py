"""How much a statement of the framework followed amounts to, and where it says what is not so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum

from sscop.artefacts.frameworks.evidence import INSTRUCTIONS, Cites, Place
from sscop.artefacts.frameworks.statement import Statement
from sscop.artefacts.prose.document import Document, Row
from sscop.artefacts.prose.inline import normal
from sscop.lazy import NamedTuple, lazily

NAMED_ENOUGH, UNNAMED_ENOUGH = 3, 4
"""Topics that a statement speaks of, where it names an established framework and where it names none."""
WORDS, NAMED_WORDS = 50, 40
"""Words below which a text that names no framework describes none either; and one that names one does not apply it."""


class Level(Enum):
    """How much of a statement a text is."""

    GENERAL = 0
    """It speaks of secure development in general, not of this product's."""
    STUB = 1
    PARTIAL = 2
    FULL = 3


class Judged(NamedTuple):
    """A statement with its level. `reason` says why it is a stub; `missing` names what was not seen in it."""

    statement: Statement
    level: Level
    reason: str
    missing: tuple[str, ...]
    cites: tuple[Cites, ...]

    @property
    def is_good(self) -> bool:
        """Whether it is more than a stub."""
        return self.level in (Level.PARTIAL, Level.FULL)

    @property
    def named(self) -> str:
        """The established frameworks that it names, with their versions."""
        found = [one for one in self.statement.frameworks if one.framework.established]
        return ", ".join(f"{one.framework.name}{f' ({one.version})' if one.version else ''}" for one in found)

    @property
    def summary(self) -> str:
        """What it names and speaks of."""
        said = f"names {self.named}" if self.named else "names no established framework"
        return f"{said}; speaks of {', '.join(self.statement.topics) or 'no practice'}"


_IDS = lazily(
    r"\bOSPS-[A-Z]{2}-\d{2}|\b(?:P[OSW]|RV)\.\d|\b(?:[GDIVO]-[A-Z]{2})\b(?:-\d)?|\bclaim \d\.\d\.\d", re.IGNORECASE
)
_NEGATED = lazily(
    r"\b(?:does not|do not|not documented to|no formal|has not|have not|isn't|aren't|cannot|not yet)\b", re.IGNORECASE
)


def judge(statement: Statement, cites: Sequence[Cites]) -> Judged:
    """The level of one statement, and every element that was not seen in it."""
    found = [one for one in statement.frameworks if one.framework.established]
    inside = any(one.place is Place.FOUND for cited in cites for one in cited.references)
    mapped = sum(_IDS.search(piece) is not None for piece in statement.said)
    words = sum(len(piece.split()) for piece in statement.said)
    topics = len(statement.topics)
    reason = ""
    if not (statement.ours or inside or (statement.owner and statement.reviewed)):
        return Judged(
            statement, Level.GENERAL, "speaks of secure development, but not of this product", (), tuple(cites)
        )
    if statement.template:
        reason = statement.template
    elif statement.sentence:
        whole = statement.owner and statement.reviewed and statement.scope
        only = f"only names {_names(found)}, and does not say what is done, for what or by whom"
        reason = "" if whole and found else only if found else "points to guidance that is kept elsewhere"
    elif found and topics < NAMED_ENOUGH and mapped < NAMED_ENOUGH:
        reason = (
            f"names {_names(found)}, but says of {topics or 'no'} practice{'' if topics == 1 else 's'} how it is done"
        )
    elif found and words < NAMED_WORDS and not mapped:
        reason = f"names {_names(found)}, and says in {words} words what is done"
    elif not found and topics < UNNAMED_ENOUGH:
        reason = f"names no established framework and describes {topics or 'no'} practice{'' if topics == 1 else 's'}"
    elif not found and words < WORDS:
        reason = f"names no established framework and says in {words} words what is done"
    missing = tuple(_missing(statement, bool(cites) or statement.outside is not None))
    level = Level.STUB if reason else Level.PARTIAL if missing else Level.FULL
    return Judged(statement, level, reason, missing, tuple(cites))


def _names(found: Iterable[object]) -> str:
    return ", ".join(one.framework.name for one in found)  # type: ignore[attr-defined]


def _missing(statement: Statement, cites: bool) -> Iterator[str]:
    found = [one for one in statement.frameworks if one.framework.established]
    guides = [one.framework.name for one in statement.frameworks if not one.framework.established]
    if not found:
        beside = f" ({', '.join(guides)} says what to look at, not how to develop)" if guides else ""
        yield f"an established framework by its name, such as NIST SSDF or OWASP SAMM{beside}"
    elif not any(one.version or not one.framework.versioned for one in found):
        yield f"the version of {found[0].framework.name}"
    if not statement.scope:
        yield "what it applies to"
    if not statement.owner:
        yield "an owner"
    if not (statement.reviewed and statement.reviewed.when.first):
        yield "the date of the last review"
    if not cites:
        yield "evidence: links or paths of what shows each practice"


def ranked(judged: Iterable[Judged]) -> list[Judged]:
    """The statements, the best one first."""

    def rank(one: Judged) -> tuple[int, int, int, int, str]:
        made = one.statement
        return (-one.level.value, not made.whole, not one.named, len(one.missing), made.path)

    return sorted(judged, key=rank)


class Overdue(NamedTuple):
    """A review that is past its day, or still to come; in words."""

    code: str
    text: str
    line: int
    day: date


def overdue(statement: Statement, today: date, since: date) -> Overdue | None:
    """What the dates that a statement gives itself say. Its own next review counts before the usual span."""
    reviewed, due = statement.reviewed, statement.due
    last = reviewed.when.first if reviewed else None
    following = due.when.last if due else None
    if reviewed and last and last > today:
        return Overdue("future-review", f"is said to be reviewed on {last}, which is to come", reviewed.line, last)
    if due and following and following < today and not (last and last > following):
        return Overdue("review-overdue", f"says that its next review was due on {following}", due.line, following)
    if reviewed and last and last < since and not (following and following >= today):
        return Overdue("review-overdue", f"was last reviewed on {last}", reviewed.line, last)
    return None


class Dead(NamedTuple):
    """Evidence that is cited and is not there. `alone`: nothing else is cited for the same practice."""

    text: str
    line: int
    alone: bool


_LATER = lazily(
    r"\b(?:planned|to be (?:created|written|added)|tbd|todo|not yet|future|will be|pending)\b", re.IGNORECASE
)


def dead(cites: Sequence[Cites]) -> Iterator[Dead]:
    """The references that lead nowhere; what is said to be planned is not cited as evidence."""
    for one in cites:
        if _LATER.search(one.piece):
            continue
        alone = not any(ref.place in (Place.FOUND, Place.OUTSIDE) for ref in one.references)
        for ref in one.references:
            if ref.place is Place.DEAD:
                yield Dead(ref.text, ref.line, alone)


def instructed(judged: Judged) -> list[int]:
    """The lines whose only evidence are instructions for assistants."""
    cited = {one.piece.line: one for one in judged.cites}
    lines = []
    for piece in judged.statement.said:
        refs = [ref for ref in cited[piece.line].references if ref.place is Place.FOUND] if piece.line in cited else []
        if (refs and all(INSTRUCTIONS.search(ref.path) for ref in refs)) or (not refs and _ASSISTANT.search(piece)):
            lines.append(piece.line)
    return lines


_ASSISTANT = lazily(r"\b(?:CLAUDE|AGENTS|GEMINI|copilot-instructions)\.md\b")
_STATUS = r"status|state\b|alignment|compliance|conformance|^met$|result|implemented"
_CLAIMED = lazily(
    r"\W*(?:(?:fully |now )?(?:aligned|compliant|completed?|done|implemented|met|passe?d?|satisfied|conformant"
    r"|achieved|in place)|yes)\W*"
    r"|[^\w]*[\u2705\u2611\u2714][^\w]*",
    re.IGNORECASE,
)
_OPEN = lazily(
    r"\W*(?:(?:work )?in progress|planned|pending|to ?do|tbd|wip|to be (?:implemented|done|defined|decided"
    r"|completed|added)"
    r"|not (?:yet |currently )?(?:implemented|started|done|available|in place)|under development)"
    r"(?=\W*$|\s*[-:\u2013\u2014(.,;*]|\s+(?:for|in|by|as|via|with)\b)",
    re.IGNORECASE,
)


class Denied(NamedTuple):
    """A row that is called done and says that it is not."""

    status: str
    text: str
    key: str
    line: int


def denied(document: Document) -> Iterator[Denied]:
    """The rows of a document's tables whose status and text contradict each other."""
    for table in document.tables:
        at = next((n for n in range(len(table.header) - 1, 0, -1) if re.search(_STATUS, normal(table.header[n]))), None)
        if at is None:
            continue
        for row in table.rows:
            status = row.cell(at)
            if status and _CLAIMED.fullmatch(status) and (text := _open(row, at)):
                yield Denied(status, text, normal(row.cells[0])[:40], row.line)


def _open(row: Row, at: int) -> str:
    return next((str(cell) for n, cell in enumerate(row.cells) if n not in (0, at) and _OPEN.match(cell)), "")
