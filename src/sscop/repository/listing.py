"""Which files a tree holds, found by glob without touching each one.

The listing keeps git's raw output lines, filed by extension in one pass (0.3 microseconds a file); only the
candidates that a glob names are decoded and matched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from sscop.lazy import NamedTuple
from sscop.repository.globs import anchor, compiled, expand, inside, is_named, named, suffix

SYMLINK, SUBMODULE = "120000", "160000"


class Entry(NamedTuple):
    """One listed path: git's mode and object name, and whether it is in the tree but not on disk or in conflict."""

    path: str
    mode: str = "100644"
    oid: str = ""
    sparse: bool = False
    conflict: bool = False

    @property
    def is_file(self) -> bool:
        """Neither a symbolic link nor a submodule."""
        return self.mode not in (SYMLINK, SUBMODULE)


class Listing:
    """The files of one tree.

    `raw` is a run of NUL-terminated records, each ending in a tab and the path: the output of
    `git ls-files -z -s -t` (tag, mode, object, stage) or of `git ls-tree -r -z` (mode, type, object).
    """

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._searched: dict[str | None, tuple[bytes, bytes]] = {}
        self._known: dict[str, Entry | None] = {}
        self._filed: tuple[dict[bytes, list[bytes]], dict[bytes, list[bytes]]] | None = None  # when first asked for
        self._below: dict[bytes, list[bytes]] | None = None  # the folders in which a folder of that name is
        self._by_suffix: dict[bytes, list[bytes]] = defaultdict(list)
        self._records = raw.split(b"\0")
        self._records.pop()
        for record in self._records:
            self._by_suffix[record[record.rfind(b".") + 1 :]].append(record)
        # The loop above is all that runs for every file; what it misfiles (no dot in the last segment) is
        # put right here, once for each distinct extension.
        for key in [key for key in self._by_suffix if b"/" in key or b"\t" in key or not key.islower()]:
            records = self._by_suffix.pop(key)
            self._by_suffix[b"" if b"/" in key or b"\t" in key else key.lower()] += records

    @classmethod
    def of(cls, paths: Iterable[str]) -> Listing:
        """A listing of plain files, for trees that git does not hold."""
        encoded = sorted(path.encode("utf-8", "surrogateescape") for path in paths)
        return cls(b"".join(b"\t" + path + b"\0" for path in encoded))

    def __len__(self) -> int:
        return len(self._records)

    def entries(self) -> Iterator[Entry]:
        """Every entry, in git's order."""
        return map(_entry, self._records)

    def extensions(self) -> dict[str, int]:
        """How many entries each extension has, in lower case; "" for names without a dot."""
        return {key.decode("utf-8", "surrogateescape"): len(held) for key, held in self._by_suffix.items() if held}

    def find(self, globs: Iterable[str], most: int | None = None) -> dict[str, Entry]:
        """The entries that match any of the globs, by path, sorted; a path in conflict stands once.

        With `most`, only the first so many matches of each glob that says a name.
        """
        found: dict[str, Entry] = {}
        for glob in (one for given in globs for one in expand(given)):
            if plain := named(glob):
                found.update((entry.path, entry) for entry in map(_entry, self._named(glob, *plain)[:most]))
                continue
            if folder := inside(glob):
                found.update((entry.path, entry) for entry in map(_entry, self._inside(folder)[:most]))
                continue
            candidates = self._candidates(glob)
            if not candidates:
                continue  # a pattern is compiled only where there is something to match
            matches = compiled(glob).match
            for record in candidates:
                tab = record.index(b"\t") + 1
                if matches(record[tab:].decode("utf-8", "surrogateescape")):
                    entry = _entry(record)
                    found[entry.path] = entry
        self._known |= found
        return dict(sorted(found.items()))

    def at(self, path: str) -> Entry | None:
        """The entry with exactly this path, by bisection: git sorts by the bytes of the whole path."""
        if path not in self._known:
            encoded = path.encode("utf-8", "surrogateescape")
            at = bisect_left(self._records, encoded, key=_path)
            found = at < len(self._records) and _path(self._records[at]) == encoded
            self._known[path] = _entry(self._records[at]) if found else None
        return self._known[path]

    def _by_place(self) -> tuple[dict[bytes, list[bytes]], dict[bytes, list[bytes]]]:
        """Every record by its folder and by its name, in lower case; filed in one pass when first asked for."""
        if self._filed is None:
            folders: dict[bytes, list[bytes]] = defaultdict(list)
            names: dict[bytes, list[bytes]] = defaultdict(list)
            for record in self._records:
                head, slash, name = record.lower().rpartition(b"/")
                if slash and b"\t" in head:
                    folders[head[head.index(b"\t") + 1 :]].append(record)
                    names[name].append(record)
                else:
                    folders[b""].append(record)
                    names[_path(record).lower()].append(record)
            self._filed = folders, names
        return self._filed

    def _inside(self, parts: list[bytes]) -> list[bytes]:
        """The records of files below a folder, at any depth, whose name has these parts."""
        folders, _ = self._by_place()
        if self._below is None:
            self._below = defaultdict(list)
            for folder in folders:
                for name in set(folder.split(b"/")):
                    self._below[name].append(folder)
        found = {folder for name, held in self._below.items() if is_named(name, parts) for folder in held}
        return [record for folder in sorted(found) for record in folders[folder]]

    def _named(self, glob: str, folder: bytes | None, parts: list[bytes]) -> list[bytes]:
        """The records of files in a folder, or in any, whose name has these parts."""
        if folder is not None:
            held = self._by_place()[0].get(folder, [])
            return [record for record in held if is_named(_name(record), parts)]
        if len(parts) == 1:
            return self._by_place()[1].get(parts[0], [])
        filed = self._candidates(glob)
        if len(parts) == 2 and not parts[0] and re.fullmatch(rb"\.[^.]+", parts[1]):
            return list(filed)  # by extension, as they are filed
        return [record for record in filed if is_named(_name(record), parts)]

    def _candidates(self, glob: str) -> Collection[bytes]:
        """A superset of a brace-less glob's records: searched for a text in one go, not record by record."""
        ext, literal = suffix(glob), anchor(glob)
        # A name that is all extension, such as `.nvmrc`, is filed under it too.
        filed = self._records if ext is None else self._by_suffix.get(ext.encode("utf-8", "surrogateescape"), [])
        if not filed or literal in ("", f".{ext}"):
            return filed
        if ext not in self._searched:
            raw = self._raw if ext is None else b"\0".join(filed) + b"\0"
            self._searched[ext] = raw, raw.lower()
        raw, lower = self._searched[ext]
        needle, found = literal.encode(), []
        at = lower.find(needle)
        while at >= 0:
            end = raw.index(b"\0", at)
            found.append(raw[raw.rfind(b"\0", 0, at) + 1 : end])
            at = lower.find(needle, end)
        return found


def _path(record: bytes) -> bytes:
    return record[record.index(b"\t") + 1 :]


def _name(record: bytes) -> bytes:
    return _path(record).lower().rpartition(b"/")[2]


def _entry(record: bytes) -> Entry:
    meta, _, path = record.partition(b"\t")
    name = path.decode("utf-8", "surrogateescape")
    fields = meta.decode("ascii").split()
    if not fields:
        return Entry(name)
    if len(fields) == 4:  # ls-files: tag mode object stage
        tag, mode, oid, stage = fields
        return Entry(name, mode, oid, sparse=tag == "S", conflict=stage != "0")
    mode, _type, oid = fields  # ls-tree: mode type object
    return Entry(name, mode, oid)
