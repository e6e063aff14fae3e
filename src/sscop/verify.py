"""`sscop verify`: a statement held against a checkout, by running everything again as on its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sscop.check import Check
from sscop.config import ConfigError
from sscop.repository import open_repository
from sscop.tracing import LARGEST, UnusableError, commit_of, decode, differences
from sscop.written import looked

if TYPE_CHECKING:
    from sscop.artefacts.zizmor import Auditor
    from sscop.repository import Repository


def verify(
    file: str, root: str | None, asking: str, checks: Sequence[Check], zizmor: Callable[[Repository], Auditor]
) -> tuple[bool, list[str]]:
    """Whether anything differs, and what to say. Who signed the statement is for the signer's own tool to check.

    Raises ConfigError for a file that is no statement of this version, GitError where the checkout does not have the
    statement's commit.
    """
    told = _told(file, _content(file, LARGEST))
    day = date.fromisoformat(told["predicate"]["asAt"])
    commit = commit_of(told)
    here = open_repository(root, None).facts.commit
    again = looked(root, commit if commit and commit != here else None, asking, checks, day, zizmor)
    found = list(differences(told, again))
    at = (again.repository.commit or "no commit")[:12]
    other = f" (the checkout is at {here[:12]})" if here and again.repository.commit != here else ""
    lines = [f"looked again at {again.looked_at.files} files at {at}{other}, as on {day}"]
    if told["predicate"].get("platformAsked") and asking == "none":
        lines.append("the statement rests on the platform's settings too, which were not asked now: give --platform")
    lines += found or ["nothing differs: every cited file, every claim and every piece of evidence is as stated"]
    lines += [f"differences: {len(found)}"] if found else []
    return bool(found), lines


def signature(file: str, key: str | None) -> tuple[bool, list[str]]:
    """Whether a statement's signature is not by a key, and what to say; the source is not needed.

    Raises ConfigError for what can't be held against a key, and without the extra `verify`.
    """
    from sscop.signatures import KEYLESS, LARGEST_KEY, is_keyless, signed, summary

    data = _content(file, LARGEST)
    told = _told(file, data)
    if key is None:
        raise ConfigError(f"{file}: {KEYLESS}" if is_keyless(data) else "--signature-only needs --key FILE")
    try:
        good = signed(data, _content(key, LARGEST_KEY))
    except UnusableError as error:
        raise ConfigError(f"{file}: {error}") from None
    except ImportError as error:
        raise ConfigError(f"--signature-only needs {error.name}: pip install 'sscop[verify]'") from None
    if not good:
        return True, [f"no signature of it is by the key in {key}"]
    return False, [f"signed by the key in {key}", *summary(told)]


def _content(file: str, largest: int) -> bytes:
    try:
        with open(file, "rb") as stored:
            return stored.read(largest + 1)
    except OSError as error:
        raise ConfigError(f"{file}: can't be read: {error.strerror}") from None


def _told(file: str, data: bytes) -> dict[str, Any]:
    try:
        told = decode(data)
        date.fromisoformat(told["predicate"]["asAt"])
    except UnusableError as error:
        raise ConfigError(f"{file}: {error}") from None
    except ValueError:
        raise ConfigError(f"{file}: its day is none") from None
    return told
