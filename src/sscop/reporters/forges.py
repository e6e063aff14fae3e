"""Addresses of files and commits on the web, as each kind of forge writes them.

Sources: the pages of public repositories on github.com, gitlab.com, bitbucket.org and codeberg.org. What kind a server
is can only be told by its name; an unknown one is taken to be like GitHub, as GitHub Enterprise is.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sscop.lazy import NamedTuple
from sscop.reporters.escape import Link, uri


class _Forge(NamedTuple):
    """What stands between a repository's address and a commit, for a file and for the commit; and before a line."""

    file: str
    commit: str
    line: str


_GITHUB = _Forge("blob/", "commit/", "#L")
_BY_NAME = {
    "gitlab": _Forge("-/blob/", "-/commit/", "#L"),
    "bitbucket": _Forge("src/", "commits/", "#lines-"),
    "codeberg": _Forge("src/commit/", "commit/", "#L"),
    "gitea": _Forge("src/commit/", "commit/", "#L"),
    "forgejo": _Forge("src/commit/", "commit/", "#L"),
}


def of_commit(url: str, commit: str) -> str:
    """The address of a commit of the repository at an https address."""
    return f"{url}/{_forge(url).commit}{commit}"


def of_file(url: str, commit: str) -> Link | None:
    """Addresses of the files of one commit and of nothing else; None where there is no such address.

    A path that could lead out of it gets no link.
    """
    address = r"https://[\w.-]{1,250}(?::\d{1,5})?(?:/[\w.-]{1,200}){2,20}"
    if not re.fullmatch(address, url, re.ASCII) or not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return None
    forge = _forge(url)

    def link(path: str, line: int | None) -> str:
        if any(part in ("", ".", "..") for part in path.split("/")):
            return ""
        return f"{url}/{forge.file}{commit}/{uri(path)}" + (f"{forge.line}{line}" if line else "")

    return link


def _forge(url: str) -> _Forge:
    host = urlsplit(url).hostname or ""
    return next((forge for name, forge in _BY_NAME.items() if name in host), _GITHUB)
