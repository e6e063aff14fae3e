"""TOML: values, malformed texts with their line, and where things stand."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.toml import Lines, load
from sscop.repository import Malformed

TEXT = '''\
[project]
name = "x"
dependencies = [
  "flask>=3",  # ] not the end
  "click",
]
description = """
[not-a-table]
key = 1
"""
other = \'\'\'one\'\'\'

[tool.uv.sources]
flask = { git = "https://example.org/flask" }
click.path = "../click"

[[package]]
name = "a"
[package.metadata]
x = 1
[[package]]
"quoted name" = "b"
'''


def test_values() -> None:
    assert load(TEXT)["project"]["dependencies"] == ["flask>=3", "click"]


def test_malformed_with_line() -> None:
    with pytest.raises(Malformed) as problem:
        load("a = 1\nb = = 2\n")
    assert problem.value.line == 2
    assert "TOML" in problem.value.reason


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 50_000, "a = " + "9" * 5_000, "a = 2020-13-45", "a." * 50_000 + "a = 1"]
)
def test_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        load(text)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("project",), 1),
        (("project", "name"), 2),
        (("project", "dependencies"), 3),
        (("project", "other"), 11),
        (("project", "key"), 1),
        (("not-a-table",), None),
        (("tool", "uv", "sources", "flask"), 14),
        (("tool", "uv", "sources", "click"), 15),
        (("tool", "uv", "sources", "click", "path"), 15),
        (("package", "0", "name"), 18),
        (("package", "0", "metadata", "x"), 20),
        (("package", "1", "quoted name"), 22),
    ],
)
def test_at(path: tuple[str, ...], line: int | None) -> None:
    assert Lines(TEXT).at(*path) == line


def test_of() -> None:
    lines = Lines(TEXT)
    assert lines.of("click", "project", "dependencies") == 5
    assert lines.of("absent", "project", "dependencies") == 3
    assert lines.of("quoted", "package", "1", "quoted name") == 22
    assert lines.of("x", "nothing") is None


@settings(deadline=None, max_examples=250)
@given(
    st.lists(
        st.sampled_from(["[a]", "[[a.b]]", "x = ", '"""', "'''", "[", "]", "{", "}", '"', "'", "\n", "#", ".", "1"])
        | st.text(max_size=5)
    ).map("".join)
)
def test_any_text(text: str) -> None:
    Lines(text).of("x", "a", "b")
    with suppress(Malformed):
        load(text)
