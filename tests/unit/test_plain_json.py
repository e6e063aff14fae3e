"""JSON as plain values, and the lines of its keys."""

from __future__ import annotations

import pytest

from sscop.artefacts.plain_json import lines, load, without_comments
from sscop.repository import Malformed

TEXT = """{
  "name": "x{\\"",
  "deps": {
    "a": "1", "b": {
      "deep": {"deeper": 1}
    }
  },
  "list": [
    {"in": 1}
  ]
}
"""


def test_values_and_lines() -> None:
    assert load(TEXT)["deps"]["a"] == "1"
    assert lines(TEXT) == {
        ("name",): 2,
        ("deps",): 3,
        ("deps", "a"): 4,
        ("deps", "b"): 4,
        ("list",): 8,
    }
    assert lines(TEXT, depth=3)[("deps", "b", "deep")] == 5


def test_comments() -> None:
    text = '{ // one\n "a": "//b", /* two */\n "c": [1,],\n}'
    assert load(without_comments(text)) == {"a": "//b", "c": [1]}
    with pytest.raises(Malformed):
        load(text)


@pytest.mark.parametrize(
    ("text", "line"), [("[]", 1), ('{\n"a": }', 2), ("{" * 200_000, None), ('{"a":' * 200_000, None)]
)
def test_malformed(text: str, line: int | None) -> None:
    with pytest.raises(Malformed) as problem:
        load(text)
    assert problem.value.line == line or line is None


def test_brackets_that_do_not_match_are_passed_over() -> None:
    assert lines('}]{"a": 1') == {("a",): 1}
