"""What is generated is in step; what the registry holds, the pages hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from pre_commit.clientlib import load_manifest

from sscop.generate import MANIFEST, UMBRELLA, fill, generated, leftovers, write
from sscop_hooks import load

ROOT = Path(__file__).parent.parent
CHECKS = load()
FILES = generated(str(ROOT), CHECKS)


@pytest.mark.parametrize("path", FILES)
def test_generated_file_is_in_step(path: str) -> None:
    file = ROOT / path
    assert file.exists(), f"{path} is missing: run sscop generate"
    assert file.read_text(encoding="utf-8") == FILES[path], f"{path} is stale: run sscop generate"


def test_no_page_of_a_check_that_is_gone() -> None:
    assert leftovers(str(ROOT), CHECKS) == [], "pages left behind: run sscop generate"


def test_the_manifest_is_one_that_pre_commit_takes() -> None:
    hooks = load_manifest(str(ROOT / MANIFEST))
    assert [hook["id"] for hook in hooks] == [UMBRELLA, *(f"sscop-{check.id}" for check in CHECKS)]
    for hook in hooks:
        assert hook["entry"].startswith("python -I -m sscop_hooks check")
        assert hook["always_run"]
        assert not hook["pass_filenames"]
        assert not hook["files"]


def test_write_mends_what_is_stale_and_removes_what_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "docs" / "checks").mkdir(parents=True)
    (tmp_path / "docs" / "checks" / "gone.md").write_text("x")
    changed = write(str(tmp_path), CHECKS)
    assert MANIFEST in changed
    assert "docs/checks/gone.md" in changed
    assert write(str(tmp_path), CHECKS) == []


def test_tables_stand_between_their_markers() -> None:
    text = "a\n<!-- sscop:hooks -->\nold\n<!-- sscop:end -->\nz\n"
    assert fill(text, {"hooks": "new"}) == "a\n<!-- sscop:hooks -->\nnew\n<!-- sscop:end -->\nz\n"
