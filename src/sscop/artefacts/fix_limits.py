"""Time limits for fixing vulnerabilities, as policies state them: a severity, and within how many days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.lifecycle import places
from sscop.artefacts.lifecycle.names import names
from sscop.artefacts.lifecycle.words import third_party
from sscop.artefacts.others_demands import is_demand, is_mapping, is_of_others
from sscop.artefacts.prose.document import Document, Section, Table, read
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.quantities import Duration, durations
from sscop.artefacts.prose.sentences import Sentence, said_in
from sscop.artefacts.prose.templates import meant
from sscop.artefacts.report_words import ANSWERS, FIXES
from sscop.artefacts.severities import usual
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

ANY = "any"
"""The severity of a limit that names none."""

_SPEAKING = lazily(
    r"^security\b|security[-_ ](?:policy|polic|process|response|releases?|updates?)|vulnerab|patch|disclosure|incident"
    r"|\bsla\b|support[-_ ]polic|^support\b"
    r"|remediation|cvss|severity",
    re.IGNORECASE,
)
_WORDS = lazily(r"vulnerabilit|security (?:fix|patch|update)|remediat")
_ABOUT = lazily(
    r"secur|vulnerab|patch|remediat|disclos|severity|\bsla\b|response|timeline|time ?frame|fix|resolution|expect"
    r"|process|incident|support"
)
_SEVERITY = lazily(
    r"(?<!non-)(?<!not )(?<!non )\b(critical|high|medium|moderate|low|severe|important|minor)\b(?![- ](?:priority"
    r"|level|quality"
    r"|availab|performance|latency|traffic|privilege))",
    re.IGNORECASE,
)
_FIX = lazily(rf"\b(?:{FIXES}|releas(?:e|ed)|security updates?|hot ?fix|deploy(?:ed)?)\b", re.IGNORECASE)
_ANSWER = lazily(
    rf"\b(?:{ANSWERS}|initial|contact|status|update you|inform\w*|notif\w*|investigat\w*|report(?:er)?s? back"
    r"|hear back|get back|meeting|rca|review(?:s|ed)?|post-?mortem|recorded|logged|decommission\w*|embargo|disclos\w*"
    r"|publicly|bounty|wait|retention|ignored)\b",
    re.IGNORECASE,
)
_VAGUE = lazily(
    r"\b(?:as (?:soon|quickly|fast) as (?:possible|practic\w+)|promptly|in a timely manner|timely|immediately"
    r"|without (?:undue )?delay|quickly|best effort)\b",
    re.IGNORECASE,
)
_PROMISE = lazily(
    r"\b(?:we|our|will|shall|team|aim)\b.{0,120}\b(?:fix|patch|releas|address|remediat|resolv|mitigat)"
    r"|\b(?:vulnerabilit|security (?:issue|fix|bug))\w*.{0,40}\bwill be"
    r"|\bsecurity (?:fixes|updates|patches).{0,60}\bas soon",
    re.IGNORECASE,
)
_SECURITY = lazily(r"secur|vulnerab|patch|\bcve\b|severity|incident")
_LIMIT = lazily(
    r"\b(?:within|in|under|after|at most|no later than|less than|up to|target\w*|sla|max\w*)\b|[<\u2264:|~-]\s*$",
    re.IGNORECASE,
)
_SUPPORTED = lazily(r"\b(?:supported|maintained)\b", re.IGNORECASE)
_TELLS = lazily(r"\W{0,4}(?:disclos|communicat|notif|announc)", re.IGNORECASE)
_TOLD = lazily(r"\b(?:announc|disclos|details|publish)", re.IGNORECASE)
_FIXED = lazily(r"\s*(?:after|following)\s+(?:the\s+)?(?:availab|release|update|fix|patch|publication)", re.IGNORECASE)
_NUMBER_ONLY = lazily(r"fix|patch|remediat|resol|mitigat|sla|target|time ?(?:frame|line|limit)|deadline|due|window")


class Limit(NamedTuple):
    """Within how many `days` what is this severe is fixed; `working`: business days, of which five make a week."""

    severity: str
    days: float
    text: str
    path: str
    line: int
    working: bool = False

    @property
    def calendar(self) -> float:
        """The limit in calendar days, at the longest."""
        return self.days * 7 / 5 + 2 if self.working else self.days


class Limits(NamedTuple):
    """The limits, and sentences that promise speed without a figure (path, line, text), the policy's first."""

    limits: tuple[Limit, ...]
    vague: tuple[tuple[str, int, str], ...]
    unread: tuple[Unread, ...]
    template: tuple[str, int, str] | None = None

    def of(self, severity: str) -> Limit | None:
        """The limit for a severity, the longest where several are stated; else the one that names none."""
        alike = [one for one in self.limits if one.severity == severity] or [
            one for one in self.limits if one.severity == ANY or severity == ANY
        ]
        return max(alike, key=lambda one: one.calendar, default=None)


def fix_limits(repo: Repository) -> Limits:
    """What the repository's policies promise; ask for it through `repo.once`."""
    own = repo.once(names)
    limits: list[Limit] = []
    vague: list[tuple[str, int, str]] = []
    unread: list[Unread] = []
    template = None
    for path, named in places.prose(repo, _SPEAKING, _WORDS, wide=False):
        document = read(repo, path)
        if isinstance(document, Unread):
            unread += [document] if re.search(r"(?i)(?:^|/)security\.", path) and not repo.gone(document) else []
            continue
        found, loose = _of(document, path, named, own)
        if reason := meant(document, path) if found else "":
            template = (path, 1, reason)
            continue
        limits += found
        vague += loose
    vague.sort(key=lambda one: not re.search(r"(?i)(?:^|/)security\.\w+$", one[0]))
    return Limits(tuple(limits), tuple(vague), tuple(unread), template)


