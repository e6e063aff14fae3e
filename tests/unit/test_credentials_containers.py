"""Passwords in images, compose files, charts and manifests."""

from __future__ import annotations

import pytest

from sscop.artefacts.compose import services
from sscop.artefacts.credentials.containers import chart, compose, image, manifest
from sscop.artefacts.dockerfile import load as load_dockerfile
from sscop.artefacts.nodes import load


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("ENV A_PASSWORD=x1", [(2, "A_PASSWORD", "x1")]),
        ("ENV A=1 \\\n  A_PASSWORD='x 1'", [(3, "A_PASSWORD", "x 1")]),
        ("ENV A_PASSWORD x 1", [(2, "A_PASSWORD", "x 1")]),
        ("ARG A_PASSWORD=x1", []),
        ("ARG A=x1\nENV A_PASSWORD=$A", [(3, "A_PASSWORD", "x1")]),
        ("ENV A_PASSWORD=$A", []),
        ("RUN A_PASSWORD=x1 make", []),
        ("RUN echo root:x1 | chpasswd", [(2, "root", "x1")]),
        ("RUN printf 'a:x1\\nb:x2' | chpasswd -e", [(2, "a", "x1"), (2, "b", "x2")]),
        ("RUN cat users | chpasswd", []),
        ("RUN chpasswd <<E\na:x1\nE\n", []),
        ("RUN echo root:$(cat x) | chpasswd", []),
        ("RUN useradd --password=x1 a", [(2, "a", "x1")]),
        ("RUN useradd -p '!' a && usermod -p x1 b", [(2, "b", "x1")]),
        ("RUN useradd a", []),
        ("RUN htpasswd -cb f a x1", [(2, "a", "x1")]),
        ("RUN htpasswd -b f", []),
        ("RUN htpasswd f a", []),
        ("RUN passwd -d root", []),
        ("ENV ALLOW_EMPTY_PASSWORD=yes", [(2, "ALLOW_EMPTY_PASSWORD", "")]),
        ("ENV POSTGRES_HOST_AUTH_METHOD=trust", [(2, "POSTGRES_HOST_AUTH_METHOD", "")]),
        ("ENV POSTGRES_HOST_AUTH_METHOD=md5", []),
    ],
)
def test_images(source: str, wanted: list[tuple[int, str, str]]) -> None:
    found = image("x", load_dockerfile(f"FROM a\n{source}\n"))
    assert [(one.line, one.name, one.text) for one in found] == wanted


def test_what_an_image_is_not_made_of_does_not_count() -> None:
    source = "FROM a AS b\nENV A_PASSWORD=x1\nFROM c AS d\nENV B_PASSWORD=x2\nFROM d\nENV C_PASSWORD=x3\n"
    assert [one.text for one in image("x", load_dockerfile(source))] == ["x2", "x3"]


def test_services_that_share_an_environment_are_told_once() -> None:
    node = load(
        "x: &e {A_PASSWORD: x1}\nservices:\n  a: {environment: *e}\n  b: {environment: *e}\n  c: {environment: [A]}\n"
    )
    assert [(one.line, one.text) for one in compose("x", services(node))] == [(1, "x1")]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a: {adminPassword: x1}", ["a.adminPassword"]),
        ("a:\n- password: x1", ["a.password"]),
        ("a: {secretKeys: {password: key}}", []),
        ("namespace_secrets: {s: {DB_PASSWORD: key}}", []),
        ("a: {secretKey: key}", []),
        ("a: {username: username, password: password}", []),
        ("a: {username: admin, password: password}", ["a.password"]),
        ("a: {password: ''}", []),
        ("text", []),
    ],
)
def test_charts(source: str, wanted: list[str]) -> None:
    assert [one.name for one in chart("x", load(source))] == wanted


def test_manifests() -> None:
    source = (
        "kind: Secret\nmetadata: {name: s}\nstringData: {a: x1}\n"
        "data:\n  b: eDE=\n  c: '!!'\n  d: ${X}\n  e: YQpi\n  f: //8=\n"
    )
    assert manifest(source) == ((3, "a", "x1", "s"), (5, "b", "x1", "s"))
