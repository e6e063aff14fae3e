"""Which requirements' ids the tests name, or a plan or matrix of tests, and which name a test themselves.

Only ids that are a file's own count: one that several documents use for different things (`FR-001` of each
feature) can't be traced by its name.
"""

from __future__ import annotations

import re

from sscop.artefacts.requirement_records import Kind, Record, Statement, requirement_records
from sscop.artefacts.requirement_records.places import aside, texts
from sscop.artefacts.requirement_records.prose import is_usual
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository
from sscop.repository.places import Family

FILES, BYTES = 1500, 8 << 20
"""How many test files are looked through, and how much of them."""
TESTS = (
    "**/{test,tests,spec,specs,__tests__,e2e,testing}/**", "**/*{_test,.test,_spec,.spec,Test,Tests,Spec,IT,-test}.*",
    "**/test_*.*", "**/*.{feature,robot}",
)  # fmt: skip
_WORD = r"[A-Za-z](?:[A-Za-z0-9]{0,20}[A-Za-z])?"
_PARTS = lazily(rf"({_WORD}(?:[-_]{_WORD}){{0,5}})[-_.]?0*(\d{{1,9}})((?:\.\d{{1,3}})*)$")
_MATRIX = lazily(r"(?:trac(?:e|k|ing)|\brtm\b|matrix|test|verification)[^/]*$", re.IGNORECASE)
_CITED = lazily(
    r"(?<![\w/.-])(?:(?:[\w.-]{1,60}/){0,8}(?:tests?|specs?|__tests__|e2e|features)/[\w./-]{0,120}|(?:[\w.-]{1,60}/){0,8}(?:test_\w{1,80}|\w{1,80}(?:_test|\.test|\.spec|_spec|Tests?))\.\w{1,8})"
)
_BINARY = lazily(r"\.(?:png|jpe?g|gif|ico|pdf|zip|gz|jar|snap|lock|svg|woff2?|bin|map|min\.js|csv)$", re.IGNORECASE)


class Traced(NamedTuple):
    """The requirements that a test names, and those that none does, each with the file that states it."""

    named: tuple[tuple[str, Statement], ...]
    unnamed: tuple[tuple[str, Statement], ...]
    partial: bool
    """Whether there were too many test files to look through."""


def requirement_trace(repo: Repository) -> Traced | None:
    """What of the requirements is named in tests; None where no requirement has an id of its own."""
    stated: dict[tuple[str, int, str], list[tuple[str, Statement]]] = {}
    for record in repo.once(requirement_records).records:
        for key, one in _own(record).items():
            stated.setdefault(key, []).append((record.path, one))
    single = {key: found[0] for key, found in stated.items() if len(found) == 1}
    if not single:
        return None
    pattern = _pattern({prefix for prefix, _, _ in single})
    seen: set[tuple[str, int, str]] = set()
    size = 0
    paths = [path for path in repo.find(*TESTS, family=Family.TOOLS) if not _BINARY.search(path)]
    stating = {path for path, _ in single.values()}
    paths += [path for path in repo.once(texts) if _MATRIX.search(path) and path not in stating and not aside(path)]
    for path in paths[:FILES]:
        data = repo.read(path, 512 << 10)
        if isinstance(data, bytes):
            size += len(data)
            named_here = (_key(match[0].decode("ascii")) for match in pattern.finditer(data))
            seen.update(filter(None, named_here))
        if size > BYTES:
            break
    seen |= {key for key, (path, one) in single.items() if key not in seen and _cites(repo, path, one)}
    partial = len(paths) > FILES or size > BYTES
    named = tuple(one for key, one in single.items() if key in seen)
    return Traced(named, tuple(one for key, one in single.items() if key not in seen), partial)


def _cites(repo: Repository, path: str, statement: Statement) -> bool:
    """Whether the line that states a requirement names a test that is there."""
    text = repo.text(path)
    line = text.split("\n")[statement.line - 1][:2000] if isinstance(text, str) else ""
    return any(repo.find(f"{one}*", f"{one.rstrip('/')}/**", f"**/{one}") for one in _CITED.findall(line))


def _own(record: Record) -> dict[tuple[str, int, str], Statement]:
    """The ids of a record, the first statement of each."""
    found: dict[tuple[str, int, str], Statement] = {}
    if record.kind in (Kind.FEATURE, Kind.PROPOSAL):
        return found
    for one in record.statements:
        key = _key(one.id) if record.kind is not Kind.DOCUMENT or is_usual(one.id) else None
        if key:
            found.setdefault(key, one)
    return found


def _key(id_: str) -> tuple[str, int, str] | None:
    """An id in the form for comparing: `REQ_001`, `req-1` and `REQ1` are one."""
    match = _PARTS.match(id_)
    return (re.sub(r"[-_]", "-", match[1].upper()), int(match[2]), match[3]) if match else None


def _pattern(prefixes: set[str]) -> re.Pattern[bytes]:
    names = "|".join(sorted((re.escape(one).replace(r"\-", "[-_]") for one in prefixes), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{names})[-_.]?\d{{1,9}}(?:\.\d{{1,3}})*".encode(), re.IGNORECASE)
