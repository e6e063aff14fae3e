"""Addresses of files and commits on each kind of forge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.reporters.document import safe
from sscop.reporters.forges import of_commit, of_file

HEAD = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("url", "file", "commit"),
    [
        ("https://github.com/a/b", f"/blob/{HEAD}/x%20y.md#L7", f"/commit/{HEAD}"),
        ("https://forge.example.org/a/b", f"/blob/{HEAD}/x%20y.md#L7", f"/commit/{HEAD}"),
        ("https://gitlab.com/a/b/c", f"/-/blob/{HEAD}/x%20y.md#L7", f"/-/commit/{HEAD}"),
        ("https://bitbucket.org/a/b", f"/src/{HEAD}/x%20y.md#lines-7", f"/commits/{HEAD}"),
        ("https://codeberg.org/a/b", f"/src/commit/{HEAD}/x%20y.md#L7", f"/commit/{HEAD}"),
    ],
)
def test_each_forge_writes_its_own(url: str, file: str, commit: str) -> None:
    link = of_file(url, HEAD)
    assert link
    assert link("x y.md", 7) == f"{url}{file}"
    assert link("x y.md", None) == f"{url}{file}".partition("#")[0]
    assert of_commit(url, HEAD) == f"{url}{commit}"


@pytest.mark.parametrize(
    "url", ["", "http://a.example/b/c", "https://a.example/b", "https://a.example/b/c?d", "https://a.example/b//c"]
)
def test_what_is_no_address_of_a_repository_has_no_links(url: str) -> None:
    assert of_file(url, HEAD) is None


@pytest.mark.parametrize("commit", ["", "main", HEAD[:12], "z" * 40])
def test_what_is_no_commit_has_no_links(commit: str) -> None:
    assert of_file("https://github.com/a/b", commit) is None


@given(st.text(max_size=60), st.integers(1, 9999))
def test_any_path_stays_below_the_commit(path: str, line: int) -> None:
    link = of_file("https://gitlab.com/a/b", HEAD)
    assert link
    made = link(path.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"), line)
    assert not made or (made.startswith(f"https://gitlab.com/a/b/-/blob/{HEAD}/") and safe(made) == made)
    assert "/../" not in made
