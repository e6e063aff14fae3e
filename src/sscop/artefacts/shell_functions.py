"""Shell functions that nothing calls: what stands in them is not run, though the script that holds it is.

Libraries of functions are read with `source` for one of them; a script has some that it never uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sscop.lazy import lazily

_START = lazily(
    r"^(?:function[ \t]+([\w.:-]{1,100})[ \t]*(?:\([ \t]*\))?|([\w.:-]{1,100})[ \t]*\([ \t]*\))[ \t]*\n?[ \t]*[{(]",
    re.MULTILINE,
)
_END = lazily(r"^[})]", re.MULTILINE)
_WORD = lazily(r"[\w.:-]+")
_ANY = lazily(
    r"(?:^|[;&|]|\bthen|\bdo)[ \t]*(?:exec[ \t]+|eval[ \t]+)?\"?\$(?:[@*1]|\{[@*1][^}]*\})|\beval\b|\bdeclare -F\b"
    r"|\bcompgen\b",
    re.MULTILINE,
)
"""A call whose name is only known when it runs: then every function may be meant."""


def live(text: str, callers: Iterable[str] = ()) -> str:
    """A script's text with the bodies of functions blanked that neither it nor its callers call; the lines stay."""
    if "()" not in text and "function " not in text:
        return text
    bodies = _bodies(text)
    if not bodies:
        return text
    outside = _blanked(text, [span for _, *span in bodies])
    given = [outside, *callers]
    if any(_ANY.search(one) for one in given):
        return text
    called = {word for one in given for word in _WORD.findall(one)}
    waiting = [body for body in bodies if body[0] in called]
    alive = set(waiting)
    while waiting:
        name, start, end = waiting.pop()
        words = set(_WORD.findall(text, start, end)) - {name}
        more = [body for body in bodies if body[0] in words and body not in alive]
        alive |= set(more)
        waiting += more
    return _blanked(text, [(start, end) for name, start, end in bodies if (name, start, end) not in alive])


def _bodies(text: str) -> list[tuple[str, int, int]]:
    """The functions that begin at the start of a line and end at a brace there: their names, starts and ends."""
    found = []
    at = 0
    while match := _START.search(text, at):
        line_end = text.find("\n", match.end())
        one_line = line_end < 0 or text[match.end() : line_end].rstrip().endswith(("}", ")"))
        end = _END.search(text, match.end())
        if one_line:
            at = len(text) if line_end < 0 else line_end
        elif end is None:
            break
        else:
            at = end.end()
        found.append((match[1] or match[2], match.start(), at))
    return found


def _blanked(text: str, spans: Sequence[Sequence[int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*parts, text[at:]])
