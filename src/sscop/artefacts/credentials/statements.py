"""What documents say of the first password: a fixed one that is printed there, or one that is made at installation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.credentials.words import Held, value
from sscop.artefacts.prose.document import Item, Paragraph, Section, Table, read
from sscop.artefacts.prose.inline import Words
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_PAGES = (
    "{README,INSTALL,INSTALLATION,QUICKSTART,GETTING_STARTED,GETTING-STARTED,DEPLOY,DEPLOYMENT,DOCKER,USAGE}*.{md,rst,adoc}",
    "{docs,doc,documentation,website,site,content,manual}/**/*.{md,mdx,rst,adoc}",
    "{docker,deploy,helm,charts}/**/README.md",
)
_NAMED = lazily(
    r"(?:install|start|setup|set-up|deploy|docker|log-?in|admin|auth|config|secur|host|first|usage|guide|index|faq|readme"
    r"|quick|kubernetes|helm)[^/]*\Z",
    re.IGNORECASE,
)
MOST = 400
"""Documents that are looked through for the words below."""
_TELLING = (
    lazily(rb"default[^\n]{0,40}(?:password|credential|login|account)"),
    lazily(rb"log ?in[^\n]{0,60}(?:admin|root|password)"),
    lazily(rb"sign ?in[^\n]{0,60}(?:admin|root|password)"),
    lazily(rb"initial[^\n]{0,30}password"),
    lazily(rb"random[^\n]{0,30}password"),
    lazily(rb"password[^\n]{0,60}generat"),
    lazily(rb"admin[`\"'* ]{0,4}[/:][`\"'* ]{0,4}\w"),
)
"""Each begins with a literal, so that most of a text is passed over quickly."""
_ASIDE = lazily(
    r"develop|contribut|\btest|e2e|\blocal(?!e|i)|\bdev\b|demo|example|sandbox|playground|tutorial|migrat|upgrad|changelog"
    r"|release[- ]notes|blog|troubleshoot|archive|/v?\d+\.\d+",
    re.IGNORECASE,
)
_DEFAULT = lazily(r"\bdefaults?\b|\binitial\b|\bout of the box\b|\bpre-?configured\b|\bbuilt-?in\b", re.IGNORECASE)
_LOGIN = lazily(
    r"\b(?:log|sign)(?:ged|ging|ing)?[- ]?(?:in|into)\b|\blog on\b|\blogin user\b|\buse the (?:user|credential)",
    re.IGNORECASE,
)
_USER = r"(?:admin(?:istrator)?|root|superuser|sysadmin|guest|\w[\w.+-]{0,30}@[\w.-]{1,40})"
_WORD = r"([\w!@#$%^&+.-]{3,40})"
_QUOTE = r"[`\"'*\u201c]"
_PAIR = lazily(
    rf"{_QUOTE}({_USER})[`\"'*\u201d:]{{1,3}}\s{{0,3}}(?:/|:|and|with|\(?)\s{{0,3}}(?:the )?(?:password\W{{0,3}})?"
    rf"{_QUOTE}{{1,3}}{_WORD}"
    rf"|[`\"'*\u201c(]({_USER}) ?[/:] ?{_WORD}[`\"'*\u201d)]"
    rf"|(?<![\w/.:@])({_USER}),? (?:and|with) (?:the )?password (?:is |of |: ?)?{_QUOTE}{{0,3}}{_WORD}"
    rf"|(?<![\w/.:@])({_USER}) ?/ ?(admin\w*|passw\w*|change\w*|root|\w*\d\w*)(?![\w/])",
    re.IGNORECASE,
)
_PASSWORD = lazily(
    r"\bpassw(?:or)?d\b[^\w`\"'\n]{0,6}(?:\b(?:is|of|as|to|was|will be|set to)\b|[:=|])?[^\w\n]{0,6}?[`\"'\u201c*]{1,3}"
    r"([\w!@#$%^&+.-]{3,40})[`\"'\u201d*]",
    re.IGNORECASE,
)
_PLAIN = lazily(
    r"\bpassw(?:or)?d\b\**`?\s{0,3}[:=]\**\s{0,3}[`\"'*]{0,3}([\w!@#$%^&+.-]{3,40})(?=[`\"'*).,;]{0,3}(?:\s|\Z))",
    re.IGNORECASE,
)
_NONE = lazily(
    r"\bno (?:\w+ ){0,2}(?:default|initial)|random|generat|\bnever\b|removed|no longer|previous|\bused to be\b|before v"
    r"|\bif you\b[^.\n]{0,30}(?:set|chose|configured)|you (?:set|chose|created|provided|specified|entered|configured)"
    r"|\be\.g\.|for example|policy|policies|attack|brute|weak|change all|vendor|third[- ]party",
    re.IGNORECASE,
)
_OTHERS = lazily(
    r"grafana|keycloak|pgadmin|phpmyadmin|rabbitmq|minio|mailhog|mailpit|mailcatcher|sonarqube|jenkins|kibana|elastic\w*"
    r"|portainer|nexus|artifactory|adminer|airflow|superset|jaeger|zookeeper|activemq|wildfly|tomcat|postgres\w*|mysql"
    r"|mongo\w*|redis|router|switch|oracle|mssql|sql server|ldap",
    re.IGNORECASE,
)
_FORCED = lazily(
    r"(?:forced|required|asked|prompted|obliged|have|need) to (?:\w+ ){0,3}(?:change|set|choose|reset|pick)"
    r"|must (?:be changed|change)[^.\n]{0,40}(?:first|login|log in)"
    r"|(?:changed?|reset) (?:\w+ ){0,3}(?:on|at|after|upon) (?:the |your )?first[- ](?:log ?in|sign[- ]?in|use)",
    re.IGNORECASE,
)
_MADE = lazily(
    r"(?:random(?:ly)?|automatically|auto)[- ](?:\w+[- ]){0,2}passw"
    r"|passw(?:or)?ds?\b[^.\n]{0,60}\b(?:is|gets|are|will be|be)\b[^.\n]{0,20}"
    r"(?:random|generated|auto)|generates? (?:an?|the) (?:\w+ ){0,3}passw"
    r"|(?:prompted|asked) to (?:create|set|choose|enter)[^.\n]{0,30}(?:admin|passw)",
    re.IGNORECASE,
)
_IN_TABLE = lazily(r"\|[^|\n]{0,40}passw[^|\n]{0,40}\|?", re.IGNORECASE)
_FIRST = lazily(r"\badmin|\binitial|\broot\b|\bfirst\b|\bdefault", re.IGNORECASE)


class Statement(NamedTuple):
    """What a document says. `fixed`: it prints the password; else the password is made at installation.

    `forced`: it says that the product makes people change it.
    """

    path: str
    line: int
    fixed: bool
    forced: bool = False


def statements(repo: Repository) -> Iterator[Statement]:
    """What the README and the pages about installing, logging in and configuring say."""
    for path in list(filter(_NAMED.search, repo.find(*_PAGES, family=Family.PROSE)))[:MOST]:
        data = repo.read(path)
        if isinstance(data, Unread) or _ASIDE.search(path) or not _promises(data):
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            continue
        product = f"{path} {document.title or ''}"
        chain: list[Section] = []
        for section in document.sections:
            chain = [*(one for one in chain if one.level < section.level), section]
            if not _ASIDE.search(" / ".join(str(one.title) for one in chain[1:] or chain)):
                yield from _said(path, section, product)


def _promises(data: bytes) -> bool:
    """Whether two lines together may be a statement: parsing a page takes far longer than this."""
    lower = data.lower()
    if not any(one.search(lower) for one in _TELLING):
        return False
    lines = data.decode("utf-8", "replace").split("\n")
    for here, after in zip(lines, [*lines[1:], ""]):
        small = here.lower()
        if (
            "passw" in small or "login" in small or "admin" in small or "credential" in small or "root" in small
        ) and any(
            pattern.search(f"{here[:1500]} {after[:1500]}") for pattern in (_PAIR, _PASSWORD, _PLAIN, _MADE, _IN_TABLE)
        ):
            return True
    return False


def _said(path: str, section: Section, product: str) -> Iterator[Statement]:
    title = str(section.title)
    for n, block in enumerate(section.blocks):
        after = section.blocks[n + 1 : n + 2]
        near = " ".join(one.text for one in after if isinstance(one, (Paragraph, Item)))
        if isinstance(block, Table):
            column = block.column("passw")
            header = " ".join(block.header)
            for row in block.rows:
                cell = row.cell(column) if column is not None else None
                given = f"{header}: password `{cell}`" if cell else " ".join(one.raw for one in row.cells)
                yield from _piece(path, row.line, given, title, near, product)
        elif isinstance(block, (Paragraph, Item)):
            for line, sentence in _sentences(block.text):
                yield from _piece(path, line, sentence, title, f"{block.text} {near}", product)


def _sentences(text: Words) -> Iterator[tuple[int, str]]:
    at = 0
    for match in re.finditer(r"(?:[.!?](?=\s)|\n\s{0,3}\n)|\Z", text.raw[:5000]):
        sentence = text.raw[at : match.end()]
        lead = len(sentence) - len(sentence.lstrip())
        if sentence.strip():
            yield text.line + text.raw.count("\n", 0, at + lead), sentence.strip()
        at = match.end()


def _piece(path: str, line: int, said: str, title: str, near: str, product: str) -> Iterator[Statement]:
    said = said[:1500]
    if _MADE.search(said) and _FIRST.search(f"{title} {said}"):
        yield Statement(path, line, fixed=False)
        return
    context = f"{title} {said}"
    if not (_DEFAULT.search(context) or _LOGIN.search(said)) or _NONE.search(said):
        return
    others = {match.lower() for match in _OTHERS.findall(context)}
    if any(other not in product.lower() for other in others):
        return
    found = [*("".join(one[1::2]) for one in _PAIR.findall(said)), *_PASSWORD.findall(said), *(_PLAIN.findall(said))]
    if any(_is_password(one) for one in found):
        yield Statement(path, line, fixed=True, forced=bool(_FORCED.search(f"{said} {near}")))


_NO_PASSWORD = lazily(
    r"(?:password|passwd|username|user|login|email|and|the|your|with|from|above|below|that|this|you|is|are|role|group|panel|page|settings?"
    r"|account|interface|console|dashboard|users?|api|ui|url|portal|area|section|rights?|privileges?|permissions?|docs?|manual|auth"
    r"|guide|token|key|for|field|will|can|must|should|be|in|on|to|not|configuration|config|non[-\w]*|members?|owners?)\Z|[A-Z][A-Z0-9]*_[A-Z0-9_]+\Z|--?\w+"
    r"|\w+\.(?:\w+\.)*\w{2,}\Z|[\w-]+-(?:password|secret)\Z",
)


def _is_password(text: str) -> bool:
    text = text.rstrip(".,;:)")
    return value(text).held is Held.LITERAL and not _NO_PASSWORD.match(text)
