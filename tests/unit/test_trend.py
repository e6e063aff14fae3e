"""The trend over reports and revisions, and the badge: counts and days, and no score."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from helpers import commit, repository, sscop
from sscop.model import Status
from sscop.report import ClaimResult, LookedAt, Report
from sscop.reporters.forms import badge
from sscop.reporters.forms.trend import Point, trend
from sscop.reporters.writers import html, markdown, word
from test_wording import lint
from unit.report_samples import CASES, REPORTS, report


def _claim(slug: str, status: Status, *checks: str) -> ClaimResult:
    return ClaimResult(slug, "1.4.1", "1.4", "product", status, "", checks, ())


def _report(*claims: ClaimResult, checks: tuple[str, ...] = ("threat-model",), version: str = "0.1.0") -> Report:
    return report(claims=claims, looked_at=LookedAt(10, checks))._replace(version=version)


THEN = _report(_claim("threat-modelled", Status.GAP, "threat-model"), _claim("user-docs", Status.GAP, "user-guide"))
NOW = _report(
    _claim("threat-modelled", Status.EVIDENCE_SEEN, "threat-model"), _claim("user-docs", Status.GAP, "user-guide"),
    _claim("incident-plan", Status.GAP, "incident-plan"),
)  # fmt: skip


def _page(*reports: Report) -> str:
    return markdown.write(trend([Point(f"v{n}", one) for n, one in enumerate(reports)])).decode()


def test_a_claim_that_moved_has_a_row_and_one_that_did_not_is_counted() -> None:
    said = _page(THEN, NOW)
    (row,) = (line for line in said.split("\n") if "threat-modelled" in line)
    assert row.endswith("| gap | evidence seen |")
    assert "user-docs" not in said
    assert "not in this edition | gap" in said
    assert "1 of 3 claims have the same status at every point." in said
    assert "Where the tool changed" not in said
    assert "| v0 (2026-11-23) | 2 gaps |" in said.replace("`", "")


def test_what_the_tool_did_is_marked() -> None:
    later = _report(
        _claim("threat-modelled", Status.UNKNOWN, "threat-model", "new-check"),
        checks=("threat-model", "new-check"), version="0.2.0",
    )  # fmt: skip
    said = _page(THEN, later._replace(edition="2025-05-07")).replace("`", "")
    assert "v1: sscop 0.2.0 (before: 0.1.0); new checks: new-check" in said
    assert "unknown (other checks than before)" in said
    assert "checks that are gone: new-check" in _page(later, THEN).replace("`", "")
    assert lint(said) == []


@CASES
@given(REPORTS)
def test_any_report_has_a_trend_and_a_badge(any_report: Report) -> None:
    any_report = any_report._replace(
        edition="2025-05-07", run=any_report.run._replace(today="2026-11-23"), claims=any_report.claims + NOW.claims
    )
    document = trend([Point("<b>", THEN), Point("now", any_report)])
    assert b"<b>" not in html.write(document)
    ElementTree.fromstring(badge.svg(any_report))
    assert json.loads(badge.endpoint(any_report))["color"] == "informational"


def test_a_trend_in_word() -> None:
    assert word.write(trend([Point("a", THEN), Point("b", NOW)])).startswith(b"PK")


def test_a_badge_counts_and_scores_nothing() -> None:
    told = json.loads(badge.endpoint(NOW))
    assert told["message"] == "1 seen, 2 gaps | 2026-11-23 to 2027-02-21"
    assert told["label"].startswith("Acme Billing")
    assert "(draft)" in told["label"]
    assert not re.search(r"\d+ ?%|/10|score", badge.svg(NOW).decode())
    assert "other" in badge.message(_report(_claim("user-docs", Status.NOT_ASSESSED)))
    assert badge.message(_report()).startswith("no claims |")


def test_the_commands(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"README.md": "# A\n"})
    commit(folder, {"SECURITY.md": "# S\n"}, GIT_COMMITTER_DATE="2026-05-01T12:00:00+0000")
    done = sscop("trend", "HEAD~1", "HEAD", "--root", str(folder), cwd=folder)
    assert done.code == 0
    assert "HEAD~1` (2026-03-01)" in done.out
    assert "HEAD (2026-05-01)" in done.out
    stored = tmp_path / "old.json"
    arguments = ("check", "--format", "json", "--output", str(stored), "--fail-on", "never", "--today", "2026-05-02")
    assert sscop(*arguments, cwd=folder).code == 0
    done = sscop("trend", "HEAD", "--report", str(stored), "--format", "html", cwd=folder)
    assert (done.code, "old.json" in done.out) == (0, True)
    for wrong in (("HEAD",), ("HEAD", "HEAD~9"), ("--report", "none.json", "HEAD")):
        assert sscop("trend", *wrong, cwd=folder).code in (2, 3)


@pytest.mark.parametrize("kind", ["svg", "json"])
def test_the_badge_command(tmp_path: Path, kind: str) -> None:
    folder = repository(tmp_path / "r", {"README.md": "# A\n"})
    done = sscop("report", "--form", "badge", "--format", kind, cwd=folder)
    assert (done.code, "Software Security Code of Practice" in done.out) == (0, True)
    done = sscop("report", "--form", "badge", cwd=folder)
    assert (done.code, "is written as svg, json, not as markdown" in done.err) == (2, True)
