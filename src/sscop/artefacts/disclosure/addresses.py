"""E-mail addresses as texts write them, and whether anybody can be reached at an address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.prose.quantities import contacts, reserved
from sscop.artefacts.prose.sentences import Sentence
from sscop.artefacts.prose.templates import placeholder
from sscop.lazy import NamedTuple, lazily

_SPELT = lazily(
    r"(?<![\w.+-])([\w.+-]{1,64})\s{1,2}\(?at\)?\s{1,2}([\w-]{1,63}(?:\s{1,2}\(?dot\)?\s{1,2}[\w-]{1,63}){1,5})(?![\w-])",
    re.IGNORECASE,
)
_NAMED = lazily(
    r"(?<![\w.+-])((?:security|secure|psirt|secalert|vulnerabilit\w{1,4}|infosec|cert|abuse|contact"
    r"|info)[\w.+-]{0,40})"
    r"\s{1,2}at\s{1,2}([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})(?![\w-])",
    re.IGNORECASE,
)
_AT = lazily(r"\s*[\[({<]\s*at\s*[\])}>]\s*", re.IGNORECASE)
_DOT = lazily(r"\s*[\[({<]\s*dot\s*[\])}>]\s*|\s+dot\s+", re.IGNORECASE)
_REFUSED = lazily(
    r"\b(?:do not|don't|never|cannot|can't) (?:please )?(?:send|use|e-?mail|contact|handle|accept)\b[^.,;]{0,80}"
    r"(?:\be-?mails?\b|this address)"
    r"|\b(?:no longer|pre-existing|formerly|previously|deprecated|retired|not accept\w*)\b",
    re.IGNORECASE,
)
_OTHER = lazily(
    r"\bannounc|\bsubscrib|\bsign[- ]?up|\boss-security|\bpublic (?:mailing )?list|\bcode of conduct|\bprivacy\b"
    r"|\bpress\b"
    r"|\bcareers?\b|\bsales\b|\bcommercial|\blicens|\bgeneral\b[^.]{0,30}\b(?:enquir|inquir|question)"
    r"|\bnon-security\b"
    r"|\bhall of fame|\backnowledg(?:e)?ments?\b|\bdata protection|\bunsubscrib",
    re.IGNORECASE,
)
_BESIDE = lazily(
    r"general|enquir|inquir|announce|acknowledge?ments|credits?$|hall of fame|licen|commercial|^support$|questions"
    r"|notification|code of conduct|safe ?harbou?r|disclaimer",
    re.IGNORECASE,
)
_PLACEHOLDER = lazily(
    r"\b(?:your|my)[-_ ]?(?:company|org|organi[sz]ation|domain|project|name|email|e-mail|team|repo|user(?:name)?"
    r"|github)"
    r"|\b(?:change-?me|placeholder|todo|tbd|xxx+|replace-?me|insert)\b",
    re.IGNORECASE,
)
_OWNER = lazily(
    r"(?:[\[<{(].*|.*[\]>})]|(?:OWNER|ORG|ORGANI[SZ]ATION|USER|USERNAME|REPO|REPOSITORY|PROJECT|COMPANY|GITHUB_\w+)"
    r"|(?:your|my)[-_].*)/.*|.*/(?:[\[<{(].*|REPO|REPOSITORY|PROJECT|(?:your|my)[-_].*)"
    r"|(?:owner|org|user|username|organization)/(?:repo|repository|project)(?:-?name)?",
)


class Email(NamedTuple):
    """An address as `name@domain`; `reserved` for a domain that nobody can have, `placeholder` for what is no name."""

    value: str
    reserved: bool
    placeholder: bool


def emails(one: Sentence) -> Iterator[Email]:
    """The addresses of a sentence that a report may be sent to, and the placeholders that stand in their place."""
    if _BESIDE.search(one.title) or _OTHER.search(one.text) or _REFUSED.search(one.text):
        return
    found: dict[str, None] = {}
    text = " ".join([one.text, *(_address(link.target) for link in one.links if "@" in link.target)])
    for contact in contacts(text):
        if (
            contact.kind == "email" and text[contact.offset - 1 : contact.offset] != "@"
        ):  # not a handle of the fediverse
            found.setdefault(_written(contact.value))
    for match in [*_SPELT.finditer(text), *_NAMED.finditer(text)]:
        found.setdefault(_written(f"{match[1]}@{match[2]}"))
    for value in found:
        if re.search(r"\.[A-Za-z][A-Za-z-]{1,62}$", value):  # `action@v1.2` is none
            yield Email(value, reserved(value), _PLACEHOLDER.search(value.replace(".", " ")) is not None)
    if (
        not found
        and re.search(r"\b(?:e-?mail|address|contact)\b", text, re.IGNORECASE)
        and (said := placeholder(one.text))
    ):
        yield Email(said, False, True)


def is_placeholder(named: str) -> bool:
    """Whether `owner/name` of an address stands for something to be filled in."""
    return _OWNER.fullmatch(named) is not None or _PLACEHOLDER.search(named) is not None


def place_of(url: str) -> str:
    """`reserved` for a host that nobody can have, else the host in lower case."""
    host = url.split("://", 1)[-1].split("/", 1)[0].split("?", 1)[0].lower()
    return "reserved" if reserved(host) or _PLACEHOLDER.search(host.replace(".", " ")) else host


def _address(target: str) -> str:
    return target.removeprefix("mailto:").split("?", 1)[0].replace("%40", "@")


def _written(value: str) -> str:
    return _DOT.sub(".", _AT.sub("@", value)).strip().rstrip(".")
