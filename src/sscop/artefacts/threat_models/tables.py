"""Threats in tables: one a row, one a cell of a matrix, or one a whole table of names and values."""

from __future__ import annotations

import re

from sscop.artefacts.prose.document import Row, Table
from sscop.artefacts.prose.inline import Words, normal
from sscop.artefacts.threat_models.drafts import Draft, is_blank, kept
from sscop.artefacts.threat_models.model import severity
from sscop.artefacts.threat_models.roles import COLUMNS, LABELS, STRIDE, Role, role
from sscop.lazy import lazily

WIDEST, LONGEST = 60, 6000
"""Columns and rows above which a table is not read."""

_NOTES = lazily(r"notes?\b|rationale|comments?\b|evidence|explanation|details?\b|reason|remarks?\b")
_ID = lazily(r"(?:[A-Z]{0,10}[-_. ]?){1,3}\d{1,4}(?:[-.]\w{1,3})?", re.IGNORECASE)
_LETTERS = {"s", "t", "r", "i", "d", "e"}


def rows_of(table: Table, threats: bool) -> list[Draft]:
    """The threats of a table; none when it is about something else. `threats` says whether its place is about them."""
    if not 2 <= len(table.header) <= WIDEST or len(table.rows) > LONGEST:
        return []
    keys = [normal(cell) for cell in table.header]
    return _matrix(table, keys) or _by_columns(table, keys, threats) or _named(table)


def _by_columns(table: Table, keys: list[str], threats: bool) -> list[Draft]:
    columns: dict[Role, int] = {}
    roles = [role(key, COLUMNS) for key in keys]
    for n, found in enumerate(roles):
        if found:
            columns.setdefault(found, n)
            if found is Role.THREATS and _length(table, n) > _length(table, columns[found]):
                columns[found] = n  # the statement, not its number in some taxonomy
    if Role.MITIGATION not in columns and Role.STATUS in columns:
        notes = next((n for n, key in enumerate(keys) if roles[n] is None and _NOTES.search(key)), None)
        if notes is not None:  # beside a status, notes say why it holds
            columns[Role.MITIGATION], roles[notes] = notes, Role.MITIGATION
    answered = columns.keys() & {Role.MITIGATION, Role.STATUS, Role.RESIDUAL}
    if Role.THREATS not in columns and Role.MITIGATION in columns and threats:
        free = [n for n in range(len(keys)) if n not in columns.values() and not re.fullmatch(r"id|ref|no|#|", keys[n])]
        columns[Role.THREATS] = free[0] if free else columns.get(Role.CATEGORY, columns.get(Role.ELEMENT, 0))
    if Role.THREATS not in columns or not (
        answered or (threats and Role.SEVERITY in columns) or (threats and "threat" in keys[columns[Role.THREATS]])
    ):
        return []
    return [draft for row in table.rows if (draft := _row(row, keys, roles, columns))]


def _length(table: Table, column: int) -> int:
    return sum(len(row.cells[column]) for row in table.rows[:20] if len(row.cells) > column)


def _row(row: Row, keys: list[str], roles: list[Role | None], columns: dict[Role, int]) -> Draft | None:
    def cell(what: Role) -> str:
        return _said(row, columns[what]) if what in columns else ""

    title = cell(Role.THREATS)
    if not title or is_blank(title):
        return None
    first = _said(row, 0)
    name = first if columns[Role.THREATS] != 0 and len(first) < 20 and _ID.fullmatch(first) else ""
    draft = Draft(
        row.line,
        title,
        name,
        category=cell(Role.CATEGORY),
        rated=severity(cell(Role.SEVERITY)),
        element=cell(Role.ELEMENT),
    )
    for n, what in enumerate(roles):
        said = _said(row, n)
        if not said or n == columns[Role.THREATS] or is_blank(said):
            continue
        if what in (Role.MITIGATION, Role.STATUS, Role.RESIDUAL):
            draft.take(what, keys[n], said)
        elif what not in (Role.SEVERITY, Role.CATEGORY, Role.ELEMENT):
            draft.text.append(said)
    return draft


def _said(row: Row, n: int) -> str:
    cell = row.cell(n)
    return kept(cell.raw) if cell is not None else ""


def _stride(cell: str) -> bool:
    key = normal(cell)
    return key in _LETTERS or bool(STRIDE.fullmatch(key))


def _matrix(table: Table, keys: list[str]) -> list[Draft]:
    """A category of STRIDE in each row or each column, and a threat in each cell."""
    across = [n for n, cell in enumerate(table.header) if n and _stride(cell)]
    if len(across) >= 3:
        return [
            Draft(cell.line, cell, category=str(table.header[n]), element=str(row.cells[0]))
            for row in table.rows
            for n in across
            if (cell := row.cell(n)) and _is_statement(cell)
        ]
    down = [row for row in table.rows if row.cells and _stride(row.cells[0])]
    others = range(1, len(keys))
    plain = [n for n in others if role(keys[n], COLUMNS) in (None, Role.ELEMENT)]
    if len(down) >= 3 and (len(others) >= 5 or (len(plain) >= 2 and len(plain) == len(others))):
        return [
            Draft(cell.line, cell, category=str(row.cells[0]), element=str(table.header[n]))
            for row in down
            for n in others
            if (cell := row.cell(n)) and _is_statement(cell)
        ]
    return []


def _is_statement(cell: Words) -> bool:
    return len(cell.split()) >= 3 and not is_blank(cell)


def _named(table: Table) -> list[Draft]:
    """A table of names and values about one threat; its header is a name and a value too."""
    pairs = [
        (normal(cells[0]), str(cells[1]), line)
        for cells, line in [(table.header, table.line), *((row.cells, row.line) for row in table.rows)]
        if len(cells) > 1
    ]
    roles = {role(name, LABELS, whole=True) for name, _, _ in pairs}
    if not roles >= {Role.THREATS, Role.MITIGATION}:
        return []
    title = next((value, line) for name, value, line in pairs if role(name, LABELS, whole=True) is Role.THREATS)
    draft = Draft(title[1], title[0], next((value for name, value, _ in pairs if name in ("id", "threat id")), ""))
    for name, value, _ in pairs:
        what = role(name, LABELS, whole=True)
        if what is Role.MITIGATION and not re.search(r"implemented|status", name):
            draft.mitigation.append(value)
        elif what is Role.STATUS or (what is Role.MITIGATION and value):
            draft.status.append(value)
        elif what is Role.SEVERITY:
            draft.severity = severity(value)
        elif what is Role.CATEGORY:
            draft.category = value
        elif what is Role.ELEMENT:
            draft.element = value
    return [draft]
