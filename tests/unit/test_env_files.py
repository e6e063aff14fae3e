"""Files of environment variables."""

from __future__ import annotations

import pytest

from sscop.artefacts.env_files import load


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("A=1\n# B=2\n\nC=3", [("A", "1", 1), ("C", "3", 4)]),
        ("export A = 'x # y' # z\n", [("A", "x # y", 1)]),
        ('A="x"  # y', [("A", "x", 1)]),
        ("A=x # y", [("A", "x", 1)]),
        ("A='open", [("A", "'open", 1)]),
        ("A=", [("A", "", 1)]),
        ("no assignment\n1A=2", []),
    ],
)
def test_lines(source: str, wanted: list[tuple[str, str, int]]) -> None:
    assert [tuple(one) for one in load(source)] == wanted
