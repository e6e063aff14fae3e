"""Path-segment-aware globs: `*` and `?` never cross `/`, `**` does, `{a,b}` and `[ab]` as in a shell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import AnyStr

_BRACES = re.compile(r"\{([^{}]*)\}")
_WILD = re.compile(r"[*?\[]")
_OTHER = re.compile(r"[?\[]")
_OPEN = re.compile(r"\*\*/|[*?]|\[[!^]?\]?[^\]]*\]")
_CLASS = re.compile(r"\[([!^]?)(\]?[^\]]*)\]", re.DOTALL)

MOST, GROUPS = 1000, 16
"""How many globs one with braces may stand for, and how many braces it may have (`{a,b}{a,b}...` doubles each time)."""


def expand(glob: str) -> list[str]:
    """All globs without braces that a glob with `{a,b}` stands for, up to MOST; with too many braces itself.

    One that ends in `/` means everything below.
    """
    if glob.count("{") > GROUPS:
        return [glob]
    done: list[str] = []
    waiting = [glob]
    while waiting and len(done) < MOST:
        one = waiting.pop()
        match = _BRACES.search(one)
        if match:
            waiting += [one[: match.start()] + part + one[match.end() :] for part in reversed(match[1].split(","))]
        else:
            done.append(one + "**" if one.endswith("/") else one)
    return done


@cache
def compiled(glob: str) -> re.Pattern[str]:
    """The case-insensitive pattern that a whole path must match, in a time that is at most its length times the path's.

    Case is folded because macOS and Windows fold it, and people write `DOCKERFILE` and `Security.md`.
    """
    numbers = count()
    alternatives = "|".join(_translate(one, numbers) for one in expand(glob))
    return re.compile(rf"(?:{alternatives})\Z", re.IGNORECASE | re.DOTALL)


def _translate(glob: str, numbers: Iterator[int]) -> str:
    """A glob without braces as a pattern that never goes back to a star that has found what follows it.

    The first place where that fits leaves the most for the rest; a group that is looked for ahead and then taken as it
    is keeps it (as `fnmatch` does). What stands between two `**` is kept as a whole, for a star ends at `/`.
    """
    deep: list[tuple[str, list[str]]] = [("", [""])]  # each `**`, and after it the texts between its stars
    i = 0
    while i < len(glob):
        if glob.startswith("**/", i) and (i == 0 or glob[i - 1] == "/"):
            deep.append((_FOLDERS, [""]))
            i += 3
        elif glob.startswith("**", i):
            deep.append((_ANYTHING, [""]))
            i += 2
        elif glob[i] == "*":
            deep[-1][1].append("")
            i += 1
        elif glob[i] == "?":
            deep[-1][1][-1] += "[^/]"
            i += 1
        elif (match := _CLASS.match(glob, i)) and (pattern := _class(*match.groups())):
            deep[-1][1][-1] += pattern
            i = match.end()
        else:
            deep[-1][1][-1] += re.escape(glob[i])
            i += 1
    blocks = [(start, _block(texts, last=n == len(deep), numbers=numbers)) for n, (start, texts) in enumerate(deep, 1)]
    (_, first), *rest = blocks
    kept = (_kept(f"{start}?{block}", numbers) for start, block in rest[:-1])
    return first + "".join(kept) + "".join(start + block for start, block in rest[-1:])


_FOLDERS, _ANYTHING = "(?:[^/]+/)*", ".*"


def _block(texts: Sequence[str], last: bool, numbers: Iterator[int]) -> str:
    """Texts with stars between them; the last star of the whole glob reaches to the end of the path's name."""
    free = "".join("[^/]*" + text for text in texts[-1:]) if last and len(texts) > 1 else ""
    kept = texts[1:-1] if free else texts[1:]
    return texts[0] + "".join(_kept("[^/]*?" + text, numbers) for text in kept) + free


def _kept(pattern: str, numbers: Iterator[int]) -> str:
    name = f"g{next(numbers)}"
    return f"(?=(?P<{name}>{pattern}))(?P={name})"


def _class(negated: str, body: str) -> str:
    """A character class as a pattern that matches no `/`; empty when it is none (`[!]`, `[z-a]`)."""
    if not body:
        return ""
    literal = re.sub(r"[^\w-]|-(?=-)", lambda char: re.escape(char[0]), body)
    pattern = f"[^/{literal}]" if negated else f"[{literal}]"
    try:
        crosses = re.match(pattern, "/")
    except re.error:
        return ""
    return f"(?!/){pattern}" if crosses else pattern


def suffix(glob: str) -> str | None:
    """The lower-case extension that every match of a brace-less glob has; "" for names without a dot.

    None when the glob leaves the extension open (`Dockerfile*`).
    """
    name = glob.rsplit("/", 1)[-1]
    _, dot, ext = name.rpartition(".")
    if _WILD.search(ext) or (not dot and _WILD.search(name)):
        return None
    return ext.lower() if dot else ""


def named(glob: str) -> tuple[bytes | None, list[bytes]] | None:
    """What a brace-less glob says of a file's folder and name, in lower case, where it is plain enough.

    The folder is None for any (`**/`); the name is split at its stars: `**/*.tf` gives (None, [b"", b".tf"]),
    `docs/README.md` (b"docs", [b"readme.md"]). None for every other glob, for which `compiled` is needed: a pattern
    costs a tenth of a millisecond and more, and a run asks for some hundred globs.
    """
    folder, _, name = glob.rpartition("/")
    if not glob.isascii() or _OTHER.search(glob) or "**" in name or ("*" in folder and folder != "**"):
        return None
    return None if folder == "**" else folder.lower().encode(), name.lower().encode().split(b"*")


def inside(glob: str) -> list[bytes] | None:
    """The parts, at its stars and in lower case, of the name of a folder that everything in it is meant by.

    `**/vendor*/**` gives [b"vendor", b""]; None for a glob of another form.
    """
    name = glob[3:-3]
    plain = glob.startswith("**/") and glob.endswith("/**") and name.isascii() and "/" not in name
    return name.lower().encode().split(b"*") if plain and name and not _OTHER.search(name) else None


def is_named(name: AnyStr, parts: Sequence[AnyStr]) -> bool:
    """Whether a name is what stands between stars: its parts in order, the first and last at the ends."""
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return name == first
    at, end = len(first), len(name) - len(last)
    if at > end or not name.startswith(first) or not name.endswith(last):
        return False
    for part in parts[1:-1]:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def anchor(glob: str) -> str:
    """The longest ASCII text, in lower case, that every match of a brace-less glob contains; empty without one."""
    runs = (run for run in _OPEN.split(glob) if run.isascii())
    return max(runs, key=len, default="").lower()
