"""Exit codes and gates, and checks that misbehave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from sscop.assess import Asked, assess, run, verdict
from sscop.check import ESTABLISHES, SUPPORTS, Check
from sscop.config import Config
from sscop.model import (
    Because,
    Evidence,
    Finding,
    Gate,
    Kind,
    Outcome,
    State,
    Status,
    Unread,
    met,
    not_applicable,
    unknown,
    unmet,
)
from sscop.outcomes import outcome
from sscop.report import Report, Reported
from sscop.repository import Repository

TODAY = date(2026, 11, 23)
REPO = Repository.of({"README.md": ""})


def _found(word: str) -> Reported:
    """`unmet`, `unmet-new`, `advice-standing`, `unknown`, `met`, `not-run`."""
    kind, _, state = word.partition("-")
    outcomes = {
        "unmet": Outcome.UNMET,
        "advice": Outcome.UNMET,
        "unknown": Outcome.UNKNOWN,
        "met": Outcome.MET,
        "not": Outcome.UNKNOWN,
    }
    return Reported(
        check="c", code="not-run" if word == "not-run" else "x", outcome=outcomes[kind], because=None,
        kind=Kind.ADVICE if kind == "advice" else Kind.CLAIM, claims=(), message="", subject="", key="", evidence=(),
        fix="",
        fingerprint=word, state=State(state) if kind in ("unmet", "advice") and state else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "never", "new", "gap", "unknown"),
    [
        ("", 0, 0, 0, 0),
        ("met", 0, 0, 0, 0),
        ("advice-new", 0, 0, 0, 0),
        ("unknown", 0, 0, 0, 1),
        ("unmet-new", 0, 1, 1, 1),
        ("unmet-standing", 0, 0, 1, 1),
        ("unmet-moved", 0, 0, 1, 1),
        ("unmet-standing unmet-new", 0, 1, 1, 1),
        ("met unknown advice-new", 0, 0, 0, 1),
        ("not-run", 0, 0, 0, 1),
    ],
)
def test_gates(found: str, never: int, new: int, gap: int, unknown: int) -> None:
    findings = [_found(word) for word in found.split()]
    exits = [verdict(findings, 1, (), Asked(TODAY, gate), compared=True) for gate in Gate]
    assert exits == [never, new, gap, unknown]
    assert sorted(exits) == exits, "each gate includes the one before"


def test_new_without_a_base_means_gap() -> None:
    assert verdict([_found("unmet")], 1, (), Asked(TODAY, Gate.NEW), compared=False) == 1
    assert verdict([], 1, (), Asked(TODAY, Gate.NEW), compared=False) == 0


@pytest.mark.parametrize("gate", list(Gate))
@pytest.mark.parametrize("found", ["", "unmet-new"])
def test_what_cannot_be_trusted_outranks_every_gate(gate: Gate, found: str) -> None:
    findings = [_found(word) for word in found.split()]
    assert verdict(findings, 1, (("c", "crashed"),), Asked(TODAY, gate), compared=True) == 3
    assert verdict(findings, 0, (), Asked(TODAY, gate), compared=True) == 3
    assert verdict([*findings, _found("not-run")], 1, (), Asked(TODAY, gate, named=("c",)), compared=True) == 3
    assert verdict([*findings, _found("not-run")], 1, (), Asked(TODAY, gate, named=("d",)), compared=True) != 3


@pytest.mark.parametrize(
    ("findings", "wanted"),
    [
        ([], Outcome.NOT_APPLICABLE),
        ([met("a", "")], Outcome.MET),
        ([met("a", ""), unknown("a", "")], Outcome.UNKNOWN),
        ([met("a", ""), unknown("a", ""), unmet("a", "")], Outcome.UNMET),
        ([met("a", ""), unmet("a", "", kind=Kind.ADVICE)], Outcome.MET),
        ([unmet("a", "", kind=Kind.ADVICE)], Outcome.NOT_APPLICABLE),
        ([unmet("a", "", kind=Kind.ADVICE), not_applicable("a", "")], Outcome.NOT_APPLICABLE),
        ([not_applicable("a", "")], Outcome.NOT_APPLICABLE),
        ([not_applicable("a", ""), met("a", "")], Outcome.MET),
    ],
)
def test_outcome(findings: list[Finding], wanted: Outcome) -> None:
    assert outcome(findings) is wanted


def test_outcome_of_a_check_that_only_advises() -> None:
    assert outcome([unmet("a", "", kind=Kind.ADVICE)], advisory=True) is Outcome.UNMET
    assert outcome([unmet("a", "", kind=Kind.ADVICE), met("a", "")], advisory=True) is Outcome.MET


def _check(answer: Callable[..., object], name: str = "a-check", **more: object) -> Check:
    fields: dict[str, object] = {
        "id": name, "theme": "build", "title": "t", "claims": {"component-integrity": SUPPORTS}, "principles": (),
        "options": {}, "needs": (), "doc": "", "run": answer,
    } | more  # fmt: skip
    return Check(**fields)  # type: ignore[arg-type]


def _crash() -> Iterator[Finding]:
    yield met("fine", "so far")
    raise ValueError("text of \x1b the repository")


def _endless() -> Iterator[Finding]:
    def down() -> None:
        down()

    down()
    yield met("never", "")


GOOD = _check(lambda: [met("good", "seen")], "good-check")


def _report(*checks: Check, gate: Gate = Gate.GAP, repo: Repository = REPO, **more: object) -> Report:
    return assess(checks, repo, Config(), Asked(TODAY, gate, **more))  # type: ignore[arg-type]


def test_a_crash_is_unknown_and_the_others_still_report() -> None:
    report = _report(_check(_crash), GOOD)
    assert report.run.exit == 3
    assert report.run.verdict == "can't be trusted: a-check could not run"
    ((check, reason),) = report.looked_at.could_not_run
    assert check == "a-check"
    assert reason.startswith("the check stopped unexpectedly (ValueError at test_verdict.py:")
    assert "\x1b" not in reason
    assert [(one.check, one.outcome, one.code) for one in report.findings] == [
        ("a-check", Outcome.UNKNOWN, "crashed"),
        ("good-check", Outcome.MET, "good"),
    ]


def test_a_check_that_recurses_without_end() -> None:
    ((_, reason),) = _report(_check(_endless)).looked_at.could_not_run
    assert "RecursionError" in reason


def test_a_check_that_says_nothing() -> None:
    report = _report(_check(list))
    assert (report.run.exit, report.looked_at.could_not_run) == (
        3,
        (("a-check", "the check gave no answer; please report it"),),
    )
    assert [one.code for one in report.findings] == ["silent"]


def test_an_empty_repository() -> None:
    report = _report(GOOD, repo=Repository.of({}))
    assert report.run.exit == 3
    assert report.run.verdict == "can't be trusted: nothing was looked at, the repository lists no files"


@pytest.mark.parametrize(
    ("findings", "gate", "wanted"),
    [
        ([met("a", "m")], Gate.GAP, (0, "nothing at the gate's level")),
        ([unmet("a", "m")], Gate.GAP, (1, "unmet")),
        ([unmet("a", "m")], Gate.NEVER, (0, "nothing at the gate's level")),
    ],
)
def test_verdict_in_words(findings: list[Finding], gate: Gate, wanted: tuple[int, str]) -> None:
    report = _report(_check(lambda: findings), gate=gate)
    assert (report.run.exit, report.run.verdict) == wanted


def test_a_named_check_that_could_not_run() -> None:
    report = _report(_check(lambda: [unknown("not-run", "no token")]), named=("a-check",))
    assert (report.run.exit, report.run.verdict) == (3, "can't be trusted")


def test_a_verdict_of_unknown_does_not_say_unmet() -> None:
    report = _report(_check(lambda: [unknown("a", "m")]), gate=Gate.UNKNOWN)
    assert report.run.exit == 1
    assert report.run.verdict != "unmet"


def test_a_verdict_of_the_calendar_does_not_say_unmet() -> None:
    overdue = unmet("review-overdue", "m")
    report = _report(_check(lambda: [overdue]))
    assert (report.run.exit, report.run.verdict) == (1, "lapsed")
    report = _report(_check(lambda: [overdue, unmet("a", "m")]))
    assert (report.run.exit, report.run.verdict) == (1, "unmet")


def test_a_check_gets_what_it_names() -> None:
    seen: dict[str, object] = {}

    def answer(today: date, settings: object, repo: Repository) -> list[Finding]:
        seen.update(today=today, settings=settings, repo=repo)
        return [met("a", "")]

    check = _check(answer, needs=("today", "settings", "repo"))
    config = Config(checks={"a-check": {"x": 1}})  # type: ignore[dict-item]
    assert run(check, REPO, config, TODAY)[1] == ""
    assert seen == {"today": TODAY, "settings": {"x": 1}, "repo": REPO}


def test_what_was_looked_at() -> None:
    repo = Repository.of({"a": "", "b": ""})
    repo.not_counted.update({"z": "late", "c": "early"})
    report = _report(GOOD, repo=repo)
    assert report.looked_at == (2, ("good-check",), (), (("c", "early"), ("z", "late")))
    assert (report.run.today, report.run.base, report.run.fail_on) == ("2026-11-23", None, Gate.GAP)


def test_no_base_is_said_in_words() -> None:
    assert _report(GOOD, base="none (no commit x)").run.base == "none (no commit x)"


def test_findings_stand_in_order_and_know_their_occurrence() -> None:
    places = [Evidence("b", 1), Evidence("a", 9), Evidence("a", 2), Evidence("a", 2)]
    report = _report(_check(lambda: [unmet("x", "m", place, key="k") for place in places]))
    assert [(one.path, one.line) for one in report.findings] == [("a", 2), ("a", 2), ("a", 9), ("b", 1)]
    assert len({one.fingerprint for one in report.findings}) == 4


def test_claims_are_settled_only_when_somebody_looks() -> None:
    asked = Asked(TODAY, Gate.GAP)
    assert assess([GOOD], REPO, Config(), asked, settled=False).claims == ()
    settled = {one.slug: one for one in assess([GOOD], REPO, Config(), asked).claims}
    assert len(settled) == 45
    assert settled["component-integrity"].status is Status.PARTLY_SEEN
    assert settled["component-integrity"].checks == ("good-check",)
    assert settled["developers-trained"].status is Status.NOT_ASSESSED


@pytest.mark.parametrize(
    ("because", "kind", "status"),
    [
        (Because.ABSENT, Kind.CLAIM, Status.GAP),
        (Because.CONTRADICTED, Kind.CLAIM, Status.GAP),
        (Because.CONTRADICTED, Kind.ADVICE, Status.EVIDENCE_SEEN),
    ],
)
def test_an_establishing_check(because: Because, kind: Kind, status: Status) -> None:
    answer = [met("a", ""), unmet("b", "", because=because, kind=kind)]
    check = _check(lambda: answer, claims={"threat-modelled": ESTABLISHES})
    assert {one.slug: one.status for one in _report(check).claims}["threat-modelled"] is status


def test_advice_bears_on_no_claim() -> None:
    report = _report(_check(lambda: [unmet("b", "", kind=Kind.ADVICE), met("a", "")]))
    assert {one.code: one.claims for one in report.findings} == {"b": (), "a": ("component-integrity",)}


def test_a_finding_may_bear_on_one_of_the_checks_claims() -> None:
    answer = [met("a", "", about=("component-integrity",)), unknown("b", "", about=("components-listed",))]
    check = _check(lambda: answer, claims={"component-integrity": SUPPORTS, "components-listed": SUPPORTS})
    report = _report(check)
    assert [one.claims for one in report.findings] == [("component-integrity",), ("components-listed",)]
    status = {one.slug: one.status for one in report.claims}
    assert status["component-integrity"] is Status.PARTLY_SEEN
    assert status["components-listed"] is not Status.PARTLY_SEEN


def test_the_place_of_a_finding() -> None:
    found = unmet("a", "m", Evidence("x", 3), Evidence("y", 4))
    assert (found.path, found.line) == ("x", 3)
    assert (met("a", "m").path, met("a", "m").line) == ("", None)
    assert Unread("p", "r", 2).finding().evidence == (Evidence("p", 2),)


def test_unmet_ones_that_are_new_come_first() -> None:
    report = _report(GOOD)._replace(
        findings=tuple(map(_found, ["unmet-standing", "unmet-new", "advice-new", "unknown", "unmet-moved"]))
    )
    assert [one.fingerprint for one in report.unmet()] == ["unmet-new", "unmet-standing", "unmet-moved"]
