"""Patterns of `.gitignore`: the same answers that git gives."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import git, write
from sscop.artefacts.gitpatterns import compiled, ignore_rules, ignored_by, rules
from sscop.repository import Repository

PATHS = [
    "a", "b/a", "a/b", "a/b/c", "x.lock", "d/x.lock", "build/out.o", "src/build/out.o", "foo/bar/baz", "foo/x/baz",
    "foo/baz", "keep.lock", "docs/a b.md", "#x", "!x", "lib/[a].c", "lib/a.c", "deep/er/foo/bar", "a\\b",
]  # fmt: skip
IGNORES = [
    "*.lock\n!keep.lock\n", "/a\n", "a/\n", "build/\n", "foo/**/baz\n", "**/foo\n", "foo/**\n", "foo/*\n!foo/baz\n",
    "\\#x\n\\!x\n", "lib/[ab].c\n", "lib/\\[a\\].c\n", "lib/[!b].c\n", "d/x.lock  \n", "docs/a\\ b.md\n", "# a\n\n",
    "a/b\n", "*\n!x.lock\n", "**/er/**\n", "?\n", "/*\n!/foo\n", "/foo/*\n!/foo/bar\n", "***\n", "[\n", "a[\n",
    "!\n/\n", "deep/**/bar\n", "foo/**bar/baz\n", "[]a]\n", "[^a]\n",
]  # fmt: skip


def _by_git(folder: Path, ignore: str, paths: list[str], nested: str = "") -> set[str]:
    write(folder, {".gitignore": ignore} | ({"foo/.gitignore": nested} if nested else {}))
    done = subprocess.run(
        ["git", "-c", "core.excludesFile=" + os.devnull, "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=folder,
        input=b"\0".join(os.fsencode(one) for one in paths) + b"\0",
        capture_output=True,
        check=False,
    )
    return {os.fsdecode(one) for one in done.stdout.split(b"\0") if one}


def _by_us(ignore: str, paths: list[str], nested: str = "") -> set[str]:
    files = {".gitignore": ignore} | ({"foo/.gitignore": nested} if nested else {})
    among = ignore_rules(Repository.of(files))
    return {one for one in paths if ignored_by(one, among)}


@pytest.mark.parametrize("ignore", IGNORES)
def test_git_says_the_same(tmp_path: Path, ignore: str) -> None:
    git(tmp_path, "init", "-q")
    assert _by_us(ignore, PATHS) == _by_git(tmp_path, ignore, PATHS)


def test_a_nested_file_counts_from_its_folder(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    ignore, nested = "*.lock\n", "/baz\n!x.lock\nbar/\n"
    paths = [*PATHS, "foo/x.lock", "foo/x/baz"]
    assert _by_us(ignore, paths, nested) == _by_git(tmp_path, ignore, paths, nested)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["a", "b", "foo", "bar", "/", "*", "**", "?", "!", ".lock", "x", "\n"]), max_size=12))
def test_git_says_the_same_of_any_patterns(tmp_path: Path, pieces: list[str]) -> None:
    if not (tmp_path / ".git").exists():
        git(tmp_path, "init", "-q")
    ignore = "".join(pieces) + "\n"
    assert _by_us(ignore, PATHS) == _by_git(tmp_path, ignore, PATHS)


@given(st.text(max_size=60))
def test_any_text_makes_rules(text: str) -> None:
    among = rules(text, "x/.gitignore")
    assert ignored_by("x/a/b.c", among) in (None, *among)


def test_odd_lines() -> None:
    assert rules("x" * 5000 + "\n\n# no\n", ".gitignore") == []
    assert compiled("x" * 5000) is None
    assert [one.text for one in rules("a\\   \nb" + " " * 99 + "\n", ".gitignore")] == ["a\\ ", "b"]
    assert compiled("/") is None
    assert compiled("[z-a]") is None
    assert ignore_rules(Repository.of({".gitignore": b"\xff\x00\x01" * 40})) is not None


def _oracle(pattern: str) -> re.Pattern[str]:
    """A pattern as one regular expression, which says the same in its own time."""
    out, at = [] if "/" in pattern else ["(?:.*/)?"], 0
    pattern = pattern.removeprefix("/")
    while at < len(pattern):
        if pattern.startswith("**/", at) and (at == 0 or pattern[at - 1] == "/"):
            out.append("(?:.*/)?")
            at += 3
        elif pattern[at:] == "**" and at and pattern[at - 1] == "/":
            out.append(".+")
            at += 2
        else:
            plain = {"*": "[^/]*", "?": "[^/]"}
            out.append(plain.get(pattern[at]) or re.escape(pattern[at]))
            at += 1
            while pattern[at - 1] == "*" and pattern.startswith("*", at):
                at += 1
    return re.compile("".join(out) + r"\Z", re.DOTALL)


PIECES = st.lists(st.sampled_from(["a", "b", "ab", "/", "*", "**", "**/", "?", "a*"]), min_size=1, max_size=9)
NAMES = st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=5).map("/".join)


@settings(max_examples=500)
@given(PIECES.map("".join), NAMES)
def test_the_match_is_that_of_a_regular_expression(pattern: str, path: str) -> None:
    found = compiled(pattern)
    if found is None:
        assert pattern == "/"
    else:
        assert found.match(path) == bool(_oracle(pattern).match(path))
        assert found.below().match(path) == any(
            found.match(path[:n]) for n in range(1, len(path) + 1) if path[n : n + 1] in ("", "/")
        )
        assert found.below(itself=False).match(path) == any(
            found.match(path[:n]) for n in range(1, len(path)) if path[n] == "/"
        )


def test_many_stars_end() -> None:
    """With one regular expression each of these would take longer than anybody waits."""
    for pattern, path in (
        ("a*" * 60 + "b", "a" * 400),
        ("**/a/" * 40 + "b", "a/" * 400 + "a"),
        ("?*" * 60 + "b", "a" * 400),
    ):
        found = compiled(pattern)
        assert found is not None
        assert not found.match(path)
        assert found.match(path + ("b" if "/" not in pattern else "/b"))
    assert not ignored_by("a" * 200, rules("*a" * 100 + "b\n", ".gitignore"))
