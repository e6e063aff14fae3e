"""Links into the tree, one hop: found, dead, elsewhere."""

from __future__ import annotations

import pytest

from sscop.artefacts.prose.document import Document, read
from sscop.artefacts.prose.links import State, Tree
from sscop.repository import Repository

FILES = {
    "docs/page.md": "# Page\n\n## What's new (2)?\n\n## Same\n\n## Same\n\n<a name='By-Hand'></a>\n",
    "docs/sub/README.md": "# Sub\n",
    "docs/with space.md": "# S\n",
    "README.md": "# R\n",
    "src/main.py": "",
}


def state(target: str, path: str = "docs/a.md", files: dict[str, str] | None = None) -> State:
    repo = Repository.of({**FILES, **(files or {}), path: f"# A\n\n## Here\n\n[x](<{target}>)\n"})
    document = read(repo, path)
    assert isinstance(document, Document)
    (found,) = Tree(repo).resolve(document, path)
    assert found.link.line == 5
    return found.state


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("page.md", State.FOUND),
        ("./page.md?raw=1", State.FOUND),
        ("page", State.FOUND),
        ("page.html", State.FOUND),
        ("../README.md", State.FOUND),
        ("/src/main.py", State.FOUND),
        ("sub", State.FOUND),
        ("sub/", State.FOUND),
        ("..", State.FOUND),
        ("with%20space.md", State.FOUND),
        ("with space.md", State.FOUND),
        ("page.md#whats-new-2", State.FOUND),
        ("page.md#same-1", State.FOUND),
        ("page.md#by-hand", State.FOUND),
        ("page.md#L10-L12", State.FOUND),
        ("../src/main.py#L3", State.FOUND),
        ("#here", State.FOUND),
        ("#HERE", State.FOUND),
        ("#gone", State.DEAD_ANCHOR),
        ("page.md#gone", State.DEAD_ANCHOR),
        ("gone.md", State.DEAD),
        ("sub/gone.md", State.DEAD),
        ("https://a.org/x", State.EXTERNAL),
        ("mailto:a@b.org", State.EXTERNAL),
        ("a@b.org", State.EXTERNAL),
        ("//a.org", State.EXTERNAL),
        ("/site/page", State.UNTOLD),
        ("../../outside.md", State.UNTOLD),
        ("{{ site.url }}/x", State.UNTOLD),
        ("a%00b", State.UNTOLD),
    ],
)
def test_state(target: str, expected: State) -> None:
    assert state(target) is expected


def test_a_path_behind_a_submodule_or_file_can_not_be_told() -> None:
    assert state("page.md/x") is State.UNTOLD


def test_untracked_files_are_said(tmp_path: object) -> None:
    import subprocess
    from pathlib import Path

    from sscop.repository import open_repository

    root = Path(str(tmp_path))
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / "a.md").write_text("# A\n\n[x](b.md)\n")
    (root / "b.md").write_text("# B\n")
    subprocess.run(["git", "-C", str(root), "add", "a.md"], check=True)
    repo = open_repository(str(root))
    document = read(repo, "a.md")
    assert isinstance(document, Document)
    assert [one.state for one in Tree(repo).resolve(document, "a.md")] == [State.UNTRACKED]


def test_words_that_are_no_paths_in_restructured_text() -> None:
    repo = Repository.of({"a.rst": "T\n=\n\n`x <somewhere>`_ `y <gone.rst>`_\n"})
    document = read(repo, "a.rst")
    assert isinstance(document, Document)
    assert [one.state for one in Tree(repo).resolve(document, "a.rst")] == [State.UNTOLD, State.DEAD]
