"""Status pages that keep their history as files, advisories in structured formats, and links to where notices are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sscop.artefacts.advisories.model import Advisory
from sscop.artefacts.advisories.published import published
from sscop.artefacts.incident_notices.model import FIX, Hollow, Link, Named, Notice
from sscop.artefacts.nodes import Entries, Node, items, load, mapping, text
from sscop.artefacts.prose import dates
from sscop.artefacts.vulnerability_records import statements
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

UPPTIME = (".upptimerc.yml", ".upptimerc.yaml")
_TEXTS = "{md,markdown,mdx,rst,adoc,asciidoc}"
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
    r"https?://(?:github\.com/[\w.-]{1,100}/[\w.-]{1,100}/security/advisories/?(?![\w/-])|[\w./-]{3,100}/security[-_]?advisories(?![\w-]))",
    re.IGNORECASE,
)
_REPORTING = lazily(r"\breport(?:s|ed|ing)?\b|\bsubmit|\bdraft\b|\bopen (?:a|an)\b|\bprivate", re.IGNORECASE)
_OURS = lazily(r"\[security\]|\bsecurity (?:fix|release|vulnerabilit)|\(security\)", re.IGNORECASE)
_MENDED = lazily(
    r"^\W{0,8}(?:CVE|GHSA)-|\b(?:fix(?:es|ed)?|resolve[sd]?|address(?:es|ed)?|patch(?:es|ed)?|mitigate[sd]?)\b[^\n]{0,120}\b(?:CVE|GHSA)-",
    re.IGNORECASE,
)
_NOT_OURS = lazily(
    r"\b(?:ignor\w+|suppress\w*|tests?|documentation|docs|vex|not[_ ]affected|revert\w*|false positives?|base images?"
    r"|avoid|erroneous|scan\w*|in (?:the )?(?:openssl|glibc|golang|go std\w*|libc\w*|log4j|curl|zlib)|openssl's?|glibc"
    r"|libseccomp|apk-tools|golang\.org|github\.com/(?!\S{1,200}/security/advisories/|\S{1,200}/(?:issues|pull|commit)/))",
    re.IGNORECASE,
)
"""What an entry says of other people's vulnerabilities, and of what was only written or hidden."""
_ANNOUNCED = lazily(
    r"(?:groups\.google\.com|lists\.[\w.-]{3,60})\S{0,80}announce|[\w.-]{0,60}announce[\w.-]{0,20}@[\w.-]{3,60}",
    re.IGNORECASE,
)


def upptime(repo: Repository) -> Iterator[Notice | Hollow | Unread]:
    """Upptime's configuration, and the history that it writes where it runs."""
    for path in filter(repo.has, UPPTIME):
        root = repo.parse(path, load)
        if isinstance(root, Unread):
            yield from () if repo.gone(root) else (root,)
            continue
        data = repo.text(path)
        sites = [" ".join(str(value) for value in mapping(one).values()) for one in items(mapping(root).get("sites"))]
        owner = text(mapping(root).get("owner")) or ""
        starter = isinstance(data, str) and "change these first" in data.lower()
        if starter or owner.lower() in ("upptime", "koj-co", ""):
            yield Hollow(path, 1, "is the starter of a status page")
            continue
        if sites and all(_STARTER_SITES.search(one) for one in sites):
            yield Hollow(path, 1, "watches only the starter's own sites")
            continue
        live = [one for name in repo.find("history/*.yml") if (one := _history(repo, name))]
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


def structured(repo: Repository) -> Iterator[Notice | Hollow]:
    """Advisories in CSAF and OSV, and the configuration of a provider of CSAF."""
    for one in repo.once(statements).found:
        if one.example or not one.format.startswith(("CSAF", "OSV")):
            continue
        if one.day and one.statements:
            yield Notice("security advisory", one.path, one.line, one.title[:80] or one.statements[0].ident, one.day)


def fixes(repo: Repository) -> Iterator[Notice | Link | Named]:
    """The vulnerabilities that a change log names: of the product itself with the day of the release, else a link.

    `Named` are those that may be a component's.
    """
    entries = [one for one in repo.once(published) if one.id and not one.own and not _NOT_OURS.search(one.text)]
    linked = Counter(_project(one.link) for one in entries if one.link)
    ours_is = max(linked, key=lambda name: linked[name], default="")  # of several projects the one that is linked most
    for one in entries:
        if one.link and _project(one.link) != ours_is:
            continue
        ours = one.link or one.security or _OURS.search(one.text)
        if one.published and ours:
            yield Notice(FIX, one.path, one.line, _titled(one), one.published)
        elif one.link:
            yield Link(one.path, one.line, one.link)
        elif one.published and _MENDED.search(one.text):
            yield Named(one.path, one.line, _titled(one))


def _project(link: str) -> str:
    return link.partition("/security/")[0].lower()


def _titled(one: Advisory) -> str:
    text = one.text.lstrip("-*+ ")[:80]
    return text if one.id.lower() in text.lower() else f"{one.id}: {text}"


def links(repo: Repository) -> Iterator[Link]:
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
