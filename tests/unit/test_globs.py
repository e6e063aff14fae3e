"""Globs: what they match, and what the listing may conclude from them without matching."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.repository.globs import anchor, compiled, expand, suffix


@pytest.mark.parametrize(
    ("glob", "matching", "others"),
    [
        ("Makefile", ["Makefile", "makefile"], ["a/Makefile", "Makefile.am", "aMakefile"]),
        ("*.yml", ["a.yml", ".yml", "A.YML"], ["a/b.yml", "a.yml.bak", "a.yml\n", "ayml"]),
        ("a/*.yml", ["a/b.yml"], ["a/b/c.yml", "b.yml", "ba/b.yml"]),
        ("**/x", ["x", "a/x", "a/b/x"], ["ax", "a/bx", "x/a"]),
        ("a/**/x", ["a/x", "a/b/x", "a/b/c/x"], ["ax", "a/bx", "b/a/x"]),
        ("a/**", ["a/x", "a/b/x"], ["a", "b/a/x"]),
        ("a/", ["a/x", "a/b/x"], ["a", "ab/x"]),
        ("a**b", ["ab", "a/x/b", "axb"], ["ba"]),
        ("a?c", ["abc", "a.c"], ["a/c", "ac", "abbc"]),
        ("[ab].x", ["a.x", "b.x", "B.x"], ["c.x", "ab.x"]),
        ("[!ab].x", ["c.x"], ["a.x", "cc.x"]),
        ("a[!b]c", ["axc"], ["a/c", "abc"]),
        ("a[./]c", ["a.c"], ["a/c"]),
        ("a[+-9]c", ["a.c"], ["a/c"]),
        ("[a-c]x", ["bx"], ["dx", "-x"]),
        ("[]a]x", ["]x", "ax"], ["bx"]),
        ("[!]a]x", ["bx"], ["]x", "ax"]),
        ("[\\]x", ["\\x"], ["x"]),
        ("[[]x", ["[x"], ["]x"]),
        ("[.]x", [".x"], ["ax"]),
        ("[a", ["[a"], ["a"]),
        ("{a,b}.x", ["a.x", "b.x"], ["c.x", "{a,b}.x"]),
        ("{a,{b,c}}", ["a", "b", "c"], ["d"]),
        ("{a}", ["a"], ["{a}"]),
        ("x{,.y}", ["x", "x.y"], ["x,"]),
        ("{a,b}/{c,d}", ["a/c", "a/d", "b/c", "b/d"], ["a/b"]),
        ("{a", ["{a"], ["a"]),
        ("a+(b).c$", ["a+(b).c$"], ["aab.c", "a+(b)xc$"]),
        ("caf\udce9.*", ["caf\udce9.md"], ["caf\udce8.md"]),
        ("a\nb", ["a\nb"], ["a", "b"]),
        ("*", ["a", "a\nb", ""], ["a/b"]),
        ("", [""], ["a"]),
    ],
)
def test_matches(glob: str, matching: list[str], others: list[str]) -> None:
    pattern = compiled(glob)
    assert [path for path in matching if not pattern.match(path)] == []
    assert [path for path in others if pattern.match(path)] == []


@pytest.mark.parametrize(
    "glob", ["[z-a]", "[!]", "[^]", "[]", "[a&&b]", "[a--b]", "[a||b]", "[a~~b]", "[[:x:]]", "[!", "[^"]
)
def test_odd_class_is_no_error(glob: str) -> None:
    assert not compiled(glob).match("something else")


@pytest.mark.parametrize("glob", ["[z-a]", "[!]", "[^]", "[]"])
def test_class_that_cannot_be_is_taken_as_written(glob: str) -> None:
    assert compiled(glob).match(glob)


def test_braces_in_plenty_stay_few() -> None:
    assert len(expand("{a,b}" * 40)) <= 10_000


@pytest.mark.parametrize(
    ("glob", "wanted"),
    [("a.{yml,yaml}", ["a.yml", "a.yaml"]), ("a", ["a"]), ("{x,y}{1,2}", ["x1", "x2", "y1", "y2"]), ("{}", [""])],
)
def test_expand(glob: str, wanted: list[str]) -> None:
    assert expand(glob) == wanted


@pytest.mark.parametrize(
    ("glob", "wanted"),
    [
        ("**/*.YML", "yml"),
        ("**/.nvmrc", "nvmrc"),
        ("**/Makefile", ""),
        ("a.b/Makefile", ""),
        ("**/Dockerfile*", None),
        ("**/Dockerfile.*", None),
        ("a.*/b.md", "md"),
        ("**", None),
        ("x.y[ab]", None),
    ],
)
def test_suffix(glob: str, wanted: str | None) -> None:
    assert suffix(glob) == wanted


@pytest.mark.parametrize(
    ("glob", "wanted"),
    [
        ("**/Dockerfile[.-]*", "dockerfile"),
        ("**/*", ""),
        ("a*bcd?e", "bcd"),
        ("xy/**/[]a]", "xy/"),
        ("x/[!]a]", "x/"),
        ("x/y", "x/y"),
        (".github/**/*.yml", ".github/"),
        ("é*ab", "ab"),
        ("é*", ""),
    ],
)
def test_anchor(glob: str, wanted: str) -> None:
    assert anchor(glob) == wanted


def _oracle(glob: str) -> re.Pattern[str]:
    """A glob as one plain regular expression, which says the same in its own time."""
    names = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    out, at = "", 0
    while at < len(glob):
        token = next((one for one in names if glob.startswith(one, at)), glob[at])
        if token == "**/" and at and glob[at - 1] != "/":
            token = "**"
        out += names.get(token) or re.escape(token)
        at += len(token)
    return re.compile(out + r"\Z", re.IGNORECASE | re.DOTALL)


GLOBS = st.lists(st.sampled_from(["a", "b", "Ab", "/", "*", "**/", "/**", "?", "a*"]), max_size=9).map("".join)
PATHS = st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=5).map("/".join)


@settings(max_examples=1000)
@given(GLOBS.filter(lambda glob: not glob.endswith("/")), PATHS)
def test_the_match_is_that_of_a_plain_regular_expression(glob: str, path: str) -> None:
    assert bool(compiled(glob).match(path)) == bool(_oracle(glob).match(path))


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*a" * 60 + "b", "a" * 250),
        ("**/*" + "a*" * 60 + "b", "a/" * 200 + "a" * 250),
        ("**/a/" * 60 + "b", "a/" * 300 + "a"),
        ("**a" * 60 + "b", "a/" * 300 + "a"),
        ("?*" * 60 + "b", "a" * 250),
    ],
)
def test_many_stars_end(glob: str, path: str) -> None:
    """One plain regular expression would go back to each star, which takes longer than anybody waits."""
    assert not compiled(glob).match(path)
    assert compiled(glob).match(path + ("/b" if glob.startswith("**/a") else "b"))