def _of(
    document: Document, path: str, named: bool, own: frozenset[str]
) -> tuple[list[Limit], list[tuple[str, int, str]]]:
    limits: list[Limit] = []
    vague: list[tuple[str, int, str]] = []
    chain: list[Section] = []
    for section in document.sections:
        while chain and chain[-1].level >= section.level:
            chain.pop()
        chain.append(section)
        titles = " / ".join(one.title.lower() for one in chain if one.level)
        if not (named and _ABOUT.search(titles or path.lower())) and not re.search(r"secur|vulnerab|patch", titles):
            continue
        for table in () if is_mapping(titles) else section.tables:
            limits += [] if is_of_others(table.header) else _table(table, path, titles)
        speaks = _SECURITY.search(f"{path.lower()} {titles}") is not None
        for one in said_in(section):
            said = one.text
            if not speaks and not _SECURITY.search(said.lower()):
                continue
            found = [] if third_party(said, own) or is_demand(one) else list(_sentence(one, path, titles))
            limits += found
            if not found and _VAGUE.search(said) and _PROMISE.search(said):
                vague.append((path, one.line, said[:140]))
    return limits, vague


def _table(table: Table, path: str, titles: str) -> Iterator[Limit]:
    heads = [normal(cell) for cell in table.header]
    fixing = [n for n, one in enumerate(heads) if _NUMBER_ONLY.search(one) and not _ANSWER.search(one)]
    for row in table.rows:
        whole = " | ".join(row.cells)
        severe = _SEVERITY.findall(row.cells[0]) if row.cells else []
        if not severe and not (_FIX.search(row.cells[0] if row.cells else "") and not _ANSWER.search(row.cells[0])):
            severe = _SEVERITY.findall(whole)
            if not severe:
                continue
        own = bool(row.cells and _FIX.search(row.cells[0]))
        answers = bool(row.cells and _ANSWER.search(row.cells[0]) and not own)
        if answers:
            continue
        for n, cell in enumerate(row.cells[1:], 1):
            title = heads[n] if n < len(heads) else ""
            if not (n in fixing or own or re.search(r"remediat|patch|fix", titles)) or _ANSWER.search(title):
                continue
            if n not in fixing and not _LIMIT.search(cell):
                continue
            found = [span for span in durations(cell) if span.days >= 1 / 24]
            plainly = [one for one in found if _FIX.search(re.split(r"[,;]", cell[: one.offset])[-1])]
            found = plainly or found  # `ticket within 2 weeks, fix within 6 weeks`
            for span in found[: 1 if len(severe) else 3]:
                near = _SEVERITY.findall(cell[span.offset : span.offset + 40]) if not severe else []
                for one in severe or near or [ANY]:
                    yield _limit(one, span, cell, path, row.line)
            if found:
                break


def _sentence(one: Sentence, path: str, titles: str) -> Iterator[Limit]:
    """`Critical: fix within 7 days`; `we aim to publish a fix within 90 days`: a verb, a limit, no mere answer."""
    said = one.text
    spans = [one for one in durations(said) if 1 / 24 <= one.days <= 800]
    if not spans:
        return
    plainly = _FIX.search(said)
    by_title = re.search(r"fix|patch|remediat|resolution", titles)
    severe = list(_SEVERITY.finditer(said))
    if not plainly and not (by_title and severe):
        return
    for span in spans:
        before = said[: span.offset]
        if not _LIMIT.search(before[-30:]) and not re.match(
            r"\W{0,2}(?:for|of|after|from|\()", said[span.offset + len(span.text) :]
        ):
            continue
        behind = said[span.offset + len(span.text) :]
        if _SUPPORTED.search(before) or _TELLS.match(before) or (_TOLD.search(before) and _FIXED.match(behind)):
            continue  # how long versions are supported, or when somebody is told
        clause = re.split(r"[;,]\s|\band\b|\(", before)[-1]
        verb = clause if _FIX.search(clause) or _ANSWER.search(clause) else before
        fixes = [one.start() for one in _FIX.finditer(verb)]
        answers = [one.start() for one in _ANSWER.finditer(verb)]
        if answers and (not fixes or max(answers) > max(fixes)):
            continue
        if not fixes and not (by_title and severe):
            continue
        after = (
            _SEVERITY.match(said[span.offset + len(span.text) :].lstrip(" (for"))
            if not severe or severe[0].start() > span.offset
            else None
        )
        near = [one for one in severe if one.start() < span.offset]
        names = [after[1]] if after else [one[1] for one in _together(said, near)] or [ANY]
        for name in names:
            yield _limit(name, span, said, path, one.line)


def _together(said: str, near: list[re.Match[str]]) -> list[re.Match[str]]:
    """The last severity before a limit, with those that stand right beside it (`high or critical`)."""
    kept = near[-1:]
    for one in reversed(near[:-1]):
        if re.fullmatch(r"\W{1,3}(?:and|or|and/or)?\W{0,3}", said[one.end() : kept[0].start()], re.IGNORECASE):
            kept.insert(0, one)
        else:
            break
    return kept


def _limit(name: str, span: Duration, said: str, path: str, line: int) -> Limit:
    return Limit(usual(name), span.days, said[:140], path, line, span.working)
