"""Docker commands."""

from __future__ import annotations

import pytest

from sscop.artefacts.docker import images_built, images_run
from sscop.artefacts.shell import Script, pipelines


def _commands(source: str) -> list[tuple[list[str], list[str]]]:
    return [
        ([word.text for word in images_run(command)], list(images_built(command)))
        for pipeline in pipelines(Script(source, 1))
        for command in pipeline
    ]


@pytest.mark.parametrize(
    ("source", "run"),
    [
        ("docker run alpine", ["alpine"]),
        ("docker run --rm -it -v /a:/b -e X=1 alpine:3 sh -c 'docker run x'", ["alpine:3"]),
        ("docker run --rm --name=x --user 1000 alpine", ["alpine"]),
        ("docker container run -d nginx", ["nginx"]),
        ("docker image pull nginx", ["nginx"]),
        ("docker pull --platform linux/amd64 nginx", ["nginx"]),
        ("docker create --read-only nginx", ["nginx"]),
        ("podman run quay.io/x/y", ["quay.io/x/y"]),
        ("nerdctl pull x", ["x"]),
        ("sudo /usr/bin/docker run x", ["x"]),
        ("docker run", []),
        ("docker run --rm", []),
        ("docker run -v", []),
        ("docker ps", []),
        ("docker compose run web", []),
        ("docker exec x y", []),
        ("docker build .", []),
        ("notdocker run x", []),
        ("docker", []),
    ],
)
def test_images_run(source: str, run: list[str]) -> None:
    assert _commands(source)[0][0] == run


@pytest.mark.parametrize(
    ("source", "built"),
    [
        ("docker build -t a:1 .", ["a:1"]),
        ("docker build --tag a -t b --tag=c .", ["a", "b", "c"]),
        ("docker buildx build -t a .", ["a"]),
        ("docker image build -t a .", ["a"]),
        ("docker tag a b:1", ["b:1"]),
        ("docker image tag a b", ["b"]),
        ("docker tag a", []),
        ("docker build .", []),
        ("docker build -t", []),
        ("docker push a", []),
    ],
)
def test_images_built(source: str, built: list[str]) -> None:
    assert _commands(source)[0][1] == built
