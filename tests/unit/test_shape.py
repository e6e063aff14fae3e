"""Shapes: what does not have one, and the JSON Schema of one."""

from __future__ import annotations

import jsonschema
import pytest

from sscop.artefacts.nodes import load
from sscop.artefacts.shape import Fields, Flag, Many, Shape, Word, Words, problems, schema

WORD = Word("a word")
SHAPE = Fields(
    "All kinds.",
    {
        "word": WORD,
        "choice": Word("a choice", choices=("one", "two")),
        "number": Word("a number", choices=("1", "2"), integer=True),
        "any-number": Word("a number", integer=True),
        "pattern": Word("a date", pattern=r"\d{4}|x"),
        "list": Many("words", WORD),
        "inner": Fields("Inner.", {"a": WORD, "b": WORD}, required=("a",)),
        "empty": Fields("Nothing.", {}),
        "day": Word("when", day=True),
        "flag": Flag("whether"),
        "many": Word("one of many", choices=tuple(f"name-{n}" for n in range(20))),
    },
    required=("word",),
)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("word: x\n", []),
        ("word: x\nchoice: two\nnumber: 1\npattern: '2026'\nlist: [a, b]\ninner: {a: x}\nempty: {}\n", []),
        ("word: x\nlist: []\n", []),
        ("\n- word\n", ["2 the file must be a mapping of `word`, `choice`"]),
        ("word: x\nchoice: three\n", ["2 `choice` can't be `three`; it is one of `one`, `two`"]),
        ("word: x\nnumber: 3\n", ["2 `number` can't be `3`; it is one of `1`, `2`"]),
        ("word: x\npattern: 20266\n", ["2 `pattern` can't be `20266`; a date"]),
        ("word: x\npattern: yx\n", ["2 `pattern` can't be `yx`; a date"]),
        (
            "word: x\nlist:\n  - a\n  -\n  - {b: c}\n",
            ["4 an entry of `list` must be a text; a word", "5 an entry of `list` must be a text; a word"],
        ),
        ("word: x\nlist: {a: b}\n", ["2 `list` must be a list"]),
        (
            "word: x\ninner:\n  b: y\n  c: z\n",
            ["4 unknown key `c` in `inner`; it knows `a`, `b`", "3 `inner` needs the key `a`"],
        ),
        ("word: x\nempty: {a: b}\n", ["2 unknown key `a` in `empty`; it takes none"]),
        ("word: x\nempty: b\n", ["2 `empty` must be a mapping of nothing"]),
        ("word: x\nday: 2028-02-29\nflag: true\nmany: name-3\n", []),
        ("word: x\nday: 2026-02-29\n", ["2 `day` can't be `2026-02-29`; a calendar day as YYYY-MM-DD: when"]),
        ("word: x\nday: 20260228\n", ["2 `day` can't be `20260228`"]),
        ("word: x\nflag: yes\n", ["2 `flag` must be `true` or `false`"]),
        ("word: x\nflag: [true]\n", ["2 `flag` must be `true` or `false`"]),
        ("word: x\nmany: name-33\n", ["2 `many` can't be `name-33`; did you mean `name-3`?"]),
        ("choice: one\n", ["1 the file needs the key `word`"]),
        ("word: ~\n", ["1 `word` must be a text; a word"]),
        ("word: ''\n", []),
        ("wrod: x\n", ["1 unknown key `wrod` in the file; did you mean `word`?", "1 the file needs the key `word`"]),
    ],
)
def test_problems(source: str, wanted: list[str]) -> None:
    found = [f"{problem.line} {problem.text}" for problem in problems(load(source), SHAPE)]
    assert len(found) == len(wanted)
    for one, start in zip(found, wanted):
        assert one.startswith(start)


@pytest.mark.parametrize(
    ("shape", "wanted"),
    [
        (WORD, {"type": "string", "description": "a word"}),
        (Word("c", choices=("a", "b")), {"type": "string", "enum": ["a", "b"], "description": "c"}),
        (Word("p", pattern="a|b"), {"type": "string", "pattern": "^(?:a|b)$", "description": "p"}),
        (Word("n", choices=("1",), integer=True), {"type": "integer", "enum": [1], "description": "n"}),
        (Word("n", integer=True), {"type": "integer", "description": "n"}),
        (Many("m", WORD), {"type": "array", "items": {"type": "string", "description": "a word"}, "description": "m"}),
        (Fields("f", {}), {"type": "object", "additionalProperties": False, "properties": {}, "description": "f"}),
        (
            Fields("f", {"a": WORD}, ("a",)),
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"a": {"type": "string", "description": "a word"}},
                "required": ["a"],
                "description": "f",
            },
        ),
    ],
)
def test_schema(shape: Shape, wanted: object) -> None:
    assert schema(shape) == wanted
    jsonschema.Draft202012Validator.check_schema(schema(shape))


@pytest.mark.parametrize(("given", "wrong"), [("a", 0), ("[a, b]", 0), ("[]", 0), ("{a: b}", 1), ("[[a]]", 1), ("", 1)])
def test_a_text_or_a_list_of_texts(given: str, wrong: int) -> None:
    shape = Fields("x", {"k": Words("a glob")})
    assert len(list(problems(load(f"k: {given}"), shape))) == wrong
    assert schema(shape)["properties"]["k"]["anyOf"][0] == {"type": "string"}
