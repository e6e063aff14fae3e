"""How a repository is opened: the working tree around a folder, a revision of it, or a plain folder without git."""

from __future__ import annotations

import os

from sscop.lazy import lazily
from sscop.repository.git import Git, GitError, Objects, complaint, finish, git_root
from sscop.repository.listing import Listing
from sscop.repository.sources import Folder, Revision, walk
from sscop.repository.view import Facts, Repository

_NAME = lazily(r"[0-9a-f]{40}|[0-9a-f]{64}")


def open_repository(root: str | None = None, revision: str | None = None) -> Repository:
    """The repository at a folder: its working tree, or the tree of a revision.

    Without `root` the whole repository around the working directory is meant; with it, just that folder (which
    may be a part of a repository). A plain folder is accepted only where no `.git` exists upward. Raises
    GitError when git fails for any other reason.
    """
    try:
        start = os.path.abspath(root or ".")
    except OSError as error:
        raise GitError(f"the working directory can't be used: {error.strerror}") from None
    if not os.path.isdir(start):
        raise GitError(f"{start}: no such folder")
    found = git_root(start)
    if found is None:
        if revision:
            raise GitError(f"{start} is not in a git repository, so it has no revision {revision}")
        if all(os.path.exists(os.path.join(start, name)) for name in ("HEAD", "objects", "refs")):
            raise GitError(f"{start} is a bare repository, which has no files; clone it and look at the clone")
        listing, refused = walk(start)
        repo = Repository(Folder(start, listing), Facts(start, "folder"))
        repo.not_counted.update(refused)
        return repo
    start = start if root else found[0]
    git = Git(start)
    about = git.start(
        "rev-parse", "--show-prefix", "--is-shallow-repository", "HEAD^{commit}", "--symbolic-full-name", "HEAD"
    )
    files = None if revision else git.start("ls-files", "-z", "-s", "-t")
    told = about.communicate()
    raw = finish(files) if files else b""
    facts = _facts(start, about.returncode, *told)
    if revision:
        return _at(git, revision, facts)
    facts = facts._replace(sparse=b"\0S " in raw or raw.startswith(b"S "))
    return Repository(Folder(start, Listing(raw), Objects(git)), facts, git=git)


def at_revision(repo: Repository, revision: str) -> Repository:
    """The tree of another revision of the same repository, sharing what was read of equal files.

    Raises GitError when the revision can't be had, or the repository has no git.
    """
    if repo.git is None:
        raise GitError("there is no git here, so no base to compare with")
    return _at(repo.git, revision, repo.facts, twin=repo)


def _at(git: Git, revision: str, facts: Facts, twin: Repository | None = None) -> Repository:
    if revision.startswith("-"):
        raise GitError(f"{revision} is not a revision")
    try:
        commit = git.run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except GitError:
        hint = "; this is a shallow clone, fetch that commit first" if facts.shallow else ""
        raise GitError(f"no commit {revision} in this repository{hint}") from None
    listing = Listing(git.run("ls-tree", "-r", "-z", commit))
    facts = facts._replace(revision="commit", commit=commit, sparse=False)
    return Repository(Revision(listing, Objects(git)), facts, git=git, twin=twin)


def _facts(root: str, code: int, out: bytes, err: bytes) -> Facts:
    """What `rev-parse` told: the prefix, whether the clone is shallow, and HEAD's commit unless it is unborn."""
    lines = out.decode("utf-8", "surrogateescape").split("\n")
    if len(lines) < 4:
        raise GitError(complaint(err))
    # A folder's name may hold line ends; without a commit the branch is not told.
    told = lines[:-1] if code == 0 else [*lines[:-2], "", ""]
    if _NAME.fullmatch(told[-1]):  # a tag called HEAD: git names no branch, and says so on no line
        told.append("")
    *prefix, shallow, head, branch = told
    if head and not _NAME.fullmatch(head):
        raise GitError(complaint(err) or "git did not say which commit this is")
    return Facts(
        root,
        "worktree",
        head or None,
        shallow=shallow == "true",
        sparse=False,
        prefix="\n".join(prefix),
        branch=branch.removeprefix("refs/heads/") if branch.startswith("refs/heads/") else "",
    )
