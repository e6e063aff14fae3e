"""Answers from a sheet: what is taken over, what stays, and that a wrong row writes nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import commit, git, repository, sscop
from sscop.answers import Row, rows, take
from sscop.config import ConfigError

TITLES = "slug,number,status-declared,accountable,declared-by,reviewed,customer-answer,argument"
HEAD = f"Self-assessment by Acme\r\n{TITLES}\r\n"
GOOD = HEAD + (
    "developers-trained,1.1.2,met,head of engineering,manager,2026-10-01,Yes.,Everyone is trained.\r\n"
    "privileged-mfa,2.1.6,,,,,,\r\n"
    'incident-plan,4.3.1,partly,head of service,manager,2026-10-02,\'=1+1,"A plan, not\r\ntested yet."\r\n'
)
OLD = """\
---
status: not-assessed   # to be answered
records:
  - {title: log, system: HR, reference: TR-1}
reviewed: 2026-01-01
---
Everyone is
**trained**.
"""
PATH = "assessment/claims/developers-trained.md"


def _sheet(text: str) -> bytes:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_rows_of_a_csv_and_of_a_workbook_are_the_same() -> None:
    found = rows("a.csv", GOOD.encode())
    assert [(one.slug, one.front["status"]) for one in found] == [
        ("developers-trained", "met"), ("incident-plan", "partly"),
    ]  # fmt: skip
    assert found[1].front["customer-answer"] == "=1+1"
    assert [one._replace(line=0) for one in rows("a.xlsx", _sheet(GOOD))] == [one._replace(line=0) for one in found]


def test_a_sheet_of_another_country() -> None:
    text = "slug;status-declared;reviewed;argument\nuser-docs;met;2026-10-01;Ja\n"
    assert rows("a.csv", text.encode("utf-16")) == [
        Row(2, "user-docs", {"status": "met", "reviewed": "2026-10-01"}, "Ja")
    ]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a,b\n1,2\n", "a.csv: has no row of titles"),
        ("slug,status-declared\nno-such,met\n", "a.csv:2: `no-such` is no claim"),
        ("slug,status-declared\nuser-docs,done\n", "a.csv:2: `status-declared` can't be `done`"),
        ("slug,status-declared,reviewed\nuser-docs,met,01/02/2026\n", "a.csv:2: `reviewed` can't be `01/02/2026`"),
        ("slug,status-declared\nuser-docs,met\nuser-docs,met\n", "a.csv: `user-docs` is there twice"),
        ('slug,status-declared\n"user-docs"x,met\n', "a.csv: is no CSV"),
        ("\0\0\0\0", "a.csv: is not text"),
    ],
)
def test_what_is_wrong_is_named(source: str, wanted: str) -> None:
    with pytest.raises(ConfigError) as error:
        rows("a.csv", source.encode())
    assert wanted in str(error.value)


def test_a_workbook_that_is_none_and_one_that_is_a_bomb() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 30_000_000)
    for data, wanted in ((b"PK nothing", "is no workbook"), (bomb.getvalue(), "unpacks to more than")):
        with pytest.raises(ConfigError, match=wanted):
            rows("a.xlsx", data)


def _take(folder: Path, text: str) -> list[str]:
    sheet = folder.parent / "answers.csv"
    sheet.write_bytes(text.encode())
    return list(take(str(folder), str(sheet)))


def test_keys_records_comments_and_the_same_words_stay(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {PATH: OLD})
    assert _take(folder, GOOD)[:2] == [f"wrote {PATH}", "wrote assessment/claims/incident-plan.md"]
    assert (folder / PATH).read_text() == (
        "---\n"
        "status: met            # to be answered\n"
        "records:\n"
        "  - {title: log, system: HR, reference: TR-1}\n"
        "reviewed: 2026-10-01\n"
        "accountable: head of engineering\n"
        "declared-by: manager\n"
        "customer-answer: Yes.\n"
        "---\n"
        "Everyone is\n**trained**.\n"
    )
    assert (folder / "assessment/claims/incident-plan.md").read_text().endswith("A plan, not\ntested yet.\n")
    git(folder, "add", "-A")
    assert _take(folder, GOOD) == ["2 answers in the sheet, 0 files changed; read them, then git add them"]


def test_prose_that_says_something_else_is_replaced(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {PATH: OLD.replace("**trained**", "tired")})
    _take(folder, GOOD)
    assert (folder / PATH).read_text().endswith("---\nEveryone is trained.\n")


def test_a_wrong_row_writes_nothing(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {PATH: OLD})
    with pytest.raises(ConfigError):
        _take(folder, GOOD + "user-docs,4.1.3,met,,,31/12/2026,,\r\n")
    assert git(folder, "status", "--short") == ""


def test_what_is_not_in_git_or_can_not_be_read_is_not_overwritten(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"a": "x"})
    (folder / "assessment/claims").mkdir(parents=True)
    (folder / PATH).write_text("mine")
    with pytest.raises(ConfigError, match="not tracked by git"):
        _take(folder, GOOD)
    commit(folder, {PATH: "---\nstatus: [\n---\n"})
    with pytest.raises(ConfigError, match=rf"{PATH}:3: is not valid YAML"):
        _take(folder, GOOD)


def test_the_command(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"a": "x"})
    (tmp_path / "answers.csv").write_text(GOOD)
    done = sscop("import", str(tmp_path / "answers.csv"), cwd=folder)
    assert (done.code, done.out.count("wrote ")) == (0, 2)
    done = sscop("import", str(tmp_path / "none.csv"), cwd=folder)
    assert done.code == 2
    assert "can't be read" in done.err


@given(st.binary() | st.text().map(str.encode))
def test_any_file_gives_rows_or_an_error(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        with suppress(ConfigError):
            assert isinstance(rows(name, data), list)


@pytest.mark.parametrize("said", ["Not met", "not-met", " NOT MET "])
def test_a_status_as_people_write_it(said: str) -> None:
    (row,) = rows("a.csv", f"slug,status-declared\nuser-docs,{said}\n".encode())
    assert row.front["status"] == "not-met"
