"""Waivers, checks that do not apply, and the baseline: what they excuse, until when, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.assess import Asked, assess
from sscop.check import ESTABLISHES, Check
from sscop.config import PATH, Config, ConfigError, read
from sscop.exceptions import BASELINE
from sscop.model import Because, Evidence, Finding, Gate, Kind, Outcome, State, Status, met, unknown, unmet
from sscop.report import Report
from sscop.reporters import annotations, markdown, sarif, text
from sscop.reporters.json_ import decode, encode
from sscop.repository import Repository

TODAY = date(2026, 11, 23)
CLAIM = "component-integrity"
A = unmet("mutable", "`a` is named by a tag", Evidence("ci.yml", 3), subject="a@v1", key="a")
B = unmet("mutable", "`b` is named by a tag", Evidence("ci.yml", 4), subject="b@v1", key="b")
WHOLE = unmet("none", "found no plan", because=Because.ABSENT)
GOOD = met("pinned", "`c` is pinned", Evidence("ci.yml", 5))
LATE = unmet("review-overdue", "a review was due", Evidence("docs/plan.md", 1))

WAIVER = """\
version: 1
waivers:
  - check: pins
    path: ci.yml
    subject: a
    kind: planned
    reason: the vendor signs from March on
    owner: platform team
    approved-by: security lead
    expires: 2027-03-31
"""
EXEMPT = """\
version: 1
not-applicable:
  - {check: pins, reason: nothing is built here, owner: platform lead, reviewed: 2026-09-01, review-every: 6 months}
