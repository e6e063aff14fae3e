"""An advisory in whichever form it comes, and the names that advisories and severities go by."""

from __future__ import annotations

import re
from datetime import date

from sscop.artefacts.report_words import CVE, GHSA
from sscop.lazy import NamedTuple, lazily

ID = lazily(rf"\b(?:{CVE}|{GHSA}|[A-Z]{{2,12}}-SA-\d{{2,4}}[-:]\d{{1,5}})\b", re.IGNORECASE)
"""Names that stand for an advisory wherever they are written."""
NUMBERED = lazily(rf"\b(?:{CVE}|{GHSA}|[A-Z]{{2,10}}-\d{{4}}-\d{{2,6}})\b", re.IGNORECASE)
"""Those, and a register's own numbers (`ACME-2026-01`), which mean one where a text is about advisories."""


class Advisory(NamedTuple):
    """A vulnerability: its id ("" without one) or what is said of it, and where.

    The days: when it was `reported`, `published` and `fixed`, each None where that is not stated; `versions` are the
    first ones without it. `severity` is one of the four usual ones or "". `line` is where the day of the fix stands, or
    where it begins. `own`: it has a file of its own, and is no entry of a changelog. Of such an entry: `security`,
    whether it stands below a heading on security; `link`, the address of the advisory that it links.
    """

    id: str
    path: str
    line: int
    severity: str = ""
    reported: date | None = None
    published: date | None = None
    fixed: date | None = None
    versions: tuple[str, ...] = ()
    text: str = ""
    own: bool = True
    security: bool = False
    link: str = ""

    @property
    def known(self) -> date | None:
        """The day from which the time to the fix is counted."""
        return self.reported or self.published
