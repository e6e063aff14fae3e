"""Limits for fixing vulnerabilities, and advisories with their days."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sscop.artefacts.advisories.data import load_advisory
from sscop.artefacts.advisories.dated import dated
from sscop.artefacts.advisories.model import Advisory
from sscop.artefacts.fix_limits import ANY, Limits, fix_limits
from sscop.judgement.lifecycles import Release
from sscop.judgement.security_updates import occasions
from sscop.model import Evidence
from sscop.repository import Malformed, Repository


def read(text: str, path: str = "SECURITY.md") -> Limits:
    return fix_limits(Repository.of({path: text}))


def limits(text: str) -> list[tuple[str, int]]:
    return [(one.severity, round(one.days)) for one in read(f"# Security\n\n## Response\n\n{text}\n").limits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- **Critical**: fix within 7 days\n- **High**: patch within 2 weeks", [("critical", 7), ("high", 14)]),
        ("We aim to resolve critical vulnerabilities within 30 days.", [("critical", 30)]),
        ("We aim to publish a fix within 90 days of the report.", [(ANY, 90)]),
        ("Our goal is to have a fix for any vulnerability released within two weeks.", [(ANY, 14)]),
        ("High and critical issues are fixed within 5 days.", [("high", 5), ("critical", 5)]),
        ("Fix: within 2 weeks for critical issues", [("critical", 14)]),
        ("We acknowledge within 2 days and release a patch within 30 days.", [(ANY, 30)]),
        ("Moderate issues are patched within 60 days.", [("medium", 60)]),
        (
            "| Severity | Reply | Fix |\n|---|---|---|\n| Critical | 1 day | 7 days |\n| Medium / Low | - | 90 days |",
            [("critical", 7), ("medium", 90), ("low", 90)],
        ),
        ("| Severity | SLA |\n|---|---|\n| Low | Ticket within 2 weeks, fix within 6 weeks |", [("low", 42)]),
        (
            "| Step | Time |\n|---|---|\n| Triage | Within 14 days |\n| Fix or mitigation: High | Within 60 days |",
            [("high", 60)],
        ),
        (
            "| Step | Target |\n|---|---|\n| Fix development | Within 30 days (critical), 90 days (others) |",
            [("critical", 30), (ANY, 90)],
        ),
    ],
)
def test_limits(text: str, found: list[tuple[str, int]]) -> None:
    assert limits(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We acknowledge a report within 2 days.",
        "Please keep it private for 90 days.",
        "We respond to critical reports within 24 hours.",
        "If it is not critical, it is decommissioned within 30 days.",
        "The previous version is supported for security patches for up to 6 months.",
        "Ubuntu fixes critical vulnerabilities within 7 days.",
        "Disclosure of the forthcoming fix to users (completed within 7 days)",
        "After the fix a review is held within 5 working days.",
        "| Phase | Effort |\n|---|---|\n| Fix the parser | 1 day |",
        "| Check | Severity |\n|---|---|\n| a | Critical |",
    ],
)
def test_what_limits_nothing(text: str) -> None:
    assert limits(text) == []


def test_vague_promises_and_what_can_not_be_read() -> None:
    found = read("# Security\n\nWe will release a patch as soon as possible.\n")
    assert [(line, said[:7]) for _, line, said in found.vague] == [(3, "We will")]
    assert [one.path for one in fix_limits(Repository.of({"SECURITY.md": b"\x00\x01"})).unread] == ["SECURITY.md"]
    text = "# Security policy template\n\n- Critical: fix within 7 days\n"
    assert read(text).template is not None
    assert read(text).limits == ()
    assert read("# Support\n\n## Weather\n\nRain is fixed within 7 days.\n", "docs/support.md").limits == ()


def test_the_limit_for_a_severity() -> None:
    rows = ("Critical: fix within 7 days", "Critical: fix within 5 business days", "High: fix within 30 days")
    found = read("# Security\n\n" + "".join(f"- {one}\n" for one in rows))
    critical, high, unknown = found.of("critical"), found.of("high"), found.of(ANY)
    assert critical is not None
    assert high is not None
    assert unknown is not None
    assert (critical.working, critical.calendar, high.days, unknown.days) == (True, 9.0, 30.0, 30.0)
    assert found.of("low") is None
    assert read("# Security\n").of(ANY) is None


OSV = {
    "id": "ACME-2026-1",
    "modified": "2026-03-12T00:00:00Z",
    "published": "2026-03-10T00:00:00Z",
    "affected": [{"ranges": [{"events": [{"introduced": "0"}, {"fixed": "2.1.3"}]}]}, "x"],
    "database_specific": {"severity": "MODERATE"},
}
CSAF = {
    "document": {"csaf_version": "2.0", "tracking": {"id": "x", "initial_release_date": "2026-06-20T00:00:00Z"}},
    "vulnerabilities": [
        {
            "cve": "CVE-2026-2002",
            "discovery_date": "2026-05-01T00:00:00Z",
            "scores": [{"cvss_v3": {"baseSeverity": "CRITICAL"}}],
            "remediations": [{"category": "vendor_fix", "date": "2026-06-20T00:00:00Z"}, {"category": "mitigation"}],
        }
    ],
}
GITHUB = {
    "ghsa_id": "GHSA-aaaa-bbbb-cccc",
    "severity": "high",
    "created_at": "2026-01-01T00:00:00Z",
    "published_at": "2026-02-01T00:00:00Z",
    "vulnerabilities": [{"patched_versions": "1.2.3"}, {}],
}


PROSE = "# CVE-2026-1001\n\n- Severity: High\n- Reported: 2026-02-02\n- Fixed: 2026-02-20 in 1.2.3\n"
REGISTER = """# Register

