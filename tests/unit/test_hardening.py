"""Defaults that make a product safer or weaker."""

from __future__ import annotations

import pytest

from sscop.artefacts.hardening import Default, facts
from sscop.artefacts.hardening.debug import django
from sscop.model import Unread
from sscop.repository import Malformed, Repository


def _found(files: dict[str, str]) -> list[str]:
    return [
        f"{'+' if one.good else '-'}{one.code} {one.path}:{one.line}" if isinstance(one, Default) else f"? {one.path}"
        for one in facts(Repository.of(files))
    ]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("FROM alpine:3\nUSER app\nCMD a", ["+unprivileged Dockerfile:2"]),
        ("FROM alpine:3\nARG U=root\nUSER $U\nCMD a", ["-runs-as-root Dockerfile:3"]),
        ("FROM alpine:3\nUSER 0:0\nCMD a", ["-runs-as-root Dockerfile:2"]),
        ("FROM docker.io/library/python\nCMD a", ["-runs-as-root Dockerfile:1"]),
        ("ARG B=golang:1\nFROM $B AS b\nFROM b\nENTRYPOINT a", ["-runs-as-root Dockerfile:3"]),
        ("FROM alpine:3\nRUN a", []),
        ("FROM o/base\nCMD a", []),
        ("FROM cgr.dev/chainguard/static\nCMD a", ["+unprivileged Dockerfile:1"]),
        ("FROM alpine:3\nRUN apk add su-exec\nCMD a", []),
        ("FROM alpine:3 AS test\nCMD a", []),
        ("FROM alpine:3\nUSER a\nENV FLASK_DEBUG=1", ["+unprivileged Dockerfile:2", "-debug-on Dockerfile:3"]),
        ("FROM o/base\nENV NODE_ENV=production DEBUG=app:* GIT_SSL_NO_VERIFY=true", ["-tls-unverified Dockerfile:2"]),
        ("FROM o/base\nRUN curl -sSk https://x.org", ["-tls-unverified Dockerfile:2"]),
        ("", []),
    ],
)
def test_images(source: str, wanted: list[str]) -> None:
    assert _found({"Dockerfile": source}) == wanted


def test_a_script_that_steps_down() -> None:
    dockerfile = 'FROM alpine:3\nENTRYPOINT ["/x/entrypoint.sh"]\n'
    assert _found({"Dockerfile": dockerfile, "d/entrypoint.sh": "exec gosu a"}) == []
    assert _found({"Dockerfile": dockerfile, "d/entrypoint.sh": "exec a"}) == ["-runs-as-root Dockerfile:1"]
    assert _found({"Dockerfile": dockerfile}) == ["-runs-as-root Dockerfile:1"]


@pytest.mark.parametrize("path", ["build/Dockerfile", "tools/Dockerfile", "Dockerfile.build", "tests/Dockerfile"])
def test_images_that_are_not_the_product(path: str) -> None:
    assert _found({path: "FROM alpine:3\nCMD a\n"}) == []


SERVICE = """services:
  a:
    privileged: true
    volumes: ['/run/docker.sock:/x']
    environment: {APP_DEBUG: 'true'}
"""


def test_services() -> None:
    assert _found({"deploy/compose.yml": SERVICE}) == [
        "-privileged deploy/compose.yml:3", "-docker-socket deploy/compose.yml:4", "-debug-on deploy/compose.yml:5",
    ]  # fmt: skip
    assert _found({"compose.yml": SERVICE}) == []
    assert _found({"deploy/compose.yml": "services: {a: {privileged: false}}"}) == []


@pytest.mark.parametrize(
    ("kind", "spec", "wanted"),
    [
        ("Deployment", "hostNetwork: true, containers: []", ["-host-namespace k8s/a.yml:2"]),
        ("DaemonSet", "hostNetwork: true, containers: []", []),
        ("Pod", "containers: [{securityContext: {runAsUser: 0}}]", ["-runs-as-root k8s/a.yml:2"]),
        ("Pod", "containers: [], initContainers: [{securityContext: {runAsUser: 0}}]", []),
        ("Pod", "containers: [{securityContext: {runAsUser: '0'}}]", []),
        ("Pod", "containers: [{env: [{privileged: true}]}]", []),
        ("Pod", "securityContext: {runAsNonRoot: true}, containers: []", ["+unprivileged k8s/a.yml:2"]),
        ("Role", "containers: [{securityContext: {privileged: true}}]", []),
    ],
)
def test_manifests(kind: str, spec: str, wanted: list[str]) -> None:
    assert _found({"k8s/a.yml": f"kind: {kind}\nspec: {{{spec}}}\n"}) == wanted


