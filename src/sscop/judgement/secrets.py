"""Whether a tracked value is a secret that somebody uses, and whether its place says that it is none."""

from __future__ import annotations

import math
import re
from collections import Counter

from sscop.artefacts.credentials.words import Held, in_url, is_password, value
from sscop.lazy import lazily
from sscop.repository.places import Family, not_counted

_TEST = lazily(
    r"(?<!la)(?<!con)(?<!at)(?<!pro)(?<!grea)tests?(?![a-z]{3})|testing|fixture|mock|examples?(?![a-z])|sample"
    r"|(?<![a-z])demos?(?![a-z])|dummy|fake|e2e|playground|snake[-_]?oil|(?:^|/)(?:docs?|documentation|specs?|t)/|tutorial|fuzz|bench(?:mark)?s?/|stub",
    re.IGNORECASE,
)
_DEVELOPMENT = lazily(
    r"localhost|self[-_]?signed"
    r"|(?:^|[/._-])(?:dev|devel|develop(?:ment)?|local|debug|vagrant|sandbox|ci)(?=[/._-]|$)",
    re.IGNORECASE,
)
_EXAMPLE_ENV = lazily(
    r"\.(?:ci|dist|defaults?|schema|tmpl|tpl|md|txt|py|ts|js|rb|go|j2|erb)\b|example|sample|template", re.IGNORECASE
)
_SECRET = lazily(
    r"(?:SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?|PASSPHRASE|CLIENT_?KEY)(?:_\d)?\Z", re.IGNORECASE
)
_PUBLIC = lazily(
    r"(?:^|_)(?:VITE|REACT_APP|NEXT_PUBLIC|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|PUBLIC|VUE_APP)_|PUBLISHABLE|SITE_?KEY",
    re.IGNORECASE,
)
_TO_DO = lazily(r"change[-_ ]?(?:this|me|it|in)|generate", re.IGNORECASE)
_TOKEN = lazily(
    r"gh[pousr]_\w{20}|github_pat_\w{20}|glpat-[\w-]{16}|xox[abprs]-\w|sk_live_|rk_live_|sk-[\w-]{20}|AKIA[0-9A-Z]{16}"
    r"|AIza[\w-]{30}|SG\.[\w-]{16}|eyJ[\w-]{10,}\.eyJ|npm_\w{30}|hf_\w{30}|dop_v1_\w{30}|shpat_\w{20}"
)


def aside(path: str) -> str:
    """Why a key or login at a path does not count: test data, an example, documentation; empty where it does."""
    reason = not_counted(path, Family.PROSE)
    return reason or ("a test, an example or documentation" if _TEST.search(path) else "")


def for_development(path: str) -> bool:
    """Whether a path says that what it holds is for a developer's own machine."""
    return bool(_DEVELOPMENT.search(path))


def is_example(path: str) -> bool:
    """Whether a `.env` file is one to copy from, or no such file at all."""
    return bool(_EXAMPLE_ENV.search(path.rpartition("/")[2]))


def is_secret(name: str, text: str) -> bool:
    """Whether a variable holds a secret in clear text: by its name, or by a password in a URL."""
    if _PUBLIC.search(name) or _TO_DO.search(text):
        return False
    if is_password(name) or _SECRET.search(name):
        return value(text).held is Held.LITERAL and not value(text).fallback
    return in_url(text).held is Held.LITERAL


def is_real(text: str) -> bool:
    """Whether a value looks made by a machine: a known token's form, or long and of high entropy; not `postgres`."""
    if _TOKEN.search(text):
        return True
    password = in_url(text)
    given = password.literal if password.held is Held.LITERAL else text
    if len(given) < 14 or " " in given or not (re.search(r"\d", given) and re.search(r"[A-Za-z]", given)):
        return False
    if re.search(r"test|dev|local|example|change|insecure|secret|password|dummy|123456|(.)\1{5}", given, re.IGNORECASE):
        return False
    return -sum(n / len(given) * math.log2(n / len(given)) for n in Counter(given).values()) > 3.2
