"""The ways to report a vulnerability that a text names: private ones, public ones, and what is no address at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from sscop.artefacts.disclosure.addresses import emails, is_placeholder, place_of
from sscop.artefacts.disclosure.words import (
    ADVISORY,
    CONFIDENTIAL,
    DRAFT,
    PROBLEM,
    PUBLISHED,
    TELL,
    is_about_reporting,
    is_private_only,
    is_refused,
)
from sscop.artefacts.prose.sentences import Sentence
from sscop.lazy import NamedTuple, lazily


class Way(Enum):
    """A kind of channel. The value is its name for people."""

    EMAIL = "e-mail"
    GITHUB = "GitHub's private vulnerability reporting"
    CONFIDENTIAL = "a confidential issue"
    PROGRAMME = "a bug bounty or coordination platform"
    FORM = "a web form"
    MESSAGE = "a private message"
    PHONE = "telephone"
    PAGE = "a page elsewhere"
    """Named for reporting, or as the policy; what it says is not looked at."""
    PUBLIC = "public issues"
    RESERVED = "an address that nobody can be reached at"
    PLACEHOLDER = "a placeholder"


PRIVATE = (Way.EMAIL, Way.GITHUB, Way.CONFIDENTIAL, Way.PROGRAMME, Way.FORM, Way.MESSAGE, Way.PHONE)
"""The ways that others do not read."""


class Channel(NamedTuple):
    """A way to report, as written, with its line. `certain` is False for one that a text names without an address.

    `told` says of a PAGE that reports are to be made there.
    """

    way: Way
    value: str
    line: int
    certain: bool = True
    told: bool = False


_OPEN = lazily(
    r"\b(?:open(?:ing)?|creat(?:e|ing)|fil(?:e|ing)|rais(?:e|ing)|submit(?:ting)?|post(?:ing)?|log(?:ging)?)\b"
    r"(?: \S{1,20}){0,4}? (?:issues?|bug reports?|tickets?|discussions)\b(?! (?:report|advisor|form|process|fix))"
    r"|\b(?:via|through|using|in|on|as|to)\b (?:an? |the |our |this |its )?(?:(?:public|project|github|gitlab"
    r"|repository|standard"
    r"|normal|regular)(?:'s)? )*(?:issues|issue tracker|bug tracker|(?:github|gitlab|project) issue|discussions)\b",
    re.IGNORECASE,
)
_NEW_ISSUE = lazily(r"/(?:-/)?issues(?:/new)?(?:/choose)?/?(?:[?#].*)?$")
_CONFIDENTIAL_URL = lazily(r"confidential(?:\]|%5D)?=(?:1|true)", re.IGNORECASE)
_ADVISORIES = lazily(
    r"(?:^https?://(?:www\.)?github\.[\w.]+/([^/\s]+)/([^/\s#?]+)|^(?:\.\./){1,6}"
    r"|^/)/?security(/advisories(?:/new)?)?/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_REPORTING_ON = lazily(
    r"\bprivate(?:ly)? (?:security )?vulnerability report|\bprivate(?:ly)? report(?:ing)? (?:\S+ ){0,6}github"
    r"|\bgithub(?:'s)? (?:security )?(?:private )?(?:vulnerability|security) report"
    r"|\bsecurity\W{0,6}(?:tab\W{0,6})?(?:->|\u2192|>)\W{0,4}(?:advisor|report)|\bsecurity\W{0,3} tab\b"
    r"|(?:click|select|press|choose|via|button|\u2192|->|>|use (?:the )?\W)[^.]{0,40}\breport a vulnerability"
    r"|\breport a (?:security )?vulnerability\W{0,3} (?:button|form|link|feature)"
    r"|\bprivate (?:security )?advisor(?:y|ies)\b",
    re.IGNORECASE,
)
_NOT_USED = lazily(r"\b(?:do not|don't|never|not) use (?:the|this|our)? ?(?:security|private|github)", re.IGNORECASE)
_PROGRAMME = lazily(
    r"(?:^|[./])(?:hackerone\.com|bugcrowd\.com|intigriti\.com|yeswehack\.com|huntr\.(?:dev|com)|tidelift\.com"
    r"|immunefi\.com|openbugbounty\.org|bughunters\.google\.com|zerocopter\.com|synack\.com|hackenproof\.com"
    r"|patchstack\.com|wordfence\.com|snyk\.io/vulnerability-disclosure|zerodayinitiative\.com|federacy\.com"
    r"|issuehunt\.(?:io|jp))|(?:^|/)g(?:oo\.gl|\.co)/vulnz",
    re.IGNORECASE,
)
_PROGRAMME_NAME = lazily(
    r"\b(?:hackerone|bugcrowd|intigriti|yeswehack|huntr|immunefi|tidelift|bug ?bounty (?:program(?:me)?|platform))\b",
    re.IGNORECASE,
)
_FORM = lazily(
    r"create-report|/reports?/(?:new|submit)|/submit|/contact(?:/|$|-|\.)|\bforms?\b|forms\.gle|typeform|jotform"
    r"|airtable|msrc\.microsoft|psirt|submissions?/new|reporting-?form",
    re.IGNORECASE,
)
_PAGE = lazily(r"secur|vulnerab|disclos|psirt|\bvdp\b|msrc|/cvd\b|report|incident|defect response", re.IGNORECASE)
_POLICY_PAGE = lazily(
    r"\breport|\bdisclos|\bvulnerab|\bpolic(?:y|ies)\b|\bcontact|\btell us|\bprocedure|\binstructions"
    r"|\bsecurity (?:page|process|issue|information|document)",
    re.IGNORECASE,
)
_POLICY_ADDRESS = lazily(r"security\.(?:md|html?)|/security/?$|disclos|vulnerab|report|polic|psirt", re.IGNORECASE)
_OWNER = lazily(r"https?://(?:www\.)?(?:github\.com/[^/]*/?$|opensource\.microsoft\.com)", re.IGNORECASE)
_THERE = lazily(
    r"\b(?:report|notify|submit|disclose|contact|reach)\b[^.]{0,120}?\b(?:via|through|using|at|on|with|to)\b"
    r"|\breport it\b",
    re.IGNORECASE,
)
_NO_PAGE = lazily(
    r"(?:docs|help)\.github\.com|github\.com/(?:features|advisories|security)|wikipedia|security-tracker|/cve-\d|(?:cve|nvd)\.|mitre\.org"
    r"|owasp"
    r"|first\.org|bestpractices|badge|shields\.io|scorecard|semver|keepachangelog|openpgp|keys\.|/pgp|\.asc\b"
    r"|releases?/?$|groups\.google|/blob/[^?#]*\.(?:ya?ml|py|js|ts|go|rs)|contributor-covenant|rustsec"
    r"|/security/advisories\b"
    r"|/security-(?:update-guide|announce)|/rss|feed\b|mailing|signup|subscribe|/lists?/|snyk\.io|/support"
    r"|hardening|best[-_]?practices|/actions/",
    re.IGNORECASE,
)
_MESSAGE = lazily(
    r"\b(?:direct(?:ly)? messages?|DMs?|private(?:ly)? messages?|(?:on|via|over|by|using|through) (?:signal|keybase"
    r"|telegram"
    r"|matrix|discord|slack|whatsapp|threema))\b",
)
_PHONE = lazily(r"\b(?:phone|telephone|call|tel|hotline)\b[^@\n]{0,60}?\+?\d[\d ().-]{6,18}\d", re.IGNORECASE)


def channels(said: Iterable[Sentence]) -> Iterator[Channel]:
    """The channels that some sentences name, in order; the same one may come more than once."""
    for one in said:
        yield from _addresses(one)
        yield from _links(one)
        yield from _words(one)


def _addresses(one: Sentence) -> Iterator[Channel]:
    for email in emails(one):
        way = Way.PLACEHOLDER if email.placeholder else Way.RESERVED if email.reserved else Way.EMAIL
        yield Channel(way, email.value, one.line)


def _links(one: Sentence) -> Iterator[Channel]:
    for link in one.links:
        target = link.target.strip("<>")
        if target.startswith("mailto:") or ("://" not in target and not _ADVISORIES.match(target)):
            continue
        way = _way(one, target, link.text)
        if way is not None:
            yield Channel(way, target, link.line, told=way is Way.PAGE and _THERE.search(one.text) is not None)


def _way(one: Sentence, target: str, text: str) -> Way | None:
    """What a link is for somebody who wants to report; None for a link about something else."""
    place = place_of(target)
    told = TELL.search(f"{one.title} {one.whole} {text}") is not None
    advisories = _ADVISORIES.match(target)
    if advisories and not (advisories[3] or advisories[1]):
        advisories = None
    if advisories and advisories[1] and is_placeholder(f"{advisories[1]}/{advisories[2]}"):
        return Way.PLACEHOLDER
    if advisories and _is_reporting(one, advisories[3] or ""):
        return Way.GITHUB
    if _CONFIDENTIAL_URL.search(target):
        return Way.CONFIDENTIAL
    if place == "reserved":
        return Way.RESERVED if told and PROBLEM.search(one.whole) else None
    if _NEW_ISSUE.search(target) or target.rstrip("/").endswith("/discussions"):
        return Way.PUBLIC if told and not is_private_only(one) else None
    if not is_about_reporting(one):
        return None
    if _PROGRAMME.search(target):
        return Way.PROGRAMME if not is_refused(one) else None
    if _NO_PAGE.search(target):
        return None
    whole = f"{target} {text}"
    if told and _FORM.search(whole) and "github.com" not in target:
        return Way.FORM
    if _PAGE.search(whole) and not _OWNER.match(target):
        near = f"{one.title} {one.whole} {whole}"
        return Way.PAGE if _POLICY_PAGE.search(near) or _POLICY_ADDRESS.search(target) else None
    return None


def _is_reporting(one: Sentence, tail: str) -> bool:
    """Whether a link to a repository's security tab or its advisories is meant for reporting."""
    if tail.endswith("/new"):
        return True
    whole = f"{one.title} {one.whole}"
    return DRAFT.search(whole) is not None and not PUBLISHED.search(one.text)


