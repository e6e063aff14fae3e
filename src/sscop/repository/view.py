"""One read-only view of a repository, whatever holds it, with cached reads and parses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository.git import Git, GitError, too_large
from sscop.repository.globs import compiled
from sscop.repository.listing import SUBMODULE, SYMLINK, Entry
from sscop.repository.places import DECLARED, Family, not_counted
from sscop.repository.sources import GONE, Memory, Source
from sscop.repository.text import decode

T = TypeVar("T")

LIMIT = 1024 * 1024
"""The size in bytes above which a file is not read, unless its reader sets its own limit."""


class Malformed(Exception):  # noqa: N818 - a state of the text, not of the program
    """A reader could not make sense of a text: the reason, and the line from 1 where known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


class Facts(NamedTuple):
    """What is being looked at. `revision` is `worktree`, `commit` or `folder` (no git); `commit` a full name.

    `shallow` and `sparse` are None where there is no git to ask. `prefix` is the path of the root inside its
    repository ("" or "sub/folder/"). `branch` is the branch that is checked out, "" where none is.
    """

    root: str
    revision: str
    commit: str | None = None
    shallow: bool | None = None
    sparse: bool | None = None
    prefix: str = ""
    branch: str = ""


class Change(NamedTuple):
    """A commit: its full name, who wrote it (`name <address>`), and its message."""

    commit: str
    author: str
    subject: str
    body: str


