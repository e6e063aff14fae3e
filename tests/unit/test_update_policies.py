"""What texts say of updates: how often, how to apply them, and what is neither."""

from __future__ import annotations

import pytest

from sscop.artefacts.update_policies import APPLY, CADENCE, NUMBERING, SECURITY, TOLD, Updates, updates
from sscop.repository import Repository

STEPS = "Stop the service, install the new package, run `acme migrate` and start it again.\n"


def read(files: dict[str, str | bytes]) -> Updates:
    return updates(Repository.of({"package.json": '{"name": "acme"}', **files}))


def said(text: str, title: str = "Releases") -> list[str]:
    found = read({"README.md": f"# Acme\n\n## {title}\n\n{text}\n"})
    return sorted({one.name for one in found.elements})


@pytest.mark.parametrize(
    "text",
    [
        "New versions are released monthly.",
        "We publish a minor release every two months.",
        "In this project we do releases every 8 weeks.",
        "A minor release occurs four times a year.",
        "Feature releases happen every three months.",
        "We make patch releases as needed.",
        "Acme doesn't follow a fixed release schedule.",
        "There is no regular release cadence.",
        "Patch/minor releases: weekly or bi-weekly.",
        "The release cadence is 6 weeks.",
        "We make LTS releases on an 18-month cycle.",
        "Acme is continuously deployed.",
        "Security updates are released when they are ready.",
    ],
)
def test_how_often(text: str) -> None:
    assert CADENCE in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dependency updates are performed weekly using Dependabot.",
        "Versions are supported for two years.",
        "We update the report every month.",
        "You should update the images at least once every three months.",
        "You can expect updates from us every 5 days.",
        "Maintainers hold a meeting about releases every two weeks.",
        "Publish a fixed release.",
        "Credentials of releases are rotated annually.",
        "Python releases a new version every year.",
        "Upstream releases are made monthly.",
        "Adjust the release notes as necessary.",
    ],
)
def test_how_often_something_else_happens(text: str) -> None:
    assert CADENCE not in said(text)


@pytest.mark.parametrize(
    "title",
    [
        "Upgrading",
        "Upgrade",
        "How to update",
        "Updating Acme",
        "How do I upgrade?",
        "Upgrade Procedure",
        "Updating to the latest version",
        "Upgrading from versions before 0.12",
        "Migrating from v4.x to v4.7.0",
        "Migration guide",
        "Updates and upgrades",
        "How to update the containers?",
    ],
)
def test_how_to_apply(title: str) -> None:
    assert said(STEPS, title) == [APPLY]


@pytest.mark.parametrize(
    "title",
    [
        "Updating dependencies",
        "Updating snapshots",
        "Update the documentation",
        "Upgrading your plan",
        "Updating Task Definitions",
        "Migrating from GConf to GSettings",
        "update",
        "> upgrade",
        "Upgrading Python",
        "Updating your profile",
        "Update policy",
        "Installation",
    ],
)
def test_how_to_do_something_else(title: str) -> None:
    assert APPLY not in said(STEPS, title)


def test_a_title_alone_is_nothing() -> None:
    assert said("Soon.", "Upgrading") == []
    assert said("```sh\nacme migrate\n```", "Upgrading") == [APPLY]
    assert said("Run `pip install --upgrade acme`.", "Upgrading") == [APPLY]
    assert said("Each release comes as a patch for the customers who run it.", "Update policy") == [APPLY]


def test_the_other_elements() -> None:
    assert said("We use Semantic Versioning.") == [NUMBERING]
    assert said("Tags must follow semantic versioning.") == []
    assert said("Security fixes are backported to every version.") == [SECURITY]
    assert said("Out-of-band patch releases bring security fixes.") == [SECURITY]
    assert said("New releases are announced on the mailing list.") == [TOLD]
    assert said("Acme installs automatic updates.") == [TOLD]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("UPGRADING.md", "# Upgrading"),
        ("docs/upgrade-guide.md", "# Upgrade guide"),
        ("docs/UPGRADE-18.0.md", "# Upgrade from 17 to 18"),
        ("docs/migration.md", "# Acme 3.0 migration guide"),
        ("docs/migrate/v2-to-v3.md", "# From v2 to v3"),
        ("docs/operator/upgrading/overview.md", "# Overview"),
        ("docs/upgrading.rst", "Upgrading\n========="),
        ("docs/acme-upgrade.md", "# Acme upgrades"),
    ],
)
def test_a_guide_is_one_by_name_title_and_length(path: str, title: str) -> None:
    found = read({path: f"<!-- x -->\n\n{title}\n\n{STEPS * 5}"})
    assert [(one.name, one.path, one.line) for one in found.elements] == [(APPLY, path, 3)]
    assert read({path: f"{title}\n"}).elements == ()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("docs/upgrade-dependencies.md", "# Upgrade dependencies"),
        ("docs/upgrading.md", "# Upgrading the database"),
        ("docs/contributing/upgrading.md", "# Upgrading"),
        ("docs/migration.md", "# Migrating content"),
        ("docs/adr/upgrading.md", "# Upgrading"),
        ("UPGRADING.md", "# Upgrading Kubernetes"),
        ("docs/ceph-upgrade.md", "# Ceph upgrades"),
    ],
)
def test_guides_to_something_else(path: str, title: str) -> None:
    assert read({path: f"{title}\n\n{STEPS * 5}"}).elements == ()


