"""JSON as plain values, fast, and beside it the lines of the keys near its root.

For large or many files whose values are looked up by key; where every value needs its line, use `nodes` or `jsonc`.
"""

from __future__ import annotations

import re
from typing import Any

from sscop.lazy import lazily
from sscop.repository import Malformed

_TOKEN = lazily(r'"((?:[^"\\]|\\.)*)"?(\s*:)?|[{}\[\]]', re.DOTALL)
_COMMENT = lazily(r'"(?:[^"\\\n]|\\.)*"?|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING = lazily(r'"(?:[^"\\\n]|\\.)*"?|,(?=\s{0,2000}[}\]])')


def without_comments(text: str) -> str:
    """A text with its comments and trailing commas blanked, every line kept."""
    for token in (_COMMENT, _TRAILING):
        text = token.sub(_blank, text)
    return text


def load(text: str) -> dict[str, Any]:
    """The object that a JSON text is. Raises Malformed."""
    value = load_any(text)
    if not isinstance(value, dict):
        raise Malformed("is not a JSON object", 1)
    return value


def load_any(text: str) -> Any:
    """The value that a JSON text is, of any kind. Raises Malformed."""
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise Malformed("is nested too deeply to read") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"is not valid JSON: {error.msg}", error.lineno) from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise Malformed("holds a number that is too long to read") from None


def lines(text: str, depth: int = 2) -> dict[tuple[str, ...], int]:
    """The lines of the keys of objects down to a depth, by path; of a key that stands twice, the last one."""
    found: dict[tuple[str, ...], int] = {}
    path: list[str] = []  # the open containers; a list's is ""
    key, line, at = "", 1, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("{", "["):
            path.append(key)
            key = ""
        elif token in ("}", "]"):
            if path:
                path.pop()
            key = ""
        elif match[2] is not None:
            key = match[1]
            if len(path) <= depth:
                line, at = line + text.count("\n", at, match.start()), match.start()
                found[tuple(path[1:]) + (key,)] = line
    return found


def _blank(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])