def test_values_of_charts() -> None:
    values = "hostNetwork: true\npodSecurityContext: {runAsNonRoot: false}\nsecurityContext: {privileged: true}\n"
    assert _found({"c/Chart.yaml": "", "c/values.yaml": values}) == [
        "-runs-as-root c/values.yaml:2", "-privileged c/values.yaml:3",
    ]  # fmt: skip
    assert _found({"c/values.yaml": values}) == []
    assert _found({"c/Chart.yaml": "", "c/values.yaml": "["}) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("curl -k https://x.org", True),
        ("curl --insecure https://x.org", True),
        ("curl -fsSLk \\\n https://x.org", True),
        ("curl \\\n  -k https://x.org", True),
        ("curl -K file https://x.org", False),
        ("curl -o -k.txt https://x.org", False),
        ("curl -k https://localhost:8443", False),
        ("curl https://x.org", False),
        ("echo curl --insecure", False),
        ("wget --no-check-certificate https://x.org", True),
        ("git -c http.sslVerify=false clone x", True),
        ("git config --global http.sslVerify false", True),
        ("git config --global http.sslVerify true", False),
        ("npm config set strict-ssl false", True),
        ("yarn config set strict-ssl true", False),
        ("npm ci --strict-ssl=false", True),
        ("export NODE_TLS_REJECT_UNAUTHORIZED=0", True),
        ("export NODE_TLS_REJECT_UNAUTHORIZED=1", False),
        ("apt-get -o Acquire::https::Verify-Peer=false update", False),
        ("A=--insecure", False),
    ],
)
def test_commands(line: str, found: bool) -> None:
    assert bool(_found({"x.sh": line + "\n"})) is found


def test_settings_of_package_managers_and_pipelines() -> None:
    workflow = "on: push\njobs:\n  a:\n    steps:\n    - run: wget --no-check-certificate https://x.org\n"
    files = {
        ".npmrc": "a=b\nstrict-ssl = false\n",
        ".yarnrc.yml": "enableStrictSsl: true\n",
        ".github/workflows/a.yml": workflow,
    }
    assert _found(files) == ["-tls-unverified .github/workflows/a.yml:5", "-tls-unverified .npmrc:2"]


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("DEBUG = True", "on"),
        ("DEBUG = False", "off"),
        ("DEBUG = env.bool('DEBUG', default=True)", "on"),
        ("DEBUG = os.getenv('DEBUG', 'False') == 'True'", "off"),
        ("DEBUG = os.getenv('DEBUG', '1') == '1'", "on"),
        ("DEBUG = os.getenv('DEBUG') == 'True'", "other"),
        ("DEBUG = os.getenv('DEBUG', 'x') != other", "other"),
        ("DEBUG = bool(int(os.environ.get('DEBUG', 0)))", "off"),
        ("DEBUG = not PRODUCTION", "other"),
    ],
)
def test_django(source: str, state: str) -> None:
    assert django(f"A = 1\n{source}\n") == ((2, state),)


def test_django_elsewhere() -> None:
    assert django("if x:\n    DEBUG = True\n") == ()
    with pytest.raises(Malformed):
        django("print 'DEBUG'")
    assert _found({"a/settings.py": "DEBUG = print 1"}) == []
    assert _found({"a/settings/base.py": "DEBUG = True", "a/settings/prod.py": "DEBUG = False"}) == [
        "+debug-off a/settings/prod.py:1"
    ]
    assert _found({"a/settings/base.py": "DEBUG = True", "a/settings/local.py": "DEBUG = False"}) == [
        "-debug-on a/settings/base.py:1"
    ]


def test_other_frameworks() -> None:
    files = {
        "src/main/resources/application.yml": "a: b\ndebug: true\n",
        "config/app.php": "<?php return [\n'debug' => (bool) env('APP_DEBUG', true),\n];",
        "Web.config": '<compilation debug="true" />',
    }
    assert _found(files) == [
        "-debug-on src/main/resources/application.yml:2", "-debug-on config/app.php:2", "-debug-on Web.config:1",
    ]  # fmt: skip


def test_what_cannot_be_read_is_said() -> None:
    files: dict[str, bytes] = {
        "Dockerfile": b"\0",
        "k8s/a.yml": b"kind: Pod\nspec: {hostNetwork: true\n",
        "x.sh": b"curl -k \0",
    }
    found = list(facts(Repository.of(files)))
    assert [one.path for one in found if isinstance(one, Unread)] == ["Dockerfile", "k8s/a.yml"]
