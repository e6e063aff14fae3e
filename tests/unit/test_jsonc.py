"""JSON with comments."""

from __future__ import annotations

import json

import pytest

from sscop.artefacts.jsonc import load
from sscop.artefacts.nodes import Text, mapping
from sscop.repository import Malformed


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('{"a": 1} // end', {"a": "1"}),
        ('// start\n{"a": /* in */ "b"}', {"a": "b"}),
        ('{"a": "http://x/*y*/", "b": "//"}', {"a": "http://x/*y*/", "b": "//"}),
        ('{"a": [1, 2,], "b": {"c": 1,},}', {"a": ["1", "2"], "b": {"c": "1"}}),
        ('{"a": ",]", "b": ",}"}', {"a": ",]", "b": ",}"}),
        ('{"a": [1, // x\n]}', {"a": ["1"]}),
        ('{\t"a":\t1}', {"a": "1"}),
        ('{"a":"b","c":["d"]}', {"a": "b", "c": ["d"]}),
        (r'{"a": "\"//\\", "b": 1}', {"a": '"//\\', "b": "1"}),
        (r'{"a": "\/\u00e9\b\f\n\r\t"}', {"a": "/é\b\f\n\r\t"}),
        (r'{"a": "\ud83d\ude00 \uD83D\uDE00"}', {"a": "\U0001f600 \U0001f600"}),
        ("", ""),
        ("// nothing", ""),
        ("[]", []),
        ('{"a": null, "b": true}', {"a": "null", "b": "true"}),
        ('{"a": "x: y # z"}', {"a": "x: y # z"}),
        ('{"a" : "b" /* open', None),
        ('{"a": "open}', None),
        ('{"a": 1, "a": 2}', None),
        ('{"a": 1', None),
        (r'{"a": "\ud83d"}', None),
        ("[" * 200_000, None),
        ('{"a":' * 200_000, None),
    ],
)
def test_load(source: str, wanted: object) -> None:
    if wanted is None:
        with pytest.raises(Malformed):
            load(source)
    else:
        assert load(source) == wanted


def test_lines_stay() -> None:
    node = mapping(load('// one\n/* two\nthree */ {\n  "a": 1, // four\n\n  "b": "x", /* y */\n}\n'))
    assert [(key, key.line) for key, _ in node.pairs()] == [("a", 4), ("b", 6)]
    value = node["b"]
    assert isinstance(value, Text)
    assert value.line == 6


@pytest.mark.parametrize("indent", [None, "\t", 2])
def test_plain_json(indent: str | int | None) -> None:
    value = {"k,}": ["//", {"é": "/*"}], 'q"': "\\"}
    assert load(json.dumps(value, indent=indent)) == value


@pytest.mark.parametrize("source", ["/*" * 100_000, '\\"' * 200_000, '"' * 200_001, "//" * 100_000, "," * 200_000])
def test_a_file_of_openings_ends(source: str) -> None:
    with pytest.raises(Malformed):
        load("{" + source)
