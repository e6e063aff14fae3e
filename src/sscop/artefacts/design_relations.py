"""How design records stand to each other and to the tree: numbers given twice, supersessions, links.

What is observed is a fact with its places; whether it matters is the check's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from posixpath import basename

from sscop.artefacts.design_criteria import CRITERIA, lacking
from sscop.artefacts.design_parts import Reference
from sscop.artefacts.design_records import Flavour, Record, Template
from sscop.artefacts.design_signatures import SHOWN, Observation, at, days, deciders, proposals, signed_at
from sscop.artefacts.design_state import State
from sscop.artefacts.prose.document import read
from sscop.artefacts.prose.inline import Link
from sscop.artefacts.prose.links import State as Found
from sscop.artefacts.prose.links import Tree
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository

_LOCALE = lazily(r"[-_.](?:[a-z]{2}|[a-z]{2}[-_][A-Za-z]{2})(?=\.\w+$)")
_PARTLY = lazily(r"part|amend|section|some", re.IGNORECASE)


def observations(
    repo: Repository, found: Sequence[Record | Template | Unread], recent: date, stale: date, today: date
) -> Iterator[Observation]:
    """All that is observed.

    Records from `recent` on are asked for their links one by one and for what they weigh; proposals that have been
    open since before `stale` are named.
    """
    records = [one for one in found if isinstance(one, Record)]
    tree = Tree(repo)
    for one in found:
        if isinstance(one, Template) and not one.named:
            yield Observation("unfilled", f"is a template still: {one.reason}", (Evidence(one.path, one.line),))
    yield from duplicates(records)
    yield from supersessions(records, tree)
    yield from links(records, tree, recent)
    yield from days(records, today)
    yield from deciders(records)
    yield from proposals(records, repo, stale)
    yield from weighed(records, repo, recent)


def weighed(records: Sequence[Record], repo: Repository, recent: date) -> Iterator[Observation]:
    """What recent accepted records do not weigh, in one observation."""
    young = [one for one in records if one.state is State.ACCEPTED and one.flavour is not Flavour.ASSESSMENT]
    young = [one for one in young if one.day and one.day.when.first and one.day.when.first >= recent]
    found = list(lacking(repo, young))
    counts = [(name, sum(name in missing for _, missing in found)) for name in CRITERIA]
    if found:
        shown = ", ".join(f"{name} ({count})" for name, count in counts if count)
        text = f"of {len(young)} accepted records since {recent}, those that say nothing of a criterion: {shown}"
        places = [signed_at(one)._replace(note=f"nothing of {', '.join(missing)}") for one, missing in found]
        yield Observation("criteria", text, tuple(places[:SHOWN]))


def duplicates(records: Sequence[Record]) -> Iterator[Observation]:
    """Each record whose number an earlier one of the same folder has; translations share one."""
    seen: dict[tuple[str, str], Record] = {}
    for record in records:
        if not record.number or (record.number == "0" and record.flavour is Flavour.PROCESS):
            continue
        first = seen.setdefault((record.folder, record.number), record)
        if first is not record and _LOCALE.sub("", first.path) != _LOCALE.sub("", record.path):
            text = f"has the number {record.number}, as has {basename(first.path)}"
            yield Observation("duplicate-number", text, (at(record), at(first)), record.number)


def supersessions(records: Sequence[Record], tree: Tree) -> Iterator[Observation]:
    """Accepted records over one that still reads as in force; records superseded by a number that no record has."""
    for record in records:
        for reference in record.supersedes if record.state is State.ACCEPTED else ():
            older = _named(record, reference, records, tree)
            if older is None or older is record or older.superseded_by or _PARTLY.search(reference.text):
                continue
            told = older.status is not None and "supers" in older.status.lower()
            if older.state in (State.ACCEPTED, State.PROPOSED) and not told:
                text = f"still reads as {older.state.value}; {basename(record.path)} says that it supersedes it"
                places = (signed_at(older), Evidence(record.path, reference.line))
                yield Observation("one-way-supersedes", text, places, basename(record.path))
        for reference in record.superseded_by if len(record.superseded_by) == 1 else ():
            lost = reference.number and not reference.target
            if lost and not any(one.number == reference.number for one in records):
                text = f"is superseded by {reference.number}, and no record has that number"
                yield Observation("lost-successor", text, (Evidence(record.path, reference.line),), reference.number)


def links(records: Sequence[Record], tree: Tree, recent: date) -> Iterator[Observation]:
    """Dead links: one by one in recent records and where they point to records, else all in one."""
    folders = {record.folder for record in records}
    old: list[Evidence] = []
    for record in records:
        young = record.state is not State.HISTORICAL and record.day and (record.day.when.last or recent) >= recent
        if not young and record.flavour is Flavour.PROCESS:
            continue  # hundreds of them, and all history
        document = read(tree.repo, record.prose)
        if isinstance(document, Unread):
            continue
        named: dict[str, Link] = {}
        for link in (*_references(record), *document.links):
            named.setdefault(link.target, link)
        for found in (tree.follow(document, record.prose, link) for link in named.values()):
            if found.state not in (Found.DEAD, Found.UNTRACKED):
                continue
            folder, _, name = found.path.rpartition("/")
            to_record = folder in folders and re.match(r"[A-Za-z]{0,4}[-_]?\d", name)
            place = Evidence(record.prose, found.link.line, found.link.target)
            if found.state is Found.UNTRACKED:
                text = f"links to `{found.link.target}`, which is not tracked by git"
                yield Observation("untracked-link", text, (place,), found.path)
            elif young or to_record:
                text = f"links to `{found.link.target}`, and nothing is there"
                yield Observation("dead-link", text, (place,), found.path)
            else:
                old.append(place)
    if old:
        yield Observation("old-links", f"links of older records to what is gone: {len(old)}", tuple(old[:SHOWN]))


def _references(record: Record) -> list[Link]:
    """The references to files that front matter and fields make."""
    named = (*record.supersedes, *record.superseded_by)
    return [Link(one.target, one.text, one.line) for one in named if re.search(r"[./]", one.target)]


def _named(record: Record, reference: Reference, records: Sequence[Record], tree: Tree) -> Record | None:
    """The record that a reference means: by its link, or by its number in the same folder."""
    document = read(tree.repo, record.path) if reference.target else None
    if document is not None and not isinstance(document, Unread):
        found = tree.follow(document, record.path, Link(reference.target, reference.text, reference.line))
        return next((one for one in records if found.path and one.path == found.path), None)
    same = [one for one in records if one.folder == record.folder and one.number == reference.number != ""]
    return same[0] if len(same) == 1 else None