| Id | Severity | Reported | Fixed |
|---|---|---|---|
| CVE-2026-1002 | low | 2026-02-02 | |
| no id | | soon | 2026-01-01 |
| B | | 2026-01-01 | not affected |
"""


def test_advisories_in_data() -> None:
    (osv,) = load_advisory(json.dumps(OSV, indent=1))
    assert osv == Advisory("ACME-2026-1", "", 4, "medium", None, date(2026, 3, 10), None, ("2.1.3",))
    (csaf,) = load_advisory(json.dumps(CSAF))
    assert (csaf.id, csaf.severity, csaf.reported, csaf.fixed) == (
        "CVE-2026-2002",
        "critical",
        date(2026, 5, 1),
        date(2026, 6, 20),
    )
    (github,) = load_advisory(json.dumps(GITHUB))
    assert (github.known, github.versions, github.severity) == (date(2026, 1, 1), ("1.2.3",), "high")
    assert load_advisory("{}") == ()
    with pytest.raises(Malformed):
        load_advisory("[]")


@pytest.mark.parametrize(
    "broken",
    [
        {"vulnerabilities": 1},
        {"vulnerabilities": [1, {"scores": "x"}]},
        {"document": {"csaf_version": 1, "tracking": []}},
    ],
)
def test_advisories_of_another_shape(broken: dict[str, object]) -> None:
    assert all(isinstance(one, Advisory) for one in load_advisory(json.dumps({**CSAF, **broken})))


def test_advisories_in_prose_and_registers() -> None:
    repo = Repository.of(
        {
            "docs/security/CVE-2026-1.md": "# x\n",
            "advisories/CVE-2026-1001.md": PROSE,
            "docs/vulnerability-register.md": REGISTER,
            "advisories/x.json": json.dumps(OSV),
            "tests/advisories/y.json": json.dumps(OSV),
            "advisories/broken.json": "{",
        }
    )
    found = {one.id: one for one in dated(repo) if isinstance(one, Advisory)}
    assert sorted(found) == ["ACME-2026-1", "CVE-2026-1001", "CVE-2026-1002"]
    first = found["CVE-2026-1001"]
    assert (first.reported, first.fixed, first.severity, first.line) == (date(2026, 2, 2), date(2026, 2, 20), "high", 5)
    assert (found["CVE-2026-1002"].fixed, found["CVE-2026-1002"].line) == (None, 5)


def test_an_occasion_has_a_beginning_and_an_end() -> None:
    release = Release((2, 1, 3), "v2.1.3", date(2026, 3, 12), Evidence("", note="tag v2.1.3"))
    (osv,) = load_advisory(json.dumps(OSV))
    (seen,) = occasions([osv], [release])
    assert (seen.fixed, seen.where) == (date(2026, 3, 12), "release v2.1.3")
    assert occasions([osv], []) == []
    (open_one,) = occasions([osv._replace(reported=date(2026, 3, 1))], [])
    assert open_one.fixed is None
    assert occasions([osv._replace(published=None)], [release]) == []


def test_how_long_after_a_fix_it_is_told_is_no_time_for_the_fix() -> None:
    assert limits("Details on security updates are announced 30 days after the availability of the update.") == []
    assert limits("We publish details of fixed vulnerabilities 14 days following the release.") == []
    assert limits("Critical security updates are deployed within 14 days after release.") == [("critical", 14)]
