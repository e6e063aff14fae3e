"""Threats while their parts are being collected, and the forms that name, rate and label them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sscop.artefacts.prose.inline import normal, plain
from sscop.artefacts.threat_models.model import Severity, Status, Threat, severity, status, ticket
from sscop.artefacts.threat_models.roles import LABELS, NOT_YET, NOW, PLACES, SECTIONS, Role, role
from sscop.lazy import NamedTuple, lazily

_KINDS = r"(?:threat|attack|risk|finding|scenario|abuse case|vector)s?(?:\sid)?"
_ID = lazily(
    rf"(?P<kind>{_KINDS}\s{{0,2}}[:#-]?)?\s?(?P<id>(?:[A-Z]{{1,10}}[-_.])*[A-Z]{{0,10}}[-_.]?\d{{1,4}}(?:[-.][A-Z0-9]{{1,3}})?)"
    r"(?:\s{0,3}(?:[:.)|\u2013\u2014\u2192/-]|\s-)\s{0,3}(?P<title>\S.*)|(?=\s*$))",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = lazily(r"(?:[-*\u2022>]\s+)?([A-Za-z][\w /'&()-]{1,48}?)\s?(?::|\.(?=\s|$)|\u2014|\u2013)\s*(.*)", re.DOTALL)
_INLINE = lazily(
    r"(?<=[.;)*] )(?=[*_]{0,3}(?:(?:Current|Existing|Recommended|Suggested|Planned|Proposed) )?"
    r"(?:mitigat(?:ions?|ed by)|controls?|countermeasures?|defen[sc]es?|status|severity|residual risks?|response)"
    r"[*_]{0,3}:)",
    re.IGNORECASE,
)
"""Where a label stands in the middle of a line, after a sentence."""

_CODE = lazily(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_RATED = lazily(
    r"\b(?:severity|risk|priority|rating)\W{1,4}(\w+(?: \w+)?)|[(\[]\s*(critical|high|medium|moderate|low)\b",
    re.IGNORECASE,
)
_BLANK = lazily(r"[-\u2013\u2014\s]*|n/?a\.?|tbd|todo|none|\?+|x|low|medium|high|critical", re.IGNORECASE)
_UNDONE = lazily(
    r"\W{0,4}(?:planned|todo|tbd|none\b|not (?:yet|mitigated|implemented|applicable)|n/a|accepted|open\b)",
    re.IGNORECASE,
)


class Draft:
    """A threat while its parts are being collected.

    `planned` and `now` say that its answer is called a recommendation, or something that is there; `decided` is what
    the heading above says of all that stands under it; `weak` one yields to others, `dropped` one was none.
    """

    def __init__(
        self,
        line: int,
        title: str,
        name: str = "",
        *,
        category: str = "",
        rated: Severity = Severity.UNKNOWN,
        element: str = "",
    ) -> None:
        self.line, self.title, self.name = line, title, name
        self.category, self.severity, self.element = category, rated, element
        self.text: list[str] = []
        self.mitigation: list[str] = []
        self.status: list[str] = []
        self.residual: list[str] = []
        self.planned = self.now = self.weak = self.dropped = False
        self.decided = ""

    def take(self, label: Role | None, key: str, text: str) -> None:
        """A part of it, with what its label means and the label itself."""
        if label is Role.MITIGATION:
            self.mitigation.append(text)
            if NOT_YET.search(key):
                self.planned = True
            elif NOW.search(key):
                self.now = True
        elif label is Role.STATUS:
            self.status.append(text)
        elif label is Role.RESIDUAL:
            self.residual.append(text)
        elif label is Role.SEVERITY:
            self.severity = severity(text)
        elif label is Role.CATEGORY:
            self.category = text
        elif label is Role.ELEMENT:
            self.element = text
        elif text:
            self.text.append(text)

    def says(self) -> bool:
        """Whether there is anything in it."""
        return not self.dropped and not is_blank(self.title)

    def threat(self) -> Threat:
        """The threat that it became."""
        mitigation, text, residual = " ".join(self.mitigation), " ".join(self.text), " ".join(self.residual)
        return Threat(
            self.name,
            " ".join(self.title.split())[:200],
            self.line,
            text[:4000],
            self.category,
            self.severity,
            mitigation[:4000],
            self._status(mitigation, residual),
            ticket(" ".join(self.status), mitigation[:4000], residual[:4000], text[:4000]),
            self.element,
        )

    def _status(self, mitigation: str, residual: str) -> Status:
        """What is said of its status; else what the words around its mitigation say; else what remains of it."""
        for said in self.status:
            if (found := status(said)) is not Status.UNKNOWN:
                return found
        if self.decided:
            return status(self.decided)
        if self.planned and not self.now:
            return Status.OPEN
        if _UNDONE.match(mitigation) and (found := status(mitigation[:60])) is not Status.UNKNOWN:
            return found
        if self.now and mitigation:
            return Status.MITIGATED
        if residual:
            return Status.MITIGATED if mitigation else Status.ACCEPTED
        return Status.UNKNOWN


def is_blank(text: str) -> bool:
    """Whether a cell or title says nothing."""
    return _BLANK.fullmatch(text.strip()) is not None


def merged(drafts: list[Draft]) -> Iterator[Draft]:
    """The drafts that say anything; those with one id are one threat, and a paragraph yields to a list or table."""
    named: dict[str, Draft] = {}
    firm = {one.category for one in drafts if not one.weak and one.says()}
    kept = []
    for one in drafts:
        if not one.says() or (one.weak and one.category in firm):
            continue
        name = one.name.lower().lstrip("#")
        first = named.setdefault(name, one) if name else one
        if first is one:
            kept.append(one)
            continue
        if len(one.title) > len(first.title) and not re.search(r"[a-z]{3}", first.title):
            first.title = one.title
        else:
            first.text.append(one.title)
        for here, there in ((first.text, one.text), (first.mitigation, one.mitigation)):
            here.extend(there)
        first.status += one.status
        first.residual += one.residual
        first.severity = either(first.severity, one.severity)
        first.now, first.planned = first.now or one.now, first.planned and one.planned
        first.decided = one.decided or first.decided
    yield from kept


def either(one: Severity, other: Severity) -> Severity:
    """The first that is known."""
    return other if one is Severity.UNKNOWN else one


def identified(text: str, firmly: bool = True) -> tuple[str, str] | None:
    """The id and title of `T1 - title` or `Threat 3: title`; with `firmly` a mere number is a numbering."""
    match = _ID.match(text) if text else None
    if not match or (firmly and not match["kind"] and not re.search("[A-Za-z]", match["id"])):
        return None
    return match["id"], match["title"] or ""


def rating(text: str) -> Severity:
    """The severity that a heading or item carries beside its words."""
    match = _RATED.search(text[:300]) if text else None
    return severity(match[1] or match[2]) if match else Severity.UNKNOWN


def kept(raw: str) -> str:
    """Plain text in which code keeps its marks: what is code names a part of the product."""
    if "`" not in raw:
        return plain(raw)
    codes: list[str] = []

    def aside(match: re.Match[str]) -> str:
        codes.append(match[2].strip())
        return f"\x01{len(codes) - 1}\x01"

    text = plain(_CODE.sub(aside, raw.replace("\x01", " ")))
    return re.sub(r"\x01(\d+)\x01", lambda match: f"`{codes[int(match[1])]}`", text)


class Part(NamedTuple):
    """A part of a paragraph or item: the label that it begins with ("" without one), its text and its line."""

    key: str
    text: str
    line: int


def parts(raw: str, line: int) -> Iterable[Part]:
    """The parts of a text whose lines may begin with labels; a line without one goes on with the part before."""
    key, start = "", line
    said: list[str] = []
    pieces = [(n, piece) for n, whole in enumerate(raw.split("\n"), line) for piece in _INLINE.split(whole)]
    for n, piece in pieces:
        text = kept(piece)
        match = _LABEL.match(text) if len(text) < 2000 else None
        name = normal(match[1]) if match else ""
        marked = piece.lstrip("-+ \t").startswith(("*", "_")) or ":" in piece[: len(piece) // 2 + 50]
        place = n == line and len(name) < 30 and role(name, SECTIONS) in PLACES
        if match and marked and (place or role(name, LABELS, whole=True)):
            if said:
                yield Part(key, " ".join(said).strip(), start)
            key, said, start = name, [match[2]], n
        else:
            said.append(text)
    yield Part(key, " ".join(said).strip(), start)
