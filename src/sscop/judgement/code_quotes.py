"""The Code quoted with numbers or titles that it has not: an invented title, another principle's, a list from 1 to 14.

A paraphrase is no error: a title is wrong only where no word of it speaks of the principle whose number it bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sscop.artefacts.frameworks.quotes import Quote
from sscop.artefacts.prose.inline import normal
from sscop.lazy import NamedTuple, lazily


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MEANT = {
    "1.1": r"framework|sdlc|life ?cycle|ssdf|secure development|development process|methodolog|established|\bsdl\b"
    r"|slsa|samm",
    "1.2": r"compos|sbom|bill of materials|depend|third|component|suppl|inventor|open[- ]source|librar|vendor",
    "1.3": r"test|\bqa\b|quality|verif|validat|\bci\b",
    "1.4": r"design|default|threat|architect|privilege|password|authenticat|input|secret|credential|hardening",
    "2.1": r"build|access|environment|\bci\b|pipeline|permission|authent|credential|develop",
    "2.2": r"log|change|control|audit|build|trace|author|review|branch|record|pipeline",
    "3.1": r"distribut|deliver|deploy|release|sign|integrity|channel|publish|package|download",
    "3.2": r"disclos|vdp|report|polic|security\.txt|contact",
    "3.3": r"detect|priorit|manag|monitor|scan|vulnerab|triage|component|depend|remedia",
    "3.4": r"report|notif|inform|advis|parties|cve|disclos|communicat|vulnerab|regulator",
    "3.5": r"update|patch|timely|notif|fix|remedia|release|upgrade",
    "4.1": r"support|maint|level|inform|service|document|guid|polic|sla",
    "4.2": r"end|notice|year|deprecat|eol|retire|sunset|support|withdraw|decommission|lifecycle",
    "4.3": r"incident|breach|notable|outage|impact|notif|communicat|status",
}
"""Words that speak of each principle, besides those of its own title."""
ELSEWHERE = {
    "1.1": r"secure development framework|sdlc",
    "1.2": r"sbom|third-party components?|composition|dependenc(?:y|ies)",
    "1.3": r"testing",
    "1.4": r"secure by (?:design|default)|threat model",
    "2.1": r"build environment|unauthori[sz]ed access",
    "2.2": r"log changes|audit log|change control",
    "3.1": r"distribut",
    "3.2": r"vulnerability disclosure|disclosure (?:policy|process)",
    "3.3": r"vulnerability management|managing vulnerabilities",
    "3.4": r"report vulnerabilities|\bcves?\b",
    "3.5": r"security (?:updates|patches)|timely",
    "4.1": r"support and maintenance|level of support",
    "4.2": r"end of (?:life|support)|year's notice|1 year|one year",
    "4.3": r"incident",
}
"""Words that mean one principle and no other."""

_MEANT = {number: lazily(rf"(?<!\w)(?:{pattern})", re.IGNORECASE) for number, pattern in MEANT.items()}
_ELSEWHERE = {number: lazily(rf"\b(?:{pattern})", re.IGNORECASE) for number, pattern in ELSEWHERE.items()}
KNOWN = 3
"""Numbers that stand beside their own title before a text's bare numbers are taken for the Code's."""
_GENERAL = _words(
    """
    a about an and any are as at available be by clear effective follow for from have implement in information into is
    it its customer customers least make may of on or place process processes provide provides secure securely security
    should software that the their them this throughout to used using when where which will with
    """
)


class Misquote(NamedTuple):
    """Quotes of one text that are wrong in one way, and how, in words."""

    code: str
    key: str
    text: str
    quotes: tuple[Quote, ...]
    fix: str


def misquotes(quotes: Sequence[Quote], titles: Mapping[str, str]) -> Iterator[Misquote]:
    """What one text gets wrong: its numbers from 1 on together, every other number or title by itself."""
    flat = tuple(one for one in quotes if one.flat)
    bare = [one for one in quotes if one.bare]
    right = sum(one.number in titles and _means(one, titles) for one in bare)
    if right < KNOWN or right * 2 < len(bare):
        quotes = [one for one in quotes if not one.bare]  # the text's own numbering
    if flat:
        listed = ", ".join(dict.fromkeys(one.number for one in flat))
        said = f"numbers principles of the Code from 1 on ({listed}); the Code numbers them {_span(titles)}, by theme"
        yield Misquote("flat-numbers", "", said, flat, "use the Code's own numbers and titles, 1.1 to 4.3")
    for one in quotes:
        if one.flat:
            continue
        if one.number not in titles:
            said = f"quotes a principle {one.number} of the Code, which has none of that number"
            yield Misquote("no-such-principle", one.number, said, (one,), f"the Code's principles are {_span(titles)}")
        elif one.title and _is_wrong(one, titles):
            said = (
                f"calls principle {one.number} of the Code \u201c{one.title[:100]}\u201d; its title is"
                f" \u201c{titles[one.number]}\u201d"
            )
            yield Misquote("wrong-title", one.number, said, (one,), "quote the title as the Code has it")


def _span(titles: Mapping[str, str]) -> str:
    numbers = list(titles)
    return f"{numbers[0]} to {numbers[-1]}"


def _means(quote: Quote, titles: Mapping[str, str]) -> bool:
    """Whether a word of a title speaks of the principle that has the number."""
    own = _content(titles[quote.number])
    return bool(_content(quote.title) & own or _MEANT[quote.number].search(quote.title))


def _is_wrong(quote: Quote, titles: Mapping[str, str]) -> bool:
    said = _content(quote.title)
    if not said or _means(quote, titles):
        return False
    if any(pattern.search(quote.title) for pattern in _ELSEWHERE.values()):
        return True
    return quote.formal and len(said) > 1


def _content(text: str) -> set[str]:
    """The words of a title that carry it, cut to what inflection leaves alone."""
    return {word[:6] for word in normal(text).split() if word not in _GENERAL and len(word) > 2}
