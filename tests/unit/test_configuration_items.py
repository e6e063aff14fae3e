"""Kinds that are tracked, lists of what is controlled, what is ignored, and what these amount to."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import git, repository, write
from sscop.artefacts.codeowners import Owners, github_owners
from sscop.artefacts.control_lists import ControlList, control_lists
from sscop.artefacts.ignored_items import ignored_items
from sscop.artefacts.tracked_kinds import Kind, has_sources, tracked_kinds
from sscop.judgement.configuration_items import contradictions, listed, named, owned, submodules, tracked
from sscop.model import Outcome, Unread
from sscop.repository import Repository, open_repository
from sscop_hooks.design.configuration_items import configuration_items

ITEMS = "- source code in `src/`\n- pipelines in `.github/workflows/`\n- [the build](pyproject.toml)\n"


def _lists(files: dict[str, str | bytes]) -> list[ControlList | Unread]:
    return list(control_lists(Repository.of(files)))


def test_kinds() -> None:
    repo = Repository.of(
        {
            "src/a.py": "",
            "Makefile": "",
            ".gitlab-ci.yml": "",
            "x/main.tf": "",
            "go.sum": "",
            "db/migrate/1.rb": "",
            "docs/a.md": "",
        }
    )
    assert [one.kind for one in tracked_kinds(repo)] == list(Kind)
    assert has_sources(repo)
    assert not has_sources(Repository.of({"a.md": ""}))
    assert has_sources(Repository.of({"Makefile": ""}))
    assert Repository.of({"a.PY": "", "b.py": "", "c": ""}).extensions() == {"py": 2, "": 1}


def test_lists_by_name_and_by_heading() -> None:
    (found,) = _lists({"docs/configuration-items.md": f"# Configuration items\n\n{ITEMS}"})
    assert isinstance(found, ControlList)
    assert [one.paths for one in found.items] == [("src/",), (".github/workflows/",), ("pyproject.toml",)]
    (found,) = _lists({"CONTRIBUTING.md": f"# X\n\n## Under version control\n\n{ITEMS}\n## Other\n"})
    assert found == ControlList("CONTRIBUTING.md", 3, "Under version control", found.items)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "files",
    [
        {"docs/configuration-management.md": "# Configuration management\n\n- `PORT`: x\n- `HOST`: y\n- `LOG`: z\n"},
        {"CONTRIBUTING.md": "# X\n\n## Version control\n\nWe use git.\n"},
        {"CONTRIBUTING.md": f"# X\n\n## Configuration\n\n{ITEMS}"},
        {"examples/configuration-items.md": f"# Configuration items\n\n{ITEMS}"},
        {"docs/a/b/c/CONTRIBUTING.md": f"# X\n\n## Under version control\n\n{ITEMS}"},
        {"CONTRIBUTING.md": "under version control\n" + "- a\n" * 9000},
    ],
)
def test_what_is_no_list(files: dict[str, str | bytes]) -> None:
    assert _lists(files) == []


def test_lists_that_cannot_be_read() -> None:
    found = _lists({"docs/configuration-items.md": "- a\n" * 9000, "docs/cm-plan.md": b"x" * (2 << 20)})
    assert all(isinstance(one, Unread) for one in found)
    assert len(found) == 2


def test_a_plan_whose_parts_list_nothing_is_looked_at_by_heading() -> None:
    text = f"# CM plan\n\n## Scope\n\nUnder version control.\n\n## Version control\n\n{ITEMS}"
    assert len(_lists({"docs/cm-plan.md": text})) == 1


def test_paths_that_are_missing_untracked_or_elsewhere(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repo", {"src/a.py": "", "docs/x.md": "", "docs/configuration-items.md": ITEMS})
    write(folder, {"infra/main.tf": ""})
    repo = open_repository(str(folder))
    text = "\n".join(
        (
            "# Configuration items\n",
            "- source code `src/`, `a.py`, `main`",
            "- infrastructure `infra/main.tf`",
            "- docs [x](x.md) and `docs/*.md`",
            "- build `build/a.toml`",
            "- images, kept in a registry: `images/x.tar`",
            "- branch source code `feature/x`",
            "- [Name of the item]",
        )
    )
    (one,) = _lists({"docs/configuration-items.md": text})
    assert isinstance(one, ControlList)
    codes = [(finding.code, finding.line) for finding in listed(repo, [one])]
    assert codes == [("listed", 1), ("item-untracked", 4), ("item-missing", 6)]


def test_items_of_the_settings() -> None:
    repo = Repository.of({"src/a.py": ""})
    codes = [one.code for one in named(repo, ["src/**", "/", "/none/x.py", "none/*.py", "../../x.py"])]
    assert codes == ["listed", "item-missing", "item-missing", "item-missing"]
    assert list(named(repo, [])) == []


def test_owners_of_areas() -> None:
    kinds = tracked_kinds(Repository.of({"src/a.py": "", "Jenkinsfile": "", "x.tf": ""}))
    finding, bare = owned(Owners("CODEOWNERS", github_owners("src/ @a\nJenkinsfile @b\n").rules), kinds)
    assert finding is not None
    assert [one.kind for one in bare] == [Kind.INFRASTRUCTURE]
    assert owned(Owners("CODEOWNERS", github_owners("Jenkinsfile @b\n").rules), kinds) == (None, [])


def test_too_little_is_unknown() -> None:
    assert [one.outcome for one in tracked([])] == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"package.json": '{"private": true}', ".gitignore": "yarn.lock\n"}, [("yarn.lock", True)]),
        ({"package.json": '{"private": true, "workspaces": []}', ".gitignore": "yarn.lock\n"}, [("yarn.lock", False)]),
        ({"package.json": "{}", ".gitignore": "yarn.lock\n"}, [("yarn.lock", None)]),
        ({"package.json": "{}", "Dockerfile": "", ".gitignore": "*.lock\n"}, [("yarn.lock", True)]),
        ({"package.json": "{}", "package-lock.json": "", ".gitignore": "*.lock\n"}, []),
        ({"a/package.json": '{"private": true}', "yarn.lock": "", ".gitignore": "*.lock\n"}, []),
        ({"a/package.json": '{"private": true}', ".gitignore": "*.lock\n"}, [("a/yarn.lock", None)]),
        ({"a/b/c/d/package.json": '{"private": true}', ".gitignore": "*.lock\n"}, []),
        ({"Cargo.toml": "[lib]\n", ".gitignore": "Cargo.lock\n"}, [("Cargo.lock", False)]),
        ({"Cargo.toml": "", "src/main.rs": "", ".gitignore": "Cargo.lock\n"}, [("Cargo.lock", True)]),
        ({"Cargo.toml": b"\0" * 2_000_000, ".gitignore": "Cargo.lock\n"}, [("Cargo.lock", None)]),
        ({"pyproject.toml": "[tool.uv]\n", ".gitignore": "uv.lock\n"}, [("uv.lock", None)]),
        ({"pyproject.toml": "[project]\n", ".gitignore": "uv.lock\n"}, []),
        ({"go.mod": "require x v1\n", ".gitignore": "go.sum\n"}, [("go.sum", True)]),
        ({"go.mod": "require x v1\n", ".gitignore": "bin/\n*.o\n"}, []),
        ({"manage.py": "", "a/models.py": "", ".gitignore": "migrations/\n"}, [("a/migrations", True)]),
        ({"manage.py": "", "a/models/__init__.py": "", ".gitignore": "migrations/\n"}, [("a/migrations", True)]),
        ({"manage.py": "", "a/models.py": "", "a/db_migrations/0001_x.py": "", ".gitignore": "migrations/\n"}, []),
        ({"manage.py": "", "models.py": "", "b/models.py": "", ".gitignore": "/x/\n"}, []),
        ({"package.json": "{}"}, []),
    ],
)
def test_ignored(files: dict[str, str | bytes], found: list[tuple[str, bool | None]]) -> None:
    assert [(one.path, one.product) for one in ignored_items(Repository.of(files))] == found


def test_a_pipeline_that_is_on_disk_and_ignored(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repo", {".gitignore": ".github/\nDockerfile\nJenkinsfile\n"})
    write(folder, {".github/workflows/a.yml": "", "Dockerfile": ""})
    found = ignored_items(open_repository(str(folder)))
    assert [one.path for one in found] == [".github/workflows", "Dockerfile"]
    assert [one.code for one in contradictions(found)] == ["ignored", "ignored"]


def test_submodules_on_record(tmp_path: Path) -> None:
    other = repository(tmp_path / "other", {"x": ""})
    folder = repository(tmp_path / "repo", {"a.py": ""})
    git(folder, "submodule", "add", "-q", other.as_uri(), "lib")
    repo = open_repository(str(folder))
    text = repo.text(".gitmodules")
    assert isinstance(text, str)
    assert list(submodules(repo, text, repo.submodules())) == []
    more = text + '[submodule "b"]\n\tpath = none\n\turl = x\n'
    assert [one.line for one in submodules(repo, more, repo.submodules())] == [5]
    assert [one.code for one in configuration_items.run(repo, {})] == ["too-little"]


def test_a_folder_without_git_is_unknown(tmp_path: Path) -> None:
    write(tmp_path, {"src/a.py": ""})
    (found,) = configuration_items.run(open_repository(str(tmp_path)), {})
    assert (found.outcome, found.code) == (Outcome.UNKNOWN, "no-git")


def test_what_cannot_be_read_is_said() -> None:
    repo = Repository.of({"CODEOWNERS": b"\0\1\2" * 99, "docs/configuration-items.md": "- a\n" * 9000})
    assert [one.code for one in configuration_items.run(repo, {})][:2] == ["unreadable", "unreadable"]
