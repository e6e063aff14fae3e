"""What a repository's history tells: its tags, and how a file read at each commit that changed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sscop.lazy import NamedTuple
from sscop.repository import Repository
from sscop.repository.git import GitError, Objects
from sscop.repository.history import committed, parts
from sscop.repository.text import decode


class Tag(NamedTuple):
    """A tag and the day on which it was made (a light one: the day of its commit)."""

    name: str
    day: date


class Revision(NamedTuple):
    """A commit that changed a file, its day, and the path that the file had then (from the top of the repository)."""

    commit: str
    day: date
    path: str


def tags(repo: Repository) -> list[Tag] | None:
    """All tags, oldest first; None without git, or where a shallow clone brought none."""
    if repo.git is None or repo.facts.commit is None:
        return None
    try:
        out = repo.git.run("for-each-ref", "--format=%(creatordate:short) %(refname:strip=2)", "refs/tags")
    except GitError:  # objects that a shallow clone lacks
        return None
    found = []
    for line in out.decode("utf-8", "replace").splitlines():
        day, _, name = line.partition(" ")
        if len(day) == len("YYYY-MM-DD") and name:
            found.append(Tag(name, date.fromisoformat(day)))
    if not found and repo.facts.shallow:
        return None
    return sorted(found, key=lambda one: (one.day, one.name))


def revisions(repo: Repository, path: str) -> list[Revision] | None:
    """The commits that changed a file, newest first, renames followed; None without git, or in a shallow clone."""
    if repo.git is None or repo.facts.shallow or repo.facts.commit is None:
        return None
    asked = ("log", "--follow", "-z", "--format=%x1e%H %cs", "--name-only", repo.facts.commit, "--", path)
    try:
        out = repo.git.run(*asked).decode("utf-8", "surrogateescape")
    except GitError:
        return None
    found = []
    for one in out.split("\x1e")[1:]:
        head, _, names = one.partition("\n")
        commit, _, day = head.strip("\0\n").partition(" ")
        name = names.strip("\0\n").split("\0")[0]
        if name:
            found.append(Revision(commit, committed(day), name))
    return found


def touching(repo: Repository, paths: Sequence[str]) -> list[tuple[str, date]] | None:
    """The commits that brought a change of some files or folders into the branch, oldest first, with their days.

    Along first parents, so that each follows the one before it; None as `revisions`.
    """
    if repo.git is None or repo.facts.shallow or repo.facts.commit is None:
        return None
    asked = ("log", "--first-parent", "--reverse", "--format=%H %cs", repo.facts.commit, "--")
    lists = [repo.git.run(*asked, *part).decode().splitlines() for part in parts(paths)]
    found = {line.partition(" ")[0]: committed(line.partition(" ")[2]) for lines in lists for line in lines}
    if len(lists) > 1:
        out = repo.git.run("rev-list", "--first-parent", "--reverse", repo.facts.commit).decode().split()
        return [(commit, found[commit]) for commit in out if commit in found]
    return list(found.items())


def removed(repo: Repository, since: date) -> set[str]:
    """The files that were deleted or renamed from a day on, by the path that they had."""
    if repo.git is None or repo.facts.commit is None:
        return set()
    asked = ("log", "--first-parent", "-m", "-M", "--diff-filter=DR", "--name-status", "-z", "--format=")
    out = repo.git.run(*asked, f"--since={since.isoformat()}T00:00:00Z", repo.facts.commit, "--", ".")
    fields = iter(out.decode("utf-8", "surrogateescape").split("\0"))
    found = set()
    for kind in (one.strip("\n") for one in fields):
        if kind:
            found.add(next(fields, "").removeprefix(repo.facts.prefix))
            if kind.startswith("R"):
                next(fields, "")
    return found


class Past:
    """Texts of files at earlier commits, through one process."""

    def __init__(self, repo: Repository) -> None:
        self._objects = Objects(repo.git) if repo.git else None

    def text(self, revision: Revision, limit: int) -> str | None:
        """The text of the file then; None where it can't be had."""
        if self._objects is None or "\n" in revision.path:
            return None
        data = self._objects.read(f"{revision.commit}:{revision.path}", limit)
        return decode(data) if isinstance(data, bytes) else None
