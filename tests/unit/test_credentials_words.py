"""Which names are passwords, and what a value is."""

from __future__ import annotations

import pytest

from sscop.artefacts.credentials.words import Held, in_url, is_password, value


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "DB_PASSWORD",
        "adminPassword",
        "spring.datasource.password",
        "MYSQL_PASS",
        "db-pwd",
        "SECRET_KEY",
        "secret_key_base",
        "jwtSecret",
        "POSTGRESQL_PASSWORD",
        "encryptionKey",
        "adminToken",
        "base64-secret",
        "SMTPPassword",
    ],
)
def test_names_of_passwords(name: str) -> None:
    assert is_password(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "PASSWORD_FILE",
        "passwordKey",
        "existingSecret",
        "password_length",
        "pass",
        "ALLOW_EMPTY_PASSWORD",
        "secret",
        "random_root_password",
        "create_random_password",
        "resetPassword",
        "trust-store-password",
        "DD_UWSGI_PASS",
        "42",
        "AUTH_PASSWORD_VALIDATORS",
        "SENDGRID_API_KEY",
        "bypass",
        "compass",
    ],
)
def test_names_of_other_things(name: str) -> None:
    assert not is_password(name)


@pytest.mark.parametrize(
    ("text", "held", "literal", "fallback"),
    [
        ("postgres", Held.LITERAL, "postgres", False),
        ("'quoted'", Held.LITERAL, "quoted", False),
        ("changeme", Held.LITERAL, "changeme", False),
        ("$2a$10$abcdefghij", Held.LITERAL, "$2a$10$abcdefghij", False),
        ("${X:-changeme}", Held.LITERAL, "changeme", True),
        ("${X-changeme}", Held.LITERAL, "changeme", True),
        ("${db.pass:petclinic}", Held.LITERAL, "petclinic", True),
        ("", Held.NOTHING, "", False),
        ("  ", Held.NOTHING, "", False),
        ("true", Held.NOTHING, "", False),
        ("null", Held.NOTHING, "", False),
        ("x" * 2000, Held.NOTHING, "", False),
        ("${X:-}", Held.REFERENCE, "", False),
        ("${X:?set it}", Held.REFERENCE, "", False),
        ("${X}", Held.REFERENCE, "", False),
        ("$X", Held.REFERENCE, "", False),
        ("{{ .Values.x }}", Held.REFERENCE, "", False),
        ("<%= ENV['X'] %>", Held.REFERENCE, "", False),
        ("/run/secrets/db", Held.REFERENCE, "", False),
        ("vault:secret/x", Held.REFERENCE, "", False),
        ("$ANSIBLE_VAULT;1.1", Held.REFERENCE, "", False),
        ("ENC[AES256,data]", Held.REFERENCE, "", False),
        ("prefix-${X}", Held.REFERENCE, "", False),
        ("var.password", Held.REFERENCE, "", False),
        ("<password>", Held.PLACEHOLDER, "", False),
        ("your-password-here", Held.PLACEHOLDER, "", False),
        ("***", Held.PLACEHOLDER, "", False),
        ("SECRET", Held.PLACEHOLDER, "", False),
        ("DB_PASSWORD", Held.PLACEHOLDER, "", False),
        ("dummyvalue", Held.PLACEHOLDER, "", False),
        ("placeholder", Held.PLACEHOLDER, "", False),
        ("unset", Held.PLACEHOLDER, "", False),
        ("replace-me-with-a-random-string", Held.PLACEHOLDER, "", False),
        ("CHANGE-ME-OR-FAIL-TO-START", Held.PLACEHOLDER, "", False),
    ],
)
def test_values(text: str, held: Held, literal: str, fallback: bool) -> None:
    found = value(text)
    assert (found.held, found.literal, found.fallback) == (held, literal, fallback)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("postgres://shop:shop@db:5432/shop", "shop"),
        ("${URL:-postgres://shop:shop@db/shop}", "shop"),
        ("postgres://shop:shop@localhost/shop", ""),
        ("postgres://shop:${PASSWORD}@db/shop", ""),
        ("https://example.org/a:b@c", ""),
        ("redis://cache:6379", ""),
    ],
)
def test_passwords_in_urls(text: str, literal: str) -> None:
    assert in_url(text).literal == literal
