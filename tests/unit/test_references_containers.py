"""What Dockerfiles, compose files and development containers name."""

from __future__ import annotations

import json

import pytest

from helpers import DIGEST, SHA, facts

PINNED = f"x@{DIGEST}"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("FROM img", ["1 image mutable img"]),
        ("FROM img:latest", ["1 image mutable img:latest"]),
        ("FROM img:1.2.3", ["1 image mutable img:1.2.3"]),
        (f"FROM img:1@{DIGEST}", [f"1 image immutable img:1@{DIGEST}"]),
        (f"FROM img@{DIGEST}", [f"1 image immutable img@{DIGEST}"]),
        ("FROM --platform=$BUILDPLATFORM img:1 AS a", ["1 image mutable img:1"]),
        ("FROM scratch", []),
        (f"FROM {PINNED} AS base\nFROM base\nFROM BASE", [f"1 image immutable {PINNED}"]),
        (f"FROM {PINNED}\nFROM y:1", [f"1 image immutable {PINNED}", "2 image mutable y:1"]),
        ("ARG V=1.2\nFROM img:$V", ["2 image mutable img:1.2"]),
        (f"ARG D={DIGEST}\nFROM img@${{D}}", [f"2 image immutable img@{DIGEST}"]),
        ("ARG I\nFROM $I", ["2 image unknown $I"]),
        ("FROM ${I:-img:1}", ["1 image mutable img:1"]),
        (f"FROM {PINNED}\nARG V=1\nFROM img:$V", [f"1 image immutable {PINNED}", "3 image unknown img:$V"]),
        ('ARG I="img:1"\nFROM "$I"', ["2 image mutable img:1"]),
        (f"ARG S=base\nFROM {PINNED} AS $S\nFROM base", [f"2 image immutable {PINNED}"]),
        ("# syntax=docker/dockerfile:1\nFROM scratch", ["1 image mutable docker/dockerfile:1"]),
        (f"# syntax=docker/dockerfile:1@{DIGEST}\n", [f"1 image immutable docker/dockerfile:1@{DIGEST}"]),
        (
            f"FROM {PINNED} AS a\nCOPY --from=a / /\nCOPY --from=0 / /\nCOPY --from=img:1 / /",
            [f"1 image immutable {PINNED}", "4 image mutable img:1"],
        ),
        (f"COPY --from={PINNED} / /", [f"1 image immutable {PINNED}"]),
        ("ARG I=img:1\nFROM scratch\nCOPY --from=$I / /", ["3 image mutable img:1"]),
        ("FROM scratch AS a\nRUN --mount=type=bind,from=img:1,target=/x y", ["2 image mutable img:1"]),
        ("FROM scratch AS a\nRUN --mount=from=a --mount=from=0 --mount=type=cache y", []),
        ("ADD https://x.org/a /a", ["1 download mutable https://x.org/a"]),
        (f"ADD --checksum={DIGEST} https://x.org/a /a", ["1 download immutable https://x.org/a"]),
        ("ADD https://github.com/x/y.git#v1 /a", ["1 download mutable https://github.com/x/y.git#v1"]),
        (f"ADD https://github.com/x/y.git#{SHA} /a", [f"1 download immutable https://github.com/x/y.git#{SHA}"]),
        (
            f"ADD https://github.com/x/y.git#{SHA}:sub /a",
            [f"1 download immutable https://github.com/x/y.git#{SHA}:sub"],
        ),
        ("ADD git@github.com:x/y.git /a", ["1 download mutable git@github.com:x/y.git"]),
        ("ADD a.txt https://x.org/b /a", ["1 download mutable https://x.org/b"]),
        ("ADD a /a", []),
        ("RUN apt-get install -y a", ["1 os-package mutable apt install a"]),
        ("RUN apt-get install -y a=1.2 \\\n  && apk add b~=1", ["2 os-package mutable apk install b~=1"]),
        ("RUN apk add a=1.2", []),
        ("RUN pip install \\\n# comment\n  a", ["3 package mutable pip a"]),
        ("RUN <<EOF\nFROM img\npip install a\nEOF\nFROM b", ["3 package mutable pip a", "5 image mutable b"]),
        ('RUN ["pip", "install", "a"]', ["1 package mutable pip a"]),
        (
            "FROM scratch\nARG V=1.2.3\nRUN pip install a==$V b==$W",
            ["3 package exact pip a==1.2.3", "3 package exact pip b==$W"],
        ),
        ("FROM scratch\nENV V=1\nRUN npm i x@$V", ["3 package mutable npm x@1"]),
        ("ARG V=1\nFROM scratch\nARG V\nRUN npm i x@$V", ["4 package mutable npm x@1"]),
        ("ARG V=1\nFROM scratch\nRUN npm i x@$V", ["3 package exact npm x@$V"]),
        ("ONBUILD RUN pip install a", ["1 package mutable pip a"]),
        ("ONBUILD FROM a", ["1 image mutable a"]),
        ("FROM", []),
        ("not a dockerfile", []),
        ("", []),
    ],
)
def test_dockerfile(source: str, wanted: list[str]) -> None:
    assert list(facts({"Dockerfile": source})) == wanted


