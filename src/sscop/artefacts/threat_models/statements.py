"""The threats that a document states: as headings, in tables, as labelled parts, in lists, each with its answer.

A document is walked once, block by block; what a block means depends on the headings above it (`roles`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sscop.artefacts.prose.document import Code, Item, Pair, Paragraph, Section, Table
from sscop.artefacts.prose.inline import Words, normal
from sscop.artefacts.threat_models.drafts import Draft, either, identified, kept, merged, parts, rating
from sscop.artefacts.threat_models.headings import Headings
from sscop.artefacts.threat_models.model import Seen, Severity, Threat
from sscop.artefacts.threat_models.roles import CLOSED, DANGER, LABELS, LISTED, PLACES, SECTIONS, STRIDE, Role, role
from sscop.artefacts.threat_models.tables import rows_of
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Malformed

_LEAD = lazily(r"\s{0,3}(?:[-*+]\s+)?(\*\*|__)(.{2,160}?)\1[\s:.\u2014\u2013-]{0,4}", re.DOTALL)
_PSEUDO = lazily(r"(\*{1,3}|_{1,3})([^*_].{1,100}?)\1\s{0,2}:?\s*", re.DOTALL)
_DRAWN = lazily(r"mermaid|plantuml|dot|graphviz|d2|ditaa")
_LEGEND = lazily(
    r"`?(?:(?:not |partially )?mitigated|partial|open|accepted|out[- ]of[- ]scope|n/a|low|medium|high|critical)`?"
    r"\s*[-:\u2013\u2014=]",
    re.IGNORECASE,
)
"""An item that explains a status or a rating."""

_NAMES = lazily(r"[A-Za-z][\w-]{2,40}")
_LINES = lazily("[\u2500-\u257f]{3}|[-=]{2,}>")
MANY = 5000
"""Threats above which a text is no longer read."""

_GROUP = 200
"""The most threats that one answer to a whole list is given to."""


class Stated(NamedTuple):
    """What the walk found: the threats, and what else stands there by role."""

    threats: tuple[Threat, ...]
    places: dict[Role, list[Seen]]
    controls: tuple[Seen, ...]


class Walk(Headings):
    """One pass over some sections."""

    def over(self, sections: Sequence[Section]) -> Stated:
        """Walk the sections and give what they state."""
        for section in sections:
            self.enter(section)
            for block in section.blocks:
                self._block(block)
                if len(self.drafts) > MANY:
                    raise Malformed(f"lists more than {MANY:,} threats", block.line)
        return Stated(tuple(one.threat() for one in merged(self.drafts)), self.places, tuple(self.controls))

    def _block(self, block: Paragraph | Item | Table | Code | Pair) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Code):
            if _DRAWN.match(block.language) or _LINES.search(block.text):
                self._note(
                    Role.FLOW, f"a diagram: {' '.join(_NAMES.findall(block.text[:4000]))}".rstrip(": "), block.line
                )
        elif isinstance(block, Pair):
            self._parts(f"{block.name}: {block.value}", block.line, 1)
        else:
            depth = block.depth if isinstance(block, Item) else 0
            pseudo = _PSEUDO.fullmatch(block.text.raw.strip()) if not depth else None
            if pseudo and not identified(pseudo[2], firmly=False):
                self._pseudo(normal(pseudo[2]), block.text)
            else:
                self._lead(block.text, depth)

    def _pseudo(self, key: str, text: Words) -> None:
        """A paragraph that is all bold or all italic stands for a heading, or for a label with a list to come."""
        key = key.rstrip(":").strip()
        label, own = role(key, LABELS, whole=True), role(key, SECTIONS)
        if STRIDE.fullmatch(key):
            self.category, self.pseudo, self.mode, self.current = str(text), Role.THREATS, None, None
        elif label and (self.current or self.group or self._role in LISTED):
            self._mode(label, key)
        elif own:
            self.pseudo, self.mode = own, None
            if own in PLACES:
                self._note(own, str(text), text.line)
        elif self._role in LISTED:
            self.current = None if not self.open else self.open.draft

    def _mode(self, label: Role, key: str) -> None:
        if label is Role.THREATS and self.open and self.open.firm:
            self.mode, self.current = None, self.open.draft  # its scenario, step by step
        elif label is Role.THREATS:
            self._drop()
            self.mode, self.group, self.current = (label, key), [], None
        else:
            if len(self.group) > 1 and not self.open:
                self.current = None  # a list of threats, then one answer to all of them
            self.mode = (label, key)

    def _table(self, table: Table) -> None:
        found = rows_of(table, threats=self._role in (*LISTED, None, Role.SCOPE) or self.current is not None)
        if found and self._role not in CLOSED:
            if self.open and not self.open.firm:
                self._drop()
            for draft in found:
                draft.decided = self.decided
                draft.category = draft.category or self.category
                draft.element = draft.element or self.element
            self.drafts += found
        elif self.current is not None:
            for row in table.rows:
                name, value = row.cell(0), row.cell(1)
                if name and value:
                    self.current.take(role(normal(name), LABELS, whole=True), normal(name), str(value))
        elif self._role in PLACES:
            self.places.setdefault(self._role, []).extend(
                Seen(str(row.cells[0]), row.line) for row in table.rows if row.cells and row.cells[0]
            )
        elif self._role is Role.MITIGATION:
            self.controls += [Seen(" ".join(row.cells), row.line) for row in table.rows]

    def _lead(self, text: Words, depth: int) -> None:
        """A paragraph or item: one that names a threat by its id or by its category, or its labelled parts."""
        lead = _LEAD.match(text.raw)
        bold = lead[2].strip(" :.") if lead else ""
        rest = text.raw[lead.end() :] if lead else ""
        line = text.line + text.raw.count("\n", 0, len(text.raw) - len(rest))
        named = identified(kept(bold)) or (identified(kept(text.raw)) if self._role in LISTED else None)
        if named and self._role not in CLOSED and not (self.open and self.open.firm):
            self._drop()
            title = named[1].split("\n")[0] if bold else named[1]
            self._start(self._draft(text.line, title, named[0], rated=either(rating(bold), self.rated)))
            if rest.strip():
                self._parts(rest, line, depth)
        elif rest and bold and self._role not in CLOSED and STRIDE.fullmatch(normal(bold)):
            self._drop()
            self._start(Draft(text.line, bold, category=bold, element=self.element))
            self._parts(rest, line, depth, answer=True)
        else:
            self._parts(text.raw, text.line, depth, bold)

    def _draft(self, line: int, title: str, name: str = "", rated: Severity = Severity.UNKNOWN) -> Draft:
        return Draft(line, title, name, category=self.category, element=self.element, rated=rated)

    def _start(self, draft: Draft, listed: bool = False) -> None:
        self.drafts.append(draft)
        self.current, self.mode = draft, None
        if not listed:
            self.group = []
        if len(self.group) < _GROUP:
            self.group.append(draft)

    def _parts(self, raw: str, line: int, depth: int, bold: str = "", answer: bool = False) -> None:
        for part in parts(raw, line):
            self._say(*part, depth, bold, answer)

    def _answer(self, label: Role | None, key: str, text: str) -> None:
        """A part of the open threat, or of all in the list before it."""
        for draft in [self.current] if self.current else self.group:
            draft.take(label, key, text)

    def _say(self, key: str, text: str, line: int, depth: int, bold: str, answer: bool) -> None:
        """One part: with its label's meaning, or with the meaning of the place that it stands in."""
        label = role(key, LABELS, whole=True) if key else None
        if key and label is None:
            own = role(key, SECTIONS)
            if own in PLACES and self.current is None:
                self._note(own, text, line)
                return
            text = f"{key}: {text}"
        if label and not text:
            self._mode(label, key)
        elif label is Role.THREATS and self.current and not self.current.title:
            self.current.title = text
        elif label is Role.THREATS and not (self.open and self.open.firm):
            self._drop()
            self.labelled = True
            self._start(self._draft(line, text, rated=self.rated))
        elif label and label not in (Role.THREATS, Role.COVERS, Role.ASSUMED) and (self.current or self.group):
            self._answer(label, key, text)
        elif label in PLACES:
            self._note(label, text, line)
        elif text:
            self._plain(text, line, depth, bold, answer)

    def _plain(self, text: str, line: int, depth: int, bold: str, answer: bool) -> None:
        """A part without a label."""
        name = text.partition(":")[0]
        listed, here = self._role in LISTED, self._role
        if self.mode and (depth or self.current):
            what, key = self.mode
            if what is Role.THREATS and depth == 1:
                self._item(text, line, bold)
                self.mode = (what, key)
            else:
                self._answer(None if what is Role.THREATS else what, key, text)
        elif answer and self.current:
            self.current.mitigation.append(text)
        elif self.labelled and self.current:
            self.current.text.append(text)
        elif depth == 1 and not self.open and not listed and here not in CLOSED - {Role.FLOW} and _names(name, text):
            self._item(text, line, name)
        elif self.current and (self.open or not listed or (depth != 1 and here is not Role.RESIDUAL)):
            self.current.text.append(text)
        elif listed and (depth == 1 or (not depth and here is Role.RESIDUAL)):
            self._item(text, line, bold)
        elif listed and not depth and self.category:
            self._item(text, line, bold)
            self.drafts[-1].weak = True
        elif here is Role.MITIGATION:
            self.controls.append(Seen(text, line))
        elif here in PLACES:
            self._note(here, text, line)

    def _item(self, text: str, line: int, bold: str) -> None:
        if _LEGEND.match(text):
            return
        title, _, rest = text.partition(": ") if bold and text.startswith(bold) else (text, "", "")
        title, arrow, answer = title.partition(" \u2192 ") if not rest else (title, "", "")
        draft = self._draft(line, title, rated=either(rating(text), self.rated))
        if arrow:
            draft.mitigation.append(answer)
        if rest:
            draft.text.append(rest)
        if self._role is Role.RESIDUAL:
            draft.residual.append(text)
        self._start(draft, listed=True)


def _names(name: str, text: str) -> bool:
    """Whether an item begins with the name of a danger and a colon."""
    return len(name) < min(60, len(text)) and DANGER.search(name.lower()) is not None
