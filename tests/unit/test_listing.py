"""The listing: git's records, found by glob and by name."""

from __future__ import annotations

import os

import pytest

from helpers import SHA
from sscop.repository.globs import compiled
from sscop.repository.listing import Entry, Listing

PATHS = (
    "Dockerfile",
    "Dockerfile.dev",
    "docker/dockerfile",
    "docker/DOCKERFILE.prod",
    "web/Containerfile-x",
    ".github/workflows/ci.yml",
    ".github/CODEOWNERS",
    ".nvmrc",
    "sub/.nvmrc",
    "a.b/c",
    "a.b/C.YML",
    "ends.",
    "caf\udce9.md",
    "new\nline.md",
    "tab\tname.md",
    "no dot\there",
    "x.1",
    "Ünïcode.MD",
)


@pytest.mark.parametrize(
    "glob",
    [
        "**/*.yml",
        "**/*.md",
        "**/.nvmrc",
        "**/Dockerfile*",
        "**/Dockerfile[.-]*",
        "**/Containerfile*",
        "a.b/**",
        "**",
        "*",
        "**/CODEOWNERS",
        ".github/**/*.{yml,yaml}",
        "**/c",
        "**/c.*",
        "**/*e.md",
        "**/*.",
        "*.",
        "*.1",
        "new?line.md",
        "tab?name.md",
        "*here",
    ],
)
def test_finds_what_the_glob_matches(glob: str) -> None:
    found = Listing.of(PATHS).find([glob])
    assert list(found) == sorted(path for path in PATHS if compiled(glob).match(path))
    assert found, "a row that finds nothing shows nothing"
    assert all(entry.path == path for path, entry in found.items())


def test_several_globs_give_each_path_once() -> None:
    assert list(Listing.of(PATHS).find(["*.md", "**/*.md", "**/c"])) == sorted(
        ["caf\udce9.md", "new\nline.md", "tab\tname.md", "Ünïcode.MD", "a.b/c"]
    )


def test_length_and_entries() -> None:
    listing = Listing.of(PATHS)
    assert len(listing) == len(PATHS)
    assert [entry.path for entry in listing.entries()] == sorted(PATHS, key=os.fsencode)
    assert len(Listing(b"")) == 0
    assert Listing(b"").find(["**"]) == {}


@pytest.mark.parametrize("path", PATHS)
def test_at_finds_exactly(path: str) -> None:
    entry = Listing.of(PATHS).at(path)
    assert entry is not None
    assert entry.path == path


@pytest.mark.parametrize(
    "path", ["dockerfile", "Docker", "CODEOWNERS", "", "name.md", "here", "Dockerfile\0Dockerfile.dev"]
)
def test_at_finds_nothing_else(path: str) -> None:
    assert Listing.of(PATHS).at(path) is None


def test_a_name_with_a_tab_hides_no_other() -> None:
    entry = Listing.of(["a\tb", "b"]).at("b")
    assert entry is not None
    assert entry.path == "b"


OTHER = "f" * 40

INDEX = (
    f"H 100644 {SHA} 0\ta.yml\0"
    f"M 100644 {SHA} 1\tconflict.yml\0M 100644 {OTHER} 2\tconflict.yml\0M 100644 {SHA} 3\tconflict.yml\0"
    f"H 120000 {SHA} 0\tlink.yml\0"
    f"H 160000 {OTHER} 0\tmodule\0"
    f"S 100755 {SHA} 0\tsparse.yml\0"
).encode()


@pytest.mark.parametrize(
    ("path", "wanted", "is_file"),
    [
        ("a.yml", Entry("a.yml", "100644", SHA), True),
        ("sparse.yml", Entry("sparse.yml", "100755", SHA, sparse=True), True),
        ("link.yml", Entry("link.yml", "120000", SHA), False),
        ("module", Entry("module", "160000", OTHER), False),
    ],
)
def test_index_records(path: str, wanted: Entry, is_file: bool) -> None:
    listing = Listing(INDEX)
    assert listing.at(path) == wanted == listing.find([path])[path]
    assert wanted.is_file is is_file


def test_a_conflict_stands_once() -> None:
    found = Listing(INDEX).find(["**/*.yml"])
    assert list(found) == ["a.yml", "conflict.yml", "link.yml", "sparse.yml"]
    assert found["conflict.yml"].conflict
    at = Listing(INDEX).at("conflict.yml")
    assert at is not None
    assert at.conflict


def test_tree_records() -> None:
    listing = Listing(f"100644 blob {SHA}\tdir/a\x00160000 commit {OTHER}\tmodule\0".encode())
    assert listing.at("dir/a") == Entry("dir/a", "100644", SHA)
    assert [entry.is_file for entry in listing.entries()] == [True, False]


def test_a_folder_means_everything_below() -> None:
    listing = Listing.of(["docs/a.md", "docs/sub/b", "other/c.md"])
    assert list(listing.find(["docs/"])) == ["docs/a.md", "docs/sub/b"]