"""


def _check(*findings: Finding) -> Check:
    def run() -> Iterator[Finding]:
        return iter(findings)

    return Check("pins", "build", "Pins", {CLAIM: ESTABLISHES}, (), {}, (), "Pins.", run)


def _report(
    config: str, *findings: Finding, today: date = TODAY, lapsed: bool = True, baseline: str = "", gate: Gate = Gate.GAP
) -> Report:
    check = _check(*findings)
    files = {PATH: config, "ci.yml": "", **({BASELINE: baseline} if baseline else {})}
    repo = Repository.of({name: data for name, data in files.items() if data or name == "ci.yml"})
    return assess([check], repo, read(repo, [check]), Asked(today, gate, lapsed=lapsed))


def _codes(report: Report) -> list[str]:
    return sorted(one.code for one in report.findings)


def _status(report: Report) -> tuple[Status, str]:
    claim = next(one for one in report.claims if one.slug == CLAIM)
    return claim.status, claim.because


def _baseline(report: Report, until: str = "2027-05-23") -> str:
    debts = [
        {"fingerprint": one.fingerprint, "check": one.check, "code": one.code, "key": one.key, "until": until}
        for one in report.unmet()
    ]
    return json.dumps({"version": 1, "adopted": "2026-11-23", "debts": debts}, indent=1)


def test_a_waiver_excuses_one_finding() -> None:
    report = _report(WAIVER, A, B)
    a, b = (next(one for one in report.findings if one.key == key) for key in "ab")
    assert (a.fails, b.fails) == (False, True)
    assert a.waiver
    assert (a.waiver.kind, a.waiver.until, a.waiver.owner) == ("planned", "2027-03-31", "platform team")
    assert (a.waiver.path, a.waiver.line) == (PATH, 3)
    assert report.run.exit == 1
    assert _report(WAIVER, A).run.exit == 0


def test_a_waived_gap_stays_a_gap() -> None:
    status, because = _status(_report(WAIVER, A))
    assert status is Status.GAP
    assert because.endswith("accepted until 2027-03-31")
    assert "accepted" not in _status(_report(WAIVER, A, B))[1]
    assert _report(WAIVER, A).checks[0].outcome is Outcome.UNMET


@pytest.mark.parametrize(
    ("today", "codes", "exit_code", "told"),
    [
        ("2026-11-23", ["mutable"], 0, 0),
        ("2027-03-01", ["mutable", "waiver-ends"], 0, 0),
        ("2027-03-31", ["mutable", "waiver-ends"], 0, 0),
        ("2027-04-01", ["mutable", "waiver-expired"], 1, 0),
        ("2026-03-30", ["mutable", "waiver-too-long"], 1, 1),
        ("2026-03-31", ["mutable"], 0, 0),
    ],
)
def test_the_calendar_of_a_waiver(today: str, codes: list[str], exit_code: int, told: int) -> None:
    """The last day counts; what ends with it fails a scheduled run, and no commit."""
    day = date.fromisoformat(today)
    report = _report(WAIVER, A, today=day)
    assert (_codes(report), report.run.exit) == (codes, exit_code)
    assert _report(WAIVER, A, today=day, lapsed=False).run.exit == told


@pytest.mark.parametrize("change", [("subject: a", "subject: d"), ("path: ci.yml", "path: other.yml")])
def test_a_waiver_that_names_nothing(change: tuple[str, str]) -> None:
    report = _report(WAIVER.replace(*change), A)
    assert _codes(report) == ["mutable", "waiver-unmatched"]
    (told,) = (one for one in report.findings if one.code == "waiver-unmatched")
    assert told.fix == "delete it, or name the finding: path: ci.yml, subject: a"
    assert report.run.exit == 1
    assert report.findings[0].path == PATH


def test_the_subject_as_written_names_it_too() -> None:
    assert _report(WAIVER.replace("subject: a", "subject: a@v1"), A).run.exit == 0


def test_all_subjects_says_how_many() -> None:
    report = _report(WAIVER.replace("subject: a", "all-subjects: true"), A, B, WHOLE)
    assert [one.message for one in report.findings if one.code == "waiver-hides"] == ["the waiver hides 2 findings"]
    assert [one.code for one in report.unmet()] == ["none"]


def test_a_finding_of_the_whole_repository() -> None:
    config = WAIVER.replace("    path: ci.yml\n    subject: a\n", "    all-subjects: true\n")
    report = _report(config, A, WHOLE)
    assert [one.code for one in report.unmet()] == ["mutable"]
    assert "waiver-hides" not in _codes(report)
    lost = _report(WAIVER.replace("path: ci.yml", "path: no.yml"), WHOLE)
    assert [one.fix for one in lost.findings if one.code == "waiver-unmatched"] == [
        "delete it, or name the finding: all-subjects: true"
    ]
    with pytest.raises(ConfigError, match="all-subjects: true"):
        _report(config.replace("    all-subjects: true\n", ""), WHOLE)


def test_advice_is_not_waived() -> None:
    report = _report(WAIVER, A._replace(kind=Kind.ADVICE))
    assert "waiver-unmatched" in _codes(report)


def test_a_false_positive_is_removed_and_proves_nothing() -> None:
    config = WAIVER.replace("planned", "false-positive")
    alone = _report(config, A)
    assert _codes(alone) == ["false-positive", "false-positive-alone"]
    assert alone.checks[0].outcome is Outcome.UNKNOWN
    assert _status(alone)[0] is Status.UNKNOWN
    beside = _report(config, A, GOOD)
    assert beside.checks[0].outcome is Outcome.MET
    assert _report(config, A, B).run.exit == 1
    assert _codes(_report(config, B)) == ["mutable", "waiver-unmatched"]
    assert _codes(_report(config, A, today=date(2027, 4, 1))) == ["mutable", "waiver-expired"]


def test_not_applicable() -> None:
    report = _report(EXEMPT, WHOLE, unknown("untold", "could not tell"))
    assert _codes(report) == ["stated"]
    assert report.checks[0].outcome is Outcome.NOT_APPLICABLE
    assert "2027-03-01" in report.findings[0].message


@pytest.mark.parametrize("seen", [A, GOOD])
def test_what_is_seen_contradicts_not_applicable(seen: Finding) -> None:
    report = _report(EXEMPT, seen, WHOLE)
    assert _codes(report) == sorted([seen.code, "none", "applies-here"])
    doubt = next(one for one in report.findings if one.code == "applies-here")
    assert [place.path for place in doubt.evidence] == [PATH, "ci.yml"]
    assert report.run.exit == 1


def test_not_applicable_lapses() -> None:
    last, after = date(2027, 3, 1), date(2027, 3, 2)
    assert _codes(_report(EXEMPT, WHOLE, today=last)) == ["stated"]
    assert _codes(_report(EXEMPT, WHOLE, today=after)) == ["none", "not-applicable-overdue"]


def test_a_review_that_the_calendar_overtook_fails_no_commit() -> None:
    assert _report("", LATE).run.exit == 1
    assert _report("", LATE, lapsed=False).run.exit == 0
    assert _report("", LATE, A, lapsed=False).run.exit == 1


def test_the_baseline_lets_debts_stand_until_their_day() -> None:
    baseline = _baseline(_report("", A, WHOLE))
    report = _report("", A, WHOLE, baseline=baseline)
    assert report.run.exit == 0
    assert {one.state for one in report.excused()} == {State.STANDING}
    assert _report("", A, B, WHOLE, baseline=baseline).run.exit == 1
    assert _status(report)[0] is Status.GAP
    after = date(2027, 5, 24)
    assert _report("", A, WHOLE, baseline=baseline, today=after).run.exit == 1
    assert _report("", A, WHOLE, baseline=baseline, today=after, lapsed=False).run.exit == 0


def test_a_debt_that_moved_still_stands_and_one_that_is_paid_is_told() -> None:
    baseline = _baseline(_report("", A, B))
    moved = A._replace(evidence=(Evidence("other.yml", 9),))
    report = _report("", moved, baseline=baseline)
    assert report.run.exit == 0
    assert [one.message for one in report.findings if one.code == "debt-paid"] == [
        "1 debt of the baseline is not found any more"
    ]
    twice = _report("", moved, moved._replace(evidence=(Evidence("third.yml", 9),)), baseline=baseline)
    assert len(twice.unmet()) == 1


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        (WAIVER.replace("planned", "ignored"), ":6: `kind` can't be `ignored`"),
        (WAIVER.replace("2027-03-31", "2027-02-30"), ":10: `expires` can't be `2027-02-30`; a calendar day"),
        (WAIVER.replace("    owner: platform team\n", ""), ":3: an entry of `waivers` needs the key `owner`"),
        (WAIVER.replace("check: pins", "check: pin"), ":3: `check` can't be `pin`"),
        (WAIVER.replace("security lead", "Platform team"), ":3: `approved-by` is another role"),
        (WAIVER.replace("    path: ci.yml\n    subject: a\n", ""), ":3: a waiver names one finding"),
        (WAIVER.replace("subject: a", "subject: a\n    all-subjects: true"), ":3: a waiver is for one `subject`"),
        (EXEMPT.replace("6 months", "now and then"), ":3: `review-every` is a length of time"),
        (EXEMPT.replace("6 months", "3 years"), ":3: `review-every` is a length of time"),
        (EXEMPT + EXEMPT.split("\n", 2)[2], ":4: `pins` is stated not to apply twice"),
    ],
)
def test_what_is_wrong_is_named_at_its_line(config: str, wanted: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(Repository.of({PATH: config}), [_check()])
    assert str(error.value).startswith(PATH + wanted)


def test_what_is_wrong_with_a_baseline() -> None:
    for source, wanted in [
        ("version: 1\n", ":1: the file needs the key `adopted`"),
        ("version: 1\nadopted: 2026-11-23\ndebts: [{fingerprint: x, check: a, code: b, until: 2026-01-01}]\n", ":3: "),
        ("{", ":1: is not valid YAML"),
    ]:
        with pytest.raises(ConfigError) as error:
            read(Repository.of({BASELINE: source}), [_check()])
        assert str(error.value).startswith(BASELINE + wanted)


def test_the_digest_covers_the_baseline() -> None:
    digests = {
        read(Repository.of({PATH: "version: 1\n", **more}), [_check()]).digest
        for more in ({}, {BASELINE: "version: 1\nadopted: 2026-11-23\ndebts: []\n"})
    }
    assert len(digests) == 2


def test_reporters_show_it_as_excused() -> None:
    report = _report(WAIVER, A, WHOLE, baseline=_baseline(_report("", WHOLE)))
    said = text.render(report)
    assert "0 unmet, 0 unknown, standing debts: 1 (the first until 2027-05-23), waived: 1 (the first until" in said
    page = markdown.render(report, 60_000)
    assert "Waived and standing debts (2)" in page
    assert "the vendor signs from March on" in page
    assert annotations.render(report) == ""
    results = json.loads(sarif.render(report, []))["runs"][0]
    assert results["results"] == []
    assert "2 findings are waived" in json.dumps(results["invocations"])
    assert decode(encode(report)) == report


def test_lapsed_is_shown_as_such() -> None:
    report = _report("", LATE, lapsed=False)
    assert "lapsed a review was due" in text.render(report)
    assert "1 lapsed" in text.render(report)
    assert annotations.render(report).startswith("::notice ")


@given(st.text(), st.text())
def test_any_text_is_read_or_an_error(config: str, baseline: str) -> None:
    with suppress(ConfigError):
        assert isinstance(read(Repository.of({PATH: config, BASELINE: baseline}), [_check()]), Config)


def test_an_acceptance_for_a_time_that_ends_before_it_begins() -> None:
    said = "accepted: {by-role: CTO, on: 2026-11-01, period: 2026-12-01 to 2026-01-01, residual-gaps: none}\n"
    with pytest.raises(ConfigError, match="3: `period` ends on 2026-01-01, before it begins"):
        _report(f"version: 1\n\n{said}", A)


def test_a_waiver_is_for_its_own_check_alone() -> None:
    other = Check("other", "build", "O", {CLAIM: ESTABLISHES}, (), {}, (), "O.", lambda: [A, WHOLE])
    text = WAIVER.replace("    subject: a\n", "    all-subjects: true\n")
    checks = [_check(A, B), other]
    repo = Repository.of({PATH: text})
    report = assess(checks, repo, read(repo, checks), Asked(TODAY, Gate.GAP))
    assert {one.check for one in report.findings if one.waiver} == {"pins"}
    assert report.run.exit == 1
    whole = text.replace("    path: ci.yml\n", "")
    repo = Repository.of({PATH: whole})
    report = assess([_check(WHOLE), other], repo, read(repo, checks), Asked(TODAY, Gate.GAP))
    assert {(one.check, one.code) for one in report.findings if one.waiver} == {("pins", "none")}
