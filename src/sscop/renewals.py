"""How often the end of a waiver was put off, by the history of the file that states it."""

from __future__ import annotations

from datetime import date

from sscop.artefacts.nodes import items, load, mapping, text
from sscop.config import LARGEST, PATH
from sscop.exceptions import Waiver
from sscop.repository import Malformed, Repository
from sscop.repository.revisions import Past, Revision, touching


def renewals(repo: Repository, waiver: Waiver) -> int | None:
    """How often; None where there is no history to look at."""
    changes = touching(repo, [PATH])
    if changes is None:
        return None
    past, ends = Past(repo), list[date]()
    for commit, day in changes:
        end = _end(past.text(Revision(commit, day, repo.facts.prefix + PATH), LARGEST) or "", waiver)
        ends += [end] if end else []
    ends.append(waiver.expires)
    return sum(after > before for before, after in zip(ends, ends[1:]))


def _end(source: str, waiver: Waiver) -> date | None:
    """The end that an earlier text states for the same finding; None where it states none."""
    try:
        stated = items(mapping(load(source)).get("waivers"))
    except Malformed:
        return None
    for one in map(mapping, stated):
        named = tuple(str(text(one.get(key)) or "") for key in ("check", "path", "subject"))
        if named == (waiver.check, waiver.path, waiver.subject):
            try:
                return date.fromisoformat(str(text(one.get("expires"))))
            except ValueError:
                return None
    return None
