"""Bake files: which names are the repository's own."""

from __future__ import annotations

import pytest

from helpers import facts
from sscop.artefacts.bake import load


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('target "a" {\n contexts = {\n  base = "target:base"\n }\n}\n', ["base"]),
        ('contexts = { "ghcr.io/x/y" = "target:y", other = "docker-image://z" }', ["ghcr.io/x/y"]),
        ('contexts = { src = "./src", up = "../up" }', ["src", "up"]),
        ('variable "IMG" { default = "corp/base" }\ncontexts = { (IMG) = "target:base" }', ["corp/base"]),
        (
            'variable "A" { default = "${B}/x" }\nvariable "B" { default = "corp" }\ncontexts = { (A) = "target:t" }',
            ["corp/x"],
        ),
        ('{"target": {"a": {"contexts": {"base": "target:b"}}}}', ["base"]),
        ("", []),
        ("not bake at all {{{", []),
    ],
)
def test_load(source: str, wanted: list[str]) -> None:
    assert load(source) == wanted


def test_an_own_context_is_no_reference() -> None:
    files = {"Dockerfile": "FROM base\nFROM other\n", "docker-bake.hcl": 'contexts = { base = "target:base" }\n'}
    assert list(facts(files)) == ["2 image mutable other"]
