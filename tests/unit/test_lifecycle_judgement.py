"""What lines, promises, limits and occasions come to; the case trees hold the whole, these the corners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from sscop.artefacts.advisories.model import Advisory
from sscop.artefacts.changelogs import Logged
from sscop.artefacts.fix_limits import Limit, Limits
from sscop.artefacts.lifecycle.announced import Announced
from sscop.artefacts.lifecycle.gathered import lifecycle
from sscop.artefacts.lifecycle.model import Lifecycle
from sscop.artefacts.update_policies import Updates
from sscop.judgement import security_updates, support_dates, support_notice, update_policy
from sscop.judgement.lifecycles import covered, differences, releases
from sscop.judgement.security_updates import Occasion
from sscop.model import Finding, Kind, Outcome
from sscop.repository import Repository

TODAY = date(2026, 11, 23)
HEAD = "# Support\n\n## Supported versions\n\n| Version | Status | Supported until |\n|---|---|---|\n"


def life(**files: str) -> Lifecycle:
    return lifecycle(Repository.of({f"docs/{name.replace('_', '-')}.md": text for name, text in files.items()}))


def codes(found: Sequence[Finding]) -> list[str]:
    return [one.code for one in found]


def dates_of(**files: str) -> list[Finding]:
    return list(support_dates.judged(life(**files), TODAY, list))


def notice_of(told: date | None, **files: str) -> list[Finding]:
    answer = Announced(told) if told else None
    return list(support_notice.judged(life(**files), TODAY, lambda _: answer, quiet=False))


def judged_with(support: str, changes: str) -> list[Finding]:
    repo = Repository.of({"docs/support-policy.md": support, "CHANGELOG.md": changes})
    return list(support_dates.judged(repo.once(lifecycle), TODAY, lambda: releases(repo) or ()))


def test_an_ambiguous_day_counts_as_the_earlier_one() -> None:
    found = dates_of(support=HEAD + "| 2 | | 05/06/2027 |\n")
    assert codes(found) == ["ambiguous-date", "end-dates"]
    assert found[0].kind is Kind.ADVICE
    assert "2027-05-06" in found[1].message


def test_many_lines_are_counted() -> None:
    rows = "".join(f"| {n} | | 2028-01-0{n} |\n" for n in range(1, 7))
    assert "and 3 more lines" in dates_of(support=HEAD + rows)[0].message


def test_a_rule_makes_missing_dates_advice() -> None:
    rule = "\nEach major version is supported for 24 months after the next one.\n"
    found = dates_of(support=HEAD + "| 2 | Active | |\n| 1 | | 2028-01-01 |\n" + rule)
    assert [(one.code, one.kind) for one in found][-1] == ("no-end-date", Kind.ADVICE)


def test_versions_to_come_alone() -> None:
    found = dates_of(support=HEAD + "| 3 | Planned | 2029-01-01 |\n")
    assert codes(found) == ["no-end-dates"]


def test_a_rule_of_the_long_term_counts_from_those_releases() -> None:
    lts = "# Support policy\n\nLong-term support releases are supported for 18 months after their release.\n"
    log = "# Changes\n\n## 7.4 LTS (2026-05-05)\n\n- New.\n\n## 7.3 (2026-02-05)\n\n- New.\n"
    found = judged_with(lts, log)
    assert codes(found) == ["rule", "no-dates-written"]
    assert [one.note for one in found[0].evidence[1:]] == ["7.4 until 2027-11-05"]
    assert "called one for the long term" in judged_with(lts, log.replace(" LTS", ""))[0].message
    others = "\nA feature release stops receiving updates when the next release comes out.\n"
    assert codes(judged_with(lts + others, log)) == ["rule", "others-undated", "no-dates-written"]


def test_a_rule_that_waits_for_the_next_release_counts_for_those_before() -> None:
    rule = "# Support policy\n\nEach major version is supported for 24 months after the next major one.\n"
    log = "# Changes\n\n## 2.0 (2025-12-05)\n\n- New.\n\n## 1.0 (2023-02-05)\n\n- New.\n"
    found = judged_with(rule, log)
    assert codes(found) == ["rule", "no-dates-written"]
    assert "1.0 until 2027-12-05" in found[0].evidence[1].note
    alone = judged_with(rule, "# Changes\n\n## 1.0 (2023-02-05)\n\n- New.\n")
    assert codes(alone) == ["rule-undated"]
    assert "is not known" in alone[0].message
    assert "found no days of releases" in judged_with(rule, "# Changes\n")[0].message


def test_rules_without_lines() -> None:
    assert "moves on" in dates_of(support="# Support\n\nWe support the last 3 minor versions.\n")[0].message
    assert "the latest versions" in dates_of(support="# Support\n\nOnly the latest version is supported.\n")[0].message
    found = dates_of(support="# Support policy\n\nCustomers get 12 months' notice before support for a version ends.\n")
    assert codes(found) == ["no-lifecycle"]


def test_two_files_differ() -> None:
    ticks = "# Support\n\n## Supported versions\n\n| Version | Supported |\n|---|---|\n| 3.6.x | yes |\n| < 3 | no |\n"
    ended = HEAD + "| 3.6 | ended | 2026-05-05 |\n| 2.9 | Active | |\n"
    messages = [one.message for one in differences(life(security=ticks, support=ended))]
    assert messages == [
        "`3.6.x` is supported here, and `3.6` is not supported by docs/support.md:7",
        "`< 3` is not supported here, and `2.9` is supported by docs/support.md:8",
    ]
    products = HEAD.replace("| Version", "| Product | Version").replace("|---|---|---|", "|---|---|---|---|")
    other = life(security=products + "| A | 1 | | 2027-01-01 |\n", support=products + "| B | 1 | | 2028-01-01 |\n")
    assert list(differences(other)) == []
    same = life(security=HEAD + "| 1 | | June 2027 |\n", support=HEAD + "| 1 | | 2027-06-15 |\n")
    assert list(differences(same)) == []
    broken = life(security=HEAD + "| 1 | | 31/06/2027 |\n", support=HEAD + "| 1 | | 2027-06-15 |\n")
    assert list(differences(broken)) == []


def test_a_line_is_covered_by_another_files_end() -> None:
    known = life(support=HEAD + "| 2.x | | 2028-01-01 |\n| latest | yes | |\n").lines
    assert covered(known[0]._replace(name="2.1"), known)
    assert not covered(known[0]._replace(name="3.1"), known)
    assert not covered(known[1], known)


def test_notice_known_since_the_release_by_a_period() -> None:
    table = HEAD.replace("Status", "Released") + "| 2 | 2026-01-15 | 2027-07-15 |\n"
    rule = "\nEach minor release is supported for 18 months after its release.\n"
    assert "short-notice" in codes(notice_of(date(2026, 11, 1), support=table))
    assert codes(notice_of(date(2026, 11, 1), support=table + rule)) == ["year-of-notice", "period"]


def test_ends_without_history_are_one_finding() -> None:
    found = notice_of(None, support=HEAD + "| 2 | | 2027-01-01 |\n| 1 | | 2027-02-01 |\n")
    assert codes(found) == ["no-history"]
    assert len(found[0].evidence) == 2


@pytest.mark.parametrize(
    ("said", "code", "outcome"),
    [
        (
            "The previous major version is supported for 6 months after a new major version.",
            "short-period",
            Outcome.UNMET,
        ),
        ("Each minor release is supported for 18 months after its release.", "period", Outcome.MET),
        ("We announce the end of support one week in advance.", "short-policy", Outcome.UNMET),
        ("Only the latest version is supported.", "until-next", Outcome.UNMET),
    ],
)
def test_promises(said: str, code: str, outcome: Outcome) -> None:
    found = notice_of(None, support=f"# Support policy\n\n{said}\n")
    assert [(one.code, one.outcome) for one in found] == [(code, outcome)]


def test_what_is_vague_is_left_out_beside_what_is_plain() -> None:
    plain = "# Support policy\n\nEach minor release is supported for 18 months after its release.\n\n"
    assert codes(notice_of(None, support=plain + "Only the latest patch version is supported.\n")) == ["period"]
    found = notice_of(None, support=plain + "A version is supported until the next minor release.\n")
    assert codes(found) == ["period", "until-next"]


def test_the_same_promise_in_two_files_is_one_finding() -> None:
    said = "# Support\n\nOnly the latest version is supported.\n"
    (found,) = notice_of(None, support=said, security=said)
    assert len(found.evidence) == 2


def test_nothing_but_a_starter() -> None:
    rows = "| 5.1.x | yes | |\n| 5.0.x | no | |\n| 4.0.x | yes | |\n| < 4.0 | no | |\n"
    assert codes(notice_of(None, security=HEAD + rows)) == ["starter"]
    assert codes(dates_of(security=HEAD + rows)) == ["starter"]


CRITICAL = Limit("critical", 7, "critical: 7 days", "SECURITY.md", 3)
HOURS = Limit("any", 0.5, "12 hours", "SECURITY.md", 4)
BUG = Advisory("CVE-2026-1", "a.json", 1, "critical", date(2026, 11, 1), None, None)


def updates_of(limits: Sequence[Limit], seen: Sequence[Occasion], **more: object) -> list[Finding]:
    given = Limits(tuple(limits), (), ())._replace(**more)
    return list(security_updates.judged(given, seen, (), TODAY, None))


def test_limits_against_occasions() -> None:
    fixed = Occasion(BUG._replace(fixed=date(2026, 11, 20)), date(2026, 11, 20), "as it states")
    assert codes(updates_of([CRITICAL], [fixed])) == ["late"]
    at_once = Occasion(BUG, date(2026, 10, 30), "release 2")
    (found,) = updates_of([CRITICAL, HOURS], [at_once])
    assert (found.code, "when it became known" in found.evidence[0].note) == ("in-time", True)
    assert "12 hours" in found.message
    assert codes(updates_of([CRITICAL], [Occasion(BUG, None, "")])) == ["not-fixed"]
    recent = Occasion(BUG._replace(reported=date(2026, 11, 22)), None, "")
    assert codes(updates_of([CRITICAL], [recent])) == ["no-occasion-seen"]
    minor = Occasion(BUG._replace(severity="low"), date(2026, 11, 20), "release 2")
    assert codes(updates_of([CRITICAL], [minor])) == ["no-occasion-seen"]  # no limit to hold it against
    undated = Occasion(BUG._replace(reported=None), date(2026, 11, 20), "release 2")
    assert codes(updates_of([CRITICAL], [undated])) == ["no-occasion-seen"]


def test_no_limits() -> None:
    seen = [Occasion(BUG, date(2026, 11, 20), "release 2")]
    assert codes(updates_of([], seen)) == ["no-limits", "nothing-to-hold-against"]
    assert codes(updates_of([], [], template=("docs/x.md", 1, "its name says so"))) == ["template"]
    assert codes(updates_of([], [], vague=(("SECURITY.md", 3, "soon"),))) == ["no-limit"]


def test_a_declared_quiet_that_something_contradicts() -> None:
    since = date(2026, 1, 1)
    given = Limits((CRITICAL,), (), ())
    seen = [Occasion(BUG, date(2026, 11, 5), "release 2")]
    logged = [
        Logged("CHANGELOG.md", 3, "1.0", date(2025, 1, 1), ((5, ""),)),
        Logged("CHANGELOG.md", 9, "0.9", None, ((9, ""),)),
    ]
    found = list(security_updates.judged(given, seen, logged, TODAY, since))
    assert codes(found) == ["occasion", "in-time"]
    assert list(security_updates.judged(given, [], logged, TODAY, since)) == []


def test_a_policy_that_is_a_template() -> None:
    found = list(update_policy.judged(Updates((), (), (("docs/x.md", "its title says so"),), ()), ""))
    assert codes(found) == ["template"]


def test_candidates_are_no_releases_and_majors_supersede_majors() -> None:
    rule = "# Support policy\n\nThe last minor version is supported for 24 months after a new major version.\n"
    log = "# Changes\n\n{}## 2.1.0 (2026-02-05)\n\n- New.\n\n## 1.9.0 (2025-02-05)\n\n- New.\n"
    found_in = Repository.of({"CHANGELOG.md": log.format("## 3.0.0-rc1 (2026-05-05)\n\n")})
    assert [one.version for one in releases(found_in) or ()] == [
        (1, 9, 0), (2, 1, 0),
    ]  # fmt: skip
    found = judged_with(rule, log.format("## 2.2.0 (2026-05-05)\n\n- New.\n\n"))
    assert [one.note for one in found[0].evidence[1:]] == ["1.9.0 until 2028-02-05"]
