"""Who signed a design record and when, and for how long a proposal has been open.

What is observed is a fact with its places; whether it matters is the check's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sscop.artefacts.design_records import Flavour, Record
from sscop.artefacts.design_state import State
from sscop.artefacts.prose.dates import Kind
from sscop.lazy import NamedTuple
from sscop.model import Evidence
from sscop.repository import Repository

SHOWN = 10
"""The most places that one observation lists."""

_SIGNED = (Flavour.DECISION, Flavour.PROPOSAL)
"""A numbered process decides in its pull requests or meetings; its records seldom say who."""

FEW = 3
"""Up to so many records without a date are named one by one; more are the habit of a folder."""

ASKED = 40
"""The most proposals that git is asked the last change of."""

FIXES = {
    "duplicate-number": "give one of them the next free number, and change what links to it",
    "one-way-supersedes": "set its status to `superseded by` the newer record",
    "lost-successor": "name the record that superseded it",
    "dead-link": "let it point to what took its place, or take it out",
    "untracked-link": "git add the file",
    "undated": "add the day of the decision; `git log --diff-filter=A` knows when the record came in",
    "undecided": "name the roles that decided",
    "unfilled": "fill it in, or remove it",
    "abandoned": "accept it, or close it as `withdrawn` or `deferred`",
}


class Observation(NamedTuple):
    """Something seen about records: its code, in words, where, and what it is about (`key`)."""

    code: str
    text: str
    places: tuple[Evidence, ...]
    key: str = ""

    @property
    def fix(self) -> str:
        """What would settle it."""
        return FIXES.get(self.code, "")


def days(records: Sequence[Record], today: date) -> Iterator[Observation]:
    """Accepted records without a date, or with one that can't be or is still to come."""
    accepted = [record for record in records if record.state is State.ACCEPTED]
    bare: dict[tuple[str, Flavour], list[Record]] = {}
    for record in accepted:
        blank = next((fact for fact in record.unfilled if fact.field == "date"), None)
        if record.day is None and blank:
            text = f"is accepted, and its `{blank.name}` is `{blank.value[:40]}`, which is no date"
            yield Observation("undated", text, (Evidence(record.path, blank.line),))
            continue
        if record.day is None:
            bare.setdefault((record.folder, record.flavour), []).append(record)
            continue
        when, place = record.day.when, Evidence(record.path, record.day.line, record.day.when.text)
        if when.kind is Kind.IMPOSSIBLE:
            yield Observation("impossible-date", f"is dated {when.text}, which is no day", (place,))
        elif when.first and when.first > today:
            yield Observation("future-date", f"is accepted and dated {when.text}, after today", (place,))
    dated = _habit(accepted, lambda record: record.day is not None)
    for (folder, flavour), some in bare.items():
        habit = folder in dated and flavour is not Flavour.PROCESS
        code = "undated" if flavour is Flavour.DECISION or habit else "undated-form"
        if habit or (len(some) <= FEW and code == "undated"):
            for record in some:
                yield Observation(code, "is accepted and says no date", (signed_at(record),))
        else:
            text = f"accepted records of {folder or 'the root'} that say no date: {len(some)}"
            yield Observation(code, text, tuple(map(signed_at, some[:SHOWN])), folder)


def deciders(records: Sequence[Record]) -> Iterator[Observation]:
    """Accepted records that do not say who decided, where the others of the folder do, and all others in one."""
    accepted = [one for one in records if one.state is State.ACCEPTED and one.flavour in _SIGNED]
    named = _habit(accepted, lambda record: record.deciders is not None)
    silent = []
    for record in accepted:
        blank = next((fact for fact in record.unfilled if fact.field == "decider"), None)
        if record.deciders is not None:
            continue
        if blank:
            text = f"is accepted, and its `{blank.name}` is a placeholder still"
            yield Observation("undecided", text, (Evidence(record.path, blank.line, blank.value),))
        elif record.folder in named:
            text = "is accepted and does not say who decided, as the others here do"
            yield Observation("undecided", text, (signed_at(record),))
        else:
            silent.append(record)
    if silent:
        text = f"accepted records that do not say who decided: {len(silent)} of {len(accepted)}"
        yield Observation("no-deciders", text, tuple(map(signed_at, silent[:SHOWN])))


def proposals(records: Sequence[Record], repo: Repository, stale: date) -> Iterator[Observation]:
    """Proposals that have been open since before a day, by their own date or, without one, by git's."""
    asked = untold = 0
    process = []
    for record in records:
        if record.state is not State.PROPOSED or record.flavour is Flavour.ASSESSMENT:
            continue
        last = record.day.when.last if record.day else None
        if last is None and asked < ASKED:
            asked += 1
            changed = repo.last_change(record.path)
            last = changed[0] if changed else None
        untold += last is None
        if last is None or last >= stale:
            continue
        if record.flavour is Flavour.PROCESS:
            process.append(signed_at(record))
            continue
        shown = f"`{str(record.status).strip().strip('.')[:40]}`"
        text = f"has been {shown} since {last}" if record.day else f"is {shown} and unchanged since {last}"
        yield Observation("abandoned", text, (signed_at(record)._replace(date=last.isoformat()),))
    if process:
        text = f"proposals that have been open since before {stale}: {len(process)}"
        yield Observation("open-proposals", text, tuple(process[:SHOWN]))
    if untold:
        text = f"proposals that say no date, and whose history in git is not here: {untold}"
        yield Observation("untold", text, ())


def at(record: Record) -> Evidence:
    """A record's title."""
    return Evidence(record.path, record.line)


def signed_at(record: Record) -> Evidence:
    """The line of a record's status, or of its title."""
    return Evidence(record.path, record.status.line if record.status else record.line)


def _habit(records: Sequence[Record], says: Callable[[Record], bool]) -> set[str]:
    """The folders where more than half of the records say something."""
    counts: dict[str, list[bool]] = {}
    for record in records:
        counts.setdefault(record.folder, []).append(says(record))
    return {folder for folder, said in counts.items() if sum(said) * 2 > len(said)}
