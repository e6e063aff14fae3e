"""Time limits, contacts and owners in a text: what is said in figures and addresses rather than in promises."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.lazy import NamedTuple, lazily

_WORDS = {
    name: n
    for n, names in {
        1: "a an one single", 2: "two couple", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
        9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 14: "fourteen", 15: "fifteen", 18: "eighteen", 20: "twenty",
        24: "twenty-four", 28: "twenty-eight", 30: "thirty", 36: "thirty-six", 45: "forty-five", 48: "forty-eight",
        60: "sixty", 72: "seventy-two", 90: "ninety",
    }.items()
    for name in names.split()
}  # fmt: skip
_UNITS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.4375,
    "quarter": 91.3125,
    "year": 365.25,
}
_SHORT = {"min": "minute", "hr": "hour", "h": "hour", "d": "day", "wk": "week", "yr": "year"}
_NUMBER = "|".join(sorted(_WORDS, key=len, reverse=True))
_DURATION = lazily(
    rf"(?<![\w.,$\u00a3\u20ac-])(?:(?P<low>\d{{1,4}})\s{{0,2}}(?:-|\u2013|to|or)\s{{0,2}})?(?P<n>\d{{1,4}}(?:\.\d)?|(?:{_NUMBER})\b)"
    r"(?:\s{0,2}\(\d{1,4}\))?[\s-]{0,2}(?P<kind>(?:business|working|calendar|full|consecutive|week)[\s-]{1,2})?"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|fortnights?|months?|quarters?|years?|yrs?)\b(?!\s+ago)",
    re.IGNORECASE,
)
_ADVERBS = {
    "daily": (1, "day"),
    "weekly": (1, "week"),
    "fortnightly": (1, "fortnight"),
    "biweekly": (2, "week"),
    "monthly": (1, "month"),
    "quarterly": (3, "month"),
    "annual": (1, "year"),
    "annually": (1, "year"),
    "yearly": (1, "year"),
    "biannually": (6, "month"),
    "semi-annually": (6, "month"),
}
_ADVERB = lazily(r"\b(?:" + "|".join(sorted(_ADVERBS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_EMAIL = lazily(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_MASKED = lazily(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:\[at\]|\(at\)|<at>|\{at\})\s?[\w-]{1,63}(?:\s?(?:\.|\[dot\]|\(dot\)|<dot>|\{dot\})\s?[\w-]{1,63}){1,6}",
    re.IGNORECASE,
)
_URL = lazily(r"\bhttps?://[^\s<>\"'`|\\\])}]+", re.IGNORECASE)
_RESERVED = lazily(
    r"(?:^|[@./])(?:example\.(?:com|org|net|edu)|[\w-]+\.(?:example|invalid|test|local|localhost)|localhost"
    r"|yourdomain\.\w+|your-?(?:company|org|domain|project)\.\w+|acme\.(?:com|org|test)|domain\.(?:com|tld)"
    r"|company\.com)(?=$|[:/?#])",
    re.IGNORECASE,
)
_HANDLE = lazily(r"(?<![\w@./`-])@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:/[A-Za-z0-9][\w.-]{0,99})?(?![\w@])")
_ROLE = lazily(
    r"\b(?:(?:chief|senior|lead|principal|head of|director of|deputy|product|platform|security|engineering|release"
    r"|incident|data|risk|software|devops|sre|infrastructure|application|compliance|quality|privacy|technical|tech"
    r"|responsible|support|service|operations|development|governance|project|information)[\s-]{1,3}){0,4}"
    r"(?:ciso|cto|cio|ceo|cso|dpo|officer|owners?|managers?|leads?|architects?|engineers?|maintainers?|committee|board"
    r"|team|group|squad|guild|council|champions?|coordinators?|directors?|sig|working group|steering committee"
    r"|responders?|analysts?|administrators?)\b",
    re.IGNORECASE,
)


class Duration(NamedTuple):
    """A length of time: `number` of `unit` (day, hour, month ...), about so many `days`; `working`: business days."""

    number: float
    unit: str
    days: float
    text: str
    offset: int
    working: bool = False


class Contact(NamedTuple):
    """An e-mail address or URL. `reserved` for domains that nobody can be reached at (`example.com`, `.invalid`)."""

    kind: str
    value: str
    offset: int
    reserved: bool


class Owner(NamedTuple):
    """Somebody who answers for something: `handle` (`@team`), `role` (\u201csecurity lead\u201d) or `name`."""

    kind: str
    value: str
    offset: int


def durations(text: str) -> Iterator[Duration]:
    """Every length of time: `90 days`, `three months`, `48h`, `two (2) weeks`; the upper end of a range."""
    for match in _DURATION.finditer(text):
        said = match["n"].lower()
        count = float(_WORDS[said]) if said in _WORDS else float(said)
        unit = match["unit"].lower()
        unit = unit.rstrip("s") if len(unit) > 1 else unit
        unit = _SHORT.get(unit, unit)
        working = (match["kind"] or "").lower().startswith(("business", "working", "week"))
        yield Duration(count, unit, count * _UNITS[unit], match[0], match.start(), working)


def intervals(text: str) -> Iterator[Duration]:
    """How often: the adverbs (`annually`, `quarterly`) beside every length of time."""
    yield from durations(text)
    for match in _ADVERB.finditer(text):
        count, unit = _ADVERBS[match[0].lower()]
        yield Duration(count, unit, count * _UNITS[unit], match[0], match.start())


def months(text: str) -> int | None:
    """A setting such as `12 months`, `2 years`, `90 days` in whole months (at least one); None for anything else."""
    found = list(durations(text.strip()[:60]))
    if len(found) != 1 or found[0].text.strip() != text.strip():
        return None
    whole = {"month": 1, "year": 12, "quarter": 3}.get(found[0].unit)
    return max(1, round(found[0].number * whole if whole else found[0].days / 30.4375))


def contacts(text: str) -> Iterator[Contact]:
    """The e-mail addresses (also written `name [at] domain`) and URLs, reserved domains marked."""
    for match in _EMAIL.finditer(text) if "@" in text else ():
        yield Contact("email", match[0].rstrip("."), match.start(), reserved(match[0].rstrip(".")))
    for match in _MASKED.finditer(text) if "at" in text.lower() else ():
        yield Contact("email", match[0], match.start(), False)
    for match in _URL.finditer(text) if "://" in text else ():
        value = match[0].rstrip(".,;:!?*_")
        yield Contact("url", value, match.start(), reserved(value.split("://", 1)[1].split("/", 1)[0]))


def reserved(address: str) -> bool:
    """Whether nobody can be reached there: RFC 2606 and 6761 names, and what templates put in their place."""
    return _RESERVED.search(address) is not None


def owners(text: str) -> Iterator[Owner]:
    """The handles and roles of a text, and the names of a comma-separated value of capitalised names."""
    for match in _HANDLE.finditer(text) if "@" in text else ():
        yield Owner("handle", match[0], match.start())
    for match in _ROLE.finditer(text):
        yield Owner("role", match[0], match.start())
