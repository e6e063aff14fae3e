"""Can somebody who found a vulnerability report it in private, and do they know what happens then?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.disclosure.channels import PRIVATE, Channel, Way, channels, is_own_policy_page
from sscop.artefacts.disclosure.elements import NEEDED, Element, elements, is_starter, starters
from sscop.artefacts.disclosure.elements import Place as Where
from sscop.artefacts.disclosure.texts import Place, Text
from sscop.artefacts.disclosure.words import forbids_public
from sscop.artefacts.prose.language import is_english
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.platform import Fact

PUBLISHED, CONFIDENTIAL = "vdp-published", "vdp-confidential"
BOTH = (PUBLISHED, CONFIDENTIAL)
SHOWN = 4

_ADDRESS = "name a private channel: GitHub's private vulnerability reporting, or an e-mail address that is read"
_HOW = (
    "write SECURITY.md: a private channel, what to include, how soon you answer, and what happens with a report "
    "until it is disclosed"
)


class At(NamedTuple):
    """Something seen in one of the texts."""

    text: Text
    line: int

    def evidence(self, note: str = "") -> Evidence:
        """The place; a text of another repository has no path here, so its note says where."""
        if self.text.place is Place.INHERITED:
            where = f"{self.text.path}:{self.line} of the owner's `.github` repository"
            return Evidence("", None, f"{where}: {note}"[:160] if note else where)
        return Evidence(self.text.path, self.line, note[:160])


class Judged(NamedTuple):
    """A text with those that it points to: its channels of each kind, its elements, what was left of a starter."""

    text: Text
    private: tuple[tuple[Channel, At], ...]
    pages: tuple[tuple[Channel, At], ...]
    public: tuple[tuple[Channel, At], ...]
    void: tuple[tuple[Channel, At], ...]
    elements: dict[Element, tuple[Where, At]]
    starters: dict[str, int]
    english: bool

    @property
    def says(self) -> bool:
        """Whether it says anything of how to report."""
        return bool(self.private or self.pages or self.public or self.void or "reporting" in self.starters)


def judge(text: Text, pointed: Sequence[Text]) -> Judged:
    """What a text and those that it points to say."""
    named: list[tuple[Channel, At]] = []
    parts: dict[Element, tuple[Where, At]] = {}
    closed = False
    for one in (text, *pointed):
        said = [sentence for sentence in one.said if not is_starter(sentence)]
        closed = closed or any(map(forbids_public, said))
        named += [(channel, At(one, channel.line)) for channel in channels(said)]
        for element, place in elements(said).items():
            parts.setdefault(element, (place, At(one, place.line)))
    void = tuple(one for one in named if one[0].way in (Way.RESERVED, Way.PLACEHOLDER))
    broken = any(one.way is Way.PLACEHOLDER and "/" in one.value for one, _ in void)
    private = [one for one in named if one[0].way in PRIVATE and (one[0].certain or not broken)]
    read = {one.pointed for one in pointed}
    pages = [one for one in named if one[0].way is Way.PAGE and one[0].value not in read]
    if closed and not private:
        private = [one for one in pages if one[0].told]
    return Judged(
        text,
        _once(private),
        _once(pages),
        tuple(one for one in named if one[0].way is Way.PUBLIC),
        void,
        parts,
        starters(text.document),
        all(is_english(one.document.text) for one in (text, *pointed)),
    )


def _once(named: Sequence[tuple[Channel, At]]) -> tuple[tuple[Channel, At], ...]:
    """Each channel once, those with an address first."""
    first: dict[tuple[Way, str], tuple[Channel, At]] = {}
    for one in sorted(named, key=lambda one: not one[0].certain):
        key = (one[0].way, "" if one[0].way is Way.GITHUB else one[0].value.lower())
        first.setdefault(key, one)
    return tuple(first.values())


def best(judged: Sequence[Judged]) -> Judged | None:
    """The text that counts: the policy that people are shown, else the one that says most; None where none does."""
    for one in judged:
        if one.text.place in (Place.POLICY, Place.INHERITED):
            return one
    saying = [one for one in judged if one.says]
    return max(saying, key=lambda one: (bool(one.private), bool(one.pages), len(one.elements)), default=None)


def only_points_to_inherited(one: Judged) -> bool:
    """Whether all that it says is that GitHub's page of the policy says more: the owner's policy is shown there."""
    named = [channel for channel, _ in (*one.private, *one.pages, *one.public, *one.void)]
    return bool(named) and all(is_own_policy_page(channel.value) for channel in named)


def confidential(one: Judged, reporting: Fact) -> Iterator[Finding]:
    """Whether a report can be made in private."""
    place = At(one.text, one.text.line)
    off = reporting.known and reporting.value is False
    private = [(channel, at) for channel, at in one.private if not (off and channel.way is Way.GITHUB)]
    if private:
        named = ", ".join(dict.fromkeys(_name(channel) for channel, _ in private))
        seen = [at.evidence(f"{_name(channel)}: {channel.value}") for channel, at in private[:SHOWN]]
        yield met("channel", f"a private channel for reports: {named}", *seen, about=(CONFIDENTIAL,))
    if len(private) < len(one.private):
        at = next(at for channel, at in one.private if channel.way is Way.GITHUB)
        said = f"names GitHub's private vulnerability reporting, which is off ({reporting.where})"
        fix = "switch it on under Settings, Security; or name another private channel"
        kind = Kind.ADVICE if private else Kind.CLAIM
        because = Because.CONTRADICTED
        yield unmet("reporting-off", said, at.evidence(), because=because, kind=kind, fix=fix, about=(CONFIDENTIAL,))
    if one.private:
        yield from (_left(channel, at) for channel, at in _lines(one.void))
        return
    if one.public:
        at = one.public[0][1]
        said = "tells people to report vulnerabilities where everybody reads them, and names no private channel"
        yield unmet(
            "public-reports", said, at.evidence(one.public[0][0].value), because=Because.CONTRADICTED, fix=_ADDRESS,
            about=(CONFIDENTIAL,),
        )  # fmt: skip
    elif one.void:
        for channel, at in _lines(one.void):
            said = f"the address for reports is {channel.way.value}: {_short(channel.value)}"
            yield unmet("no-real-address", said, at.evidence(), key=channel.way.value, fix=_ADDRESS, about=BOTH)
    elif reporting.known and reporting.value is True:
        said = f"GitHub's private vulnerability reporting is on ({reporting.where}); the text does not mention it"
        yield met("channel-platform", said, place.evidence(), about=(CONFIDENTIAL,))
    elif one.pages:
        yield _elsewhere(one, BOTH)
    else:
        said = "names no channel by which a vulnerability can be reported in private"
        yield unmet("no-channel", said, place.evidence(), fix=_ADDRESS, about=BOTH)


def _lines(void: Sequence[tuple[Channel, At]]) -> list[tuple[Channel, At]]:
    return list({(one.way, one.line): (one, at) for one, at in void}.values())[:SHOWN]


def _left(channel: Channel, at: At) -> Finding:
    said = f"beside a channel that works stands {channel.way.value}: {_short(channel.value)}"
    fix = "fill it in or take it out"
    return unmet("placeholder-left", said, at.evidence(), kind=Kind.ADVICE, key=channel.way.value, fix=fix)


def _elsewhere(one: Judged, about: tuple[str, ...]) -> Finding:
    programmes = [named for named in one.private if named[0].way is Way.PROGRAMME]
    channel, at = min([*one.pages, *programmes], key=lambda page: (is_own_policy_page(page[0].value), not page[0].told))
    said = f"points to {_short(channel.value)} for how to report, which is not looked at"
    fix = "say here what the page says in short: the private channel and how soon you answer; or declare it"
    return unknown("elsewhere", said, at.evidence(), fix=fix, about=about)


def published(one: Judged, reporting: Fact) -> Finding | None:
    """Whether the text is a policy and a process, and not just an address; None where it is spoken of already."""
    usable = one.private or one.public or (reporting.known and reporting.value is True)
    place = At(one.text, one.text.line)
    if not usable and "reporting" not in one.starters:
        return None
    if "reporting" in one.starters:
        at = At(one.text, one.starters["reporting"])
        said = "GitHub's starter text was left where the policy should say what happens with a report"
        return unmet("starter", said, at.evidence(), fix=_HOW, about=(PUBLISHED,))
    seen = [one.elements[element] for element in NEEDED if element in one.elements]
    if not seen and not one.english:
        said = "is not in English, so that what it says of the process was not understood"
        return unknown("language", said, place.evidence(), about=(PUBLISHED,))
    if not seen and (one.pages or any(channel.way is Way.PROGRAMME and channel.certain for channel, _ in one.private)):
        return _elsewhere(one, (PUBLISHED,))
    if not seen:
        said = (
            "gives an address alone: not seen what to report or include, how soon it is answered, what happens with it"
        )
        return unmet("address-alone", said, place.evidence(), fix=_HOW, about=(PUBLISHED,))
    parts = [element for element in NEEDED if element in one.elements]
    notes = [
        one.elements[element][1].evidence(f"{element.value}: {one.elements[element][0].text}") for element in parts
    ]
    said = f"a disclosure policy; it says {_listed([element.value for element in parts])}"
    return met("policy", said, place.evidence("the policy"), *notes, about=(PUBLISHED,))


def _name(channel: Channel) -> str:
    return "the page named for it" if channel.way is Way.PAGE else channel.way.value


def _short(value: str) -> str:
    return value if len(value) <= 100 else f"{value[:99]}\u2026"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
