"""What texts say of alerts: that a bot or the platform tells of known vulnerabilities, as something that goes on.

What is only asked for, planned, switched off or taught ("enable Dependabot alerts in the settings") says nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.frameworks.texts import set_aside
from sscop.artefacts.prose.document import read
from sscop.artefacts.prose.sentences import said_in
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_TEXTS = "{md,markdown,rst,adoc,asciidoc}"
GLOBS = (f"*.{_TEXTS}", f".github/*.{_TEXTS}", f"{{docs,doc,documentation,handbook}}/**/*.{_TEXTS}")
MANY = 400
_BOT = r"(?:dependabot|renovate|github(?:'s)? (?:security|vulnerability|dependency) (?:alerts?|scanning)|snyk)"
_RAW = lazily(rb"(?i)dependabot|renovate|snyk|github.{0,4} (?:security|vulnerability|dependency)")
_ABOUT = (
    r"(?:security (?:alerts?|updates?|patch\w*|fix\w*|issues?|vulnerabilit\w+|advisor\w+)|vulnerabilit\w+|\bcves?\b"
    r"|\balerts?)"
)
_DOES = (
    r"(?:rais\w+|open(?:s|ed)?|creat\w+|sends?|notif\w+|alerts? (?:us|the|on|when|for)|flags?|report(?:s|ed)?"
    r"|monitor\w*|detect\w*"
    r"|scans?|checks?|watch\w*|tells?|warns?|propos\w+|identif\w+|(?:is|are) (?:enabled|switched on|turned on"
    r"|active|used|in use"
    r"|configured|set up|monitored|raised|triaged|reviewed|handled))"
)
_SAYS = lazily(
    rf"\b{_BOT}\b[^\n]{{0,120}}\b{_DOES}\b[^\n]{{0,120}}{_ABOUT}"
    rf"|\b{_BOT}\b[^\n]{{0,60}}{_ABOUT}[^\n]{{0,120}}\b{_DOES}\b"
    rf"|\b(?:dependabot|github(?:'s)? (?:security|vulnerability|dependency)|snyk) alerts?\b[^\n]{{0,120}}\b{_DOES}\b"
    rf"|{_ABOUT}[^\n]{{0,120}}\b{_DOES}\b[^\n]{{0,60}}\b(?:by|with|through|via|using) {_BOT}\b",
    2,
)
_NOT = lazily(
    r"^use\b|\b(?:not|n't|never|no longer|disabled?|off|should|must|shall|to enable|enable (?:it|them"
    r"|dependabot|github|the|security)"
    r"|consider|recommend\w*|you (?:can|should|may|could)|if|todo|planned|plan(?:s|ning)? to|proposed|could|may|might"
    r"|would|your|needs?|grant|optional\w*|settings? ?(?:>|\u2192|->)|add|install|fixed|bumps?|bumped|example)\b",
    2,
)
LONG = 600


def told_alerts(repo: Repository) -> Iterator[Evidence]:
    """The sentences that say so, in the order of the texts."""
    paths = [path for path in repo.find(*GLOBS, family=Family.PROSE) if not set_aside(path)]
    for path in sorted(paths, key=lambda path: (path.count("/"), path))[:MANY]:
        data = repo.read(path)
        if not isinstance(data, bytes) or not _RAW.search(data):
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            continue
        for section in document.sections:
            for said in said_in(section, rows=True):
                text = said.text[:LONG]
                if _SAYS.search(text) and not _NOT.search(text):
                    yield Evidence(path, said.line, text[:160])
