"""Sentences that promise how long versions are supported, or how long before the end it is announced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.lifecycle.model import Rule, RuleKind
from sscop.artefacts.lifecycle.words import plain, third_party
from sscop.artefacts.others_demands import is_demand
from sscop.artefacts.prose.document import Section
from sscop.artefacts.prose.quantities import Duration, durations
from sscop.artefacts.prose.sentences import said_in
from sscop.lazy import lazily

_SUPPORT = lazily(
    r"\b(?:support(?:s|ed)?|maintain(?:s|ed)?|(?:security|bug)[ -]?(?:fix(?:es)?|updates|patches)|backport\w*"
    r"|life ?cycle|maintenance"
    r"|receives? (?:updates|fixes|patches|security)"
    r"|fix(?:es|ed)? (?:security|vulnerab\w*))\b",
    re.IGNORECASE,
)
_VERSIONS = lazily(r"\b(?:releases?|versions?|majors?|minors?|lts|lines?|branch(?:es)?|series|v\d+)\b", re.IGNORECASE)
_FOR = lazily(
    r"\b(?:for|of)\b(?: (?:at least|a|an|the|minimum(?: of)?|up to|about|approximately|around|a total of|another|next"
    r"|period of|further))*\s*$",
    re.IGNORECASE,
)
_FROM = lazily(
    r"^\W{0,2}(?:of (?:\w+ ){0,3}(?:support|maintenance|updates|fixes)\b.{0,30}?)?(?:after|from|following|since"
    r"|starting)\b.{0,60}?"
    r"\b(?:releas\w*|ga|general availability|launch|publication|issu\w+|version|initial)",
    re.IGNORECASE,
)
_SUCCESSOR = lazily(
    r"\b(?:after|from|following|of|once|when)\b.{0,40}\b(?:next|newer|subsequent|successor|superseded|new|replaced"
    r"|following|v\d+)\b",
    re.IGNORECASE,
)
_YOUNGER = lazily(
    r"\b(?:published|released|issued|came out)\b.{0,30}\b((?:less|no more|not more|fewer) than [^.;]{1,20}) ago\b",
    re.IGNORECASE,
)
"""`releases that were published less than two years ago`."""
_FORMER = lazily(
    r"\b(?:previous|prior|old(?:er)?|deprecated) (?:major|minor|version|release|line)|\bafter releasing a new\b"
    r"|\bafter the next\b",
    re.IGNORECASE,
)
_UNTIL_NEXT = lazily(
    r"\b(?:support\w*|maintain\w*|fixes|updates|patches)\b.{0,60}\b(?:until|till)\b.{0,25}\b(?:next|new(?:er)?"
    r"|following|subsequent|successor|superseded)\b.{0,30}\b(?:releases?"
    r"|versions?|major|minor|available)",
    re.IGNORECASE,
)
_NEXT_OUT = lazily(
    r"\b(?:when|once|as soon as|after)\b[^.;]{0,30}?\b(?:next|new(?:er)?|subsequent|following)\b[^.;]{0,30}?"
    r"\b(?:releas(?:es?|ed)|versions?|majors?|minors?)\b"
    r"|\b(?:when|once|as soon as)\b[^.;]{0,30}?\bv?\d{1,4}\.\d{1,4}\S{0,6} (?:is|comes|ships)\b",
    re.IGNORECASE,
)
_GONE = lazily(
    r"\b(?:stops? receiving|no longer (?:be )?(?:supported|maintained|patched|receives?)|unsupported"
    r"|end[- ]of[- ]life)\b",
    re.IGNORECASE,
)
_SUBJECT = lazily(
    r"(?:\b(?:releases?|versions?|lines?|series|branch(?:es)?|majors?|minors?)|\bv?\d{1,4}\.\d{1,4}\S{0,6})"
    r"\s(?:[\w'-]{1,20}\s){0,4}$",
    re.IGNORECASE,
)
NEAR = 120
"""Characters between a version's end and the release that brings it, at most."""
_NEWEST = (
    r"(?:latest|most recent|newest|current|last)\b(?:\W{1,3}[\w.-]{1,25}){0,4}?\W{1,3}(?:releases?|versions?|minor"
    r"|major|line|tag|series|release branch"
    r"|minor branch)\b|(?:the )?[`\"']?(?:main|master|develop|default)[`\"']? branch\b"
)
_LATEST = lazily(
    rf"\bonly\b.{{0,60}}\b(?:{_NEWEST})"
    rf"|\b(?:{_NEWEST}).{{0,60}}\b(?:is|are|be|receives?|gets?|will)\b.{{0,40}}\b(?:supported|maintained|security"
    rf"|fix\w*|patch\w*|updates|backports?)\b"
    rf"|\b(?:fix(?:es|ed)?|updates|patches|patched|support(?:ed)?|maintained|backport\w*|handled|issued"
    rf"|patching)\b.{{0,50}}\b(?:to|for|in|on|against|with|is)\b.{{0,25}}\b(?:{_NEWEST})"
    rf"|\b(?:we|project|team|maintainers)\b.{{0,40}}\b(?:support|maintain|patch)s?\b.{{0,20}}\b(?:{_NEWEST})",
    re.IGNORECASE,
)
_NEVER = lazily(
    r"\bmost (?:\w+ )?projects\b|\bby contrast\b|\bprocess is only\b|\bCI\b|\brather than waiting\b|\bfor example\b"
    r"|\bskew\b|\bskip\b"
    r"|\bsupport matrix\b|^use only\b",
    re.IGNORECASE,
)
_OTHER = lazily(r"\W*(?:previous|second|older|prior)\b")
_PROCESS = lazily(
    r"\b(?:cherry|merge[sd]?|merging|rebase|git|checkout|milestone|tracking|upgrade to|update to|always (?:run|use)"
    r"|if you|please|should be backported"
    r"|reproduc\w+|confirm\w*)\b",
    re.IGNORECASE,
)
_COUNT = lazily(
    r"\b(?:last|latest|most recent|previous|current(?: and)?|newest)\s{1,2}(?:two|three|four|five|[2-9])\b.{0,25}?"
    r"\b(?:releases?|versions?|minors?|majors?|branches|lines)\b"
    r"|\b(?:two|three|four|five|[2-9])\s{1,2}(?:most recent|latest|last|newest)\b.{0,25}?\b(?:releases?|versions?"
    r"|minors?|majors?|branches|lines)\b"
    r"|\bn-[1-3]\b",
    re.IGNORECASE,
)
_ENDING = lazily(
    r"\bend[- ]of[- ](?:life|support|service|security)|\beol\b|\beos\b|\bsupport (?:ends?|will end|for|of|period"
    r"|is withdrawn|is discontinued)\b"
    r"|\b(?:end|ending|ends|stop|withdraw|drop|discontinu\w+|ceas\w+|terminat\w+|retir\w+"
    r"|sunset\w*)\b.{0,40}\b(?:support|versions?|products?|releases?|line|service|maintenance)"
    r"|\bsupport\b.{0,40}\b(?:end|ends|ending|stop|stops|withdrawn|dropped|discontinued|cease)\b|\b(?:version|release"
    r"|product)\b.{0,30}\b(?:retire|sunset|discontinu|unsupported)"
    r"|\bbefore (?:we )?(?:end|stop|withdraw|discontinu)",
    re.IGNORECASE,
)
_NOTICE = lazily(
    r"\b(?:notice|advance|announc\w*|notif\w*|prior|before|ahead|warn\w*|in advance|publish\w*)\b", re.IGNORECASE
)
_SMALL = lazily(
    r"\b(?:api|apis|endpoints?|features?|functions?|flags?|options?|methods?|fields?|breaking changes?|parameters?"
    r"|interfaces?"
    r"|symbols?|headers?|metrics?|commands?|certificates?|keys?|domain|plan|subscription|contract|employment|terms)\b",
    re.IGNORECASE,
)
_INTERFACE = lazily(
    r"\bapi (?:versions?|v\d)[^.]{0,40}\b(?:support|maintain|guarantee)|\bversions? of the api\b|\bendpoint",
    re.IGNORECASE,
)
_PLAINLY = lazily(r"\bend[- ]of[- ](?:life|support|security)|\bsupport (?:ends?|will end|for)|\beol\b", re.IGNORECASE)
_DENIED = lazily(r"\b(?:not (?:be )?support|no longer|unsupported|not maintained|won't|will not)\b", re.IGNORECASE)
_AGED = lazily(
    r"\b(?:older than|inactiv|respon[ds]|acknowledg|within|every\s{0,2}$|triage|embargo|disclos|expire|trial|warrant)",
    re.IGNORECASE,
)


