"""What a repository shows of incidents that were told: logs, reports afterwards, status pages, advisories.

A status page's configuration says that there may be one, not that anything was told. Texts are known by what is in
them: a date and the parts that such a report has; names only choose what to open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sscop.artefacts.frameworks.texts import set_aside
from sscop.artefacts.nodes import Entries, Node, items, load, mapping, text
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.document import Document, Table, read
from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.templates import placeholder, unfilled
from sscop.artefacts.vulnerability_records import statements
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_TEXTS = "{md,markdown,mdx,rst,adoc,asciidoc}"
REPORTS = (
    f"**/{{postmortems,post-mortems,postmortem,post-mortem,incidents,incident-reports,incident_reports,post-incident,outages}}/**/*.{_TEXTS}",
    f"**/*{{postmortem,post-mortem,post_mortem,incident-report,incident_report,outage-report}}*.{_TEXTS}",
)
LOGS = (f"**/*{{incident,outage,breach}}*{{log,register,history}}*.{_TEXTS}",)
ADVISORIES = (
    f"**/{{security-advisories,security_advisories,advisories}}/**/*.{_TEXTS}",
    f"**/*security*advisor*.{_TEXTS}",
    f"**/{{CVE,GHSA}}-*.{_TEXTS}",
)
ISSUES = ("**/content/issues/*.md",)
UPPTIME = (".upptimerc.yml", ".upptimerc.yaml")
MANY = 60
"""Texts of one kind that are read."""
LIVE = 90
"""Days within which a monitor's history is one that goes on."""


class Notice(NamedTuple):
    """Something that was told of an incident. `kind` names it in words; `open` is whether it is said to go on still."""

    kind: str
    path: str
    line: int
    title: str
    day: date
    open: bool = False


class Hollow(NamedTuple):
    """What looks like a notice and is none, and why, as the end of a sentence."""

    path: str
    line: int
    why: str


class Link(NamedTuple):
    """Where notices are said to be, outside of the repository."""

    path: str
    line: int
    target: str


class Notices(NamedTuple):
    """Everything seen. `declared_none` are the logs that say that there was nothing."""

    found: tuple[Notice, ...]
    hollow: tuple[Hollow, ...]
    links: tuple[Link, ...]
    unread: tuple[Unread, ...]
    declared_none: tuple[Hollow, ...]


_PARTS = (
    r"impact|affected|severity", r"root cause|causes?\b|trigger|why did|what went wrong|contributing", r"timeline|chronology|sequence of events",
    r"resolution|resolved|mitigation|recovery|fix(?:ed)?\b|corrective|remediat", r"lessons|action items?|follow[ -]?ups?|next steps|prevention|actions",
    r"detection|what happened|summary|background",
)  # fmt: skip
_WANTED = 3
"""Parts, of those that reports after an incident have, that make a text one."""
_VULNERABILITY = lazily(r"\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-\w{4}){3})\b")
_NONE = lazily(r"\bno (?:[\w-]+ ){0,3}(?:incidents?|outages?|breach(?:es)?)\b", re.IGNORECASE)
_STARTER = lazily(
    r"\b(?:example|demo|sample|test|lorem|welcome to|hello world|dummy)\b|^(?:outage|incident|issue) ?(?:title|name)?$"
)
_STARTER_SITES = lazily(r"\b(?:google|hacker news|wikipedia|example|test broken site|ipv6 test)\b", re.IGNORECASE)
_FRONT_PAGES = lazily(
    r"(?:docs/)?(?:readme|support|security|index|contact|help|faq)\.\w+|\.github/(?:security|support|readme)\.\w+",
    re.IGNORECASE,
)
_STATUS = lazily(
    r"https?://(?:status\.[\w-]{2,60}(?:\.[\w-]{2,30}){1,3}|[\w-]{1,60}\.(?:statuspage\.io|instatus\.com|betteruptime\.com|betterstack\.com"
    r"|status\.page|hund\.io|statuspal\.io|sorryapp\.com|upptime\.js\.org)|[\w.-]{3,80}/status/?(?=$|[?#]))",
    re.IGNORECASE,
)
_OTHERS = lazily(
    r"https?://status\.(?:github|npmjs|python|heroku|circleci|openai|cloudflare|anthropic|azure|gitlab|docker|digitalocean|rubygems|crates"
    r"|stripe|twilio|slack|netlify|vercel|mailgun|northflank|quay|fly|bitbucket|snyk|sentry)\b|githubstatus|/actions/|/badge|docs\.github\.com|your[_-]?(?:org|name|project)|example\.(?:com|org)",
    re.IGNORECASE,
)
_ADVISED = lazily(
    r"https?://(?:github\.com/[\w.-]{1,100}/[\w.-]{1,100}/security/advisories/?(?!new|/new)(?=$|[?#])|[\w./-]{3,100}/security[-_]?advisories(?=$|[/?#]))",
    re.IGNORECASE,
)
_REPORTING = lazily(r"\breport(?:s|ed|ing)?\b|\bsubmit|\bdraft\b|\bopen (?:a|an)\b|\bprivate", re.IGNORECASE)
_ANNOUNCED = lazily(
    r"(?:groups\.google\.com|lists\.[\w.-]{3,60})\S{0,80}announce|[\w.-]{0,60}announce[\w.-]{0,20}@[\w.-]{3,60}",
    re.IGNORECASE,
)


