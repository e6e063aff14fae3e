"""Where a tree's contents come from: the working tree, a git revision, a plain folder, or memory.

Each source lists its files and reads one of them, as bytes or as a reason in words. Symbolic links are never
followed, neither as the file itself nor as a folder on the way; nothing but regular files is opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from typing import Protocol

from sscop.repository.git import Objects, is_within, too_large
from sscop.repository.listing import Entry, Listing


class Source(Protocol):
    """A tree to list and read."""

    listing: Listing

    def read(self, entry: Entry, limit: int) -> bytes | str:
        """The contents of a listed regular file, or why they can't be had."""

    def present(self, path: str) -> bool:
        """Whether something has this path, listed or not."""


class Memory:
    """Files given as a mapping of path to contents, for tests and for other teams' own checks."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}
        self.listing = Listing.of(sorted(self._files))

    def read(self, entry: Entry, limit: int) -> bytes | str:
        """See Source."""
        data = self._files[entry.path]
        return data if len(data) <= limit else too_large(len(data), limit)

    def present(self, path: str) -> bool:
        """See Source."""
        return path in self._files


class Revision:
    """The tree of a commit, read from the object store without a checkout."""

    def __init__(self, listing: Listing, objects: Objects) -> None:
        self.listing = listing
        self._objects = objects

    def read(self, entry: Entry, limit: int) -> bytes | str:
        """See Source."""
        return self._objects.read(entry.oid, limit)

    def present(self, path: str) -> bool:
        """See Source."""
        return self.listing.at(path) is not None


class Folder:
    """A folder on disk; `listing` says which of its files count (git's index, or all of them)."""

    def __init__(self, root: str, listing: Listing, objects: Objects | None = None) -> None:
        self.listing = listing
        self._root = os.path.realpath(root)
        self._objects = objects
        self._safe_folders: dict[str, bool] = {}

    def read(self, entry: Entry, limit: int) -> bytes | str:
        """See Source."""
        if entry.conflict:
            return "has unresolved merge conflicts"
        if entry.sparse and self._objects:
            return self._objects.read(entry.oid, limit)
        full = os.path.join(self._root, entry.path)
        try:
            if not self._is_safe(os.path.dirname(full)):
                return "lies behind a symbolic link, which is not followed"
            found = os.lstat(full)
            if not stat.S_ISREG(found.st_mode):
                return "is not a regular file on disk"
            if found.st_size > limit:
                return too_large(found.st_size, limit)
            with open(os.open(full, _FLAGS), "rb") as file:
                return file.read(limit + 1)[:limit]
        except (FileNotFoundError, NotADirectoryError):
            return GONE
        except (OSError, ValueError) as error:
            return f"could not be opened ({getattr(error, 'strerror', None) or error})"

    def present(self, path: str) -> bool:
        """See Source."""
        return os.path.lexists(os.path.join(self._root, path))

    def _is_safe(self, folder: str) -> bool:
        safe = self._safe_folders.get(folder)
        if safe is None:
            safe = os.path.realpath(folder) == folder and is_within(folder, self._root)
            self._safe_folders[folder] = safe
        return safe


GONE = "is tracked but not on disk"

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def walk(root: str) -> tuple[Listing, dict[str, str]]:
    """All regular files below a folder that no git repository holds, and the folders that can't be listed with why.

    Links are neither listed nor entered.
    """
    paths: list[str] = []
    refused: dict[str, str] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{folder}{entry.name}/")
                    elif entry.is_file(follow_symlinks=False):
                        paths.append(f"{folder}{entry.name}")
        except OSError as error:
            refused[folder] = f"could not be listed ({error.strerror})"
    return Listing.of(sorted(paths)), refused