def test_a_command_far_down_a_long_script_is_seen() -> None:
    script = "FROM scratch\nARG V=1.2.3\nRUN <<EOF\n" + "echo $V\n" * 2000 + "pip install a\nEOF\n"
    assert list(facts({"Dockerfile": script})) == ["2004 package mutable pip a"]


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("Dockerfile", True),
        ("a/b/Dockerfile", True),
        ("Dockerfile.dev", True),
        ("Dockerfile-dev", True),
        ("dev.Dockerfile", True),
        ("dockerfile", True),
        ("Containerfile", True),
        ("Containerfile.x", True),
        ("build/Dockerfile", True),
        ("examples/Dockerfile", True),
        ("Dockerfile.md", False),
        ("Dockerfile.j2", False),
        ("Dockerfile.dockerignore", False),
        ("Dockerfile.py", False),
        ("vendor/Dockerfile", False),
        ("tests/data/Dockerfile", False),
        ("{{name}}/Dockerfile", False),
        ("MyDockerfile", False),
    ],
)
def test_which_files_are_dockerfiles(path: str, counts: bool) -> None:
    assert list(facts({path: "FROM a"})) == (["1 image mutable a"] if counts else [])


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"Dockerfile": "COPY a.sh /x/\nRUN /x/a.sh"}, "a.sh"),
        ({"sub/Dockerfile": "COPY a.sh /x/\nRUN bash a.sh"}, "sub/a.sh"),
        ({"sub/Dockerfile": "COPY sub/a.sh /x/\nRUN ./a.sh"}, "sub/a.sh"),
        ({"sub/Dockerfile": "COPY . /x/\nRUN ./a.sh"}, "sub/a.sh"),
    ],
)
def test_copied_scripts_are_read(files: dict[str, str], path: str) -> None:
    assert list(facts({**files, path: "\npip install a\n"}, path)) == ["2 package mutable pip a"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("services:\n  a:\n    image: x:1\n  b:\n    image: y:1\n", ["3 image mutable x:1", "5 image mutable y:1"]),
        (
            f"services:\n  a:\n    image: {PINNED}\n  b:\n    image: y:1\n",
            [f"3 image immutable {PINNED}", "5 image mutable y:1"],
        ),
        ("services:\n  a:\n    image: ${I:-x:1}\n", ["3 image mutable x:1"]),
        ("services:\n  a:\n    image: ${I}\n", ["3 image unknown ${I}"]),
        ("services:\n  a:\n    build: .\n", []),
        ("services:\n  a:\n    build: .\n    image: mine:1\n  b:\n    image: mine:2\n", []),
        (
            (
                "services:\n  a:\n    build:\n      context: .\n      additional_contexts: {base: ./b}\n"
                "  b:\n    image: base\n"
            ),
            [],
        ),
        (
            "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM x:1\n        RUN y\n",
            ["5 image mutable x:1"],
        ),
        ("services:\n  a: text\n  b:\n    image: [x]\n", []),
        ("services: []\n", []),
        ("x-a: &a {image: x:1}\nservices:\n  b: *a\n", ["1 image mutable x:1"]),
        ("version: '3'\n", []),
        ("services: [\n", ["2 ! is not valid YAML: did not find expected node content"]),
    ],
)
@pytest.mark.parametrize(
    "path", ["compose.yaml", "sub/docker-compose.yml", "docker-compose.dev.yml", "compose.dev.yaml", "compose-x.yml"]
)
def test_compose(path: str, source: str, wanted: list[str]) -> None:
    assert list(facts({path: source})) == wanted


