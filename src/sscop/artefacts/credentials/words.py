"""Which names are passwords, and whether a value is one: a literal, a reference to one elsewhere, or a placeholder."""

from __future__ import annotations

import re
from enum import Enum

from sscop.lazy import NamedTuple, lazily

_WORDS = lazily(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PASSWORDS = {"password", "passwd", "passwort", "passphrase", "pwd", "pass", "pw"}
_SHORT = {"pass", "pw", "pwd"}
"""Words that are a password's only behind another one (`db_pass`; `pass` alone counts passed tests)."""
_KEYS = {
    ("secret", "key"), ("key", "base"), ("jwt", "secret"), ("session", "secret"), ("cookie", "secret"),
    ("auth", "secret"), ("nextauth", "secret"), ("app", "secret"), ("token", "secret"), ("signing", "secret"),
    ("encryption", "key"), ("signing", "key"), ("jwt", "key"), ("session", "key"), ("admin", "token"),
    ("root", "token"), ("bootstrap", "token"), ("secret", "token"), ("64", "secret"),
}  # fmt: skip
"""Ends of names that sign sessions or let an administrator in. Keys of other people's services are not meant."""
_NOT = {
    "allow", "no", "forgot", "forgotten", "reset", "change", "show", "hide", "require", "requires", "required",
    "random", "generate", "generated", "create", "manage", "enable", "disable", "use", "validate", "confirm", "old",
    "new", "invalid", "wrong", "empty", "label", "prompt", "public", "max", "min", "trust", "truststore",
    "proxy", "uwsgi", "fastcgi", "grpc",
}  # fmt: skip
"""Words in a name that speak about passwords rather than hold one."""

_FLAG = lazily(r"(?:true|false|yes|no|on|off|null|none|nil|~|0|1)\Z", re.IGNORECASE)
_FALLBACK = lazily(r"\$\{[\w.-]{1,200}:?-([^{}]{1,400})\}|\$\{[\w.-]{1,200}:([^{}?+-][^{}]{0,400})\}")
_REFERENCE = lazily(
    r"\$\{|\$\(|\{\{|<%|%\(|#\{|\{%|\$[A-Za-z_]\w*\Z|%\w+%\Z|ENC[\[(]|\{cipher\}|\$ANSIBLE_VAULT|\$__|@[\w.]+@\Z|__\w+__\Z"
    r"|(?:vault|op|ref\+\w+|arn|file|ssm|aws|gcp|azure|sm|keyvault|awssm|secret(?:ref|smanager)?s?|env|projects)(?::|/)"
    r"|/[\w.-]+/|\./|~/|\w+\[|(?:process|os|config|var|local|data|module|random_\w+|each|self)\.",
)
_PLACEHOLDER = lazily(
    r"[<\[(|].*[>\])|]\Z|[*x.\u2026_#?-]{2,}\Z|.*\byour?(?:[-_ .]|\Z)"
    r"|.*(?:^|[-_ ])(?:replace|insert|enter|fill|provide|put|set|goes|substitute)(?:[-_ ]|\Z)|.*replace_?me"
    r"|(?:todo|tbd|fixme|redacted|removed|placeholder|dummy|fake|mock|sample|example|unused|not[-_ ]?used|n/?a"
    r"|undefined|string|unset|not[-_ ]set|none|empty|hidden|override|xxx+|specify|not[-_ ]a[-_ ]?real)(?:\W|_|\Z)"
    r"|.*(?:[-_ ]here|placeholder|dummy[-_ ]?\w*)\Z|.*or[-_ ]fail",
    re.IGNORECASE,
)
_CAPITALS = lazily(r"(?:[A-Z]+_)*(?:SECRET|PASSWORD|TOKEN|KEY|PASS)\Z")
_URL = lazily(r"\w[\w+.-]{1,40}://[^\s:/@'\"]{1,80}:([^\s/@'\"]{1,200})@([^\s/:'\"?]{0,200})")
LOCAL = lazily(
    r"localhost|127\.0\.0\.1|\[?::1\]?|host\.docker\.internal|\(local\w*\)|0\.0\.0\.0"
    r"|(?:server|source)\s*=\s*\.|:(?:h2|hsqldb|derby):|:memory:",
    re.IGNORECASE,
)
"""A place on the developer's own machine, or a database inside the process."""


class Held(Enum):
    """What a value holds."""

    NOTHING = "nothing"
    REFERENCE = "a reference"
    PLACEHOLDER = "a placeholder"
    LITERAL = "a literal"


class Value(NamedTuple):
    """A value, and whether it only stands in where the environment gives none (`${X:-changeme}`)."""

    held: Held
    literal: str = ""
    fallback: bool = False


def is_password(name: str) -> bool:
    """Whether a setting of this name holds a password, or a key that signs sessions.

    `DB_PASSWORD`, `adminPassword`, `spring.datasource.password`; not `PASSWORD_FILE`, `passwordKey`.
    """
    words = [word.lower() for word in _WORDS.findall(name[-200:])]
    if not words or not _NOT.isdisjoint(words[-4:]):
        return False
    if words[-1] in _PASSWORDS:
        return words[-1] not in _SHORT or len(words) > 1
    return tuple(words[-2:]) in _KEYS


def value(text: str) -> Value:
    """What a setting's text holds, references with a default resolved to it."""
    text = text.strip().strip("\"'").strip()
    if not text or len(text) > 1000 or _FLAG.match(text):
        return Value(Held.NOTHING)
    fallback = _FALLBACK.fullmatch(text)
    if fallback:
        inner = value(fallback[1] or fallback[2])
        return inner._replace(fallback=True)
    if _REFERENCE.match(text) or "${" in text or "{{" in text or "<%" in text:
        return Value(Held.REFERENCE)
    if _PLACEHOLDER.match(text) or _CAPITALS.match(text):
        return Value(Held.PLACEHOLDER)
    return Value(Held.LITERAL, text)


def in_url(text: str) -> Value:
    """The password of a URL with credentials, unless its host is the developer's own machine."""
    fallback = _FALLBACK.fullmatch(text.strip())
    found = _URL.search((fallback[1] or fallback[2]) if fallback else text)
    if not found or LOCAL.match(found[2]):
        return Value(Held.NOTHING)
    return value(found[1])._replace(fallback=bool(fallback))
