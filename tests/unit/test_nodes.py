"""YAML as values that know their lines."""

from __future__ import annotations

import json

import pytest

from sscop.artefacts.nodes import MAX_DEPTH, Entries, Items, Text, documents, items, load, mapping, text, texts
from sscop.repository import Malformed


def _places(node: object, path: str = "") -> list[str]:
    """Every scalar as `LINE PATH=VALUE`."""
    if isinstance(node, Entries):
        return [one for key, value in node.pairs() for one in _places(value, f"{path}.{key}")]
    if isinstance(node, Items):
        return [one for n, value in enumerate(node) for one in _places(value, f"{path}[{n}]")]
    assert isinstance(node, Text)
    return [f"{node.line} {path}={node}"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a: 1\nb:\n  - x\n  - y: z\n", ["1 .a=1", "3 .b[0]=x", "4 .b[1].y=z"]),
        ("on: yes\nv: 3.10\nd: 2020-07-01\nn: 0x1F\n", ["1 .on=yes", "2 .v=3.10", "3 .d=2020-07-01", "4 .n=0x1F"]),
        ("a: 'x'\nb: \"y\\tz\"\n", ["1 .a=x", "2 .b=y\tz"]),
        ("\n\n# c\na: [1,\n  2]\n", ["4 .a[0]=1", "5 .a[1]=2"]),
        ("a: {b: 1,\n c: 2}\n", ["1 .a.b=1", "2 .a.c=2"]),
        ("a: |\n  x\n  y\nb: 1\n", ["1 .a=x\ny\n", "4 .b=1"]),
        ("a: >-\n  x\n  y\nb: 1\n", ["1 .a=x y", "4 .b=1"]),
        ("a: x\n  y\nb: 1\n", ["1 .a=x y", "3 .b=1"]),
        ("a: &n 5\nb: *n\n", ["1 .a=5", "1 .b=5"]),
        ("a: &n {x: 1}\nb:\n  <<: *n\n  y: 2\n", ["1 .a.x=1", "4 .b.y=2", "1 .b.x=1"]),
        ("a: &n {x: 1}\nb:\n  x: 2\n  <<: *n\n", ["1 .a.x=1", "3 .b.x=2"]),
        ("b:\n  <<: [{x: 1, y: 1}, {x: 2, z: 2}]\n", ["2 .b.x=1", "2 .b.y=1", "2 .b.z=2"]),
        ("b:\n  '<<': {x: 1}\n", ["2 .b.<<.x=1"]),
        ("b:\n  <<: nothing\n  c: 1\n", ["3 .b.c=1"]),
        ("? [a, b]\n: 1\nc: 2\n", ["2 .?=1", "3 .c=2"]),
        ("- !reference [.x, script]\n- !!str 5\n", ["1 [0][0]=.x", "1 [0][1]=script", "2 [1]=5"]),
        ("a: b\u2028c\nd: 1\u0085\ne: 2\n", ["1 .a=b c", "2 .d=1", "3 .e=2"]),
        ("%YAML 1.1\n---\na: 1\n", ["3 .a=1"]),
        ("a: *n\n".replace("*n", "'*n'"), ["1 .a=*n"]),
        ("a:\nb: ~\nc: null\n", ["1 .a=", "2 .b=~", "3 .c=null"]),
        ("\ufeffa: 1\n", ["1 .a=1"]),
    ],
)
def test_load(source: str, wanted: list[str]) -> None:
    assert _places(load(source)) == wanted


@pytest.mark.parametrize(
    "value", [{"a": [1, "x", None, True, {"b": {}}]}, [], {}, "text", 5, {"é": '\u20ac\n"'}, [[[]]]]
)
def test_json_is_yaml(value: object) -> None:
    def plain(one: object) -> object:
        if isinstance(one, dict):
            return {key: plain(inner) for key, inner in one.items()}
        if isinstance(one, list):
            return [plain(inner) for inner in one]
        return one if isinstance(one, str) else json.dumps(one)

    assert load(json.dumps(value)) == plain(value)
    assert load(json.dumps(value, indent=1)) == plain(value)
    assert load(json.dumps(value, separators=(",", ":"))) == plain(value)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("a: 1\nb: [1\n", 3, "is not valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "is not valid YAML"),
        ("a: b: c\n", 1, "is not valid YAML: mapping values are not allowed in this context"),
        ("a: 'x\n", 2, "is not valid YAML"),
        ("a: \x01\n", None, "is not valid YAML"),
        ("a: @x\n", 1, "is not valid YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, "has the key 'a' twice"),
        ("x:\n  - {a: 1, a: 2}\n", 2, "has the key 'a' twice"),
        ("a: *none\n", 1, "alias *none has no anchor before it, or stands inside it"),
        ("a: &x\n  b:\n    c: *x\n", 3, "alias *x has no anchor before it, or stands inside it"),
        ("a: &x 1\n---\nb: *x\n", 3, "alias *x has no anchor before it"),
        ("- &a\n  - *a\n", 2, "alias *a has no anchor"),
        ("[" * 101, 1, "is nested more than 100 levels deep"),
        ("\n" + "[" * 40_000 + "]" * 40_000, 2, "is nested more than 100 levels deep"),
        ("{a: " * 40_000, 1, "is nested more than 100 levels deep"),
        ("- " * 40_000, 1, "is nested more than 100 levels deep"),
        ("\n".join(f"{' ' * n}a:" for n in range(150)), 101, "is nested more than 100 levels deep"),
    ],
)
def test_malformed(source: str, line: int | None, reason: str) -> None:
    with pytest.raises(Malformed) as caught:
        documents(source)
    assert caught.value.reason.startswith(reason)
    assert caught.value.line == line


