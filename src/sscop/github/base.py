"""The action's second step: which commit to compare with, and have it here.

The usual checkout is the merge commit that GitHub made of a pull request, alone: no parent of it is there, but the
commit itself still names them, and the first one is what the pull request would be merged into.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any

from sscop.lazy import NamedTuple
from sscop.reporters.escape import clean
from sscop.repository.git import Git, GitError

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class Base(NamedTuple):
    """What to compare with: a full commit name, and why it can't be had; both empty where nothing asks for one."""

    commit: str = ""
    why: str = ""


def find(root: str, environ: Mapping[str, str], event: Mapping[str, Any]) -> Base:
    """The base that the input `base` or the event names, fetched where it is missing; never raises for git's sake."""
    git, wanted, commit = Git(root), environ.get("SSCOP_BASE", "").strip(), ""
    try:
        if wanted:
            commit = _named(git, wanted, environ)
            _get(git, commit, environ)
        elif onto := _of_event(environ.get("GITHUB_EVENT_NAME", ""), event):
            merged = _merged_into(git, event)
            commit = merged or onto
            _get(git, commit, environ)
            commit = merged or _fork_point(git, onto)
    except GitError as error:
        return Base(commit, clean(str(error)))
    return Base(commit)


def _named(git: Git, name: str, environ: Mapping[str, str]) -> str:
    """The commit of a revision that is here, or of a branch or tag at the origin."""
    if not re.fullmatch(r"[^\s:+^-][^\s:]*", name):
        raise GitError(f"{name} is not a revision")
    try:
        return git.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except GitError:
        if _COMMIT.fullmatch(name):
            return name
    remote = _with_access(git, environ)
    for line in remote.run("ls-remote", "origin", f"refs/heads/{name}", f"refs/tags/{name}").decode().splitlines():
        return line.split()[0]
    raise GitError(f"neither this checkout nor its origin has {name}")


def _of_event(name: str, event: Mapping[str, Any]) -> str:
    """The commit that the event says a change goes onto; empty for events that are about no change."""
    if name == "merge_group":
        return _sha(event.get("merge_group"), "base_sha")
    return _sha(_pull(event).get("base"), "sha") if name == "pull_request" else ""


def _merged_into(git: Git, event: Mapping[str, Any]) -> str:
    """The first parent of the commit at hand, where that is the merge of the event's pull request."""
    header = git.run("cat-file", "commit", "HEAD").split(b"\n\n", 1)[0].decode("utf-8", "replace")
    parents = re.findall(r"(?m)^parent (\S+)$", header)
    head = _pull(event).get("head")
    merge = len(parents) == 2 and isinstance(head, Mapping) and head.get("sha") == parents[1]
    return parents[0] if merge else ""


def _fork_point(git: Git, commit: str) -> str:
    """Where a branch that was checked out itself left the base: what came to the base since is no part of it.

    In a shallow clone, without the commits in between, the base itself.
    """
    try:
        return git.run("merge-base", commit, "HEAD").decode().strip()
    except GitError:
        return commit


def _pull(event: Mapping[str, Any]) -> Mapping[str, Any]:
    pull = event.get("pull_request")
    return pull if isinstance(pull, Mapping) else {}


def _sha(holder: object, key: str) -> str:
    value = holder.get(key) if isinstance(holder, Mapping) else None
    if not isinstance(value, str) or not _COMMIT.fullmatch(value):
        raise GitError(f"the event names no {key}")
    return value


def _here(git: Git, commit: str) -> bool:
    try:
        git.run("cat-file", "-e", f"{commit}^{{tree}}")
    except GitError:
        return False
    return True


def _get(git: Git, commit: str, environ: Mapping[str, str]) -> None:
    """Fetch a commit and its files if missing: no tags, no refs, no FETCH_HEAD, no depth that cuts a full clone."""
    if _here(git, commit):
        return
    shallow = git.run("rev-parse", "--is-shallow-repository").strip() == b"true"
    options = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-filter"]
    options += ["--no-auto-maintenance", *(["--depth=1"] if shallow else [])]
    _with_access(git, environ).run("fetch", *options, "origin", commit)


def _with_access(git: Git, environ: Mapping[str, str]) -> Git:
    """The same git with what it takes to reach the origin: the caller's TLS and SSH settings, and the token.

    The token goes along only where the checkout kept no credentials, only to the server that the job is from, and
    only in this one process's environment: nothing is written down.
    """
    server, token = environ.get("GITHUB_SERVER_URL", ""), environ.get("GITHUB_TOKEN", "")
    remote = Git(git.root)
    remote.environment |= {name: value for name, value in environ.items() if name.startswith(("GIT_SSL_", "GIT_SSH"))}
    if not token or not server:
        return remote
    try:
        git.run("config", "--get-urlmatch", "http.extraheader", f"{server}/")
    except GitError:
        secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        remote.environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{server}/.extraheader",
            "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {secret}",
        }
    return remote
