"""Ends of support that sentences and list items state: `5.21 is supported until June 2029`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sscop.artefacts.lifecycle.model import End, Line, Source, State
from sscop.artefacts.lifecycle.words import plain, state_of, third_party, versions
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.dates import Kind, When
from sscop.artefacts.prose.document import Item, Section
from sscop.artefacts.prose.inline import Words
from sscop.artefacts.prose.sentences import Sentence, said_in
from sscop.lazy import lazily

_PHRASE = lazily(
    r"\b(?:support(?:ed|s)?|maintain(?:ed|s)?|maintenance|updates|fixes|patches|lts|patched)\b(?:[^.;|]"
    r"|\.(?=[\dxyz])){0,70}?"
    r"\b(?:until|till|through|up to|ends?|ended|expires?|ending)\b"
    r"|\bend[- ]of[- ](?:life|(?:security |standard |active )?support|maintenance|service)\b|\beol\b"
    r"|\b(?:retired|discontinued|sunset|unsupported|supported to)\b",
    re.IGNORECASE,
)
_RELEASED = lazily(
    r"\b(?:released?|published|available|since|started)\b(?: (?:on|in|since|from))?[: ]{0,2}$", re.IGNORECASE
)
_STATED = lazily(
    r"\bsupported\b|\bmaintained\b|\bmaintenance\b|\beol\b|\bend[- ]of[- ](?:life|support)|\bunsupported\b"
    r"|\bsecurity (?:fixes|updates|patches)"
    r"|\bbug ?fix(?:es)?\b|\bcurrent\b|\blts\b|\buntil\b|:x:|:white_check|\u2705|\u274c",
    re.IGNORECASE,
)
_PLAINLY = lazily(r"\b(?:ended|no longer|unsupported|reached|was|currently|is supported)\b", re.IGNORECASE)
_NAME = lazily(
    r"^(?:[*_`\[(]*)(?:(?:version|release|series|branch|line"
    r"|the)s?\s{1,2}){0,2}(?P<name>v?\d{1,4}(?:\.[\dxyzn*_]{1,6}){0,3}"
    r"(?:\s?lts|\s?\(lts\)|\+)?)(?:\s{1,2}(?:series|branch|line|release)s?)?[`*_\])]*\s{0,2}(?:[:\u2013\u2014-]|\bis\b"
    r"|\bare\b|\bwill\b|\breached\b"
    r"|\breceives?\b|\(|,|\bended\b|\bhas\b|\u2192)",
    re.IGNORECASE,
)
_BEFORE = lazily(r"([A-Za-z][\w.+#-]{0,30})(?:['\u2019]s)?[\s:]{1,2}(?:v|version |release |series |line |branch )?$")
_OURS = lazily(
    r"(?:versions?|releases?|series|line|branch|the|and|or|for|to|of|our|lts|support|in|with|both|is|on|major|minor"
    r"|only|that|from|v|latest|while"
    r"|stable|reaches|reached|drop(?:ping)?|supports?|as|after|before|older|previous|legacy|current|maintenance"
    r"|end-of-life|eol)",
    re.IGNORECASE,
)
_PRODUCT = lazily(
    r"^(?:\W{0,4})(?:(?:security |standard |active |official )?(?:support|maintenance|updates)|this (?:product|project"
    r"|application|app|software|service"
    r"|library|release|version|package|tool|repository)|(?:the|our) (?:product|project|application|app|software"
    r"|service|library))\b",
    re.IGNORECASE,
)
_BESIDES = lazily(r"\b(?:after|than|from|since|before|until|with)\s{1,2}(?:v|version )?$", re.IGNORECASE)
_OVER = lazily(r"\b(?:ended|no longer|reached|was supported|unsupported|expired)\b", re.IGNORECASE)
_TITLE = lazily(r"support|maint|life ?cycle|end of|\beol\b|\blts\b|version|timeline|retire|sunset")


def stated(section: Section, path: str, titles: Sequence[str], own: frozenset[str]) -> Iterator[Source]:
    """The lines that a section states in words; a list of versions is one statement."""
    if titles and third_party(titles[-1], own) and not any(one in titles[-1].lower() for one in own):
        return
    lines: list[Line] = []
    if any(_TITLE.search(title.lower()) for title in titles[-2:]):
        lines += _listed(section.items, path, own)
    taken = {one.line for one in lines}
    for said in said_in(section):
        if said.line not in taken and (line := _sentence(said, path, own)):
            lines.append(line)
    if lines:
        lines.sort(key=lambda one: one.line)
        yield Source(path, lines[0].line, "text", tuple(lines))


def _listed(items: Sequence[Item], path: str, own: frozenset[str]) -> list[Line]:
    """Items that begin with a version, where they say of two versions or more how they are supported."""
    found = []
    for item in items:
        text = plain(item.text.replace("\n", " "))
        match = _NAME.match(text)
        if match is None or third_party(text[: match.end() + 40], own):
            continue
        rest = text[match.end("name") :]
        if not _STATED.search(rest[:120]):
            continue
        end = _end(rest, item.text)
        state = State.ENDED if end and end.when.kind is Kind.NONE else state_of(rest)
        end = None if end and end.when.kind is Kind.NONE else end
        if end is None and state is State.UNTOLD:
            continue
        if end and not _PLAINLY.search(rest):
            state = State.UNTOLD
        found.append(
            Line(match["name"], path, item.text.line, state, end, _released(rest), said=rest.strip(" :-,")[:60])
        )
    return found if len(found) > 1 or any(one.end for one in found) else []


def _released(text: str) -> date | None:
    for when in dates.find(text):
        if _RELEASED.search(text[: when.offset]):
            return when.first
    return None


def _end(text: str, at: Words) -> End | None:
    """The date after the first phrase about an end; one without a date where the phrase itself says that it came."""
    phrase = _PHRASE.search(text)
    if phrase is None:
        return None
    for when in dates.find(text[phrase.end() : phrase.end() + 60]):
        return End(when, at.line)
    if re.fullmatch(r"eol|end[- ]of[- ]life", phrase[0], re.IGNORECASE):
        return End(When(Kind.NONE, ""), at.line)
    return None


def _sentence(said: Sentence, path: str, own: frozenset[str]) -> Line | None:
    text = plain(said.text)
    found = list(_ends(text)) if any(map(str.isdigit, text)) else []
    if not found:
        return None
    phrase, stop = found[0][0], found[0][1]
    when = max((one[2] for one in found), key=lambda one: one.last or date.min)
    named = [one for one in versions(text[:stop]) if not _is_date(text, one.start())]
    named = [one for one in named if not _BESIDES.search(text[: one.start()])]
    named = [one for one in named if one.start() < phrase.end()] or named
    if third_party(text[:stop], own):
        return None
    if named:
        number = named[-1]
        before = _BEFORE.search(text[: number.start()])
        if before and before[1].lower() not in own and not _OURS.fullmatch(before[1]):
            return None
        name = number[0]
    elif _PRODUCT.search(text) or any(re.match(rf"\W{{0,3}}{re.escape(one)}\b", text, re.IGNORECASE) for one in own):
        name = ""
    else:
        return None
    state = State.UNTOLD
    if _OVER.search(text[:stop]):
        state = State.ENDED
    elif re.search(r"\b(?:is|are) ", text[:stop]):
        state = State.SUPPORTED
    return Line(name, path, said.line, state, End(when, said.line))


def _ends(text: str) -> Iterator[tuple[re.Match[str], int, When]]:
    """Each phrase about an end with the date that follows it, and the offset where that stands."""
    for phrase in _PHRASE.finditer(text):
        after = text[phrase.end() : phrase.end() + 60]
        when = next(dates.find(after), None)
        if when and not re.search(r"\b(?:since|released?|from)\b", after[: when.offset], re.IGNORECASE):
            yield phrase, phrase.end() + when.offset, when


def _is_date(text: str, at: int) -> bool:
    """Whether a number is a part of a date."""
    return any(one.offset <= at < one.offset + len(one.text) for one in dates.find(text))