def test_a_broken_file_does_not_hide_the_next() -> None:
    files: dict[str, str | bytes] = {
        "Dockerfile": b"\0", "a/Dockerfile": "FROM a", "compose.yml": "a: [\n",
        "z/compose.yml": "services: {a: {image: b}}\n",
        ".devcontainer.json": "{", ".devcontainer/devcontainer.json": '{"image": "c"}',
    }  # fmt: skip
    assert list(facts(files)) == [
        "None ! is not text",
        "1 image mutable a",
        "2 ! is not valid YAML: did not find expected node content",
        "1 image mutable b",
        "1 ! is not valid YAML: did not find expected node content",
        "1 image mutable c",
    ]


@pytest.mark.parametrize(
    ("container", "wanted"),
    [
        ('{"image": "x:1"}', ["1 image mutable x:1"]),
        (f'{{\n// c\n"image": "{PINNED}",}}', [f"3 image immutable {PINNED}"]),
        (
            '{"features": {\n"g.io/a/b:1": {},\n"g.io/a/c": {}}}',
            ["2 image mutable g.io/a/b:1", "3 image mutable g.io/a/c"],
        ),
        (f'{{"features": {{"g.io/a/b@{DIGEST}": {{}}}}}}', [f"1 image immutable g.io/a/b@{DIGEST}"]),
        (
            f'{{"features": {{"g.io/a/b@{DIGEST}": {{\n"version": "latest"}}}}}}',
            [f"1 image immutable g.io/a/b@{DIGEST}", "2 toolchain mutable version: latest"],
        ),
        (f'{{"features": {{"g.io/a/b@{DIGEST}": {{"version": "1.2"}}}}}}', [f"1 image immutable g.io/a/b@{DIGEST}"]),
        (f'{{"features": {{"g.io/a/b@{DIGEST}": "latest"}}}}', [f"1 image immutable g.io/a/b@{DIGEST}"]),
        ('{"features": {"./local": {}, "https://x.org/a.tgz": {}}}', []),
        ('{"postCreateCommand": "pip install a"}', ["1 package mutable pip a"]),
        ('{"onCreateCommand": {"a": "true",\n"b": "pip install a"}}', ["2 package mutable pip a"]),
        ('{"postStartCommand": ["pip", "install", "a"]}', []),
        ('{"build": {"dockerfile": "Dockerfile"}}', []),
        ("[]", []),
        ("", []),
    ],
)
@pytest.mark.parametrize(
    "path", [".devcontainer/devcontainer.json", ".devcontainer.json", ".devcontainer/x/devcontainer.json"]
)
def test_devcontainer(path: str, container: str, wanted: list[str]) -> None:
    assert list(facts({path: container})) == wanted


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (
            {"features": {"g.io/a/b:1": {"version": "1.0.0", "resolved": f"g.io/a/b@{DIGEST}", "integrity": DIGEST}}},
            "immutable",
        ),
        ({"features": {"g.io/a/b:1": {"resolved": "g.io/a/b:1.0.0"}}}, "mutable"),
        ({"features": {"g.io/a/other:1": {"resolved": f"x@{DIGEST}"}}}, "mutable"),
        ({"features": []}, "mutable"),
        ([], "mutable"),
    ],
)
@pytest.mark.parametrize(
    ("path", "locked"),
    [
        (".devcontainer/devcontainer.json", ".devcontainer/devcontainer-lock.json"),
        (".devcontainer.json", ".devcontainer-lock.json"),
    ],
)
def test_devcontainer_lock(path: str, locked: str, lock: object, wanted: str) -> None:
    files = {path: '{"features": {"g.io/a/b:1": {}}}', locked: json.dumps(lock)}
    assert list(facts(files)) == [f"1 image {wanted} g.io/a/b:1"]


@pytest.mark.parametrize("name", ["./local", "./local/", "../.devcontainer/local"])
def test_a_feature_of_the_repository_is_read(name: str) -> None:
    files = {
        ".devcontainer/devcontainer.json": f'{{"features": {{"{name}": {{}}}}}}',
        ".devcontainer/local/install.sh": "#!/bin/sh\npip install a\n",
    }
    assert list(facts(files)) == ["2 package mutable pip a"]
