"""Answers from a sheet: the table of `sscop report --form table`, filled in and read back into declarations.

People who lead a function do not edit YAML. A sheet has a row for each claim; a row without `status-declared` changes
nothing, and columns that are computed are passed over. Nothing is written unless every row is right.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from sscop.artefacts.declarations import SHAPE, Declaration, declarations
from sscop.artefacts.nodes import load
from sscop.artefacts.shape import problems
from sscop.config import ConfigError
from sscop.init import put
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import open_repository
from sscop.repository.places import DECLARED

KEYS = {
    "status-declared": "status",
    **{
        key: key
        for key in (
            "function", "accountable", "declared-by", "checked-by", "method", "reviewed", "population",
            "customer-answer",
        )
    },
}  # fmt: skip
"""The columns that are taken over, and the keys of the front matter that they go to; `argument` is the prose."""

LARGEST = 20 * 1024 * 1024
"""Bytes of a sheet, and of what a workbook unpacks to."""

_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?\n?", re.DOTALL | re.MULTILINE)


class Row(NamedTuple):
    """A row with an answer: its line in the sheet, the claim, the front matter's keys, the argument."""

    line: int
    slug: str
    front: Mapping[str, str]
    argument: str


def take(root: str | None, file: str) -> Iterator[str]:
    """Write what a sheet's answers change, all of it or nothing; a line for each file.

    Raises ConfigError as `rows` does, and where a declaration is there that can't be read.
    """
    try:
        with open(file, "rb") as sheet:
            found = rows(os.path.basename(file), sheet.read(LARGEST + 1))
    except OSError as error:
        raise ConfigError(f"{file}: can't be read: {error.strerror}") from None
    repo = open_repository(root, None)
    known, texts = {}, {}
    for row in found:
        path = f"{DECLARED}{row.slug}.md"
        full = os.path.join(repo.facts.root, path)
        if os.path.lexists(full) and not repo.has(path):
            raise ConfigError(f"{path}: is there and not tracked by git: git add it first, so that nothing is lost")
        if not repo.has(path):
            continue
        text = repo.text(path)
        if isinstance(text, Unread):
            raise ConfigError(f"{path}: {text.reason}")
        texts[row.slug] = text
    for one in declarations(repo):
        if isinstance(one, Unread):
            if one.path in {f"{DECLARED}{row.slug}.md" for row in found}:
                raise ConfigError(f"{one.path}:{one.line or 1}: {one.reason}")
        else:
            known[one.slug] = one
    changed = list(merged(found, texts, known))
    for path, new in changed:
        put(repo.facts.root, path, new, anew=True)
        yield f"wrote {path}"
    yield f"{len(found)} answers in the sheet, {len(changed)} files changed; read them, then git add them"


