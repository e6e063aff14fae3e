"""CODEOWNERS: which paths have owners, by the last rule that matches.

Source: GitHub's page on code owners; GitLab's sections (`[Database][2] @dba`) are read, their approvals are not.
"""

from __future__ import annotations

import re
from posixpath import dirname

from sscop.artefacts.gitpatterns import compiled
from sscop.artefacts.nodes import load, mapping, texts
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""In the order in which they are looked for; only the first one counts."""

_OWNER = lazily(r"@[\w][\w./-]*|[\w.+-]+@[\w.-]+\.\w+")
_SECTION = lazily(r"\^?\[[^\]]{1,100}\](?:\[\d{1,3}\])?(.*)$")


class Owned(NamedTuple):
    """One rule: the pattern as written and its owners; none take a path's owners away."""

    pattern: str
    owners: tuple[str, ...]
    line: int
    matches: re.Pattern[str]


class Owners(NamedTuple):
    """The file and its rules in order."""

    path: str
    rules: tuple[Owned, ...]

    def of(self, path: str) -> Owned | None:
        """The rule that gives a path its owners; None where it has none."""
        last = next((one for one in reversed(self.rules) if one.matches.match(path)), None)
        return last if last and last.owners else None


def load_owners(source: str) -> tuple[Owned, ...]:
    """The rules of a CODEOWNERS file."""
    found = []
    default: tuple[str, ...] = ()
    for n, line in enumerate(source.replace("\r", "").split("\n")[:5000], 1):
        text = re.split(r"(?:^|\s)#", line.removeprefix("\ufeff"), maxsplit=1)[0].strip()
        if not text or len(text) > 2000:
            continue
        if section := _SECTION.match(text):
            default = tuple(_OWNER.findall(section[1]))
            continue
        pattern, *rest = re.split(r"(?<!\\)\s+", text)
        owners = tuple(_OWNER.findall(" ".join(rest))) or default
        if matches := _below(pattern):
            found.append(Owned(pattern, owners, n, matches))
    return tuple(found)


_PLACEHOLDER = lazily(
    r"@(?:OWNER|ORG|YOUR|your|my|example|some|global-owner|js-owner|octocat|octo-org|doctocat|username|user|team|org"
    r"|organi[sz]ation|company|todo|TODO|changeme)(?:[-_/\d].*)?|.*@example\.(?:com|org|net)"
)


def is_placeholder(owner: str) -> bool:
    """Whether an owner is one of GitHub's examples, or a blank that was left."""
    return bool(_PLACEHOLDER.fullmatch(owner))


class Mistake(NamedTuple):
    """A line that the platform leaves out, and why."""

    line: int
    text: str
    reason: str


def mistakes(source: str) -> tuple[Mistake, ...]:
    """The lines that GitHub does not take: patterns with `!` or `[ ]`, and words that name no owner."""
    found = []
    for n, line in enumerate(source.replace("\r", "").split("\n")[:5000], 1):
        text = re.split(r"(?:^|\s)#", line.removeprefix("\ufeff"), maxsplit=1)[0].strip()[:2000]
        if not text or _SECTION.match(text):
            continue
        pattern, *rest = re.split(r"(?<!\\)\s+", text)
        odd = next((word for word in rest if not _OWNER.fullmatch(word)), "")
        if pattern.startswith("!"):
            found.append(Mistake(n, pattern, "a pattern can't be taken back with `!`"))
        elif "[" in pattern:
            found.append(Mistake(n, pattern, "`[ ]` is no part of these patterns"))
        elif odd:
            found.append(Mistake(n, odd, "names no owner: `@user`, `@org/team` or an address"))
    return tuple(found)


class Approvers(NamedTuple):
    """Prow's OWNERS files: folders and who approves in them, enforced by its bot."""

    folders: dict[str, bool]
    """Each folder with such a file ("" for the root), and whether it has approvers."""

    def of(self, path: str) -> str | None:
        """The file that gives a path its approvers; None where none does."""
        folder = dirname(path)
        while True:
            if self.folders.get(folder):
                return f"{folder}/OWNERS" if folder else "OWNERS"
            if not folder:
                return None
            folder = dirname(folder)


def prow_owners(repo: Repository) -> Approvers | None:
    """The approvers of Prow; None where the root has no such file."""
    if not repo.has("OWNERS"):
        return None
    folders = {}
    for path in repo.find("OWNERS", "**/OWNERS"):
        found = repo.parse(path, load_approvers)
        folders[dirname(path)] = found is True
    return Approvers(folders) if folders.get("") else None


def load_approvers(source: str) -> bool:
    """Whether an OWNERS file in Prow's format names approvers. Raises Malformed for what is not YAML."""
    root = mapping(load(source))
    filters = mapping(root.get("filters")).values()
    return any(texts(mapping(one).get("approvers")) for one in (root, *filters))


def _below(pattern: str) -> re.Pattern[str] | None:
    """What a pattern covers: the path itself and everything below it, but `docs/*` only what lies directly there."""
    bare = pattern.rstrip("/")
    if pattern in ("*", "/", "**", "/**", "/*") and pattern != "/*":
        return re.compile(r".", re.DOTALL)
    inner = compiled(bare if "/" in bare or not pattern.endswith("/") else f"**/{bare}")
    if inner is None:
        return None
    body = inner.pattern.removesuffix(r"\Z")
    if pattern.endswith("/*"):
        return re.compile(f"{body}\\Z", re.DOTALL)
    return re.compile(f"{body}(?:/.*)?\\Z", re.DOTALL)


def code_owners(repo: Repository) -> Owners | Unread | None:
    """The owners of a repository's paths; None without such a file."""
    for path in PLACES:
        if repo.has(path):
            found = repo.parse(path, load_owners)
            if isinstance(found, Unread):
                return None if repo.gone(found) else found
            return Owners(path, found)
    return None
