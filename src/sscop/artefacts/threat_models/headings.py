"""What the headings of a text make of what stands under them: a threat, a part of one, or a place such as "Assets"."""

from __future__ import annotations

import re

from sscop.artefacts.prose.document import Section
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.threat_models.drafts import Draft, identified, rating
from sscop.artefacts.threat_models.model import Seen, Severity
from sscop.artefacts.threat_models.roles import LABELS, LISTED, PLACES, SECTIONS, STRIDE, Role, role
from sscop.lazy import NamedTuple, lazily

_PLAIN_NUMBER = lazily(r"^(?:\d+(?:\.\d+)*[.)]?\s+|\d+[.)]\s*)")
_DECIDED = lazily(
    r"(?:previously \w+ now )?(?:mitigated|accepted|open|fixed|resolved|closed|transferred|implemented)\b"
    r"(?! (?:risks?|questions|source|controls?|(?:counter)?measures|mitigations?|security|defen[sc]es?))"
)


_SEVERAL = lazily(r"\b(?:threats|attacks|risks|scenarios|vectors|vulnerabilities|cases)\b")
"""In a heading without an id: what stands under it are threats, not the parts of one."""


class _Open(NamedTuple):
    draft: Draft
    level: int
    firm: bool
    """Whether the heading carries an id; without one, threats found inside make it a mere group."""


class Headings:
    """Where a walk over some sections stands: the threat and the list that are open, and the headings above.

    `current` is the threat that a part belongs to, `group` the list before it, `mode` the label that waits for its
    text, `pseudo` a heading in bold; `category`, `rated`, `element` and `decided` are what the headings say of all
    under them; `labelled` says that the section marks its threats with a label.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.places: dict[Role, list[Seen]] = {}
        self.controls: list[Seen] = []
        self.parents: list[tuple[int, Role | None]] = []
        self.open: _Open | None = None
        self.current: Draft | None = None
        self.mode: tuple[Role, str] | None = None
        self.pseudo: Role | None = None
        self.group: list[Draft] = []
        self.category = ""
        self.rated = Severity.UNKNOWN
        self.element = ""
        self.decided = ""
        self.labelled = False

    def enter(self, section: Section) -> None:
        """Go on to the next section."""
        self.current = self.mode = self.pseudo = None
        self.labelled = False
        self.group = []
        title = _PLAIN_NUMBER.sub("", section.title) if section.title else ""
        key = section.key
        if self.open and section.level <= self.open.level:
            self.open = None
        while self.parents and self.parents[-1][0] >= section.level:
            self.parents.pop()
        above = next((one for _, one in reversed(self.parents) if one), None)
        own = role(key, SECTIONS)
        if above in LISTED and own in PLACES and (own is Role.SCOPE or len(key.split()) > 4):
            own = None  # "Loss of data at the interfaces" under "Threats" is one
        self.decided = key if _DECIDED.match(key) else ""
        if self.decided and own is Role.MITIGATION:
            own = Role.THREATS  # "Mitigated" is about threats, "Mitigations" is not
        named = identified(title)
        if self.open and self._is_detail(key, own, above, named is not None):
            self.parents.append((section.level, above))
            return
        self._drop()
        stride = STRIDE.fullmatch(re.sub(r"\b(?:severity|risk|priority|rating)\b.*", "", key).strip()) is not None
        if own is None and not stride:
            self.element = title
        self.category = str(section.title) if stride else "" if own else self.category
        self.rated = rating(section.title)
        if named and above in (None, Role.SCOPE, *LISTED) and own not in PLACES - {Role.SCOPE, Role.ACTORS}:
            self._begin(*named, section, firm=True)
            own = Role.THREATS
        elif stride:
            own = Role.THREATS
        elif above in LISTED and own in (None, Role.THREATS) and section.level > 1:
            self._begin("", title, section, firm=False, accepted=above is Role.RESIDUAL)
            own = above
        if own in PLACES and section.blocks:
            self._note(own, str(section.title), section.line)
        elif own is None and above in PLACES and title:
            self._note(above, str(section.title), section.line)
        self.parents.append((section.level, own or above))

    def _is_detail(self, key: str, own: Role | None, above: Role | None, named: bool) -> bool:
        """Whether a heading inside a threat is a part of that threat: "Mitigation", "Scenario", "Impact"."""
        assert self.open
        part = role(key, LABELS, whole=True)
        if (named and above in (None, *LISTED)) or (own is Role.THREATS and not self.open.firm and part is None):
            return False
        if not self.open.firm and not part and own is None and _SEVERAL.search(normal(self.open.draft.title)):
            return False
        self.current = self.open.draft
        if part and part not in (Role.THREATS, Role.ELEMENT):
            self.mode = (part, key)
        elif own is Role.MITIGATION:
            self.mode = (own, key)
        return True

    def _note(self, place: Role | None, text: str, line: int) -> None:
        if place:
            self.places.setdefault(place, []).append(Seen(text, line))

    def _begin(self, name: str, title: str, section: Section, firm: bool, accepted: bool = False) -> None:
        draft = Draft(section.line, title, name, category=self.category, rated=rating(section.title))
        if accepted:
            draft.residual.append(title)
        self.drafts.append(draft)
        self.open, self.current = _Open(draft, section.level, firm), draft

    def _drop(self) -> None:
        """A heading without an id turns out to be a group of threats."""
        if self.open and not self.open.firm:
            self.open.draft.dropped = True
            self.element = self.open.draft.title
            self.open = self.current = None

    @property
    def _role(self) -> Role | None:
        if self.pseudo:
            return self.pseudo
        return self.parents[-1][1] if self.parents else None