def test_the_deepest_is_read() -> None:
    node = load("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    for _ in range(MAX_DEPTH - 1):
        assert isinstance(node, Items)
        node = node[0]
    assert node == []


@pytest.mark.parametrize(
    "source",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi")),
        "a: &a {x: 1}\n"
        + "".join(
            f"{b}: &{b} {{p: *{a}, q: *{a}}}\n" for a, b in zip("abcdefghijklmnopqrstu", "bcdefghijklmnopqrstuv")
        ),
        "".join(f"- &n{n} [{', '.join([f'*n{n - 1}'] * 10)}]\n" if n else "- &n0 1\n" for n in range(9)),
    ],
)
def test_an_alias_bomb(source: str) -> None:
    with pytest.raises(Malformed, match="expands to more than 1,000,000 values"):
        load(source)


def test_many_aliases_that_are_no_bomb() -> None:
    node = load("a: &a [1, 2]\nb: [" + ", ".join(["*a"] * 1000) + "]\n")
    assert len(items(mapping(node).get("b"))) == 1000


def test_documents() -> None:
    assert documents("a: 1\n---\n- 2\n---\n") == [{"a": "1"}, ["2"], ""]
    assert documents("") == documents("# only a comment\n") == []


@pytest.mark.parametrize("source", ["", "\n\n", "# c\n"])
def test_an_empty_text_is_an_empty_scalar(source: str) -> None:
    node = load(source)
    assert isinstance(node, Text)
    assert (node, node.line, node.is_null) == ("", 1, True)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a: x\n   y\n\n   z\n", "x\ny\n\nz"),
        ("a: >\n   x\n     y\n   z\n", "x\n  y\nz"),
        ("a: >-\n\n  x\n", "\nx"),
        ("a: one\n", None),
        ("a: |\n  x\n", None),
        ("a: 'x\n  y'\n", None),
        ("[a, b\n c]", None),
        ("a: x\r   y\r", "x\ny"),
        ("a:\r\r\r\r b\r c\r", "b\nc"),
        ("a: >\r\r b\r c\r", "\nb\nc"),
    ],
)
def test_what_the_author_wrote(source: str, wanted: str | None) -> None:
    value = mapping(load(source)).get("a")
    assert (value.source if isinstance(value, Text) else None) == wanted


@pytest.mark.parametrize(
    ("source", "null"),
    [
        ("", True),
        ("~", True),
        ("null", True),
        ("Null", True),
        ("NULL", True),
        ("''", False),
        ("'null'", False),
        ("nULL", False),
    ],
)
def test_null(source: str, null: bool) -> None:
    node = load(source)
    assert isinstance(node, Text)
    assert node.is_null is null
    assert (text(node) is None) is null


def test_helpers_on_every_kind() -> None:
    root = mapping(load("\nm: {k: v}\ns: [x, {y: z}, ~, 'w']\nt: one\nn:\n"))
    assert [mapping(root.get(key)) for key in "mstnx"] == [{"k": "v"}, {}, {}, {}, {}]
    assert [mapping(root.get(key)).line for key in "mstnx"] == [2, 3, 4, 5, 1]
    assert [items(root.get(key)) for key in "mstnx"] == [[{"k": "v"}], ["x", {"y": "z"}, "~", "w"], ["one"], [], []]
    assert [texts(root.get(key)) for key in "mstnx"] == [[], ["x", "w"], ["one"], [], []]
    assert [text(root.get(key)) for key in "mstnx"] == [None, None, "one", None, None]


@pytest.mark.parametrize(("source", "style"), [("x", None), ("'x'", "'"), ('"x"', '"'), ("|\n x", "|"), (">\n x", ">")])
def test_style(source: str, style: str | None) -> None:
    node = load(source)
    assert isinstance(node, Text)
    assert node.style == style


def test_keys_know_their_lines() -> None:
    root = mapping(load("a: 1\n\nb:\n  c: 2\n"))
    assert [(key, key.line) for key, _ in root.pairs()] == [("a", 1), ("b", 3)]
