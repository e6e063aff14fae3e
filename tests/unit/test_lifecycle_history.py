"""When an end was first published, by the history of its file; and the releases that tags and change logs tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from helpers import commit, git, repository
from sscop.artefacts.lifecycle.announced import Announced, History
from sscop.artefacts.lifecycle.gathered import lifecycle
from sscop.artefacts.lifecycle.model import Line
from sscop.judgement.lifecycles import releases
from sscop.repository import Repository, open_repository
from sscop.repository.revisions import Past, Revision, revisions, tags

TODAY = date(2026, 11, 23)
HEAD = "# Support\n\n| Version | End of support |\n|---|---|\n"


def on(day: str) -> dict[str, str]:
    return {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}


def line(repo: Repository, name: str) -> Line:
    return next(one for one in lifecycle(repo).lines if one.name == name)


def history(tmp_path: Path) -> Path:
    folder = repository(tmp_path / "r")
    commit(folder, {"SUPPORT.md": "# Support\n\nAsk.\n", "a": "a"}, **on("2023-01-01"))
    commit(folder, {"SUPPORT.md": HEAD + "| 1.x | 2027-03-31 |\n"}, **on("2024-02-01"))
    git(folder, "mv", "SUPPORT.md", "support-policy.md")
    commit(folder, **on("2024-06-01"))
    commit(folder, {"support-policy.md": HEAD + "| 2.x | 2028-03-31 |\n| 1.x | June 30, 2027 |\n"}, **on("2025-05-01"))
    for n in range(5):
        commit(
            folder,
            {"support-policy.md": HEAD + "| 2.x | 2028-03-31 |\n| 1.x | 2027-06-30 |\n" + "\n" * (n + 1)},
            **on("2026-01-01"),
        )
    return folder


def test_the_first_commit_that_gave_this_end_or_an_earlier_one(tmp_path: Path) -> None:
    repo = open_repository(str(history(tmp_path)))
    asked = History(repo)
    found = asked.announced(line(repo, "1.x"), TODAY)
    assert found is not None
    assert (found.day, len(found.commit)) == (
        date(2024, 2, 1),
        40,
    )  # extended later: the notice stands; a rename is followed
    found = asked.announced(line(repo, "2.x"), TODAY)
    assert found is not None
    assert found.day == date(2025, 5, 1)


def test_an_end_that_was_brought_forward_counts_from_then(tmp_path: Path) -> None:
    folder = history(tmp_path)
    commit(folder, {"support-policy.md": HEAD + "| 2.x | 2027-01-31 |\n| 1.x | 2027-06-30 |\n"}, **on("2026-08-01"))
    repo = open_repository(str(folder))
    found = History(repo).announced(line(repo, "2.x"), TODAY)
    assert found is not None
    assert found.day == date(2026, 8, 1)


def test_what_is_not_committed_yet_is_of_today(tmp_path: Path) -> None:
    folder = history(tmp_path)
    (folder / "support-policy.md").write_text(HEAD + "| 3.x | 2029-01-31 |\n")
    repo = open_repository(str(folder))
    assert History(repo).announced(line(repo, "3.x"), TODAY) == Announced(TODAY)
    (folder / "EOL.md").write_text(HEAD + "| 4.x | 2029-01-31 |\n")
    git(folder, "add", "EOL.md")
    repo = open_repository(str(folder))
    assert History(repo).announced(line(repo, "4.x"), TODAY) == Announced(TODAY)


def test_since_the_first_commit_of_the_file(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    commit(folder, {"EOL.md": HEAD + "| 1.x | 2027-03-31 |\n"}, **on("2024-02-01"))
    repo = open_repository(str(folder))
    found = History(repo).announced(line(repo, "1.x"), TODAY)
    assert found is not None
    assert found.day == date(2024, 2, 1)


def test_no_history_can_not_tell(tmp_path: Path) -> None:
    repo = Repository.of({"EOL.md": HEAD + "| 1.x | 2027-03-31 |\n"})
    one = line(repo, "1.x")
    assert History(repo).announced(one, TODAY) is None
    assert History(repo).announced(one._replace(announced=date(2025, 1, 1)), TODAY) == Announced(
        date(2025, 1, 1), declared=True
    )
    folder = history(tmp_path)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "shallow")
    shallow = open_repository(str(tmp_path / "shallow"))
    assert History(shallow).announced(line(shallow, "1.x"), TODAY) is None
    assert (revisions(shallow, "support-policy.md"), tags(shallow)) == (None, None)


def test_a_line_that_the_text_alone_does_not_tell(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    commit(folder, {"EOL.md": HEAD + "| 1.x | 2027-03-31 |\n"}, **on("2024-02-01"))
    repo = open_repository(str(folder))
    other = line(repo, "1.x")._replace(name="one")
    assert History(repo).announced(other, TODAY) is None


def test_earlier_texts(tmp_path: Path) -> None:
    folder = history(tmp_path)
    repo = open_repository(str(folder))
    known = revisions(repo, "support-policy.md")
    assert known is not None
    assert [one.path for one in known][-2:] == ["SUPPORT.md", "SUPPORT.md"]
    past = Past(repo)
    assert past.text(known[-1], 1000) == "# Support\n\nAsk.\n"
    assert past.text(known[-1], 3) is None
    assert past.text(Revision(known[-1].commit, TODAY, "a\nb"), 1000) is None
    assert Past(Repository.of({})).text(known[-1], 1000) is None


def test_tags_are_the_releases(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    commit(folder, {"a": "a"}, **on("2024-02-01"))
    git(folder, "tag", "v1.0.0")
    git(folder, "tag", "-a", "-m", "x", "release-2.0", **on("2025-02-01"))
    for other in ("v2.1.0-rc.1", "latest", "3.0.0-ea.1", "v2"):
        git(folder, "tag", other)
    repo = open_repository(str(folder))
    assert [(one.name, str(one.day)) for one in tags(repo) or []][-1] == ("release-2.0", "2025-02-01")
    found = releases(repo)
    assert [(one.version, str(one.day)) for one in found or []] == [((1, 0, 0), "2024-02-01"), ((2, 0), "2025-02-01")]


def test_change_logs_are_releases_too() -> None:
    repo = Repository.of({"CHANGELOG.md": "# Changes\n\n## [1.1.0] - 2025-01-02\n\n## 1.0.0\n"})
    assert [(one.name, one.day) for one in releases(repo) or []] == [("1.1.0", date(2025, 1, 2))]
    assert releases(Repository.of({"a": "a"})) is None
