"""Fuzz targets and negative tests as a repository keeps them, whether or not a pipeline here runs them."""

from __future__ import annotations

from typing import NamedTuple

from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_TARGETS = (
    ".clusterfuzzlite/*", "**/fuzz_targets/*.rs", "**/*fuzz*.{c,cc,cpp,cxx,go,py,java,kt,js,ts,rs,swift}", "**/fuzz/**/*.{c,cc,cpp,py,rs,go}",
)  # fmt: skip
_MARK = lazily(
    r"LLVMFuzzerTestOneInput|^func Fuzz[A-Z_]\w*\(|fuzz_target!|fuzzerTestOneInput|atheris\.(?:Setup|Fuzz)|@FuzzTest"
    r"|module\.exports\.fuzz|FuzzedDataProvider|go-fuzz|afl::fuzz!|honggfuzz::fuzz!|FUZZ_TEST\(|export function fuzz\b",
    8,
)
_NEGATIVE = lazily(
    r"(?:^|[/_.-])(?:invalid|malformed|malicious|reject(?:s|ed)?|negative|abuse|untrusted|bad[-_]?input|injection|xss|csrf"
    r"|traversal|unauthori[sz]ed|forbidden|security|sanitis|sanitiz)\w*[^/]*\.\w+$",
    2,
)
_MOST = 40
"""Files that are opened in search of a target."""


class Seen(NamedTuple):
    """One place."""

    path: str
    line: int
    said: str


def fuzz_targets(repo: Repository) -> tuple[Seen, ...]:
    """Fuzz targets that a repository keeps: their entry points, not files that are named for fuzzing."""
    found = []
    for path in repo.find(*_TARGETS)[: _MOST * 5]:
        if not_counted(path, Family.TOOLS) == "vendored code":
            continue
        text = repo.text(path)
        match = None if isinstance(text, Unread) else _MARK.search(text)
        if match and not isinstance(text, Unread):
            found.append(Seen(path, text.count("\n", 0, match.start()) + 1, match[0].strip()))
        if len(found) >= _MOST:
            break
    return tuple(found)


def negative_tests(tests: list[str]) -> tuple[Seen, ...]:
    """Tests whose names say that they give the software what it must turn away; a name is all that is known of them."""
    return tuple(Seen(path, 1, "by its name") for path in tests if _NEGATIVE.search(path))
