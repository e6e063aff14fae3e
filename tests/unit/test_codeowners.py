"""CODEOWNERS: the last rule that matches gives a path its owners."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.codeowners import Owners as Found
from sscop.artefacts.codeowners import code_owners, load_owners
from sscop.model import Unread
from sscop.repository import Repository

TEXT = """\ufeff# who reviews
* @org/all
*.js @js-owner  # in line
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/secret
**/ci @org/ci
[Database][2] @dba
db/
model/ @org/model
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("x", ("@org/all",)),
        ("src/a.js", ("@js-owner",)),
        ("build/logs/a/b.txt", ("@doctocat",)),
        ("deep/build/logs/b.txt", ("@org/all",)),
        ("docs/a.md", ("docs@example.com",)),
        ("docs/a/b.md", ("@org/all",)),
        ("deep/apps/x/y", ("@octocat",)),
        ("docs/secret/x", None),
        ("a/ci/x", ("@org/ci",)),
        ("db/x.sql", ("@dba",)),
        ("model/x", ("@org/model",)),
    ],
)
def test_owners_of_a_path(path: str, owners: tuple[str, ...] | None) -> None:
    rule = Found("CODEOWNERS", load_owners(TEXT)).of(path)
    assert (rule.owners if rule else None) == owners


def test_the_first_place_counts() -> None:
    files = {"CODEOWNERS": "* @b", ".github/CODEOWNERS": "* @a", "docs/CODEOWNERS": "* @c"}
    found = code_owners(Repository.of(files))
    assert isinstance(found, Found)
    assert found.path == ".github/CODEOWNERS"
    assert code_owners(Repository.of({"x": ""})) is None
    assert isinstance(code_owners(Repository.of({"CODEOWNERS": b"\0\1\2\3" * 99})), Unread)


@given(st.text(max_size=200))
def test_any_text_is_rules(text: str) -> None:
    found = Found("x", load_owners(text))
    found.of("a/b.c")
    assert Found("x", load_owners("/ @a\n" + "x" * 3000)).of("a") is not None
    assert Found("x", load_owners("/* @a")).of("a/b") is None
