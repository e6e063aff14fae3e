"""Recurring duties over revisions: what was done when, what was missed, what was put off, and what shows nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import commit, git, repository, sscop
from sscop.artefacts.duties import Duty, duties
from sscop.artefacts.prose.dates import months_after
from sscop.check import ESTABLISHES, Check
from sscop.judgement.persistence import Missed, Point, Term, extended, kept
from sscop.persistence import _only_days, persistence
from sscop.renewals import renewals
from sscop.repository import Repository, open_repository
from sscop.repository.git import GitError
from test_wording import lint
from unit.report_samples import CASES

TODAY = date(2026, 11, 26)
MODEL = """\
# Threat model
Owner: platform lead
Last reviewed: {}
Review cycle: {}

| Threat | Mitigation | Status |
|---|---|---|
| A stolen token publishes a release | short-lived tokens | mitigated |
"""
ACCESS = """\
# Access reviews
Held quarterly by the platform lead.

| Date | Reviewer | Outcome |
|---|---|---|
"""
ANSWER = (
    "---\nstatus: met\naccountable: lead\ndeclared-by: lead\nreviewed: {}\nreview-every: 6 months\n---\nBecause {}.\n"
)
WAIVER = """\
version: 1
waivers:
  - {{check: test-plan, path: plan.md, kind: planned, reason: r, owner: o, approved-by: p, expires: {}}}
"""
CHECKS = [Check("test-plan", "design", "P", {"test-plan": ESTABLISHES}, (), {}, (), "P.", list)]


def _on(day: str) -> dict[str, str]:
    return {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}


def _history(folder: Path) -> Path:
    """A repository with two years: one review late, one only a date, an interval lengthened, a waiver put off twice."""
    at = repository(folder)
    row = "| {} | security lead | two accounts removed |\n"
    model, access, answer = "docs/threat-model.md", "docs/access-reviews.md", "assessment/claims/user-docs.md"
    commit(at, {model: MODEL.format("2025-01-10", "6 months"), access: ACCESS + row.format("2025-01-10")},
           **_on("2025-01-10"))  # fmt: skip
    commit(at, {answer: ANSWER.format("2025-02-01", "we wrote it"), ".sscop.yaml": WAIVER.format("2025-06-30")},
           **_on("2025-02-01"))  # fmt: skip
    commit(at, {"src/a.py": "pass\n"}, **_on("2025-03-01"))
    commit(at, {access: ACCESS + row.format("2025-01-10") + row.format("2025-04-09"),
                ".sscop.yaml": WAIVER.format("2025-12-31")}, **_on("2025-06-20"))  # fmt: skip
    commit(at, {answer: ANSWER.format("2025-07-30", "we wrote it"), model: MODEL.format("2025-01-10", "12 months"),
                ".sscop.yaml": WAIVER.format("2026-12-20")}, **_on("2025-07-30"))  # fmt: skip
    commit(at, {model: MODEL.format("2025-11-10", "12 months") + "| A new threat | a new answer | open |\n"},
           **_on("2025-11-10"))  # fmt: skip
    return at


def _kept(at: Path, since: date = date(2025, 1, 1)) -> dict[str, object]:
    found = persistence(open_repository(str(at)), since, TODAY, CHECKS)
    return {one.duty.kind: one for one in found.kept}


def test_what_a_revision_states() -> None:
    files = {"docs/threat-model.md": MODEL.format("2026-01-10", "quarterly"), "docs/incident-plan.md":
             "# Plan\n\nReviewed: 2026-02-01\n\nNext review: 2026-08-01\n"}  # fmt: skip
    found = duties(Repository.of(files))
    assert [(one.kind, one.days, one.months) for one in found] == [
        ("threat model", (date(2026, 1, 10),), 3),
        ("document", (date(2026, 2, 1),), 6),
    ]
    assert found[0].path == "docs/threat-model.md"
    assert found[0].line == 3


def test_reviews_recorded_in_one_table_are_all_told() -> None:
    rows = "| 2026-01-10 | lead | kept |\n| 2026-04-09 | lead | kept |\n| 2026-12-01 | lead | planned |\n"
    (one,) = duties(Repository.of({"docs/access-reviews.md": ACCESS + rows}))
    assert one.days == (date(2026, 1, 10), date(2026, 4, 9))
    assert one.months == 3


def test_policies_audits_and_declarations_are_duties() -> None:
    checklist = """{"title": "Linux 9", "target_data": {"host_name": "runner-1"}, "stigs": [{"stig_name": "Linux 9",
      "rules": [{"rule_id": "SV-1", "severity": "high", "status": "not_a_finding"}]}]}"""
    policy = """\
