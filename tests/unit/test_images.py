"""Container image references."""

from __future__ import annotations

import pytest

from helpers import DIGEST
from sscop.artefacts.images import judge, name, reference, split


@pytest.mark.parametrize(
    ("image", "bare", "tag", "key"),
    [
        ("python", "python", "", "python"),
        ("python:3.12", "python", "3.12", "python"),
        ("docker.io/library/python:3", "docker.io/library/python", "3", "python"),
        ("index.docker.io/a/b", "index.docker.io/a/b", "", "a/b"),
        ("docker.io/a/b:1", "docker.io/a/b", "1", "a/b"),
        ("localhost:5000/a/b", "localhost:5000/a/b", "", "localhost:5000/a/b"),
        ("localhost:5000/a/b:2", "localhost:5000/a/b", "2", "localhost:5000/a/b"),
        (f"a:1@{DIGEST}", "a", "1", "a"),
        (f"a@{DIGEST}", "a", "", "a"),
    ],
)
def test_split_and_name(image: str, bare: str, tag: str, key: str) -> None:
    assert split(image) == (bare, tag)
    assert name(image) == key


@pytest.mark.parametrize(
    ("image", "fixity"),
    [
        (f"python@{DIGEST}", "immutable"),
        (f"python:3.12@{DIGEST}", "immutable"),
        (f"x@sha512:{'a' * 128}", "immutable"),
        (f"${{REGISTRY}}/x@{DIGEST}", "immutable"),
        ("python", "mutable"),
        ("python:3.12.1", "mutable"),
        ("python:latest", "mutable"),
        ("ghcr.io/a/b:v1", "mutable"),
        ("localhost:5000/a", "mutable"),
        ("a@sha256:abc", "mutable"),
        ("$IMAGE", "unknown"),
        ("python:${VERSION}", "unknown"),
        ("${{ inputs.image }}", "unknown"),
        ("", None),
        ("scratch", None),
        ("IMAGE", None),
        ("<image>", None),
        ("python:", None),
        ("a b", None),
        ("python:3.12\n", None),
    ],
)
def test_judge(image: str, fixity: str | None) -> None:
    judged = judge(image)
    assert (judged.fixity.value if judged else None) == fixity


@pytest.mark.parametrize(
    ("image", "why", "pin"),
    [
        ("a:1", "tag `1` can be moved to another image", "`a:1@sha256:<digest>`"),
        ("a", "no tag, so whatever is `latest`", "`a@sha256:<digest>`"),
    ],
)
def test_advice(image: str, why: str, pin: str) -> None:
    judged = judge(image)
    assert judged is not None
    assert (judged.why, judged.pin) == (why, pin)


def test_reference() -> None:
    found = reference("docker.io/library/a:1", "Dockerfile", 3, "a note")
    assert found is not None
    assert (found.tool.value, found.path, found.line, found.subject, found.key, found.note) == (
        "image", "Dockerfile", 3, "docker.io/library/a:1", "a", "a note",
    )  # fmt: skip
    assert reference("scratch", "Dockerfile", 1) is None
