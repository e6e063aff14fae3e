"""What is due: from every place that states a day, in order, in three formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import repository, sscop
from sscop.artefacts.duties import Duty
from sscop.assess import Asked, assess
from sscop.check import ESTABLISHES, Check
from sscop.config import PATH, read
from sscop.exceptions import BASELINE, Exceptions
from sscop.model import Because, Evidence, Finding, Gate, unmet
from sscop.report import Report
from sscop.reporters.forms import due as forms
from sscop.reporters.forms.due import Due, due
from sscop.repository import Repository
from unit.report_samples import CASES, REPORTS

TODAY = date(2026, 11, 23)
CONFIG = """\
version: 1
waivers:
  - {check: plans, path: plan.md, subject: x, kind: planned, reason: r, owner: o, approved-by: p, expires: 2027-01-31}
not-applicable:
  - {check: other, reason: none here, owner: lead, reviewed: 2026-03-01, review-every: 12 months}
"""
ANSWER = "---\nstatus: met\naccountable: a\ndeclared-by: b\nreviewed: 2025-11-01\n---\nYes; it is, really.\n"


def _said(form: Callable[..., str], report: Report, within: int, *stated: Exceptions) -> str:
    return form(due(report, within, *stated), report.run.today, within)


def _report(today: date = TODAY) -> Report:
    return _stated(today)[0]


def _stated(today: date, config: str = CONFIG) -> tuple[Report, Exceptions]:
    wrong = unmet("thin", "names nobody", Evidence("plan.md", 2), subject="x", key="x")
    checks = [
        Check("plans", "design", "P", {"test-plan": ESTABLISHES}, (), {}, (), "P.", lambda: [wrong]),
        Check("other", "design", "O", {"user-docs": ESTABLISHES}, (), {}, (), "O.", lambda: [_absent()]),
        Check("debts", "design", "D", {"user-need": ESTABLISHES}, (), {}, (), "D.", lambda: [_absent()]),
    ]
    first = assess(checks, Repository.of({"a": ""}), read(Repository.of({}), checks), Asked(today, Gate.GAP))
    debt = next(one for one in first.findings if one.check == "debts")
    baseline = {
        "version": 1, "adopted": "2026-11-01",
        "debts": [{"fingerprint": debt.fingerprint, "check": "debts", "code": debt.code, "until": "2027-05-01"}],
    }  # fmt: skip
    files = {PATH: config, BASELINE: json.dumps(baseline), "assessment/claims/incident-plan.md": ANSWER, "plan.md": "x"}
    repo = Repository.of(files)
    told = read(repo, checks)
    return assess(checks, repo, told, Asked(today, Gate.GAP)), told.exceptions


def _absent() -> Finding:
    return unmet("none", "found none", because=Because.ABSENT)


def test_everything_with_a_day_first_come_first() -> None:
    assert due(_report(), 365) == [
        Due(
            date(2026, 11, 1),
            "declaration",
            "review the answer to incident-plan",
            "assessment/claims/incident-plan.md",
            2,
        ),
        Due(date(2027, 1, 31), "waiver", "mend plans/thin (x, plan.md)", PATH, 3),
        Due(date(2027, 3, 1), "not applicable", "look again whether other applies", PATH, 5),
        Due(date(2027, 5, 1), "debt", "mend debts/none", BASELINE, 1),
    ]


@pytest.mark.parametrize(("within", "count"), [(0, 1), (69, 2), (68, 1), (98, 3), (400, 4)])
def test_the_last_day_counts(within: int, count: int) -> None:
    assert len(due(_report(), within)) == count
    assert len(json.loads(_said(forms.as_json, _report(), within))) == count
    assert _said(forms.ics, _report(), within).count("BEGIN:VEVENT") == count


def test_text() -> None:
    lines = _said(forms.text, _report(), 100).split("\n")
    assert lines[0] == (
        "2026-11-01 OVERDUE  declaration: review the answer to incident-plan (assessment/claims/incident-plan.md:2)"
    )
    assert lines[1] == "2027-01-31  waiver: mend plans/thin (x, plan.md) (.sscop.yaml:3)"
    nothing = _report()._replace(claims=(), findings=())
    assert _said(forms.text, nothing, 30) == "nothing is due within 30 days of 2026-11-23\n"


def test_a_calendar_is_one() -> None:
    lines = _said(forms.ics, _report(), 365).split("\r\n")
    assert (lines[0], lines[1], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR", "")
    assert "DTSTART;VALUE=DATE:20270131" in lines
    names = [line for line in lines if line.startswith("UID:")]
    assert len(set(names)) == 4
    assert names == [
        line for line in _said(forms.ics, _report(date(2026, 11, 24)), 365).split("\r\n") if line.startswith("UID:")
    ]


def test_an_entry_that_moves_is_the_same_appointment() -> None:
    report = _report()
    moved = [
        one._replace(waiver=one.waiver._replace(line=one.waiver.line + 7) if one.waiver else None)
        for one in report.findings
    ]
    names = [line for line in _said(forms.ics, report, 365).split("\r\n") if line.startswith("UID:")]
    again = _said(forms.ics, report._replace(findings=tuple(moved)), 365).split("\r\n")
    assert names == [line for line in again if line.startswith("UID:")]


def test_two_findings_that_read_the_same_are_two_appointments() -> None:
    report = _report()
    (debt,) = (one for one in report.findings if one.waiver and one.waiver.kind == "standing")
    assert debt.waiver
    twin = debt._replace(waiver=debt.waiver._replace(line=99))
    names = [
        line for line in _said(forms.ics, report._replace(findings=(debt, twin)), 365).split("\r\n") if "UID:" in line
    ]
    assert len(set(names)) == 3  # the declaration is the third


def test_what_has_ended_is_overdue_until_somebody_acts() -> None:
    later, stated = _stated(date(2027, 6, 1))
    assert [one.kind for one in due(later, 0)] == ["declaration"]
    assert [(one.day, one.kind, one.what, one.path, one.line) for one in due(later, 0, stated)] == [
        (date(2026, 11, 1), "declaration", "review the answer to incident-plan", due(later, 0)[0].path, 2),
        (date(2027, 1, 31), "waiver", "mend plans (x, plan.md), and delete the waiver", PATH, 3),
        (date(2027, 3, 1), "not applicable", "look again whether other applies", PATH, 5),
        (date(2027, 5, 1), "debt", "mend debts/none", BASELINE, 1),
    ]
    assert due(_report(), 365, stated) == due(_report(), 365)
    assert _said(forms.text, later, 0, stated).count("OVERDUE") == 4


def test_a_debt_that_was_paid_is_not_due() -> None:
    later, stated = _stated(date(2027, 6, 1))
    paid = later._replace(findings=tuple(one for one in later.findings if one.check != "debts"))
    assert "debt" not in {one.kind for one in due(paid, 0, stated)}


def test_a_false_positive_is_looked_at_again() -> None:
    report, stated = _stated(TODAY, CONFIG.replace("planned", "false-positive"))
    (one,) = (one for one in due(report, 365, stated) if one.kind == "waiver")
    what = "look again whether the finding of plans (x, plan.md) is a false positive"
    assert one == Due(date(2027, 1, 31), "waiver", what, PATH, 3)


@CASES
@given(REPORTS, st.dates())
def test_any_report_has_a_calendar_whose_lines_are_short(report: Report, today: date) -> None:
    report = report._replace(run=report.run._replace(today=today.isoformat()), claims=report.claims + _report().claims)
    said = _said(forms.ics, report, 90)
    assert all(len(line.encode("utf-8", "replace")) <= 75 for line in said.split("\r\n"))
    assert "\n" not in said.replace("\r\n", "")
    assert _said(forms.text, report, 90).endswith("\n")


def test_recurring_duties_are_due_by_their_interval() -> None:
    nothing = _report()._replace(claims=(), findings=())
    told = [
        Duty("threat model", "docs/model.md", "docs/model.md", 3, (date(2025, 1, 1), date(2026, 7, 1)), 6),
        Duty("document", "docs/plan.md", "docs/plan.md", 5, (date(2026, 1, 1),), None),
        Duty("declaration", "user-docs", "assessment/claims/user-docs.md", 5, (date(2026, 1, 1),), 6),
    ]
    assert due(nothing, 90, recurring=told) == [
        Due(date(2027, 1, 1), "document", "due again for docs/plan.md, last done 2026-01-01", "docs/plan.md", 5),
        Due(date(2027, 1, 1), "threat model", "due again for docs/model.md, last done 2026-07-01", "docs/model.md", 3),
    ]


def test_the_command(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"assessment/claims/incident-plan.md": ANSWER})
    done = sscop("due", "--within", "30d", "--today", "2026-11-23", "--root", str(folder), cwd=folder)
    assert (done.code, "OVERDUE" in done.out) == (0, True)
    assert sscop("due", "--within", "soon", cwd=folder).code == 2
