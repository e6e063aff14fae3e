"""`.env` files: lines of `NAME=value`, as shells and the dotenv libraries read them."""

from __future__ import annotations

from sscop.lazy import NamedTuple, lazily

GLOBS = ("**/.env", "**/.env.*", "**/*.env", "**/.envrc")

_LINE = lazily(r"\s{0,40}(?:export\s{1,9})?([A-Za-z_][\w.-]{0,200})[ \t]{0,9}=[ \t]*(.*)", 0)
_COMMENT = lazily(r"\s#.*\Z")


class Variable(NamedTuple):
    """A variable and its value, without quotes and comments."""

    name: str
    value: str
    line: int


def load(source: str) -> tuple[Variable, ...]:
    """The variables of a file. Never fails: what is no assignment is passed over."""
    found = []
    for number, line in enumerate(source.split("\n"), 1):
        match = _LINE.match(line[:4000])
        if match:
            value = match[2].strip()
            quoted = value[:1] in ("'", '"') and value.find(value[0], 1)
            value = value[1:quoted] if quoted and quoted > 0 else _COMMENT.sub("", value).strip()
            found.append(Variable(match[1], value, number))
    return tuple(found)
