"""Dockerfiles, instruction by instruction."""

from __future__ import annotations

import pytest

from sscop.artefacts.dockerfile import GROWTH, load, substitute
from sscop.artefacts.shell import pipelines


def _instructions(source: str) -> list[str]:
    return [f"{at.line} {at.name} {' '.join(at.words)}" for at in load(source).instructions]


def _commands(source: str) -> list[str]:
    found = []
    for at in load(source).instructions:
        for script in filter(None, (at.script(), *at.heredocs)):
            found += [
                f"{command.line} {' '.join(word.text for word in command.words)}"
                for pipeline in pipelines(script)
                for command in pipeline
            ]
    return found


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("FROM a\nRUN b\n", ["1 FROM a", "2 RUN b"]),
        ("from a AS b\n  run c\n", ["1 FROM a AS b", "2 RUN c"]),
        ("# c\n\nFROM a\n# d\nRUN e # f\n", ["3 FROM a", "5 RUN e # f"]),
        ("RUN a \\\n  b\nRUN c\n", ["1 RUN a b", "3 RUN c"]),
        ("RUN a \\\n# comment\n  # another\n\n  b\nRUN c\n", ["1 RUN a b", "6 RUN c"]),
        ("RUN a \\\n\nFROM x\nRUN b\n", ["1 RUN a FROM x", "4 RUN b"]),
        ("RUN a \\   \n  b\n", ["1 RUN a b"]),
        ("RUN a \\", ["1 RUN a \\"]),
        ("ONBUILD RUN a\n", ["1 RUN a"]),
        ("ONBUILD run \\\n  a\n", ["1 RUN a"]),
        ("COPY --from=b --chown=1:1 /x /y\n", ["1 COPY /x /y"]),
        ('CMD["a"]\n', ['1 CMD ["a"]']),
        ("RUN <<EOF\nFROM x\nEOF\nRUN b\n", ["1 RUN <<EOF", "4 RUN b"]),
        ("COPY <<a <<'b' /x/\n1\na\nFROM 2\nb\nRUN c\n", ["1 COPY <<a <<'b' /x/", "6 RUN c"]),
        ("RUN <<-EOF\n\ta\n\tEOF\nRUN b\n", ["1 RUN <<-EOF", "4 RUN b"]),
        ("RUN <<EOF\nopen\n", ["1 RUN <<EOF"]),
        ("# escape=`\nRUN a `\n  b\\\nRUN c\n", ["2 RUN a b\\", "4 RUN c"]),
        ("RUN a\n# escape=`\nRUN b \\\n c\n", ["1 RUN a", "3 RUN b c"]),
        ("FROM\n", ["1 FROM "]),
        ("123 no\n--- \n", []),
        ("", []),
    ],
)
def test_instructions(source: str, wanted: list[str]) -> None:
    assert _instructions(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("RUN a && \\\n  b \\\n  c\n", ["1 a", "2 b c"]),
        ("RUN a && \\\n# no\n\n  b\n", ["1 a", "4 b"]),
        ("RUN --mount=type=cache,target=/x \\\n    --network=none \\\n    a\n", ["3 a"]),
        ("RUN --mount=x a\n", ["1 a"]),
        ('RUN ["a", "b c"]\n', ["1 a b c"]),
        ('RUN ["a", "it\'s"]\n', ["1 a it's"]),
        ('RUN ["sh", "-c", "a"]\n', ["1 sh -c a", "1 a"]),
        ("RUN [ -f x ] && a\n", ["1 [ -f x ]", "1 a"]),
        ('RUN ["a", 1]\n', ["1 [a, 1]"]),
        ("RUN <<EOF\na\nb\nEOF\n", ["2 a", "3 b"]),
        ("RUN --mount=x <<EOF\na\nEOF\n", ["2 a"]),
        ("RUN bash <<EOF\na\nEOF\n", ["1 bash", "2 a"]),
    ],
)
def test_scripts(source: str, wanted: list[str]) -> None:
    assert _commands(source) == wanted


