"""Policies in prose: whose they are, what can't be read, and which text is the best evidence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.access_policies import Review, Roles, reviews, roles
from sscop.artefacts.log_policies import Logging, logging_policies
from sscop.artefacts.policies import is_manual
from sscop.assess import run as run_check
from sscop.config import Config
from sscop.model import Finding, Outcome, Unread
from sscop.repository import Repository
from sscop_hooks import load as load_checks

ACCESS = """# Access to the repository

| Role | May |
|---|---|
| Maintainer | merge pull requests, publish releases |
| Contributor | open pull requests, read-only access |

## Access reviews

| Date | Reviewer | Outcome |
|---|---|---|
| 2026-09-01 | security lead | two accounts removed |
"""
LOGS = """# Audit logs

GitHub's audit log records access and changes of our pipelines. Logs are kept for 18 months.
"""
TODAY = date(2026, 11, 23)


def said(check: str, files: dict[str, str | bytes]) -> list[Finding]:
    (one,) = load_checks(check)
    return run_check(one, Repository.of(files), Config(), TODAY)[0]


def codes(check: str, files: dict[str, str | bytes], outcome: Outcome) -> set[str]:
    return {one.code for one in said(check, files) if one.outcome is outcome}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_in_any_encoding_that_says_which_one_is_read(encoding: str) -> None:
    assert codes("access-review", {"docs/access.md": ACCESS.encode(encoding)}, Outcome.MET) == {"roles", "reviewed"}
    assert codes("build-logging", {"docs/audit-logs.md": LOGS.encode(encoding)}, Outcome.MET) == {"logged", "kept"}


UNREADABLE = [ACCESS.encode("utf-16-le"), b"# Access\0" + b"x" * 99, b"# Access\n" + b"x" * (1 << 20)]


@pytest.mark.parametrize("data", UNREADABLE, ids=["utf-16 without a mark", "binary", "large"])
def test_what_is_named_like_the_matter_and_can_t_be_read_is_unknown(data: bytes) -> None:
    found = said("access-review", {"docs/access.md": data})
    assert [(one.outcome, one.code, one.evidence[0].path) for one in found] == [
        (Outcome.UNKNOWN, "unreadable", "docs/access.md")
    ]
    assert {claim for one in found for claim in one.about} == {"build-roles", "build-access-reviewed"}
    found = said("build-logging", {"docs/audit-log.md": data})
    assert [(one.outcome, one.code) for one in found] == [(Outcome.UNKNOWN, "unreadable")]


def test_a_text_with_such_a_heading_that_can_t_be_parsed_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sscop.artefacts.prose.document.LIMIT", 10)
    assert codes("access-review", {"docs/page.md": ACCESS}, Outcome.UNKNOWN) == {"unreadable"}


def test_a_section_of_the_products_users_is_none_of_the_build() -> None:
    text = ACCESS.replace("# Access to", "# Page\n\n## User roles: access to")
    assert list(roles(Repository.of({"docs/page.md": text}))) == []


def test_beside_a_text_that_says_it_one_that_can_t_be_read_changes_nothing() -> None:
    files = {
        "docs/access.md": ACCESS,
        "docs/access-rights.md": b"\0",
        "docs/audit-logs.md": LOGS,
        "docs/logs.md": b"\0",
    }
    assert codes("access-review", files, Outcome.UNKNOWN) == set()
    assert codes("build-logging", files, Outcome.UNKNOWN) == set()


def test_a_large_text_that_is_named_like_the_matter_is_read() -> None:
    text = ACCESS + "\n## More\n\n" + "words about nothing at all\n" * 20_000
    assert codes("access-review", {"docs/access.md": text}, Outcome.MET) == {"roles", "reviewed"}


@pytest.mark.parametrize("path", ["docs/guide.md", "docs/api/access.md", "docs/proposals/access.md"])
def test_other_texts_that_can_t_be_read_are_none_of_its_affair(path: str) -> None:
    assert codes("access-review", {path: b"\0"}, Outcome.UNKNOWN) == set()


@pytest.mark.parametrize(
    "path",
    [
        *("keps/sig-x/1-roles/README.md", "docs/proposals-done/roles.md", "enhancements/access-control.md"),
        *("docs/usage/roles.md", "docs/user-guide/permissions.md", "docs/design-docs/governance-roles.md"),
    ],
)
def test_proposals_and_manuals_are_no_policy_of_the_build(path: str) -> None:
    repo = Repository.of({path: ACCESS, path.replace(".md", "-audit-logs.md"): LOGS})
    assert list(roles(repo)) == list(reviews(repo)) == list(logging_policies(repo)) == []


def test_a_proposal_is_known_by_its_title_too() -> None:
    for title in ("Proposal: roles", "KEP-12: access rights", "RFC 7 governance"):
        assert (
            list(roles(Repository.of({"docs/governance-roles.md": ACCESS.replace("Access to", f"{title}\n\n")}))) == []
        )


@pytest.mark.parametrize(
    "path", ["site/docs/community/roles.md", "website/contributing/roles.md", "docs/maintainers.md"]
)
def test_what_a_site_says_of_its_makers_counts(path: str) -> None:
    assert [type(one) for one in roles(Repository.of({path: ACCESS}))] == [Roles]


MANUAL = """# {}

