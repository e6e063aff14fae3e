"""What a repository shows of incidents that were told: logs, reports afterwards, status pages, advisories.

A status page's configuration says that there may be one, not that anything was told. Texts are known by what is in
them: a date and the parts that such a report has; names only choose what to open.
"""

from __future__ import annotations

from sscop.artefacts.frameworks.texts import set_aside
from sscop.artefacts.incident_notices.model import FIX, LIVE, Hollow, Link, Named, Notice, Notices
from sscop.artefacts.incident_notices.pages import fixes, links, structured, upptime
from sscop.artefacts.incident_notices.texts import advisory, issue, log, report
from sscop.artefacts.prose.document import read
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

__all__ = ["FIX", "LIVE", "Hollow", "Link", "Notice", "Notices", "incident_notices"]

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
_DATED = lazily(r"/(?:19|20)\d\d(?:-\d\d){0,2}")
"""Dates in paths: elsewhere they are of working papers, here of what happened."""
MANY = 60
"""Texts of one kind that are read."""


def incident_notices(repo: Repository) -> Notices:
    """All of them; to be asked for as `repo.once(incident_notices)`."""
    found: list[Notice] = []
    hollow: list[Hollow] = []
    none: list[Hollow] = []
    unread: list[Unread] = []
    for reader, globs in ((report, REPORTS), (log, LOGS), (advisory, ADVISORIES), (issue, ISSUES)):
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
    for said in (*upptime(repo), *structured(repo)):
        if isinstance(said, Notice):
            found.append(said)
        elif isinstance(said, Hollow):
            hollow.append(said)
        else:
            unread.append(said)
    told = list(fixes(repo))
    found += [one for one in told if isinstance(one, Notice)]
    away = (*links(repo), *(one for one in told if isinstance(one, Link)))
    named = tuple(one for one in told if isinstance(one, Named))
    distinct = {(one.path, one.line): one for one in found}
    return Notices(tuple(distinct.values()), tuple(hollow), away, tuple(unread), tuple(none), named)


def _candidates(repo: Repository, globs: tuple[str, ...]) -> list[str]:
    found = [path for path in repo.find(*globs, family=Family.PROSE) if not set_aside(_DATED.sub("/x", f"/{path}")[1:])]
    return sorted(found, key=lambda path: (path.count("/"), path))[:MANY]
