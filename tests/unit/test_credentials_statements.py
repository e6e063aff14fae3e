"""What documents say of the first password."""

from __future__ import annotations

import pytest

from sscop.artefacts.credentials.statements import statements
from sscop.repository import Repository


def _said(text: str, path: str = "README.md") -> list[tuple[int, bool, bool]]:
    return [(one.line, one.fixed, one.forced) for one in statements(Repository.of({path: text}))]


@pytest.mark.parametrize(
    "text",
    [
        "# L\nLog in with username `admin` and password `ledger`.\n",
        "# L\nIt creates a login user with username **admin** and password **umami**.\n",
        "# L\nThe default credentials are admin/admin.\n",
        "# L\nThe default password is `changeme`.\n",
        "# L\n- Default login: `admin@example.org` / `ledger1`\n",
        "# L\nSign in as `root:ledger1`. The default account.\n",
        "# L\n## Default credentials\nusername: `admin`, password: `ledger`\n",
        "# L\n## Default login\n\nPassword: ledger\n",
    ],
)
def test_fixed_passwords(text: str) -> None:
    assert [fixed for _, fixed, _ in _said(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "# L\nThere is no default password.\n",
        "# L\nLog in with your username and password.\n",
        "# L\nThe default password is `$ADMIN_PASSWORD`.\n",
        "# L\nThe default password is set with `ADMIN_PASSWORD`.\n",
        "# L\nLog in as `admin` with the password that you chose, such as `x1y2`, e.g. `abc1`.\n",
        "# L\nGrafana's default login is `admin` / `admin`.\n",
        "# L\nBy default admin/editor users can log in.\n",
        "# L\nUsers sign in with the admin and editorial password systems.\n",
        "# L\n## Development\nLog in with username `admin` and password `ledger`.\n",
        "# L\n## Running the tests\nThe default password is `ledger`.\n",
        "# L\nVendor-supplied default passwords (such as `admin`) are changed.\n",
        "# L\n```\ndefault password: admin\n```\n",
    ],
)
def test_other_texts(text: str) -> None:
    assert _said(text) == []


def test_passwords_that_are_made() -> None:
    text = (
        "# L\nThe initial password for the `admin` account is auto-generated.\n\nA random password is made at first.\n"
    )
    assert _said(text) == [(2, False, False), (4, False, False)]


def test_a_forced_change_is_told() -> None:
    text = "# L\nThe default login is `admin` / `ledger1`. You will be forced to change it.\n\nx\n"
    assert _said(text) == [(2, True, True)]
    assert _said("# L\nThe default login is `admin` / `ledger1`.\n\nIt must be changed at the first login.\n") == [
        (2, True, True)
    ]


def test_tables() -> None:
    text = (
        "# L\n| Account | Default password |\n|---|---|\n| admin | `ledger1` |\n| guest |\n"
        "\n| User | Login default |\n|---|---|\n| a | b |\n"
    )
    assert _said(text) == [(4, True, False)]


def test_a_product_may_be_what_others_only_use() -> None:
    assert _said("# Grafana\nThe default login is `admin` / `admin`.\n")


@pytest.mark.parametrize("path", ["docs/developer/login.md", "docs/e2e/login.md", "tests/README.md", "docs/other.md"])
def test_pages_that_are_not_for_users(path: str) -> None:
    assert _said("# L\nThe default login is `admin` / `admin`.\n", path) == []


def test_a_page_that_cannot_be_read_says_nothing() -> None:
    assert _said("# L\nThe default login is `admin` / `admin`.\n" + "- x\n" * 10_000) == []
