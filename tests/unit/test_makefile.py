"""Makefiles: what a target runs."""

from __future__ import annotations

import pytest

from sscop.artefacts.makefile import load


def _recipes(source: str, *targets: str) -> list[str]:
    return [f"{script.line} {script.text}" for script in load(source).recipes(list(targets))]


@pytest.mark.parametrize(
    ("source", "targets", "wanted"),
    [
        ("a:\n\techo a\nb:\n\techo b\n", ["b"], ["4 echo b"]),
        ("a:\n\techo a\nb:\n\techo b\n", [], ["2 echo a"]),
        ("a:\n\techo a\nb:\n\techo b\n", ["none"], []),
        (
            ".PHONY: a\n\n\na: b c\n\t@echo a\nb:\n\t-echo b\nc: b\n\t+echo c\n",
            [],
            ["7 echo b", "9 echo c", "5 echo a"],
        ),
        ("a: a b\n\tx\nb: a\n\ty\n", [], ["4 y", "2 x"]),
        ("a b: c\n\tx\nc:\n\ty\n", ["b"], ["4 y", "2 x"]),
        ("a: b; echo one\n\techo two\nb: \\\n ; @x \\\n  y\n", [], ["4 x \\\n  y", "1 echo one", "2 echo two"]),
        ("a:\n\tone \\\n\t  two\n\tthree\n", [], ["2 one \\\n\t  two", "4 three"]),
        ("V = 1.2\na:\n\techo $(V) ${V} $$V $(W) $(shell date)\n", [], ["3 echo 1.2 1.2 $V ${W} ${make}"]),
        ("V := $(W)\nW ?= x # no\na:\n\techo $(V)\n", [], ["4 echo x"]),
        ("export V = 1\noverride W = 2\na:\n\t$(V)$(W)\n", [], ["4 12"]),
        ("V = 1\nV = 2\na:\n\t$(V)\n", [], ["4 1"]),
        ("V = $(V)\na:\n\techo $(V)\n", [], ["3 echo ${V}"]),
        ("T = one two\nall: $(T)\none:\n\t1\ntwo:\n\t2\n", [], ["4 1", "6 2"]),
        ("a: | b\n\t1\nb:\n\t2\n", [], ["4 2", "2 1"]),
        ("a:: b\n\t1\na::\n\t2\nb:\n\t3\n", [], ["6 3", "2 1", "4 2"]),
        ("a:\nifeq (x,y)\n\tone\nelse\n\ttwo\nendif\n# c\n\tthree\n", [], ["3 one", "5 two", "8 three"]),
        ("a:\n\tone\ninclude x.mk\n\tlost\n", [], ["2 one"]),
        ("x := a:b\na:\n\t1\n", [], ["3 1"]),
        ("a: v = 1\na:\n\t1\n", ["a"], ["3 1"]),
        ("", [], []),
        ("\tlost\n", [], []),
    ],
)
def test_recipes(source: str, targets: list[str], wanted: list[str]) -> None:
    assert _recipes(source, *targets) == wanted


def test_a_chain_of_prerequisites_ends() -> None:
    source = "".join(f"t{n}: t{n + 1}\n\techo {n}\n" for n in range(3000))
    assert len(_recipes(source, "t0")) <= 201


def test_a_line_of_blanks_ends() -> None:
    assert _recipes("a" + " " * 50_000 + "\nb:\n\tx\n") == ["3 x"]


def test_variables_of_variables_end() -> None:
    names = "abcdefg"
    source = "".join(f"{one} = {f'$({other})' * 1000}\n" for one, other in zip(names, names[1:]))
    assert _recipes(f"{source}t:\n\techo $(a)\n") != []
