"""Passwords in configuration, format by format."""

from __future__ import annotations

import pytest

from sscop.artefacts.credentials import applications as apps
from sscop.artefacts.jsonc import load as load_jsonc
from sscop.artefacts.nodes import load
from sscop.repository import Malformed


def _held(given: object) -> list[tuple[int, str, str, bool]]:
    assert isinstance(given, tuple)
    return [(one.line, one.name, one.text, one.local) for one in apps.found("x", given, "x")]


def test_properties_know_what_is_local_by_group() -> None:
    source = "a.url=jdbc:h2:mem\na.password=sa\n# b.password=x\nb.password = pw\nb.user: u\n"
    assert _held(apps.properties(source)) == [(2, "a.password", "sa", True), (4, "b.password", "pw", False)]


def test_spring_leaves_development_profiles_out() -> None:
    source = """spring:
  mail: {password: post}
---
spring.profiles: dev
db: {password: a}
---
spring:
  config: {activate: {on-profile: [local]}}
db: {password: b}
---
spring: {profiles: production}
list:
  - password: c
  - url: http://localhost
    password: d
"""
    assert _held(apps.spring(source)) == [
        (2, "spring.mail.password", "post", False),
        (13, "list.password", "c", False),
        (15, "list.password", "d", True),
    ]


def test_appsettings() -> None:
    node = load_jsonc(
        '{"Smtp": {"Password": "post", "Host": "mail"},\n'
        '"ConnectionStrings": {"A": "Server=db;Pwd=x1;", "B": "Server=.;Password=x2;", "C": "a=b"},\n'
        '"Url": "http://localhost"}'
    )
    assert _held(tuple(apps.appsettings(node))) == [
        (1, "Smtp.Password", "post", False),
        (2, "ConnectionStrings.A.Password", "x1", False),
        (2, "ConnectionStrings.B.Password", "x2", True),
    ]


def test_web_config() -> None:
    source = '<a>\n<add connectionString="Server=localhost;Password=x1;" />\n<add password="x" />\n'
    assert _held(apps.web_config(source)) == [(2, "connectionString.Password", "x1", True)]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("production:\n  password: x1\n", [(2, "password", "x1", False)]),
        ("production:\n  password: <%= ENV['X'] %>\n", []),
        ("production:\n  url: <%= ENV['X'] %>\n  password: x1\n", []),
        ("d: &d\n  password: x1\nproduction:\n  <<: *d\n", []),
        ("<% if a %>\nproduction:\n  password: x1\n<% end %>\n", [(3, "password", "x1", False)]),
        ("production: <%= x %>\n", []),
        ("development:\n  password: x1\n", []),
    ],
)
def test_rails(source: str, wanted: list[object]) -> None:
    assert _held(apps.rails(source)) == wanted


def test_defaults_of_the_environment() -> None:
    source = (
        "a = process.env.SESSION_SECRET || 'cat'\nb = process.env['DB_PASSWORD'] ?? \"dog\"\n"
        "c = env('APP_PASSWORD', 'emu')\nd = process.env.PORT || '80'\ne = process.env.JWT_SECRET || ''\n"
    )
    assert _held(apps.calls(source)) == [
        (1, "SESSION_SECRET", "cat", False), (2, "DB_PASSWORD", "dog", False), (3, "APP_PASSWORD", "emu", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('User.create(email: "admin@x", password: "pw12")', True),
        ("User::create(['name' => 'Admin', 'password' => Hash::make('pw12')]);", True),
        ('User.create(email: "anna@x", password: "pw12")', False),
        ('return unless Rails.env.development?\nUser.create(email: "admin@x", password: "pw12")', False),
    ],
)
def test_seeds(source: str, found: bool) -> None:
    assert bool(_held(apps.seeds(source))) is found


def test_terraform() -> None:
    source = """variable "db_password" {
  default = "x1"
}
variable "api_password" {
  type = string
}
variable "other" { default = "y" }
resource "r" "x" {
  password   = "x2" # why
  "db-pass"  = "x3"
  passwords  = "x4"
  pwd_source = "${var.x}"
  admin_password = var.y
}
"""
    assert _held(apps.terraform(source)) == [
        (2, "db_password", "x1", False), (9, "password", "x2", False), (10, "db-pass", "x3", False),
    ]  # fmt: skip


def test_python() -> None:
    source = """
import os
SECRET_KEY = "x1"
PASSWORD: str = os.getenv("DB_PASSWORD", "x2")
KEY = config("JWT_SECRET", default="x3")
TOKEN_SECRET = os.environ.get("T") or "x4"
JWT_SECRET = os.environ["J"]
A_PASSWORD = f"{x}"
DATABASES = {"default": {"PASSWORD": "x5", "HOST": "127.0.0.1"}, **more}
a.password = "no"
annotated_password: str
if DEBUG:
    B_PASSWORD = "no"
if cloud:
    C_PASSWORD = "x6"
else:
    D_PASSWORD = "x7"
class Config:
    SECRET_KEY = "x8"
class TestingConfig:
    SECRET_KEY = "no"
try:
    E_PASSWORD = "x9"
except ImportError:
    pass
def f():
    F_PASSWORD = "no"
"""
    held = _held(apps.python(source))
    assert [(name, text) for _, name, text, _ in held] == [
        ("SECRET_KEY", "x1"), ("PASSWORD", "x2"), ("JWT_SECRET", "x3"), ("TOKEN_SECRET", "x4"), ("PASSWORD", "x5"),
        ("C_PASSWORD", "x6"), ("D_PASSWORD", "x7"), ("SECRET_KEY", "x8"), ("E_PASSWORD", "x9"),
    ]  # fmt: skip
    assert [local for *_, local in held] == [False] * 4 + [True] + [False] * 4
    assert any(one[1:3] == ("JWT_SECRET", apps.OTHER) for one in apps.python(source))


def test_python_2_is_said_to_be_none() -> None:
    with pytest.raises(Malformed) as problem:
        apps.python("a = 1\nprint 'x'\n")
    assert problem.value.line == 2


def test_any_mapping() -> None:
    node = load("a_password: x1\nb:\n- c: {password: x2}\nhost: localhost\n")
    assert _held(tuple(apps.flat(node))) == [(1, "a_password", "x1", False), (3, "b.c.password", "x2", False)]
