"""What is known of cited files: their last change, their role or team and no person, their review."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers import commit, repository
from sscop.assess import Asked, assess
from sscop.check import ESTABLISHES, Check
from sscop.cited import described
from sscop.config import Config
from sscop.model import Evidence, Gate, met
from sscop.report import Cited
from sscop.repository import Repository, open_repository
from sscop.written import written

TODAY = date(2026, 11, 26)


def _plan(owner: str) -> str:
    return f"# Plan\n\nOwner: {owner}\n\nLast reviewed: 2026-02-01\n\nReview cycle: 6 months\n"


@pytest.mark.parametrize(
    ("owner", "codeowners", "wanted"),
    [
        ("security lead", "", "security lead"),
        ("Ada Example", "* @acme/security", "@acme/security"),
        ("@ada", "* @ada", ""),
        ("Jos\u00e9 Garc\u00eda", "", ""),
        ("Lovelace, Ada", "", ""),
        ("jane doe", "", ""),
        ("Jane Doe, security lead", "", ""),
        ("Security Lead", "", "Security Lead"),
        ("the maintainers", "", "maintainers"),
        ("ada@example.org", "", ""),
        ("", "docs/ @acme/docs @ada @acme/security", "@acme/docs, @acme/security"),
    ],
)
def test_a_role_or_a_team_and_no_person(owner: str, codeowners: str, wanted: str) -> None:
    files = {"docs/plan.md": _plan(owner), ".github/CODEOWNERS": codeowners}
    (one,) = described(Repository.of(files), [Cited("docs/plan.md", "0" * 64)], TODAY)
    assert one.owner == wanted
    assert (one.reviewed, one.due) == ("2026-02-01", "2026-08-01")
    assert (one.changed, one.commit) == ("", "")


def test_the_last_change_and_what_is_not_known(tmp_path: Path) -> None:
    at = repository(tmp_path / "r", {"a.yml": "a: 1\n"})
    name = commit(at, {"a.yml": "a: 2\n"})
    (one,) = described(open_repository(str(at)), [Cited("a.yml", "0" * 64)], TODAY)
    assert one.commit == name
    assert one.changed
    assert (one.owner, one.reviewed, one.due) == ("", "", "")


def test_the_cmmi_reading_tells_it() -> None:
    found = met("plan", "a plan", Evidence("docs/plan.md", 1))
    checks = [Check("p", "testing", "P", {"test-plan": ESTABLISHES}, (), {}, (), "P.", lambda: [found])]
    repo = Repository.of({"docs/plan.md": _plan("security lead")})
    report = assess(checks, repo, Config(), Asked(date(2026, 11, 26), Gate.GAP))
    known = described(repo, report.cited, TODAY)
    assert [one.path for one in known] == ["docs/plan.md"]
    known = (known[0]._replace(changed="2026-03-04", commit="a" * 40),)
    said = written(report._replace(cited=known), checks, "cmmi", "", "markdown").decode()
    assert "last changed 2026-03-04 in `aaaaaaaaaaaa`" in said
    assert "security lead<br>reviewed 2026-02-01, next by 2026-08-01 | security lead |" in said
    bare = written(report, checks, "cmmi", "", "markdown").decode()
    assert "owner not stated<br>cadence not stated | not stated |" in bare
