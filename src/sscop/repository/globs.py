"""Path-segment-aware globs: `*` and `?` never cross `/`, `**` does, `{a,b}` and `[ab]` as in a shell."""

from __future__ import annotations

import re
from functools import cache

_BRACES = re.compile(r"\{([^{}]*)\}")
_WILD = re.compile(r"[*?\[]")


def expand(glob: str) -> list[str]:
    """All globs without braces that a glob with `{a,b}` stands for."""
    match = _BRACES.search(glob)
    if not match:
        return [glob]
    head, tail = glob[: match.start()], glob[match.end() :]
    return [whole for part in match[1].split(",") for whole in expand(head + part + tail)]


@cache
def compiled(glob: str) -> re.Pattern[str]:
    """The case-insensitive pattern that a whole path must match; a trailing `/` means everything below.

    Case is folded because macOS and Windows fold it, and people write `DOCKERFILE` and `Security.md`.
    """
    alternatives = "|".join(_translate(one + "**" if one.endswith("/") else one) for one in expand(glob))
    return re.compile(rf"(?:{alternatives})\Z", re.IGNORECASE | re.DOTALL)


def _translate(glob: str) -> str:
    out, i = [], 0
    while i < len(glob):
        if glob.startswith("**/", i) and (i == 0 or glob[i - 1] == "/"):
            out.append("(?:[^/]+/)*")
            i += 3
        elif glob.startswith("**", i):
            out.append(".*")
            i += 2
        elif glob[i] == "*":
            out.append("[^/]*")
            i += 1
        elif glob[i] == "?":
            out.append("[^/]")
            i += 1
        elif glob[i] == "[" and (end := glob.find("]", i + 2)) > 0:
            body = glob[i + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            out.append("[" + ("^" + body[1:] if body[0] == "!" else body) + "]")
            i = end + 1
        else:
            out.append(re.escape(glob[i]))
            i += 1
    return "".join(out)


def suffix(glob: str) -> str | None:
    """The lower-case extension that every match of a brace-less glob has; "" for names without a dot.

    None when the glob leaves the extension open (`Dockerfile*`).
    """
    name = glob.rsplit("/", 1)[-1]
    _, dot, ext = name.rpartition(".")
    if _WILD.search(ext) or (not dot and _WILD.search(name)):
        return None
    return ext.lower() if dot else ""


def anchor(glob: str) -> str:
    """The longest literal run in the last segment of a brace-less glob; empty when there is none."""
    name = glob.rsplit("/", 1)[-1]
    return max(re.split(r"\[[^\]]*\]|[*?]", name), key=len)
