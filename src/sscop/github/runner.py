"""What a step says to the runner: commands in its log, and lines in the files that it reads afterwards."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from types import MappingProxyType

from sscop.reporters.escape import clean, data, prop


def untouched(text: str) -> None:
    """Print what may hold anything, while the runner takes no commands."""
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", flush=True)
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)
    print(f"::{token}::", flush=True)


def annotate(level: str, text: str, place: Mapping[str, str] = MappingProxyType({})) -> None:
    """An annotation of a level (`error`, `warning`, `notice`), at a place where it has one."""
    properties = {**place, "title": "sscop"}
    joined = ",".join(f"{name}={prop(value)}" for name, value in properties.items())
    print(f"::{level} {joined}::{data(clean(text))}", flush=True)


def summary(environ: Mapping[str, str], text: str) -> None:
    """Add Markdown to the job's summary."""
    with open(environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def append(path: str, values: Mapping[str, str]) -> None:
    """Add lines `name=value` to a file that the runner reads; a value can't begin a line of its own."""
    with open(path, "a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{name}={clean(value)}\n" for name, value in values.items())
