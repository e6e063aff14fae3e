"""What is written from a repository's own files for other programs to read."""

from __future__ import annotations

from sscop.artefacts.lifecycle.openeox import core
from sscop.artefacts.lifecycle.own import FILE, NAMES, File, load_own
from sscop.config import ConfigError
from sscop.model import Unread
from sscop.repository import Repository


def openeox(repo: Repository, name: str | None) -> str:
    """The OpenEoX core of one release of the lifecycle file.

    Raises ConfigError where there is no such file or release, where several could be meant, and for a file that has
    anything wrong in it: what others read has to be right.
    """
    found = {path: repo.parse(path, load_own) for path in repo.find(NAMES)}
    files = {path: one for path, one in found.items() if isinstance(one, (File, Unread))}
    if not files:
        raise ConfigError(
            f"found no {FILE} at the root, in .github, docs or security; sscop's docs/guides/lifecycle.md shows one"
        )
    path, file = next(iter(files.items()))
    if isinstance(file, Unread):
        raise ConfigError(f"{path}:{file.line or 1}: {file.reason}")
    wrong = [f"{path}:{one.line}: {one.text}" for one in file.problems]
    wrong += [
        f"{path}:{end.line}: there is no day `{end.when.text}`"
        for one in file.releases
        if (end := one.line.end) and not end.day
    ]
    if wrong:
        raise ConfigError("\n".join(wrong))
    wanted = [one for one in file.releases if name in (None, one.line.name)]
    if len(wanted) != 1:
        known = ", ".join(one.line.name for one in file.releases) or "none"
        said = f"names no release {name}" if name and not wanted else "names several releases, and one has to be chosen"
        raise ConfigError(f"{path}: {said}; it has {known}")
    return core(file, wanted[0])
