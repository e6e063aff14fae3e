"""The newest version tags and whether they are signed, where the clone has them."""

from __future__ import annotations

from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository
from sscop.repository.git import GitError

_VERSION = lazily(r"(?:[\w.@/-]{0,60}[/@-])?v?\d+(?:\.\d+){1,3}(?:[-+.]?\w+)*")
_MOST = 40


class Tag(NamedTuple):
    """A tag by name, and whether it is an annotated tag with a signature."""

    name: str
    signed: bool


def tags(repo: Repository) -> tuple[Tag, ...]:
    """The clone's version tags, newest first; to be asked for as `repo.once(tags)`. None may mean a shallow clone."""
    if repo.git is None:
        return ()
    form = "--format=%(refname:short)%1f%(if)%(contents:signature)%(then)1%(else)0%(end)"
    try:
        out = repo.git.run("for-each-ref", f"--count={_MOST}", "--sort=-creatordate", form, "refs/tags").decode(
            "utf-8", "replace"
        )
    except GitError:
        return ()
    told = (line.split("\x1f") for line in out.split("\n"))
    return tuple(Tag(one[0], one[1] == "1") for one in told if len(one) == 2 and _VERSION.fullmatch(one[0][:200]))
