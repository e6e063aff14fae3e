"""How duties were kept over time, worked out from git's revisions, so that no stored file can say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop import config as configuration
from sscop.artefacts.duties import Duty, duties
from sscop.check import Check
from sscop.exceptions import BASELINE, Exceptions
from sscop.judgement.persistence import Extended, Kept, Key, Point, Term, extended, kept
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository, at_revision
from sscop.repository.git import GitError
from sscop.repository.places import DECLARED
from sscop.repository.revisions import removed, touching

MANY = 300
"""Revisions that are looked at: the newest so many, and what is left out is said."""


class Persistence(NamedTuple):
    """What came of it. `begins` is the day of the oldest revision looked at, `looked` how many there were.

    `unread` are revisions whose configuration could not be read, so that what it excused then is not known.
    """

    since: date
    begins: date
    looked: int
    left_out: int
    unread: tuple[str, ...]
    kept: tuple[Kept, ...]
    extended: tuple[Extended, ...]


class _State(NamedTuple):
    duties: Mapping[Key, Duty]
    terms: Mapping[Key, Term]
    readable: bool


def persistence(repo: Repository, since: date, today: date, checks: Sequence[Check]) -> Persistence:
    """The duties and excuses of a repository from a day on. What is not committed is no record, and does not count.

    Raises GitError where there is no history: no git, no commit, or a shallow clone.
    """
    here = at_revision(repo, repo.facts.commit) if repo.facts.commit else repo
    states: dict[str, _State] = {}
    found = {configuration.PATH, BASELINE, DECLARED.rstrip("/"), *_paths(_state(here, checks)), *_gone(repo, since)}
    paths: set[str] = set()
    while found - paths:  # a file that was renamed or deleted since is known from a revision that still had it
        paths |= found
        commits = _commits(repo, paths, since)
        for commit, _ in commits[-MANY:]:
            if commit not in states:
                states[commit] = _state(at_revision(repo, commit), checks)
        found = {path for state in states.values() for path in _paths(state)}
    points, unread = [], []
    terms: Mapping[Key, Term] = {}
    for commit, day in commits[-MANY:]:
        state = states[commit]
        terms = state.terms if state.readable else terms  # what can't be read is not known to have changed
        unread += [] if state.readable else [commit]
        stated = sorted(_paths(state))
        changed = repo.changed_lines(commit, *stated) if stated else {}
        bare = frozenset(path for path in stated if _only_days(*changed.get(path, ([], []))))
        points.append(Point(commit, day, state.duties, terms, bare))
    left_out = len(commits) - len(points)
    begins = points[0].day if points else today
    told = tuple(kept(points, since, today)), tuple(extended(points, since))
    return Persistence(since, begins, len(points), left_out, tuple(unread), *told)


def _gone(repo: Repository, since: date) -> set[str]:
    """The files that were deleted or renamed since and are by their names such as state duties."""
    return {path for path in removed(repo, since) if _LIKELY.search(path)}


_LIKELY = lazily(
    r"threat|review|access|audit|polic|plan|assess|secur|risk|model|govern|stig|\.cklb?$|compliance|register|owner",
    re.IGNORECASE,
)


def _paths(state: _State) -> set[str]:
    return {one.path for one in state.duties.values()}


def _commits(repo: Repository, paths: set[str], since: date) -> list[tuple[str, date]]:
    """The commits that changed any of the paths from a day on, oldest first, after the last one before it."""
    found = touching(repo, sorted(paths))
    if found is None:
        raise GitError("there is no history here to look at; fetch it: `git fetch --unshallow`, or `fetch-depth: 0`")
    begin = next((n for n, (_, day) in enumerate(found) if day >= since), len(found))
    return found[max(0, begin - 1) :]


def _state(repo: Repository, checks: Sequence[Check]) -> _State:
    try:
        config = configuration.read(repo, checks)
    except configuration.ConfigError:
        return _State({(one.kind, one.subject): one for one in duties(repo)}, {}, readable=False)
    repo.excluding(config.exclude)
    found = {(one.kind, one.subject): one for one in duties(repo)}
    terms = {(one.kind, one.subject): one for one in _terms(config.exceptions)}
    return _State(found, terms, readable=True)


def _terms(stated: Exceptions) -> Iterator[Term]:
    for one in stated.waivers:
        about = one.subject or ("all subjects" if one.all_subjects else "")
        subject = one.check + (f" at {one.path}" if one.path else "") + (f": {about}" if about else "")
        yield Term("waiver", subject, configuration.PATH, one.line, one.expires)
    for exempt in stated.exempt.values():
        yield Term("not applicable", exempt.check, configuration.PATH, exempt.line, exempt.due)
    for debt in stated.debts:
        subject = " ".join(filter(None, (debt.check, debt.code, debt.key, debt.fingerprint[:8])))
        yield Term("debt", subject, BASELINE, debt.line, debt.until)


_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = lazily(
    rf"\d{{4}}-\d\d(?:-\d\d)?|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}\b|\b{_MONTH} (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}\b",
    re.IGNORECASE,
)


def _only_days(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether nothing but days differs between the lines that were taken away and those that were put in."""
    return bool(before) and [_DAY.sub("", one) for one in before] == [_DAY.sub("", one) for one in after]
