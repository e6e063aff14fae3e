"""Tables of versions: those that say of this product's versions whether or until when they are supported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sscop.artefacts.lifecycle.model import End, Line, Source, State
from sscop.artefacts.lifecycle.words import is_rest, is_rolling, is_version, plain, read_date, state_of, third_party
from sscop.artefacts.others_demands import is_mapping, is_of_others
from sscop.artefacts.prose.dates import Kind, When
from sscop.artefacts.prose.document import Row, Table
from sscop.artefacts.prose.inline import Words, normal
from sscop.artefacts.prose.templates import placeholder
from sscop.lazy import NamedTuple, lazily

_VERSION = lazily(
    r"(?:[\w./ -]{1,40} )?(?:versions?(?: (?:range|line|number|series|branch|name)s?)?|releases?(?: (?:line|branch"
    r"|series"
    r"|train|channel|cycle|name|version)(?:e?s)?)?|release|branch(?:es)?|series|lines?|cycles?|channels?|tags?"
    r"|milestone)"
)
_PRODUCT = lazily(
    r"(?:the )?(?:product|component|module|edition|package|plugin|app(?:lication)?|name|project|service)s?"
)
_START = lazily(
    r"\brelease(?:d| date| on)\b|\bstart\b|\binitial|\bfirst|general availability|^ga\b|\bga date\b|published|launch"
    r"|^date$|\bsince\b|\bavailable\b|\bdate of release\b"
)
_END = lazily(
    r"\bend\b|\bends\b|\bended\b|\beol\b|\beos\b|\bend of|until|\btill\b|through\b|expir|retire|sunset|\blast date"
    r"|valid to"
    r"|supported to\b|\bdrop|discontinu|\beoss\b|deadline"
)
_STATUS = lazily(
    r"support|status|maintain|maintenance|security|bug ?fix|\bactive\b|phase|\bstate\b|\bupdates?\b|patches|\blts\b"
    r"|fixes"
)
_SUPPORT = lazily(r"support|maint|security|\beol\b|life ?cycle")
_INTERFACES = lazily(r"\b(?:API|CRD|contract|schema)s?\b")
_INTERFACE = lazily(r"v\d{1,3}(?:alpha|beta)\d{0,3}\b")
_PAID = lazily(r"extended|paid|commercial|\belts\b|\besm\b|premium|vendor|upstream|of sales?|\bsales?\b")
_ANNOUNCED = lazily(r"announc|\bnotice\b|notified")
_SAID = lazily(
    r"(?i:\buntil\b|\btill\b|\bthrough\b|\bends?\b|\bended\b|\beol\b|\bend[- ]of[- ](?:life|support|maintenance)\b"
    r"|\bexpire[sd]?\b"
    r"|\b(?:unsupported|ended|retired) since\b)"
)
_WHEN = lazily(r"(?i:\bwhen\b|\bonce\b|\bafter\b|\bships?\b)")
_PLANNED = lazily(
    r"(?i:\bv?\d{1,4}(?:\.[\dx]{1,4}){0,2} (?:ga|release|launch|ships?)\b.{0,30}\b(?:planned|expected|estimated"
    r"|tentative|target(?:ed)?|tbd)\b)"
)
"""An end that is the day on which another version comes, which nobody knows yet."""
_BEGAN = lazily(r"(?i:\breleased?\b|\bsince\b|\bfrom\b|\bstart)")
_ABOUT = lazily(
    r"support|maint|life ?cycle|end of|\beol\b|\blts\b|version|release|security|update|backport|polic|vulnerab"
)
STARTER = (("5.1.x", State.SUPPORTED), ("5.0.x", State.ENDED), ("4.0.x", State.SUPPORTED), ("< 4.0", State.ENDED))
"""The rows that GitHub's starter for SECURITY.md brings."""


class Columns(NamedTuple):
    """The numbers of the columns, from 0; -1 where there is none."""

    version: int
    product: int
    ends: tuple[int, ...]
    states: tuple[int, ...]
    start: int
    announced: int


def table_source(table: Table, path: str, titles: Sequence[str], own: frozenset[str]) -> Source | None:
    """The lines that a table states; None for a table about something else. `titles`: of its sections, outer first."""
    if not table.rows or len(table.header) < 2:
        return None
    columns = _columns(table, own)
    if columns is None or _is_others(table, columns, titles, own):
        return None
    lines = [line for row in table.rows if (line := _line(row, columns, path))]
    dated = any(one.end and one.end.when.kind is not Kind.NONE for one in lines)
    if not lines or not (dated or any(one.state in (State.SUPPORTED, State.ENDED) for one in lines)):
        return None
    if not columns.ends and not dated and not any(_ABOUT.search(title.lower()) for title in titles[-2:]):
        return None
    starter = tuple((plain(one.name), one.state) for one in lines) == STARTER
    return Source(path, table.line, "table", tuple(lines), "its rows are those of GitHub's starter" if starter else "")


def unfilled_table(table: Table, path: str) -> Source | None:
    """A table of versions whose names are placeholders still (`X.Y.Z`, `[version]`)."""
    at = table.column(r"^versions?$|^releases?$")
    if at is None or table.column(r"support") is None or not table.rows:
        return None
    names = [row.cells[at] for row in table.rows if len(row.cells) > at]
    left = [one for one in names if placeholder(one.raw.strip("`* "))]
    if left and not any(is_version(one) for one in names):
        return Source(path, table.line, "table", (), f"a placeholder was left in (`{left[0]}`)")
    return None


