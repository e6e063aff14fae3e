"""Workflow commands: one line each, ten of a level, the most telling first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from sscop.model import Because, Evidence, Gate, Kind, Outcome, State
from sscop.report import Report
from sscop.reporters.annotations import SHOWN, render
from unit.report_samples import CASES, REPORTS, busy, finding, report

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^\r\n:,]*,?)+)::([^\r\n]*)")


def _parse(line: str) -> tuple[str, dict[str, str], str]:
    """A command as GitHub's runner reads it."""
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(pair.split("=", 1) for pair in match[2].split(","))
    return match[1], {name: _unescape(value) for name, value in properties.items()}, _unescape(match[3])


def _unescape(value: str) -> str:
    for token, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(token, char)
    return value


def _all(sample: Report, *changed: str) -> list[tuple[str, dict[str, str], str]]:
    return [_parse(line) for line in render(sample, changed).splitlines()]


def test_levels_and_grouping() -> None:
    lines = render(busy()).splitlines()
    assert lines[0] == (
        "::error file=.github/workflows/ci.yml,line=12,endLine=12,title=sscop pinned-tools/mutable-ref::"
        "the action `actions/checkout@v4` is named by a tag that can move (and 1 more in this file: line 40)"
        "%0AFix: name it by its full commit, with the version in a comment%0AMore: sscop explain pinned-tools"
    )
    found = [_parse(line) for line in lines]
    assert [level for level, _, _ in found] == ["error"] * 2 + ["warning"] + ["notice"] * SHOWN
    assert found[2][1] == {"file": "Jenkinsfile", "title": "sscop release-gates/unreadable"}


@pytest.mark.parametrize(
    ("gate", "state", "level"),
    [
        (Gate.NEW, State.NEW, "error"),
        (Gate.NEW, None, "error"),
        (Gate.NEW, State.STANDING, "notice"),
        (Gate.NEW, State.MOVED, "notice"),
        (Gate.GAP, State.STANDING, "error"),
        (Gate.NEVER, State.STANDING, "error"),
    ],
)
def test_what_stood_before_is_a_notice_at_the_gate_new(gate: Gate, state: State | None, level: str) -> None:
    assert [found[0] for found in _all(report(finding(state=state), gate=gate))] == [level]


def test_what_is_met_is_not_shown() -> None:
    fine = finding(outcome=Outcome.MET, because=None, state=None)
    assert render(report(fine, finding(outcome=Outcome.NOT_APPLICABLE, path=""))) == ""


def test_so_many_of_a_level_and_how_many_more() -> None:
    found = _all(report(*(finding(path=f"{n}.yml", line=line) for n in range(14) for line in (1, 2))))
    assert len(found) == SHOWN
    assert found[-1][2].endswith("\n10 more of this level are in the log and the job summary.")
    assert all("more of this level" not in message for _, _, message in found[:-1])


def test_changed_files_first_then_new_ones() -> None:
    standing = [finding(path=f"{n}.yml", state=State.STANDING) for n in range(12)]
    sample = report(*standing, finding(path="new.yml"), gate=Gate.GAP)
    sample = sample._replace(repository=sample.repository._replace(prefix="services/api/"))
    files = [properties["file"] for _, properties, _ in _all(sample, "services/api/11.yml", "12.yml")]
    assert files[:3] == ["services/api/11.yml", "services/api/new.yml", "services/api/0.yml"]


def test_the_new_one_of_a_group_is_its_place() -> None:
    sample = report(finding(line=3, state=State.STANDING), finding(line=9), gate=Gate.GAP)
    assert _all(sample)[0][1]["line"] == "9"


def test_places() -> None:
    many = report(*(finding(line=n) for n in range(1, 30)))
    assert "(and 28 more in this file: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ...)" in _all(many)[0][2]
    span = report(finding(evidence=(Evidence("a", 3, end_line=7),)))
    assert _all(span)[0][1]["endLine"] == "7"
    nowhere = report(*(finding("sbom", "absent", "", because=Because.ABSENT, kind=Kind.ADVICE) for _ in range(2)))
    level, properties, message = _all(nowhere)[0]
    assert (level, properties) == ("notice", {"title": "sscop sbom/absent"})
    assert "(and 1 more of this kind)" in message


def test_escapes() -> None:
    hostile = "100%\r\n::error::x, a:b"
    line = render(report(finding(path=hostile, message=hostile, fix="")))
    assert line.count("\n") == 1
    _, properties, message = _parse(line.rstrip("\n"))
    assert properties["file"] == "100%%0D%0A::error::x, a:b"
    assert message == "100%  ::error::x, a:b\nMore: sscop explain pinned-tools"


@CASES
@given(REPORTS)
def test_any_report_is_single_lines_within_the_limits(any_report: Report) -> None:
    text = render(any_report)
    assert text.encode().decode().splitlines() == text.split("\n")[:-1]
    levels = [_parse(line) for line in text.splitlines()]
    assert all(len(message.encode("utf-16-le")) // 2 < 4096 for _, _, message in levels)
    assert all(sum(level == one for level, _, _ in levels) <= SHOWN for one in ("error", "warning", "notice"))


def test_the_longest_message_is_below_the_cut() -> None:
    long = "\U0001f600" * 100_000
    places = [(10**6 + n, f"{m}.yml") for n in range(20) for m in range(12)]
    many = [finding(line=line, message=long, fix=long, check=long, path=path) for line, path in places]
    for _, _, message in _all(report(*many)):
        assert len(message.encode("utf-16-le")) // 2 < 4096
