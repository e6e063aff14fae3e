"""What is known of the files that a report cites: when they changed, who owns them, when they are due for review.

Apart from the run, because it takes a walk through the history. Persons stay out: a role that a document names, or a
team.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sscop.artefacts.codeowners import Owners, code_owners
from sscop.artefacts.duties import duties
from sscop.artefacts.prose.dates import months_after
from sscop.artefacts.prose.document import Document, read
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.quantities import owners
from sscop.report import Cited
from sscop.repository import Repository

_PROSE = (".md", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt")


def described(repo: Repository, cited: Sequence[Cited], today: date) -> tuple[Cited, ...]:
    """The cited files with what is known of them; "" for what is not."""
    changes = repo.last_changes([one.path for one in cited])
    code = code_owners(repo)
    recurring = {one.path: one for one in duties(repo)}
    found = []
    for one in cited:
        day, commit = changes.get(one.path, ("", ""))
        duty = recurring.get(one.path)
        last = max((day for day in duty.days if day <= today), default=None) if duty else None
        due = months_after(last, duty.months) if duty and last and duty.months else ""
        found.append(
            one._replace(
                changed=str(day),
                commit=commit,
                owner=_owner(repo, one.path, code if isinstance(code, Owners) else None),
                reviewed=str(last or ""),
                due=str(due),
            )
        )
    return tuple(found)


def _owner(repo: Repository, path: str, code: Owners | None) -> str:
    document = read(repo, path) if path.endswith(_PROSE) else None
    if isinstance(document, Document) and (stated := metadata(document).get("owner")):
        said = " ".join(str(stated.value).split())[:80]
        roles = [one for one in owners(said) if one.kind == "role"]
        if len(roles) == 1 and len(roles[0].value) >= len(said) - len("the "):  # nothing but a role: no name beside it
            return roles[0].value
    rule = code.of(path) if code else None
    teams = [one for one in rule.owners if "/" in one] if rule else []
    return ", ".join(teams[:3])
