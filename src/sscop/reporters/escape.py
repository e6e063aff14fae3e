"""Everything taken from a scanned repository is hostile: made harmless here for where it goes.

For Markdown there is one idea instead of a list of dangerous characters: a word that is not plainly a word goes
into a code span, where GitHub makes nothing of mentions, issue numbers, commit names, addresses, emoji, formulas
or HTML, and where it can be copied as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

Link = Callable[[str, "int | None"], str]
"""From a path in the repository and a line (from 1, or None) to an address, or to an empty text for none."""

_WORD = re.compile(
    r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[^\W\d_][^\W_]*|\d{1,6}(?:\.\d{1,6})*|\d{4}-\d\d-\d\d|[vV]?\d{1,6}(?:[.-]\d{1,6}){1,4}"
)
_COMMIT = re.compile(r"\b[0-9a-fA-F]{7,}\b")
_BEFORE = "\"'(\u2018\u201c"
_AFTER = ".,;:!?%'\")\u2019\u201d\u2013\u2014\u2026"
_PIECE = re.compile(r"(\s*)(?:`([^`]+)`|([^\s`]+|`))")


def clean(text: str) -> str:
    """One line that any encoder takes and any screen shows: no line ends, no invisible or reversing characters.

    White space becomes a space, a byte that was not UTF-8 becomes `%FF`, everything else unseen `\\u202e`.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _visible(char) for char in text)


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    number = ord(char)
    return f"%{number - 0xDC00:02X}" if 0xDC80 <= number <= 0xDCFF else f"\\u{number:04x}"


def text(value: str) -> str:
    """A sentence as Markdown: plain words stay, what stands between backticks or is no plain word becomes code."""
    out = ""
    for gap, quoted, word in _PIECE.findall(clean(value).strip()):
        piece = code(quoted) if quoted else _word(word, first=not out)
        if out and (gap or (out.endswith("`") and piece.startswith("`"))):
            out += " "
        out += piece
    return out


def _word(word: str, first: bool) -> str:
    core = word.lstrip(_BEFORE)
    lead, core = word[: len(word) - len(core)], core.rstrip(_AFTER)
    trail = word[len(lead) + len(core) :]
    if core and (not _WORD.fullmatch(core) or _COMMIT.search(core)):
        core = code(core)
    elif first and not lead and core.isdigit() and trail[:1] in (".", ")"):
        trail = "\\" + trail  # `1.` at the start of a line would open a list
    return lead + core + trail


def code(value: str) -> str:
    """A code span, safe in a table too: a pipe would end the cell even inside code, so it stands outside of it."""
    return "&#124;".join(map(_span, clean(value).split("|")))


def _span(value: str) -> str:
    if not value:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", value)), default=0) + 1)
    pad = " " if value[0] == "`" or value[-1] == "`" or (value[0] == value[-1] == " " and value.strip()) else ""
    return fence + pad + value + pad + fence


def data(value: str) -> str:
    """The message of a GitHub workflow command; lines stay lines, as `%0A`."""
    return "\n".join(map(clean, value.split("\n"))).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def prop(value: str) -> str:
    """The value of a property of a GitHub workflow command."""
    return data(clean(value)).replace(":", "%3A").replace(",", "%2C")


def uri(path: str) -> str:
    """A path as a relative URI reference: its bytes, percent-encoded."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def blob(server_url: str, repository: str, commit: str) -> Link:
    """Links to the files of one repository at one commit, and to nothing else.

    A path that could lead out of it gets no link. Raises ValueError when the three do not name a commit.
    """
    server = urlsplit(server_url)
    if server.scheme not in ("http", "https") or not server.hostname:
        raise ValueError(f"not the address of a server: {server_url!r}")
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII) or not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        raise ValueError(f"not a repository and a commit: {repository!r}, {commit!r}")
    base = f"{server_url.rstrip('/')}/{repository}/blob/{commit}"

    def link(path: str, line: int | None) -> str:
        if any(part in ("", ".", "..") for part in path.split("/")):
            return ""
        return f"{base}/{uri(path)}" + (f"#L{line}" if line else "")

    return link