def _words(one: Sentence) -> Iterator[Channel]:
    """What is named without an address: GitHub's button, a confidential issue, a message, public issues."""
    text = one.text
    if _NOT_USED.search(text):
        return
    if (_REPORTING_ON.search(text) and not PUBLISHED.search(text)) or (
        ADVISORY.search(text) and DRAFT.search(one.whole) and not PUBLISHED.search(one.whole)
    ):
        yield Channel(Way.GITHUB, text, one.line, certain=False)
    if CONFIDENTIAL.search(text) and TELL.search(text):
        yield Channel(Way.CONFIDENTIAL, text, one.line, certain=False)
    if _PROGRAMME_NAME.search(text) and TELL.search(text) and not is_refused(one) and is_about_reporting(one):
        yield Channel(Way.PROGRAMME, text, one.line, certain=False)
    if _MESSAGE.search(text) and is_about_reporting(one) and not is_refused(one):
        yield Channel(Way.MESSAGE, text, one.line)
    if (phone := _PHONE.search(text)) and is_about_reporting(one):
        yield Channel(Way.PHONE, phone[0], one.line)
    if _OPEN.search(text) and not is_private_only(one):
        yield Channel(Way.PUBLIC, text, one.line)


def is_own_policy_page(url: str) -> bool:
    """Whether it is GitHub's page of a repository's own policy, or of the one inherited from its owner."""
    return re.match(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+/security/policy/?$", url) is not None
