"""Plans for telling customers, and what was told: which texts count, which words, which days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.incident_notices import Notice, Notices, incident_notices
from sscop.artefacts.incident_plans import Element, Plan, incident_plans
from sscop.artefacts.nodes import load, mapping
from sscop.judgement import incident_notices as notices
from sscop.judgement import incident_plan as judgement
from sscop.model import Finding, Outcome, Unread
from sscop.repository import Repository

TODAY = date(2026, 11, 23)


def _plan(text: str, path: str = "docs/incident-response.md") -> Plan:
    (found,) = incident_plans(Repository.of({path: text}))
    assert isinstance(found, Plan)
    return found


def _said(sentence: str) -> set[Element]:
    return set(_plan(f"# Incident response\n\n{sentence}\n").elements)


@pytest.mark.parametrize(
    "sentence",
    [
        "We notify affected customers.",
        "Customers are notified without delay.",
        "Customer comms per severity.",
        "The user notification goes out first.",
        "It is announced on product-announce.",
        "Tenants will be told by the operator.",
    ],
)
def test_customers_as_audience(sentence: str) -> None:
    assert Element.AUDIENCE in _said(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Users can contact us by e-mail.",
        "Please notify us within 24 hours.",
        "Notify your customers.",
        "The team is told on Slack.",
        "Customers buy the product.",
    ],
)
def test_no_audience(sentence: str) -> None:
    assert Element.AUDIENCE not in _said(sentence)


def test_each_element_has_its_line() -> None:
    plan = _plan(
        "# Incident response\n\nOwner: support lead\nLast reviewed: 2026-09-01\n\n"
        "We tell customers\nby e-mail within 24 hours\nwhat happened; the ICO too.\n"
    )
    assert {element: place.line for element, place in plan.said} == {
        Element.AUDIENCE: 6,
        Element.CHANNEL: 7,
        Element.LIMIT: 7,
        Element.OWNER: 3,
        Element.CONTENT: 8,
        Element.REGULATOR: 8,
        Element.REVIEWED: 4,
    }
    assert plan.reviewed == date(2026, 9, 1)


def test_a_row_of_a_table_is_one_piece() -> None:
    plan = _plan(
        "# Incident response\n\n| who | how | when |\n|---|---|---|\n| customers | are told by e-mail | 2 hours |\n"
    )
    assert {Element.AUDIENCE, Element.CHANNEL, Element.LIMIT} <= set(plan.elements)


def test_channel_and_content_count_where_customers_are_spoken_of() -> None:
    plan = _plan("# Incident response\n\nThe team e-mails the status page's root cause.\n")
    assert not {Element.CHANNEL, Element.CONTENT} & set(plan.elements)


def test_a_long_line_is_shown_around_what_was_seen() -> None:
    plan = _plan(f"# Incident response\n\n{'word ' * 60}and we notify customers by e-mail.\n")
    assert "notify customers" in plan.elements[Element.AUDIENCE].text


def _judged(files: dict[str, str]) -> list[Finding]:
    return list(judgement.judge(list(incident_plans(Repository.of(files))), TODAY))


def test_old_and_future_reviews() -> None:
    text = "# Incident response\n\nLast reviewed: {}\n\nThe support lead notifies customers by e-mail.\n"
    assert [one.code for one in _judged({"docs/incident-response.md": text.format("2024-01-01")})][
        -1
    ] == "review-overdue"
    assert [one.code for one in _judged({"docs/incident-response.md": text.format("2027-01-01")})][
        -1
    ] == "future-review"


def test_texts_in_folders_of_their_own_and_unreadable_ones() -> None:
    dense = "* x\n" * 10_000
    found = list(incident_plans(Repository.of({"ops/incident/communication.md": dense + "# Incident response\n"})))
    assert isinstance(found[0], Unread)  # a heading says that it is about incidents
    found = list(incident_plans(Repository.of({"ops/incident/communication.md": dense})))
    assert found == []  # neither its name nor a heading does
    found = list(incident_plans(Repository.of({"ops/incident-response.md": dense})))
    assert isinstance(found[0], Unread)
    assert [one.outcome for one in judgement.judge(found, TODAY)] == [Outcome.UNKNOWN]


def test_a_long_text_with_a_link_is_judged_itself() -> None:
    text = (
        "# Incident response\n\n"
        + "We do things in order. " * 60
        + "See the [handbook](https://handbook.sscop-case.uk).\n"
    )
    assert _judged({"docs/incident-response.md": text})[0].code == "no-audience"


@pytest.mark.parametrize(
    "path",
    [
        "docs/api/incident-response.md",
        "docs/postmortems/incident-response.md",
        "prompts/incident-response.md",
        "docs/incident-response-template.md",
    ],
)
def test_texts_that_are_no_plans(path: str) -> None:
    found = _judged({path: "# Incident response\n\nThe lead notifies customers by e-mail within 2 hours.\n"})
    assert found[0].code == "no-plan"


@given(
    text=st.text(max_size=300) | st.text(alphabet="# incident response\n-*|:customers notify 24h.[]()<>", max_size=200)
)
def test_any_text_is_a_plan_or_unread(text: str) -> None:
    found = list(
        incident_plans(
            Repository.of({"docs/incident-response.md": text, "ops/breach.rst": text, "SECURITY.adoc": text})
        )
    )
    for one in found:
        assert isinstance(one, Unread) or all(place.line >= 1 for _, place in one.said)
    assert list(judgement.judge(found, TODAY))


def _seen(files: dict[str, str]) -> Notices:
    return incident_notices(Repository.of(files))


PARTS = "\n\n## Impact\n\nNone.\n\n## Root cause\n\nA bug.\n\n## Timeline\n\n- one\n"


@pytest.mark.parametrize(
    ("path", "text", "day"),
    [
        ("docs/postmortems/a.md", f"# 2026-03-04 outage{PARTS}", date(2026, 3, 4)),
        ("docs/postmortems/2026-03-05-outage.md", f"# Outage{PARTS}", date(2026, 3, 5)),
        ("docs/incidents/a.md", f"# Outage\n\nOn 6 March 2026 it was down.{PARTS}", date(2026, 3, 6)),
        (
            "a/post-mortem.md",
            "# Outage\n\nDate: 2026-03-07\n\n- Impact: none\n- Root cause: a bug\n- Timeline: short\n",
            date(2026, 3, 7),
        ),
        ("docs/incident-log.md", "# Log\n\n| Date | Description |\n|---|---|\n| 10/01/26 | bad |\n", date(2026, 1, 10)),
        (
            "docs/security-advisories/a.md",
            "# Advisory 1\n\nDate: 2026-03-08\n\nVersions before 2 are affected.\n",
            date(2026, 3, 8),
        ),
        (
            "advisories/CVE-2026-1111.md",
            "# Files\n\nDate: 2026-03-09\n\nCVE-2026-1111 reads files.\n",
            date(2026, 3, 9),
        ),
        (
            "SECURITY-ADVISORIES.md",
            "# Security advisories\n\n## CVE-2026-1111\n\n2026-03-10: files.\n",
            date(2026, 3, 10),
        ),
        (
            "docs/security-advisories.md",
            "# List\n\n| id | when |\n|---|---|\n| CVE-2026-1111 | 2026-03-11 |\n",
            date(2026, 3, 11),
        ),
        (
            "content/issues/a.md",
            "---\ntitle: Slow\ndate: 2026-03-12 10:00:00\nresolved: true\n---\n",
            date(2026, 3, 12),
        ),
    ],
)
def test_notices(path: str, text: str, day: date) -> None:
    (found,) = _seen({path: text}).found
    assert (found.path, found.day) == (path, day)


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("docs/postmortems/a.md", f"# Outage{PARTS}", "states no date"),
        ("docs/postmortems/a.md", f"# Postmortem template\n\nDate: 2026-01-01{PARTS}", "template"),
        (
            "docs/security-advisories/a.md",
            "# Advisory template\n\nDate: 2026-01-01\n\nAffected versions: 1\n",
            "template",
        ),
        ("docs/incident-log.md", "# Log\n\n| Date | Description |\n|---|---|\n| [Date] | |\n", "without an entry"),
        ("content/issues/a.md", "---\ntitle: Example issue\ndate: 2026-03-12\nresolved: true\n---\n", "starter"),
        ("content/issues/a.md", "---\ntitle: Slow\ndate: soon\nresolved: true\n---\n", "without a date"),
        (
            ".upptimerc.yml",
            "owner: team\nsites:\n- {name: Google, url: 'https://www.google.com'}\n",
            "starter's own sites",
        ),
        (
            ".upptimerc.yml",
            "owner: team\nsites:\n- {name: Us, url: 'https://us.sscop-case.uk'}\n",
            "without any history",
        ),
    ],
)
def test_what_only_looks_like_a_notice(path: str, text: str, why: str) -> None:
    seen = _seen({path: text, "history/a.yml": "just text"})
    assert seen.found == ()
    assert why in seen.hollow[0].why


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/how-to-write-a-postmortem.md", "# How to write one\n\nBe kind.\n"),
        ("docs/security-advisories/README.md", "# How we publish\n\nWe ask for a number.\n"),
        ("content/issues/a.md", "---\ntitle: A page\ndate: 2026-01-01\n---\n"),
        ("docs/incident-log.md", "# Log\n\nWe keep it.\n"),
    ],
)
def test_other_texts_are_neither(path: str, text: str) -> None:
    seen = _seen({path: text})
    assert (seen.found, seen.hollow) == ((), ())


def test_dates_in_paths_are_no_working_papers_here_and_drafts_still_are() -> None:
    text = f"# Outage\n\nDate: 2026-03-07{PARTS}"
    assert _seen({"docs/postmortems/2026/03/2026-03-07-outage.md": text}).found
    assert not any(_seen({"drafts/2026-03-07/postmortem.md": text}))


def test_a_broken_configuration_is_unread() -> None:
    seen = _seen({".upptimerc.yml": "sites: [", "docs/postmortems/a.md": "* x\n" * 10_000})
    assert {one.path for one in seen.unread} == {".upptimerc.yml", "docs/postmortems/a.md"}
    found = list(notices.judge(seen, mapping(None), TODAY))
    assert [one.outcome for one in found] == [Outcome.UNKNOWN] * 2


@pytest.mark.parametrize(
    ("line", "linked"),
    [
        ("[status](https://status.sscop-case.uk)", True),
        ("https://product.statuspage.io", True),
        ("Published at https://github.com/o/r/security/advisories.", True),
        ("Announced on product-announce@lists.sscop-case.uk", True),
        ("Report it at https://github.com/o/r/security/advisories", False),
        ("https://github.com/o/r/security/advisories/new", False),
        ("https://www.githubstatus.com and https://status.python.org", False),
        ("https://docs.github.com/code-security/security-advisories", False),
    ],
)
def test_links_to_notices(line: str, linked: bool) -> None:
    assert bool(_seen({"SECURITY.md": f"# Security\n\n{line}\n"}).links) is linked
    assert not _seen({"docs/other.md": f"# Other\n\n{line}\n"}).links


def test_a_history_that_ended() -> None:
    seen = Notices((Notice("history of a status page", "history/a.yml", 1, "", date(2026, 1, 1)),), (), (), (), ())
    assert [one.code for one in notices.judge(seen, mapping(None), TODAY)] == ["stale-history"]
    quiet = mapping(load("no-occasion-since: 2025-12-01"))
    assert [one.code for one in notices.judge(seen, quiet, TODAY)] == ["no-occasion"]


@given(
    text=st.text(max_size=300) | st.text(alphabet="# |-\n:impact root cause timeline 2026-01-01 CVE-1111", max_size=200)
)
def test_any_text_gives_notices(text: str) -> None:
    seen = _seen(
        {
            "docs/postmortems/a.md": text,
            "docs/incident-log.rst": text,
            "security-advisories/a.adoc": text,
            "content/issues/a.md": f"---\n{text}",
            ".upptimerc.yml": text,
            "history/a.yml": text,
            "README.md": text,
        }
    )
    assert all(one.line >= 1 for one in (*seen.found, *seen.hollow, *seen.links))
    assert list(notices.judge(seen, mapping(None), TODAY))


_LINK = "https://github.com/owner/product/security/advisories/GHSA-2345-6789-cfgh"


def _fixes(entry: str, title: str = "## [1.8.11] - 2026-09-01") -> tuple[list[tuple[str, date, int]], list[str]]:
    seen = incident_notices(Repository.of({"CHANGELOG.md": f"# Changes\n\n{title}\n\n{entry}\n"}))
    return [(one.kind, one.day, one.line) for one in seen.found], [one.target for one in seen.links]


@pytest.mark.parametrize(
    "entry",
    [
        f"- Sessions end at sign-out ([GHSA-2345-6789-cfgh]({_LINK}))",
        "- CVE-2026-1111 is a security vulnerability: the second session stayed open",
        "- fix(security): CVE-2026-1111",
        "- [SECURITY] Sessions end at sign-out. CVE-2026-1111",
    ],
)
def test_vulnerabilities_that_a_change_log_names_were_told(entry: str) -> None:
    assert _fixes(entry) == ([("security fix in a change log", date(2026, 9, 1), 5)], [])


def test_an_entry_below_a_heading_on_security() -> None:
    assert _fixes("### Security\n\n- Sessions end at sign-out (CVE-2026-1111)")[0][0][2] == 7
    assert _fixes("### Changed\n\n- Sessions end at sign-out (CVE-2026-1111)") == ([], [])


@pytest.mark.parametrize(
    "entry",
    [
        "- Update openssl to fix CVE-2026-1111",
        "- Ignore CVE-2026-1111 in the scan",
        "- Fix the base image, CVE-2026-1111",
        "- Fixed test cleanup for CVE-2026-1111",
        "- Fixed CVE-2026-1111 in golang.org/x/net",
        "- Sessions end at sign-out",
    ],
)
def test_other_peoples_vulnerabilities_are_no_notice(entry: str) -> None:
    assert _fixes(entry) == ([], [])


def test_advisories_of_another_project_are_not_ours() -> None:
    other = _LINK.replace("owner/product", "maker/part")
    entries = f"- Mended ({_LINK})\n- Taken over ({other})\n- Mended too ({_LINK})"
    assert [line for _, _, line in _fixes(entries)[0]] == [5, 7]


def test_notes_of_single_releases_are_read_from_the_newest_on() -> None:
    note = (
        "# Product %s release notes\n\n_September %d, 2026_\n\nFor details, "
        + "see " * 40
        + f"[CVE-2026-1111]({_LINK}).\n"
    )
    files = {f"docs/releases/1.{n}.md": note % (f"1.{n}", n % 28 + 1) for n in range(80)}
    seen = incident_notices(Repository.of(files))
    assert (seen.found[0].path, seen.found[0].day) == ("docs/releases/1.79.md", date(2026, 9, 24))
    assert len(seen.found) == 60


@pytest.mark.parametrize("entry", ["- CVE-2026-1111: wrong use of a callback", "- Fix the callback, CVE-2026-1111"])
def test_whose_vulnerability_it_is_may_stay_untold(entry: str) -> None:
    seen = incident_notices(Repository.of({"CHANGELOG.md": f"# Changes\n\n## 1.2 - 2026-09-01\n\n{entry}\n"}))
    (found,) = notices.judge(seen, mapping(None), TODAY)
    assert (found.code, found.outcome, found.evidence[0].line) == ("own-untold", Outcome.UNKNOWN, 5)


def test_a_change_log_without_days_links_to_what_is_elsewhere() -> None:
    assert _fixes(f"- Mended ({_LINK})", "## 1.8.11") == ([], [_LINK])
    assert _fixes("- Fixed CVE-2026-1111", "## 1.8.11") == ([], [])
    assert _fixes("- Security fix for CVE-2026-1111", "## Released 2026-09-01 as 1.8")[0][0][1] == date(2026, 9, 1)


def test_a_fix_is_no_occasion_and_a_planned_release_no_contradiction() -> None:
    def judged(day: str, settings: str = "{}") -> list[str]:
        text = f"# Changes\n\n## 1.2.3 - {day}\n\n- Security fix: CVE-2026-1111\n"
        seen = incident_notices(Repository.of({"CHANGELOG.md": text}))
        return [one.code for one in notices.judge(seen, mapping(load(settings)), TODAY)]

    assert judged("2026-09-01") == ["notices"]
    assert judged("2026-09-01", "no-occasion-since: 2026-01-01") == ["no-occasion"]
    assert judged("2026-12-24") == ["no-notices"]


@given(text=st.text(max_size=200) | st.text(alphabet="- Fix CVE-2026-1111 GHSA#.\n()", max_size=200))
def test_any_change_log_tells_of_fixes_or_of_none(text: str) -> None:
    whole = f"## 1.2 - 2026-09-01\n\n{text}\n"
    seen = incident_notices(Repository.of({"CHANGELOG.md": whole}))
    assert all(1 <= one.line <= whole.count("\n") + 1 and one.title for one in seen.found)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("| Who | Deadline |\n|---|---|\n| Trusts that are customers | Within 24 hours |", True),
        ("| Who | Deadline |\n|---|---|\n| The police | At once |\n| Customers | 24 hours |", True),
        ("| Who | Deadline |\n|---|---|\n| Customers | open |", False),
        ("| Who | Deadline |\n|---|---|\n| The police | 24 hours, by customers' wish |", False),
        ("* **Customer alerts:** sent by the manager.", True),
        ("It requires a crafted email and user interaction.", False),
        ("It occurs by an ill-advised act of a user.", False),
    ],
)
def test_who_is_told_in_tables_and_lists(text: str, is_told: bool) -> None:
    plan = _plan(f"# Incident response\n\n## Reporting\n\n{text}\n")
    assert (Element.AUDIENCE in plan.elements) is is_told
    if text.startswith("|"):
        assert Element.AUDIENCE not in _plan(f"# Incident response\n\n## Roles\n\n{text}\n").elements