version: 1
owner: lead
reviewed: 2026-01-02
review-every: 6 months
tools: []
environments:
  - name: runners
    runners: [self-hosted]
    hardening: {guide: STIG, evidence: security/runner.cklb}
"""
    files = {"tool-policy.yaml": policy, "security/runner.cklb": checklist,
             "assessment/claims/user-docs.md": ANSWER.format("2026-02-01", "so"),
             "assessment/claims/vuln-plan.md": ANSWER.replace("status: met", "status: not-assessed")}  # fmt: skip
    found = {one.kind: one for one in duties(Repository.of(files))}
    assert set(found) == {"tool policy", "declaration"}  # the checklist states no day
    assert (found["tool policy"].days, found["tool policy"].months) == ((date(2026, 1, 2),), 6)
    assert (found["declaration"].subject, found["declaration"].months) == ("user-docs", 6)


def test_days_misses_and_intervals_come_from_the_revisions(tmp_path: Path) -> None:
    found = _kept(_history(tmp_path / "r"))
    access = found["access review"]
    assert [str(one.day) for one in access.done] == ["2025-01-10", "2025-04-09"]
    assert str(access.done[1].recorded) == "2025-06-20"
    assert access.missed == (Missed(date(2025, 7, 9), None),)
    model = found["threat model"]
    assert model.missed == (Missed(date(2025, 7, 10), date(2025, 11, 10)), Missed(date(2026, 11, 10), None))
    assert [(one.before, one.after, str(one.day)) for one in model.moved] == [("6 months", "12 months", "2025-07-30")]
    assert not model.done[1].bare
    declared = found["declaration"]
    assert [one.bare for one in declared.done] == [False, True]
    assert declared.due == date(2026, 1, 30)
    assert declared.missed == (Missed(date(2026, 1, 30), None),)


def test_what_was_made_good_before_the_day_asked_for_is_not_told(tmp_path: Path) -> None:
    found = _kept(_history(tmp_path / "r"), date(2025, 12, 1))
    assert found["access review"].missed == (Missed(date(2025, 7, 9), None),)
    assert found["threat model"].missed == (Missed(date(2026, 11, 10), None),)
    assert found["threat model"].moved == ()


def test_a_file_that_was_deleted_or_renamed_when_overdue_is_known(tmp_path: Path) -> None:
    for name, after in (("del", {}), ("ren", {"docs/model.md": MODEL.format("2026-11-20", "3 months")})):
        at = repository(tmp_path / name)
        commit(at, {"docs/threat-model.md": MODEL.format("2025-01-10", "3 months")}, **_on("2025-01-10"))
        git(at, "rm", "-q", "docs/threat-model.md")
        commit(at, {"README.md": "x", **after}, **_on("2026-11-20"))
        found = persistence(open_repository(str(at)), date(2026, 1, 1), TODAY, CHECKS).kept
        old = next(one for one in found if one.duty.path == "docs/threat-model.md")
        assert old.ended == date(2026, 11, 20)
        assert old.missed == (Missed(date(2025, 4, 10), None),)


def test_merges_put_nothing_off_twice(tmp_path: Path) -> None:
    at = repository(tmp_path / "r")
    model = "docs/threat-model.md"
    commit(
        at,
        {model: MODEL.format("2026-01-10", "6 months"), ".sscop.yaml": WAIVER.format("2026-06-01")},
        **_on("2026-01-10"),
    )
    for n in range(3):
        git(at, "branch", f"side{n}")
    commit(
        at,
        {model: MODEL.format("2026-01-10", "12 months"), ".sscop.yaml": WAIVER.format("2026-09-01")},
        **_on("2026-03-01"),
    )
    for n in range(3):
        git(at, "checkout", "-q", f"side{n}")
        commit(at, {"assessment/claims/user-docs.md": ANSWER.format("2026-02-01", n)}, **_on(f"2026-02-0{n + 1}"))
        git(at, "checkout", "-q", "main")
        git(
            at, "merge", "-q", "-s", "ours" if n else "recursive", f"side{n}", "-m", "merge", **_on(f"2026-04-0{n + 1}")
        )
    found = persistence(open_repository(str(at)), date(2026, 1, 1), TODAY, CHECKS)
    assert [len(one.moved) for one in found.extended] == [1]
    assert [len(one.moved) for one in found.kept if one.duty.kind == "threat model"] == [1]
    from sscop.config import read

    (waiver,) = read(open_repository(str(at)), CHECKS).exceptions.waivers
    assert renewals(open_repository(str(at)), waiver) == 1


def test_more_paths_than_a_command_takes_keep_their_order(tmp_path: Path) -> None:
    at = repository(tmp_path / "r")
    page = "# Page\n\nLast reviewed: 2026-01-01\n\nReview cycle: {} months\n"
    names = [f"docs/policies/{'x' * 90}-{n:03}.md" for n in range(110)]
    commit(
        at, {**dict.fromkeys(names, page.format(12)), ".sscop.yaml": WAIVER.format("2026-06-01")}, **_on("2026-01-02")
    )
    commit(at, {names[-1]: page.format(12) + "More.\n"}, **_on("2026-02-02"))
    commit(at, {names[0]: page.format(6), ".sscop.yaml": WAIVER.format("2026-11-30")}, **_on("2026-03-02"))
    found = persistence(open_repository(str(at)), date(2026, 1, 1), TODAY, CHECKS)
    assert found.extended[0].term.until == date(2026, 11, 30)
    assert [one.moved for one in found.kept if one.duty.path == names[0]] == [()]


@pytest.mark.parametrize(
    ("before", "after", "bare"),
    [
        ("reviewed: 2026-01-02", "reviewed: 2026-02-03", True),
        ("Reviewed on 2 May 2026", "Reviewed on 3 June 2026", True),
        ("risk 9 of 10, severity 1", "risk 2 of 10, severity 7", False),
        ("Review cycle: 3 months", "Review cycle: 6 months", False),
        ("decided in the market", "separate", False),
    ],
)
def test_what_is_but_another_day(before: str, after: str, bare: bool) -> None:
    assert _only_days([before], [after]) is bare


def _points(*told: tuple[str, str, int | None]) -> list[Point]:
    days = [
        (date.fromisoformat(on), Duty("k", "s", "p", 1, (date.fromisoformat(day),), every)) for on, day, every in told
    ]
    return [Point(str(n), on, {("k", "s"): duty}, {}) for n, (on, duty) in enumerate(days)]


def test_the_shorter_interval_holds_and_a_dropped_one_is_lengthened() -> None:
    (one,) = kept(_points(("2026-02-05", "2026-02-05", 24), ("2026-02-06", "2026-02-05", 3)), date(2026, 1, 1), TODAY)
    assert (one.due, one.missed) == (date(2026, 5, 5), (Missed(date(2026, 5, 5), None),))
    (one,) = kept(_points(("2026-02-05", "2026-02-05", 3), ("2026-03-06", "2026-02-05", None)), date(2026, 1, 1), TODAY)
    assert [at.after for at in one.moved] == ["12 months (none stated)"]
    (one,) = kept(_points(("2026-03-01", "2026-03-02", 3), ("2026-10-01", "2026-03-02", 3)), date(2026, 1, 1), TODAY)
    assert (one.done[0].commit, one.coming) == ("0", ())
    (one,) = kept(_points(("2026-03-01", "2099-03-02", 3)), date(2026, 1, 1), TODAY)
    assert (one.done, one.coming) == ((), (date(2099, 3, 2),))


def test_commits_of_days_that_are_none(tmp_path: Path) -> None:
    at = repository(tmp_path / "r")
    far = {"GIT_AUTHOR_DATE": "@253402300800 +0000", "GIT_COMMITTER_DATE": "@253402300800 +0000"}
    commit(at, {"docs/threat-model.md": MODEL.format("2025-01-10", "6 months")}, **far)
    assert persistence(open_repository(str(at)), date(2025, 1, 1), TODAY, CHECKS).begins == date.max
    assert open_repository(str(at)).day() == date.max
    assert sscop("report", "--form", "persistence", cwd=at).code == 0


def test_a_renamed_file_keeps_its_history(tmp_path: Path) -> None:
    at = _history(tmp_path / "r")
    git(at, "mv", "docs/access-reviews.md", "docs/access-review.md")
    commit(at, **_on("2026-01-05"))
    access = _kept(at)["access review"]
    assert [str(one.recorded) for one in access.done] == ["2025-01-10", "2025-06-20"]
    assert access.duty.path == "docs/access-review.md"


def test_a_duty_that_is_stated_no_more_is_due_no_more(tmp_path: Path) -> None:
    at = _history(tmp_path / "r")
    git(at, "rm", "-q", "docs/access-reviews.md")
    commit(at, **_on("2025-12-01"))
    access = _kept(at)["access review"]
    assert access.ended == date(2025, 12, 1)
    assert access.due is None
    assert access.missed == (Missed(date(2025, 7, 9), None),)


def test_waivers_that_are_put_off_are_counted(tmp_path: Path) -> None:
    at = _history(tmp_path / "r")
    repo = open_repository(str(at))
    (one,) = persistence(repo, date(2025, 1, 1), TODAY, CHECKS).extended
    assert [(one.before, one.after) for one in one.moved] == [
        ("2025-06-30", "2025-12-31"),
        ("2025-12-31", "2026-12-20"),
    ]
    from sscop.config import read

    (waiver,) = read(repo, CHECKS).exceptions.waivers
    assert renewals(repo, waiver) == 2
    assert renewals(Repository.of({}), waiver) is None
    commit(at, {".sscop.yaml": "waivers: [{check: test-plan, path: plan.md, expires: soon}]\n"}, **_on("2026-01-01"))
    commit(at, {".sscop.yaml": "- [\n"}, **_on("2026-01-02"))
    assert renewals(open_repository(str(at)), waiver) == 2


def test_a_configuration_that_can_not_be_read_is_said(tmp_path: Path) -> None:
    at = _history(tmp_path / "r")
    bad = commit(at, {".sscop.yaml": "version: 7\n"}, **_on("2026-01-01"))
    commit(at, {".sscop.yaml": WAIVER.format("2027-03-31")}, **_on("2026-02-01"))
    found = persistence(open_repository(str(at)), date(2025, 1, 1), TODAY, CHECKS)
    assert found.unread == (bad,)


def test_the_form(tmp_path: Path) -> None:
    at = _history(tmp_path / "r")
    commit(at, {".sscop.yaml": "version: 1\n"}, **_on("2026-02-01"))
    asked = ("report", "--form", "persistence", "--since", "2025-01-01", "--today", "2026-11-26")
    ran = sscop(*asked, cwd=at)
    assert ran.code == 0, ran.said
    assert "due by 2025-07-10: done on 2025-11-10" in ran.out
    assert "due by 2025-07-09: not seen" in ran.out
    assert "6 months to 12 months on 2025-07-30" in ran.out
    assert "72 days later" in ran.out
    assert "changed nothing there but days" in ran.out
    assert lint(ran.out) == []
    page = sscop(*asked, "--format", "html", cwd=at)
    assert "<table" in page.out
    assert sscop(*asked, "--format", "csv", cwd=at).code == 2
    assert sscop(*asked, "--report", "x.json", cwd=at).code == 2
    assert "YYYY-MM-DD" in sscop("report", "--since", "soon", cwd=at).err


def test_without_history_nothing_is_said_of_it(tmp_path: Path) -> None:
    at = _history(tmp_path / "r")
    git(tmp_path, "clone", "-q", "--depth=1", at.as_uri(), "shallow")
    ran = sscop("report", "--form", "persistence", cwd=tmp_path / "shallow")
    assert ran.code == 3
    assert "unshallow" in ran.err
    with pytest.raises(GitError, match="no history"):
        persistence(Repository.of({"a": ""}), TODAY, TODAY, CHECKS)


def test_a_day_to_come_is_not_done() -> None:
    def point(day: date, *days: date) -> Point:
        return Point("c", day, {("k", "s"): Duty("k", "s", "p", 1, days, None)}, {})

    (one,) = kept([point(date(2026, 1, 1), date(2027, 1, 1)), point(date(2026, 2, 1), date(2026, 1, 31))], TODAY, TODAY)
    assert [at.day for at in one.done] == [date(2026, 1, 31)]
    (one,) = kept([point(date(2026, 1, 1), date(2027, 1, 1))], TODAY, TODAY)
    assert one.due is None


_DAYS = st.dates(date(2020, 1, 1), TODAY)


@CASES
@given(st.lists(st.tuples(_DAYS, st.frozensets(_DAYS, max_size=4), st.sampled_from([0, 1, 12])), max_size=6))
def test_every_gap_longer_than_the_interval_is_a_miss_and_no_other(
    told: list[tuple[date, frozenset[date], int]],
) -> None:
    points = [
        Point(str(n), day, {("k", "s"): Duty("k", "s", "p", 1, tuple(sorted(days)), months or None)}, {("t", "s"): Term(
            "t", "s", "p", 1, day)}) for n, (day, days, months) in enumerate(sorted(told))
    ]  # fmt: skip
    for one in kept(points, date.min, TODAY):
        days = [at.day for at in one.done]
        assert days == sorted(set(days))
        for missed in one.missed:
            before = max((at for at in one.done if at.day < (missed.done or date.max)), key=lambda at: at.day)
            assert missed.due == months_after(before.day, before.months)
            assert (missed.done or TODAY) > missed.due
        late = [b - a > timedelta(days=366) for a, b in zip(days, days[1:])]
        assert sum(late) <= len(one.missed)
    for excuse in extended(points, date.min):
        assert len(excuse.moved) == sum(a.day < b.day for a, b in zip(points, points[1:]))