def rows(name: str, data: bytes) -> list[Row]:
    """The rows of a sheet that hold an answer.

    Raises ConfigError, naming each line, for a sheet that can't be read, has no such columns, names no claim of the
    Code, or holds what a declaration can't; LookupError where a workbook needs the extra `report`.
    """
    from sscop.catalogue import code

    if len(data) > LARGEST:
        raise ConfigError(f"{name}: is larger than {LARGEST:,} bytes")
    table = _workbook(name, data) if name.lower().endswith(".xlsx") else _csv(name, data)
    head = next(((line, row) for line, row in table if "slug" in row and "status-declared" in row), None)
    if head is None:
        raise ConfigError(f"{name}: has no row of titles with `slug` and `status-declared`")
    start, titles = head
    found, wrong = [], []
    for line, cells in table:
        if line <= start:
            continue
        said = {
            title: _GUARDED.sub("", value, count=1).replace("\r\n", "\n").strip() for title, value in zip(titles, cells)
        }
        slug = said.get("slug", "")
        if not slug or not said.get("status-declared"):
            continue
        if slug not in code().claims:
            wrong.append(f"{name}:{line}: `{slug[:60]}` is no claim of the Code")
            continue
        front = {key: said[column] for column, key in KEYS.items() if said.get(column)}
        front["status"] = _status(front["status"])
        shaped = problems(load(_yaml(front)), SHAPE, "the row")
        wrong += [f"{name}:{line}: {problem.text.replace('`status`', '`status-declared`', 1)}" for problem in shaped]
        found.append(Row(line, slug, front, said.get("argument", "")))
    twice = {row.slug for n, row in enumerate(found) if row.slug in {one.slug for one in found[:n]}}
    wrong += [f"{name}: `{slug}` is there twice" for slug in sorted(twice)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return found


def _status(said: str) -> str:
    """A status as people write it in a sheet: `Not met` for `not-met`. A lapsed one has to be answered anew."""
    return "-".join(said.lower().split()).removeprefix("lapsed") or "not-assessed"


def merged(
    found: Sequence[Row], texts: Mapping[str, str], known: Mapping[str, Declaration]
) -> Iterator[tuple[str, str]]:
    """The path and new text of each declaration that the rows change.

    `texts` are the files as they are, `known` the declarations that they hold, both by slug. Keys that a row does not
    have stay, and so do records and comments; the prose stays where the row's argument says the same.
    """
    for row in found:
        old, one = texts.get(row.slug, ""), known.get(row.slug)
        match = _FRONT.match(old)
        front, prose = (match[1], old[match.end() :]) if match else ("", old)
        if row.argument and (one is None or _words(one.argument) != _words(row.argument)):
            prose = f"{row.argument}\n"
        new = f"---\n{_put(front, row.front)}---\n{prose}"
        if new != old:
            yield f"{DECLARED}{row.slug}.md", new


def _words(text: str) -> list[str]:
    return text.split()


def _put(front: str, values: Mapping[str, str]) -> str:
    """The front matter with these values, everything else as it was; ruamel.yaml keeps comments and order."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

    yaml = YAML()
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    kept: Any = yaml.load(front) if front.strip() else CommentedMap()
    for key, value in values.items():
        if str(kept.get(key, "")) != value:
            kept[key] = value
    for key in list(kept):
        if hasattr(kept[key], "isoformat"):
            kept[key] = kept[key].isoformat()
    out = StringIO()
    yaml.dump(kept, out)
    return _plain_days(out.getvalue())


def _plain_days(text: str) -> str:
    """Days without the quotation marks that YAML 1.1 asks for; our reader keeps scalars as text."""
    return re.sub(r"^(\w[\w-]*): '(\d{4}-\d\d-\d\d)'$", r"\1: \2", text, flags=re.MULTILINE)


def _yaml(front: Mapping[str, str]) -> str:
    import json

    return "\n".join(f"{key}: {json.dumps(value)}" for key, value in front.items())


def _csv(name: str, data: bytes) -> list[tuple[int, list[str]]]:
    from sscop.repository.text import decode

    text = decode(data)
    if text is None:
        raise ConfigError(f"{name}: is not text")
    try:
        dialect = ";" if text.count(";") > text.count(",") else ","
        reader = csv.reader(StringIO(text), delimiter=dialect, strict=True)
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise ConfigError(f"{name}: is no CSV: {error}") from None


def _workbook(name: str, data: bytes) -> list[tuple[int, list[str]]]:
    import zipfile

    try:
        from openpyxl import load_workbook
    except ImportError:
        raise LookupError(f"{name}: a workbook needs openpyxl: pip install 'sscop[report]'") from None
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST:
                raise ConfigError(f"{name}: unpacks to more than {LARGEST:,} bytes")
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_col=60, max_row=5000, values_only=True)
        return [(line, [_said(value) for value in row]) for line, row in enumerate(cells, 1)]
    except ConfigError:
        raise
    except Exception as error:  # noqa: BLE001 - a library that reads anybody's zip and XML fails in many ways
        raise ConfigError(f"{name}: is no workbook that can be read ({type(error).__name__})") from None


def _said(value: object) -> str:
    if value is None:
        return ""
    day = getattr(value, "date", None)
    return day().isoformat() if callable(day) else str(value)
