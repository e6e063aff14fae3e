"""Every case tree says exactly what its expected.txt says; every check has the cases that a check needs.

SSCOP_UPDATE_CASES=1 rewrites the expected files; read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sscop.model import Outcome
from sscop.testing import Case, cases, expected, outcome_of, run_case
from sscop_hooks import ids, load

ROOT = Path(__file__).parent / "hooks"
CASES = list(cases(str(ROOT)))
UPDATE = bool(os.environ.get("SSCOP_UPDATE_CASES"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_says_exactly_what_is_expected(case: Case) -> None:
    (check,) = load(case.check)
    report = run_case(case, check)
    said = expected(report)
    file = Path(case.folder) / "expected.txt"
    if UPDATE:
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8"), "if this is right: SSCOP_UPDATE_CASES=1 make test"
    assert outcome_of(report) is case.outcome


@pytest.mark.parametrize("check", ids())
def test_check_has_a_met_and_an_unmet_case_and_one_with_a_bad_second_item(check: str) -> None:
    mine = [case for case in CASES if case.check == check]
    wanted = {Outcome.MET, Outcome.UNMET} if load(check)[0].claims else {Outcome.MET}  # advice is no outcome
    assert wanted <= {case.outcome for case in mine}
    assert any("second" in case.name for case in mine)


def test_every_case_folder_belongs_to_a_check() -> None:
    assert {case.check for case in CASES} == set(ids())
