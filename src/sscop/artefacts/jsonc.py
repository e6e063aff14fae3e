"""JSON with comments and trailing commas (as VS Code and development containers write it), and JSON5, with lines.

Read by the YAML reader, of which JSON in this form is a part once comments are blanked; so it has the same
values, lines, depth limit and errors.
"""

from __future__ import annotations

import re

from sscop.artefacts import nodes
from sscop.lazy import lazily

_STRING = r'"(?:[^"\\\n]|\\.)*"?'  # an open end here and below, or a file full of them takes quadratic time
_COMMENT = lazily(rf"{_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_JSON5 = lazily(
    r"""//[^\n]*|/\*.*?(?:\*/|\Z)|(["'])((?:(?!\1)[^\\\n]|\\.)*)\1?|(?<![\w$.])([A-Za-z_$][\w$]*)(?=[ \t]{0,9}:)""",
    re.DOTALL,
)
_ESCAPE = lazily(r'\\.|"', re.DOTALL)
_TRAILING = lazily(rf"{_STRING}|,(?=\s*[}}\]])")
_PAIR = lazily(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def load(text: str) -> nodes.Node:
    """The value of a JSONC text; an empty one is an empty `Text`. Raises Malformed, as `nodes.load` does."""
    for token in (_COMMENT, _TRAILING):
        text = token.sub(_blank, text)
    return nodes.load(_PAIR.sub(_one_escape, text).replace("\t", " "))


def load5(text: str) -> nodes.Node:
    r"""The value of a JSON5 text (single quotes, keys without quotes, `\.` for `.`); see `load`."""
    return load(_JSON5.sub(_quoted, text))


def _quoted(match: re.Match[str]) -> str:
    """A text in double quotes, with escapes that YAML knows too; a comment as blanks."""
    quote, inside, key = match.groups()
    if quote:
        return f'"{_ESCAPE.sub(_escaped, inside)}"' if match[0].endswith(quote) and len(match[0]) > 1 else match[0]
    return f'"{key}"' if key else _blank(match)


def _escaped(match: re.Match[str]) -> str:
    if match[0] == '"':
        return '\\"'
    return match[0] if match[0][1] in '"\\/bfnrtuvx0\n' else match[0][1]


def _blank(match: re.Match[str]) -> str:
    """A comment or comma as blanks, so that every line stays; a string as it is."""
    return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])


def _one_escape(pair: re.Match[str]) -> str:
    """A character outside the basic plane, which JSON escapes as two surrogates and YAML as one."""
    return chr(0x10000 + ((int(pair[1], 16) & 0x3FF) << 10) + (int(pair[2], 16) & 0x3FF))
