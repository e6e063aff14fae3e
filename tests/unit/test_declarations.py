"""Declarations: what is read, what settles a claim, and commits that move dates alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import commit, repository
from sscop.artefacts.declarations import Declaration, declarations
from sscop.assess import Asked, assess
from sscop.check import ESTABLISHES, Check
from sscop.config import Config
from sscop.judgement.declarations import Judged, bumps, judged
from sscop.judgement.published import quiet
from sscop.model import Because, Evidence, Finding, Gate, Status, Unread, met, unknown, unmet
from sscop.report import ClaimResult
from sscop.repository import Repository, open_repository

TODAY = date(2026, 11, 23)
CLAIM = "incident-plan"
PATH = f"assessment/claims/{CLAIM}.md"
ANSWER = """\
---
status: met
accountable: head of service
declared-by: service manager
reviewed: 2026-10-01
---
The plan is in the service manual.
"""


def _claim(answer: str, *findings: Finding, role: str = "developer", today: date = TODAY) -> ClaimResult:
    def run() -> list[Finding]:
        return list(findings)

    check = Check("plans", "communication", "Plans", {CLAIM: ESTABLISHES}, (), {}, (), "Plans.", run)
    report = assess(
        [check], Repository.of({PATH: answer} if answer else {"a": ""}), Config(product={"role": role}),
        Asked(today, Gate.GAP),
    )  # fmt: skip
    return next(one for one in report.claims if one.slug == CLAIM)


ABSENT = unmet("none", "found no plan", because=Because.ABSENT)
SHORT = unmet("short", "names nobody", Evidence("plan.md", 1))
OPPOSITE = unmet("opposite", "says that customers are not told", Evidence("plan.md", 1), because=Because.CONTRADICTED)
SEEN = met("plan", "a plan", Evidence("plan.md", 1))


@pytest.mark.parametrize(
    ("answer", "seen", "status"),
    [
        ("", ABSENT, Status.GAP),
        (ANSWER, ABSENT, Status.DECLARED),
        (ANSWER, SHORT, Status.GAP),
        (ANSWER, OPPOSITE, Status.CONTRADICTED),
        (ANSWER, SEEN, Status.EVIDENCE_SEEN),
        (ANSWER.replace("met", "partly"), SEEN, Status.GAP),
        (ANSWER.replace("met", "not-applicable"), ABSENT, Status.NOT_APPLICABLE),
        (ANSWER.replace("met", "not-assessed"), ABSENT, Status.GAP),
        (ANSWER.replace("2026-10-01", "2025-10-01"), ABSENT, Status.UNKNOWN),
        (ANSWER.replace("accountable: head of service\n", ""), ABSENT, Status.GAP),
        (ANSWER.replace("The plan", "[The plan](plan.md)"), ABSENT, Status.GAP),
        (ANSWER.replace("2026-10-01", "2026-12-01"), ABSENT, Status.GAP),
    ],
)
def test_what_settles_a_claim(answer: str, seen: Finding, status: Status) -> None:
    assert _claim(answer, seen).status is status


def test_the_answer_and_its_place_are_told_apart_from_what_was_seen() -> None:
    answer = _claim(ANSWER, SEEN).answer
    assert answer
    assert (answer.declared, answer.path, answer.line) == ("met", PATH, 2)
    assert (answer.reviewed, answer.due) == ("2026-10-01", "2027-10-01")
    assert answer.argument == "The plan is in the service manual."
    for day, word in ((date(2027, 10, 1), "met"), (date(2027, 10, 2), "lapsed")):
        later = _claim(ANSWER, SEEN, today=day).answer
        assert later
        assert later.declared == word
    assert _claim("", SEEN).answer is None


def test_a_reseller_answers_the_themes_of_resellers() -> None:
    assert _claim(ANSWER, SEEN, role="reseller").status is Status.EVIDENCE_SEEN
    report = assess([], Repository.of({"a": ""}), Config(product={"role": "reseller"}), Asked(TODAY, Gate.GAP))
    theirs = {one.principle[0] for one in report.claims if one.status is not Status.NOT_APPLICABLE}
    assert theirs == {"3", "4"}
    assert all("reseller" in one.because for one in report.claims if one.principle[0] in "12")


def test_that_there_was_no_occasion_is_an_answer() -> None:
    since = quiet(date(2026, 1, 1))
    checks = [Check("u", "deployment", "U", {"updates-prompt": ESTABLISHES}, (), {}, (), "U.", lambda: [since])]
    report = assess(checks, Repository.of({"a": ""}), Config(), Asked(TODAY, Gate.GAP))
    claim = next(one for one in report.claims if one.slug == "updates-prompt")
    assert (claim.status, claim.because) == (Status.DECLARED, "no occasion since 2026-01-01, as declared")


@pytest.mark.parametrize(
    ("delivery", "seen", "status", "word"),
    [
        (["saas"], None, Status.NOT_APPLICABLE, "customers install nothing"),
        (
            ["SaaS", "hosted"],
            unmet("absent", "found none", because=Because.ABSENT),
            Status.NOT_APPLICABLE,
            "saas, hosted",
        ),
        (["saas", "package"], None, Status.NOT_ASSESSED, "nobody answered"),
        ([], None, Status.NOT_ASSESSED, "nobody answered"),
        (["saas"], met("signed", "signed", Evidence("release.yml", 3)), Status.EVIDENCE_SEEN, "a release was seen"),
        (["saas"], unmet("bare", "not signed", Evidence("release.yml", 3)), Status.GAP, "a release was seen"),
        (["saas"], unknown("elsewhere", "not read", Evidence("release.yml", 3)), Status.UNKNOWN, "could not tell"),
    ],
)
def test_delivery_decides_what_applies(delivery: list[str], seen: Finding | None, status: Status, word: str) -> None:
    slug = "integrity-verifiable"
    checks = [Check("r", "deployment", "R", {slug: ESTABLISHES}, (), {}, (), "R.", lambda: [seen])] if seen else []
    report = assess(checks, Repository.of({"a": ""}), Config(product={"delivery": delivery}), Asked(TODAY, Gate.GAP))
    claim = next(one for one in report.claims if one.slug == slug)
    assert claim.status is status
    assert word in claim.because
    others = [one for one in report.claims if one.slug != slug]
    assert all(one.status is not Status.NOT_APPLICABLE for one in others)


def test_dates_that_move_alone(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    paths = [f"assessment/claims/{slug}.md" for slug in (CLAIM, "user-docs", "privileged-mfa", "vuln-plan")]
    commit(folder, dict.fromkeys(paths, ANSWER))
    assert _bumps(folder) == []
    moved = ANSWER.replace("2026-10-01", "2026-11-01")
    said = moved.replace("manual", "handbook")
    name = commit(folder, {**dict.fromkeys(paths[:3], moved), paths[3]: said})
    (found,) = _bumps(folder)
    assert "3 declarations" in found.message
    assert [place.path for place in found.evidence] == sorted(paths[:3])
    assert {place.commit for place in found.evidence} == {name}
    commit(folder, {paths[0]: moved.replace("manual", "handbook")})
    assert _bumps(folder) == []


def _bumps(folder: Path) -> list[Finding]:
    repo = open_repository(str(folder))
    found = [one for one in judged(repo, [CLAIM], TODAY) if isinstance(one, Judged)]
    return list(bumps(repo, found))


@given(st.text() | st.binary(), st.text())
def test_any_file_is_read(source: str | bytes, front: str) -> None:
    repo = Repository.of({PATH: source, "assessment/claims/user-docs.md": f"---\n{front}\n---\n"})
    assert all(isinstance(one, (Declaration, Unread)) for one in declarations(repo))
    assert all(isinstance(one, (Judged, Unread)) for one in judged(repo, [CLAIM], TODAY))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("See docs/plan.md.", "docs/plan.md"),
        ("It is kept in /srv/plans/a.", "/srv/plans/a"),
        (r"It is on \\\\files\\plans.", r"\\files\plans"),
        ("See https://wiki.internal.example/a", "https://wiki.internal.example/a"),
        ("See http://192.168.0.7/plan", "http://192.168.0.7/plan"),
        ("We tell you within 24 hours, by e-mail and/or phone.", ""),
        ("See https://acme.example/security and https://internal-audit.example/", ""),
        ("See docs/other.md", ""),
    ],
)
def test_what_customers_read_names_nothing_that_is_inside(said: str, named: str) -> None:
    answer = ANSWER.replace("reviewed:", f'customer-answer: "{said}"\nreviewed:')
    (one,) = judged(Repository.of({PATH: answer, "docs/plan.md": "x"}), [CLAIM], TODAY)
    assert isinstance(one, Judged)
    assert one.valid
    assert [found.key for found in one.findings if found.code == "inside"] == ([named] if named else [])