def test_flags() -> None:
    (at,) = load("RUN --mount=type=bind,from=a --mount=from=b --quiet \\\n --x=1 c --not=this\n").instructions
    assert at.flags == {"mount": ["type=bind,from=a", "from=b"], "quiet": [""], "x": ["1"]}
    assert at.words == ["c", "--not=this"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("# syntax=docker/dockerfile:1\nFROM a\n", ("docker/dockerfile:1", 1)),
        ("#syntax = x\n", ("x", 1)),
        ("# escape=`\n# SYNTAX=x\n", ("x", 2)),
        ("# check=skip=all\n# syntax=x\n", ("x", 2)),
        ("# a comment\n# syntax=x\n", None),
        ("\n# syntax=x\n", None),
        ("FROM a\n# syntax=x\n", None),
        ("", None),
    ],
)
def test_syntax(source: str, wanted: tuple[str, int] | None) -> None:
    assert load(source).syntax == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$A", "1"),
        ("${A}x", "1x"),
        ("$AB", "$AB"),
        ("${NONE}", "${NONE}"),
        ("${NONE:-d}", "d"),
        ("${NONE-d}", "d"),
        ("${A:-d}", "1"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${A:+y}", "y"),
        ("${EMPTY+y}", ""),
        ("${NONE:+y}", ""),
        ("$NESTED", "x1"),
        ("${NONE:-$A}", "1"),
        ("$LOOP", "$LOOP"),
        ("plain", "plain"),
        ("$", "$"),
    ],
)
def test_substitute(text: str, wanted: str) -> None:
    assert substitute(text, {"A": "1", "EMPTY": "", "NESTED": "x$A", "LOOP": "$LOOP"}) == wanted


def test_substitute_keeps_a_long_text() -> None:
    text = "x" * 100_000
    assert substitute(f"${{A}}{text}$A", {"A": "1"}) == f"1{text}1"


@pytest.mark.parametrize(
    "values", [{"A": "$A$A"}, {"A": "x" * 60_000}, {"A": "$B" * 1000, "B": "$C" * 1000, "C": "x" * 1000}]
)
def test_substitute_does_not_blow_up(values: dict[str, str]) -> None:
    assert len(substitute("$A" * 100, values)) <= 200 + GROWTH + 10


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("ENV A=1 B='2 3' C=\"4\"", [("A", "1", 1), ("B", "2 3", 1), ("C", "4", 1)]),
        ("ENV A=1 \\\n  B=2\\\n  C=3", [("A", "1", 1), ("B", "2", 2), ("C", "3", 3)]),
        ("ENV A b c", [("A", "b c", 1)]),
        ("ENV A b=c", [("A", "b=c", 1)]),
        ("ENV A=", [("A", "", 1)]),
        ("ARG A", []),
        ('ARG A=x"y"z', [("A", "xyz", 1)]),
    ],
)
def test_variables(source: str, wanted: list[tuple[str, str, int]]) -> None:
    (at,) = load(source).instructions
    assert at.variables == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("", []),
        ("FROM a", ["a"]),
        ("FROM a AS b\nFROM c", ["c"]),
        ("FROM a AS b\nFROM c\nFROM B", ["a", "B"]),
        ("FROM a AS b\nFROM b AS c\nFROM c", ["a", "b", "c"]),
        ("ARG V=a\nFROM $V AS b\nFROM ${V}", ["a"]),
        ("RUN x\nFROM\nFROM a", ["a"]),
    ],
)
def test_what_an_image_is_made_of(source: str, wanted: list[str]) -> None:
    assert [stage.base for stage in load(source).shipped] == wanted


def test_a_stage_holds_its_instructions() -> None:
    first, last = load("FROM a AS b\nENV A=1\nFROM b\nRUN c\n").shipped
    assert [at.name for at in (*first.instructions, *last.instructions)] == ["ENV", "RUN"]
    assert (first.name, first.line, last.name, last.line) == ("b", 1, "", 3)