class Repository:
    """A read-only tree with cached reads and parses.

    Paths are relative to the root, with `/`; bytes that are not UTF-8 are surrogate-escaped.
    """

    def __init__(self, source: Source, facts: Facts, *, git: Git | None = None, twin: Repository | None = None) -> None:
        self.facts = facts
        self.git = git
        self._source = source
        self._twin = twin
        self._excluded: list[re.Pattern[str]] = []
        self._found: dict[tuple[tuple[str, ...], Family | None, int | None], list[str]] = {}
        self._read: dict[str, bytes | Unread] = {}
        self._limits: dict[str, int] = {}  # that each one was read with
        self._parsed: dict[tuple[str, Callable[[str], object]], object] = {}
        self._made: dict[Callable[[Repository], object], object] = {}
        self._changed: dict[str, tuple[date, str] | None] = {}
        self.not_counted: dict[str, str] = {}

    @classmethod
    def of(cls, files: Mapping[str, str | bytes]) -> Repository:
        """A repository in memory, for tests."""
        return cls(Memory(files), Facts("", "memory"))

    def __len__(self) -> int:
        return len(self._source.listing)

    def excluding(self, globs: Iterable[str]) -> None:
        """Leave out what the configuration's `scope.exclude` names."""
        self._excluded = [compiled(glob) for glob in globs]
        self._found.clear()

    def find(self, *globs: str, family: Family | None = None, most: int | None = None) -> list[str]:
        """The regular files that match any glob, sorted; with `most`, the first so many of each glob that says a name.

        Declarations are answers and no evidence: only a glob that names their folder finds them. What else is left out
        is noted in `not_counted`: links, what the configuration excludes, and with a `family` the
        files in places that do not count for it.
        """
        if (globs, family, most) not in self._found:
            self._found[globs, family, most] = self._find(globs, family, most)
        return list(self._found[globs, family, most])

    def _find(self, globs: tuple[str, ...], family: Family | None, most: int | None) -> list[str]:
        paths = []
        answers = any(glob.startswith(DECLARED) for glob in globs)
        for path, entry in self._source.listing.find(globs, most).items():
            if path.startswith(DECLARED) and not answers:
                continue
            if entry.mode == SYMLINK:
                reason = "a symbolic link, which is not followed"
            elif any(pattern.match(path) for pattern in self._excluded):
                reason = "left out by scope.exclude"
            else:
                reason = not_counted(path, family) if family else ""
            if entry.mode == SUBMODULE:
                continue
            if reason:
                self.not_counted[path] = reason
            else:
                paths.append(path)
        return paths

    def extensions(self) -> dict[str, int]:
        """How many files each extension has, in lower case, wherever they lie; "" for names without a dot."""
        return self._source.listing.extensions()

    def submodules(self) -> dict[str, str]:
        """The commit that each submodule is recorded at, by path."""
        if not self._source.listing.find([".gitmodules"]):
            return {}
        return {entry.path: entry.oid for entry in self._source.listing.entries() if entry.mode == SUBMODULE}

    def has(self, path: str) -> bool:
        """Whether a regular file has exactly this path."""
        entry = self._entry(path)
        return entry is not None and entry.is_file

    def is_link(self, path: str) -> bool:
        """Whether a symbolic link or a submodule has exactly this path."""
        entry = self._entry(path)
        return entry is not None and not entry.is_file

    def untracked(self, path: str) -> bool:
        """Whether something has this path on disk that the listing does not know."""
        return self._entry(path) is None and self._source.present(path)

    def read(self, path: str, limit: int = LIMIT) -> bytes | Unread:
        """A file's bytes, or why they could not be read."""
        known = self._read.get(path)
        if known is None or (isinstance(known, Unread) and limit > self._limits[path]):
            if self._twin and self._twin.holds(self, path):
                return self._twin.read(path, limit)
            entry = self._entry(path)
            data = self._source.read(entry, limit) if entry else "is not a tracked file"
            known = self._read[path] = data if isinstance(data, bytes) else Unread(path, data)
            self._limits[path] = limit
        return known if isinstance(known, Unread) or len(known) <= limit else Unread(path, too_large(len(known), limit))

    def text(self, path: str, limit: int = LIMIT) -> str | Unread:
        """A file's text (see `text.decode`), or why it could not be read."""
        data = self.read(path, limit)
        if isinstance(data, Unread):
            return data
        text = decode(data)
        return Unread(path, "is not text") if text is None else text

    def parse(self, path: str, reader: Callable[[str], T], limit: int = LIMIT) -> T | Unread:
        """What a reader makes of a file's text, once per reader and file.

        A reader raises Malformed for a text that it can't understand; that, too deep a nesting and too little
        memory come back as `Unread`.
        """
        key = (path, reader)
        if key not in self._parsed:
            if self._twin and self._twin.holds(self, path):
                return self._twin.parse(path, reader, limit)
            text = self.text(path, limit)
            try:
                self._parsed[key] = text if isinstance(text, Unread) else reader(text)
            except Malformed as problem:
                self._parsed[key] = Unread(path, problem.reason, problem.line)
            except (RecursionError, MemoryError):
                self._parsed[key] = Unread(path, "is nested too deeply or too large to read")
        return self._parsed[key]  # type: ignore[return-value]

    def once(self, make: Callable[[Repository], T]) -> T:
        """What a reader makes of the whole repository (its pipelines, its manifests), made once however many ask."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]  # type: ignore[return-value]

    def gone(self, problem: Unread) -> bool:
        """Whether a file could not be read because it was deleted from the working tree: then it is not there."""
        return problem.reason == GONE

    def last_change(self, path: str) -> tuple[date, str] | None:
        """The date and commit of a file's last change; None without history (no git, or a shallow clone)."""
        if self.git is None or self.facts.shallow or self.facts.commit is None:
            return None
        from sscop.repository.history import committed

        if path not in self._changed:
            out = self.git.run("log", "-1", "--format=%cs %H", self.facts.commit, "--", path).decode().split()
            self._changed[path] = (committed(out[0]), out[1]) if out else None
        return self._changed[path]

    def last_changes(self, paths: Iterable[str]) -> dict[str, tuple[date, str]]:
        """The date and commit of the last change of each of many files, in one walk; only of those that have one."""
        if self.git is None or self.facts.shallow or self.facts.commit is None:
            return {}
        from sscop.repository.history import last_changes

        return last_changes(self.git, self.facts.commit, self.facts.prefix, dict.fromkeys(paths))

    def changed_lines(self, commit: str, *paths: str) -> dict[str, tuple[list[str], list[str]]]:
        """The lines that a commit took away and put in, of some files or below folders; nothing without history."""
        if self.git is None or self.facts.shallow:
            return {}
        from sscop.repository.history import changed_lines

        return changed_lines(self.git, commit, self.facts.prefix, paths)

    def changes(self, limit: int) -> list[Change] | None:
        """The last commits that are no merges, newest first; None without history (no git, or a shallow clone).

        Where the root is a part of a repository, those that touch it.
        """
        if self.git is None or self.facts.shallow or self.facts.commit is None:
            return None
        form = "--format=%x1e%H%x1f%an <%ae>%x1f%s%x1f%b"
        part = ("--", ".") if self.facts.prefix else ()
        out = self.git.run("log", f"-{limit}", "--no-merges", "--encoding=UTF-8", form, self.facts.commit, *part)
        told = (one.split("\x1f") for one in out.decode("utf-8", "replace").split("\x1e")[1:])
        return [Change(one[0], one[1], one[2], "\x1f".join(one[3:]).strip()) for one in told if len(one) > 3]

    def day(self) -> date:
        """The day on which the commit that is looked at was made. Raises GitError where there is none."""
        if self.git is None or self.facts.commit is None:
            raise GitError("there is no commit here whose day could be told")
        from sscop.repository.history import committed

        return committed(self.git.run("log", "-1", "--format=%cs", self.facts.commit).decode().strip())

    def url(self) -> str:
        """Where the repository can be read on the web, by its remote `origin`; "" where that can't be told."""
        if self.git is None:
            return ""
        from sscop.repository.history import web_address

        asked = self.git.start("config", "--get", "remote.origin.url")
        return web_address(asked.communicate()[0].decode("utf-8", "replace").strip())

    def default_branch(self) -> str:
        """The default branch of the remote `origin`, as the clone was told it; "" where it is not known."""
        if self.git is None:
            return ""
        try:
            ref = self.git.run("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD").decode("utf-8", "replace")
        except GitError:
            return ""
        return ref.strip().removeprefix("refs/remotes/origin/")

    def dirty(self) -> bool | None:
        """Whether what was looked at differs from the commit; None where there is no commit to differ from.

        The index is compared with it by git; files on disk with the index by object name, and only those that were
        read: git's own answer would run the repository's filters.
        """
        if self.facts.revision != "worktree" or self.git is None or self.facts.commit is None:
            return False if self.facts.revision == "commit" else None
        staged = self.git.start("diff-index", "--cached", "--quiet", "--no-ext-diff", self.facts.commit)
        staged.communicate()
        return staged.returncode != 0 or not all(
            self._is_committed(path) for path, data in self._read.items() if isinstance(data, bytes)
        )

    def holds(self, other: Repository, path: str) -> bool:
        """Whether this tree has read the same contents that another one has at a path."""
        mine, theirs = self._entry(path), other._entry(path)
        same = mine is not None and theirs is not None and mine.oid == theirs.oid and mine.mode == theirs.mode
        return same and path in self._read and (self.facts.revision == "commit" or self._is_committed(path))

    def _is_committed(self, path: str) -> bool:
        """Whether the bytes read are those of the index's object (line ends aside), by git's own object name."""
        import hashlib

        entry, data = self._entry(path), self._read[path]
        if entry is None or isinstance(data, Unread):
            return False
        algorithm = hashlib.sha256 if len(entry.oid) == 64 else hashlib.sha1
        bodies = {data, data.replace(b"\r\n", b"\n")}
        return any(algorithm(b"blob %d\0" % len(body) + body).hexdigest() == entry.oid for body in bodies)

    def _entry(self, path: str) -> Entry | None:
        return self._source.listing.at(path)
