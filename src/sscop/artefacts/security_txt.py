"""security.txt as RFC 9116 defines it: its fields with their lines, and where the text does not follow the grammar.

No library serves: the one that is correct brings test tools along and another licence (EUPL). Nothing is judged here
but the grammar of section 4 and the OpenPGP cleartext signature of section 2.3 (RFC 4880, section 7; not verified).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone

from sscop.lazy import NamedTuple, lazily
from sscop.repository import Malformed

LIMIT = 32 * 1024
"""The size in bytes that RFC 9116 (section 5.4) has in mind as an upper bound."""
MANY = 500
"""Lines above which a text is no security.txt."""

_FIELD = lazily(r"([!#$%&'*+.^`|~\w-]{1,64})(\s{0,3}):(\s*)(.*)", re.DOTALL)
_TEMPLATED = lazily(
    r"\{\{|\{%|<%|<\?|\$\{|@(?:Model|ViewBag|ViewData|DateTime)\b|#\{|%[A-Z_]{3,40}%|__[A-Z_]{3,40}__|%\(\w+\)s|\}\}|%>"
)
_STATEMENT = lazily(
    r"\s*(?:\{%.*%\}|<%.*%>|\{\{-?\s*/?(?:if|end|range|with|define|template|else|#|/).*\}\}|<\?.*\?>)\s*"
)
_MOMENT = lazily(r"(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))")
_BEGIN, _SIGNATURE, _END = (
    f"-----{one}-----" for one in ("BEGIN PGP SIGNED MESSAGE", "BEGIN PGP SIGNATURE", "END PGP SIGNATURE")
)
KNOWN = (
    "contact", "expires", "encryption", "acknowledgments", "canonical", "policy", "hiring", "preferred-languages",
    "csaf",
)  # fmt: skip
"""The fields of RFC 9116 (section 2.5) and CSAF (IANA's registry), in lower case. Others are to be ignored."""


class Field(NamedTuple):
    """A field: its name in lower case, its value, its line. `templated` where a template makes the value."""

    name: str
    value: str
    line: int
    templated: bool = False


class Fault(NamedTuple):
    """Where the text does not follow the grammar: a stable `code`, in words, and whether readers may get over it."""

    code: str
    text: str
    line: int
    minor: bool = False


class SecurityTxt(NamedTuple):
    """A read file. `signed` where it has an OpenPGP cleartext signature, which is not verified."""

    fields: tuple[Field, ...]
    faults: tuple[Fault, ...]
    signed: bool

    def all(self, name: str) -> list[Field]:
        """The fields of a name, in order, which is the order of preference (section 2.5.4)."""
        return [one for one in self.fields if one.name == name]

    @property
    def templated(self) -> bool:
        """Whether a template makes any of it."""
        return any(one.templated for one in self.fields)


def parse(data: bytes) -> SecurityTxt:
    """Read a file's bytes. Raises Malformed for what is not UTF-8 text (section 2.2), and for far too many lines."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise Malformed("is not text")
    faults: list[Fault] = []
    if text.startswith("\ufeff"):
        faults.append(Fault("byte-order-mark", "begins with a byte order mark (RFC 5198 has none)", 1, minor=True))
        text = text[1:]
    if re.search(r"\r(?!\n)", text):
        line = text.count("\n", 0, text.index("\r")) + 1
        faults.append(Fault("line-ends", "ends lines with a carriage return alone (section 2.2)", line))
        text = re.sub(r"\r(?!\n)", "\r\n", text) if "\n" in text else text.replace("\r", "\n")
    lines = [one.rstrip("\r") for one in text.split("\n")]
    if len(lines) > MANY:
        raise Malformed(f"has too many lines for a security.txt ({len(lines):,})")
    numbered, signed = _signed(_without_front(list(enumerate(lines, 1))), faults)
    fields = list(_fields(numbered, faults))
    return SecurityTxt(tuple(fields), tuple(faults), signed)


def _without_front(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines without the front matter that site generators take off."""
    if lines[0][1].strip() == "---":
        for at, (_, line) in enumerate(lines[1:], 1):
            if line.strip() == "---":
                return lines[at + 1 :]
    return lines


def _signed(lines: list[tuple[int, str]], faults: list[Fault]) -> tuple[list[tuple[int, str]], bool]:
    """The lines inside a cleartext signature, their dashes unescaped; all lines where there is none."""
    starts = [at for at, (_, line) in enumerate(lines) if line.rstrip() == _BEGIN]
    if not starts:
        stray = next((number for number, line in lines if line.rstrip() == _SIGNATURE), 0)
        if stray:
            faults.append(Fault("signature", "has a signature without the beginning of the signed message", stray))
            return [one for one in lines if one[0] < stray], False
        return lines, False
    begin = starts[0]
    if outside := next((number for number, line in lines[:begin] if line.strip()), 0):
        faults.append(Fault("signature", "has text before the signed message, which is not signed", outside))
    at = begin + 1
    while at < len(lines) and re.match(r"(?:Hash|Charset|Comment|Version|NotDashEscaped):", lines[at][1]):
        at += 1
    body: list[tuple[int, str]] = []
    while at < len(lines) and lines[at][1].rstrip() != _SIGNATURE:
        number, line = lines[at]
        if line.startswith("-") and not line.startswith("- "):
            faults.append(Fault("signature", "a line that begins with a dash is not escaped (RFC 4880, 7.1)", number))
        body.append((number, line.removeprefix("- ")))
        at += 1
    ends = [n for n in range(at, len(lines)) if lines[n][1].rstrip() == _END]
    if not ends:
        faults.append(Fault("signature", "the signature is not complete", lines[begin][0]))
    elif after := next((number for number, line in lines[ends[0] + 1 :] if line.strip()), 0):
        faults.append(Fault("signature", "has text after the signature, which is not signed", after))
    return body, True


def _fields(lines: Iterable[tuple[int, str]], faults: list[Fault]) -> Iterator[Field]:
    for number, line in lines:
        if not line.strip() or line.startswith("#") or _STATEMENT.fullmatch(line):
            continue
        match = _FIELD.fullmatch(line)
        if not match:
            if not _TEMPLATED.search(line):
                faults.append(Fault("not-a-field", f"is neither a field nor a comment: {line.strip()[:60]}", number))
            continue
        name, before, after, value = match.groups()
        if before:
            faults.append(Fault("space", "has a space before the colon (section 4)", number, minor=True))
        if value and after != " ":
            faults.append(Fault("space", "has not just one space after the colon (section 4)", number, minor=True))
        if not value.strip():
            faults.append(Fault("empty", f"`{name}` has no value", number))
            continue
        yield Field(name.lower(), value.strip(), number, _TEMPLATED.search(value) is not None)


def moment(value: str) -> datetime | None:
    """The moment of an `Expires` field in UTC (RFC 3339, section 5.6); None for anything else."""
    match = _MOMENT.fullmatch(value)
    if not match:
        return None
    day, hour, minute, second, sign, hours, minutes = match.groups()
    try:
        # A leap second is the next minute's first to us.
        found = datetime.fromisoformat(f"{day}T{hour}:{minute}:{'59' if second == '60' else second}+00:00")
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        if offset >= timedelta(days=1):
            return None
        return (found - offset if sign == "+" else found + offset).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def looks_like(data: bytes) -> bool:
    """Whether a text has one of the main fields: a policy in prose may be called `SECURITY.txt` too."""
    return (
        re.search(rb"(?im)^(?:- )?(?:contact|expires|encryption|preferred-languages)[ \t]*:", data[:LIMIT]) is not None
    )