Click *Access* in the sidebar of the admin console. Each tenant's administrators see the dashboard.

| Role | May |
|---|---|
| Owner | merge two customers, publish a page, read secrets |
| Member | read-only access, deploy a page from its repository |

GitHub pipelines: audit logs of access are kept for 30 days by the CI.
"""


def test_a_manual_of_the_product_is_no_policy_of_the_build() -> None:
    for title in ("Roles", "Access reviews", "Audit logs"):
        repo = Repository.of({"docs/page.md": MANUAL.format(title)})
        assert list(roles(repo)) == list(reviews(repo)) == list(logging_policies(repo)) == []
    assert not is_manual(ACCESS.lower())
    assert not is_manual("click")


def test_functions_that_any_product_has_are_none_of_the_build_alone() -> None:
    text = """# Access control

| Role | May in the repository of pull requests |
|---|---|
| Owner | approve requests, read secrets |
| Admin | deploy to the infrastructure |
"""
    assert list(roles(Repository.of({"docs/access-control.md": text}))) == []


LADDER = """# Contributing

## Contributor ladder

1. Reviewer: has LGTM rights on the repo, and reviews PRs.
2. Approver: has approval rights, so that PRs are merged, and the "maintain" GitHub permissions.
"""
GUIDE = """# Release

## For maintainers: a release

- Contributors triage and maintainers merge the pull request.
- Maintainers publish, approve and deploy the release from its branch.
"""
GOVERNANCE = """# Governance

- Maintainers have owner access to the repository.
- Contributors of the triage team have the `Triage` role.
"""


def test_a_contributor_ladder_says_roles() -> None:
    (found,) = roles(Repository.of({"CONTRIBUTING.md": LADDER}))
    assert isinstance(found, Roles)
    assert set(found.roles) >= {"reviewer", "approver"}
    assert "lgtm" in found.functions


def test_the_text_that_is_about_roles_is_the_evidence() -> None:
    files: dict[str, str | bytes] = {"docs/release.md": GUIDE, "docs/governance.md": GOVERNANCE}
    assert len(list(roles(Repository.of(files)))) == 2
    (met,) = (one for one in said("access-review", files) if one.outcome is Outcome.MET)
    assert met.evidence[0].path == "docs/governance.md"


@pytest.mark.parametrize("title", ["Maintainer review guide", "Access audit logs", "User reviews"])
def test_reviews_of_other_things_are_none_of_access(title: str) -> None:
    assert list(reviews(Repository.of({"docs/page.md": f"# {title}\n\nWho reviews what, and audits it.\n"}))) == []


def test_a_review_that_is_only_planned_does_not_hide_the_last_one() -> None:
    planned = "| 2027-03-01 (planned) | security lead | |\n"
    (found,) = reviews(Repository.of({"docs/access.md": ACCESS[ACCESS.index("## Access reviews") :] + planned}))
    assert isinstance(found, Review)
    assert (found.day, found.outcome) == (date(2026, 9, 1), True)


def test_pipelines_of_logs_are_none_of_a_build() -> None:
    text = "# Logging\n\nLogs go to data pipelines and log pipelines; the migration runner's audit logs are kept.\n"
    assert list(logging_policies(Repository.of({"docs/logging.md": text}))) == []


PIECES = st.sampled_from(
    [
        *("# Access reviews\n", "## Roles\n", "| Role | May |\n|---|---|\n", "| Maintainer | merge |\n", "2026-09-01"),
        *(
            "maintainers merge pull requests",
            "audit logs",
            "kept for 9 months",
            "\n\n",
            "\0",
            "\ufeff",
            "removed",
            "|",
            "- ",
        ),
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=9), max_size=14), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "latin-1"])
)
def test_any_text_is_policies_or_unread(pieces: list[str], encoding: str) -> None:
    data = "".join(pieces).encode(encoding, "replace")
    repo = Repository.of({"docs/access-roles.md": data, "docs/audit-log.rst": data, "GOVERNANCE.adoc": data})
    assert all(isinstance(one, (Roles, Unread)) for one in roles(repo))
    assert all(isinstance(one, (Review, Unread)) for one in reviews(repo))
    assert all(isinstance(one, (Logging, Unread)) for one in logging_policies(repo))
