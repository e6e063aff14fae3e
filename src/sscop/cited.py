"""What is known of the files that a report cites: when they changed, who owns them, when they are due for review.

Apart from the run, because it takes a walk through the history. Persons stay out: a role that a document names, or a
team.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sscop.artefacts.codeowners import Owners, code_owners
from sscop.artefacts.duties import duties
from sscop.artefacts.prose.dates import months_after
from sscop.artefacts.prose.document import Document, read
from sscop.artefacts.prose.metadata import metadata
from sscop.lazy import lazily
from sscop.report import Cited
from sscop.repository import Repository

_PROSE = (".md", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt")
_PERSON = lazily(r"@|\b[A-Z][a-z]+ [A-Z][a-z]+\b")
"""An address, a handle, or two words that look like a name."""


def described(repo: Repository, cited: Sequence[Cited]) -> tuple[Cited, ...]:
    """The cited files with what is known of them; "" for what is not."""
    changes = repo.last_changes([one.path for one in cited])
    owners = code_owners(repo)
    recurring = {one.path: one for one in duties(repo)}
    found = []
    for one in cited:
        day, commit = changes.get(one.path, ("", ""))
        duty = recurring.get(one.path)
        last = duty.days[-1] if duty else None
        due = months_after(last, duty.months) if duty and last and duty.months else ""
        found.append(
            one._replace(
                changed=str(day),
                commit=commit,
                owner=_owner(repo, one.path, owners if isinstance(owners, Owners) else None),
                reviewed=str(last or ""),
                due=str(due),
            )
        )
    return tuple(found)


def _owner(repo: Repository, path: str, owners: Owners | None) -> str:
    document = read(repo, path) if path.endswith(_PROSE) else None
    if isinstance(document, Document) and (stated := metadata(document).get("owner")):
        role = re.sub(r"\s+", " ", str(stated.value)).strip()[:80]
        if role and not _PERSON.search(role):
            return role
    rule = owners.of(path) if owners else None
    teams = [one for one in rule.owners if "/" in one] if rule else []
    return ", ".join(teams[:3])