def _columns(table: Table, own: frozenset[str]) -> Columns | None:
    heads = [normal(cell) for cell in table.header]
    mine = [not third_party(cell, own) for cell in table.header]
    ends = [n for n, one in enumerate(heads) if mine[n] and _END.search(one)]
    starts = [n for n, one in enumerate(heads) if n not in ends and _START.search(one)]
    announced = [n for n, one in enumerate(heads) if _ANNOUNCED.search(one)]
    taken = {*ends, *starts, *announced}
    version = next((n for n, one in enumerate(heads) if n not in taken and mine[n] and _VERSION.fullmatch(one)), -1)
    product = next(
        (n for n, one in enumerate(heads) if n not in taken and n != version and _PRODUCT.fullmatch(one)), -1
    )
    if version < 0 and (mine[0] or product == 0) and 0 not in taken and (ends or not heads[0] or product == 0):
        named = [row for row in table.rows if row.cells and is_version(row.cells[0])]
        version = 0 if (named and len(named) * 2 >= len(table.rows)) or product == 0 else -1
        product = -1 if version == product else product
    if version < 0:
        return None
    states = [
        n
        for n, one in enumerate(heads)
        if n != version and n not in taken and mine[n] and _STATUS.search(one) and _tells(table, n)
    ]
    ends = [n for n in ends if n != version]
    free = [n for n in ends if not _PAID.search(heads[n])]
    ends = free if free or states else ends
    if product >= 0 and not ends:
        states = [n for n in states if _SUPPORT.search(heads[n])]
    if not ends and not states:
        return None
    return Columns(
        version, product, tuple(ends), tuple(states), starts[0] if starts else -1, announced[0] if announced else -1
    )


def _tells(table: Table, column: int) -> bool:
    """Whether a column's cells say states or dates, most of them."""
    said = [cell for row in table.rows if (cell := row.cell(column))]
    known = [one for one in said if state_of(one) is not State.UNTOLD or read_date(one).kind is not Kind.NONE]
    return bool(known) and len(known) * 2 >= len(said)


def _is_others(table: Table, columns: Columns, titles: Sequence[str], own: frozenset[str]) -> bool:
    """Whether the table is about platforms, or about other people's products."""
    if titles and _INTERFACES.search(titles[-1]) and not any(re.search(r"\b(?:api|crd|schema)\b", one) for one in own):
        return True
    if is_of_others(table.header) or any(map(is_mapping, titles[-1:])):
        return True
    if any(third_party(one, own) and not any(name in one.lower() for name in own) for one in titles):
        return True
    if columns.version > 0 and third_party(table.header[0], own):
        return True
    at = columns.product if columns.product >= 0 else columns.version
    named = [cell for row in table.rows if (cell := row.cell(at))]
    return bool(named) and sum(bool(third_party(cell, own)) for cell in named) * 2 > len(named)


def _line(row: Row, columns: Columns, path: str) -> Line | None:
    name = row.cell(columns.version)
    if (
        not name
        or _INTERFACE.match(name)
        or not (is_version(name) or (columns.ends and columns.product < 0 and not placeholder(name)))
    ):
        return None
    cells = [cell for n in columns.states if (cell := row.cell(n))]
    states = [state_of(cell) for cell in cells]
    state = next(
        (one for one in (State.SUPPORTED, State.COMING, State.ENDED) if one in states),
        State.UNTOLD,
    )
    end = _end(row, columns)
    if end is None:
        state = _flagged(row, columns, state)
    product = row.cell(columns.product) if columns.product >= 0 else None
    if state is State.UNTOLD and is_rest(name):
        state = State.ENDED
    return Line(
        plain(name),
        path,
        row.line,
        state,
        end,
        _day(row.cell(columns.start)) if columns.start >= 0 else None,
        _day(row.cell(columns.announced)) if columns.announced >= 0 else None,
        plain(product) if product else "",
        plain(cells[0])[:60] if cells else "",
        is_rolling(name),
    )


def _flagged(row: Row, columns: Columns, state: State) -> State:
    """The state by `true` and `false` in a column of ends: ended, not ended (endoflife.date's booleans)."""
    said = [plain(cell).lower() for n in columns.ends if (cell := row.cell(n)) and not _WHEN.search(cell)]
    if state is State.UNTOLD and any(one == "true" for one in said):
        return State.ENDED
    if state is State.UNTOLD and any(state_of(one) is State.ENDED and one != "false" for one in said):
        return State.ENDED
    return state


def _end(row: Row, columns: Columns) -> End | None:
    """The latest end in the columns of ends, else one that a state or a note says."""
    found = [End(when, cell.line) for n in columns.ends if (cell := row.cell(n)) and (when := _ended(cell))]
    if found:
        return max(found, key=lambda one: one.day or date.min)
    for n, cell in enumerate(row.cells):
        if n in (columns.version, columns.start, columns.announced) or n in columns.ends:
            continue
        said = _SAID.search(cell)
        dated = cell[said.start() : said.start() + 80] if said else cell
        if (said or (n in columns.states and not _BEGAN.search(cell))) and (when := _dated(dated)):
            found.append(End(when, cell.line))
    return max(found, key=lambda one: one.day or date.min, default=None)


def _ended(text: str) -> When | None:
    """The date of a cell about an end; the one after a word for it where the cell says more than a date."""
    if _PLANNED.search(text):
        return None
    said = _SAID.search(text)
    if said and _WHEN.search(text):  # until another release comes: what stands there is when that began
        return _dated(text[said.start() : said.start() + 30]) if re.match(r".{0,12}\d", text[said.end() :]) else None
    return _dated(text)


def _dated(text: str) -> When | None:
    when = read_date(text)
    return None if when.kind is Kind.NONE else when


def _day(cell: Words | None) -> date | None:
    return read_date(cell).first if cell else None