def incident_notices(repo: Repository) -> Notices:
    """All of them; to be asked for as `repo.once(incident_notices)`."""
    found: list[Notice] = []
    hollow: list[Hollow] = []
    none: list[Hollow] = []
    unread: list[Unread] = []
    for reader, globs in ((_report, REPORTS), (_log, LOGS), (_advisory, ADVISORIES), (_issue, ISSUES)):
        for path in _candidates(repo, globs):
            document = read(repo, path)
            if isinstance(document, Unread):
                unread += [] if repo.gone(document) else [document]
                continue
            for one in reader(document, path):
                if isinstance(one, Notice):
                    found.append(one)
                else:
                    (none if one.why.startswith("says that there") else hollow).append(one)
    for said in (*_upptime(repo), *_structured(repo)):
        if isinstance(said, Notice):
            found.append(said)
        elif isinstance(said, Hollow):
            hollow.append(said)
        else:
            unread.append(said)
    distinct = {(one.path, one.line): one for one in found}
    return Notices(tuple(distinct.values()), tuple(hollow), tuple(_links(repo)), tuple(unread), tuple(none))


def _candidates(repo: Repository, globs: tuple[str, ...]) -> list[str]:
    found = [path for path in repo.find(*globs, family=Family.PROSE) if not set_aside(path)]
    return sorted(found, key=lambda path: (path.count("/"), path))[:MANY]


def _day(when: dates.When) -> date | None:
    """The day that is meant; of two readings the older one."""
    return when.first if when.kind is dates.Kind.AMBIGUOUS else when.last


def _when(document: Document, path: str) -> tuple[date | None, int]:
    """The day that a text is about: a field, the title, the name of the file, the first date in its first lines."""
    facts = metadata(document)
    if (dated := facts.dated("date", "created")) and (day := _day(dated.when)):
        return day, dated.line
    title = document.title
    line = title.line if title is not None else 1
    for said in (title or "", path.replace("_", "-").replace("/", " ")):
        if day := next((_day(one) for one in dates.find(said) if one.last), None):
            return day, line
    for section in document.sections[:3]:
        for piece in section.said():
            if day := next((one.last for one in dates.find(piece[:2000]) if one.day), None):
                return day, piece.line
    return None, line