def rules(section: Section, path: str, own: frozenset[str], titled: bool, rows: bool) -> Iterator[Rule]:
    """The promises of a section; `titled`: its title or file says that it is about support or releases;
    `rows`: its tables count too, which state no lines of versions.
    """
    for said in said_in(section, rows=rows, quoted=False):
        if (rule := _rule(plain(said.text), said.line, path, own, titled)) and not is_demand(said):
            yield rule


def _rule(text: str, line: int, path: str, own: frozenset[str], titled: bool) -> Rule | None:
    def made(kind: RuleKind, span: Duration | None = None) -> Rule:
        return Rule(kind, path, line, text[:200], months(span) if span else None)

    lower = text.lower()
    spans = [one for one in durations(text) if one.days >= 7]
    ending = spans and _ENDING.search(text) and _NOTICE.search(text) and not third_party(text, own)
    if ending and (not _SMALL.search(text) or _PLAINLY.search(text)):
        for span in spans:
            if _is_notice(text, span):
                return made(RuleKind.NOTICE, span)
    if titled and not spans and _is_superseded(text) and not _INTERFACE.search(text) and not third_party(text, own):
        return made(RuleKind.UNTIL_NEXT)
    if not _SUPPORT.search(text) or not _VERSIONS.search(text) or third_party(text, own) or _INTERFACE.search(text):
        return None
    younger = _YOUNGER.search(text)
    if younger and (age := next(iter(durations(younger[1])), None)):
        return made(RuleKind.PERIOD, age)
    for span in spans:
        before, after = text[: span.offset], text[span.offset + len(span.text) :]
        if span.days < 25 or _AGED.search(before[-60:]) or re.match(r"\W{0,2}(?:old\b|ago\b|notice)", after):
            continue
        if _SUPPORT.search(before) and (_SUCCESSOR.match(after.lstrip(" ,")) or _FORMER.search(before)):
            return made(RuleKind.SUCCESSOR, span)
        if (_FOR.search(before) and _SUPPORT.search(before[-80:])) or (_FROM.match(after) and _SUPPORT.search(text)):
            return made(RuleKind.PERIOD, span)
    if _NEVER.search(text):
        return None
    if not titled:
        plain_ = _LATEST.search(lower) and "only" in lower and re.search(r"\b(?:supported|maintained)\b", lower)
        return made(RuleKind.LATEST) if plain_ and not _PROCESS.search(lower) else None
    if _UNTIL_NEXT.search(text):
        return made(RuleKind.UNTIL_NEXT)
    if _COUNT.search(lower):
        return made(RuleKind.COUNT)
    if _LATEST.search(lower) and not _OTHER.match(lower) and not (_PROCESS.search(lower) and "only" not in lower):
        return made(RuleKind.LATEST)
    return None


def _is_superseded(text: str) -> bool:
    """Whether a version ends when the next one comes: `when a new release is out, the previous one is unsupported`."""
    gone, out = _GONE.search(text), _NEXT_OUT.search(text)
    if gone is None or out is None or not -NEAR <= gone.start() - out.end() <= NEAR:
        return False
    return _SUBJECT.search(text[max(0, gone.start() - NEAR) : gone.start()]) is not None


def _is_notice(text: str, span: Duration) -> bool:
    """Whether a length of time is the notice itself: beside a word for it, and not how long support lasts."""
    before, after = text[max(0, span.offset - 60) : span.offset], text[span.offset + len(span.text) :][:60]
    near = _NOTICE.search(after) or re.search(
        r"\b(?:notice|announc\w*|notif\w*|advance|warn\w*|publish\w*)\b", before, re.IGNORECASE
    )
    return near is not None and not re.search(r"\b(?:supported|maintained) for\b", before, re.IGNORECASE)


def months(span: Duration) -> int:
    """The whole months that a length of time is, rounded down: a year of 365 days is twelve."""
    if span.unit in ("month", "year", "quarter"):
        return int(span.number * {"month": 1, "quarter": 3, "year": 12}[span.unit])
    return int(span.days * 12 / 365)
