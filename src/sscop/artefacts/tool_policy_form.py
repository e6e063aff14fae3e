"""The form of a tool policy, from which come its reader's complaints and the JSON Schema that is published."""

from __future__ import annotations

from typing import Any

from sscop.artefacts.shape import Fields, Many, Shape, Word, Words, schema

FILE = "tool-policy.yaml"
KINDS = {
    "action": "an action or reusable workflow, such as actions/*",
    "image": "a container image without its tag, such as python or ghcr.io/acme/*",
    "registry": "a registry that any image may come from, such as ghcr.io/acme or docker.io",
    "hook": "a pre-commit hook's repository, such as astral-sh/ruff-pre-commit",
    "include": "an include, orb, pipe or template of a pipeline, by its name",
    "tool": "a toolchain or tool whose version is stated, such as python or terraform",
    "package": "a package that a build installs, such as pip:tox or apt:*",
    "download": "an address that a build downloads from, such as https://dl.acme.example/*",
    "runner": "a runner's label, such as ubuntu-24.04",
}
"""What an entry may be about: exactly one of these."""

_DAY = Word("a date, such as 2026-11-23", pattern=r"\d{4}-\d{2}-\d{2}")
_EVERY = Word("how long a review holds, such as 12 months")
_OWNER = Word("the role (not the person) that answers for it")


def shape() -> Fields:
    """The shape of the file."""
    kinds: dict[str, Shape] = {kind: Words(about) for kind, about in KINDS.items()}
    tool = Fields(
        "A tool, or several of one kind, that may be used. It names exactly one kind.",
        {
            **kinds,
            "versions": Words("versions that may be used: `3.13` stands for its later parts too, `*` for anything"),
            "digests": Words("commits or digests that may be used"),
            "purpose": Word("what it is used for"),
            "owner": _OWNER,
            "reviewed": _DAY,
            "review-every": _EVERY,
        },
    )
    hardening = Fields(
        "How the environment is hardened.",
        {
            "guide": Words("the guide or benchmark that it is hardened by"),
            "evidence": Words("where its result is: a path of this repository, or an address"),
        },
    )
    environment = Fields(
        "An environment that builds.",
        {
            "name": Word("what it is called"),
            "runners": Words("the labels of its runners"),
            "images": Words("the images that make it"),
            "owner": _OWNER,
            "reviewed": _DAY,
            "review-every": _EVERY,
            "hardening": hardening,
        },
        required=("name",),
    )
    return Fields(
        "The tools and environments that may build this.",
        {
            "version": Word("the format's version", choices=("1",), integer=True),
            "owner": _OWNER,
            "reviewed": _DAY,
            "review-every": _EVERY,
            "violations": Word("what is not allowed fails the check, or is advice", choices=("fail", "advice")),
            "tools": Many("what may be used", tool),
            "environments": Many("what may be built in", environment),
        },
        required=("version",),
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the file, for editors."""
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FILE, **schema(shape())}
    found["properties"]["tools"]["items"]["oneOf"] = [{"required": [kind]} for kind in KINDS]
    return found
