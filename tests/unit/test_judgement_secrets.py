"""Which tracked values are secrets that somebody uses."""

from __future__ import annotations

import pytest

from sscop.judgement.secrets import aside, for_development, is_example, is_real, is_secret


@pytest.mark.parametrize("path", ["tests/a.key", "src/test/resources/a.jks", "Foo.Tests/a.pem", "docs/a.pem", "example/a.key",
                                  "certs/test-server.key", "internal/testing/a.key", "t/lib-gpg/keyring.gpg", "vendor/a.key",
                                  "dummy.pem", "sample_key/ca.key"])  # fmt: skip
def test_places_that_do_not_count(path: str) -> None:
    assert aside(path)


@pytest.mark.parametrize("path", ["deploy/a.key", "latest/a.key", "attest/a.key", "contest/a.key", "protest.key", "a.pem",
                                  "config/master.key", "testament/a.key"])  # fmt: skip
def test_places_that_count(path: str) -> None:
    assert not aside(path)


def test_places_for_development() -> None:
    assert all(map(for_development, ["dev/server.key", "certs/localhost.key", ".env.local", "self-signed.pem"]))
    assert not any(map(for_development, ["devices/a.key", ".env.production", "locale/a.key"]))


def test_files_to_copy_from() -> None:
    assert all(map(is_example, [".env.example", ".env.sample", ".env.template", "example.env", ".env.dist", ".env.ci"]))
    assert not any(map(is_example, [".env", ".env.production", "env/postgres.env", ".envrc"]))


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("DB_PASSWORD", "postgres", True),
        ("API_KEY", "0a1b2c", True),
        ("GITHUB_TOKEN", "${X}", False),
        ("GITHUB_TOKEN", "", False),
        ("API_KEY", "change-this-key", False),
        ("VITE_API_KEY", "0a1b2c", False),
        ("STRIPE_PUBLISHABLE_KEY", "pk_0a1b2c", False),
        ("DATABASE_URL", "postgres://a:b@db/c", True),
        ("DATABASE_URL", "postgres://db/c", False),
        ("PORT", "80", False),
    ],
)
def test_variables_that_hold_secrets(name: str, text: str, wanted: bool) -> None:
    assert is_secret(name, text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0a1b2c3d4e5f60718293a4b5", True),
        ("ghp_" + "a" * 30, True),
        ("postgres://a:Q7rt2Zx9Lm4Vb8@db/c", True),
        ("postgres://a:postgres@db/c", False),
        ("postgres", False),
        ("dev-secret-key-0a1b2c3d4e5f", False),
        ("a long sentence with 1 number", False),
        ("0000000000000000a", False),
        ("abababababab1212", False),
    ],
)
def test_values_that_a_machine_made(text: str, wanted: bool) -> None:
    assert is_real(text) is wanted
