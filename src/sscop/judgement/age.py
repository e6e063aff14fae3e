"""Is a record current: by the date that it states, else by its last change; and against the code that it covers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.nodes import Node, text
from sscop.artefacts.prose.dates import months_after, months_before
from sscop.artefacts.prose.quantities import months
from sscop.lazy import NamedTuple
from sscop.model import Because, Evidence, Finding, Kind, unknown, unmet

Change = Callable[[str], "tuple[date, str] | None"]
"""The last change of a file or folder, as `Repository.last_change` gives it."""

Find = Callable[..., "list[str]"]
"""The files that match any of some globs, as `Repository.find` gives them."""

MANY = 10
"""Files that a glob such as `src/*/auth.py` may stand for when each is asked for its history."""


class Age(NamedTuple):
    """How old a record is.

    `day` is None where neither the record nor the history tells; `stated` says whether the record does. `due` is the
    last day on which it is current. `moved` are the covered paths that changed later, with the day of the change.
    """

    day: date | None
    stated: bool
    due: date | None
    overdue: bool
    future: bool
    moved: tuple[tuple[str, date], ...]
    untold: tuple[str, ...]
    """Covered paths whose history can't be had here."""
    void: tuple[str, ...]
    """What is said to be covered and names nothing."""
    commit: str = ""

    def findings(self, place: Evidence, kind: Kind) -> Iterator[Finding]:
        """What is not current, at the place that states the review; `review-overdue` comes with the calendar alone."""
        place = place._replace(date=self.day.isoformat() if self.day else None, commit=self.commit or None)
        if self.day is None:
            yield unknown(
                "undated", "states no date of review, and there is no history here to tell its last change", place
            )
        elif self.future:
            said = f"is said to be reviewed on {self.day}, which is to come"
            yield unmet("future-review", said, place, because=Because.CONTRADICTED, kind=kind)
        elif self.overdue:
            said = f"was last {'reviewed' if self.stated else 'changed'} on {self.day}; a review was due by {self.due}"
            yield unmet("review-overdue", said, place, kind=kind)
        for covered, day in self.moved:
            said = f"`{covered}`, which this covers, changed on {day}, after the review of {self.day}"
            yield unmet("review-due", said, place, kind=Kind.ADVICE, key=covered)
        if self.untold:
            named = ", ".join(f"`{one}`" for one in self.untold)
            said = f"found no history of {named} here, so changes of it could not be compared with the review"
            yield unmet("history-missing", said, place, kind=Kind.ADVICE)
        for covered in self.void:
            yield unmet(
                "covers-nothing",
                f"`{covered}` is covered by it, but names no file here",
                place,
                kind=Kind.ADVICE,
                key=covered,
            )


def age(
    stated: date | None, path: str, covers: Sequence[str], today: date, months: int, find: Find, change: Change
) -> Age:
    """The age of a record; the history is asked only for what the record doesn't state."""
    day, commit = stated, ""
    if day is None and (found := change(path)):
        day, commit = found
    if day is None:
        return Age(None, False, None, False, False, (), (), ())
    moved, untold, void = [], [], []
    for glob in dict.fromkeys(covers):
        changes = [change(one) for one in _places(glob, find)]
        later = [one[0] for one in changes if one and one[0] > day]
        if not changes:
            void.append(glob)
        elif later:
            moved.append((glob, max(later)))
        elif None in changes:
            untold.append(glob)
    overdue, future = day < months_before(today, months), stated is not None and day > today
    due = months_after(day, months)
    return Age(day, stated is not None, due, overdue, future, tuple(moved), tuple(untold), tuple(void), commit)


def interval(settings: Mapping[str, Node], usual: str = "12 months") -> int | Finding:
    """The months that the setting `interval` states, else the usual ones; a finding where it states no time."""
    found = months(text(settings.get("interval")) or usual)
    return unknown("setting", f"`interval` is a length of time, such as {usual}") if found is None else found


def _places(glob: str, find: Find) -> list[str]:
    """The folder that a glob means with all below it, or the files that it matches; nothing where there is nothing."""
    folder = re.sub(r"(?:/|^)(?:\*\*?/?)+$", "", glob).rstrip("/")
    if not folder:
        return ["."]
    files = find(glob, f"{folder}/**")
    if not files:
        return []
    return files[:MANY] if re.search(r"[*?\[{]", folder) else [folder]
