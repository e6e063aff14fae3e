"""Versions, ranges and states as tables and sentences write them, and whose versions they are."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from sscop.artefacts.lifecycle.model import State
from sscop.artefacts.prose import dates
from sscop.artefacts.prose.dates import Kind, When
from sscop.lazy import NamedTuple, lazily

VERSION = r"v?\d{1,4}(?:\.(?:\d{1,6}|[xXyYzZnN*]|_[xyz]_)){0,4}(?:[-.](?:lts|alpha|beta|rc)[.\d]{0,6})?"
_NAMED = lazily(rf"(?<![\w.]){VERSION}(?![\w])", re.IGNORECASE)
_RANGE = lazily(
    rf"(?P<op><=|>=|<|>|\u2264|\u2265|\u2264|=|\^|~)?\s{{0,2}}(?P<low>{VERSION})(?:\s{{0,3}}(?P<plus>\+)"
    rf"|\s{{1,3}}(?:and|or)\s{{1,3}}(?P<way>older|below|earlier|lower|newer|above|later|higher|up|prior)"
    rf"|\s{{0,3}}(?:-|\u2013|to|through)\s{{0,3}}(?P<high>{VERSION}))?",
    re.IGNORECASE,
)
_OLDER = lazily(
    r"^(?:(?:all|any|every(?:thing)?) )?(?:the )?(?:older|old|previous|prior|earlier|other|others|otherwise|everything"
    r"|below|before|anything|rest|else|legacy|outdated)\b",
    re.IGNORECASE,
)
_ROLLING = lazily(
    r"\b(?:latest|current|newest|most recent|main|master|trunk|develop(?:ment)?|head|rolling|nightly|edge|stable|tip"
    r"|last)\b",
    re.IGNORECASE,
)
_WORDY = lazily(
    r"^(?:(?:all|any|the|every(?:thing)?|only) )*(?:latest|current|newest|most recent|main|master|trunk|head|older|old"
    r"|previous|prior|earlier|other|others|otherwise|rest|stable|nightly|edge|lts|next|develop(?:ment)?|n-\d|legacy"
    r"|pre-?alpha|alpha|beta|pre-?release|last|penultimate|anything|everything|snapshots?|unreleased|major|minor"
    r"|rolling"
    r"|release|active)\b",
    re.IGNORECASE,
)
_NO_SIGN = lazily(
    r":x:|:no_entry|:negative|:red_circle|:heavy_multiplication|:cross_mark"
    r"|[\u274c\u274e\u2717\u2718\u2716\u2715\u26d4\u2612"
    r"\U0001f6ab\U0001f534\U0001f5d9\U0001f44e]|^[xX]$",
)
_YES_SIGN = lazily(
    r":white_check_mark:|:heavy_check_mark:|:check_mark|:ballot_box_with_check|:green_circle|:large_green"
    r"|:yellow_circle"
    r"|:warning:|[\u2705\u2714\u2713\u2611\u26a0\u221a\U0001f7e2\U0001f7e9\U0001f7e1\U0001f44d\U0001f504\U0001f512]"
)
_NO = lazily(
    r"\bno\b(?! end)|\bnot?\b.{0,20}\b(?:support|maintain)|\bno longer\b|\bun-?(?:supported|maintained)"
    r"|\bend[- ]of[- ](?:life|support)|\beol\b|\beos\b|\bended\b|\bnone\b|\bnever\b|\bretired\b|\bdiscontinued\b"
    r"|\bobsolete\b|\barchived\b|^false$|^n$|\bsunset\b|^expired",
    re.IGNORECASE,
)
_YES = lazily(
    r"\byes\b|\bsupport(?:ed)?\b|\bactive(?:ly)?\b|\bmaintain|\bmaintenance\b|\blts\b|\bsecurity\b|\bbug ?fix"
    r"|\bcurrent(?:ly)?\b|\blatest\b|\bfull\b|\blimited\b|\bbest[- ]effort|\bcritical\b|\bextended\b|\bpartial"
    r"|\bstable\b"
    r"|^true$|^y$|\bgo-live\b|\bonly\b",
    re.IGNORECASE,
)
_COMING = lazily(
    r"\bfuture\b|\bplanned\b|\bupcoming\b|\bto be released\b|\bin development\b|\bnot yet\b|\bunreleased\b"
    r"|\btarget release\b"
    r"|\bcoming\b|^(?:alpha|beta|rc|prerelease|feature)$|\bscheduled\b|\bdevelopment\b(?! branch)",
    re.IGNORECASE,
)
_THIRD = lazily(
    r"\b(?:c?python|pypy|node(?:\.?js)?|npm|pnpm|yarn|deno|bun|java|jdk|jre|openjdk|jvm|kotlin|scala|ruby|rails|php"
    r"|golang|go version|rust(?:c)?|msrv|\.?net(?: core| framework)?|dotnet|asp\.net|c#|swift|xcode|kubernetes|k8s"
    r"|openshift"
    r"|helm|docker|podman|containerd|ubuntu|debian|alpine|rhel|red hat|centos|fedora|suse|sles|amazon linux"
    r"|oracle linux"
    r"|rocky|almalinux|windows(?: server)?|macos|mac os|os x|linux|android|ios|ipados|postgres(?:ql)?|mysql|mariadb"
    r"|redis"
    r"|valkey|mongodb|elastic(?:search)?|opensearch|kafka|cassandra|oracle|sql server|sqlite|django|flask|react|vue"
    r"|angular"
    r"|svelte|symfony|laravel|wordpress|drupal|spring(?: boot)?|hibernate|maven|gradle|gcc|clang|llvm|msvc"
    r"|visual studio"
    r"|vs ?code|intellij|chrome|chromium|firefox|safari|edge|opera|internet explorer|browsers?|operating systems?|os"
    r"|platforms?|runtimes?|compilers?|toolchains?|base (?:container|image)s?|distributions?|distros?|databases?"
    r"|dependenc(?:y|ies)|terraform|ansible(?:-core)?|elixir|erlang|otp|julia|perl|lua|numpy|pytorch"
    r"|tensorflow|cuda|opengl|unity|minecraft|tls|ssl|http|hardware|devices?|boards?|architectures?|psycopg\d?)\b",
    re.IGNORECASE,
)
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2212", "-") | {"\u00a0": " "})
_QUARTER = lazily(
    r"\b(?:Q([1-4])[ /-]{0,2}(\d{4})|(\d{4})[ /-]{0,2}Q([1-4])|H([12])[ /-]{0,2}(\d{4}))\b", re.IGNORECASE
)


class Range(NamedTuple):
    """The versions that a name stands for: from `low` on, below `high`, each as numbers; None where it is open."""

    low: tuple[int, ...] | None
    high: tuple[int, ...] | None

    def overlaps(self, other: Range) -> bool:
        """Whether any version is in both."""
        return (self.high is None or other.low is None or other.low < self.high) and (
            other.high is None or self.low is None or self.low < other.high
        )


def plain(text: str) -> str:
    """A text with ordinary hyphens and spaces, without footnote marks."""
    return text.translate(_HYPHENS).strip().rstrip("*\u2020\u2021\u00b9\u00b2\u00b3").strip()


def is_version(text: str) -> bool:
    """Whether a cell names versions: a number, a range, or a word such as `latest` and `older`."""
    text = plain(text)
    if not text or len(text) > 80:
        return False
    if _WORDY.search(text):
        return True
    match = _NAMED.search(text)
    return match is not None and match.start() < 40 and not re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", text)


def versions(text: str) -> list[re.Match[str]]:
    """The version numbers of a running text with their places; no dates, years or lone numbers of other things."""
    return [one for one in _NAMED.finditer(text) if not re.fullmatch(r"(?:19|20)\d\d", one[0])]


def is_rolling(text: str) -> bool:
    """Whether a name moves along with the releases, and no number binds it."""
    return _ROLLING.search(text) is not None and not _NAMED.search(text)


def is_rest(text: str) -> bool:
    """Whether a name stands for all that is older or not named."""
    return _OLDER.search(plain(text)) is not None


def range_of(text: str) -> Range | None:
    """The versions that a name stands for; None where it says no numbers."""
    text = plain(text)
    if is_rest(text):
        return None
    match = _RANGE.search(text)
    if match is None:
        return None
    low, way = _numbers(match["low"]), (match["way"] or "").lower()
    above = _after(low)
    operator = match["op"] or ""
    if operator == "<":
        return Range(None, low)
    if operator in ("<=", "\u2264") or way in ("older", "below", "earlier", "lower", "prior"):
        return Range(None, above)
    if operator in (">=", ">", "\u2265") or match["plus"] or way:
        return Range(low, None)
    if match["high"]:
        return Range(low, _after(_numbers(match["high"])))
    return Range(low, above)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"v?(\d+(?:\.\d+)*)", version, re.IGNORECASE)
    return tuple(map(int, found[1].split("."))) if found else ()


def _after(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return (*numbers[:-1], numbers[-1] + 1) if numbers else ()


def numbers_of(text: str) -> tuple[int, ...]:
    """The first version number of a text, as numbers; empty without one."""
    match = _NAMED.search(plain(text))
    return _numbers(match[0]) if match else ()


def state_of(text: str) -> State:
    """What a cell says of support."""
    text = plain(text)
    if not text:
        return State.UNTOLD
    if _NO_SIGN.search(text):
        return State.ENDED
    if _YES_SIGN.search(text):
        return State.SUPPORTED
    if _NO.search(text):
        return State.ENDED
    if _COMING.search(text):
        return State.COMING
    return State.SUPPORTED if _YES.search(text) else State.UNTOLD


def third_party(text: str, own: frozenset[str] = frozenset()) -> str:
    """The first name of somebody else's product in a text; empty without one. `own` are this product's names."""
    return next((one[0] for one in _THIRD.finditer(text) if one[0].lower() not in own), "")


def read_date(text: str) -> When:
    """The date of a cell: see `dates.read`; quarters and halves of years too."""
    text = plain(text)
    found = dates.read(text)
    if found.kind is Kind.NONE and (match := _QUARTER.search(text)):
        one, first, other, second, half, third = match.groups()
        year = int(first or other or third)
        month = int(one or second) * 3 if not half else int(half) * 6
        start = month - (5 if half else 2)
        if not 1 <= year <= 9999:
            return found
        return When(Kind.MONTH, match[0], date(year, start, 1), date(year, month, monthrange(year, month)[1]))
    return found
