"""JSON with comments and trailing commas (as VS Code and development containers write it), with lines.

Read by the YAML reader, of which JSON in this form is a part once comments are blanked; so it has the same
values, lines, depth limit and errors.
"""

from __future__ import annotations

import re

from sscop.artefacts import nodes
from sscop.lazy import lazily

_STRING = r'"(?:[^"\\\n]|\\.)*"?'  # an open end here and below, or a file full of them takes quadratic time
_COMMENT = lazily(rf"{_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TRAILING = lazily(rf"{_STRING}|,(?=\s*[}}\]])")
_PAIR = lazily(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def load(text: str) -> nodes.Node:
    """The value of a JSONC text; an empty one is an empty `Text`. Raises Malformed, as `nodes.load` does."""
    for token in (_COMMENT, _TRAILING):
        text = token.sub(_blank, text)
    return nodes.load(_PAIR.sub(_one_escape, text).replace("\t", " "))


def _blank(match: re.Match[str]) -> str:
    """A comment or comma as blanks, so that every line stays; a string as it is."""
    return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])


def _one_escape(pair: re.Match[str]) -> str:
    """A character outside the basic plane, which JSON escapes as two surrogates and YAML as one."""
    return chr(0x10000 + ((int(pair[1], 16) & 0x3FF) << 10) + (int(pair[2], 16) & 0x3FF))
