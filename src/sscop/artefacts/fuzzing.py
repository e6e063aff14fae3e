"""Fuzz targets and negative tests as a repository keeps them, whether or not a pipeline here runs them."""

from __future__ import annotations

import re

from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_TARGETS = (
    ".clusterfuzzlite/*", "**/fuzz_targets/*.rs", "**/fuzz/**/*.{c,cc,cpp,py,rs,go}",
    "**/*fuzz*.{c,cc,cpp,cxx,go,py,java,kt,js,ts,rs,swift}",
)  # fmt: skip
_MARK = lazily(
    r"^[\w\s\"*]{0,60}\bLLVMFuzzerTestOneInput\s*\(|^func Fuzz[A-Z_]\w*\(\w+ (?:\*testing\.F|\[\]byte)\)|^fuzz_target!"
    r"|void fuzzerTestOneInput\(|^[ \t]*atheris\.(?:Setup|Fuzz)\(|^[ \t]*@FuzzTest|^(?:module\.)?exports\.fuzz\b"
    r"|^[ \t]*FUZZ_TEST\(|^export (?:async )?function fuzz\b|^[ \t]*(?:afl::|honggfuzz::)fuzz!",
    re.MULTILINE,
)
_NEGATIVE = lazily(
    r"(?:^|[/_.-])(?:invalid|malformed|malicious|rejects?|rejected|negative|abuse|untrusted|bad[-_]?input|injections?|xss"
    r"|csrf|traversal|escalation|saniti[sz]\w*)(?=[/_.A-Z-])[^/]*$|[a-z/](?:Invalid|Malformed|Malicious|Rejects|Injection|Xss"
    r"|Csrf|Traversal|Escalation|Saniti[sz])\w*\.\w+$",
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
