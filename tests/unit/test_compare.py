"""What is new, standing, moved and fixed between two trees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from helpers import SHA, workflow
from sscop.assess import Asked, assess
from sscop.compare import compare, fingerprint
from sscop.config import Config
from sscop.model import Because, Evidence, Gate, Kind, Outcome, State, unmet
from sscop.report import Report, Reported
from sscop.repository import Repository
from sscop_hooks import load

A, B = ".github/workflows/a.yml", ".github/workflows/b.yml"
Files = Mapping[str, "str | bytes"]


def _report(head: Files, base: Files | None) -> Report:
    repos = [None if files is None else Repository.of({"README": "", **files}) for files in (head, base)]
    assert repos[0] is not None
    return assess(load("pinned-tools"), repos[0], Config(), Asked(date(2026, 1, 1), Gate.NEW), repos[1])


def _states(head: Files, base: Files | None) -> list[str]:
    report = _report(head, base)
    found = [f"{one.path}:{one.line} {one.state.value if one.state else '-'}" for one in report.findings if one.fails]
    return found + [f"{one.path}:{one.line} fixed" for one in report.fixed]


def _uses(*names: str) -> str:
    return workflow(*(f"uses: {name}" for name in names))


@pytest.mark.parametrize(
    ("base", "head", "wanted"),
    [
        pytest.param({A: _uses("o/r@v1")}, {A: _uses("o/r@v1")}, [f"{A}:6 standing"], id="the same"),
        pytest.param({}, {A: _uses("o/r@v1")}, [f"{A}:6 new"], id="a new file"),
        pytest.param({A: _uses("o/r@v1")}, {}, [f"{A}:6 fixed"], id="a file gone"),
        pytest.param({A: _uses("o/r@v1")}, {A: _uses(f"o/r@{SHA}")}, [f"{A}:6 fixed"], id="pinned"),
        pytest.param({A: _uses("o/r@v1")}, {A: _uses("o/r@v2")}, [f"{A}:6 standing"], id="a version bump"),
        pytest.param(
            {A: _uses("o/r@v1")}, {A: "# one\n# two\n" + _uses("o/r@v1")}, [f"{A}:8 standing"], id="moved lines"
        ),
        pytest.param({A: _uses("o/r@v1")}, {A: _uses("o/r@v1").replace("\n", "\r\n")}, [f"{A}:6 standing"], id="CRLF"),
        pytest.param({A: _uses("o/r@v1")}, {A: "\ufeff" + _uses("o/r@v1")}, [f"{A}:6 standing"], id="BOM"),
        pytest.param({A: _uses("o/r@v1")}, {A: _uses("o/s@v1")}, [f"{A}:6 new", f"{A}:6 fixed"], id="another one"),
        pytest.param({A: _uses("o/r@v1")}, {B: _uses("o/r@v1")}, [f"{B}:6 moved"], id="a file renamed"),
        pytest.param({A: _uses("o/r@v1")}, {B: _uses("o/r@v2")}, [f"{B}:6 moved"], id="renamed and bumped"),
        pytest.param(
            {A: _uses("o/r@v1")},
            {A: _uses("o/r@v1"), B: _uses("o/r@v1")},
            [f"{A}:6 standing", f"{B}:6 new"],
            id="a file copied",
        ),
        pytest.param(
            {A: _uses("o/r@v1")}, {A: _uses("o/r@v1", "o/r@v1")}, [f"{A}:6 standing", f"{A}:7 new"], id="once more"
        ),
        pytest.param(
            {A: _uses("o/r@v1", "o/r@v2")}, {A: _uses("o/r@v2")}, [f"{A}:6 standing", f"{A}:7 fixed"], id="once less"
        ),
        pytest.param(
            {A: _uses("o/r@v1", "o/s@v1")},
            {A: _uses("o/s@v1", "o/r@v1")},
            [f"{A}:6 standing", f"{A}:7 standing"],
            id="swapped",
        ),
        pytest.param(
            {A: _uses("o/r@v1", "o/r@v1")},
            {B: _uses("o/r@v1", "o/r@v1")},
            [f"{B}:6 moved", f"{B}:7 moved"],
            id="two moved",
        ),
        pytest.param(
            {A: _uses("o/r@v1")},
            {B: _uses("o/r@v1", "o/r@v1")},
            [f"{B}:6 moved", f"{B}:7 new"],
            id="moved and once more",
        ),
        pytest.param(
            {A: _uses("o/r@v1", "o/r@v1")},
            {A: _uses("o/r@v1"), B: _uses("o/r@v1")},
            [f"{A}:6 standing", f"{B}:6 moved"],
            id="one of two moved",
        ),
    ],
)
def test_states(base: Files, head: Files, wanted: list[str]) -> None:
    assert _states(head, base) == wanted


def test_without_a_base_nothing_has_a_state() -> None:
    assert _states({A: _uses("o/r@v1")}, None) == [f"{A}:6 -"]


def test_what_could_not_be_read_is_not_fixed() -> None:
    report = _report({A: "jobs: ["}, {A: _uses("o/r@v1")})
    assert Outcome.UNKNOWN in [one.outcome for one in report.findings]
    assert report.fixed == ()


def test_advice_is_never_fixed_but_has_a_state() -> None:
    runner = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n"
    assert _report({}, {A: runner}).fixed == ()
    report = _report({A: runner}, {A: runner})
    assert [one.state for one in report.findings if one.kind is Kind.ADVICE] == [State.STANDING]


def test_a_new_run_of_an_old_gate() -> None:
    assert _report({A: _uses("o/r@v2")}, {A: _uses("o/r@v1")}).run.exit == 0
    assert _report({A: _uses("o/r@v1", "o/s@v1")}, {A: _uses("o/r@v1")}).run.exit == 1


def _reported(path: str, key: str = "k", mark: str = "", outcome: Outcome = Outcome.UNMET) -> Reported:
    return Reported(
        check="c", code="x", outcome=outcome, because=Because.ABSENT, kind=Kind.CLAIM, claims=(), message="m",
        subject="s", key=key,
        evidence=(Evidence(path),), fix="", fingerprint=mark or path,
    )  # fmt: skip


def test_what_stays_on_its_path_is_no_move() -> None:
    found, fixed = compare([_reported("a", mark="1")], [_reported("a", mark="2")])
    assert [one.state for one in found] == [State.NEW]
    assert [one.fingerprint for one in fixed] == ["2"]


def test_what_was_unknown_before_is_new() -> None:
    found, fixed = compare([_reported("a")], [_reported("a", outcome=Outcome.UNKNOWN)])
    assert [one.state for one in found] == [State.NEW]
    assert fixed == []


def test_another_key_is_no_move() -> None:
    found, fixed = compare([_reported("a", "k1")], [_reported("b", "k2")])
    assert [one.state for one in found] == [State.NEW]
    assert len(fixed) == 1


def test_what_is_not_unmet_has_no_state() -> None:
    found, _ = compare([_reported("a", outcome=Outcome.UNKNOWN)], [_reported("a")])
    assert [one.state for one in found] == [None]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"message": "other words"}, True),
        ({"subject": "o/r@v2"}, True),
        ({"line": 9}, True),
        ({"fix": "do it"}, True),
        ({"code": "other"}, False),
        ({"key": "o/s"}, False),
        ({"path": "other"}, False),
        ({"check": "other"}, False),
        ({"n": 2}, False),
    ],
)
def test_fingerprint(change: dict[str, object], same: bool) -> None:
    def mark(**more: object) -> str:
        given = {
            "check": "c",
            "code": "x",
            "message": "m",
            "subject": "o/r@v1",
            "key": "o/r",
            "path": "a",
            "line": 3,
            "n": 1,
            "fix": "",
            **more,
        }
        finding = unmet(
            str(given["code"]), str(given["message"]), Evidence(str(given["path"]), int(str(given["line"]))),
            subject=str(given["subject"]), key=str(given["key"]), fix=str(given["fix"]),
        )  # fmt: skip
        return fingerprint(str(given["check"]), finding, int(str(given["n"])))

    assert (mark() == mark(**change)) is same
    assert len(mark()) == 64


def test_fingerprint_of_a_name_that_is_not_utf_8() -> None:
    marks = {
        fingerprint("c", unmet("x", "m", Evidence(path), key=path), 1) for path in ("caf\udce9", "caf\udce8", "caf%E9")
    }
    assert len(marks) >= 2


def test_the_base_is_judged_by_the_same_exclusions() -> None:
    files = {A: _uses("o/r@v1"), B: _uses("o/s@v1")}
    report = assess(
        load("pinned-tools"),
        Repository.of(files),
        Config(exclude=(A,)),
        Asked(date(2026, 1, 1), Gate.NEW),
        Repository.of(files),
    )
    assert [(one.path, one.state) for one in report.findings] == [(B, State.STANDING)]
    assert report.fixed == ()