def test_how_developers_work_is_no_guide_and_yet_tells_the_cadence() -> None:
    text = "# Release process\n\nReleases are made every 3 months.\n\n## Upgrading\n\n" + STEPS
    found = read({"docs/development/release-process.md": text})
    assert [one.name for one in found.elements] == [CADENCE]


def test_templates_and_what_can_not_be_read() -> None:
    found = read({"docs/release-policy.md": "# Release policy template\n\nReleases are made every 3 months.\n"})
    assert found.elements == ()
    assert found.templates[0][0] == "docs/release-policy.md"
    found = read({"docs/update-policy.md": b"\x00\x01", "docs/releases.md": b"\x00\x01"})
    assert [one.path for one in found.unread] == ["docs/update-policy.md"]


def test_a_section_about_other_products_tells_nothing() -> None:
    assert said("New versions are released monthly.", "Kubernetes releases") == []
    assert said("New versions are released monthly.", "Weather") == []


def test_guides_for_contributors_tell_customers_no_cadence() -> None:
    text = "# Releases\n\nWe publish a minor release every two months.\n"
    assert read({"docs/contributing.md": text}).first(CADENCE) is None
    assert read({"docs/contributing/release-process.md": text}).first(CADENCE) is not None


def test_the_idea_of_upgrades_counts_where_it_says_how() -> None:
    head = "# Support policy\n\n## Upgrade philosophy\n\n"
    how = f"{head}Upgrade directly to the latest version.\n\n### Rollback\n\nRestore the backup.\n"
    assert read({"SUPPORT_POLICY.md": how}).first(APPLY) is not None
    assert (
        read({"SUPPORT_POLICY.md": f"{head}Customers are expected to stay current at all times.\n"}).first(APPLY)
        is None
    )


def test_a_page_of_the_site_that_lies_here_is_read() -> None:
    guide = "# Upgrading\n\n" + STEPS * 4
    here = "# Acme\n\nThe upgrade instructions are on [upgrading](https://acme.io/resources/upgrading-acme/).\n"
    files = {"README.md": here, "site/content/resources/upgrading-acme.md": guide}
    assert not read(files).elsewhere
    assert read(files).first(APPLY) is not None
    assert read({"README.md": here}).elsewhere


def test_what_a_law_asks_for_is_no_cadence() -> None:
    assert CADENCE not in said("The CRA requires security updates to be released every month.")


def test_what_a_component_or_a_command_is_no_guide_for() -> None:
    updating = "## Automatic updates\n\nStop the service and run the workflow that brings the new files.\n"
    assert read({"docs/cdn-libraries.md": f"# Libraries\n\n{updating}"}).first(APPLY) is None
    assert read({"docs/administration.md": f"# Administration\n\n{updating}"}).first(APPLY) is not None
    page = "# acme bundle upgrade\n\n" + STEPS * 4
    assert read({"docs/acme_bundle_upgrade.md": page}).first(APPLY) is None
    assert (
        read({"docs/acme_bundle_upgrade.md": page.replace("# acme bundle", "# Acme: how to")}).first(APPLY) is not None
    )


def test_a_console_is_no_page_on_updates() -> None:
    assert not read({"README.md": "# Acme\n\nSee [SQL upgrade](https://portal.firm.com/sql).\n"}).elsewhere
    assert read({"README.md": "# Acme\n\nSee [upgrade](https://docs.firm.com/up).\n"}).elsewhere


def test_a_library_that_compares_versions_is_no_scheme() -> None:
    assert NUMBERING not in said("You can use semver library to work with semantic versions.")
    assert NUMBERING in said("Acme uses semantic versioning.")
