"""The terminal's text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from sscop.model import Evidence, Gate, Kind, Outcome, State
from sscop.report import LookedAt, Report, Run, Subject
from sscop.reporters.text import PLACES, render
from unit.report_samples import BASE, HEAD, REPORTS, finding, report

QUIET: dict[str, Any] = {"outcome": Outcome.MET, "because": None, "state": None}


def _advice(**more: Any) -> Any:
    return finding(kind=Kind.ADVICE, claims=(), **more)


def test_one_line_when_clean() -> None:
    text = render(report(finding(**QUIET)))
    assert text == (
        "sscop 0.1.0, Code of Practice 2025-05-07: looked at 1234 files (commit at 0123456789) with pinned-tools, "
        "sbom, threat-model; gate new, base 89abcdef01: 0 unmet, 0 unknown; "
        "verdict: nothing at the gate's level (exit 0)\n"
    )


def test_many_checks_are_counted_and_few_named() -> None:
    few = LookedAt(1, tuple(f"check-{n}" for n in range(6)), (), ())
    many = few._replace(checks=(*few.checks, "check-6"))
    assert "with check-0, check-1, check-2, check-3, check-4, check-5;" in render(report(looked_at=few))
    assert "with 7 checks;" in render(report(looked_at=many))


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (Subject("worktree", HEAD, True, False, "public", ""), "(working tree at 0123456789)"),
        (Subject("worktree", None, False, False, "public", ""), "(working tree)"),
        (Subject("folder", None, None, None, "unknown", ""), "(folder without git)"),
        (Subject("memory", None, None, None, "unknown", ""), "(memory)"),
    ],
)
def test_what_was_looked_at(subject: Subject, said: str) -> None:
    assert said in render(report(repository=subject)).split("\n")[0]


@pytest.mark.parametrize(
    ("base", "said"),
    [
        (BASE, "base 89abcdef01"),
        ("a" * 64, "base aaaaaaaaaa:"),
        (None, "base none"),
        (
            "none (no commit x in this repository); so all that is unmet counts",
            "base none (no commit x in this repository); so all",
        ),
    ],
)
def test_the_base(base: str | None, said: str) -> None:
    run = Run("nothing at the gate's level", 0, Gate.GAP, "2026-11-23", base, None)
    assert said in render(report(run=run))


def test_one_block_for_one_thing() -> None:
    text = render(report(finding(line=1), finding(line=2), finding(line=3, key="other", message="another")))
    assert text.split("\n")[1:] == [
        "",
        "unmet (new) the action `actions/checkout@v4` is named by a tag that can move [pinned-tools/mutable-ref]",
        "  .github/workflows/ci.yml:1  (uses: actions/checkout@v4)",
        "  .github/workflows/ci.yml:2  (uses: actions/checkout@v4)",
        "  fix: name it by its full commit, with the version in a comment",
        "",
        "unmet (new) another [pinned-tools/mutable-ref]",
        "  .github/workflows/ci.yml:3  (uses: actions/checkout@v4)",
        "  fix: name it by its full commit, with the version in a comment",
        "",
        "3 unmet (3 new), 0 unknown; verdict: unmet (exit 1); why and how: sscop explain pinned-tools",
        "",
    ]


def test_without_a_key_the_message_groups() -> None:
    text = render(
        report(finding(key="", message="one"), finding(key="", message="one", line=2), finding(key="", message="two"))
    )
    assert [text.count("unmet (new) one"), text.count("unmet (new) two")] == [1, 1]


def test_another_subject_is_said_beside_its_place() -> None:
    text = render(report(finding(subject="a@v1"), finding(subject="a@v2", line=2)))
    assert "ci.yml:12  (" in text
    assert "ci.yml:2  a@v2  (" in text


@pytest.mark.parametrize("extra", [0, 1, 5])
def test_many_places_are_counted(extra: int) -> None:
    text = render(report(*(finding(line=n + 1) for n in range(PLACES + extra))))
    assert text.count("ci.yml:") == PLACES
    assert (f"  and {extra} more places (--format json lists all)" in text) is (extra > 0)


def test_a_finding_without_a_place() -> None:
    text = render(report(finding(path="", fix="")))
    assert "[pinned-tools/mutable-ref]\n\n1 unmet" in text


def test_a_place_without_a_line() -> None:
    assert "  .github/workflows/ci.yml\n" in render(
        report(finding(line=None, evidence=(Evidence(".github/workflows/ci.yml"),)))
    )


@pytest.mark.parametrize("advice", [False, True])
def test_advice_is_counted_or_shown(advice: bool) -> None:
    text = render(report(_advice(message="think of it", state=None)), advice=advice)
    assert ("advice think of it [pinned-tools/mutable-ref]" in text) is advice
    assert ("1 advice (--advice shows it)" in text) is not advice
    assert "1 advice" in text
    assert "0 unmet" in text


def test_states_are_counted() -> None:
    states = [State.NEW, State.NEW, State.STANDING, State.MOVED]
    text = render(
        report(*(finding(line=n, key=str(n), state=state) for n, state in enumerate(states, 1)), gate=Gate.GAP)
    )
    assert "4 unmet (1 moved, 2 new, 1 standing), 0 unknown" in text
    assert [text.count("unmet (new) "), text.count("unmet (moved) "), text.count("unmet the")] == [2, 1, 1]


def test_standing_ones_are_a_count_where_only_new_ones_fail() -> None:
    found = [finding(key="old", state=State.STANDING), finding(key="moved", state=State.MOVED), finding(key="new")]
    text = render(report(*found, gate=Gate.NEW))
    assert "\n2 standing from before the base (--fail-on gap lists and fails on them)\n" in text
    assert text.count("[pinned-tools/mutable-ref]") == 1


def test_many_unknown_of_a_run_of_all_checks_are_named_in_one_line() -> None:
    many = LookedAt(1, tuple(f"check-{n}" for n in range(9)), (), ())
    found = [
        finding(outcome=Outcome.UNKNOWN, check=f"check-{n % 7}", code="untold", message="can't be told")
        for n in range(8)
    ]
    said = render(report(*found, looked_at=many))
    names = ", ".join(f"check-{n}/untold" for n in range(7))
    assert f"\nunknown, which is no pass: {names} (" in said
    assert "can't be told" not in said
    assert "0 unmet, 8 unknown" in said
    assert "can't be told" in render(report(*found, looked_at=many), advice=True)
    assert "can't be told" in render(report(*found[:5], looked_at=many))
    assert "can't be told" in render(report(*found, looked_at=many._replace(checks=many.checks[:6])))
    strict = report(*found, looked_at=many)
    assert "can't be told" in render(strict._replace(run=strict.run._replace(fail_on=Gate.UNKNOWN)))


def test_unknown_and_fixed_are_shown() -> None:
    unknown = finding(
        "threat-model",
        "unreadable",
        "TM.md",
        4,
        outcome=Outcome.UNKNOWN,
        because=None,
        state=None,
        message="could not be read",
        fix="",
    )
    text = render(report(unknown, fixed=(finding(message="gone"),)))
    assert "unknown could not be read [threat-model/unreadable]\n  TM.md:4" in text
    assert "fixed (new) gone" in text or "fixed gone" in text
    assert text.count("fix:") == 0
    assert "0 unmet, 1 unknown, 1 fixed; verdict" in text
    assert text.rstrip().endswith("sscop explain threat-model")


def test_what_is_fixed_is_not_called_new() -> None:
    assert "fixed gone" in render(report(fixed=(finding(message="gone", state=None),)))


def test_what_could_not_run_and_did_not_count() -> None:
    looked = LookedAt(3, ("a", "b"), (("b", "it crashed"),), (("vendor/x", "vendored code"), ("y", "a fixture")))
    text = render(report(looked_at=looked))
    assert text.split("\n")[1] == "could not run: b: it crashed"
    assert "2 files found but not counted" in text


def test_a_changed_policy_is_said() -> None:
    run = Run("unmet", 1, Gate.GAP, "2026-11-23", BASE, None, policy_changed=True)
    assert "the configuration differs from the base's; the base's was used" in render(report(run=run))


def test_colour() -> None:
    assert "\033" not in render(report(finding()))
    assert "\033[31munmet\033[0m (new) \033[1mthe action" in render(report(finding()), colour=True)


HOSTILE = "x\n::error::y\r\x1b[2J\x07\u202e\x9b1m\u2028::warning::z"


@pytest.mark.parametrize("field", ["message", "subject", "fix", "note", "path"])
@pytest.mark.parametrize("colour", [False, True])
def test_text_of_the_repository_drives_no_terminal(field: str, colour: bool) -> None:
    more: dict[str, Any] = {}
    if field in ("message", "subject", "fix"):
        more[field] = HOSTILE
    if field in ("note", "path"):
        more["evidence"] = (Evidence(HOSTILE if field == "path" else "p", 1, HOSTILE if field == "note" else ""),)
    text = render(report(finding(), finding(line=2, **more)), colour=colour)
    plain = text.replace("\033[31m", "").replace("\033[1m", "").replace("\033[0m", "")
    assert [char for char in plain if not char.isprintable() and char != "\n"] == []
    assert not [line for line in plain.split("\n") if line.lstrip().startswith("::")]


@settings(deadline=None, max_examples=40)
@given(REPORTS)
def test_any_finding_is_text_that_any_screen_shows(hostile: Report) -> None:
    findings = [one._replace(check="c", code="x") for one in (*hostile.findings, *hostile.fixed)]
    for colour, advice in ((False, False), (True, True)):
        text = render(report(*findings, fixed=tuple(findings)), colour, advice)
        for code in ("31m", "33m", "36m", "32m", "1m", "0m") if colour else ():
            text = text.replace(f"\033[{code}", "")
        assert [char for char in text if not char.isprintable() and char != "\n"] == []
        assert text.endswith("\n")
        assert text.encode()
