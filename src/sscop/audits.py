"""zizmor, run beside the checks: started first, asked for its findings last.

It is looked for beside our own interpreter and nowhere else. It sees copies of the files that it audits, in a folder of
their own, so that a working tree, a commit and a base are audited in one way, and nothing of the scanned repository but
what it is given can speak to it; it gets no environment, no token and no network (`--offline`). It runs twice where the
repository has a configuration for it: without that, and with it, to see what it hides.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence

from sscop.artefacts.zizmor import CONFIGURATIONS, Audit, Audited, given, load
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.sources import GONE

SECONDS = 30.0
"""How long one run may take: a thousand workflows take two."""

OUTPUT_LIMIT = 64 * 1024 * 1024
"""Bytes of its output that are read."""

MISSING = "zizmor is not installed beside this Python"
INSTALL = "install it with the extra `workflows`: pip install 'sscop[workflows]', or zizmor into the same environment"
NOTHING = 3
"""The exit code of zizmor where there is nothing to audit."""

_COMMAND = ("--offline", "--format", "json-v1", "--no-progress", "--color", "never", "--no-exit-codes")
_COMPLETED = "completed "
_FILE = lazily(r"error: failed to load file://(.+) as [\w -]+")

ARGUMENTS = 24_000
"""Characters of file names that are given one by one; beyond, which Windows refuses, it is given the whole folder."""

STUMBLES = 20
"""How often it is run again without a file that it stumbled over."""


class Zizmor:
    """zizmor on one repository: started by making it, and ended by `close`."""

    def __init__(self, repo: Repository, executable: str | None = None) -> None:
        self._paths, self._unread = given(repo)
        self._folder = ""
        self._runs: list[_Run] = []
        self._configuration = next((path for path in CONFIGURATIONS if repo.has(path)), "")
        self._settings = repo.read(self._configuration) if self._configuration else None
        self._program = _beside() if executable is None else executable
        self._result: Audited | None = None
        if self._paths and os.path.isfile(self._program):
            try:
                self._start(repo)
            except OSError as error:
                self._result = Audited(why=f"zizmor could not be started ({error.strerror})", fix=INSTALL)
            except BaseException:
                self.close()
                raise

    def audited(self) -> Audited:
        """What it found; waits for it the first time."""
        if self._result is None:
            self._result = self._collect()
        return self._result

    def close(self) -> None:
        """End what still runs, and remove the copies."""
        import shutil

        for run in self._runs:
            run.end()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, repo: Repository) -> None:
        from tempfile import mkdtemp

        self._folder = mkdtemp(prefix="sscop-")
        os.mkdir(os.path.join(self._folder, "tree"))
        for path, data in list(self._paths.items()):
            try:
                _write(os.path.join(self._folder, "tree", path), data)
            except OSError as error:  # noqa: PERF203 - such as a name that is too long below the temporary folder
                del self._paths[path]
                self._unread += ((path, f"its copy for zizmor could not be written ({error.strerror})"),)
        if not self._paths:
            return
        self._run(self._paths)
        if isinstance(self._settings, bytes):
            _write(os.path.join(self._folder, "zizmor.yml"), self._settings)
            self._run(self._paths, configured=True)

    def _run(self, paths: Iterable[str], configured: bool = False) -> _Run:
        how = ["--config", os.path.join(self._folder, "zizmor.yml")] if configured else ["--no-config", "--no-ignores"]
        tree, file = os.path.join(self._folder, "tree"), os.path.join(self._folder, f"{len(self._runs)}")
        given = list(paths)
        if sum(map(len, given)) > ARGUMENTS:
            how, given = [*how, "--collect=all"], ["."]
        self._runs.append(_Run(tree, file, [self._program, *_COMMAND, *how, "--", *given]))
        return self._runs[-1]

    def _collect(self) -> Audited:
        files = len(self._paths) + len(self._unread)
        if not self._paths:
            return Audited(unread=self._unread, files=files)
        if not self._runs:
            return Audited(why=MISSING, fix=INSTALL)
        left = dict.fromkeys(self._paths)
        try:
            found, completed = self._findings(left, configured=False)
        except Malformed as problem:
            return Audited(
                why=f"zizmor {problem.reason}",
                fix="run `zizmor --offline .` to see what it says; version 1.26 or later is needed",
            )
        unread = [(path, "zizmor does not understand it") for path in self._paths if path not in completed]
        hidden: tuple[Audit, ...] = ()
        if isinstance(self._settings, Unread):
            if self._settings.reason != GONE:
                unread.append((self._configuration, self._settings.reason))
        elif self._configuration:
            try:
                shown = {(one.ident, one.path, one.place) for one in self._findings(left, configured=True)[0]}
                hidden = tuple(
                    one for one in found if not one.ignored and (one.ident, one.path, one.place) not in shown
                )
            except Malformed:
                unread.append((self._configuration, "zizmor does not accept it as its configuration"))
        return Audited(found, hidden, self._configuration, (*self._unread, *unread), files)

    def _findings(self, left: dict[str, None], configured: bool) -> tuple[tuple[Audit, ...], set[str]]:
        """What the started run says. One file that it stumbles over stops it: it is run again without that one, which
        then is missing in `left`. Raises Malformed.
        """
        whole = len(left) == len(self._paths)
        for _ in range(STUMBLES):
            if not left:
                return (), set()
            run = self._runs[int(configured)] if whole else self._run(left, configured)
            whole = False
            try:
                return run.findings()
            except Malformed:
                over = [path for path in run.named() if path in left]
                if not over:
                    raise
                for path in over:
                    del left[path]
                    os.remove(os.path.join(self._folder, "tree", path))
        raise Malformed(f"stumbles over more than {STUMBLES - 1} files")


class _Run:
    """One process; what it says goes into files, because a pipe that nobody reads would stop it."""

    def __init__(self, folder: str, file: str, command: Sequence[str]) -> None:
        self._file = file
        with open(f"{file}.json", "wb") as out, open(f"{file}.txt", "wb") as err:
            self._process = subprocess.Popen(
                command, cwd=folder, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=out, stderr=err
            )

    def findings(self) -> tuple[tuple[Audit, ...], set[str]]:
        """The findings, and the files that were audited. Raises Malformed in words of what went wrong."""
        from threading import Timer

        timer = Timer(SECONDS, self._process.kill)
        timer.start()
        code = self._process.wait()  # blocking: a wait with a time-out polls
        late = timer.finished.is_set()
        timer.cancel()
        if late:
            raise Malformed(f"took longer than {SECONDS:.0f} seconds")
        if code == NOTHING:
            return (), set()
        if code:
            raise Malformed(f"ended with exit code {code}")
        with open(f"{self._file}.json", "rb") as file:
            raw = file.read(OUTPUT_LIMIT + 1)
        if len(raw) > OUTPUT_LIMIT:
            raise Malformed(f"said more than {OUTPUT_LIMIT:,} bytes")
        completed = {_plain(line.partition(_COMPLETED)[2]) for line in self._said() if _COMPLETED in line}
        return load(raw.decode("utf-8", "replace")), completed

    def named(self) -> list[str]:
        """The files that its complaint is about."""
        return [_plain(_FILE.sub(r"\1", line)) for line in self._said() if _FILE.fullmatch(line)]

    def _said(self) -> list[str]:
        with open(f"{self._file}.txt", "rb") as file:
            return file.read(OUTPUT_LIMIT).decode("utf-8", "replace").splitlines()

    def end(self) -> None:
        """Kill it where it still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _beside() -> str:
    """Where pip puts the program zizmor for our own interpreter, or beside packages that it is told of; "" for nowhere.

    With `pip install --target`, as in the action, that is `bin` in the folder of packages itself.
    """
    name, up = ("zizmor.exe", ("..", "..", "Scripts")) if os.name == "nt" else ("zizmor", ("..", "..", "..", "bin"))
    folders = [os.path.dirname(sys.executable)]
    for packages in (path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")):
        folders += [os.path.join(packages, "bin"), os.path.normpath(os.path.join(packages, *up))]
    # Absolute ones only: anything else would be a program of the folder that is being looked at.
    return next(
        (found for one in folders if os.path.isabs(found := os.path.join(one, name)) and os.path.isfile(found)), ""
    )


def _environment(folder: str) -> Mapping[str, str]:
    """Nothing of the caller's, but for what Windows needs to start a program."""
    return {"HOME": folder, **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}}


def _plain(path: str) -> str:
    """A path as zizmor says it, as the repository says it."""
    return path.replace(os.sep, "/").removeprefix("./")


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
