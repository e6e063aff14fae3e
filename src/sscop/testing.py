"""Case trees: a small repository on disk, and exactly what a check says of it. Public, for your own checks too.

    <check id>/<outcome>-<why>/
        tree/           the repository's files (a name part `dot-` stands for a leading `.`)
        base/           the base revision's files, where the case is about a comparison
        case.yaml       today: 2026-11-23
                        commits: [{date: 2026-01-05, paths: ["docs/**"], message: Add}, ...]   makes a git history
        settings.json   the platform's answers, as `sscop settings` writes them
        expected.txt    one line for each finding

The outcome in the folder's name (met, unmet, unknown, na) is what the check must come to.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from tempfile import TemporaryDirectory

from sscop.artefacts.nodes import items, load, mapping, text, texts
from sscop.artefacts.settings import read as read_settings
from sscop.artefacts.settings.export import load as load_settings
from sscop.assess import Asked, assess
from sscop.audits import Zizmor
from sscop.check import Check
from sscop.config import read
from sscop.lazy import NamedTuple
from sscop.model import Gate, Outcome
from sscop.platform import UNASKED
from sscop.report import Report, Reported
from sscop.repository import Repository, open_repository
from sscop.repository.git import executable
from sscop.repository.globs import compiled

OUTCOMES = {
    "met": Outcome.MET,
    "unmet": Outcome.UNMET,
    "unknown": Outcome.UNKNOWN,
    "na": Outcome.NOT_APPLICABLE,
}
TODAY = "2026-11-23"


class Case(NamedTuple):
    """A case's folder, the id of its check, and the outcome that its name promises."""

    folder: str
    check: str
    outcome: Outcome

    @property
    def name(self) -> str:
        """The last two parts of the folder."""
        return f"{self.check}/{os.path.basename(self.folder)}"


def cases(root: str) -> Iterator[Case]:
    """All cases below a folder, sorted. Raises ValueError for one whose name begins with no outcome."""
    for check in sorted(os.listdir(root)):
        for name in sorted(os.listdir(os.path.join(root, check))):
            word = name.split("-", 1)[0]
            if word not in OUTCOMES:
                raise ValueError(f"{check}/{name}: a case begins with {', '.join(OUTCOMES)}")
            yield Case(os.path.join(root, check, name), check, OUTCOMES[word])


def run_case(case: Case, check: Check) -> Report:
    """The report of one check on a case's tree."""
    path = os.path.join(case.folder, "case.yaml")
    given = mapping(load(_read(path).decode()) if os.path.exists(path) else None)
    asked = Asked(date.fromisoformat(text(given.get("today")) or TODAY), Gate.GAP)
    files = _files(os.path.join(case.folder, "tree"))
    base = os.path.join(case.folder, "base")
    before = Repository.of(_files(base)) if os.path.isdir(base) else None
    told = os.path.join(case.folder, "settings.json")
    platform = read_settings(load_settings(_read(told).decode())) if os.path.exists(told) else UNASKED
    if "commits" not in given:
        repo = Repository.of(files)
        return assess([check], repo, read(repo, [check]), asked, before, platform=platform, zizmor=Zizmor)
    with TemporaryDirectory() as folder:
        commits = [
            (text(one.get("date")) or TODAY, texts(one.get("paths"))) for one in map(mapping, items(given["commits"]))
        ]
        messages = [text(one.get("message")) or "" for one in map(mapping, items(given["commits"]))]
        make_history(folder, files, commits, messages)
        repo = open_repository(folder)
        return assess([check], repo, read(repo, [check]), asked, before, platform=platform, zizmor=Zizmor)


def expected(report: Report) -> str:
    """What `expected.txt` holds: a line for each finding, and one for each that the base had and the tree has not."""
    lines = [_line(one) for one in report.findings] + [f"fixed {_line(one)}" for one in report.fixed]
    return "".join(line + "\n" for line in lines)


def outcome_of(report: Report) -> Outcome:
    """What the one check of a case came to."""
    return report.checks[0].outcome


def make_history(
    folder: str, files: Mapping[str, bytes], commits: Sequence[tuple[str, Sequence[str]]], messages: Sequence[str] = ()
) -> None:
    """A git repository with these files, the ones that each commit's globs name added or touched on its date.

    Files that no commit names are in a first commit of the earliest date. A file that a later commit names
    again gets its contents in the last one and a placeholder before.
    """
    last = {path: n for n, (_, globs) in enumerate(commits) for path in files if _named(path, globs)}
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment |= {
        f"GIT_{who}_{what}": "case@invalid" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }

    def git(*arguments: str, day: str = TODAY) -> None:
        dated = {**environment, "GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
        subprocess.run([executable(), *arguments], cwd=folder, env=dated, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    rounds = [(min(day for day, _ in commits), [path for path in files if path not in last], -1)]
    rounds += [(day, [path for path in files if _named(path, globs)], n) for n, (day, globs) in enumerate(commits)]
    for day, paths, n in rounds:
        for path in paths:
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(files[path] if n == last.get(path, -1) else b"placeholder %d\n" % n)
        git("add", "-A", day=day)
        said = messages[n] if 0 <= n < len(messages) and messages[n] else f"Change of {day}"
        git("commit", "-q", "--allow-empty", "-m", said, day=day)


def _named(path: str, globs: Sequence[str]) -> bool:
    return any(compiled(glob).match(path) for glob in globs)


def _line(one: Reported) -> str:
    because = f" ({one.because.value})" if one.because else ""
    kind = f" {one.kind.value}" if one.outcome is Outcome.UNMET else ""
    state = f" {one.state.value}" if one.state else ""
    place = f" {one.path}:{one.line}" if one.line else f" {one.path}" if one.path else ""
    note = f" [{one.evidence[0].note}]" if one.evidence and one.evidence[0].note else ""
    return f"{one.outcome.value}{because}{kind}{state} {one.code}{place}{note}: {one.message}"


def _files(root: str) -> dict[str, bytes]:
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
            shown = "/".join("." + part[4:] if part.startswith("dot-") else part for part in path.split("/"))
            found[shown] = _read(os.path.join(folder, name))
    return dict(sorted(found.items()))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
