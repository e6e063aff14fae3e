"""What a command says: to standard output or a file, and why it failed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

USAGE, UNTRUSTED = 2, 3


def fail(code: int, text: str) -> int:
    """Say why on standard error, without what a terminal would act on; gives the exit code back."""
    for line in text.split("\n"):
        clean = "".join(char if char.isprintable() else "?" for char in line)
        print(f"sscop: {clean}", file=sys.stderr)
    return code


def write(text: str | bytes, file: str | None, anew: bool = True) -> None:
    """To a file as UTF-8, or to standard output in whatever encoding it has, without failing on a character.

    Without `anew` what is in a file already is left alone: it may be somebody's work.
    """
    from sscop.config import ConfigError

    if file is None:
        assert isinstance(text, str)
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
        return
    try:
        with open(file, "wb" if anew else "xb") as out:
            out.write(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"))
    except FileExistsError:
        raise ConfigError(f"{file}: is there already and stays as it is; name another file, or move this one") from None
    except OSError as error:
        raise ConfigError(f"{file}: can't be written: {error.strerror}") from None


def as_of(given: str | None) -> date:
    """The day that `--today` names, else this one. Raises ConfigError for what is none."""
    from datetime import date

    from sscop.config import ConfigError

    try:
        if given and len(given) != len("YYYY-MM-DD"):
            raise ValueError(given)
        return date.fromisoformat(given) if given else date.today()
    except ValueError:
        raise ConfigError(f"--today {given}: not a date of the form YYYY-MM-DD") from None