def _report(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """A report after an incident: the parts stand as headings, in a table's first column, or before a colon."""
    heads = " | ".join(
        [one.key for one in document.sections if one.level]
        + [normal(row.cells[0]) for table in document.tables for row in table.rows[:40] if row.cells]
        + [
            normal(one.text.split(":", 1)[0][:60])
            for one in (*document.items, *document.paragraphs)
            if ":" in one.text[:60]
        ]
    )
    parts = sum(re.search(pattern, heads) is not None for pattern in _PARTS)
    if parts < _WANTED:
        return
    title = str(document.title or path.rsplit("/", 1)[-1])
    if why := unfilled(document, path):
        yield Hollow(path, 1, f"is a template: {why}")
        return
    day, line = _when(document, path)
    if day is None:
        yield Hollow(path, line, "is about an incident and states no date")
    else:
        yield Notice("report after an incident", path, line, title, day)


def _log(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """The rows of a log of incidents that have a date."""
    rows = 0
    for table in document.tables:
        at = table.column(r"\b(?:date|when|day|reported|occurred|started|discovered)\b")
        for row in table.rows if at is not None and _is_log(table) else ():
            cell = row.cell(at if at is not None else 0)
            day = _day(dates.read(cell)) if cell else None
            rest = " ".join(row.cells)
            if day is None or placeholder(rest) or _NONE.search(rest):
                continue
            rows += 1
            yield Notice("log of incidents", path, row.line, " ".join(rest.split())[:80], day)
    if not rows and (said := next((piece for piece in _all(document) if _NONE.search(piece)), None)):
        yield Hollow(path, getattr(said, "line", 1), "says that there was nothing to tell of")
    elif not rows and any(map(_is_log, document.tables)):
        yield Hollow(path, 1, "is a log of incidents without an entry that has a date")


def _is_log(table: Table) -> bool:
    return table.column(r"incident|description|impact|summary|title|what|service|severity") is not None


def _all(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield from section.said()


def _advisory(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """An advisory names its vulnerability in its title or facts; a list of them names some in its headings or tables."""
    title = str(document.title or "")
    name = path.rsplit("/", 1)[-1]
    named = _VULNERABILITY.search(f"{title} {name}") or re.search(
        r"\badvisory\b|\b[A-Z]{2,8}-(?:SA-)?\d{4}[-:]\d+", title
    )
    body = _VULNERABILITY.search(document.text[:20_000])
    day, line = _when(document, path)
    if named and (body or re.search(r"\baffected|\bversions?\b", document.text[:20_000], re.IGNORECASE)):
        if why := unfilled(document, path):
            yield Hollow(path, 1, f"is a template: {why}")
        elif day:
            yield Notice("security advisory", path, line, title[:80] or name, day)
        return
    for table in document.tables:
        for row in table.rows:
            rest = " ".join(row.cells)
            when = next((one.last for one in dates.find(rest[:2000]) if one.last), None)
            if when and _VULNERABILITY.search(rest):
                yield Notice("security advisory", path, row.line, " ".join(rest.split())[:80], when)
    for section in document.sections:
        when = next(
            (one.last for said in (section.title, *section.said()) for one in dates.find(said[:400]) if one.last), None
        )
        if section.level and when and _VULNERABILITY.search(section.title):
            yield Notice("security advisory", path, section.line, section.title[:80], when)


def _issue(document: Document, path: str) -> Iterator[Notice | Hollow]:
    """An issue of cstate's: front matter with the date, and whether it is resolved."""
    front = document.front
    if "date" not in front or not {"resolved", "severity", "affected", "resolvedWhen"} & front.keys():
        return
    title = text(front.get("title")) or ""
    day = dates.read(text(front.get("date")) or "").last
    if _STARTER.search(title.lower()):
        yield Hollow(path, 1, f"is a starter by its title: {title[:60]}")
    elif day is None:
        yield Hollow(path, 1, "is an issue of a status page without a date")
    else:
        going = text(front.get("resolved")) == "false" and text(front.get("informational")) != "true"
        yield Notice("issue of a status page", path, 1, title[:80], day, going)


def _upptime(repo: Repository) -> Iterator[Notice | Hollow | Unread]:
    """Upptime's configuration, and the history that it writes where it runs."""
    for path in filter(repo.has, UPPTIME):
        root = repo.parse(path, load)
        if isinstance(root, Unread):
            yield from () if repo.gone(root) else (root,)
            continue
        data = repo.text(path)
        sites = [" ".join(str(value) for value in mapping(one).values()) for one in items(mapping(root).get("sites"))]
        owner = text(mapping(root).get("owner")) or ""
        if isinstance(data, str) and "change these first" in data.lower() or owner.lower() in ("upptime", "koj-co", ""):
            yield Hollow(path, 1, "is the starter of a status page")
            continue
        if sites and all(_STARTER_SITES.search(one) for one in sites):
            yield Hollow(path, 1, "watches only the starter's own sites")
            continue
        live = [one for one in map(lambda name: _history(repo, name), repo.find("history/*.yml")) if one]
        if live:
            yield max(live, key=lambda one: one.day)
        else:
            yield Hollow(path, 1, "is the configuration of a status page without any history")


def _history(repo: Repository, path: str) -> Notice | None:
    root = repo.parse(path, load)
    if isinstance(root, Unread) or not isinstance(root, Entries) or "status" not in root:
        return None
    updated = text(root.get("lastUpdated"))
    day = dates.read(updated or "").last
    return (
        Notice("history of a status page", path, _line(root.get("lastUpdated")), text(root.get("url")) or "", day)
        if day
        else None
    )


def _line(node: Node | None) -> int:
    return node.line if node is not None else 1


def _structured(repo: Repository) -> Iterator[Notice | Hollow]:
    """Advisories in CSAF and OSV, and the configuration of a provider of CSAF."""
    for one in repo.once(statements).found:
        if one.example or not one.format.startswith(("CSAF", "OSV")):
            continue
        if one.day and one.statements:
            yield Notice("security advisory", one.path, one.line, one.title[:80] or one.statements[0].ident, one.day)


def _links(repo: Repository) -> Iterator[Link]:
    """Where a front page says that notices are: a status page, the platform's advisories, a list for announcements."""
    for path in repo.find(f"*.{_TEXTS}", f"{{docs,.github}}/*.{_TEXTS}"):
        if not _FRONT_PAGES.fullmatch(path):
            continue
        data = repo.read(path)
        if not isinstance(data, bytes):
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
            if "://" not in line and "@" not in line:
                continue
            for pattern in (_STATUS, _ADVISED, _ANNOUNCED):
                match = pattern.search(line[:2000])
                if match and not _OTHERS.search(match[0]) and not (pattern is _ADVISED and _REPORTING.search(line)):
                    yield Link(path, number, match[0][:160])
                    break
