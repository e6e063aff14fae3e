"""What several tests need: real git repositories with fixed dates, the command as a process, references as rows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sscop.artefacts.reference import Reference
from sscop.artefacts.references import references
from sscop.repository import Repository

PROJECT = Path(__file__).parents[1]

SHA = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "sha256:" + "0123456789abcdef" * 4

_WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A Person"), ("EMAIL", "a@example.org"), ("DATE", "2026-03-01T12:00:00+0000"))
}
_RUN = "import sys; sys.path[:0] = sys.argv[1:3]; from sscop_hooks.__main__ import main; sys.exit(main(sys.argv[3:]))"


def git(folder: Path, *arguments: str, stdin: bytes | None = None, **environment: str) -> str:
    """Run git for a test, with a fixed person and date; its output without the last line end."""
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env={**os.environ, **_WHO, "LC_ALL": "C", **environment},
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (arguments, done.stderr)
    return os.fsdecode(done.stdout).removesuffix("\n")


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder; line ends stay as they are given."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data)


def repository(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A new git repository in a folder; with files, they are its one commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    if files:
        commit(folder, files)
    return folder


def commit(folder: Path, files: Mapping[str, str | bytes] | None = None, message: str = "a change", **env: str) -> str:
    """Write files, commit all that there is, and give the commit's name."""
    write(folder, files or {})
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, **env)
    return git(folder, "rev-parse", "HEAD")


def command(*arguments: str) -> list[str]:
    """The command `sscop`, isolated as a hook runs it, without being installed."""
    return [sys.executable, "-I", "-c", _RUN, str(PROJECT / "src"), str(PROJECT / "hooks"), *arguments]


class Ran:
    """A finished command: its exit code and what it wrote."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "surrogateescape")
        self.err = done.stderr.decode("utf-8", "surrogateescape")
        self.said = self.out + self.err
        assert "Traceback" not in self.said, self.said


def sscop(*arguments: str, cwd: Path, **environment: str) -> Ran:
    """Run the command in a folder; whatever happens, it must not end in a traceback."""
    given = {**os.environ, "NO_COLOR": "1", **environment}
    return Ran(subprocess.run(command(*arguments), cwd=cwd, env=given, capture_output=True, check=False))


def facts(files: Mapping[str, str | bytes], path: str | None = None) -> Iterator[str]:
    """Every reference in some files as `LINE KIND FIXITY SUBJECT`, and what could not be read as `LINE ! REASON`.

    With a path, only what is found there.
    """
    for fact in references(Repository.of(files)):
        if path is None or fact.path == path:
            if isinstance(fact, Reference):
                yield f"{fact.line} {fact.tool.value} {fact.fixity.value} {fact.subject}"
            else:
                yield f"{fact.line} ! {fact.reason}"


def workflow(*steps: str, job: Sequence[str] = (), env: Sequence[str] = ()) -> str:
    """A workflow with one job. Its first step's first line is line 6 plus the lines of `job` and `env`.

    Each step is given without its dash, its further lines without indentation.
    """
    lines = ["on: push", *(["env:", *(f"  {line}" for line in env)] if env else []), "jobs:", "  build:"]
    lines += ["    runs-on: self-hosted", *(f"    {line}" for line in job), "    steps:"]
    for step in steps:
        first, *more = step.split("\n")
        lines += [f"      - {first}", *(f"        {line}" if line else "" for line in more)]
    return "\n".join(lines) + "\n"
